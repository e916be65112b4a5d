"""Which sheet of a file is which ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from planner.api import UsageError, _, nearest, printable
from planner_ledger.ledgers import find_ledger, ledgers_of
from planner_ledger.sheets.headings import CHOICES, GUIDE, match, sheet_names
from planner_ledger.values import folded

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Ledger
    from planner_ledger.sheets.findings import Findings, Place
    from planner_ledger.sheets.reading import Line, Table

Pair = tuple["Table", "Ledger"]
_NO_ROWS = frozenset((folded(GUIDE), folded(CHOICES)))
"""What the sheets without rows are called."""


def choose(
    tables: Sequence[Table], ledger: str | None, sheet: str | None, plan: Plan, place: Place, findings: Findings
) -> list[Pair]:
    """The sheets to read, each with its ledger. `ledger` and `sheet` are what a person named, or None.

    Raises UsageError where it is not clear which sheet or which ledger is meant; what is passed over is told.
    """
    wanted = find_ledger(ledger, plan) if ledger is not None else None
    known = [table for table in tables if folded(table.name) not in _NO_ROWS]
    if sheet is not None:
        table = _sheet(sheet, tables)
        return [(table, wanted or _ledger_of(table.name, plan))]
    if len(known) == 1 and known[0].name == "":
        return [(known[0], wanted or _ledger_of(PurePath(place.file).stem, plan))]
    if wanted is not None:
        return [(_only(known, wanted, plan), wanted)]
    return _all(known, plan, place, findings)


def _sheet(words: str, tables: Sequence[Table]) -> Table:
    """The sheet of that name. Raises UsageError."""
    found = [table for table in tables if folded(table.name) == folded(words)]
    if len(found) == 1:
        return found[0]
    message = _("The file has no sheet “{name}”.").format(name=printable(words))
    raise UsageError(message, _listed(tables))


def _listed(tables: Sequence[Table]) -> str:
    names = _(", ").join(f"“{printable(table.name)}”" for table in tables if table.name)
    return _("Its sheets: {names}").format(names=names) if names else _("It is a text file and has no sheets.")


def _by_name(plan: Plan) -> dict[str, Ledger]:
    """The ledgers by what a sheet of theirs is called."""
    ledgers = ledgers_of(plan)
    names = sheet_names(ledgers)
    known = {folded(ledger.id): ledger for ledger in ledgers}
    known.update((folded(ledger.name), ledger) for ledger in ledgers)
    known.update((folded(names[ledger.id]), ledger) for ledger in ledgers)
    return known


def _ledger_of(name: str, plan: Plan) -> Ledger:
    """The ledger after which a sheet, or a file without sheets, is named. Raises UsageError."""
    ledger = _by_name(plan).get(folded(name))
    if ledger is not None:
        return ledger
    names = _(", ").join(printable(each.name) for each in ledgers_of(plan)) or "—"
    message = _("It is not clear to which ledger the rows belong: “{name}” is the name of none.")
    hint = _("Name it behind the file: planner ledger import FILE LEDGER. There are: {names}")
    raise UsageError(message.format(name=printable(name)), hint.format(names=names))


def _only(tables: Sequence[Table], ledger: Ledger, plan: Plan) -> Table:
    """The sheet that has the name of the ledger, or else the only one that can be seen. Raises UsageError."""
    named = [table for table in tables if _by_name(plan).get(folded(table.name)) is ledger]
    seen = [table for table in tables if not table.hidden]
    for found in (named, seen, tables):
        if len(found) == 1:
            return found[0]
    message = _("It is not clear which sheet holds the rows of “{ledger}”.").format(ledger=printable(ledger.name))
    raise UsageError(message, _("Name it: --sheet NAME. {sheets}").format(sheets=_listed(tables)))


def _all(tables: Sequence[Table], plan: Plan, place: Place, findings: Findings) -> list[Pair]:
    """All sheets that are named after a ledger."""
    known = _by_name(plan)
    pairs = [(table, known[folded(table.name)]) for table in tables if folded(table.name) in known]
    if not pairs and len(tables) == 1:
        return [(tables[0], _ledger_of(tables[0].name, plan))]
    if not pairs:
        raise UsageError(_("No sheet of the file is named after a ledger of the plan."), _listed(tables))
    for table in tables:
        if folded(table.name) not in known:
            _pass_over(table, known, place._replace(sheet=table.name), findings)
    return pairs


def _pass_over(table: Table, known: dict[str, Ledger], place: Place, findings: Findings) -> None:
    """Tell of a sheet that is not read: a mistake where its name is nearly that of a ledger."""
    first = next(table.lines(), None)
    if first is None:
        return
    likely = nearest(table.name, [ledger.name for ledger in known.values()]) or _looks_like(first, known.values())
    if likely:
        hint = _("did you mean {word}? Then name the sheet so; else take it out of the file.")
        findings.mistake(place, _("No ledger is called so."), hint.format(word=printable(likely)))
    else:
        findings.warn(place, _("This sheet was not read: no ledger is called so."))


def _looks_like(first: Line, ledgers: Iterable[Ledger]) -> str:
    """The name of the ledger whose headings most of the first row are, or ""."""
    _number, cells = first
    found = {ledger.name: len(match(cells, ledger)[0]) for ledger in ledgers}
    name = max(found, key=lambda each: found[each])
    return name if found[name] > 1 and found[name] * 2 >= len(cells) else ""
