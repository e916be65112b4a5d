"""Rates with what they are counted from, and totals that reconcile: nothing open or merged is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from planner.api import Quantity, UnlikeUnitsError, quantity_text, read_quantity
from planner_ledger.rates import RateFound, percent, rate_of, returned
from planner_ledger.reconcile import Comparison, comparisons, may_be
from tests.conftest import Outcome
from tests.plugins.ledger.kept import HEAD, PROPOSALS, Kept

Run = Callable[..., Outcome]
Rows = Sequence[Mapping[str, Any]]
OWN = """
[[ledgers]]
id = "checks"
name = "体检"

[[ledgers.columns]]
id = "title"
name = "单位"

[[ledgers.columns]]
id = "people"
name = "人数"
type = "people"

[[ledgers.columns]]
id = "done"
name = "已检"
type = "choice"
choices = ["是", "否"]

[[ledgers.rates]]
id = "taken"
name = "参检率"
column = "people"
part = { done = "是" }
whole = {}
"""
CHANGZHOU: Rows = (
    {"title": "立案的", "forms": "3件", "route": "立案", "stage": "answered"},
    {"title": "意见建议", "forms": "7件", "route": "意见建议", "stage": "answered"},
    {"title": "不予立案", "forms": "17件", "route": "不予立案", "stage": "reviewed"},
    {"title": "内容相同的", "into": 1},
)


def proposals(folder: Path, rows: Rows, more: str = "") -> Kept:
    return Kept(folder, PROPOSALS + more, [("proposals", {"title": "案由", **row}) for row in rows])


def rate(kept: Kept, id_: str, ledger: str = "proposals") -> RateFound:
    meant = kept.ledger(ledger)
    (wanted,) = [known for known in meant.rates if known.id == id_]
    return rate_of(wanted, kept.rows(ledger), meant)


def numbers(found: RateFound) -> tuple[str, str, str | None]:
    """Part, whole and percentage."""
    share = quantity_text(found.percent) if found.percent else None
    return quantity_text(found.part), quantity_text(found.whole), share


def parts(found: RateFound) -> dict[str, str]:
    return {summand.key: quantity_text(summand.quantity) for summand in found.summands}


def test_twenty_eight_are_three_and_seven_and_seventeen_and_one_that_was_merged(tmp_path: Path) -> None:
    filed = rate(proposals(tmp_path, CHANGZHOU), "filed")
    assert numbers(filed) == ("3件", "28件", "10.7%")
    assert parts(filed) == {"立案": "3件", "意见建议": "7件", "不予立案": "17件", "merged": "1件"}
    assert filed.unmerged is not None
    assert quantity_text(filed.unmerged) == "11.1%"


def test_sixty_four_of_seventy_two_are_filed_and_fifty_seven_of_those_solved_or_planned(tmp_path: Path) -> None:
    rows = (
        {"forms": "40件", "route": "立案", "result": "已解决"},
        {"forms": "17件", "route": "立案", "result": "列入计划"},
        {"forms": "7件", "route": "立案", "result": "留作参考"},
        {"forms": "8件", "route": "意见建议", "result": "已解决"},
    )
    kept = proposals(tmp_path, rows)
    assert numbers(rate(kept, "filed")) == ("64件", "72件", "88.9%")
    solved = rate(kept, "solved")
    assert numbers(solved) == ("57件", "64件", "89.1%")
    assert parts(solved) == {"已解决": "40件", "列入计划": "17件", "留作参考": "7件"}
    assert [summand.is_part for summand in solved.summands] == [True, True, False]


def test_a_hundred_and_twenty_six_forms_become_sixty_four_and_thirty_one_and_five(tmp_path: Path) -> None:
    rows = [{"route": route} for route, n in (("立案", 64), ("意见建议", 31), ("不予立案", 5)) for _n in range(n)]
    merged = [{"route": "立案", "into": n} for n in range(26)]  # a merged form that says 立案 is no further case
    filed = rate(proposals(tmp_path, [*rows, *merged]), "filed")
    assert numbers(filed) == ("64件", "126件", "50.8%")
    assert parts(filed) == {"立案": "64件", "意见建议": "31件", "不予立案": "5件", "merged": "26件"}
    assert filed.unmerged is not None
    assert quantity_text(filed.unmerged) == "64%"
    kept = proposals(tmp_path, [*rows, *merged])
    assert numbers(rate(kept, "solved"))[1] == "64件"


def test_what_is_still_open_is_a_summand_of_its_own(tmp_path: Path) -> None:
    rows: Rows = (
        {"route": "立案", "stage": "rated", "satisfaction": "满意"},
        {"route": "立案", "stage": "assigned"},
        {"route": "立案"},
        {},
        {"forms": "4件"},
    )
    kept = proposals(tmp_path, rows)
    assert parts(rate(kept, "filed")) == {"立案": "3件", "": "5件"}
    answered = rate(kept, "answered")
    assert numbers(answered) == ("1件", "3件", "33.3%")
    assert parts(answered) == {"part": "1件", "collected": "1件", "assigned": "1件"}
    assert parts(rate(kept, "solved")) == {"": "3件"}


def test_satisfaction_counts_those_with_an_answer_and_tells_the_wholly_satisfied_apart(tmp_path: Path) -> None:
    said = ["满意"] * 5 + ["基本满意"] * 2 + ["不满意"] + [""] * 2
    found = rate(proposals(tmp_path, [{"route": "立案", "satisfaction": text} for text in said]), "satisfied")
    assert numbers(found) == ("7件", "8件", "87.5%")
    assert parts(found) == {"满意": "5件", "基本满意": "2件", "不满意": "1件"}


def test_nothing_of_nothing_is_no_percentage(tmp_path: Path, planner: Run) -> None:
    kept = proposals(tmp_path, [{}])
    assert numbers(rate(kept, "satisfied")) == ("0件", "0件", None)
    assert planner("-p", tmp_path / "kept.toml", "ledger", "rates").code == 0


def test_who_counts_people_in_rows_gets_people(tmp_path: Path) -> None:
    rows = [
        ("checks", {"title": "甲", "people": "858人", "done": "是"}),
        ("checks", {"title": "乙", "people": "40余人"}),
    ]
    kept = Kept(tmp_path, OWN, rows)
    found = rate(kept, "taken", "checks")
    assert numbers(found) == ("858人", "898余人", "约95.5%")
    kept.begin("checks", {"title": "丙", "people": "几个人"})
    again = rate(kept, "taken", "checks")
    assert numbers(again) == numbers(found)
    assert [row.id for row in again.unfit] == [kept.row(2)]


def test_a_rate_over_unlike_units_is_refused(tmp_path: Path) -> None:
    text = OWN.replace('type = "people"', 'type = "count"\nunits = ["人", "户"]')
    kept = Kept(
        tmp_path, text, [("checks", {"people": "3人", "done": "是"}), ("checks", {"people": "2户", "done": "是"})]
    )
    with pytest.raises(UnlikeUnitsError):
        rate(kept, "taken", "checks")
    assert "checks.taken" not in {one.name for one in kept.snapshot.measures}


@pytest.mark.parametrize(("part", "share"), [(1, "0.1%"), (9_999, "99.9%"), (10_000, "100%"), (445, "4.5%"), (0, "0%")])
def test_all_but_one_is_not_all_and_one_is_not_none(part: int, share: str) -> None:
    found = percent(Quantity(Decimal(part), "件"), Quantity(Decimal(10_000), "件"))
    assert found is not None
    assert quantity_text(found) == share


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_percentage_is_a_hundred_only_where_all_are_there(one: int, other: int) -> None:
    part, whole = min(one, other), max(one, other)
    found = percent(Quantity(Decimal(part), "件"), Quantity(Decimal(whole), "件"))
    if found is None:
        assert whole == 0
        return
    assert 0 <= found.number <= 100
    assert (found.number == 100) == (part == whole)
    assert (found.number == 0) == (part == 0)
    assert abs(found.number - Decimal(100 * part) / whole) <= Decimal("0.1")


def test_a_row_that_was_taken_up_again_is_counted_as_often_as_it_was(tmp_path: Path) -> None:
    kept = proposals(tmp_path, [{"route": "立案"}, {"route": "立案"}])
    for stage in ("assigned", "answered", "rated", "assigned", "answered", "rated", "assigned"):
        kept.change(0, stage=stage)
    kept.change(1, stage="answered")
    found = returned(kept.rows("proposals"), kept.ledger("proposals"))
    assert [(row.id, times) for row, times in found] == [(kept.row(0), 2)]


# What documents state ------------------------------------------------------------------------------------------------


def stated(value: str, where: str = "{}", column: str = "forms") -> str:
    return f'[[ledgers.stated]]\ncolumn = "{column}"\nvalue = "{value}"\nwhere = {where}\nsource = "报告第二页"\n'


def compared(kept: Kept) -> list[Comparison]:
    return comparisons(kept.rows("proposals"), kept.ledger("proposals"))


def test_stated_totals_that_the_rows_give_agree(tmp_path: Path) -> None:
    more = stated("28件") + stated("3件", '{ route = "立案" }') + stated("7件", '{ route = "意见建议" }')
    found = compared(proposals(tmp_path, CHANGZHOU, more))
    assert all(one.agrees and not one.difference and not one.reasons for one in found)
    assert len(found) == 3


def test_a_total_that_was_stated_without_the_merged_ones_is_explained(tmp_path: Path) -> None:
    (found,) = compared(proposals(tmp_path, CHANGZHOU, stated("27件")))
    assert not found.agrees
    assert found.difference == 1
    exact = [reason for reason in found.reasons if reason.fits]
    assert [[row.values["title"] for row in reason.rows] for reason in exact] == [["内容相同的"], ["内容相同的"]]


def test_what_was_merged_away_may_explain_what_is_missing(tmp_path: Path) -> None:
    rows = [{"forms": "3件", "route": "立案"}, {"forms": "17件", "route": "不予立案", "into": 0}]
    (found,) = compared(proposals(tmp_path, rows, stated("17件", '{ route = "不予立案" }')))
    (reason,) = found.reasons
    assert (reason.fits, [row.values["forms"] for row in reason.rows]) == (True, ["17件"])
    assert reason.quantity is not None
    assert reason.quantity.number == 17


def test_what_is_not_decided_yet_may_explain_what_is_missing(tmp_path: Path) -> None:
    kept = proposals(
        tmp_path, [{"forms": "60件", "route": "立案"}, {"forms": "4件"}], stated("64件", '{ route = "立案" }')
    )
    (found,) = compared(kept)
    assert found.difference == -4
    (reason,) = found.reasons
    assert reason.fits
    assert [row.id for row in reason.rows] == [kept.row(1)]


def test_a_value_that_cannot_be_read_may_explain_a_difference(tmp_path: Path) -> None:
    kept = proposals(tmp_path, [{"forms": "20件"}, {"forms": "八件"}, {"forms": "好几件"}], stated("30件"))
    (found,) = compared(kept)
    assert found.difference == -2
    assert [row.id for row in found.reasons[0].rows] == [kept.row(2)]
    assert not found.reasons[0].fits


@pytest.mark.parametrize(
    ("said", "found", "fits"),
    [
        ("40余人", "40人", True), ("40余人", "43人", True), ("40余人", "49人", True), ("40余人", "50人", False),
        ("40余人", "39人", False), ("4000余人", "4900人", True), ("近4000人", "3950人", True),
        ("近4000人", "4001人", False), ("约40人", "44人", True), ("约40人", "46人", False),
        ("40人", "40人", True), ("40人", "41人", False),
        ("40人", "40余人", False), ("40余人", "40余人", True), ("0人", "0人", True), ("10多人", "11人", True),
    ],
)  # fmt: skip
def test_a_number_that_is_not_exact_agrees_with_what_it_can_mean(said: str, found: str, fits: bool) -> None:
    assert may_be(read_quantity(said, ("人",)), read_quantity(found, ("人",))) == fits


# As an office types it -----------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(planner: Run, write: Callable[..., Path]) -> Run:
    """Run a command on a plan with proposals of which a report states the number."""
    plan = write(PROPOSALS + stated("72件") + OWN, head=HEAD)
    return lambda *words: planner("-p", plan, *words)


def test_the_page_shows_part_and_whole_of_each_rate(ledger: Run) -> None:
    ledger("record", "提案", "案由=立案的", "件数=64", "审核结果=立案")
    ledger("record", "提案", "案由=其余", "件数=8")
    page = ledger("ledger", "rates", "提案").out
    assert "立案 64件 ÷ 征集 72件" in page
    assert "88.9%" in page
    assert "征集 72件 = 立案 64件 + " in page
    (found,) = json.loads(ledger("--json", "ledger", "rates", "提案").out)
    assert [(one["id"], one["percent"]) for one in found["rates"]] == [
        ("filed", "88.9"), ("answered", "0"), ("solved", "0"), ("satisfied", None),
    ]  # fmt: skip
    assert found["rates"][0]["summands"][1]["key"] == ""
    assert [one["agrees"] for one in found["stated"]] == [True]


def test_of_a_part_of_the_rows_nothing_is_compared_with_what_is_stated(ledger: Run) -> None:
    ledger("record", "提案", "案由=立案的", "审核结果=立案", "提交日期=三月")
    ledger("record", "提案", "案由=没有时间的", "审核结果=立案")
    (found,) = json.loads(ledger("--json", "ledger", "rates", "提案", "--from", "2022-03-01").out)
    assert found["stated"] is None
    assert found["rates"][0]["whole"]["text"] == "1件"
    assert len(found["undated"]) == 1


def test_a_ledger_without_rates_says_what_there_is_instead(planner: Run, write: Callable[..., Path]) -> None:
    plan = write('[[ledgers]]\nid = "visits"\nuse = "慰问"\n', head=HEAD)
    for words in ((), ("慰问",), ("没有",)):
        found = planner("-p", plan, "ledger", "rates", *words)
        assert found.code == 2
        assert found.err


def test_the_page_keeps_to_the_width_of_the_terminal(ledger: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.api import cell_width

    for route in ("立案", "意见建议", "不予立案", ""):
        ledger("record", "提案", f"案由={'长' * 60}", "件数=1234567", f"审核结果={route}")
    for width in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for words in (("rates",), ("check",)):
            lines = ledger("ledger", *words).out.splitlines()
            assert max(map(cell_width, lines)) <= width
