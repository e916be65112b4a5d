"""`planner graph`: the chains of the real plan, and the forms of the output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def test_both_chains_of_the_real_plan(planner: Run) -> None:
    chains = [[t["id"] for t in chain] for chain in json.loads(planner("-p", SPRING, "--json", "graph").out)["chains"]]
    assert ["brand-apply", "brand-review"] in chains
    assert ["reelection-prepare", "reelection-continue", "reelection"] in chains


def test_the_page_names_the_latest_day_to_start(planner: Run) -> None:
    page = planner("-p", SPRING, "graph", "reelection").out
    assert "一会一品" not in page
    assert "最晚 04-28 开始" in page  # the last working day of April 2023; 29 and 30 are the May holiday
    assert "机动 19 个工作日" in page


def test_a_task_is_found_by_part_of_its_title_or_initials(planner: Run) -> None:
    by_title = planner("-p", SPRING, "graph", "特色项目申报").out
    assert "brand-review" in by_title
    assert planner("-p", SPRING, "graph", "tsxmsb").out == by_title


def test_several_candidates_are_listed(planner: Run) -> None:
    found = planner("-p", SPRING, "graph", "换届")
    assert found.code == 2
    assert "reelection-prepare" in found.err
    assert "reelection-continue" in found.err


def test_every_need_is_told_with_its_lag(planner: Run, write: Write) -> None:
    plan = write(
        """
        [[tasks]]
        id = "a"
        title = "甲"
        when = "三月"
        [[tasks]]
        id = "b"
        title = "乙"
        when = "三月"
        private = true
        [[tasks]]
        id = "c"
        title = "丙"
        when = "四月"
        needs = ["a", { task = "b", lag = "1w" }]
        """
    )
    page = planner("-p", plan, "graph").out
    assert "前置：a、b + 7 天" in page
    assert "乙（内部）" in page
    assert "乙" not in planner("-p", plan, "graph", "--format", "mermaid").out
    assert "乙" not in planner("-p", plan, "graph", "--format", "dot").out


def test_a_cycle_is_shown_and_does_not_hang(planner: Run, write: Write) -> None:
    plan = write(
        """
        [[tasks]]
        id = "a"
        title = "甲"
        needs = ["b"]
        [[tasks]]
        id = "b"
        title = "乙"
        needs = ["a"]
        """
    )
    assert "在循环中" in planner("-p", plan, "graph").out
    assert json.loads(planner("-p", plan, "--json", "graph").out)["cycles"] == [["a", "b"]]


def test_drawings_quote_what_titles_hold(planner: Run, write: Write) -> None:
    plan = write(
        """
        [[tasks]]
        id = "a"
        title = 'x"]; click a "https://evil"'
        [[tasks]]
        id = "b"
        title = "乙"
        needs = ["a"]
        """
    )
    mermaid = planner("-p", plan, "graph", "--format", "mermaid").out
    assert "  t0 --> t1" in mermaid
    assert '"]; click' not in mermaid
    dot = planner("-p", plan, "graph", "--format", "dot").out
    assert '\\"]; click' in dot
    assert "  t0 -> t1;" in dot
