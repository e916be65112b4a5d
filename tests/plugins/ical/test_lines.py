"""Content lines: whatever somebody types comes back as text, and never as anything else."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st
from icalendar import Event

from planner.api import printable
from planner_ical.lines import clean, clean_lines, escaped, folded, web_address


def read(line: bytes) -> str:
    """The SUMMARY of an event that holds the line."""
    event = Event.from_ical(b"BEGIN:VEVENT\r\n" + line + b"END:VEVENT\r\n")
    assert list(event) == ["SUMMARY"]
    return str(event["SUMMARY"])


HOSTILE = [
    "a\r\nATTENDEE:x",
    "a\nEND:VEVENT\nEND:VCALENDAR",
    "\x1b[2J清屏",
    "=cmd|'/c calc'!A0",
    "‮txt.exe‬",
    "a\x00b\x07c\x85d\u2028e",
    "\ufeff开头",
    "反斜杠\\n不是换行, 逗号; 分号: 冒号",
    "😀👨‍👩‍👧‍👦🇨🇳" * 30,
    "长" * 300,
    "a" * 300,
    'TZID="x":y',
    "end with backslash\\",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_stays_one_line_of_text(text: str) -> None:
    line = folded("SUMMARY:" + clean(text))
    assert line.replace(b"\r\n ", b"").count(b"\r\n") == 1
    assert read(line) == printable(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\\nN;,:\n")))
@example("\\;,\n")
@example("\\\\n")
def test_escaping_is_undone_by_a_reader(text: str) -> None:
    assert read(folded("SUMMARY:" + escaped(text))) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])).map(lambda text: text.replace("\n", "")))
@example("😀" * 40)
@example("长" * 24 + "a")
def test_folded_lines_hold_75_octets_and_whole_characters(text: str) -> None:
    pieces = folded("X-TEST:" + text)[:-2].split(b"\r\n ")
    assert len(pieces[0]) <= 75
    assert all(len(piece) <= 74 for piece in pieces[1:])
    assert "".join(piece.decode() for piece in pieces) == "X-TEST:" + text


@given(st.text())
@example("\x1c\x1d\x1e\x85\u2028\u2029\x7f\u202e\u2066")
def test_nothing_that_acts_survives_in_a_value(text: str) -> None:
    for value in (clean(text), clean_lines(text)):
        assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in value)
        assert not set("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff").intersection(value)


def test_a_note_keeps_its_lines_and_loses_its_margins() -> None:
    assert clean_lines("\n第一行  \r\n第二行\r\n\n") == "第一行\\n第二行"


def test_what_looks_like_a_tag_is_not_one_in_a_description() -> None:
    assert clean_lines("<script>x</script> 1<2") == "＜script>x＜/script> 1<2"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        (
            "https://example.org/通知?a=1&b=二#段",
            "https://example.org/%E9%80%9A%E7%9F%A5?a=1&b=%E4%BA%8C#%E6%AE%B5",
        ),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ('https://example.org/"<a b>', "https://example.org/%22%3Ca%20b%3E"),
        ("mailto:union@example.org", "mailto:union@example.org"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https:///", None),
    ],
)
def test_web_addresses_are_ascii_and_lead_nowhere_else(address: str, written: str | None) -> None:
    assert web_address(address) == written
