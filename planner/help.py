"""Help pages measured in terminal cells: click counts characters, and Chinese ones are two cells wide."""

from __future__ import annotations

from collections.abc import Iterable

import click

from planner.text import cell_width, pad, wrap


class CellFormatter(click.HelpFormatter):
    """click's formatter, with its three places that measure text replaced."""

    def write_text(self, text: str) -> None:
        """Write a paragraph, broken at the width of the page."""
        room = max(self.width - self.current_indent, 11)
        for paragraph in text.replace("\b", "").split("\n\n"):
            for line in wrap(" ".join(paragraph.split()), room):
                self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns."""
        table = list(rows)
        first = min(max(cell_width(term) for term, _text in table), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in table:
            lines = wrap(text, max(self.width - first - 2, 10)) if text else [""]
            if cell_width(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
                term = ""
            self.write(f"{indent}{pad(term, first)}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{'':{first}}{line}\n")


class CellContext(click.Context):
    """A context whose help pages are measured in cells."""

    formatter_class = CellFormatter
