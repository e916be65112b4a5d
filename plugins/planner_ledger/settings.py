"""The tables `[[ledgers]]` of a plan: their JSON Schema. The ready-made definitions follow it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]
TYPES = ("text", "date", "choice", "people", "attendances", "count", "number", "money", "percent", "level", "grade")
EACH = ("month", "year", "term", "plan")
"""Those of `model.ColumnType` and of a rule's `each`, once more: whoever loads a plan need not load the model."""


def _text(description: str, *examples: str, longest: int = 200) -> Schema:
    field: Schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": "\\S"}
    return {**field, "description": description, "examples": list(examples)}


def _id(description: str, *examples: str) -> Schema:
    """An id that is given here."""
    return _named(f"{description.removesuffix('。')}；只用小写英文字母、数字和连字符。", *examples)


def _named(description: str, *examples: str) -> Schema:
    """An id that is given elsewhere."""
    pattern = "^[a-z0-9][a-z0-9-]{0,63}$"
    return {"type": "string", "pattern": pattern, "description": description, "examples": list(examples)}


def _day(description: str, *examples: str) -> Schema:
    pattern = "^\\d{4}-\\d{2}-\\d{2}$"
    return {"type": "string", "pattern": pattern, "description": description, "examples": list(examples)}


def _flag(description: str) -> Schema:
    return {"type": "boolean", "default": False, "description": description}


def _list(description: str, item: Schema, example: list[str], most: int) -> Schema:
    return {
        "type": "array", "items": item, "minItems": 1, "maxItems": most, "uniqueItems": True,
        "description": description, "examples": [example],
    }  # fmt: skip


_VALUE = {"type": "string", "maxLength": 200}
_WANTED: Schema = {"type": ["string", "array"], "maxLength": 200, "items": _VALUE, "minItems": 1, "maxItems": 50}


def _condition(description: str, example: Mapping[str, Any]) -> Schema:
    """One condition: by the id of a column the value, or the values, that are wanted."""
    return {"type": "object", "additionalProperties": _WANTED, "description": description, "examples": [example]}


def _conditions(description: str, *examples: Any) -> Schema:
    """One condition or several."""
    one = {"type": "object", "additionalProperties": _WANTED}
    return {
        "type": ["object", "array"], "additionalProperties": _WANTED, "items": one, "minItems": 1, "maxItems": 20,
        "description": description, "examples": list(examples),
    }  # fmt: skip


def _tables(description: str, properties: Schema, required: tuple[str, ...], most: int) -> Schema:
    inner = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return {"type": "array", "maxItems": most, "description": description, "items": inner}


_WHERE = (
    "只管符合这些条件的行：键是列的编号，或者 stage、branch、task、goals、into；值是要的内容，可以列几个，"
    "“*”表示填了就行，空的表示没填。"
)
_UNIT = {"type": "string", "pattern": "^\\p{L}{1,8}$", "description": "单位。", "examples": ["件"]}
_CHOICE = _text("选项。", "生病住院", longest=60)
_COLUMN_ID = _named("列的编号。", "kind")

_COLUMNS = _tables(
    "台账的列。编号与现成台账里的某一列相同时，只改写出的那几项；编号是新的，就添在最后。",
    {
        "id": _id("列的编号，日志里的记录由它认列，定下后不要改。", "people"),
        "name": _text("列的名称，就是表头。新的列必写。", "人数", longest=40),
        "type": {
            "enum": list(TYPES),
            "default": "text",
            "description": "类型：text 文字，date 日期，choice 选项，people 人数（人），attendances 人次，"
            "count 个数（要写 units），number 数（可带小数，要写 units），money 金额（元，也可填万元），"
            "percent 百分比，level 级别，grade 等级。",
        },
        "units": _list("count 和 number 的单位；只有一个时，填写时可以省略单位。", _UNIT, ["件", "篇"], 30),
        "choices": _list(
            "choice 的选项；level 和 grade 从高到低，不写就用通行的级别和等级（“第N名”代表所有名次）。",
            _CHOICE, ["生病住院", "亲人去世"], 100,
        ),
        "open": _flag("true 表示也可以填选项以外的内容。"),
        "required": _flag("true 表示必填。"),
        "private": _flag("true 表示不出办公室：导出和汇总时遮住。"),
        "default": {
            "type": "string",
            "maxLength": 200,
            "description": "没填时按什么算；写成空的表示不设。",
            "examples": ["1件"],
        },
        "note": _text("填写说明。", "同一个人一年探望两次，算 1 人、2 人次。"),
    },
    ("id",),
    60,
)  # fmt: skip

