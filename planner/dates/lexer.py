"""Words and numbers of a normalised text: what the grammar rules read."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Mapping
from typing import NamedTuple

from planner.dates.normalize import Normalized, normalized
from planner.dates.numerals import CHINESE, value_of
from planner.dates.words import WORDS

_lengths: dict[str, set[int]] = {}
for _word in WORDS:
    _lengths.setdefault(_word[0], set()).add(len(_word))
_BY_FIRST = {first: sorted(lengths, reverse=True) for first, lengths in _lengths.items()}
"""First character → lengths of the words that begin with it, longest first."""


class Token(NamedTuple):
    """A number, a word of the lexicon (`kind` as there), a sign or a run of other text."""

    kind: str
    text: str
    value: int
    start: int
    stop: int


_NO_NAMES: Mapping[str, str] = {}
_END = Token("end", "", -1, 0, 0)


class Tokens:
    """The tokens of one text, safe to look ahead in: behind the last one stands `end`."""

    def __init__(self, source: Normalized, names: Mapping[str, str]) -> None:
        self.source = source
        self._items = _scan(source.text, source.quoted, names)

    def __len__(self) -> int:
        return len(self._items)

    def at(self, i: int) -> Token:
        """Token `i`, or an empty one outside the text."""
        return self._items[i] if 0 <= i < len(self._items) else _END

    def kind(self, i: int) -> str:
        """Kind of token `i`: num, a kind of the lexicon, other, or end."""
        return self._items[i].kind if 0 <= i < len(self._items) else "end"

    def text(self, i: int) -> str:
        """Normalised text of token `i`."""
        return self._items[i].text if 0 <= i < len(self._items) else ""

    def value(self, i: int) -> int:
        """Value of number `i`, -1 for everything else."""
        return self._items[i].value if 0 <= i < len(self._items) else -1

    def quoted(self, i: int) -> bool:
        """Whether a quote stands directly before token `i`."""
        return 0 <= i < len(self._items) and self._items[i].start in self.source.quoted

    def first_of_line(self, i: int) -> bool:
        """Whether token `i` begins a line."""
        return 0 <= i < len(self._items) and self._items[i].start in self.source.line_starts

    def ahead(self, i: int, length: int = 8) -> str:
        """The normalised text from token `i` on, at most `length` characters."""
        start = self._items[i].start if 0 <= i < len(self._items) else len(self.source.text)
        return self.source.text[start : start + length]

    def behind(self, i: int, length: int = 8) -> str:
        """The normalised text before token `i`, at most `length` characters."""
        stop = self._items[i].start if 0 <= i < len(self._items) else len(self.source.text)
        return self.source.text[max(0, stop - length) : stop]


def tokenised(text: str, names: Mapping[str, str] = _NO_NAMES) -> Tokens:
    """The tokens of `text`; `names` are words beyond the lexicon with their kinds."""
    return Tokens(normalized(text), names)


_COUNTING = ("num", "every")
_NOT_MIDYEAR = tuple("秋考小学国华央层级高医外心")
"""Behind 年中: 2024年中秋节, 2023年中小学 are not the middle of the year."""


def _scan(text: str, quoted: frozenset[int], names: Mapping[str, str]) -> list[Token]:
    items: list[Token] = []
    at, other, size = 0, 0, len(text)
    while at < size:
        stop, kind, value = _unit(text, at) if items and at == other and items[-1].kind in _COUNTING else (at, "", -1)
        if stop == at:
            stop, kind, value = _token(text, at, quoted)
        named = next((name for name in names if text.startswith(name, at)), "") if names else ""
        if len(named) > stop - at:
            stop, kind, value = at + len(named), names[named], -1
        if stop == at:
            at += 1
            continue
        if other < at:
            items.append(Token("other", text[other:at], -1, other, at))
        items.append(Token(kind, text[at:stop], value, at, stop))
        at = other = stop
    if other < size:
        items.append(Token("other", text[other:], -1, other, size))
    return items


def _unit(text: str, at: int) -> tuple[int, str, int]:
    """月, 日, 年 directly behind a number are a unit, whatever word they could begin (3月|底, 8日|前, 2024年|中秋)."""
    if text[at] == "月":
        return at + (2 if text.startswith("月份", at) else 1), "month", -1
    if text.startswith("年三十", at) or (text.startswith("年中", at) and text[at + 2 : at + 3] in _NOT_MIDYEAR):
        return at + 1, "year", -1
    return (at + 1, "day", -1) if text[at] == "日" else (at, "", -1)


def _token(text: str, at: int, quoted: frozenset[int]) -> tuple[int, str, int]:
    """End, kind and value of the token at `at`; the end is `at` itself inside other text."""
    char = text[at]
    for length in _BY_FIRST.get(char, ()):
        word = text[at : at + length]
        kind = WORDS.get(word)
        if kind:
            return at + len(word), kind, -1
    if "0" <= char <= "9":
        stop = at + 1
        while stop < len(text) and "0" <= text[stop] <= "9" and stop not in quoted:
            stop += 1
    elif char in CHINESE:
        stop = at + 1
        while stop < len(text) and text[stop] in CHINESE and stop not in quoted:
            stop += 1
    else:
        return at, "other", -1
    return stop, "num", value_of(text[at:stop])
