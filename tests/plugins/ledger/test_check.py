"""What `planner check` tells of ledgers; each code on its own is in tests/data/broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from planner.api import Diagnostic, Severity, load_plan
from planner_ledger.check import check
from planner_ledger.settings import SCHEMA
from tests.conftest import ROOT, Outcome

Found = Callable[..., list[Diagnostic]]
Run = Callable[..., Outcome]
PROPOSALS = '[[ledgers]]\nid = "p"\nuse = "提案"\n'


@pytest.fixture
def found(write: Callable[..., Path]) -> Found:
    """What is wrong in these ledgers beyond their form."""

    def checked(tables: str, *, whole: bool = True) -> list[Diagnostic]:
        loading = load_plan(write(tables), {"ledgers": SCHEMA})
        assert loading.plan is not None
        assert loading.plan.whole == whole
        return list(check(loading.plan))

    return checked


def told(problems: Sequence[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.code, str(d.severity)) for d in problems]


def marked(problem: Diagnostic) -> str:
    """The characters of the plan that a problem points to."""
    assert problem.source is not None
    start = problem.source.column - 1
    return problem.source.text[start : start + problem.source.length]


def test_a_condition_points_to_the_value_that_cannot_be(found: Found) -> None:
    part = '[{ route = "立案" }, { route = ["立案", "立按"] }]'
    (problem,) = found(PROPOSALS + f'[[ledgers.rates]]\nid = "x"\nname = "某率"\npart = {part}\nwhole = {{}}\n')
    assert problem.code == "P707"
    assert marked(problem) == '"立按"'
    assert problem.source is not None
    assert problem.source.column > 40


def test_lists_written_in_one_line_are_pointed_into_as_well(found: Found) -> None:
    (problem,) = found(
        PROPOSALS + 'stated = [{ column = "forms", value = "1件" }, { column = "froms", value = "28件" }]\n'
    )
    assert problem.code == "P706"
    assert marked(problem) == '"froms"'


def test_what_the_definition_says_is_a_warning_where_it_is_used(found: Found) -> None:
    problems = found(PROPOSALS + '[[ledgers.columns]]\nid = "satisfaction"\nchoices = ["好", "不好"]\n')
    assert told(problems) == [("P707", "warning")] * 2
    assert {marked(problem) for problem in problems} == {'"提案"'}


def test_writing_the_rate_anew_ends_the_warning(found: Found) -> None:
    rate = '[[ledgers.rates]]\nid = "satisfied"\npart = { satisfaction = "好" }\nwhole = { satisfaction = "*" }\n'
    assert found(PROPOSALS + '[[ledgers.columns]]\nid = "satisfaction"\nchoices = ["好", "不好"]\n' + rate) == []


def test_open_choices_and_other_keys_of_a_row_may_be_named_in_conditions(found: Found) -> None:
    tables = """
        [[goals]]
        id = "care"
        title = "服务职工"
        [[branches]]
        id = "east"
        name = "东区分工会"
        [[tasks]]
        id = "visit"
        title = "慰问"
        [[ledgers]]
        id  = "visits"
        use = "慰问"
        [[ledgers.stated]]
        column = "people"
        value  = "40余人"
        where  = { kind = "探亲", goals = "care", branch = ["east", ""], task = "visit", into = "", name = "*" }
        """
    assert found(tables) == []
    wrong = found(
        tables.replace('"care", b', '"caer", b').replace('["east"', '["esat"').replace('= "visit",', '= "vist",')
    )
    assert told(wrong) == [("P706", "error")] * 3


def test_a_goal_that_could_not_be_read_is_not_missed(found: Found) -> None:
    goal = '[[goals]]\nid = "care"\ntitle = 1\n'
    assert found(goal + '[[ledgers]]\nid = "visits"\nuse = "慰问"\ngoal = "elsewhere"\n', whole=False) == []


def test_an_unknown_definition_is_one_mistake(found: Found) -> None:
    problems = found('[[ledgers]]\nid = "v"\nuse = "慰问记录"\n[[ledgers.columns]]\nid = "kind"\nchoices = ["住院"]\n')
    assert told(problems) == [("P701", "error")]
    assert "慰问" in str(problems[0].hint)


def test_a_misspelt_stage_is_one_mistake(found: Found) -> None:
    problems = found(PROPOSALS + '[[ledgers.stages]]\nid = "collected"\nnext = ["reviewd"]\n')
    assert told(problems) == [("P706", "error")]
    assert "reviewed" in str(problems[0].hint)


def test_the_unit_of_a_column_may_be_written_out(found: Found) -> None:
    use = '[[ledgers]]\nid = "v"\nuse = "慰问"\n[[ledgers.columns]]\nid = "money"\nunits = ["{}"]\n'
    assert found(use.format("元")) == []
    assert told(found(use.format("万元"))) == [("P711", "error")]


@pytest.mark.parametrize("unit", ["多", "余人", "万", "亿元", "左右", "千万", "百", "元"])
def test_words_that_say_something_of_the_number_are_no_units(found: Found, unit: str) -> None:
    own = '[[ledgers]]\nid = "v"\nname = "某"\n[[ledgers.columns]]\nid = "n"\nname = "数"\ntype = "count"\nunits = '
    own += '["{}"]\n'
    assert told(found(own.format(unit))) == [("P711", "error")]
    assert found(own.format("场次")) == found(own.format("千克")) == []


def test_a_day_is_read_as_toml_and_as_text(found: Found) -> None:
    rule = 'kind = "once"\ncolumns = ["name"]\nsource = "x"\nfrom = {}\nuntil = "2023-12-31"\n'
    use = '[[ledgers]]\nid = "v"\nuse = "慰问"\n[[ledgers.rules]]\n'
    assert found(use + rule.format("2023-12-31")) == []
    assert found(use + rule.format('"2023-01-01"')) == []
    assert told(found(use + rule.format("2024-01-01"))) == [("P709", "error")]


def test_the_form_of_a_ledger_is_told_with_an_example(
    planner: Callable[..., Outcome], write: Callable[..., Path]
) -> None:
    path = write(
        '[[ledgers]]\nid = "v"\nuse = "慰问"\n[[ledgers.columns]]\nid = "money"\ntype = "euro"\nrequird = true\n'
    )
    outcome = planner("-p", path, "check")
    assert outcome.code == 3
    assert "attendances" in outcome.out
    assert "required" in outcome.out


@pytest.mark.parametrize("path", sorted((ROOT / "plans").glob("*.toml")), ids=lambda path: path.stem)
def test_the_plans_that_come_along_have_sound_ledgers(path: Path) -> None:
    loading = load_plan(path, {"ledgers": SCHEMA})
    assert loading.plan is not None
    if "ledgers" in loading.plan.tables:
        assert [d for d in check(loading.plan) if d.severity is not Severity.NOTE] == []
