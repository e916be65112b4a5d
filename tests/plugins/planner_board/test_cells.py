"""Columns stay columns, whatever a title holds and whatever terminal shows it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from wcwidth import wcswidth

from planner_board.board import SIGNS
from planner_board.drawing.cells import CUT, cut, fitted, steady
from planner_board.drawing.paint import THEMES, Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.widgets.bar import Item, bar_line

HOSTILE = [
    "“一会一品”特色项目申报…①★",
    "👨‍👩‍👧 亲子活动 👍🏽 🇨🇳 1️⃣ ☀️",
    "ＡＢＣ１２３（全角）",
    "[red]x[/red]",
    "\x1b]0;x\x07标题",
    "e\u0301te\u0301 \u202eRTL\u202c \u200b零宽",
    "한국어 ｱｲｳ ①②③ Ⅳ 《》—— ·",
    "𠮷野家 \U0001f9ff \U0001fae8",
    "ظ العربية हिन्दी ไทย",
    "长" * 500,
]


def widths(text: str) -> set[int]:
    """What the library, the terminals' usual table, and one that takes ambiguous signs for wide make of it."""
    by_class = sum({"W": 2, "F": 2, "A": 2}.get(unicodedata.east_asian_width(sign), 1) for sign in text)
    return {cell_len(text), wcswidth(text), by_class}


@pytest.mark.parametrize("title", HOSTILE)
def test_all_terminals_agree_on_the_width_of_a_title_in_a_column(title: str) -> None:
    assert len(widths(steady(title))) == 1


@given(st.text(max_size=30))
def test_whatever_is_typed_fills_its_column_exactly(text: str) -> None:
    assert cell_len(fitted(text, 12)) == 12
    assert wcswidth(fitted(text, 12)) == 12


def test_a_common_title_is_shown_as_it_is() -> None:
    assert steady("2022—2023 学年：三八节、庆祝（活动）！") == "2022-2023 学年：三八节、庆祝（活动）！"
    assert steady("“一会一品”…") == f'"一会一品"{CUT}'


def test_nothing_in_a_title_acts() -> None:
    assert "\x1b" not in steady("\x1b]0;x\x07")
    assert steady("[red]x") == "[red]x"


def test_a_cut_is_marked_and_never_splits_a_sign() -> None:
    assert cut("工会委员会", 5) == "工会" + CUT
    assert cut("工会委员会", 4) == "工" + CUT
    assert cut("工会", 4) == "工会"
    assert fitted("工会委员会", 6) == "工会" + CUT + " "
    assert fitted("7", 3, right=True) == "  7"


def test_signs_and_marks_of_our_own_are_one_cell_everywhere() -> None:
    for sign in (*SIGNS.values(), CUT):
        assert widths(sign) == {1}


def test_every_theme_knows_every_role() -> None:
    roles = {name: set(looks) for name, looks in THEMES.items()}
    assert len({frozenset(known) for known in roles.values()}) == 1
    for name in THEMES:
        for role in THEMES[name]:
            Paint(name).style(role)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("已做 0/19 次", 9, "已做 0/⋯"),
        ("迎接2022年度考评", 8, "迎接⋯"),
        ("迎接2022年度考评", 9, "迎接2022⋯"),
        ("1" * 30, 10, "1" * 9 + "⋯"),
    ],
)
def test_no_number_is_cut_into_another_number(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_an_unknown_role_is_a_mistake_that_shows() -> None:
    with pytest.raises(KeyError):
        Paint().style("lat")


def test_a_row_is_as_wide_as_asked() -> None:
    for title in HOSTILE:
        for width in (0, 1, 7, 60):
            row = Row(Paint()).put("!", "late").put(title, "strong").to(40).put(title, "", 9)
            assert row.strip(width).cell_length == width
            assert cell_len(row.strip(width).text) == width


def test_a_bar_keeps_what_is_at_its_right_and_drops_what_has_no_room() -> None:
    items = [Item(" 一 ", "", "one"), Item(" 二 ", "", "two"), Item(" 右 ", "", "end", right=True)]
    strip, places = bar_line(items, 20, Paint())
    assert strip.text == " 一  二          右 "
    assert [(start, end, item.action) for start, end, item in places] == [(0, 4, "one"), (4, 8, "two"), (16, 20, "end")]
    strip, places = bar_line(items, 9, Paint())
    assert (strip.text, [item.action for *_, item in places]) == (" 一   右 ", ["one", "end"])


def sheet(*columns: str) -> Sheet:
    """Columns of tasks named by a letter, one below the other; a dot is a gap."""
    spots = [
        [Spot(y, 10 * x, 10, Ref("task", name)) for y, name in enumerate(column) if name != "."]
        for x, column in enumerate(columns)
    ]
    return Sheet(10 * len(columns), max(map(len, columns)), lambda _y: Row(Paint()).strip(10 * len(columns)), spots)


@pytest.mark.parametrize(
    ("start", "across", "down", "end"),
    [
        ("a", 0, 1, "b"), ("c", 0, 1, "c"), ("a", 0, -1, "a"), ("b", 1, 0, "e"), ("c", 1, 0, "e"), ("d", -1, 0, "a"),
        ("a", -1, 0, "a"), ("gone", 0, 1, "a"),
    ],
)  # fmt: skip
def test_the_cursor_moves_within_columns_and_across_them(start: str, across: int, down: int, end: str) -> None:
    spot = sheet("abc", "d.e").step(Ref("task", start), across, down)
    assert spot is not None
    assert spot.ref.id == end


def test_a_click_finds_what_stands_there() -> None:
    shown = sheet("abc", "d.e")
    assert [shown.at(x, y) and shown.at(x, y).ref.id for x, y in ((0, 0), (9, 2), (10, 0), (15, 1))] == [
        "a",
        "c",
        "d",
        None,
    ]


def test_an_empty_sheet_has_no_place() -> None:
    shown = Sheet(10, 0, lambda _y: Row(Paint()).strip(10))
    assert shown.first() is None
    assert shown.step(Ref("task", "a"), 0, 1) is None
    assert shown.at(0, 0) is None


def test_what_the_cursor_stood_on_is_found_again_as_another_part_of_the_same_task() -> None:
    shown = sheet("ab")
    found = shown.find(Ref("task", "b", "2023-03"))
    assert found is not None
    assert found.y == 1
