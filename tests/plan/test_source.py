"""Reading a plan file: whatever office programs save is read, whatever is no plan is refused in plain words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from planner.errors import UsageError
from planner.plan.load import Loading, load_plan, load_text
from planner.plan.source import MAX_BYTES, PlanText, decode
from tests.conftest import HEAD, SPRING

PLAN = HEAD + '\n[[tasks]]\nid = "a"\ntitle = "“一会一品”特色项目申报"\nwhen = "三月"\n'


def load(tmp_path: Path, data: bytes) -> Loading:
    path = tmp_path / "plan.toml"
    path.write_bytes(data)
    return load_plan(path)


def codes(loading: Loading) -> list[str]:
    return [d.code for d in loading.diagnostics]


# What is read by courtesy ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "noticed"),
    [
        (PLAN.encode(), []),
        (PLAN.rstrip("\n").encode(), []),
        (PLAN.replace("= ", "=\t").encode(), []),
        (PLAN.encode("utf-8-sig"), ["P003"]),
        (PLAN.encode("gb18030"), ["P002"]),
        (PLAN.encode("gbk"), ["P002"]),
        (b"\xff\xfe" + PLAN.encode("utf-16-le"), ["P002"]),
        (b"\xfe\xff" + PLAN.encode("utf-16-be"), ["P002"]),
        (PLAN.replace("\n", "\r\n").encode(), ["P006"]),
        (PLAN.replace("\n", "\r\r\n").encode(), ["P006"]),
        (PLAN.replace("\n", "\r").encode(), ["P006"]),
        (PLAN.replace("\n", "\r\n").encode("gb18030"), ["P002", "P006"]),
        (b"\xff\xfe" + PLAN.replace("\n", "\r\n").encode("utf-16-le"), ["P002", "P006"]),
    ],
)
def test_every_way_to_save_a_plan_gives_the_same_plan(tmp_path: Path, data: bytes, noticed: list[str]) -> None:
    loading = load(tmp_path, data)
    assert codes(loading) == noticed
    assert loading.is_usable
    assert loading.plan is not None
    assert loading.plan.title == "测试计划"
    assert [task.title for task in loading.plan.tasks] == ["“一会一品”特色项目申报"]


def test_the_real_plan_survives_every_encoding() -> None:
    text = SPRING.read_text(encoding="utf-8")
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        reading = decode("plan.toml", text.encode(encoding))
        assert reading.text is not None
        assert reading.text.text == text


def test_places_are_the_same_with_windows_line_ends(tmp_path: Path) -> None:
    wrong = PLAN.replace('when = "三月"', "when = 三月")
    places = [
        [d.source[1:3] for d in load(tmp_path, data).diagnostics if d.source and d.code == "P101"]
        for data in (wrong.encode(), wrong.replace("\n", "\r\n").encode(), wrong.encode("utf-8-sig"))
    ]
    assert places == [[(12, 8)]] * 3


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b" ", b"\n\n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, data: bytes) -> None:
    assert codes(load(tmp_path, data)) == ["P004"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01", (1, 1)),
        (b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", (1, 6)),
        (bytes(range(256)) * 4, (1, 1)),
        (PLAN.encode("utf-16-le"), (1, 2)),
        (b"\xff\xfe" + b"\x00\xd8", (1, 1)),
        (b"\xff\xfe" + PLAN.encode("utf-16-le") + b"x", (1, 1)),
        (PLAN.replace("三月", "三\0月").encode(), (12, 10)),
    ],
)
def test_what_is_no_text_is_refused_at_its_first_such_byte(tmp_path: Path, data: bytes, place: tuple[int, int]) -> None:
    loading = load(tmp_path, data)
    assert loading.plan is None
    assert codes(loading) == ["P001"]
    source = loading.diagnostics[0].source
    assert source is not None
    assert source[1:3] == place


def test_one_damaged_byte_late_in_a_long_chinese_file_is_found(tmp_path: Path) -> None:
    lines = [HEAD, *(f'\n[[tasks]]\nid = "t{n}"\ntitle = "组织教职工体检"\n' for n in range(2000))]
    text = "".join(lines) + "# 说明文字"
    data = text.encode()[:-4] + b"\xff" + text.encode()[-3:]
    loading = load(tmp_path, data)
    assert codes(loading) == ["P001"]
    assert loading.diagnostics[0].source is not None
    assert loading.diagnostics[0].source[1:3] == (text.count("\n") + 1, len("# 说明文"))


def test_damaged_utf_8_is_not_taken_for_the_encoding_of_notepad(tmp_path: Path) -> None:
    damaged = "# 学校工会计划\n# 健步走比赛\n".encode().replace("走".encode(), "走".encode()[:2])
    assert "学" not in damaged.decode("gb18030")  # nonsense, but no error
    loading = load(tmp_path, damaged)
    assert codes(loading) == ["P001"]
    assert loading.diagnostics[0].source is not None
    assert loading.diagnostics[0].source[1:3] == (2, 5)


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    loading = load_plan(path)
    assert codes(loading) == ["P005"]
    assert loading.plan is None
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert codes(load_plan(path)) == ["P001"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        load_plan(tmp_path / "nowhere.toml")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError):
        load_plan(tmp_path / "file" / "plan.toml")


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_plan(tmp_path)
    assert caught.value.hint is not None
    assert ".toml" in caught.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_no_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN)
    path.chmod(0)
    with pytest.raises(UsageError) as caught:
        load_plan(path)
    assert caught.value.hint is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    os.mkfifo(path)
    assert stat.S_ISFIFO(path.stat().st_mode)
    with pytest.raises(UsageError):
        load_plan(path)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "行\n\x1b[31m.toml", "\udcff.toml", "", "."])
def test_a_strange_name_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        load_plan(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["行\n\x1b[31m.toml", os.fsdecode(b"\xff.toml")])
def test_the_name_of_a_file_cannot_act_in_its_diagnostics(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PLAN.replace('id = "a"', 'id = "A"'), encoding="utf-8")
    source = load_plan(path).diagnostics[0].source
    assert "\n" not in str(source)
    assert "\x1b" not in str(source)
    str(source).encode()


# Lines and columns ----------------------------------------------------------------------------------------------------


def test_a_place_has_line_column_length_and_the_line_itself() -> None:
    text = PlanText("plan.toml", 'id = "计划"\n\n[term]\nstart = 2023-02-01')
    assert text.value("id") == ("plan.toml", 1, 6, 4, 'id = "计划"')
    assert text.key("term", "start")[1:4] == (4, 1, 5)
    assert text.value("term", "start").text == "start = 2023-02-01"
    assert text.key("nothing")[1:3] == (1, 1)


def test_a_value_over_several_lines_is_marked_on_its_first() -> None:
    text = PlanText("plan.toml", 'tags = [\n  "一",\n  "二",\n]\n')
    assert text.value("tags")[1:4] == (1, 8, 1)
    assert text.within("二", "tags")[1:4] == (3, 4, 1)
    assert text.within("三", "tags") == text.value("tags")


# Anything at all ------------------------------------------------------------------------------------------------------

SEED = (
    PLAN
    + """\
