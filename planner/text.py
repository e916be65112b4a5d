"""Text as people see it: safe to print, measured in terminal cells, cut and filled without breaking a character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# C0, DEL, C1, bidirectional overrides, line and paragraph separators, lone surrogates, no characters, and what cannot
# be seen but for the joiners that scripts and emoji need.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# What may not begin a line: closing punctuation.
_NO_BREAK_BEFORE = "，。；：、！？）》」』”’〕】%"
# What may not end a line.
_NO_BREAK_AFTER = "“‘（《「『〔【"
_HANGING = 2
"""Cells by which such punctuation may stand out of a line."""
# A Latin word, white space, or a character; with two such signs or more behind it they go to the next line together.
_PIECE = rf"[!-~]+[{_NO_BREAK_BEFORE}]{{2,}}|[!-~]+|\s+|.[{_NO_BREAK_BEFORE}]{{2,}}|."


def printable(text: str) -> str:
    """`text` as one line in which nothing can act: white space folded, control characters shown as �."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return re.sub(_UNSAFE, "�", re.sub(r"[ \t\r\n\f\v]+", " ", text)).strip()


def cell_width(text: str) -> int:
    """Width of a printable `text` in terminal cells: 2 for a Chinese character, 1 for a Latin letter."""
    if text.isascii():
        return len(text)
    width = 0
    for character in text:
        if "一" <= character <= "鿿" or "！" <= character <= "｠" or "\u3000" <= character <= "\u3029":
            width += 2
        elif character < "\u0300" or character in "“”‘’…—–":
            width += 1
        else:
            from wcwidth import wcswidth  # 26 ms, and hardly ever needed

            return max(wcswidth(text), 0)
    return width


def pad(text: str, width: int) -> str:
    """`text` filled with blanks to `width` cells; longer text is left as it is."""
    return text + " " * (width - cell_width(text))


def shorten(text: str, width: int) -> str:
    """`text` cut to at most `width` cells, the cut marked with … (one cell)."""
    if cell_width(text) <= width:
        return text
    used, kept = 1, []
    for character in text:
        used += cell_width(character)
        if used > width:
            break
        kept.append(character)
    short = "".join(kept).rstrip().rstrip("\u200d")
    while short and cell_width(short + "…") > width:  # some signs are wider together than one by one
        short = short[:-1]
    return short + "…"


def wrap(text: str, width: int) -> list[str]:
    """`text` broken into lines of at most `width` cells: at blanks, or between Chinese characters."""
    lines: list[str] = []
    line = ""
    for piece in re.findall(_PIECE, text, re.DOTALL):
        too_long = cell_width(line + piece) > width
        if too_long and line and piece not in _NO_BREAK_BEFORE:
            full = line.rstrip().rstrip(_NO_BREAK_AFTER) or line.rstrip()
            line = line.rstrip()[len(full) :]
            lines.append(full)
        line += piece if line or not piece.isspace() else ""
        while cell_width(line) > width + _HANGING:  # a Latin word longer than a line
            head = shorten(line, width + 1)[:-1] or line[0]
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def columns(rows: Iterable[Sequence[str]], gap: int = 2) -> list[str]:
    """Rows as aligned lines. The last column is not filled, so that text of uncertain width belongs there."""
    table = [tuple(row) for row in rows]
    if not table:
        return []
    widths = [max(cell_width(row[n]) for row in table) for n in range(len(table[0]) - 1)]
    return [
        (" " * gap).join([*(pad(cell, width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in table
    ]


def hanging(rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """Rows as aligned lines of at most `width` cells; a last column that is too long goes on below itself."""
    table = [tuple(row) for row in rows]
    lines: list[str] = []
    for row, line in zip(table, columns((*row[:-1], "\0") for row in table), strict=True):
        left = line[:-1]
        first, *more = wrap(row[-1], max(width - cell_width(left) - _HANGING, 20))
        lines += [(left + first).rstrip(), *(" " * cell_width(left) + text for text in more)]
    return lines


def random_signs(number: int) -> str:
    """Letters and digits for an id, without those that are taken for each other."""
    import secrets  # 12 ms, and only who makes something new needs it

    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(number))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant by `word`, or None."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


_RESERVED_NAMES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(port + n for port in ("COM", "LPT") for n in "123456789¹²³")]
)


def file_name(text: str, fallback: str) -> str:
    """`text` as the name of a file on any system, without its suffix: no separators, nothing reserved by Windows."""
    name = re.sub(r'[<>:"/\\|?*\s�]+', "_", printable(text)).strip("._- ")[:60].rstrip("._- ")
    return name if name and name.split(".")[0].upper() not in _RESERVED_NAMES else fallback
