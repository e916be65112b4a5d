"""What a sheet calls the tasks, sub-unions, goals and stages that a row names, and what is meant by such a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from planner.api import UsageError, _, find_branch, find_goal, find_task, nearest
from planner_ledger.sheets.taken import WrongCellError
from planner_ledger.stages import stage_of
from planner_ledger.values import folded

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row

_BETWEEN = re.compile(r"[；;\n]")
"""What stands between several goals in one cell."""


class UnknownNameError(WrongCellError):
    """Words that name nothing, or several things. Says so in a sentence; `hint` may help."""


class Names:
    """Ids and what sheets call them: the name, or the id where that would not be clear."""

    def __init__(self, pairs: Iterable[tuple[str, str]], find: Callable[[str], str]) -> None:
        known = [(id_, " ".join(name.split())) for id_, name in pairs]
        often = Counter(folded(name) for _id, name in known)
        ids = {folded(id_) for id_, _name in known}

        def is_clear(name: str) -> bool:
            return often[folded(name)] == 1 and folded(name) not in ids and not _BETWEEN.search(name) and bool(name)

        self._names = {id_: name if is_clear(name) else id_ for id_, name in known}
        self._ids = {folded(word): id_ for id_, name in self._names.items() for word in (name, id_)}
        self._find = find

    def name(self, id_: str) -> str:
        """What a sheet calls it; an id that the plan does not have stays as it is."""
        return self._names.get(id_, id_)

    def meant(self, words: str) -> str:
        """The id of what is called so. Raises UnknownNameError."""
        key = folded(words)
        if key not in self._ids:
            self._ids[key] = self._find(words.strip())
        return self._ids[key]

    def listed(self, without: Iterable[str] = ()) -> list[str]:
        """All names, but for those of some ids."""
        left_out = {*without}
        return [name for id_, name in self._names.items() if id_ not in left_out]


class Labels:
    """The names that occur in the sheet of a ledger, by the key of their column."""

    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self._ledger = ledger
        self._of = {
            "task": Names(((t.id, t.title) for t in plan.tasks), _found(lambda words: find_task(words, plan).id)),
            "branch": Names(((b.id, b.name) for b in plan.branches), _found(lambda words: find_branch(words, plan).id)),
            "goals": Names(((g.id, g.title) for g in plan.goals), _found(lambda words: find_goal(words, plan).id)),
            "stage": Names(((s.id, s.name) for s in ledger.stages), lambda words: _no_stage(words, ledger)),
        }

    def __getitem__(self, key: str) -> Names:
        return self._of[key]

    def text(self, row: Row, key: str) -> str:
        """What a sheet shows of a row in a column of the ledger, or of RESERVED; the id of the row for anything else.

        What is shown is what was recorded: a default stands in no sheet.
        """
        if key in self._ledger.column_by_id:
            return row.values.get(key, "")
        if key == "stage":
            stage = stage_of(row, self._ledger)
            return self._of["stage"].name(stage.id if stage else row.stage)
        if key == "goals":
            return self.goals_text(row.goals)
        if key in ("task", "branch"):
            return self._of[key].name(row.task if key == "task" else row.branch)
        return row.into if key == "into" else row.id

    def value_text(self, key: str, value: str | Iterable[str]) -> str:
        """What a sheet shows of a value: of an id the name."""
        if isinstance(value, str):
            return self._of[key].name(value) if key in self._of else value
        return self.goals_text(value)

    def goals_text(self, goals: Iterable[str]) -> str:
        """Several goals in one cell."""
        return "；".join(self._of["goals"].name(goal) for goal in goals)

    def goals_meant(self, text: str) -> list[str]:
        """The ids of the goals that a cell names. Raises UnknownNameError."""
        words = (part.strip() for part in _BETWEEN.split(text))
        return list(dict.fromkeys(self._of["goals"].meant(word) for word in words if word))


def _found(find: Callable[[str], str]) -> Callable[[str], str]:
    """The same, with the error that cells know."""

    def find_id(words: str) -> str:
        try:
            return find(words)
        except UsageError as error:
            raise UnknownNameError(error.message, error.hint or "") from error

    return find_id


def _no_stage(words: str, ledger: Ledger) -> str:
    names = [stage.name for stage in ledger.stages]
    likely = nearest(words, names)
    hint = _("did you mean {word}?").format(word=likely) if likely else ""
    known = _(", ").join(names) or "—"
    raise UnknownNameError(_("There is no stage “{words}”; there are: {known}").format(words=words, known=known), hint)
