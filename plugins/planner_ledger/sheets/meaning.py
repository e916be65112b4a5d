"""What the cells of a sheet mean for the rows of its ledger: values as they are kept, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from planner.api import ROW as KIND, Entry, _
from planner_ledger.masking import is_mask
from planner_ledger.rows import SIGNS, Row
from planner_ledger.sheets.findings import quoted
from planner_ledger.sheets.labels import Labels
from planner_ledger.sheets.taken import WrongCellError, iso_day, text_of
from planner_ledger.sheets.workbook import as_read
from planner_ledger.stages import stage_of
from planner_ledger.steps import gaps
from planner_ledger.typed import Said
from planner_ledger.values import canonical, days_of

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Ledger, Stage
    from planner_ledger.sheets.cells import Cell
    from planner_ledger.sheets.headings import Heading

Value = str | tuple[str, ...]
KEEP = "\0"
"""Stands for a value that stays as it is."""


class WrongRowError(WrongCellError):
    """A cell that should say which row is meant, and does not."""


class Meaning:
    """Reads the cells of one sheet. `rows` are those that the ledger has."""

    def __init__(self, plan: Plan, ledger: Ledger, rows: Iterable[Row], epoch: datetime | None) -> None:
        self.rows = {row.id: row for row in rows}
        self._plan, self._ledger, self._epoch = plan, ledger, epoch
        self._labels = Labels(plan, ledger)
        self._known: dict[tuple[str, str], Value] = {}
        """What was read already, by column and text: most words of a sheet come again."""

    def row(self, cell: Cell) -> Row:
        """The row that a cell names by its id, or by the end of it. Raises WrongRowError."""
        row = self._find(cell.text)
        if row is None:
            message = _("The ledger “{ledger}” has no row {id}; perhaps it was removed, or is one of another plan.")
            message = message.format(ledger=self._ledger.name, id=quoted(cell.text))
            raise WrongRowError(message, _("If the row is a new one, clear this cell."))
        return row

    def _find(self, words: str) -> Row | None:
        sign = words.strip().lower()
        if sign in self.rows or len(sign) < SIGNS:
            return self.rows.get(sign)
        found = [row for id_, row in self.rows.items() if id_.endswith(sign)]
        return found[0] if len(found) == 1 else None

    def value(self, cell: Cell | None, heading: Heading, row: Row | None) -> Value:
        """What a cell says of a row (None: of a new one), or KEEP where that is what the row has.

        An empty cell empties the value; one that was masked leaves it. Raises ValueError, for people, for what cannot
        stand there.
        """
        key = heading.key
        shown = self._labels.text(row, key) if row else ""
        if cell is None:
            return KEEP if not as_read(shown).strip() else () if key == "goals" else ""
        if is_mask(cell.text):
            if row is not None:
                return KEEP
            message = _("＊＊＊ stands for a value that was kept back; a new row has none.")
            raise WrongCellError(message, _("Type the value, or clear the cell."))
        text = text_of(cell, heading, self._epoch)
        if row is not None and text in (shown, as_read(shown)):
            return KEEP
        value = self._meant(text, heading)
        return KEEP if row is not None and value in (self._now(row, key), iso_day(shown)) else value

    def _now(self, row: Row, key: str) -> Value:
        """What a row has, as it is kept."""
        if key == "stage":
            stage = stage_of(row, self._ledger)
            return stage.id if stage else row.stage
        now: Mapping[str, Value] = {"task": row.task, "branch": row.branch, "goals": row.goals, "into": row.into}
        return now[key] if key in now else row.values.get(key, "")

    def _meant(self, text: str, heading: Heading) -> Value:
        """The value that a text says. Raises ValueError."""
        place = heading.key, text
        if place not in self._known:
            self._known[place] = self._read(text, heading)
        return self._known[place]

    def _read(self, text: str, heading: Heading) -> Value:
        if heading.column:
            return canonical(text, heading.column, self._plan.term)
        if heading.key == "goals":
            return tuple(self._labels.goals_meant(text))
        if heading.key == "into":
            return self._into(text)
        return self._labels[heading.key].meant(text)

    def _into(self, text: str) -> str:
        row = self._find(text)
        if row is None:
            message = _("The ledger “{ledger}” has no row {id} to merge into.")
            hint = _("Rows that are new are merged after the import: planner ledger merge ROW… --into ROW")
            raise WrongCellError(message.format(ledger=self._ledger.name, id=quoted(text)), hint)
        if row.into:
            message = _("{id} is merged into {other} itself.")
            raise WrongCellError(message.format(id=row.sign, other=row.into[-SIGNS:]))
        return row.id

    def names(self, key: str, value: Value, row: Row) -> tuple[str, str]:
        """What a row has and what it will have, as sheets show it."""
        new = self._labels.value_text(key, value)
        return self._labels.text(row, key), new

    def said(self, values: Mapping[str, Value]) -> Said:
        """A new row with these values."""
        cells = {key: value for key, value in values.items() if key in self._ledger.column_by_id}
        rest = {key: value for key, value in values.items() if key not in cells}
        return Said(cells, **rest)  # type: ignore[arg-type]  # goals alone are several

    def refused(self, values: Mapping[str, Value], row: Row | None) -> Iterator[tuple[str, str]]:
        """What a row cannot become, by the column that says so: steps that its stages do not have, merges in a ring."""
        stage = self._ledger.stage_by_id.get(str(values.get("stage", KEEP)))
        if row is not None and values.get("stage") == "":
            yield "stage", _("A row stands at some stage; the cell cannot be empty.")
        elif row is not None and stage is not None:
            yield from self._refused_step(values, row, stage)
        if row is not None and values.get("into"):
            if values["into"] == row.id:
                yield "into", _("{id} cannot be merged into itself.").format(id=row.sign)
            elif below := [other.sign for other in self.rows.values() if other.into == row.id]:
                text = _("Others are merged into {id}: {ids}.")
                yield "into", text.format(id=row.sign, ids=_(", ").join(below))

    def _refused_step(self, values: Mapping[str, Value], row: Row, stage: Stage) -> Iterator[tuple[str, str]]:
        now = stage_of(row, self._ledger)
        if now is not None and stage.id not in now.next:
            text = _("From “{now}” a row does not go to “{stage}”.")
            yield "stage", text.format(now=now.name, stage=stage.name)
        elif missing := gaps(row, self._ledger, stage, self._texts(values)):
            text = _("To stand at “{stage}” the row lacks: {what}")
            yield "stage", text.format(stage=stage.name, what=_("; ").join(missing))

    def strange(self, values: Mapping[str, Value], row: Row | None) -> Iterator[tuple[str, str]]:
        """What a person should look at, by the column that it is about; it is taken in all the same."""
        term, day = self._plan.term, self._ledger.day
        if day and (text := values.get(day.id)):
            days = days_of(str(text), term)
            if days.end < term.start or days.start > term.end:
                message = _("{name} {text} lies outside of the plan's term; is the year right?")
                yield day.id, message.format(name=day.name, text=text)
        task = self._plan.task_by_id.get(str(values.get("task", row.task if row else "")))
        branch = str(values.get("branch", row.branch if row else ""))
        if task and branch and task.branches and branch not in task.branches and {"task", "branch"} & values.keys():
            message = _("{branch} has no part in “{title}”.")
            yield "branch", message.format(branch=self._labels["branch"].name(branch), title=task.title)
        stage = self._ledger.stage_by_id.get(str(values.get("stage", "")))
        if row is None and stage and (missing := gaps(self._as_row(values), self._ledger, stage, {})):
            text = _("To stand at “{stage}” the row lacks: {what}")
            yield "stage", text.format(stage=stage.name, what=_("; ").join(missing))

    def _texts(self, values: Mapping[str, Value]) -> dict[str, str]:
        return {key: str(value) for key, value in values.items() if key in self._ledger.column_by_id}

    def _as_row(self, values: Mapping[str, Value]) -> Row:
        """A row as it will be."""
        entry = Entry("", "", "", self._plan.id, KIND, {})
        task, branch, stage, into = (str(values.get(key, "")) for key in ("task", "branch", "stage", "into"))
        return Row("", self._ledger.id, self._texts(values), task, branch, (), stage, into, (entry,))
