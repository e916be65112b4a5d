"""Money that must be right to the fen, through the commands that an office types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HEAD, Outcome

Run = Callable[..., Outcome]
LEDGERS = """
[[ledgers]]
id = "funds"
use = "经费"

[[ledgers]]
id = "visits"
use = "慰问"

[[ledgers]]
id = "activities"
use = "活动"
"""
SPENT = {
    "职工活动支出": "293,549.90",
    "维权支出": "283700.60元",
    "业务支出": "16.29374万元",
    "资本性支出": "17102.15",
    "补助下级支出": "393,079.27元",
}
SHARES = ["25.52", "24.66", "14.16", "1.49", "34.17"]


@pytest.fixture
def ledger(planner: Run, write: Callable[..., Path]) -> Run:
    """Run a command on a plan with ledgers; it must succeed."""
    plan = write(LEDGERS)

    def run_on_plan(*words: str) -> Outcome:
        found = planner("-p", plan, *words)
        assert found.code == 0, found.err
        return found

    return run_on_plan


def totals(found: Outcome) -> dict[str, Any]:
    (page,) = json.loads(found.out)["totals"]
    return dict(page)


def texts(total: dict[str, Any]) -> list[str]:
    return [quantity["text"] for quantity in total["quantities"]]


def test_the_spending_of_a_year_adds_up_to_the_fen_with_its_shares(ledger: Run) -> None:
    for item, money in SPENT.items():
        ledger("record", "经费", "摘要=全年", "收支=支出", f"科目={item}", f"金额={money}")
    page = totals(ledger("--json", "ledger", "totals", "经费.金额", "--by", "科目", "--share"))
    assert texts(page["totals"][0]) == ["1150369.32元"]
    assert [group["key"] for group in page["groups"]] == [*SPENT]
    assert [group["totals"][0]["shares"] for group in page["groups"]] == [[share] for share in SHARES]
    printed = ledger("ledger", "totals", "经费.金额", "--by", "科目", "--share").out
    assert "1,150,369.32元" in printed
    assert all(f"{share}%" in printed for share in SHARES)


def test_income_and_spending_are_kept_apart(ledger: Run) -> None:
    for item, money in (("会费收入", "342552.26"), ("拨缴经费收入", "70万元")):
        ledger("record", "经费", "摘要=全年", "收支=收入", f"科目={item}", f"金额={money}")
    ledger("record", "经费", "摘要=全年", "收支=支出", "科目=业务支出", "金额=100")
    page = totals(ledger("--json", "ledger", "totals", "经费.金额", "--where", "收支=收入"))
    assert texts(page["totals"][0]) == ["1042552.26元"]
    both = totals(ledger("--json", "ledger", "totals", "funds.money", "--by", "收支"))
    assert [(g["key"], texts(g["totals"][0])) for g in both["groups"]] == [
        ("收入", ["1042552.26元"]),
        ("支出", ["100元"]),
    ]


def test_a_tenth_and_two_tenths_are_three_tenths(ledger: Run) -> None:
    for money in ("0.1", "0.2元"):
        ledger("record", "经费", "摘要=零钱", "收支=收入", f"金额={money}")
    assert texts(totals(ledger("--json", "ledger", "totals", "经费"))["totals"][0]) == ["0.30元"]


def test_a_correction_takes_away_what_was_too_much(ledger: Run) -> None:
    for money in ("500.05", "-0.05"):
        ledger("record", "经费", "摘要=更正", "收支=支出", f"金额={money}")
    assert texts(totals(ledger("--json", "ledger", "totals", "经费"))["totals"][0]) == ["500元"]


def test_the_visits_of_a_year_and_their_money_in_wan(ledger: Run) -> None:
    people = {"生病住院": 39, "亲人去世": 18, "结婚": 6, "生育": 14, "退休": 25}
    for kind, number in people.items():
        ledger("record", "慰问", f"类别={kind}", f"人数={number}人")
    ledger("record", "慰问", "类别=其他", "金额=13.0989万元")
    page = totals(ledger("--json", "ledger", "totals", "慰问", "--by", "kind"))
    found = {group["key"]: texts(group["totals"][0]) for group in page["groups"]}
    assert found == {kind: [f"{number}人"] for kind, number in people.items()} | {"其他": []}
    columns = dict(zip(page["measures"], map(texts, page["totals"]), strict=True))
    assert columns["visits.people"] == ["102人"]
    assert columns["visits.money"] == ["130989元"]
    assert "13.0989万元" in ledger("ledger", "totals", "慰问", "--wan").out
    assert "130,989元" in ledger("ledger", "totals", "慰问").out


def test_some_forty_and_ten_are_some_fifty(ledger: Run) -> None:
    for number in ("40余人", "10人"):
        ledger("record", "活动", "名称=健步走", f"人数={number}")
    assert texts(totals(ledger("--json", "ledger", "totals", "活动.人数"))["totals"][0]) == ["50余人"]


def test_people_and_attendances_never_meet_in_one_sum(ledger: Run, planner: Run) -> None:
    ledger("record", "慰问", "类别=退休", "人数=25")
    ledger("record", "活动", "名称=健步走", "人次=3226人次")
    found = planner("-p", "plan.toml", "ledger", "totals", "慰问.人数", "活动.人次", "--sum")
    assert found.code == 2
    assert "慰问 人数" in found.err
    assert "活动 人次" in found.err
    assert "3251" not in found.out + found.err
    page = totals(ledger("--json", "ledger", "totals", "活动"))
    assert dict(zip(page["measures"], map(texts, page["totals"]), strict=True))["activities.attendances"] == [
        "3226人次"
    ]


def test_shares_that_do_not_come_to_a_hundred_are_said_to(ledger: Run) -> None:
    for item in ("会费收入", "拨缴经费收入", "其他收入"):
        ledger("record", "经费", "摘要=三分之一", "收支=收入", f"科目={item}", "金额=1")
    page = ledger("ledger", "totals", "经费", "--by", "科目", "--share").out
    assert page.count("33.33%") == 3
    assert "99.99%" in page


def test_no_share_is_made_of_what_is_not_exact(ledger: Run) -> None:
    for kind, number in (("文体", "40余人"), ("节日", "10人")):
        ledger("record", "活动", "名称=健步走", f"类别={kind}", f"人数={number}")
    page = totals(ledger("--json", "ledger", "totals", "活动.人数", "--by", "类别", "--share"))
    assert [group["totals"][0]["shares"] for group in page["groups"]] == [[], []]


def test_the_head_of_the_test_plan_has_no_ledger(planner: Run, write: Callable[..., Path]) -> None:
    found = planner("-p", write("", head=HEAD), "ledger", "totals")
    assert found.code == 2
    assert "[[ledgers]]" in found.err
