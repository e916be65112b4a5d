"""Chinese and Arabic numerals as they occur in dates: 12, 十二, 廿一, 二〇二三."""

from __future__ import annotations

DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "廿": 20, "卅": 30}
CHINESE = frozenset(DIGITS) | frozenset(_TENS) | {"百"}
"""All characters of a Chinese numeral."""

_MONTHS = 12
_LARGE_PAIRS = {"九十": (9, 10), "十十一": (10, 11), "十一十二": (11, 12)}
"""Neighbouring months that are read as other numbers, or none, where higher ones are possible."""

_LONGEST = 8
"""Longer runs of digits are telephone and serial numbers, never part of a date."""


def value_of(text: str) -> int:
    """The value of a run of digits or Chinese numerals, -1 when it is none (七八, 十五五)."""
    if len(text) > _LONGEST:
        return -1
    if text.isascii():
        return int(text)
    if all(char in DIGITS for char in text):
        # Digit by digit, as in a year; a pair such as 七八 is two months or an estimate instead.
        if len(text) == 1:
            return DIGITS[text]
        return int("".join(str(DIGITS[char]) for char in text)) if len(text) == 4 else -1
    return _spoken_value(text)


def _spoken_value(text: str) -> int:
    """The value of 十二, 二十, 二十一, 廿一, 一百零五."""
    total, head, tail = 0, "", text
    if "百" in tail:
        head, _, tail = tail.partition("百")
        total = 100 * DIGITS.get(head, 1 if not head else -100)
        tail = tail.lstrip("零〇")
    for char, worth in _TENS.items():
        if char in tail:
            head, _, tail = tail.partition(char)
            if head and (head not in DIGITS or char != "十"):
                return -1
            total += worth * (DIGITS[head] if head else 1)
            break
    if tail and tail not in DIGITS:
        return -1
    total += DIGITS[tail] if tail else 0
    return total if total >= 0 else -1


def pair_of(text: str, high: int = 99) -> tuple[int, int] | None:
    """The two neighbouring numbers of 七八 or 三四 (up to 12 also 九十, 十一十二), None for every other text."""
    if high <= _MONTHS and text in _LARGE_PAIRS:
        return _LARGE_PAIRS[text]
    if len(text) != 2 or any(char not in DIGITS for char in text):
        return None
    first, second = DIGITS[text[0]], DIGITS[text[1]]
    return (first, second) if second == first + 1 and first > 0 else None
