"""The text of a plan, brought to what the edits of a journal leave, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.actions.histories import Edit, Holder, Place, Room, final_value, is_known, losers
from planner.errors import PlanError
from planner.i18n import _
from planner.plan.edit import NOTHING, Change, PlanEditor
from planner.plan.toml_source import same, value_source
from planner.text import printable, shorten

if TYPE_CHECKING:
    from planner.session import Session


class Settling:
    """Brings a plan's text to what the edits leave."""

    def __init__(self, session: Session, before: bytes, fresh: set[str]) -> None:
        self._session = session
        self._fresh = fresh
        """Ids of the edits that this journal learns of only now, or learns that they are taken back."""
        self._days: dict[str, list[Any]] | None = None
        self.editor = PlanEditor(before, str(session.plan_file))

    def _name(self, place: Place) -> str:
        """What a line calls a place: the title, if it has one here, and the key."""
        holder: Any = self.editor.get(*place[:2]) or {}
        title = holder.get("title") or holder.get("name")
        return printable(f"“{title}” {place.key}".strip()) if isinstance(title, str) and place.id else name_of(place)

    def settle(self, found: Sequence[Holder]) -> list[str]:
        """Bring everything to its last state; what was done and what could not be. Decided days come last: to what
        slot they belong is in other values.
        """
        told = [line for holder in found for line in self._settle_whole(holder, found)]
        pairs = [pair for holder in found if holder.stays for pair in holder.values.items()]
        for place, edits in sorted(pairs, key=lambda pair: pair[0].key == "on"):
            told += self.settle_value(place, edits)
        return told

    def _settle_whole(self, holder: Holder, others: Sequence[Holder]) -> Iterator[str]:
        if not holder.whole:
            return
        place = Place(*holder.whole[-1].change[:3])
        added = [edit for edit in holder.whole if edit.counts and edit.old is NOTHING]
        if len({str(edit.new) for edit in added}) > 1 and self._is_fresh(added):
            yield not_in(self._name(place), _("Both copies added an entry with this id; give one of them another."))
        try:
            here = self.editor.get(*place[:2])
            if holder.stays and here is None:
                last = holder.whole[-1].change
                self.editor.apply(last.inverse if last.new is None else self._behind(holder, others))
                yield _("Brought into the plan: {name}").format(name=self._name(place))
            elif not holder.stays:
                if here is not None:
                    name = self._name(place)
                    self._remove(place, holder, here)
                    yield _("Taken out of the plan: {name}").format(name=name)
                yield from self._dropped(holder)
        except PlanError as error:
            yield not_in(self._name(place), error.message)

    def _behind(self, holder: Holder, others: Sequence[Holder]) -> Change:
        """The change that puts an entry in: what several copies put in at one place stands there in order of time."""
        mine = holder.whole[-1]
        made = mine.change
        earlier = [other.whole[-1] for other in others if other.whole and other.whole[-1].new is not NOTHING]
        for theirs in sorted(earlier, key=lambda edit: edit.entry.order):
            is_neighbour = (theirs.change.table, theirs.change.after) == (made.table, mine.change.after)
            if (
                is_neighbour
                and theirs.entry.order < mine.entry.order
                and self.editor.get(*theirs.change[:2]) is not None
            ):
                made = made._replace(after=theirs.change.id)
        return made

    def _remove(self, place: Place, holder: Holder, here: Any) -> None:
        """Take an entry out, unless a person typed something into it."""
        known = _block(holder)
        for key in {*here, *known}:
            now, then = here.get(key, NOTHING), known.get(key, NOTHING)
            edits = holder.values.get(Place(*place[:2], key))
            if not same(now, then) and not (edits and is_known(now, edits)):
                raise PlanError(_typed())
        self.editor.remove(*place[:2])

    def _dropped(self, holder: Holder) -> Iterator[str]:
        """What was edited in an entry by somebody who did not know that another took it out."""
        known = _block(holder)
        for place, edits in holder.values.items():
            counting = [edit for edit in edits if edit.counts]
            if not counting or not self._is_fresh([*holder.whole, *edits]):
                continue
            value = final_value(edits)
            if not same(value, known.get(place.key, NOTHING)):
                yield not_in(f"{self._name(place)} = {_shown(value)}", _("The entry itself was taken out."))

    def settle_value(self, place: Place, edits: Sequence[Edit]) -> Iterator[str]:
        """Bring one value to its last state."""
        room = self._room(place)
        holder, wanted = self.editor.get(*place[:2]), final_value(edits, room)
        if holder is None and place.id:
            if self._is_fresh(edits):
                yield not_in(self._name(place), _("The plan has no such entry."))
            return
        now = (holder or {}).get(place.key, NOTHING)
        if not same(now, wanted):
            try:
                if not is_known(now, edits):
                    raise PlanError(_typed())
                self._write(place, wanted)
                yield _("Brought into the plan: {name}").format(name=self._name(place))
            except PlanError as error:
                yield not_in(self._name(place), error.message)
        if self._is_fresh(edits):
            message = _("{name}: {lost} gives way to {kept}, which was written later.")
            for lost in losers(edits, room):
                yield message.format(name=self._name(place), lost=_shown(lost), kept=_shown(wanted))

    def is_settled(self, place: Place, edits: Sequence[Edit]) -> bool:
        """Whether a value is what its edits leave."""
        holder = self.editor.get(*place[:2])
        now = (holder or {}).get(place.key, NOTHING)
        return same(now, final_value(edits, self._room(place)))

    def write(self, place: Place, edits: Sequence[Edit]) -> None:
        """Make a value what its edits leave. Raises PlanError where that cannot be done safely."""
        self._write(place, final_value(edits, self._room(place)))

    def _write(self, place: Place, wanted: Any) -> None:
        if wanted is NOTHING:
            self.editor.unset(*place)
        else:
            self.editor.set(*place, wanted)

    def _is_fresh(self, edits: Sequence[Edit]) -> bool:
        return any(edit.entry.id in self._fresh for edit in edits)

    def _room(self, place: Place) -> Room | None:
        """How many decided days the slot has in which a day lies; a task that happens once has room for one.

        None for what are no days.
        """
        if place[::2] != ("tasks", "on"):
            return None
        if self._days is None:
            self._days = _open_days(self._session, self.editor.content)
        days = self._days.get(place.id, [])

        def room(element: Any) -> tuple[object, int]:
            slot = next((w for w in days if str(w.start) <= str(element)[:10] <= str(w.end)), None)
            return slot if len(days) > 1 else None, max(1, days.count(slot))

        return room


def _open_days(session: Session, content: bytes) -> dict[str, list[Any]]:
    """The days of each occurrence of each task, as they are before any day is decided."""
    from planner.plan.load import load_text
    from planner.plan.occurrence import occurrences
    from planner.plan.source import decode

    text, _found = decode(str(session.plan_file), content)
    plan = load_text(text, session.tables).plan if text is not None else None
    if plan is None:
        return {}
    return {task.id: [o.days for o in occurrences(task._replace(on=()), plan) if o.days] for task in plan.tasks}


def _block(holder: Holder) -> Any:
    """The entry as it was when it was last taken out, else put in."""
    last = holder.last_removal or holder.whole[-1]
    return last.old if last.new is NOTHING else last.new


def _typed() -> str:
    return _("The plan has a value there that no entry of the journal knows; it was left as it is.")


def not_in(name: str, reason: str) -> str:
    """The line about what was left as it is."""
    return _("Not brought in: {name}. {reason}").format(name=name, reason=reason)


def name_of(place: Place) -> str:
    """What a line calls a place: tasks sports on."""
    return printable(" ".join(filter(None, place)))


def _shown(value: Any) -> str:
    return _("nothing") if value is NOTHING else shorten(printable(value_source(value)), 40)
