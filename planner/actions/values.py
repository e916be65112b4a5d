"""`key=value` as a person types it, read as the kind of value that the format wants."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from planner.errors import UsageError
from planner.i18n import _
from planner.plan.schema import schema_text
from planner.text import nearest, printable

_YES, _NO = ("true", "是", "yes", "1"), ("false", "否", "no", "0")


def assignments(words: tuple[str, ...], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `key=value` words by key; None takes the key away. `fields` are the schema's properties.

    Raises UsageError for a key that the format does not have, or a value that is not of its kind.
    """
    made: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        key = key.strip()
        if not equals:
            message = _("“{word}” is not of the form key=value.").format(word=printable(word))
            raise UsageError(message, _("For example: place=报告厅; title= takes the title away."))
        if key not in fields:
            likely = nearest(key, fields)
            hint = _("did you mean {word}?").format(word=likely) if likely else _("They are: {names}.")
            message = _("The key {key} is unknown.").format(key=printable(key))
            raise UsageError(message, hint.format(names=" ".join(fields)))
        made[key] = value_of(text, fields[key], key) if text.strip() else None
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


def value_of(text: str, field: Mapping[str, Any], key: str) -> Any:
    """`text` as a value of a field: words stay words, lists are split at commas, tables are written as in TOML."""
    kinds = field.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    text = text.strip()
    if text[:1] in "[{":
        return _as_toml(text, key)
    if "boolean" in kinds:
        return _truth(text, key)
    if "integer" in kinds or "number" in kinds or "object" in kinds:
        return _as_toml(text, key)
    if kinds == ["array"] or ("array" in kinds and re.search("[,，、]", text)):
        return [part.strip() for part in re.split("[,，、]", text) if part.strip()]
    if "array" in kinds and key == "for" and text != "branches":
        return [text]
    return text


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
