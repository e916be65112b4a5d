"""What calendars and people have been told of a plan, and what they have not.

An entry of the kind `revision` says how one calendar item stood when a calendar was written: for everybody, or for one
branch. The next run compares: it counts RFC 5545's SEQUENCE on, and tells people what is new. Nothing but the entries
and the items decides, so that every copy of plan and journal comes to the same answer.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.journal.entry import Entry, after, time_text
from planner.journal.shown import Describer, State, StateData, is_private, read_state
from planner.journal.status import CANCELLED
from planner.plan.model import Plan

if TYPE_CHECKING:
    from planner.snapshot import CalendarItem

_MOST = 1_000_000
"""No honest counting gets there, and RFC 5545's INTEGER ends at 2³¹."""


class Revision(NamedTuple):
    """Which state of an item calendars are told (RFC 5545 3.8.7); instants in UTC, to the second."""

    created: datetime
    """When people first heard of it."""
    modified: datetime
    """When they first heard of it as it is now."""
    sequence: int


class Telling(NamedTuple):
    """How an item was told once, or is to be told now."""

    time: str
    branch: str
    """The branch that was told; "": everybody."""
    task: str
    sequence: int
    state: StateData | None
    """None: that it is gone."""
    rest: str
    private: bool

    def says(self, other: "Telling") -> bool:
        """Whether people hear the same by both."""
        return (
            self.sequence == other.sequence
            and self.rest == other.rest
            and self.state == other.state
            and self.private == other.private
        )


class Change(NamedTuple):
    """What somebody has not been told of one item. `before` and `after` are None where they do not have it."""

    key: str
    task: str
    before: State | None
    after: State | None
    private: bool
    """It is gone because it must not leave the office any more: to be counted, not named."""


class Earlier(NamedTuple):
    """An item that people were once told in another state than it has now: some calendars may have to take it back."""

    key: str
    task: str
    told: tuple[tuple[str, State], ...]
    """Who was told ("": everybody, else a branch) and what, in order."""
    now: State | None
    """None: it is gone."""
    revision: Revision
    private: bool
    """It must not be named any more."""


class Known(NamedTuple):
    """What people know of one item."""

    key: str
    told: tuple[Telling, ...]
    """How they were told, by time."""
    now: State | None
    """How it is; None: it is gone, or must not be shown any more."""
    is_known: bool
    """Those who were told last know it as it is."""
    is_settled: bool
    """So does everybody."""


class Circle:
    """Which branches there were when everybody was told: of those that came later nobody has heard."""

    def __init__(self, entries: Iterable[Entry], branches: Sequence[str]) -> None:
        """`entries` by time; `branches` are those of the plan as it is now."""
        self.branches = branches
        self._first: dict[str, str] = {}
        self._since = ""
        for entry in entries:
            named = entry.data.get("to")
            if isinstance(named, list) and not entry.branch:
                self._since = self._since or entry.time
                for branch in named:
                    if isinstance(branch, str):
                        self._first.setdefault(branch, entry.time)

    @property
    def is_complete(self) -> bool:
        """Whether all branches of the plan are known to have been there."""
        return all(branch in self._first for branch in self.branches)

    def knows(self, branch: str, before: str | None) -> bool:
        """Whether a branch was there when everybody was told (before a time)."""
        time = self._first.get(branch)
        return time is not None and (before is None or time < before)

    def is_kept(self, before: str | None) -> bool:
        """Whether any telling (before a time) says who was there; early journals do not, and then all were."""
        return bool(self._since) and (before is None or self._since < before)


