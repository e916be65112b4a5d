"""What is missing or does not fit in the rows of a ledger, what goes against its rules, and what is due by now."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from planner.api import PLANNED, Snapshot, _, printable
from planner_ledger.due import Due
from planner_ledger.fitting import misfits
from planner_ledger.masking import is_masked
from planner_ledger.model import Column, Ledger
from planner_ledger.reconcile import Comparison, comparisons
from planner_ledger.rows import SIGNS, Row, removed_and_changed
from planner_ledger.rules import Broken, Unchecked, broken_words, findings, people_of, unchecked_words
from planner_ledger.stages import stage_of
from planner_ledger.steps import gaps
from planner_ledger.typed import key_name, lacking

COMPLETE = "complete"
"""Id of the column that says whether the proofs of a row are complete (材料齐全)."""
_NO = "否"
Kind = Literal[
    "rule", "unchecked", "stated", "due", "stage", "removed", "required", "misfit", "task", "branch", "goal",
    "incomplete", "unsaid",
]  # fmt: skip


class Finding(NamedTuple):
    """Something that a person should look at."""

    kind: Kind
    ledger: Ledger
    text: str
    """For the office: printable, and may hold what is private."""
    rows: tuple[Row, ...] = ()
    public: str = ""
    """The same without anything private."""
    about: Broken | Unchecked | Comparison | None = None


def findings_of(rows: Sequence[Row], ledger: Ledger, dues: Iterable[Due], snapshot: Snapshot) -> Iterator[Finding]:
    """All that there is to look at in one ledger, the weightier first. `rows` and `dues` are those of the ledger."""
    yield from _rules(rows, ledger, snapshot)
    for one in comparisons(rows, ledger):
        if not one.agrees or one.reasons:
            yield Finding("stated", ledger, "", tuple(row for r in one.reasons for row in r.rows), about=one)
    late = tuple(due.row for due in dues if due.status == PLANNED and due.days.end < snapshot.today)
    if late:
        yield _told("due", ledger, _("past the day by which it was to be answered"), late)
    cases = [row for row in rows if not row.into]
    yield from _stages(cases, ledger)
    yield from _removed(ledger, snapshot)
    yield from _required(cases, ledger)
    yield from _misfits(rows, ledger, snapshot)
    yield from _unknown(rows, ledger, snapshot)
    yield from _proofs(cases, ledger)


def _told(kind: Kind, ledger: Ledger, text: str, rows: Iterable[Row]) -> Finding:
    return Finding(kind, ledger, text, tuple(rows), text)


def _rules(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[Finding]:
    """What goes against a rule; then, once for each rule and reason, what it cannot be held against."""
    found = findings(rows, ledger, snapshot)
    for one in found:
        if isinstance(one, Broken):
            texts = [broken_words(one, ledger, snapshot.plan, private=private) for private in (True, False)]
            people = [q for q in people_of(one.rows, ledger) if one.value and q.number > 1]
            if people:
                more = _("for {number} people").format(number=people[0].number)
                texts = [_("{text}, {more}").format(text=text, more=more) for text in texts]
            yield Finding("rule", ledger, texts[0], one.rows, texts[1], one)
    for one in found:
        if isinstance(one, Unchecked):
            text = unchecked_words(one, ledger)
            yield Finding("unchecked", ledger, text, one.rows, text, one)


def _stages(rows: Sequence[Row], ledger: Ledger) -> Iterator[Finding]:
    """Rows without what the stage needs at which they stand: it was taken back, or two copies met."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        stage = stage_of(row, ledger) if row.stage else None
        if stage and (missing := gaps(row, ledger, stage, {})):
            text = _("at “{stage}”, and lacks: {what}")
            text = text.format(stage=printable(stage.name), what=_("; ").join(missing))
            groups.setdefault(text, []).append(row)
    for text, found in groups.items():
        yield _told("stage", ledger, text, found)


def _removed(ledger: Ledger, snapshot: Snapshot) -> Iterator[Finding]:
    """Rows that somebody removed and somebody else, with another copy of the journal, changed after that."""
    for row, removal in removed_and_changed(snapshot, ledger.id):
        text = _("removed, but changed after that in another copy; to bring it back: planner undo {id}")
        yield _told("removed", ledger, text.format(id=removal.id[-SIGNS:]), (row,))


def _required(rows: Sequence[Row], ledger: Ledger) -> Iterator[Finding]:
    missing: dict[str, tuple[Column, list[Row]]] = {}
    for row in rows:
        for column in lacking(row.values, ledger):
            missing.setdefault(column.id, (column, []))[1].append(row)
    for column, found in missing.values():
        yield _told("required", ledger, _("{column} is missing").format(column=printable(column.name)), found)


def _misfits(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[Finding]:
    """Values that the ledger, as it is now, would not take; each by itself, as each has its own reason."""
    for row in rows:
        for key, text, why in misfits(row, ledger, snapshot.plan):
            name, shown = key_name(key, ledger), printable(text)
            column = ledger.column_by_id.get(key) or key
            public = _("{name}: does not fit the ledger").format(name=name)
            said = _("{name} “{text}”: {why}").format(name=name, text=shown, why=printable(why))
            hidden = is_masked(column, ledger, row, snapshot.plan)
            yield Finding("misfit", ledger, said, (row,), public if hidden else said)


def _unknown(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[Finding]:
    """Tasks, sub-unions and goals that the plan does not have."""
    plan = snapshot.plan
    groups: dict[tuple[Kind, str], list[Row]] = {}
    for row in rows:
        if row.task and row.task not in plan.task_by_id:
            groups.setdefault(("task", row.task), []).append(row)
        if row.branch and row.branch not in plan.branch_by_id:
            groups.setdefault(("branch", row.branch), []).append(row)
        for goal in row.goals:
            if goal not in plan.goal_by_id:
                groups.setdefault(("goal", goal), []).append(row)
    texts = {
        "task": _("the plan has no task {id}"),
        "branch": _("the plan has no sub-union {id}"),
        "goal": _("the plan has no goal {id}"),
    }
    for (kind, id_), found in groups.items():
        yield _told(kind, ledger, texts[kind].format(id=printable(id_)), found)


def _proofs(rows: Sequence[Row], ledger: Ledger) -> Iterator[Finding]:
    """Rows whose proofs are not complete, or of which nobody says so."""
    column = ledger.column_by_id.get(COMPLETE)
    if column is None:
        return
    name = printable(column.name)
    if no := [row for row in rows if row.text(column) == _NO]:
        yield _told("incomplete", ledger, _("{column}: no").format(column=name), no)
    if unsaid := [row for row in rows if not row.text(column)]:
        yield _told("unsaid", ledger, _("{column} is not filled in").format(column=name), unsaid)
