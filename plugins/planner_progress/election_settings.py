"""The table `[election]` of a plan (换届): its JSON Schema, and its values with the defaults put in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from planner.api import Plan

STEPS = ("request", "approval", "delegates", "nomination", "notice", "congress", "report")
"""The steps of an election, in order; each can have a table of its own: [election.steps.notice]."""
_NUMBERS = ("years", "members", "delegates", "seats", "candidates", "meeting-below", "delegates-least", "margin")
_DAY = "^(19[7-9]|20\\d)\\d-\\d{2}-\\d{2}$"


def _day(description: str, example: str) -> Mapping[str, Any]:
    return {"type": "string", "pattern": _DAY, "description": description, "examples": [example]}


def _number(description: str, least: int, most: int, example: int) -> Mapping[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "description": description, "examples": [example]}


_STEP: Mapping[str, Any] = {
    "type": "object",
    "description": "某一步自己的设置，都可以不写。",
    "properties": {
        "days": _number("这一步留几个工作日，不写就按惯例。", 1, 120, 7),
        "task": {
            "type": "string",
            "pattern": "^[a-z0-9][a-z0-9-]{0,63}$",
            "description": "计划里做这一步的事项的 id。",
            "examples": ["reelection-prepare"],
        },
        "who": {
            "type": "string",
            "minLength": 1,
            "maxLength": 40,
            "pattern": "\\S",
            "description": "由谁来做。",
            "examples": ["校工会办公室"],
        },
    },
    "additionalProperties": False,
}

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "description": "工会换届（planner election）的设置。",
    "properties": {
        "last": _day("上届选举的日期。", "2018-06-20"),
        "years": _number("任期几年，三年或者五年。", 1, 20, 5),
        "members": _number("会员人数。", 1, 1_000_000, 320),
        "delegates": _number("会员代表人数，开会员大会的不写。", 1, 100_000, 45),
        "seats": _number("工会委员会应选几人。", 1, 1000, 7),
        "candidates": _number("委员候选几人。", 1, 1000, 8),
        "planned": _day("定下来的大会日期，不写就按任期届满倒推。", "2023-06-16"),
        "extended": _day("上一级工会批准延期到哪一天，没有延期的不写。", "2023-12-20"),
        "meeting-below": _number("会员不到多少人时开会员大会，默认 80，是惯例。", 1, 1_000_000, 80),
        "delegates-least": _number("会员代表至少多少人，默认 30，是惯例。", 1, 100_000, 30),
        "margin": _number("差额至少百分之几，默认 5，是惯例。", 0, 100, 5),
        "calendar": {
            "type": "boolean",
            "default": False,
            "description": "true 表示把计划里没有对应事项的步骤也写进日历文件。",
        },
        "steps": {
            "type": "object",
            "description": "各步骤自己的设置：" + " ".join(STEPS) + "。",
            "properties": dict.fromkeys(STEPS, _STEP),
            "additionalProperties": False,
        },
    },
    "required": ["last", "years"],
    "additionalProperties": False,
}


class StepSettings(NamedTuple):
    """What the plan says of one step; what it does not say is None or empty."""

    days: int | None = None
    """How many working days it takes."""
    task: str = ""
    """Id of the task of the plan that does it."""
    who: str = ""


class Election(NamedTuple):
    """The table, read. A date that does not exist (2023-02-30 in quotes) is None; `wrong` names its key."""

    last: date | None
    years: int
    members: int | None = None
    delegates: int | None = None
    seats: int | None = None
    candidates: int | None = None
    planned: date | None = None
    extended: date | None = None
    meeting_below: int = 80
    """Members below which all of them meet. A convention: university unions publish it for their branches, such as
    Fudan's (基层工会换届工作流程, 2022-11-30); the upper union's own rule goes first."""
    delegates_least: int = 30
    """The same source, and a convention as well."""
    margin: int = 5
    """By how many percent of the seats there must be more candidates for the committee; the same source."""
    calendar: bool = False
    steps: Mapping[str, StepSettings] = {}
    wrong: tuple[str, ...] = ()

    def step(self, name: str) -> StepSettings:
        """What the plan says of a step."""
        return self.steps.get(name, StepSettings())


def election_of(plan: Plan) -> Election | None:
    """What the plan's table `[election]` says; None where it has none."""
    table: Mapping[str, Any] | None = plan.tables.get("election")
    if table is None:
        return None
    days = {key: _read(table[key]) if key in table else None for key in ("last", "planned", "extended")}
    steps = {name: StepSettings(**values) for name, values in table.get("steps", {}).items()}
    return Election(
        last=days["last"],
        planned=days["planned"],
        extended=days["extended"],
        **{key.replace("-", "_"): table[key] for key in _NUMBERS if key in table},
        calendar=table.get("calendar", False),
        steps=steps,
        wrong=tuple(key for key, day in days.items() if key in table and day is None),
    )


def _read(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
