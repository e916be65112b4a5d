"""Values as plans write them: TOML 1.0 on one line, Chinese as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from planner.errors import PlanError
from planner.i18n import _
from planner.text import printable, shorten

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_INVISIBLE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What JSON leaves as it is though it acts unseen: C1 controls, line separators, changes of direction, a BOM."""


def plain(value: Any) -> Any:
    """`value` as a TOML parser would return it, sharing nothing with it. Raises PlanError where TOML has no such value.

    Tuples become lists, a number or text of a subclass becomes an ordinary one.
    """
    if isinstance(value, bool | datetime | date | time):
        return value
    if isinstance(value, Mapping):
        return {_text(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:  # half a character, from a terminal or file name in another encoding
            pass
        else:
            return str(value)
    message = _("This cannot be written into a plan: {value}")
    raise PlanError(message.format(value=shorten(printable(str(value)), 40)), _("Type the text again."))


def value_source(value: Any) -> str:
    """The source of a `plain` value: "…", true, 7, 2023-03-08, ["a", "b"], { every = "month", least = 1 }."""
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return _INVISIBLE.sub(lambda sign: f"\\u{ord(sign.group()):04x}", quoted)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"{{ {', '.join(pair_source(key, inner) for key, inner in value.items())} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(value_source, value))}]"
    if isinstance(value, date | time):
        return value.isoformat()
    return repr(value)  # of numbers, inf and nan this is TOML


def key_source(key: str) -> str:
    """The source of one key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else value_source(key)


def pair_source(key: str, value: Any) -> str:
    """The source of a pair, with one blank on each side of the equals sign."""
    return f"{key_source(key)} = {value_source(value)}"


def same(one: Any, other: Any) -> bool:
    """Whether two parsed values are the same to TOML: 1 is neither 1.0 nor true, and the order of keys is nothing."""
    kind = one.__class__
    if kind is not other.__class__:
        return False
    if kind is str:
        return bool(one == other)
    if kind is dict:
        return len(one) == len(other) and all(key in other and same(inner, other[key]) for key, inner in one.items())
    if kind is list:
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)  # nan equals itself, 0.0 is not -0.0, and times keep their offset
