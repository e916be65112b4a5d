"""Levels and grades of awards: which there are, what else they are called, and which is the higher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from planner_ledger.model import Column

LEVELS = ("国家级", "省级", "市级", "区级", "校级", "院系级")
"""From the highest to the lowest."""
PLACE = "第N名"
"""Stands among the grades for every place in a ranking: 第1名, 第8名."""
GRADES = (
    "特等奖", "一等奖", "二等奖", "三等奖", "金奖", "银奖", "铜奖", PLACE, "优秀奖", "优秀组织奖", "荣誉称号",
)  # fmt: skip
"""From the highest to the lowest, as far as they can be compared."""
_LEVEL_NAMES = {
    "国家": "国家级", "全国": "国家级", "全国级": "国家级",
    "省": "省级", "省部": "省级", "省部级": "省级", "部级": "省级",
    "市": "市级", "地市级": "市级", "市厅级": "市级",
    "区": "区级", "县": "区级", "县级": "区级", "区县级": "区级", "县区级": "区级",
    "校": "校级", "学校": "校级",
    "院系": "院系级", "系级": "院系级", "系": "院系级",
}  # fmt: skip
"""What certainly means one of the levels. 院级 may be the school itself or a part of it, and is not here."""
_GRADE_NAMES = {
    "特等": "特等奖", "一等": "一等奖", "二等": "二等奖", "三等": "三等奖",
    "1等奖": "一等奖", "2等奖": "二等奖", "3等奖": "三等奖",
}  # fmt: skip
_MEDALS = {"冠军": 1, "亚军": 2, "季军": 3}
_PLACED = re.compile(r"第?([0-9]{1,4}|[一二三四五六七八九十百零〇两]{1,6})名")


def level_name(text: str) -> str:
    """The level that is meant: 省部级 is 省级. What is no level is given back as it is."""
    plain = _plain(text)
    return plain if plain in LEVELS else _LEVEL_NAMES.get(plain, text)


def grade_name(text: str) -> str:
    """The grade that is meant: 一等 is 一等奖, 第八名 is 第8名. What is no grade is given back as it is."""
    plain = _plain(text)
    if plain in GRADES:
        return plain
    if _PLACED.fullmatch(plain):
        place = place_of(plain)
        return f"第{place}名" if place else text
    return _GRADE_NAMES.get(plain, text)


def _plain(text: str) -> str:
    return normalize("NFKC", text).replace(" ", "")


def place_of(grade: str) -> int:
    """The place in a ranking that a grade names, from 1 (冠军, 第1名); 0 for none."""
    match = _PLACED.fullmatch(grade)
    if match is None:
        return _MEDALS.get(grade, 0)
    from planner.api import read_quantity  # 2 ms, and hardly any plan is asked for places

    try:
        return int(read_quantity(match[1], ("名",)).number)
    except ValueError:
        return 0


def is_grade(grade: str, grades: Sequence[str]) -> bool:
    """Whether a grade is one of `grades`, where `PLACE` stands for every place."""
    return grade in grades or (PLACE in grades and grade != PLACE and place_of(grade) > 0)


Order = tuple[int, int, str]
"""Sorts values of a column, the first and highest first."""


def level_order(level: str, levels: Sequence[str] = LEVELS) -> Order:
    """Where a level stands among `levels`, the highest first; what is none of them comes last."""
    return (levels.index(level), 0, "") if level in levels else (len(levels), 0, level)


def grade_order(grade: str, grades: Sequence[str] = GRADES) -> Order:
    """Where a grade stands among `grades`, the highest first.

    Places are where `PLACE` is, by their number. A grade with something before it (团体一等奖) stands right after the
    one in which it ends; anything else comes last.
    """
    if grade in grades:
        return (grades.index(grade), 0, "")
    if PLACE in grades and (place := place_of(grade)) > 0:
        return (grades.index(PLACE), place, "")
    endings = [known for known in grades if grade.endswith(known)]
    if endings:
        return (grades.index(max(endings, key=len)), 0, grade)
    return (len(grades), 0, grade)


def value_order(text: str, column: Column) -> Order:
    """Where a value of a choice, a level or a grade stands among its choices; "" comes last of all."""
    if not text:
        return (len(column.choices) + 1, 0, "")
    if column.type == "grade":
        return grade_order(text, column.choices)
    return level_order(text, column.choices)
