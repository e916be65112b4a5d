"""The resolver of time expressions: Chinese and ISO, one expression or a whole sentence, in the context of a term."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.dates.breaks import titles
from planner.dates.clock import Clock, clock
from planner.dates.festivals import month_window
from planner.dates.lexer import Tokens, tokenised
from planner.dates.recurrence import Recurring, recurring
from planner.dates.results import Mention, Recurrence, When
from planner.dates.series import expression
from planner.dates.spans import FIRST_YEAR, LAST_YEAR, READ, Note, Scope, Span, year_of_month
from planner.dates.term import Term
from planner.dates.vague import vague
from planner.dates.window import Window, merged

__all__ = ["Mention", "Recurrence", "When", "mentions", "resolve"]

# 庆元旦, 迎中秋: under a heading the heading's month; with a date of its own the sentence needs no occasion.
_HEADED = frozenset(("庆", "迎", "喜迎", "欢度", "欢庆", "同庆", "共庆", "喜庆", "贺", "共迎"))
_TITLE_LENGTH = 100
_CLAUSE_ENDS, _SENTENCE_ENDS = ",。;、!?\n", "。;!?\n"
_DATED = frozenset(("day", "end", "part", "month", "week", "range"))
_SPANS = frozenset(("period", "month", "range", "year"))
_MONTH_SIZE = 28
_OPENING, _CLOSING = '“‘「『"', '”’」』"'


class _Found(NamedTuple):
    """A mention in tokens: `first` up to, not including, `stop`."""

    first: int
    stop: int
    when: When
    kind: str = ""
    occasion: str = ""
    clause: int = 0
    sentence: int = 0


def mentions(text: str, term: Term, month: int | None = None) -> tuple[Mention, ...]:
    """Every time expression of `text` in order; `month` is the number of the month heading it stands under."""
    if not _has_calendar(term):
        return ()
    tokens = tokenised(text, titles(term.breaks))
    offsets = tokens.source.offsets
    result = []
    for found in _with_occasions(_found(tokens, Scope(term, month)), term, month):
        start = offsets[tokens.at(found.first).start]
        end = offsets[tokens.at(found.stop - 1).stop - 1] + 1
        if start and text[start - 1] in _OPENING and any(char in _CLOSING for char in text[start:end]):
            start -= 1
        result.append(Mention(start, end, found.when._replace(text=text[start:end])))
    return tuple(result)


def resolve(text: str, term: Term, month: int | None = None) -> When:
    """The reading of an expression or a whole sentence: the union of all its mentions, certain if all are."""
    if not _has_calendar(term):
        return When(text, certain=False, note=Note("no_calendar"))
    if (day := _iso_day(text)) is not None:
        return When(text, (Window(day, day),), "day")
    tokens = tokenised(text, titles(term.breaks))
    return _joined(text, [f.when for f in _with_occasions(_found(tokens, Scope(term, month)), term, month)])


def _has_calendar(term: Term) -> bool:
    return term.start <= term.end and term.start.year >= FIRST_YEAR and term.end.year <= LAST_YEAR


def _iso_day(text: str) -> date | None:
    """The day of a plain ISO date, the commonest wording of large plans: what the grammar gives, without the way."""
    if len(text) != 10 or not text.isascii() or not "1900" <= text[:4] <= "2199" or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _joined(text: str, parts: list[When]) -> When:
    if len(parts) == 1:
        return parts[0]._replace(text=text)
    if not parts:
        return When(text)
    unsure = [part for part in parts if not part.certain]
    telling = unsure[0] if unsure else next((part for part in parts if part.windows), parts[0])
    return When(
        text,
        merged(window for part in parts for window in part.windows),
        telling.precision or next((part.precision for part in parts if part.precision), None),
        tuple(recurrence for part in parts for recurrence in part.recurs),
        not unsure,
        any(part.provisional for part in parts),
        next((part.time for part in parts if part.time), None),
        telling.note if unsure or len({part.note for part in parts}) == 1 else READ,
    )


def _found(tokens: Tokens, scope: Scope) -> list[_Found]:
    found: list[_Found] = []
    i, clause, sentence, since = 0, -1, -1, 0
    while i < len(tokens):
        skipped = _title(tokens, i)
        if skipped:
            i = skipped
            continue
        here = _recurrence(tokens, i, scope) or _span(tokens, i, scope) or _clock_alone(tokens, i)
        if here is None:
            i += 1
            continue
        if here.when.windows or here.when.recurs or not here.when.certain or here.when.time:
            start = tokens.at(i).start
            clause = _begin(tokens.source.text, _CLAUSE_ENDS, clause, since, start)
            sentence = _begin(tokens.source.text, _SENTENCE_ENDS, sentence, since, start)
            since = start
            found.append(here._replace(clause=clause, sentence=sentence))
        i = max(here.stop, i + 1)
    return found


def _begin(text: str, signs: str, previous: int, since: int, start: int) -> int:
    """Where the clause or sentence at `start` begins: behind the last sign after `since`, else the `previous` one."""
    return max(previous, *(text.rfind(sign, since, start) for sign in signs))


def _in_clauses(found: list[_Found], term: Term) -> Iterable[_Found]:
    """What other mentions decide: 12月29日举办元旦联欢会, 9—12月教工社团每月一次, 11月，举办讲座，每周二."""
    dated = {f.clause for f in found if f.kind in _DATED and f.when.windows and f.when.certain}
    spans: dict[int, When] = {}
    named: dict[int, list[When]] = {}  # by sentence
    for f in found:
        if f.kind == "festival" and f.clause in dated:
            continue  # beside a date a festival only names what is held
        if f.kind == "recurrence" and f.when.windows == (term.window,):
            earlier = [spans[f.clause]] if f.clause in spans else named.get(f.sentence, [])
            if len(earlier) == 1:
                f = f._replace(when=f.when._replace(windows=earlier[0].windows))
        elif f.kind in _SPANS and f.when.windows and f.when.certain:
            spans.setdefault(f.clause, f.when)
        if _is_span(f):
            named.setdefault(f.sentence, []).append(f.when)
        yield f


def _is_span(f: _Found) -> bool:
    """Whether a month or more is named, in which a recurrence behind it can run."""
    kind = f.kind in _SPANS or f.kind == "end" or f.when.note.code == "from"
    return kind and sum(window.days for window in f.when.windows) >= _MONTH_SIZE


def _title(tokens: Tokens, i: int) -> int | None:
    """The token behind a title in 《》 at token `i`: what a document is called is no time."""
    if "《" not in tokens.text(i):
        return None
    text, token = tokens.source.text, tokens.at(i)
    opened = text.rfind("《", token.start, token.stop)
    closed = text.find("》", opened, opened + _TITLE_LENGTH)
    if closed < token.stop or (opened == 0 and closed == len(text) - 1):
        return None
    while tokens.kind(i) != "end" and tokens.at(i).stop <= closed:
        i += 1
    return i


def _recurrence(tokens: Tokens, i: int, scope: Scope) -> _Found | None:
    read = recurring(tokens, i, scope)
    if read is None:
        return None
    bracketed = expression(tokens, read.stop + 1, scope) if tokens.text(read.stop) == "(" else None
    if bracketed and bracketed[0].windows and tokens.ahead(bracketed[0].stop, 1) == ")" and read.windows is None:
        return _repeating(i, read._replace(stop=bracketed[0].stop), scope, bracketed[0])  # 每周一（3—5月）
    return _repeating(i, read, scope)


def _repeating(i: int, read: Recurring, scope: Scope, span: Span | None = None) -> _Found:
    windows = read.windows
    certain, note = read.certain, read.note
    if windows is None and span is not None:
        windows = span.windows
    elif windows is None:
        windows, certain, note = _whole_span(read, scope)
    certain = certain and (span is None or span.certain)
    when = When("", merged(windows), read.precision, (read.recurrence,), certain, time=read.clock, note=note)
    return _Found(i, read.stop, when, "recurrence")


def _whole_span(read: Recurring, scope: Scope) -> tuple[tuple[Window, ...], bool, Note]:
    """The span a recurrence runs in: the context, for odd and even weeks the weeks of teaching."""
    term = scope.term
    if not read.teaching:
        return (term.window,), read.certain, read.note
    if term.week1 is None or term.week1 > (term.teaching_end or term.end):
        return (term.window,), False, Note("no_week1")
    return (Window(term.week1, term.teaching_end or term.end),), read.certain, read.note


def _span(tokens: Tokens, i: int, scope: Scope) -> _Found | None:
    read = expression(tokens, i, scope)
    if read is None:
        span = vague(tokens, i)
        return _Found(i, span.stop, _when(span, None), span.kind) if span else None
    span, time = read
    if span.kind != "silent" and span.windows:
        inside = _recurrence_inside(tokens, i, span, scope)
        if inside:
            return inside
    occasion = tokens.text(i - 1) if span.kind in ("festival", "days_off", "modified") else ""
    if occasion and tokens.kind(i - 1) != "occasion":
        occasion = ""
    return _Found(i, span.stop, _when(span, time), span.kind, occasion)


def _recurrence_inside(tokens: Tokens, i: int, span: Span, scope: Scope) -> _Found | None:
    """上半年每月两次, 3—5月每周一, 暑假期间，每周三: a recurrence with a span of its own."""
    j = span.stop
    while tokens.kind(j) in ("de", "inside", "during") or tokens.text(j) in (",", "("):
        j += 1
    if j - span.stop > 2 or tokens.kind(j) not in ("every", "parity"):
        return None
    read = recurring(tokens, j, scope)
    if read is None or read.windows is not None:
        return None
    found = _repeating(i, read, scope, span)
    return found._replace(stop=read.stop)


def _when(span: Span, time: Clock | None) -> When:
    windows = merged(span.windows)
    return When("", windows, span.precision, (), span.certain, span.provisional, time, span.note)


def _clock_alone(tokens: Tokens, i: int) -> _Found | None:
    if tokens.kind(i) not in ("daytime", "afternoon", "num"):
        return None
    found = clock(tokens, i)
    return _Found(i, found[1], When("", time=found[0]), "clock") if found and found[0] else None


def _with_occasions(found: list[_Found], term: Term, month: int | None) -> Iterable[_Found]:
    """Drop what adds nothing: occasions beside a date, a date's own festival, 定期 beside a recurrence."""
    dated = any(f.when.windows and not f.occasion for f in found)
    repeats = any(f.when.recurs for f in found)
    days = {f.when.windows for f in found if f.kind == "day"}
    for f in _in_clauses(found, term):
        if f.kind == "regularly" and repeats:
            continue
        if f.kind == "festival" and f.when.windows in days:
            continue  # 11月9日为全国消防日
        if not f.occasion and not _new_year_under_december(f, term, month):
            yield f
        elif dated and f.occasion:
            continue
        elif month is not None and (f.occasion in _HEADED or not f.occasion or _elsewhere(f, month)):
            yield f._replace(when=_heading_month(f.when, term, month))
        elif f.occasion in _HEADED:
            yield f._replace(when=f.when._replace(certain=False, note=Note("occasion")))
        else:
            yield f


def _elsewhere(f: _Found, month: int) -> bool:
    """Whether a festival lies outside the heading's month (庆祝元旦 under December)."""
    return f.kind == "festival" and all(w.start.month != month for w in f.when.windows)


def _new_year_under_december(f: _Found, term: Term, month: int | None) -> bool:
    """元旦 under December of a calendar-year plan is the coming new year: an occasion, not 1 January past."""
    if month != 12 or not term.is_calendar_year or f.kind != "festival" or len(f.when.windows) != 1:
        return False
    day = f.when.windows[0].start
    return (day.year, day.month, day.day) == (term.start.year, 1, 1)


def _heading_month(when: When, term: Term, month: int) -> When:
    year, certain = year_of_month(Scope(term, month), month)
    return when._replace(
        windows=(month_window(year, month),), precision="month", certain=certain, note=Note("occasion")
    )
