"""How wide columns are that stand side by side: which are open, which fold, which are out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GAP = 1
"""Cells between two columns."""
SNUG, ROOMY = 16, 20
"""The least cells of an open column: where so all can be open, and beside folded ones."""
_MARGIN = 2
"""Cells at each side for a mark that there is more."""


class Place(NamedTuple):
    """The cells of a column; width 0: out of sight."""

    x: int
    width: int
    is_open: bool


def placed(folded: Sequence[int], wanted: Sequence[int], opened: int, total: int) -> list[Place]:
    """Where columns stand that are `folded` cells wide when they fold, on `total` cells.

    Open columns get up to `wanted` cells; 0: never open. The one with the number `opened` is open, and as many of those
    near to it as fit, the later ones first.
    """
    first, stop = _in_sight(folded, opened, total)
    margin = _MARGIN if stop - first < len(folded) else 0
    widths = [width if first <= n < stop else 0 for n, width in enumerate(folded)]
    near = sorted((n for n in range(first, stop) if wanted[n]), key=lambda n: (abs(n - opened), -n))
    spare = total - 2 * margin - sum(widths) - GAP * (stop - first - 1)
    is_open = _unfold(widths, wanted, near, spare)
    _share(widths, wanted, is_open, total - 2 * margin - sum(widths) - GAP * (stop - first - 1))
    places, x = [], margin
    for n, width in enumerate(widths):
        places.append(Place(x if width else 0, width, n in is_open))
        x += width + GAP if width else 0
    return places


def _in_sight(folded: Sequence[int], opened: int, total: int) -> tuple[int, int]:
    """The first, and the end, of the columns that fit with `opened` open and the others folded."""
    first, stop, margins = 0, len(folded), 0
    while sum(folded[first:stop]) - folded[opened] + ROOMY + GAP * (stop - first - 1) + margins > total:
        margins = 2 * _MARGIN
        if first < opened and opened - first >= stop - 1 - opened:
            first += 1
        elif stop - 1 > opened:
            stop -= 1
        else:
            break
    return first, stop


def _unfold(widths: list[int], wanted: Sequence[int], near: Sequence[int], spare: int) -> set[int]:
    """Give the least to as many columns as `spare` allows, the first of `near` always; the numbers of them."""
    for least in (SNUG, ROOMY):
        grown = {n: max(min(least, wanted[n]) - widths[n], 0) for n in near}
        if sum(grown.values()) <= spare:
            break
    is_open: set[int] = set()
    for n in near:
        if not is_open or grown[n] <= spare:
            widths[n] += min(grown[n], max(spare, 0))
            spare -= grown[n]
            is_open.add(n)
    return is_open


def _share(widths: list[int], wanted: Sequence[int], is_open: set[int], spare: int) -> None:
    """Give `spare` cells to the open columns that want more, the same to each."""
    while spare > 0 and (hungry := [n for n in sorted(is_open) if widths[n] < wanted[n]]):
        share = max(spare // len(hungry), 1)
        for n in hungry:
            more = min(share, wanted[n] - widths[n], spare)
            widths[n] += more
            spare -= more
