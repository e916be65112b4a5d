"""What an election's settings have against the rules and the customs: warnings, never refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from planner.api import DONE, Diagnostic, Severity, _, ngettext, printable
from planner_progress.election import CHARTER, TERM_LAW, Schedule, end_of_term, topical
from planner_progress.election_settings import Election, election_of

if TYPE_CHECKING:
    from planner.api import Plan, Snapshot

CUSTOM = "惯例"
"""What stands in for a source where there is none."""


class Warned(NamedTuple):
    """Something that is not as it should be."""

    kind: str
    """What it is, for programs."""
    text: str
    source: str
    """The rule, or that it is a convention; "" where the values contradict each other."""
    path: tuple[str, ...]
    """Where it stands in the table."""


def check_election(plan: Plan) -> Iterator[Diagnostic]:
    """P608 where a term of office ends and the plan does nothing about it, P609 for each odd value."""
    election = election_of(plan)
    if election is None:
        return
    for found in warnings(election, plan):
        place = plan.text.value("election", *found.path)
        hint = _("Source: {source}").format(source=found.source) if found.source else None
        yield Diagnostic("P609", Severity.WARNING, found.text, place, hint)
    if election.last is None:
        return
    ends = election.extended or end_of_term(election.last, election.years)
    if ends <= plan.term.end and not topical(plan) and not any(step.task for step in election.steps.values()):
        message = _("The committee's term of office ends on {day}, and no task of the plan is about the election.")
        hint = _("Add a task with 换届 in its title or tags; `planner election` shows what is to be done by when.")
        yield Diagnostic("P608", Severity.WARNING, message.format(day=ends), plan.text.value("election", "last"), hint)


def warnings(election: Election, plan: Plan) -> Iterator[Warned]:
    """All that is odd about the settings, whatever day it is."""
    yield from _dates(election)
    yield from _numbers(election)
    for name, settings in election.steps.items():
        if settings.task and settings.task not in plan.task_by_id:
            text = _("There is no task “{words}”.").format(words=printable(settings.task))
            yield Warned("task", text, "", ("steps", name, "task"))


def timely_warnings(found: Schedule, snapshot: Snapshot) -> Iterator[Warned]:
    """What the day has to do with: a term that is over, as long as the congress is not known to be."""
    end, today = found.election.extended or found.ends, snapshot.today
    if end >= today or found.assembly.status(snapshot) == DONE:
        return
    n = (today - end).days
    text = ngettext(
        "The term of office has been over for {n} day; an election after it needs the approval of the union above.",
        "The term of office has been over for {n} days; an election after it needs the approval of the union above.",
        n,
    )
    yield Warned("over", text.format(n=n), CHARTER, ("last",))


def _dates(election: Election) -> Iterator[Warned]:
    for key in election.wrong:
        yield Warned("date", _("This date does not exist."), "", (key,))
    if election.years not in (3, 5):
        text = _("A term of office of {n} years is unusual: it is three or five.").format(n=election.years)
        yield Warned("years", text, TERM_LAW, ("years",))
    if election.last is None:
        return
    ends = end_of_term(election.last, election.years)
    if election.extended and election.extended <= ends:
        text = _("An extension to {day} is none: the term of office lasts until {ends}.")
        yield Warned("extended", text.format(day=election.extended, ends=ends), "", ("extended",))
    planned, limit = election.planned, max(election.extended or ends, ends)
    if planned and planned <= election.last:
        text = _("The congress cannot be on {day}, before the last election.").format(day=planned)
        yield Warned("planned", text, "", ("planned",))
    elif planned and planned > limit:
        text = _(
            "The congress on {day} comes after the term of office, which ends on {ends}: the union above must approve."
        )
        yield Warned("late", text.format(day=planned, ends=limit), CHARTER, ("planned",))


def _numbers(election: Election) -> Iterator[Warned]:
    members, delegates = election.members, election.delegates
    if delegates is not None:
        if members is not None and delegates > members:
            text = _("There cannot be more delegates ({n}) than members ({all}).").format(n=delegates, all=members)
            yield Warned("delegates", text, "", ("delegates",))
        elif members is not None and members < election.meeting_below:
            text = _("With fewer than {n} members all of them meet, without delegates.").format(
                n=election.meeting_below
            )
            yield Warned("meeting", text, CUSTOM, ("delegates",))
        elif delegates < election.delegates_least:
            text = _("{n} delegates are few: at least {least} are usual.")
            yield Warned("delegates", text.format(n=delegates, least=election.delegates_least), CUSTOM, ("delegates",))
    seats, candidates = election.seats, election.candidates
    if seats is not None and candidates is not None:
        if candidates < seats:
            text = _("There are fewer candidates ({n}) than seats ({all}).").format(n=candidates, all=seats)
            yield Warned("candidates", text, "", ("candidates",))
        elif (candidates - seats) * 100 < election.margin * seats:
            text = _("{n} candidates for {all} seats are {percent} more; at least {least}% is usual.")
            text = text.format(n=candidates, all=seats, percent=margin_text(seats, candidates), least=election.margin)
            yield Warned("margin", text, CUSTOM, ("candidates",))


def margin_text(seats: int, candidates: int) -> str:
    """By how many percent of the seats there are more candidates, to one decimal, half up: 14.3%."""
    tenths = ((candidates - seats) * 2000 + seats) // (2 * seats)
    return f"{tenths // 10}.{tenths % 10}%"
