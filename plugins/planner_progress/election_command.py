"""`planner election`: what is to be done by when until the union's committee is elected anew (换届)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.api import PlanError, UsageError, _, echo, echo_json, terminal_width
from planner_progress.election import days_until, is_of_members, schedule
from planner_progress.election_rules import margin_text, timely_warnings, warnings
from planner_progress.election_settings import election_of
from planner_progress.election_text import election_lines, missing_table

if TYPE_CHECKING:
    from planner.api import Session, Snapshot
    from planner_progress.election import Planned, Schedule


@click.command(
    "election",
    help=_(
        "Count down to the election of the union's committee (换届): its steps, the latest days for each, who does it, "
        "and which task of the plan it is. The plan's table [election] says when the last election was."
    ),
)
@click.pass_obj
def election(session: Session) -> None:
    """Print the steps."""
    snapshot = session.snapshot()
    settings = election_of(snapshot.plan)
    if settings is None:
        hint = _("Write into it: [election], below it last = YEAR-MONTH-DAY of the last election, and years = 5.")
        raise UsageError(missing_table(snapshot.plan), hint)
    found = schedule(settings, snapshot.plan)
    if found is None:
        raise PlanError(_("The day of the last election does not exist."), _("Correct last under [election]."))
    if session.json:
        echo_json(_as_json(found, snapshot))
    else:
        echo(*election_lines(found, snapshot, terminal_width()))


def _as_json(found: Schedule, snapshot: Snapshot) -> dict[str, Any]:
    election = found.election
    all_meet = is_of_members(election)
    seats, candidates = election.seats, election.candidates
    return {
        "today": str(snapshot.today),
        "last": str(election.last),
        "years": election.years,
        "ends": str(found.ends),
        "extended": str(election.extended) if election.extended else None,
        "planned": str(election.planned) if election.planned else None,
        "congress": str(found.congress),
        "form": None if all_meet is None else "members" if all_meet else "delegates",
        "members": election.members,
        "delegates": election.delegates,
        "seats": seats,
        "candidates": candidates,
        "margin": margin_text(seats, candidates) if seats and candidates and candidates >= seats else None,
        "steps": [_step_json(step, snapshot) for step in found.steps],
        "unmatched": [task.id for task in found.unmatched],
        "warnings": [
            {"kind": one.kind, "text": one.text, "source": one.source or None}
            for one in (*timely_warnings(found, snapshot), *warnings(election, snapshot.plan))
        ],
    }


def _step_json(step: Planned, snapshot: Snapshot) -> dict[str, Any]:
    match = step.match
    return {
        "step": step.step.name,
        "title": step.step.title,
        "window": [str(step.window.start), str(step.window.end)],
        "days": step.days,
        "convention": step.is_convention,
        "provisional": step.is_provisional,
        "days_left": days_until(step.window.end, snapshot.today),
        "state": step.status(snapshot),
        "who": step.who,
        "remark": step.step.remark,
        "source": step.step.source or None,
        "task": match.task.id if match else None,
        "matched": None if match is None else "set" if match.is_set else "title",
        "planned_late": step.is_planned_late,
    }
