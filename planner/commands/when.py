"""`planner when`: how a time expression is read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import date

import click

from planner.dates.term import Term
from planner.dates.when import When, resolve
from planner.errors import UsageError
from planner.i18n import _
from planner.output import echo
from planner.parameters import Day, Month
from planner.session import Session
from planner.text import printable
from planner.views.wording import full_day, recurrence_words

_DAY = Day()


@click.command(
    help=_(
        "Read time expressions or sentences: the days they mean, how sure that is, and why. With - they "
        "come from standard input, one a line, as EXPR or MONTH<TAB>EXPR. The term is that of the plan, "
        "or --from and --to."
    )
)
@click.argument("expressions", metavar="EXPR...|-", nargs=-1, required=True)
@click.option("--from", "start", type=_DAY, metavar="DATE", help=_("First day of the term"))
@click.option("--to", "end", type=_DAY, metavar="DATE", help=_("Last day of the term (included)"))
@click.option("--week1", type=_DAY, metavar="DATE", help=_("Monday of teaching week 1"))
@click.option("--teaching-end", type=_DAY, metavar="DATE", help=_("Last teaching day"))
@click.option(
    "--month",
    type=Month(),
    metavar="N",
    help=_("The month heading that the expressions stand under (1–12)"),
)
@click.pass_obj
def when(
    session: Session,
    expressions: tuple[str, ...],
    start: date | None,
    end: date | None,
    week1: date | None,
    teaching_end: date | None,
    month: int | None,
) -> None:
    """Print one reading for each expression."""
    term = _term(session, start, end, week1, teaching_end)
    for number, (heading, text) in enumerate(_lines(expressions, month)):
        reading = resolve(text, term, heading)
        if session.json:
            click.echo(json.dumps(reading.to_json(), ensure_ascii=False).encode())
        else:
            echo(*([""] if number else []), *_explained(reading))


def _term(
    session: Session, start: date | None, end: date | None, week1: date | None, teaching_end: date | None
) -> Term:
    if start is None and end is None:
        term = session.snapshot().plan.term
        return term._replace(week1=week1 or term.week1, teaching_end=teaching_end or term.teaching_end)
    if start is None or end is None:
        raise UsageError(_("--from and --to go together."))
    if end < start:
        raise UsageError(_("The term ends before it begins."))
    if week1 and week1.weekday() != 0:
        raise UsageError(_("week1 is not a Monday."))
    return Term(start, end, week1, teaching_end)


def _lines(expressions: tuple[str, ...], month: int | None) -> Iterator[tuple[int | None, str]]:
    """Month heading and text of every expression."""
    for expression in expressions:
        if expression != "-":
            yield month, expression
            continue
        for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace"):
            heading, tab, text = line.rstrip("\r\n").partition("\t")
            if tab and heading.strip().isdecimal() and 1 <= int(heading) <= 12:
                yield int(heading), text
            else:
                yield month, text if tab and not heading.strip() else line.rstrip("\r\n")


def _explained(reading: When) -> Iterator[str]:
    yield printable(reading.text)
    for window in reading.windows:
        if window.days == 1:
            yield "  " + full_day(window.start)
        else:
            text = _("{first} to {last} ({n} days)")
            yield "  " + text.format(first=full_day(window.start), last=full_day(window.end), n=window.days)
    if not reading.windows:
        yield "  " + _("no date")
    for recurrence in reading.recurs:
        yield "  " + _("recurs: {rule}").format(rule=recurrence_words(recurrence))
    if not reading.certain:
        yield "  " + _("not certain: a person must decide")
    if reading.provisional:
        yield "  " + _("provisional: the holidays of that year are not announced yet")
    if reading.reason:
        yield "  " + printable(reading.reason)
