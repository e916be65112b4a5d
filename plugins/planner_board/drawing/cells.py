"""Text in aligned columns: the same number of cells in every terminal.

Terminals disagree on some signs. What Unicode calls ambiguous (“ ” … ① ★) is one cell wide in most, two in those that
are set up for Chinese; joined emoji are drawn as one or as several. In a column such a sign would push everything to
its right out of place, so columns show a twin of it whose width is certain. Where nothing stands to the right, in the
details of a task, every sign is shown as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len

from planner.api import printable

_LONGEST_NUMBER = 8
"""Digits; what has more is no number that anybody reads."""
CUT = "⋯"
"""Marks the end of a text that was cut; one cell."""
_TWINS = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "…": CUT, "·": "∙", "•": "∙", "—": "-", "–": "-", "―": "-", "‖": "|",
        "×": "x", "÷": "/", "±": "+", "√": "✓", "★": "*", "☆": "*", "※": "*", "→": ">", "←": "<", "●": "∙", "○": "◦",
        "◆": "▪", "◇": "▫", "■": "▪", "□": "▫", "▲": "▴", "△": "▵", "°": "˚", "§": "S",
    }
)  # fmt: skip
_PLAIN = re.compile(r"[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*")
"""Signs on whose width all terminals agree: by far the most titles have no other."""
_UNSURE = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u20e3]")
"""Joiners, variation selectors, skin tones and key caps: they change the width of what stands before them."""
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


@lru_cache(maxsize=1 << 14)
def steady(text: str) -> str:
    """`text` as one line of signs whose width is certain; see the module."""
    text = printable(text)
    if _PLAIN.fullmatch(text):
        return text
    text = _UNSURE.sub("", unicodedata.normalize("NFC", text).translate(_TWINS))
    text = _FLAG.sub(lambda match: chr(ord(match[0]) - 0x1F1E6 + ord("A")), text)
    return "".join(map(_steady_sign, text))


@lru_cache(maxsize=1 << 12)
def _steady_sign(sign: str) -> str:
    width = unicodedata.east_asian_width(sign)
    if unicodedata.combining(sign) or not sign.isprintable() or cell_len(sign) < 1:
        return ""
    if width == "A":
        twin = unicodedata.normalize("NFKC", sign)
        certain = twin != sign and all(unicodedata.east_asian_width(part) != "A" for part in twin)
        return twin if certain and all(cell_len(part) for part in twin) else "?"
    # Newer emoji than the tables that terminals and libraries go by.
    return sign if cell_len(sign) == (2 if width in "WF" else 1) else "?"


def width_of(text: str) -> int:
    """Cells of a steady text."""
    return cell_len(text)


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """`text` made steady and exactly `width` cells wide: cut with a mark, or filled with blanks."""
    text = steady(text)
    gap = width - cell_len(text)
    if gap < 0:
        text = cut(text, width)
        gap = width - cell_len(text)
    return " " * gap + text if right else text + " " * gap


def cut(text: str, width: int) -> str:
    """A steady `text` cut to at most `width` cells, the cut marked. A number is left out whole: 0/1⋯ is not 0/19."""
    if cell_len(text) <= width:
        return text
    left, kept = width - 1, []
    for sign in text:
        left -= cell_len(sign)
        if left < 0:
            break
        kept.append(sign)
    return (_without_half_a_number("".join(kept), text).rstrip() + CUT) if width > 0 else ""


def _without_half_a_number(head: str, text: str) -> str:
    """`head`, the beginning of `text`, without the digits at its end if the number goes on."""
    if not (head and _is_digit(head[-1]) and _is_digit(text[len(head)])):
        return head
    found = next((n for n in range(1, _LONGEST_NUMBER + 1) if not _is_digit(head[-n - 1 : -n])), 0)
    return head[:-found] if found else head


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()
