"""A plan file's text, kept so that it can be written back byte for byte: its encoding, its mark, every line end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planner.errors import PlanError
from planner.i18n import _
from planner.plan.source import LINE_END, decode, guess_encoding
from planner.text import printable


class ExactText(NamedTuple):
    """Text whose line ends are a single character, and what is needed to turn it into the bytes of the file."""

    text: str
    ends: Sequence[str]
    """The line ends as they stand in the file, one for each in `text`."""
    codec: str
    mark: bytes
    """What stands before the text: a byte order mark, or nothing."""

    def encode(self) -> bytes:
        """The bytes of the file. Raises UnicodeEncodeError for half a character."""
        return self.mark + self.raw(0, len(self.text)).encode(self.codec)

    def in_utf8(self) -> bytes:
        """The bytes as UTF-8 without a byte order mark; the line ends stay."""
        return self.raw(0, len(self.text)).encode()

    def raw(self, start: int, end: int) -> str:
        """The characters `start` to `end` (exclusive) with their own line ends."""
        first = self.text.count("\n", 0, start)
        lines = self.text[start:end].split("\n")
        pairs = zip(lines, self.ends[first : first + len(lines) - 1], strict=False)
        return "".join([part for pair in pairs for part in pair] + [lines[-1]])

    def end_before(self, at: int) -> str:
        """The line end that stands last before the character `at`; on the first line its own."""
        line = self.text.count("\n", 0, at)
        return self.ends[max(line - 1, 0)] if self.ends else "\n"

    def splice(self, start: int, end: int, raw: str) -> ExactText:
        """With `raw` in the place of the characters `start` to `end` (exclusive)."""
        first = self.text.count("\n", 0, start)
        last = first + self.text.count("\n", start, end)
        return self._replace(
            text=self.text[:start] + one_character_ends(raw) + self.text[end:],
            ends=[*self.ends[:first], *LINE_END.findall(raw), *self.ends[last:]],
        )


def one_character_ends(raw: str) -> str:
    """`raw` with every line end a single character."""
    return LINE_END.sub("\n", raw) if "\r" in raw else raw


def exact_text(file: str, data: bytes) -> ExactText:
    """Decode the bytes of a plan as reading does. Raises PlanError where they are no text, or could not be kept."""
    reading = decode(file, data)
    encoding, decoded = guess_encoding(data)
    if reading.text is None or decoded is None:
        problem = reading.diagnostics[-1]
        raise PlanError(f"{problem.source}: {problem.message}", problem.hint)
    head, codec = b"", encoding
    if encoding == "UTF-16":
        head, codec = data[:2], "utf-16-le" if data[0] == 0xFF else "utf-16-be"
    if decoded.startswith("\ufeff"):
        decoded, head = decoded[1:], head + "\ufeff".encode(codec)
    exact = ExactText(reading.text.text, LINE_END.findall(decoded), codec, head)
    if exact.encode() != data:
        message = _("{file} is encoded as {encoding} in a way that cannot be kept; nothing was changed.")
        hint = _("Open it in an editor, save it as UTF-8, and try again.")
        raise PlanError(message.format(file=printable(file), encoding=encoding), hint)
    return exact
