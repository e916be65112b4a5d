"""A whole term of ticks on the real plan, and what the program says of each fortnight: all numbers are worked by hand.

The arithmetic below knows nothing of the program. Tasks and the last days of their windows, by goal:

rights      8: prepare 04-30, continue 05-31, appraisal and election 06-30, and 4 without a date
ethics     15: inspection, influential and documents 02-28, speech 03-31, ten and ethics documents 04-30, may day and
               caring 05-31, forum 06-30, summer 08-31, and 5 without a date
care       13: farewell 02-28, women 03-31, charity 04-30, health 05-31, farewell 06-30, summer 08-31, and 7 without
activities  9: womens day, trip, women, brand-apply (8 branches) and speech 03-31, volleyball and talk 05-31,
               brand-review (8 branches) 06-30, staff-home 08-31
self       13: plan 02-28, assessment and prepare 04-30, continue 05-31, election, summary and website 06-30, 6 without
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from fractions import Fraction as Of
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from planner.api import Day, Session, plan_as_of
from planner_progress.figures import Progress
from planner_progress.history import history
from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]

ACTS = [
    ("2023-02-10", "done term-plan"),
    ("2023-02-24", "done farewell-2022-autumn"),
    ("2023-02-24", "done ethics-inspection"),
    ("2023-03-03", "done influential-teachers"),
    ("2023-03-03", "start school-documents-study"),
    ("2023-03-08", "done womens-day"),
    ("2023-03-14", "done brand-apply --branch branch-01 --branch branch-02 --branch branch-03"),
    ("2023-03-17", "done staff-home-women"),  # serves two goals
    ("2023-03-28", "done brand-apply --branch branch-04 --branch branch-05"),
    ("2023-03-28", "cancel brand-apply --branch branch-06"),
    ("2023-04-04", "cancel day-trip"),
    ("2023-04-06", "done ethics-speech"),  # late, and serves two goals
    ("2023-04-11", "done charity-day"),
    ("2023-04-14", "undo"),  # that was a mistake
    ("2023-04-18", "done reelection-prepare"),
    ("2023-04-20", "add 五月 五四青年座谈会 id=youth-forum goals=ethics"),
    ("2023-04-25", "postpone double-ten-teachers"),
    ("2023-05-08", "done ethics-documents-study"),
    ("2023-05-09", "postpone double-ten-teachers --to 六月"),
    ("2023-05-12", "edit goal:rights weight=2"),
    ("2023-05-18", "done health-check"),
    ("2023-05-18", "done air-volleyball"),
    ("2023-05-22", "done youth-forum"),
    ("2023-05-22", "done may-day-honours"),
    ("2023-05-30", "done reelection-continue"),
    ("2023-05-30", "done brand-apply --branch branch-07 --branch branch-08"),
    ("2023-06-05", "done charity-day"),
    ("2023-06-12", "done brand-review --branch branch-01 --branch branch-02"),
    ("2023-06-15", "done double-ten-teachers"),
    ("2023-06-20", "done democratic-appraisal"),
    ("2023-06-20", "done reelection"),
    ("2023-06-28", "done term-summary"),
    ("2023-06-28", "done website-check"),
    ("2023-06-28", "done farewell-2023-spring"),
    ("2023-06-28", "cancel brand-review --branch branch-06"),
    ("2023-06-28", "done brand-review"),
    ("2023-06-28", "done five-visits"),
    ("2023-06-28", "done open-school-affairs"),
    ("2023-07-03", "done caring-for-students"),
    ("2023-07-03", "done young-teachers-forum"),
    ("2023-07-31", "start summer-training"),
    ("2023-08-25", "done summer-training"),
    ("2023-08-25", "done staff-home"),
]


class At(NamedTuple):
    """What must be said of a day. For each goal: tasks done, due and late, and the exact shares done and expected."""

    day: str
    plan: tuple[int, int, int, int]
    """All tasks, and those done, due and late."""
    rights: tuple[int, int, int, Of, Of]
    ethics: tuple[int, int, int, Of, Of]
    care: tuple[int, int, int, Of, Of]
    activities: tuple[int, int, int, Of, Of]
    self: tuple[int, int, int, Of, Of]
    weight_of_rights: int = 1
    """All other goals have the weight 1."""


NOTHING = Of(0)
TERM = [
    At(
        "2023-02-01", (52, 0, 0, 0),
        (0, 0, 0, NOTHING, NOTHING), (0, 0, 0, NOTHING, NOTHING), (0, 0, 0, NOTHING, NOTHING),
        (0, 0, 0, NOTHING, NOTHING), (0, 0, 0, NOTHING, NOTHING),
    ),
    At(
        "2023-02-15", (52, 1, 0, 0),  # the plan itself
        (0, 0, 0, NOTHING, NOTHING), (0, 0, 0, NOTHING, NOTHING), (0, 0, 0, NOTHING, NOTHING),
        (0, 0, 0, NOTHING, NOTHING), (1, 0, 0, Of(1, 13), NOTHING),
    ),
    At(
        "2023-03-01", (52, 3, 5, 2),  # February is over: influential and documents are late
        (0, 0, 0, NOTHING, NOTHING), (1, 3, 2, Of(1, 15), Of(3, 15)), (1, 1, 0, Of(1, 13), Of(1, 13)),
        (0, 0, 0, NOTHING, NOTHING), (1, 1, 0, Of(1, 13), Of(1, 13)),
    ),
    At(
        "2023-03-15", (52, 5, 5, 1),  # documents are begun only; 3 of 8 branches have applied
        (0, 0, 0, NOTHING, NOTHING), (2, 3, 1, Of(2, 15), Of(3, 15)), (1, 1, 0, Of(1, 13), Of(1, 13)),
        (1, 0, 0, (1 + Of(3, 8)) / 9, NOTHING), (1, 1, 0, Of(1, 13), Of(1, 13)),
    ),
    At(
        "2023-03-29", (52, 6, 5, 1),  # 5 of 7 branches: one need not
        (0, 0, 0, NOTHING, NOTHING), (2, 3, 1, Of(2, 15), Of(3, 15)), (2, 1, 0, Of(2, 13), Of(1, 13)),
        (2, 0, 0, (1 + 1 + Of(5, 7)) / 9, NOTHING), (1, 1, 0, Of(1, 13), Of(1, 13)),
    ),
    At(
        "2023-04-12", (51, 8, 9, 2),  # March is over, the trip was called off; charity is still thought done
        (0, 0, 0, NOTHING, NOTHING), (3, 4, 1, Of(3, 15), Of(4, 15)), (3, 2, 0, Of(3, 13), Of(2, 13)),
        (3, 4, 1, (3 + Of(5, 7)) / 8, Of(4, 8)), (1, 1, 0, Of(1, 13), Of(1, 13)),
    ),
    At(
        "2023-04-26", (52, 8, 9, 2),  # charity is not done after all, but preparing is; there is one task more
        (1, 0, 0, Of(1, 8), NOTHING), (3, 4, 1, Of(3, 16), Of(4, 16)), (2, 2, 0, Of(2, 13), Of(2, 13)),
        (3, 4, 1, (3 + Of(5, 7)) / 8, Of(4, 8)), (2, 1, 0, Of(2, 13), Of(1, 13)),
    ),
    At(
        "2023-05-10", (52, 9, 13, 4),  # April is over: charity and assessment are late; ten has moved to June
        (1, 1, 0, Of(1, 8), Of(1, 8)), (4, 5, 1, Of(4, 16), Of(5, 16)), (2, 3, 1, Of(2, 13), Of(3, 13)),
        (3, 4, 1, (3 + Of(5, 7)) / 8, Of(4, 8)), (2, 3, 1, Of(2, 13), Of(3, 13)),
    ),
    At(
        "2023-05-24", (52, 13, 13, 4),  # four more, all of May
        (1, 1, 0, Of(1, 8), Of(1, 8)), (6, 5, 1, Of(6, 16), Of(5, 16)), (3, 3, 1, Of(3, 13), Of(3, 13)),
        (4, 4, 1, (4 + Of(5, 7)) / 8, Of(4, 8)), (2, 3, 1, Of(2, 13), Of(3, 13)), weight_of_rights=2,
    ),
    At(
        "2023-06-07", (52, 16, 20, 4),  # May is over; all 7 branches have applied
        (2, 2, 0, Of(2, 8), Of(2, 8)), (6, 8, 2, Of(6, 16), Of(8, 16)), (4, 4, 0, Of(4, 13), Of(4, 13)),
        (5, 6, 1, Of(5, 8), Of(6, 8)), (3, 4, 1, Of(3, 13), Of(4, 13)), weight_of_rights=2,
    ),
    At(
        "2023-06-21", (52, 19, 20, 4),  # 2 of 8 branches are reviewed
        (4, 2, 0, Of(4, 8), Of(2, 8)), (7, 8, 2, Of(7, 16), Of(8, 16)), (4, 4, 0, Of(4, 13), Of(4, 13)),
        (5, 6, 1, (5 + Of(2, 8)) / 8, Of(6, 8)), (4, 4, 1, Of(4, 13), Of(4, 13)), weight_of_rights=2,
    ),
    At(
        "2023-07-05", (52, 27, 28, 3),  # June is over; documents, assessment and talk are late, two undated ones done
        (5, 4, 0, Of(5, 8), Of(4, 8)), (9, 10, 1, Of(9, 16), Of(10, 16)), (6, 5, 0, Of(6, 13), Of(5, 13)),
        (6, 7, 1, Of(6, 8), Of(7, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
    At(
        "2023-07-19", (52, 27, 28, 3),
        (5, 4, 0, Of(5, 8), Of(4, 8)), (9, 10, 1, Of(9, 16), Of(10, 16)), (6, 5, 0, Of(6, 13), Of(5, 13)),
        (6, 7, 1, Of(6, 8), Of(7, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
    At(
        "2023-08-02", (52, 27, 28, 3),  # summer is begun, which is no part of it
        (5, 4, 0, Of(5, 8), Of(4, 8)), (9, 10, 1, Of(9, 16), Of(10, 16)), (6, 5, 0, Of(6, 13), Of(5, 13)),
        (6, 7, 1, Of(6, 8), Of(7, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
    At(
        "2023-08-16", (52, 27, 28, 3),
        (5, 4, 0, Of(5, 8), Of(4, 8)), (9, 10, 1, Of(9, 16), Of(10, 16)), (6, 5, 0, Of(6, 13), Of(5, 13)),
        (6, 7, 1, Of(6, 8), Of(7, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
    At(
        "2023-08-30", (52, 29, 28, 3),  # summer and staff-home are done before their last day
        (5, 4, 0, Of(5, 8), Of(4, 8)), (10, 10, 1, Of(10, 16), Of(10, 16)), (7, 5, 0, Of(7, 13), Of(5, 13)),
        (7, 7, 1, Of(7, 8), Of(7, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
    At(
        "2023-08-31", (52, 29, 28, 3),  # the last day still belongs to the window
        (5, 4, 0, Of(5, 8), Of(4, 8)), (10, 10, 1, Of(10, 16), Of(10, 16)), (7, 5, 0, Of(7, 13), Of(5, 13)),
        (7, 7, 1, Of(7, 8), Of(7, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
    At(
        "2023-09-01", (52, 29, 30, 3),  # the term is over
        (5, 4, 0, Of(5, 8), Of(4, 8)), (10, 11, 1, Of(10, 16), Of(11, 16)), (7, 6, 0, Of(7, 13), Of(6, 13)),
        (7, 8, 1, Of(7, 8), Of(8, 8)), (6, 7, 1, Of(6, 13), Of(7, 13)), weight_of_rights=2,
    ),
]  # fmt: skip
GOALS = ("rights", "ethics", "care", "activities", "self")


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan after all that."""
    from planner.cli import run

    path = Path(shutil.copy(SPRING, tmp_path_factory.mktemp("term")))
    for day, words in ACTS:
        assert run(["-p", str(path), "--today", day, *words.split()]) == 0, words
    return path


