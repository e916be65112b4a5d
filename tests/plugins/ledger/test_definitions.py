"""The ledgers of a plan: ready-made ones by name, changed and added to by id, or all one's own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import tomli

from planner.api import Plan, UsageError, load_plan, quantity_text
from planner_ledger.check import check
from planner_ledger.ledgers import find_column, find_ledger, find_ready, ledgers_of, ready_ledgers
from planner_ledger.model import RESERVED, TAKEN, Column, Ledger
from planner_ledger.ready import FILES, definition
from planner_ledger.settings import SCHEMA
from tests.conftest import HEAD, ROOT, Outcome

Made = Callable[[str], Plan]
VISITS = '[[ledgers]]\nid = "visits"\nuse = "慰问"\n'


@pytest.fixture
def plan(write: Callable[[str], Path]) -> Made:
    """A plan with these tables, which follow the schema."""

    def made(tables: str) -> Plan:
        loading = load_plan(write(tables), {"ledgers": SCHEMA})
        assert loading.plan is not None
        assert not [d for d in loading.diagnostics if d.code.startswith("P2")]
        return loading.plan

    return made


def only(plan: Plan) -> Ledger:
    (ledger,) = ledgers_of(plan)
    return ledger


def test_every_ready_made_ledger_follows_the_schema_of_plans() -> None:
    folder = Path(sys.modules["planner_ledger"].__path__[0]) / "definitions"
    assert {path.stem for path in folder.glob("*.toml")} == set(FILES.values())
    for name, file in FILES.items():
        table = tomli.loads((folder / f"{file}.toml").read_text(encoding="utf-8"))
        assert table["name"] == name
        jsonschema_rs.Draft202012Validator(SCHEMA).validate([{"id": file, **table}])
        assert "rules" not in table, "who gets how much is for each school to say"
        assert "stated" not in table


def test_every_ready_made_ledger_can_be_used_as_it_is(plan: Made) -> None:
    used = plan("".join(f'[[ledgers]]\nid = "{file}"\nuse = "{name}"\n' for name, file in FILES.items()))
    assert list(check(used)) == []
    assert [(ledger.id, ledger.name) for ledger in ledgers_of(used)] == [(f, n) for n, f in FILES.items()]
    assert [ledger.columns for ledger in ledgers_of(used)] == [ledger.columns for ledger in ready_ledgers()]


@pytest.mark.parametrize("name", FILES)
def test_every_ready_made_ledger_says_when_and_what(name: str) -> None:
    ledger = find_ready(name)
    assert (ledger.day is None) == (name == "特色项目")
    assert ledger.title or ledger.kind
    assert not TAKEN & set(ledger.column_by_id)
    names = [column.name for column in ledger.columns]
    assert len({*names, *RESERVED.values()}) == len(names) + len(RESERVED)
    assert all(column.default == "" or column.is_quantity for column in ledger.columns)


def test_the_ready_made_ledgers_hold_what_offices_count() -> None:
    units = {f"{ledger.name}.{c.name}": c.units for ledger in ready_ledgers() for c in ledger.quantities}
    assert units["慰问.人数"] == ("人",)
    assert units["慰问.人次"] == ("人次",)
    assert units["慰问.金额"] == units["捐款.金额"] == units["经费.金额"] == ("元",)
    assert units["活动.场次"] == ("场次", "场", "期", "次")
    assert units["活动.户数"] == ("户",)
    assert units["提案.件数"] == ("件",)
    assert units["特色项目.评分"] == ("分",)


def test_who_is_named_never_leaves_the_office() -> None:
    private = {f"{ledger.name}.{c.name}" for ledger in ready_ledgers() for c in ledger.columns if c.private}
    assert private == {"慰问.姓名", "慰问.情况", "提案.提案人", "荣誉.获奖人"}


def test_the_stages_of_proposals() -> None:
    proposals = find_ready("提案")
    ways = {stage.name: [proposals.stage_by_id[id_].name for id_ in stage.next] for stage in proposals.stages}
    assert ways == {
        "征集": ["审核"], "审核": ["承办", "归档"], "承办": ["答复"], "答复": ["反馈", "归档"],
        "反馈": ["归档", "承办"], "归档": [],
    }  # fmt: skip
    assert [rate.name for rate in proposals.rates] == ["立案率", "答复率", "办结率", "满意率"]
    assert proposals.stage_by_id["assigned"].when == ({"route": ("立案", "意见建议")},)
    assert proposals.rates[0].whole == ({},)
    assert {rate.column for rate in proposals.rates} == {"forms"}


def test_what_a_plan_says_of_a_column_changes_that_alone(plan: Made) -> None:
    ledger = only(plan(VISITS + '[[ledgers.columns]]\nid = "kind"\nchoices = ["住院", "去世"]\nopen = false\n'))
    before = find_ready("慰问")
    kind, kind_before = ledger.column_by_id["kind"], before.column_by_id["kind"]
    assert kind == kind_before._replace(choices=("住院", "去世"), open=False)
    assert kind.required
    assert [c.id for c in ledger.columns] == [c.id for c in before.columns]


def test_new_columns_come_after_those_of_the_definition(plan: Made) -> None:
    more = '[[ledgers.columns]]\nid = "{id}"\nname = "{id}"\n'
    ledger = only(plan(VISITS + more.format(id="b") + more.format(id="money") + more.format(id="a")))
    assert [c.id for c in ledger.columns][-3:] == ["note", "b", "a"]
    assert ledger.column_by_id["money"].name == "money"
    assert ledger.column_by_id["money"].type == "money"


def test_a_default_can_be_taken_away_and_a_new_one_is_kept_as_rows_are(plan: Made) -> None:
    columns = '[[ledgers.columns]]\nid = "forms"\ndefault = "{}"\n'
    use = '[[ledgers]]\nid = "p"\nuse = "提案"\n'
    assert only(plan(use)).column_by_id["forms"].default == "1件"
    assert only(plan(use + columns.format(""))).column_by_id["forms"].default == ""
    assert only(plan(use + columns.format("２ 件"))).column_by_id["forms"].default == "2件"


def test_stages_and_rates_are_changed_by_id_too(plan: Made) -> None:
    ledger = only(
        plan(
            """
            [[ledgers]]
            id  = "proposals"
            use = "提案"
            [[ledgers.stages]]
            id   = "rated"
            name = "测评"
            [[ledgers.stages]]
            id   = "shown"
            name = "公示"
            [[ledgers.rates]]
            id   = "filed"
            part = { route = ["立案", "意见建议"] }
            """
        )
    )
    assert [stage.name for stage in ledger.stages] == ["征集", "审核", "承办", "答复", "测评", "归档", "公示"]
    assert ledger.stage_by_id["rated"].next == ("closed", "assigned")
    assert ledger.rates[0].name == "立案率"
    assert ledger.rates[0].part == ({"route": ("立案", "意见建议")},)


RULES = """
[[ledgers]]
id  = "visits"
use = "慰问"

