"""What a person does with rows: begin, change, move on, merge, remove. Each is one more entry of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.api import ROW, UsageError, _, after, as_one_act, new_entry, printable
from planner_ledger.rows import SIGNS, Row, fold, rows_of
from planner_ledger.stages import stage_of
from planner_ledger.steps import gaps
from planner_ledger.typed import Mistake, Pair, Said, find_stage, key_name, lacking, read, refuse
from planner_ledger.values import days_of

if TYPE_CHECKING:
    from planner.api import Entry, Session, Snapshot
    from planner_ledger.model import Ledger, Stage

Values = Mapping[str, str] | Sequence[Pair]
"""Keys and texts of cells, as a person types them."""


class Done(NamedTuple):
    """What came of an act."""

    entries: list[Entry]
    """Empty where nothing was to be changed."""
    warnings: list[str]
    """What a person should know of it, a sentence each. It is recorded all the same."""


def begin(
    session: Session,
    snapshot: Snapshot,
    ledger: Ledger,
    values: Values,
    task: str = "",
    branch: str = "",
    goals: Sequence[str] = (),
    stage: str = "",
    by: str | None = None,
    message: str | None = None,
) -> Done:
    """Record a new row. Keys, values, task, branch, goals and stage are words as a person types them.

    Raises UsageError, which tells all mistakes at once; then nothing was recorded.
    """
    named = [("task", task), ("branch", branch), ("stage", stage)]
    said, wrong = read([*_pairs(values), *((key, words) for key, words in named if words)], ledger, snapshot)
    for words in goals:
        more, others = read([("goals", words)], ledger, snapshot)
        said, wrong = said._replace(goals=(*(said.goals or ()), *(more.goals or ()))), [*wrong, *others]
    refuse([*wrong, *unfilled(said.values, ledger, wrong)], ledger)
    if not any(said.values.values()):
        raise UsageError(_("There is nothing to record."), _("For example: planner record LEDGER KEY=VALUE"))
    entries = entries_for(session, snapshot, [(ledger, said)], by=by, message=message)
    session.record(entries)
    return Done(entries, _warnings(snapshot, ledger, entries))


def _pairs(values: Values) -> Iterable[Pair]:
    return values.items() if isinstance(values, Mapping) else values


def unfilled(values: Mapping[str, str], ledger: Ledger, wrong: Iterable[Mistake] = ()) -> list[Mistake]:
    """A mistake for each required column without a value, but for those that are `wrong` already."""
    told = {mistake.key for mistake in wrong}
    return [Mistake(c.id, _("It must be filled in.")) for c in lacking(values, ledger) if c.id not in told]


def entries_for(
    session: Session,
    snapshot: Snapshot,
    rows: Iterable[tuple[Ledger, Said]],
    *,
    by: str | None = None,
    message: str | None = None,
) -> list[Entry]:
    """The entries that begin rows: one act, which one undo takes back as a whole. They are not recorded yet.

    What was said must be free of mistakes (`read`) and of gaps (`unfilled`).
    """
    entries = []
    for ledger, said in rows:
        cells: dict[str, Any] = {key: text for key, text in said.values.items() if text}
        cells |= {key: value for key in ("goals", "stage", "into") if (value := _kept(getattr(said, key)))}
        data = {"ledger": ledger.id, "set": cells}
        place = said.task or "", said.branch or ""
        entries.append(_entry(session, snapshot, data, *place, (), by, message))
    return as_one_act(entries)


def _kept(value: str | tuple[str, ...] | None) -> str | list[str]:
    """A value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value or ""


def change(
    session: Session,
    snapshot: Snapshot,
    row: Row,
    ledger: Ledger,
    values: Values,
    by: str | None = None,
    message: str | None = None,
) -> Done:
    """Give a row other values; an empty text takes one away. Raises UsageError, which tells all mistakes at once."""
    said, wrong = read(_pairs(values), ledger, snapshot)
    emptied = [key for key, text in said.values.items() if not text]
    wrong += [mistake for mistake in unfilled({**row.values, **said.values}, ledger) if mistake.key in emptied]
    refuse([*wrong, *_not_so(said, row)], ledger)
    return _record(session, snapshot, row, ledger, differences(said, row), by, message)


def _not_so(said: Said, row: Row) -> list[Mistake]:
    """What is not changed like a value, because more hangs on it."""
    wrong = []
    if said.stage is not None and said.stage != row.stage:
        text = _("The stage changes by: planner ledger move {id} STAGE")
        wrong.append(Mistake("stage", text.format(id=row.sign)))
    if said.into and said.into != row.into:
        text = _("Rows are merged by: planner ledger merge {id} --into ROW")
        wrong.append(Mistake("into", text.format(id=row.sign)))
    return wrong


def differences(said: Said, row: Row) -> dict[str, Any]:
    """What was said and the row does not have so yet; None for what is to be empty."""
    cells: dict[str, Any] = {key: text or None for key, text in said.values.items() if text != row.values.get(key, "")}
    for key in ("task", "branch", "goals", "into"):
        new, old = getattr(said, key), getattr(row, key)
        if new is not None and new != old:
            cells[key] = _kept(new) or None
    return cells


