"""Types of command-line values that click does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import click

from planner.i18n import _

_YEARS = range(1970, 3000)
_MONTHS = {
    name: n for n, names in enumerate(
        ("一 正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一 冬", "十二 腊"), 1
    ) for name in names.split()
}  # fmt: skip


class Day(click.ParamType[date]):
    """A day as ISO date: 2023-03-08."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value).strip())
        except ValueError:
            day = None
        if day is None:
            self.fail(_("{value} is no day; write it like 2023-03-08.").format(value=value), param, ctx)
        if day.year not in _YEARS:
            text = _("{value} is too far away; the year must be one from {first} to {last}.")
            self.fail(text.format(value=value, first=_YEARS[0], last=_YEARS[-1]), param, ctx)
        return day


class Month(click.ParamType[int]):
    """A month from 1 to 12: 3, 3月, 三月."""

    name = "month"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The month that `value` names."""
        text = str(value).strip().removesuffix("月").removesuffix("份").removesuffix("月")
        number = int(text) if re.fullmatch(r"\d{1,2}", text) else _MONTHS.get(text, 0)
        if not 1 <= number <= 12:
            self.fail(_("{value} is no month; write 1 to 12.").format(value=value), param, ctx)
        return number


class Number(click.ParamType[int]):
    """A whole number within bounds, both inclusive."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that `value` is."""
        text = str(value).strip()
        if not re.fullmatch(r"\d{1,9}", text) or not self._least <= int(text) <= self._most:
            message = _("{value} is not a whole number from {least} to {most}.")
            self.fail(message.format(value=value, least=self._least, most=self._most), param, ctx)
        return int(text)


class Text(click.ParamType[str]):
    """What a person types to be kept. Half characters, which no file can hold, are refused."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it was typed."""
        text = str(value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.fail(_("There are damaged characters in it; type the text anew."), param, ctx)
        return text


class Word(click.ParamType[str]):
    """One of some words. People may write its name in their own language too."""

    name = "word"

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        """The name of each word for people."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that `value` names."""
        for word, name in self._names.items():
            if value in (word, name):
                return word
        known = " ".join(f"{word}（{name}）" if word != name else word for word, name in self._names.items())
        return self.fail(_("{value} is none of these: {known}").format(value=value, known=known), param, ctx)
