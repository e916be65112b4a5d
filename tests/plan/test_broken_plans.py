"""One broken plan for each diagnostic: `tests/data/broken/CODE-what.toml`, and beside it what is shown for it.

The `.txt` holds place, severity and code, and the line with its caret; messages are left to the catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.check import planner_check
from planner.diagnostics import Diagnostic, in_order, render
from planner.graph import TaskGraph
from planner.plan.load import load_plan
from planner.plan.source import MAX_BYTES
from planner.session import Session
from tests.conftest import HEAD, ROOT

BROKEN = Path(__file__).parent.parent / "data" / "broken"
TASK = '[[tasks]]\nid = "a"\ntitle = "体检"\nwhen = "2023-02-01/2023-03-31"\n'
MADE_HERE = {
    "P001": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "P002": (HEAD + TASK).encode("gb18030"),
    "P003": (HEAD + TASK).encode("utf-8-sig"),
    "P005": b"#" * (MAX_BYTES + 1),
    "P006": (HEAD + TASK).replace("\n", "\r\n").encode(),
}


def codes_in(folder: Path) -> set[str]:
    """The codes that the modules below a folder give."""
    return {
        code for path in folder.rglob("*.py") for code in re.findall(r'"(P\d{3})"', path.read_text(encoding="utf-8"))
    }


OF_PLUGINS = codes_in(ROOT / "plugins")


def diagnostics(path: Path) -> list[Diagnostic]:
    """What `planner check` finds without any plugin; with them where the plan stands for what one of them finds."""
    if path.name[:4] in OF_PLUGINS:
        session = Session(print, {})
        session.plan_path = str(path)
        loading = session.load()
        assert loading.plan is not None
        checked = session.call("planner_check", plan=loading.plan, graph=TaskGraph(loading.plan.tasks))
        return in_order([*loading.diagnostics, *checked])
    loading = load_plan(path)
    found = list(loading.diagnostics)
    if loading.plan is not None:
        found += planner_check(loading.plan, TaskGraph(loading.plan.tasks))
    return in_order(found)


def shown(path: Path) -> str:
    """What is shown of them in every language."""
    lines = []
    for found in diagnostics(path):
        assert found.source is not None
        lines.append(f"{found.source.line}:{found.source.column} {found.severity} {found.code}")
        lines += (line for line in render(found).split("\n")[1:] if re.match(r" *\d* \| ", line))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.toml")), ids=lambda path: path.stem)
def test_a_broken_plan_shows_exactly_this(path: Path) -> None:
    golden = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert shown(path) == golden
    assert {line.split()[-1] for line in golden.splitlines() if line[0].isdigit()} == {path.name[:4]}


@pytest.mark.parametrize("code", MADE_HERE)
def test_bytes_that_are_no_plain_text_file(code: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(MADE_HERE[code])
    found = [d for d in diagnostics(path) if d.code != "P603"]
    assert [(d.code, d.source and d.source[1:3]) for d in found] == [(code, (1, 1))]


def test_every_diagnostic_has_its_broken_plan() -> None:
    codes = codes_in(ROOT / "planner") | OF_PLUGINS
    assert codes == {path.name[:4] for path in BROKEN.glob("*.toml")} | set(MADE_HERE) | {"P105"}  # P105: test_syntax


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.toml")), ids=lambda path: path.stem)
def test_errors_fail_the_check_and_advice_does_not(path: Path, planner: Callable[..., object]) -> None:
    outcome = planner("-p", path, "check")
    failed = " error " in path.with_suffix(".txt").read_text(encoding="utf-8")
    assert outcome.code == (3 if failed else 0)  # type: ignore[attr-defined]
    assert path.name[:4] in outcome.out  # type: ignore[attr-defined]
