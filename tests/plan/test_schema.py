"""The format of plans: documented in full, its examples true, and each violation explained with something to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import tomli

from planner.diagnostics import Diagnostic
from planner.plan.load import load_text
from planner.plan.schema import make_json, plan_schema, toml_value, violations
from planner.plan.source import PlanText
from tests.conftest import HEAD, SPRING

TASK = '[[tasks]]\nid = "a"\ntitle = "体检"\n'
Field = tuple[tuple[str, ...], dict[str, Any]]


def fields(schema: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[Field]:
    """Every key of the schema, with the names that lead to it."""
    for name, field in schema.get("properties", {}).items():
        yield (*path, name), field
        yield from fields(field, (*path, name))
    if "items" in schema:
        yield from fields(schema["items"], path)


FIELDS = list(fields(plan_schema({})))


@pytest.mark.parametrize(
    ("path", "field"), FIELDS, ids=lambda value: ".".join(value) if value.__class__ is tuple else ""
)
def test_every_key_is_described_in_chinese(path: tuple[str, ...], field: dict[str, Any]) -> None:
    assert re.search("[一-鿿]", field["description"])


def plan_with(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A whole plan, in which the key at `path` has this value."""
    plan: dict[str, Any] = {
        "id": "p", "title": "计划", "organization": "工会", "term": {"start": "2023-02-01", "end": "2023-08-31"},
        "goals": [{"id": "g", "title": "目标"}], "branches": [{"id": "b", "name": "分工会"}],
        "tasks": [{"id": "a", "title": "体检"}],
    }  # fmt: skip
    inner: Any = plan
    for name in path[:-1]:
        made = {"start": "2023-07-01", "end": "2023-07-02", "every": "month", "least": 1, "task": "a"}
        allowed = {key for known, _field in FIELDS if known[:-1] == path[: path.index(name) + 1] for key in known[-1:]}
        holder = {key: made[key] for key in made if key in allowed}
        inner = inner.setdefault(name, [holder] if name in ("breaks", "needs") else holder)
        inner = inner[0] if isinstance(inner, list) else inner
    inner[path[-1]] = value
    return plan


EXAMPLES = [(path, value) for path, field in FIELDS for value in field.get("examples", [])]
DEFAULTS = [(path, field["default"]) for path, field in FIELDS if "default" in field]


@pytest.mark.parametrize(("path", "value"), [*EXAMPLES, *DEFAULTS], ids=str)
def test_every_example_and_default_is_valid(path: tuple[str, ...], value: Any) -> None:
    assert [(v.path, v.rule) for v in violations(plan_with(path, value), {})] == []
    assert tomli.loads(f"x = {toml_value(value)}") == {"x": value}


def test_the_real_plan_follows_the_schema() -> None:
    assert violations(make_json(tomli.loads(SPRING.read_text(encoding="utf-8"))), {"ledgers": {}}) == []


def found(text: str, tables: dict[str, Any] | None = None) -> tuple[Diagnostic, ...]:
    return load_text(PlanText("plan.toml", text), tables).diagnostics


WRONG = {
    "type": (TASK + "private = 1\n", "P203"),
    "type of two": (TASK + "for = 1\n", "P203"),
    "type of an element": (TASK + "tags = [1]\n", "P203"),
    "pattern": (TASK + 'remind = ["7 d"]\n', "P204"),
    "enum": (TASK + 'times = { every = "day", least = 1 }\n', "P204"),
    "minimum": (TASK + 'times = { every = "week", least = 0 }\n', "P204"),
    "maximum": ("[dates]\naround = 99\n", "P204"),
    "exclusiveMinimum": ('[[goals]]\nid = "g"\ntitle = "目标"\nweight = 0\n', "P204"),
    "not a number": ('[[goals]]\nid = "g"\ntitle = "目标"\nweight = nan\n', "P203"),
    "minLength": (TASK + 'when = ""\n', "P204"),
    "minItems": (TASK + "on = []\n", "P204"),
    "maxItems": (TASK + 'remind = ["7d", "1d", "2h"]\n', "P204"),
    "uniqueItems": (TASK + 'tags = ["一", "一"]\n', "P204"),
    "minProperties": (TASK + 'times = { every = "month" }\n', "P204"),
    "required": ('[[tasks]]\nid = "a"\n', "P202"),
    "required in a value": (TASK + 'needs = [{ lag = "7d" }]\n', "P202"),
    "blank title": ('[[tasks]]\nid = "a"\ntitle = "  "\n', "P204"),
    "empty title": ('[[tasks]]\nid = "a"\ntitle = ""\n', "P204"),
    "chinese id": ('[[tasks]]\nid = "体检"\ntitle = "体检"\n', "P204"),
    "table for tables": ('[tasks]\nid = "a"\ntitle = "体检"\n', "P203"),
    "unknown key": (TASK + "zzz = 1\n", "P201"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_each_violation_is_told_once_with_a_message_and_a_hint(kind: str) -> None:
    tables, code = WRONG[kind]
    (diagnostic,) = found(HEAD + tables)
    assert diagnostic.code == code
    assert diagnostic.message
    assert diagnostic.hint
    assert diagnostic.source is not None
    assert diagnostic.source.line > HEAD.count("\n")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("titel", "title"), ("goal", "goals"), ("Needs", "needs"), ("remnid", "remind"), ("pirvate", "private")],
)
def test_a_misspelt_key_suggests_the_right_one(written: str, meant: str) -> None:
    tables = TASK.replace("title", written) if meant == "title" else f"{TASK}{written} = 1\n"
    (diagnostic,) = found(HEAD + tables)
    assert diagnostic.code == "P201"
    assert diagnostic.hint is not None
    assert meant in diagnostic.hint


def test_a_misspelt_table_suggests_the_right_one() -> None:
    (diagnostic,) = found(HEAD + TASK.replace("tasks", "task"))
    assert diagnostic.hint is not None
    assert "tasks" in diagnostic.hint


ICAL = {"type": "object", "properties": {"alarm": {"type": "boolean", "description": "提醒。"}}, "required": ["alarm"]}


def test_a_plugins_table_is_checked_by_that_plugins_schema() -> None:
    assert found(HEAD + "[ical]\nalarm = true\n", {"ical": ICAL}) == ()
    assert [d.code for d in found(HEAD + "[ical]\nalarm = 1\n", {"ical": ICAL})] == ["P203"]
    assert [d.code for d in found(HEAD + "[ical]\n", {"ical": ICAL})] == ["P202"]


def test_a_plugin_never_sees_a_table_that_its_schema_refuses() -> None:
    for table, seen in (("alarm = true", {"ical": {"alarm": True}}), ("alarm = 1", {}), ("", {})):
        plan = load_text(PlanText("plan.toml", f"{HEAD}[ical]\n{table}\n"), {"ical": ICAL}).plan
        assert plan is not None
        assert plan.tables == seen


def test_the_table_of_a_plugin_that_is_not_here_is_a_warning() -> None:
    assert [d.code for d in found(HEAD + "[ical]\nalarm = 1\n")] == ["P205"]
    assert [d.code for d in found("ical = 1\n" + HEAD)] == ["P201"]
