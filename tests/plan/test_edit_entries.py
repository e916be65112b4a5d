"""Adding and removing whole entries, ids, several edits at once, and the real plan."""

from __future__ import annotations

from datetime import date

import pytest
import tomli

from planner.errors import PlanError
from planner.plan.edit import PlanEditor
from tests.conftest import SPRING
from tests.plan.test_edit import PLAN, edited, refusal, set_

# Whole entries --------------------------------------------------------------------------------------------------------


def test_a_new_task_stands_behind_the_last_with_a_blank_line_between() -> None:
    after = edited(PLAN, lambda e: e.add("tasks", {"private": True, "title": "新", "id": "new"}))
    assert after == PLAN + '\n[[tasks]]\nid      = "new"\ntitle   = "新"\nprivate = true\n'


def test_a_new_task_stands_behind_the_one_named_and_all_that_belongs_to_it() -> None:
    block = '\n[[tasks]]\nid    = "new"\ntitle = "新"\n'
    new = {"id": "new", "title": "新"}
    assert edited(PLAN, lambda e: e.add("tasks", new, after="apply")) == PLAN.replace("暖\n]\n", f"暖\n]\n{block}")
    after = edited(PLAN, lambda e: e.add("tasks", new, after="review"))
    assert after == PLAN.replace('"报告厅"\n', f'"报告厅"\n{block}')
    goals = '\n[[goals]]\nid = "new"\ntitle = "新"\n'  # as the last goal: no column
    assert edited(PLAN, lambda e: e.add("goals", new)) == PLAN.replace('= "送温暖"\n', f'= "送温暖"\n{goals}')


def test_a_new_entry_keeps_its_distance_from_what_follows_directly() -> None:
    text = '[[tasks]]\nid = "a"\n# 下一节\n[[tasks]]\nid = "c"\n'
    after = edited(text, lambda e: e.add("tasks", {"id": "b"}, after="a"))
    assert after == '[[tasks]]\nid = "a"\n\n[[tasks]]\nid = "b"\n\n# 下一节\n[[tasks]]\nid = "c"\n'


def test_the_first_entry_of_its_kind_stands_where_the_format_has_it() -> None:
    after = edited(PLAN, lambda e: e.add("branches", {"id": "b", "name": "一"}))
    assert after == PLAN.replace('= "送温暖"\n', '= "送温暖"\n\n[[branches]]\nid   = "b"\nname = "一"\n')
    assert edited('id = "p"\n', lambda e: e.add("tasks", {"id": "a"})) == 'id = "p"\n\n[[tasks]]\nid = "a"\n'


def test_a_removed_task_takes_its_comments_and_one_blank_line_with_it() -> None:
    after = edited(PLAN, lambda editor: editor.remove("tasks", "review"))
    start, end = PLAN.index("# 先申报"), PLAN.index("# 目标")
    assert after == PLAN[:start] + PLAN[end:]
    after = edited(PLAN, lambda editor: editor.remove("tasks", "apply"))
    start, end = PLAN.index('[[tasks]]\nid    = "apply"'), PLAN.index("# 先申报")
    assert after == PLAN[:start] + PLAN[end:]
    after = edited(PLAN, lambda editor: editor.remove("tasks", "visit"))
    assert after == PLAN[: PLAN.index('\n[[tasks]]\nid    = "visit"')]
    after = edited(PLAN, lambda editor: editor.remove("goals", "care"))
    assert after == PLAN.replace('[[goals]]\nid = "care"\ntitle = "送温暖"\n\n', "")


def test_a_last_line_of_a_text_that_looks_like_a_comment_is_none() -> None:
    text = '[[tasks]]\nid = "a"\nnote = """\n# 一"""\n[[tasks]]\nid = "b"\n'
    assert edited(text, lambda editor: editor.remove("tasks", "b")) == text[: text.rindex("[[tasks]]")]


def test_tasks_in_one_array_are_edited_inside_of_its_brackets() -> None:
    text = 'tasks = [ { id = "a", title = "一" }, { id = "b" } ]\n\n[term]\n'
    assert edited(text, set_("tasks", "b", "title", "二")) == text.replace('"b" }', '"b", title = "二" }')
    assert edited(text, lambda e: e.unset("tasks", "a", "title")) == text.replace(', title = "一"', "")
    assert edited(text, lambda e: e.remove("tasks", "a")) == text.replace('{ id = "a", title = "一" }, ', "")
    assert edited(text, lambda e: e.remove("tasks", "b")) == text.replace(', { id = "b" }', "")
    after = edited(text, lambda e: e.add("tasks", {"id": "c"}, after="a"))
    assert after == text.replace('"一" }', '"一" }, { id = "c" }')
    after = edited("tasks = []\n", lambda e: e.add("tasks", {"id": "c", "title": "三"}))
    assert after == 'tasks = [{ id = "c", title = "三" }]\n'


def test_tasks_in_an_array_over_several_lines_have_lines_of_their_own() -> None:
    text = 'tasks = [\n  { id = "a" },   # 一\n  { id = "b" },\n]\n'
    after = edited(text, lambda e: e.add("tasks", {"id": "c"}, after="a"))
    assert after == text.replace("# 一\n", '# 一\n  { id = "c" },\n')
    assert edited(text, lambda e: e.remove("tasks", "a")) == text.replace('  { id = "a" },   # 一\n', "")
    assert edited(text, lambda e: e.remove("tasks", "b")) == text.replace('  { id = "b" },\n', "")
    text = text.replace('"b" },', '"b" }')
    after = edited(text, lambda e: e.add("tasks", {"id": "c"}))
    assert after == text.replace('"b" }', '"b" },\n  { id = "c" }')
    text = text.replace('"b" }', '"b" }  # 二')
    after = edited(text, lambda e: e.add("tasks", {"id": "c"}))
    assert after == text.replace("# 二\n", '# 二\n  , { id = "c" }\n')
    assert edited(after, lambda e: e.remove("tasks", "b")).count("# 一") == 1


