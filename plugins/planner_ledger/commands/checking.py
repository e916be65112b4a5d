"""`planner ledger check`: what goes against the rules, what is missing, what is due and what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.api import _, echo, echo_json, hanging, ngettext, printable, terminal_width
from planner_ledger.commands.rates import compared_lines, comparison_json
from planner_ledger.due import due_rows
from planner_ledger.fitting import stranger_words, strangers
from planner_ledger.ledgers import find_ledger, ledgers_of
from planner_ledger.reconcile import Comparison
from planner_ledger.remarks import Finding, findings_of
from planner_ledger.rows import rows_of
from planner_ledger.rules import Broken, Unchecked, shown_alike
from planner_ledger.wording import number_words, row_words

if TYPE_CHECKING:
    from planner.api import Session, Snapshot
    from planner_ledger.due import Due
    from planner_ledger.model import Ledger

_SHOWN = 8
"""So many rows are listed below a finding, unless all are asked for."""


@click.command(
    help=_(
        "What goes against the rules that the plan lays down for its ledgers, rows in which something is missing or "
        "does not fit, what should be answered by now, and stated totals that the rows do not give. These are "
        "warnings: the exit status is 0. --json holds nothing private."
    )
)
@click.argument("ledgers", metavar="[LEDGER]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("List all rows of each finding, not only the first"))
@click.pass_obj
def check(session: Session, ledgers: Sequence[str], everything: bool) -> None:
    """Print what there is to look at."""
    snapshot = session.snapshot(checked=False)
    known = ledgers_of(snapshot.plan) or (find_ledger("", snapshot.plan),)  # which says that there is none
    meant = [find_ledger(word, snapshot.plan) for word in dict.fromkeys(ledgers)] or known
    dues = list(due_rows(snapshot))
    found = [(ledger, _findings(ledger, dues, snapshot)) for ledger in meant]
    if session.json:
        unknown = [] if ledgers else [{"ledger": id_, "rows": n} for id_, n in strangers(snapshot).items()]
        listed = [_as_json(one, snapshot) for _ledger, findings in found for one in findings]
        echo_json({"findings": listed, "unknown": unknown})
        return
    width = terminal_width()
    for ledger, findings in found:
        if findings:
            echo(printable(ledger.name), *_drawn(findings, snapshot, width, everything=everything), "")
    for line in () if ledgers else stranger_words(snapshot):
        echo(line)
    rows = sum(len(rows_of(snapshot, ledger.id)) for ledger in meant)
    echo(_summary(sum(len(findings) for _ledger, findings in found), rows))


def _findings(ledger: Ledger, dues: Iterable[Due], snapshot: Snapshot) -> list[Finding]:
    own = [due for due in dues if due.ledger.id == ledger.id]
    return list(findings_of(rows_of(snapshot, ledger.id), ledger, own, snapshot))


def _summary(found: int, rows: int) -> str:
    checked = ngettext("{n} row checked", "{n} rows checked", rows).format(n=rows)
    if not found:
        return _("{checked}: nothing to remark.").format(checked=checked)
    remarks = ngettext("{n} remark", "{n} remarks", found).format(n=found)
    return _("{checked}: {remarks}.").format(checked=checked, remarks=remarks)


def _drawn(findings: Sequence[Finding], snapshot: Snapshot, width: int, *, everything: bool) -> Iterator[str]:
    """The findings of a ledger as lines of at most `width` cells, each with its rows."""
    for one in findings:
        if isinstance(one.about, Comparison):
            lines = list(compared_lines(one.about, one.ledger))
            yield from hanging([("  -", " ".join(filter(None, map(str.strip, line)))) for line in lines[:1]], width)
            yield from hanging([("   ", line[2]) for line in lines[1:]], width)
            continue
        yield from hanging([("  -", _heading(one))], width)
        shown = one.rows if everything else () if one.kind == "unsaid" else one.rows[:_SHOWN]
        yield from hanging([("   ", row.sign, row_words(row, one.ledger, snapshot.plan)) for row in shown], width)
        if 0 < len(shown) < len(one.rows):
            n = len(one.rows) - len(shown)
            yield "     " + ngettext("… and {n} more (--all)", "… and {n} more (--all)", n).format(n=n)


def _heading(one: Finding) -> str:
    if one.kind in ("rule", "unchecked", "misfit"):
        return one.text
    return _("{title} ({extra})").format(title=one.text, extra=number_words(len(one.rows)))


def _as_json(one: Finding, snapshot: Snapshot) -> dict[str, Any]:
    """A finding as data. What must not leave the office is masked: other programs read it."""
    about = one.about
    made: dict[str, Any] = {
        "ledger": one.ledger.id,
        "kind": one.kind,
        "text": one.public or None,
        "rows": [row.id for row in one.rows],
    }
    if isinstance(about, Comparison):
        made["stated"] = comparison_json(about)
    if isinstance(about, Broken | Unchecked):
        made["rule"] = {"position": about.rule.position, "kind": about.rule.kind, "source": about.rule.source or None}
    if isinstance(about, Broken):
        made["alike"] = shown_alike(about, one.ledger, snapshot.plan, private=False)
        made["period"] = [str(about.period.start), str(about.period.end)] if about.period else None
    return made
