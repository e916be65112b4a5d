"""What a person is told when the board opens: how to use it, once; and what is unusual about the plan, each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from planner.api import _, cell_width, full_day, ngettext, pad
from planner_board.dialogs.message import Reading, Said
from planner_board.dialogs.panel import Word
from planner_board.words.nothing import no_task_yet

if TYPE_CHECKING:
    from planner_board.app import BoardApp
    from planner_board.board import Board

SECONDS = 12
"""How long a remark on the plan stays."""
_KEYS = (
    (_("Arrow keys"), _("go from task to task")),
    (_("Space"), _("tick what is done; again: it is open after all")),
    ("F8", _("what can be done with the task")),
    ("F9", _("add a task, in words: 5月中旬 教职工气排球比赛")),
    ("/", _("search; Esc shows everything again")),
    ("F1", _("all keys")),
    ("Ctrl+Z", _("take back what was done last")),
    ("Ctrl+Q", _("leave; everything is saved already")),
)


class Welcome(Reading):
    """The hint for someone who sees the board for the first time. Any key closes it."""

    def words(self) -> Iterable[Widget]:
        """There is but one way out."""
        yield Word(_("Begin (any key)"), "accept")

    def on_key(self, event: events.Key) -> None:
        """Any key."""
        event.stop()
        event.prevent_default()
        self.action_accept()


async def greet(app: BoardApp) -> None:
    """Tell a newcomer how to begin, and everybody what is unusual about the plan."""
    remarks = [*about(app.board)]
    if not app.memory.greeted:
        app.memory.greeted = True
        app.memory.save()
        await app.push_screen_wait(Welcome(_("This is the board of your plan"), [*hint(), *_lines(remarks)]))
        return
    for remark in remarks:
        app.notify(remark, timeout=SECONDS, markup=False)


def hint() -> Iterator[Said]:
    """A few lines with the keys that are enough for a beginning. All of it can be done by mouse as well."""
    width = max(cell_width(key) for key, _said in _KEYS) + 2
    for key, said in _KEYS:
        yield Said(f"{pad(key, width)}{said}", exact=True)
    yield Said(_("The mouse does it too: click a task, click it again, or press its right button."), "muted")


def _lines(remarks: Iterable[str]) -> Iterator[Said]:
    for remark in remarks:
        yield Said("")
        yield Said(remark, "warning")


def about(board: Board) -> Iterator[str]:
    """What is unusual about a plan: it has no tasks, or today lies outside of its term."""
    if not board.plan.tasks:
        yield no_task_yet()
    term, today = board.plan.term, board.today
    if today < term.start:
        days = (term.start - today).days
        said = ngettext("The term begins in {n} day, on {day}.", "The term begins in {n} days, on {day}.", days)
        yield said.format(n=days, day=full_day(term.start))
    elif today > term.end:
        said = _("The term was over on {day}. What is open can still be ticked; now is the time for the summary.")
        yield said.format(day=full_day(term.end))
        yield _("`planner new --from` makes the plan of the next term from this one.")