_STAGES = _tables(
    "阶段，按先后写。新记的一行站在第一个阶段。",
    {
        "id": _id("阶段的编号，定下后不要改。", "assigned"),
        "name": _text("阶段的名称。新的阶段必写。", "承办", longest=40),
        "next": {
            "type": "array",
            "items": _named("阶段的编号。", "answered"),
            "maxItems": 30,
            "uniqueItems": True,
            "description": "从这里可以走到哪些阶段；不写表示到此为止。",
            "examples": [["answered"]],
        },
        "needs": {
            "type": "array",
            "items": _COLUMN_ID,
            "maxItems": 30,
            "uniqueItems": True,
            "description": "走到这里之前必须填好的列。",
            "examples": [["department"]],
        },
        "when": _conditions(
            "符合条件的才能走到这里；写了几个条件的，符合其中一个即可。",
            {"route": ["立案", "意见建议"]},
            [{"route": "不予立案"}, {"satisfaction": "*"}],
        ),
    },
    ("id",),
    30,
)

_RATES = _tables(
    "比率：part 占 whole 的百分之几，汇总时连分子分母一起给出。",
    {
        "id": _id("比率的编号，目标和进度由它引用。", "answered"),
        "name": _text("比率的名称。新的比率必写。", "答复率", longest=40),
        "column": _named("按哪一列的数量算，例如一行代表几件；不写就按行数算。", "forms"),
        "part": _conditions("分子：符合其中一个条件的。条件的写法见 where。", {"route": "立案", "replied": "*"}),
        "whole": _conditions("分母：符合其中一个条件的；写成 { } 表示全部。", {"route": "立案"}),
    },
    ("id",),
    30,
)

_RULES = _tables(
    "本单位的规定，例如慰问标准。违反时只提醒并说明出处，不拦着。标准变了就另写一条，用 from、until 分清新旧。",
    {
        "kind": {
            "enum": ["cap", "once"],
            "description": "cap：合计不超过多少；once：在一段时间里只有一次。",
        },
        "column": _named("cap 必写：看哪一列的数量。", "money"),
        "most": _text("cap 必写：最多多少，带单位。", "1000元", longest=40),
        "per": {
            "type": ["string", "array"],
            "pattern": "^row$",
            "items": _COLUMN_ID,
            "minItems": 1,
            "maxItems": 10,
            "default": "row",
            "description": "cap：row 表示每一行单独看；列出列的编号，表示这几列都相同的行合起来看。",
            "examples": [["name", "kind"]],
        },
        "each": {
            "enum": list(EACH),
            "default": "plan",
            "description": "cap：合计多长时间里的：月、年、学期、整个计划。",
        },
        "columns": _list("once 必写：哪几列都相同就算同一件事。", _COLUMN_ID, ["name", "kind"], 10),
        "within": {"enum": list(EACH), "default": "plan", "description": "once：在多长时间里只有一次。"},
        "where": _condition(_WHERE, {"kind": "生病住院"}),
        "from": _day("从哪一天起执行，不写表示一直有。", "2024-01-01"),
        "until": _day("执行到哪一天（含），不写表示至今。", "2023-12-31"),
        "source": _text("出处。", "本校慰问办法第三条"),
    },
    ("kind", "source"),
    200,
)

_STATED = _tables(
    "文件里写明的总数，用来和台账核对。",
    {
        "column": _named("哪一列的总数。", "forms"),
        "value": _text("写明的总数，带单位。", "28件", longest=40),
        "where": _condition("哪些行的总数，不写就是全部。", {"route": "立案"}),
        "source": _text("出处。", "工会工作报告"),
    },
    ("column", "value"),
    200,
)

SCHEMA: Mapping[str, Any] = {
    **_tables(
        "台账：一张台账一个 [[ledgers]]。用现成的（use），或者自己定列。",
        {
            "id": _id("台账的编号，日志里的记录由它认台账，定下后不要改。", "visits"),
            "use": _text(
                "用哪一种现成的台账：活动、慰问、提案、会议学习、荣誉、经费、培训、宣传、捐款、特色项目；"
                "后面写的列、阶段、比率按编号改写或添加。",
                "慰问",
                longest=40,
            ),
            "name": _text("台账的名称，不写就用现成台账的名称。", "慰问", longest=40),
            "goal": _named("没有写目标、也不属于哪项任务的行，归到这个目标。", "care"),
            "private": _flag("true 表示整张台账不出办公室，只给出合计。"),
            "note": _text("说明。", "含退休教职工。"),
            "columns": _COLUMNS,
            "stages": _STAGES,
            "rates": _RATES,
            "rules": _RULES,
            "stated": _STATED,
        },
        ("id",),
        100,
    ),
}
