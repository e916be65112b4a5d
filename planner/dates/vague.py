"""What names a time without a date, so that a person has to look: 适时, 下周, 期中考试后, 根据上级安排."""

from __future__ import annotations

from planner.dates.days import measure
from planner.dates.lexer import Tokens
from planner.dates.spans import Note, Span, unknown
from planner.dates.surroundings import EVENTS, LASTING_EVENTS, NO_EVENTS
from planner.dates.weeks import weekdays

_DEPENDS = ("安排", "通知")
_CIRCUMSTANCES = ("情况", "而定", "需要")
_CLAUSE_STARTS = ("", *",。;:(、\n")
_CLAUSE_ENDS = ("", *",。;:)、\n")
_FROM_HOLIDAYS = ("节前", "节后", "年前")
_NOT_COUNTED_FROM = tuple("先日今最此向之其")
_NOT_BETWEEN = frozenset("的,。;、《")
_REACH = 10
"""Characters between 根据 and 安排."""


def vague(tokens: Tokens, i: int) -> Span | None:
    """Words at token `i` that put off the date, or count from an event or a day that is not known."""
    kind = tokens.kind(i)
    if kind == "vague":
        stop = measure(tokens, i + 1) if tokens.text(i) in _FROM_HOLIDAYS else None
        return unknown(stop or i + 1, "vague", kind="regularly" if tokens.text(i) == "定期" else "unknown")
    if kind in ("lasting", "holidays", "festive"):
        return _clause_alone(tokens, i)
    if kind in ("weekend", "week"):
        return _weekday_alone(tokens, i)
    if kind in ("after", "before", "during", "around", "eve"):
        return _event(tokens, i)
    return _depends(tokens, i) if kind == "source" else None


def _clause_alone(tokens: Tokens, i: int) -> Span | None:
    """长期, 节假日, 节假日前 at the start of a clause that says no more; 长期坚持, 看望长期患病教职工 is no time."""
    word, following = tokens.text(i), tokens.kind(i + 1)
    if (tokens.kind(i) == "festive" and word != "节日") or tokens.behind(i, 1) not in _CLAUSE_STARTS:
        return None
    if tokens.kind(i) != "lasting" and following in ("before", "after", "around", "eve", "approach", "during"):
        return unknown(measure(tokens, i + 2) or i + 2, "vague")
    alone = tokens.kind(i) != "festive" and tokens.ahead(i + 1, 1) in _CLAUSE_ENDS
    return unknown(i + 1, "vague") if alone else None


def _weekday_alone(tokens: Tokens, i: int) -> Span | None:
    found = weekdays(tokens, i)
    return unknown(found[1], "relative") if found else None


def _event(tokens: Tokens, i: int) -> Span | None:
    behind, stop = tokens.behind(i, 4), i + 1
    if behind.endswith("提") and tokens.text(stop + 1) == "天":
        return None  # 提前3天通知
    counted = measure(tokens, stop) if tokens.kind(i) in ("before", "after", "around") else None
    known = behind.endswith(LASTING_EVENTS if tokens.kind(i) == "during" else EVENTS) and not behind.endswith(NO_EVENTS)
    # 收到通知后3日内: whatever it is, the days count from it, and are no day of a month.
    if not known and not (counted and tokens.kind(i - 1) == "other" and not behind.endswith(_NOT_COUNTED_FROM)):
        return None
    stop = counted or stop
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
