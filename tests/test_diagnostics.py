"""How a diagnostic is shown: one line to click on, the line of the file with a caret, a hint."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st

from planner.diagnostics import Diagnostic, Location, Severity, has_errors, in_order, render
from planner.text import cell_width


def wrong(line: str, column: int, length: int = 1, **changes: object) -> Diagnostic:
    found = Diagnostic("P999", Severity.ERROR, "不对", Location("plan.toml", 7, column, length, line))
    return found._replace(**changes)  # type: ignore[arg-type]


def test_the_caret_stands_below_the_place_in_cells() -> None:
    assert render(wrong("title = “体检”  # 说明", 9, 4)).split("\n") == [
        "plan.toml:7:9: error P999: 不对",
        "    7 | title = “体检”  # 说明",
        "      |         ^^^^^^",
    ]
    assert render(wrong("名称 = 1", 6)).split("\n")[2] == "      |        ^"


def test_the_hint_comes_last() -> None:
    assert render(wrong("x", 1, hint="改成 y")).split("\n")[-1].endswith("改成 y")


def test_without_a_line_or_a_place_there_is_no_excerpt() -> None:
    assert render(wrong("  ", 1)) == "plan.toml:7:1: error P999: 不对"
    assert render(wrong("", 1, source=None)) == "error P999: 不对"


def test_tabs_keep_their_place_and_control_characters_do_not_act() -> None:
    shown = render(wrong("\ttitle\t=\t\x1b[31m", 10, 5, message="一\n二\x1b[0m", hint="三\r四"))
    assert "\x1b" not in shown
    assert shown.split("\n")[1] == "    7 |  title = �[31m"
    assert shown.split("\n")[2] == "      |          ^^^^^"


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "标题" * 100 + "坏" + "标题" * 100
    first, excerpt, caret = render(wrong(line, 201), width=60).split("\n")
    assert first == "plan.toml:7:201: error P999: 不对"
    assert "坏" in excerpt
    assert cell_width(excerpt[: excerpt.index("坏")]) == caret.index("^")
    assert cell_width(excerpt) <= 60


def test_a_line_of_megabytes_is_shown_at_once() -> None:
    assert len(render(wrong("[" * 5_000_000, 2_500_000, 2_000_000))) < 300


@given(st.text(), st.integers(1, 80), st.integers(1, 80), st.integers(30, 100))
def test_excerpt_and_caret_keep_to_the_width(line: str, column: int, length: int, width: int) -> None:
    line = line.replace("\n", "")
    shown = render(wrong(line, min(column, len(line) + 1), length), width).split("\n")
    assert len(shown) in (1, 3)
    for text in shown[1:]:
        assert cell_width(text) <= width


def test_order_is_that_of_the_file_and_what_has_no_place_comes_last() -> None:
    places = [None, ("f", 2, 1), ("f", 1, 9), ("f", 1, 2)]
    found = [Diagnostic(f"P{n}", Severity.NOTE, "", Location(*p) if p else None) for n, p in enumerate(places)]
    assert [d.code for d in in_order(found)] == ["P3", "P2", "P1", "P0"]


def test_only_errors_are_errors() -> None:
    assert not has_errors([wrong("x", 1, severity=Severity.WARNING), wrong("x", 1, severity=Severity.NOTE)])
    assert has_errors([wrong("x", 1)])


def test_json_has_keys_without_a_language() -> None:
    assert json.loads(json.dumps(wrong("x", 3).to_json())) == {
        "code": "P999", "severity": "error", "message": "不对", "file": "plan.toml", "line": 7, "column": 3,
        "hint": None,
    }  # fmt: skip
    nowhere = wrong("x", 1, source=None).to_json()
    assert (nowhere["file"], nowhere["line"], nowhere["column"]) == (None, None, None)
