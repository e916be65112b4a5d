"""What a person means: a task by id, part of its title or pinyin initials; a branch or goal by id or name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from planner.errors import UsageError
from planner.i18n import _
from planner.plan.model import Branch, Goal, Plan, Task
from planner.text import nearest, printable

_Entry = TypeVar("_Entry", Branch, Goal)
_SHOWN = 8


def find_task(words: str, plan: Plan) -> Task:
    """The one task that `words` names. Raises UsageError where it is none, or which ones where it is several."""
    if words in plan.task_by_id:
        return plan.task_by_id[words]
    for found in _candidates(words.strip().lower(), plan):
        if len(found) == 1:
            return found[0]
        if found:
            names = "\n".join(f"  {task.id}  {printable(task.title)}" for task in found[:_SHOWN])
            more = "\n  …" if len(found) > _SHOWN else ""
            message = _("“{words}” may be one of these tasks:\n{names}").format(
                words=printable(words), names=names + more
            )
            raise UsageError(message, _("Give the id, or more of the title."))
    likely = nearest(words, plan.task_by_id)
    hint = _("did you mean {word}?").format(word=likely) if likely else _("`planner show` lists all tasks.")
    raise UsageError(_("There is no task “{words}”.").format(words=printable(words)), hint)


def _candidates(words: str, plan: Plan) -> Iterator[list[Task]]:
    """Ever wider readings of `words`."""
    if words:
        yield [task for task in plan.tasks if words in printable(task.title).lower()]
        yield [task for task in plan.tasks if words in task.id]
        if words.isascii():
            yield [task for task in plan.tasks if words in _initials(task.title)]


def _initials(title: str) -> str:
    from pypinyin import Style, lazy_pinyin  # 150 ms: only when nothing else fits

    return "".join(filter(str.isalnum, "".join(lazy_pinyin(title, style=Style.FIRST_LETTER)))).lower()


def find_branch(words: str, plan: Plan) -> Branch:
    """The one sub-union that `words` names by id or part of its name. Raises UsageError."""
    return _find(words, plan.branches, lambda b: b.name, _("There is no sub-union {name} in this plan."))


def find_goal(words: str, plan: Plan) -> Goal:
    """The one goal that `words` names by id or part of its title. Raises UsageError."""
    return _find(words, plan.goals, lambda goal: goal.title, _("There is no goal {name} in this plan."))


def _find(words: str, entries: Sequence[_Entry], name: Callable[[_Entry], str], message: str) -> _Entry:
    found = [entry for entry in entries if words == entry.id] or [e for e in entries if words and words in name(e)]
    if len(found) == 1:
        return found[0]
    likely = nearest(words, [entry.id for entry in entries])
    listed = _(", ").join(f"{entry.id} {printable(name(entry))}" for entry in (found or entries)[:_SHOWN])
    hint = _("did you mean {word}?").format(word=likely) if likely and not found else None
    if found or (listed and not likely):
        hint = _("They are: {names}.").format(names=listed)
    raise UsageError(message.format(name=printable(words)), hint)
