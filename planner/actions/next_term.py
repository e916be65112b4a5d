"""The next term's plan, drafted from this one: its text with the years moved on, and a list of all that was changed.

Words stay words: 三月, 端午 and 第8周 find their days in the new term by themselves. Days that were decided, and the
school's own calendar, belong to the old term and are taken out; nothing is put in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from planner.actions.pieces import Pieces
from planner.dates.term import Term
from planner.dates.when import resolve
from planner.dates.window import Window, clipped
from planner.errors import PlanError
from planner.i18n import _
from planner.journal.status import CANCELLED
from planner.plan.model import Task
from planner.plan.occurrence import occurrences
from planner.snapshot import Snapshot
from planner.text import printable
from planner.views.wording import short_appointment, short_days

UNFINISHED = "上期未完成"
"""The tag of tasks that the old term left open."""
_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:(\s*[—–－~～至到/-]+\s*)(20\d\d|\d\d(?=\s*学年)))?(?!\d)(?=(\s*学年)?)")
"""2023, 2023—2024 and 2023-24学年: first year, what joins them, last year, 学年."""
_HALF = re.compile(r"[上下]学期|学期第?[一二]|第[一二]学期|[上下]半年|春|秋")
"""Words in a title that name one half of the year."""
_LONGEST = 92
"""Days: what takes longer is a duty of the whole term."""
_AUTUMN = 7
"""Terms that start in this month or later begin a school year."""
_MORE_THAN_HALF = 300
"""Days: a longer term is a whole year."""
_OF_THE_OLD_TERM = ("week1", "teaching-end", "breaks", "days-off", "workdays")


class Note(NamedTuple):
    """One thing that is different in the draft, or that a person must look at."""

    kind: str
    """term, title, left-out, unfinished, day, when, moved, need, look: what `planner new` groups them by."""
    text: str
    task: str = ""


class Draft(NamedTuple):
    """The text of the new plan, and what is different in it."""

    text: str
    notes: tuple[Note, ...]


def next_term(data: bytes, snapshot: Snapshot, term: Window, plan_id: str, title: str | None, default: str) -> Draft:
    """Draft the plan of `term` from the file `data` of the plan in `snapshot`.

    `title` is that of the new plan; None: the old one with its years moved on, or as it is where it names no time.
    Where the season changes, or its years cannot be moved on, it is `default`.
    """
    new, file = Term(*term, policy=snapshot.plan.term.policy), snapshot.plan.text.file
    try:
        return _drafted(_Drafter(Pieces(data, file), snapshot, new), plan_id, title, default)
    except PlanError:  # to say where in the file
        return _drafted(_Drafter(Pieces(data, file, cut=False), snapshot, new), plan_id, title, default)


def _drafted(drafter: _Drafter, plan_id: str, title: str | None, default: str) -> Draft:
    drafter.head(plan_id, title, default)
    drafter.tasks()
    return Draft(drafter.text(), tuple(drafter.notes))


class _Years:
    """Moves the years in texts about one term on to another.

    From a season to the same one, all years move by as many. From one to the other, school years (2023—2024, 2023学年)
    move by the school years between the terms, and a calendar year stays as it is: nobody can tell which is meant.
    """

    def __init__(self, old: Window, new: Window) -> None:
        self._old = old
        self._new = new
        self.is_same_season = _season(old) == _season(new)
        self._step = _school_year(new) - _school_year(old)

    def moved_on(self, text: str) -> str:
        """`text` with its years moved on. Those far from the old term are names, and stay."""
        return _YEARS.sub(self._moved, text)

    def doubtful(self, text: str) -> str:
        """The first year that was left although it may be the old term's; empty where there is none."""
        return next((match[0] for match in _YEARS.finditer(text) if self._is_doubtful(match)), "")

    def _moved(self, match: re.Match[str]) -> str:
        first, between, last, _words = match.groups()
        year = int(first)
        if not self._is_near(match) or (between and not _is_school_year(match)):
            return match[0]
        if between:
            return f"{year + self._step}{between}{str(int(last) + self._step)[-len(last) :]}"
        return str(year + self._step) if self.is_same_season or _is_school_year(match) else first

    def _is_near(self, match: re.Match[str]) -> bool:
        """Whether a year, or the school year that begins with it, is that of the old term or next to it."""
        if _is_school_year(match):
            return abs(int(match[1]) - _school_year(self._old)) <= 1
        return self._old.start.year - 1 <= int(match[1]) <= self._old.end.year + 1

    def _is_doubtful(self, match: re.Match[str]) -> bool:
        if _is_school_year(match) or not self._is_near(match):
            return False
        is_in_new_term = self._new.start.year <= int(match[1]) <= self._new.end.year
        return bool(match[2]) or (not self.is_same_season and not is_in_new_term)


