"""Which task a person means: by id, by part of the title, or by pinyin initials."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import UsageError
from planner.i18n import _
from planner.plan.model import Plan, Task
from planner.text import nearest, printable

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

    return "".join(lazy_pinyin(title, style=Style.FIRST_LETTER)).lower()
