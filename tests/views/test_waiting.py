"""What a task waits for: a sub-union for its own earlier step, everybody for what the office does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[branches]]
    id = "a"
    name = "甲分工会"
    [[branches]]
    id = "b"
    name = "乙分工会"
    [[branches]]
    id = "c"
    name = "丙分工会"

    [[tasks]]
    id = "apply"
    title = "特色项目申报"
    when = "三月"
    for = "branches"

    [[tasks]]
    id = "jury"
    title = "评审会"
    when = "三月"

    [[tasks]]
    id = "review"
    title = "特色项目评比"
    when = "五月"
    for = "branches"
    needs = ["apply"]

    [[tasks]]
    id = "praise"
    title = "表彰大会"
    when = "五月"
    needs = ["review"]

    [[tasks]]
    id = "show"
    title = "成果展示"
    when = "五月"
    for = ["a", "b"]
    needs = ["jury", "apply"]

    [[tasks]]
    id = "report"
    title = "丙的汇报"
    when = "五月"
    for = ["c"]
    needs = ["show"]
"""
LISTS = ("overdue", "due", "running", "coming", "blocked", "postponed")


class Office:
    """A plan with steps of sub-unions, on one day in May."""

    def __init__(self, planner: Run, write: Write) -> None:
        self._planner, self._plan = planner, write(PLAN)

    def does(self, *arguments: str) -> Outcome:
        found = self._planner("-p", self._plan, "--today", "2023-05-20", *arguments)
        assert found.code == 0, found.err
        return found

    def data(self, *arguments: str) -> Any:
        return json.loads(self.does("--json", *arguments).out)

    def where(self, *branch: str) -> dict[str, str]:
        """By task the list of the agenda that it is in."""
        found = self.data("agenda", *branch)
        return {entry["task"]: name for name in LISTS for entry in found[name]}

    def entry(self, task: str, *branch: str) -> Any:
        found = self.data("agenda", *branch)
        return next(entry for name in LISTS for entry in found[name] if entry["task"] == task)


@pytest.fixture
def office(planner: Run, write: Write) -> Office:
    return Office(planner, write)


def test_a_step_is_due_as_soon_as_one_sub_union_has_done_its_own_earlier_one(office: Office) -> None:
    assert office.where()["review"] == "blocked"
    assert (office.entry("review")["waits_for"], office.entry("review")["ready"]) == (["apply"], [])
    office.does("done", "apply", "--branch", "甲")
    assert office.where()["review"] == "due"
    found = office.entry("review")
    assert (found["waits_for"], found["missing"], found["ready"]) == ([], ["a", "b", "c"], ["a"])


def test_a_step_waits_again_when_all_who_could_go_on_have_done_it(office: Office) -> None:
    office.does("done", "apply", "--branch", "甲")
    office.does("done", "review", "--branch", "甲")
    assert office.where()["review"] == "blocked"
    assert office.entry("review")["missing"] == ["b", "c"]


def test_a_sub_union_that_was_let_off_the_earlier_step_can_go_on(office: Office) -> None:
    office.does("cancel", "apply", "--branch", "乙")
    assert office.entry("review")["ready"] == ["b"]


def test_the_agenda_of_a_sub_union_is_about_its_own_part(office: Office) -> None:
    office.does("done", "apply", "--branch", "甲")
    ours, theirs = office.where("--branch", "甲"), office.where("--branch", "乙")
    assert ours == {"review": "due", "show": "blocked"}
    assert theirs == {"apply": "overdue", "review": "blocked", "show": "blocked"}
    assert office.entry("show", "--branch", "甲")["waits_for"] == ["jury"]
    assert office.entry("show", "--branch", "乙")["waits_for"] == ["jury", "apply"]
    assert office.entry("review", "--branch", "乙")["missing"] == ["b"]


def test_what_a_sub_union_alone_put_off_is_put_off_in_its_agenda_alone(office: Office) -> None:
    office.does("postpone", "apply", "--branch", "乙")
    assert office.where("--branch", "乙")["apply"] == "postponed"
    assert office.where("--branch", "甲")["apply"] == "overdue"


def test_what_the_office_does_holds_everybody_up_and_waits_for_everybody(office: Office) -> None:
    office.does("done", "apply", "--branch", "甲")
    office.does("done", "review", "--branch", "甲")
    assert (office.where()["show"], office.where()["praise"]) == ("blocked", "blocked")
    assert office.entry("show")["waits_for"] == ["jury", "apply"]
    office.does("done", "jury")
    assert (office.where()["show"], office.entry("show")["ready"]) == ("due", ["a"])
    assert office.where()["praise"] == "blocked"


def test_a_step_of_other_sub_unions_must_be_done_as_a_whole(office: Office) -> None:
    office.does("done", "show", "--branch", "甲")
    assert office.entry("report", "--branch", "丙")["waits_for"] == ["show"]
    office.does("done", "show", "--branch", "乙")
    assert office.entry("report", "--branch", "丙")["waits_for"] == []


def test_every_view_of_the_plan_agrees_on_who_waits(office: Office) -> None:
    def blocked() -> tuple[bool, bool, bool]:
        shown = {task["id"]: task for task in office.data("show")["tasks"]}
        nodes = {node["id"]: node for chain in office.data("graph")["chains"] for node in chain}
        listed = {task["id"] for task in office.data("show", "--status", "blocked")["tasks"]}
        return shown["review"]["blocked"], not nodes["review"]["ready"], "review" in listed

    assert blocked() == (True, True, True)
    office.does("done", "apply", "--branch", "甲")
    assert blocked() == (False, False, False)
    of_b = office.data("show", "--status", "blocked", "--branch", "乙")["tasks"]
    assert "review" in {task["id"] for task in of_b}
    of_a = office.data("show", "--status", "blocked", "--branch", "甲")["tasks"]
    assert "review" not in {task["id"] for task in of_a}
    office.does("done", "review", "--branch", "甲")
    assert blocked() == (True, True, True), "all who are left wait"


def test_ticking_out_of_order_names_only_what_these_sub_unions_wait_for(office: Office) -> None:
    office.does("done", "apply", "--branch", "甲")
    ours, theirs = office.does("done", "review", "--branch", "甲"), office.does("done", "review", "--branch", "乙")
    assert "特色项目申报" not in ours.out + ours.err
    assert "特色项目申报" in theirs.out + theirs.err


def test_the_page_says_who_can_go_on_where_others_cannot(office: Office) -> None:
    def line() -> str:
        page = office.does("agenda").out.replace("\n", "")
        return page[page.index("特色项目评比") :].split("05-01")[0]

    assert "特色项目申报" in line()
    office.does("done", "apply", "--branch", "甲")
    assert "甲分工会" in line()
    assert "特色项目申报" not in line()
    office.does("done", "apply", "--branch", "乙", "--branch", "丙")
    assert "甲分工会" not in line(), "everybody can: nobody need be named"
