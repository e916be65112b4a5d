"""Tables with bars in plain text: every sign is one cell wide in every terminal, titles are measured in cells."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from planner.api import _, cell_width, pad, printable, shorten, wrap
from planner_progress.figures import Figures, Shares
from planner_progress.words import percent, state_name

_INDENT = 2
_MOST_TITLE, _LEAST_TITLE = 48, 12
_MOST_BAR, _LEAST_BAR = 42, 12


class Row(NamedTuple):
    """A line of a table: how far something is, and why."""

    title: str
    figures: Figures
    note: str = ""
    weighted: bool = False
    """Whether the shares are those by the weights of the goals."""

    @property
    def shares(self) -> Shares:
        """What the bar shows."""
        return self.figures.weighted if self.weighted else self.figures.shares


def bar(done: Fraction | None, late: Fraction | None, cells: int) -> str:
    """[=====!!!   ] of `cells` cells: done =, late !, the rest blank.

    What is there takes a cell at least; what is done fills the bar only when all is.
    """
    room = max(cells - 2, 2)
    filled, missed = _cells(done, room), _cells(late, room)
    missed = min(missed, room - filled)
    return f"[{'=' * filled}{'!' * missed}{' ' * (room - filled - missed)}]"


def _cells(share: Fraction | None, room: int) -> int:
    if not share:
        return 0
    return room if share >= 1 else min(max(int(share * room), 1), room - 1)


def table(heading: str, rows: Sequence[Row], width: int) -> Iterator[str]:
    """The rows under their heading, lines of at most `width` cells; a note goes below its row."""
    heads = [_("share done"), _("share due"), _("Done"), _("Due"), _("All"), _("State")]
    numbers = [_numbers(row) for row in rows]
    widths = [max(map(cell_width, column)) for column in zip(heads, *numbers, strict=True)]
    room = width - _INDENT - sum(widths) - 2 * (len(widths) + 1)
    title = min(max(room - _bar_cells(room), _LEAST_TITLE), _MOST_TITLE)
    title = min(title, max([cell_width(printable(row.title)) for row in rows] + [cell_width(heading) - _INDENT, 0]))
    cells = min(max(room - title, _LEAST_BAR), _MOST_BAR)
    yield pad(heading, _INDENT + title + 2 + cells) + _aligned(heads, widths)
    for row, known in zip(rows, numbers, strict=True):
        name = pad(shorten(printable(row.title), title), title)
        drawn = bar(row.shares.done, row.shares.late, cells)
        yield (" " * _INDENT + f"{name}  {drawn}" + _aligned(known, widths)).rstrip()
        yield from below(row.note, width)


def _bar_cells(room: int) -> int:
    return min(max(room // 3, _LEAST_BAR), _MOST_BAR)


def _numbers(row: Row) -> list[str]:
    counts = row.figures.counts
    shares = map(percent, row.shares[:2])
    return [*shares, *map(str, (counts.done, counts.expected, counts.all)), state_name(row.figures.state)]


def _aligned(cells: Iterable[str], widths: Sequence[int]) -> str:
    """Numbers to the right, the last column, a word, to the left."""
    *numbers, word = zip(cells, widths, strict=True)
    right = (" " * (2 + width - cell_width(text)) + text for text, width in numbers)
    return ("".join(right) + "  " + word[0]).rstrip()


def below(note: str, width: int, indent: int = 4) -> Iterator[str]:
    """A note under a row; punctuation may hang out of a line by two cells, so the lines are that much shorter."""
    if note:
        yield from (" " * indent + line for line in wrap(note, width - indent - 2))


def labelled(pairs: Sequence[tuple[str, str]], width: int, *, repeats: bool = False) -> Iterator[str]:
    """Pairs as two columns; what is too long for the second goes on below it.

    A label that is that of the pair before stands there once, unless it `repeats`.
    """
    if not pairs:
        return
    indent, labels = _INDENT, [label for label, _text in pairs]
    left = max(map(cell_width, labels))
    for n, (label, text) in enumerate(pairs):
        shown = "" if n and label == labels[n - 1] and not repeats else label
        first, *more = wrap(text, max(width - indent - left - 4, 20))
        yield f"{' ' * indent}{pad(shown, left)}  {first}".rstrip()
        yield from (" " * (indent + left + 2) + line for line in more)
