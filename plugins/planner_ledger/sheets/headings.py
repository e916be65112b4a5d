"""The columns of a ledger's sheet, and which of them the headings of a file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import _, nearest, read_quantity
from planner_ledger.model import RESERVED, Column, Ledger
from planner_ledger.sheets.findings import letters, quoted
from planner_ledger.values import folded

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.rows import Row
    from planner_ledger.sheets.cells import Cell

ROW = "row"
ROW_NAME = "行号"
"""The last column of a sheet: by it a row that comes back is known again."""
GUIDE, CHOICES = "说明", "选项"
"""Sheets that hold no rows: what the columns mean, and the words to choose from."""
_LONGEST_NAME = 31
"""Characters of the name of a sheet, as spreadsheets have it."""
_IN_BRACKETS = re.compile(r"(?P<name>.+?)[(（\[【](?P<extra>[^()（）\[\]【】]*)[)）\]】]")


class Heading(NamedTuple):
    """One column of a sheet."""

    key: str
    """Id of the ledger's column, a key of RESERVED, or ROW."""
    name: str
    """What stands in the first row."""
    column: Column | None = None
    """The ledger's own column; None for what every row may have."""
    unit: str = ""
    """What numbers without a unit count here, where the file's heading says so: 金额（万元）."""


def headings_of(ledger: Ledger, plan: Plan, rows: Iterable[Row] = ()) -> list[Heading]:
    """The columns that a sheet with these rows needs: those of the ledger, then what else a row can have, then ROW."""
    known = [*rows]
    wanted = {
        "task": bool(plan.tasks) or any(row.task for row in known),
        "branch": bool(plan.branches) or any(row.branch for row in known),
        "goals": bool(plan.goals) or any(row.goals for row in known),
        "stage": bool(ledger.stages) or any(row.stage for row in known),
        "into": bool(ledger.stages) or any(row.into for row in known),
    }
    all_ = all_headings(ledger)
    return [heading for heading in all_ if heading.column or wanted.get(heading.key, True)]


def all_headings(ledger: Ledger) -> list[Heading]:
    """All columns that a sheet of the ledger can have. Names that several share are followed by the id."""
    pairs = [(column.id, column.name, column) for column in ledger.columns]
    names = [*(folded(name) for _id, name, _column in pairs), *map(folded, RESERVED.values()), folded(ROW_NAME)]
    often = Counter(names)
    own = [
        Heading(id_, name if name.strip() and often[folded(name)] == 1 else f"{name}（{id_}）", column)
        for id_, name, column in pairs
    ]
    return [*own, *(Heading(key, name) for key, name in RESERVED.items()), Heading(ROW, ROW_NAME)]


class Wrong(NamedTuple):
    """A heading that cannot be used."""

    column: int
    message: str
    hint: str


def match(cells: Mapping[int, Cell], ledger: Ledger) -> tuple[dict[int, Heading], list[Wrong]]:
    """Which column of the ledger stands in which column of a file, and what of the first row is none.

    Headings are names or ids. Case, blanks and wide letters do not count, and after the name there may be a unit.
    """
    known = _by_word(ledger)
    found: dict[int, Heading] = {}
    taken: dict[str, int] = {}
    wrong = []
    for number, cell in cells.items():
        heading = known.get(folded(cell.text)) or _with_unit(cell.text, known)
        if heading is None:
            wrong.append(Wrong(number, *_unknown(cell, ledger)))
        elif heading.key in taken:
            message = _("The column “{name}” stands there twice, in {first} as well.")
            message = message.format(name=heading.name, first=letters(taken[heading.key]))
            wrong.append(Wrong(number, message, _("Delete one of the two columns.")))
        else:
            found[number] = heading
            taken[heading.key] = number
    return found, wrong


def _by_word(ledger: Ledger) -> dict[str, Heading]:
    headings = all_headings(ledger)
    known = {folded(h.key): h for h in headings if h.column}
    known = {"goal": next(h for h in headings if h.key == "goals"), **{folded(h.key): h for h in headings}, **known}
    return {**known, **{folded(heading.name): heading for heading in headings}}


def _with_unit(text: str, known: Mapping[str, Heading]) -> Heading | None:
    """The heading that is followed by a unit in brackets, which must be one in which the column can be counted."""
    match_ = _IN_BRACKETS.fullmatch(text.strip())
    heading = known.get(folded(match_["name"])) if match_ else None
    if match_ is None or heading is None or heading.column is None or not heading.column.is_quantity:
        return None
    unit = match_["extra"].strip().removeprefix("单位").lstrip(":：").strip()
    try:
        read_quantity(f"1{unit}", heading.column.units)
    except ValueError:
        return None
    return heading._replace(unit=unit)


def _unknown(cell: Cell, ledger: Ledger) -> tuple[str, str]:
    names = [heading.name for heading in all_headings(ledger)]
    likely = nearest(cell.text.strip(), names)
    message = _("There is no column “{name}” in the ledger “{ledger}”.").format(
        ledger=ledger.name, name=quoted(cell.text)
    )
    if likely:
        return message, _("did you mean {word}?").format(word=likely)
    hint = _("Delete the column, or name it as one of these: {names}")
    return message, hint.format(names=_(", ").join(names))


def sheet_names(ledgers: Sequence[Ledger]) -> dict[str, str]:
    """What the sheet of each ledger (by its id) is called: its name, as far as spreadsheets take it."""
    taken = {folded(GUIDE), folded(CHOICES), "history"}
    names: dict[str, str] = {}
    for ledger in ledgers:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", ledger.name).strip("' ")[:_LONGEST_NAME] or ledger.id
        name, n = plain, 1
        while folded(name) in taken:
            n += 1
            name = f"{plain[: _LONGEST_NAME - 4]} {n}"
        taken.add(folded(name))
        names[ledger.id] = name
    return names
