"""`planner ical` as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.api import PlanError, Session, UsageError, _, ngettext
from planner_ical.command import ical
from tests.plugins.ical.made import HEAD, parts

TASKS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
for = "branches"

[[tasks]]
id = "some-time"
title = "召开工会委员会议"
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    path = tmp_path / "plan.toml"
    path.write_text(HEAD.replace("{id}", "2023-spring-k3f9") + TASKS, encoding="utf-8")
    made = Session(print, {"PLANNER_PLUGINS": "ical"})
    made.plan_path = str(path)
    return made


def run(session: Session, *arguments: str) -> str:
    result = CliRunner().invoke(ical, arguments, obj=session, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_it_tells_which_files_it_wrote(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = run(session, "-o", str(out))
    for name in ("全部.ics", "机电分工会.ics", "经管分工会.ics"):
        assert name in told
        assert (out / name).exists()
    assert "困难" not in told


def test_json_has_stable_keys(session: Session, tmp_path: Path) -> None:
    session.json = True
    told = json.loads(run(session, "-o", str(tmp_path / "out"), "--profile", "full", "--branch", "economics"))
    assert told.keys() == {"folder", "profile", "files", "removed", "undated", "private", "changes"}
    (file,) = told["files"]
    assert (file["name"], file["branch"], file["events"], file["todos"]) == (
        "经管分工会.ics",
        "economics",
        2,
        2,
    )
    assert file["changed"] is True
    assert [entry["key"] for entry in told["undated"]] == ["some-time"]
    again = json.loads(run(session, "-o", str(tmp_path / "out"), "--profile", "full", "--branch", "经管"))
    assert [file["changed"] for file in again["files"]] == [False]


def test_the_files_of_others_are_not_called_unchanged(session: Session, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    left = ngettext(
        "{n} other file was left as it was; it may be out of date.",
        "{n} other files were left as they were; they may be out of date.",
        2,
    ).format(n=2)
    assert left not in run(session, "-o", out).splitlines()
    path = Path(session.plan_path or "")
    path.write_text(path.read_text(encoding="utf-8").replace("三月", "四月"), encoding="utf-8")
    told = run(session, "-o", out, "--branch", "economics")
    assert "经管分工会.ics" in told
    assert "全部.ics" not in told
    assert "机电分工会.ics" not in told
    assert left in told.splitlines()


@pytest.mark.parametrize("folder", ["", " "])
def test_a_folder_needs_a_name(session: Session, tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as told:
        run(session, "-o", folder)
    assert "-o" in (told.value.hint or "")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


@pytest.mark.parametrize("as_json", [False, True])
def test_what_became_of_changed_files_is_told_as_warnings(session: Session, tmp_path: Path, as_json: bool) -> None:
    said: list[str] = []
    session.warn = said.append
    session.json = as_json
    out = tmp_path / "out"
    run(session, "-o", str(out))
    assert not said
    for name in ("全部.ics", "经管分工会.ics"):
        (out / name).write_bytes((out / name).read_bytes() + b"\r\n")
    path = Path(session.plan_path or "")
    branch = '[[branches]]\nid = "economics"\nname = "经管分工会"\n'
    path.write_text(path.read_text(encoding="utf-8").replace(branch, ""), encoding="utf-8")
    assert "经管分工会.ics" not in run(session, "-o", str(out))
    assert (out / "经管分工会.ics").exists()
    overwritten, kept = said
    assert overwritten == _("Changed since the last run; the changes were overwritten: {names}").format(
        names="全部.ics"
    )
    text = _("Changed since the last run; left as it is, although the plan no longer has it: {names}")
    assert kept == text.format(names="经管分工会.ics")


@pytest.mark.parametrize(
    "wrong",
    [
        'id = "late"\ntitle = "总结"\non = "2025-01-01"',
        'id = "late"\ntitle = "总结"\nwhen = "三月"\nneeds = ["late-too"]\n\n'
        '[[tasks]]\nid = "late-too"\ntitle = "评比"\nwhen = "三月"\nneeds = ["late"]',
        'id = "late"\ntitle = "总结"\nwhen = "三月"\nneeds = ["late-too"]\n\n'
        '[[tasks]]\nid = "late-too"\ntitle = "评比"\nwhen = "五月"',
    ],
    ids=["outside", "cycle", "order"],
)
def test_a_plan_with_impossible_dates_is_not_written(session: Session, tmp_path: Path, wrong: str) -> None:
    path = Path(session.plan_path or "")
    path.write_text(path.read_text(encoding="utf-8") + "\n[[tasks]]\n" + wrong + "\n", encoding="utf-8")
    with pytest.raises(PlanError):
        run(session, "-o", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_publish_is_said_when_asked(session: Session, tmp_path: Path) -> None:
    run(session, "-o", str(tmp_path), "--publish")
    assert b"\r\nMETHOD:PUBLISH\r\n" in (tmp_path / "全部.ics").read_bytes()
    run(session, "-o", str(tmp_path))
    assert b"METHOD" not in (tmp_path / "全部.ics").read_bytes()


@pytest.mark.parametrize(
    ("name", "likely"), [("economic", "economics"), ("机电工会", "机电分工会"), ("xyz", "mechanical")]
)
def test_an_unknown_branch_is_met_with_a_suggestion(session: Session, tmp_path: Path, name: str, likely: str) -> None:
    with pytest.raises(UsageError) as told:
        run(session, "-o", str(tmp_path / "out"), "--branch", name)
    assert name in told.value.message
    assert likely in (told.value.hint or "")
    assert not (tmp_path / "out").exists()


def edit(session: Session, old: str, new: str) -> None:
    path = Path(session.plan_path or "")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def calendars(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.ics")}


def test_a_second_run_gives_the_same_calendars_and_a_note_that_says_so(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(session, "-o", str(out))
    first = calendars(out)
    assert "第一次" in (out / "变更说明.txt").read_text(encoding="utf-8-sig")
    told = run(session, "-o", str(out))
    assert "变更说明" not in told
    assert calendars(out) == first
    assert (out / "变更说明.txt").read_bytes().decode("utf-8-sig") == (
        "变更说明：2022—2023 学年第二学期工会工作计划\r\n和上次发出的日历相比，没有变化。\r\n"
    )


def test_the_note_is_for_old_windows_editors_too_and_no_calendar(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(session, "-o", str(out))
    edit(session, "三月", "四月")
    told = run(session, "-o", str(out))
    content = (out / "变更说明.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "old editors of Windows take it for GBK otherwise"
    assert content.count(b"\n") == content.count(b"\r\n") > 2
    assert "变更说明.txt" in told.splitlines()[-1]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {entry["name"] for entry in manifest["files"]} == calendars(out).keys()
    assert "变更说明.txt" in (out / "说明.txt").read_text(encoding="utf-8-sig")


def test_json_counts_the_changes(session: Session, tmp_path: Path) -> None:
    session.json = True
    out = str(tmp_path / "out")
    counts = [json.loads(run(session, "-o", out))["changes"], json.loads(run(session, "-o", out))["changes"]]
    edit(session, "三月", "四月")
    counts.append(json.loads(run(session, "-o", out))["changes"])
    assert counts == [None, 0, 1], "at first there is nothing to compare with"


def test_another_machine_with_a_copy_of_plan_and_journal_goes_on(session: Session, tmp_path: Path) -> None:
    run(session, "-o", str(tmp_path / "out"))
    there = tmp_path / "there"
    there.mkdir()
    for name in ("plan.toml", "plan.journal.sqlite"):
        (there / name).write_bytes((tmp_path / name).read_bytes())
    other = Session(print, {"PLANNER_PLUGINS": "ical"})
    other.plan_path = str(there / "plan.toml")
    run(other, "-o", str(there / "out"))
    assert calendars(there / "out") == calendars(tmp_path / "out")
    edit(other, "三月", "四月")
    run(other, "-o", str(there / "out"))
    assert {int(p["SEQUENCE"]) for p in parts(calendars(there / "out")["全部.ics"]).values()} == {1}


def test_an_exported_file_tells_people_too(session: Session, tmp_path: Path) -> None:
    from planner.commands.export import export

    path = tmp_path / "plan.ics"
    result = CliRunner().invoke(export, ["-o", str(path)], obj=session, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    edit(session, "三月", "四月")
    run(session, "-o", str(tmp_path / "out"))
    assert {int(p["SEQUENCE"]) for p in parts((tmp_path / "out" / "全部.ics").read_bytes()).values()} == {1}
    assert "改期：特色项目申报" in (tmp_path / "out" / "变更说明.txt").read_text(encoding="utf-8-sig")


def test_what_is_cancelled_is_kept_when_asked(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(session, "-o", str(out))
    edit(session, 'when = "三月"\n', 'when = "适时"\n')
    run(session, "-o", str(out), "--keep-cancelled")
    assert b"STATUS:CANCELLED" in calendars(out)["机电分工会.ics"]
    run(session, "-o", str(out))
    assert b"CANCELLED" not in calendars(out)["机电分工会.ics"]


def test_the_plugin_loads_nothing_heavy() -> None:
    code = """
import sys
from planner_ical import plugin
[*plugin.planner_commands(), *plugin.planner_exporters(), *plugin.planner_schema()]
print(*sorted(m for m in sys.modules if m.startswith("planner_ical") or m in {"icalendar", "click", "urllib.parse"}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["planner_ical", "planner_ical.plugin", "planner_ical.settings"]


def test_the_program_writes_calendars_without_the_library_it_does_not_need(session: Session, tmp_path: Path) -> None:
    code = """
import sys
from planner.__main__ import main
try:
    main()
except SystemExit as done:
    assert not done.code
print("icalendar" in sys.modules)
"""
    arguments = ["-p", str(session.plan_path), "ical", "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
