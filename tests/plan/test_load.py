"""From a plan file to a plan: dates, sub-unions, decided days, needs; and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from benchmarks.plans import write_plan
from planner.dates.window import Window
from planner.plan.load import Loading, load_plan, load_text
from planner.plan.model import Appointment, Need, Plan, Quota
from planner.plan.source import PlanText
from tests.conftest import HEAD, SPRING

Write = Callable[..., Path]


def load(tables: str = "", head: str = HEAD) -> Loading:
    return load_text(PlanText("plan.toml", head + tables))


def plan(tables: str = "", head: str = HEAD) -> Plan:
    loading = load(tables, head)
    assert loading.plan is not None
    assert loading.diagnostics == ()
    return loading.plan


def codes(loading: Loading) -> list[str]:
    return [d.code for d in loading.diagnostics]


def task(keys: str, id_: str = "a") -> str:
    return f'\n[[tasks]]\nid = "{id_}"\ntitle = "体检"\n{keys}\n'


# The term -------------------------------------------------------------------------------------------------------------


def test_the_term_has_its_weeks_and_its_end_of_teaching() -> None:
    term = plan("week1 = 2023-02-13\nteaching-end = 2023-06-30\n").term
    assert term.window == Window(date(2023, 2, 1), date(2023, 8, 31))
    assert term.week1 == date(2023, 2, 13)
    assert term.teaching_end == date(2023, 6, 30)


def test_dates_may_be_written_as_texts() -> None:
    quoted = HEAD.replace("2023-02-01", '"2023-02-01"').replace("2023-08-31", '"2023-08-31"')
    assert plan(head=quoted).term == plan().term


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("start = 2023-08-31\nend = 2023-02-01", "P402"),
        ("start = 2023-02-01\nend = 2028-08-31", "P402"),
        ('start = "2023-02-30"\nend = 2023-08-31', "P401"),
        ("start = 2023-02-01\nend = 2023-08-31\nweek1 = 2023-02-14", "P402"),
        ("start = 2023-02-01\nend = 2023-08-31\nweek1 = 2022-09-05", "P402"),
        ("start = 2023-02-01\nend = 2023-08-31\nteaching-end = 2024-06-30", "P402"),
        ("start = 2023-02-01\nend = 2023-08-31\nbreaks = [{ start = 2023-07-09, end = 2023-07-01 }]", "P402"),
        ('start = 2023-02-01\nend = 2023-08-31\ndays-off = ["2023-02-30"]', "P401"),
    ],
)
def test_a_term_that_cannot_be_is_told_and_the_rest_is_read(term: str, code: str) -> None:
    loading = load(f"[term]\n{term}\n" + task('on = "2023-03-08"'), head=HEAD.partition("\n[term]")[0] + "\n")
    assert codes(loading) == [code]
    assert loading.plan is not None
    assert len(loading.plan.tasks) == 1


def test_a_week_one_before_the_first_of_the_term_is_fine_within_a_week() -> None:
    assert plan("week1 = 2023-01-30\n").term.week1 == date(2023, 1, 30)


def test_the_school_has_its_own_days_off_and_workdays() -> None:
    calendar = plan(
        "breaks = [ { title = '暑假', start = 2023-07-01, end = 2023-08-31 } ]\n"
        "days-off = [2023-03-08]\nworkdays = [2023-03-11]\n"
    ).calendar
    days = [date(2023, 3, 7), date(2023, 3, 8), date(2023, 3, 11), date(2023, 7, 3)]
    assert [calendar.is_workday(day) for day in days] == [True, False, True, False]


def test_the_school_may_mean_other_numbers_by_fuzzy_words() -> None:
    assert plan("[dates]\naround = 3\nopening-weeks = 1\n").term.policy[:1] == (3,)
    assert plan("[dates]\nopening-weeks = 1\n").term.policy.opening_weeks == 1


# Windows and decided days --


def test_windows_are_cut_to_the_term_and_the_reading_is_kept() -> None:
    (only,) = plan(task('when = "2023-08-20/2023-09-10"')).tasks
    assert only.windows == (Window(date(2023, 8, 20), date(2023, 8, 31)),)
    assert only.timing is not None
    assert only.timing.windows == (Window(date(2023, 8, 20), date(2023, 9, 10)),)


def test_two_months_are_two_windows() -> None:
    (only,) = plan(task('when = "5月、7月"')).tasks
    assert [(w.start.month, w.end.month) for w in only.windows] == [(5, 5), (7, 7)]


DAY = date(2023, 6, 16)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"2023-06-16"', [Appointment(DAY, DAY)]),
        ("2023-06-16", [Appointment(DAY, DAY)]),
        ('"2023-06-16 14:00"', [Appointment(DAY, DAY, time(14))]),
        ('"2023-06-16T14:00"', [Appointment(DAY, DAY, time(14))]),
        ("2023-06-16T14:00:00", [Appointment(DAY, DAY, time(14))]),
        ("2023-06-16 14:00", [Appointment(DAY, DAY, time(14))]),
        ('"2023-06-16 9:05-10:00"', [Appointment(DAY, DAY, time(9, 5), time(10))]),
        ('"2023-06-16 14:00 – 16:30"', [Appointment(DAY, DAY, time(14), time(16, 30))]),
        ('"2023-06-16 14:00—16:30"', [Appointment(DAY, DAY, time(14), time(16, 30))]),
        ('"2023-06-16 14:00至16:30"', [Appointment(DAY, DAY, time(14), time(16, 30))]),
        ('"2023-06-16/2023-06-18"', [Appointment(DAY, date(2023, 6, 18))]),
        ('["2023-06-17", "2023-06-16"]', [Appointment(DAY, DAY), Appointment(date(2023, 6, 17), date(2023, 6, 17))]),
        ('["2023-06-16 14:00", 2023-06-16]', [Appointment(DAY, DAY), Appointment(DAY, DAY, time(14))]),
    ],
)
def test_a_decided_day_may_be_written_in_many_ways(written: str, meant: list[Appointment]) -> None:
    assert plan(task(f"on = {written}")).tasks[0].on_in_time == tuple(meant)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"2023-06-31"', "P401"),
        ('"2023-06-16 24:00"', "P401"),
        ('"2023-06-16 14:60"', "P401"),
        ('"2023-06-16 16:30-14:00"', "P401"),
        ('"2023-06-16 14:00-14:00"', "P401"),
        ('"2023-06-18/2023-06-16"', "P401"),
        ('["2023-06-16", "2023-13-01"]', "P401"),
        ('"六月十六日"', "P204"),
        ('"2023-6-16"', "P204"),
        ('"2023-06-16 下午"', "P204"),
        ("2023-06-16T14:00:00+08:00", "P204"),
        ("2023-06-16T14:00:30", "P204"),
        ("[]", "P204"),
        ("14:00", "P204"),
        ("20230616", "P203"),
        ("[20230616]", "P203"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_place(written: str, code: str) -> None:
    loading = load(task(f"on = {written}"))
    assert codes(loading) == [code]
    source = loading.diagnostics[0].source
    assert source is not None
    column = 6 + written.index('"2023-13') if "2023-13" in written else 6 + (written == "[20230616]")
    assert source[1:3] == (HEAD.count("\n") + 5, column)


# Who, after what, how often --

BRANCHES = '\n[[branches]]\nid = "b1"\nname = "一"\n\n[[branches]]\nid = "b2"\nname = "二"\n'


def test_a_task_is_for_each_branch_or_for_some_or_for_the_office() -> None:
    tasks = plan(BRANCHES + task('for = "branches"') + task('for = ["b2"]', "b") + task("", "c")).tasks
    assert [t.branches for t in tasks] == [("b1", "b2"), ("b2",), ()]


@pytest.mark.parametrize("written", ['"all"', "[]", "1"])
def test_for_whom_is_branches_or_a_list(written: str) -> None:
    assert codes(load(BRANCHES + task(f"for = {written}")))[0] in ("P203", "P204")


def test_a_need_may_want_some_days_in_between() -> None:
    needs = 'needs = ["a", { task = "b" }, { task = "c", lag = "3d" }, { task = "a", lag = "2w" }]'
    tasks = plan(task("") + task("", "b") + task("", "c") + task(needs, "d")).tasks
    assert tasks[3].needs == (Need("a"), Need("b"), Need("c", 3), Need("a", 14))


def test_a_quota_has_the_slots_that_are_demanded() -> None:
    (only,) = plan(task('when = "本学期"\ntimes = { every = "month", least = 1, most = 3 }')).tasks
    assert only.times == Quota("month", least=1, most=3)
    assert only.times.slots == 1
    assert Quota("week", exactly=2).slots == 2
    assert Quota("year", most=4).slots == 1


# Ids ------------------------------------------------------------------------------------------------------------------


def test_an_id_may_stand_once_in_each_kind() -> None:
    assert codes(load(task("") + task("", "a") + task("", "a"))) == ["P301", "P301"]
    same = '\n[[goals]]\nid = "a"\ntitle = "目标"\n\n[[branches]]\nid = "a"\nname = "一"\n'
    assert codes(load(same + task('goals = ["a"]\nfor = ["a"]'))) == []


def test_naming_what_is_itself_wrong_is_no_second_mistake() -> None:
    wrong_id = '\n[[tasks]]\nid = "Brand"\ntitle = "申报"\n'
    assert codes(load(wrong_id + task('needs = ["Brand"]'))) == ["P204"]
    untitled = '\n[[tasks]]\nid = "brand"\n'
    assert codes(load(untitled + task('needs = ["brand"]'))) == ["P202"]
    torn = '\n[[tasks]\nid = "brand"\ntitle = "申报"\n'
    assert codes(load(torn + task('needs = ["brand"]'))) == ["P101"]


def test_an_entry_with_one_mistake_has_the_rest_of_it_checked() -> None:
    wrong = '\n[[tasks]]\nid = "a"\ntitel = "体检"\nneeds = ["nobody"]\non = "2023-06-31"\ngoals = [1, "none"]\n'
    assert sorted(codes(load(wrong))) == ["P201", "P203", "P302", "P304", "P401"]


def test_unknown_names_say_what_was_meant_or_what_there_is() -> None:
    loading = load(BRANCHES + task('for = ["b3", "xyz"]'))
    hints = [d.hint for d in loading.diagnostics]
    assert hints[0] is not None
    assert hints[1] is not None
    assert "b1" in hints[0] or "b2" in hints[0]
    assert "b1 b2" in hints[1]


def test_a_large_plan_full_of_unknown_names_is_told_in_time() -> None:
    loading = load("".join(task(f'needs = ["tusk-{n}"]', f"task-{n}") for n in range(1000)))
    assert codes(loading) == ["P304"] * 1000
    assert loading.diagnostics[0].hint
    assert loading.diagnostics[-1].hint is None


def test_duties_are_those_that_the_guiding_thought_names() -> None:
    goal = '\n[[goals]]\nid = "g"\ntitle = "目标"\nduties = ["建设"]\n'
    assert codes(load(goal)) == []
    assert codes(load('\n[guiding]\nduties = ["维护"]\n' + goal)) == ["P305"]


# The whole ------------------------------------------------------------------------------------------------------------


def test_equal_files_give_equal_plans(write: Write) -> None:
    path = write(SPRING.read_text(encoding="utf-8"), head="")
    first, second = load_plan(SPRING).plan, load_plan(path).plan
    assert first is not None
    assert second is not None
    for name in ("id", "title", "organization", "timezone", "term", "guiding", "goals", "branches", "tasks", "tables"):
        assert getattr(first, name) == getattr(second, name)


def test_a_plan_knows_whether_all_of_its_file_was_read() -> None:
    assert plan(task("")).whole
    for wrong in ("when = 三月", "when = 3", 'on = "2023-06-31"', "zzz = 1"):
        loading = load(task(wrong))
        assert loading.plan is not None
        assert not loading.plan.whole


def test_a_good_plan_of_ten_thousand_tasks_never_looks_for_positions(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    write_plan(path, 10_000)
    loading = load_plan(path)
    assert loading.is_usable
    assert loading.plan is not None
    assert len(loading.plan.tasks) == 10_000
    assert "positions" not in vars(loading.plan.text)
    assert "_line_starts" not in vars(loading.plan.text)
