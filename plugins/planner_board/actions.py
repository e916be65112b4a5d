"""Everything that can be done on the board, once: keys, menus, hints and help are all made from this table.

Letters are a short cut only: while a Chinese input method is on, they do not arrive. Each action has a key that does,
or stands in a menu that does (F8, Ctrl+P).
"""

from __future__ import annotations

from typing import NamedTuple

from planner.api import _

VIEWS = "views"
TASK = "task"
PLAN = "plan"
FIND = "find"
SCREEN = "screen"


class Action(NamedTuple):
    """Something that a person can do."""

    name: str
    title: str
    keys: tuple[str, ...]
    """As the library names them; the first is the one that hints and help show first."""
    target: str
    """A function `async (app) -> None` as "module:attribute", imported when it is first used."""
    group: str
    hint: str = ""
    """A word for the bottom line; empty: not shown there."""


def view_actions(titles: list[tuple[str, str]]) -> list[Action]:
    """One action for each view (name, title), with its number and function key."""
    return [
        Action(
            f"view-{name}",
            title,
            tuple(key for key in (str(n) if n < 10 else "", f"f{n + 1}" if n < 7 else "") if key),
            "planner_board.acts.moving:show_view",
            VIEWS,
        )
        for n, (name, title) in enumerate(titles, 1)
    ]


ACTIONS: tuple[Action, ...] = (
    Action(
        "menu", _("What can be done here"), ("f8", "m", "shift+f10"),
        "planner_board.acts.menus:task_menu", TASK, _("do"),
    ),
    Action("tick", _("Done / open again"), ("space",), "planner_board.acts.marking:tick", TASK, _("tick")),
    Action("start", _("Begin"), ("ctrl+b", "s"), "planner_board.acts.marking:start", TASK),
    Action("schedule", _("Decide the day"), ("ctrl+t", "t"), "planner_board.acts.scheduling:schedule", TASK, _("day")),
    Action("postpone", _("Put off"), ("ctrl+o", "p"), "planner_board.acts.marking:postpone", TASK),
    Action("cancel", _("Cancel"), ("delete", "x"), "planner_board.acts.marking:cancel", TASK),
    Action("reopen", _("Open again"), ("ctrl+x", "r"), "planner_board.acts.marking:reopen", TASK),
    Action("note", _("Write a note"), ("ctrl+k", "n"), "planner_board.acts.marking:note", TASK),
    Action("record", _("Fill in a form (ledger …)"), ("ctrl+l", "l"), "planner_board.acts.forms:record", TASK),
    Action("title", _("Change the title"), ("e",), "planner_board.acts.changing:edit_title", TASK),
    Action("when", _("Change the time in words"), ("w",), "planner_board.acts.changing:edit_when", TASK),
    Action("goals", _("Change the goals"), ("g",), "planner_board.acts.changing:edit_goals", TASK),
    Action("remove", _("Take it out of the plan"), ("shift+delete",), "planner_board.acts.changing:remove", TASK),
    Action("editor", _("Open the plan in an editor"), ("ctrl+e", "o"), "planner_board.acts.editor:open_editor", TASK),
    Action("add", _("Add a task"), ("f9", "insert", "ctrl+n", "a"), "planner_board.acts.changing:add", PLAN, _("add")),
    Action("undo", _("Take back"), ("ctrl+z", "u"), "planner_board.acts.marking:undo", PLAN, _("back")),
    Action("redo", _("Do it again after all"), ("ctrl+y",), "planner_board.acts.marking:redo", PLAN),
    Action("export", _("Write a file"), ("ctrl+g",), "planner_board.acts.exporting:export", PLAN),
    Action("forms", _("More that plugins can do"), (), "planner_board.acts.forms:plan_form", PLAN),
    Action("reload", _("Read the plan again"), ("ctrl+r",), "planner_board.acts.moving:reload", PLAN),
    Action(
        "find", _("Search and filter"), ("slash", "ctrl+f", "f", "ideographic_comma"),
        "planner_board.finding.find:find", FIND,
        _("find"),
    ),
    Action("clear", _("Show everything again"), ("escape",), "planner_board.acts.moving:back", FIND),
    Action("filters", _("Saved filters"), ("ctrl+s",), "planner_board.finding.find:saved_filters", FIND),
    Action("next-view", _("Next view"), ("ctrl+pagedown", "ctrl+right"), "planner_board.acts.moving:next_view", VIEWS),
    Action(
        "previous-view", _("Previous view"), ("ctrl+pageup", "ctrl+left"),
        "planner_board.acts.moving:previous_view", VIEWS,
    ),
    Action("today", _("Go to today"), ("ctrl+home", "ctrl+underscore"), "planner_board.acts.moving:go_to_today", VIEWS),
    Action(
        "other", _("Between the view and the details"), ("tab", "shift+tab"),
        "planner_board.acts.moving:other_pane", SCREEN,
    ),
    Action("details", _("Details: small, large, away"), ("f12", "i"), "planner_board.acts.moving:details", SCREEN),
    Action("theme", _("Colours: dark, light, high contrast"), (), "planner_board.acts.moving:next_theme", SCREEN),
    Action(
        "palette", _("All commands"), ("ctrl+p", "f10", "colon", "fullwidth_colon"),
        "planner_board.acts.menus:palette", SCREEN, _("all"),
    ),
    Action(
        "help", _("Help"), ("f1", "question_mark", "fullwidth_question_mark"),
        "planner_board.acts.menus:show_help", SCREEN, _("help"),
    ),
    Action("quit", _("Leave"), ("ctrl+q", "q"), "planner_board.acts.moving:leave", SCREEN),
)  # fmt: skip
"""In the order of menus and help. Views come first; see `view_actions`."""

GROUPS = {
    VIEWS: _("Views"), TASK: _("The selected task"), PLAN: _("The plan"), FIND: _("Finding"), SCREEN: _("The window"),
}  # fmt: skip
"""What the groups are called, in the order of help."""
KEY_NAMES = {
    "space": _("Space"), "delete": "Del", "shift+delete": "Shift+Del", "insert": "Ins", "slash": "/", "escape": "Esc",
    "ideographic_comma": "、", "colon": ":", "fullwidth_colon": "：", "question_mark": "?",
    "fullwidth_question_mark": "？", "tab": "Tab", "shift+tab": "Shift+Tab",
    "pagedown": "PgDn", "pageup": "PgUp", "underscore": "_",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people call it: Ctrl+P, F8, Space."""
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    *modifiers, last = key.split("+")
    name = KEY_NAMES.get(last, last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name if modifiers or len(last) > 1 else last])
