"""Text for a screen: what it measures, where it is cut, and that nothing in it can act."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath

import pytest
from hypothesis import given, strategies as st
from wcwidth import wcswidth

from planner.text import cell_width, columns, file_name, nearest, pad, printable, shorten, wrap

FAMILY = "👨\u200d👩\u200d👧"
TEXTS = st.text(
    st.one_of(
        st.sampled_from("中文，。“”（）：一a b—…·%"), st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
    )
).map(printable)
WIDTHS = st.integers(1, 30)


# Widths ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("体检", 4),
        ("三八节 A", 8),
        ("，。！（）：", 12),
        ("ＡＢ１", 6),
        ("\u3000", 2),
        ("“引”", 4),
        ("—…·", 3),
        ("cafe\u0301", 4),
        ("🎉", 2),
        (FAMILY, 2),
        ("☑★√", 3),
        ("𠮷", 2),
    ],
)
def test_width_is_counted_in_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@given(TEXTS)
def test_widths_are_those_of_a_terminal(text: str) -> None:
    assert cell_width(text) == max(wcswidth(text), 0)


# Cutting and filling --------------------------------------------------------------------------------------------------


def test_a_text_that_fits_is_left_and_a_longer_one_marked() -> None:
    assert shorten("教职工体检", 10) == "教职工体检"
    assert shorten("教职工体检", 9) == "教职工体…"
    assert shorten("教职工体检", 8) == "教职工…"
    assert shorten("abc def", 5) == "abc…"
    assert shorten(FAMILY * 3, 4) == "👨…"


@given(TEXTS, WIDTHS)
def test_a_shortened_text_fits_and_is_a_beginning(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cell_width(short) <= width
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(TEXTS, WIDTHS)
def test_a_padded_text_is_as_wide_as_asked_or_as_it_was(text: str, width: int) -> None:
    assert cell_width(pad(text, width)) == max(width, cell_width(text))
    assert pad(text, width).startswith(text)


def test_lines_break_between_chinese_characters_and_latin_words() -> None:
    assert wrap("组织教职工体检", 6) == ["组织教", "职工体", "检"]
    assert wrap("read the plan", 8) == ["read the", "plan"]
    assert wrap("incomprehensible", 6) == ["incomp", "rehens", "ible"]
    assert wrap("", 6) == [""]


def test_closing_punctuation_hangs_and_never_begins_a_line() -> None:
    assert wrap("教职工，体检。", 6) == ["教职工，", "体检。"]
    assert wrap("（四月到期），还有", 10) == ["（四月到", "期），还有"]
    assert wrap("于 4/30），还有", 7) == ["于", "4/30），", "还有"]
    assert wrap("中，。", 1) == ["中", "，", "。"]


@given(TEXTS, WIDTHS)
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(cell_width(line) <= width + 2 or cell_width(line) <= cell_width(line[0]) for line in lines)


def test_columns_line_up_for_chinese() -> None:
    assert columns([("ab", "一", "x"), ("体检", "二三", "y")]) == ["ab    一    x", "体检  二三  y"]
    assert columns([]) == []


# Nothing acts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31m红",
        "\x9b31m",
        "a\x07",
        "a\0b",
        "\x7f",
        "\u202e倒",
        "\u2066x\u2069",
        "\u200f",
        "\u061c",
        "a\u2028b",
        "a\u2029b",
        "a\u200bb",
        "a\u2060b",
        "a\xadb",
        "\ufeffa",
        "\ud800",
        "\uffff",
        "\U000e0041",
    ],
)
def test_what_could_act_or_hide_is_shown_as_a_mark(text: str) -> None:
    assert "�" in printable(text)
    assert printable(text).encode()


def test_white_space_becomes_one_blank() -> None:
    assert printable("一\r\n 二\t三\n") == "一 二 三"


def test_emoji_and_combining_characters_stay() -> None:
    assert printable(FAMILY) == FAMILY
    assert printable("cafe\u0301 “一会一品”") == "cafe\u0301 “一会一品”"


@given(st.text())
def test_a_printable_text_is_one_line_and_stays_so(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", shown)
    assert printable(shown) == shown
    assert wcswidth(shown) >= 0


# Names of files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("机电分工会", "机电分工会"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\计划", "C_计划"),
        ("计划：一/二?", "计划：一_二"),
        ("a\nb", "a_b"),
        ("计划.", "计划"),
        ("-rf", "rf"),
        ("🎉", "🎉"),
        ("a" * 300, "a" * 60),
        ("a" * 59 + ". b", "a" * 59),
    ],
)
def test_a_text_becomes_the_name_of_a_file(text: str, name: str) -> None:
    assert file_name(text, "plan") == name


@pytest.mark.parametrize(
    "text", ["", ".", "...", " ", "CON", "aux.txt", "nul.", "com1", "COM¹", "conin$", "\0", "/", "\ud800"]
)
def test_what_gives_no_name_falls_back(text: str) -> None:
    assert file_name(text, "plan") == "plan"


@given(st.text())
def test_every_name_is_good_on_every_system(text: str) -> None:
    name = file_name(text, "plan")
    assert 0 < len(name.encode()) <= 240
    assert PureWindowsPath(name).name == name
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name[-1] not in ". "
    assert name[0] not in ".-"


# Did you mean ---------------------------------------------------------------------------------------------------------


def test_the_nearest_word_is_suggested_and_a_far_one_is_not() -> None:
    assert nearest("titel", ["tasks", "title"]) == "title"
    assert nearest("GOALS", ["goals", "goal"]) == "goals"
    assert nearest("brand-aply", ["brand-apply", "brand-review"]) == "brand-apply"
    assert nearest("zzz", ["title"]) is None
    assert nearest("x", []) is None


def test_a_line_does_not_end_with_an_opening_mark():
    assert wrap("四月的“三八”节（庆祝）活动", 7) == ["四月的", "“三八”", "节（庆", "祝）活", "动"]
    assert wrap("甲（乙", 4) == ["甲", "（乙"]
    assert "".join(wrap("“" * 20, 6)) == "“" * 20
