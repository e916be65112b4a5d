"""Entries of the journal as people read them: when, who, what, on which task."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from planner.i18n import _, ngettext
from planner.journal.entry import EDIT, NOTE, REVISION, ROW, STATUS, UNDO, Entry, listed
from planner.journal.status import PLANNED, STATUSES
from planner.plan.model import Plan, Task
from planner.plan.occurrence import occurrences
from planner.text import printable, shorten
from planner.views.wording import branch_names, occurrence_name, status_name

if TYPE_CHECKING:
    from planner.snapshot import Snapshot

SIGNS = 8
"""Characters of an id that people type: the last ones, which are random."""
_VALUE_CELLS = 40
_TITLE = re.compile(r"""^\s*title\s*=\s*["'](.+?)["']\s*(?:#|$)""", re.MULTILINE)
_LONGEST = 240
"""Cells of a title or text; what is longer is somebody's mistake."""


def short_id(entry: Entry) -> str:
    """The part of an entry's id that tells it from the others of a journal."""
    return entry.id[-SIGNS:]


def kind_name(kind: str) -> str:
    """The kind of an entry for people."""
    names = {
        STATUS: _("status"), NOTE: _("note"), ROW: _("ledger"), EDIT: _("plan edited"), REVISION: _("told"),
        UNDO: _("taken back"),
    }  # fmt: skip
    return names.get(kind) or printable(kind)


def what(entry: Entry, key_name: Callable[[str], str] = printable, snapshot: Snapshot | None = None) -> str:
    """What an entry says, without its task: done; when: “六月” → “五月”. `key_name` names the keys of the plan.

    With a `snapshot` rows of ledgers are told in the names that the plan has for them, without it by their ids.
    """
    data = entry.data
    match entry.kind:
        case "status":
            status = data.get("status")
            if status not in STATUSES:
                return kind_name(STATUS)
            return _("reopened") if status == PLANNED else status_name(status)
        case "note":
            return _("note: {text}").format(text=shorten(printable(str(data.get("text", ""))), _LONGEST))
        case "edit":
            return _edited(_change(entry), key_name)
        case "row":
            return _row(entry, snapshot)
        case "undo":
            return _("taken back: {ids}").format(ids=printable(" ".join(t[-SIGNS:] for t in listed(data, "entries"))))
        case _other:
            return kind_name(entry.kind)


def _row(entry: Entry, snapshot: Snapshot | None) -> str:
    """What was written into a row of a ledger: 慰问：类别 生病住院，人数 39人. A later change names the row."""
    ledger, row = entry.data.get("ledger"), entry.data.get("row")
    if not isinstance(ledger, str):
        return kind_name(ROW)
    name = printable(snapshot.names.get(ledger, ledger) if snapshot else ledger)
    if isinstance(row, str):
        name = _("{title} ({extra})").format(title=name, extra=printable(row[-SIGNS:]))
    if entry.data.get("removed") is True:
        return _("{ledger}: row removed").format(ledger=name)
    parts = list(_cells(entry.data.get("set"), ledger, snapshot))
    if not parts:
        return name
    text = reduce(lambda one, another: _("{one}, {another}").format(one=one, another=another), parts)
    return shorten(_("{ledger}: {values}").format(ledger=name, values=text), _LONGEST)


def _cells(values: Any, ledger: str, snapshot: Snapshot | None) -> Iterator[str]:
    """Name and value of each cell that an entry fills or empties; another program may have written anything there."""
    names = snapshot.names if snapshot else {}
    places = {id_: place for place, id_ in enumerate(names)}
    cells = values.items() if isinstance(values, dict) else ()  # as the journal keeps them: sorted by their ids
    for key, value in sorted(cells, key=lambda cell: places.get(f"{ledger}.{cell[0]}", len(places))):
        name = printable(names.get(f"{ledger}.{key}") or str(key))
        if value in (None, "", []):
            yield _("{name} emptied").format(name=name)
        else:
            yield f"{name} {shorten(_cell(key, value, ledger, snapshot), _VALUE_CELLS)}"


def _cell(key: str, value: Any, ledger: str, snapshot: Snapshot | None) -> str:
    """A value for people: ids as the names that they stand for."""
    if isinstance(value, list):
        return _(", ").join(_cell(key, str(each), ledger, snapshot) for each in value)
    text = str(value)
    if key == "into":
        return printable(text[-SIGNS:])
    if snapshot and key in ("task", "branch", "goals", "stage"):
        text = _name_of(key, text, snapshot.plan) or snapshot.names.get(f"{ledger}.{key}.{text}", text)
    return printable(text)


def _name_of(key: str, id_: str, plan: Plan) -> str:
    """The name of a task, a branch or a goal by its id; "" for one that the plan does not have."""
    if key == "task" and id_ in plan.task_by_id:
        return plan.task_by_id[id_].title
    if key == "branch" and id_ in plan.branch_by_id:
        return plan.branch_by_id[id_].name
    return plan.goal_by_id[id_].title if key == "goals" and id_ in plan.goal_by_id else ""


def _change(entry: Entry) -> Mapping[str, Any]:
    change = entry.data.get("change")
    return change if isinstance(change, dict) else {}


def _edited(change: Mapping[str, Any], key_name: Callable[[str], str]) -> str:
    old, new, key = change.get("old"), change.get("new"), change.get("key")
    if not isinstance(key, str):
        return kind_name(EDIT)
    if not key:
        return _("removed from the plan") if new is None else _("added to the plan")
    return _("{key}: {old} → {new}").format(key=key_name(key), old=_source(old, key), new=_source(new, key))


def _source(source: Any, key: str) -> str:
    """The value in a change's source (the value alone, or its whole line), short."""
    if not isinstance(source, str):
        return _("nothing")
    text = source.strip(" ,\r\n\t")
    if text.startswith(key):
        text = text[len(key) :].lstrip().removeprefix("=").lstrip()
    return shorten(printable(text), _VALUE_CELLS)


def whom(entry: Entry, plan: Plan) -> str:
    """The task, with branches and occurrence in brackets; what else an edit is about; "" for what concerns nothing."""
    if not entry.task:
        return _place(_change(entry)) if entry.kind == EDIT else _branches(entry, plan)
    task = plan.task_by_id.get(entry.task)
    title = shorten(printable(task.title if task else _title_in(entry) or entry.task), _LONGEST)
    shown = _(", ").join(filter(None, [_branches(entry, plan), _occurrence(entry, task, plan)]))
    return _("{title} ({extra})").format(title=title, extra=shown) if shown else title


def _place(change: Mapping[str, Any]) -> str:
    """The table and id of an edit that is about no task: goals rights, term."""
    words = [change.get(field) for field in ("table", "id")]
    return printable(" ".join(word for word in words if isinstance(word, str) and word))


def _title_in(entry: Entry) -> str | None:
    """The title in the text of a task that was added or removed."""
    sources = [_change(entry).get(field) for field in ("old", "new")]
    found = (_TITLE.search(source) for source in sources if isinstance(source, str))
    return next((match[1] for match in found if match), None)


def _occurrence(entry: Entry, task: Task | None, plan: Plan) -> str:
    """Which time of several."""
    if entry.occurrence is None or task is None:
        return ""
    known = occurrences(task, plan)
    if len(known) < 2:
        return ""
    return next((occurrence_name(o) for o in known if o.key == entry.occurrence), printable(entry.occurrence))


def _branches(entry: Entry, plan: Plan) -> str:
    ids = (entry.branch,) if entry.branch else listed(entry.data, "branches")
    if len(ids) > 2:
        return ngettext("{n} sub-union", "{n} sub-unions", len(ids)).format(n=len(ids))
    return branch_names(ids, plan)


def why(entry: Entry) -> str:
    """The reason that was given, or ""."""
    message = entry.data.get("message")
    return shorten(printable(message), _LONGEST) if isinstance(message, str) else ""
