"""What calendars have told and what they have not: a pane about the plan, and one about a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from planner.api import (
    REVISION,
    PaneLine,
    _,
    branch_names,
    full_day,
    make_note,
    ngettext,
    printable,
    read_state,
    section_lines,
    shorten,
    window_name,
)

if TYPE_CHECKING:
    from planner.api import Known, Plan, Role, Section, Snapshot, State, Task

_MOST_TIMES = 3
"""Times of a task that a line names one by one; of more it says how many there are."""
_TIME_CELLS = 30


def changes(snapshot: Snapshot) -> Iterator[PaneLine]:
    """What people have not been told, in the words that the next calendars bring along."""
    plan = snapshot.plan
    note = make_note(snapshot.revisions, plan)
    if note.is_first:
        yield PaneLine(_("Nobody has been told anything yet."), "strong")
        yield PaneLine(_("The first calendars tell everybody; from then on, what changes stands here."), "muted")
        return
    told = snapshot.journal.effective(REVISION)
    if not note.sections:
        yield PaneLine(_("People have been told everything."), "good")
    elif n := note.changed:
        text = ngettext(
            "{n} task has changed since people were told.", "{n} tasks have changed since people were told.", n
        )
        yield PaneLine(text.format(n=n), "warning")
    if told:
        yield PaneLine(_("Last told: {day}").format(day=_day(told[-1].time, plan)), "muted")
    for section in note.sections:
        yield PaneLine("")
        yield from _section(section, snapshot)


def _section(section: Section, snapshot: Snapshot) -> Iterator[PaneLine]:
    """What the same people are told; each line leads to its task."""
    head, *texts = section_lines(section, snapshot.plan, snapshot.today)
    yield PaneLine(head, "heading")
    for line, text in zip(section.lines, texts, strict=False):
        role: Role = "bad" if "cancelled" in line.kinds else ""
        yield PaneLine(text, role, line.task if line.task in snapshot.plan.task_by_id else "")
    yield from (PaneLine(text, "muted") for text in texts[len(section.lines) :])


class _Fate(NamedTuple):
    """What became of an item, in words; equal ones are said once."""

    text: str
    role: Role


def told(snapshot: Snapshot, task: Task) -> Iterator[PaneLine]:
    """What calendars were told of a task: when, and as which version (SEQUENCE counts from 0, people from 1)."""
    if task.private:
        yield PaneLine(_("Private: no calendar shows it."), "muted")
    fates: dict[_Fate, list[State | None]] = {}
    for known in snapshot.about(task).revisions.about(task.id):
        fates.setdefault(_fate(known, snapshot.plan), []).append(known.now or _last_state(known))
    if not fates and not task.private:
        yield PaneLine(_("No calendar shows it."), "muted")
    is_one = sum(map(len, fates.values())) == 1
    for fate, states in fates.items():
        text = fate.text if is_one else _("{when}: {what}").format(when=_times(states, snapshot.plan), what=fate.text)
        yield PaneLine(text, fate.role)


def _fate(known: Known, plan: Plan) -> _Fate:
    """How people stand to an item."""
    if not known.told:
        return _Fate(_("not told yet"), "warning")
    last = known.told[-1]
    day, version = _day(last.time, plan), last.sequence + 1
    if known.is_settled:
        if known.now is None:
            return _Fate(_("taken back on {day}").format(day=day), "muted")
        return _Fate(_("told on {day}, version {n}").format(day=day, n=version), "good")
    if known.is_known:
        branches = tuple(dict.fromkeys(telling.branch for telling in known.told if telling.says(last)))
        names = branch_names(branches, plan)
        return _Fate(
            _("told on {day}, version {n}, but to {names} only").format(day=day, n=version, names=names), "warning"
        )
    if known.now is None:
        return _Fate(
            _("gone, and people do not know; told on {day}, version {n}").format(day=day, n=version), "warning"
        )
    if _is_a_detail(known.now, _last_state(known)):
        return _Fate(_("told on {day}, version {n}; since then a detail has changed").format(day=day, n=version), "")
    return _Fate(_("changed since; told on {day}, version {n}").format(day=day, n=version), "warning")


def _is_a_detail(now: State, told: State | None) -> bool:
    """Whether what is new is no news: a tick, a note, where in its window a calendar shows a day."""
    return told is not None and _news(now) == _news(told)


def _news(state: State) -> State:
    return state._replace(status="", marker=None, warning=None, words="")


def _last_state(known: Known) -> State | None:
    """How something that is gone was when somebody had it."""
    return next((state for telling in reversed(known.told) if (state := read_state(telling.state))), None)


def _times(states: Iterable[State | None], plan: Plan) -> str:
    """When some items are, in few words; of many only how many there are, from when to when."""
    in_time = sorted(states, key=lambda s: s.days.start if s and s.days else date.max)
    names = list(dict.fromkeys(_time(state, plan) for state in in_time))
    if len(names) <= _MOST_TIMES:
        return _(", ").join(names)
    return _("{n} times, {first} to {last}").format(n=len(names), first=names[0], last=names[-1])


def _time(state: State | None, plan: Plan) -> str:
    if state is None:
        return _("once")
    if state.days is None:
        return shorten(printable(state.wording), _TIME_CELLS) or _("without a date")
    return window_name(state.days, plan.term)


def _day(time: str, plan: Plan) -> str:
    """The day of an entry's time where the plan is."""
    return full_day(datetime.fromisoformat(time).astimezone(ZoneInfo(plan.timezone)).date())
