"""What the board shows of ledgers, and the forms by which it adds rows."""

from __future__ import annotations

from datetime import date

import pytest

from planner.api import Form, PaneLine, PaneSpec, UsageError, load_target
from tests.plugins.ledger.office import DAY, TABLES, Office


class Board:
    """What plugins give a board that shows an office's plan."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.session = office.session()
        self.session.today_asked = date.fromisoformat(DAY)

    def pane(self, name: str, task: str = "") -> list[PaneLine]:
        snapshot = self.session.snapshot()
        (spec,) = (s for s in self.session.call("planner_panes") if isinstance(s, PaneSpec) and s.name == name)
        assert spec.about == ("task" if task else "plan")
        about = [snapshot.plan.task_by_id[task]] if task else []
        return list(load_target(spec.target, spec.title)(snapshot, *about))

    def form(self, ledger: str, about: str = "plan") -> Form:
        forms = self.session.call("planner_forms", snapshot=self.session.snapshot())
        (form,) = (f for f in forms if isinstance(f, Form) and f.name == f"ledger-{ledger}" and f.about == about)
        return form

    def fills(self, form: Form, about: str = "", /, **answers: str) -> str:
        """Hand in a form; every field that is not named stays as it stood there."""
        snapshot = self.session.snapshot()
        standing = {field.name: field.value for field in form.fields}
        assert answers.keys() <= standing.keys()
        return form.submit(self.session, snapshot, snapshot.plan.task_by_id.get(about), {**standing, **answers})


@pytest.fixture
def board(office: Office) -> Board:
    return Board(office)


def texts(lines: list[PaneLine]) -> str:
    return "\n".join(line.text for line in lines)


def test_the_pane_of_the_plan_shows_each_ledger_with_its_last_rows(office: Office, board: Board) -> None:
    for n in range(13):
        office.records("慰问", "类别=结婚", f"人数={n + 1}人", "姓名=张某", "--task", "visit")
    lines = board.pane("ledgers")
    headings = [line.text for line in lines if line.role == "heading"]
    assert [heading[:2] for heading in headings] == ["慰问", "提案", "荣誉"]
    assert "13" in headings[0]
    rows = [line for line in lines if line.task == "visit"]
    assert len(rows) == 10
    assert "13人" in rows[0].text
    assert "张某" in rows[0].text
    assert any("planner ledger list visits" in line.text for line in lines)


def test_the_pane_of_a_task_shows_its_rows_and_is_empty_without(office: Office, board: Board) -> None:
    place = ("--task", "visit", "--branch", "机电")
    sign = office.records("慰问", "类别=结婚", "人数=6人", "金额=1.5万元", "时间=3月8日", *place)
    office.records("荣誉", "名称=先进集体", "级别=省级", "等级=一等奖", "--task", "visit")
    page = texts(board.pane("rows", "visit"))
    for text in (sign, "慰问", "3月8日", "结婚", "6人", "15,000元", "机电分工会", "先进集体", "省级", "一等奖"):
        assert text in page, text
    assert board.pane("rows", "brand") == []


def test_rows_whose_ledger_is_gone_are_told(office: Office, board: Board) -> None:
    office.records("慰问", "类别=结婚", "--task", "visit")
    office.writes(TABLES[: TABLES.index("[[ledgers]]")])
    assert any(line.role == "warning" and "visits" in line.text for line in board.pane("ledgers"))
    assert "结婚" in texts(board.pane("rows", "visit"))


def test_a_form_asks_for_each_column_in_its_own_way(board: Board) -> None:
    fields = {field.name: field for field in board.form("visits").fields}
    kinds = {name: fields[name].kind for name in ("date", "kind", "people", "name", "complete", "branch", "goals")}
    assert kinds == {
        "date": "text", "kind": "choice", "people": "number", "name": "text", "complete": "choice",
        "branch": "choice", "goals": "choice",
    }  # fmt: skip
    assert ("生病住院", "生病住院") in fields["kind"].choices
    assert {field.name for field in board.form("visits", "task").fields} == fields.keys() - {"task", "goals"}


def test_a_form_about_a_task_adds_a_row_to_it(office: Office, board: Board) -> None:
    said = board.fills(board.form("visits", "task"), "visit", kind="结婚", date="3月", people="3", branch="elec")
    (row,) = office.rows()
    assert row["id"][-8:] in said
    assert (row["task"], row["branch"], row["days"]) == ("visit", "elec", ["2023-03-01", "2023-03-31"])
    assert row["values"] == {"kind": "结婚", "date": "3月", "people": "3人"}


def test_a_form_about_the_plan_names_task_and_goal(office: Office, board: Board) -> None:
    board.fills(board.form("visits"), kind="结婚", task="五必访", goals="rights")
    (row,) = office.rows()
    assert (row["task"], row["goals"]) == ("visit", ["rights"])


def test_what_no_choice_says_can_be_typed_and_is_a_choice_from_then_on(office: Office, board: Board) -> None:
    board.fills(board.form("visits"), **{"kind-other": "乔迁"})
    assert office.rows()[0]["values"] == {"kind": "乔迁"}
    (kind,) = (field for field in board.form("visits").fields if field.name == "kind")
    assert ("乔迁", "乔迁") in kind.choices


def test_mistakes_in_a_form_are_told_at_once_and_nothing_is_recorded(office: Office, board: Board) -> None:
    with pytest.raises(UsageError) as error:
        board.fills(board.form("visits"), date="32月", people="3人次", task="没有的")
    for text in ("32月", "人次", "没有的", "类别"):
        assert text in error.value.message
    assert office.rows() == []


def test_a_form_whose_ledger_has_gone_meanwhile_says_so(office: Office, board: Board) -> None:
    form = board.form("visits")
    office.writes("")
    with pytest.raises(UsageError, match="visits"):
        board.fills(form, kind="结婚")


def test_a_default_stands_in_the_form(board: Board) -> None:
    (forms,) = (field for field in board.form("proposals").fields if field.name == "forms")
    assert (forms.value, forms.required) == ("1件", False)


def test_a_plan_without_ledgers_has_no_forms_and_a_pane_that_says_so(office: Office, board: Board) -> None:
    office.writes("")
    assert board.session.call("planner_forms", snapshot=board.session.snapshot()) == []
    assert [line.role for line in board.pane("ledgers")] == ["muted"]
