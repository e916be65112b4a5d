"""What the columns of a template mean, for whoever fills it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.api import _
from planner_ledger.sheets.headings import Heading

if TYPE_CHECKING:
    from planner_ledger.model import Column
    from planner_ledger.sheets.pages import Page

_FEW = 12
"""Words to choose from that are listed."""


def guide(pages: Sequence[Page]) -> list[list[str]]:
    """One row for each column of each sheet, below the headings."""
    rows = [[_("Sheet"), _("Column"), _("What belongs there"), _("Example"), _("Must be filled in"), _("Remarks")]]
    for page in pages:
        for heading in page.headings:
            words = _of_ledger(heading.column) if heading.column else _of_all(heading, page)
            rows.append([page.name, heading.name, *words])
    return rows


def _of_ledger(column: Column) -> list[str]:
    remarks = [column.note]
    if column.private:
        remarks.append(_("Private: stays in the office."))
    if column.default:
        remarks.append(_("Left empty it counts as {value}.").format(value=column.default))
    needed = _("yes") if column.required and not column.default else ""
    return [_meaning(column), _example(column), needed, " ".join(filter(None, remarks))]


def _meaning(column: Column) -> str:
    """What can be typed, by the type of the column."""
    if column.choices:
        words = _(", ").join(column.choices[:_FEW]) + (" …" if len(column.choices) > _FEW else "")
        text = _("One of these, or another word: {words}") if column.open else _("One of these: {words}")
        return text.format(words=words)
    texts = {
        "text": _("Text in one line"),
        "choice": _("A word"),
        "date": _("A day, a month, or words for a time"),
        "people": _("How many people (人)"),
        "attendances": _("How many attendances (人次); not the same as people"),
        "money": _("An amount in 元, at most two decimals; 万元 only with the unit behind it"),
        "percent": _("A percentage, with %"),
    }
    units = _(" or ").join(column.units)
    return texts.get(column.type) or _("A number, counted in {units}").format(units=units)


def _example(column: Column) -> str:
    if column.choices:
        return column.choices[0]
    examples = {
        "text": "",
        "choice": "",
        "date": "2023-03-08；2023-03；3月中旬",
        "people": "40；40余人",
        "attendances": "731；近800人次",
        "money": "1250.50；13.0989万元",
        "percent": "88.9%",
    }
    return examples.get(column.type, f"3{column.units[0]}" if column.units else "")


def _of_all(heading: Heading, page: Page) -> list[str]:
    """The columns that every row may have."""
    words = page.choices(heading)
    texts = {
        "task": _("The task of the plan to which the row belongs, by its title or id"),
        "branch": _("The sub-union; empty: the union office"),
        "goals": _("The goals that the row serves; between several a ；"),
        "stage": _("How far it is"),
        "into": _("The 行号 of the row into which this one was merged"),
    }
    meaning = texts.get(heading.key, _("By it a row is known again. Leave it as it is; empty for new rows."))
    return [meaning, words[0] if words else "", "", ""]
