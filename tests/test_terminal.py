"""What a person sees in a real terminal, 80×24 and 120×40, with Chinese titles."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from planner.text import cell_width
from tests.conftest import SPRING

needs_tmux = pytest.mark.skipif(
    not shutil.which("tmux") and "tmux" not in os.environ.get("PLANNER_REQUIRE", ""), reason="tmux is not installed"
)


def screen(columns: int, lines: int, *arguments: str) -> list[str]:
    """Run planner in a terminal of that size; its last screen, line by line."""
    session = f"planner-{uuid.uuid4().hex[:8]}"
    command = " ".join(f"'{a}'" for a in (sys.executable, "-m", "planner", *arguments)) + "; echo ready; sleep 60"
    tmux = ["tmux", "-u", "-L", session]
    subprocess.run([*tmux, "new-session", "-d", "-x", str(columns), "-y", str(lines), command], check=True)
    try:
        for _try in range(100):
            pane = subprocess.run(
                [*tmux, "capture-pane", "-p"], capture_output=True, encoding="utf-8", check=True
            ).stdout
            if "ready" in pane.splitlines():
                return pane.splitlines()
            time.sleep(0.05)
        raise AssertionError(pane)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)


@needs_tmux
@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_columns_are_aligned_and_nothing_wraps(columns: int, lines: int) -> None:
    shown = screen(columns, lines, "-p", str(SPRING), "show", "--month", "3")
    rows = [line for line in shown if line.startswith("  ") and not line.startswith("   ")]
    march = rows[:5]
    assert [row.split()[0] for row in march] == [
        "womens-day",
        "day-trip",
        "staff-home-women",
        "brand-apply",
        "ethics-speech",
    ]
    starts = {cell_width(row) - cell_width(row.split(maxsplit=1)[1]) for row in march}
    assert len(starts) == 1
    assert max(map(cell_width, shown)) <= columns


@needs_tmux
def test_an_error_points_at_its_place_below_wide_characters(tmp_path: Path) -> None:
    plan = tmp_path / "错.toml"
    plan.write_text(
        'id = "a"\ntitle = "甲"\norganization = "某校工会"; x = 1\n[term]\nstart=2023-02-01\nend=2023-08-31\n',
        encoding="utf-8",
    )
    shown = screen(80, 24, "-p", str(plan), "check")
    caret = next(n for n, line in enumerate(shown) if "^" in line)
    column = cell_width(shown[caret].split("^")[0])
    source = shown[caret - 1]
    assert cell_width(source.split(";")[0]) == column
