"""A fan-out that becomes a chain: each sub-union goes its own way step by step, and a table says who is how far."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.api import (
    GoalMeasure,
    Quantity,
    Session,
    Snapshot,
    TaskGraph,
    _,
    cell_width,
    ngettext,
    quantity_text,
)
from planner.journal.entry import STATUS, new_entry
from planner.journal.history import History
from planner.journal.store import MemoryStore
from planner_progress.chain_text import chain_lines
from planner_progress.chains import find_chains, places
from planner_progress.league import League, make_league, money_totals
from planner_progress.panes import chains as pane
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

BRANCHES = """
[[branches]]
id = "a"
name = "甲分工会"
[[branches]]
id = "b"
name = "乙分工会"
[[branches]]
id = "c"
name = "丙分工会"
[[branches]]
id = "d"
name = "丁分工会"
"""
BRAND = """
[[tasks]]
id = "apply"
title = "“一会一品”申报"
when = "三月"
for = "branches"

[[tasks]]
id = "approve"
title = "“一会一品”立项"
when = "2023-04-03/2023-04-14"
for = "branches"
needs = ["apply"]

[[tasks]]
id = "review"
title = "“一会一品”评比"
when = "六月"
for = "branches"
needs = ["approve"]
"""


class Office:
    """A union office and its plan."""

    def __init__(self, planner: Run, write: Write) -> None:
        self._planner, self._write = planner, write
        self.plans(BRAND)

    def plans(self, tasks: str) -> None:
        self.plan = self._write(BRANCHES + tasks)

    def runs(self, day: str, *arguments: str) -> Outcome:
        return self._planner("-p", self.plan, "--today", day, *arguments)

    def ticks(self, day: str, status: str, task: str, *branches: str) -> Outcome:
        named = [part for branch in branches for part in ("--branch", branch)]
        outcome = self.runs(day, status, task, *named)
        assert outcome.code == 0, outcome.err
        return outcome

    def chains(self, day: str, *arguments: str) -> Any:
        outcome = self.runs(day, "--json", "chain", *arguments)
        assert outcome.code == 0, outcome.err
        return json.loads(outcome.out)["chains"]

    def chain(self, day: str) -> Any:
        (chain,) = self.chains(day)
        return chain

    def of(self, branch: str, day: str) -> Any:
        return next(one for one in self.chain(day)["branches"] if one["branch"] == branch)

    def snapshot(
        self, day: str, measures: Iterable[GoalMeasure] = (), done: Iterable[tuple[str, str]] = ()
    ) -> Snapshot:
        """The plan on a day, with what ledgers would count."""
        session = Session(print, {})
        session.plan_path = str(self.plan)
        plan = session.load().plan
        assert plan is not None
        noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=4)
        entries = [new_entry(noon, "x", plan.id, STATUS, {"status": "done"}, task=t, branch=b) for t, b in done]
        answers = {"planner_goal_measures": tuple(measures)}
        return Snapshot(
            plan,
            TaskGraph(plan.tasks),
            date.fromisoformat(day),
            noon,
            History(MemoryStore(entries), plan.id),
            lambda hook, snapshot: answers.get(hook, ()),
        )

    def league(self, day: str, *measures: GoalMeasure, done: Iterable[tuple[str, str]] = ()) -> League:
        snapshot = self.snapshot(day, measures, done)
        (chain,) = find_chains(snapshot.plan, snapshot.graph)
        return make_league(chain, snapshot)


@pytest.fixture
def office(planner: Run, write: Write) -> Office:
    return Office(planner, write)


def fan_out(id_: str, needs: str = "", branches: str = '"branches"') -> str:
    return f'\n[[tasks]]\nid = "{id_}"\ntitle = "{id_}"\nwhen = "三月"\nfor = {branches}\nneeds = [{needs}]\n'


def test_fan_outs_that_need_each_other_are_one_chain_in_order(office: Office) -> None:
    chain = office.chain("2023-03-01")
    assert [step["task"] for step in chain["steps"]] == ["apply", "approve", "review"]
    assert [step["needs"] for step in chain["steps"]] == [[], ["apply"], ["approve"]]
    assert [step["window"] for step in chain["steps"]][1] == ["2023-04-03", "2023-04-14"]


def test_what_the_office_does_joins_nothing_nor_do_steps_of_different_sub_unions(office: Office) -> None:
    between = '\n[[tasks]]\nid = "jury"\ntitle = "评审会"\nwhen = "四月"\nneeds = ["one"]\n'
    office.plans(fan_out("one") + between + fan_out("two", '"jury"'))
    assert office.chains("2023-03-01") == []
    office.plans(fan_out("one", branches='["a", "b"]') + fan_out("two", '"one"', '["c"]') + fan_out("three"))
    assert office.chains("2023-03-01") == []


def test_a_way_that_parts_is_one_chain_and_two_ways_are_two(office: Office) -> None:
    parted = fan_out("one") + fan_out("two", '"one"') + fan_out("three", '"one"')
    office.plans(parted + fan_out("other") + fan_out("last", '"other"'))
    chains = office.chains("2023-03-01")
    assert [[step["task"] for step in chain["steps"]] for chain in chains] == [
        ["one", "two", "three"],
        ["other", "last"],
    ]
    (only,) = office.chains("2023-03-01", "last")
    assert [step["task"] for step in only["steps"]] == ["other", "last"]


def test_a_sub_union_goes_on_when_its_own_step_is_done_whatever_others_do(office: Office) -> None:
    office.ticks("2023-03-10", "done", "apply", "a")
    ahead, behind = office.of("a", "2023-04-05"), office.of("b", "2023-04-05")
    assert (ahead["at"], ahead["next"], ahead["state"]) == ("apply", "approve", "open")
    assert ahead["steps"][1]["waits_for"] == []
    assert (behind["at"], behind["next"], behind["state"]) == (None, "apply", "late")
    assert behind["steps"][1]["waits_for"] == ["apply"]


def test_what_the_office_must_do_first_holds_everybody_up(office: Office) -> None:
    jury = '\n[[tasks]]\nid = "jury"\ntitle = "评审会"\nwhen = "四月"\n'
    office.plans(jury + fan_out("one") + fan_out("two", '"one", "jury"'))
    office.ticks("2023-03-10", "done", "one", "a")
    assert (office.of("a", "2023-03-11")["state"], office.of("b", "2023-03-11")["state"]) == ("waiting", "open")
    assert office.of("a", "2023-03-11")["steps"][1]["waits_for"] == ["jury"]


def test_each_step_says_since_when_how_late_and_whether_in_time(office: Office) -> None:
    office.ticks("2023-03-31", "done", "apply", "a")
    office.ticks("2023-04-01", "done", "apply", "b")
    office.ticks("2023-04-04", "start", "approve", "b")
    first, second = office.of("a", "2023-04-15"), office.of("b", "2023-04-15")
    assert first["steps"][0] == {
        "task": "apply", "status": "done", "since": "2023-03-31", "last": "2023-03-31", "late": False, "in_time": True,
        "out_of_order": False, "waits_for": [],
    }  # fmt: skip
    assert [cell["in_time"] for cell in second["steps"]] == [False, None, None]
    assert [cell["late"] for cell in second["steps"]] == [False, True, False]
    assert (second["at"], second["steps"][1]["since"]) == ("approve", "2023-04-04")
    assert [office.of("c", day)["steps"][0]["late"] for day in ("2023-03-31", "2023-04-01")] == [False, True]


def test_equal_ones_have_the_same_rank(office: Office) -> None:
    office.ticks("2023-03-10", "done", "apply", "c")
    office.ticks("2023-03-12", "done", "approve", "c")
    office.ticks("2023-03-11", "done", "apply", "d")
    office.ticks("2023-03-30", "done", "apply", "a")
    office.ticks("2023-04-02", "done", "apply", "b")  # a day late: after those in time
    ranks = [(one["rank"], one["branch"]) for one in office.chain("2023-04-02")["branches"]]
    assert ranks == [(1, "c"), (2, "a"), (2, "d"), (4, "b")]


def test_a_step_before_the_one_that_it_needs_is_told_in_the_table_and_by_the_tick(office: Office) -> None:
    ticked = office.ticks("2023-03-10", "done", "approve", "a")
    assert "“一会一品”申报" in ticked.err
    cells = office.of("a", "2023-03-10")["steps"]
    assert [cell["out_of_order"] for cell in cells] == [False, True, False]
    said = _("out of order: {step} before {needs}")
    told = said.format(step=_("step {n}").format(n=2), needs=_("step {n}").format(n=1))
    assert told.replace(" ", "") in "".join(office.runs("2023-03-10", "chain").out.split())
    office.ticks("2023-03-11", "done", "apply", "a")
    assert not any(cell["out_of_order"] for cell in office.of("a", "2023-03-11")["steps"])


def test_who_was_spared_a_step_is_not_missing_and_what_was_put_off_is_not_late(office: Office) -> None:
    office.ticks("2023-03-10", "cancel", "apply", "a")
    office.ticks("2023-03-10", "cancel", "approve", "a")
    office.ticks("2023-03-10", "cancel", "review", "a")
    office.ticks("2023-03-10", "postpone", "apply", "b")
    chain = office.chain("2023-04-10")
    assert (chain["steps"][0]["all"], chain["steps"][0]["missing"]) == (3, ["b", "c", "d"])
    spared, put_off = office.of("a", "2023-04-10"), office.of("b", "2023-04-10")
    assert (spared["state"], spared["all"], spared["next"]) == ("cancelled", 0, None)
    assert (put_off["steps"][0]["status"], put_off["steps"][0]["late"]) == ("postponed", False)
    assert office.of("c", "2023-04-10")["steps"][0]["late"]


def test_all_steps_done_is_done(office: Office) -> None:
    for task in ("apply", "approve", "review"):
        office.ticks("2023-03-20", "done", task, "a")
    found = office.of("a", "2023-07-01")
    assert (found["state"], found["done"], found["in_time"], found["next"]) == ("done", 3, 3, None)
    assert _("all done") in office.runs("2023-07-01", "chain").out


def test_who_is_missing_is_a_text_for_a_chat(office: Office) -> None:
    office.ticks("2023-03-10", "done", "apply", "a", "c")
    assert office.runs("2023-02-10", "chain", "--missing").out.strip() == _(
        "Nobody is missing at the steps that have begun."
    )
    (line,) = office.runs("2023-03-20", "chain", "--missing").out.splitlines()
    names = _(", ").join(["乙分工会", "丁分工会"])
    assert line == _("{title} (by {day}): still missing are {names} ({n}).").format(
        title="“一会一品”申报", day="3月31日", names=names, n=2
    )
    lines = office.runs("2023-04-10", "chain", "--missing").out.splitlines()
    assert lines[0] == _("{title} (it ended on {day}): still missing are {names} ({n}).").format(
        title="“一会一品”申报", day="3月31日", names=names, n=2
    )
    assert len(lines) == 2  # the third step has not begun
    told = json.loads(office.runs("2023-04-10", "--json", "chain", "--missing").out)
    assert told == [
        {"task": "apply", "last": "2023-03-31", "missing": ["b", "d"]},
        {"task": "approve", "last": "2023-04-14", "missing": ["a", "b", "c", "d"]},
    ]


def test_all_who_are_missing_are_named_however_many(office: Office) -> None:
    many = "".join(f'\n[[branches]]\nid = "z{n}"\nname = "第{n}分工会"\n' for n in range(20))
    office.plans(many + BRAND)
    line = office.runs("2023-03-20", "chain", "--missing").out
    assert all(f"第{n}分工会" in line for n in range(20))


def test_what_is_private_is_in_no_text_for_a_chat(office: Office) -> None:
    office.plans(BRAND.replace('title = "“一会一品”申报"', 'title = "“一会一品”申报"\nprivate = true'))
    outcome = office.runs("2023-04-10", "chain", "--missing")
    assert "申报" not in outcome.out
    assert "立项" in outcome.out
    assert "1" in outcome.err


def test_where_only_private_steps_are_open_nothing_is_told_and_nothing_false(office: Office) -> None:
    office.plans(BRAND.replace('title = "“一会一品”申报"', 'title = "“一会一品”申报"\nprivate = true'))
    outcome = office.runs("2023-03-20", "chain", "--missing")
    assert outcome.out == ""
    assert ngettext("{n} private step is left out.", "{n} private steps are left out.", 1).format(n=1) in outcome.err
    assert json.loads(office.runs("2023-03-20", "--json", "chain", "--missing").out) == []
    office.ticks("2023-03-20", "done", "apply")
    outcome = office.runs("2023-03-20", "chain", "--missing")
    assert (outcome.out.strip(), outcome.err) == (_("Nobody is missing at the steps that have begun."), "")


def test_what_was_put_off_has_no_day_and_what_was_missed_counts_from_its_own(office: Office) -> None:
    """Two windows: March was missed, May is to come. Late by ten days, and not by minus fifty."""
    office.plans(fan_out("one").replace('when = "三月"', 'when = "3月、5月"') + fan_out("two", '"one"'))
    days = ngettext("{step}, {n} day late", "{step}, {n} days late", 10)
    assert days.format(step=_("step {n}").format(n=1), n=10) in office.runs("2023-04-10", "chain").out
    office.ticks("2023-04-01", "postpone", "one", "a")
    found = office.of("a", "2023-04-10")
    assert (found["steps"][0]["last"], found["steps"][0]["late"]) == (None, False)
    assert _("{step}, put off").format(step=_("step {n}").format(n=1)) in office.runs("2023-04-10", "chain").out


def test_who_has_done_nothing_has_no_rank_and_steps_without_days_are_not_in_time(office: Office) -> None:
    office.plans(fan_out("one").replace('when = "三月"\n', "") + fan_out("two", '"one"').replace('when = "三月"\n', ""))
    office.ticks("2023-03-10", "done", "one", "a")
    rows = [
        line.split()[:4]
        for line in office.runs("2024-03-10", "chain").out.splitlines()
        if "0/2" in line or "1/2" in line
    ]
    assert rows == [["1", "甲分工会", "1/2", "—"], *(["—", f"{name}分工会", "0/2", "—"] for name in "乙丙丁")]
    assert "2023-03-10" in office.runs("2024-03-10", "chain").out  # another year than today's is named


def test_a_plan_without_chains_and_a_task_of_none_say_so(office: Office) -> None:
    office.plans(fan_out("one") + fan_out("two"))
    outcome = office.runs("2023-03-01", "chain")
    assert (outcome.code, outcome.out.strip()) == (
        0, _("The plan has no chain: no two tasks that each sub-union does are joined by needs."),
    )  # fmt: skip
    assert office.runs("2023-03-01", "chain", "--missing").out == outcome.out
    refused = office.runs("2023-03-01", "chain", "one")
    assert (refused.code, refused.out) == (2, "")
    assert _("“{title}” is no step of a chain.").format(title="one") in refused.err
    assert office.runs("2023-03-01", "chain", "nowhere").code == 2


def test_a_circle_of_needs_is_the_plans_mistake_and_no_crash(office: Office) -> None:
    office.plans(fan_out("one", '"two"') + fan_out("two", '"one"'))
    (chain,) = office.chains("2023-03-01")
    assert {step["task"] for step in chain["steps"]} == {"one", "two"}


# What the ledgers count


def measure(name: str, number: str, unit: str, branch: str, task: str = "apply", source: str = "r1") -> GoalMeasure:
    return GoalMeasure(name, name, Quantity(Decimal(number), unit), task=task, branch=branch, source=source)


def test_scores_are_compared_and_never_added(office: Office) -> None:
    league = office.league(
        "2023-03-20",
        measure("projects.score", "88.5", "分", "a", source="r1"),
        measure("projects.score", "92", "分", "b", source="r2"),
        measure("projects.score", "70", "分", "b", source="r3"),
    )
    assert [(s.rank, s.place.branch, s.score) for s in league.standings] == [
        (1, "b", Decimal(92)), (2, "a", Decimal("88.5")), (3, "c", None), (3, "d", None),
    ]  # fmt: skip
    (column,) = league.columns
    assert column.totals == []
    assert list(map(quantity_text, column.values["b"])) == ["92分", "70分"]


def test_steps_count_more_than_scores(office: Office) -> None:
    league = office.league("2023-03-20", measure("p.score", "99", "分", "a"), done=[("apply", "d")])
    assert [s.place.branch for s in league.standings] == ["d", "a", "b", "c"]


def test_unlike_units_have_totals_of_their_own(office: Office) -> None:
    league = office.league(
        "2023-03-20",
        measure("activities.number", "3", "项", "a"),
        measure("activities.number", "2", "项", "b", source="r2"),
        measure("activities.number", "40", "人", "b", source="r3", task="review"),
    )
    (column,) = league.columns
    assert list(map(quantity_text, column.totals)) == ["5项", "40人"]
    assert list(map(quantity_text, column.values["b"])) == ["2项", "40人"]


def test_each_project_has_its_budget_and_says_what_is_over(office: Office) -> None:
    league = office.league(
        "2023-03-20",
        measure("projects.budget", "5000", "元", "a", source="r1"),
        measure("projects.spent", "5600.50", "元", "a", source="r1"),
        measure("projects.budget", "3000", "元", "b", source="r2"),
        measure("projects.spent", "2999.90", "元", "b", source="r2"),
        measure("projects.budget", "1000", "元", "b", source="r3"),
    )
    assert league.columns == ()
    found = [(p.branch, p.nth, quantity_text(p.left) if p.left else None, p.is_over) for p in league.projects]
    assert found == [("a", 0, "-600.50元", True), ("b", 1, "0.10元", False), ("b", 2, None, False)]
    totals = [quantity_text(total) for total in money_totals(league.projects) if total]
    assert totals == ["9000元", "8600.40元", "600.50元"]
    text = "\n".join(chain_lines(league, office.snapshot("2023-03-20"), 80))
    assert _("{amount} over").format(amount="600.50元") in text


def test_what_belongs_to_no_sub_union_of_the_chain_is_left_out_and_told(office: Office) -> None:
    strange = measure("p.number", "7", "项", ""), measure("p.number", "9", "项", "nobody")
    elsewhere = measure("p.number", "5", "项", "a", task="other")
    league = office.league("2023-03-20", measure("p.number", "1", "项", "a"), *strange, elsewhere)
    assert league.left_out == 2
    assert list(map(quantity_text, league.columns[0].totals)) == ["1项"]


# How it looks


LONG = """
[[branches]]
id = "long"
name = "机电与信息工程及现代农业技术联合分工会\\u001b[31m"
"""


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(office: Office, width: int) -> None:
    titles = BRAND.replace("“一会一品”评比", "“一会一品”" + "特色项目" * 12 + "评比")
    office.plan = office._write(LONG + BRANCHES + titles)
    names = [f"ledger{n}.count" for n in range(9)]
    counted = [measure(name, "12345", "项", "long", source=name) for name in names]
    league = office.league("2023-04-10", *counted, done=[("approve", "long")])
    lines = list(chain_lines(league, office.snapshot("2023-04-10", counted, [("approve", "long")]), width))
    assert max(map(cell_width, lines)) <= width
    assert not any("\x1b" in line for line in lines)
    assert all(any(name in line for line in lines) for name in names)
    assert sum(line.count("12345项") for line in lines) == 2 * len(names)  # the sub-union and the total


def test_the_pane_leads_to_the_next_step_and_is_empty_without_chains(office: Office) -> None:
    lines = list(pane(office.snapshot("2023-04-10", done=[("apply", "b")])))
    of_each = [(line.text[:4], line.task) for line in lines if line.text.startswith(("1. 乙", "甲", "丙", "丁"))]
    assert of_each == [("1. 乙", "approve"), ("甲分工会", "apply"), ("丙分工会", "apply"), ("丁分工会", "apply")]
    assert next(line.role for line in lines if line.task == "apply") == "warning"
    office.plans(fan_out("one"))
    assert list(pane(office.snapshot("2023-04-10"))) == []


def test_a_look_back_shows_the_chain_as_it_was(office: Office) -> None:
    snapshot = office.snapshot("2023-04-05", done=[("apply", "a")])
    (chain,) = find_chains(snapshot.plan, snapshot.graph)
    before = snapshot.as_of(date(2023, 4, 4))
    assert [place.done for place in places(chain, snapshot)] == [1, 0, 0, 0]
    assert [place.done for place in places(chain, before)] == [0, 0, 0, 0]
