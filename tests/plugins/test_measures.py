"""What docs/plugins.md says of measures: its example, installed like any plugin, counts and is counted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, SPRING
from tests.test_plugins import Site

SIGNED = """
[[signed]]
task = "air-volleyball"
people = "40余人"

[[signed]]
task = "air-volleyball"
people = "3人"

[[signed]]
task = "air-volleyball"
people = "很多人"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(SPRING.read_text(encoding="utf-8") + SIGNED, encoding="utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", page.partition("## What was counted")[2], re.DOTALL)
    site = Site(tmp_path)
    site.install("beside", source)
    return site


def test_what_it_counts_stands_behind_the_goals_of_its_task(site: Site, plan: Path) -> None:
    outcome = site.run("-p", plan, "--today", "2023-06-01", "--json", "progress")
    (found,) = [one for one in json.loads(outcome.stdout)["evidence"] if one["rows"]]
    assert found["goal"] == "activities"
    assert found["measures"] == [
        {"name": "signed.people", "title": "签到 人数", "totals": ["43余人"], "shares": [], "rows": 2}
    ]


def test_its_pane_totals_what_all_plugins_count(site: Site, plan: Path) -> None:
    assert "签到 人数  43余人" in site.look("planner_beside:counted", plan)
