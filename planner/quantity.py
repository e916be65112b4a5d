"""Quantities as offices write them: 40余人, 13.0989万元, 近10场次. Exact numbers with units; unlike ones never meet."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from planner.i18n import _
from planner.text import printable, shorten

YUAN = "元"
PEOPLE = "人"
ATTENDANCES = "人次"
PERCENT = "%"
SCORE = "分"
NOT_ADDED = frozenset((PERCENT, SCORE))
"""Units of what is compared, and has no sum."""
MORE, ABOVE, NEARLY, ABOUT = "余", "多", "近", "约"
_BEFORE = ("将近", "近", "大约", "大概", "约", "逾", "超过", "超")
_AFTER = ("余", "多")
_EXACTNESS = {
    "近": NEARLY, "将近": NEARLY, "约": ABOUT, "大约": ABOUT, "大概": ABOUT, "左右": ABOUT, "上下": ABOUT,
    "余": MORE, "逾": MORE, "超": MORE, "超过": MORE, "多": ABOVE,
}  # fmt: skip
_SYNONYMS = {
    "名": PEOPLE, "位": PEOPLE, "个人": PEOPLE, "圆": YUAN, "块": YUAN, "块钱": YUAN, "元整": YUAN, "圆整": YUAN,
    "元钱": YUAN, "元人民币": YUAN, "月": "个月",
}  # fmt: skip
_SCALES = {"千万": 10_000_000, "百万": 1_000_000, "亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_TOO_LARGE = 10**15
"""Nothing that an office counts has so much of it, and sums of what is below stay exact."""
_FINEST = 6
"""Decimals at most; money has two."""
_LONGEST = 40
"""Characters; no number with a unit has more."""
_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1_000}
_SPOKEN = "".join(_DIGITS) + "〇两十百千万亿"
_FORM = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE)})?(?P<money>¥|人民币|RMB)?(?P<sign>[-−]?)"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<spoken>[{_SPOKEN}]+))"
    r"(?P<after>余|多)?(?P<rest>[^\W\d_]*?|%)(?P<last>左右|上下)?"
)
_RANGE = re.compile(rf"[\d{_SPOKEN}]\D{{0,3}}[-–—~～至到][\d{_SPOKEN}]")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
"""1 042 552, as spreadsheets write it; any other blank parts two numbers."""
_PARTED = re.compile(r"\d +\d")


class Quantity(NamedTuple):
    """A number of something, exactly.

    Money is in 元, with two decimals at most, and may be negative; a percentage is 88.9 for 88.9%; people and
    attendances are whole. `read_quantity` sees to that; who makes one of a number has to do so himself.
    """

    number: Decimal
    unit: str
    """人, 人次, 元, %, 件 …"""
    about: str = ""
    """How exact it is: "" exactly, 余 and 多 somewhat more, 近 somewhat less, 约 about."""


class UnlikeUnitsError(ValueError):
    """Quantities that cannot be added, because they count different things. Says so in a sentence."""


@lru_cache(maxsize=20_000)
def read_quantity(text: str, units: tuple[str, ...]) -> Quantity:
    """The quantity that `text` says. The unit must be one of `units`, and may be left out where there is only one.

    Read are digits, wide ones and with commas too, spoken numbers (十余), 万 and 亿 as factors, ￥, 名 and 位 for 人,
    and words for how exact it is. Raises ValueError, with a sentence for people, for anything else: a range, another
    unit, money finer than one fen, half a person, less than nothing but for money, 10¹⁵ and more, over six decimals.
    """
    plain = _plain(text)
    match = _FORM.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None or _RANGE.search(plain):
        raise ValueError(_no_quantity(plain, text, units))
    number = _number(match["digits"], match["spoken"], text)
    scale, late, unit = _unit(match["rest"], _units_after(match["money"], units, text), text)
    number = number * scale * (-1 if match["sign"] else 1)
    said = (match["before"], match["after"], late, match["last"])
    words = sorted({_EXACTNESS[word] for word in said if word})
    if len(words) > 1:
        message = _("“{text}” says in two ways how exact it is; write one of 余, 多, 近, 约.")
        raise ValueError(message.format(text=_shown(text)))
    quantity = Quantity(number, unit, words[0] if words else "")
    _check(quantity, text)
    return quantity


def _plain(text: str) -> str:
    """The text in narrow signs and without blanks, but for one that parts two numbers; "" where it is far too long.

    Raises ValueError for signs that only look like numbers: 3① is not 31, 10² not 102, ½ not 1 and 2.
    """
    if len(text) > 2 * _LONGEST:
        return ""
    if any(sign.isnumeric() and not sign.isdecimal() and not ("一" <= sign <= "鿿" or sign == "〇") for sign in text):
        raise ValueError(_not_understood(text))
    plain = _GROUPED.sub(lambda match: match[0].replace(" ", ""), normalize("NFKC", text))
    return plain if _PARTED.search(plain) else plain.replace(" ", "")


def _not_understood(text: str) -> str:
    return _("“{text}” is not understood as a number; write it in digits.").format(text=_shown(text))


def _no_quantity(plain: str, text: str, units: Sequence[str]) -> str:
    """What is wrong with a text that is no number with a unit."""
    example = "40" + (units[0] if units else "")
    if _RANGE.search(plain):
        message = _("“{text}” is a range; write one number, such as {example} or 约{example}.")
    elif len(re.findall(r"\d+(?:[.,]\d+)*", plain)) > 1:
        message = _("“{text}” holds more than one number; write a single one, such as {example}.")
    else:
        message = _("“{text}” is no number with a unit, such as {example}.")
    return message.format(text=_shown(text), example=example)


def _shown(text: str) -> str:
    return shorten(printable(text[: 2 * _LONGEST]), _LONGEST)


def _number(digits: str | None, spoken: str | None, text: str) -> Decimal:
    if digits is not None:
        if len(digits.partition(".")[2]) > 2 * _FINEST:  # a factor of 万 may make up for some
            raise ValueError(_("“{text}” has too many decimals.").format(text=_shown(text)))
        return Decimal(digits.replace(",", ""))
    value = spoken_number(spoken or "")
    if value is None:
        raise ValueError(_not_understood(text))
    return Decimal(value)


def spoken_number(text: str) -> int | None:
    """The value of a Chinese numeral as it is spoken: 十二, 一百零五, 两千, 一万二千; None for none, such as 七八十."""
    plain = text.replace("两", "二").replace("〇", "零")
    total = group = digit = 0
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            group, digit = group + (digit or 1) * _TENS[sign], 0
        else:
            part = group + digit
            total = (total + part or 1) * _SCALES[sign] if sign == "亿" else total + (part or 1) * _SCALES[sign]
            group = digit = 0
    value = total + group + digit
    return value if _without_one(_spoken(value)) == _without_one(plain) else None


def _spoken(number: int) -> str:
    """A whole number as it is spoken."""
    if number < 10_000:
        return _spoken_group(number) or "零"
    sign = "亿" if number >= _SCALES["亿"] else "万"
    high, low = divmod(number, _SCALES[sign])
    gap = "零" if 0 < low < _SCALES[sign] // 10 else ""
    return _spoken(high) + sign + gap + (_spoken(low) if low else "")


def _spoken_group(number: int) -> str:
    """A number below ten thousand; "" for nothing."""
    for sign, worth in reversed(_TENS.items()):
        if number >= worth:
            high, low = divmod(number, worth)
            gap = "零" if 0 < low < worth // 10 else ""
            return "零一二三四五六七八九"[high] + sign + gap + _spoken_group(low)
    return "零一二三四五六七八九"[number] if number else ""


def _without_one(text: str) -> str:
    """A spoken number without the 一 that people leave out: 一十二 and 十二, 一百 and 百."""
    return re.sub("(^|零|(?<=[百千万亿]))一(?=十)|^一(?=[百千万亿])", lambda match: match[1] or "", text)


def _units_after(money: str | None, units: Sequence[str], text: str) -> Sequence[str]:
    """The units that a number may have, after ￥ 元 alone. Raises ValueError where money is not wanted."""
    if not money:
        return units
    if YUAN not in units:
        raise ValueError(_other_unit(text, YUAN, units))
    return (YUAN,)


def _other_unit(text: str, unit: str, units: Sequence[str]) -> str:
    message = _("“{text}” counts in {unit}; wanted is {units}.")
    return message.format(text=_shown(text), unit=_shown(unit), units=_one_of(units))


def _one_of(units: Sequence[str]) -> str:
    """件、篇 or 项."""
    return _(" or ").join(filter(None, (_(", ").join(units[:-1]), units[-1])))


def _unit(rest: str, units: Sequence[str], text: str) -> tuple[int, str, str]:
    """What follows the number: its scale, how exact it is said to be after that ("" if not), and the unit."""
    if unit := _known_unit(rest, units):
        return 1, "", unit
    for sign, scale in _SCALES.items():
        if rest.startswith(sign):
            after = rest[len(sign) :]
            late = after[:1] if after[:1] in _AFTER else ""
            if unit := _known_unit(after[len(late) :], units):
                return scale, late, unit
            rest = after[len(late) :]
            break
    if not rest:
        raise ValueError(_("“{text}” lacks a unit: {units}.").format(text=_shown(text), units=_one_of(units)))
    raise ValueError(_other_unit(text, rest, units))


def _known_unit(said: str, units: Sequence[str]) -> str:
    """The one of `units` that was said, or need not be said; "" for none."""
    if said in units:
        return said
    if not said:
        return units[0] if len(units) == 1 else ""
    return _SYNONYMS[said] if _SYNONYMS.get(said) in units else ""


def _check(quantity: Quantity, text: str) -> None:
    """Refuse what cannot be counted so: a half of a fen, three digits too many, less than nobody."""
    number, shown = quantity.number, _shown(text)
    if abs(number) >= _TOO_LARGE:
        raise ValueError(_("“{text}” is too large.").format(text=shown))
    if number < 0 and quantity.unit != YUAN:
        raise ValueError(_("“{text}” is less than nothing.").format(text=shown))
    if quantity.unit == YUAN and number != round(number, 2):
        raise ValueError(_("“{text}” is finer than one fen.").format(text=shown))
    if quantity.unit in (PEOPLE, ATTENDANCES) and number != int(number):
        raise ValueError(_("“{text}” is no whole number.").format(text=shown))
    if number != round(number, _FINEST):
        raise ValueError(_("“{text}” has too many decimals.").format(text=shown))


def number_text(quantity: Quantity) -> str:
    """The number alone, without its unit and exactly: 40, 0.30 (money with fen has two decimals), 88.9."""
    number = quantity.number
    if number == int(number):
        return str(int(number))
    if quantity.unit == YUAN:
        return f"{number:.2f}"
    return f"{number.normalize():f}"


def quantity_text(quantity: Quantity) -> str:
    """The one way in which a quantity is kept: 40余人, 近10场次, 130989元. `read_quantity` gives the same again."""
    number, unit, about = number_text(quantity), quantity.unit, quantity.about
    if about in (MORE, ABOVE):
        return f"{number}{about}{unit}"
    return f"{about}{number}{unit}"


def quantity_words(quantity: Quantity) -> str:
    """A quantity for people: as it is kept, but from 10 000 元 on with groups of three digits: 130,989元."""
    if quantity.unit != YUAN or abs(quantity.number) < 10_000:
        return quantity_text(quantity)
    whole, dot, rest = number_text(quantity).partition(".")
    grouped = f"{int(whole):,}{dot}{rest}"
    return quantity_text(quantity).replace(number_text(quantity), grouped)


def in_wan(quantity: Quantity) -> str:
    """Money as reports write it: 13.0989万元. Exact, however many decimals that takes."""
    wan = quantity._replace(number=quantity.number / 10_000, unit="万元")
    return quantity_text(wan)


def add(quantities: Iterable[Quantity]) -> Quantity:
    """The sum. Raises UnlikeUnitsError for other units beside it and for NOT_ADDED, ValueError for none."""
    known = list(quantities)
    if not known:
        raise ValueError(_("There is nothing to add."))
    units = list(dict.fromkeys(q.unit for q in known))
    if len(units) > 1:
        message = _("{units} cannot be added: they count different things.")
        raise UnlikeUnitsError(message.format(units=_(" and ").join(units)))
    if units[0] in NOT_ADDED and len(known) > 1:
        raise UnlikeUnitsError(_("Percentages and scores cannot be added."))
    return Quantity(sum((q.number for q in known), Decimal(0)), units[0], _common(q.about for q in known))


def by_unit(quantities: Iterable[Quantity]) -> list[Quantity]:
    """A sum for each unit, in the order in which the units occur; what is NOT_ADDED has no sum and is left out."""
    groups: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        if quantity.unit not in NOT_ADDED:
            groups.setdefault(quantity.unit, []).append(quantity)
    return [add(group) for group in groups.values()]


def _common(abouts: Iterable[str]) -> str:
    """How exact a sum is: as its parts are, where those that are not exact go the same way."""
    found = set(abouts) - {""}
    if len(found) < 2:
        return next(iter(found), "")
    return MORE if found == {MORE, ABOVE} else ABOUT
