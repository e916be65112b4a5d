"""Taking edits back and making them again, also in a text that changed meanwhile, and from records of any kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import tomli

from planner.errors import PlanError
from planner.plan.edit import NOTHING, Change, PlanEditor
from tests.plan.test_edit import PLAN, refusal, set_


def change_of(text: str, edit: Callable[[PlanEditor], Any]) -> tuple[str, Change]:
    editor = PlanEditor(text.encode(), "plan.toml")
    edit(editor)
    (change,) = editor.changes
    return editor.text, change


def test_a_value_that_a_person_changed_meanwhile_is_not_touched() -> None:
    text, change = change_of(PLAN, set_("tasks", "apply", "when", "四月"))
    text = text.replace('"四月"', '"五月"')
    error = refusal(text, lambda editor: editor.apply(change.inverse))
    for words in ("plan.toml:13", "when", "apply", '"四月"', '"五月"'):
        assert words in error.message
    assert error.hint
    refusal(PLAN, lambda editor: editor.apply(change.inverse))
    gone = text.replace('when  = "五月"          # 照原话\n', "")
    assert "when" in refusal(gone, lambda editor: editor.apply(change.inverse)).message


def test_a_line_that_a_person_added_or_changed_meanwhile_is_not_touched() -> None:
    text, change = change_of(PLAN, set_("tasks", "apply", "on", "2023-03-08"))
    assert '"2023-03-08"' in refusal(text, lambda editor: editor.apply(change)).message
    other = text.replace('on    = "2023-03-08"', 'on    = "2023-03-09"  # 改了')
    assert "改了" in refusal(other, lambda editor: editor.apply(change.inverse)).message
    refusal(PLAN, lambda editor: editor.apply(change.inverse))
    _text, change = change_of(PLAN, lambda editor: editor.unset("tasks", "apply", "when"))
    assert "三月" in refusal(PLAN, lambda editor: editor.apply(change.inverse)).message


def test_a_task_that_a_person_changed_meanwhile_is_not_taken_out() -> None:
    text, change = change_of(PLAN, lambda e: e.add("tasks", {"id": "new", "title": "新"}, after="apply"))
    other = text.replace('"新"', '"全新"')
    error = refusal(other, lambda editor: editor.apply(change.inverse))
    assert 'title = "新"' in error.message
    assert 'title = "全新"' in error.message
    refusal(text, lambda editor: editor.apply(change))
    refusal(PLAN, lambda editor: editor.apply(change.inverse))
    _text, change = change_of(PLAN, lambda editor: editor.remove("tasks", "review"))
    refusal(PLAN, lambda editor: editor.apply(change.inverse))


def test_what_was_taken_out_comes_back_near_its_place_when_the_surroundings_changed() -> None:
    text, change = change_of(PLAN, lambda editor: editor.unset("tasks", "apply", "when"))
    editor = PlanEditor(text.replace('"申报"', '"申报" # 先'.replace("\n", "")).encode(), "plan.toml")
    editor.apply(change.inverse)
    assert editor.text == PLAN.replace('"申报"', '"申报" # 先')
    text, change = change_of(PLAN, lambda editor: editor.remove("tasks", "review"))
    editor = PlanEditor(text.replace("# 送温暖\n]\n", "# 送温暖\n] # 全\n").encode(), "plan.toml")
    editor.apply(change.inverse)
    assert editor.text.endswith(PLAN[PLAN.index("# 先申报") : PLAN.index("\n# 目标")])
    assert [task["id"] for task in tomli.loads(editor.text)["tasks"]] == ["apply", "visit", "review"]


def test_a_line_taken_from_lines_comes_back_into_braces() -> None:
    _text, change = change_of(PLAN, lambda editor: editor.unset("term", "", "end"))
    editor = PlanEditor(b"term = { start = 2023-02-01 }\n", "plan.toml")
    editor.apply(change.inverse)
    assert editor.text == "term = { start = 2023-02-01, end   = 2023-08-31 }\n"


def test_a_change_holds_in_a_copy_with_other_line_ends() -> None:
    text, change = change_of(PLAN, lambda e: e.add("tasks", {"id": "new", "title": "新"}, after="apply"))
    editor = PlanEditor(text.replace("\n", "\r\n").encode(), "plan.toml")
    editor.apply(change.inverse)
    assert editor.content == PLAN.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        {},
        {"table": "tasks", "id": "apply", "key": "on"},
        {"table": "tasks", "id": "apply", "key": "on", "old": 1, "new": None},
        {"table": 1, "id": "apply", "key": "on", "old": None, "new": "x"},
        {"table": "", "id": "", "key": "", "old": None, "new": "x = 1"},
        {"table": "tasks", "id": "apply", "key": "", "old": "x", "new": "y"},
    ],
)
def test_a_record_that_is_no_change_is_refused(record: Any) -> None:
    with pytest.raises(PlanError):
        Change.from_json(record)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("when", '"三月"', '"四月"\nprivate = true'),
        ("when", '"三月"', '"四月'),
        ("when", '"三月"', '"四月"\n[[tasks]]\nid = "x"'),
        ("on", None, 'on = "x"\nprivate = true\n'),
        ("on", None, 'off = "x"\n'),
        ("on", None, '[tasks.on]\nx = 1\n[[goals]]\nid = "x"\n'),
        ("on", None, "on = [" * 5000),
        ("", None, '[[tasks]]\nid = "x"\n'),
        ("", None, '[[tasks]]\nid = "new"\n[[goals]]\nid = "x"\n'),
        ("", None, 'id = "new"\n'),
        ("", '{ id = "apply" }', None),
        ("id", 'id    = "apply"\n', None),
    ],
)
def test_a_record_changes_nothing_but_the_place_that_it_names(key: str, old: str | None, new: str | None) -> None:
    id_ = "new" if not key and old is None else "apply"
    assert refusal(PLAN, lambda editor: editor.apply(Change("tasks", id_, key, old, new))).hint


@pytest.mark.parametrize(
    "change",
    [
        Change("tasks", "apply", "when", '"三月"', '"四月"\nprivate = true'),
        Change("tasks", "apply", "on", None, 'on = "x"\nprivate = true\n'),
        Change("tasks", "new", "", None, '[[tasks]]\nid = "new"\n[[tasks]]\nid = "x"\n'),
    ],
)
def test_a_record_of_more_than_one_thing_tells_no_value(change: Change) -> None:
    with pytest.raises(PlanError):
        _ = change.new_value


def test_a_change_tells_the_values_it_went_between() -> None:
    _text, change = change_of(PLAN, set_("tasks", "apply", "on", "2023-03-08"))
    assert (change.old_value, change.new_value) == (NOTHING, "2023-03-08")
    _text, change = change_of(PLAN, lambda editor: editor.unset("tasks", "visit", "times"))
    assert (change.old_value, change.new_value) == ({"every": "month", "least": 1}, NOTHING)
    _text, change = change_of(PLAN, lambda editor: editor.remove("goals", "care"))
    assert change.old_value == {"id": "care", "title": "送温暖"}
    text = 'term.start = 2023-02-01\ntasks = [{ id = "a" }, { id = "b" }]\n'
    _text, change = change_of(text, lambda editor: editor.unset("term", "", "start"))
    assert change.old_value == date(2023, 2, 1)
    _text, change = change_of(text, lambda editor: editor.remove("tasks", "b"))
    assert change.old_value == {"id": "b"}
