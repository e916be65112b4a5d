"""The table `[progress]` of a plan: its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TARGET: Mapping[str, Any] = {
    "type": "object",
    "description": "一项指标：哪个目标，看什么数，要达到多少。least 和 most 可以一起写，exactly 单独写。",
    "properties": {
        "goal": {"type": "string", "minLength": 1, "description": "目标的 id。", "examples": ["rights"]},
        "measure": {
            "type": "string",
            "pattern": "^[!-~]+$",
            "description": "看什么数：“台账.列”或“台账.比率”，或者 tasks（这个目标做完的事项）。",
            "examples": ["proposals.answered"],
        },
        "least": {"type": "string", "minLength": 1, "description": "至少多少，带单位。", "examples": ["1次"]},
        "exactly": {"type": "string", "minLength": 1, "description": "正好多少，带单位。", "examples": ["100%"]},
        "most": {"type": "string", "minLength": 1, "description": "至多多少，带单位。", "examples": ["5000元"]},
        "every": {
            "enum": ["month", "quarter", "term"],
            "default": "term",
            "description": "按月（month）、按季度（quarter）还是整个学期合起来（term）看。",
            "examples": ["month"],
        },
        "title": {
            "type": "string",
            "minLength": 1,
            "pattern": "\\S",
            "description": "指标的名称，不写就用所看的数的名称。",
            "examples": ["工会委员会议每月至少一次"],
        },
    },
    "required": ["goal", "measure"],
    "additionalProperties": False,
}

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "description": "进度（planner progress）的设置，都可以不写。",
    "properties": {
        "targets": {
            "type": "array",
            "items": _TARGET,
            "description": "各目标的指标，拿台账里的数来比。",
            "examples": [[{"goal": "rights", "measure": "proposals.answered", "exactly": "100%"}]],
        },
        "themes": {
            "type": "object",
            "patternProperties": {"^\\d{4}-(0[1-9]|1[0-2])$": {"type": "string", "minLength": 1, "pattern": "\\S"}},
            "additionalProperties": False,
            "description": "各月活动的主题，键是“年-月”。写了一个月，其余没有写的月份就会提示缺主题。",
            "examples": [{"2023-03": "三八妇女节活动月"}],
        },
    },
    "additionalProperties": False,
}
