"""What the calendars offer beside a plan: what has not been told, of the plan and of a task, and the form."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.api import Form, PaneLine, PaneSpec, PlanError, PlannerError, Session, UsageError, _, load_target
from tests.plugins.ical.made import HEAD

TASKS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
for = "branches"

[[tasks]]
id = "game"
title = "气排球[red]比赛"
when = "五月"

[[tasks]]
id = "secret"
title = "困难职工档案"
when = "四月"
private = true

[[tasks]]
id = "study"
title = "集中学习"
when = "2-6月"
times = { every = "month", least = 1 }
"""
MARCH_1, APRIL_10 = date(2023, 3, 1), date(2023, 4, 10)


class Office:
    """A union office before its screen."""

    def __init__(self, plan: Path) -> None:
        self.plan = plan
        self.warned: list[str] = []
        self.writes(TASKS)
        self.session = self.opens(MARCH_1)

    def opens(self, today: date) -> Session:
        self.session = Session(self.warned.append, {"PLANNER_PLUGINS": "ical"})
        self.session.plan_path, self.session.today_asked = str(self.plan), today
        return self.session

    def writes(self, tasks: str) -> None:
        self.plan.write_text(HEAD.replace("{id}", "2023-spring-k3f9") + tasks, encoding="utf-8")

    def pane(self, name: str, task: str = "") -> list[PaneLine]:
        snapshot = self.session.snapshot()
        (spec,) = (s for s in self.session.call("planner_panes") if isinstance(s, PaneSpec) and s.name == name)
        assert spec.about == ("task" if task else "plan")
        about = (snapshot.plan.task_by_id[task],) if task else ()
        return list(load_target(spec.target, spec.name)(snapshot, *about))

    def told(self, task: str) -> list[str]:
        return [line.text for line in self.pane("ical", task)]

    def form(self) -> Form:
        (form,) = self.session.call("planner_forms", snapshot=self.session.snapshot())
        assert isinstance(form, Form)
        return form

    def answers(self, **answers: str) -> str:
        return self.form().submit(self.session, self.session.snapshot(), None, answers)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "plan.toml")


def on(day: str, version: int = 1) -> str:
    return _("told on {day}, version {n}").format(day=day, n=version)


WEDNESDAY, MONDAY = "2023-03-01 周三", "2023-04-10 周一"


def test_before_the_first_calendars_nobody_has_been_told(office: Office) -> None:
    assert [line.text for line in office.pane("changes")][:1] == [_("Nobody has been told anything yet.")]
    assert office.told("game") == [_("not told yet")]


def test_once_calendars_were_written_everybody_knows_and_since_when(office: Office) -> None:
    office.answers(folder="日历")
    assert [line.text for line in office.pane("changes")] == [
        _("People have been told everything."),
        _("Last told: {day}").format(day=WEDNESDAY),
    ]
    assert office.told("game") == [on(WEDNESDAY)]


def test_what_changed_since_is_listed_for_those_it_is_for_and_leads_to_its_task(office: Office) -> None:
    office.answers(folder="日历")
    office.writes(TASKS.replace('"五月"', '"六月"').replace("特色项目申报", "特色项目报名"))
    office.opens(APRIL_10)
    lines = office.pane("changes")
    assert lines[1] == PaneLine(_("Last told: {day}").format(day=WEDNESDAY), "muted")
    assert lines[2:] == [
        PaneLine(""),
        PaneLine("【工会本部】工会工作安排有2处变化（4月10日）：", "heading"),
        PaneLine("1. 改期：气排球[red]比赛：五月（日期待定） → 六月（日期待定）", "", "game"),
        PaneLine("2. 改名：特色项目申报 → 特色项目报名（各分工会）", "", "apply"),
        PaneLine(""),
        PaneLine("【各分工会】工会工作安排有2处变化（4月10日）：", "heading"),
        PaneLine("1. 改期：气排球[red]比赛：五月（日期待定） → 六月（日期待定）", "", "game"),
        PaneLine("2. 改名：特色项目申报 → 特色项目报名", "", "apply"),
    ]


def test_a_task_that_was_taken_out_of_the_plan_leads_nowhere(office: Office) -> None:
    office.answers(folder="日历")
    office.writes(TASKS.replace('id = "game"', 'id = "gone"', 1).replace("气排球", "拔河"))
    gone = [line for line in office.pane("changes") if "气排球" in line.text]
    assert [(line.task, line.role) for line in gone] == [("", "bad")]


def test_a_task_tells_its_versions(office: Office) -> None:
    office.answers(folder="日历")
    office.writes(TASKS.replace('"五月"', '"六月"'))
    office.opens(APRIL_10)
    assert office.told("game") == [_("changed since; told on {day}, version {n}").format(day=WEDNESDAY, n=1)]
    office.answers(folder="日历")
    assert office.told("game") == [on(MONDAY, 2)]
    assert office.told("apply") == [on(WEDNESDAY)]
    calendar = (office.plan.parent / "日历" / "全部.ics").read_text(encoding="utf-8")
    assert "SEQUENCE:1\n" in calendar, "people count from 1, calendars from 0"