def _is_school_year(match: re.Match[str]) -> bool:
    """Whether what was found are two years in a row, or one that is called 学年."""
    if match[3] is None:
        return match[4] is not None
    return int(match[3]) % 100 == (int(match[1]) + 1) % 100


def _school_year(term: Window) -> int:
    """The year in which a term's school year begins. It begins in September; a few schools start in late August."""
    return term.start.year - (term.start.month < _AUTUMN)


def _season(term: Window) -> str:
    """Which part of the year a term is: its years can be moved on by counting only where that stays."""
    half = "autumn" if term.start.month >= _AUTUMN else "spring"
    return f"year from {half}" if term.days > _MORE_THAN_HALF else half


class _Drafter:
    def __init__(self, pieces: Pieces, snapshot: Snapshot, term: Term) -> None:
        self._pieces = pieces
        self._snapshot = snapshot
        self._old = snapshot.plan.term
        self._term = term
        self._years = _Years(self._old.window, term.window)
        self._is_kept = bool(snapshot.journal.statuses)
        self.notes: list[Note] = []

    def _note(self, kind: str, text: str, task: str = "") -> None:
        self.notes.append(Note(kind, text, task))

    def text(self) -> str:
        """The draft, with a word at its top on where it comes from."""
        words = f"# 草稿：由《{printable(self._snapshot.plan.title)}》生成。定过的日子和旧校历都已去掉，请逐项核对。\n"
        text = self._pieces.text
        first, end, rest = text.partition("\n")
        return f"{first}{end}{words}{rest}" if first.startswith("#:schema") else words + text

    def head(self, plan_id: str, title: str | None, default: str) -> None:
        """Id, title, term; what only held for the old term goes."""
        plan, editor = self._snapshot.plan, self._pieces.head()
        editor.set("", "", "id", plan_id)
        new_title = title or self._plan_title(default)
        editor.set("", "", "title", new_title)
        self._note("title", _("{old} → {new}").format(old=printable(plan.title), new=printable(new_title)))
        self._head_of_term()
        if not self._is_kept:
            self._note("look", _("Nothing is ticked in the journal, so that no task counts as unfinished."))
        if _YEARS.search(plan.guiding.text):
            self._note("look", _("The guiding thought names a year; it was left as it is."))

    def _head_of_term(self) -> None:
        """First and last day. What else the table says was the old school calendar."""
        editor = self._pieces.table("term")
        editor.set("term", "", "start", self._term.start)
        editor.set("term", "", "end", self._term.end)
        old = editor.get("term") or {}
        for key in [key for key in _OF_THE_OLD_TERM if key in old]:
            editor.unset("term", "", key)
            self._note("term", _("{key}: taken out; write the new one from the school's calendar").format(key=key))

    def _plan_title(self, default: str) -> str:
        """The plan's title in the new term. One that names no time fits any."""
        old = self._snapshot.plan.title
        if self._years.is_same_season:
            moved = self._years.moved_on(old)
            return default if moved == old and _YEARS.search(old) else moved
        return default if _YEARS.search(old) or _HALF.search(old) else old

    def tasks(self) -> None:
        """Bring the tasks over, and take what is left out of the needs of the others."""
        kept = [task for task in self._snapshot.plan.tasks if self._task(task)]
        known = {task.id for task in kept}
        for task in kept:
            if any(need.task not in known for need in task.needs):
                self._needs(task, known)

    def _task(self, task: Task) -> bool:
        """Bring one task over; False where it is left out."""
        editor, status = self._pieces.task(task.id), self._snapshot.statuses.task(task)
        unfinished = self._is_unfinished(task)
        words = self._years.moved_on(task.when) if task.when else None
        fits = self._fits(task, words)
        if status == CANCELLED or (not fits and not unfinished):
            why = _("cancelled") if status == CANCELLED else _not_in_term(task)
            self._pieces.remove(task.id)
            self._note("left-out", _("{title}: {why}").format(title=printable(task.title), why=why), task.id)
            return False
        self._title(task)
        self._time(task, words if fits else None)
        if unfinished:
            editor.set("tasks", task.id, "tags", [*task.tags, *({UNFINISHED} - set(task.tags))])
            self._note("unfinished", printable(task.title), task.id)
        return True

    def _is_unfinished(self, task: Task) -> bool:
        """Whether the task should be done by now and is not.

        A duty that recurs, or that fills the term, begins anew; a journal in which nothing is ticked says nothing about
        what is done.
        """
        span = task.span
        if not self._is_kept or span is None or span.end >= self._snapshot.today or span.days > _LONGEST:
            return False
        recurs = any(o.kind == "slot" for o in occurrences(task, self._snapshot.plan))
        return not recurs and not self._snapshot.statuses.is_closed(task)

    def _fits(self, task: Task, words: str | None) -> bool:
        """Whether the time that `words` name lies in the new term, or is none that could lie outside."""
        if words is None:
            return not task.on or any(self._month_in_term(a.start) for a in task.on)
        reading = resolve(words, self._term)
        return not reading.windows or bool(clipped(reading.windows, self._term.window))

    def _month_in_term(self, day: date) -> bool:
        return any(d.month == day.month for d in self._term.window.each_day())

    def _title(self, task: Task) -> None:
        title = self._years.moved_on(task.title)
        if title != task.title:
            self._pieces.task(task.id).set("tasks", task.id, "title", title)
            self._note("title", _("{old} → {new}").format(old=printable(task.title), new=printable(title)), task.id)
        if year := self._years.doubtful(task.title):
            text = _("{title}: the title names {year}; it was left as it is")
            self._note("look", text.format(title=printable(title), year=year), task.id)

    def _time(self, task: Task, words: str | None) -> None:
        """No decided days; the words moved on, or taken out where they do not fit. Says where days moved."""
        if task.on:
            self._pieces.task(task.id).unset("tasks", task.id, "on")
            days = _(", ").join(map(short_appointment, task.on_in_time))
            text = _("{title}: was on {days}; decide the new day")
            self._note("day", text.format(title=printable(task.title), days=days), task.id)
        if task.when is None:
            return
        if words is None:
            self._pieces.task(task.id).unset("tasks", task.id, "when")
            text = _("{title}: “{when}” is not in the new term; decide when")
            self._note("when", text.format(title=printable(task.title), when=printable(task.when)), task.id)
            return
        if words != task.when:
            self._pieces.task(task.id).set("tasks", task.id, "when", words)
        self._days_moved(task, words)

    def _days_moved(self, task: Task, words: str) -> None:
        """Say so where the words now mean other days of the year than the same ones a year on, or none any more."""
        reading = resolve(words, self._term)
        now = clipped(reading.windows, self._term.window)
        if task.windows and not now:
            text = _("{title}: “{when}” has no date yet: {reason}")
            said = text.format(title=printable(task.title), when=printable(words), reason=printable(reading.reason))
            self._note("look", said, task.id)
        elif words != task.when or (not _whole_months(now) and _names(now) != _names(task.windows)):
            text = _("{title}: {when}  {old} → {new}")
            said = text.format(
                title=printable(task.title), when=printable(words), old=_names(task.windows), new=_names(now)
            )
            self._note("moved", said, task.id)

    def _needs(self, task: Task, known: set[str]) -> None:
        """Leave a task only those needs that are known."""
        editor = self._pieces.task(task.id)
        source = (editor.get("tasks", task.id) or {})["needs"]
        wanted = [need for need in source if (need if isinstance(need, str) else need["task"]) in known]
        if wanted:
            editor.set("tasks", task.id, "needs", wanted)
        else:
            editor.unset("tasks", task.id, "needs")
        gone = " ".join(need.task for need in task.needs if need.task not in known)
        self._note("need", _("{title}: no longer needs {ids}").format(title=printable(task.title), ids=gone), task.id)


