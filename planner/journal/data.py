"""What an entry holds, as JSON text: one spelling for equal data, and the limits of what a journal takes."""

from __future__ import annotations

import json
import math
import re
from typing import Any

DEEPEST = 32
"""Brackets within brackets. What is nested deeper could be kept, but one day not be read again."""

_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')


def data_text(data: object) -> str:
    """`data` as JSON in one line: keys sorted, no blanks, characters as they are. Equal data gives equal text.

    Raises ValueError for what is no JSON (dates, NaN, half characters) or nested too deeply.
    """
    try:
        text = _encoder.encode(data)
        text.encode()
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    _refuse_depth(text)
    return text


def strict_json(text: str) -> Any:
    """The value of a JSON text that another program wrote.

    Raises ValueError for what is no JSON, and for what Python alone would take: NaN, numbers too large, a key twice,
    nesting without end.
    """
    try:
        value = _decoder.decode(text)
    except RecursionError as error:
        raise ValueError(str(error)) from error
    _refuse_depth(text)
    return value


def _refuse_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    depth = 0
    for mark in _MARK.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark.group(), 0)
        if depth > DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} deep")


def _finite(text: str) -> float:
    number = float(text)
    if math.isfinite(number):
        return number
    raise ValueError(f"{text:.20} is too large")


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice")
    return value


_decoder = json.JSONDecoder(parse_float=_finite, parse_constant=_no_number, object_pairs_hook=_unique)