def remove(
    session: Session, snapshot: Snapshot, row: Row, ledger: Ledger, by: str | None = None, message: str | None = None
) -> Done:
    """Take a row out of its ledger. What was merged into it stands by itself again, and a warning says so."""
    data = {"ledger": ledger.id, "row": row.id, "removed": True}
    entry = _entry(session, snapshot, data, row.task, row.branch, row.entries, by, message)
    session.record([entry])
    merged = [other.sign for other in rows_of(snapshot, ledger.id) if other.into == row.id]
    text = _("These rows were merged into it and stand by themselves again: {ids}.")
    return Done([entry], [text.format(ids=_(", ").join(merged))] if merged else [])


def move(
    session: Session,
    snapshot: Snapshot,
    row: Row,
    ledger: Ledger,
    words: str,
    values: Values = (),
    by: str | None = None,
    message: str | None = None,
) -> Done:
    """Let a row go on to the stage that `words` name, with values that belong to that step.

    Raises UsageError where the row cannot go there from where it stands, or what the stage needs is missing.
    """
    stage = find_stage(words, ledger)
    said, wrong = read(_pairs(values), ledger, snapshot)
    refuse([*wrong, *_not_so(said._replace(stage=None), row)], ledger)
    _refuse_way(row, ledger, stage)
    _refuse_gaps(row, ledger, stage, said)
    # What was said for this step is kept even where it is what the row has: another reply on the same day, say.
    cells = {**{key: text or None for key, text in said.values.items()}, **differences(said, row), "stage": stage.id}
    return _record(session, snapshot, row, ledger, cells, by, message)


def _refuse_way(row: Row, ledger: Ledger, stage: Stage) -> None:
    if row.into:
        message = _("This row was merged into {id}; it goes the way of that one.").format(id=row.into[-SIGNS:])
        raise UsageError(message, f"planner ledger move {row.into[-SIGNS:]} {printable(stage.name)}")
    now = stage_of(row, ledger)
    if now is None or stage.id in now.next:  # from a stage that is no longer one, every way is open
        return
    if now == stage:
        hint = _("Its values change by: planner ledger change {id} KEY=VALUE").format(id=row.sign)
        raise UsageError(_("The row stands at “{stage}” already.").format(stage=printable(stage.name)), hint)
    message = _("From “{now}” a row does not go to “{stage}”.")
    names = _(", ").join(printable(ledger.stage_by_id[id_].name) for id_ in now.next if id_ in ledger.stage_by_id)
    hint = _("It goes to: {names}.").format(names=names) if names else _("“{now}” is where its way ends.")
    raise UsageError(
        message.format(now=printable(now.name), stage=printable(stage.name)), hint.format(now=printable(now.name))
    )


def _refuse_gaps(row: Row, ledger: Ledger, stage: Stage, said: Said) -> None:
    """Raise UsageError for what the stage needs and the row, with what is said now, does not have."""
    missing = gaps(row, ledger, stage, said.values)
    if not missing:
        return
    message = _("To stand at “{stage}” the row lacks: {what}").format(
        stage=printable(stage.name), what=_("; ").join(missing)
    )
    example = f"planner ledger move {row.sign} {printable(stage.name)} "
    needs = [key for key in stage.needs if not said.values.get(key)]
    raise UsageError(message, example + " ".join(f"{key_name(key, ledger)}=…" for key in needs) if needs else None)


def merge(
    session: Session,
    snapshot: Snapshot,
    rows: Sequence[Row],
    into: Row,
    ledger: Ledger,
    by: str | None = None,
    message: str | None = None,
) -> Done:
    """Merge rows into another one: several forms about one thing become one case. One undo takes it back.

    Raises UsageError for a row that would be merged into itself, into one of another ledger or into a merged one, and
    for one that others are merged into.
    """
    known = rows_of(snapshot, ledger.id)
    wanted = [row for row in {row.id: row for row in rows}.values() if row.into != into.id]
    _refuse_merge(wanted, into, known)
    entries: list[Entry] = []
    for row in wanted:
        data = {"ledger": ledger.id, "row": row.id, "set": {"into": into.id}}
        earlier = (*row.entries, *into.entries)
        entries.append(_entry(session, snapshot, data, row.task, row.branch, earlier, by, message))
    entries = as_one_act(entries)
    if entries:
        session.record(entries)
    return Done(entries, [])


