"""A plan's text in pieces, each with its own editor: an edit then costs what its own piece is long.

A thousand edits of the whole text of a thousand tasks take half a minute, because each looks through all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.errors import PlanError
from planner.plan.edit import PlanEditor

_TASK = re.compile(r"^[ \t]*\[\[[ \t]*tasks[ \t]*\]\]", re.MULTILINE)
_OTHER = '[[tasks]]\nid = "-"\n'
"""An entry before one that is to be taken out: no editor takes out the last, for then there is no list any more."""


class Pieces:
    """The text before the first task, then a piece for each task. A text that cannot be cut so is one piece."""

    def __init__(self, data: bytes, file: str, *, cut: bool = True) -> None:
        """Raises PlanError where `data` is no TOML. Not `cut`: slow, but errors name the right line."""
        whole = PlanEditor(data, file)
        self._file = file
        self._editors = (_editors(whole, file) if cut else []) or [whole]
        self._of_task = dict(_by_task(self._editors))

    @property
    def text(self) -> str:
        """The text as it is now, every line end a single character, without a byte order mark."""
        return "".join(editor.text for editor in self._editors)

    def head(self) -> PlanEditor:
        """The editor of the keys that stand before all tables."""
        return self._editors[0]

    def table(self, name: str) -> PlanEditor:
        """The editor of a table; the head where there is none."""
        return next((editor for editor in self._editors if editor.get(name) is not None), self._editors[0])

    def task(self, id_: str) -> PlanEditor:
        """The editor of a task. Raises KeyError for one that is not in the text."""
        return self._of_task[id_]

    def remove(self, id_: str) -> None:
        """Take a task out, with the comments directly above it."""
        old = self._of_task.pop(id_)
        if len(self._editors) == 1:
            old.remove("tasks", id_)
            return
        editor = PlanEditor((_OTHER + old.text).encode(), self._file)
        editor.remove("tasks", id_)
        left = editor.text.removeprefix(_OTHER).lstrip("\n")
        n = self._editors.index(old)
        self._editors[n : n + 1] = [PlanEditor(left.encode(), self._file)] if left.strip() else []


def _editors(whole: PlanEditor, file: str) -> list[PlanEditor]:
    """An editor for each piece; empty where the pieces by themselves do not mean what they mean together."""
    text = whole.text
    cuts = [_with_comments(text, match.start()) for match in _TASK.finditer(text)]
    try:
        pieces = zip([0, *cuts], [*cuts, len(text)], strict=True)
        editors = [PlanEditor(text[start:end].encode(), file) for start, end in pieces]
    except PlanError:  # a cut within a string that looks like a task
        return []
    tasks = [task for editor in editors for task in _tasks(editor)]
    is_same = tasks == _tasks(whole) and len(cuts) == len(tasks)
    return editors if is_same and sum(editor.get("term") is not None for editor in editors) <= 1 else []


def _with_comments(text: str, start: int) -> int:
    """Where the comments directly above a header begin."""
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip(" \t").startswith("#"):
            break
        start = above
    return start


def _tasks(editor: PlanEditor) -> list[object]:
    tasks = (editor.get("") or {}).get("tasks", [])
    return tasks if isinstance(tasks, list) else []


def _by_task(editors: list[PlanEditor]) -> Iterator[tuple[str, PlanEditor]]:
    for editor in editors:
        yield from ((task["id"], editor) for task in _tasks(editor) if isinstance(task, dict) and "id" in task)
