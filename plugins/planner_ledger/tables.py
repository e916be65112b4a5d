"""Rows as a table that fits the terminal, else as blocks, one for each row. All texts must be printable already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from planner.api import cell_width, pad, shorten, wrap

_WIDEST = 40
"""Cells of a long text, where others need the room."""
_NARROWEST = 12
"""With fewer cells a long text says nothing any more."""
_GAP = 2


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    *,
    numbers: Collection[int],
    long: Collection[int] | None = None,
) -> list[str] | None:
    """Aligned lines of at most `width` cells, the headings first; None where they cannot be that narrow.

    The columns in `long` (None: all but the first and `numbers`) are cut with …, as far as they must; those in
    `numbers` stand right.
    """
    lines = [tuple(headings), *map(tuple, rows)]
    widths = [max(map(cell_width, column)) for column in zip(*lines, strict=True)]
    cut = [n for n in range(len(widths)) if (n and n not in numbers if long is None else n in long)]
    if not _narrow(widths, cut, width - _GAP * (len(widths) - 1)):
        return None
    return [_line(cells, widths, numbers) for cells in lines]


def _narrow(widths: list[int], long: Sequence[int], room: int) -> bool:
    """Take cells from the widest of the long texts until all fits into `room`; whether it does."""
    if sum(widths) > room:
        for n in long:
            widths[n] = min(widths[n], _WIDEST)
    while sum(widths) > room:
        widest = max(long, key=lambda n: widths[n], default=None)
        if widest is None or widths[widest] <= _NARROWEST:
            return False
        widths[widest] -= 1
    return True


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Collection[int]) -> str:
    made = []
    for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if n in numbers:
            made.append(" " * (width - cell_width(cell)) + cell)
        else:
            made.append(pad(shorten(cell, width), width))
    return (" " * _GAP).join(made).rstrip()


def blocks(headings: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """Each row with its first cell at the left, and beside it what else it has: headings and values in lines.

    First cells are of equal width.
    """
    lines = []
    for first, *rest in rows:
        left = cell_width(first) + _GAP
        said = [f"{heading} {cell}" for heading, cell in zip(headings[1:], rest, strict=True) if cell]
        beside = packed(said, max(width - left, 20)) or [""]
        lines += [f"{pad(first if not n else '', left)}{line}".rstrip() for n, line in enumerate(beside)]
    return lines


def packed(parts: Iterable[str], width: int) -> list[str]:
    """Parts side by side, as many as a line of `width` cells takes; a longer one goes on below."""
    lines: list[str] = []
    for part in parts:
        if lines and cell_width(lines[-1]) + 2 * _GAP + cell_width(part) <= width:
            lines[-1] += " " * 2 * _GAP + part
        else:
            lines += wrap(part, width)
    return lines
