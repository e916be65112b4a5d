"""What an act was, in the words of the office: the time is “5月下旬”, and not when: "五月" → "5月下旬"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from planner.api import Entry, Plan, PlannerError, Snapshot, _, change_of, printable, shorten, what, whom
from planner_board.board import State
from planner_board.words.tasks import state_words

_LONGEST = 60
"""Cells of a value; all of it stands in the details."""


def status_words(status: str) -> str:
    """A status of the journal, in the words that the views have for it."""
    return state_words(cast(State, status))


def act_words(entry: Entry, snapshot: Snapshot) -> str:
    """What an entry says, without its task."""
    change = change_of(entry)
    if change is None or not change.key:
        return what(entry, snapshot=snapshot)
    try:
        value = None if change.new is None else change.new_value
    except PlannerError:  # another program wrote it
        return what(entry)
    return _edited(change.key, value, snapshot.plan) or what(entry)


def acts_words(entries: Sequence[Entry], snapshot: Snapshot, most: int = 2) -> list[tuple[str, str]]:
    """What the first `most` entries say, and of what (both as text), those about the same thing together."""
    found: dict[str, list[str]] = {}
    for entry in entries[:most]:
        found.setdefault(whom(entry, snapshot.plan), []).append(act_words(entry, snapshot))
    return [(_(", ").join(words), name) for name, words in found.items()]


def _edited(key: str, value: Any, plan: Plan) -> str:
    """What became of the most common keys of a task; "" for any other."""
    if key == "on":
        return _("the day is {day}").format(day=_listed(value)) if value else _("no day is decided any more")
    if key == "when":
        return _("the time is “{when}”").format(when=_listed(value)) if value else _("no time is said any more")
    if key == "title" and value:
        return _("the title is “{title}”").format(title=_listed(value))
    if key == "goals":
        known = plan.goal_by_id
        names = [known[goal].title if goal in known else goal for goal in value or ()]
        return _("the goals are {goals}").format(goals=_listed(names)) if names else _("it serves no goal any more")
    return ""


def _listed(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return shorten(_(", ").join(printable(str(part)) for part in parts), _LONGEST)
