"""Asking for a row, column by column: what is wrong is said and asked again, what is empty is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from planner.api import _, full_day, printable, wrap
from planner_ledger.model import RESERVED
from planner_ledger.tables import packed
from planner_ledger.typed import Pair, read
from planner_ledger.values import days_of
from planner_ledger.wording import column_name, value_words

if TYPE_CHECKING:
    from planner.api import Snapshot
    from planner_ledger.model import Column, Ledger

Ask = Callable[[str], str]
"""Shows a prompt and gives the line that a person types."""
Tell = Callable[[str], None]
_OTHERS = ("branch", "task")
_YES, _NO = frozenset(("", "y", "yes", "是", "好", "记")), frozenset(("n", "no", "否", "不", "不记", "q"))


class Asker:
    """Asks for one row. `ask` may raise whatever it wants when the person gives up: nothing is recorded here."""

    def __init__(self, ledger: Ledger, snapshot: Snapshot, ask: Ask, tell: Tell, width: int) -> None:
        self._ledger, self._snapshot = ledger, snapshot
        self._ask, self._tell, self._width = ask, tell, width
        self._answers: dict[str, str] = {}

    def row(self, given: Mapping[str, str]) -> list[Pair] | None:
        """The cells of the row; None where the person does not want it recorded. Keys in `given` are not asked for."""
        self._tell(_("A new row in “{ledger}”.").format(ledger=printable(self._ledger.name)))
        help_ = _("Enter skips what is not needed (* is needed); Ctrl-C gives up, and nothing is recorded.")
        self._say(help_, "")
        for column in self._ledger.columns:
            self._column(column)
        for key in _OTHERS:
            if key not in given and self._choices_of(key):
                self._reserved(key)
        while (answer := self._confirmed(given)) is None:
            pass
        return list(self._answers.items()) if answer else None

    def _column(self, column: Column) -> None:
        """Ask for one column until the answer fits."""
        for line in hints(column, self._width):
            self._tell(line)
        mark = " *" if column.required and not column.default else ""
        default = _(" [{default}]").format(default=column.default) if column.default else ""
        prompt = f"{column_name(column)}{mark}{default}"
        while True:
            text = numbered(self._ask(prompt).strip(), column.choices)
            if not text and mark:
                self._say(_("It must be filled in."))
            elif self._fits(column.id, text):
                return

    def _reserved(self, key: str) -> None:
        """Ask for the sub-union or the task."""
        choices = self._choices_of(key)
        if key == "branch":
            for line in packed([f"{n} {printable(name)}" for n, name in enumerate(choices, 1)], self._width - 2):
                self._tell(f"  {line}")
        while True:
            text = self._ask(RESERVED[key]).strip()
            if self._fits(key, numbered(text, choices) if key == "branch" else text):
                return

    def _choices_of(self, key: str) -> tuple[str, ...]:
        plan = self._snapshot.plan
        if key == "branch":
            return tuple(branch.name for branch in plan.branches)
        return tuple(task.title for task in plan.tasks)

    def _fits(self, key: str, text: str) -> bool:
        """Take an answer, if it is one; else say why not."""
        said, wrong = read([(key, text)], self._ledger, self._snapshot)
        for mistake in wrong:
            for line in str(mistake).splitlines():
                self._say(printable(line))
        if wrong:
            return False
        self._answers.pop(key, None)
        if text:
            self._answers[key] = said.values[key] if key in said.values else getattr(said, key)
            self._read_as(key, text)
        return True

    def _read_as(self, key: str, text: str) -> None:
        """Say how an answer was read, where that is not what was typed: 15,000元, 2023-03-08 周三, 第一分工会."""
        column, answer = self._ledger.column_by_id.get(key), self._answers[key]
        if column and column.type == "date":
            days = days_of(answer, self._snapshot.plan.term)
            reading = full_day(days.start) if days.days == 1 else f"{days.start}…{days.end}"
        else:
            reading = value_words(answer, column) if column else self._name_of(key, answer)
        if reading != text:
            self._say(f"= {reading}")

    def _name_of(self, key: str, words: str) -> str:
        """The title of a task or the name of a sub-union, by its id; other words as they are."""
        plan = self._snapshot.plan
        if key == "task" and (task := plan.task_by_id.get(words)):
            return printable(task.title)
        branch = plan.branch_by_id.get(words) if key == "branch" else None
        return printable(branch.name if branch else words)

    def _say(self, text: str, indent: str = "  ") -> None:
        for line in wrap(text, self._width - len(indent)):
            self._tell(indent + line)

    def _confirmed(self, given: Mapping[str, str]) -> bool | None:
        """Show the row and ask whether it is right; None where something was asked for once more."""
        self._tell("")
        shown = [f"{name} {text}" for name, text in self._shown(given)]
        for line in packed(shown, self._width - 2) or [_("(nothing)")]:
            self._tell(f"  {line}")
        self._say(_("Enter records it; n gives it up; the name of a column asks for that once more."), "")
        answer = self._ask(_("Record it")).strip()
        if answer.lower() in _YES | _NO:
            return answer.lower() in _YES
        again = next((c for c in self._ledger.columns if answer in (c.id, c.name)), None)
        if again:
            self._column(again)
        elif key := next((key for key in _OTHERS if answer in (key, RESERVED[key])), None):
            self._reserved(key)
        else:
            self._say(_("That is neither yes nor no, nor the name of a column."))
        return None

    def _shown(self, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for column in self._ledger.columns:
            if text := self._answers.get(column.id) or column.default:
                yield printable(column.name), value_words(text, column)
        for key, name in RESERVED.items():
            if other := self._answers.get(key) or given.get(key):
                yield name, self._name_of(key, other)


def hints(column: Column, width: int) -> list[str]:
    """What helps to answer: what the plan notes, the choices with their numbers, the units, how days may be said."""
    note = wrap(printable(column.note), width - 2) if column.note else []
    choices = packed([f"{n} {printable(choice)}" for n, choice in enumerate(column.choices, 1)], width - 2)
    form = wrap(_form(column), width - 2)
    return [f"  {line}" for line in (*note, *choices, *form) if line]


def _form(column: Column) -> str:
    """How an answer may be said; "" where nothing needs to be said of that."""
    if column.choices:
        return _("Its number, or other words") if column.open else ""
    if column.type == "date":
        return _("As far as it is known: 2023-03-08, 3月, 9-10月, 暑假")
    if column.type == "money":
        return _("In 元 or 万元: 1500, 13.0989万元")
    units = _("With its unit: {units}").format(units=_(", ").join(column.units))
    return units if len(column.units) > 1 else ""


def numbered(text: str, choices: tuple[str, ...]) -> str:
    """The choice whose number was typed, counted from 1; other words as they are."""
    if text in choices or not text.isdecimal() or len(text) > 4:
        return text
    return choices[int(text) - 1] if 1 <= int(text) <= len(choices) else text
