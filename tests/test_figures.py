"""Every figure of the four real reports comes out of the ledgers: docs/figures.md, command by command."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import ROOT, Outcome

PAGE = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
REPORTS = re.findall(r"^`planner -p plans/(\S+)\.toml …`$", PAGE, re.MULTILINE)


class Figure(NamedTuple):
    """A row of the page."""

    said: str
    command: str
    found: str


def figures(report: str) -> Iterator[Figure]:
    section = PAGE.partition(f"plans/{report}.toml …`")[2].partition("\n## ")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[2].startswith("`"):
            yield Figure(cells[0], cells[2].strip("`"), cells[3])


def says(output: str, found: str) -> bool:
    """Whether it stands there as a whole: 3人 is not in 13人."""
    return re.search(rf"(?<![\d.,]){re.escape(found)}", output) is not None


def test_there_is_a_section_for_each_report_and_for_nothing_else() -> None:
    facts = {path.name.removesuffix(".journal.jsonl") for path in (ROOT / "plans").glob("*.jsonl")}
    assert facts == set(REPORTS)
    assert len(facts) == 4


@pytest.mark.parametrize("report", REPORTS)
def test_each_figure_of_a_report_comes_from_the_command_beside_it(
    report: str, planner: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    plan = shutil.copy(ROOT / "plans" / f"{report}.toml", tmp_path)
    taken = planner("-p", plan, "journal", "import", ROOT / "plans" / f"{report}.journal.jsonl")
    assert taken.code == 0, taken.err
    known: dict[str, str] = {}
    wrong = []
    for said, command, found in figures(report):
        if command not in known:
            known[command] = planner("-p", plan, *shlex.split(command)).out
        if not says(known[command], found):
            wrong.append(f"{said}: {command} does not give {found}")
    assert not wrong
    assert len(known) > 15
