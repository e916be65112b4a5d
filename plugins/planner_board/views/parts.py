"""Columns of tasks side by side, for views that sort tasks into columns.

Where not all columns fit, those near the one in use stay open; the others fold to their name, a count, and one sign for
each task. A person reaches a folded column by its one spot, and it opens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from textual.strip import Strip

from planner.api import CLOSED, Appointment, Occurrence, Task, Window, _, count, short_day
from planner_board.board import SIGNS, Board, Size, State
from planner_board.drawing.cells import CUT, cut, steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.views.folding import Place, placed
from planner_board.words.nothing import nothing_note

CROWDED = 60
"""A column of more tasks gives each one line."""
TALL = 30
"""Rows from which on a heading has a second line."""
_BEFORE_TITLE = 3
"""A blank, the sign, a blank."""
_URGENCY: Sequence[State] = ("late", "doing", "blocked", "planned", "postponed", "done", "cancelled")
_NO_LINE_BEGINS = frozenset("，。；：、！？）》」』】,.;:!?)'%")
_NO_LINE_ENDS = frozenset("（《「『【(")


class Words(NamedTuple):
    """A short remark beside or below a title, and its role."""

    text: str
    role: str = "muted"
    is_worth_a_line: bool = True
    """Whether it is shown below the title where it does not fit beside it."""


class Entry(NamedTuple):
    """A task in a column: some of its times, or (no `key`) the task as a whole.

    Ten thousand of them are made for the first picture, so what only those in sight need is worked out when asked for.
    """

    task: Task
    days: Window | None
    """Where it stands in time."""
    key: str | None = None
    """Of the time on which a person acts."""
    some: tuple[Occurrence, ...] = ()
    """Its times that are meant; none: all of them."""

    @property
    def ref(self) -> Ref:
        """What a cursor on it stands on."""
        return Ref("task", self.task.id, self.key)

    def times(self, board: Board) -> tuple[Occurrence, ...]:
        """The times that are meant."""
        return self.some or board.occurrences(self.task)

    def state(self, board: Board) -> State:
        """How it stands; of several times the most urgent counts."""
        if self.key is None:
            return board.state(self.task)
        return min((board.state(self.task, one) for one in self.times(board)), key=_URGENCY.index)


class Group(NamedTuple):
    """Entries of a column, under a quiet heading of their own unless that is empty."""

    title: str
    entries: Sequence[Entry]


class Column(NamedTuple):
    """A heading and what stands below it."""

    key: str
    """Names it in Ref("fold", key)."""
    title: str
    note: str
    """Counts and marks behind the title."""
    short: str
    """The title of the column when it is folded, and `brief` its count."""
    brief: str
    groups: Sequence[Group]
    theme: str = ""
    """A second, quiet line of the heading."""
    is_now: bool = False
    wanted: int = 60
    """Cells beyond which more width brings nothing."""

    @property
    def size(self) -> int:
        """The number of entries."""
        return sum(len(group.entries) for group in self.groups)


Say = Callable[[Entry], Sequence[Words]]
"""What is remarked on an entry, most important first."""


def draw_columns(board: Board, columns: Sequence[Column], size: Size, paint: Paint, opened: int, say: Say) -> Sheet:
    """The columns as a sheet, at least as high as `size`. That with the number `opened` is open.

    Every column that holds something has its spots in the sheet, in order: its tasks, or one to unfold it.
    """
    folded = [max(width_of(c.short), width_of(c.brief), 4) for c in columns]
    places = placed(folded, [c.wanted if c.size else 0 for c in columns], opened, size.width)
    head = [_heading(columns, places, paint, size.width)]
    if size.height >= TALL and any(column.theme for column in columns):
        head.append(_themes(columns, places, paint, size.width))
    opened_ones = {n: _Open(columns[n], place, board, say) for n, place in enumerate(places) if place.is_open}
    height = max(size.height - len(head), 1, *(lane.height for lane in opened_ones.values()))
    lanes = [opened_ones.get(n) or _Fold(columns[n], place, board, height) for n, place in enumerate(places)]
    shown = [lane for lane in lanes if lane.place.width]

    def line(y: int) -> Strip:
        row = Row(paint)
        for lane in shown:
            row.to(lane.place.x)
            lane.draw(row, y)
            row.to(lane.place.x + lane.place.width, lane.base)
        return row.strip(size.width)

    begin = next(iter(lanes[opened].spots), None)
    return Sheet(size.width, height, line, [lane.spots for lane in lanes], head, begin)


def draw_nothing(board: Board, size: Size, paint: Paint) -> Sheet:
    """What stands there where no task is shown: why."""
    blank = Row(paint).strip(size.width)
    said = Row(paint).to(2).put(nothing_note(board), "muted").strip(size.width)
    return Sheet(size.width, max(size.height, 2), lambda y: said if y == 1 else blank)


def nearest(columns: Sequence[Column], wanted: int) -> int:
    """The number of the column with something in it that is nearest to the one `wanted`."""
    return min((n for n, c in enumerate(columns) if c.size), key=lambda n: (abs(n - wanted), -n), default=wanted)


# What is remarked on tasks


def decided_words(appointment: Appointment) -> Words:
    """A decided day, with the time where that is decided too: 5月18日 14:00."""
    start, end = appointment.window
    text = short_day(start) if start == end else f"{short_day(start)}-{short_day(end)}"
    return Words(f"{text} {appointment.begins:%H:%M}" if appointment.begins else text, "decided")


def branches_done(board: Board, task: Task, key: str) -> Words:
    """How many branches are done with the time `key` of a task that each of them must do."""
    done, every = count(task, board.statuses, (key,))
    return Words(_("{done}/{all} sub-unions").format(done=done, all=every))


def waiting_words(board: Board, entry: Entry) -> Words:
    """What an entry waits for; empty where nothing is in its way."""
    blockers = board.blockers(entry.task)
    if not blockers:
        return Words("")
    text = _("waits for {title}").format(title=steady(blockers[0].title))
    if len(blockers) > 1:
        text = _("{what} and {n} more").format(what=text, n=len(blockers) - 1)
    return Words(text if entry.state(board) == "blocked" else f"↳ {text}", "need")


def _heading(columns: Sequence[Column], places: Sequence[Place], paint: Paint, width: int) -> Strip:
    row = Row(paint)
    if places and not places[0].width:
        row.put("◂", "muted")
    for column, (x, wide, is_open) in zip(columns, places, strict=True):
        if not wide:
            continue
        role = "head-now" if column.is_now else "head"
        row.to(x)
        if not is_open:
            row.put(column.short, role, wide)
            continue
        note = width_of(steady(column.note))
        text = f"{cut(steady(column.title), max(wide - 2 - note, 4))} {column.note}"
        if width_of(steady(text)) >= wide:  # marks are worth more than a blank between them
            text = f"{column.short} {column.brief}"
        row.raw(" ", role).put(text, role, wide - 1)
    if places and not places[-1].width:
        row.to(width - 1).put("▸", "muted")
    return row.strip(width)


def _themes(columns: Sequence[Column], places: Sequence[Place], paint: Paint, width: int) -> Strip:
    row = Row(paint)
    for column, (x, wide, is_open) in zip(columns, places, strict=True):
        if wide:
            role = "now muted" if column.is_now else "muted"
            row.to(x).raw(" ", role).put(column.theme if is_open else "", role, wide - 1)
    return row.strip(width)


# What stands in them


class _Open:
    """An open column."""

    def __init__(self, column: Column, place: Place, board: Board, say: Say) -> None:
        self.place = place
        self.base = "now" if column.is_now else ""
        self._room = place.width - _BEFORE_TITLE
        self._crowded = column.size > CROWDED
        self._board = board
        self._say = say
        self._tops: list[int] = []
        self._items: list[Entry | str] = []
        self.spots: list[Spot] = []
        """Those of the tasks, from top to bottom."""
        self.height = self._lay_out(column.groups)

    def _lay_out(self, groups: Sequence[Group]) -> int:
        y, (x, width, _open) = 0, self.place
        tops, items, spots = self._tops, self._items, self.spots
        for group in groups:
            if group.title and group.entries:
                tops.append(y)
                items.append(f"{group.title} {len(group.entries)}")
                y += 2 if y else 1
            for entry in group.entries:
                height = 1 if self._crowded else self._height(entry)
                tops.append(y)
                items.append(entry)
                spots.append(Spot(y, x, width, entry.ref, height))
                y += height
        return y

    def draw(self, row: Row, y: int) -> None:
        """Add the part of line `y` that belongs to the column, or the beginning of it."""
        n = bisect_right(self._tops, y) - 1
        if n < 0 or y >= self.height:
            return
        item, down = self._items[n], y - self._tops[n]
        if isinstance(item, str):
            if down or not self._tops[n]:
                row.raw(" ", self.base).put(item, f"{self.base} muted", self.place.width - 1)
        else:
            self._draw_entry(row, item, down)

    def _height(self, entry: Entry) -> int:
        lines, words = self._titled(entry)
        return len(lines) + bool(words and not self._fits(lines[-1], words))

    def _titled(self, entry: Entry) -> tuple[tuple[str, ...], Sequence[Words]]:
        """The lines of the title, and what is remarked on it. What is closed gets one line, and so do all in a crowd.

        There a remark is only made where it fits.
        """
        words = self._say(entry)
        if not self._crowded and entry.state(self._board) not in CLOSED:
            lines = title_lines(entry.task.title, self._room)
            return lines, words if self._fits(lines[-1], words) or any(w.is_worth_a_line for w in words) else ()
        title = cut(steady(entry.task.title), self._room)
        while words and not self._fits(title, words):
            words = words[:-1]
        return (title,), words

    def _fits(self, title: str, words: Sequence[Words]) -> bool:
        return width_of(title) + 2 + words_width(words) <= self._room

    def _draw_entry(self, row: Row, entry: Entry, down: int) -> None:
        lines, words = self._titled(entry)
        state = entry.state(self._board)
        base, stop = self.base, self.place.x + self.place.width
        row.raw(f" {' ' if down else SIGNS[state]} ", f"{base} {state}")
        beside = self._fits(lines[-1], words)
        if down == len(lines):
            self._put_words(row, words, self._room)
        elif down < len(lines):
            row.raw(lines[down], f"{base} {state}")
            if down == len(lines) - 1:
                right = words_width(words) if beside and words else 0
                self._put_badges(row, entry, stop - right - (2 if right else 0))
                if right:
                    row.to(stop - right, base)
                    self._put_words(row, words, right)

    def _put_words(self, row: Row, words: Sequence[Words], room: int) -> None:
        for n, (text, role, _line) in enumerate(words):
            gap = 2 if n else 0
            text = cut(steady(text), room - gap)
            if width_of(text) < 3 and n:
                return
            row.raw(" " * gap, self.base).raw(text, f"{self.base} {role}")
            room -= gap + width_of(text)

    def _put_badges(self, row: Row, entry: Entry, stop: int) -> None:
        """Badges, then tags, as many as fit before the cell `stop`."""
        marks = [(f" {steady(b.text)} ", b.role or "badge") for b in self._board.badges(entry.task)]
        if entry.state(self._board) not in CLOSED:
            marks += [(f"#{steady(tag)}", "muted") for tag in entry.task.tags]
        for text, role in marks:
            if row.width + 1 + width_of(text) > stop:
                return
            row.raw(" ", self.base).raw(text, f"{self.base} {role}")


class _Fold:
    """A folded column: its count, and a sign for each task; or one in which there is nothing."""

    def __init__(self, column: Column, place: Place, board: Board, height: int) -> None:
        self.place = place
        self.base = "now" if column.is_now else ""
        self._brief = column.brief
        self._board = board
        self._entries = [entry for group in column.groups for entry in group.entries]
        ref = Ref("fold", column.key)
        self.spots = [Spot(0, place.x, place.width, ref, height)] if self._entries else []
        """The one that opens it: all of it, down to `height`."""

    def draw(self, row: Row, y: int) -> None:
        """Add the part of line `y` that belongs to the column, or the beginning of it."""
        width = self.place.width
        if not y:
            row.put(self._brief, f"{self.base} {'late' if SIGNS['late'] in self._brief else 'muted'}", width)
            return
        for entry in self._entries[(y - 1) * width : y * width]:
            state = entry.state(self._board)
            row.raw(SIGNS[state], f"{self.base} {state}")


def words_width(words: Sequence[Words]) -> int:
    """Cells of remarks side by side."""
    return sum(width_of(steady(text)) + 2 for text, *_rest in words) - 2 if words else 0


@lru_cache(maxsize=1 << 12)
def title_lines(title: str, room: int) -> tuple[str, ...]:
    """A title, made steady, in one or two lines of at most `room` cells; what does not fit is cut, and marked."""
    title = steady(title)
    if width_of(title) <= room:
        return (title,)
    head = cut(title, room + 1).removesuffix(CUT)
    while head and width_of(head) > room:
        head = head[:-1]
    n = len(head)
    while n > 1 and _belong_together(title, n):
        n -= 1
    if width_of(title[:n]) * 2 < room:
        n = max(len(head), 1)
    return title[:n].rstrip(), cut(title[n:].lstrip(), room)


def _belong_together(title: str, n: int) -> bool:
    """Whether no line may end before the sign `n` of a title."""
    before, after = title[n - 1], title[n]
    if before == '"' or after == '"':  # in a steady text, opening and closing ones look the same
        is_inside = title.count('"', 0, n) % 2 == 1
        return is_inside if before == '"' else is_inside and after == '"'
    is_word = (before + after).isascii() and (before + after).isalnum()
    return is_word or after in _NO_LINE_BEGINS or before in _NO_LINE_ENDS
