"""The plan as it was on an earlier day: what the program changed in it later is taken back, in memory alone.

The journal keeps every edit that the program makes in the plan's text, so an earlier state of each value follows from
the entries recorded by then. What a person changed by hand leaves no entry: that counts as it stands now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from planner.actions.histories import Edit, Holder, Place, Room, final_value, holders, is_known, read_edits
from planner.graph import TaskGraph
from planner.i18n import _
from planner.journal.entry import EDIT, UNDO, Entry, listed, time_text, undone
from planner.plan.edit import NOTHING
from planner.plan.model import Plan
from planner.plan.occurrence import occurrences
from planner.plan.toml_source import same
from planner.snapshot import Snapshot
from planner.text import printable

if TYPE_CHECKING:
    from planner.session import Session

_Data = dict[str, Any]
_Order = tuple[str, str]
"""When an entry was made: what it is sorted by."""


def plan_as_of(session: Session, snapshot: Snapshot, day: date) -> tuple[Snapshot, tuple[str, ...]]:
    """What was known at the end of `day`, of the plan too; and notes on what could not be turned back.

    Raises JournalError where the journal cannot be read.
    """
    then = snapshot.as_of(day)
    plan, notes = EarlierPlans(session, snapshot.plan).at(then.now)
    if plan is not snapshot.plan:
        then = replace(then, plan=plan, graph=TaskGraph(plan.tasks))
    return then, notes


class EarlierPlans:
    """A plan as it was at any instant. Plan and journal are read once, however many instants are asked for."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self._tables = session.tables
        self.plan = plan
        self._entries = list(session.store.entries(plan=plan.id, kinds=(EDIT, UNDO)))
        self._times = [entry.time for entry in self._entries]
        self._known: tuple[tuple[_Turn, ...], Plan] = (), plan

    def at(self, instant: datetime) -> tuple[Plan, tuple[str, ...]]:
        """The plan at `instant` (edits of that millisecond included), and notes on what is as it is now.

        The very same plan as long as nothing in it changes from one call to the next.
        """
        count = bisect_right(self._times, time_text(instant))
        if count == len(self._entries):
            return self.plan, ()
        notes = [_("One of the later changes cannot be understood; it was passed over.")] * self._is_damaged(count)
        turns = []
        for group in self._groups(count):
            for turn in group.turns():
                if isinstance(turn, str):
                    notes.append(turn)
                else:
                    turns.append(turn)
        turns.sort(key=lambda turn: turn.left, reverse=True)
        if self._known[0] != tuple(turns):
            plan = self._turned(turns)
            if plan is None:
                text = _("The plan of that day would break the rules of the format; the present one is shown.")
                return self.plan, (text,)
            self._known = tuple(turns), plan
        return self._known[1], tuple(notes)

    @cached_property
    def _edits(self) -> tuple[list[Edit], list[Entry]]:
        return read_edits(self._entries)

    def undone_by(self, order: _Order) -> set[str]:
        """Ids of the entries that were taken back up to some moment."""
        return undone(entry for entry in self._entries if entry.order <= order)

    @cached_property
    def undos(self) -> dict[str, _Order]:
        """When each entry was last taken back, by its id."""
        undos = sorted((entry for entry in self._entries if entry.kind == UNDO), key=lambda entry: entry.order)
        return {id_: entry.order for entry in undos for id_ in listed(entry.data, "entries")}

    @cached_property
    def _stood(self) -> dict[tuple[str, str], str]:
        """Behind what each entry stood that the program put in or took out: an id, by table and id."""
        return {edit.change[:2]: edit.change.after for edit in self._edits[0] if not edit.change.key}

    def _anchor(self, turn: _Turn, entries: Mapping[tuple[str, str], _Data]) -> str:
        """Behind what an entry is put back: where the one that it stood behind is not there, what that stood behind."""
        table, after, seen = turn.place.table, turn.after, set[str]()
        while (table, after) not in entries and (table, after) in self._stood and after not in seen:
            seen.add(after)
            after = self._stood[table, after]
        return after

    @cached_property
    def _data(self) -> _Data:
        """The plan as parsed: values are compared with those of the edits."""
        return tomli.loads(self.plan.text.text)

    @cached_property
    def _holders(self) -> dict[tuple[str, str], _Data]:
        """Every entry and table of the plan by table and id."""
        return _by_place(self._data)

    @cached_property
    def _json(self) -> _Data:
        """The same data with days as the schema has them."""
        from planner.plan.schema import make_json

        data: _Data = make_json(_copied(self._data))
        return data

    def _is_damaged(self, count: int) -> bool:
        later = {entry.id for entry in self._entries[count:]}
        return any(entry.id in later for entry in self._edits[1])

    def _groups(self, count: int) -> Iterator[_Group]:
        """The edits of each entry or table that does not stand as it stood after the first `count` entries."""
        known = {entry.id for entry in self._entries[:count]}
        gone = undone(self._entries[:count])
        grouped: dict[tuple[str, str], tuple[list[Edit], list[Edit]]] = {}
        for edit in self._edits[0]:
            now, then = grouped.setdefault(edit.change[:2], ([], []))
            now.append(edit)
            if edit.entry.id in known:
                then.append(edit._replace(counts=edit.entry.id not in gone))
        for (table, id_), (now, then) in grouped.items():
            if now != then:
                yield _Group(Place(table, id_, ""), now, then, self._holders.get((table, id_)), self)

    def _turned(self, turns: Sequence[_Turn]) -> Plan | None:
        """The plan with all `turns` made; None where it would not follow the schema."""
        from planner.plan.build import build_plan
        from planner.plan.schema import make_json, violations

        data = {key: _shallow(value) for key, value in self._json.items()}
        entries = _by_place(data)
        for turn in turns:
            value = turn.value if turn.value is NOTHING else make_json(_copied(turn.value))
            _make(data, entries, turn._replace(value=value, after=self._anchor(turn, entries)))
        # A table of a plugin that is not here is no mistake, today neither.
        if any(found.path or found.rule != "additionalProperties" for found in violations(data, self._tables)):
            return None
        plan = build_plan(data, self.plan.text, frozenset(self._tables)).plan
        if all(turn.place.table != "term" for turn in turns):
            plan.calendar = self.plan.calendar  # so that what hangs on working days need not be looked at again
        return plan


