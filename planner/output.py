"""Where output goes: data to stdout, talk to stderr. Text from plans is printable before it gets here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from planner.diagnostics import Diagnostic


def terminal_width() -> int:
    """Columns of the terminal in cells; 80 where there is none."""
    import shutil  # 3 ms, and help does without

    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 160))


def echo(*lines: str) -> None:
    """Write lines of data."""
    click.echo("\n".join(lines))


def echo_json(value: Any) -> None:
    """Write a value as JSON: UTF-8 on every system, Chinese unescaped, dates as ISO text."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    click.echo(text.encode("utf-8", "surrogatepass"))


def say(message: str) -> None:
    """Tell the person something that is no data."""
    click.echo(message, err=True)


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Show diagnostics to the person, in the order of the file."""
    for text in rendered(diagnostics):
        say(text)


def rendered(diagnostics: Iterable[Diagnostic], width: int = 0) -> list[str]:
    """Diagnostics as text, in the order of the file; lines of it at most `width` cells (0: as the terminal)."""
    from planner.diagnostics import in_order, render

    return [render(diagnostic, width or terminal_width()) for diagnostic in in_order(diagnostics)]