on = ["2023-03-08", "2023-03-08 14:00-16:00", 2023-03-10]
goals = [
  "rights", # 说明
]
needs = ["a", { task = "a", lag = "7d" }]
for = "branches"
times = { every = "month", least = 1 }
expect = { people = "12人" }
remind = ["7d"]
note = \"\"\"
多行 [[tasks]]
\"\"\"
[[goals]]
id = "rights"
title = '民主'
weight = 1.5
[[branches]]
id = "b"
name = "第一"
"""
)
SIGNS = "\"'[]{}=,.#\n “”，＝［］：:体\\ 0a-\t\x00\r\u200b"
VALUES = ["1", '"x"', "[]", "{}", "nan", "2023-02-30", "[1]", "{a=1}", '""', '["",""]', "[[[]]]", "9" * 30, "07:00"]


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    text = SEED
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        lines = text.split("\n")
        number = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 5)):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + draw(st.sampled_from(SIGNS)) + text[at:]
            case 2:
                text = text[:at] + draw(st.sampled_from(SIGNS)) + text[at + 1 :]
            case 3:
                text = "\n".join(lines[:number] + lines[number + 1 :])
            case 4:
                text = "\n".join([*lines[: number + 1], *lines[number:]])
            case _:
                key = lines[number].partition("=")[0]
                lines[number] = f"{key}= {draw(st.sampled_from(VALUES))}"
                text = "\n".join(lines)
    return text


@settings(max_examples=250, deadline=None)
@given(mutilated())
@example('id = "p"\n[[tasks]]\nid = "a"\non = ["2023-03-08", "2023-03-08 14:00"]\n')
@example('[[tasks]]\nid = 1\n[[tasks]]\ntitle = "b"\ngoals = [1]\nneeds = [{ lag = "2d" }]\ntimes = { every = 1 }\n')
@example('[term]\nbreaks = [{ start = 1 }, 2]\ndays-off = ["", 3]\n')
def test_a_mutilated_plan_is_diagnosed_and_never_crashes(text: str) -> None:
    source = PlanText("plan.toml", text)
    loading = load_text(source)
    assert len(source.mended) == len(text)
    for found in loading.diagnostics:
        assert found.source is not None
        assert found.source.text == text.split("\n")[found.source.line - 1]
        assert found.source.column <= len(found.source.text) + 1


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_diagnosed_and_never_crash(data: bytes) -> None:
    reading = decode("plan.toml", data)
    loading = load_text(reading.text) if reading.text else Loading(None, reading.diagnostics)
    assert not loading.is_usable
    assert loading.diagnostics


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=8), st.integers(0, len(SEED.encode())))
def test_bytes_thrown_into_a_plan_never_crash(data: bytes, at: int) -> None:
    whole = SEED.encode()
    reading = decode("plan.toml", whole[:at] + data + whole[at:])
    if reading.text:
        load_text(reading.text)
    else:
        assert reading.diagnostics