def told(planner: Run, path: Path, day: str, *more: str) -> Any:
    """What the program says, long afterwards, of that day."""
    outcome = planner("-p", path, "--today", "2023-12-31", "--json", "progress", "--as-of", day, *more)
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def one_decimal(share: Of) -> float:
    """Half up, and neither end before it is reached; none of the shares here comes near one."""
    return float(Of(int(share * 1000 + Of(1, 2)), 10))


def weighted(at: At, which: int) -> Of:
    shares = [getattr(at, goal)[which] for goal in GOALS]
    return Of(at.weight_of_rights * shares[0] + sum(shares[1:])) / (at.weight_of_rights + 4)


@pytest.mark.parametrize("at", TERM, ids=lambda at: at.day)
def test_each_fortnight_is_as_it_was_then(at: At, term: Path, planner: Run) -> None:
    found = told(planner, term, at.day)
    assert tuple(found["plan"][key] for key in ("all", "done", "due", "late")) == at.plan
    goals = {goal["id"]: goal for goal in found["goals"]}
    for name in GOALS:
        done, due, late, share, expected = getattr(at, name)
        goal = goals[name]
        assert (goal["done"], goal["due"], goal["late"]) == (done, due, late), name
        assert (goal["percent"], goal["expected"]) == (one_decimal(share), one_decimal(expected)), name
    assert found["plan"]["weighted"] == one_decimal(weighted(at, 3))
    assert found["plan"]["weighted_expected"] == one_decimal(weighted(at, 4))
    assert found["notes"] == []


