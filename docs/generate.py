"""Writes the pages of docs/ that are made from the program itself: `python docs/generate.py`. A test compares them."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

os.environ["PLANNER_LANG"] = "zh_CN"

from planner.i18n import use_language

use_language("zh_CN")

import click

from planner import hookspecs
from planner.cli import planner
from planner.plan.schema import plan_schema
from planner.field_reference import field_reference
from planner.help import CellContext
from planner.session import Session

DOCS = Path(__file__).parent


def pages() -> dict[str, str]:
    """Name and content of every generated page."""
    session = Session(warn=print)
    return {
        "fields.md": field_reference(plan_schema(session.tables)),
        "commands.md": _commands(session),
        "hooks.md": _hooks(),
    }


def _commands(session: Session) -> str:
    root = CellContext(planner, info_name="planner", obj=session, terminal_width=80, max_content_width=80)
    lines = ["# 命令说明", "", "本页由 `python docs/generate.py` 从程序生成，请勿手改。", "", *_help(planner, root)]
    for name in planner.list_commands(root):
        command = planner.get_command(root, name)
        assert command is not None
        lines += ["", f"## planner {name}", "", *_help(command, CellContext(command, info_name=name, parent=root))]
    return "\n".join(lines) + "\n"


def _help(command: click.Command, context: click.Context) -> list[str]:
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


if __name__ == "__main__":
    for page, text in pages().items():
        (DOCS / page).write_text(text, encoding="utf-8")
