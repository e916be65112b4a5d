"""`planner ledger totals`: what rows come to, column by column and unit by unit, all together or by what is alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.api import UnlikeUnitsError, UsageError, _, echo, echo_json, printable, terminal_width
from planner_ledger.commands.filtering import Wanted, filter_of, filtering
from planner_ledger.grouping import column_for, grouping
from planner_ledger.ledgers import find_column, find_ledger, ledgers_of
from planner_ledger.pages import Page, Style, drawn, page_json
from planner_ledger.rows import rows_of
from planner_ledger.totals import ROWS, Measure, selection, together, totals as totals_of

if TYPE_CHECKING:
    from planner.api import Session, Snapshot
    from planner_ledger.model import Ledger

_ROW_NAMES = frozenset((ROWS, "rows", "条", "条数", "行", "行数"))
_SEPARATOR = re.compile("[,，、]")


@click.command(
    help=_(
        "What the rows come to: each column by itself and each unit by itself, never added across units. MEASURE is a "
        "ledger, or one column of it: visits.people, 慰问.人数; visits.row are its rows. A row whose days lie in "
        "several months stands under none of them."
    )
)
@click.argument("measures", metavar="[MEASURE]...", nargs=-1)
@click.option(
    "--by",
    multiple=True,
    metavar="WORD",
    help=_("Group by kind, month, quarter, year, branch, goal, task, stage or a column; may be repeated"),
)
@filtering
@click.option("--sum", "added", is_flag=True, help=_("Add all measures up to one; they must count in one unit"))
@click.option("--share", "shares", is_flag=True, help=_("Also which percentage of the total each group is"))
@click.option("--wan", is_flag=True, help=_("Money in 万元, exactly"))
@click.pass_obj
def totals(
    session: Session,
    /,
    measures: Sequence[str],
    by: Sequence[str],
    added: bool,
    shares: bool,
    wan: bool,
    **options: Any,
) -> None:
    """Print totals."""
    snapshot = session.snapshot(checked=False)
    words = [part.strip() for word in by for part in _SEPARATOR.split(word) if part.strip()]
    if shares and not words:
        raise UsageError(_("--share needs --by: it shows which part of the total each group is."))
    pages = _pages(measures, words, Wanted(**options), snapshot)
    if added:
        pages = [_as_one(pages, snapshot)]
    if session.json:
        _refuse_private(pages)
        echo_json({"totals": [page_json(page, shares=shares) for page in pages], "sum": added})
        return
    width, style = terminal_width(), Style(wan, shares)
    for number, page in enumerate(pages):
        echo(*([""] if number else []), *drawn(page, style, width))


# What is asked for ---------------------------------------------------------------------------------------------------


def _pages(words: Sequence[str], by: Sequence[str], wanted: Wanted, snapshot: Snapshot) -> list[Page]:
    """A page for each ledger that is named, in that order; where none is, for each that there is."""
    asked: dict[str, tuple[Ledger, list[Measure]]] = {}
    for word in words:
        ledger, named = _measure(word, snapshot)
        asked.setdefault(ledger.id, (ledger, []))[1].extend(named)
    if not asked:
        ledgers = ledgers_of(snapshot.plan) or (find_ledger("", snapshot.plan),)  # which says that there is none
        asked = {ledger.id: (ledger, []) for ledger in ledgers}
    strict = bool(words) or not any(_can_be_grouped(by, ledger) for ledger, _named in asked.values())
    pages = []
    for ledger, named in asked.values():
        once = {measure.id: measure for measure in named or [Measure(ledger, column) for column in ledger.quantities]}
        measures = tuple(once.values())
        chosen = selection(rows_of(snapshot, ledger.id), ledger, filter_of(wanted, ledger, snapshot), snapshot)
        own = _grouped_by(by, ledger) if strict or _can_be_grouped(by, ledger) else ()
        found = totals_of(chosen.rows, measures, own, snapshot)
        pages.append(Page((ledger,), measures, bool(named), own, found, (chosen,)))
    return pages


def _measure(word: str, snapshot: Snapshot) -> tuple[Ledger, list[Measure]]:
    """The ledger that a word names, and the column where it names one. Raises UsageError."""
    name, dot, rest = word.replace("．", ".").partition(".")
    ledger = find_ledger(name, snapshot.plan)
    if not dot:
        return ledger, []
    if rest.strip() in _ROW_NAMES:
        return ledger, [Measure(ledger)]
    column = find_column(rest, ledger)
    if column not in ledger.quantities:
        message = _("“{column}” counts nothing that could be added up.").format(column=printable(column.name))
        names = _(", ").join(printable(c.name) for c in ledger.quantities)
        raise UsageError(message, _("They are: {names}.").format(names=names) if names else None)
    return ledger, [Measure(ledger, column)]


def _grouped_by(by: Sequence[str], ledger: Ledger) -> tuple[str, ...]:
    """What the rows of a ledger are grouped by. Raises UsageError."""
    return tuple(grouping(word, ledger) for word in by)


def _can_be_grouped(by: Sequence[str], ledger: Ledger) -> bool:
    """Whether a ledger has what is wanted: where all are shown, those that do not are not grouped."""
    try:
        return bool(_grouped_by(by, ledger)) or not by
    except UsageError:
        return False


def _as_one(pages: Sequence[Page], snapshot: Snapshot) -> Page:
    """All measures of all pages as one sum. Raises UsageError where they count different things."""
    if len({page.by for page in pages}) > 1:
        raise UsageError(_("These ledgers cannot be grouped in the same way."), _("Leave out --by, or one of them."))
    measures = tuple(measure for page in pages for measure in page.measures)
    rows = tuple(row for page in pages for row in page.found.rows)
    try:
        found = together(totals_of(rows, measures, pages[0].by, snapshot), measures)
    except UnlikeUnitsError as error:
        raise UsageError(str(error), _("Ask for them one by one, without --sum.")) from None
    ledgers = tuple(page.ledgers[0] for page in pages)
    chosen = tuple(page.chosen[0] for page in pages)
    return Page(ledgers, measures, named=True, by=pages[0].by, found=found, chosen=chosen)


def _refuse_private(pages: Iterable[Page]) -> None:
    """Raise UsageError where groups would carry what must not leave the office: other programs read JSON."""
    for page in pages:
        for by in page.by:
            for ledger in page.ledgers:
                column = column_for(by, ledger)
                if column and column.private:
                    message = _("“{column}” is private; --json does not group by it.")
                    raise UsageError(message.format(column=printable(column.name)))
