"""What calendars showed once and show no more, as cancelled components: for people who imported a file and keep it.

A subscriber needs none of this: there, what is absent goes away by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from planner.api import CANCELLED, DONE, PLANNED, CalendarItem, Earlier, State
from planner_ical import words
from planner_ical.components import Component, Entry
from planner_ical.identity import Role, revision_lines, uid
from planner_ical.lines import clean, escaped, folded
from planner_ical.texts import Texts
from planner_ical.times import NO_DATE, When, all_day, event_time, todo_time

if TYPE_CHECKING:
    from planner.api import Plan, Revisions
    from planner_ical.settings import Settings

_Told = dict[Role, list[tuple[set[str], State]]]
"""The shapes in which an item was shown: to whom (branches; "": the office), and how it looked, in order."""


def withdrawn(plan: Plan, shown: Iterable[Entry], revisions: Revisions, settings: Settings) -> Iterator[Entry]:
    """The cancelled components, each for those who have been told and do not have it any more."""
    present = {component.uid: entry.item.branches for entry in shown for component in entry.components}
    writer = _Writer(plan, settings)
    for earlier in revisions.earlier():
        for role, told in writer.told(earlier).items():
            own_uid = uid(plan.id, earlier.key, role)
            people = set().union(*(seen_by for seen_by, _state in told))
            if own_uid in present:
                people -= writer.people("", present[own_uid])
            if people:
                last = next(state for seen_by, state in reversed(told) if seen_by & people)
                yield writer.entry(earlier, role, last, people)


class _Writer:
    def __init__(self, plan: Plan, settings: Settings) -> None:
        self._plan = plan
        self._settings = settings
        self._texts = Texts(plan, (), settings.minutes)

    def people(self, branch: str, circle: Sequence[str]) -> set[str]:
        """Who sees an item of a circle of branches (empty: all) when `branch` is told ("": everybody)."""
        everybody = {"", *(circle or self._plan.branch_by_id)}
        return everybody & {branch} if branch else everybody

    def told(self, earlier: Earlier) -> _Told:
        """The shapes in which calendars may hold an item."""
        found: _Told = {}
        for branch, state in earlier.told:
            for role in self._roles(state):
                found.setdefault(role, []).append((self.people(branch, state.branches), state))
        last = earlier.now or (earlier.told[-1][1] if earlier.told else None)
        if last and last.status == DONE:  # it took place: only what warned of it is taken back
            found.pop("e", None)
            found.pop("t", None)
        return found

    def _roles(self, state: State) -> Iterator[Role]:
        if self._settings.profile != "todos" and state.days:
            if state.kind != "slot" or state.status != DONE:
                yield "e"
            if state.warning and state.status != DONE:
                yield "d"
        if self._settings.profile != "events":
            yield "t"

    def entry(self, earlier: Earlier, role: Role, state: State, people: set[str]) -> Entry:
        """One cancelled component. What must not be named keeps its time alone: an event cannot do without."""
        item = _item(earlier, state)
        when = self._when(item, role, state)
        kind = "VTODO" if role == "t" else "VEVENT"
        own_uid = uid(self._plan.id, earlier.key, role)
        lines = [
            f"BEGIN:{kind}\r\nUID:{own_uid}\r\n".encode(),
            revision_lines(earlier.revision),
            when.lines.encode(),
            folded("SUMMARY:" + escaped(words.CANCELLED_PRIVATELY if earlier.private else self._title(item, role))),
            b"STATUS:CANCELLED\r\n" if role == "t" else b"STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n",
            *(() if earlier.private else self._details(item, role)),
        ]
        end = f"END:{kind}\r\n".encode()
        component = Component(own_uid, b"".join(lines), (), end, role == "t", when.is_timed, 1)
        month = f"{item.days.start.year:04}-{item.days.start.month:02}" if item.days else ""
        return Entry(item, month, (component,), frozenset(people))

    def _title(self, item: CalendarItem, role: Role) -> str:
        return self._texts.reminder_gone_title(item) if role == "d" else self._texts.cancelled_title(item)

    def _when(self, item: CalendarItem, role: Role, state: State) -> When:
        zone = self._plan.timezone
        if item.days is None:
            return NO_DATE
        if role == "t":
            return todo_time(item, zone)
        if role == "e" and item.kind == "decided":
            return event_time(item, item.days, zone, self._settings.minutes)
        day: date = (state.warning if role == "d" else state.marker) or item.days.start
        return all_day(day, day)

    def _details(self, item: CalendarItem, role: Role) -> Iterator[bytes]:
        yield folded("CATEGORIES:" + self._texts.categories(item))
        if item.place:
            yield folded("LOCATION:" + clean(item.place))
        if role == "d":
            yield folded("DESCRIPTION:" + escaped(words.WARNING_GONE_NOTE))
        else:
            notes = () if item.status == CANCELLED else (words.PUT_OFF_NOTE,)
            yield folded("DESCRIPTION:" + self._texts.description(item, self._title(item, role), *notes))


def _item(earlier: Earlier, state: State) -> CalendarItem:
    """The item as it was when people were told; cancelled, or waiting for another day."""
    is_put_off = earlier.now is not None and earlier.now.days is None
    return CalendarItem(
        earlier.key,
        state.title,
        cast("Literal['decided', 'window', 'slot', 'undated']", state.kind),
        state.days,
        state.begins,
        state.ends,
        state.wording or ("" if state.kind == "window" else state.words),
        state.branches,
        place=state.place,
        status=PLANNED if is_put_off else CANCELLED,
    )
