"""`planner record`: a row in key=value words, or asked for column by column; all mistakes are told at once."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest

from planner.api import Snapshot, _
from planner_ledger.asking import Asker
from planner_ledger.ledgers import find_ledger
from planner_ledger.model import RESERVED
from planner_ledger.typed import Pair
from tests.plugins.ledger.office import DAY, TABLES, Office

STAGED = """
[[ledgers]]
id = "gifts"
name = "慰问品"
[[ledgers.columns]]
id = "name"
name = "品名"
required = true
[[ledgers.columns]]
id = "number"
name = "数量"
type = "count"
units = ["件", "箱"]
required = true
default = "1件"
[[ledgers.columns]]
id = "name2"
name = "收 件 人"
private = true
"""
CAPPED = """
[[ledgers.rules]]
kind = "cap"
column = "money"
most = "1000元"
per = "row"
where = { kind = "生病住院" }
source = "本校慰问办法第三条"
[[ledgers.rules]]
kind = "once"
columns = ["name", "kind"]
within = "term"
source = "本校慰问办法第五条"
"""


def test_values_are_kept_in_one_way_of_writing(office: Office) -> None:
    office.records("慰问", "类别=生病住院", "人数=３９名", "金额=13.0989万元", "时间=3月", "人次＝40余人次")
    (row,) = office.rows()
    assert row["values"] == {
        "kind": "生病住院", "people": "39人", "money": "130989元", "date": "3月", "attendances": "40余人次",
    }  # fmt: skip
    assert row["quantities"]["money"] == {"number": "130989", "unit": "元", "about": "", "text": "130989元"}
    assert row["quantities"]["attendances"] == {"number": "40", "unit": "人次", "about": "余", "text": "40余人次"}
    assert row["days"] == ["2023-03-01", "2023-03-31"]


NAMED = [("visits", "kind=结婚"), ("慰问", "类别=结婚"), ("慰", "KIND=结婚"), ("慰问", " 类 别 =结婚")]


@pytest.mark.parametrize("words", NAMED)
def test_ledgers_and_columns_are_named_by_id_or_name(office: Office, words: tuple[str, ...]) -> None:
    office.records(*words)
    assert office.rows()[0]["values"] == {"kind": "结婚"}


@pytest.mark.parametrize(
    "words",
    [
        ("--task", "visit", "--branch", "机电", "--goal", "权利、民主"),
        ("事项=五必访", "分工会=mech", "目标=rights"),
        ("task=visit", "branch=机电分工会", "goal=保障权利、民主管理"),
    ],
)
def test_a_row_belongs_to_a_task_a_branch_and_goals(office: Office, words: tuple[str, ...]) -> None:
    office.records("慰问", "类别=结婚", *words)
    (row,) = office.rows()
    assert (row["task"], row["branch"], row["goals"]) == ("visit", "mech", ["rights"])


def test_a_row_may_serve_several_goals(office: Office) -> None:
    office.records("慰问", "类别=结婚", "--goal", "care", "--goal", "rights")
    office.records("慰问", "类别=退休", "目标=care、rights")
    assert [row["goals"] for row in office.rows()] == [["care", "rights"]] * 2


def test_who_and_why_are_kept(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚", "--by", "生活委员", "-m", "补记")
    (entry,) = office.row(sign)["history"]
    assert (entry["author"], entry["data"]["message"]) == ("生活委员", "补记")


def test_all_mistakes_are_told_at_once_and_nothing_is_recorded(office: Office) -> None:
    told = office.refused(
        "record", "慰问", "人数=3人次", "金额=很多", "时间=32月", "material=1", "人数=4", "备注", "--branch", "北方"
    )
    for text in ("人数", "人次", "金额", "很多", "32月", "material", "备注", "北方", "类别"):
        assert text in told, text
    assert len(told.strip().splitlines()) == 10
    assert "材料齐全" in told.splitlines()[-1], "which columns there are stands at the end, once"


def test_a_misspelt_column_gets_a_suggestion(office: Office) -> None:
    told = office.refused("record", "慰问", "类别=结婚", "peple=3")
    assert _("did you mean {word}?").format(word="people") in told


def test_required_columns_are_named_where_they_are_missing(office: Office) -> None:
    office.writes(STAGED)
    assert "品名" in office.refused("record", "gifts", "数量=2箱")
    office.records("gifts", "品名=水果")
    (row,) = office.rows("gifts")
    assert row["values"] == {"name": "水果"}  # the default is nobody's word
    assert row["quantities"]["number"]["number"] == "1"


def test_a_row_without_anything_in_it_is_none(office: Office) -> None:
    office.refused("record", "荣誉", "名称=")
    office.refused("record", "提案", "--task", "visit")


def test_without_a_terminal_the_columns_are_told_instead_of_asked_for(office: Office) -> None:
    told = office.refused("record", "慰问")
    assert all(name in told for name in ("类别*", "人数", *RESERVED.values()))
    assert "慰问" in office.refused("record")


def test_control_characters_are_refused(office: Office) -> None:
    told = office.refused("record", "慰问", "类别=结婚", "备注=\x1b[2J")
    assert "备注" in told
    assert "\x1b" not in told


def test_a_rule_that_is_broken_is_a_warning_with_its_source(office: Office) -> None:
    office.writes(TABLES.replace('goal = "care"\n', 'goal = "care"\n' + CAPPED))
    first = office.does("record", "慰问", "类别=生病住院", "姓名=张某", "金额=1500元", "时间=3月8日")
    assert "本校慰问办法第三条" in first.err
    office.does("record", "慰问", "类别=结婚", "姓名=李某", "金额=1500元", "时间=3月8日")
    again = office.does("record", "慰问", "类别=结婚", "姓名=李某", "时间=5月")
    assert "本校慰问办法第五条" in again.err
    assert "第三条" not in again.err
    assert len(office.rows()) == 3


def test_what_is_strange_is_a_warning(office: Office) -> None:
    assert "2032" in office.does("record", "慰问", "类别=结婚", "时间=2032-03-08").err
    sign = office.records("慰问", "类别=退休")
    assert sign in office.does("record", "慰问", "类别=退休").err  # the same once more
    assert "电子分工会" in office.does("record", "慰问", "类别=生育", "--task", "brand", "--branch", "电子").err
    assert office.does("record", "慰问", "类别=生育", "--task", "brand", "--branch", "机电").err == ""


class Person:
    """Somebody who answers what is asked; what they are told is kept."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.asked: list[str] = []
        self.told: list[str] = []

    def ask(self, prompt: str) -> str:
        self.asked.append(prompt)
        self.told.append(f"? {prompt}")
        return next(self._answers)

    def fills(self, snapshot: Snapshot, ledger: str = "gifts", **given: str) -> list[Pair] | None:
        return Asker(find_ledger(ledger, snapshot.plan), snapshot, self.ask, self.told.append, 80).row(given)


