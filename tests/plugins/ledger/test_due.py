"""Days by which something must be answered: in the agenda, in calendars, and gone when it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from planner.api import CalendarItem, JournalError, Window
from planner_ledger.due import due_items
from tests.conftest import Outcome
from tests.plugins.ledger.kept import HEAD, PROPOSALS, VISITS, Kept

Run = Callable[..., Outcome]
CHORES = """
[[ledgers]]
id = "chores"
name = "整改"

[[ledgers.columns]]
id = "title"
name = "问题"

[[ledgers.columns]]
id = "due"
name = "整改期限"
type = "date"

[[ledgers.stages]]
id = "open"
name = "待整改"
next = ["closed"]

[[ledgers.stages]]
id = "closed"
name = "已整改"
"""


def proposals(folder: Path, *rows: Mapping[str, Any], tables: str = PROPOSALS) -> Kept:
    said = [("proposals", {"title": "食堂", "due": "2022-11-10", "route": "立案", **row}) for row in rows]
    return Kept(folder, tables, said)


def items(kept: Kept) -> list[CalendarItem]:
    return list(due_items(kept.snapshot))


def statuses(kept: Kept) -> list[str]:
    return [item.status for item in items(kept)]


def test_a_proposal_is_to_be_answered_by_its_day(tmp_path: Path) -> None:
    kept = proposals(tmp_path, {"branch": "a", "task": "visit", "proposer": "张某某", "department": "后勤处"})
    (item,) = items(kept)
    day = date(2022, 11, 10)
    assert (item.title, item.kind, item.days, item.status) == (
        "提案答复截止：食堂",
        "decided",
        Window(day, day),
        "planned",
    )
    assert (item.branches, item.goals, item.private) == (("a",), ("care", "rights"), False)
    assert item.key == f"row-{kept.row(0).replace('-', '')[-12:]}"
    assert item.task is None, "an item of a task would be one of its occurrences"
    assert "后勤处" in item.note
    assert "张某某" not in str(item)


def test_only_a_month_is_a_month(tmp_path: Path) -> None:
    (item,) = items(proposals(tmp_path, {"due": "11月"}))
    assert (item.title, item.kind, item.wording) == ("提案答复：食堂", "window", "11月")
    assert item.days == (date(2022, 11, 1), date(2022, 11, 30))


def test_what_has_no_day_or_words_that_name_none_is_in_no_calendar(tmp_path: Path) -> None:
    assert items(proposals(tmp_path, {"due": ""}, {"due": "尽快"})) == []


@pytest.mark.parametrize("stage", ["answered", "rated", "closed"])
def test_it_is_done_at_the_stage_of_answers_and_at_every_later_one(tmp_path: Path, stage: str) -> None:
    kept = proposals(tmp_path, {"stage": "assigned"})
    assert statuses(kept) == ["planned"]
    kept.change(0, stage="answered")
    when = datetime(2022, 2, 1, 0, 1, tzinfo=UTC)
    if stage != "answered":
        kept.change(0, stage=stage)
    (item,) = items(kept)
    assert (item.status, item.done_at) == ("done", when)


def test_a_day_of_the_answer_is_an_answer(tmp_path: Path) -> None:
    kept = proposals(tmp_path, {})
    kept.change(0, replied="2022-11-05")
    assert statuses(kept) == ["done"]
    kept.change(0, replied=None)
    assert statuses(kept) == ["planned"]


def test_a_row_recorded_late_as_closed_is_done(tmp_path: Path) -> None:
    assert statuses(proposals(tmp_path, {"stage": "closed"})) == ["done"]


def test_what_is_closed_without_an_answer_or_merged_is_called_off(tmp_path: Path) -> None:
    kept = proposals(tmp_path, {"stage": "reviewed"}, {}, {"into": 1})
    kept.change(0, stage="closed", route="不予立案")
    assert statuses(kept) == ["cancelled", "planned", "cancelled"]


def test_a_row_taken_up_again_is_open_again_until_it_is_answered_again(tmp_path: Path) -> None:
    kept = proposals(tmp_path, {"stage": "assigned"})
    kept.change(0, stage="answered", replied="2022-11-05")
    kept.change(0, stage="rated", satisfaction="不满意")
    kept.change(0, stage="assigned")
    assert statuses(kept) == ["planned"]
    kept.change(0, replied="2022-11-20")
    assert statuses(kept) == ["done"]
    kept.change(0, stage="answered")
    (item,) = items(kept)
    assert item.done_at == kept.entries[-1].instant


def test_an_own_ledger_with_a_due_day_ends_with_its_stages(tmp_path: Path) -> None:
    rows = [("chores", {"title": "灭火器", "due": "2022-11-30"}), ("chores", {"due": "2022-11-30", "stage": "closed"})]
    found = items(Kept(tmp_path, CHORES, rows))
    assert [(item.title, item.status) for item in found] == [
        ("整改期限：灭火器", "planned"),
        ("整改期限", "done"),
    ]


def test_what_belongs_to_a_private_task_or_ledger_stays_in_the_office(tmp_path: Path) -> None:
    assert [item.private for item in items(proposals(tmp_path, {"task": "secret"}, {"task": "gone"}, {}))] == [
        True, True, False,
    ]  # fmt: skip
    assert [item.private for item in items(proposals(tmp_path, {}, tables=PROPOSALS + "private = true\n"))] == [True]


def test_the_journal_is_not_read_where_no_ledger_has_a_due_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(tmp_path, VISITS, [("visits", {"kind": "退休"})])
    snapshot = kept.snapshot

    def refuse(*_asked: object) -> None:
        raise JournalError("读了日志")

    monkeypatch.setattr(snapshot.journal, "effective", refuse)
    assert snapshot.dates == ()
    with pytest.raises(JournalError):
        snapshot.measures  # noqa: B018  it reads the rows


# As an office sees it ------------------------------------------------------------------------------------------------


@pytest.fixture
def office(planner: Run, write: Callable[..., Path]) -> Run:
    """Run a command on a plan with proposals; it must succeed."""
    plan = write(PROPOSALS, head=HEAD)

    def run(*words: str, today: str = "2022-11-01") -> Outcome:
        found = planner("-p", plan, "--today", today, *words)
        assert found.code == 0, found.err
        return found

    return run


def recorded(found: Outcome) -> str:
    """The sign of the row that was recorded."""
    return str(json.loads(found.out)[0]["id"])[-8:]


def listed(found: Outcome) -> dict[str, list[str]]:
    """The titles in each list of an agenda that come from no task."""
    data = json.loads(found.out)
    lists = {
        name: [one["title"] for one in known if one["item"]] for name, known in data.items() if type(known) is list
    }
    return {name: titles for name, titles in lists.items() if titles}


def test_the_agenda_lists_what_must_be_answered_among_the_tasks(office: Run) -> None:
    for title, due, branch in (
        ("食堂", "2022-11-10", "a"),
        ("停车", "11月", "b"),
        ("空调", "2022-10-31", ""),
        ("远", "12月", ""),
    ):
        office(
            "record",
            "提案",
            f"案由={title}",
            "审核结果=立案",
            f"承办期限={due}",
            *(["--branch", branch] if branch else []),
        )
    assert listed(office("--json", "agenda")) == {
        "overdue": ["提案答复截止：空调"], "running": ["提案答复：停车"], "coming": ["提案答复截止：食堂"],
    }  # fmt: skip
    assert listed(office("--json", "agenda", "--branch", "a")) == {"coming": ["提案答复截止：食堂"]}
    assert listed(office("--json", "agenda", today="2022-11-10")) == {
        "overdue": ["提案答复截止：空调"], "due": ["提案答复截止：食堂"], "running": ["提案答复：停车"],
    }  # fmt: skip
    page = office("agenda").out
    assert "11-10" in page
    assert "提案答复截止：食堂（甲分工会）" in page
    assert page.index("提案答复：停车") < page.index("慰问职工"), "what ends first stands first"
    assert "提案答复截止：食堂" in office().out, "so does the overview"


def told(folder: Path) -> str:
    return (folder / "变更说明.txt").read_text(encoding="utf-8-sig")


def events(folder: Path) -> dict[str, tuple[int, str]]:
    """Number and title of each event of the whole plan."""
    calendar = Calendar.from_ical((folder / "全部.ics").read_bytes())
    known: list[Any] = calendar.walk("VEVENT")
    return {str(event["UID"]): (event["SEQUENCE"], str(event["SUMMARY"])) for event in known if "row-" in event["UID"]}


def test_calendars_and_people_are_told_of_each_change(office: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ics"
    words = ["审核结果=立案", "主办部门=后勤处", "提案人=张某某"]
    signs = [
        recorded(office("--json", "record", "提案", f"案由={title}", "承办期限=2022-11-10", *words))
        for title in ("食堂", "停车", "空调")
    ]
    office("ical", "-o", str(folder))
    assert sorted(events(folder).values()) == [
        (0, "提案答复截止：停车"),
        (0, "提案答复截止：空调"),
        (0, "提案答复截止：食堂"),
    ]
    assert "张某某".encode() not in (folder / "全部.ics").read_bytes()
    before = (folder / "全部.ics").read_bytes()
    office("ical", "-o", str(folder))
    assert (folder / "全部.ics").read_bytes() == before
    office("ledger", "change", signs[0], "答复日期=2022-11-08", today="2022-11-08")
    office("ledger", "change", signs[1], "承办期限=2022-11-30", today="2022-11-08")
    office("ledger", "remove", signs[2], today="2022-11-08")
    office("ical", "-o", str(folder), today="2022-11-08")
    assert set(events(folder).values()) == {(1, "提案答复截止：停车"), (1, "〔完成〕提案答复截止：食堂")}
    assert "改期：提案答复截止：停车：11月10日（星期四） → 11月30日（星期三）" in told(folder)
    assert "取消：提案答复截止：空调（原定11月10日（星期四））" in told(folder)
    assert "食堂" not in told(folder), "that something is done is no news"
    office("undo", today="2022-11-09")
    office("ical", "-o", str(folder), today="2022-11-09")
    assert "新增：提案答复截止：空调" in told(folder)
    assert (2, "提案答复截止：空调") in events(folder).values()


def test_a_row_of_a_task_leaves_what_people_know_of_the_task_alone(office: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ics"
    office("ical", "-o", str(folder))
    before = (folder / "全部.ics").read_bytes()
    office("record", "提案", "案由=食堂", "承办期限=12月", "--task", "visit")
    office("ical", "-o", str(folder))
    assert told(folder).count("慰问职工") == 0
    after = (folder / "全部.ics").read_bytes()
    assert before.removesuffix(b"END:VCALENDAR\r\n") in after
