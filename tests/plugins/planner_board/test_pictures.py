"""The pictures of the documentation show the board as it is: characters, colours, cells."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "screenshots.py"))


@pytest.mark.parametrize("name", ["months-120x40", "months-80x24", "agenda-80x24"])
def test_a_picture_is_current(script: dict[str, Any], name: str) -> None:
    kept = (ROOT / "docs" / "images" / f"{name}.svg").read_text(encoding="utf-8")
    assert kept == script["pictures"]([name])[name], "run: python docs/screenshots.py"


def test_a_chinese_character_has_two_cells_in_a_picture() -> None:
    kept = (ROOT / "docs" / "images" / "months-80x24.svg").read_text(encoding="utf-8")
    places, text = re.search(r'<text x="([^"]*)"[^>]*>(\w*四月)', kept).groups()  # type: ignore[union-attr]
    first, second = list(map(int, places.split()))[text.index("四") :][:2]
    assert second - first == 2 * 8
