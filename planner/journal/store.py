"""Where entries are kept: the contract of every store, and the simplest that fulfils it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from planner.errors import JournalError
from planner.i18n import _
from planner.journal.entry import STATUS, Entry, wrong_in


class Store(Protocol):
    """Keeps entries and gives them back. Safe for several processes at once; every error is a JournalError.

    One object belongs to one thread. The tests in `tests/journal/contract.py` hold for every store.
    """

    url: str
    """Where it is, as `--journal` takes it, but without a password: it is shown to people."""
    patience: float
    """Seconds to wait for another program that is writing. Who shows something meanwhile sets it low."""

    def append(self, entries: Iterable[Entry], meanwhile: Callable[[], object] | None = None) -> list[Entry]:
        """Add entries, all or none, and return those that were not there yet, in the order given.

        An entry that is there already is passed over; one with the id of another, or that is none, is refused
        (JournalError). `meanwhile` runs when everything is written but not yet lasting: if it raises, nothing is
        added, and while it runs no other process can write (without entries nothing is locked). What it reads from the
        store includes what is being added. When this returns, the entries survive a crash.
        """
        ...

    def entries(
        self, *, plan: str | None = None, kinds: Collection[str] | None = None, task: str | None = None
    ) -> Iterator[Entry]:
        """The entries of a plan, of some kinds, of a task (None: of any), by time, then id. As of one moment."""
        ...

    def latest(self, plan: str, without: Collection[str] = (), *, task: str | None = None) -> Iterator[Entry]:
        """The statuses of a plan (or of one task of it) that can still count, by time, then id.

        Those with an id in `without` never do.

        Of all that are about the same part (see `part`) that is the last one. A long journal has few of them.
        """
        ...

    def count(self) -> int:
        """How many entries there are, of all plans."""
        ...

    def about(self) -> Mapping[str, str | int]:
        """What there is to tell of the place itself, such as its `schema` version and its size in `bytes`."""
        ...

    def version(self) -> object:
        """A value that is another one as soon as somebody else has written since. Costs next to nothing.

        Whether it changes by what this object writes itself, or by closing it, is left open; else it stays the same.
        """
        ...

    def close(self) -> None:
        """Let go of the file or connection; it is opened again when it is needed."""
        ...


class MemoryStore:
    """The reference: a dictionary. Also what a plan without a journal looks like."""

    def __init__(self, entries: Iterable[Entry] = (), url: str = "memory:") -> None:
        self.url = url
        self.patience = 10.0
        self._entries: dict[str, Entry] = {}
        self.append(entries)

    def append(self, entries: Iterable[Entry], meanwhile: Callable[[], object] | None = None) -> list[Entry]:
        """See Store."""
        new: dict[str, Entry] = {}
        for entry in entries:
            checked_data(entry)
            known = self._entries.get(entry.id) or new.get(entry.id)
            if known is not None and known != entry:
                raise same_id(entry)
            if known is None:
                new[entry.id] = entry
        before = self._entries
        self._entries = {**before, **new}
        try:
            if meanwhile is not None:
                meanwhile()
        except BaseException:
            self._entries = before
            raise
        return list(new.values())

    def entries(
        self, *, plan: str | None = None, kinds: Collection[str] | None = None, task: str | None = None
    ) -> Iterator[Entry]:
        """See Store."""
        for entry in sorted(self._entries.values(), key=lambda e: e.order):
            if plan in (None, entry.plan) and (kinds is None or entry.kind in kinds) and task in (None, entry.task):
                yield entry

    def latest(self, plan: str, without: Collection[str] = (), *, task: str | None = None) -> Iterator[Entry]:
        """See Store."""
        known = (entry for entry in self.entries(plan=plan, kinds=(STATUS,), task=task) if entry.id not in without)
        return last_of_each(known)

    def count(self) -> int:
        """See Store."""
        return len(self._entries)

    def about(self) -> Mapping[str, str | int]:
        """There is nothing to tell."""
        return {}

    def version(self) -> object:
        """See Store."""
        return len(self._entries)

    def close(self) -> None:
        """Nothing to let go."""


def last_of_each(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Of statuses that are about the same part the last one, by time, then id."""
    last = {part(entry) or entry.id: entry for entry in entries}
    return iter(sorted(last.values(), key=lambda entry: entry.order))


def part(entry: Entry) -> str | None:
    """What of a task an entry is about, as a key: the occurrence and the branches.

    None for an entry about the task as a whole: what that changes hangs on what was done before, so a later one does
    not simply take its place.
    """
    if entry.occurrence is None:
        return None
    return "\x1f".join((entry.task, entry.occurrence, entry.branch, repr(entry.data.get("branches"))))


def checked_data(entry: Entry) -> str:
    """The data of an entry as JSON text. Raises JournalError for an entry that no store can take."""
    from planner.journal.data import data_text

    try:
        field, why = wrong_in(entry), ""
        text = "" if field else data_text(entry.data)
    except ValueError as error:
        field, text, why = "data", "", str(error)
    if field:
        message = _("The journal cannot keep such an entry; nothing was added. Wrong in it: {field}")
        hint = _("Damaged characters? Type the text anew.")
        raise JournalError(message.format(field=f"{field} ({why})" if why else field), hint)
    return text


def same_id(entry: Entry) -> JournalError:
    """The error about two different entries with one id: a journal that somebody changed by hand."""
    message = _("The journal holds another entry with the id {id}; nothing was added.").format(id=entry.id)
    return JournalError(message, _("One of the two journals was changed afterwards; ask who changed it."))
