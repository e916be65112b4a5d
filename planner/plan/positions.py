"""Where things stand in a TOML text: from the path of a key or value to its characters.

No TOML parser keeps positions, and keeping them all would cost more than parsing. So one fast pass notes where the
tables begin, and the few tables that a diagnostic speaks of are read again when it does. The text is taken to be
valid TOML, or nearly so: what cannot be read ends the reading of that table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import tomli

from planner.plan.source import Span

Path = tuple[str | int, ...]
"""Keys and array positions from the root: `("tasks", 3, "goals", 0)`."""


class Entry(NamedTuple):
    """A key and its value; an array element has its own characters as both."""

    key: Span
    value: Span


class Pair(NamedTuple):
    """A key and its value, or an element of an array: that has its position as path and its characters as key."""

    path: Path
    """Within the table that it is read from; a dotted key has several parts."""
    key: Span
    value: Span


class Section(NamedTuple):
    """What stands under one header, up to the next; the root table has an empty header at the beginning."""

    header: Span
    end: int
    """Where the next header begins."""


_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_MARK = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}}]", re.DOTALL)
_PART = r'(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*\]")
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_KEY_PART = re.compile(_PART)
_BLANK = re.compile(r"(?:[\s,]|#[^\n]*)*")
_SCALAR = re.compile(rf"{_STRING}|[^\s,#\]}}]+(?: \d\d:[^\s,#\]}}]+)?", re.DOTALL)


class Positions:
    """Answers where a path stands in `text`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sections = dict(_sections(text))
        self._within: dict[Path, Section] = {}
        """Tables without a header of their own, such as all the tasks: the first header inside of each."""
        for path, section in self._sections.items():
            for cut in range(1, len(path)):
                self._within.setdefault(path[:cut], section)
        self._bodies: dict[Path, dict[Path, Entry]] = {}

    def find(self, path: Path) -> Entry | None:
        """The entry at `path`, or that of the nearest table around it that has one; None at the root."""
        for cut in range(len(path), -1, -1):
            section = self._sections.get(path[:cut])
            body = self._body(path[:cut]) if section else {}
            for inner in range(len(path), cut, -1):
                if path[cut:inner] in body:
                    return body[path[cut:inner]]
            section = section or self._within.get(path[:cut])
            if cut and section:
                return Entry(section.header, section.header)
        return None

    def table(self, path: Path) -> Span | None:
        """The characters of the table with a header at `path`, from its header to the next; the root is `()`."""
        section = self._sections.get(path)
        return Span(section.header.start, section.end) if section else None

    @property
    def sections(self) -> dict[Path, Section]:
        """Every header's section by its path, in the order of the text; the root table `()` is always the first."""
        return self._sections

    def pairs(self, path: Path) -> list[Pair]:
        """The pairs that stand on lines of their own in the section at `path`, in the order of the text."""
        section = self._sections[path]
        reader = _Reader(self._text, section.end)
        reader.entries(section.header.end)
        return reader.pairs

    def _body(self, path: Path) -> dict[Path, Entry]:
        if path not in self._bodies:
            section = self._sections[path]
            self._bodies[path] = _Reader(self._text, section.end).entries(section.header.end)
        return self._bodies[path]


def inside(text: str, at: int) -> tuple[list[Pair], int]:
    """What stands directly inside of the inline table or array that opens at `at`, and where that closes."""
    reader = _Reader(text, len(text))
    end = reader.inside(at)
    return reader.pairs, end


def _sections(text: str) -> Iterator[tuple[Path, Section]]:
    """Every table header with the path it opens, and the root table first."""
    counts: dict[Path, int] = {}
    opened: tuple[Path, Span] = ((), Span(0, 0))
    depth = skip_to = 0
    for mark in _MARK.finditer(text):
        character, at = mark.group()[0], mark.start()
        if at < skip_to or character in "\"'#":
            continue
        if depth == 0 and character == "[" and not text[text.rfind("\n", 0, at) + 1 : at].strip():
            header = _HEADER.match(text, at)
            if header:
                yield opened[0], Section(opened[1], at)
                end = header.end() + len(header[1]) - 1
                opened = (_opened_path(header, counts), Span(at, end))
                skip_to = end
                continue
        depth = depth + 1 if character in "[{" else max(depth - 1, 0)
    yield opened[0], Section(opened[1], len(text))


def _opened_path(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """The path of a header, with the array positions that its `[[…]]` tables are at."""
    parts = _KEY_PART.findall(header[2])
    path: Path = ()
    for n, part in enumerate(parts, 1):
        path += (_name(part),)
        if n == len(parts) and header[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def _name(part: str) -> str:
    """A key as TOML means it."""
    if part[0] == '"' and "\\" in part:
        try:
            return next(iter(tomli.loads(f"{part} = 0")))
        except tomli.TOMLDecodeError:
            return part[1:-1]
    return part[1:-1] if part[0] in "\"'" else part


class _Reader:
    """Reads the `key = value` lines of one table."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._found: dict[Path, Entry] = {}
        self.pairs: list[Pair] = []
        """Those of the table itself, not of tables inside of it."""

    def entries(self, start: int) -> dict[Path, Entry]:
        """All keys, elements and inline keys between `start` and the end of the table."""
        self._pairs(start, ())
        return self._found

    def inside(self, at: int) -> int:
        """Read the inline table or array that opens at `at` as if it were the table; where its bracket closes."""
        if self._text[at] == "{":
            return self._skip_blank(self._pairs(at + 1, ()))
        end = self._skip_blank(self._elements(at + 1, ()))
        found = (((n,), self._found.get((n,))) for n in range(len(self._found)))
        self.pairs = [Pair(path, *entry) for path, entry in found if entry]
        return end

    def _skip_blank(self, at: int) -> int:
        blank = _BLANK.match(self._text, at, self._end)
        return blank.end() if blank else at

    def _pairs(self, at: int, path: Path) -> int:
        """Read pairs until something that is no pair; the position after them."""
        while key := _KEY.match(self._text, at := self._skip_blank(at), self._end):
            equals = _EQUALS.match(self._text, key.end(), self._end)
            if not equals:
                break
            here = path + tuple(_name(part) for part in _KEY_PART.findall(key.group()))
            for cut in range(len(path) + 1, len(here)):  # dotted: the tables on the way stand where the key does
                self._found.setdefault(here[:cut], Entry(Span(*key.span()), Span(*key.span())))
            value = equals.end()
            at = self._value(value, here)
            self._found[here] = Entry(Span(*key.span()), Span(value, at))
            if not path:
                self.pairs.append(Pair(here, *self._found[here]))
            if at == value:
                break
        return at

    def _value(self, at: int, path: Path) -> int:
        """Read one value; the position after it, or `at` itself where there is none."""
        opening = self._text[at : at + 1]
        if opening == "[":
            return self._close(self._elements(at + 1, path), "]")
        if opening == "{":
            return self._close(self._pairs(at + 1, path), "}")
        scalar = _SCALAR.match(self._text, at, self._end)
        return scalar.end() if scalar else at

    def _elements(self, at: int, path: Path) -> int:
        number = 0
        while True:
            at = self._skip_blank(at)
            after = self._value(at, (*path, number))
            if after == at:
                return at
            self._found[(*path, number)] = Entry(Span(at, after), Span(at, after))
            at, number = after, number + 1

    def _close(self, at: int, bracket: str) -> int:
        at = self._skip_blank(at)
        return at + 1 if self._text[at : at + 1] == bracket else at
