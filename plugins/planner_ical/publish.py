"""Writing the calendars and recording what they tell: what the command and the form have in common."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.api import _, make_note
from planner_ical import note as notes
from planner_ical.feeds import make_feeds
from planner_ical.folder import Written, write_folder
from planner_ical.settings import settings_of

if TYPE_CHECKING:
    from planner.api import Note, Session, Snapshot


class Published(NamedTuple):
    """What became of a folder, and what its readers are told by it."""

    written: Written
    names: tuple[str, ...]
    """The files of this run; the folder can have more, of other branches."""
    note: Note


def publish_calendars(
    session: Session,
    snapshot: Snapshot,
    folder: Path,
    branches: Sequence[str] = (),
    *,
    profile: str | None = None,
    publish: bool | None = None,
    keep_cancelled: bool | None = None,
) -> Published:
    """Write the calendars of all, or of `branches` (their ids), and record in the journal what they tell.

    `snapshot` must be faultless. What is None is taken from the plan's table `[ical]`. Raises PlannerError where
    anything cannot be written; then nothing is recorded.
    """
    plan, items = snapshot.plan, snapshot.calendar_items
    settings = settings_of(plan, profile, publish, keep_cancelled)
    feeds = make_feeds(plan, items, snapshot.revisions, settings, branches)
    note = make_note(snapshot.revisions, plan, branches or None)
    changes = notes.note_bytes(note, snapshot.today)
    done: list[Written] = []

    def write() -> None:
        done.append(write_folder(folder, plan, items, settings.profile, feeds, changes, branch_ids=branches))

    session.tell(snapshot, write, branches or None)
    (written,) = done
    return Published(written, tuple(feed.name for feed in feeds), note)


def warn_of_edited(session: Session, written: Written) -> None:
    """Say what became of files that somebody had changed."""
    if written.overwritten:
        text = _("Changed since the last run; the changes were overwritten: {names}")
        session.warn(text.format(names=_(", ").join(written.overwritten)))
    if written.kept:
        text = _("Changed since the last run; left as it is, although the plan no longer has it: {names}")
        session.warn(text.format(names=_(", ").join(written.kept)))
