"""`planner ledger rates`: the rates of a ledger with what they are counted from, and how its totals reconcile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planner.api import (
    UnlikeUnitsError,
    UsageError,
    _,
    cell_width,
    columns,
    echo,
    echo_json,
    hanging,
    ngettext,
    number_text,
    printable,
    quantity_text,
    quantity_words,
    terminal_width,
)
from planner_ledger.as_json import quantity_json
from planner_ledger.commands.filtering import Wanted, filter_of, filtering
from planner_ledger.ledgers import find_ledger, ledgers_of
from planner_ledger.rates import RateFound, Summand, part_name, part_words, percent, rate_of, returned, whole_name
from planner_ledger.reconcile import Comparison, comparisons, stated_words
from planner_ledger.rows import Row, rows_of
from planner_ledger.totals import selection
from planner_ledger.wording import number_words

if TYPE_CHECKING:
    from planner.api import Quantity, Session, Snapshot
    from planner_ledger.model import Ledger, Rate

_Line = tuple[str, str, str]


class _Found(NamedTuple):
    """What there is to tell of one ledger."""

    ledger: Ledger
    rows: tuple[Row, ...]
    rates: list[tuple[Rate, RateFound | str]]
    """Each rate as the rows give it, or why they give none."""
    compared: list[Comparison] | None
    """None where only some of the rows were asked for: what a document states is about all."""
    partly: tuple[Row, ...]
    undated: tuple[Row, ...]


@click.command(
    help=_(
        "The rates of a ledger (such as 立案率 and 答复率 of 提案) with what they are counted from, what the whole is "
        "made of, and how the totals that a document states compare with the rows. Without LEDGER, of all that have "
        "rates."
    )
)
@click.argument("ledgers", metavar="[LEDGER]...", nargs=-1)
@filtering
@click.pass_obj
def rates(session: Session, /, ledgers: Sequence[str], **options: Any) -> None:
    """Print rates."""
    snapshot = session.snapshot(checked=False)
    wanted = Wanted(**options)
    found = [_found(ledger, wanted, snapshot) for ledger in _meant(ledgers, snapshot)]
    if session.json:
        echo_json([_as_json(one) for one in found])
        return
    width = terminal_width()
    for number, one in enumerate(found):
        echo(*([""] if number else []), *_drawn(one, width))


def _meant(words: Sequence[str], snapshot: Snapshot) -> list[Ledger]:
    """The ledgers that are named; where none is, those that have rates or stated totals. Raises UsageError for none."""
    if not words:
        found = [ledger for ledger in ledgers_of(snapshot.plan) if ledger.rates or ledger.stated]
        if not found:
            hint = _("A ledger with use = “提案” has them; `planner ledger definitions` lists the ready-made ones.")
            raise UsageError(_("No ledger of this plan has rates."), hint)
        return found
    found = [find_ledger(word, snapshot.plan) for word in dict.fromkeys(words)]
    for ledger in found:
        if not ledger.rates and not ledger.stated:
            hint = _("`planner ledger totals {id}` adds it up.").format(id=ledger.id)
            raise UsageError(_("The ledger “{ledger}” has no rates.").format(ledger=printable(ledger.name)), hint)
    return found


def _found(ledger: Ledger, wanted: Wanted, snapshot: Snapshot) -> _Found:
    known = rows_of(snapshot, ledger.id)
    chosen = selection(known, ledger, filter_of(wanted, ledger, snapshot), snapshot)
    is_all = not any(value for value in wanted if value is not None)
    found = [(rate, _rate(rate, chosen.rows, ledger)) for rate in ledger.rates]
    compared = comparisons(known, ledger) if is_all else None
    return _Found(ledger, chosen.rows, found, compared, chosen.partly, chosen.undated)


def _rate(rate: Rate, rows: Sequence[Row], ledger: Ledger) -> RateFound | str:
    try:
        return rate_of(rate, rows, ledger)
    except UnlikeUnitsError as error:
        return str(error)


# Text ----------------------------------------------------------------------------------------------------------------


def _drawn(found: _Found, width: int) -> Iterator[str]:
    """Everything of a ledger as lines of at most `width` cells."""
    yield printable(found.ledger.name)
    if not found.rows:
        yield "  " + _("No row matches.")
        yield from _left_out(found)
        return
    heads = [("  " + printable(rate.name), "—" if isinstance(one, str) else _percent(one)) for rate, one in found.rates]
    again = returned(found.rows, found.ledger)
    below = [("  " + _("Taken up again"), "")] if again else []
    room = width - max((cell_width(line) for line in columns((*head, "|||") for head in (*heads, *below))), default=0)
    lines: list[_Line] = []
    for head, (_rate, one) in zip(heads, found.rates, strict=True):
        texts = [one] if isinstance(one, str) else _rate_lines(one, found.ledger, room)
        lines += ((*(head if n == 0 else ("", "")), text) for n, text in enumerate(texts))
    lines += ((*head, _again(again)) for head in below)
    yield from hanging(lines, width)
    if found.compared:
        yield from ("", "  " + _("Totals that the documents state"))
        yield from hanging([line for one in found.compared for line in compared_lines(one, found.ledger)], width)
    yield from _left_out(found)


def _left_out(found: _Found) -> Iterator[str]:
    """What there is to say of a period."""
    if found.partly:
        n = len(found.partly)
        text = ngettext("{n} row lies only partly in this time, but counts whole.",
                        "{n} rows lie only partly in this time, but count whole.", n)  # fmt: skip
        yield "  " + text.format(n=n)
    if found.undated:
        n = len(found.undated)
        text = ngettext("{n} row has no date and is not counted.", "{n} rows have no date and are not counted.", n)
        yield "  " + text.format(n=n)


def _percent(one: RateFound) -> str:
    return quantity_text(one.percent) if one.percent else _("none")


def _rate_lines(one: RateFound, ledger: Ledger, room: int) -> Iterator[str]:
    """立案 64件 ÷ 征集 72件, and below it what those 72 are, in lines of at most `room` cells where that can be."""
    rate = one.rate
    name, whole = part_name(rate, ledger), whole_name(rate.whole, ledger)
    yield f"{name} {quantity_words(one.part)} ÷ {whole} {quantity_words(one.whole)}"
    if words := part_words(rate, ledger):
        yield _("{name}: {words}").format(name=name, words=words)
    if len(one.summands) > 1 or not all(summand.is_part for summand in one.summands):
        yield from _sum(one, f"{whole} {quantity_words(one.whole)} = ", room)
    if one.unmerged:
        left = one.whole._replace(number=one.whole.number - one.merged.number)
        text = _("without what was merged: {part} ÷ {whole} = {percent}")
        numbers = {"part": quantity_words(one.part), "whole": quantity_words(left)}
        yield text.format(**numbers, percent=quantity_text(one.unmerged))
    if one.unfit:
        n = len(one.unfit)
        text = ngettext("{n} row is not counted: its number does not fit the column ({rows})",
                        "{n} rows are not counted: their numbers do not fit the column ({rows})", n)  # fmt: skip
        yield text.format(n=n, rows=" ".join(row.sign for row in one.unfit))


def _sum(one: RateFound, head: str, room: int) -> Iterator[str]:
    """What the whole is made of, broken between summands; where the part has several kinds, each with its share."""
    several = sum(summand.is_part for summand in one.summands) > 1
    line = head
    for number, summand in enumerate(one.summands):
        text = _summand(summand, one.whole, with_share=several)
        joined = f"{line} + {text}" if number else head + text
        if number and cell_width(joined) > room:
            yield line
            joined = f"  + {text}"
        line = joined
    yield line


def _summand(summand: Summand, whole: Quantity, *, with_share: bool) -> str:
    text = f"{summand.title} {quantity_words(summand.quantity)}"
    share = percent(summand.quantity, whole) if with_share and summand.is_part else None
    return _("{title} ({extra})").format(title=text, extra=quantity_text(share)) if share else text


def _again(again: Sequence[tuple[Row, int]]) -> str:
    """How many rows were taken up again, and how often in all."""
    rows, times = number_words(len(again)), sum(times for _row, times in again)
    more = ngettext("{n} time", "{n} times", times).format(n=times)
    signs = " ".join(row.sign for row, _times in again)
    return _("{title} ({extra})").format(title=_(", ").join((rows, more)), extra=signs)


def compared_lines(one: Comparison, ledger: Ledger) -> Iterator[_Line]:
    """What is stated, what the rows give, the difference and what may explain it."""
    found = _(", ").join(map(quantity_words, one.found)) or _("none")
    stated = quantity_words(one.stated.value)
    name = stated_words(one, ledger)
    if one.agrees and not one.reasons:
        text = _("{stated} stated, {found} in the rows: agrees")
        verdict = text.format(stated=stated, found=found)
    else:
        verdict = _("{stated} stated, {found} in the rows").format(stated=stated, found=found)
        if one.difference:
            unit = one.stated.value._replace(number=abs(one.difference), about="")
            text = _("{amount} more in the rows") if one.difference > 0 else _("{amount} fewer in the rows")
            verdict += _(": ") + text.format(amount=quantity_words(unit))
    source = one.stated.source
    yield "  " + name, "", _("{title} ({extra})").format(title=verdict, extra=printable(source)) if source else verdict
    for reason in one.reasons:
        yield "", "", "· " + _reason(reason.text, reason.quantity, fits=reason.fits)


def _reason(text: str, quantity: Quantity | None, *, fits: bool) -> str:
    if quantity is None:
        return text
    amount = quantity_words(quantity)
    return (_("{text}: {amount}, just the difference") if fits else _("{text}: {amount}")).format(
        text=text, amount=amount
    )


# Data ----------------------------------------------------------------------------------------------------------------


def _as_json(found: _Found) -> dict[str, Any]:
    ledger = found.ledger
    return {
        "ledger": ledger.id,
        "rows": len(found.rows),
        "rates": [_rate_json(rate, one) for rate, one in found.rates],
        "returned": [{"row": row.id, "times": times} for row, times in returned(found.rows, ledger)],
        "stated": None if found.compared is None else [comparison_json(one) for one in found.compared],
        "partly": [row.id for row in found.partly],
        "undated": [row.id for row in found.undated],
    }


def _rate_json(rate: Rate, one: RateFound | str) -> dict[str, Any]:
    """A rate as data; one without numbers has a problem instead."""
    if isinstance(one, str):
        return {"id": rate.id, "name": rate.name, "percent": None, "problem": one}
    return {
        "id": rate.id,
        "name": rate.name,
        "percent": number_text(one.percent) if one.percent else None,
        "exact": not (one.percent and one.percent.about),
        "part": quantity_json(one.part),
        "whole": quantity_json(one.whole),
        "merged": quantity_json(one.merged),
        "percent_unmerged": number_text(one.unmerged) if one.unmerged else None,
        "by": one.by or None,
        "summands": [
            {
                "key": summand.key,
                "part": summand.is_part,
                "quantity": quantity_json(summand.quantity),
                "rows": [row.id for row in summand.rows],
            }
            for summand in one.summands
        ],
        "unfit": [row.id for row in one.unfit],
    }


def comparison_json(one: Comparison) -> dict[str, Any]:
    """A stated total as data."""
    return {
        "column": one.stated.column,
        "where": {key: list(wanted) for key, wanted in one.stated.where.items()},
        "source": one.stated.source or None,
        "stated": quantity_json(one.stated.value),
        "found": [quantity_json(quantity) for quantity in one.found],
        "agrees": one.agrees,
        "difference": None if one.difference is None else str(one.difference),
        "reasons": [
            {
                "text": reason.text,
                "quantity": quantity_json(reason.quantity) if reason.quantity else None,
                "explains": reason.fits,
                "rows": [row.id for row in reason.rows],
            }
            for reason in one.reasons
        ],
    }
