"""What names a time without a date, so that a person has to look: 适时, 下周, 期中考试后, 根据上级安排."""

from __future__ import annotations

from planner.dates.lexer import Tokens
from planner.dates.spans import Note, Span, unknown
from planner.dates.surroundings import EVENTS, LASTING_EVENTS, NO_EVENTS
from planner.dates.weeks import weekdays

_DEPENDS = ("安排", "通知")
_CIRCUMSTANCES = ("情况", "而定", "需要")
_CLAUSE_STARTS = ("", *",。;:(、\n")
_NOT_BETWEEN = frozenset("的,。;、《")
_REACH = 10
"""Characters between 根据 and 安排."""


def vague(tokens: Tokens, i: int) -> Span | None:
    """Words at token `i` that put off the date, or count from an event or a day that is not known."""
    kind = tokens.kind(i)
    if kind == "vague":
        return unknown(i + 1, "vague", kind="regularly" if tokens.text(i) == "定期" else "unknown")
    if kind in ("weekend", "week"):
        return _weekday_alone(tokens, i)
    if kind in ("after", "before", "during", "around", "eve"):
        return _event(tokens, i)
    return _depends(tokens, i) if kind == "source" else None


def _weekday_alone(tokens: Tokens, i: int) -> Span | None:
    found = weekdays(tokens, i)
    return unknown(found[1], "relative") if found else None


def _event(tokens: Tokens, i: int) -> Span | None:
    behind = tokens.behind(i, 4)
    if behind.endswith(NO_EVENTS) or not behind.endswith(LASTING_EVENTS if tokens.kind(i) == "during" else EVENTS):
        return None
    stop = i + 1
    if tokens.value(stop) > 0 and tokens.kind(stop + 1) in ("tian", "day", "week"):
        stop += 2
    return Span(stop, "event", (), certain=False, note=Note("event"))


def _depends(tokens: Tokens, i: int) -> Span | None:
    """根据上级安排: somebody else decides the date. 根据…的安排部署 is no time."""
    if len(tokens.text(i)) == 1 and tokens.behind(i, 1) not in _CLAUSE_STARTS:
        return None  # 接待, 重视
    clause = tokens.ahead(i + 1, _REACH)
    for wish in _CIRCUMSTANCES if tokens.text(i) == "视" else _DEPENDS:
        at = clause.find(wish)
        if at > 0 and not set(clause[:at]) & _NOT_BETWEEN and not clause.startswith("部署", at + len(wish)):
            j, end = i + 1, tokens.at(i).stop + at + len(wish)
            while tokens.kind(j) != "end" and tokens.at(j).stop < end:
                j += 1
            return unknown(j + 1, "vague")
    return None
