"""Stretches of time put together: lists, ranges, and the words that stand before them (从, 截至, 不迟于)."""

from __future__ import annotations

from planner.dates.anchors import anchor
from planner.dates.clock import Clock, clock
from planner.dates.days import weekday
from planner.dates.lexer import Tokens
from planner.dates.modifiers import modified
from planner.dates.spans import Note, Scope, Span, plus
from planner.dates.window import Window

_LONGEST = 40
_COARSE = frozenset(("semester", "half", "season", "year"))
_FINE = frozenset(("num", "ordinal", "named_month", "festival", "closing", "midterm", "opening_phase"))
Timed = tuple[Span, "Clock | None"]


def expression(tokens: Tokens, i: int, scope: Scope) -> Timed | None:
    """The whole expression of time at token `i`, and the time of day it names."""
    kind = tokens.kind(i)
    if kind in ("to", "range", "latest") or tokens.text(i) in ("截止", "截至"):
        return _bounded(tokens, i, scope)
    if kind in ("from", "now"):
        return _from(tokens, i, scope)
    return _series(tokens, i, scope)


def _bounded(tokens: Tokens, i: int, scope: Scope) -> Timed | None:
    """截至X, 至X: from the start of the context; 不迟于X: a deadline."""
    kind = tokens.kind(i)
    if kind == "range" and tokens.text(i) == "-":
        return None
    j = i + 1 + (tokens.text(i + 1) in ("于", "到", "至"))
    found = _series(tokens, j, scope)
    if not found or not found[0].windows:
        return found
    span, time = found
    last = span.last
    start = scope.term.start if kind != "latest" else plus(last, 1 - scope.term.policy.before)
    bounded = Window(min(start, span.windows[-1].start), last)
    note = Note("until" if kind != "latest" else "deadline") if span.certain else span.note
    return span._replace(kind="until", windows=(bounded,), note=note), time


def _from(tokens: Tokens, i: int, scope: Scope) -> Timed | None:
    """从X起, 自即日起至X, 从X到Y."""
    j = i + (tokens.kind(i) == "from")
    if tokens.kind(j) == "now":
        j += 1
        j += tokens.kind(j) == "start"
        if tokens.kind(j) not in ("to", "range"):
            if tokens.kind(i) != "from" and tokens.text(i) == "现在":
                return None
            return Span(j, "unknown", (), certain=False, note=Note("relative")), None
        found = _series(tokens, j + 1, scope)
        if not found or not found[0].windows:
            return found
        span, time = found
        days = Window(min(scope.term.start, span.first), span.last)
        return span._replace(kind="until", windows=(days,), note=Note("until") if span.certain else span.note), time
    return _series(tokens, j, scope)


def _element(tokens: Tokens, i: int, scope: Scope) -> Timed | None:
    """One stretch of time with its modifiers, the weekday written beside it, and its time of day."""
    span = anchor(tokens, i, scope)
    if span is None or span.kind == "silent":
        return (span, None) if span else None
    span = _finer(tokens, span, scope)
    span = _beside_weekday(tokens, span)
    span = _same_festival(tokens, span, scope)
    time = None
    found = clock(tokens, span.stop) if span.precision == "day" or not span.windows else None
    if found:
        time, span = found[0], span._replace(stop=found[1])
    return modified(tokens, span, scope), time


def _finer(tokens: Tokens, span: Span, scope: Scope) -> Span:
    """本学期第3周, 上半年3月, 寒假春节期间: the finer time directly behind a coarse one is meant."""
    if span.precision not in _COARSE or not span.windows:
        return span
    j = span.stop + (tokens.kind(span.stop) in ("de", "inside"))
    if tokens.kind(j) not in _FINE or (tokens.kind(j) == "ordinal" and span.precision == "season"):
        return span
    inner = anchor(tokens, j, scope._replace(year=span.year))
    return inner if inner and inner.windows and inner.precision not in _COARSE else span


def _beside_weekday(tokens: Tokens, span: Span) -> Span:
    """The weekday beside a date, also in brackets: it must agree, else the date stands and is flagged."""
    if span.kind not in ("day", "festival") or len(span.windows) != 1 or span.windows[0].days != 1:
        return span
    bracket = tokens.text(span.stop) in ("(", "(星期", " ", ",")
    found = weekday(tokens, span.stop + bracket)
    if not found or (tokens.text(span.stop) == "(" and tokens.ahead(found[1], 1) not in (")", "上", "下", "晚", ",")):
        return span
    number, stop = found
    stop += tokens.text(stop) == ")"
    if number == span.first.isoweekday():
        return span._replace(stop=stop)
    return span._replace(stop=stop, certain=False, note=Note("weekday_conflict"))