def snapshot_at(path: Path, day: str) -> tuple[Session, Progress]:
    session = Session(print, {})
    session.plan_path = str(path)
    session.today_asked = Day().convert("2023-12-31", None, None)
    snapshot, _notes = plan_as_of(session, session.snapshot(), Day().convert(day, None, None))
    return session, Progress(snapshot)


@pytest.mark.parametrize("at", TERM, ids=lambda at: at.day)
def test_the_numbers_behind_the_percentages_are_exact(at: At, term: Path) -> None:
    session, found = snapshot_at(term, at.day)
    shares = {each.goal.id: each.figures.shares for each in found.goals if each.goal}
    session.close()
    assert {name: shares[name][:2] for name in GOALS} == {name: getattr(at, name)[3:] for name in GOALS}
    assert found.whole.weighted[:2] == (weighted(at, 3), weighted(at, 4))


def test_duties_count_the_tasks_of_their_goals_once(term: Path) -> None:
    session, found = snapshot_at(term, "2023-06-07")
    duties = {each.name: each.figures for each in found.duties}
    session.close()
    # 16 tasks of ethics and 8 of activities, the speech is in both; 6 and 5 are done, and the speech is one of each.
    assert duties["教育"].counts == (16 + 8 - 1, 6 + 5 - 1, 8 + 6 - 1, 2 + 1)
    assert duties["教育"].shares.done == Of(10, 23)
    # 8 tasks of rights alone.
    assert duties["参与"].shares[:2] == (Of(2, 8), Of(2, 8))
    # 8 of rights and 13 of care, none in both.
    assert duties["维护"].shares[:2] == (Of(2 + 4, 8 + 13), Of(2 + 4, 8 + 13))
    # 8 weighs twice as much as each of the others.
    assert duties["维护"].weighted.done == (2 * Of(2, 8) + Of(4, 13)) / 3


