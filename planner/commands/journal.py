"""`planner journal`: the journal as a whole - carried elsewhere, brought together, backed up, described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import click

from planner.errors import JournalError, UsageError
from planner.files import write_atomically
from planner.help import CellContext
from planner.i18n import _
from planner.journal.copies import is_database, read_copy
from planner.journal.entry import EDIT, UNDO, Entry
from planner.journal.lines import Reading, parse_lines, read_lines, to_bytes
from planner.output import echo, echo_json, report, say
from planner.plan.model import Plan
from planner.session import Session
from planner.text import columns, printable, shorten
from planner.views.journal import kind_name

_SHOWN = 12
"""Authors, tasks and plans that are named; the rest are counted."""
_TITLE_CELLS = 40
_LONGEST = 1 << 20
"""Bytes of a first line that are looked at."""

_files = click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
_all_plans = click.option("--all", "everything", is_flag=True, help=_("The entries of other plans too"))


class _Subcommands(click.Group):
    """A group whose commands look and behave like those of `planner` itself."""

    context_class = CellContext

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order in which they are defined."""
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, which takes the global options as well."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.context_class = CellContext
            command.options_metavar = _("[OPTIONS]")
            command.epilog = self.epilog
            mine = {option for param in command.params for option in param.opts}
            command.params += [p for p in self.params if p.param_type_name == "option" and not mine & {*p.opts}]
        return command


@click.group(
    cls=_Subcommands,
    subcommand_metavar=_("[COMMAND] [ARGUMENTS]"),
    help=_(
        "What happened to a plan is kept in its journal, a file beside the plan. These commands look after the "
        "journal as a whole; `planner log` shows what stands in it."
    ),
)
def journal() -> None:
    """What looks after the journal."""


@journal.command(
    short_help=_("Write the entries as JSON Lines"),
    help=_("Write the entries of this plan as JSON Lines: one entry a line, by time."),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help=_("Write to this file"))
@_all_plans
@click.pass_obj
def export(session: Session, output: Path | None, everything: bool) -> None:
    """Print or write all entries."""
    plan = session.snapshot().plan
    content = to_bytes(session.store.entries(plan=None if everything else plan.id))
    if output is None:
        click.echo(content, nl=False)
        return
    _refuse_other_file(output)
    write_atomically(output, content)
    say(_("Written: {path}").format(path=output))


def _refuse_other_file(path: Path) -> None:
    """Raise UsageError where an export would take the place of something else, such as the journal itself."""
    if path.is_file():
        with path.open("rb") as file:
            first = file.readline(_LONGEST)
        reading = parse_lines([first.decode("utf-8-sig", "surrogateescape")], str(path))
        if first and not reading.entries:
            message = _("{path} is no earlier export; it was left as it is.").format(path=path)
            raise UsageError(message, _("Choose another name, or move the old file away."))


@journal.command(
    "import",
    short_help=_("Take in entries from JSON Lines"),
    help=_(
        "Take in the entries of files that `planner journal export` wrote: all of them, or none if one is wrong. The "
        "plan's text stays as it is; `planner journal merge` brings in what was edited there as well."
    ),
)
@_files
@_all_plans
@click.pass_obj
def import_(session: Session, files: Sequence[Path], everything: bool) -> None:
    """Add what is new."""
    for file in files:
        if is_database(file):
            message = _("{path} is a whole journal, not JSON Lines.").format(path=file)
            raise UsageError(message, "planner journal merge")
    plan = session.snapshot().plan
    _tell(session, plan, _take_in(session, plan, _read(files, read_lines), everything, adopt=False))


@journal.command(
    short_help=_("Bring in what another copy of the journal has"),
    help=_(
        "Bring together two copies of the journal that went separate ways: another file (or an export of it) is read, "
        "and what this journal lacks is added. Nothing is lost, the order does not matter, and the other file stays "
        "as it is. What the other copy changed in the plan's text is brought into the plan too."
    ),
)
@_files
@_all_plans
@click.pass_obj
def merge(session: Session, files: Sequence[Path], everything: bool) -> None:
    """Add what is new, and what it means for the plan's text."""
    plan = session.snapshot().plan
    _tell(session, plan, _take_in(session, plan, _read(files, read_copy), everything, adopt=True))


class _Intake(NamedTuple):
    """What came of taking entries in."""

    read: int
    new: list[Entry]
    left_out: Counter[str]
    """How many entries of each other plan."""
    messages: list[str]
    """What was changed in the plan's text."""


def _read(files: Iterable[Path], reader: Callable[[Path], Reading]) -> list[Entry]:
    """The entries of all files. Raises JournalError, after showing every wrong line, where one is wrong."""
    readings = [reader(file) for file in files]
    for reading in readings:
        report(reading.diagnostics)
    if any(reading.diagnostics for reading in readings):
        raise JournalError(_("Lines of the file are wrong; nothing was taken in."))
    return [entry for reading in readings for entry in reading.entries]