def _same_festival(tokens: Tokens, span: Span, scope: Scope) -> Span:
    """A festival named behind its own date (4月23日世界读书日) says nothing new."""
    if span.kind != "day" or tokens.kind(span.stop) not in ("festival", "intl"):
        return span
    j = span.stop + (tokens.kind(span.stop) == "intl")
    again = anchor(tokens, j, scope._replace(year=span.first.year)) if span.windows else None
    if again and again.windows == span.windows:
        return span._replace(stop=again.stop, kind="festival", festivals=again.festivals)
    return span


def _series(tokens: Tokens, i: int, scope: Scope) -> Timed | None:
    found = _element(tokens, i, scope)
    if found is None:
        return None
    whole, time = found
    if whole.kind == "silent":
        return found
    for _ in range(_LONGEST):
        joint = tokens.kind(whole.stop)
        following = whole.stop + 1 + (tokens.kind(whole.stop + 1) in ("range", "to") and joint == "start")
        if joint == "start" and following == whole.stop + 1:
            break
        if whole.kind == "festival" and joint in ("festival", "num"):
            following -= 1  # 元旦春节期间
            joint = "sep"
        elif joint not in ("sep", "range", "start", "to") and tokens.text(whole.stop) != "/":
            break
        inner = scope._replace(
            month=whole.month or scope.month, year=whole.year or scope.year, stated=bool(whole.month or scope.stated)
        )
        joined = (
            _listed(tokens, whole, following, scope, inner)
            if joint == "sep"
            else _ranged(tokens, whole, following, inner)
        )
        if joined is None:
            break
        whole = joined
    return whole, time


def _listed(tokens: Tokens, whole: Span, i: int, outer: Scope, scope: Scope) -> Span | None:
    """`whole` and the element at token `i`; a modifier behind a list of festivals belongs to all of them."""
    if tokens.kind(i) == "part" or tokens.kind(i) in ("num", "ordinal", "last"):
        use = scope
    else:
        use = scope._replace(month=outer.month, stated=outer.stated)
    plain = anchor(tokens, i, use)
    if plain is None or plain.kind == "silent" or not plain.windows or not whole.windows:
        return None
    if whole.kind == plain.kind == "festival":
        both = plain._replace(
            windows=tuple(sorted({*whole.windows, *plain.windows})),
            festivals=whole.festivals + plain.festivals,
            certain=whole.certain and plain.certain,
            note=plain.note if whole.certain else whole.note,
            stop=plain.stop + (tokens.kind(plain.stop) == "double"),  # 中秋、国庆双节
        )
        return modified(tokens, both, scope)
    found = _element(tokens, i, use)
    if not found or not found[0].windows:
        return None
    last = found[0]
    return last._replace(
        windows=whole.windows + last.windows,
        certain=whole.certain and last.certain,
        note=last.note if whole.certain else whole.note,
        kind=last.kind,
        year=last.year or whole.year,
        provisional=whole.provisional or last.provisional,
    )


def _ranged(tokens: Tokens, whole: Span, i: int, scope: Scope) -> Span | None:
    """From the first day of `whole` to the last of the element at token `i`, over the new year if need be."""
    if not whole.windows:
        return None
    start = whole.windows[-1].start
    scope = scope._replace(year=whole.year or start.year)
    found = _element(tokens, i, scope)
    if not found or not found[0].windows or found[0].kind == "silent":
        return None
    end = found[0]
    if end.last < start and end.year in (None, scope.year):
        found = _element(tokens, i, scope._replace(year=start.year + 1))
        if not found or not found[0].windows:
            return None
        end = found[0]
    if end.last < start:
        return end._replace(kind="unknown", windows=(), certain=False, note=Note("backwards"))
    return end._replace(
        kind="end" if end.kind in ("day", "end") else "range",
        windows=(*whole.windows[:-1], Window(start, end.last)),
        certain=whole.certain and end.certain,
        note=end.note if whole.certain else whole.note,
        provisional=whole.provisional or end.provisional,
        festivals=(),
    )
