"""Words that choose tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.api import DOING, DONE, mark
from planner_board.board import Board
from planner_board.finding.filter import Filter
from planner_board.finding.initials import found_in, has_initials
from tests.plugins.planner_board.pilot import open_session


def _found(plan: Path, words: str) -> list[str]:
    return [task.id for task in Filter.parse(words).tasks(Board(open_session(plan).snapshot()))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["plan", "brand", "review", "study", "hostile", "end"]),
        ("一会一品", ["brand", "review"]),
        ("一会一品 评比", ["review"]),
        ("yhyp", ["brand", "review"]),
        ("YHYP", ["brand", "review"]),
        ("jdhhj", ["end"]),
        ("一会一品 -评比", ["brand"]),
        ("一会一品 －评比", ["brand"]),
        ("#文体", []),
        ("#self", ["plan"]),
        ("＃zsjs", ["plan"]),
        ("@机电", ["brand"]),
        ("@jd", ["brand"]),
        ("＠b2", ["brand"]),
        ("@全部", ["brand"]),
        ("@工会 五月", ["review", "study"]),
        ("三月", ["plan"]),
        ("3月", ["plan"]),
        ("6月份", ["study", "end"]),
        ("2023-06", ["study", "end"]),
        ("本月", ["brand", "hostile"]),
        ("下月", ["review", "study"]),
        ("逾期", ["plan"]),
        ("受阻", ["review"]),
        ("未完成 四月", ["brand", "hostile"]),
        ("十三月", []),
        ("[red]x[/]", ["hostile"]),
        ("[a-z", []),
        ("-", ["plan", "brand", "review", "study", "hostile", "end"]),
        ("没有这样的任务", []),
    ],
)
def test_words_choose_tasks(plan: Path, words: str, found: list[str]) -> None:
    assert _found(plan, words) == found


def test_states_are_known_by_their_names(plan: Path) -> None:
    session = open_session(plan)
    snapshot = session.snapshot()
    for name, status in (("end", DONE), ("study", DOING)):
        mark(session, snapshot, snapshot.plan.task_by_id[name], status)
    assert _found(plan, "已完成") == _found(plan, "完成") == _found(plan, "done") == ["end"]
    assert _found(plan, "进行中") == ["study"]
    assert "end" not in _found(plan, "未完成")


def test_a_sign_with_several_readings_goes_by_each() -> None:
    assert has_initials("重阳节慰问", "cyjww")
    assert has_initials("重阳节慰问", "zyj")
    assert has_initials("教职工（代表）大会", "jzgdb"), "brackets are passed over"
    assert not has_initials("教代会", "jhd")
    assert found_in("PPT 培训", "ppt")


def test_the_phrases_of_the_pinyin_library_stay_on_the_disk() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from planner_board.finding.initials import found_in; assert found_in('教代会', 'jdh');"
        " print(*sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pypinyin.phrases_dict" not in out.split()
