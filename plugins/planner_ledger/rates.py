"""Rates of a ledger: which share of what, and what the whole is made of, so that nothing is hidden.

A rate counts the column that its definition names (the forms of proposals), else rows; one row may stand for many. Rows
that were merged into another are forms and no cases: they are part of a whole that means all that was handed in, as a
summand of their own, and such a rate is given once more without them.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import PERCENT, Quantity, _, add, printable
from planner_ledger.awards import value_order
from planner_ledger.conditions import conditions_words, counts, texts_of, value_name
from planner_ledger.model import Ledger, Rate
from planner_ledger.rows import Row
from planner_ledger.stages import returns
from planner_ledger.totals import ROW_UNIT, quantity
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from planner_ledger.model import Condition

MERGED, PART, REST = "merged", "part", "rest"
"""Keys of summands that are no value of a column: merged rows; all that is in the part; all that is not."""
_RATE = "率"


class Summand(NamedTuple):
    """Some of the rows that a rate is about."""

    key: str
    """For programs: the value or stage that they have in common ("": none yet), or one of the words above."""
    title: str
    quantity: Quantity
    rows: tuple[Row, ...]
    is_part: bool = False
    """Whether they are in the part."""


class RateFound(NamedTuple):
    """A rate as the rows give it."""

    rate: Rate
    part: Quantity
    whole: Quantity
    percent: Quantity | None
    """To one decimal; None where the whole is nothing."""
    merged: Quantity
    """So much of the whole was merged into other rows."""
    unmerged: Quantity | None
    """The percentage without what was merged; None where nothing was."""
    summands: tuple[Summand, ...]
    """What the whole is made of; they add up to it."""
    by: str
    """What they differ in: the id of a column, "stage", or "" for nothing but being in the part."""
    rows: tuple[Row, ...]
    """Those in the whole."""
    unfit: tuple[Row, ...]
    """Wanted, but what they would count is none of that column: they are in no number."""


def rate_of(rate: Rate, rows: Iterable[Row], ledger: Ledger) -> RateFound:
    """What a rate comes to. Raises UnlikeUnitsError where rows count in different units."""
    weights: dict[str, Quantity] = {}
    unfit: list[Row] = []
    inside: list[Row] = []
    for row in rows:
        if counts(row, rate.whole, ledger):
            weight = _weight(row, rate, ledger)
            if weight is None:
                unfit.append(row)
            else:
                weights[row.id] = weight
                inside.append(row)
    unit = _unit(rate, ledger)
    part = [row for row in inside if counts(row, rate.part, ledger)]
    sums = _Sums(weights, unit)
    kept = {row.id for row in part}
    lost = [row for row in inside if row.into and row.id not in kept]
    cases = [row for row in inside if not row.into or row.id in kept]
    by, summands = _summands(rate, cases, part, lost, ledger, sums)
    whole, share, merged = sums.of(inside), sums.of(part), sums.of(lost)
    unmerged = percent(share, sums.of(cases)) if lost else None
    return RateFound(
        rate, share, whole, percent(share, whole), merged, unmerged, summands, by, tuple(inside), tuple(unfit)
    )


def percent(part: Quantity, whole: Quantity) -> Quantity | None:
    """The share in percent to one decimal, a half rounded up; None where the whole is nothing.

    Never 100 % as long as something is missing, nor 0 % where there is something.
    """
    from decimal import ROUND_HALF_UP, Decimal

    if not whole.number:
        return None
    tenth = Decimal("0.1")
    number = (part.number * 100 / whole.number).quantize(tenth, ROUND_HALF_UP)
    if part.number < whole.number:
        number = min(number, 100 - tenth)
    if part.number:
        number = max(number, tenth)
    return Quantity(number, PERCENT, "约" if part.about or whole.about else "")


class _Sums:
    """Adds up what rows count."""

    def __init__(self, weights: Mapping[str, Quantity], unit: str) -> None:
        self._weights, self._unit = weights, unit

    def of(self, rows: Sequence[Row]) -> Quantity:
        return add(self._weights[row.id] for row in rows) if rows else quantity(0, self._unit)


def _unit(rate: Rate, ledger: Ledger) -> str:
    column = ledger.column_by_id.get(rate.column)
    return column.units[0] if column else ROW_UNIT


def _weight(row: Row, rate: Rate, ledger: Ledger) -> Quantity | None:
    """What a row counts: one where it says nothing else; None for what is no quantity of that column."""
    column = ledger.column_by_id.get(rate.column)
    if column is None:
        return quantity(1, ROW_UNIT)
    text = row.text(column)
    return quantity_of(text, column) if text else quantity(1, column.units[0])


# What the whole is made of -------------------------------------------------------------------------------------------


def _summands(
    rate: Rate, cases: Sequence[Row], part: Sequence[Row], lost: Sequence[Row], ledger: Ledger, sums: _Sums
) -> tuple[str, tuple[Summand, ...]]:
    by = _telling(rate, ledger)
    if by:
        found = _by_value(by, cases, part, ledger, sums)
    else:
        inside = {row.id for row in part}
        rest = [row for row in cases if row.id not in inside]
        by = "stage" if ledger.stages else ""
        found = [Summand(PART, part_name(rate, ledger), sums.of(part), tuple(part), is_part=True)] if part else []
        if by:
            found += _by_stage(rest, ledger, sums)
        elif rest:
            found.append(Summand(REST, _("the others"), sums.of(rest), tuple(rest)))
    if lost:
        found.append(Summand(MERGED, _("merged into others"), sums.of(lost), tuple(lost)))
    return by, tuple(found)


def _telling(rate: Rate, ledger: Ledger) -> str:
    """The id of the one column of choices that decides who is in the part; "" where there is no such one."""
    keys = {key for condition in rate.part for key in condition} - fixed(rate)
    column = ledger.column_by_id.get(next(iter(keys))) if len(keys) == 1 else None
    return column.id if column and column.choices else ""


def fixed(rate: Rate) -> set[str]:
    """What the part wants just as the whole does: it goes without saying."""
    return {
        key
        for one in rate.part
        for key, wanted in one.items()
        if rate.whole and all(other.get(key) == wanted for other in rate.whole)
    }


def _by_value(by: str, cases: Sequence[Row], part: Sequence[Row], ledger: Ledger, sums: _Sums) -> list[Summand]:
    column = ledger.column_by_id[by]
    groups: dict[str, list[Row]] = {}
    for row in cases:
        groups.setdefault(row.text(column), []).append(row)
    inside = {row.id for row in part}
    found = []
    for text, rows in sorted(groups.items(), key=lambda item: value_order(item[0], column)):
        title = printable(text) if text else _("{column} empty").format(column=printable(column.name))
        found.append(Summand(text, title, sums.of(rows), tuple(rows), rows[0].id in inside))
    return found


def _by_stage(rest: Sequence[Row], ledger: Ledger, sums: _Sums) -> list[Summand]:
    groups: dict[str, list[Row]] = {}
    for row in rest:
        groups.setdefault("".join(texts_of(row, "stage", ledger)), []).append(row)
    places = {stage.id: place for place, stage in enumerate(ledger.stages)}
    in_order = sorted(groups.items(), key=lambda item: (places.get(item[0], len(places)), item[0]))
    return [
        Summand(id_, _("at {stage}").format(stage=value_name("stage", id_, ledger)), sums.of(rows), tuple(rows))
        for id_, rows in in_order
    ]


# Words ---------------------------------------------------------------------------------------------------------------


def part_name(rate: Rate, ledger: Ledger) -> str:
    """What the part is called: the name of the rate without 率, else what is wanted of it."""
    name = printable(rate.name)
    if name.endswith(_RATE) and len(name) > 1:
        return name.removesuffix(_RATE)
    return conditions_words(rate.part, ledger, fixed(rate)) or name


def part_words(rate: Rate, ledger: Ledger) -> str:
    """What is wanted of the part beyond what is wanted of the whole; "" where its name says as much."""
    words = conditions_words(rate.part, ledger, fixed(rate))
    return "" if words == part_name(rate, ledger) else words


def whole_name(conditions: Sequence["Condition"], ledger: Ledger) -> str:
    """What a whole is called: what is wanted of it; where that is nothing, the first stage, or all."""
    if conditions and all(conditions):
        return conditions_words(conditions, ledger)
    return printable(ledger.stages[0].name) if ledger.stages else _("all")


# Handled again -------------------------------------------------------------------------------------------------------


def returned(rows: Iterable[Row], ledger: Ledger) -> list[tuple[Row, int]]:
    """The rows that went back to an earlier stage (重新办理), with how often."""
    if not ledger.stages:
        return []
    found = ((row, len(returns(row, ledger))) for row in rows if len(row.entries) > 1)
    return [(row, times) for row, times in found if times]
