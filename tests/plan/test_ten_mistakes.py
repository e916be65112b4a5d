"""A person who makes ten mistakes of ten kinds hears of all ten at once, and of nothing else."""

from __future__ import annotations

from pathlib import Path

from .test_broken_plans import diagnostics

PLAN = """\
id = "spring"
title = "第二学期工会工作计划"
organization = "某校工会"

[term]
start = 2023-02-01
end = 2023-08-31
week1 = 2023-02-13

[guiding]
duties = ["维护", "参与"]

[[goals]]
id = "rights"
title = "民主权利"
duties = ["维护"]

[[branches]]
id = "mechanical"
name = "机电分工会"

[[tasks]]
id = "opening"
title = “开学工作会议，布置任务”
when = "二月"
goals = ["rights"]

[[tasks]]
id = "women"
titel = "三八节活动"
when = "三月"
goals = ["right"]

[[tasks]]
id = "walk"
title = "健步走"
when = "四月"
地点 = "操场"
for = ["mechanical", "mechanics"]
goals = ["rights"]

[[tasks]]
id = "checkup"
title = "体检"
when = "五月"
needs = ["wlak"]
goals = ["rights"]

[[tasks]]
id = "women"
title = "女职工讲座"
when = "五月"
goals = ["rights"]

[[tasks]]
id = "apply"
title = "申报"
needs = ["review"]
goals = ["rights"]

[[tasks]]
id = "review"
title = "评比"
needs = ["apply"]
goals = ["rights"]

[[tasks]]
id = "prizes"
title = "颁奖"
when = "三月"
needs = ["opening", "walk"]
goals = ["rights"]

[[tasks]]
id = "camp"
title = "疗休养"
when = "2023-10"
goals = ["rights"]

[[tasks]]
id = "summary"
title = "总结"
on = "2023-06-31"
goals = ["rights"]

[[tasks]]
id = "visits"
title = "走访慰问"
remind = 7
goals = ["rights"]
"""

EXPECTED = {
    ("title = “开学", "title = "): "P102",
    ('titel = "三八节', ""): "P201",
    ('goals = ["right"]', "goals = ["): "P302",
    ("地点 =", ""): "P103",
    ('for = ["mechanical"', 'for = ["mechanical", '): "P303",
    ('needs = ["wlak"]', "needs = ["): "P304",
    ('id = "women"\ntitle = "女职工', "id = "): "P301",
    ('needs = ["review"]', "needs = "): "P501",
    ('needs = ["opening"', 'needs = ["opening", '): "P502",
    ('when = "2023-10"', "when = "): "P403",
    ('on = "2023-06-31"', "on = "): "P401",
    ("remind = 7", "remind = "): "P203",
}


def place(start: str, before: str) -> tuple[int, int]:
    """Line and column of what follows `before` where `start` stands in the plan."""
    assert PLAN.count(start) == 1, start
    at = PLAN.index(start)
    return PLAN.count("\n", 0, at) + 1, len(before) + 1


def test_all_are_told_where_they_stand_and_nothing_that_only_follows(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    found = [(*found.source[1:3], found.code) for found in diagnostics(path) if found.source]
    assert found == sorted((*place(*key), code) for key, code in EXPECTED.items())
