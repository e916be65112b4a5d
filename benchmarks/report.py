"""The results and the table they are printed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.processes import Spread

HEAD = ("name", "measured", "min", "max", "cpu", "budget", "verdict")


@dataclass(frozen=True, slots=True)
class Result:
    """One measured figure and what it may be at most."""

    name: str
    value: Spread
    budget: float
    unit: str = "x"
    cpu: Spread | None = None

    @property
    def over(self) -> bool:
        """True when the median is over the budget."""
        return self.value.median > self.budget

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        value = self.value
        return (
            self.name,
            f"{_figure(value.median)} {self.unit}",
            _figure(value.low),
            _figure(value.high),
            _figure(self.cpu.median) if self.cpu else "",
            f"<= {self.budget:g} {self.unit}",
            "over" if self.over else "ok",
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that is not a number: a promise kept or broken, or something that could not be measured."""

    name: str
    found: str
    over: bool

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        return (self.name, self.found, "", "", "", "", "over" if self.over else "ok")


Row = Result | Finding


def table(rows: Sequence[Row]) -> str:
    """An aligned plain-text table."""
    lines = [HEAD, *(row.cells() for row in rows)]
    # A finding may be a long sentence: it runs over the columns that it leaves empty.
    sized = [HEAD, *(row.cells() for row in rows if isinstance(row, Result))]
    widths = [max(len(cells[column]) for cells in sized) for column in range(len(HEAD))]
    widths[0] = max(len(cells[0]) for cells in lines)
    return "\n".join(_line(cells, widths) for cells in lines)


def _line(cells: tuple[str, ...], widths: Sequence[int]) -> str:
    """One line: the name to the left, figures to the right."""
    if not any(cells[2:-1]):
        between = sum(widths[1:-1]) + 2 * (len(widths) - 3)
        return f"{cells[0]:<{widths[0]}}  {cells[1]:<{between}}  {cells[-1]}"
    figures = [f"{cell:>{width}}" for cell, width in zip(cells[1:-1], widths[1:-1], strict=True)]
    return "  ".join([f"{cells[0]:<{widths[0]}}", *figures, cells[-1]])


def _figure(number: float) -> str:
    """Two decimals for ratios, none for figures in the hundreds."""
    return f"{number:.0f}" if number >= 100 else f"{number:.2f}"
