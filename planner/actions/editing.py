"""Edits of the plan's file: made in its text, checked, and recorded so that they can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from planner.actions.marking import acts_on
from planner.diagnostics import Diagnostic, Severity
from planner.errors import PlanError, PlannerError
from planner.i18n import _
from planner.journal.entry import EDIT, Entry, after, new_entry
from planner.plan.edit import Change, PlanEditor
from planner.plan.exact_text import exact_text
from planner.plan.lock import locked, save
from planner.snapshot import Snapshot

if TYPE_CHECKING:
    from planner.session import Session


@contextmanager
def editing(session: Session) -> Iterator[Snapshot]:
    """The plan, which no other planner changes meanwhile: what is decided on it holds when it is written.

    Raises as `Session.snapshot` does, and PlannerError where another program holds the plan for long.
    """
    if not session.plan_file.is_file():
        session.load()  # says what is wrong with it
    with locked(session.plan_file, session.patience):
        yield session.snapshot()


def edit_plan(
    session: Session,
    snapshot: Snapshot,
    edit: Callable[[PlanEditor], None],
    *,
    by: str | None = None,
    message: str = "",
    also: Sequence[Entry] = (),
) -> list[Entry]:
    """Let `edit` change the plan's text; write the file and record the changes, all or nothing.

    `also` are further entries of the same act; they are recorded even where the text does not change. Returns all
    entries. Raises PlanError when the plan would have errors that it did not have, or is no longer the one in
    `snapshot`; JournalError when nothing can be recorded.
    """
    path = session.plan_file
    with locked(path, session.patience):
        before = path.read_bytes()
        if before != snapshot.plan.text.data:
            changed = _("The plan was changed meanwhile by another program; nothing was written.")
            raise PlanError(changed, _("Run the command again."))
        editor = PlanEditor(before, str(path))
        edit(editor)
        entries = as_one_act([*also, *_entries(session, snapshot, editor.changes, by, message)])
        if entries:
            commit(session, entries, before, editor.content)
    return entries


def commit(session: Session, entries: Sequence[Entry], before: bytes, content: bytes) -> list[Entry]:
    """Record `entries` and write the plan in one go; those that are new. The plan's file must be locked.

    The entries are written first but made lasting last: only a crash between the two leaves a changed plan without its
    entry, and nobody was told that it was recorded. Raises PlanError, with those, when `content` has errors
    that `before` did not have.
    """
    if content != before and (new := would_break(session, before, content)):
        shown = [problem._replace(source=None) for problem in new]  # not the lines of a text that is not written
        message = _("The plan would have errors; nothing was changed.")
        raise PlanError(message, _("Correct what was asked for."), shown)
    path = session.plan_file

    def write() -> None:
        if content != before:
            save(path, before, content)

    try:
        return session.record(entries, write)
    except BaseException:  # whatever came in between, an interrupt too: without the entries no change
        if content != before and path.read_bytes() == content:
            save(path, content, before)
        raise


def save_as_utf8(session: Session) -> bool:
    """Write the plan's file as UTF-8 without a byte order mark, its text as it is; whether it was something else."""
    path = session.plan_file
    with locked(path):
        before = path.read_bytes()
        content = exact_text(str(path), before).in_utf8()
        save(path, before, content)
    return content != before


def as_one_act(entries: Sequence[Entry]) -> list[Entry]:
    """`entries` tied together: each but the first names the first, so that one undo takes back all."""
    if len(entries) < 2:
        return list(entries)
    first = entries[0]
    return [first, *(entry._replace(data={**entry.data, "act": first.id}) for entry in entries[1:])]


def _entries(
    session: Session, snapshot: Snapshot, changes: Iterable[Change], by: str | None, message: str
) -> list[Entry]:
    made: list[Entry] = []
    for change in changes:
        data: dict[str, Any] = {"change": change.to_json()}
        if message:
            data["message"] = message
        task = change.id if change.table == "tasks" else ""
        instant = after(snapshot.now, [*acts_on(session, snapshot, task), *made])
        author = session.author if by is None else by
        made.append(new_entry(instant, author, snapshot.plan.id, EDIT, data, task=task))
    return made


def change_of(entry: Entry) -> Change | None:
    """The change of the text that an entry of kind edit records; None where another program wrote something else."""
    try:
        return Change.from_json(entry.data.get("change"))
    except (ValueError, TypeError, PlannerError):
        return None


def would_break(session: Session, before: bytes, content: bytes) -> list[Diagnostic]:
    """The errors that a plan with the bytes `content` has and one with the bytes `before` does not have."""
    found = _errors(session, content)
    if not found:
        return []
    known = Counter(map(_sign, _errors(session, before)))
    new = []
    for error in found:
        if known[_sign(error)]:
            known[_sign(error)] -= 1
        else:
            new.append(error)
    return new


def _sign(error: Diagnostic) -> tuple[str, str]:
    return error.code, error.message


def _errors(session: Session, content: bytes) -> list[Diagnostic]:
    from planner.graph import TaskGraph

    plan, found = session.load_bytes(content)
    problems = list(found)
    if plan is not None:
        problems += session.call("planner_check", plan=plan, graph=TaskGraph(plan.tasks))
    return [problem for problem in problems if problem.severity is Severity.ERROR]
