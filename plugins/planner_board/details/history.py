"""What the journal knows of a task: the notes in full, and what was done last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.api import NOTE, Entry, Plan, PlannerError, Task, _, branch_names, ngettext, printable, what, why
from planner_board.board import Board
from planner_board.details.page import Page, Part
from planner_board.words.tasks import key_name, local, occurrence_words, recorded_words

_NOTES, _ACTS = 20, 12
"""So many of each are shown, the newest."""


def draw_history(page: Page, board: Board, task: Task) -> None:
    """Notes and acts, newest first. A journal that cannot be read says why, and costs nothing else."""
    try:
        acts = board.snapshot.journal.acts(task.id)[::-1]
    except PlannerError as error:
        page.heading(_("History"))
        page.text(str(error), "bad")
        return
    _draw_notes(page, board, [entry for entry in acts if entry.kind == NOTE])
    _draw_acts(page, board, task, [entry for entry in acts if entry.kind != NOTE])


def _draw_notes(page: Page, board: Board, notes: Sequence[Entry]) -> None:
    if notes:
        page.heading(_("Notes"), str(len(notes)))
    for entry in notes[:_NOTES]:
        page.text(str(entry.data.get("text", "")))
        page.line(Part("  " + recorded_words(entry, board.plan, board.today.year), "muted"))


def _draw_acts(page: Page, board: Board, task: Task, acts: Sequence[Entry]) -> None:
    if acts:
        page.heading(_("History"))
    for entry in acts[:_ACTS]:
        when = f"{local(entry, board.plan):%m-%d %H:%M}"
        text = f"{printable(entry.author)} {_act(board, task, entry)}"
        reason = why(entry)
        page.field(when + " ", _("{text}, because {reason}").format(text=text, reason=reason) if reason else text)
    if len(acts) > _ACTS:
        rest = len(acts) - _ACTS
        page.line(Part(ngettext("{n} earlier entry", "{n} earlier entries", rest).format(n=rest), "muted"))


def _act(board: Board, task: Task, entry: Entry) -> str:
    """What was done; in brackets for which branches and which time, where it was not the task as a whole."""
    known = board.occurrences(task)
    which = (o for o in known if o.key == entry.occurrence and len(known) > 1)
    texts = [_branches(entry, board.plan), *(occurrence_words(o, board.today.year) for o in which)]
    shown = _(", ").join(filter(None, texts))
    said = what(entry, key_name, board.snapshot)
    return _("{title} ({extra})").format(title=said, extra=shown) if shown else said


def _branches(entry: Entry, plan: Plan) -> str:
    return branch_names(tuple(_named(entry)), plan)


def _named(entry: Entry) -> Iterator[str]:
    """Ids of the branches that an entry is about; another program may have written anything there."""
    listed = entry.data.get("branches")
    if entry.branch:
        yield entry.branch
    elif isinstance(listed, list | tuple):
        yield from (branch for branch in listed if isinstance(branch, str))