def test_each_column_is_asked_for_until_the_answer_fits(office: Office) -> None:
    office.writes(STAGED)
    person = Person("", "水果", "3", "3个", "3箱", "", "")
    assert person.fills(office.snapshot()) == [("name", "水果"), ("number", "3箱")]
    assert [re.split("[ ［]", prompt)[0] for prompt in person.asked[:5]] == ["品名", "品名", "数量", "数量", "数量"]
    assert any("个" in line for line in person.told)
    assert ["品名", "水果", "数量", "3箱"] in [line.split() for line in person.told]


def test_a_choice_may_be_its_number(office: Office) -> None:
    answers = ("3月", "3", *[""] * 11, "2", "五必访", "")
    pairs = Person(*answers).fills(office.snapshot(), "visits")
    assert pairs == [("date", "3月"), ("kind", "结婚"), ("branch", "elec"), ("task", "visit")]


def test_a_branch_that_was_said_already_is_not_asked_for(office: Office) -> None:
    person = Person("3月", "3", *[""] * 12, "")
    person.fills(office.snapshot(), "visits", branch="机电")
    assert RESERVED["branch"] not in person.asked
    assert any("机电" in line for line in person.told[-4:])


def test_a_column_can_be_asked_for_again_before_it_is_recorded(office: Office) -> None:
    office.writes(STAGED)
    person = Person("水果", "", "", "数量", "2件", "什么", "品名", "苹果", "是")
    assert dict(person.fills(office.snapshot()) or ()) == {"name": "苹果", "number": "2件"}


def test_who_says_no_records_nothing(office: Office) -> None:
    office.writes(STAGED)
    assert Person("水果", "", "", "n").fills(office.snapshot()) is None


def test_with_an_answer_it_is_told_how_it_was_read(office: Office) -> None:
    person = Person("3月8日", "结婚", "", "", "", "", "1.5万元", *[""] * 9, "n")
    person.fills(office.snapshot(), "visits")
    assert any("2023-03-08" in line and "=" in line for line in person.told)
    assert any("15,000元" in line and "=" in line for line in person.told)


pty = pytest.importorskip("pty", reason="there are no such terminals on this system")


class Terminal:
    """planner on a terminal of its own."""

    def __init__(self, office: Office, *words: str) -> None:
        import fcntl
        import termios

        self._mine, theirs = pty.openpty()
        command = [sys.executable, "-m", "planner", "-p", str(office.plan), "--today", DAY, *words]
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C is a signal for it
        )  # fmt: skip
        os.close(theirs)
        self._page = b""

    def waits_for(self, text: str) -> None:
        """Read until `text` stands on the page."""
        while text not in self._page.decode(errors="replace"):
            assert select.select([self._mine], [], [], 30)[0], self._page
            try:
                self._page += os.read(self._mine, 4096)
            except OSError as error:  # the program has ended
                raise AssertionError(self._page.decode()) from error

    def types(self, text: str) -> None:
        self._page = b""
        os.write(self._mine, text.encode())

    def presses(self, key: str) -> None:
        """Press a key, and again where it fell between the prompt and the waiting for an answer, as a person does."""
        for _again in range(10):
            self.types(key)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
                return

    def ends(self) -> int:
        """The exit code, when it has ended by itself."""
        return self._process.wait(30)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._mine)


@pytest.fixture
def terminal(office: Office) -> Iterator[Terminal]:
    office.writes(STAGED)
    opened = Terminal(office, "record", "慰问品")
    yield opened
    opened.close()


def test_on_a_terminal_the_row_is_asked_for(office: Office, terminal: Terminal) -> None:
    for prompt, answer in (("品名", "水果"), ("数量", ""), ("收 件 人", "张某"), (_("Record it"), "")):
        terminal.waits_for(prompt)
        terminal.types(answer + "\n")
    assert terminal.ends() == 0
    assert [row["values"] for row in office.rows("gifts")] == [{"name": "水果", "name2": "张某"}]


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_who_gives_up_leaves_nothing_behind(office: Office, terminal: Terminal, key: str) -> None:
    terminal.waits_for("品名")
    terminal.types("水果\n")
    terminal.waits_for("数量")
    terminal.presses(key)
    assert terminal.ends() == 130
    assert not office.journal.exists()


def test_json_gives_the_entry(office: Office) -> None:
    (entry,) = json.loads(office.does("record", "慰问", "类别=结婚", "--json").out)
    assert entry["kind"] == "row"
    assert entry["data"] == {"ledger": "visits", "set": {"kind": "结婚"}}
