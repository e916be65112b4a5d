"""Items as calendar components: each is written once, as bytes, and stands alike in every file that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import CANCELLED, DOING, DONE, WARNING, CalendarItem, Placing, is_private
from planner_ical import words
from planner_ical.identity import Role, revision_lines, uid, utc
from planner_ical.lines import clean, escaped, folded, web_address
from planner_ical.texts import Texts
from planner_ical.times import When, all_day, event_time, event_triggers, todo_time, todo_triggers

if TYPE_CHECKING:
    from planner.api import Place, Plan, Revisions, Window
    from planner_ical.settings import Settings

# A day-long entry must not make people look busy all day (RFC 5545 3.8.2.7).
_CONFIRMED = b"STATUS:CONFIRMED\r\n"
_CONFIRMED_DAY = b"STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n"
_TENTATIVE_DAY = b"STATUS:TENTATIVE\r\nTRANSP:TRANSPARENT\r\n"
_OPEN_TODO = b"STATUS:NEEDS-ACTION\r\nPERCENT-COMPLETE:0\r\n"
_BEGUN_TODO = b"STATUS:IN-PROCESS\r\n"  # how much of it is done nobody has said


class Component(NamedTuple):
    """One VEVENT or VTODO in two halves: relations go between them where their targets are in the same file."""

    uid: str
    head: bytes
    relations: tuple[tuple[str, bytes], ...]
    """UIDs of the targets, each with its content line."""
    tail: bytes
    is_todo: bool
    is_timed: bool
    parts: int
    """The component itself and its alarms."""


class Entry(NamedTuple):
    """An item and all its components."""

    item: CalendarItem
    month: str
    """2023-03; empty without a date."""
    components: tuple[Component, ...]
    audiences: frozenset[str] | None = None
    """Ids of the branches that get it ("": the office); None: those whose item it is, and the office."""

    def is_for(self, branch: str | None) -> bool:
        """Whether it stands in the calendar of a branch (None: of the office)."""
        if self.audiences is not None:
            return (branch or "") in self.audiences
        return branch is None or not self.item.branches or branch in self.item.branches


class _Draft(NamedTuple):
    """What differs between the shapes of an item."""

    role: Role
    title: str
    when: When
    status: bytes
    triggers: Sequence[str] = ()
    about: tuple[str, ...] = ()


def entries(plan: Plan, items: Iterable[CalendarItem], revisions: Revisions, settings: Settings) -> list[Entry]:
    """All items that calendars may show, with their components. Of items with the same key the first counts."""
    public: dict[str, CalendarItem] = {}
    for item in items:
        if not is_private(item, plan):
            public.setdefault(item.key, item)
    writer = _Writer(plan, tuple(public.values()), revisions, settings)
    return [writer.entry(item) for item in public.values() if item.status != CANCELLED]


class _Writer:
    def __init__(self, plan: Plan, items: Sequence[CalendarItem], revisions: Revisions, settings: Settings) -> None:
        self._plan = plan
        self._revisions = revisions
        self._settings = settings
        self._placing = Placing(plan.calendar)
        self._texts = Texts(plan, items, settings.minutes)
        self._categories: dict[str, bytes] = {}
        self._last_of = (
            {item.task: item for item in items if item.task and item.status != CANCELLED}
            if settings.profile == "full"
            else {}
        )

    def entry(self, item: CalendarItem) -> Entry:
        drafts: list[_Draft] = []
        if self._settings.profile != "todos" and item.days is not None:
            drafts += self._events(item, item.days)
        if self._settings.profile != "events":
            drafts.append(self._todo(item))
        month = f"{item.days.start.year:04}-{item.days.start.month:02}" if item.days else ""
        return Entry(item, month, tuple(self._component(item, draft) for draft in drafts))

    def _events(self, item: CalendarItem, days: Window) -> Iterator[_Draft]:
        """The event of an item, and the marker before its window ends. A slot that is filled needs no marker."""
        if item.kind == "slot" and item.status == DONE:
            return
        title = self._texts.event_title(item)
        remind = self._remind(item)
        if item.kind == "decided":
            when = event_time(item, days, self._plan.timezone, self._settings.minutes)
            status = _CONFIRMED if when.is_timed else _CONFIRMED_DAY
            yield _Draft("e", title, when, status, event_triggers(remind, is_timed=when.is_timed))
            return
        place = self._placing.of(item.kind, days)
        notes = self._marker_notes(item, days, place)
        triggers = event_triggers(remind, is_timed=False)
        status = _CONFIRMED_DAY if item.status == DONE else _TENTATIVE_DAY
        yield _Draft("e", title, all_day(place.marker, place.marker), status, triggers, notes)
        if place.warning and item.status != DONE:
            title = self._texts.warning_title(item, days.end)
            about = (words.warning(place.warning, place.last, WARNING),)
            yield _Draft("d", title, all_day(place.warning, place.warning), _TENTATIVE_DAY, (), about)

    def _marker_notes(self, item: CalendarItem, days: Window, place: Place) -> tuple[str, ...]:
        """Why the marker stands where it does; and that working days may change, where the year has no notice yet."""
        if days.start == days.end:
            return (words.UNCONFIRMED_NOTE,) if item.status != DONE else ()
        guessed = not item.provisional and self._plan.calendar.year_status(days.start.year) == "provisional"
        where = words.DAY_OFF_NOTE if place.is_off else words.MARKER_NOTE[item.kind]
        return (where, *((words.PROVISIONAL_NOTE,) if guessed else ()))

    def _todo(self, item: CalendarItem) -> _Draft:
        triggers = todo_triggers(self._remind(item), item)
        when = todo_time(item, self._plan.timezone)
        return _Draft("t", self._texts.todo_title(item), when, self._todo_status(item), triggers)

    def _todo_status(self, item: CalendarItem) -> bytes:
        """RFC 5545 3.8.1.11, 3.8.2.1, 3.8.1.8."""
        if item.status == DONE:
            done_at = item.done_at or self._revisions.of(item.key).modified
            return f"STATUS:COMPLETED\r\nCOMPLETED:{utc(done_at)}\r\nPERCENT-COMPLETE:100\r\n".encode()
        return _BEGUN_TODO if item.status == DOING else _OPEN_TODO

    def _remind(self, item: CalendarItem) -> tuple[str, ...]:
        """How long before to remind; of what is done nobody need be."""
        return () if item.status == DONE else item.remind or self._settings.remind

    def _component(self, item: CalendarItem, draft: _Draft) -> Component:
        """RFC 5545 3.6.1 and 3.6.2. Alarms come last: an importer of Android stops reading at the first."""
        kind = "VTODO" if draft.role == "t" else "VEVENT"
        own_uid = uid(self._plan.id, item.key, draft.role)
        summary = escaped(draft.title)
        head = [
            f"BEGIN:{kind}\r\nUID:{own_uid}\r\n".encode(),
            revision_lines(self._revisions.of(item.key)),
            draft.when.lines.encode(),
            folded("SUMMARY:" + summary),
            draft.status,
            self._category_line(item),
        ]
        if item.place:
            head.append(folded("LOCATION:" + clean(item.place)))
        head.append(folded("DESCRIPTION:" + self._texts.description(item, draft.title, *draft.about)))
        if item.links and (address := next(filter(None, map(web_address, item.links)), None)):
            head.append(folded("URL:" + address))
        alarms = [_alarm(summary, trigger) for trigger in draft.triggers]
        return Component(
            own_uid,
            b"".join(head),
            self._relations(item, draft.role) if self._last_of and draft.role != "d" else (),
            b"".join((*alarms, f"END:{kind}\r\n".encode())),
            draft.role == "t",
            draft.when.is_timed,
            1 + len(alarms),
        )

    def _category_line(self, item: CalendarItem) -> bytes:
        values = self._texts.categories(item)
        line = self._categories.get(values)
        if line is None:
            line = self._categories[values] = folded("CATEGORIES:" + values)
        return line

    def _relations(self, item: CalendarItem, role: Role) -> tuple[tuple[str, bytes], ...]:
        """What must be finished before this starts (RFC 9253: RELTYPE=FINISHTOSTART, GAP for a lag).

        A need that happens several times is finished with its last occurrence.
        """
        task = self._plan.task_by_id.get(item.task or "")
        lags = {need.task: need.lag for need in task.needs} if task else {}
        relations = []
        for id_ in item.needs:
            target = self._last_of.get(id_)
            if target is not None and target.key != item.key:
                target_uid = uid(self._plan.id, target.key, role)
                gap = f";GAP=P{lags[id_]}D" if lags.get(id_) else ""
                relations.append((target_uid, folded(f"RELATED-TO;RELTYPE=FINISHTOSTART{gap}:{target_uid}")))
        return tuple(relations)


def _alarm(summary: str, trigger: str) -> bytes:
    """RFC 5545 3.6.6: a display alarm has ACTION, TRIGGER and DESCRIPTION."""
    text = folded("DESCRIPTION:" + summary)
    return b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + text + f"{trigger}\r\nEND:VALARM\r\n".encode()
