"""What `planner check` says of duties, themes and targets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import SPRING, Outcome
from tests.plugins.progress.made import GOALS, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def found(planner: Run, path: Path, *codes: str) -> list[tuple[str, str, int]]:
    outcome = planner("-p", path, "--json", "check")
    told = json.loads(outcome.out)["diagnostics"]
    return [(d["code"], d["severity"], d["line"]) for d in told if d["code"] in codes]


def lines(path: Path, *starts: str) -> list[int]:
    text = path.read_text(encoding="utf-8").splitlines()
    return [next(n for n, line in enumerate(text, 1) if line.strip().startswith(start)) for start in starts]


def test_a_duty_needs_a_goal_and_the_goal_a_task(planner: Run, write: Write) -> None:
    path = write(GOALS + task("a", goals="rights"))
    (line,) = lines(path, "duties")
    assert found(planner, path, "P604") == [("P604", "warning", line)] * 2  # 参与: no goal; 教育: a goal without task
    assert found(planner, write(GOALS + task("a", goals="care")), "P604") == [("P604", "warning", line)]


def test_the_real_plan_has_no_such_gaps(planner: Run) -> None:
    assert found(planner, SPRING, "P604", "P605", "P606", "P607") == []


def test_duties_are_not_looked_for_in_a_plan_that_is_torn(planner: Run, write: Write) -> None:
    assert found(planner, write(GOALS + "\n[[goals]]\nid = \n"), "P604") == []


def test_themes_are_asked_for_only_where_there_are_some_and_must_lie_in_the_term(planner: Run, write: Write) -> None:
    assert found(planner, write(task("a") + "\n[progress]\nthemes = {}\n"), "P605") == []
    months = ", ".join(f'"2023-{month:02}" = "主题"' for month in range(2, 9))
    assert found(planner, write(task("a") + f"\n[progress]\nthemes = {{ {months} }}\n"), "P605") == []
    path = write(task("a") + f'\n[progress]\nthemes = {{ {months}, "2024-03" = "主题" }}\n')
    assert [code for code, _severity, _line in found(planner, path, "P605")] == ["P605"]


def test_a_target_must_name_a_goal_and_an_amount(planner: Run, write: Write) -> None:
    path = write(
        GOALS
        + """
        [progress]
        targets = [
          { goal = "right", measure = "tasks", least = "1项" },
          { goal = "rights", measure = "tasks", least = "很多" },
          { goal = "rights", measure = "visits.people", least = "40人", most = "100人" },
        ]
        """
    )
    first, second = lines(path, '{ goal = "right",', '{ goal = "rights", measure = "tasks"')
    assert found(planner, path, "P606", "P607") == [("P606", "error", first), ("P607", "warning", second)]
    assert planner("-p", path, "check").code == 3


def test_what_the_format_itself_forbids_is_told_by_it(planner: Run, write: Write) -> None:
    for line in (
        'targets = [ { goal = "rights" } ]',  # no measure
        'targets = [ { goal = "rights", measure = "tasks", least = 3 } ]',  # no text
        'targets = [ { goal = "rights", measure = "台账", least = "1次" } ]',
        'targets = [ { goal = "rights", measure = "tasks", least = "1次", every = "day" } ]',
        'themes = { "3月" = "主题" }',
        "colour = 3",
    ):
        path = write(GOALS + f"\n[progress]\n{line}\n")
        outcome = planner("-p", path, "check")
        assert (outcome.code, "P20" in outcome.out, "Traceback" in outcome.err) == (3, True, False), line
