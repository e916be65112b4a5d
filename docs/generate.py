"""Writes what is made from the program itself: pages of docs/, and the schema beside the plans.

`python docs/generate.py` after a change of commands, hooks or the schema; a test compares.
"""

from __future__ import annotations

import inspect
import json
import os
from pathlib import Path

os.environ["PLANNER_LANG"] = "zh_CN"

from planner.i18n import use_language

use_language("zh_CN")

import click

from planner import hookspecs
from planner.cli import planner
from planner.plan.schema import plan_schema
from planner.views.field_reference import field_reference
from planner.help import CellContext
from planner.session import Session
from planner_board.actions import ACTIONS, GROUPS, key_name, view_actions
from planner_board.views.registry import VIEWS

ROOT = Path(__file__).parent.parent


def pages() -> dict[str, str]:
    """Path from the root and content of every generated file."""
    session = Session(warn=print)
    schema = plan_schema(session.tables)
    return {
        "docs/fields.md": field_reference(schema),
        "docs/commands.md": _commands(session),
        "docs/hooks.md": _hooks(),
        "docs/keys.md": _keys(),
        "plans/plan.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
    }


def _commands(session: Session) -> str:
    root = CellContext(
        planner, info_name="planner", obj=session, terminal_width=80, max_content_width=80, **planner.context_settings
    )
    lines = ["# 命令说明", "", "本页由 `python docs/generate.py` 从程序生成，请勿手改。", "", *_help(planner, root)]
    for name in planner.list_commands(root):
        command = planner.get_command(root, name)
        assert command is not None
        context = CellContext(command, info_name=name, parent=root)
        lines += ["", f"## planner {name}", "", *_help(command, context)]
        for part in command.list_commands(context) if isinstance(command, click.Group) else ():
            inner = command.get_command(context, part)
            assert inner is not None
            below = CellContext(inner, info_name=part, parent=context)
            lines += ["", f"### planner {name} {part}", "", *_help(inner, below)]
    return "\n".join(lines) + "\n"


def _help(command: click.Command, context: click.Context) -> list[str]:
    command._help_option = None  # click makes it once: in a test maybe for another context, which knows no -h
    return ["```text", command.get_help(context).rstrip(), "```"]


def _hooks() -> str:
    lines = [
        "# Hooks",
        "",
        "Made from `planner/hookspecs.py` by `python docs/generate.py`; do not edit. How to write a plugin:",
        "[plugins.md](plugins.md).",
    ]
    for name, hook in inspect.getmembers(hookspecs, inspect.isfunction):
        if name.startswith("planner_"):
            signature = str(inspect.signature(hook)).replace("'", "")
            lines += ["", f"## `{name}{signature}`", "", inspect.getdoc(hook) or ""]
    return "\n".join(lines) + "\n"


def _keys() -> str:
    lines = ["# 看板的键", "", "本页由 `python docs/generate.py` 从程序生成，请勿手改。用法见[看板](board.md)。"]
    views = view_actions([(view.name, view.title) for view in VIEWS])
    for group, title in GROUPS.items():
        lines += ["", f"## {title}", "", "| 动作 | 键 |", "|---|---|"]
        for action in (*views, *ACTIONS):
            if action.group == group:
                keys = "、".join(f"`{key_name(key)}`" for key in action.keys)
                lines.append(f"| {action.title} | {keys or '在菜单里（Ctrl+P）'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for page, text in pages().items():
        (ROOT / page).write_text(text, encoding="utf-8")
