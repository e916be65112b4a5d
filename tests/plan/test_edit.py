"""Editing a plan's text: what changes, what stays, what is refused, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import tomli
from hypothesis import given, strategies as st

from planner.errors import PlanError
from planner.plan.edit import Change, PlanEditor
from planner.plan.exact_text import exact_text
from planner.plan.source import decode

PLAN = """\
id    = "p"
title = "计划"

[term]
start = 2023-02-01
end   = 2023-08-31   # 含

# 三月

[[tasks]]
id    = "apply"
title = "申报"
when  = "三月"          # 照原话
goals = [
    "care",   # 送温暖
]

# 先申报，后评比
[[tasks]]
id    = "review"
title = "评比"
needs = ["apply"]
# place = "报告厅"

# 目标

[[goals]]
id = "care"
title = "送温暖"

[[tasks]]
id    = "visit"
title = "走访"

[tasks.times]
every = "month"
least = 1
"""
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])


def edited(text: str, edit: Callable[[PlanEditor], Any]) -> str:
    """The text after an edit, which can be taken back and made again to the same bytes."""
    editor = PlanEditor(text.encode(), "plan.toml")
    edit(editor)
    after = editor.content
    for change in reversed(editor.changes[:]):
        editor.apply(Change.from_json(change.to_json()).inverse)
    assert editor.content == text.encode()
    for change in editor.changes[: len(editor.changes) // 2]:
        editor.apply(change)
    assert editor.content == after
    return after.decode()


def set_(table: str, id_: str, key: str, value: Any) -> Callable[[PlanEditor], None]:
    return lambda editor: editor.set(table, id_, key, value)


def refusal(text: str, edit: Callable[[PlanEditor], Any]) -> PlanError:
    """The error that an edit ends with; nothing has changed then."""
    editor = PlanEditor(text.encode(), "plan.toml")
    with pytest.raises(PlanError) as caught:
        edit(editor)
    assert editor.content == text.encode()
    assert editor.changes == []
    assert editor.get("") == tomli.loads(text)
    return caught.value


# Single values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value", "old", "new"),
    [
        (("tasks", "apply", "when"), "四月", '"三月"   ', '"四月"   '),
        (("tasks", "apply", "goals"), ["a", "b"], '[\n    "care",   # 送温暖\n]', '["a", "b"]'),
        (("term", "", "end"), date(2023, 7, 31), "2023-08-31   # 含", "2023-07-31   # 含"),
        (("", "", "title"), "新的", '"计划"', '"新的"'),
        (("goals", "care", "title"), "关爱", '"送温暖"', '"关爱"'),
    ],
)
def test_a_value_is_replaced_where_it_stands_and_the_comment_behind_it_stays(
    place: tuple[str, str, str], value: Any, old: str, new: str
) -> None:
    assert PLAN.count(old) == 1
    assert edited(PLAN, set_(*place, value)) == PLAN.replace(old, new)


def test_a_new_key_stands_where_people_look_for_it_with_its_sign_below_the_others() -> None:
    after = edited(PLAN, set_("tasks", "apply", "on", "2023-03-08"))
    assert after == PLAN.replace("# 照原话\n", '# 照原话\non    = "2023-03-08"\n')
    after = edited(PLAN, set_("tasks", "review", "place", "报告厅"))
    assert after == PLAN.replace('"评比"\n', '"评比"\nplace = "报告厅"\n')
    after = edited(PLAN, set_("tasks", "apply", "private", True))  # noqa: FBT003  the value
    assert after == PLAN.replace("温暖\n]\n", "温暖\n]\nprivate = true\n")  # too long for the column
    after = edited(PLAN, set_("goals", "care", "duties", ["维护"]))
    assert after == PLAN.replace('"送温暖"\n', '"送温暖"\nduties = ["维护"]\n')  # there is no column
    after = edited(PLAN, set_("", "", "organization", "工会"))
    assert after == PLAN.replace('"计划"\n', '"计划"\norganization = "工会"\n')


def test_a_key_before_all_others_stands_directly_below_the_header() -> None:
    text = '[[tasks]]  # 一\n  title = "一"\n  id = "a"\n\n[term]\n# 说明\nend = 2023-08-31'
    assert edited(text, set_("term", "", "start", date(2023, 2, 1))) == text.replace(
        "[term]\n", "[term]\nstart = 2023-02-01\n"
    )
    text = '# 头\n\ntitle = "一"\n'
    assert edited(text, set_("", "", "id", "p")) == '# 头\n\nid    = "p"\ntitle = "一"\n'


def test_a_key_that_the_format_does_not_know_stands_last() -> None:
    assert edited(PLAN, set_("goals", "care", "自己的", 1)) == PLAN.replace('"送温暖"\n', '"送温暖"\n"自己的" = 1\n')


def test_a_key_goes_with_its_line_and_only_that() -> None:
    after = edited(PLAN, lambda editor: editor.unset("tasks", "apply", "when"))
    assert after == PLAN.replace('when  = "三月"          # 照原话\n', "")
    after = edited(PLAN, lambda editor: editor.unset("tasks", "apply", "goals"))
    assert after == PLAN.replace('goals = [\n    "care",   # 送温暖\n]\n', "")
    after = edited(PLAN, lambda editor: editor.unset("tasks", "visit", "times"))
    assert after == PLAN.replace('\n[tasks.times]\nevery = "month"\nleast = 1\n', "")


@pytest.mark.parametrize(
    ("value", "changes"),
    [("申报", 0), ("申 报", 1), (1, 1)],
)
def test_an_equal_value_is_no_change(value: Any, changes: int) -> None:
    editor = PlanEditor(PLAN.encode(), "plan.toml")
    editor.set("tasks", "apply", "title", value)
    editor.unset("tasks", "apply", "place")
    editor.unset("dates", "", "around")
    assert len(editor.changes) == changes


def test_true_is_not_one_and_one_is_not_one_point_nought() -> None:
    for text, value, source in (
        ("x = 1\n", True, "x = true\n"),
        ("x = 1\n", 1.0, "x = 1.0\n"),
        ("x = [true]\n", [1], "x = [1]\n"),
        ("x = 2023-03-08\n", "2023-03-08", 'x = "2023-03-08"\n'),
        ("x = { a = 1 }\n", {"a": 1.0}, "x = { a = 1.0 }\n"),
    ):
        assert edited(text, set_("", "", "x", value)) == source


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (
            '他说"好"，\\ 走\n\t\x00\x7f\x85\u2028\u202e',
            '"他说\\"好\\"，\\\\ 走\\n\\t\\u0000\\u007f\\u0085\\u2028\\u202e"',
        ),
        ("“一会一品”🎉 é", '"“一会一品”🎉 é"'),
        (["a", "b"], '["a", "b"]'),
        (("a",), '["a"]'),
        ([], "[]"),
        ({}, "{}"),
        ({"every": "month", "least": 1}, '{ every = "month", least = 1 }'),
        (["a", {"task": "b", "lag": "7d"}], '["a", { task = "b", lag = "7d" }]'),
        ({"键 名": [1, [2.5]]}, '{ "键 名" = [1, [2.5]] }'),
        (-7, "-7"),
        (1e22, "1e+22"),
        (float("-inf"), "-inf"),
        (float("nan"), "nan"),
        (False, "false"),
        (date(2023, 3, 8), "2023-03-08"),
        (time(14, 0), "14:00:00"),
        (datetime.fromisoformat("2023-03-08T14:00:00+08:00"), "2023-03-08T14:00:00+08:00"),
    ],
)
def test_values_are_written_as_plans_write_them(value: Any, source: str) -> None:
    assert edited("a = 1\n", set_("", "", "x", value)) == f"a = 1\nx = {source}\n"
    assert edited("a = 1\nx = 'y' # z\n", set_("", "", "x", value)) == f"a = 1\nx = {source} # z\n"


@pytest.mark.parametrize("value", ["半个\ud83c", {"\udc80": 1}, [None], object(), b"x"])
def test_what_toml_cannot_say_is_refused(value: Any) -> None:
    assert refusal(PLAN, set_("tasks", "apply", "note", value)).hint


# Tables in one line, in pieces, and missing ---------------------------------------------------------------------------


def test_a_table_in_one_line_is_edited_inside_of_its_braces() -> None:
    text = 'id = "p"\nterm = { start = 2023-02-01, week1 = 2023-02-13 }  # 学期\n'
    for key, value, after in (
        ("end", date(2023, 8, 31), "{ start = 2023-02-01, end = 2023-08-31, week1 = 2023-02-13 }"),
        ("week1", date(2023, 2, 20), "{ start = 2023-02-01, week1 = 2023-02-20 }"),
        ("workdays", [], "{ start = 2023-02-01, week1 = 2023-02-13, workdays = [] }"),
    ):
        assert edited(text, set_("term", "", key, value)) == f'id = "p"\nterm = {after}  # 学期\n'
    after = edited(text, lambda editor: editor.unset("term", "", "start"))
    assert after == 'id = "p"\nterm = { week1 = 2023-02-13 }  # 学期\n'
    after = edited(text, lambda editor: editor.unset("term", "", "week1"))
    assert after == 'id = "p"\nterm = { start = 2023-02-01 }  # 学期\n'
    assert edited(text, lambda editor: editor.remove("term", "")) == 'id = "p"\n'


@pytest.mark.parametrize(("braces", "after"), [("{}", "{ around = 3 }"), ("{ }", "{ around = 3 }")])
def test_an_empty_table_in_one_line_takes_its_first_key(braces: str, after: str) -> None:
    assert edited(f"dates = {braces} # 日期\n", set_("dates", "", "around", 3)) == f"dates = {after} # 日期\n"
    assert edited("dates = { around = 3 }", lambda e: e.unset("dates", "", "around")) == "dates = { }"


def test_a_key_before_the_first_in_one_line() -> None:
    after = edited("term = { end = 2023-08-31 }\n", set_("term", "", "start", date(2023, 2, 1)))
    assert after == "term = { start = 2023-02-01, end = 2023-08-31 }\n"


def test_a_table_in_braces_over_several_lines_keeps_its_lines_and_comments() -> None:
    text = "term = {\n  start = 2023-02-01, # 开学\n  end = 2023-08-31, # 放假\n}\n"
    after = edited(text, set_("term", "", "week1", date(2023, 2, 13)))
    assert after == text.replace("放假\n", "放假\n  week1 = 2023-02-13,\n")
    after = edited(text, set_("term", "", "id", 1))
    assert after == text.replace("放假\n", "放假\n  id = 1,\n")
    after = edited(text, lambda editor: editor.unset("term", "", "start"))
    assert after == text.replace("  start = 2023-02-01, # 开学\n", "")
    text = text.replace("08-31, #", "08-31 #")
    assert edited(text, lambda e: e.unset("term", "", "end")) == text.replace("  end = 2023-08-31 # 放假\n", "")


def test_a_table_of_dotted_keys_gets_one_more() -> None:
    text = 'id = "p"\nterm.start = 2023-02-01\nterm.end = 2023-08-31\ntitle = "计划"\n'
    assert edited(text, set_("term", "", "week1", date(2023, 2, 13))) == text.replace(
        "08-31\n", "08-31\nterm.week1 = 2023-02-13\n"
    )
    assert edited(text, set_("term", "", "end", date(2023, 7, 31))) == text.replace("08-31", "07-31")
    assert edited(text, lambda e: e.unset("term", "", "start")) == text.replace("term.start = 2023-02-01\n", "")


def test_the_only_dotted_key_of_a_table_can_go_and_come_back() -> None:
    text = '# 头\nid = "p"\nterm.start = 2023-02-01\ntitle = "计划"\n'
    assert edited(text, lambda e: e.unset("term", "", "start")) == text.replace("term.start = 2023-02-01\n", "")


def test_a_value_in_pieces_is_written_anew_on_one_line() -> None:
    line = 'times = { every = "week", least = 2 }\n'
    wish = set_("tasks", "visit", "times", {"every": "week", "least": 2})
    after = edited(PLAN, wish)
    assert after == PLAN.replace('"走访"\n\n[tasks.times]\nevery = "month"\nleast = 1\n', f'"走访"\n{line}')
    text = '[[tasks]]\nid = "visit"\ntimes.every = "month"\ntimes.least = 1\nnote = "x"\n'
    assert edited(text, wish) == f'[[tasks]]\nid = "visit"\n{line}note = "x"\n'


def test_a_value_in_scattered_pieces_is_left_to_a_person() -> None:
    text = '[[tasks]]\nid = "a"\ntimes.every = "month"\nnote = "x"\ntimes.least = 1\n'
    error = refusal(text, set_("tasks", "a", "times", {}))
    assert "plan.toml:3" in error.message
    assert error.hint is not None
    text = '[[tasks]]\nid = "a"\n[[goals]]\nid = "g"\n[tasks.times]\nevery = "month"\n'
    assert "plan.toml:1" in refusal(text, lambda editor: editor.remove("tasks", "a")).message
    assert edited(text, lambda editor: editor.remove("goals", "g")) == text.replace('[[goals]]\nid = "g"\n', "")


def test_a_table_that_is_missing_is_added_where_the_format_has_it() -> None:
    after = edited(PLAN, set_("dates", "", "around", 3))
    assert after == PLAN.replace("# 含\n", "# 含\n\n[dates]\naround = 3\n")
    assert edited('id = "p"', set_("term", "", "start", 1)) == 'id = "p"\n\n[term]\nstart = 1'
    assert edited("[ical]\nx = 1\n", set_("calendar", "", "y", 1)) == "[ical]\nx = 1\n\n[calendar]\ny = 1\n"


def test_a_table_of_its_own_can_be_removed() -> None:
    after = edited(PLAN, lambda editor: editor.remove("term", ""))
    assert after == PLAN.replace("[term]\nstart = 2023-02-01\nend   = 2023-08-31   # 含\n\n", "")


# Files as they are ----------------------------------------------------------------------------------------------------


def test_line_ends_stay_as_they_are_and_new_ones_are_like_their_neighbours() -> None:
    text = 'id = "p"\n[[tasks]]\r\nid = "a"\r\ntitle = "一"\n\n[[tasks]]\nid = "b"\n'
    assert edited(text, set_("tasks", "a", "on", "x")) == text.replace('"一"\n', '"一"\non = "x"\n')
    text = text.replace('"一"\n', '"一"\r\n')
    assert edited(text, set_("tasks", "a", "on", "x")) == text.replace('"一"\r\n', '"一"\r\non = "x"\r\n')
    assert edited(text, lambda e: e.unset("tasks", "a", "title")) == text.replace('title = "一"\r\n', "")
    after = edited(text, lambda e: e.add("tasks", {"id": "c"}, after="a"))
    assert after == text.replace('"一"\r\n', '"一"\r\n\r\n[[tasks]]\r\nid = "c"\r\n')


def test_a_file_without_a_final_line_end_keeps_none() -> None:
    text = '[[tasks]]\nid = "a"'
    assert edited(text, set_("tasks", "a", "title", "一")) == text + '\ntitle = "一"'
    assert edited(text, lambda e: e.add("tasks", {"id": "b"})) == text + '\n\n[[tasks]]\nid = "b"'
    assert edited(text + "\r\nx = 1", lambda e: e.unset("tasks", "a", "x")) == text + "\r\n"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"", "gb18030"),
        (b"\x84\x31\x95\x33", "gb18030"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\xff\xfe", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_a_file_stays_in_the_encoding_that_it_has(mark: bytes, codec: str, end: str) -> None:
    before = mark + PLAN.replace("\n", end).encode(codec)
    editor = PlanEditor(before, "plan.toml")
    editor.set("tasks", "apply", "place", "报告厅🎉")
    new = f'place = "报告厅🎉"{end}goals = ['.encode(codec)
    assert editor.content == before.replace("goals = [".encode(codec), new)
    editor.apply(editor.changes[0].inverse)
    assert editor.content == before


@given(st.one_of(st.binary(max_size=40), st.text("三=\"'#a\n\r\ufeff\x85é🎉", max_size=20).map(str.encode)), CODECS)
def test_whatever_can_be_read_is_written_back_to_the_byte(data: bytes, codec: str) -> None:
    for content in (data, data.decode("utf-8", "ignore").encode(codec)):
        if decode("plan.toml", content).text:
            assert exact_text("plan.toml", content).encode() == content
            continue
        with pytest.raises(PlanError):
            exact_text("plan.toml", content)


@pytest.mark.parametrize("data", [b"", b"id = ", b"\x89PNG\r\n\x1a\n\0", b"x = " + b"[" * 5000, b"x = 1\nx = 2\n"])
def test_what_is_no_plan_cannot_be_edited(data: bytes) -> None:
    with pytest.raises(PlanError) as caught:
        PlanEditor(data, "plan.toml")
    assert "plan.toml" in caught.value.message
    assert caught.value.hint


def test_keys_and_headers_in_quotes_are_the_same_keys() -> None:
    text = '[["tasks"]]\n"id" = \'a\'\n"\\u0074itle" = "一"\n'
    assert edited(text, set_("tasks", "a", "title", "二")) == text.replace('"一"', '"二"')
