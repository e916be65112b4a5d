"""Mistakes in TOML: each is told where it stands, once, and the rest of the plan is read all the same."""

from __future__ import annotations

import pytest

from planner.diagnostics import Severity, in_order
from planner.i18n import use_language
from planner.plan.load import Loading, load_text
from planner.plan.source import PlanText
from tests.conftest import HEAD

TASK = '\n[[tasks]]\nid = "a"\n'
LAST = '\n[[tasks]]\nid = "last"\ntitle = "最后一项"\n'
FIRST_LINE = HEAD.count("\n") + 4
"""The line after TASK."""

ONE_LINE = {
    # what is written: (code, column, whether the value is understood all the same)
    "title = 体检": ("P101", 9, False),
    "title = 体检，分两批": ("P101", 9, False),
    "tags = [学习, 评选]": ("P101", 9, False),
    "title = “体检”": ("P102", 9, True),
    "title = “体检，分两批”": ("P102", 9, True),
    "title = “评比“一会一品”项目”": ("P102", 9, True),
    'title = "体检”': ("P102", 12, True),
    'title = “体检"': ("P102", 9, True),
    'title ＝ "体检"': ("P102", 7, True),
    "title＝“体检”": ("P102", 6, True),
    'title："体检"': ("P102", 6, True),
    'ｔｉｔｌｅ = "体检"': ("P102", 1, True),
    '　title = "体检"': ("P102", 1, True),
    '\u00a0title = "体检"': ("P102", 1, True),
    '\u200btitle = "体检"': ("P102", 1, True),
    'title = "体检"，': ("P102", 13, False),
    'title = "体检"  ＃ 说明': ("P102", 15, True),
    'tags = ["一"，"二"]': ("P102", 12, True),
    "tags = ［“一”、“二”］": ("P102", 8, True),
    'tags = 【"一"】': ("P102", 8, True),
    "on = ２０２３-03-08": ("P102", 6, True),
    "expect = ｛ people = “12人” ｝": ("P102", 10, True),
    '标题 = "体检"': ("P103", 1, False),
    '  标题="体检"': ("P103", 3, False),
    "title: “体检”": ("P102", 6, True),
    'title: "体检"': ("P101", 6, True),
    "title = 'a\"": ("P101", 9, False),
    'title = "体检': ("P101", 9, False),
    'title "体检"': ("P101", 7, False),
    "title": ("P101", 6, False),
    "title =": ("P101", 8, False),
    'title = "体检"体检"': ("P101", 13, False),
    'title = "体检";': ("P101", 13, False),
    'title = "C:\\文件"': ("P101", 12, False),
    'title = "体检\x01"': ("P101", 12, False),
    "on = 2023-02-30": ("P101", 6, False),
    "tags = [": ("P101", 8, False),
    'tags = ["一"': ("P101", 8, False),
    'expect = { people = "12人"': ("P101", 10, False),
    'note = """': ("P101", 8, False),
    'id = "b"': ("P104", 1, False),
    "- 体检": ("P101", 3, False),
}


def load(text: str) -> tuple[PlanText, Loading]:
    source = PlanText("plan.toml", text)
    return source, load_text(source)


def told(loading: Loading) -> list[tuple[str, int, int]]:
    found = in_order(loading.diagnostics)
    return [(d.code, d.source.line, d.source.column) for d in found if d.source]


@pytest.mark.parametrize("line", ONE_LINE)
def test_one_mistake_is_told_at_its_place_and_costs_nothing_else(line: str) -> None:
    code, column, understood = ONE_LINE[line]
    title = "" if "tit" in line.lower() or "标题" in line or "ｔ" in line else 'title = "体检"\n'
    source, loading = load(HEAD + TASK + line + "\n" + title + LAST)
    assert told(loading) == [(code, FIRST_LINE, column)]
    assert len(source.mended) == len(source.text)
    assert loading.plan is not None
    assert [task.id for task in loading.plan.tasks] == ["a", "last"]
    if understood and not title:
        assert loading.plan.tasks[0].title


def test_a_text_in_full_width_quotes_keeps_its_own_punctuation() -> None:
    _source, loading = load(HEAD + TASK + "title = “评比“一会一品”，先进”\n")
    assert loading.plan is not None
    assert loading.plan.tasks[0].title == "评比“一会一品”，先进"
    assert loading.diagnostics[0].hint is not None
    assert 'title = "评比“一会一品”，先进"' in loading.diagnostics[0].hint


@pytest.mark.parametrize(
    ("header", "code", "column"),
    [
        ("[[任务]]", "P103", 3),
        ("［［tasks］］", "P102", 1),
        ("【【tasks】】", "P102", 1),
        ("[[tasks]", "P101", 8),
        ("[tasks]]", "P101", 8),
        ("[ [tasks] ]", "P101", 3),
        ("[[tasks", "P101", 8),
        ("[term]", "P104", 1),
        ("[[task]]", "P201", 1),
    ],
)
def test_a_wrong_header_is_one_mistake_whatever_stands_below_it(header: str, code: str, column: int) -> None:
    body = 'id = "b"\ntitle = "颁奖"\nwhen = "三月"\n'
    follower = '\n[[tasks]]\nid = "c"\ntitle = "总结"\nneeds = ["b"]\n'
    _source, loading = load(HEAD + "\n" + header + "\n" + body + follower)
    unknown_need = [found for found in told(loading) if header == "[[task]]" and found[0] == "P304"]
    assert told(loading) == [(code, HEAD.count("\n") + 2, column), *unknown_need]


