"""`planner ical`: calendar files for the office and for each branch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.api import UsageError, _, columns, echo, echo_json, find_branch, ngettext, printable
from planner_ical import note as notes
from planner_ical.publish import publish_calendars, warn_of_edited
from planner_ical.settings import PROFILES

if TYPE_CHECKING:
    from planner.api import Note, Session
    from planner_ical.folder import Written


@click.command("ical", help=_("Write calendar files into a folder: the whole plan, and one for each sub-union."))
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", required=True, type=click.Path(),
    help=_("The folder for the files; it is made where it does not exist"),
)  # fmt: skip
@click.option(
    "--branch",
    "branches",
    metavar="ID",
    multiple=True,
    help=_("Only the file of this sub-union; may be repeated"),
)
@click.option("--profile", type=click.Choice(PROFILES), help=_("As events, as to-dos, or both with their relations"))
@click.option(
    "--publish/--no-publish",
    default=None,
    help=_("Say METHOD:PUBLISH, which few programs want for an import"),
)
@click.option(
    "--keep-cancelled/--no-keep-cancelled",
    default=None,
    help=_("Keep what was cancelled, marked as such, for people who import files instead of subscribing"),
)
@click.pass_obj
def ical(
    session: Session,
    folder: str,
    branches: tuple[str, ...],
    profile: str | None,
    publish: bool | None,
    keep_cancelled: bool | None,
) -> None:
    """Write the files, record what they tell, and say which they are."""
    if not folder.strip():  # Path("") would be the current folder
        raise UsageError(_("The folder for the calendars has no name."), _("Name a folder: planner ical -o FOLDER"))
    snapshot = session.snapshot(faultless=True)
    wanted = [find_branch(name, snapshot.plan).id for name in branches]
    written, names, note = publish_calendars(
        session,
        snapshot,
        Path(folder),
        wanted,
        profile=profile,
        publish=publish,
        keep_cancelled=keep_cancelled,
    )
    if session.json:
        _tell_json(folder, written, names, note)
    else:
        _tell(folder, written, names, note)
    warn_of_edited(session, written)


def _tell_json(folder: str, written: Written, names: Sequence[str], note: Note) -> None:
    """The files of this run, with their counts."""
    manifest = written.manifest
    echo_json(
        {
            "folder": str(Path(folder)),
            "profile": manifest["profile"],
            "files": [
                {**entry, "changed": entry["name"] in written.changed}
                for entry in manifest["files"]
                if entry["name"] in names
            ],
            "removed": list(written.removed),
            "undated": manifest["undated"],
            "private": manifest["private"],
            "changes": None if note.is_first else note.changed,
        }
    )


def _tell(folder: str, written: Written, names: Sequence[str], note: Note) -> None:
    manifest = written.manifest
    echo(_("Calendars in {folder}:").format(folder=printable(str(Path(folder)))), *_file_lines(written, names))
    if others := len(manifest["files"]) - len(names):
        text = ngettext(
            "{n} other file was left as it was; it may be out of date.",
            "{n} other files were left as they were; they may be out of date.",
            others,
        )
        echo(text.format(n=others))
    for name in written.removed:
        echo(_("Removed, because the plan no longer has it: {name}").format(name=name))
    if undated := len(manifest["undated"]):
        text = ngettext(
            "{n} task has no date yet; the guide lists it.",
            "{n} tasks have no date yet; the guide lists them.",
            undated,
        )
        echo(text.format(n=undated))
    if private := manifest["private"]:
        text = ngettext("{n} private task is in no file.", "{n} private tasks are in no file.", private)
        echo(text.format(n=private))
    if changed := note.changed:
        text = ngettext(
            "{n} task has changed since people were last told; {name} says it in words for their chat.",
            "{n} tasks have changed since people were last told; {name} says it in words for their chats.",
            changed,
        )
        echo(text.format(n=changed, name=notes.NAME))


def _file_lines(written: Written, names: Sequence[str]) -> list[str]:
    """One line for each file of this run; what is in the others is what an earlier run knew."""
    rows = []
    for entry in written.manifest["files"]:
        if entry["name"] not in names:
            continue
        counts = []
        if entry["events"] or not entry["todos"]:
            counts.append(ngettext("{n} event", "{n} events", entry["events"]).format(n=entry["events"]))
        if entry["todos"]:
            counts.append(ngettext("{n} to-do", "{n} to-dos", entry["todos"]).format(n=entry["todos"]))
        state = _("written") if entry["name"] in written.changed else _("unchanged")
        rows.append((f"  {entry['name']}", _(", ").join(counts), state))
    return columns(rows)
