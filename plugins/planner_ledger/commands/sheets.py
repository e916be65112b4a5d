"""`planner ledger export` and `import`: ledgers as sheets for Excel and WPS, written and read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.api import Severity, UsageError, _, acting, echo, echo_json, ngettext, printable, say, write_atomically
from planner_ledger.commands.filtering import Wanted, filter_of, filtering

if TYPE_CHECKING:
    from planner.api import Entry, Session, Snapshot
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row
    from planner_ledger.sheets.findings import Findings
    from planner_ledger.sheets.intake import Intake
    from planner_ledger.sheets.pages import Page

_SHOWN = 50
"""Changes that are told one by one."""
_FILE = click.Path(path_type=Path)


@click.command(
    "export",
    help=_(
        "Write ledgers as a file for Excel or WPS: .xlsx with a sheet for each ledger (without LEDGER: for all), or "
        ".csv for one. Private values are shown as ＊＊＊. What is filled in there is read by `planner ledger import`."
    ),
)
@click.argument("ledgers", metavar="[LEDGER]...", nargs=-1)
@click.option("-o", "--output", type=_FILE, metavar="FILE", required=True, help=_("Write to this file"))
@click.option("--with-private", is_flag=True, help=_("Private values too; the file must not leave the office then"))
@click.option("--template", is_flag=True, help=_("No rows: a sheet to fill in, and one that explains its columns"))
@click.option("--replace", is_flag=True, help=_("Write over a file that is there already"))
@filtering
@click.pass_obj
def export(
    session: Session,
    /,
    ledgers: Sequence[str],
    output: Path,
    with_private: bool,
    template: bool,
    replace: bool,
    **options: Any,
) -> None:
    """Write one file, and say what is in it."""
    from planner_ledger.export import pages_of

    suffix = _suffix(output)
    if not replace:
        _refuse_existing(output)
    snapshot = session.snapshot(checked=False)
    chosen = _chosen(ledgers, suffix, snapshot)
    rows = {ledger.id: () if template else _rows(ledger, Wanted(**options), snapshot) for ledger in chosen}
    pages = pages_of(snapshot, chosen, rows, with_private=with_private)
    write_atomically(output, _content(pages, suffix, template))
    _tell_written(session, output, pages, with_private)


def _suffix(output: Path) -> str:
    """The suffix of a file that can be written. Raises UsageError for another."""
    suffix = output.suffix.lower()
    if suffix in (".xlsx", ".csv"):
        return suffix
    hint = _("For Excel and WPS: -o NAME.xlsx")
    raise UsageError(
        _("A file must end in .xlsx or .csv; “{name}” does not.").format(name=printable(output.name)), hint
    )


def _refuse_existing(output: Path) -> None:
    """Raise UsageError where a file is there: somebody may have filled it in and not read it back yet."""
    if output.exists():
        message = _("{name} is there already; nothing was written.").format(name=printable(str(output)))
        raise UsageError(message, _("Give another name, or write over it with --replace."))


def _chosen(words: Sequence[str], suffix: str, snapshot: Snapshot) -> list[Ledger]:
    """The ledgers that were named, or all; each once. Raises UsageError for none, and for several in one .csv."""
    from planner_ledger.ledgers import find_ledger, ledgers_of

    plan = snapshot.plan
    chosen = [find_ledger(name, plan) for name in words] or list(ledgers_of(plan))
    chosen = list({ledger.id: ledger for ledger in chosen}.values())
    if not chosen:
        find_ledger("", plan)  # raises, and says how a plan gets ledgers
    if suffix == ".csv" and len(chosen) > 1:
        names = _(", ").join(printable(ledger.name) for ledger in ledgers_of(plan))
        message = _("A .csv holds one ledger; name one of these: {names}").format(names=names)
        raise UsageError(message, _("Or write an .xlsx, which holds them all."))
    return chosen


def _rows(ledger: Ledger, wanted: Wanted, snapshot: Snapshot) -> tuple[Row, ...]:
    """The rows that are wanted; those that might be, and have no date, are told."""
    from planner_ledger.rows import rows_of
    from planner_ledger.totals import selection

    found = selection(rows_of(snapshot, ledger.id), ledger, filter_of(wanted, ledger, snapshot), snapshot)
    if found.undated:
        text = _("{ledger}: {n} more have no date, so nobody knows whether they are of that time; they are left out.")
        say(text.format(ledger=printable(ledger.name), n=len(found.undated)))
    return found.rows


def _content(pages: Sequence[Page], suffix: str, template: bool) -> bytes:
    if suffix == ".csv":
        from planner_ledger.sheets import delimited
        from planner_ledger.sheets.pages import text_rows

        return delimited.to_bytes(text_rows(pages[0]))
    from planner_ledger.sheets.book import to_bytes
    from planner_ledger.sheets.guide import guide

    return to_bytes(pages, guide(pages) if template else ())


def _tell_written(session: Session, output: Path, pages: Sequence[Page], with_private: bool) -> None:
    from planner_ledger.wording import number_words

    masked = sum(page.masked() for page in pages)
    if session.json:
        sheets = [{"ledger": p.ledger.id, "sheet": p.name, "rows": len(p.rows), "masked": p.masked()} for p in pages]
        echo_json({"file": str(output), "private": with_private, "sheets": sheets})
    else:
        say(_("Written: {path}").format(path=printable(str(output))))
        for page in pages:
            say(f"  {printable(page.ledger.name)}  {number_words(len(page.rows))}")
    if output.suffix.lower() == ".xlsx" and (cut := sum(page.cut() for page in pages)):
        text = _(
            "{n} texts are longer than a cell of Excel can be; in the file they are cut off. A .csv has them whole."
        )
        say(text.format(n=cut))
    if with_private:
        say(_("The file holds what is private. It must not leave the office."))
    elif masked:
        text = ngettext(
            "{n} private value is shown as ＊＊＊; with --with-private it is written, for the office alone.",
            "{n} private values are shown as ＊＊＊; with --with-private they are written, for the office alone.",
            masked,
        )
        say(text.format(n=masked))


@click.command(
    "import",
    help=_(
        "Take in the rows of a sheet (.xlsx, .csv) that was filled in, or was written by `planner ledger export` and "
        "changed: all of them, or none if anything in it is wrong. A row with its 行号 is changed, one without is new; "
        "rows that are not in the sheet stay. One `planner undo` takes the whole import back."
    ),
)
@click.argument("file", metavar="FILE", type=_FILE)
@click.argument("ledger", metavar="[LEDGER]", required=False)
@click.option("--sheet", metavar="NAME", help=_("Only this sheet of the file"))
@click.option("--check", "only_check", is_flag=True, help=_("Only say what would be done"))
@acting
@click.pass_obj
def import_(
    session: Session, file: Path, ledger: str | None, sheet: str | None, only_check: bool, by: str | None, message: str
) -> int:
    """Read one file, and record what it brings."""
    from planner_ledger.sheets.findings import Findings
    from planner_ledger.sheets.recording import entries_of

    snapshot = session.snapshot(checked=False)
    findings = Findings()
    intakes = _read(snapshot, file, ledger, sheet, findings)
    if findings.mistakes:
        return _refused(session, file, findings)
    entries = [] if only_check else entries_of(session, snapshot, intakes, by=by, message=message)
    if entries:
        session.record(entries)
    if session.json:
        echo_json({**_as_json(file, intakes, findings), "recorded": bool(entries)})
        return 0
    for line in (*findings.lines(Severity.WARNING), *_against_rules(snapshot, intakes, entries)):
        say(line)
    told = [intake for intake in intakes if intake.has_rows] or intakes[:1]
    echo(*(line for intake in told for line in _lines(intake, only_check)))
    echo(*_outcome(intakes, entries, only_check))
    return 0


def _against_rules(snapshot: Snapshot, intakes: Sequence[Intake], entries: Sequence[Entry]) -> Iterator[str]:
    """What the rows that came go against, with its source; as much of it as a person will read."""
    from planner_ledger.acts import rule_warnings

    told = [text for intake in intakes for text in rule_warnings(snapshot, intake.ledger, entries)]
    yield from told[:_SHOWN]
    if left := len(told[_SHOWN:]):
        text = ngettext(
            "and {n} more; `planner ledger check` lists all", "and {n} more; `planner ledger check` lists all", left
        )
        yield text.format(n=left)


def _read(snapshot: Snapshot, file: Path, ledger: str | None, sheet: str | None, findings: Findings) -> list[Intake]:
    """What the sheets of a file bring."""
    from planner_ledger.rows import rows_of
    from planner_ledger.sheets.choosing import choose
    from planner_ledger.sheets.findings import Place
    from planner_ledger.sheets.intake import take
    from planner_ledger.sheets.reading import read_tables

    plan = snapshot.plan
    pairs = choose(read_tables(file), ledger, sheet, plan, Place(file.name), findings)
    return [take(table, meant, plan, rows_of(snapshot, meant.id), file.name, findings) for table, meant in pairs]


def _refused(session: Session, file: Path, findings: Findings) -> int:
    """Tell all that is wrong."""
    text = ngettext(
        "{n} mistake in {file}; nothing was taken in.",
        "{n} mistakes in {file}; nothing was taken in.",
        findings.mistakes,
    ).format(n=findings.mistakes, file=printable(file.name))
    if session.json:
        echo_json({**_as_json(file, [], findings), "recorded": False})
        return UsageError.exit_code
    for line in findings.lines(Severity.ERROR):
        say(line)
    raise UsageError(text, _("Correct them in the file, save it, and import it again."))


def _as_json(file: Path, intakes: Sequence[Intake], findings: Findings) -> dict[str, Any]:
    return {
        "file": str(file),
        "sheets": [
            {
                "ledger": intake.ledger.id,
                "sheet": intake.sheet or None,
                "new": len(intake.new),
                "changed": len(intake.changes),
                "unchanged": intake.unchanged,
                "missing": intake.missing,
                "again": intake.again,
                "changes": [
                    {"id": c.row.id, "row": c.line, "set": {k: v or None for k, v in c.cells.items()}}
                    for c in intake.changes
                ],
            }
            for intake in intakes
        ],
        "mistakes": findings.mistakes,
        "errors": [finding.to_json() for finding in findings.told(Severity.ERROR)],
        "warnings": [finding.to_json() for finding in findings.told(Severity.WARNING)],
    }


def _lines(intake: Intake, only_check: bool) -> Iterator[str]:
    """What one sheet brings, in words."""
    words = {
        "name": printable(intake.ledger.name), "new": len(intake.new), "changed": len(intake.changes),
        "same": intake.unchanged,
    }  # fmt: skip
    yield _("{name}: {new} new, {changed} changed, {same} unchanged").format(**words)
    if only_check:
        yield from _changes(intake)
    if intake.missing:
        text = ngettext(
            "  {n} row of the ledger is not in the sheet; it stays.",
            "  {n} rows of the ledger are not in the sheet; they stay.",
            intake.missing,
        )
        yield text.format(n=intake.missing)
    if intake.again:
        text = _("  {n} new rows say the same as another row (rows {rows} of the sheet). Was the file imported before?")
        shown = _(", ").join(map(str, intake.again[:8])) + (" …" if len(intake.again) > 8 else "")
        yield text.format(n=len(intake.again), rows=shown)


def _changes(intake: Intake) -> Iterator[str]:
    """Each value that changes, up to some number."""
    from planner_ledger.sheets.findings import quoted
    from planner_ledger.typed import key_name

    cells = [(change, key) for change in intake.changes for key in change.cells]
    for change, key in cells[:_SHOWN]:
        before, after = (quoted(text) or _("(empty)") for text in change.names[key])
        name = key_name(key, intake.ledger)
        yield _("  row {n}, {name}: {before} → {after}").format(n=change.line, name=name, before=before, after=after)
    if len(cells) > _SHOWN:
        yield "  " + _("… and {n} more").format(n=len(cells) - _SHOWN)


def _outcome(intakes: Sequence[Intake], entries: Sequence[Entry], only_check: bool) -> Iterator[str]:
    number = sum(len(intake.new) + len(intake.changes) for intake in intakes)
    if not number:
        yield _("There is nothing to take in.")
    elif only_check:
        yield _("Nothing was taken in yet. Without --check it will be.")
    elif entries:
        yield _("Taken in. To take it all back: planner undo")
