"""The help: every key there is, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable

from planner.api import _
from planner_board.actions import FIND, PLAN, SCREEN, TASK, VIEWS, Action, key_name
from planner_board.board import SIGNS
from planner_board.dialogs.message import Reading, Said


class Help(Reading):
    """All actions with their keys, then how to go about and what the signs mean."""

    def __init__(self, actions: Iterable[Action]) -> None:
        super().__init__(_("Help"), [*help_lines(actions)])


def help_lines(actions: Iterable[Action]) -> Iterable[Said]:
    """The help, line by line."""
    known = [*actions]
    yield Said(_("A key without letters does everything, so an input method may stay on. The mouse does it too."))
    yield from _section(_("Going about"), _moves())
    groups = {
        TASK: _("With the task at the cursor"), PLAN: _("With the plan"), FIND: _("Finding"),
        VIEWS: _("Views"), SCREEN: _("The screen"),
    }  # fmt: skip
    for group, title in groups.items():
        rows = [(", ".join(map(key_name, a.keys)) or _("in the menu"), a.title) for a in known if a.group == group]
        yield from _section(title, rows)
    yield from _section(_("Signs"), _signs())


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Iterable[Said]:
    yield Said("")
    yield Said(title, "heading")
    for keys, text in rows:
        yield Said(text, label=keys)


def _moves() -> Iterable[tuple[str, str]]:
    yield _("Arrows"), _("From task to task")
    yield "PgUp, PgDn, Home, End", _("A screen further, to the first, to the last")
    yield "Enter", _("Into the details; there follow a link, or tick a sub-union")
    yield "Esc", _("Out of a panel, the details, the filter")
    yield _("Mouse"), _("Click goes there, again opens it; the right button shows what can be done")


def _signs() -> Iterable[tuple[str, str]]:
    names = {
        "planned": _("planned"), "doing": _("in progress"), "done": _("done"), "postponed": _("postponed"),
        "cancelled": _("cancelled"), "late": _("its time is over and it is not done"),
        "blocked": _("something must come before it"),
    }  # fmt: skip
    for state, sign in SIGNS.items():
        yield sign, names[state]
