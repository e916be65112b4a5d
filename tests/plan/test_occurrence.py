"""The occurrences of a task: which there are, and that each keeps its key whatever else is changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from planner.actions.scheduling import set_on
from planner.errors import UsageError
from planner.plan.edit import PlanEditor
from planner.plan.load import load_text
from planner.plan.model import Appointment, Plan
from planner.plan.occurrence import Occurrence, occurrences
from planner.plan.source import PlanText

HEAD = """\
id = "p"
title = "计划"
organization = "工会"

[term]
start = 2023-02-01
end = 2023-08-31
week1 = 2023-02-13
teaching-end = 2023-06-30
"""


def plan(*tasks: str, head: str = HEAD) -> Plan:
    text = head + "".join(f'\n[[tasks]]\nid = "t{n}"\ntitle = "任务"\n{keys}\n' for n, keys in enumerate(tasks))
    loading = load_text(PlanText("plan.toml", text))
    assert loading.is_usable, loading.diagnostics
    assert loading.plan is not None
    return loading.plan


def found(keys: str, head: str = HEAD) -> tuple[Occurrence, ...]:
    whole = plan(keys, head=head)
    return occurrences(whole.tasks[0], whole)


def shown(keys: str, head: str = HEAD) -> list[str]:
    """Each as `key: first-last` with its days in short."""
    return [
        f"{o.key}: {o.days.start:%m%d}" + (f"-{o.days.end:%m%d}" if o.days.days > 1 else "") if o.days else o.key
        for o in found(keys, head)
    ]


# Windows and decided days --


def test_a_task_without_any_date_happens_once_some_time() -> None:
    (only,) = found("")
    assert only == Occurrence("", "undated", None)
    assert [o.kind for o in found('when = "适时"')] == ["undated"]


def test_each_window_is_an_occurrence() -> None:
    assert shown('when = "5月、7月"') == [": 0501-0531", "2: 0701-0731"]


def test_a_decided_day_takes_the_place_of_the_window_that_holds_it() -> None:
    first, second = found('when = "5月、7月"\non = "2023-07-06 14:00"')
    assert (first.key, first.kind, first.appointment) == ("", "window", None)
    assert (second.key, second.kind) == ("2", "decided")
    assert second.appointment is not None


def test_a_day_outside_of_every_window_takes_the_next_free_one() -> None:
    assert shown('when = "5月、7月"\non = "2023-06-06"') == [": 0606", "2: 0701-0731"]
    assert shown('when = "5月、7月"\non = ["2023-05-09", "2023-06-06"]') == [": 0509", "2: 0606"]


def test_a_day_outside_of_every_window_is_the_last_one_put_off() -> None:
    assert shown('when = "3月、6月"\non = "2023-08-20"') == [": 0301-0331", "2: 0820"]
    assert shown('when = "3月、6月"\non = ["2023-06-08", "2023-08-20"]') == ["2: 0608", ": 0820"]
    assert shown('when = "3月、6月"\non = "2023-02-20"') == [": 0220", "2: 0601-0630"]


def test_more_decided_days_than_windows_are_further_occurrences() -> None:
    assert shown('when = "5月"\non = ["2023-05-09", "2023-05-16", "2023-06-06"]') == [": 0509", "2: 0516", "3: 0606"]
    assert shown('on = ["2023-05-09", "2023-05-16"]') == [": 0509", "2: 0516"]
    assert shown('on = "2023-05-18/2023-05-19"') == [": 0518-0519"]


# Quotas ---------------------------------------------------------------------------------------------------------------

MONTHS = ["02: 0201-0228", "03: 0301-0331", "04: 0401-0430", "05: 0501-0531", "06: 0601-0630"]
ALL_MONTHS = [f"2023-{month}" for month in (*MONTHS, "07: 0701-0731", "08: 0801-0831")]


def test_a_monthly_quota_has_a_slot_each_month() -> None:
    assert shown('when = "本学期"\ntimes = { every = "month", least = 1 }') == ALL_MONTHS
    assert shown('times = { every = "month", least = 1 }') == ALL_MONTHS
    assert shown('when = "每月至少1次"') == ALL_MONTHS


def test_a_quota_stays_within_the_windows_of_its_task() -> None:
    assert shown('when = "上半年"\ntimes = { every = "month", least = 1 }') == [f"2023-{month}" for month in MONTHS]
    assert shown('when = "3月、5月"\ntimes = { every = "month", most = 2 }') == [
        "2023-03: 0301-0331",
        "2023-05: 0501-0531",
    ]


def test_a_quota_of_several_numbers_its_slots() -> None:
    assert shown('when = "3月"\ntimes = { every = "month", exactly = 2 }') == [
        "2023-03: 0301-0331",
        "2023-03.2: 0301-0331",
    ]
    assert shown('times = { every = "quarter", least = 1 }') == [
        "2023-q1: 0201-0331",
        "2023-q2: 0401-0630",
        "2023-q3: 0701-0831",
    ]
    assert shown('times = { every = "semester", least = 1 }') == ["term: 0201-0831"]
    assert shown('times = { every = "year", least = 1 }') == ["2023: 0201-0831"]
    assert [o.key for o in found('when = "上半年一至两次"')] == ["n1"]


def test_nothing_is_asked_for_in_a_week_without_a_working_day() -> None:
    holidays = HEAD + 'breaks = [ { title = "假", start = 2023-03-13, end = 2023-03-19 } ]\n'
    assert shown('when = "3月"\ntimes = { every = "week", least = 1 }', holidays) == [
        "2023-w09: 0301-0305",
        "2023-w10: 0306-0312",
        "2023-w12: 0320-0326",
        "2023-w13: 0327-0331",
    ]


def test_a_decided_day_fills_the_slot_of_its_period() -> None:
    kinds = {o.key: o.kind for o in found('when = "每月至少1次"\non = ["2023-05-09", "2023-03-08"]')}
    assert [key for key, kind in kinds.items() if kind == "decided"] == ["2023-03", "2023-05"]
    assert len(kinds) == 7


def test_a_second_day_in_a_period_is_one_more_and_moves_no_key() -> None:
    on = 'on = ["2023-03-08", "2023-03-15"]'
    assert [o.key for o in found(f'when = "每月至少1次"\n{on}')][1:3] == ["2023-03", "x1"]


# Recurrences that name their days --


def test_every_friday_of_the_teaching_weeks_but_for_days_off() -> None:
    fridays = shown('when = "每周五下午"')
    assert len(fridays) == 19  # 20 teaching weeks, one of them with 端午
    assert (fridays[0], fridays[-1]) == ("2023-w07: 0217", "2023-w26: 0630")
    assert "2023-w18: 0505" in fridays
    assert not any(line.startswith("2023-w25") for line in fridays)  # 端午, 23 June


def test_the_second_monday_of_the_even_months() -> None:
    assert shown('when = "双月第二个周一"') == ["2023-02: 0213", "2023-04: 0410", "2023-06: 0612", "2023-08: 0814"]


def test_a_month_is_counted_from_its_first_day_though_the_term_begins_later() -> None:
    late = HEAD.replace("start = 2023-02-01", "start = 2023-02-10").replace("end = 2023-08-31", "end = 2023-08-10")
    assert shown('when = "每月第二个周一"', late)[0] == "2023-02: 0213"
    assert shown('when = "每月第一个周一"', late)[0] == "2023-03: 0306"
    assert shown('when = "每月最后一个周五"', late)[-1] == "2023-07: 0728"
    assert shown('when = "每月初"', late)[0] == "2023-02: 0210"
    assert shown('when = "每月25日前"', late)[0] == "2023-02: 0210-0225"


def test_before_the_25th_of_each_month() -> None:
    assert shown('when = "每月25日前"') == [f"2023-0{n}: 0{n}01-0{n}25" for n in range(2, 9)]


def test_odd_and_even_teaching_weeks_end_with_teaching() -> None:
    odd = ["0215", "0301", "0315", "0329", "0412", "0426", "0510", "0524", "0607", "0621"]
    even = ["0222", "0308", "0322", "0419", "0517", "0531", "0614", "0628"]  # not on 5 April and 3 May
    assert [line[-4:] for line in shown('when = "单周周三"')] == odd
    assert [line[-4:] for line in shown('when = "双周周三"')] == even


def test_a_recurrence_stays_within_the_windows_of_its_task() -> None:
    days = [line[-4:] for line in shown('when = "3月、5月每周六"')]
    assert days == ["0304", "0311", "0318", "0325", "0506", "0513", "0520", "0527"]


def test_without_teaching_weeks_the_whole_term_counts() -> None:
    bare = HEAD[: HEAD.index("week1")]
    assert shown('when = "每周五下午"', bare)[0] == "2023-w05: 0203"
    assert shown('when = "8月每周五"')[0] == "2023-w31: 0804"  # asked for in so many words


def test_every_other_week() -> None:
    assert [line.split(":")[0] for line in shown('when = "隔周周五"')][:3] == ["2023-w07", "2023-w09", "2023-w11"]


def test_the_last_and_the_first_days_of_each_month() -> None:
    assert shown('when = "每月最后一个周五"')[0] == "2023-02: 0224"
    assert shown('when = "每月31日"')[:2] == ["2023-03: 0331", "2023-05: 0531"]  # no other month has one
    assert shown('when = "每月31日前"')[0] == "2023-02: 0201-0228"
    assert shown('when = "每月上旬"')[0] == "2023-02: 0201-0210"
    assert shown('when = "每月初"')[0] == "2023-02: 0201-0210"
    assert shown('when = "每月底"')[:2] == ["2023-02: 0221-0228", "2023-03: 0321-0331"]


# Keys -----------------------------------------------------------------------------------------------------------------

WORDINGS = [
    "每周五下午", "每周三、周五", "每周三下午、每周五下午", "每月10日、25日", "每月至少1次，每季度一次",
    "每周一、每月1日", "5月、7月", "每两周一次", "每月底", "上半年一至两次", "每年3次", "适时",
    "单周周三", "双月第二个周一", "3月每周一次",
]  # fmt: skip
DAYS = st.lists(st.dates(plan().term.start, plan().term.end).map(str), max_size=6, unique=True)


@pytest.mark.parametrize("when", WORDINGS)
@settings(max_examples=12, deadline=None)
@given(on=DAYS)
def test_keys_are_unique_and_occurrences_in_order_of_time(when: str, on: list[str]) -> None:
    all_ = found(f'when = "{when}"' + (f"\non = {on}" if on else ""))
    assert len({o.key for o in all_}) == len(all_)
    days = [o.days for o in all_ if o.days]
    assert days == sorted(days)
    assert sum(o.appointment is not None for o in all_) == len(on)


@pytest.mark.parametrize("when", WORDINGS)
def test_keys_are_the_same_whatever_the_title_the_place_in_the_file_and_the_day(when: str) -> None:
    keys = {o.key for o in found(f'when = "{when}"')}
    moved = plan("", 'when = "三月"', f'when = "{when}"\nplace = "操场"')
    assert {o.key for o in occurrences(moved.tasks[2], moved)} == keys
    decided = found(f'when = "{when}"\non = "2023-05-10"')
    assert {o.key for o in decided} - keys <= {"x1"}
    assert keys <= {o.key for o in decided}


def test_a_new_day_off_takes_one_occurrence_away_and_renames_none() -> None:
    before = {o.key: o.days for o in found('when = "每周三、周五"')}
    after = {o.key: o.days for o in found('when = "每周三、周五"', HEAD + "days-off = [2023-03-08]\n")}
    assert set(before) - set(after) == {"2023-w10"}
    assert all(before[key] == days for key, days in after.items())


@pytest.mark.parametrize("when", ["", "3月、6月", "5月", "每月至少1次", "每周三、周五", "适时"])
@settings(max_examples=15, deadline=None)
@given(on=DAYS, choice=st.integers(0, 30), day=st.one_of(st.none(), st.dates(date(2023, 2, 1), date(2023, 8, 31))))
def test_deciding_or_taking_back_one_day_leaves_all_others_alone(
    when: str, on: list[str], choice: int, day: date | None
) -> None:
    keys = (f'when = "{when}"\n' if when else "") + (f"on = {on}\n" if on else "")
    text = HEAD + f'\n[[tasks]]\nid = "t0"\ntitle = "任务"\n{keys}'
    before = plan(keys)
    known = occurrences(before.tasks[0], before)
    chosen = known[choice % len(known)]
    editor = PlanEditor(text.encode(), "plan.toml")
    wanted = Appointment(day, day) if day else None
    try:
        set_on(editor, before, before.tasks[0], chosen, wanted)
    except UsageError:
        assert editor.text == text
        return
    loaded = load_text(PlanText("plan.toml", editor.text)).plan
    assert loaded is not None
    after = {o.key: o.appointment for o in occurrences(loaded.tasks[0], loaded)}
    assert after.pop(chosen.key, None) == wanted
    assert after == {o.key: o.appointment for o in known if o.key != chosen.key}