def _not_in_term(task: Task) -> str:
    """Why a task is left out: its words, or the days that were decided for it, are of other months."""
    if task.when:
        return _("“{when}” is not in the new term").format(when=printable(task.when))
    days = _(", ").join(map(short_appointment, task.on_in_time))
    return _("it was on {days}, and the new term has no such month").format(days=days)


def _names(windows: tuple[Window, ...]) -> str:
    """The days without their year."""
    return _(", ").join(map(short_days, windows))


def _whole_months(windows: tuple[Window, ...]) -> bool:
    return all(w.start.day == 1 and w.end.day >= 28 for w in windows)


_GROUPS = ("title", "term", "moved", "when", "day", "unfinished", "left-out", "need", "look")


def note_lines(notes: tuple[Note, ...]) -> Iterator[str]:
    """The notes under their headings, as lines."""
    titles = {
        "title": _("Titles with other years"),
        "term": _("The school's calendar"),
        "moved": _("Other days than before"),
        "when": _("Not in the new term any more; decide when"),
        "day": _("Decided days that were taken out"),
        "unfinished": _("Unfinished, carried over (tag {tag})").format(tag=UNFINISHED),
        "left-out": _("Left out"),
        "need": _("Needs of what is left out"),
        "look": _("Please look at"),
    }
    for kind in _GROUPS:
        found = [note for note in notes if note.kind == kind]
        if found:
            yield from ("", _("{title} ({extra})").format(title=titles[kind], extra=len(found)))
            yield from (f"  {note.text}" for note in found)
