"""The next term's plan, drafted from this one: its text with the years moved on, and a list of all that was changed.

Words stay words: 三月, 端午 and 第8周 find their days in the new term by themselves. Days that were decided, and the
school's own calendar, belong to the old term and are taken out; nothing is put in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from planner.dates.term import Term
from planner.dates.when import resolve
from planner.dates.window import Window, clipped
from planner.i18n import _
from planner.journal.status import CANCELLED
from planner.plan.edit import PlanEditor
from planner.plan.model import Task
from planner.plan.occurrence import occurrences
from planner.snapshot import Snapshot
from planner.text import printable
from planner.views.wording import short_appointment, short_days

UNFINISHED = "上期未完成"
"""The tag of tasks that the old term left open."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LONGEST = 92
"""Days: what takes longer is a duty of the whole term."""
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

    `title` is that of the new plan; None: the old one with its years moved on, or `default` where it names none.
    """
    drafter = _Drafter(data, snapshot, Term(*term, policy=snapshot.plan.term.policy))
    drafter.head(plan_id, title, default)
    kept = [task for task in snapshot.plan.tasks if drafter.task(task)]
    drafter.needs(kept)
    return Draft(drafter.text(), tuple(drafter.notes))


class _Drafter:
    def __init__(self, data: bytes, snapshot: Snapshot, term: Term) -> None:
        self._editor = PlanEditor(data, snapshot.plan.text.file)
        self._snapshot = snapshot
        self._old = snapshot.plan.term
        self._term = term
        self._years = term.start.year - self._old.start.year
        self._is_kept = bool(snapshot.journal.statuses)
        self.notes: list[Note] = []

    def _note(self, kind: str, text: str, task: str = "") -> None:
        self.notes.append(Note(kind, text, task))

    def text(self) -> str:
        """The draft, with a word at its top on where it comes from."""
        words = f"# 草稿：由《{printable(self._snapshot.plan.title)}》生成。定过的日子和旧校历都已去掉，请逐项核对。\n"
        first, end, rest = self._editor.text.partition("\n")
        return f"{first}{end}{words}{rest}" if first.startswith("#:schema") else words + self._editor.text

    def head(self, plan_id: str, title: str | None, default: str) -> None:
        """Id, title, term; what only held for the old term goes."""
        plan, editor = self._snapshot.plan, self._editor
        editor.set("", "", "id", plan_id)
        new_title = title or self._moved_on(plan.title)
        if new_title == plan.title:
            new_title = default
        editor.set("", "", "title", new_title)
        self._note("title", _("{old} → {new}").format(old=printable(plan.title), new=printable(new_title)))
        editor.set("term", "", "start", self._term.start)
        editor.set("term", "", "end", self._term.end)
        old = editor.get("term", "") or {}
        for key in _OF_THE_OLD_TERM:
            if key in old:
                editor.unset("term", "", key)
                self._note("term", _("{key}: taken out; write the new one from the school's calendar").format(key=key))
        if not self._is_kept:
            self._note("look", _("Nothing is ticked in the journal, so that no task counts as unfinished."))
        if _YEAR.search(plan.guiding.text):
            self._note("look", _("The guiding thought names a year; it was left as it is."))

    def _moved_on(self, text: str) -> str:
        """`text` with the years about the old term moved on. Older ones are names, and stay."""

        def moved(match: re.Match[str]) -> str:
            year = int(match[0])
            near = self._old.start.year - 1 <= year <= self._old.end.year + 1
            return str(year + self._years) if near else match[0]

        return _YEAR.sub(moved, text)

    def task(self, task: Task) -> bool:
        """Bring one task over; False where it is left out."""
        status = self._snapshot.statuses.task(task)
        unfinished = self._is_unfinished(task)
        words = self._moved_on(task.when) if task.when else None
        fits = self._fits(task, words)
        if status == CANCELLED or (not fits and not unfinished):
            why = _("cancelled") if status == CANCELLED else _("“{when}” is not in the new term").format(when=task.when)
            self._editor.remove("tasks", task.id)
            self._note("left-out", _("{title}: {why}").format(title=printable(task.title), why=why), task.id)
            return False
        self._title(task)
        self._time(task, words if fits else None)
        if unfinished:
            self._editor.set("tasks", task.id, "tags", [*task.tags, *({UNFINISHED} - set(task.tags))])
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
        title = self._moved_on(task.title)
        if title != task.title:
            self._editor.set("tasks", task.id, "title", title)
            self._note("title", _("{old} → {new}").format(old=printable(task.title), new=printable(title)), task.id)

    def _time(self, task: Task, words: str | None) -> None:
        """No decided days; the words moved on, or taken out where they do not fit. Says where days moved."""
        if task.on:
            self._editor.unset("tasks", task.id, "on")
            days = _(", ").join(map(short_appointment, task.on))
            text = _("{title}: was on {days}; decide the new day")
            self._note("day", text.format(title=printable(task.title), days=days), task.id)
        if task.when is None:
            return
        if words is None:
            self._editor.unset("tasks", task.id, "when")
            text = _("{title}: “{when}” is not in the new term; decide when")
            self._note("when", text.format(title=printable(task.title), when=printable(task.when)), task.id)
            return
        if words != task.when:
            self._editor.set("tasks", task.id, "when", words)
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

    def needs(self, kept: list[Task]) -> None:
        """Take what is left out of the needs of what is kept."""
        known = {task.id for task in kept}
        for task in kept:
            left = [need for need in task.needs if need.task in known]
            if len(left) == len(task.needs):
                continue
            source = (self._editor.get("tasks", task.id) or {})["needs"]
            wanted = [need for need in source if (need if isinstance(need, str) else need["task"]) in known]
            if wanted:
                self._editor.set("tasks", task.id, "needs", wanted)
            else:
                self._editor.unset("tasks", task.id, "needs")
            gone = " ".join(need.task for need in task.needs if need not in left)
            self._note(
                "need", _("{title}: no longer needs {ids}").format(title=printable(task.title), ids=gone), task.id
            )


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
