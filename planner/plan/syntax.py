"""TOML from a plan's text, past its first mistake.

A parser stops at the first mistake. People make several, and the same ones: full-width punctuation from a Chinese
keyboard, a Chinese word as a key. Each is reported where it stands, mended in memory, and the reading goes on.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tomli

from planner.diagnostics import Diagnostic
from planner.plan.source import PlanText

_ROUNDS, _FEWEST_ROUNDS, _CHARACTERS = 1000, 4, 1 << 24
"""Every mistake costs one more reading of the whole text: so many, or so many characters in all."""


class Parsed(NamedTuple):
    """The data of a plan as far as it could be read, the mistakes, and the lines (from 1) they stand on."""

    data: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]
    bad_lines: frozenset[int]


def parse(source: PlanText) -> Parsed:
    """Parse as TOML, collecting every mistake that can be told apart."""
    text, found = source.text, dict[int, Diagnostic]()
    for _round in range(max(_FEWEST_ROUNDS, min(_ROUNDS, _CHARACTERS // max(len(text), 1)))):
        try:
            data = tomli.loads(text)
            source.mended = text
            return Parsed(data, tuple(found.values()), frozenset(found))
        except tomli.TOMLDecodeError as error:
            from planner.plan.mistakes import explain  # 2 ms, and a good plan needs none of it

            line, diagnostic, text = explain(source, text, error, found)
            found.setdefault(line, diagnostic)
        except (RecursionError, ValueError):
            from planner.plan.mistakes import beyond_limits

            return Parsed(None, (*found.values(), beyond_limits(source)), frozenset(found))
    from planner.plan.mistakes import too_many

    return Parsed(None, (*found.values(), too_many(source)), frozenset(found))
