"""What goes against the school's own rules is told, with the source; it is never refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner_ledger.remarks import findings_of
from planner_ledger.rules import Broken, Unchecked, broken_rules, findings
from tests.conftest import Outcome
from tests.plugins.ledger.kept import HEAD, PROPOSALS, VISITS, Kept

Run = Callable[..., Outcome]
SOURCE = "本校慰问办法第三条"
NAME = "张某某"


def rule(text: str) -> str:
    return f'[[ledgers.rules]]\nsource = "{SOURCE}"\n{text}\n'


CAP = rule('kind = "cap"\ncolumn = "money"\nmost = "1000元"\nper = "row"\nwhere = { kind = "生病住院" }')
PERSON = rule('kind = "cap"\ncolumn = "money"\nmost = "2000元"\nper = ["name", "kind"]\neach = "year"')
ONCE = rule('kind = "once"\ncolumns = ["name"]\nwithin = "year"\nwhere = { kind = "结婚" }')


def visits(folder: Path, rules: str, *rows: dict[str, Any]) -> Kept:
    return Kept(folder, VISITS + rules, [("visits", {"kind": "生病住院", **row}) for row in rows])


def broken(kept: Kept) -> list[list[int]]:
    """For each thing that is wrong the numbers of its rows."""
    found = broken_rules(kept.rows("visits"), kept.ledger("visits"), kept.snapshot)
    ids = [entry.id for entry in kept.entries if "row" not in entry.data]
    return [[ids.index(row.id) for row in one.rows] for one in found]


def unchecked(kept: Kept) -> list[tuple[str, int]]:
    """Why something cannot be checked, and of how many rows."""
    found = findings(kept.rows("visits"), kept.ledger("visits"), kept.snapshot)
    return [(one.why, len(one.rows)) for one in found if isinstance(one, Unchecked)]


def test_a_cap_holds_for_each_row_of_its_kind(tmp_path: Path) -> None:
    kept = visits(
        tmp_path, CAP,
        {"money": "1000元"}, {"money": "1000.01元"}, {"money": "1000余元"}, {"kind": "结婚", "money": "5000元"},
        {"money": "近1000元"}, {}, {"money": "不知道"},
    )  # fmt: skip
    assert broken(kept) == [[1], [2]]
    assert unchecked(kept) == []


def test_a_cap_per_person_and_kind_adds_up_a_year(tmp_path: Path) -> None:
    kept = visits(
        tmp_path, PERSON,
        {"name": NAME, "money": "1500元", "date": "2022-03-08"},
        {"name": NAME, "money": "600元", "date": "9-10月"},
        {"name": "李某", "money": "1500元", "date": "三月"},
        {"name": NAME, "money": "900元", "date": "2021-12-31"},
        {"name": NAME, "money": "1900元", "kind": "结婚", "date": "三月"},
    )  # fmt: skip
    (found,) = broken_rules(kept.rows("visits"), kept.ledger("visits"), kept.snapshot)
    assert [row.id for row in found.rows] == [kept.row(0), kept.row(1)]
    assert found.alike == {"name": NAME, "kind": "生病住院"}
    assert found.value is not None
    assert found.value.number == 2100
    assert found.period is not None
    assert str(found.period.start) == "2022-01-01"


def test_what_names_nobody_or_has_no_day_cannot_be_checked_and_is_told(tmp_path: Path) -> None:
    kept = visits(
        tmp_path, PERSON,
        {"money": "130989元", "people": "39人", "date": "2022年"},
        {"name": NAME, "money": "9999元"},
        {"name": NAME, "money": "9999元", "date": "2021-12/2022-01"},
    )  # fmt: skip
    assert broken(kept) == []
    assert unchecked(kept) == [("unnamed", 1), ("undated", 1), ("partly", 1)]


def test_once_is_once_in_a_year(tmp_path: Path) -> None:
    kept = visits(
        tmp_path, ONCE,
        {"kind": "结婚", "name": NAME, "date": "2022-01-01"},
        {"kind": "结婚", "name": NAME, "date": "2021-12-31"},
        {"kind": "结婚", "name": NAME, "date": "十二月"},
        {"kind": "生育", "name": NAME, "date": "五月"},
        {"kind": "结婚", "name": "李某", "date": "五月"},
    )  # fmt: skip
    assert broken(kept) == [[0, 2]]


@pytest.mark.parametrize(
    ("each", "found"), [("month", []), ("year", [[0, 1]]), ("term", [[0, 1]]), ("plan", [[0, 1, 2]])]
)
def test_a_period_is_a_month_a_year_the_term_or_all(tmp_path: Path, each: str, found: list[list[int]]) -> None:
    once = rule(f'kind = "once"\ncolumns = ["name"]\nwithin = "{each}"')
    kept = visits(
        tmp_path, once, {"name": NAME, "date": "2022-03"}, {"name": NAME, "date": "2022-04"}, {"name": NAME}
    )  # fmt: skip
    assert broken(kept) == found


def test_a_rule_counts_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    dated = CAP + 'from = "2022-03-01"\nuntil = "2022-06-30"\n'
    money = {"money": "2000元"}
    kept = visits(
        tmp_path, dated,
        {**money, "date": "2022-02-28"}, {**money, "date": "2022-03-01"}, {**money, "date": "2022-06-30"},
        {**money, "date": "2022-07"}, {**money, "date": "6-7月"}, money,
    )  # fmt: skip
    assert broken(kept) == [[1], [2]]
    assert unchecked(kept) == [("partly", 1), ("undated", 1)]


def test_a_merged_row_breaks_no_rule_of_its_own(tmp_path: Path) -> None:
    once = rule('kind = "once"\ncolumns = ["title"]\nwithin = "plan"')
    rows: list[tuple[str, dict[str, Any]]] = [
        ("proposals", {"title": "食堂"}), ("proposals", {"title": "食堂", "into": 0}),
    ]  # fmt: skip
    kept = Kept(tmp_path, PROPOSALS + once, rows)
    assert not broken_rules(kept.rows("proposals"), kept.ledger("proposals"), kept.snapshot)


# As an office types it -----------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(planner: Run, write: Callable[..., Path]) -> Run:
    """Run a command on a plan whose ledger has rules."""
    plan = write(VISITS + CAP + ONCE + PROPOSALS, head=HEAD)
    return lambda *words: planner("-p", plan, "--today", "2022-11-01", *words)


def checked(found: Outcome) -> list[tuple[str, int]]:
    return [(one["kind"], len(one["rows"])) for one in json.loads(found.out)["findings"]]


def test_too_much_is_recorded_all_the_same_with_a_warning_that_names_the_source(ledger: Run) -> None:
    found = ledger("record", "慰问", "类别=生病住院", "金额=1500", "材料齐全=是")
    assert found.code == 0
    assert SOURCE in found.err
    page = ledger("ledger", "check")
    assert page.code == 0
    assert SOURCE in page.out
    assert "1500元" in page.out
    assert checked(ledger("--json", "ledger", "check")) == [("rule", 1)]


def test_names_are_told_on_the_screen_and_never_in_json(ledger: Run) -> None:
    for _n in range(2):
        ledger("record", "慰问", "类别=结婚", f"姓名={NAME}", "时间=三月", "材料齐全=否")
    assert NAME in ledger("ledger", "check").out
    data = ledger("--json", "ledger", "check").out
    assert NAME not in data
    assert json.loads(data)["findings"][0]["alike"] == {"name": "＊＊＊"}
    assert checked(ledger("--json", "ledger", "check")) == [("rule", 2), ("incomplete", 2)]


def test_rows_in_which_something_is_missing_are_found(ledger: Run, planner: Run, write: Callable[..., Path]) -> None:
    ledger("record", "慰问", "类别=生育", "--branch", "a", "--task", "visit", "--goal", "care")
    ledger("record", "慰问", "类别=退休", "材料齐全=是")
    ledger("record", "提案", "案由=食堂", "承办期限=2022-10-31")
    assert checked(ledger("--json", "ledger", "check")) == [("unsaid", 1), ("due", 1)]
    head = HEAD.replace('id = "a"', 'id = "c"').replace('id = "visit"', 'id = "visits"').replace('"care"', '"cares"')
    own = '[[ledgers.columns]]\nid = "kind"\nchoices = ["退休"]\nopen = false\n'
    own += '[[ledgers.columns]]\nid = "goods"\nrequired = true\n'
    kinds = VISITS.replace('goal = "care"\n', "") + own
    plan = write(kinds + PROPOSALS.replace('"提案"', '"特色项目"'), head=head)
    found = planner("-p", plan, "--today", "2022-11-01", "--json", "ledger", "check")
    assert found.code == 0
    assert sorted(checked(found)) == [
        ("branch", 1), ("goal", 1), ("misfit", 1), ("misfit", 1), ("required", 2), ("task", 1), ("unsaid", 1),
    ]  # fmt: skip


def test_what_another_program_wrote_as_no_text_is_found(tmp_path: Path) -> None:
    kept = visits(tmp_path, "", {"kind": "退休", "people": 39, "money": ["1元"], "note": None})
    found = list(findings_of(kept.rows("visits"), kept.ledger("visits"), (), kept.snapshot))
    assert [one.kind for one in found] == ["misfit", "misfit", "unsaid"]
    assert "39" in found[0].text


def test_what_is_in_order_is_said_to_be(ledger: Run) -> None:
    ledger("record", "慰问", "类别=退休", "金额=1000", "材料齐全=是")
    found = ledger("ledger", "check")
    assert found.code == 0
    assert len(found.out.splitlines()) == 1
    assert checked(ledger("--json", "ledger", "check", "慰问")) == []
    assert ledger("ledger", "check", "没有").code == 2


def test_many_rows_of_one_finding_are_counted_and_all_of_them_listed_on_demand(ledger: Run) -> None:
    for n in range(10):
        ledger("record", "慰问", "类别=退休", f"备注=第{n}次", "材料齐全=否")
    assert len(ledger("ledger", "check").out.splitlines()) == 2 + 8 + 1 + 2
    assert len(ledger("ledger", "check", "--all").out.splitlines()) == 2 + 10 + 2


def test_hostile_names_do_nothing_on_a_terminal(ledger: Run) -> None:
    ledger("record", "慰问", "类别=[red]结婚[/red]", "金额=1")
    found = ledger("ledger", "check")
    assert "\x1b" not in found.out
    kept = [one for one in json.loads(ledger("--json", "ledger", "check").out)["findings"] if one["kind"] == "unsaid"]
    assert len(kept) == 1


def test_findings_of_all_rules_come_in_the_order_of_the_plan(tmp_path: Path) -> None:
    kept = visits(tmp_path, CAP + PERSON, {"money": "3000元", "name": NAME, "date": "三月"})
    found = findings(kept.rows("visits"), kept.ledger("visits"), kept.snapshot)
    assert [(type(one), one.rule.position) for one in found] == [(Broken, 0), (Broken, 1)]
