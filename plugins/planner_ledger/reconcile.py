"""What a document states, against what the rows give: both numbers, the difference, and what could explain it."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import PERCENT, Quantity, _, add, ngettext, printable
from planner_ledger.conditions import conditions_words, counts, fulfils, texts_of
from planner_ledger.model import Column, Ledger, Stated
from planner_ledger.rows import Row
from planner_ledger.totals import Measure, forms_of, total
from planner_ledger.typed import key_name
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from decimal import Decimal

_FEW = 3
"""So many rows of exactly the amount that is too much are named."""


class Reason(NamedTuple):
    """Something that may explain a difference."""

    text: str
    """Printable; without anything private."""
    rows: tuple[Row, ...]
    quantity: Quantity | None = None
    """What those rows come to; None where that is not known."""
    fits: bool = False
    """Whether that is exactly the difference."""


class Comparison(NamedTuple):
    """A stated total beside that of the rows."""

    stated: Stated
    column: Column
    found: tuple[Quantity, ...]
    """What the rows give, unit by unit; of percentages the different ones."""
    agrees: bool
    """Whether both can be true: 40余人 agrees with 43人."""
    difference: "Decimal | None"
    """Found less stated; None where they cannot be compared."""
    reasons: tuple[Reason, ...] = ()


def comparisons(rows: Iterable[Row], ledger: Ledger) -> list[Comparison]:
    """All totals that the plan states for a ledger, in its order."""
    own = [row for row in rows if row.ledger == ledger.id]
    return [
        _compared(stated, ledger.column_by_id[stated.column], own, ledger)
        for stated in ledger.stated
        if stated.column in ledger.column_by_id
    ]


def stated_words(one: Comparison, ledger: Ledger) -> str:
    """What is stated, in words: 件数（立案）."""
    name, words = printable(one.column.name), conditions_words((one.stated.where,), ledger)
    return _("{title} ({extra})").format(title=name, extra=words) if words else name


def _compared(stated: Stated, column: Column, rows: Sequence[Row], ledger: Ledger) -> Comparison:
    meant = [row for row in rows if counts(row, (stated.where,), ledger)]
    if column.type == "percent":
        return _percentages(stated, column, meant)
    found = total(meant, Measure(ledger, column)).quantities
    same = [value for value in found if value.unit == stated.value.unit]
    number = same[0].number if same else stated.value.number * 0
    agrees = bool(same) and may_be(stated.value, same[0])
    if agrees and len(found) == 1:
        return Comparison(stated, column, found, agrees=True, difference=number - stated.value.number)
    difference = number - stated.value.number
    reasons = _reasons(stated, column, rows, meant, difference, ledger)
    return Comparison(stated, column, found, agrees, difference, tuple(reasons))


def _percentages(stated: Stated, column: Column, meant: Iterable[Row]) -> Comparison:
    """Percentages have no sum: all rows that give one should give this one."""
    values = (quantity_of(row.text(column), column) for row in meant)
    found = tuple(dict.fromkeys(value for value in values if value))
    return Comparison(stated, column, found, found == (stated.value,), None)


def may_be(stated: Quantity, found: Quantity) -> bool:
    """Whether a stated number can mean the one that was found.

    An exact one only itself. What is not exact is good for one in its last place: 40余 is 40 to 49, 近4000 is 3001 to
    4000, 约4000 is 3500 to 4500.
    """
    if not stated.about or stated.number == found.number:
        return stated.number == found.number and (stated.about == found.about or not found.about)
    step = _last_place(stated.number)
    difference = found.number - stated.number
    if stated.about in ("余", "多"):
        return 0 < difference < step
    return -step < difference < 0 if stated.about == "近" else abs(difference) <= step / 2


def _last_place(number: "Decimal") -> "Decimal":
    """What one in the last place that is not zero is worth: 10 for 40, 1000 for 4000."""
    from decimal import Decimal

    _sign, digits, exponent = number.normalize().as_tuple()
    return Decimal(1).scaleb(int(exponent)) if any(digits) else Decimal(1)


def _reasons(
    stated: Stated, column: Column, rows: Sequence[Row], meant: Sequence[Row], difference: "Decimal", ledger: Ledger
) -> Iterable[Reason]:
    """What may be behind a difference, from the rows themselves; nothing is guessed beyond them."""
    measure = Measure(ledger, column)
    unit = stated.value.unit

    def told(text: str, found: Sequence[Row], sign: int) -> Reason:
        alone = [row._replace(into="") for row in found]  # what was merged has its number still
        same = [value for value in total(alone, measure).quantities if value.unit == unit]
        value = add(same) if same else None
        return Reason(text, tuple(found), value, value is not None and value.number * sign == difference)

    unfit = total(meant, measure).unfit
    if unfit:
        n = len(unfit)
        text = ngettext("{n} row has a value that is no quantity", "{n} rows have a value that is no quantity", n)
        yield Reason(text.format(n=n), unfit)
    if silent := [row for row in meant if not row.text(column) and not row.into]:
        n = len(silent)
        text = ngettext("{n} row says nothing in {column}", "{n} rows say nothing in {column}", n)
        yield Reason(text.format(n=n, column=printable(column.name)), tuple(silent))
    yield from (told(text, found, -1) for text, found in _open(stated, rows, meant, ledger))
    inside = {row.id for row in meant}
    if lost := [row for row in rows if row.into and row.id not in inside and fulfils(row, stated.where, ledger)]:
        n = len(lost)
        text = ngettext("{n} row was merged into another", "{n} rows were merged into others", n)
        yield told(text.format(n=n), lost, -1)
    if column.id in forms_of(ledger) and (merged := [row for row in meant if row.into]):
        n = len(merged)
        text = ngettext("{n} row was merged into another and counts", "{n} rows were merged into others and count", n)
        yield told(text.format(n=n), merged, 1)
    yield from _alone(meant, column, Quantity(difference, unit))
    others = [v for v in total(meant, measure).quantities if v.unit not in (unit, PERCENT)]
    if others:
        yield Reason(_("some rows count in {unit}").format(unit=_(", ").join(v.unit for v in others)), ())


def _alone(meant: Sequence[Row], column: Column, missing: Quantity) -> Iterable[Reason]:
    """The few rows of which each is just what is too much."""
    exact = [row for row in meant if (q := quantity_of(row.text(column), column)) and q.number == missing.number]
    if missing.number > 0 and 0 < len(exact) <= _FEW and len(meant) > 1:
        text = _("{rows} alone").format(rows=_(", ").join(row.sign for row in exact))
        yield Reason(text, tuple(exact), missing, fits=True)


def _open(stated: Stated, rows: Sequence[Row], meant: Sequence[Row], ledger: Ledger) -> Iterable[tuple[str, list[Row]]]:
    """The rows that are not meant only because a column that is asked for is still empty."""
    inside = {row.id for row in meant}
    for key in stated.where:
        rest = {other: wanted for other, wanted in stated.where.items() if other != key}
        empty = [
            row for row in rows
            if row.id not in inside and not texts_of(row, key, ledger) and counts(row, (rest,), ledger)
            and not row.into
        ]  # fmt: skip
        if empty:
            text = ngettext("{n} row has no {column} yet", "{n} rows have no {column} yet", len(empty))
            yield text.format(n=len(empty), column=key_name(key, ledger)), empty
