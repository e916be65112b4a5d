"""The table `[ical]` of a plan: its JSON Schema, and its values with the defaults put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from planner.api import Plan

Profile = Literal["events", "todos", "full"]
PROFILES: tuple[Profile, ...] = ("events", "todos", "full")

# CSS3 colour names (RFC 7986 5.9 asks for these), each with the value that Apple's calendar reads.
COLORS = {
    "firebrick": "#B22222", "crimson": "#DC143C", "tomato": "#FF6347", "darkorange": "#FF8C00",
    "goldenrod": "#DAA520", "olive": "#808000", "forestgreen": "#228B22", "seagreen": "#2E8B57",
    "teal": "#008080", "steelblue": "#4682B4", "royalblue": "#4169E1", "navy": "#000080",
    "slateblue": "#6A5ACD", "purple": "#800080", "hotpink": "#FF69B4", "sienna": "#A0522D",
    "slategray": "#708090",
}  # fmt: skip

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "description": "日历文件（planner ical）的设置，都可以不写。",
    "properties": {
        "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 60,
            "pattern": "\\S",
            "description": "日历在手机和电脑上显示的名称，不写就用计划的标题。",
            "examples": ["工会2023年春"],
        },
        "color": {
            "enum": list(COLORS),
            "default": "firebrick",
            "description": "日历的颜色，用 CSS 颜色名。",
            "examples": ["teal"],
        },
        "profile": {
            "enum": list(PROFILES),
            "default": "events",
            "description": "写成日程（events）、待办（todos），还是两样都写并带上前后关系（full）。",
            "examples": ["todos"],
        },
        "remind": {
            "type": "array",
            "items": {"type": "string", "pattern": "^\\d{1,3}[dh]$"},
            "maxItems": 2,
            "uniqueItems": True,
            "description": "没有写 remind 的任务提前多久提醒：7d 为提前 7 天，2h 为提前 2 小时。",
            "examples": [["1d"]],
        },
        "minutes": {
            "type": "integer",
            "minimum": 5,
            "maximum": 720,
            "default": 60,
            "description": "只定了开始时间的活动，在日历上先占多少分钟；条目里会注明结束时间未定。",
            "examples": [90],
        },
        "publish": {
            "type": "boolean",
            "default": False,
            "description": "true 表示在文件里写明 METHOD:PUBLISH，个别日历程序导入时需要。",
        },
        "keep-cancelled": {
            "type": "boolean",
            "default": False,
            "description": "true 表示取消了的事项留在文件里，标为已取消，给导入过旧文件的人用；否则直接消失。",
        },
    },
    "additionalProperties": False,
}


class Settings(NamedTuple):
    """How calendar files are written."""

    name: str
    color: str = "firebrick"
    profile: Profile = "events"
    remind: tuple[str, ...] = ()
    minutes: int = 60
    publish: bool = False
    keep_cancelled: bool = False


def settings_of(
    plan: Plan, profile: str | None = None, publish: bool | None = None, keep_cancelled: bool | None = None
) -> Settings:
    """What the plan's table `[ical]` says; what the command line says comes first."""
    table: Mapping[str, Any] = plan.tables.get("ical", {})
    return Settings(
        name=table.get("name", plan.title),
        color=table.get("color", "firebrick"),
        profile=cast("Profile", profile or table.get("profile", "events")),
        remind=tuple(table.get("remind", ())),
        minutes=table.get("minutes", 60),
        publish=table.get("publish", False) if publish is None else publish,
        keep_cancelled=table.get("keep-cancelled", False) if keep_cancelled is None else keep_cancelled,
    )
