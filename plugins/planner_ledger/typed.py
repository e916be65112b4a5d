"""What a person says of a row: key=value words, cells of a sheet or answers, read and checked all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from planner.api import PlannerError, UsageError, _, find_branch, find_goal, find_task, nearest, ngettext, printable
from planner_ledger.model import RESERVED
from planner_ledger.rows import find_row, rows_of
from planner_ledger.values import canonical

if TYPE_CHECKING:
    from planner.api import Plan, Snapshot
    from planner_ledger.model import Column, Ledger, Stage

Pair = tuple[str, str | None]
"""The key and the text of a cell as typed; the text is None where there was no = after the key."""
_EQUALS = re.compile("[=＝]")
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
    plain = normalize("NFKC", words).replace(" ", "").lower()
    plain = _SYNONYMS.get(plain, plain)
    ids = (*ledger.column_by_id, *RESERVED)
    alike = [key for key in ids if key.lower() == plain] or [
        key for name, key in names.items() if normalize("NFKC", name).replace(" ", "").lower() == plain
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
        try:
            key = key_of(words, self._ledger)
        except UsageError as error:
            self.mistakes.append(Mistake("", _both(error)))
            return
        if text is None:
            example = _("“{word}” is not of the form key=value, such as {example}.")
            name = key_name(key, self._ledger)
            self.mistakes.append(Mistake(key, example.format(word=printable(words), example=f"{name}=…")))
        elif key in self._taken:
            self.mistakes.append(Mistake(key, _("It is said twice.")))
        else:
            self._taken.add(key)
            self._put(key, text)

    def _put(self, key: str, text: str) -> None:
        column = self._ledger.column_by_id.get(key)
        try:
            if column:
                self.values[key] = canonical(text, column, self._snapshot.plan.term)
            else:
                self.rest[key] = self._reserved(key, text.strip())
        except PlannerError as error:
            self.mistakes.append(Mistake(key, _both(error)))
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
    """Raise UsageError with all mistakes at once, each with the name of its column; none is fine."""
    if not mistakes:
        return
    lines = []
    for key, message in mistakes:
        named = _("{name}: {message}").format(name=key_name(key, ledger), message=message) if key else message
        lines.append(named)
    if len(lines) == 1:
        raise UsageError(_("Nothing was recorded. {message}").format(message=lines[0]))
    head = ngettext("Nothing was recorded: {n} mistake.", "Nothing was recorded: {n} mistakes.", len(lines))
    raise UsageError("\n".join((head.format(n=len(lines)), *lines)))


def _both(error: PlannerError) -> str:
    """Message and hint as one text."""
    return f"{error.message} {error.hint}" if error.hint else error.message
