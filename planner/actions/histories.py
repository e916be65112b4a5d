"""What the edits of a journal leave at each place of a plan's text, whoever's copy it is.

All here is made from the entries alone: two copies that know the same entries come to the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from planner.actions.editing import change_of
from planner.errors import PlanError
from planner.journal.entry import EDIT, Entry, undone
from planner.plan.edit import NOTHING, Change
from planner.plan.toml_source import same

_LISTS = ("on", "tags", "needs", "goals", "for", "links", "remind")
"""Keys of tasks whose values are added to and taken from; of all other values the last counts."""

Room = Callable[[Any], tuple[object, int]]
"""Of an element: what it belongs to (the slot of a day), and how many elements may."""


class Place(NamedTuple):
    """A value of the plan, or with the key "" a whole entry or table."""

    table: str
    id: str
    key: str


class Edit(NamedTuple):
    """An edit of one place."""

    entry: Entry
    counts: bool
    """It is not taken back, and not left out."""
    change: Change
    old: Any
    """NOTHING: there was nothing."""
    new: Any


class Holder(NamedTuple):
    """All edits of one entry or table, each list in order of time."""

    whole: Sequence[Edit]
    """Those that put it in or took it out."""
    values: Mapping[Place, Sequence[Edit]]

    @property
    def last_removal(self) -> Edit | None:
        """The last removal that counts."""
        return next((edit for edit in reversed(self.whole) if edit.counts and edit.new is NOTHING), None)

    @property
    def stays(self) -> bool:
        """Whether it is in the plan in the end. A removal gives way to any later edit of what is in it."""
        if not self.whole:
            return True
        if self.whole[0].old is NOTHING and not any(edit.counts and edit.new is not NOTHING for edit in self.whole):
            return False
        everything = [*self.whole, *(edit for edits in self.values.values() for edit in edits)]
        last = max((edit for edit in everything if edit.counts), key=lambda edit: edit.entry.order, default=None)
        return last is None or bool(last.change.key) or last.new is not NOTHING


def read_edits(entries: Sequence[Entry]) -> tuple[list[Edit], list[Entry]]:
    """The edits among `entries` in order of time, and those entries that no one can understand."""
    gone = undone(entries)
    edits, damaged = [], []
    for entry in sorted((entry for entry in entries if entry.kind == EDIT), key=lambda entry: entry.order):
        change = change_of(entry)
        try:
            if change is None:
                damaged.append(entry)
            else:
                edits.append(Edit(entry, entry.id not in gone, change, change.old_value, change.new_value))
        except PlanError:
            damaged.append(entry)
    return edits, damaged


def holders(edits: Iterable[Edit], left_out: Collection[str] = ()) -> list[Holder]:
    """The edits by entry or table, those with an id in `left_out` as if taken back.

    Edits of values that are older than the last time their entry was put in are about another one, and left away.
    """
    grouped: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        edit = edit._replace(counts=edit.counts and edit.entry.id not in left_out)
        grouped.setdefault((edit.change.table, edit.change.id), []).append(edit)
    return [_holder(group) for group in grouped.values()]


def _holder(group: Sequence[Edit]) -> Holder:
    whole = [edit for edit in group if not edit.change.key]
    begin = max((e.entry.order for e in whole if e.counts and e.new is not NOTHING), default=("", ""))
    values: dict[Place, list[Edit]] = {}
    for edit in group:
        if edit.change.key and edit.entry.order > begin:
            values.setdefault(Place(*edit.change[:3]), []).append(edit)
    return Holder(whole, values)


# Values --------------------------------------------------------------------------------------------------------------


def final_value(edits: Sequence[Edit], room: Room | None = None) -> Any:
    """What the edits of one value leave: of a list all that was added and not taken out, else the last value.

    What stood there before an edit and no earlier one knows, a person typed: it counts as one more edit.
    """
    return _merged(edits, room) if _is_list(edits) else _last(edits)


def _last(edits: Sequence[Edit]) -> Any:
    value, seen = edits[0].old, [edits[0].old]
    for edit in edits:
        if not _among(edit.old, seen):
            value = edit.old
        if edit.counts:
            value = edit.new
        seen += (edit.old, edit.new)
    return value


def _merged(edits: Sequence[Edit], room: Room | None) -> Any:
    state = {_sign(element): element for element in _elements(edits[0].old)}
    mentioned = set(state)
    for edit in edits:
        old, new = _elements(edit.old), _elements(edit.new)
        state |= {_sign(element): element for element in old if _sign(element) not in mentioned}
        mentioned |= {_sign(element) for element in (*old, *new)}
        if edit.counts:
            _replay(state, old, new, room)
    known = [edit.new for edit in edits if edit.counts] + [edits[0].old]
    for value in reversed(known):  # as a person wrote it
        if {_sign(element) for element in _elements(value)} == set(state):
            return value
    found = list(state.values())
    if edits[0].change.key == "on":
        found.sort(key=str)
    is_bare = any(not isinstance(value, list) for value in known if value is not NOTHING)
    return NOTHING if not found else found[0] if len(found) == 1 and is_bare else found


def _replay(state: dict[str, Any], old: list[Any], new: list[Any], room: Room | None) -> None:
    """Take out of `state` what an edit took out, and put in what it put in; the newest find room."""
    for element in old:
        if not any(_sign(element) == _sign(other) for other in new):
            state.pop(_sign(element), None)
    for element in new:
        if any(same(element, other) for other in old):
            continue
        state[_sign(element)] = element
        if room is not None:
            group, most = room(element)
            most = max(most, sum(room(other)[0] == group for other in new))
            here = [sign for sign, other in state.items() if room(other)[0] == group and sign != _sign(element)]
            for sign in here[: max(0, len(here) + 1 - most)]:
                del state[sign]


def _is_list(edits: Sequence[Edit]) -> bool:
    values = [value for edit in edits for value in (edit.old, edit.new) if value is not NOTHING]
    table, _id, key = edits[0].change[:3]
    if table == "tasks" and key in _LISTS:
        return "branches" not in values  # that is everybody, and nobody can be added to it
    return all(isinstance(value, list) for value in values)


def _elements(value: Any) -> list[Any]:
    return [] if value is NOTHING else value if isinstance(value, list) else [value]


def _sign(element: Any) -> str:
    """What makes an element one: a need is the task that it names, whatever its lag."""
    return str(element["task"] if isinstance(element, dict) and "task" in element else element)


def is_known(value: Any, edits: Sequence[Edit]) -> bool:
    """Whether the journal knows `value` at that place; else a person typed it."""
    values = [known for edit in edits for known in (edit.old, edit.new)]
    if not _is_list(edits):
        return _among(value, values)
    mentioned = {_sign(element) for known in values for element in _elements(known)}
    return all(_sign(element) in mentioned for element in _elements(value))


def are_concurrent(edits: Sequence[Edit]) -> bool:
    """Whether one of the edits began with another value than the one before it had left: with two copies it may."""
    return any(not same(edit.old, before.new) for before, edit in pairwise(edits))


def losers(edits: Sequence[Edit], room: Room | None = None) -> list[Any]:
    """The values that somebody set without knowing of the one that counts in the end, which is later."""
    wanted = final_value(edits, room)
    if _is_list(edits):
        added = [e for edit in edits if edit.counts for e in _elements(edit.new) if not _has(edit.old, e)]
        taken = [e for edit in edits if edit.counts for e in _elements(edit.old) if not _has(edit.new, e)]
        return [e for e in added if not _has(wanted, e) and not any(_sign(e) == _sign(other) for other in taken)]
    tips: list[Any] = []
    seen = [edits[0].old]
    for edit in edits:
        if edit.counts:
            known = _among(edit.old, seen)
            tips = [*(tip for tip in tips if known and not same(tip, edit.old)), edit.new]
        seen += (edit.old, edit.new)
    return [tip for tip in tips if not same(tip, wanted)]


def _has(value: Any, element: Any) -> bool:
    return any(_sign(element) == _sign(other) for other in _elements(value))


def _among(value: Any, values: Iterable[Any]) -> bool:
    return any(same(value, other) for other in values)
