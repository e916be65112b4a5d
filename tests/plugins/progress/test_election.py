"""The countdown to an election (换届): steps with days counted back from the end of the term of office."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.api import Session, _, cell_width
from planner_progress.election import end_of_term, schedule
from planner_progress.election_rules import margin_text
from planner_progress.election_settings import STEPS, election_of
from planner_progress.election_text import election_lines
from planner_progress.panes import election as pane
from tests.conftest import HEAD, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

ELECTION = """
[election]
last = 2018-06-20
years = 5
members = 320
delegates = 45
"""
TASKS = """
[[tasks]]
id = "prepare"
title = "筹备工会换届"
when = "四月"

[[tasks]]
id = "show-names"
title = "换届候选人公示"
when = "六月"

[[tasks]]
id = "vote"
title = "教代会和工会"
when = "2023-06-16"
tags = ["换届"]
"""
OTHER = '\n[[tasks]]\nid = "walk"\ntitle = "健步走"\nwhen = "三月"\n'


class Office:
    """A union office whose term of office comes to an end."""

    def __init__(self, planner: Run, write: Write) -> None:
        self._planner, self._write = planner, write

    def plans(self, text: str, head: str = HEAD) -> None:
        self.plan = self._write(text, head=head)

    def runs(self, day: str, *arguments: str) -> Outcome:
        return self._planner("-p", self.plan, "--today", day, *arguments)

    def election(self, day: str = "2023-04-12") -> Any:
        outcome = self.runs(day, "--json", "election")
        assert outcome.code == 0, outcome.err
        return json.loads(outcome.out)

    def step(self, name: str, day: str = "2023-04-12") -> Any:
        return next(step for step in self.election(day)["steps"] if step["step"] == name)

    def windows(self) -> dict[str, list[str]]:
        return {step["step"]: step["window"] for step in self.election()["steps"]}

    def warned(self, day: str = "2023-04-12") -> list[str]:
        return [one["kind"] for one in self.election(day)["warnings"]]

    def checked(self) -> list[str]:
        """The codes of what the check finds about the election."""
        found = json.loads(self.runs("2023-04-12", "--json", "check").out)["diagnostics"]
        return [one["code"] for one in found if one["code"] in ("P608", "P609")]


def squeezed(text: str) -> str:
    """A text without the white space that breaks its lines."""
    return "".join(text.split())


@pytest.fixture
def office(planner: Run, write: Write) -> Office:
    office = Office(planner, write)
    office.plans(TASKS + ELECTION)
    return office


def test_the_steps_are_counted_back_in_working_days(office: Office) -> None:
    """By hand, from Tuesday 2023-06-20 back: 5 days of 公示 are 13 14 15 16 19 June; 10 days of 提名 are 30 May to 12
    June; 10 for delegates 16 to 29 May; 10 for 批复 28 April and 4 to 15 May (29 April to 3 May is Labour Day, 6 May a
    Saturday at work), so 28 April, 4 5 6 8 9 10 11 12 15; 5 for 请示 23 (a Sunday at work) to 27 April. Then 5 days to
    report: 21 June, 25 (a Sunday at work, after the Dragon Boat Festival), 26 27 28.
    """
    assert office.windows() == {
        "request": ["2023-04-23", "2023-04-27"],
        "approval": ["2023-04-28", "2023-05-15"],
        "delegates": ["2023-05-16", "2023-05-29"],
        "nomination": ["2023-05-30", "2023-06-12"],
        "notice": ["2023-06-13", "2023-06-19"],
        "congress": ["2023-06-20", "2023-06-20"],
        "report": ["2023-06-21", "2023-06-28"],
    }
    found = office.election()
    assert (found["ends"], found["congress"], found["form"]) == ("2023-06-20", "2023-06-20", "delegates")
    assert office.step("request")["days_left"] == 15
    assert not any(step["provisional"] for step in found["steps"])


def test_each_step_can_be_set_in_the_plan(office: Office) -> None:
    assert tuple(office.windows()) == STEPS


def test_a_term_ends_on_the_day_that_corresponds_or_on_the_months_last() -> None:
    assert end_of_term(date(2018, 6, 20), 5) == date(2023, 6, 20)
    assert end_of_term(date(2020, 2, 29), 3) == date(2023, 2, 28)
    assert end_of_term(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_the_schools_breaks_are_no_working_days(office: Office) -> None:
    head = HEAD + 'breaks = [{ title = "考试周", start = 2023-06-12, end = 2023-06-20 }]\n'
    office.plans(TASKS + ELECTION, head)
    assert office.windows()["congress"] == ["2023-06-09", "2023-06-09"]
    assert office.windows()["notice"] == ["2023-06-02", "2023-06-08"]
    assert office.election()["ends"] == "2023-06-20"


def test_a_day_that_is_planned_and_days_that_are_set_count_instead(office: Office) -> None:
    office.plans(TASKS + ELECTION + "planned = 2023-06-16\n[election.steps.notice]\ndays = 7\nwho = '办公室'\n")
    assert office.windows()["congress"] == ["2023-06-16", "2023-06-16"]
    assert office.windows()["notice"] == ["2023-06-07", "2023-06-15"]
    notice, nomination = office.step("notice"), office.step("nomination")
    assert (notice["days"], notice["convention"], notice["who"]) == (7, False, "办公室")
    assert (nomination["days"], nomination["convention"]) == (10, True)


def test_with_few_members_all_of_them_meet_and_no_delegates_are_elected(office: Office) -> None:
    few = ELECTION.replace("members = 320\ndelegates = 45", "members = 79")
    office.plans(TASKS + few)
    assert office.election()["form"] == "members"
    assert "delegates" not in office.windows()
    assert office.windows()["approval"] == ["2023-05-16", "2023-05-29"]
    office.plans(TASKS + few.replace("79", "80"))
    assert (office.election()["form"], "delegates" in office.windows()) == ("delegates", True)
    office.plans(TASKS + few.replace("79", "99") + "meeting-below = 100\n")
    assert office.election()["form"] == "members"
    office.plans(TASKS + few.replace("members = 79", ""))
    assert (office.election()["form"], "delegates" in office.windows()) == (None, True)


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ("last = 2018-06-20\nyears = 4", "years"),
        ("last = 2018-06-20\nyears = 5\nmembers = 40\ndelegates = 30", "meeting"),
        ("last = 2018-06-20\nyears = 5\nmembers = 300\ndelegates = 29", "delegates"),
        ("last = 2018-06-20\nyears = 5\nmembers = 40\ndelegates = 41", "delegates"),
        ("last = 2018-06-20\nyears = 5\nseats = 7\ncandidates = 6", "candidates"),
        ("last = 2018-06-20\nyears = 5\nseats = 7\ncandidates = 7", "margin"),
        ("last = 2018-06-20\nyears = 5\nseats = 21\ncandidates = 22", "margin"),
        ("last = 2018-06-20\nyears = 5\nplanned = 2018-06-20", "planned"),
        ("last = 2018-06-20\nyears = 5\nplanned = 2023-06-21", "late"),
        ("last = 2018-06-20\nyears = 5\nextended = 2023-06-01", "extended"),
        ('last = 2018-06-20\nyears = 5\nplanned = "2023-02-30"', "date"),
        ('last = 2018-06-20\nyears = 5\n[election.steps.notice]\ntask = "nowhere"', "task"),
    ],
)
def test_what_is_odd_is_a_warning_and_no_refusal(office: Office, settings: str, kind: str) -> None:
    office.plans(TASKS + "\n[election]\n" + settings + "\n")
    assert office.warned("2021-05-01") == [kind]
    assert office.checked() == ["P609"]
    assert office.runs("2023-04-12", "check").code == 0


@pytest.mark.parametrize(
    "settings",
    [
        "years = 3",
        "years = 5\nmembers = 300\ndelegates = 30",
        "years = 5\nmembers = 79",
        "years = 5\nseats = 20\ncandidates = 21",
        "years = 5\nseats = 7\ncandidates = 7\nmargin = 0",
        "years = 5\nmembers = 300\ndelegates = 20\ndelegates-least = 20",
        "years = 5\nplanned = 2023-06-20",
        "years = 5\nplanned = 2023-11-20\nextended = 2023-12-20",
    ],
)
def test_what_is_in_order_warns_of_nothing(office: Office, settings: str) -> None:
    office.plans(TASKS + "\n[election]\nlast = 2018-06-20\n" + settings + "\n")
    assert office.warned(day="2021-05-01") == []
    assert office.checked() == []


def test_the_margin_is_exact_to_one_decimal() -> None:
    assert [margin_text(7, 8), margin_text(20, 21), margin_text(3, 4), margin_text(7, 7), margin_text(3, 9)] == [
        "14.3%", "5.0%", "33.3%", "0.0%", "200.0%",
    ]  # fmt: skip


def test_a_term_that_is_over_says_since_when_unless_it_was_extended(office: Office) -> None:
    assert office.warned("2023-06-20") == []
    assert office.warned("2023-06-21") == ["over"]
    office.plans(TASKS + ELECTION + "extended = 2023-12-20\n")
    assert office.warned("2023-12-20") == []
    assert office.windows()["congress"] == ["2023-12-20", "2023-12-20"]
    assert office.warned("2023-12-21") == ["over"]


def test_a_term_that_is_over_is_no_worry_once_the_election_is_done(office: Office) -> None:
    """Steps that are in no task are not overdue then either, but the report that follows is."""
    office.plans(TASKS + ELECTION + '[election.steps.congress]\ntask = "vote"\n')
    assert office.warned("2023-07-25") == ["over"]
    assert office.runs("2023-07-25", "election").out.count("已逾期") == 9  # two facts and seven steps
    assert office.runs("2023-06-16", "done", "vote").code == 0
    assert office.warned("2023-07-25") == []
    page = squeezed(office.runs("2023-07-25", "election").out)
    assert "1请示2023-04-23…04-27—" in page
    assert "7报告选举结果2023-06-21…06-28已逾期27天" in page


def test_a_task_serves_a_step_where_the_plan_says_so(office: Office) -> None:
    office.plans(
        TASKS + ELECTION + '[election.steps.request]\ntask = "prepare"\n[election.steps.congress]\ntask = "vote"\n'
    )
    assert (office.step("request")["task"], office.step("request")["matched"]) == ("prepare", "set")
    assert office.step("congress")["task"] == "vote"
    assert office.election()["unmatched"] == []


def test_a_title_alone_is_said_to_be_no_more_and_nothing_is_guessed(office: Office) -> None:
    assert (office.step("notice")["task"], office.step("notice")["matched"]) == ("show-names", "title")
    assert [step["task"] for step in office.election()["steps"]].count(None) == 6
    assert office.election()["unmatched"] == ["prepare", "vote"]
    out = squeezed(office.runs("2023-04-12", "election").out)
    assert squeezed(_("by its title only")) in out
    assert out.count(squeezed(_("the plan has no task for it"))) == 6
    again = '\n[[tasks]]\nid = "show-more"\ntitle = "换届代表公示"\nwhen = "五月"\n'
    office.plans(TASKS + again + ELECTION)  # two may be meant: neither is taken
    assert office.step("notice")["task"] is None
    assert office.election()["unmatched"] == ["prepare", "show-names", "vote", "show-more"]


def test_a_tick_closes_a_step_and_a_day_that_is_over_is_overdue(office: Office) -> None:
    office.plans(TASKS + ELECTION + '[election.steps.request]\ntask = "prepare"\n')
    states = [office.step("request", day)["state"] for day in ("2023-04-22", "2023-04-23", "2023-04-27", "2023-04-28")]
    assert states == ["coming", "due", "due", "overdue"]
    assert office.runs("2023-04-28", "done", "prepare").code == 0
    assert office.step("request", "2023-04-28")["state"] == "done"
    assert office.step("approval", "2023-05-16")["state"] == "overdue"


def test_a_task_that_begins_too_late_for_its_step_is_told(office: Office) -> None:
    office.plans(TASKS + ELECTION + '[election.steps.request]\ntask = "show-names"\n')
    assert office.step("request")["planned_late"]
    said = _("“{title}” begins on {day}, but “{step}” should be over on {end}.").format(
        title="换届候选人公示", day="2023-06-01", step="请示", end="2023-04-27"
    )
    assert squeezed(said) in squeezed(office.runs("2023-04-12", "election").out)
    office.plans(TASKS + ELECTION + '[election.steps.request]\ntask = "prepare"\n')
    assert not office.step("request")["planned_late"]


def test_years_whose_holidays_are_not_announced_are_provisional(office: Office) -> None:
    office.plans(TASKS + "\n[election]\nlast = 2093-06-20\nyears = 5\n")
    found = office.election()
    assert all(step["provisional"] for step in found["steps"])
    said = squeezed(_("provisional: the holidays are not announced yet"))
    assert said in squeezed(office.runs("2023-04-12", "election").out)


def test_every_step_names_its_source_or_says_that_it_is_custom(office: Office) -> None:
    sources = {step["step"]: step["source"] for step in office.election()["steps"]}
    assert sources["report"] == "《中国工会章程》“基层组织”一章"
    assert sources["request"] == "《工会基层组织选举工作条例》第六条、第七条"
    assert sources["notice"] is None
    text = squeezed(office.runs("2023-04-12", "election").out)
    assert "公示期满再开大会（惯例）" in text
    assert text.count("（惯例）") >= 6


# The check


def test_the_check_asks_for_a_task_where_the_term_ends_within_the_plan(office: Office) -> None:
    office.plans(OTHER + ELECTION)
    assert office.checked() == ["P608"]
    office.plans(OTHER + ELECTION.replace("2018-06-20", "2018-09-01"))  # it ends a day after the plan
    assert office.checked() == []
    office.plans(OTHER + ELECTION + "extended = 2023-12-20\n")
    assert office.checked() == []
    office.plans(OTHER + ELECTION + '[election.steps.congress]\ntask = "walk"\n')
    assert office.checked() == []
    office.plans(TASKS + ELECTION)
    assert office.checked() == []
    office.plans(OTHER)
    assert office.checked() == []


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("years = 5", "P202"),
        ("last = 2018-06-20", "P202"),
        ('last = 2018-06-20\nyears = "五年"', "P203"),
        ("last = 2018-06-20T10:00:00\nyears = 5", "P204"),
        ("last = 9018-06-20\nyears = 5", "P204"),
        ("last = 2018-06-20\nyears = 5000", "P204"),
        ("last = 2018-06-20\nyears = 5\nmember = 3", "P201"),
        ("last = 2018-06-20\nyears = 5\n[election.steps.vote]\ndays = 3", "P201"),
        ("last = 2018-06-20\nyears = 5\n[election.steps.notice]\ndays = 0", "P204"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_place(office: Office, settings: str, code: str) -> None:
    office.plans(TASKS + "\n[election]\n" + settings + "\n")
    outcome = office.runs("2023-04-12", "--json", "check")
    (found,) = json.loads(outcome.out)["diagnostics"][:1]
    assert (outcome.code, found["code"]) == (3, code)
    assert found["line"] > 20
    assert office.runs("2023-04-12", "election").code == 3


def test_without_a_table_or_a_day_there_is_a_remedy(office: Office) -> None:
    office.plans(TASKS)
    outcome = office.runs("2023-04-12", "election")
    assert (outcome.code, outcome.out) == (2, "")
    assert "[election]" in outcome.err
    office.plans(TASKS + '\n[election]\nlast = "2018-02-30"\nyears = 5\n')
    assert (office.runs("2023-04-12", "election").code, office.checked()) == (3, ["P609"])


# Calendars and the board


def test_calendars_show_steps_only_where_the_plan_asks_for_it_and_no_task_does(office: Office) -> None:
    assert "工会换届：" not in Path(office_file(office)).read_text(encoding="utf-8")
    office.plans(TASKS + ELECTION + 'calendar = true\n[election.steps.request]\ntask = "prepare"\n')
    text = Path(office_file(office)).read_text(encoding="utf-8").replace("\r\n ", "")
    assert "e.election.approval@test-1" in text
    assert "工会换届：批复" in text
    assert "election.request" not in text  # it is there as the task
    assert "election.notice" not in text
    before = text
    assert Path(office_file(office, "2023-04-30")).read_text(encoding="utf-8").replace("\r\n ", "") == before


def office_file(office: Office, day: str = "2023-04-12") -> str:
    outcome = office.runs(day, "ical", "-o", "out")
    assert outcome.code == 0, outcome.err
    return "out/全部.ics"


def test_a_day_that_is_planned_is_a_day_in_the_calendar(office: Office) -> None:
    office.plans(TASKS + ELECTION + "planned = 2023-06-16\ncalendar = true\n")
    text = Path(office_file(office)).read_text(encoding="utf-8").replace("\r\n ", "")
    (event,) = (part for part in text.split("BEGIN:VEVENT") if "e.election.congress@" in part)
    assert "DTSTART;VALUE=DATE:20230616" in event
    assert "SUMMARY:工会换届：会员代表大会" in event


def test_the_pane_shows_the_steps_and_leads_to_their_tasks(office: Office) -> None:
    session = Session(print, {})
    session.plan_path, session.today_asked = str(office.plan), date(2023, 6, 21)
    lines = list(pane(session.snapshot()))
    assert [line.role for line in lines if line.task == "show-names"] == ["bad"]
    assert sum(line.role == "bad" for line in lines) == 6
    office.plans(TASKS)
    assert list(pane(session.snapshot())) == []
    session.close()


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal_and_nothing_acts(office: Office, width: int) -> None:
    bad = '\n[[tasks]]\nid = "odd"\ntitle = "换届\\u001b[31m' + "大会" * 40 + '"\nwhen = "六月"\n'
    office.plans(
        TASKS + bad + ELECTION + "candidates = 7\nseats = 7\n[election.steps.report]\nwho = '\\u001b[2J办公室'\n"
    )
    session = Session(print, {})
    session.plan_path, session.today_asked = str(office.plan), date(2023, 7, 21)
    snapshot = session.snapshot()
    election = election_of(snapshot.plan)
    assert election is not None
    found = schedule(election, snapshot.plan)
    assert found is not None
    lines = list(election_lines(found, snapshot, width))
    assert max(map(cell_width, lines)) <= width
    assert not any("\x1b" in line for line in lines)
    session.close()