def _refuse_merge(rows: Sequence[Row], into: Row, known: Sequence[Row]) -> None:
    if into.into:
        message = _("{id} is merged into {other} itself.").format(id=into.sign, other=into.into[-SIGNS:])
        raise UsageError(message, f"planner ledger merge … --into {into.into[-SIGNS:]}")
    for row in rows:
        if row.id == into.id:
            raise UsageError(_("{id} cannot be merged into itself.").format(id=row.sign))
        if row.ledger != into.ledger:
            raise UsageError(_("{id} and {other} are in two ledgers.").format(id=row.sign, other=into.sign))
        if row.into:
            message = _("{id} is merged into {other} already.").format(id=row.sign, other=row.into[-SIGNS:])
            raise UsageError(message, _("To part them: planner ledger change {id} into=").format(id=row.sign))
        if below := [other.sign for other in known if other.into == row.id]:
            message = _("Others are merged into {id}: {ids}.").format(id=row.sign, ids=_(", ").join(below))
            raise UsageError(message, f"planner ledger merge {' '.join((*below, row.sign))} --into {into.sign}")


def _record(
    session: Session,
    snapshot: Snapshot,
    row: Row,
    ledger: Ledger,
    cells: Mapping[str, Any],
    by: str | None,
    message: str | None,
) -> Done:
    """Record new values of a row, if there are any."""
    if not cells:
        return Done([], [])
    entry = change_entry(session, snapshot, row, cells, by, message)
    session.record([entry])
    return Done([entry], _warnings(snapshot, ledger, [entry]))


def change_entry(
    session: Session, snapshot: Snapshot, row: Row, cells: Mapping[str, Any], by: str | None, message: str | None
) -> Entry:
    """The entry that gives a row new values, as they are kept; None, "" or () empties one. It is not recorded yet."""
    kept = {key: _kept(value) or None for key, value in cells.items()}
    data = {"ledger": row.ledger, "row": row.id, "set": kept}
    task, branch = (cells.get(key, old) or "" for key, old in (("task", row.task), ("branch", row.branch)))
    return _entry(session, snapshot, data, task, branch, row.entries, by, message)


def _entry(
    session: Session,
    snapshot: Snapshot,
    data: dict[str, Any],
    task: str,
    branch: str,
    earlier: Iterable[Entry],
    by: str | None,
    message: str | None,
) -> Entry:
    """An entry after all of `earlier`, which a person knew."""
    if message:
        data["message"] = message
    author = session.author if by is None else by
    return new_entry(after(snapshot.now, earlier), author, snapshot.plan.id, ROW, data, task=task, branch=branch)


def _warnings(snapshot: Snapshot, ledger: Ledger, entries: Sequence[Entry]) -> list[str]:
    """What is strange about the rows that `entries` began or changed, after them."""
    rows, changed = _after(snapshot, ledger, entries)
    told = [text for row in rows if row.id in changed for text in _strange(row, ledger, rows, snapshot)]
    return list(dict.fromkeys([*told, *rule_warnings(snapshot, ledger, entries)]))


def rule_warnings(snapshot: Snapshot, ledger: Ledger, entries: Sequence[Entry]) -> list[str]:
    """What the rows that `entries` began or changed go against, a sentence for each rule."""
    if not ledger.rules:
        return []
    from planner_ledger.rules import broken_rules, broken_words

    rows, changed = _after(snapshot, ledger, entries)
    broken = [found for found in broken_rules(rows, ledger, snapshot) if any(row.id in changed for row in found.rows)]
    return [broken_words(found, ledger, snapshot.plan, private=True) for found in broken]


def _after(snapshot: Snapshot, ledger: Ledger, entries: Sequence[Entry]) -> tuple[tuple[Row, ...], set[str]]:
    """The rows of a ledger after `entries`, which the snapshot may know or not, and the ids of those they touched."""
    changed = {entry.data.get("row", entry.id) for entry in entries}
    known = {entry.id: entry for entry in (*snapshot.journal.effective(ROW), *entries)}
    return fold(known.values(), ledger.id), changed


def _strange(row: Row, ledger: Ledger, rows: Sequence[Row], snapshot: Snapshot) -> Iterator[str]:
    plan = snapshot.plan
    column = ledger.day
    if column and (text := row.values.get(column.id)):
        days = days_of(text, plan.term)
        if days.end < plan.term.start or days.start > plan.term.end:
            message = _("{name} {text} lies outside of the plan's term; is the year right?")
            yield message.format(name=printable(column.name), text=printable(text))
    task = plan.task_by_id.get(row.task)
    if task and row.branch and task.branches and row.branch not in task.branches:
        message = _("{branch} has no part in “{title}”.")
        branch = plan.branch_by_id.get(row.branch)
        yield message.format(branch=printable(branch.name if branch else row.branch), title=printable(task.title))
    stage = stage_of(row, ledger)
    if stage and row.stage and (missing := gaps(row, ledger, stage, {})):
        message = _("To stand at “{stage}” the row lacks: {what}")
        yield message.format(stage=printable(stage.name), what=_("; ").join(missing))
    same = [r for r in rows if r.id != row.id and r.content == row.content] if len(row.entries) == 1 else []
    if same:
        message = _("A row that says the same is there already: {id}. If this one is too many: planner undo {new}")
        yield message.format(id=same[0].sign, new=row.sign)
