"""What a person does on the board is in the journal and the plan's file when the key is released."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from planner.api import CANCELLED, DOING, DONE, PLANNED, POSTPONED, Form, FormField, Session, UsageError
from tests.plugins.planner_board.pilot import AUTHOR, Hands, drive, journal, read, status, task


def test_space_ticks_and_opens_again(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await hands.press("space")
        assert status(plan, "plan") == DONE
        assert hands.app.board.state(hands.app.board.plan.task_by_id["plan"]) == "done"
        assert hands.at == "plan"
        await hands.press("space")

    drive(plan, script)
    assert status(plan, "plan") == PLANNED
    assert {entry.author for entry in journal(plan)} == {AUTHOR}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("enter",), [DONE, DONE]),  # all of them come first
        (("down", "down", "enter"), [PLANNED, DONE]),
        (("down", "down", "down", "enter", "space", "enter"), [DONE, PLANNED]),  # several: none is chosen at first
        (("down", "down", "down", "enter", "enter"), [PLANNED, PLANNED]),
        (("escape",), [PLANNED, PLANNED]),
    ],
)
def test_a_task_of_all_sub_unions_asks_whose_part_is_done(
    plan: Path, keys: tuple[str, ...], expected: list[str]
) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("brand")
        await hands.press("space")
        assert hands.dialog == "Choose"
        await hands.press(*keys)

    drive(plan, script)
    assert [status(plan, "brand", branch=b) for b in ("b1", "b2")] == expected


def test_on_the_line_of_a_sub_union_only_that_one_is_ticked(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("brand", None, "b1")
        await hands.press("space")
        assert hands.dialog == ""

    drive(plan, script)
    assert [status(plan, "brand", branch=b) for b in ("b1", "b2")] == [DONE, PLANNED]


def test_a_task_with_several_times_asks_which(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("study")
        await hands.press("space", "down", "enter")

    _twice(plan)
    drive(plan, script)
    assert [status(plan, "study", key) for key in ("", "2")] == [PLANNED, DONE]


def test_under_the_cursor_stands_one_of_several_times(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("study", "")
        await hands.press("space")

    _twice(plan)
    drive(plan, script)
    assert [status(plan, "study", key) for key in ("", "2")] == [DONE, PLANNED]


def _twice(plan: Path) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace("5月、6月", "3月、5月"), encoding="utf-8")


def test_begin_cancel_with_a_reason_and_open_again(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+b")
        assert status(plan, "end") == DOING
        await hands.press("delete")
        await hands.write("场地没有落实")
        await hands.press("enter")
        assert status(plan, "end") == CANCELLED
        await hands.press("ctrl+x")

    drive(plan, script)
    assert status(plan, "end") == PLANNED
    assert journal(plan)[1].data["message"] == "场地没有落实"


def test_put_off_without_a_time(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+o", "enter")

    drive(plan, script)
    assert status(plan, "end") == POSTPONED
    assert task(plan, "end").when == "六月"


def test_put_off_to_other_words_with_a_reason(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+o")
        await hands.write("7月上旬")
        assert "7月1日至10日" in hands.shown("reading")
        await hands.press("tab")
        await hands.write("领导出差")
        await hands.press("enter")

    drive(plan, script)
    assert status(plan, "end") == POSTPONED
    assert task(plan, "end").when == "7月上旬"
    assert journal(plan)[0].data["message"] == "领导出差"


def test_words_that_name_no_time_put_nothing_off(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+o")
        await hands.write("有空的时候")
        await hands.press("enter")
        assert hands.dialog == "Ask"
        assert hands.app.screen.query_one("#error").display

    drive(plan, script)
    assert not journal(plan)


def test_a_note(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("hostile")
        await hands.press("ctrl+k", "enter")
        assert hands.dialog == "Ask", "an empty note is none"
        await hands.write("[bold]已与校办联系[/]")
        await hands.press("enter")

    drive(plan, script)
    assert [entry.data["text"] for entry in journal(plan)] == ["[bold]已与校办联系[/]"]


def test_a_day_in_words_is_read_while_it_is_typed(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("review")
        await hands.press("ctrl+t")
        await hands.write("5月18日下午2点")
        assert hands.shown("reading").startswith("2023-05-18 周四 14:00")
        await hands.press("enter")

    drive(plan, script)
    assert str(task(plan, "review").on[0].start) == "2023-05-18"
    assert 'on = "2023-05-18 14:00"' in plan.read_text(encoding="utf-8")


def test_a_day_is_picked_with_arrows_alone_and_taken_back(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("review")
        await hands.press("ctrl+t", "down", "right", "down", "enter")
        assert str(task(plan, "review").on[0].start) == "2023-05-09"
        await hands.press("ctrl+t")
        await hands.write("")
        await hands.press("enter")

    drive(plan, script)
    assert not task(plan, "review").on


def test_a_day_that_is_none_says_why_and_changes_nothing(plan: Path) -> None:
    before = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.go("review")
        await hands.press("ctrl+t")
        for words in ("五月底", "2024-05-01", "天晴的时候"):
            await hands.write(words)
            await hands.press("enter")
            assert hands.dialog == "PickDay"
            assert hands.app.screen.query_one("#error").display

    drive(plan, script)
    assert plan.read_bytes() == before


def test_a_day_of_a_task_with_several_times_asks_for_which(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("study")
        await hands.press("ctrl+t")
        await hands.write("2023-06-20")
        await hands.press("enter")
        assert hands.dialog == "Choose"
        await hands.press("down", "enter")

    _twice(plan)
    drive(plan, script)
    assert [str(a.start) for a in task(plan, "study").on] == ["2023-06-20"]


def test_quick_add(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("f9")
        await hands.write("4月中旬 教职工气排球比赛 @全部 #文体 place=体育馆")
        assert "4月11日至20日" in hands.shown("reading")
        await hands.press("enter")
        assert hands.app.selected is not None
        assert hands.app.selected.title == "教职工气排球比赛"

    drive(plan, script)
    made = next(t for t in read(plan).plan.tasks if t.title == "教职工气排球比赛")
    assert (made.when, made.goals, made.branches, made.place) == ("4月中旬", ("sport",), ("b1", "b2"), "体育馆")


def test_what_cannot_be_added_stays_in_the_line(plan: Path) -> None:
    before = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.press("f9")
        await hands.write("4月中旬 气排球 @没有这个")
        await hands.press("enter")
        assert hands.dialog == "Ask"
        assert "没有这个" in hands.app.screen.query_one("#typed").value

    drive(plan, script)
    assert plan.read_bytes() == before


def test_title_time_and_goals_are_changed_in_place(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("e")
        await hands.write("教代会换届选举")
        await hands.press("enter", "w")
        await hands.write("6月下旬")
        assert "6月21日至30日" in hands.shown("reading")
        await hands.press("enter", "g", "down", "space", "enter")

    drive(plan, script)
    found = task(plan, "end")
    assert (found.title, found.when, found.goals) == ("教代会换届选举", "6月下旬", ("sport",))


def test_a_task_is_taken_out_and_comes_back(plan: Path) -> None:
    before = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("shift+delete", "down", "down", "enter")
        assert "end" not in read(plan).plan.task_by_id
        await hands.press("ctrl+z")

    drive(plan, script)
    assert plan.read_bytes() == before


def test_what_others_need_is_not_taken_out(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("brand")
        await hands.press("shift+delete")
        assert hands.dialog == "Message"
        await hands.press("enter")
        assert hands.dialog == ""

    drive(plan, script)
    assert "brand" in read(plan).plan.task_by_id


def test_taking_back_and_doing_again_after_all(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await hands.press("space", "ctrl+z")
        assert status(plan, "plan") == PLANNED
        await hands.press("ctrl+y")
        assert status(plan, "plan") == DONE
        await hands.press("ctrl+z", "ctrl+z")
        assert len(hands.app.undone) == 1, "there was only one act to take back"
        await hands.press("ctrl+b")
        assert not hands.app.undone, "after something new there is nothing to do again"

    drive(plan, script)
    assert status(plan, "plan") == DOING


def _form(plan: Path, kind: str) -> Form:
    def submit(session: Session, _snapshot: object, about: object, answers: object) -> str:
        if answers["number"] == "0":  # type: ignore[index]
            raise UsageError("零不行", "写一个别的数")
        answers_of.append((about, dict(answers)))  # type: ignore[call-overload]
        return "登记了一行"

    fields = (
        FormField("name", "姓名", required=True),
        FormField("day", "日期", "date"),
        FormField("kind", "种类", "choice", (("a", "文体"), ("b", "慰问"))),
        FormField("number", "数目", "number"),
        FormField("yes", "公示", "yes-no"),
    )
    return Form("row", "登记", fields, submit, kind)  # type: ignore[arg-type]


answers_of: list[tuple[object, dict[str, str]]] = []


@pytest.mark.parametrize(("kind", "key"), [("task", "ctrl+l"), ("plan", "")])
def test_a_form_of_a_plugin_is_filled_in(plan: Path, monkeypatch: pytest.MonkeyPatch, kind: str, key: str) -> None:
    answers_of.clear()
    ask = Session.call

    def call(self: Session, hook: str, **arguments: object) -> list[object]:
        return [_form(plan, kind)] if hook == "planner_forms" else ask(self, hook, **arguments)

    monkeypatch.setattr(Session, "call", call)

    async def script(hands: Hands) -> None:
        await hands.go("end")
        if key:
            await hands.press(key)
        else:
            hands.app.action_run("forms")
            await hands.settle()
        await hands.press("enter")
        assert hands.dialog == "FormDialog", "a name is wanted"
        await hands.write("张三")
        await hands.press("tab")
        await hands.write("下周三")
        assert "2023-04-19" in hands.shown("reading-1")
        await hands.press("tab", "right", "right", "tab")
        await hands.write("0")
        await hands.press("enter")
        assert hands.dialog == "FormDialog"
        assert "零不行" in hands.shown("error")
        await hands.write("１２")
        await hands.press("tab", "left", "shift+tab", "enter")
        assert hands.dialog == ""
        assert hands.toasts[-1] == "登记了一行"

    drive(plan, script)
    [(about, answers)] = answers_of
    assert getattr(about, "id", None) == ("end" if kind == "task" else None)
    assert answers == {"name": "张三", "day": "2023-04-19", "kind": "b", "number": "12", "yes": "yes"}


def test_without_a_plugin_there_is_no_form(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        monkeypatch.setattr(Session, "call", lambda *_a, **_k: [])
        await hands.press("ctrl+l")
        assert (hands.dialog, len(hands.toasts)) == ("", 1)

    drive(plan, script)


def test_a_journal_that_cannot_be_written_changes_nothing_on_screen(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await hands.press("space", "space")
        before = hands.screen()
        with sqlite3.connect(plan.with_suffix(".journal.sqlite")) as other:
            other.execute("CREATE TRIGGER no BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")
        await hands.press("space")
        assert hands.dialog == "Message"
        await hands.press("escape")
        assert hands.screen() == before

    drive(plan, script)
    assert status(plan, "plan") == PLANNED


def test_a_plan_that_was_broken_meanwhile_is_left_alone(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("e")
        await hands.write("新标题")
        plan.write_text("[term\n", encoding="utf-8")
        await hands.press("enter")
        assert hands.dialog == "Message"
        assert any("1:" in line for line in hands.screen())
        await hands.press("escape")
        assert hands.dialog == "Ask", "what was typed is still there"

    drive(plan, script)
    assert plan.read_text(encoding="utf-8") == "[term\n"


def test_a_task_that_somebody_took_out_meanwhile_cannot_be_ticked(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("delete")
        text = plan.read_text(encoding="utf-8")
        plan.write_text(text[: text.index('[[tasks]]\nid = "end"')], encoding="utf-8")
        await hands.press("enter")
        assert "教代会换届" in hands.shown("error")

    drive(plan, script)
    assert not journal(plan)


def test_without_a_task_there_is_something_to_say(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        hands.app.canvas.cursor = None
        await hands.press("space")
        assert hands.dialog == "Message"

    drive(plan, script)