def _take_in(session: Session, plan: Plan, entries: list[Entry], everything: bool, *, adopt: bool) -> _Intake:
    """Add entries to the journal and, with `adopt`, their edits to the plan's text: both or neither."""
    wanted = [entry for entry in entries if everything or entry.plan == plan.id]
    left_out = Counter(entry.plan for entry in entries if not everything and entry.plan != plan.id)
    if not adopt:
        new = session.record(wanted)
        edited = any(entry.kind in (EDIT, UNDO) and entry.plan == plan.id for entry in new)
        hint = _("The plan's text was left as it is; `planner journal merge` of the same file brings its edits in too.")
        return _Intake(len(entries), new, left_out, [hint] if edited else [])
    from planner.actions.adopting import take_in

    new, messages = take_in(session, plan.id, wanted)
    return _Intake(len(entries), new, left_out, messages)


def _tell(session: Session, plan: Plan, intake: _Intake) -> None:
    authors = Counter(entry.author for entry in intake.new)
    tasks = Counter(entry.task for entry in intake.new if entry.task)
    known = intake.read - len(intake.new) - intake.left_out.total()
    if session.json:
        echo_json(
            {
                "read": intake.read,
                "new": len(intake.new),
                "known": known,
                "left_out": dict(intake.left_out),
                "authors": dict(authors),
                "tasks": dict(tasks),
                "messages": intake.messages,
            }
        )
        return
    counts = _("{read} entries read: {new} new, {known} known already.")
    echo(counts.format(read=intake.read, new=len(intake.new), known=known))
    if authors:
        echo(_("By: {names}").format(names=_counted(authors)))
    if tasks:
        titles = Counter[str]()
        for task, number in tasks.items():  # several tasks may have one title
            titles[_title(task, plan)] += number
        echo(_("On: {names}").format(names=_counted(titles)))
    if intake.left_out:
        message = _("{n} entries of other plans were left out: {names}. With --all they are taken in too.")
        echo(message.format(n=intake.left_out.total(), names=_counted(intake.left_out)))
    for message in intake.messages:
        echo(printable(message))


def _title(task: str, plan: Plan) -> str:
    return plan.task_by_id[task].title if task in plan.task_by_id else task


def _counted(numbers: Counter[str]) -> str:
    """Names with their numbers, the most first; beyond a dozen only how many more there are."""
    named = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{shorten(printable(name), _TITLE_CELLS) or '—'} {number}" for name, number in named[:_SHOWN]]
    if len(named) > _SHOWN:
        shown.append(_("{n} more").format(n=len(named) - _SHOWN))
    return _(", ").join(shown)


@journal.command(
    short_help=_("Write a complete copy"),
    help=_("Write a complete copy of the journal, with all plans in it, as a new file. Nothing is ever overwritten."),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_obj
def backup(session: Session, file: Path) -> None:
    """Copy all entries, from whatever store, into a file of SQLite."""
    from planner.journal.sqlite import write_copy

    number = write_copy(session.store.entries(), file)
    if session.json:
        echo_json({"file": str(file), "entries": number})
    else:
        echo(_("{path} holds a copy of all {n} entries.").format(path=printable(str(file)), n=number))


@journal.command(
    short_help=_("Where it is and what it holds"),
    help=_("Where the journal is, how large, and how many entries of which kind, plan and author it holds."),
)
@click.pass_obj
def info(session: Session) -> None:
    """Describe the journal."""
    plan = session.snapshot().plan
    entries = list(session.store.entries())
    about = session.store.about()
    kinds, plans, authors = (Counter(getattr(entry, name) for entry in entries) for name in ("kind", "plan", "author"))
    if session.json:
        ends = {"first": entries[0].time, "last": entries[-1].time} if entries else {"first": None, "last": None}
        counts = {"kinds": dict(kinds), "plans": dict(plans), "authors": dict(authors)}
        echo_json({"url": session.store.url, "exists": bool(entries or about), "entries": len(entries), **counts,
                   **ends, "store": dict(about)})  # fmt: skip
        return
    rows = list(_facts(session, about))
    if entries:
        zone = ZoneInfo(plan.timezone)
        rows += [
            (_("entries"), str(len(entries))),
            (_("kinds"), _counted(Counter({kind_name(kind): number for kind, number in kinds.items()}))),
            (_("plans"), _counted(plans)),
            (_("recorded by"), _counted(authors)),
            (_("first"), _local(entries[0].instant, zone)),
            (_("last"), _local(entries[-1].instant, zone)),
        ]
    echo(*columns(rows))
    if not entries:
        echo(_("It holds no entries yet; the first act makes it.") if not about else _("It holds no entries yet."))


def _facts(session: Session, about: Mapping[str, str | int]) -> Iterator[tuple[str, str]]:
    """What is to be told of the place."""
    names = {"schema": _("schema version"), "bytes": _("bytes")}
    yield _("journal"), printable(session.store.url)
    for name, value in about.items():
        yield names.get(name, printable(name)), f"{value:,}" if isinstance(value, int) else printable(value)


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"
