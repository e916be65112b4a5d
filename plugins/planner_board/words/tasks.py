"""Days, states and branches in the words of the board. What a person typed comes out as typed, on one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from planner.api import (
    CLOSED,
    DONE,
    PLANNED,
    Appointment,
    Entry,
    Goal,
    Occurrence,
    Plan,
    Task,
    Window,
    _,
    count,
    ngettext,
    printable,
    weekday,
)
from planner_board.board import Board, State

_UNION = "分工会"
"""How nearly all sub-unions are called; said once for several of them."""


def day_words(day: date, year: int) -> str:
    """3月8日; with its year where that is not `year`."""
    text = _("{month:02}-{day:02}").format(month=day.month, day=day.day)
    return text if day.year == year else _("{year}-{date}").format(year=day.year, date=text)


def days_words(days: Window, year: int) -> str:
    """A window: 3月1日至31日, 2月20日至3月5日; a single day with its weekday: 03-08 周三."""
    start, end = days
    if start == end:
        return f"{start:%m-%d} {weekday(start)}" if start.year == year else f"{start} {weekday(start)}"
    first = day_words(start, year)
    if (start.year, start.month) == (end.year, end.month):
        return _("{first} to {day:02}").format(first=first, day=end.day)
    last = day_words(end, year if end.year == start.year else start.year)
    return _("{first} to {last}").format(first=first, last=last)


def appointment_words(appointment: Appointment, year: int) -> str:
    """A decided day: 03-08 周三 14:00-16:00."""
    begins, ends = appointment.begins, appointment.ends
    times = f" {begins:%H:%M}" if begins else ""
    return days_words(appointment.window, year) + times + (f"-{ends:%H:%M}" if ends else "")


def occurrence_words(occurrence: Occurrence, year: int) -> str:
    """When an occurrence is, as far as that is known."""
    if occurrence.appointment:
        return appointment_words(occurrence.appointment, year)
    return days_words(occurrence.days, year) if occurrence.days else _("no date")


def when_words(board: Board, task: Task) -> str:
    """When a task is: its decided days, else its windows, else what the plan says; of many the first two.

    The days of what was put off without a new date are said to be the old ones.
    """
    year = board.today.year
    some = [appointment_words(a, year) for a in task.on_in_time] or [days_words(w, year) for w in task.windows]
    if not some:
        return printable(task.when) if task.when else _("no date")
    text = _(", ").join(some[:2])
    text = text if len(some) < 3 else _("{text} and {n} more").format(text=text, n=len(some) - 2)
    return _("planned for {days} at first").format(days=text) if _has_lost_its_days(board, task) else text


def _has_lost_its_days(board: Board, task: Task) -> bool:
    statuses = board.statuses
    if not statuses.is_told(task.id) or board.state(task) != "postponed":
        return False
    return all(statuses.days(task, occurrence) is None for occurrence in board.occurrences(task))


def left_words(days: Window, today: date) -> str:
    """How `days` lie to `today`, in days: 已过期 10 天, 还有 5 天, 3 天后."""
    start, end = days
    if end < today:
        n = (today - end).days
        return ngettext("{n} day over", "{n} days over", n).format(n=n)
    if start > today:
        n = (start - today).days
        return _("tomorrow") if n == 1 else ngettext("in {n} day", "in {n} days", n).format(n=n)
    if end == today:
        return _("today") if start == end else _("last day")
    n = (end - today).days
    return ngettext("{n} day left", "{n} days left", n).format(n=n)


def state_words(state: State) -> str:
    """How something stands, in a word or two."""
    return {
        "planned": _("not begun"), "doing": _("under way"), "done": _("is done"), "postponed": _("put off"),
        "cancelled": _("called off"), "late": _("late"), "blocked": _("must wait"),
    }[state]  # fmt: skip


def goal_words(goal: Goal) -> str:
    """The duties of a goal, and a weight that is not the usual one."""
    duties = _(", ").join(map(printable, goal.duties))
    if goal.weight == 1:
        return duties
    return f"{duties}  " + _("weight {n}").format(n=f"{goal.weight:g}")


def part_state(status: str, whole: State) -> State:
    """The state of a part: its status, unless the `whole` of it is late or must wait, and the part is open."""
    if (whole == "late" and status not in CLOSED) or (whole == "blocked" and status == PLANNED):
        return whole
    return cast(State, status)


def missing_words(branches: Sequence[str], plan: Plan, few: int = 3) -> str:
    """Who has not done it yet: 缺 机电、护理分工会; of more than `few` only how many."""
    known = plan.branch_by_id
    names = [printable(known[b].name) if b in known else printable(b) for b in branches]
    if len(names) > few:
        text = ngettext("{n} sub-union", "{n} sub-unions", len(names)).format(n=len(names))
    elif len(names) > 1 and all(name.endswith(_UNION) for name in names):
        text = _(", ").join(name.removesuffix(_UNION) for name in names) + _UNION
    else:
        text = _(", ").join(names)
    return _("missing {branches}").format(branches=text)


def waits_words(waits_for: Sequence[Task]) -> str:
    """What must come before: 等 一会一品申报; of several the first, and how many more."""
    first = printable(waits_for[0].title)
    if len(waits_for) == 1:
        return _("after {title}").format(title=first)
    return _("after {title} and {n} more").format(title=first, n=len(waits_for) - 1)


def key_name(key: str) -> str:
    """What a key of the plan's file is called on the board: 定在 for `on`."""
    return {
        "title": _("title"), "when": _("time"), "on": _("decided"), "goals": _("goals"), "for": _("sub-unions"),
        "needs": _("comes after"), "times": _("how often"), "place": _("place"), "lead": _("lead"), "tags": _("tags"),
        "note": _("remark"), "links": _("link"), "remind": _("reminders"), "private": _("private"),
        "expect": _("expected"),
    }.get(key) or printable(key)  # fmt: skip


