"""The journal as JSON Lines: nothing is lost on the way there and back, and every wrong line is told with its place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from planner.diagnostics import render
from planner.errors import UsageError
from planner.journal.data import DEEPEST, data_text, strict_json
from planner.journal.entry import Entry, new_id, time_text
from planner.journal.lines import FIELDS, parse_lines, read_lines, to_bytes, to_line
from planner.journal.store import MemoryStore
from tests.conftest import ROOT
from tests.journal.contract import START, entry, nested

EARLIEST, LATEST = START.replace(year=1970, tzinfo=None), START.replace(year=2999, tzinfo=None)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
anything = st.text(max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
entries = st.builds(
    Entry,
    id=st.integers(0, 50).map(lambda n: new_id(START, lambda bits: n & ((1 << bits) - 1))),
    time=st.datetimes(EARLIEST, LATEST).map(lambda naive: time_text(naive.replace(tzinfo=START.tzinfo))),
    author=texts,
    plan=texts.filter(bool),
    kind=st.sampled_from(["status", "note", "row", "of-tomorrow"]),
    data=st.dictionaries(texts, values, max_size=4),
    task=texts,
    occurrence=st.none() | texts,
    branch=texts,
)


def unique(made: list[Entry]) -> list[Entry]:
    return list({one.id: one for one in made}.values())


@given(st.lists(entries, max_size=6).map(unique))
def test_what_was_written_is_read(made: list[Entry]) -> None:
    lines = to_bytes(made).decode().split("\n")
    reading = parse_lines(lines, "f")
    assert reading.entries == made
    assert reading.diagnostics == ()
    assert len(lines) == len(made) + 1
    # 1 == True == 1.0 in Python; in a journal they are not the same
    assert to_bytes(reading.entries) == to_bytes(made)


@given(st.lists(entries, max_size=8).map(unique), st.data())
def test_bringing_copies_together_is_a_union(made: list[Entry], data: st.DataObject) -> None:
    parts = [data.draw(st.lists(st.sampled_from(made), max_size=8)) if made else [] for _copy in range(3)]

    def merged(*copies: list[Entry]) -> bytes:
        store = MemoryStore()
        for copy in copies:
            store.append(copy)
        return to_bytes(store.entries())

    a, b, c = parts
    assert merged(a, b, c) == merged(c, b, a) == merged(b, a, a, c, b)


@given(anything | st.from_regex(r"[\[{][\[{\]}\",:0-9\\ua-f]*", fullmatch=True))
def test_no_line_is_a_crash(line: str) -> None:
    reading = parse_lines([line], "f")
    assert len(reading.entries) + len(reading.diagnostics) == (1 if line.strip() else 0)
    for found in reading.diagnostics:
        assert render(found)
        assert found.hint


@given(values)
def test_data_has_one_spelling(value: Any) -> None:
    text = data_text(value)
    assert "\n" not in text
    assert data_text(strict_json(text)) == text == data_text(json.loads(text))


def test_a_line_shows_what_people_look_for_first() -> None:
    made = entry(id="01869a77-fc00-709b-b120-5a6aa2cffbb1", data={"b": "“体检”", "a": 1}, occurrence="2023-03")
    assert to_line(made) == (
        '{"id": "01869a77-fc00-709b-b120-5a6aa2cffbb1", "time": "2023-03-08T06:00:00.000Z", "author": "李老师", '
        '"plan": "plan-1", "task": "health-check", "occurrence": "2023-03", "branch": "", "kind": "status", '
        '"data": {"a":1,"b":"“体检”"}}'
    )
    assert tuple(json.loads(to_line(made))) == FIELDS


MADE = [entry(1), entry(2, occurrence="3月", data={"text": "“体检”\n🎋"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n  \n"])
def test_what_editors_and_shells_make_of_a_file_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.jsonl"
    text = end.join(to_bytes(MADE).decode().splitlines())
    path.write_bytes(text.encode(encoding))
    assert read_lines(path) == (MADE, ())


def test_what_may_be_left_out_and_what_stands_twice() -> None:
    bare = {"id": MADE[0].id, "time": MADE[0].time, "author": "", "plan": "p", "kind": "note", "data": {}}
    read = parse_lines([json.dumps(bare), to_line(MADE[1]), to_line(MADE[1])], "f")
    assert read == ([Entry(**bare), MADE[1]], ())  # type: ignore[arg-type]


def line(**changes: Any) -> str:
    """A line with some fields as they must not be; None: left out."""
    fields = {**json.loads(to_line(MADE[0])), **changes}
    return json.dumps({name: value for name, value in fields.items() if value is not ...}, ensure_ascii=False)


GOOD = line()
WRONG = {
    "J101 damaged characters": (line(author="李") .replace("李", "\udce6"), '\udce6'),
    "J102 cut off": (GOOD[:-9], ""),
    "J102 no JSON": ("这是总结", "这"),
    "J102 a number that is none": (GOOD.replace('"done"', "NaN"), "{"),
    "J102 a number too large": (GOOD.replace('"done"', "1e999"), "{"),
    "J102 a key twice": (GOOD.replace('"status": "done"', '"a": 1, "a": 2'), "{"),
    "J102 digits without end": (GOOD.replace('"done"', "9" * 5000), "{"),
    "J102 brackets without end": (GOOD.replace('"done"', "[" * 100_000), "{"),
    "J102 brackets too deep": (GOOD.replace('"done"', "[" * DEEPEST + "]" * DEEPEST), "{"),
    "J103 a list": ("[1]", "["),
    "J104 no author": (line(author=...), "{"),
    "J105 id": (line(id="7"), '"7"'),
    "J105 time": (line(time="2023-03-08 14:00"), '"2023-03-08 14:00"'),
    "J105 time of no day": (line(time="2023-02-29T00:00:00.000Z"), '"2023-02-29T00:00:00.000Z"'),
    "J105 task": (line(task=7), "7"),
    "J105 occurrence": (line(occurrence=False), "false"),
    "J105 no plan": (line(plan=""), '""'),
    "J105 data": (line(data=[1, 2]), "[1"),
    "J105 half a character in data": (GOOD.replace('"done"', '"\\ud800"'), "{"),
    "J106 another field": (line(mood="good"), '"mood"'),
    "J107 the same id": (line(author="别人"), f'"{MADE[0].id}"'),
    "J108 a line of megabytes": (line(author="字" * (1 << 20)), ""),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_line_is_told_with_its_place_and_a_hint(what: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    wrong, marked = WRONG[what]
    path.write_bytes("\n".join([GOOD, wrong, GOOD]).encode(errors="surrogateescape"))
    (found,) = read_lines(path).diagnostics
    assert found.source
    assert (found.code, found.source.file, found.source.line) == (what[:4], str(path), 2)
    assert found.source.text[found.source.column - 1 :].startswith(marked)
    assert found.hint
    assert len(render(found)) < 2000


def test_every_wrong_line_is_told_in_one_run() -> None:
    wrong = [text for text, _marked in WRONG.values()]
    found = parse_lines([GOOD, *wrong, GOOD], "f").diagnostics
    expected = [what[:4] for what in WRONG]
    assert [d.code for d in found][:-1] == expected[:-1]
    assert [d.source.line for d in found if d.source] == list(range(2, len(wrong) + 2))


def test_of_a_wrong_file_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd9 \n" * 100_000)
    found = read_lines(path).diagnostics
    assert len(found) == 51
    assert found[-1].code == "J109"
    path.write_bytes(b"[" * 10_000_000)
    assert [d.code for d in read_lines(path).diagnostics] == ["J108"]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.jsonl"):
        with pytest.raises(UsageError, match=path.name):
            read_lines(path)
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfea")
    with pytest.raises(UsageError, match="odd"):
        read_lines(tmp_path / "odd.jsonl")


def test_every_code_is_explained_and_has_its_wrong_line() -> None:
    source = (ROOT / "planner" / "journal" / "lines.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    used = set(re.findall(r'"(J\d{3})"', source))
    assert used == {what[:4] for what in WRONG} | {"J109"}
    assert used == set(re.findall(r"^\| (J\d{3}) \|", page, re.MULTILINE))


def test_nesting_has_an_end_wherever_it_is_counted() -> None:
    assert data_text(nested(DEEPEST - 1)) == "[" * DEEPEST + "]" * DEEPEST
    for depth in (DEEPEST, 500, 5000):
        with pytest.raises(ValueError, match=r"deep|recursion"):
            data_text(nested(depth))
    assert strict_json(json.dumps(["[" * 100])) == ["[" * 100]
