"""What calendars say about an item: its title, its description, its categories. All of it ready for a content line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.api import (
    DONE,
    EVERY_BRANCH,
    OFFICE,
    CalendarItem,
    printable,
    says_when,
    shorten,
    slot_numbers,
    window_name,
)  # fmt: skip
from planner_ical import words
from planner_ical.lines import clean_lines, escaped, web_address

if TYPE_CHECKING:
    from planner.api import Plan, Task

_MOST_CATEGORIES = 3
_CATEGORY_CELLS = 24
_WIDE = str.maketrans(",;\\", "，；＼")


class Texts:
    """Writes the texts of a plan's items. What many items share is written once."""

    def __init__(self, plan: Plan, items: Sequence[CalendarItem], minutes: int) -> None:
        self._plan = plan
        self._minutes = minutes
        self._occurrences = Counter(item.task for item in items)
        self._nth = {key: f"第{n}次" for key, n in slot_numbers(items).items()}
        self._names: dict[tuple[object, ...], str] = {}
        self._timings: dict[tuple[object, ...], str] = {}
        self._people: dict[tuple[str, ...], str] = {}
        self._goals: dict[tuple[str, ...], str] = {}
        self._categories: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
        self._needed: dict[str, str] = {}
        self._current: tuple[CalendarItem | None, str, str, str] = (None, "", "", "")

    def event_title(self, item: CalendarItem) -> str:
        """The SUMMARY of an event; where it is done, or the day not decided, it says so."""
        title = self._of(item)[1]
        if item.status == DONE:
            return words.finished(title)
        if item.kind == "decided" or item.days is None:
            return words.within("", title)
        if item.days.start == item.days.end:
            return words.unconfirmed(title)
        nth = self._nth.get(item.key, "")
        return words.marked(self._name(item), title, f"（{nth}）" if nth else "")

    def warning_title(self, item: CalendarItem, end: date) -> str:
        """The SUMMARY of the marker before a window ends."""
        return words.warned(self._of(item)[1], end)

    def cancelled_title(self, item: CalendarItem) -> str:
        """The SUMMARY of what was told once and is not to take place."""
        return words.cancelled(self._of(item)[1])

    def reminder_gone_title(self, item: CalendarItem) -> str:
        """The SUMMARY of a marker that warned of a deadline and is not needed any more; the task itself goes on."""
        return words.within("〔不再提示截止〕", self._of(item)[1])

    def todo_title(self, item: CalendarItem) -> str:
        """The SUMMARY of a to-do; its dates say when, so only what would else read alike is told apart."""
        title = self._of(item)[1]
        several = item.kind != "decided" and item.days is not None and self._occurrences[item.task] > 1
        after = f"（{self._name(item)}{self._nth.get(item.key, '')}）" if several and item.task else ""
        return words.within("", title, after)

    def description(self, item: CalendarItem, title: str, *about: str) -> str:
        """The DESCRIPTION: the full title where `title` is cut, when, `about`, and what else is known."""
        _item, full, timing, details = self._of(item)
        head = () if full in title else (clean_lines(full),)
        return "\\n".join((*head, timing, *about, details))

    def categories(self, item: CalendarItem) -> str:
        """The values of CATEGORIES: who does it, then the goals (RFC 5545 3.8.1.2).

        What would need a backslash becomes full-width: readers split values at escaped commas too.
        """
        key = (item.branches, item.goals)
        known = self._categories.get(key)
        if known is None:
            who = words.SOME_BRANCHES if len(item.branches) > 1 else self._doers(item.branches)
            goals = (self._plan.goal_by_id[g].title for g in item.goals if g in self._plan.goal_by_id)
            values = [shorten(printable(v), _CATEGORY_CELLS) for v in (who, *goals)][:_MOST_CATEGORIES]
            known = self._categories[key] = ",".join(value.translate(_WIDE) for value in values)
        return known

    def _of(self, item: CalendarItem) -> tuple[CalendarItem | None, str, str, str]:
        """The item, its title, time and details, kept while its components are written one after the other."""
        if self._current[0] is not item:
            details = "\\n".join(self._details(item))
            self._current = (item, printable(item.title), self._timing(item), details)
        return self._current

    def _name(self, item: CalendarItem) -> str:
        """What an undecided time is called: the plan's words, or the window where the words stand for several."""
        alone = self._is_alone(item)
        key = (item.days, item.wording if alone else None)
        name = self._names.get(key)
        if name is None:
            own = words.wording(item.wording) if alone else ""
            name = own or (window_name(item.days, self._plan.term) if item.days else "")
            self._names[key] = name
        return name

    def _is_alone(self, item: CalendarItem) -> bool:
        """Whether the words of the plan mean this item's window and no other."""
        if item.kind != "window":
            return False
        return says_when(item, self._plan.task_by_id.get(item.task or ""), self._occurrences[item.task])

    def _timing(self, item: CalendarItem) -> str:
        alone = self._is_alone(item)
        key = (item.kind, item.days, item.begins, item.ends, item.wording, item.provisional, item.status, alone)
        known = self._timings.get(key)
        if known is None:
            known = self._timings[key] = "\\n".join(map(clean_lines, self._timing_lines(item)))
        times = self._task_of(item).times if item.kind == "slot" and item.task in self._plan.task_by_id else None
        return f"{known}\\n次数：{words.quota(times)}" if times else known

    def _timing_lines(self, item: CalendarItem) -> Iterable[str]:
        if item.days is None:
            yield f"时间：{printable(item.wording) or '未定'}"
        elif item.kind == "decided":
            yield words.decided(item.days, item.begins, item.ends, self._minutes)
            if item.wording:
                yield f"计划原文：{printable(item.wording)}"
        else:
            yield words.undecided(item, item.days, self._name(item))
        if item.provisional:
            yield words.PROVISIONAL_NOTE
        if item.status in words.CLOSED_NOTE:
            yield words.CLOSED_NOTE[item.status]

    def _details(self, item: CalendarItem) -> Iterable[str]:
        yield self._who(item.branches)
        if item.goals:
            yield self._aims(item.goals)
        if item.needs:
            yield from self._needs(item)
        if item.note:
            yield f"备注：{clean_lines(item.note)}"
        for link in item.links:
            address = web_address(link)
            if address:
                yield f"链接：{escaped(address)}"

    def _doers(self, branches: tuple[str, ...]) -> str:
        if not branches:
            return OFFICE
        known = self._plan.branch_by_id
        if len(branches) > 1 and len(branches) == len(known):
            return EVERY_BRANCH
        return "、".join(known[b].name if b in known else b for b in branches)

    def _who(self, branches: tuple[str, ...]) -> str:
        known = self._people.get(branches)
        if known is None:
            known = self._people[branches] = f"承办：{clean_lines(self._doers(branches))}"
        return known

    def _aims(self, goals: tuple[str, ...]) -> str:
        known = self._goals.get(goals)
        if known is None:
            titles = (self._plan.goal_by_id[g].title for g in goals if g in self._plan.goal_by_id)
            known = self._goals[goals] = f"目标：{clean_lines('、'.join(titles))}"
        return known

    def _task_of(self, item: CalendarItem) -> Task:
        return self._plan.task_by_id[item.task or ""]

    def _needs(self, item: CalendarItem) -> Iterable[str]:
        """前置：…; what is private is not named."""
        tasks = self._plan.task_by_id
        own = tasks.get(item.task or "")
        lags = {need.task: need.lag for need in own.needs if need.lag} if own else {}
        for id_ in item.needs:
            task = tasks.get(id_)
            if task is not None and not task.private:
                title = self._needed.get(id_)
                if title is None:
                    title = self._needed[id_] = f"前置：{clean_lines(task.title)}"
                lag = lags.get(id_, 0)
                yield f"{title}（完成后至少隔{lag}天）" if lag else title
