"""`planner show`, on the real plan and on hostile ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.text import cell_width
from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def headings(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.endswith("项）")]


def test_the_real_plan_month_by_month(planner: Run) -> None:
    shown = planner("-p", SPRING, "show")
    assert shown.code == 0
    assert shown.err == ""
    assert headings(shown.out)[:6] == [
        "二月（5 项）",
        "三月（5 项）",
        "四月（5 项）",
        "五月（6 项）",
        "六月（7 项）",
        "七、八月（1 项）",
    ]
    assert shown.out.index("七、八月") < shown.out.index("无日期（")


def test_json_has_the_documented_keys_and_no_day(planner: Run) -> None:
    data = json.loads(planner("--json", "-p", SPRING, "show").out)
    assert data["plan"] == {
        "id": "2023-spring-k3f9",
        "title": "2022—2023 学年第二学期工会工作计划",
        "organization": "常州市高级职业技术学校工会",
        "term": {"start": "2023-02-01", "end": "2023-08-31"},
    }
    assert {"goals", "branches", "tasks"} <= data.keys()
    keys = {"id", "title", "when", "windows", "precision", "on", "goals", "for", "needs", "status", "branches", "slots"}
    assert all(keys <= task.keys() for task in data["tasks"])
    brand = next(task for task in data["tasks"] if task["id"] == "brand-apply")
    assert brand["windows"] == [["2023-03-01", "2023-03-31"]]
    assert brand["precision"] == "month"
    assert len(brand["branches"]) == len(data["branches"]) == 8
    for task in data["tasks"]:
        assert task["on"] == []
        assert all(start != end for start, end in task["windows"]), task


def test_json_may_be_asked_for_before_or_after_the_command(planner: Run) -> None:
    assert planner("show", "--json", "-p", SPRING).out == planner("-p", SPRING, "--json", "show").out


def test_filters_may_be_combined(planner: Run) -> None:
    march = planner("-p", SPRING, "show", "--month", "3").out
    assert headings(march)[0] == "三月（5 项）"
    assert "二月（" not in march
    brand = json.loads(planner("-p", SPRING, "show", "--json", "--branch", "branch-03", "--goal", "activities").out)
    assert brand["tasks"]
    assert all("branch-03" in task["for"] and "activities" in task["goals"] for task in brand["tasks"])


def test_an_unknown_filter_is_told_with_a_suggestion(planner: Run) -> None:
    shown = planner("-p", SPRING, "show", "--goal", "activites")
    assert shown.code == 2
    assert "是不是想写 activities" in shown.err


def test_a_sub_union_may_be_named_in_words(planner: Run) -> None:
    assert (
        planner("-p", SPRING, "show", "--branch", "第三").out
        == planner("-p", SPRING, "show", "--branch", "branch-03").out
    )
    several = planner("-p", SPRING, "show", "--branch", "分工会")
    assert several.code == 2
    assert "branch-01 第一分工会" in several.err
    assert planner("-p", SPRING, "show", "--goal", "送温暖").code == 0


def test_a_heading_over_the_new_year(planner: Run, write: Write) -> None:
    plan = write(
        '[[tasks]]\nid = "a"\ntitle = "甲"\nwhen = "12月至次年1月"\n',
        head='id = "x"\ntitle = "t"\norganization = "o"\n[term]\nstart = 2023-09-01\nend = 2024-01-31\n',
    )
    assert headings(planner("-p", plan, "show").out) == ["十二月、2024年一月（1 项）"]


def test_a_long_title_says_that_it_is_cut(planner: Run, write: Write) -> None:
    plan = write(f'[[tasks]]\nid = "a"\ntitle = "{"长" * 300}"\nwhen = "三月"\n')
    assert planner("-p", plan, "show").out.rstrip().endswith("长…")


def test_a_heading_month_of_the_next_year_names_the_year(planner: Run, write: Write) -> None:
    plan = write(
        '[[tasks]]\nid = "a"\ntitle = "甲"\nwhen = "一月"\n',
        head='id = "x"\ntitle = "t"\norganization = "o"\n[term]\nstart = 2023-09-01\nend = 2024-01-31\n',
    )
    assert headings(planner("-p", plan, "show").out) == ["2024年一月（1 项）"]


def test_a_task_in_two_months_stands_under_both(planner: Run, write: Write) -> None:
    plan = write('[[tasks]]\nid = "a"\ntitle = "健身月"\nwhen = "3月、5月"\n')
    assert headings(planner("-p", plan, "show").out) == ["三月（1 项）", "五月（1 项）"]


HOSTILE = {
    "formula": "=cmd|'/c calc'!A0",
    "escape": "\\u001b[2J\\u001b]0;x\\u0007",
    "markup": "[red]x[/]",
    "lines": "a\\r\\nATTENDEE:x",
    "path": "../../x",
    "long": "长" * 300,
    "emoji": "👩‍👩‍👧‍👦🎉 庆祝",
    "bidi": "\\u202eabc\\u2066",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", ["show", "agenda", "graph", "check", ""])
def test_hostile_titles_only_appear(planner: Run, write: Write, name: str, command: str) -> None:
    title = HOSTILE[name]
    plan = write(
        f"""
        [[branches]]
        id = "b"
        name = "{title}"
        [[goals]]
        id = "g"
        title = "{title}"
        [[tasks]]
        id = "a"
        title = "{title}"
        when = "三月"
        for = ["b"]
        [[tasks]]
        id = "c"
        title = "{title}"
        when = "四月"
        needs = ["a"]
        """
    )
    shown = planner("-p", plan, "--today", "2023-03-05", *filter(None, [command]))
    assert shown.code == 0, shown.err
    for text in (shown.out, shown.err):
        assert not set(text) & set("\x1b\x07\r\u202e\u2066")
        assert not [line for line in text.splitlines() if line.startswith("ATTENDEE")]
    if name == "markup" and command == "show":
        assert "[red]x[/]" in shown.out


def test_nothing_is_wider_than_the_terminal(planner: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        for command in (["show"], ["agenda"], ["graph"], []):
            shown = planner("-p", SPRING, "--today", "2023-04-10", *command)
            assert shown.code == 0
            assert max(map(cell_width, shown.out.splitlines())) <= columns