class _Turn(NamedTuple):
    """A value, or with the key "" an entry or table, as it was then; NOTHING: it was not there."""

    place: Place
    value: Any
    after: str = ""
    """Id of the entry behind which one that is put back stood."""
    left: _Order = ("", "")
    """When one that is put back left the plan. What left last is put back first: it may be what others stood behind."""


class _Group:
    """All edits of one entry or table: those known now, and those known then."""

    def __init__(
        self, place: Place, now: Sequence[Edit], then: Sequence[Edit], here: _Data | None, past: EarlierPlans
    ) -> None:
        self._place = place
        self._now, self._then = now, then
        self._here = here
        self._past = past

    def turns(self) -> Iterator[_Turn | str]:
        """What must be done to it so that it is as it was; a text is a note on what stays as it is."""
        holder = holders(self._now)[0]
        if not self._was_there(holder):
            if self._here is not None:
                yield _Turn(self._place, NOTHING)
            return
        removal, lost = self._removal(holder), self._taken_back()
        if lost is not None:
            block = self._forward(dict(lost.new), lost.entry.order)
            yield _Turn(self._place, block, lost.change.after, self._past.undos[lost.entry.id])
        elif removal is not None:
            block = dict(removal.old)
            for turn in self._values(block, self._until(removal)):
                if isinstance(turn, str):
                    yield turn
                else:
                    _put(block, turn.place.key, turn.value)
            block = self._forward(block, removal.entry.order)  # it may be the removal that was made again
            yield _Turn(self._place, block, removal.change.after, removal.entry.order)
        elif self._here is None and self._place.id:
            yield _by_hand(self._place, None)
        else:
            yield from self._values(self._here or {}, self._now)

    def _was_there(self, holder: Holder) -> bool:
        """Whether the entry was in the plan then."""
        if not holder.whole:
            return True
        if any(not edit.change.key for edit in self._then):
            return holders(self._then)[0].stays
        return holder.whole[0].old is not NOTHING  # what is first taken out was there before

    def _removal(self, holder: Holder) -> Edit | None:
        """What took the entry of then out of the plan; None where it is still that one."""
        known = {edit.entry.id for edit in self._then if edit.counts}
        later = [edit for edit in holder.whole if edit.counts and edit.entry.id not in known]
        return next((edit for edit in later if edit.new is NOTHING), None)

    def _taken_back(self) -> Edit | None:
        """What put the entry of then into the plan, where that was taken back since; else None."""
        begun = [edit for edit in self._then if not edit.change.key and edit.counts and edit.new is not NOTHING]
        gone = {edit.entry.id for edit in self._now if not edit.counts}
        return begun[-1] if begun and begun[-1].entry.id in gone else None

    def _until(self, removal: Edit) -> list[Edit]:
        """The edits that it had seen when it was taken out, as they counted then."""
        gone = self._past.undone_by(removal.entry.order)
        before = [edit for edit in self._now if edit.entry.order < removal.entry.order]
        return [edit._replace(counts=edit.entry.id not in gone) for edit in before]

    def _forward(self, block: _Data, since: _Order) -> _Data:
        """The entry of then, from what it was at `since` and how its values were edited after that and until then."""
        for place, edits in self._known_then().items():
            if edits[-1].entry.order > since:
                _put(block, place.key, final_value(edits, self._room(place)))
        return block

    def _known_then(self) -> Mapping[Place, Sequence[Edit]]:
        """The edits of its values that were known then."""
        return holders(self._then)[0].values if self._then else {}

    def _values(self, here: Mapping[str, Any], edits: Sequence[Edit]) -> Iterator[_Turn | str]:
        """What each of its values was, where it is another now. `here` is the entry with `edits` made."""
        now = holders(edits)[0].values if edits else {}
        then = self._known_then()
        for place, known in now.items():
            earlier, room = then.get(place, ()), self._room(place)
            was = self._value(known, earlier, room)
            value = here.get(place.key, NOTHING)
            if _alike(known, earlier) or same(was, final_value(known, room)) or same(was, value):
                continue
            if is_known(value, known):
                yield _Turn(place, was)
            else:
                yield _by_hand(place, here)

    @staticmethod
    def _value(known: Sequence[Edit], earlier: Sequence[Edit], room: Room | None) -> Any:
        """What a value was when only the edits `earlier` of all those `known` had been made."""
        if not earlier:
            return known[0].old
        ids = {edit.entry.id for edit in earlier}
        following = next((edit for edit in known if edit.entry.id not in ids), None)
        if following is not None and not is_known(following.old, earlier):
            return following.old  # typed by hand in between
        return final_value(earlier, room)

    def _room(self, place: Place) -> Room | None:
        """How many decided days a slot has room for; None for what are no days (see `Settling`)."""
        plan = self._past.plan
        task = plan.task_by_id.get(place.id)
        if place[::2] != ("tasks", "on") or task is None:
            return None
        days = [o.days for o in occurrences(task._replace(on=()), plan) if o.days]

        def room(element: Any) -> tuple[object, int]:
            slot = next((w for w in days if str(w.start) <= str(element)[:10] <= str(w.end)), None)
            return slot if len(days) > 1 else None, max(1, days.count(slot) if slot else 1)

        return room


