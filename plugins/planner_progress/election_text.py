"""The countdown to an election in words: for a terminal, and for a pane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from planner.api import (
    CANCELLED,
    DONE,
    PaneLine,
    _,
    cell_width,
    full_day,
    hanging,
    ngettext,
    pad,
    printable,
    status_name,
    wrap,
)
from planner_progress.election import CHARTER, END_LAW, TERM_LAW, days_until, is_of_members
from planner_progress.election_rules import CUSTOM, margin_text, timely_warnings, warnings

if TYPE_CHECKING:
    from planner.api import Plan, Role, Snapshot, Window
    from planner_progress.election import Planned, Schedule

_MARGIN = 2
_NOTHING = "—"


def election_lines(found: Schedule, snapshot: Snapshot, width: int) -> Iterator[str]:
    """The whole countdown, in lines of at most `width` cells."""
    yield from hanging(_facts(found, snapshot), width)
    yield from _marked(_said(found, snapshot), width)
    yield ""
    head, *rows = _rows(found, snapshot)
    yield from hanging([head], width)
    for row, step in zip(rows, found.steps, strict=True):
        yield from hanging([row], width)
        yield from hanging([("  ", _details(step))], width)
    yield from _marked(_unmatched(found), width)
    yield from ("", *wrap(_about_customs(), width - _MARGIN))


def _marked(notes: Iterable[str], width: int) -> Iterator[str]:
    """What a person must know, below a blank line; nothing where there is nothing."""
    for n, note in enumerate(notes):
        yield from ([] if n else [""])
        yield from hanging([("!", note)], width)


def pane_lines(found: Schedule, snapshot: Snapshot) -> Iterator[PaneLine]:
    """The same in short."""
    yield PaneLine(_("Countdown to the next election"), "heading")
    for name, text in _facts(found, snapshot):
        yield PaneLine(f"{name}  {text}")
    yield from (PaneLine(note, "warning") for note in _said(found, snapshot))
    yield PaneLine("")
    _head, *rows = _rows(found, snapshot)
    for row, step in zip(rows, found.steps, strict=True):
        yield PaneLine("  ".join(row), _role(step, found, snapshot), step.match.task.id if step.match else "")
    yield from (PaneLine(note, "warning") for note in _unmatched(found))


def _facts(found: Schedule, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """When the term of office ends, and who elects."""
    election, today = found.election, snapshot.today
    assert election.last is not None
    yield _("Today"), full_day(today)
    years = ngettext("{n} year", "{n} years", election.years).format(n=election.years)
    yield _("Last election"), _("{day}, for {years} ({source})").format(day=election.last, years=years, source=TERM_LAW)
    ends = f"{full_day(found.ends)}  {left_text(found.ends, today)}"
    yield _("Term of office ends"), _("{text} (counted by {source})").format(text=ends, source=END_LAW)
    if election.extended:
        text = f"{full_day(election.extended)}  {left_text(election.extended, today)}"
        yield _("Extended to"), _("{text} (needs approval, {source})").format(text=text, source=CHARTER)
    label = _("Congress planned") if election.planned else _("Congress at the latest")
    yield label, f"{full_day(found.congress)}  {_left(found.assembly, found, snapshot)}"
    yield _("Who elects"), _electors(found)
    if election.seats is not None and election.candidates is not None and election.candidates >= election.seats:
        text = _("{seats} seats, {candidates} candidates, {percent} more")
        percent = margin_text(election.seats, election.candidates)
        yield _("Candidates"), text.format(seats=election.seats, candidates=election.candidates, percent=percent)


def _electors(found: Schedule) -> str:
    election = found.election
    form = {
        True: _("all members"),
        False: _("delegates of the members"),
        None: _("all members or their delegates: the plan does not say how many members there are"),
    }[is_of_members(election)]
    parts = [form]
    if election.members is not None:
        parts.append(_("{n} members").format(n=election.members))
    if election.delegates is not None:
        parts.append(_("{n} delegates").format(n=election.delegates))
    elif election.members is not None:
        parts.append(_("fewer than {n} members all meet ({custom})").format(n=election.meeting_below, custom=CUSTOM))
    return _(", ").join(parts)


def _rows(found: Schedule, snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    """A row for each step, below one with headings: number and title, days, days left, task.

    All but the last column are as wide as in the widest row.
    """
    rows = [(_("Step"), _("At the latest"), _("Time left"), _("Task of the plan"))]
    for n, step in enumerate(found.steps, 1):
        title, days = f"{n} {step.step.title}", days_text(step.window)
        rows.append((title, days, _left(step, found, snapshot), _task_text(step, snapshot)))
    widths = [max(cell_width(row[n]) for row in rows) for n in range(3)]
    for row in rows:
        yield (*(pad(cell, width) for cell, width in zip(row, widths, strict=False)), row[-1])


def _details(step: Planned) -> str:
    """Who does a step, how long it takes, and what asks for it; what is only a convention says so."""
    days = ngettext("{n} working day", "{n} working days", step.days).format(n=step.days)
    parts = [printable(step.who)]
    if step.days > 1 or step.step.name != "congress":
        parts.append(f"{days}（{CUSTOM}）" if step.is_convention else days)
    if step.is_provisional:
        parts.append(_("provisional: the holidays are not announced yet"))
    parts.append(f"{step.step.remark}（{step.step.source or CUSTOM}）")
    return "  ".join(parts)


def _task_text(step: Planned, snapshot: Snapshot) -> str:
    """Which task of the plan does a step, and how it stands."""
    if step.match is None:
        return _("the plan has no task for it")
    task = step.match.task
    parts = [status_name(snapshot.statuses.task(task)), "" if step.match.is_set else _("by its title only")]
    return _("{title} ({extra})").format(title=printable(task.title), extra=_(", ").join(filter(None, parts)))


def _left(step: Planned, found: Schedule, snapshot: Snapshot) -> str:
    status = step.status(snapshot)
    if status in (DONE, CANCELLED):
        return status_name(status)
    if _is_behind(step, found, snapshot):
        return _NOTHING
    return left_text(step.window.end, snapshot.today)


def left_text(day: date, today: date) -> str:
    """How far a day is away: 12 days left."""
    n = days_until(day, today)
    if n == 0:
        return _("today")
    if n < 0:
        return ngettext("{n} day over", "{n} days over", -n).format(n=-n)
    return ngettext("{n} day left", "{n} days left", n).format(n=n)


def days_text(window: Window) -> str:
    """2023-03-20…03-24: the year is said again only where it is another."""
    start, end = window
    if start == end:
        return str(start)
    return f"{start}…{end:%m-%d}" if start.year == end.year else f"{start}…{end}"


def _said(found: Schedule, snapshot: Snapshot) -> Iterator[str]:
    """What is odd: the term is over, the values, a task planned too late; and what to do once it is all done."""
    for warned in (*timely_warnings(found, snapshot), *warnings(found.election, snapshot.plan)):
        yield f"{warned.text}（{warned.source}）" if warned.source else warned.text
    yield from late_tasks(found)
    if found.assembly.status(snapshot) == DONE:
        yield _("The election is done. Write its day as last under [election], and the next countdown begins.")


def late_tasks(found: Schedule) -> Iterator[str]:
    """Tasks that begin only when their step should be over."""
    for step in found.steps:
        if step.match and step.is_planned_late:
            span = step.match.task.span
            assert span is not None
            text = _("“{title}” begins on {day}, but “{step}” should be over on {end}.")
            title = printable(step.match.task.title)
            yield text.format(title=title, day=span.start, step=step.step.title, end=step.window.end)


def _unmatched(found: Schedule) -> Iterator[str]:
    """Tasks about the election that no step is known to be: a person must say."""
    if found.unmatched:
        tasks = _(", ").join(f"{task.id} {printable(task.title)}" for task in found.unmatched)
        text = _(
            "Tasks about the election that belong to no step: {tasks}. Say which: [election.steps.{step}] task = …"
        )
        name = next((step.step.name for step in found.steps if step.match is None), "congress")
        yield text.format(tasks=tasks, step=name)


def _about_customs() -> str:
    text = _(
        "Numbers of days marked {custom} stand in no rule and differ from place to place: ask the union above. "
        "They can be set: [election.steps.notice] days = 7."
    )
    return text.format(custom=CUSTOM)


def _is_behind(step: Planned, found: Schedule, snapshot: Snapshot) -> bool:
    """Whether nobody waits for a step any more: no task of the plan is it, and the election is done."""
    is_before = step.window.end < found.assembly.window.start
    return is_before and step.match is None and found.assembly.status(snapshot) == DONE


def _role(step: Planned, found: Schedule, snapshot: Snapshot) -> Role:
    if _is_behind(step, found, snapshot):
        return "muted"
    roles: dict[str, Role] = {DONE: "good", CANCELLED: "muted", "overdue": "bad", "due": "warning"}
    return roles.get(step.status(snapshot), "")


def missing_table(plan: Plan) -> str:
    """What to write into a plan that says nothing of the election."""
    return _("{plan} says nothing about an election: it has no table [election].").format(plan=printable(plan.title))
