"""The rows of a plan's ledgers: the journal's entries of kind `row`, folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from planner.api import ROW, UsageError, _, printable

if TYPE_CHECKING:
    from planner.api import Entry, History, Snapshot
    from planner_ledger.model import Column

SIGNS = 8
"""Characters of a row's id that people type: the last ones, as `planner log` shows them."""


class Row(NamedTuple):
    """One row, as its entries left it. Values are canonical text; whether they fit the ledger is not known here."""

    id: str
    """That of the entry that began it."""
    ledger: str
    """Id of the ledger."""
    values: Mapping[str, str]
    """By the id of the column; what is empty is not there."""
    task: str
    """Id of the task that it belongs to, or ""."""
    branch: str
    """Id of the branch that it belongs to; "": the union office."""
    goals: tuple[str, ...]
    """Ids of the goals that it names itself."""
    stage: str
    """Id of the stage that was recorded last; "": none, so it stands at the first."""
    into: str
    """Id of the row of the same ledger that it was merged into, one that is merged into none itself; or ""."""
    entries: tuple[Entry, ...]
    """All that still count, in order; the first began it."""

    def __hash__(self) -> int:
        """Of the id: the values are no part of what can be hashed."""
        return hash(self.id)

    @property
    def sign(self) -> str:
        """The part of its id that people type."""
        return self.id[-SIGNS:]

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says, to be compared with other rows of its ledger."""
        return self.values, self.task, self.branch, self.goals, self.stage, self.into

    def text(self, column: Column) -> str:
        """What counts in a column: what the row says there, else the column's default; canonical."""
        return self.values.get(column.id) or column.default


_known: WeakKeyDictionary[History, tuple[Row, ...]] = WeakKeyDictionary()
"""The rows of each journal as it was read; panes, measures and checks of one run ask for them again and again."""


def rows_of(snapshot: Snapshot, ledger: str | None = None) -> tuple[Row, ...]:
    """The rows of a ledger (its id; None: of all), in the order in which they were begun."""
    rows = _known.get(snapshot.journal)
    if rows is None:
        rows = _known[snapshot.journal] = fold(snapshot.journal.effective(ROW))
    return rows if ledger is None else tuple(row for row in rows if row.ledger == ledger)


def fold(entries: Iterable[Entry], ledger: str | None = None) -> tuple[Row, ...]:
    """The rows that these entries (by time, then id; without what was taken back) make.

    What another program wrote wrongly is passed over: an entry without a ledger, or of a row that nobody began.
    """
    histories: dict[str, list[Entry]] = {}
    for entry in entries:
        if ledger is None or entry.data.get("ledger") == ledger:
            histories.setdefault(row_id(entry), []).append(entry)
    rows = [row for id_, known in histories.items() if (row := _row(id_, known))]
    return tuple(_settled(rows) if any(row.into for row in rows) else rows)


def _settled(rows: list[Row]) -> Iterator[Row]:
    """The rows, each merged into one that stands by itself.

    Two people, each with a copy of the journal, may merge a into b and b into a, or into something that is removed.
    """
    known = {row.id: row for row in rows}
    for row in rows:
        yield row._replace(into=_case(row, known)) if row.into else row


def _case(row: Row, known: Mapping[str, Row]) -> str:
    """Id of the row in which `row` ends; "" where it stands by itself: of a circle that does the one begun first."""
    path = [row]
    while (into := known.get(path[-1].into)) and into.ledger == row.ledger:
        if into in path:
            last = min(path[path.index(into) :], key=lambda each: each.entries[0].order)
            return "" if last is row else last.id
        path.append(into)
    return "" if path[-1] is row else path[-1].id


def row_named(words: str, snapshot: Snapshot) -> Row:
    """The one row of all ledgers that `words` name, see `find_row`. Raises UsageError, also for a removed one."""
    rows = rows_of(snapshot)
    removals = [entry for entry in snapshot.journal.effective(ROW) if _is_removal(entry)]
    gone = [entry for entry in removals if len(words) > 3 and _is_meant(words.strip().lower(), row_id(entry))]
    if len(gone) == 1 and row_id(gone[0]) not in {row.id for row in rows}:
        hint = _("To bring it back: planner undo {id}").format(id=gone[0].id[-SIGNS:])
        raise UsageError(_("The row {id} was removed.").format(id=printable(words)), hint)
    return find_row(words, rows)


def removed_and_changed(snapshot: Snapshot, ledger: str) -> Iterator[tuple[Row, Entry]]:
    """The rows of a ledger that were removed and changed later, which takes two copies of a journal; with the removal.

    They stay removed. Each is given as it would be if it had not been.
    """
    histories: dict[str, list[Entry]] = {}
    for entry in snapshot.journal.effective(ROW):
        histories.setdefault(row_id(entry), []).append(entry)
    for id_, known in histories.items():
        later = [entry for entry in known if entry.id != id_]  # whatever the clocks said, the beginning is no change
        removals = [entry for entry in later if _is_removal(entry)]
        if removals and not _is_removal(later[-1]):
            row = _row(id_, [entry for entry in known if not _is_removal(entry)])
            if row and row.ledger == ledger:
                yield row, removals[-1]


def _is_removal(entry: Entry) -> bool:
    return entry.data.get("removed") is True


def find_row(words: str, rows: Iterable[Row]) -> Row:
    """The row whose id, or that of one of its entries, ends with `words`, as `planner log` shows it.

    Raises UsageError where it is none or several.
    """
    wanted = words.strip().lower()
    found = [row for row in rows if len(wanted) > 3 and any(_is_meant(wanted, entry.id) for entry in row.entries)]
    if len(found) == 1:
        return found[0]
    if found:
        hint = _("Type more of its id; with --json `planner ledger list LEDGER` shows it whole.")
        raise UsageError(_("There are several rows {id}.").format(id=printable(words)), hint)
    hint = _("`planner ledger list LEDGER` shows the signs of each row.")
    raise UsageError(_("There is no row {id}.").format(id=printable(words)), hint)


def _is_meant(wanted: str, id_: str) -> bool:
    return id_.endswith(wanted) or id_[-SIGNS:].startswith(wanted)


def row_id(entry: Entry) -> str:
    """The id of the row that an entry is about."""
    named = entry.data.get("row")
    return named if isinstance(named, str) and named else entry.id


def _row(id_: str, entries: list[Entry]) -> Row | None:
    """The row; None for one that was removed, or whose beginning was taken back.

    The beginning counts first, whatever the clocks said.
    """
    entries.sort(key=lambda entry: entry.id != id_)
    first = entries[0]
    ledger = first.data.get("ledger")
    if first.id != id_ or not isinstance(ledger, str) or not ledger:
        return None
    known: dict[str, Any] = {}
    removed = False
    for entry in entries:
        known.update(changes_of(entry))
        removed = entry.data.get("removed", removed) is True
    if removed:
        return None
    goals, stage, into = (known.pop(key, None) for key in ("goals", "stage", "into"))
    task, branch = known.pop("task", first.task), known.pop("branch", first.branch)
    values = {key: value for key, value in known.items() if isinstance(value, str) and value}
    named = tuple(g for g in goals if isinstance(g, str)) if isinstance(goals, list) else ()
    return Row(id_, ledger, values, _text(task), _text(branch), named, _text(stage), _text(into), tuple(entries))


def changes_of(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Keys and values that an entry fills; None: empties."""
    changes = entry.data.get("set")
    return iter(changes.items() if isinstance(changes, dict) else ())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
