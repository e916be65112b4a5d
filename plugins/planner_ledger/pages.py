"""Totals as people and programs look at them: a page for each ledger, with what must be said besides the numbers."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from planner.api import (
    YUAN,
    Quantity,
    _,
    add,
    cell_width,
    columns,
    hanging,
    in_wan,
    ngettext,
    pad,
    printable,
    quantity_words,
    shorten,
)
from planner_ledger.as_json import quantity_json
from planner_ledger.grouping import BY, by_name, column_for
from planner_ledger.model import Ledger
from planner_ledger.rows import Row
from planner_ledger.tables import blocks, table
from planner_ledger.totals import Group, Measure, Selection, Total, forms_of, share
from planner_ledger.wording import number_words

_TITLE = 50
"""Cells of a group's name; a choice that somebody typed can be a whole sentence."""
DIRECTION = "direction"
"""Id of the column that says which way money went (收支)."""
_SIGNS_SHOWN = 5
"""So many rows are named in a remark; of more it says how many there are."""


class Page(NamedTuple):
    """What is shown together: one ledger, or with --sum all of them."""

    ledgers: tuple[Ledger, ...]
    measures: tuple[Measure, ...]
    named: bool
    """Whether the columns were asked for by name: then they are shown even when they are empty."""
    by: tuple[str, ...]
    found: Group
    chosen: tuple[Selection, ...]


class Style(NamedTuple):
    """How numbers are written."""

    wan: bool
    share: bool


# Text ----------------------------------------------------------------------------------------------------------------


def drawn(page: Page, style: Style, width: int) -> Iterator[str]:
    """A page as lines of at most `width` cells."""
    yield _head(page)
    if not page.found.rows:
        yield "  " + _("No row matches.")
    elif page.by:
        yield from _table(page, style, width)
    else:
        yield from columns(_list(page, style))
    yield from hanging([("", line) for line in _remarks(page, style)], width)


def _head(page: Page) -> str:
    names = _(" + ").join(dict.fromkeys(printable(ledger.name) for ledger in page.ledgers))
    cases = sum(not row.into for row in page.found.rows)
    return f"{names}  {number_words(cases)}"


def _list(page: Page, style: Style) -> Iterator[tuple[str, str, str]]:
    """One line for each measure that has a value, or was asked for."""
    if len(page.found.totals) < len(page.measures):
        names = [_(" + ").join(measure.title for measure in page.measures)]
    else:
        names = [printable(measure.column.name) if measure.column else _("rows") for measure in page.measures]
    for name, one in zip(names, page.found.totals, strict=True):
        if one.quantities or page.named:
            yield "", name, _words(one, style)


def _words(one: Total, style: Style) -> str:
    """The quantities of a total, one for each unit; — for none."""
    return _(", ").join(_quantity(quantity, style) for quantity in one.quantities) or "—"


def _quantity(quantity: Quantity, style: Style) -> str:
    return in_wan(quantity) if style.wan and quantity.unit == YUAN else quantity_words(quantity)


