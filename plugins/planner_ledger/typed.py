"""What a person says of a row: key=value words, cells of a sheet or answers, read and checked all at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.api import (
    PlannerError,
    UsageError,
    _,
    cell_width,
    find_branch,
    find_goal,
    find_task,
    nearest,
    ngettext,
    printable,
)
from planner_ledger.model import RESERVED
from planner_ledger.rows import find_row, rows_of
from planner_ledger.values import canonical, folded, said_on

if TYPE_CHECKING:
    from planner.api import Plan, Snapshot
    from planner_ledger.model import Column, Ledger, Stage

Pair = tuple[str, str | None]
"""The key and the text of a cell as typed; the text is None where there was no = after the key."""
_EQUALS = re.compile("[=＝]")
_COLON = re.compile("[:：]")
_SHORT = 40
"""Cells of a hint that goes well behind its mistake."""
_LIST = re.compile("[,，、;；]")
_SYNONYMS: Mapping[str, str] = {"goal": "goals"}


class Said(NamedTuple):
    """What was said of a row, as it is kept. None: nothing was said; "" or (): it is to be empty."""

    values: Mapping[str, str]
    """Canonical text by the id of the column, in the order in which it was said."""
    task: str | None = None
    branch: str | None = None
    goals: tuple[str, ...] | None = None
    stage: str | None = None
    into: str | None = None


class Mistake(NamedTuple):
    """What is wrong with one cell, in a sentence for people."""

    key: str
    """Id of the column, or a key of RESERVED; "" for a key that is neither."""
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Both sentences."""
        return _("{message} {hint}").format(message=self.message, hint=self.hint) if self.hint else self.message


def pairs_of(words: Iterable[str]) -> list[Pair]:
    """`key=value` words as keys and texts; ＝ will do."""
    split = (_EQUALS.split(word, maxsplit=1) for word in words)
    return [(key.strip(), text[0] if text else None) for key, *text in split]


def key_of(words: str, ledger: Ledger) -> str:
    """The id of the column, or the key of RESERVED, that `words` name by id or name. Raises UsageError."""
    names = {**{name: key for key, name in RESERVED.items()}, **{c.name: c.id for c in ledger.columns}}
    for known in (ledger.column_by_id, RESERVED):
        if words in known:
            return words
    if words in names:
        return names[words]
    plain = folded(words)
    plain = _SYNONYMS.get(plain, plain)
    ids = (*ledger.column_by_id, *RESERVED)
    alike = [key for key in ids if folded(key) == plain] or [
        key for name, key in names.items() if folded(name) == plain
    ]
    if len(alike) == 1:
        return alike[0]
    likely = nearest(words, [*names, *ids])
    hint = _("did you mean {word}?").format(word=printable(likely)) if likely else _names(ledger)
    message = _("The ledger “{ledger}” has no column “{name}”.")
    raise UsageError(message.format(ledger=printable(ledger.name), name=printable(words)), hint)


def _names(ledger: Ledger) -> str:
    """All keys that a row can have, for a hint."""
    names = [printable(column.name) for column in ledger.columns]
    return _("They are: {names}.").format(names=_(", ").join((*names, *RESERVED.values())))


def key_name(key: str, ledger: Ledger) -> str:
    """The name of a column or of a key of RESERVED, for people; what is neither is given back."""
    column = ledger.column_by_id.get(key)
    return printable(column.name if column else RESERVED.get(key, key))


def read(pairs: Iterable[Pair], ledger: Ledger, snapshot: Snapshot) -> tuple[Said, list[Mistake]]:
    """What the pairs say, and all that is wrong in them; what is wrong is not in the former."""
    reader = _Reader(ledger, snapshot)
    for words, text in pairs:
        reader.take(words, text)
    return Said(reader.values, **reader.rest), reader.mistakes


