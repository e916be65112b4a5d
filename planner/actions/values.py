"""`key=value` as a person types it, read as the kind of value that the format wants."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from planner.errors import UsageError
from planner.find import find_branch, find_goal
from planner.i18n import _
from planner.plan.model import Plan
from planner.plan.schema import schema_text
from planner.text import nearest, printable

EVERYBODY = frozenset(("全部", "全体", "各分工会", "所有分工会", "branches"))
_SEPARATOR = re.compile("[,，、]")
_DAYS = ("start", "end", "week1", "teaching-end")
"""Keys whose value TOML has a kind for."""
_YES, _NO = ("true", "是", "yes", "1"), ("false", "否", "no", "0")


def assignments(words: Sequence[str], fields: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """The values of `key=value` words by key; None takes the key away. `fields` are the schema's properties.

    Raises UsageError for a key that the format does not have, or a value that is not of its kind.
    """
    made: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=" if "=" in word else "＝")
        key = key.strip()
        if not equals:
            message = _("“{word}” is not of the form key=value.").format(word=printable(word))
            raise UsageError(message, _("For example: place=报告厅; title= takes the title away."))
        if key not in fields:
            likely = nearest(key, fields)
            hint = _("did you mean {word}?").format(word=likely) if likely else _("They are: {names}.")
            message = _("The key {key} is unknown.").format(key=printable(key))
            raise UsageError(message, hint.format(names=" ".join(fields)))
        made[key] = value_of(text, fields[key], key, plan) if text.strip() else None
    return made


def fields_of(table: str) -> Mapping[str, Any]:
    """The schema's fields of a table: "tasks", "goals", "branches", "term", or "" for the plan's own."""
    schema = json.loads(schema_text())
    if not table:
        kinds = ("string", "integer", "number", "boolean")
        return {name: field for name, field in schema["properties"].items() if field.get("type") in kinds}
    field = schema["properties"][table]
    fields: Mapping[str, Any] = field.get("items", field)["properties"]
    return fields


def value_of(text: str, field: Mapping[str, Any], key: str, plan: Plan) -> Any:
    """`text` as a value of a field: words stay words, lists are split at commas, tables are written as in TOML.

    Branches and goals may be named by their names. Raises UsageError.
    """
    kinds = field.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    text = text.strip()
    if "boolean" in kinds:
        return _truth(text, key)
    if kinds != ["string"] and (text[:1] in "[{" or "array" not in kinds):
        return _as_toml(text, key)
    if field.get("format") == "date" or (key in _DAYS and re.fullmatch(r"\d{4}-\d\d-\d\d", text)):
        return _day(text, key)
    if "array" not in kinds or (key == "for" and text == "branches") or (key == "on" and not _SEPARATOR.search(text)):
        return text
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if key == "for":
        return "branches" if text in EVERYBODY else [find_branch(part, plan).id for part in parts]
    return [find_goal(part, plan).id for part in parts] if key == "goals" else parts


def _day(text: str, key: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("The value of {key} cannot be read: {value}").format(key=key, value=printable(text))
        raise UsageError(message, f"{key}=2023-02-13") from None


def _truth(text: str, key: str) -> bool:
    if text.lower() in _YES + _NO:
        return text.lower() in _YES
    raise UsageError(_("{key} is true or false.").format(key=key), f"{key}=true")


def _as_toml(text: str, key: str) -> Any:
    import tomli

    from planner.plan.schema import make_json

    try:
        return make_json(tomli.loads(f"value = {text}")["value"])
    except (tomli.TOMLDecodeError, RecursionError) as error:
        message = _("The value of {key} cannot be read: {value}").format(key=key, value=printable(text))
        raise UsageError(message, _('For example: times={ every = "month", least = 1 }')) from error
