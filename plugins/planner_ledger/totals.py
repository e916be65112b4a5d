"""Totals of ledgers: which rows are meant, and what they come to, column by column and unit by unit.

Unlike units are never added. A row that was merged into another counts only in the columns that count what was handed
in (those that a rate counts, such as the forms of proposals), and is no row of its own: nothing counts twice.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.api import Quantity, Snapshot, Term, UnlikeUnitsError, Window, _, add, by_unit, printable
from planner_ledger.conditions import ANY, goals_of, row_days, texts_of
from planner_ledger.grouping import Key, keys_of
from planner_ledger.model import Column, Ledger
from planner_ledger.rows import Row
from planner_ledger.values import known_days, quantity_of

if TYPE_CHECKING:
    from decimal import Decimal

ROWS = "row"
"""Stands among the columns for the rows themselves."""
ROW_UNIT = "条"


class Filter(NamedTuple):
    """Which rows are wanted; what is None or empty does not matter."""

    where: Mapping[str, tuple[str, ...]] = {}
    """By the id of a column or a key of RESERVED: one of these values; "*" any, "" none. Texts need only hold it."""
    since: date | None = None
    until: date | None = None
    """First and last day, inclusive."""
    branch: str | None = None
    """Id; "": the union office."""
    task: str | None = None
    goal: str | None = None
    """Id of a goal that the row serves, by itself or by its task or ledger."""
    stage: str | None = None


class Selection(NamedTuple):
    """Rows that are wanted, and what must be said about them where a period was asked for."""

    rows: tuple[Row, ...]
    partly: tuple[Row, ...] = ()
    """Those of `rows` whose days lie only partly in the period; they count whole."""
    undated: tuple[Row, ...] = ()
    """Not in `rows`: nobody said when they were."""


def selection(rows: Iterable[Row], ledger: Ledger, wanted: Filter, snapshot: Snapshot) -> Selection:
    """The rows (of that ledger) that are wanted. In a period is what has a day in it."""
    chosen = [row for row in rows if row.ledger == ledger.id and _is_wanted(row, ledger, wanted, snapshot)]
    if wanted.since is None and wanted.until is None:
        return Selection(tuple(chosen))
    placed = [(row, _place(row_days(row, ledger, snapshot.plan.term), wanted)) for row in chosen]
    return Selection(
        tuple(row for row, place in placed if place in ("whole", "partly")),
        tuple(row for row, place in placed if place == "partly"),
        tuple(row for row, place in placed if place == "undated"),
    )


def _place(days: Window | None, wanted: Filter) -> Literal["whole", "partly", "out", "undated"]:
    if days is None:
        return "undated"
    since, until = wanted.since or date.min, wanted.until or date.max
    if days.end < since or days.start > until:
        return "out"
    return "whole" if since <= days.start and days.end <= until else "partly"


def _is_wanted(row: Row, ledger: Ledger, wanted: Filter, snapshot: Snapshot) -> bool:
    if wanted.branch is not None and row.branch != wanted.branch:
        return False
    if wanted.task is not None and row.task != wanted.task:
        return False
    if wanted.goal is not None and wanted.goal not in goals_of(row, ledger, snapshot.plan):
        return False
    if wanted.stage is not None and wanted.stage not in texts_of(row, "stage", ledger):
        return False
    return all(_holds(row, key, texts, ledger, snapshot) for key, texts in wanted.where.items())


def _holds(row: Row, key: str, wanted: Sequence[str], ledger: Ledger, snapshot: Snapshot) -> bool:
    """Whether a row has one of the texts: in a text somewhere in it, of a date some day of it, else just so."""
    texts = goals_of(row, ledger, snapshot.plan) if key == "goals" else texts_of(row, key, ledger)
    if (ANY if texts else "") in wanted or any(text in wanted for text in texts):
        return True
    column = ledger.column_by_id.get(key)
    if column is None or not texts:
        return False
    if column.type == "text":
        return any(text.casefold() in texts[0].casefold() for text in wanted if text)
    if column.type == "date":
        return any(_meet(texts[0], text, snapshot.plan.term) for text in wanted if text)
    return False


def _meet(one: str, other: str, term: Term) -> bool:
    """Whether two dates have a day in common."""
    first, second = known_days(one, term), known_days(other, term)
    if first is None or second is None:
        return False
    return first.start <= second.end and second.start <= first.end


# What they come to ---------------------------------------------------------------------------------------------------


class Measure(NamedTuple):
    """What is totalled: a column of a ledger, or (None) its rows."""

    ledger: Ledger
    column: Column | None = None

    @property
    def id(self) -> str:
        """As people type it, and as programs know it: visits.people, visits.row."""
        return f"{self.ledger.id}.{self.column.id if self.column else ROWS}"

    @property
    def only_unit(self) -> tuple[str, ...]:
        """The unit in which it counts, whatever the rows say; () where a column may have several."""
        units = self.column.units if self.column else (ROW_UNIT,)
        return units if len(units) == 1 else ()

    @property
    def title(self) -> str:
        """For people, printable: 慰问 人数."""
        name = self.column.name if self.column else _("rows")
        return printable(f"{self.ledger.name} {name}")


class Total(NamedTuple):
    """What one measure comes to."""

    quantities: tuple[Quantity, ...]
    """One for each unit; none where no row says anything."""
    counted: int
    """So many rows have a value that counts."""
    unfit: tuple[Row, ...] = ()
    """Their value is none of that column, so that it does not count: another program wrote it, or the plan changed."""


class Group(NamedTuple):
    """Rows that have something in common, and their totals."""

    key: str
    """What they have in common, for programs: an id, a value, 2023-03; "" for nothing."""
    title: str
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    """In the order of the measures that were asked for."""
    groups: tuple["Group", ...] = ()
    """By what was asked for next. A row that serves several goals stands in several groups."""


def forms_of(ledger: Ledger) -> frozenset[str]:
    """Ids of the columns that count what was handed in: those that a rate of the ledger counts."""
    return frozenset(rate.column for rate in ledger.rates if rate.column)


def total(rows: Iterable[Row], measure: Measure) -> Total:
    """What rows come to; those of other ledgers are passed over."""
    ledger, column = measure
    own = [row for row in rows if row.ledger == ledger.id]
    if column is None:
        cases = sum(not row.into for row in own)
        return Total((quantity(cases, ROW_UNIT),) if cases else (), cases)
    if column.id not in forms_of(ledger):
        own = [row for row in own if not row.into]
    found: list[Quantity] = []
    unfit: list[Row] = []
    for row in own:
        text = row.text(column)
        value = quantity_of(text, column) if text else None
        if value is not None:
            found.append(value)
        elif text:
            unfit.append(row)
    in_order = sorted(by_unit(found), key=lambda value: column.units.index(value.unit))
    return Total(tuple(in_order), len(found), tuple(unfit))


def totals(rows: Iterable[Row], measures: Sequence[Measure], by: Sequence[str], snapshot: Snapshot) -> Group:
    """The totals of all rows and, one level for each word of `by` (see `grouping`), of those that are alike."""
    return _group("", "", tuple(rows), measures, by, snapshot)


def _group(
    key: str, title: str, rows: tuple[Row, ...], measures: Sequence[Measure], by: Sequence[str], snapshot: Snapshot
) -> Group:
    found = tuple(total(rows, measure) for measure in measures)
    if not by:
        return Group(key, title, rows, found)
    ledgers = {measure.ledger.id: measure.ledger for measure in measures}
    parts: dict[str, tuple[Key, list[Row]]] = {}
    for row in rows:
        for one in keys_of(row, ledgers[row.ledger], by[0], snapshot):
            parts.setdefault(one.key, (one, []))[1].append(row)
    in_order = sorted(parts.values(), key=lambda part: part[0])
    groups = (_group(one.key, one.title, tuple(part), measures, by[1:], snapshot) for one, part in in_order)
    return Group(key, title, rows, found, tuple(groups))


def together(found: Group, measures: Sequence[Measure]) -> Group:
    """The same, with all measures added up to one. Raises UnlikeUnitsError, which names them, where they cannot be."""
    refuse_unlike(found, measures)
    return _together(found)


def _together(found: Group) -> Group:
    values = [value for one in found.totals for value in one.quantities]
    unfit = {row.id: row for one in found.totals for row in one.unfit}
    whole = Total((add(values),) if values else (), sum(one.counted for one in found.totals), tuple(unfit.values()))
    return found._replace(totals=(whole,), groups=tuple(map(_together, found.groups)))


def refuse_unlike(found: Group, measures: Sequence[Measure]) -> None:
    """Raise UnlikeUnitsError where the measures count different things: all of `found`'s groups are parts of it.

    What counts in one unit alone does so without a row as well.
    """
    units: dict[str, list[str]] = {}
    for measure, one in zip(measures, found.totals, strict=True):
        for unit in [value.unit for value in one.quantities] or measure.only_unit:
            units.setdefault(unit, []).append(measure.title)
    if len(units) > 1:
        listed = _("; ").join(
            _("{titles} in {unit}").format(titles=_(", ").join(titles), unit=unit) for unit, titles in units.items()
        )
        raise UnlikeUnitsError(_("These cannot be added: {listed}.").format(listed=listed))


def quantity(number: int, unit: str) -> Quantity:
    """An exact whole number of something."""
    from decimal import Decimal

    return Quantity(Decimal(number), unit)


def share(part: Quantity, whole: Quantity) -> "Decimal | None":
    """Which percentage of `whole` the part is, to two decimals, a half rounded up; None where nothing can be said.

    That is so where the whole is nothing, or one of both is not exact. Rounded shares need not add to 100.00.
    """
    from decimal import ROUND_HALF_UP, Decimal

    if not whole.number or part.about or whole.about or part.unit != whole.unit:
        return None
    return (part.number * 100 / whole.number).quantize(Decimal("0.01"), ROUND_HALF_UP)
