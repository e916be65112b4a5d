"""The end of teaching and the breaks behind it: 期末, 放假前, 暑假, 寒假, and the plan's own breaks by their titles."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from planner.dates.days import measure
from planner.dates.festivals import NAMES, lunar_day
from planner.dates.lexer import Tokens
from planner.dates.normalize import normalized
from planner.dates.spans import READ, Note, Scope, Span, placed, placed_months, plus, unknown
from planner.dates.term import Break, Term
from planner.dates.window import Window
from planner.dates.words import WORDS

_SUMMER, _WINTER = ("暑假", "暑期"), ("寒假",)
_KNOWN = (*_SUMMER, *_WINTER)


def named(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """春假, 国庆长假: a break of the plan by its title."""
    return _given(i + 1, scope, (tokens.text(i),), exact=True)


@lru_cache(maxsize=16)
def titles(breaks: tuple[Break, ...]) -> dict[str, str]:
    """The titles of the plan's breaks that no word of the lexicon is, as words of their own."""
    found = (normalized(item.title).text for item in breaks)
    return {
        title: "break"
        for title in found
        if len(title) > 1 and title not in WORDS and title not in NAMES and not any(word in title for word in _KNOWN)
        and not title.isascii()
    }  # fmt: skip


def _given(stop: int, scope: Scope, words: tuple[str, ...], *, exact: bool = False) -> Span | None:
    """The plan's own breaks whose titles hold (`exact`: are) one of `words`; two of them: choose."""
    found = []
    for item in scope.term.breaks:
        title = normalized(item.title).text
        fits = title in words if exact else any(word in title for word in words)
        if fits and scope.year in (None, item.window.start.year, item.window.end.year):
            found.append(item.window)
    if not found:
        return None
    note = READ if len(found) == 1 else Note("festival_twice", words[:1])
    return Span(stop, "period", tuple(sorted(found)), "season", len(found) == 1, note, year=scope.year)


def _vacation(stop: int, scope: Scope) -> Span | None:
    """The one long break that ends the term: 放假 means it; None where the plan does not say."""
    last = scope.term.teaching_end
    found = _given(stop, scope, (*_SUMMER, *_WINTER))
    starts = [w for w in found.windows if w.start > (last or scope.term.start)] if found else []
    if found is None or not starts or (last is None and len(starts) > 1):
        return None
    return found._replace(windows=(starts[0],), certain=True, note=READ)


def _closing_window(term: Term) -> Window | None:
    last = term.teaching_end
    return Window(plus(last, 1 - term.policy.closing), last) if last else None


def closing(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """期末: the last days of teaching; an examination is an event."""
    if tokens.ahead(i + 1, 2) in ("考试", "考核", "测试", "检测", "成绩", "试卷", "统考", "联考", "测评", "质检"):
        return None
    found = _closing_window(scope.term)
    if found is None:
        return unknown(_behind_measure(tokens, i + 1), "no_teaching_end")
    return _counted_back(tokens, i + 1, scope) or Span(i + 1, "end", (found,), "week")


def _counted_back(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """The day after teaching, where 前 at token `i` counts back from it: 前一周, 前最后一个工作日."""
    last = scope.term.teaching_end
    if last is None or tokens.kind(i) != "before" or _behind_measure(tokens, i) == i:
        return None
    return Span(i, "period", (Window(plus(last, 1), plus(last, 1)),), "week")


def _behind_measure(tokens: Tokens, i: int) -> int:
    """The token behind 前一周 or 前最后一个工作日 at token `i`; `i` itself if that does not stand there."""
    found = measure(tokens, i + 1) if tokens.kind(i) == "before" else None
    return found or i


def holiday_start(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """放假前: the last days of teaching, before the plan's own break where it names one. 放假 alone is no time."""
    if tokens.kind(i + 1) not in ("before", "eve"):
        return None
    own = _vacation(i + 1, scope)
    if own:
        return own
    found = _closing_window(scope.term)
    if found is None:
        return unknown(max(_behind_measure(tokens, i + 1), i + 2), "no_teaching_end")
    return _counted_back(tokens, i + 1, scope) or Span(i + 2, "end", (found,), "week")


def _break(tokens: Tokens, i: int, scope: Scope, words: tuple[str, ...]) -> Span | None:
    """The plan's own break, else 暑假前, 寒假放假前: the last days of teaching, unless a length follows."""
    twice = tokens.kind(i + 1) == "holiday_start" and tokens.kind(i + 2) == "before"
    own = _given(i + 1 + twice, scope, words)
    if own or (tokens.kind(i + 1 + twice) != "before"):
        return own
    if not twice and _behind_measure(tokens, i + 1) > i + 1:
        return None
    return holiday_start(tokens, i + twice, scope._replace(term=scope.term._replace(breaks=())))


def summer(tokens: Tokens, i: int, scope: Scope) -> Span:
    """暑假: from the day after teaching to 31 August."""
    term = scope.term
    own = _break(tokens, i, scope, _SUMMER)
    if own:
        return own
    last = term.teaching_end
    if last and (term.is_autumn or last.month not in (5, 6, 7) or scope.year not in (None, last.year)):
        last = None
    if last:
        return Span(i + 1, "period", (Window(plus(last, 1), date(last.year, 8, 31)),), "season", year=scope.year)
    found, certain = placed_months(scope, 7, 8)
    # July and August are a guess where the last teaching day is not known.
    sure = certain and scope.year is not None
    note = Note("assumed") if certain else Note("outside_term")
    return Span(i + 1, "period", (found,) if found else (), "season", sure, note, year=scope.year)


def winter(tokens: Tokens, i: int, scope: Scope) -> Span:
    """寒假: about 30 days after an autumn semester's teaching; before a spring semester, to be looked at."""
    term = scope.term
    own = _break(tokens, i, scope, _WINTER)
    if own:
        return own
    last = term.teaching_end
    if term.is_autumn and last and scope.year in (None, plus(last, 1).year):
        return Span(i + 1, "period", (Window(plus(last, 1), plus(last, 30)),), "season")
    if term.week1 and not term.is_autumn and not term.is_calendar_year and scope.year in (None, term.start.year):
        days = Window(plus(term.week1, -29), plus(term.week1, -1))
        return Span(i + 1, "period", (days,), "season", certain=False, note=Note("outside_term"))
    found, _ = placed(scope, _around_spring_festival)
    return Span(i + 1, "period", (found,) if found else (), "season", certain=False, note=Note("assumed"))


def _around_spring_festival(year: int) -> Window | None:
    day = lunar_day(year, 1, 1)
    return Window(plus(day, -14), plus(day, 15)) if day else None


def both_breaks(tokens: Tokens, i: int, scope: Scope) -> Span:
    """寒暑假: both breaks, to be looked at."""
    spans = (winter(tokens, i, scope), summer(tokens, i, scope))
    windows = tuple(w for span in spans for w in span.windows)
    sure = all(_given(i, scope, words) for words in (_SUMMER, _WINTER)) and all(span.certain for span in spans)
    note = READ if sure else Note("outside_term")
    return Span(i + 1, "period", tuple(sorted(windows)), "season", sure, note)
