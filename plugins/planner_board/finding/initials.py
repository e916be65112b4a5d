"""Pinyin initials of titles: 教代会 is found by jdh. A sign with several readings (重, 长) goes by any of them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

_FIRST_TOKEN = 0xE000
"""Tokens stand for sets of initials; these signs occur in no title."""
_tokens: dict[frozenset[str], str] = {}


@cache
def _readings() -> dict[int, str]:
    """Readings of each sign, with commas: the library's table alone. All of it would take 300 ms, for phrases."""
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    spec = spec_from_file_location("planner_board_readings", Path(package.origin).with_name("pinyin_dict.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[int, str] = module.pinyin_dict
    return table


@cache
def _token(sign: str) -> str:
    """One sign for all initials that `sign` may have; empty for what is neither letter, digit nor Chinese."""
    if not sign.isalnum():
        return ""
    readings = _readings().get(ord(sign), sign)
    initials = frozenset(
        unicodedata.normalize("NFKD", reading)[0].lower() for reading in readings.split(",") if reading
    )
    return _tokens.setdefault(initials, chr(_FIRST_TOKEN + len(_tokens)))


@lru_cache(maxsize=1 << 15)
def _spelled(title: str) -> str:
    return "".join(map(_token, title))


@lru_cache(maxsize=16)
def _pattern(letters: str, _known: int) -> re.Pattern[str]:
    classes = ("".join(token for initials, token in _tokens.items() if letter in initials) for letter in letters)
    return re.compile("".join(f"[{tokens}]" if tokens else r"(?!)" for tokens in classes))


def has_initials(title: str, letters: str) -> bool:
    """Whether `letters` (small, Latin) are initials of signs of `title` that stand side by side."""
    spelled = _spelled(title)
    return _pattern(letters, len(_tokens)).search(spelled) is not None


def found_in(text: str, word: str) -> bool:
    """Whether a person who types `word` may mean `text`: part of it in any case, or initials of it."""
    word = word.lower()
    return word in text.lower() or (word.isascii() and word.isalnum() and has_initials(text, word))
