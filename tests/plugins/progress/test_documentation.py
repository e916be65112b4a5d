"""The example that docs/progress.md works by hand is what the program says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, Outcome


def test_the_example_of_the_page_is_true(planner: Callable[..., Outcome], tmp_path: Path) -> None:
    page = (ROOT / "docs" / "progress.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "plan.toml"
    path.write_text(next(text for kind, text in blocks if kind == "toml"), encoding="utf-8")
    acts = next(text for kind, text in blocks if kind == "sh" and " done " in text)
    for line in acts.splitlines():
        assert planner("-p", path, *line.split()[1:]).code == 0
    outcome = planner("-p", path, "--today", "2023-05-10", "--json", "progress")
    plan, rights, care = (data := json.loads(outcome.out))["plan"], *data["goals"]
    keys = ("percent", "expected", "done", "due", "all")
    shown = next(text for kind, text in blocks if kind == "text").splitlines()
    for title, found in (("民主管理", rights), ("送温暖", care)):
        row = next(line for line in shown if line.startswith(f"  {title}"))
        percents = [f"{found['percent']:.0f}%", f"{found['expected']:.0f}%"]
        assert row.partition("]")[2].split()[:5] == [*percents, *(str(found[key]) for key in keys[2:])]
    assert (plan["weighted"], plan["weighted_expected"]) == (50.0, 66.7)
    assert (plan["percent"], plan["expected"], plan["late"]) == (37.5, 50.0, 1)
    assert "按目标权重完成 50%，应完成 67%" in shown[1]
    assert "按任务平均完成 38%，应完成 50%" in shown[2]


def test_its_targets_are_understood(planner: Callable[..., Outcome], tmp_path: Path) -> None:
    page = (ROOT / "docs" / "progress.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "plan.toml"
    goals = '\n[[goals]]\nid = "self"\ntitle = "自身建设"\n'
    path.write_text(blocks[0] + goals + "\n" + blocks[1], encoding="utf-8")
    found = json.loads(planner("-p", path, "--json", "check").out)["diagnostics"]
    assert not {d["code"] for d in found} & {"P606", "P607"}