def test_a_note_is_a_detail(office: Office) -> None:
    office.answers(folder="日历")
    office.writes(TASKS.replace('title = "气排球', 'note = "带球"\ntitle = "气排球'))
    text = _("told on {day}, version {n}; since then a detail has changed")
    assert office.told("game") == [text.format(day=WEDNESDAY, n=1)]


def test_what_is_private_is_in_no_calendar_and_was_taken_out_of_those_that_had_it(office: Office) -> None:
    assert office.told("secret") == [_("Private: no calendar shows it.")]
    office.writes(TASKS.replace("private = true", ""))
    office.answers(folder="日历")
    assert office.told("secret") == [on(WEDNESDAY)]
    office.writes(TASKS)
    gone = _("gone, and people do not know; told on {day}, version {n}").format(day=WEDNESDAY, n=1)
    assert office.told("secret") == [_("Private: no calendar shows it."), gone]
    office.opens(APRIL_10)
    office.answers(folder="日历")
    assert office.told("secret")[1:] == [_("taken back on {day}").format(day=MONDAY)]


def test_times_that_fare_alike_share_a_line(office: Office) -> None:
    office.answers(folder="日历")
    times = _("{n} times, {first} to {last}").format(n=5, first="二月", last="六月")
    assert office.told("study") == [_("{when}: {what}").format(when=times, what=on(WEDNESDAY))]
    office.writes(TASKS.replace('"2-6月"', '"2-7月"'))
    known, new = office.told("study")
    assert times in known
    assert new == _("{when}: {what}").format(when="七月", what=_("not told yet"))


def test_a_branch_that_alone_was_told_is_named(office: Office) -> None:
    from planner_ical.publish import publish_calendars

    publish_calendars(office.session, office.session.snapshot(), office.plan.parent / "one", ["economics"])
    text = _("told on {day}, version {n}, but to {names} only")
    assert office.told("apply") == [text.format(day=WEDNESDAY, n=1, names="经管分工会")]


def test_a_folder_is_beside_the_plan_unless_a_whole_path_is_given(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    whole = tmp_path / "whole" / "path"
    for answer, folder in ((" 日历 ", tmp_path / "日历"), (str(whole), whole), ("~/日历", tmp_path / "home" / "日历")):
        assert str(folder) in office.answers(folder=answer)
        assert (folder / "全部.ics").exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_form_offers_what_the_plan_says(office: Office) -> None:
    assert [(field.name, field.value) for field in office.form().fields] == [("folder", "日历"), ("profile", "events")]
    office.writes(TASKS + '\n[ical]\nprofile = "full"\n')
    folder, profile = office.form().fields
    assert profile.value == "full"
    office.answers(folder=folder.value, profile="todos")
    manifest = json.loads((office.plan.parent / "日历" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["profile"] == "todos"


def test_the_sentence_counts_files_and_changes(office: Office) -> None:
    assert "3" in office.answers(folder="日历")
    office.writes(TASKS.replace('"五月"', '"六月"'))
    assert "变更说明.txt" in office.answers(folder="日历")


def test_the_calendars_are_of_the_plan_as_it_is_now_and_not_as_it_was_shown(office: Office) -> None:
    form, shown = office.form(), office.session.snapshot()
    office.writes(TASKS.replace("气排球", "拔河"))
    form.submit(office.session, shown, None, {"folder": "日历"})
    assert "拔河" in (office.plan.parent / "日历" / "全部.ics").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"folder": " "},
        {"folder": "a\0b"},
        {"folder": "~nobody-has-this-name/x"},
        {"folder": "x", "profile": "paper"},
    ],
)
def test_answers_that_will_not_do_are_refused_with_a_hint(office: Office, answers: dict[str, str]) -> None:
    with pytest.raises(UsageError) as told:
        office.answers(**answers)
    assert told.value.hint
    assert [path.name for path in office.plan.parent.iterdir()] == ["plan.toml"]


def test_nothing_is_told_where_the_folder_cannot_be_written_or_the_plan_has_errors(office: Office) -> None:
    (office.plan.parent / "日历").write_text("mine", encoding="utf-8")
    with pytest.raises(PlannerError):
        office.answers(folder="日历")
    form, shown = office.form(), office.session.snapshot()
    office.writes(TASKS + '\n[[tasks]]\nid = "late"\ntitle = "总结"\non = "2025-01-01"\n')
    with pytest.raises(PlanError) as told:
        form.submit(office.session, shown, None, {"folder": "new"})
    assert told.value.problems
    assert office.session.store.count() == 0


def test_files_that_somebody_changed_are_warned_of(office: Office) -> None:
    office.answers(folder="日历")
    calendar = office.plan.parent / "日历" / "全部.ics"
    calendar.write_bytes(calendar.read_bytes() + b"\r\n")
    office.answers(folder="日历")
    assert [line for line in office.warned if "全部.ics" in line]