def reminder_words(reminder: str) -> str:
    """How long before: 7d, 2h."""
    number, unit = reminder[:-1], reminder[-1:]
    texts = {"d": _("{n} days before"), "h": _("{n} hours before")}
    return texts[unit].format(n=number) if unit in texts and number.isdigit() else printable(reminder)


def progress_words(board: Board, task: Task) -> str:
    """How many parts of a task are closed, 3/8; "" where it has one part only."""
    parts = count(task, board.statuses, [o.key for o in board.occurrences(task)])
    return f"{parts.closed}/{parts.all}" if parts.all > 1 else ""


def current(board: Board, task: Task, key: str | None = None) -> Occurrence | None:
    """The occurrence with that key, else the one that matters now: late, of today, next, last."""
    known = board.occurrences(task)
    for occurrence in known:
        if occurrence.key == key:
            return occurrence
    still_open = [o for o in known if board.statuses.occurrence(task, o.key) not in CLOSED]
    for occurrence in still_open:
        if not occurrence.days or occurrence.days.end >= board.today or board.state(task, occurrence) == "late":
            return occurrence
    return (still_open or known or (None,))[-1]


def local(entry: Entry, plan: Plan) -> datetime:
    """When an entry was made, by the clock of the plan."""
    return entry.instant.astimezone(ZoneInfo(plan.timezone))


def recorded_words(entry: Entry, plan: Plan, year: int) -> str:
    """Who recorded something, and on which day: 王芳 3月20日."""
    return f"{printable(entry.author)} {day_words(local(entry, plan).date(), year)}".strip()


def last_recorded(board: Board, task: Task, *, only_done: bool = False) -> Entry | None:
    """The latest of the entries that gave a task its status; None for what is planned."""
    told = (
        board.statuses.entry(task, occurrence.key, branch)
        for occurrence in board.occurrences(task)
        for branch in task.branches or ("",)
    )
    entries = (e for e in told if e is not None and (not only_done or e.data.get("status") == DONE))
    return max(entries, key=lambda entry: entry.order, default=None)
