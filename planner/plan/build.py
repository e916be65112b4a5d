"""From valid data to the values of a plan: dates resolved, sub-unions spelt out, problems of dates collected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from planner.dates.term import Break, Policy, Term
from planner.dates.when import When, resolve
from planner.dates.window import Window, clipped
from planner.dates.workdays import WorkCalendar
from planner.diagnostics import Diagnostic, Severity
from planner.i18n import _
from planner.plan.columns import Columns, columns_of
from planner.plan.model import Appointment, Branch, Goal, Guiding, Need, Plan, Quota, Task
from planner.plan.source import PlanText

_ON = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?(?:[ T](\d{1,2}):(\d\d)(?::00)?(?: ?[-–—~～至] ?(\d{1,2}):(\d\d))?)?"
)
_DAYS = {"d": 1, "w": 7}
_LONGEST_TERM = 1830
"""Days. Nothing is planned for longer; beyond, a year is mistyped."""


class Built(NamedTuple):
    """The plan, and what was wrong with its dates."""

    plan: Plan
    problems: tuple[Diagnostic, ...]


def build_plan(
    data: dict[str, Any], text: PlanText, tables: frozenset[str], columns: Columns | None = None, *, whole: bool = True
) -> Built:
    """The plan in `data`, which follows the schema; its tasks are in `columns` where they are known already.

    Not `whole`: what does not is None, "" or missing.
    """
    builder = _Builder(text)
    breaks = builder.breaks(data.get("term", {}))
    term = builder.term(data, breaks)
    branches = tuple(
        Branch(b["id"], b["name"], n, b.get("lead", ""), b.get("note", "")) for n, b in _entries(data, "branches")
    )
    tasks = builder.tasks(columns or columns_of(data.get("tasks") or ()), tuple(b.id for b in branches), term)
    calendar = builder.calendar(data.get("term", {}), breaks)
    plan = Plan(
        id=data.get("id", ""),
        title=data.get("title", ""),
        organization=data.get("organization", ""),
        timezone=data.get("timezone", "Asia/Shanghai"),
        term=term or Term(date.min, date.max),
        calendar=calendar,
        guiding=Guiding(data.get("guiding", {}).get("text", ""), tuple(data.get("guiding", {}).get("duties", ()))),
        goals=tuple(
            Goal(g["id"], g["title"], n, tuple(g.get("duties", ())), g.get("weight", 1), g.get("note", ""))
            for n, g in _entries(data, "goals")
        ),
        branches=branches,
        tasks=tasks,
        tables={name: data[name] for name in tables if name in data},
        text=text,
        whole=whole and not builder.problems,
    )
    return Built(plan, tuple(builder.problems))


def _entries(data: dict[str, Any], key: str) -> Iterable[tuple[int, dict[str, Any]]]:
    return ((n, entry) for n, entry in enumerate(data.get(key, ())) if entry)


class _Builder:
    """Holds what reading one plan's dates needs: its text for places, and the problems found so far."""

    def __init__(self, text: PlanText) -> None:
        self._text = text
        self.problems: list[Diagnostic] = []
        self._decided: dict[str, Appointment] = {}
        """Every text of `on` that was read, for the many tasks of one day."""
        self._needs: dict[str, Need] = {}

    def _wrong(self, code: str, message: str, *path: str | int, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(code, Severity.ERROR, message, self._text.value(*path), hint))

    def _day(self, value: str | None, *path: str | int) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            self._wrong("P401", _("There is no such day: {day}.").format(day=value), *path)
            return None

    def term(self, data: dict[str, Any], breaks: tuple[Break, ...]) -> Term | None:
        """The term, or None where its own dates are wrong or missing."""
        raw = data.get("term", {})
        start, end, week1, teaching_end = (
            self._day(raw.get(key), "term", key) for key in ("start", "end", "week1", "teaching-end")
        )
        if start is None or end is None:
            return None
        if end < start:
            self._wrong("P402", _("The term ends before it begins."), "term", "end")
            return None
        if (end - start).days > _LONGEST_TERM:
            self._wrong("P402", _("The term is longer than five years; check the years."), "term", "end")
            return None
        if week1 and week1.weekday() != 0:
            hint = _("The Monday of that week is {day}.").format(day=week1 - timedelta(days=week1.weekday()))
            self._wrong("P402", _("week1 is not a Monday."), "term", "week1", hint=hint)
            week1 -= timedelta(days=week1.weekday())
        for key, day in (("week1", week1), ("teaching-end", teaching_end)):
            if day and not start - timedelta(days=7) <= day <= end:
                self._wrong("P402", _("{key} lies outside of the term.").format(key=key), "term", key)
        settings = {key.replace("-", "_"): value for key, value in data.get("dates", {}).items()}
        return Term(start, end, week1, teaching_end, Policy(**settings), breaks)

    def breaks(self, raw: dict[str, Any]) -> tuple[Break, ...]:
        """The school's own breaks, without those whose dates are wrong."""
        breaks = []
        for number, entry in enumerate(raw.get("breaks") or ()):
            where = ("term", "breaks", number)
            start, end = (self._day(entry and entry.get(key), *where, key) for key in ("start", "end"))
            if start and end and start <= end:
                breaks.append(Break(entry.get("title", ""), Window(start, end)))
            elif start and end:
                self._wrong("P402", _("The break ends before it begins."), *where, "end")
        return tuple(breaks)

    def calendar(self, raw: dict[str, Any], breaks: Iterable[Break]) -> WorkCalendar:
        """The school's working days."""
        days_off, workdays = (
            [day for n, value in enumerate(raw.get(key) or ()) if (day := self._day(value, "term", key, n))]
            for key in ("days-off", "workdays")
        )
        return WorkCalendar((b.window for b in breaks), days_off, workdays)

    def tasks(self, columns: Columns, branches: tuple[str, ...], term: Term | None) -> tuple[Task, ...]:
        """All tasks; each wording of `when` is resolved once."""
        places, ids, titles, whens, on, place, goals, doers, needs, times, expect, remind, lead, tags, *rest = columns
        private, note, links = rest
        timing: dict[str | None, When | None] = {None: None}
        windows: dict[str | None, tuple[Window, ...]] = {None: ()}
        for when in dict.fromkeys(whens):
            if when is not None:
                timing[when] = read = resolve(when, term) if term else None
                windows[when] = _within(read.windows, term.window) if read and term else ()
        rows = zip(
            ids, titles, places, whens,
            map(timing.__getitem__, whens),
            map(windows.__getitem__, whens),
            [self._appointments(days, n) if days else () for n, days in zip(places, on, strict=True)],
            place,
            map(tuple, goals),
            [() if who is None else branches if who == "branches" else tuple(who) for who in doers],
            [tuple(map(self._need, named)) if named else () for named in needs],
            [_quota(quota) if quota else None for quota in times],
            expect,
            map(tuple, remind),
            lead,
            map(tuple, tags),
            private, note,
            map(tuple, links),
            strict=True,
        )  # fmt: skip
        return tuple(map(Task._make, rows))

    def _need(self, raw: str | dict[str, str]) -> Need:
        """A need; the very same one for all that name it in the same way."""
        if isinstance(raw, str):
            return self._needs.get(raw) or self._needs.setdefault(raw, Need(raw))
        lag = raw.get("lag", "0d")
        return Need(raw.get("task", ""), int(lag[:-1]) * _DAYS[lag[-1]])

    def _appointments(self, on: str | list[str], index: int) -> tuple[Appointment, ...]:
        if isinstance(on, str):
            only = self._decided.get(on) or self._appointment(on, "tasks", index, "on")
            return (only,) if only else ()
        made = [self._appointment(text, "tasks", index, "on", n) for n, text in enumerate(on) if text]
        return tuple(filter(None, made))  # as written: a decided day is known by its place among them

    def _appointment(self, text: str, *path: str | int) -> Appointment | None:
        match = _ON.fullmatch(text)
        if match is None:  # the schema has the same pattern
            return None
        first, last, *clock = match.groups()
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last or first)
            begins = time(int(clock[0]), int(clock[1])) if clock[0] else None
            ends = time(int(clock[2]), int(clock[3])) if clock[2] else None
        except ValueError:
            self._wrong("P401", _("There is no such day or time: {day}.").format(day=text), *path)
            return None
        if end < start or (begins and ends and ends <= begins):
            self._wrong("P401", _("It ends before it begins: {day}.").format(day=text), *path)
            return None
        self._decided[text] = made = Appointment(start, end, begins, ends)
        return made


def _within(windows: tuple[Window, ...], term: Window) -> tuple[Window, ...]:
    """The parts inside of the term; the very same tuple where that is all of them."""
    inside = clipped(windows, term)
    return windows if inside == windows else inside


def _quota(raw: dict[str, Any] | None) -> Quota | None:
    if not raw or "every" not in raw:
        return None
    return Quota(raw["every"], raw.get("least"), raw.get("exactly"), raw.get("most"))