def test_each_branch_has_its_own_part_of_the_fan_outs(term: Path, planner: Run) -> None:
    branches = {branch["id"]: branch for branch in told(planner, term, "2023-04-12")["branches"]}
    keys = ("all", "done", "due", "late", "percent", "expected", "state")
    assert [branches["branch-01"][key] for key in keys] == [2, 1, 1, 0, 50.0, 50.0, "on_track"]
    assert [branches["branch-06"][key] for key in keys] == [1, 0, 0, 0, 0.0, 0.0, "not_started"]  # it need not apply
    assert [branches["branch-07"][key] for key in keys] == [2, 0, 1, 1, 0.0, 50.0, "late"]


def test_who_is_behind_on_what_all_must_do(term: Path, planner: Run) -> None:
    behind = told(planner, term, "2023-04-12")["coverage"]["fan_outs"]
    everybody = [f"branch-0{n}" for n in range(1, 9)]
    assert [(each["task"], each["overdue"], each["open"]) for each in behind] == [
        ("brand-apply", ["branch-07", "branch-08"], ["branch-07", "branch-08"]),
        ("brand-review", [], everybody),
    ]
    assert told(planner, term, "2023-09-01")["coverage"]["fan_outs"] == []


def test_work_that_stands_only_in_the_prose_is_named_until_somebody_begins_it(term: Path, planner: Run) -> None:
    before, after = (told(planner, term, day)["coverage"]["untouched"] for day in ("2023-06-27", "2023-06-28"))
    assert len(before) == 4 + 5 + 7 + 6  # the tasks without a date of rights, ethics, care and self
    assert set(before) - set(after) == {"five-visits", "open-school-affairs"}


def test_states_say_why(term: Path, planner: Run) -> None:
    goals = {goal["id"]: goal for goal in told(planner, term, "2023-04-12")["goals"]}
    assert {name: goals[name]["state"] for name in GOALS} == {
        "rights": "not_started", "ethics": "late", "care": "on_track", "activities": "late", "self": "on_track",
    }  # fmt: skip
    assert [(t["task"], t["ended"], t["open"], t["parts"]) for t in goals["activities"]["overdue"]] == [
        ("brand-apply", "2023-03-31", 2, 7)
    ]
    assert goals["rights"]["next"][0] == {
        "task": "reelection-prepare", "title": "筹备教代会换届和工会换届", "by": "2023-04-30",
    }  # fmt: skip


def test_the_history_passes_through_what_was_so_on_each_day(term: Path, planner: Run) -> None:
    found = told(planner, term, "2023-09-01", "--history", "month")["history"]
    days = ["2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30", "2023-07-31", "2023-08-31"]
    assert [point["day"] for point in found["points"]] == [*days, "2023-09-01"]
    # At the end of April 7 are done that stay done, and reelection-prepare; the last day of April is not over.
    assert [tuple(point[key] for key in ("all", "done", "due", "late")) for point in found["points"][:3]] == [
        (52, 3, 0, 0), (52, 6, 5, 1), (52, 8, 9, 2),
    ]  # fmt: skip
    assert found["points"][-1]["weighted"] == one_decimal(weighted(TERM[-1], 3))


@pytest.mark.parametrize("every", ["week", "fortnight", "month"])
def test_every_point_of_the_history_is_what_that_day_alone_gives(every: Any, term: Path) -> None:
    session, last = snapshot_at(term, "2023-09-01")
    points = history(session, last.snapshot, every)
    for point in points[:: 3 if every == "week" else 1]:
        alone = Progress(plan_as_of(session, session.snapshot(), point.day)[0]).whole
        assert point.figures._replace(tasks=()) == alone._replace(tasks=()), point.day
    session.close()