[[ledgers.rules]]
kind   = "cap"
column = "money"
most   = "0.1万元"
where  = { kind = "生病住院" }
until  = 2023-06-30
source = "本校慰问办法（2019）第三条"

[[ledgers.rules]]
kind   = "cap"
column = "money"
most   = "1500元"
per    = ["name", "kind"]
each   = "year"
where  = { kind = "生病住院" }
from   = 2023-07-01
source = "本校慰问办法（2023）第三条"

[[ledgers.rules]]
kind    = "once"
columns = ["name", "kind"]
within  = "term"
source  = "本校慰问办法（2023）第五条"

[[ledgers.stated]]
column = "money"
value  = "13.0989万元"
where  = { kind = ["生病住院", "生育"] }
source = "工会工作报告"
"""


def test_a_schools_money_standards_are_dated_rules_with_their_source(plan: Made) -> None:
    ledger = only(plan(RULES))
    old, new, once = ledger.rules
    assert (old.since, str(old.until), old.per) == (None, "2023-06-30", ())
    assert old.most is not None
    assert quantity_text(old.most) == "1000元"
    assert (str(new.since), new.until, new.per, new.each) == ("2023-07-01", None, ("name", "kind"), "year")
    assert (once.kind, once.per, once.each) == ("once", ("name", "kind"), "term")
    assert [rule.position for rule in ledger.rules] == [0, 1, 2]
    assert old.source == "本校慰问办法（2019）第三条"
    assert quantity_text(ledger.stated[0].value) == "130989元"
    assert ledger.stated[0].where == {"kind": ("生病住院", "生育")}
    assert list(check(plan(RULES))) == []


def test_the_examples_of_the_page_about_ledgers_work_together(plan: Made) -> None:
    page = (ROOT / "docs" / "ledgers.md").read_text(encoding="utf-8")
    examples = [
        text for text in re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL) if "[[ledgers" in text
    ]
    used = plan('[[goals]]\nid = "care"\ntitle = "服务职工"\n' + "\n".join(examples))
    assert list(check(used)) == []
    visits, homes, proposals, sickness = ledgers_of(used)[:4]
    assert visits.columns[-1].name == "礼品数"
    assert homes.kind == homes.column_by_id["kind"]
    assert proposals.rates[-1].whole == ({},)
    assert [str(rule.until) for rule in sickness.rules] == ["2023-06-30", "None", "None"]


def test_conditions_are_kept_as_rows_are(plan: Made) -> None:
    stated = '[[ledgers]]\nid = "h"\nuse = "荣誉"\n[[ledgers.stated]]\ncolumn = "number"\nvalue = "3"\nwhere = {}\n'
    used = plan(
        stated.replace("{}", '{ level = "省部级", grade = ["一等", "第八名", "*"], stage = "" }').replace(
            '"3"', '"3个"'
        )
    )
    (total,) = only(used).stated
    assert total.where == {"level": ("省级",), "grade": ("一等奖", "第8名", "*"), "stage": ("",)}


def test_what_check_tells_of_is_left_out_and_the_rest_works(plan: Made) -> None:
    first, second = ledgers_of(
        plan(
            """
            [[ledgers]]
            id  = "visits"
            use = "慰问"
            [[ledgers.columns]]
            id = "branch"
            name = "分会"
            [[ledgers.columns]]
            id = "households"
            default = "1人"
            [[ledgers.rules]]
            kind = "cap"
            column = "moneyy"
            most = "1元"
            source = "x"
            [[ledgers.rules]]
            kind = "once"
            columns = ["nobody"]
            source = "x"
            [[ledgers.rules]]
            kind = "cap"
            column = "money"
            most = "1人"
            source = "x"
            [[ledgers.rules]]
            kind = "once"
            columns = ["name", "branch"]
            source = "x"
            [[ledgers.rules]]
            kind = "once"
            source = "x"
            [[ledgers.rules]]
            kind = "once"
            columns = ["name"]
            from = "2023-02-30"
            source = "x"
            [[ledgers.stated]]
            column = "money"
            value = "1人"
            [[ledgers]]
            id  = "visits"
            use = "活动"
            [[ledgers]]
            id  = "other"
            use = "探望"
            """
        )
    )
    assert (first.name, second.name) == ("慰问", "探望")
    assert "branch" not in first.column_by_id
    assert first.column_by_id["households"].default == ""
    assert [(rule.kind, rule.position) for rule in first.rules] == [("once", 3)]
    assert first.stated == ()
    assert second.columns == ()


def test_a_ledger_of_ones_own(plan: Made) -> None:
    ledger = only(
        plan(
            """
            [[ledgers]]
            id      = "homes"
            name    = "职工小家"
            private = true
            [[ledgers.columns]]
            id   = "title"
            name = "名称"
            [[ledgers.columns]]
            id    = "level"
            name  = "级别"
            type  = "level"
            [[ledgers.columns]]
            id    = "grade"
            name  = "等级"
            type  = "grade"
            choices = ["先进", "合格"]
            """
        )
    )
    assert ledger.private
    assert [c.type for c in ledger.columns] == ["text", "level", "grade"]
    assert ledger.column_by_id["level"].choices[:2] == ("国家级", "省级")
    assert ledger.column_by_id["grade"].choices == ("先进", "合格")
    assert ledger.title == Column("title", "名称")


def test_a_plan_is_read_once(plan: Made) -> None:
    used = plan(VISITS)
    assert ledgers_of(used) is ledgers_of(used)
    assert ledgers_of(plan("")) == ()


def test_a_ledger_is_found_by_id_name_or_part_of_its_name(plan: Made) -> None:
    used = plan(VISITS + VISITS.replace("visits", "retired").replace("use", 'name = "退休慰问"\nuse'))
    assert find_ledger("visits", used).id == find_ledger("慰问", used).id == "visits"
    assert find_ledger("退休", used).id == find_ledger(" retired ", used).id == "retired"
    assert find_column("金额", find_ledger("visits", used)).id == "money"
    assert find_column("money", find_ledger("visits", used)).name == "金额"


@pytest.mark.parametrize("words", ["", "问", "visit", "提案", "\x1b[31m"])
def test_words_that_name_no_ledger_or_several_are_refused_with_the_names(plan: Made, words: str) -> None:
    used = plan(VISITS + VISITS.replace("visits", "retired").replace("use", 'name = "退休慰问"\nuse'))
    with pytest.raises(UsageError) as caught:
        find_ledger(words, used)
    assert "visits" in str(caught.value.hint)
    assert "\x1b" not in str(caught.value)


def test_names_with_braces_are_only_names(plan: Made) -> None:
    used = plan('[[ledgers]]\nid = "odd"\nname = "{x}{0}%s"\n[[ledgers.columns]]\nid = "a"\nname = "{y}"\n')
    ledger = find_ledger("{x}", used)
    with pytest.raises(UsageError) as caught:
        find_column("{z}", ledger)
    assert "{x}{0}%s" in str(caught.value)
    assert "{z}" in str(caught.value)


def test_without_any_ledger_the_way_to_one_is_told(plan: Made) -> None:
    with pytest.raises(UsageError) as caught:
        find_ledger("慰问", plan(""))
    assert 'use = "慰问"' in str(caught.value.hint)


Run = Callable[..., Outcome]


def test_the_command_lists_the_ready_made_ones_without_any_plan(planner: Run) -> None:
    outcome = planner("ledger", "definitions")
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.splitlines()] == list(FILES)


def test_the_command_shows_one_of_them_with_its_columns(planner: Run) -> None:
    outcome = planner("ledger", "definitions", "提案")
    assert outcome.code == 0
    for words in ("proposer", "提案人", "件", "征集", "→ 审核", "立案率", "满意、基本满意、不满意"):
        assert words in outcome.out
    assert 'use = "提案"' in outcome.err
    assert planner("ledger", "definitions", "提").out == outcome.out
    assert planner("ledger", "definitions", "proposals").out == outcome.out


def test_the_command_gives_data(planner: Run) -> None:
    found: list[dict[str, Any]] = json.loads(planner("ledger", "definitions", "--json").out)
    assert [ledger["use"] for ledger in found] == list(FILES)
    (visits,) = json.loads(planner("ledger", "definitions", "慰问", "--json").out)
    money = next(c for c in visits["columns"] if c["id"] == "money")
    assert (money["name"], money["type"], money["units"], money["default"]) == ("金额", "money", ["元"], None)


def test_the_command_says_what_was_probably_meant(planner: Run) -> None:
    outcome = planner("ledger", "definitions", "慰问台账")
    assert outcome.code == 2
    assert "慰问" in outcome.err.split("\n", 1)[1]


def test_what_the_command_shows_to_write_into_a_plan_works(planner: Run, write: Callable[..., Path]) -> None:
    told = planner("ledger", "definitions", "荣誉").err
    path = write(told[told.index("[[ledgers]]") :], head=HEAD)
    outcome = planner("-p", path, "check")
    assert outcome.code == 0
    assert "P7" not in outcome.out


def test_the_plugin_costs_nothing_until_a_plan_has_ledgers() -> None:
    code = "import sys, planner_ledger.plugin; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"tomli", "decimal", "planner_ledger.ledgers", "planner_ledger.settings", "planner.plan"} & {
        *loaded
    } == set()


def test_definitions_are_read_only_when_a_plan_uses_them(plan: Made) -> None:
    definition.cache_clear()
    ledgers_of(plan(VISITS))
    assert definition.cache_info().misses == 1
