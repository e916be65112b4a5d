"""Ledgers as files: one sheet each, without what must not leave the office, unless somebody asks for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from planner.api import UsageError, _
from planner_ledger.ledgers import ledgers_of
from planner_ledger.ordering import in_order
from planner_ledger.rows import rows_of
from planner_ledger.sheets.headings import sheet_names
from planner_ledger.sheets.pages import Page, page_of

if TYPE_CHECKING:
    from planner.api import Snapshot
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row


def export(snapshot: Snapshot) -> bytes:
    """All ledgers of a plan as one workbook, for `planner export -o FILE.xlsx`. Raises UsageError where it has none."""
    from planner_ledger.sheets.book import to_bytes

    ledgers = ledgers_of(snapshot.plan)
    if not ledgers:
        raise UsageError(_("This plan has no ledger."), _("`planner ledger definitions` lists the ready-made ones."))
    rows = {ledger.id: rows_of(snapshot, ledger.id) for ledger in ledgers}
    return to_bytes(pages_of(snapshot, ledgers, rows))


def pages_of(
    snapshot: Snapshot, ledgers: Sequence[Ledger], rows: Mapping[str, Sequence[Row]], *, with_private: bool = False
) -> list[Page]:
    """The sheets of some ledgers, with the `rows` of each by its id, in the order of lists: by day."""
    plan = snapshot.plan
    names = sheet_names(ledgers_of(plan))
    return [
        page_of(each, names[each.id], in_order(rows[each.id], each, plan.term), plan, with_private=with_private)
        for each in ledgers
    ]
