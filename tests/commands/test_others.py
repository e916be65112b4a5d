"""`planner when`, `new`, `schema`, `export`, `plugins`, the overview, and the command line itself."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from tests.conftest import ROOT, SPRING, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]
TERM = ("--from", "2023-02-01", "--to", "2023-08-31")


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_when_reads_one_line_each_from_standard_input(planner: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "三月\n3\t28日前\n第8周周三下午举办女性学堂\n适时\n\n")
    result = planner("--json", "when", "-", *TERM, "--week1", "2023-02-13", "--teaching-end", "2023-06-30")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [set(line) for line in lines] == [{"text", "windows", "precision", "recurs", "certain", "reason"}] * 5
    assert lines[0]["windows"] == [["2023-03-01", "2023-03-31"]]
    assert lines[1]["windows"][0][1] == "2023-03-28"
    assert lines[2]["windows"] == [["2023-04-05", "2023-04-05"]]
    assert (lines[3]["windows"], lines[3]["certain"]) == ([], False)
    assert (lines[4]["windows"], lines[4]["certain"]) == ([], True)


def test_when_takes_the_term_of_the_plan(planner: Run) -> None:
    result = planner("-p", SPRING, "when", "教师节前后", "五月")
    assert "2023-05-01 周一 至 2023-05-31 周三（31 天）" in result.out
    assert "不确定：需要人来定" in result.out  # Teachers' Day is after the end of this term


def test_when_needs_both_ends_of_a_term(planner: Run) -> None:
    assert planner("when", "三月", "--from", "2023-02-01").code == 2
    assert planner("when", "三月", "--from", "2023-02-01", "--to", "2023-01-01").code == 2


def test_a_new_plan_is_good_and_never_overwrites(planner: Run, tmp_path: Path) -> None:
    made = planner(
        "new", "计划", "--organization", '某校"工会"', "--term", "2024-02-01..2024-08-31", "--branch", "一分会"
    )
    assert made.code == 0, made.err
    path = tmp_path / "计划.toml"
    data = tomli.loads(path.read_text(encoding="utf-8"))
    assert data["title"] == "2023—2024 学年第二学期工会工作计划"
    assert data["organization"] == '某校"工会"'
    assert planner("-p", path, "check").code == 0
    before = path.read_bytes()
    assert planner("new", "计划.toml", "--organization", "x").code == 2
    assert path.read_bytes() == before


def test_two_new_plans_never_share_an_id(planner: Run, tmp_path: Path) -> None:
    ids = set()
    for n in range(8):
        planner("new", f"p{n}.toml", "--organization", "x", "--term", "2024-02-01..2024-08-31")
        ids.add(tomli.loads((tmp_path / f"p{n}.toml").read_text(encoding="utf-8"))["id"])
    assert len(ids) == 8


def test_new_asks_for_what_it_cannot_know(planner: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "")
    result = planner("new", "x.toml")
    assert result.code == 2
    assert "--organization" in result.err


def test_the_schema_is_written_with_the_tables_of_the_plugins(planner: Run, tmp_path: Path) -> None:
    assert planner("schema", "-o", "plan.schema.json").code == 0
    written = json.loads((tmp_path / "plan.schema.json").read_text(encoding="utf-8"))
    assert {"tasks", "goals", "ical"} <= written["properties"].keys()
    assert json.loads(planner("--no-plugin", "ical", "schema").out)["properties"].keys() == written[
        "properties"
    ].keys() - {"ical"}


def test_export_chooses_the_format_by_the_suffix(planner: Run, tmp_path: Path) -> None:
    assert planner("-p", SPRING, "export", "-o", "a.ics").code == 0
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    unknown = planner("-p", SPRING, "export", "-o", "a.xyz")
    assert unknown.code == 2
    assert ".ics" in unknown.err
    assert not (tmp_path / "a.xyz").exists()


def test_the_overview(planner: Run) -> None:
    shown = planner("-p", SPRING, "--today", "2023-03-20")
    assert shown.code == 0
    assert "三月（5 项）" in shown.out
    assert "目标" in shown.out
    assert "今天是 2023-03-20 周一" in shown.out


def test_the_plan_whose_term_holds_today_is_taken(planner: Run, write: Write) -> None:
    write(name="a.toml")
    write(
        name="b.toml",
        head='id = "b"\ntitle = "秋季"\norganization = "o"\n[term]\nstart = 2023-09-01\nend = 2024-01-31\n',
    )
    (Path.cwd() / "pyproject.toml").write_text("[project]\n")
    assert "秋季" in planner("--today", "2023-10-01", "show").out
    several = planner("--today", "2030-01-01", "show")
    assert several.code == 2
    assert "a.toml" in several.err
    assert "b.toml" in several.err


def test_no_plan_at_all(planner: Run) -> None:
    result = planner("show")
    assert result.code == 2
    assert "这里没有计划" in result.err


def test_an_unreadable_plan_is_not_passed_over(planner: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to(tmp_path / "gone")
    result = planner("show")
    assert result.code == 2
    assert "a.toml" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_no_mistake_of_the_program() -> None:
    code = f"{sys.executable} -m planner -p {SPRING} show > /dev/full"
    result = subprocess.run(["bash", "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 1
    assert "磁盘满了" in result.stderr


def test_a_misspelt_command_gets_a_suggestion(planner: Run) -> None:
    result = planner("chekc")
    assert result.code == 2
    assert "是不是想写 check" in result.err


@pytest.mark.parametrize(
    "arguments", [["show", "--month", "13"], ["show", "--mon"], ["when"], ["--today", "x", "show"], ["new"]]
)
def test_mistakes_of_the_command_line_are_told_in_chinese(planner: Run, arguments: list[str]) -> None:
    result = planner(*arguments)
    assert result.code == 2
    message = result.err.splitlines()[0]
    assert message.startswith("错误：")
    assert not {"is", "not", "Missing", "such"} & set(message.replace("'", " ").split())


def test_help_is_chinese_and_aligned(planner: Run) -> None:
    page = planner("--help").out
    assert "Show" not in page
    assert "用法：" in page
    assert planner("graph", "--help").code == 0


def test_english_on_request() -> None:
    for arguments in (["--lang", "en", "--help"], ["--help", "--lang=en"]):
        page = subprocess.run(
            [sys.executable, "-m", "planner", *arguments], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
        ).stdout
        assert "Check a plan" in page
        assert not [c for c in page if "一" <= c <= "鿿"]


def start(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Start the program as a shell does, in its own process."""
    return subprocess.run(
        [sys.executable, "-m", "planner", *arguments],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8", **environ},
    )  # fmt: skip


def test_bare_planner_shows_the_overview() -> None:
    result = start(PLANNER_PLAN=str(SPRING))
    assert result.returncode == 0, result.stderr
    assert "2022—2023 学年第二学期工会工作计划" in result.stdout


@pytest.mark.parametrize(
    ("words", "number", "expected"),
    [("planner ", 1, {"check", "show", "ical"}), ("planner ch", 1, {"check"}), ("planner show --m", 2, {"--month"})],
)
def test_the_shell_completes_commands_and_options(words: str, number: int, expected: set[str]) -> None:
    """As bash asks; the name of the variable follows from the name of the program."""
    code = "import sys; sys.argv = ['planner']; from planner.__main__ import main; main()"
    environ = {**os.environ, "_PLANNER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, env=environ
    )
    assert expected <= {line.partition(",")[2] for line in result.stdout.splitlines()}, result.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = f"{sys.executable} -m planner -p {SPRING} show --json | head -1; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