class Revisions:
    """Answers for a plan's calendar items. Made by `revisions`."""

    def __init__(
        self,
        now: datetime,
        told: dict[str, list[Telling]],
        current: dict[str, Telling],
        circle: "Circle",
    ) -> None:
        self.now = now
        """When what is pending will have been told: this instant, or just after the last entry where that is later."""
        self._now = time_text(self.now)
        self._told = told
        self._current = current
        self._circle = circle
        self._unsettled = [key for key, item in current.items() if not _is_settled(item, told.get(key))]

    def of(self, key: str) -> Revision:
        """The revision of an item as it will have been told. Raises KeyError for what nobody ever hears of."""
        item, tellings = self._current[key], self._told.get(key)
        if tellings is None:
            return _revision(self._now, self._now, item.sequence)
        since = self._now
        for telling in reversed(tellings):
            if telling is not item and not item.says(telling):
                break
            since = telling.time
        return _revision(tellings[0].time, since, item.sequence)

    def is_first(self, branch: str | None, before: str | None = None) -> bool:
        """Whether a branch (None: the office) has never been told anything, or not before the time `before`.

        So is one that came into the plan after everybody was told.
        """
        if branch and self._circle.knows(branch, before):
            return False
        is_since_all = branch and self._circle.is_kept(before)
        for tellings in self._told.values():
            for telling in tellings:
                if before is not None and telling.time >= before:
                    continue
                if telling.branch == (branch or ""):
                    return False
                if not telling.branch and (not is_since_all or branch in _branches(telling.state)):
                    return False
        return True

    def pending(self, branches: Sequence[str] | None = None) -> Iterator[tuple[StateData, str, str]]:
        """Data, task and branch of the entries to be recorded when everybody, or only `branches`, are told."""
        audiences = ("",) if branches is None else tuple(dict.fromkeys(branches))
        newcomers = [b for b in (self._circle.branches if branches is None else audiences) if self.is_first(b)]
        named = {} if branches is not None or self._circle.is_complete else {"to": list(self._circle.branches)}
        for key, branch in self._to_tell(audiences):
            item = self._current[key]
            yield _data(key, item) | named, item.task, branch
            named = {}
            newcomers = [] if branches is None else [b for b in newcomers if b != branch]
        for branch in newcomers if branches else newcomers[:1]:  # all they have is known to others: one says that it is
            yield from self._again(branch if branches else "", named)

    def _to_tell(self, audiences: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Key and branch of what is not known yet."""
        for key in self._unsettled:
            item = self._current[key]
            for branch in audiences:
                last = self._last(key, branch)
                if last is not None and item.says(last):
                    continue
                if _shows(item.state, branch) or self._had(key, branch):
                    yield key, branch

    def _again(self, branch: str, more: StateData) -> Iterator[tuple[StateData, str, str]]:
        """The first item that a branch sees, told once more."""
        for key, item in self._current.items():
            if item.state is not None and _shows(item.state, branch):
                yield _data(key, item) | more, item.task, branch
                return

    def changes_for(self, branch: str | None, before: str | None = None) -> Iterator[Change]:
        """What a branch (None: the office) has not been told; with `before` (the time of an entry) since then."""
        who = branch or ""
        for key in self._unsettled if before is None else self._current:
            item, last = self._current[key], self._last(key, who, before)
            old, new = (last.state if last else None), item.state
            if old == new:
                continue
            was, will_be = _seen(old, who), _seen(new, who)
            if was or will_be:
                yield Change(key, item.task, was, will_be, item.private and will_be is None)

    def earlier(self) -> Iterator[Earlier]:
        """The items that somebody was told in another state, in the order in which they were first told."""
        for key, tellings in self._told.items():
            item = self._current[key]
            if all(telling.state == item.state for telling in tellings):
                continue
            told = tuple((t.branch, state) for t in tellings if t.state and (state := read_state(t.state)))
            yield Earlier(key, item.task, told, read_state(item.state), self.of(key), item.private)

    def about(self, task: str) -> Iterator[Known]:
        """The items of a task: those that calendars have or had, and those that they are to have."""
        for key, item in self._current.items():
            if item.task == task:
                told = self._told.get(key, [])
                is_known = bool(told) and item.says(told[-1])
                yield Known(key, tuple(told), read_state(item.state), is_known, is_known and not told[-1].branch)

    def _had(self, key: str, branch: str) -> bool:
        """Whether a branch (for "": anybody at all) has ever been told of an item: it may have it still."""
        tellings = self._told.get(key, ())
        return any(_shows(t.state, branch) for t in tellings if not branch or t.branch in ("", branch))

    def _last(self, key: str, branch: str, before: str | None = None) -> Telling | None:
        """What a branch ("": the office) was last told."""
        for telling in reversed(self._told.get(key, ())):
            if telling.branch in ("", branch) and (before is None or telling.time < before):
                return telling
        return None


def revisions(
    items: "Iterable[CalendarItem]", entries: Iterable[Entry], now: datetime, plan: Plan | None = None
) -> Revisions:
    """Compare items with what was told: `entries` are this plan's revisions, by time. Of equal keys the first counts.

    `plan` lets it notice what calendars show beside the items: other names, and other working days.
    """
    # Ten thousand items make a hundred thousand objects and no cycles: to look for some costs half as much again.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return _compared(list(items), list(entries), now, plan)
    finally:
        if was_enabled:
            gc.enable()


def _compared(known: "list[CalendarItem]", entries: list[Entry], now: datetime, plan: Plan | None) -> Revisions:
    describer = Describer(known, plan)
    told = _told(entries)
    hidden: set[str] = set()
    public: dict[str, CalendarItem] = {}
    for item in known:
        if is_private(item, plan):
            hidden.add(item.key)
        else:
            public.setdefault(item.key, item)
    current = {
        key: _present(item, describer.state(item), describer.rest(item), told.get(key))
        for key, item in public.items()
        if item.status != CANCELLED
    }
    for key, tellings in told.items():
        if key not in current:
            current[key] = _gone(tellings, is_hidden=key in hidden)
    branches = tuple(branch.id for branch in plan.branches) if plan else ()
    return Revisions(after(now, entries), told, current, Circle(entries, branches))


def _present(item: "CalendarItem", state: StateData, rest: str, tellings: Sequence[Telling] | None) -> Telling:
    """How an item is to be told; in the usual case just as it was."""
    if tellings is None:
        return Telling("", "", item.task or "", 0, state, rest, private=False)
    last = tellings[-1]
    if len(tellings) == 1 and last.rest == rest and last.state == state:
        return last
    return Telling("", "", item.task or "", _sequence(tellings, state), state, rest, private=False)


def _gone(tellings: Sequence[Telling], *, is_hidden: bool) -> Telling:
    """How it is to be told that an item is gone. What has once become private stays so, even when it is deleted."""
    last = tellings[-1]
    was_gone = last.state is None
    private = is_hidden or (was_gone and last.private)
    sequence = _sequence(tellings, None) + (was_gone and private and not last.private)
    return Telling("", "", last.task, sequence, None, "", private)


def _told(entries: Iterable[Entry]) -> dict[str, list[Telling]]:
    """The tellings of each key, by time. What no honest program wrote is passed over."""
    told: dict[str, list[Telling]] = {}
    for entry in entries:
        data = entry.data
        key, sequence, state, rest = data.get("key"), data.get("sequence"), data.get("state"), data.get("rest", "")
        if (
            isinstance(key, str)
            and key.isascii()
            and key.replace("-", "").replace(".", "").isalnum()
            and type(sequence) is int
            and 0 <= sequence < _MOST
            and (state is None or isinstance(state, dict))
            and isinstance(rest, str)
        ):
            private = data.get("private") is True
            telling = Telling(entry.time, entry.branch, entry.task, sequence, state, rest, private)
            told.setdefault(key, []).append(telling)
    return told


def _sequence(tellings: Sequence[Telling], state: StateData | None) -> int:
    """RFC 5545 3.8.7.4: counts on when what people see at first sight has changed since it was last told.

    Also when two copies of the journal, since merged, counted apart: then some people have another state under the
    same number or a greater one, and only a still greater number brings them all together.
    """
    last = tellings[-1]
    top = max(telling.sequence for telling in tellings)
    core = _core(last.state)
    astray = any(telling.sequence >= last.sequence and _core(telling.state) != core for telling in tellings)
    return top + (astray or core != _core(state) or _loses_somebody(last.state, state))


def _core(state: StateData | None) -> StateData | None:
    """What counts: all that people see but for the circle of those who see it, and words beside a day."""
    return state and {name: value for name, value in state.items() if name not in ("branches", "words")}


def _loses_somebody(old: StateData | None, new: StateData | None) -> bool:
    """Whether a branch that had an item has it no more: for its people that is a cancellation."""
    before, behind = _branches(old), _branches(new)
    return bool(behind) and not (before and behind >= before)


def _branches(state: StateData | None) -> set[str]:
    found = state.get("branches") if state else None
    return {branch for branch in found if isinstance(branch, str)} if isinstance(found, list) else set()


def _is_settled(item: Telling, tellings: Sequence[Telling] | None) -> bool:
    """Whether everybody knows an item as it is; the usual case, looked at quickly."""
    if tellings is None:
        return False
    last = tellings[-1]
    return last.branch == "" and (last is item or item.says(last))


def _shows(state: StateData | None, branch: str) -> bool:
    """Whether an item in that state stands in the calendar of a branch ("": of the office)."""
    if state is None or not branch:
        return state is not None
    branches = _branches(state)
    return not branches or branch in branches


def _seen(state: StateData | None, branch: str) -> State | None:
    """A state as a branch ("": the office) sees it; None where it does not."""
    return read_state(state) if _shows(state, branch) else None


def _data(key: str, item: Telling) -> StateData:
    data: StateData = {"key": key, "sequence": item.sequence, "state": item.state, "rest": item.rest}
    return data | {"private": True} if item.private else data


@lru_cache(maxsize=4096)
def _revision(created: str, modified: str, sequence: int) -> Revision:
    """A revision from the times of entries, cut to the second as calendars have them."""
    first, last = (datetime.fromisoformat(time).astimezone(UTC).replace(microsecond=0) for time in (created, modified))
    return Revision(first, last, sequence)
