"""The format of plans: plan.schema.json is its single source, and what a plan violates is told in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator, ValidationError

from planner.diagnostics import Diagnostic, Severity
from planner.i18n import _
from planner.plan.source import PlanText
from planner.text import nearest, shorten

if TYPE_CHECKING:
    from planner.plan.positions import Path

_TIMES = frozenset((date, datetime, time))


def schema_text() -> str:
    """The schema file as it is shipped."""
    with open(__file__.removesuffix("schema.py") + "plan.schema.json", encoding="utf-8") as file:
        return file.read()


def plan_schema(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The whole schema: the core's, and one more table for each plugin that has one."""
    schema: dict[str, Any] = json.loads(schema_text())
    schema["properties"].update(tables)
    return schema


def make_json(value: Any) -> Any:
    """`value` with TOML's dates and times as ISO text, changed in place: JSON Schema knows no dates."""
    kind = value.__class__
    if kind is not dict and kind is not list:
        return value.isoformat() if kind in _TIMES else value
    for key, inner in value.items() if kind is dict else enumerate(value):
        inner_kind = inner.__class__
        if inner_kind is list:  # here and not by a call of its own: a large plan has many lists of ids
            for number, item in enumerate(inner):
                if item.__class__ is not str:
                    inner[number] = make_json(item)
        elif inner_kind is not str:
            value[key] = make_json(inner)
    return value


class Violation:
    """One place where a plan does not follow the schema."""

    def __init__(self, error: ValidationError) -> None:
        self.path: Path = tuple(error.instance_path)
        self.rule: str = error.kind.name
        self.details: dict[str, Any] = error.kind.as_dict()
        self.value: Any = error.instance


def violations(data: Any, tables: Mapping[str, Mapping[str, Any]]) -> list[Violation]:
    """All violations of the schema in `data` (as `make_json` leaves it)."""
    validator = Draft202012Validator(plan_schema(tables))
    return [] if validator.is_valid(data) else [Violation(error) for error in validator.iter_errors(data)]


def explain(found: list[Violation], text: PlanText, tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Diagnostic]:
    """The violations as diagnostics. A misspelt key is told once, not also as the missing key it was meant to be."""
    schema = plan_schema(tables)
    meant: set[tuple[Path, str]] = set()
    wrong: set[Path] = set()
    for violation in found:
        if violation.rule == "additionalProperties":
            known = _known_keys(schema, violation.path)
            for key in violation.details["unexpected"]:
                likely = nearest(key, known)
                meant.add((violation.path, likely or ""))
                yield _unknown_key(text, (*violation.path, key), key, likely, violation.value[key])
    for violation in found:
        missing: str = violation.details.get("property", "")
        if violation.rule == "required" and (violation.path, missing) not in meant:
            place = text.key(*violation.path) if violation.path else text.location(text.line_span(1))
            message = _("The key {key} is missing here.").format(key=missing)
            yield Diagnostic("P202", Severity.ERROR, message, place, _example(schema, (*violation.path, missing)))
        elif violation.rule not in ("required", "additionalProperties") and violation.path not in wrong:
            wrong.add(violation.path)  # an empty text is too short and has the wrong form: once is enough
            yield _wrong_value(text, schema, violation)


def _unknown_key(text: PlanText, path: Path, key: str, likely: str | None, value: Any) -> Diagnostic:
    place = text.key(*path)
    if len(path) == 1 and likely is None and isinstance(value, (dict, list)):
        message = _("No plugin that is here reads the table {key}.").format(key=key)
        return Diagnostic("P205", Severity.WARNING, message, place, _("`planner plugins` shows which are here."))
    message = _("The key {key} is unknown.").format(key=key)
    hint = (
        _("did you mean {word}?").format(word=likely)
        if likely
        else _("See the field reference for the names of keys, or `planner schema`.")
    )
    return Diagnostic("P201", Severity.ERROR, message, place, hint)


def _wrong_value(text: PlanText, schema: dict[str, Any], violation: Violation) -> Diagnostic:
    shown = shorten(_shown(violation.value), 40)
    code = "P203" if violation.rule == "type" else "P204"
    if violation.rule == "type":
        message = _("{value} is of the wrong kind; wanted is {kinds}.").format(
            value=shown, kinds=_(" or ").join(_kind(k) for k in violation.details["types"])
        )
    elif violation.rule == "enum":
        options = json.loads(json.dumps(violation.details["options"]))
        message = _("{value} is not allowed; allowed are: {options}.").format(
            value=shown, options=" ".join(map(str, options))
        )
    elif violation.rule == "uniqueItems":
        message = _("The list holds something twice.")
    elif violation.rule in ("minLength", "minItems", "minProperties"):
        message = _("There is too little here.")
    elif violation.rule in ("maxLength", "maxItems", "maxProperties"):
        message = _("There is too much here.")
    else:
        message = _("{value} does not have the right form.").format(value=shown)
    return Diagnostic(code, Severity.ERROR, message, text.value(*violation.path), _example(schema, violation.path))


def _shown(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError):  # a number of thousands of digits
        return "…"


def _kind(json_type: str) -> str:
    names = {
        "string": _("a text in quotes"), "array": _("a list [ ]"), "object": _("a table"),
        "boolean": _("true or false"), "integer": _("a whole number"), "number": _("a number"),
    }  # fmt: skip
    return names.get(json_type, json_type)


def _example(schema: dict[str, Any], path: Path) -> str | None:
    """The description of the field at `path`, and an example of it."""
    field = _field(schema, path)
    example = (field.get("examples") or [None])[0]
    parts = [re.split("(?<=。)", field.get("description", ""))[0]]
    if example is not None:
        parts.append(_("For example: {example}").format(example=toml_value(example)))
    elif "description" not in field and path:
        return _example(schema, path[:-1])
    return " ".join(filter(None, parts)) or None


def toml_value(value: Any) -> str:
    """A value as TOML writes it in a plan."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _field(schema: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    for step in path:
        schema = schema.get("items" if isinstance(step, int) else "properties", {})
        if isinstance(step, str):
            schema = schema.get(step, {})
    return schema if isinstance(schema, Mapping) else {}


def _known_keys(schema: Mapping[str, Any], path: Path) -> list[str]:
    return list(_field(schema, path).get("properties", {}))