class _Reader:
    """Takes one cell after the other."""

    def __init__(self, ledger: Ledger, snapshot: Snapshot) -> None:
        self._ledger, self._snapshot = ledger, snapshot
        self._taken: set[str] = set()
        self.values: dict[str, str] = {}
        self.rest: dict[str, Any] = {}
        self.mistakes: list[Mistake] = []

    def take(self, words: str, text: str | None) -> None:
        """Read one cell."""
        if text is None:
            self.mistakes.append(self._without_equals(words))
            return
        if not words:
            message = _("“{text}” has no column before its =; there are no blanks around it.")
            self.mistakes.append(Mistake("", message.format(text=printable(f"={text}"))))
            return
        try:
            key = key_of(words, self._ledger)
        except UsageError as error:
            self.mistakes.append(Mistake("", error.message, error.hint or ""))
            return
        if key in self._taken:
            self.mistakes.append(Mistake(key, _("It is said twice.")))
        else:
            self._taken.add(key)
            self._put(key, text)

    def _without_equals(self, words: str) -> Mistake:
        """For 备注, for 类别：退休, and for what names no column at all."""
        name, *rest = _COLON.split(words, maxsplit=1)
        try:
            key = key_of(name.strip(), self._ledger)
        except UsageError:
            key = ""
        column = key_name(key, self._ledger) if key else next((printable(c.name) for c in self._ledger.columns), "KEY")
        example = f"{column}={printable(rest[0].strip()) if key and rest else '…'}"
        message = _("“{word}” is not of the form key=value, such as {example}.")
        return Mistake(key, message.format(word=printable(words), example=example))

    def _put(self, key: str, text: str) -> None:
        column, snapshot = self._ledger.column_by_id.get(key), self._snapshot
        try:
            if column:
                said = said_on(text, snapshot.today) if column.type == "date" else text
                self.values[key] = canonical(said, column, snapshot.plan.term)
            else:
                self.rest[key] = self._reserved(key, text.strip())
        except PlannerError as error:
            self.mistakes.append(Mistake(key, error.message, error.hint or ""))
        except ValueError as error:
            self.mistakes.append(Mistake(key, str(error)))

    def _reserved(self, key: str, text: str) -> str | tuple[str, ...]:
        """The id, or for goals the ids, that `text` names. Raises UsageError."""
        plan, ledger = self._snapshot.plan, self._ledger
        if key == "goals":
            return _goals(text, plan)
        finders: Mapping[str, Callable[[], str]] = {
            "task": lambda: find_task(text, plan).id,
            "branch": lambda: find_branch(text, plan).id,
            "stage": lambda: find_stage(text, ledger).id,
            "into": lambda: find_row(text, rows_of(self._snapshot, ledger.id)).id,
        }
        return finders[key]() if text else ""


def _goals(text: str, plan: Plan) -> tuple[str, ...]:
    """The ids of the goals that a text names: one, whose title may have commas, or several. Raises UsageError."""
    parts = [part.strip() for part in _LIST.split(text) if part.strip()]
    if len(parts) > 1 and (whole := [goal.id for goal in plan.goals if text in goal.title]):
        return (whole[0],)
    return tuple(dict.fromkeys(find_goal(part, plan).id for part in parts))


def find_stage(words: str, ledger: Ledger) -> Stage:
    """The stage that `words` name by id or name. Raises UsageError, which lists them."""
    if not ledger.stages:
        raise UsageError(_("The ledger “{ledger}” has no stages.").format(ledger=printable(ledger.name)))
    found = [stage for stage in ledger.stages if words in (stage.id, stage.name)]
    if not found:
        found = [stage for stage in ledger.stages if words and words in stage.name]
    if len(found) == 1:
        return found[0]
    message = _("The ledger “{ledger}” has no stage “{name}”.")
    raise UsageError(
        message.format(ledger=printable(ledger.name), name=printable(words)),
        _("They are: {names}.").format(names=_(", ").join(printable(stage.name) for stage in ledger.stages)),
    )


def lacking(values: Mapping[str, str], ledger: Ledger) -> list[Column]:
    """The required columns that have neither a value nor a default."""
    return [c for c in ledger.columns if c.required and not c.default and not values.get(c.id)]


def refuse(mistakes: Sequence[Mistake], ledger: Ledger) -> None:
    """Raise UsageError with all mistakes at once, each with the name of its column; none is fine.

    What helps against several of them is told once, and what is long at the end.
    """
    if not mistakes:
        return
    told = Counter(mistake.hint for mistake in mistakes if mistake.hint)
    last = [hint for hint, n in told.items() if n > 1 or len(mistakes) == 1 or cell_width(hint) > _SHORT]
    lines = [_line(one._replace(hint="") if one.hint in last else one, ledger) for one in mistakes]
    hint = "\n".join(last) or None
    if len(lines) == 1:
        raise UsageError(_("Nothing was recorded. {message}").format(message=lines[0]), hint)
    head = ngettext("Nothing was recorded: {n} mistake.", "Nothing was recorded: {n} mistakes.", len(lines))
    raise UsageError("\n".join((head.format(n=len(lines)), *lines)), hint)


def _line(mistake: Mistake, ledger: Ledger) -> str:
    """A mistake with the name of its column."""
    if not mistake.key:
        return str(mistake)
    return _("{name}: {message}").format(name=key_name(mistake.key, ledger), message=mistake)
