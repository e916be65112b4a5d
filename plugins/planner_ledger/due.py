"""What must be answered by a day, as items of calendars: the reply to a proposal by the end of its time.

That is any row with a value in the column `due` (a date) of a ledger with stages. It is answered at the stage
`answered`, else at the one that needs the date column after `due` (答复日期), else where the stages end; at every later
stage too; or once that column is filled. A row that went back since (重新办理) is open again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from planner.api import CANCELLED, DONE, PLANNED, CalendarItem, printable
from planner_ledger.ledgers import ledgers_of

if TYPE_CHECKING:
    from planner.api import Entry, Snapshot, Window
    from planner_ledger.model import Column, Ledger, Stage
    from planner_ledger.rows import Row

DUE, ANSWERED = "due", "answered"
"""Ids of the column that says by when, and of the stage at which that is fulfilled."""
KEY_SIGNS = 12
"""Signs of a row's id in the key of its item: random ones, so that no two rows share them."""


class Due(NamedTuple):
    """A row that must be answered, or was."""

    row: Row
    ledger: Ledger
    days: Window
    status: str
    """planned, done, or cancelled: merged into another row, or closed without an answer."""
    answered: Entry | None
    """The entry that says that it is done."""


def due_items(snapshot: Snapshot) -> Iterator[CalendarItem]:
    """An item for each row that must be answered by a day, or was. The journal is not read where no ledger has such.

    They come from no task: an item of a task is one of its occurrences, and would rename the others in calendars.
    """
    for found in due_rows(snapshot):
        yield _item(found, snapshot)


def due_rows(snapshot: Snapshot) -> Iterator[Due]:
    """The rows with a day by which they must be answered, ledger by ledger."""
    wanted = {ledger.id: ledger for ledger in ledgers_of(snapshot.plan) if due_column(ledger)}
    if not wanted:
        return
    from planner_ledger.rows import rows_of

    answers = {id_: _Answer(ledger) for id_, ledger in wanted.items()}
    for row in rows_of(snapshot):
        answer = answers.get(row.ledger)
        days = answer.days(row, snapshot) if answer else None
        if answer and days:
            yield Due(row, answer.ledger, days, *answer.status(row))


def due_column(ledger: Ledger) -> Column | None:
    """The column that says by when; None in a ledger that has none, or no stages."""
    column = ledger.column_by_id.get(DUE)
    return column if column and column.type == "date" and ledger.stages else None


class _Answer:
    """What counts as an answer in one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._due = ledger.column_by_id[DUE]
        dates = [c for c in ledger.columns if c.type == "date"]
        after = dates[dates.index(self._due) + 1 :]
        self._column: Column | None = after[0] if after else None
        self._places: Mapping[str, int] = {stage.id: place for place, stage in enumerate(ledger.stages)}
        self.stage: Stage | None = self._stage()

    def _stage(self) -> Stage | None:
        stages = self.ledger.stages
        asking = (stage for stage in stages if self._column and self._column.id in stage.needs)
        return self.ledger.stage_by_id.get(ANSWERED) or next(asking, None)

    def days(self, row: Row, snapshot: Snapshot) -> Window | None:
        """The days by the last of which a row must be answered."""
        from planner_ledger.values import known_days

        return known_days(row.text(self._due), snapshot.plan.term)

    def status(self, row: Row) -> tuple[str, Entry | None]:
        """planned, done or cancelled, and the entry that makes it done."""
        from planner_ledger.stages import returns, stages_gone_through

        if row.into:
            return CANCELLED, None
        way = stages_gone_through(row, self.ledger)
        filled = self._filled(row)
        if self._is_behind(way[-1][0]):
            since = len(way)
            while since and self._is_behind(way[since - 1][0]):
                since -= 1
            skipped = since > 0 and not self._is_answering(way[since][0]) and not filled
            return (CANCELLED, None) if skipped else (DONE, way[since][1])
        if filled is None:
            return PLANNED, None
        back = returns(row, self.ledger)
        reopened = bool(back) and row.entries.index(back[-1]) > row.entries.index(filled)
        return (PLANNED, None) if reopened else (DONE, filled)

    def _filled(self, row: Row) -> Entry | None:
        """The entry that filled in when it was answered, as far as that still stands there."""
        from planner_ledger.rows import changes_of

        column = self._column
        if column is None or not row.values.get(column.id):
            return None
        said = [e for e in row.entries if any(key == column.id and text for key, text in changes_of(e))]
        return said[-1]

    def _is_behind(self, stage: str) -> bool:
        """Whether a row at this stage needs no answer any more."""
        known = self.ledger.stage_by_id.get(stage)
        if known is None:
            return False
        return not known.next if self.stage is None else self._places[stage] >= self._places[self.stage.id]

    def _is_answering(self, stage: str) -> bool:
        """Whether to come to this stage is itself an answer, not only an end."""
        return self.stage is None or stage == self.stage.id


def _item(found: Due, snapshot: Snapshot) -> CalendarItem:
    """The item of a row. What it says is content, so always in Chinese, and never from a private column."""
    from planner_ledger.conditions import goals_of
    from planner_ledger.masking import is_of_private_task

    row, ledger, days = found.row, found.ledger, found.days
    text = row.text(ledger.column_by_id[DUE])
    return CalendarItem(
        key=f"row-{row.id.replace('-', '')[-KEY_SIGNS:]}",
        title=_title(row, ledger, is_day=days.start == days.end),
        kind="decided" if days.start == days.end else "window",
        days=days,
        wording="" if text.isascii() else text,
        branches=(row.branch,) if row.branch in snapshot.plan.branch_by_id else (),
        goals=goals_of(row, ledger, snapshot.plan),
        note=_note(row, ledger),
        private=ledger.private or is_of_private_task(row, snapshot.plan),
        status=found.status,
        done_at=found.answered.instant if found.answered else None,
    )


def _title(row: Row, ledger: Ledger, *, is_day: bool) -> str:
    """提案答复：案由, and on the very day by which that must be done 提案答复截止：案由."""
    stage = _Answer(ledger).stage
    name = stage.name + ("截止" if is_day else "") if stage else ledger.column_by_id[DUE].name
    head = printable(name if name.startswith(ledger.name) else ledger.name + name)
    column = ledger.title
    text = printable(row.text(column)) if column else ""
    return f"{head}：{text}" if text else head


def _note(row: Row, ledger: Ledger) -> str:
    """Who must answer, as far as that is public: the texts without which a row does not come so far."""
    needed = {id_ for stage in ledger.stages for id_ in stage.needs}
    columns = (c for c in ledger.columns if c.id in needed and c.type == "text" and not c.private)
    return "\n".join(f"{printable(c.name)}：{printable(row.text(c))}" for c in columns if row.text(c))