def _alike(known: Sequence[Edit], earlier: Sequence[Edit]) -> bool:
    """Whether the same edits counted then and count now: what differs from them is a person's."""
    return [(e.entry.id, e.counts) for e in known] == [(e.entry.id, e.counts) for e in earlier]


def _by_hand(place: Place, here: Mapping[str, Any] | None) -> str:
    holder = here or {}
    title = holder.get("title") or holder.get("name")
    name = printable(" ".join(filter(None, [title if isinstance(title, str) else place.id or place.table, place.key])))
    return _("Changed by hand since then, so it counts as it stands now: {name}").format(name=name)


# Data ----------------------------------------------------------------------------------------------------------------


def _by_place(data: _Data) -> dict[tuple[str, str], _Data]:
    """Every entry and table by table and id."""
    found = {("", ""): data}
    for table, value in data.items():
        if isinstance(value, dict):
            found[table, ""] = value
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                found[table, entry["id"]] = entry
    return found


def _make(data: _Data, entries: dict[tuple[str, str], _Data], turn: _Turn) -> None:
    """Do in `data`, with its `entries` by place, what `turn` says; nothing where a person made another kind of it."""
    table, id_, key = turn.place
    if key:
        holder = entries.get((table, id_))
        if holder is None and not id_ and table not in data:
            holder = entries[table, ""] = data[table] = {}
        if holder is not None:
            _put(holder, key, turn.value)
    elif not id_:
        _put(data, table, turn.value)
    elif isinstance(listed := data.get(table, []), list):
        others = [entry for entry in listed if entry is not entries.get((table, id_))]
        if turn.value is not NOTHING:
            is_first = not turn.after or "/" in turn.after  # behind an entry of another table
            before = entries.get((table, turn.after))
            places = [n for n, entry in enumerate(others, 1) if entry is before]
            others.insert(0 if is_first else places[0] if places else len(others), turn.value)
            entries[table, id_] = turn.value
        _put(data, table, others or NOTHING)


def _put(holder: _Data, key: str, value: Any) -> None:
    if value is NOTHING:
        holder.pop(key, None)
    else:
        holder[key] = value


def _shallow(value: Any) -> Any:
    """A copy of a table or a list of tables whose entries can be changed, but not what is in their values."""
    if isinstance(value, dict):
        return dict(value)
    return [dict(entry) if isinstance(entry, dict) else entry for entry in value] if isinstance(value, list) else value


def _copied(value: Any) -> Any:
    """A copy that shares nothing which changes."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
