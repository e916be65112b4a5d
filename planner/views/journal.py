"""Entries of the journal as people read them: when, who, what, on which task."""

from __future__ import annotations

from typing import Any

from planner.i18n import _, ngettext
from planner.journal.entry import EDIT, NOTE, REVISION, ROW, STATUS, UNDO, Entry
from planner.plan.model import Plan
from planner.text import printable, shorten
from planner.views.wording import status_name

SIGNS = 8
"""Characters of an id that people type: the last ones, which are random."""
_VALUE_CELLS = 40


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


def what(entry: Entry) -> str:
    """What an entry says, without its task: done; edited when: “六月” → “五月”."""
    data = entry.data
    match entry.kind:
        case "status":
            return status_name(str(data["status"])) if data.get("status") in _STATUSES else kind_name(STATUS)
        case "note":
            return _("note: {text}").format(text=printable(str(data.get("text", ""))))
        case "edit":
            return _edited(data.get("change"))
        case "undo":
            targets = data.get("entries")
            ids = [str(t)[-SIGNS:] for t in targets] if isinstance(targets, list) else []
            return _("taken back: {ids}").format(ids=printable(" ".join(ids)))
        case _other:
            return kind_name(entry.kind)


_STATUSES = ("planned", "doing", "done", "postponed", "cancelled")


def _edited(change: Any) -> str:
    if not isinstance(change, dict):
        return kind_name(EDIT)
    old, new = change.get("old"), change.get("new")
    if not change.get("key"):
        return _("removed from the plan") if new is None else _("added to the plan")
    return _("{key}: {old} → {new}").format(
        key=printable(str(change["key"])), old=_source(old, change["key"]), new=_source(new, change["key"])
    )


def _source(source: Any, key: str) -> str:
    """The value in a change's source (the value alone, or its whole line), short."""
    if not isinstance(source, str):
        return _("nothing")
    text = source.strip(" ,\r\n\t")
    if text.startswith(key):
        text = text[len(key) :].lstrip().removeprefix("=").lstrip()
    return shorten(printable(text), _VALUE_CELLS)


def whom(entry: Entry, plan: Plan) -> str:
    """The task, with branches and occurrence in brackets; "" for what concerns no task."""
    if not entry.task:
        return ""
    task = plan.task_by_id.get(entry.task)
    title = printable(task.title) if task else printable(entry.task)
    extras = [_branches(entry, plan), entry.occurrence or ""]
    shown = _(", ").join(printable(extra) for extra in extras if extra)
    return _("{title} ({extra})").format(title=title, extra=shown) if shown else title


def _branches(entry: Entry, plan: Plan) -> str:
    listed = entry.data.get("branches")
    ids = (
        [entry.branch]
        if entry.branch
        else [b for b in listed if isinstance(b, str)]
        if isinstance(listed, list)
        else []
    )
    if not ids:
        return ""
    if len(ids) > 2:
        return ngettext("{n} sub-union", "{n} sub-unions", len(ids)).format(n=len(ids))
    names = (plan.branch_by_id[b].name if b in plan.branch_by_id else b for b in ids)
    return _(", ").join(map(printable, names))


def why(entry: Entry) -> str:
    """The reason that was given, or ""."""
    message = entry.data.get("message")
    return printable(message) if isinstance(message, str) else ""
