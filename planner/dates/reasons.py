"""The one-line reasons that people read, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.i18n import _

if TYPE_CHECKING:
    from planner.dates.results import When
    from planner.dates.spans import Note


def explained(note: Note, when: When) -> str:
    """`note` as a sentence about `when`."""
    first = when.windows[0].start.isoformat() if when.windows else ""
    last = when.windows[-1].end.isoformat() if when.windows else ""
    names = "、".join(note.words)
    template = _texts().get(note.code, "{first}")
    if note.code == "read":
        return _read(when).format(first=first, last=last)
    return template.format(first=first, last=last, names=names)


def _read(when: When) -> str:
    if not when.windows:
        return _("no time expression")
    if len(when.windows) > 1:
        return _("several windows, the first from {first}, the last to {last}")
    if when.windows[0].days == 1:
        return _("the day {first}")
    return _("from {first} to {last}")


def _texts() -> dict[str, str]:
    return {
        "festival": _("{names}: {first}"),
        "festival_twice": _("{names} falls twice in this year: choose one"),
        "festival_outside": _("{names} falls outside the term: the next one after its start is meant?"),
        "no_festival": _("{names} does not fall in this year"),
        "lunar": _("lunar calendar: from {first} to {last}"),
        "days_off": _("official days off: from {first} to {last}"),
        "before": _("before: ends on {last}"),
        "after": _("after: starts on {first}, the end is open"),
        "around": _("around it: from {first} to {last}"),
        "deadline": _("deadline: ends on {last}"),
        "until": _("from the start of the term to {last}"),
        "from": _("from {first} to the end of the term"),
        "occasion": _("names an occasion, not the day: from {first} to {last}"),
        "recurs": _("repeats from {first} to {last}"),
        "count": _("says how often, not when"),
        "on_holidays": _("on every holiday: name the days"),
        "vague": _("no date is named: a person decides"),
        "relative": _("counts from a day that is not known here"),
        "event": _("depends on an event whose day is not known"),
        "no_month": _("names no month, and stands under no month heading"),
        "no_week1": _("the plan does not say when teaching week 1 begins"),
        "no_teaching_end": _("the plan does not say when teaching ends"),
        "month_or_term_week": _("a week of the month or a teaching week?"),
        "no_such_day": _("there is no such day"),
        "weekday_conflict": _("the weekday does not belong to this date: {first}"),
        "bare_number": _("a date or a number? {names}"),
        "duration": _("how long, not when"),
        "outside_term": _("mostly outside the term: is {first} to {last} meant?"),
        "assumed": _("the usual days are assumed: from {first} to {last}"),
        "backwards": _("the range ends before it begins"),
        "no_calendar": _("the term is empty or outside the years 1900 to 2200"),
        "damaged": _("the text seems to have lost a character: is {first} to {last} meant?"),
    }
