"""The ready-made ledgers: `definitions/*.toml`, found by the names that plans use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli

FILES: Mapping[str, str] = {
    "活动": "activities", "慰问": "visits", "提案": "proposals", "会议学习": "meetings", "荣誉": "honours",
    "经费": "funds", "培训": "training", "宣传": "publicity", "捐款": "donations", "特色项目": "projects",
}  # fmt: skip
"""By the name of a ready-made ledger the name of its file, which serves as its id where a plan has none of its own."""


@cache
def definition(name: str) -> Mapping[str, Any] | None:
    """The ready-made ledger of that name, with the keys of a plan's `[[ledgers]]`; None where there is none."""
    file = FILES.get(name)
    if file is None:
        return None
    path = Path(__file__).with_name("definitions") / f"{file}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))