def test_a_chinese_table_is_not_also_a_missing_one() -> None:
    _source, loading = load(HEAD.replace("[term]", "[学期]"))
    assert told(loading) == [("P103", 5, 2)]


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["goals = [", '  "a",', '  "b",'], (0, 9)),
        (["goals = [", '  "a",', "  学习,", '  "b",', "]"], (2, 3)),
        (["goals = [ 学习,", '  "b",', "]"], (0, 11)),
        (["goals = [", '  "a"，', '  "b"', "]"], (1, 6)),
        (["tags = []", "tags = [", '  "b",', "]"], (1, 1)),
        (['note = "一"', 'note = """', "二", '"""'], (1, 1)),
        (['note = """', "[[tasks]", 'id ＝ "说明"', '"""x'], (3, 4)),
        (['note = """', "说明", "再说明"], (0, 8)),
        (["expect = { people = “12人”,", '  budget = "5元"'], (0, 21)),
    ],
)
def test_a_mistake_in_a_value_of_several_lines_is_one_mistake(lines: list[str], place: tuple[int, int]) -> None:
    source, loading = load(HEAD + TASK + 'title = "体检"\n' + "\n".join(lines) + '\nwhen = "三月"\n' + LAST)
    found = told(loading)
    assert found[0][1:] == (FIRST_LINE + 1 + place[0], place[1])
    assert len(source.mended) == len(source.text)
    assert loading.plan is not None
    assert loading.plan.tasks[-1].id == "last"


def test_mistakes_of_many_kinds_are_told_together() -> None:
    lines = list(ONE_LINE)
    tables = "".join(
        f'\n[[tasks]]\nid = "t{n}"\n{line}\n'
        for n, line in enumerate(lines)
        if line not in ("title", "title =", "id = 'b'")
    )
    _source, loading = load(HEAD + tables + LAST)
    assert loading.plan is not None
    assert loading.plan.tasks[-1].id == "last"
    wanted = [ONE_LINE[line][0] for line in lines if line not in ("title", "title =")]
    assert [code for code, _line, _column in told(loading)] == wanted


def test_more_mistakes_than_anybody_reads_end_the_reading() -> None:
    _source, loading = load(HEAD + "".join(f"标题{n} = 1\n" for n in range(200)))
    assert len([d for d in loading.diagnostics if d.code == "P103"]) == 200
    _source, loading = load(HEAD + "".join(f"标题{n} = 1\n" for n in range(1200)))
    assert loading.plan is None
    assert [d.code for d in loading.diagnostics[-2:]] == ["P103", "P105"]
    assert len(loading.diagnostics) == 1001


def test_what_is_no_toml_at_all_is_told_without_a_plan_of_guesses() -> None:
    _source, loading = load("# 工作计划\n\n一、指导思想\n\n- 体检\n- 春游\n")
    assert not loading.is_usable
    assert all(d.severity is Severity.ERROR for d in loading.diagnostics)


@pytest.mark.parametrize("depth", [150, 500, 100_000])
@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_deep_nesting_is_refused_where_it_stands(depth: int, brackets: str) -> None:
    opening, closing = ("[", "]") if brackets == "[]" else ("{a=", "}")
    _source, loading = load(HEAD + TASK + f'title = "体检"\ntags = {opening * depth}1{closing * depth}\n')
    assert not loading.is_usable
    assert {line for _code, line, _column in told(loading)} == {FIRST_LINE + 1}


@pytest.mark.parametrize("value", ["9" * 5000, "0x" + "f" * 5000, "1." + "9" * 5000, "1e999999"])
def test_a_number_without_end_is_no_crash(value: str) -> None:
    _source, loading = load(HEAD + TASK + f'title = "体检"\ntags = {value}\n')
    assert told(loading)[0][1] == FIRST_LINE + 1


@pytest.mark.parametrize("key", [".".join("a" * 900), ".".join("a" * 5000)])
def test_a_key_of_very_many_parts_is_no_crash(key: str) -> None:
    _source, loading = load(HEAD + TASK + f'title = "体检"\n{key} = 1\n')
    assert not loading.is_usable


def test_messages_are_chinese_and_english() -> None:
    wrong = HEAD + TASK + "title = 体检\n"
    chinese = load(wrong)[1].diagnostics[0].message
    use_language("en")
    try:
        english = load(wrong)[1].diagnostics[0].message
    finally:
        use_language("zh_CN")
    assert not chinese.isascii()
    assert english.isascii()
