"""Where keys and values stand, held against what tomli reads at the same places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tomli
from hypothesis import given, settings, strategies as st

from planner.plan.positions import Path, Positions, inside
from planner.plan.source import Span

PLAN = """\
id = "p"   # 编号

[term]
start = 2023-02-01
breaks = [ { title = "暑假", start = 2023-07-01 }, { title = "寒假 ] [[tasks]]" } ]

[[tasks]]
id = "a"
note = \"\"\"
[[tasks]]
id = "不是任务"
\"\"\"

[[tasks]]
id = "b"
goals = [
    "rights",   # ["这是注释"]
    "care",
]
expect = { people = "12人", more.budget = "5元" }

[ical.colors]
rights = "red"
"""


def characters(text: str, *path: str | int, key: bool = False) -> str:
    entry = Positions(text).find(path)
    assert entry is not None, path
    return text[slice(*(entry.key if key else entry.value))]


def test_a_value_is_found_by_its_path() -> None:
    assert characters(PLAN, "id") == '"p"'
    assert characters(PLAN, "term", "start") == "2023-02-01"
    assert characters(PLAN, "term", "breaks", 1, "title") == '"寒假 ] [[tasks]]"'
    assert characters(PLAN, "tasks", 1, "id") == '"b"'
    assert characters(PLAN, "tasks", 1, "goals", 1) == '"care"'
    assert characters(PLAN, "tasks", 1, "expect", "more", "budget") == '"5元"'
    assert characters(PLAN, "ical", "colors", "rights") == '"red"'


def test_a_key_is_found_by_its_path() -> None:
    assert characters(PLAN, "tasks", 1, "goals", key=True) == "goals"
    assert characters(PLAN, "tasks", 1, "expect", "people", key=True) == "people"
    assert characters(PLAN, "tasks", 1, "expect", "more", "budget", key=True) == "more.budget"


def test_a_table_is_found_at_its_header() -> None:
    assert characters(PLAN, "term") == "[term]"
    assert characters(PLAN, "tasks", 1) == "[[tasks]]"


def test_a_table_without_a_header_of_its_own_is_found_at_the_first_inside_of_it() -> None:
    assert characters(PLAN, "ical") == "[ical.colors]"
    assert Positions(PLAN).find(("tasks",)) == Positions(PLAN).find(("tasks", 0))
    assert characters(PLAN, "tasks", 1, "expect", "more") == "more.budget"


def test_what_is_missing_is_looked_for_at_the_table_that_lacks_it() -> None:
    assert characters(PLAN, "tasks", 1, "title") == "[[tasks]]"
    assert characters(PLAN, "tasks", 1, "goals", 7) == characters(PLAN, "tasks", 1, "goals")
    assert Positions(PLAN).find(("title",)) is None
    assert Positions("").find(("title",)) is None


def test_a_table_reaches_from_its_header_to_the_next() -> None:
    table = Positions(PLAN).table(("tasks", 0))
    assert table is not None
    assert PLAN[slice(*table)].startswith('[[tasks]]\nid = "a"')
    assert PLAN[table.end :].startswith('[[tasks]]\nid = "b"')
    root = Positions(PLAN).table(())
    assert root == Span(0, PLAN.index("[term]"))
    assert Positions(PLAN).table(("nowhere",)) is None


def test_a_key_with_escapes_is_the_key_that_they_mean() -> None:
    assert characters('"\\u0069d" = 1\n', "id") == "1"
    assert characters('["a\\"b"]\nx = 1\n', 'a"b', "x") == "1"


def test_the_lines_of_a_table_are_told_in_their_order_and_without_what_is_inside_of_them() -> None:
    text = '[t]\nb.c = 1\na = { x = [ 1 ] } # y = 2\n"d" = [\n  2,\n]\n[u]\n'
    positions = Positions(text)
    assert list(positions.sections) == [(), ("t",), ("u",)]
    assert [(pair.path, text[slice(*pair.value)]) for pair in positions.pairs(("t",))] == [
        (("b", "c"), "1"),
        (("a",), "{ x = [ 1 ] }"),
        (("d",), "[\n  2,\n]"),
    ]
    assert positions.pairs(()) == positions.pairs(("u",)) == []


def test_what_stands_inside_of_brackets_is_told_and_where_they_close() -> None:
    text = "t = { a = [ 1, [2] ], b.c = '}' }"
    pairs, end = inside(text, text.index("{"))
    assert [(pair.path, text[slice(*pair.value)]) for pair in pairs] == [(("a",), "[ 1, [2] ]"), (("b", "c"), "'}'")]
    assert end == len(text) - 1
    pairs, end = inside(text, text.index("["))
    assert [(pair.path, text[slice(*pair.key)]) for pair in pairs] == [((0,), "1"), ((1,), "[2]")]
    assert text[end:].startswith("], b.c")
    assert inside("x = [ # ]\n]", 4) == ([], 10)


# Documents of every shape that TOML has -------------------------------------------------------------------------------

WORDS = ["任务", "[[tasks]]", "]", "[", "{", "}", "#", "=", ",", "id = 1", " ", "“”", "x", "é", "🎉"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map("".join)


def _basic(text: str) -> str:
    return f'"{text}\\"\\\\\\u4efb"'


def _long(quote: str) -> st.SearchStrategy[str]:
    inner = st.lists(st.sampled_from([*WORDS, "\n", "\n[[tasks]]\n", quote, quote * 2 + " ", "'", '"'])).map("".join)
    return inner.filter(lambda text: quote * 3 not in text).map(lambda text: quote * 3 + text + quote * 3)


LAYOUT = st.sampled_from(["", " ", "\n", "  # [ \"'{ 注释\n", "\n\n\t"])
STRINGS = st.one_of(
    TEXTS.map(_basic), TEXTS.map(lambda text: f"'{text}\\\"'"), _long('"'), _long("'"), st.just('""'), st.just("''")
)
SCALARS = st.one_of(
    STRINGS,
    st.sampled_from(["1", "-7", "+1_000", "0xff", "1.5", "6e-3", "true", "false"]),
    st.sampled_from(["2023-03-08", "2023-03-08 14:00:00", "2023-03-08T14:00:00+08:00", "14:00:00"]),
)
NAMES = ["id", "title", "a-b_1", '"k [x] = #"', "'k\"]'", '"任务"', '""', "7"]
KEYS = st.one_of(
    st.sampled_from(NAMES),
    st.tuples(st.sampled_from(["dot", "'d.t'"]), st.sampled_from([".", " . "]), st.sampled_from(NAMES)).map("".join),
)


def _array(parts: list[tuple[str, str]]) -> str:
    return "[" + ",".join(before + value + before for before, value in parts) + "]"


def _inline(parts: list[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in parts) + " }"


def _pairs(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(KEYS, values), max_size=4, unique_by=lambda pair: pair[0].replace(" . ", "."))


VALUES = st.recursive(
    SCALARS,
    lambda values: st.one_of(
        st.lists(st.tuples(LAYOUT, values), max_size=4).map(_array),
        _pairs(values).map(_inline),
    ),
    max_leaves=6,
)
BODIES = st.tuples(_pairs(VALUES), st.sampled_from(["", "\n", "# [[x]] \"' [\n"])).map(
    lambda body: "".join(f"{body[1]}{key} = {value}  # '\n" for key, value in body[0])
)
HEADERS = ["[term]", "[a.b]", '[ x . "y [z]" ]', "[[tasks]]", "  [[tasks]] # [", "[[goals]]", "[[goals.parts]]"]


@st.composite
def documents(draw: st.DrawFn) -> str:
    parts = [draw(BODIES)]
    seen = set()
    for header in draw(st.lists(st.sampled_from(HEADERS), max_size=6)):
        if header == "[[goals.parts]]" and "[[goals]]" not in seen:
            continue
        if "[[" in header or header not in seen:
            seen.add(header)
            parts.append(f"{header}\n{draw(BODIES)}")
    return "".join(parts)


def everything(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path in parsed TOML with its value."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from everything(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from everything(inner, (*path, number))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_the_characters_found_for_every_path_mean_the_value_that_stands_there(text: str) -> None:
    positions = Positions(text)
    for path, value in everything(tomli.loads(text)):
        entry = positions.find(path)
        assert entry is not None, path
        found = text[slice(*entry.value)]
        by_header = isinstance(value, dict) and found.startswith("[")
        if by_header or (entry.key == entry.value and not isinstance(path[-1], int)):
            assert isinstance(value, dict) or all(isinstance(inner, dict) for inner in value)
            assert "." in found or not text[: entry.value.start].rpartition("\n")[2].strip()
        else:
            assert tomli.loads(f"x = {found}") == {"x": value}, path
