"""Where things stand in a plan's text, and where a person would put one more: lines, inline tables, and blocks.

All three are rows of units (pairs, elements, sections), and answer alike: where a unit is, what goes when it is taken
out (`cut`), and where another one goes behind it (`room`).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from planner.plan.positions import Pair, Path, Positions, inside
from planner.plan.source import Span

_INDENT = re.compile(r"[ \t]*")
_COMMENT = re.compile(r"[ \t]*#[^\n]*(?:\n|\Z)")
_COMMENTED_PAIR = re.compile(r"[ \t]*#[ \t]*[\w.-]+[ \t]*=")
_TRIVIA = re.compile(r"(?:\s|#[^\n]*)*")
_COMMA_TO_LINE_END = re.compile(r"[ \t]*(,?)[ \t]*(#[^\n]*)?(\n|\Z)")


class Room(NamedTuple):
    """A place for something new, and its text, filled up with what separates it from its neighbours."""

    at: int
    text: str


class Row(ABC):
    """Units in the order of the text."""

    def __init__(self, text: str, start: int, names: Sequence[str]) -> None:
        self.text = text
        self._start = start
        """Where the row begins: behind the header or the opening bracket."""
        self.names = names

    @abstractmethod
    def point(self, n: int) -> int:
        """Where unit `n` begins: at its first character that is neither blank nor comment."""

    @abstractmethod
    def end(self, n: int) -> int:
        """Where unit `n` ends (exclusive), without what follows on its line; -1: where the row begins."""

    @abstractmethod
    def cut(self, first: int, last: int) -> Span:
        """What goes when the units `first` to `last` (inclusive) do."""

    @abstractmethod
    def room(self, n: int, source: str) -> Room:
        """The place for `source` behind unit `n`; -1: as the first."""

    def spot(self, after: str, gap: str) -> tuple[int, int] | None:
        """The unit named `after` and the place behind it and `gap`; None where these do not stand so any more."""
        if after and after not in self.names:
            return None
        n = self.names.index(after) if after else -1
        end = self.end(n)
        return (n, end + len(gap)) if self.text.startswith(gap, end) else None

    def gap(self, n: int, at: int) -> str:
        """The characters between unit `n` and the place `at`."""
        return self.text[self.end(n) : at]

    def name(self, n: int) -> str:
        """What `spot` calls unit `n`."""
        return self.names[n] if n >= 0 else ""


class _Pairs(Row):
    """The pairs of a table."""

    def __init__(self, text: str, start: int, pairs: Sequence[Pair]) -> None:
        super().__init__(text, start, [".".join(map(str, pair.path)) for pair in pairs])
        self.pairs = pairs

    def point(self, n: int) -> int:
        return self.pairs[n].key.start

    def end(self, n: int) -> int:
        return self.pairs[n].value.end if n >= 0 else self._start

    def of(self, key: str) -> range:
        """The pairs that give `key`: one, or with dotted keys several; an empty range where there are none or where
        others stand between them.
        """
        found = [n for n, pair in enumerate(self.pairs) if pair.path[0] == key]
        whole = found and found[-1] - found[0] + 1 == len(found)
        return range(found[0], found[-1] + 1) if whole else range(0)

    def value(self, key: str) -> Span | None:
        """The value of `key` where it stands in one piece."""
        return next((pair.value for pair in self.pairs if pair.path == (key,)), None)

    def behind(self, key: str, order: Sequence[str]) -> int:
        """The pair behind which a person would look for `key`: the last that precedes it in `order`; -1: none does.

        A key that is not in `order` goes behind the last pair.
        """
        rank = {name: n for n, name in enumerate(order)}
        if key not in rank:
            return len(self.pairs) - 1
        known = ((rank.get(str(pair.path[0]), len(rank)), n) for n, pair in enumerate(self.pairs))
        return max((place for place in known if place[0] < rank[key]), default=(0, -1))[1]

    @abstractmethod
    def source(self, n: int, key: str, value: str) -> str:
        """A new pair behind pair `n`, laid out like its neighbours."""


class Lines(_Pairs):
    """Pairs on lines of their own, below a header or at the beginning of the file."""

    def __init__(self, text: str, start: int, pairs: Sequence[Pair], prefix: str = "", *, headed: bool = True) -> None:
        super().__init__(text, start, pairs)
        self._prefix = prefix
        """What every key begins with: "term." in term.start = …"""
        self._headed = headed
        self.is_dotted = bool(prefix)

    def cut(self, first: int, last: int) -> Span:
        """Whole lines."""
        return Span(line_start(self.text, self.point(first)), line_end(self.text, self.end(last)))

    def room(self, n: int, source: str) -> Room:
        """A line; where the file does not end with a line end, it does not afterwards either."""
        if n >= 0 or self._headed:
            at = line_end(self.text, self.end(n))
        else:
            at = line_start(self.text, self.point(0)) if self.pairs else self._start
        unfinished = at > 0 and self.text[at - 1] != "\n"
        return Room(at, "\n" + source if unfinished else source + "\n")

    def source(self, n: int, key: str, value: str) -> str:
        """With the equals sign below those of the table if they are all in one column and the key fits."""
        neighbour = self.point(max(n, 0)) if self.pairs else self._start
        indent = _INDENT.match(self.text, line_start(self.text, neighbour))
        key = (indent.group() if indent else "") + self._prefix + key
        columns = self.columns()
        width = columns.pop() - 1 if len(columns) == 1 else 0
        return f"{key.ljust(width)} = {value}"

    def columns(self) -> set[int]:
        """The columns (from 0) in which the equals signs stand."""
        ends = (pair.key.end for pair in self.pairs)
        return {self.text.index("=", end) - line_start(self.text, end) for end in ends}


class Inline(_Pairs):
    """The pairs of an inline table, or the elements of an array, between brackets."""

    def __init__(self, text: str, at: int, names: Sequence[str] | None = None) -> None:
        """`at` is the opening bracket; `names` are those of the elements of an array."""
        pairs, self._close = inside(text, at)
        super().__init__(text, at + 1, pairs)
        if names is not None:
            self.names = names

    def cut(self, first: int, last: int) -> Span:
        """The units with the commas that go with them; whole lines where they stand on such."""
        if whole := self._whole_lines(first, last):
            return whole
        if last + 1 < len(self.pairs) and "#" not in self.text[self.end(last) : self.point(last + 1)]:
            return Span(self.point(first), self.point(last + 1))
        comma = self._comma(last)
        behind = self.end(last) if comma is None else comma + 1
        if first == 0:
            return Span(self._start, behind)
        if "#" in self.text[self.end(first - 1) : self.point(first)]:  # the comment is about the unit before
            return Span(self.point(first), behind)
        return Span(self.end(first - 1), self.end(last))

    def _whole_lines(self, first: int, last: int) -> Span | None:
        start = line_start(self.text, self.point(first))
        rest = _COMMA_TO_LINE_END.match(self.text, self.end(last))
        if start <= self._start or self.text[start : self.point(first)].strip() or not rest:
            return None
        return Span(start, rest.end()) if rest[1] or self._comma(last) is None else None

    def _comma(self, n: int) -> int | None:
        """Where the comma behind unit `n` is."""
        trivia = _TRIVIA.match(self.text, self.end(n))
        at = trivia.end() if trivia else self.end(n)
        return at if self.text[at : at + 1] == "," else None

    def room(self, n: int, source: str) -> Room:
        """On a line of its own where the neighbour has one."""
        if not self.pairs:
            return self._room_inside(source)
        if n < 0:
            start = line_start(self.text, self.point(0))
            indent = self.text[start : self.point(0)]
            alone = start > self._start and not indent.strip()
            return Room(start, f"{indent}{source},\n") if alone else Room(self.point(0), f"{source}, ")
        start = line_start(self.text, self.point(n))
        indent, rest = self.text[start : self.point(n)], _COMMA_TO_LINE_END.match(self.text, self.end(n))
        if start <= self._start or indent.strip() or not rest:
            return Room(self.end(n), f", {source}")
        if rest[1]:
            return Room(rest.end(), f"{indent}{source},\n")
        if rest[2]:  # a comma cannot come before the neighbour's comment without being a second change
            return Room(rest.end(2), f"\n{indent}, {source}")
        return Room(self.end(n), f",\n{indent}{source}")

    def _room_inside(self, source: str) -> Room:
        blank = "" if self._close > self._start else " "
        is_table = self.text[self._start - 1] == "{"
        return Room(self._start, f" {source}{blank}" if is_table else source)

    def source(self, _n: int, key: str, value: str) -> str:
        """With one blank on each side of the equals sign."""
        return f"{key} = {value}"


class Blocks(Row):
    """The sections of the whole text, each with its header; the root table is unit 0."""

    def __init__(self, text: str, positions: Positions, names: Sequence[str]) -> None:
        super().__init__(text, 0, names)
        self._positions = positions
        self.paths = list(positions.sections)
        self._headers = [section.header for section in positions.sections.values()]

    def point(self, n: int) -> int:
        """Where the header of section `n` begins."""
        return self._headers[n].start

    def end(self, n: int) -> int:
        """Where its last value or, without one, its header ends."""
        pairs = self._positions.pairs(self.paths[max(n, 0)])
        return pairs[-1].value.end if pairs else self._headers[max(n, 0)].end

    def within(self, path: Path) -> range:
        """The sections of the table at `path` and of those inside of it; an empty range where there are none or
        where others stand between them.
        """
        found = [n for n, each in enumerate(self.paths) if each[: len(path)] == path]
        whole = found and found[-1] - found[0] + 1 == len(found)
        return range(found[0], found[-1] + 1) if whole else range(0)

    def last(self, wanted: Callable[[Path], bool]) -> int | None:
        """The last section whose path is wanted."""
        return next((n for n in range(len(self.paths) - 1, -1, -1) if wanted(self.paths[n])), None)

    def cut(self, first: int, last: int) -> Span:
        """The sections with the comments directly above them and one of the blank lines around them."""
        text = self.text
        top, bottom = self._top(first), self._bottom(last)
        above, below = line_start(text, top - 1) if top else 0, line_end(text, bottom)
        if bottom < len(text) and not text[bottom:below].strip():
            return Span(top, below if not text[above:top].strip() else bottom)
        if bottom == len(text) and top and not text[above:top].strip():
            return Span(above, bottom)
        return Span(top, bottom)

    def room(self, n: int, source: str) -> Room:
        """A block behind section `n`, with a blank line on either side of it."""
        at = self._bottom(n)
        unfinished = at > 0 and self.text[at - 1] != "\n"
        before = "" if at == 0 else "\n\n" if unfinished else "\n"
        if at == len(self.text):
            return Room(at, before + source + ("" if unfinished else "\n"))
        blank = not self.text[at : line_end(self.text, at)].strip()
        return Room(at, before + source + ("\n" if blank else "\n\n"))

    def _top(self, n: int) -> int:
        """Where the comments begin that stand directly above a header."""
        top, floor = line_start(self.text, self.point(n)), line_end(self.text, self.end(n - 1)) if n else 0
        while top > floor and _COMMENT.match(self.text, above := line_start(self.text, top - 1)):
            top = above
        return top

    def _bottom(self, n: int) -> int:
        """Behind the last line of a section. Comments directly below belong to it if keys are among them."""
        bottom = at = line_end(self.text, self.end(n)) if self.end(n) else 0
        has_keys = False
        while line := _COMMENT.match(self.text, at):
            has_keys = has_keys or bool(_COMMENTED_PAIR.match(line.group()))
            at = line.end()
        is_followed = self.text[at : line_end(self.text, at)].strip()
        return at if has_keys and not is_followed else bottom


class Layout:
    """Finds the tables of a plan in its text."""

    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self.text = text
        self._data = data
        self.positions = Positions(text)
        self._root = self.positions.pairs(())

    def table(self, path: Path) -> Lines | Inline | None:
        """The pairs of the table at `path`; None where it stands nowhere by itself."""
        if section := self.positions.sections.get(path):
            return Lines(self.text, section.header.end, self.positions.pairs(path), headed=bool(path))
        if len(path) == 2 and isinstance(path[1], int) and (array := self.array(str(path[0]))):
            at = array.point(path[1]) if path[1] < len(array.pairs) else 0
            return Inline(self.text, at) if self.text[at] == "{" else None
        if at_ := self._value_at(path, "{"):
            return Inline(self.text, at_)
        return self.dotted(str(path[0])) if any(p.path[0] == path[0] and len(p.path) > 1 for p in self._root) else None

    def dotted(self, table: str) -> Lines:
        """The pairs of a table that is written as dotted keys of the plan itself; there may be none."""
        pairs = [pair._replace(path=pair.path[1:]) for pair in self._root if pair.path[0] == table and pair.path[1:]]
        prefix = self.text[slice(*pairs[-1].key)].rpartition(".")[0] + "." if pairs else ""
        return Lines(self.text, 0, pairs, prefix, headed=False)

    def array(self, table: str) -> Inline | None:
        """The elements of an array of tables that is written as a value: tasks = [ { … } ]."""
        at = self._value_at((table,), "[")
        return Inline(self.text, at, [_id(entry) for entry in self._data.get(table, ())]) if at else None

    def _value_at(self, path: Path, bracket: str) -> int | None:
        found = (pair.value.start for pair in self._root if pair.path == path)
        return next((at for at in found if self.text[at : at + 1] == bracket), None)

    def blocks(self, table: str) -> Blocks:
        """All sections, named as seen from `table`."""
        return Blocks(self.text, self.positions, [self._name(path, table) for path in self.positions.sections])

    def _name(self, path: Path, table: str) -> str:
        if not path:
            return ""
        names = [str(path[0])]
        if len(path) > 1 and isinstance(path[1], int):
            entries = self._data.get(names[0], ())
            names.append((path[1] < len(entries) and _id(entries[path[1]])) or f"#{path[1]}")
            if names[0] == table and len(path) == 2:
                return names[1]
        return "/".join([*names, *map(str, path[len(names) :]), *[""] * (len(path) == 1)])


def _id(entry: Any) -> str:
    found = entry.get("id") if isinstance(entry, dict) else None
    return found if isinstance(found, str) else ""


def line_start(text: str, at: int) -> int:
    """Where the line of the character `at` begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Behind the line end of the line of the character `at`; the end of the text where it has none."""
    end = text.find("\n", at)
    return end + 1 if end >= 0 else len(text)


@cache
def key_order(table: str) -> tuple[str, ...]:
    """The keys of a table of the format in the order in which people write them; () for a plugin's table."""
    from planner.plan.schema import plan_schema

    format_ = plan_schema({})["properties"]
    if table:
        format_ = format_.get(table, {})
        format_ = format_.get("items", format_).get("properties", {})
    return tuple(format_)