# Ids ------------------------------------------------------------------------------------------------------------------


def test_ids_that_are_not_there_or_not_alone_are_refused() -> None:
    assert "nobody" in refusal(PLAN, set_("tasks", "nobody", "title", "x")).message
    assert "nobody" in refusal(PLAN, lambda e: e.remove("tasks", "nobody")).message
    assert "nobody" in refusal(PLAN, lambda e: e.add("tasks", {"id": "x"}, after="nobody")).message
    twice = PLAN.replace('"review"', '"apply"')
    assert "apply" in refusal(twice, set_("tasks", "apply", "title", "x")).message
    assert "apply" in refusal(PLAN, lambda e: e.add("tasks", {"id": "apply"})).message
    assert "review" in refusal(PLAN, set_("tasks", "apply", "id", "review")).message
    assert "id" in refusal(PLAN, lambda e: e.add("tasks", {"title": "x"})).message
    assert "id" in refusal(PLAN, lambda e: e.unset("tasks", "apply", "id")).message
    assert "id" in refusal(PLAN, set_("tasks", "apply", "id", 7)).message
    assert refusal(PLAN, lambda e: e.add("term", {"start": 1})).message
    assert refusal(PLAN, set_("tasks", "", "title", "x")).message
    assert refusal(PLAN, set_("title", "", "x", 1)).message


def test_a_new_id_can_be_taken_back() -> None:
    assert edited(PLAN, set_("tasks", "apply", "id", "first")) == PLAN.replace('= "apply"', '= "first"')


# Several at once ------------------------------------------------------------------------------------------------------


def test_a_batch_is_made_whole_or_not_at_all() -> None:
    editor = PlanEditor(PLAN.encode(), "plan.toml")
    editor.set("tasks", "apply", "when", "四月")
    kept = editor.content

    def edit() -> None:
        with editor.batch():
            editor.set("tasks", "review", "when", "五月")
            editor.add("goals", {"id": "g", "title": "x"})
            editor.remove("tasks", "nobody")

    with pytest.raises(PlanError):
        edit()
    assert editor.content == kept
    assert len(editor.changes) == 1
    assert editor.get("tasks", "review") == {"id": "review", "title": "评比", "needs": ["apply"]}
    with editor.batch():
        editor.set("tasks", "review", "when", "五月")
        editor.set("tasks", "visit", "times", {"every": "week", "least": 1})
    assert len(editor.changes) == 4
    assert editor.get("tasks", "visit") == {"id": "visit", "title": "走访", "times": {"every": "week", "least": 1}}


def test_what_cannot_be_proved_at_the_end_of_a_batch_is_taken_back() -> None:
    text = '[[tasks]]\nid = "a"\n[[goals]]\nid = "g"\n[tasks.times]\nevery = "month"\n'

    def edit(editor: PlanEditor) -> None:
        with editor.batch():
            editor.set("goals", "g", "title", "x")
            editor.set("title", "", "x", 1)
            editor.set("", "", "title", "x")

    assert "plan.toml" in refusal('title = "一"\n' + text, edit).message


# The real plan --------------------------------------------------------------------------------------------------------


def test_the_real_plan_is_edited_line_by_line() -> None:
    before = SPRING.read_bytes()
    editor = PlanEditor(before, "2023-spring.toml")
    editor.set("tasks", "womens-day", "on", "2023-03-08 14:00-16:00")
    editor.set("tasks", "womens-day", "place", "报告厅")
    editor.set("tasks", "day-trip", "when", "三月下旬")
    editor.set("tasks", "health-files", "on", "2023-05-05")
    editor.set("term", "", "week1", date(2023, 2, 13))
    editor.unset("tasks", "brand-review", "needs")
    editor.add("tasks", {"title": "春游", "id": "outing", "goals": ["activities"]}, after="day-trip")
    editor.remove("tasks", "reelection-prepare")
    text = before.decode()
    text = text.replace("“三八节”那一天\n", '“三八节”那一天\non    = "2023-03-08 14:00-16:00"\nplace = "报告厅"\n')
    text = text.replace('一日游"\nwhen  = "三月"\n', '一日游"\nwhen  = "三月下旬"\n')
    text = text.replace('健康档案"\n', '健康档案"\non      = "2023-05-05"\n')
    text = text.replace("end   = 2023-08-31\n", "end   = 2023-08-31\nweek1 = 2023-02-13\n")
    text = text.replace('needs = ["brand-apply"]                    # 先申报，后评比\n', "")
    outing = '[[tasks]]\nid    = "outing"\ntitle = "春游"\ngoals = ["activities"]\n\n'
    text = text.replace('[[tasks]]\nid    = "staff-home-women"', outing + '[[tasks]]\nid    = "staff-home-women"')
    text = text[: text.index("# 换届分三步")] + text[text.index("# 五月（6 项）") :]
    assert editor.text == text
    after = editor.content
    for change in reversed(editor.changes[:]):
        editor.apply(change.inverse)
    assert editor.content == before
    for change in editor.changes[:8]:
        editor.apply(change)
    assert editor.content == after


def test_every_task_of_the_real_plan_can_be_removed_and_comes_back_to_its_place() -> None:
    before = SPRING.read_bytes()
    for task in tomli.loads(before.decode())["tasks"]:
        editor = PlanEditor(before, "2023-spring.toml")
        editor.remove("tasks", task["id"])
        assert len(editor.content) < len(before)
        editor.apply(editor.changes[0].inverse)
        assert editor.content == before
