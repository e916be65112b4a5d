"""Counts: 至少1次, 不超过3次, 一至两次, 3次以上."""

from __future__ import annotations

from planner.dates.lexer import Tokens
from planner.dates.numerals import pair_of
from planner.dates.surroundings import NOT_COUNTED

_GAP = 10
"""Tokens between a period and its count (每学期组织全体工会干部集中学习至少两次)."""
_GAP_TEXT = 24
_VERB, _VERB_TEXT = 4, 8
_MOST = 400
_BREAKS = tuple(",。;!?\n:")
# Before and behind 次 where it does not count: 第三次, 上一次, 一次性, 三次全会.
_NOT_COUNTED_BEFORE = tuple("第届新又上下再多这那首本有人某")

Count = tuple[int, "int | None", "int | None", "int | None"]


def count_behind(tokens: Tokens, i: int) -> Count | None:
    """A count somewhere behind a period, in the same clause."""
    start = tokens.at(i).start
    for j in range(i, i + _GAP):
        token = tokens.at(j)
        if token.kind == "end" or token.start - start > _GAP_TEXT:
            return None
        found = count_at(tokens, j, per_period=True)
        if found:
            return found
        if any(sign in token.text for sign in _BREAKS) or token.kind in ("every", "half", "whole_year", "month"):
            return None
    return None


def count_at(tokens: Tokens, i: int, *, per_period: bool) -> Count | None:
    """至少1次, 不超过3次, 一至两次, 3次以上 at token `i`: the token after, then exactly, at least, at most."""
    qualifier = tokens.kind(i) if tokens.kind(i) in ("least", "most") else ""
    j = i + bool(qualifier)
    if qualifier:
        j = _behind_verb(tokens, j)
    amount = _amount(tokens, j)
    if amount is None:
        return None
    (low, high), j = amount, j + 1
    more = _amount(tokens, j + 1) if tokens.kind(j) == "range" or tokens.text(j) in ("或", "、") else None
    if low == high and more and (tokens.text(j) != "、" or more[0] == low + 1):
        high, j = more[1], j + 2
    if not _counts(tokens, i, j, per_period=per_period) or not 0 < low <= high <= _MOST:
        return None
    stop = j + 1
    if tokens.kind(stop) in ("or_more",) or tokens.text(stop) == "以上":
        return stop + 1, None, low, None
    if tokens.text(stop) in ("以内", "以下"):
        return stop + 1, None, None, high
    if low != high:
        return stop, None, low, high
    if qualifier:
        return (stop, None, low, None) if qualifier == "least" else (stop, None, None, low)
    return stop, low, None, None


def _behind_verb(tokens: Tokens, j: int) -> int:
    """The number behind 至少集中学习: a verb may stand between, nothing that ends the clause."""
    k = j
    while k - j < _VERB and tokens.kind(k) in ("other", "x", "stem", "inside", "sep"):
        if any(sign in tokens.text(k) for sign in _BREAKS) or len(tokens.text(k)) > _VERB_TEXT:
            return j
        k += 1
    return k if tokens.kind(k) == "num" else j


def _amount(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Lowest and highest of 3, 两 or 一两 at token `i`."""
    if tokens.kind(i) != "num":
        return None
    value = tokens.value(i)
    return (1, 2) if tokens.text(i) == "一两" else pair_of(tokens.text(i)) or ((value, value) if value > 0 else None)


def _counts(tokens: Tokens, i: int, unit: int, *, per_period: bool) -> bool:
    """Whether the number before token `unit` counts occasions."""
    if per_period and tokens.kind(unit) == "event_unit":
        return True
    if tokens.kind(unit) != "times" or tokens.ahead(unit + 1, 3).startswith(NOT_COUNTED):
        return False
    # 六届二次、三次全会 is a list of ordinals.
    return tokens.behind(i, 1) not in _NOT_COUNTED_BEFORE and tokens.behind(i, 2) != "次、"
