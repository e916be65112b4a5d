"""The view 目标: how far each goal of the 指导思想 is, with the tasks that serve it, and which duties are served."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from textual.strip import Strip

from planner.api import Goal, Standing, Task, Window, _, ngettext
from planner_board.board import SIGNS, Board, Size
from planner_board.details.page import Part
from planner_board.drawing.cells import steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.words.nothing import nothing_note
from planner_board.words.progress import Share, Tally, bar, numbers, of_duty, serving, share
from planner_board.words.tasks import goal_words, progress_words, when_words

_ROOMY = 100
"""From so many columns on a goal takes one line: title, bar and numbers side by side."""
_MOST_TITLE = 60
_DAYS, _DAYS_AT = 24, 90
"""Cells for the days of a task, and the column in which they begin at the latest: eyes lose a line that is too long."""


class Section(NamedTuple):
    """A goal with its tasks, or the tasks that serve none."""

    title: str
    goal: Goal | None
    standing: Standing
    tasks: Sequence[Task]
    """Those that are shown, in order of time."""


class Duty(NamedTuple):
    """A duty, how many goals serve it, and how far their tasks are."""

    name: str
    goals: int
    standing: Standing


class _Content(NamedTuple):
    """What is the same at every size."""

    standings: dict[str, Standing]
    """Of the tasks of each goal (its id), and of those that serve none ("")."""
    sections: list[Section]
    duties: list[Duty]


_KNOWN: WeakKeyDictionary[Board, _Content] = WeakKeyDictionary()
"""The content of boards that were drawn: at 10 000 tasks it takes most of the time."""


def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:  # noqa: ARG001  nothing is folded
    """The goals of a board. The numbers are those of the whole plan, whatever the filter shows."""
    return _Page(board, size, paint).sheet()


def _content(board: Board) -> _Content:
    plan, tally = board.plan, Tally(board)
    shown = serving(_in_time(board.tasks), plan)
    whole = serving(plan.tasks, plan) if board.is_filtered else shown
    standings = {goal: tally.of(tasks) for goal, tasks in whole.items()}
    sections = [Section(goal.title, goal, standings[goal.id], shown[goal.id]) for goal in plan.goals]
    if whole[""]:
        apart = _("Tasks that serve no goal") if plan.goals else _("All tasks")
        sections.append(Section(apart, None, standings[""], shown[""]))
    duties = []
    for name in plan.guiding.duties:
        goals = of_duty(name, plan)
        tasks = {task.id: task for goal in goals for task in whole[goal.id]}
        found = standings[goals[0].id] if len(goals) == 1 else tally.of(tasks.values())
        duties.append(Duty(name, len(goals), found))
    return _Content(standings, sections, duties)


class _Page:
    """Lays sections and duties out, and draws a line when it is asked for."""

    def __init__(self, board: Board, size: Size, paint: Paint) -> None:
        self.board, self.width, self.paint = board, size.width, paint
        self.head_lines = 1 if size.width >= _ROOMY else 2
        """Lines that the heading of a section takes."""
        content = _KNOWN.get(board)
        if content is None:
            content = _KNOWN[board] = _content(board)
        self.standings, self.sections, self.duties = content
        self.notes = self._notes()
        self.numbers_width = max((sum(width_of(p.text) for p in self._numbers(s)) for s in self.sections), default=0)
        self._place()

    def _notes(self) -> list[str]:
        """What must be said before all else."""
        plan, notes = self.board.plan, []
        if not plan.goals:
            notes = [_("The plan names no goals."), _("To add one, write into the plan: [[goals]] with id and title.")]
        return [*notes, *filter(None, [nothing_note(self.board)])]

    def _place(self) -> None:
        """Find the row of each section, and of the duties."""
        self.starts: list[int] = []
        row = len(self.notes)
        for section in self.sections:
            row += bool(row)
            self.starts.append(row)
            row += self.head_lines + len(section.tasks)
        self.duties_at = row + bool(row)
        self.height = self.duties_at + 1 + len(self.duties) if self.duties else row

    def sheet(self) -> Sheet:
        """All of it, with a spot on each goal, task and duty."""
        spots = []
        for start, section in zip(self.starts, self.sections, strict=True):
            if section.goal:
                spots.append(Spot(start, 0, self.width, Ref("goal", section.goal.id), self.head_lines))
            first = start + self.head_lines
            spots += (Spot(first + n, 0, self.width, Ref("task", t.id)) for n, t in enumerate(section.tasks))
        for n, duty in enumerate(self.duties):
            spots.append(Spot(self.duties_at + 1 + n, 0, self.width, Ref("text", duty.name)))
        return Sheet(self.width, self.height, self.line, [spots], [self._head()])

    # Lines

    def _head(self) -> Strip:
        """The whole plan: a bar, percent, numbers."""
        whole = self.board.standing
        row = Row(self.paint, "head").raw(" ").put(_("Whole plan")).raw("  ")
        self._put(row, bar(whole, min(max(self.width // 4, 12), 42)))
        row.raw("  ")
        self._put(row, numbers(whole))
        found = share(self.board.plan, whole, self.standings)
        words = steady(_share_words(found))
        if row.width + 2 + width_of(words) > self.width:
            words = f"{found.done:.0f}%"
        return row.raw("  ").put(words, "strong").strip(self.width)

    def line(self, y: int) -> Strip:
        """One line of the body."""
        if y < len(self.notes):
            return self._row().put(self.notes[y], "muted").strip(self.width)
        if self.duties and y >= self.duties_at:
            return self._duty_line(y - self.duties_at - 1)
        n = bisect_right(self.starts, y) - 1
        below = y - self.starts[n] if n >= 0 else -1
        if n < 0 or below >= self.head_lines + len(self.sections[n].tasks):
            return self._row().strip(self.width)
        section = self.sections[n]
        if below < self.head_lines:
            return self._section_line(section, below)
        return self._task_line(section.tasks[below - self.head_lines])

    def _row(self) -> Row:
        return Row(self.paint).raw(" ")

    @staticmethod
    def _put(row: Row, parts: Iterable[Part]) -> None:
        for text, roles in parts:
            row.raw(text, roles)

    def _section_line(self, section: Section, n: int) -> Strip:
        """The first or second line of a heading; where there is room both are one."""
        row = self._row()
        if n == 0:
            room = min(self.width // 3, _MOST_TITLE) if self.head_lines == 1 else self.width - 2
            extra = goal_words(section.goal) if section.goal else ""
            kept = max(room - width_of(steady(extra)) - 2, 12) if extra else room
            title = steady(section.title)
            row.put(title, "heading", min(width_of(title), kept))
            if extra:
                row.raw("  ").put(extra, "muted", min(width_of(steady(extra)), room + 1 - row.width))
            row.to(room + 3)
        if n == self.head_lines - 1:
            cells = min(max(self.width - row.width - self.numbers_width - 3, 12), 42)
            self._put(row, bar(section.standing, cells))
            row.raw("  ")
            self._put(row, self._numbers(section))
        return row.strip(self.width)

    def _numbers(self, section: Section) -> Iterator[Part]:
        """How far it is; under a filter also how many of its tasks are shown."""
        yield from numbers(section.standing)
        if self.board.is_filtered:
            yield Part("  " + _("{n} shown").format(n=len(section.tasks)), "muted")

    def _task_line(self, task: Task) -> Strip:
        board = self.board
        state = board.state(task)
        row = self._row().raw("  ").put(SIGNS[state], state).raw(" ")
        when = steady(when_words(board, task))
        days_at = min(self.width - min(_DAYS, self.width // 3), _DAYS_AT)
        extra = "  ".join(filter(None, [progress_words(board, task), *(f"[{b.text}]" for b in board.badges(task))]))
        extra, title = steady(extra), steady(task.title)
        room = days_at - row.width - 2
        kept = max(room - width_of(extra) - 2, min(room, 16)) if extra else room
        row.put(title, state, min(width_of(title), kept))
        if extra and (room := days_at - row.width - 4) > 2:
            row.raw("  ").put(extra, "muted", min(width_of(extra), room))
        row.to(days_at)
        return row.put(when, "decided" if task.on else "muted", self.width - days_at - 1).strip(self.width)

    def _duty_line(self, n: int) -> Strip:
        """The heading of the duties, or one of them."""
        row = self._row()
        if n < 0:
            return row.put(_("Duties"), "heading").strip(self.width)
        duty = self.duties[n]
        names = max(width_of(steady(d.name)) for d in self.duties)
        row.raw("  ").put(duty.name, "strong", min(names, self.width // 4)).raw("  ")
        if not duty.goals:
            return row.put("! " + _("no goal serves it"), "warning").strip(self.width)
        self._put(row, bar(duty.standing, min(max(self.width // 5, 12), 42)))
        row.raw("  ")
        self._put(row, numbers(duty.standing))
        goals = ngettext("{n} goal", "{n} goals", duty.goals).format(n=duty.goals)
        return row.raw("  ").put(goals, "muted").strip(self.width)


def _share_words(found: Share) -> str:
    texts = {"done": f"{found.done:.0f}%", "expected": f"{found.expected:.0f}%"}
    if found.weighted:
        return _("by weight {done}, due {expected}").format(**texts)
    return _("{done}, due {expected}").format(**texts)


def _in_time(tasks: Sequence[Task]) -> list[Task]:
    """By first day, then as given; without a date last."""
    far = Window(date.max, date.max)
    return sorted(tasks, key=lambda task: task.span or far)
