"""What a person does with a task: tick, begin, put off, cancel, open again, note; and taking back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from planner.api import (
    CANCELLED,
    CLOSED,
    DOING,
    DONE,
    PLANNED,
    POSTPONED,
    Entry,
    Session,
    Snapshot,
    Target,
    UsageError,
    _,
    last_act,
    mark,
    note_entry,
    occurrences,
    postpone_to,
    undo as take_back,
    undone,
    whole_act,
)
from planner_board.acts.reading import read_day, read_time
from planner_board.acts.target import Part, cells, here, is_changed, is_open, now, one_time, some_branches, told
from planner_board.dialogs.ask import Answer, Ask
from planner_board.drawing.sheet import Ref
from planner_board.words.acts import acts_words, status_words

if TYPE_CHECKING:
    from planner_board.app import BoardApp

_Act = Callable[[Session, Snapshot], str]


async def tick(app: BoardApp) -> None:
    """Done; or open again, where it is done or cancelled."""
    part = await one_time(app, here(app), is_open, _("Which time of “{title}”?"))
    if part is None or part.occurrence is None:
        return
    closes = is_open(cells(part, app.snapshot, part.occurrence))
    question = _("Done by whom: {title}") if closes else _("Open again for whom: {title}")
    branches = await some_branches(app, part, question, lambda status: (status not in CLOSED) == closes)
    if branches:
        app.perform(_marking(app, part, DONE if closes else PLANNED, branches))


async def start(app: BoardApp) -> None:
    """Work has begun."""
    _must_be_open(here(app), app.snapshot)
    part = await one_time(app, here(app), is_open, _("Which time of “{title}”?"))
    if part is None or part.occurrence is None:
        return
    branches = await some_branches(
        app, part, _("Begun by whom: {title}"), lambda status: status in (PLANNED, POSTPONED)
    )
    if branches:
        app.perform(_marking(app, part, DOING, branches))


async def reopen(app: BoardApp) -> None:
    """As if nothing had been recorded."""
    part = here(app)
    if not _has_begun(part, app.snapshot):
        app.tell(_("Nothing is recorded of “{title}”.").format(title=part.name(app.snapshot)))
        return
    found = await one_time(app, part, is_changed, _("Which time of “{title}” is open again?"))
    if found is None or found.occurrence is None:
        return
    question = _("Open again for whom: {title}")
    branches = await some_branches(app, found, question, lambda status: status != PLANNED)
    if branches:
        app.perform(_marking(app, found, PLANNED, branches))


def _has_begun(part: Part, snapshot: Snapshot) -> bool:
    return any(is_changed(cells(part, snapshot, o)) for o in occurrences(part.task, snapshot.plan))


def _must_be_open(part: Part, snapshot: Snapshot) -> None:
    """Raises UsageError for what is done: before anything is asked, and with what helps here."""
    known = [part.occurrence] if part.occurrence else occurrences(part.task, snapshot.plan)
    found = [status for occurrence in known for status in cells(part, snapshot, occurrence)]
    if not is_open(found) and DONE in found:
        message = _("“{title}” is done already.").format(title=part.name(snapshot))
        raise UsageError(message, _("If that was a mistake, open it again first (Ctrl+X)."))


async def cancel(app: BoardApp) -> None:
    """It will not take place."""
    part = here(app)
    _must_be_open(part, app.snapshot)
    heading = _("Cancel: {title}").format(title=part.name(app.snapshot))
    prompt = _("Why? Enter alone cancels without a reason.")

    def submit(reason: str, _also: str) -> None:
        app.attempt(_marking(app, part, CANCELLED, part.branches, reason))

    await app.push_screen_wait(Ask(heading, prompt, submit=submit))


async def postpone(app: BoardApp) -> None:
    """Put off, with or without a new time."""
    part = here(app)
    _must_be_open(part, app.snapshot)
    heading = _("Put off: {title}").format(title=part.name(app.snapshot))
    prompt = _("To when? A day goes into the plan, a longer time as words: 5月18日14点, 下周三, 5月下旬")

    def live(words: str) -> Answer:
        if not words:
            return Answer(_("Without a new time: it stays open until there is one."), "muted")
        if part.branch:
            return Answer(_("A new time is for all sub-unions: leave it empty here."), "bad", ok=False)
        return read_day(words, part.task, app.snapshot) or read_time(words, part.task, app.snapshot)

    def submit(words: str, reason: str) -> None:
        app.attempt(_postponing(app, part, words, reason) if words else _putting_off(app, part, reason))

    if (chosen := await _open_time(app, part)) is not None:
        part = chosen
        await app.push_screen_wait(Ask(heading, prompt, live=live, also=_("Why? May stay empty."), submit=submit))


async def _open_time(app: BoardApp, part: Part) -> Part | None:
    """Which of several times is put off: as long as none is going on today, that is asked."""
    return await one_time(app, part, is_open, _("Which time of “{title}” is put off?"))


def _putting_off(app: BoardApp, part: Part, reason: str) -> _Act:
    return _marking(app, part, POSTPONED, part.branches, reason)


def _postponing(app: BoardApp, part: Part, words: str, reason: str) -> _Act:
    def act(session: Session, snapshot: Snapshot) -> str:
        task = now(part.task, snapshot)
        return told(app, postpone_to(session, snapshot, task, part.slot, words, message=reason), snapshot)

    return act


def _marking(app: BoardApp, part: Part, status: str, branches: Sequence[str], reason: str = "") -> _Act:
    """An act that gives a status to those of `branches` that do not have it; none: to all, ("",): the office."""

    def act(session: Session, snapshot: Snapshot) -> str:
        task = now(part.task, snapshot)
        named = [branch for branch in branches if branch]
        if part.occurrence and len(named) > 1:
            cell = snapshot.statuses.cell
            named = [b for b in named if cell(task, part.occurrence.key, b) != status] or named
        if len(named) == len(task.branches):
            named = []
        done = mark(session, snapshot, task, status, branches=named, slot=part.slot, message=reason)
        if done.entries:
            return told(app, done.entries, snapshot, done.before)
        message = _("“{title}” has that status already: {status}.")
        return message.format(title=part.name(snapshot), status=status_words(status))

    return act


async def note(app: BoardApp) -> None:
    """A note, kept in the journal."""
    part = here(app)
    heading = _("A note on: {title}").format(title=part.name(app.snapshot))

    def submit(text: str, _also: str) -> None:
        def act(session: Session, snapshot: Snapshot) -> str:
            target = Target(now(part.task, snapshot), part.occurrence, part.branches or ("",))
            return told(app, session.record([note_entry(session, snapshot, target, text)]), snapshot)

        app.attempt(act)

    def live(text: str) -> Answer:
        return Answer("") if text else Answer(_("Write something, or leave with Esc."), "muted", ok=False)

    await app.push_screen_wait(
        Ask(heading, _("It is kept in the journal, with your name and the time."), live=live, submit=submit)
    )


async def undo(app: BoardApp) -> None:
    """Take back the last thing that this person did, here or elsewhere."""
    concerned: set[str] = set()

    def act(session: Session, snapshot: Snapshot) -> str:
        known = list(session.store.entries(plan=snapshot.plan.id))
        try:
            targets = last_act(known, session.author)
        except UsageError:
            return _("There is nothing that you could take back.")
        app.undone.append(take_back(session, snapshot, targets))
        concerned.update(entry.task for entry in targets)
        return _listed(_("Taken back: {acts} (Ctrl+Y does it again)"), targets, snapshot)

    if app.perform(act):
        _show_one(app, concerned)


def _show_one(app: BoardApp, tasks: Collection[str]) -> None:
    """Go to a task that was changed, so that a person sees what became of it; from several of them to none."""
    cursor = app.canvas.cursor
    for task in tasks:
        if len(tasks) == 1 and task in app.snapshot.plan.task_by_id and (cursor is None or cursor.id != task):
            app.go(Ref("task", task))


async def redo(app: BoardApp) -> None:
    """Take back the last taking back."""
    if not app.undone:
        app.tell(_("There is nothing that was taken back here."))
        return
    entry = app.undone[-1]
    concerned: set[str] = set()

    def act(session: Session, snapshot: Snapshot) -> str:
        known = list(session.store.entries(plan=snapshot.plan.id))
        gone = undone(known)
        if entry.id in gone:
            return _("There is nothing that was taken back here.")
        ids = entry.data["entries"]
        again = [e for e in known if e.id in ids]
        take_back(session, snapshot, whole_act(entry, known))
        concerned.update(each.task for each in again)
        return _listed(_("Counts again: {acts}"), again, snapshot)

    if app.perform(act):
        app.undone.remove(entry)
        _show_one(app, concerned)


def _listed(message: str, entries: Sequence[Entry], snapshot: Snapshot) -> str:
    """What entries were, the first two of them."""
    acts = [" - ".join(filter(None, pair)) for pair in acts_words(entries, snapshot)]
    return message.format(acts=_(", ").join(acts) + (" ..." if len(entries) > 2 else ""))
