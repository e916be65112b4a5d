"""Plans for the tests of the board."""

from __future__ import annotations

from pathlib import Path

import pytest

PLAN = """\
id = "board-1"
title = "测试计划"
organization = "某校工会"

[term]
start = 2023-02-01
end = 2023-08-31
week1 = 2023-02-13
teaching-end = 2023-06-30

[[goals]]
id = "self"
title = "自身建设"
[[goals]]
id = "sport"
title = "文体活动"

[[branches]]
id = "b1"
name = "机电分工会"
[[branches]]
id = "b2"
name = "信息分工会"

[[tasks]]
id = "plan"
title = "制定学期工作计划"
when = "三月"
goals = ["self"]

[[tasks]]
id = "brand"
title = "“一会一品”申报"
when = "四月"
for = "branches"

[[tasks]]
id = "review"
title = "“一会一品”评比"
when = "五月"
needs = ["brand"]

[[tasks]]
id = "study"
title = "集中学习"
when = "5月、6月"

[[tasks]]
id = "hostile"
title = "[red]x[/] \\u001b]0;pwned\\u0007 终"
when = "四月"

[[tasks]]
id = "end"
title = "教代会换届"
when = "六月"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan: a task that is over, a fan-out, one that needs it, one with two times, one with a hostile title."""
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path