def _table(page: Page, style: Style, width: int) -> list[str]:
    """The groups as a table, or one below the other where it would be too wide."""
    shown = [n for n, one in enumerate(page.found.totals) if one.quantities or page.named]
    headings = [_(" / ").join(by_name(by, page.ledgers[0]) for by in page.by), _("rows")]
    for n in shown:
        headings.append(_heading(page, n))
        headings += [_("share")] if style.share else []
    rows = [_cells("  " * level, group, shown, page, style) for level, group in _flat(page.found.groups)]
    rows.append(_cells("", page.found._replace(title=_("Total")), shown, page, style))
    rows = [[shorten(title, min(width // 2, _TITLE)), *cells] for title, *cells in rows]
    if lines := table(headings, rows, width, numbers=range(1, len(headings))):
        return lines
    left = max(cell_width(row[0]) for row in rows)
    return blocks(headings, [[pad(title, left), *cells] for title, *cells in rows], width)


def _heading(page: Page, n: int) -> str:
    if len(page.found.totals) < len(page.measures):
        return _("sum")
    column = page.measures[n].column
    return printable(column.name) if column else _("rows")


def _flat(groups: Iterable[Group], level: int = 0) -> Iterator[tuple[int, Group]]:
    for group in groups:
        yield level, group
        yield from _flat(group.groups, level + 1)


def _cells(indent: str, group: Group, shown: Sequence[int], page: Page, style: Style) -> list[str]:
    cells = [indent + group.title, str(sum(not row.into for row in group.rows))]
    for n in shown:
        one = group.totals[n]
        cells.append(_words(one, style) if one.quantities else "")
        if style.share:
            cells.append(_(", ").join(f"{found}%" for found in _shares(one, page.found.totals[n])))
    return cells


def _shares(one: Total, whole: Total) -> Iterator[Decimal]:
    for quantity in one.quantities:
        of = next(total for total in whole.quantities if total.unit == quantity.unit)
        found = share(quantity, of)
        if found is not None:
            yield found


# What must be said besides -------------------------------------------------------------------------------------------


def _remarks(page: Page, style: Style) -> Iterator[str]:
    """What a reader must know to trust the numbers."""
    partly = [row for one in page.chosen for row in one.partly]
    undated = [row for one in page.chosen for row in one.undated]
    unfit = list({row.id: row for one in page.found.totals for row in one.unfit}.values())
    merged = [row for row in page.found.rows if row.into]
    if partly:
        yield _("Only partly in this time, but counted whole: {rows}").format(rows=_signs(partly))
    if undated:
        yield _("Without a date, so not counted in this time: {rows}").format(rows=_signs(undated))
    if unfit:
        yield _("Not counted, because the value does not fit the column: {rows}").format(rows=_signs(unfit))
    if merged:
        yield from _merged(merged, page)
    yield from _both_ways(page)
    if "goal" in page.by and _overlap(page.found, page.by.index("goal")):
        yield _("A row that serves several goals counts for each of them; together they come to more than the total.")
    if style.share:
        yield from _share_remarks(page)


def _both_ways(page: Page) -> Iterator[str]:
    """Where money that came in and money that went out are one number, which is neither."""
    with_money = {m.ledger.id: m.ledger for m in page.measures if m.column and m.column.type == "money"}
    for ledger in with_money.values():
        column = ledger.column_by_id.get(DIRECTION)
        if column and not any(column_for(by, ledger) == column for by in page.by):
            texts = {row.text(column) for row in page.found.rows if row.ledger == ledger.id}
            said = [printable(choice) for choice in column.choices if choice in texts]
            if len(said) > 1:
                text = _("{values} are added up here; each by itself: --by {column}")
                yield text.format(values=_(" and ").join(said), column=printable(column.name))


def _merged(merged: Sequence[Row], page: Page) -> Iterator[str]:
    names = [
        printable(measure.column.name)
        for measure in page.measures
        if measure.column and measure.column.id in forms_of(measure.ledger)
    ]
    n = len(merged)
    if names:
        text = ngettext(
            "{n} row is merged into another: it counts in {columns} only",
            "{n} rows are merged into others: they count in {columns} only",
            n,
        )
    else:
        text = ngettext("{n} row is merged into another and not counted", "{n} rows are merged and not counted", n)
    yield text.format(n=n, columns=_(", ").join(names))


def _overlap(group: Group, level: int) -> bool:
    """Whether rows stand in several groups of that level (0: the first)."""
    if level:
        return any(_overlap(one, level - 1) for one in group.groups)
    return sum(len(one.rows) for one in group.groups) > len(group.rows)


def _share_remarks(page: Page) -> Iterator[str]:
    """Where rounded shares do not come to a hundred, or there is none."""
    for n, whole in enumerate(page.found.totals):
        for quantity in whole.quantities:
            parts = [q for group in page.found.groups for q in group.totals[n].quantities if q.unit == quantity.unit]
            shares = [found for part in parts if (found := share(part, quantity)) is not None]
            if len(shares) < len(parts):
                yield _("No share where a number is not exact, or the total is nothing.")
            elif sum(shares) != 100 and add(parts) == quantity:
                yield _("The rounded shares come to {number}%.").format(number=sum(shares))


def _signs(rows: Sequence[Row]) -> str:
    """How many rows, and the signs of the first of them."""
    shown = " ".join(row.sign for row in rows[:_SIGNS_SHOWN]) + (" …" if len(rows) > _SIGNS_SHOWN else "")
    return _("{title} ({extra})").format(title=number_words(len(rows)), extra=shown)


# Data ----------------------------------------------------------------------------------------------------------------


def page_json(page: Page, *, shares: bool) -> dict[str, Any]:
    """A page as data, see docs/json.md."""
    by = [word if word in BY else f"column:{word}" for word in page.by]
    return {
        "ledgers": [ledger.id for ledger in page.ledgers],
        "measures": [measure.id for measure in page.measures],
        "by": by,
        **_group_json(page.found, page.found, shares=shares),
        "partly": [row.id for one in page.chosen for row in one.partly],
        "undated": [row.id for one in page.chosen for row in one.undated],
        "merged": [row.id for row in page.found.rows if row.into],
    }


def _group_json(group: Group, whole: Group, *, shares: bool) -> dict[str, Any]:
    pairs = zip(group.totals, whole.totals, strict=True)
    return {
        "key": group.key,
        "rows": sum(not row.into for row in group.rows),
        "totals": [_total_json(one, of, shares=shares) for one, of in pairs],
        "groups": [_group_json(one, whole, shares=shares) for one in group.groups],
    }


def _total_json(one: Total, of: Total, *, shares: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "quantities": [quantity_json(quantity) for quantity in one.quantities],
        "counted": one.counted,
        "unfit": [row.id for row in one.unfit],
    }
    return made | ({"shares": [str(found) for found in _shares(one, of)]} if shares else {})
