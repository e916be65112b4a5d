"""Quantities as offices write them: read exactly, kept in one way, and never added to what they do not go with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from planner.i18n import _
from planner.quantity import (
    ABOUT,
    ABOVE,
    MORE,
    NEARLY,
    PERCENT,
    YUAN,
    Quantity,
    UnlikeUnitsError,
    add,
    by_unit,
    in_wan,
    number_text,
    quantity_text,
    quantity_words,
    read_quantity,
    spoken_number,
)
from planner.text import printable

UNITS = ("人", "人次", "元", "%", "件", "场次", "户", "篇", "个月", "天")


def read(text: str, *units: str) -> str:
    """What is kept of a text."""
    return quantity_text(read_quantity(text, units))


def refusal(text: str, *units: str) -> str:
    """The sentence that a person reads who typed it."""
    try:
        read_quantity(text, units)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"{text!r} was taken")


@pytest.mark.parametrize(
    ("text", "unit", "kept"),
    [
        ("39", "人", "39人"),
        ("39位", "人", "39人"),
        ("39名", "人", "39人"),
        ("39 人", "人", "39人"),
        ("１２", "人", "12人"),
        ("３９人", "人", "39人"),
        ("40余人", "人", "40余人"),
        ("40多人", "人", "40多人"),
        ("近10场次", "场次", "近10场次"),
        ("将近10场次", "场次", "近10场次"),
        ("约40人", "人", "约40人"),
        ("40人左右", "人", "约40人"),
        ("大约40人左右", "人", "约40人"),
        ("逾4000人次", "人次", "4000余人次"),
        ("4000余人次", "人次", "4000余人次"),
        ("4000 余 人次", "人次", "4000余人次"),
        ("3226人次", "人次", "3226人次"),
        ("十余项", "项", "10余项"),
        ("二十五件", "件", "25件"),
        ("一百零五名", "人", "105人"),
        ("两千三百人", "人", "2300人"),
        ("近千人", "人", "近1000人"),
        ("100%", "%", "100%"),
        ("88.9％", "%", "88.9%"),
        ("88.9", "%", "88.9%"),
        ("2个月", "个月", "2个月"),
        ("2月", "个月", "2个月"),
        ("3千克", "千克", "3千克"),
        ("1.5小时", "小时", "1.5小时"),
        ("1.50小时", "小时", "1.5小时"),
    ],
)
def test_what_offices_write_is_kept_in_one_way(text: str, unit: str, kept: str) -> None:
    assert read(text, unit) == kept


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("130989", "130989"),
        ("13.0989万元", "130989"),
        ("13.0989 万", "130989"),
        ("1.062万元", "10620"),
        ("158.23万元", "1582300"),
        ("3.58 万元", "35800"),
        ("1,042,552.26", "1042552.26"),
        ("１，０４２，５５２．２６元", "1042552.26"),
        ("1亿元", "100000000"),
        ("五十万元", "500000"),
        ("两万三千元", "23000"),
        ("￥1,200.50", "1200.50"),
        ("¥800", "800"),
        ("人民币5万元整", "50000"),
        ("-500元", "-500"),
        ("−500.5元", "-500.50"),
        ("0.3元", "0.30"),
        ("0.01", "0.01"),
        ("0", "0"),
    ],
)
def test_money_is_kept_in_yuan_to_the_fen(text: str, yuan: str) -> None:
    quantity = read_quantity(text, (YUAN,))
    assert quantity == Quantity(Decimal(yuan), YUAN)
    assert quantity_text(quantity) == f"{yuan}元"


def test_ten_thousands_keep_what_is_said_of_them() -> None:
    assert read("1.5万余人次", "人次") == "15000余人次"
    assert read("十余万元", YUAN) == "100000余元"
    assert read("近13万元", YUAN) == "近130000元"
    assert read("40多万元", YUAN) == "400000多元"


def test_tenths_of_a_yuan_add_up_exactly() -> None:
    total = add([read_quantity("0.1元", (YUAN,)), read_quantity("0.2元", (YUAN,))])
    assert quantity_text(total) == "0.30元"


def test_a_thousand_spendings_add_up_to_what_the_report_states() -> None:
    spent = ["293,549.90", "283,700.60", "162,937.40", "17,102.15", "393,079.27"]
    assert quantity_words(add(read_quantity(text, (YUAN,)) for text in spent)) == "1,150,369.32元"
    assert add([Quantity(Decimal("0.01"), YUAN)] * 1000) == Quantity(Decimal(10), YUAN)


def test_people_and_attendances_are_never_one_sum() -> None:
    people, attendances = read_quantity("858名", ("人",)), read_quantity("3226人次", ("人次",))
    with pytest.raises(UnlikeUnitsError, match="人次"):
        add([people, attendances])
    assert [quantity_text(q) for q in by_unit([people, attendances, people])] == ["1716人", "3226人次"]


def test_attendances_are_not_taken_for_people() -> None:
    sentence = refusal("3226人次", "人")
    assert "3226人次" in sentence
    assert "人次" in sentence
    assert refusal("858人", "人次")


@pytest.mark.parametrize("text", ["3-5人", "3～5人", "3—5人", "3至5人", "三到五人", "3人至5人", "2.5万-3万人"])
def test_a_range_is_refused_as_one(text: str) -> None:
    told = _("“{text}” is a range; write one number, such as {example} or 约{example}.")
    assert refusal(text, "人") == told.format(text=text, example="40人")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "人", "很多人", "若干", "数十人", "上百人", "三五人", "七八十人", "一百二", "半", "百分之五",
        "40人以上", "1e5", "inf", "nan", "0x10", "1,04", "1.2.3", "1/2", "40余多人", "近40余人", "3人5件", "=1+1",
        "−", "--3人", "1" * 16, "1" * 5000, "九" * 5000, "1." + "1" * 5000, "1" * 15 + "万",
        "\x00", "\ud800", "🙂", "٣٣٣x", "1" + " " * 500 + "000",
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(text: str) -> None:
    sentence = refusal(text, "人")
    assert 5 < len(sentence) < 150
    assert printable(sentence) == sentence


@pytest.mark.parametrize(
    ("text", "unit"),
    [("-5人", "人"), ("-1%", "%"), ("0.005元", YUAN), ("1.0000001万元", YUAN), ("0.5人", "人"), ("2.5人次", "人次"),
     ("0.1234567小时", "小时"), ("0.10000000000000000000000000001小时", "小时"), ("999999999999999万元", YUAN)],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(text: str, unit: str) -> None:
    assert text in refusal(text, unit)


def test_of_several_units_one_must_be_said() -> None:
    assert read("3篇", "件", "篇") == "3篇"
    sentence = refusal("3", "件", "篇")
    assert "件" in sentence
    assert "篇" in sentence
    assert "户" in refusal("3户", "件", "篇")


@pytest.mark.parametrize(
    ("abouts", "sum_about"),
    [
        (["", ""], ""),
        (["", MORE], MORE),
        ([ABOVE, ABOVE], ABOVE),
        ([MORE, ABOVE], MORE),
        ([NEARLY, ""], NEARLY),
        ([NEARLY, MORE], ABOUT),
        ([ABOUT, ""], ABOUT),
    ],
)
def test_a_sum_is_as_exact_as_its_parts(abouts: list[str], sum_about: str) -> None:
    assert add(Quantity(Decimal(10), "人", about) for about in abouts).about == sum_about


def test_percentages_have_no_sum() -> None:
    rate = read_quantity("100%", (PERCENT,))
    with pytest.raises(UnlikeUnitsError):
        add([rate, rate])
    assert by_unit([rate, rate]) == []
    with pytest.raises(ValueError):  # noqa: PT011  no sum of nothing, in whatever words
        add([])


def test_large_sums_are_shown_in_groups_and_in_ten_thousands() -> None:
    money = read_quantity("13.0989万元", (YUAN,))
    assert quantity_words(money) == "130,989元"
    assert quantity_words(read_quantity("1150369.32", (YUAN,))) == "1,150,369.32元"
    assert quantity_words(read_quantity("9999.5", (YUAN,))) == "9999.50元"
    assert quantity_words(read_quantity("约12000元", (YUAN,))) == "约12,000元"
    assert in_wan(money) == "13.0989万元"
    assert in_wan(read_quantity("1042552.26", (YUAN,))) == "104.255226万元"


numbers = st.decimals(min_value=0, max_value=Decimal("999999999999999"), places=2)
wholes = st.integers(0, 10**15 - 1).map(Decimal)


def quantities_of(unit: str) -> st.SearchStrategy[Quantity]:
    """Every quantity that counts so."""
    number = wholes if unit in ("人", "人次", "件") else numbers
    return st.builds(Quantity, number, st.just(unit), st.sampled_from(["", MORE, ABOVE, NEARLY, ABOUT]))


quantities = st.sampled_from(UNITS).flatmap(quantities_of)


@given(quantities)
def test_what_is_kept_is_read_back_as_the_same(quantity: Quantity) -> None:
    text = quantity_text(quantity)
    again = read_quantity(text, UNITS)
    assert again == quantity
    assert quantity_text(again) == text
    assert read_quantity(text, (quantity.unit,)) == quantity


@given(quantities_of(YUAN))
def test_ten_thousands_of_yuan_are_read_back_exactly(money: Quantity) -> None:
    assert read_quantity(in_wan(money), (YUAN,)) == money
    assert read_quantity(quantity_words(money), (YUAN,)) == money


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1))
def test_sums_are_exact_in_any_order(numbers: list[Decimal]) -> None:
    total = add(Quantity(number, YUAN) for number in numbers).number
    assert total == add(Quantity(number, YUAN) for number in reversed(numbers)).number
    assert total * 100 == sum(int(number * 100) for number in numbers)


likely = st.text(st.sampled_from("0123456789.,一二两十百千万亿零余多近约左右超名位人次元个月件%-¥＋１ "), max_size=12)


@given(likely | st.text(), st.sampled_from(UNITS))
def test_whatever_is_typed_is_a_quantity_or_refused_with_a_sentence(text: str, unit: str) -> None:
    try:
        quantity = read_quantity(text, (unit,))
    except ValueError as error:
        sentence = str(error)
    else:
        assert quantity.unit == unit
        assert read_quantity(quantity_text(quantity), (unit,)) == quantity
        return
    assert printable(sentence) == sentence


SPOKEN = {
    0: "零", 2: "二", 10: "十", 15: "十五", 20: "二十", 99: "九十九", 100: "一百", 105: "一百零五", 110: "一百一十",
    115: "一百一十五", 230: "二百三十", 1000: "一千", 1001: "一千零一", 1010: "一千零一十", 2300: "两千三百",
    10000: "一万", 10001: "一万零一", 23000: "两万三千", 100000: "十万", 1050000: "一百零五万",
    350000000: "三亿五千万",
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), SPOKEN.items())
def test_spoken_numbers(number: int, text: str) -> None:
    assert spoken_number(text) == number
    assert number_text(read_quantity(f"{text}件", ("件",))) == str(number)


NOT_SPOKEN = ["", "三五", "七八十", "一百二", "十十", "零五", "二〇二三", "一万一", "百千", "万万", "一二三"]


@pytest.mark.parametrize("text", NOT_SPOKEN)
def test_what_is_no_spoken_number_or_may_be_two(text: str) -> None:
    assert spoken_number(text) is None


@pytest.mark.parametrize("text", ["①", "3①人", "10²", "½", "1½", "㈠", "⒈人", "㊀"])
def test_signs_that_only_look_like_numbers_are_no_numbers(text: str) -> None:
    assert text in refusal(text, "人")


@pytest.mark.parametrize("text", ["1 2", "1 2人", "12 34", "2023 100人"])
def test_two_numbers_with_a_blank_between_them_are_not_one(text: str) -> None:
    assert text in refusal(text, "人")


@pytest.mark.parametrize(("text", "kept"), [("1 042 552", "1042552人"), ("1 000人", "1000人"), ("12 人", "12人")])
def test_blanks_may_part_thousands_and_the_unit(text: str, kept: str) -> None:
    assert read(text, "人") == kept


@pytest.mark.parametrize("text", ["￥500", "¥ 500.00", "人民币500"])
def test_money_is_never_a_number_of_people(text: str) -> None:
    assert YUAN in refusal(text, "人")
    assert read(text, YUAN) == "500元"


def test_a_hundred_is_a_factor_like_a_thousand() -> None:
    assert [read(text, "元", "人") for text in ("3百元", "3千元", "5百余人")] == ["300元", "3000元", "500余人"]


def test_of_several_units_all_are_named() -> None:
    listed = _(" or ").join((_(", ").join(("件", "篇")), "项"))
    assert listed in refusal("3", "件", "篇", "项")
