"""The journal of one plan, as views read it: in order, and without what was taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cached_property

from planner.journal.entry import ACTS, REVISION, STATUS, UNDO, Entry, time_text, undone
from planner.journal.store import Store, last_of_each


class History:
    """Reads a store once for each kind of entry that is asked for."""

    def __init__(self, store: Store, plan: str, tasks: Collection[str] | None = None, until: str | None = None) -> None:
        self._store = store
        self._plan = plan
        self._tasks = tasks
        self._until = until
        self._known: dict[str, tuple[Entry, ...]] = {}

    def effective(self, kind: str) -> tuple[Entry, ...]:
        """The entries of a kind that count, by time, then id."""
        if kind not in self._known:
            gone = self._undone
            found = self._entries((kind,))
            self._known[kind] = tuple(entry for entry in found if entry.id not in gone) if gone else tuple(found)
        return self._known[kind]

    @cached_property
    def statuses(self) -> tuple[Entry, ...]:
        """The statuses that can still count: of each part of a task the last one (see `Store.latest`)."""
        if self._until is not None:
            known = (entry for entry in self.effective(STATUS) if self._tasks is None or entry.task in self._tasks)
            return tuple(last_of_each(known))
        if self._tasks is None:
            return tuple(self._store.latest(self._plan, self._undone))
        return tuple(e for task in self._tasks for e in self._store.latest(self._plan, self._undone, task=task))

    def acts(self, task: str) -> tuple[Entry, ...]:
        """What people did about a task (its id) and did not take back, by time, then id."""
        found = self._entries(ACTS, task)
        return tuple(entry for entry in found if entry.id not in self._undone)

    def told(self, task: str) -> tuple[Entry, ...]:
        """How people were told of a task (its id), by time, then id."""
        found = self._entries((REVISION,), task)
        return tuple(entry for entry in found if entry.id not in self._undone)

    def about(self, tasks: Collection[str]) -> History:
        """The same, with the statuses of some tasks only: a tick need not read a whole term."""
        return History(self._store, self._plan, tasks, self._until)

    def until(self, instant: datetime) -> History:
        """The same as it was at `instant` (included): what was recorded or taken back later does not count."""
        return History(self._store, self._plan, self._tasks, time_text(instant))

    def _entries(self, kinds: Collection[str], task: str | None = None) -> Iterator[Entry]:
        found = self._store.entries(plan=self._plan, kinds=kinds, task=task)
        return found if self._until is None else (entry for entry in found if entry.time <= self._until)

    @cached_property
    def _undone(self) -> set[str]:
        return undone(self._entries((UNDO,)))
