"""An item as calendars show it: what is remembered of it once people have been told, and enough to compare."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.dates.placing import Placing
from planner.dates.window import Window
from planner.journal.status import DOING, DONE
from planner.plan.model import Plan, Task

if TYPE_CHECKING:
    from planner.snapshot import CalendarItem

StateData = dict[str, Any]
"""A state as JSON; what is empty is left out."""
_ACROSS, _WITHIN = "\x1f", "\x1e"
_KINDS = ("decided", "window", "slot", "undated")
_FIRST_YEAR, _LAST_YEAR = 1970, 2999
"""What plans can name; beyond, days cannot be counted on without an overflow."""


class State(NamedTuple):
    """One calendar item as people know it. Texts may hold anything that a person typed."""

    title: str
    kind: str
    """decided, window, slot or undated."""
    days: Window | None = None
    begins: time | None = None
    ends: time | None = None
    wording: str = ""
    """The words of the plan, where they alone say when."""
    words: str = ""
    """The words of the plan, where days say more than they do."""
    place: str = ""
    branches: tuple[str, ...] = ()
    """Ids of the branches that have it; empty: everybody."""
    status: str = ""
    """doing or done; else empty."""
    marker: date | None = None
    """The day on which a window or slot is shown."""
    warning: date | None = None
    """The day that warns of the end of a window; None: none does."""

    def is_for(self, branch: str) -> bool:
        """Whether it stands in the calendar of a branch ("": of the office, which has everything)."""
        return not branch or not self.branches or branch in self.branches


def read_state(data: Any) -> State | None:
    """The state that an entry holds; None for what is none: a journal can hold what another program wrote."""
    try:
        state = State(
            _text(data["title"]),
            _text(data["kind"]),
            Window(*map(_day, data["days"])) if "days" in data else None,
            _time(data["begins"]) if "begins" in data else None,
            _time(data["ends"]) if "ends" in data else None,
            _text(data.get("wording", "")),
            _text(data.get("words", "")),
            _text(data.get("place", "")),
            tuple(map(_text, data.get("branches", ()))),
            _text(data.get("status", "")),
            _day(data["marker"]) if "marker" in data else None,
            _day(data["warning"]) if "warning" in data else None,
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    return state if _is_possible(state) else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(text)
    return day


def _time(text: str) -> time:
    """A time of day. One with an offset could not be compared with the others."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError(text)
    return found


def _is_possible(state: State) -> bool:
    """Whether an item can be so: days in order, and an end only after a beginning."""
    days = state.days is None or state.days.start <= state.days.end
    times = state.begins is not None or state.ends is None
    return days and times and state.kind in _KINDS


def is_private(item: "CalendarItem", plan: Plan | None) -> bool:
    """Whether an item, or the task it comes from, must not leave the office."""
    task = plan.task_by_id.get(item.task) if plan and item.task else None
    return item.private or (task is not None and task.private)


def says_when(item: "CalendarItem", task: Task | None, how_many: int) -> bool:
    """Whether the words of the plan stand where a day would: not beside a day, nor for several windows at once.

    `task` is the one that the item comes from, as far as it is known; `how_many` items come from it.
    """
    if item.kind != "window":
        return item.kind == "undated"
    several = task is not None and task.timing is not None and len(task.timing.windows) > 1
    return item.task is None or (how_many == 1 and not several)


def slot_numbers(items: "Iterable[CalendarItem]") -> dict[str, int]:
    """Keys of slots that share their period, each with its number: calendars tell them apart by it."""
    shared: dict[tuple[object, ...], list[str]] = {}
    for item in items:
        if item.kind == "slot" and item.task and item.days and item.days.start != item.days.end:
            shared.setdefault((item.task, item.days), []).append(item.key)
    return {key: n for keys in shared.values() if len(keys) > 1 for n, key in enumerate(keys, start=1)}


class Describer:
    """Puts items into the form that is remembered. With a plan it also knows names, private tasks and working days."""

    def __init__(self, items: "Iterable[CalendarItem]", plan: Plan | None = None) -> None:
        known = list(items)
        self._plan = plan
        self._tasks = plan.task_by_id if plan else {}
        self._placing = Placing(plan.calendar) if plan else None
        self._how_many = Counter(item.task for item in known)
        self._nth = slot_numbers(known)
        self._times: dict[tuple[object, ...], StateData] = {}
        self._names: dict[tuple[object, ...], str] = {}

    def state(self, item: "CalendarItem") -> StateData:
        """What people see at first sight: if this changes, they have to be told. Lists, so that JSON gives it back."""
        state: StateData = {"title": item.title, "kind": item.kind}
        if item.days is not None:
            state |= self._time(item, item.days)
        if item.wording:
            alone = says_when(item, self._tasks.get(item.task or ""), self._how_many[item.task])
            state["wording" if alone else "words"] = item.wording
        if item.place:
            state["place"] = item.place
        if item.branches:
            state["branches"] = list(item.branches)
        if item.status in (DOING, DONE):
            state["status"] = item.status
        if item.key in self._nth:
            state["nth"] = self._nth[item.key]
        return state

    def _time(self, item: "CalendarItem", days: Window) -> StateData:
        key = (item.kind, days, item.begins, item.ends)
        known = self._times.get(key)
        if known is None:
            known = self._times[key] = dict(self._time_fields(item, days))
        return known

    def _time_fields(self, item: "CalendarItem", days: Window) -> Iterator[tuple[str, Any]]:
        yield "days", [str(days.start), str(days.end)]
        if item.begins:
            yield "begins", f"{item.begins:%H:%M}"
        if item.ends:
            yield "ends", f"{item.ends:%H:%M}"
        if self._placing and item.kind in ("window", "slot"):
            place = self._placing.of(item.kind, days)
            yield "marker", str(place.marker)
            if place.warning:
                yield "warning", str(place.warning)

    def rest(self, item: "CalendarItem") -> str:
        """A short digest of all else that a calendar says about an item."""
        fields = (
            item.note,
            self._context(item),
            self._needs(item) if item.needs else "",
            _WITHIN.join(item.links),
            _WITHIN.join(item.remind),
            "provisional" if item.provisional else "",
            item.done_at.isoformat() if item.done_at else "",
            self._quota(item) if item.kind == "slot" else "",
        )
        return hashlib.blake2b(_ACROSS.join(fields).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def _context(self, item: "CalendarItem") -> str:
        """The names of goals and branches: they can change while their ids do not."""
        key = (item.goals, item.branches)
        known = self._names.get(key)
        if known is None:
            known = self._names[key] = _WITHIN.join((*item.goals, *self._named(item.goals, item.branches)))
        return known

    def _named(self, goals: Sequence[str], branches: Sequence[str]) -> Iterator[str]:
        if self._plan:
            yield from (self._plan.goal_by_id[id_].title for id_ in goals if id_ in self._plan.goal_by_id)
            yield from (self._plan.branch_by_id[id_].name for id_ in branches if id_ in self._plan.branch_by_id)
            yield "all" if len(branches) == len(self._plan.branches) else ""

    def _needs(self, item: "CalendarItem") -> str:
        """The needs with their titles and lags, as far as calendars name them."""
        own = self._tasks.get(item.task or "")
        if own is None:
            return _WITHIN.join(item.needs)
        parts = []
        for id_, lag in own.needs:
            task = self._tasks.get(id_)
            parts.append(f"{id_} {lag} {'' if task is None or task.private else task.title}")
        return _WITHIN.join(parts)

    def _quota(self, item: "CalendarItem") -> str:
        task = self._tasks.get(item.task or "")
        return _WITHIN.join(map(str, task.times)) if task and task.times else ""
