"""The folder: the same bytes every time, nothing stale, nothing of anybody else's touched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from planner.api import Plan, PlannerError, UsageError
from planner_ical.folder import Written, write_folder
from tests.plugins.ical.made import HEAD, feeds_of, items_of, parts, read_plan

TASKS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
for = "branches"

[[tasks]]
id = "some-time"
title = "召开工会委员会议"
when = "适时"

[[tasks]]
id = "secret"
title = "困难职工档案"
when = "四月"
private = true

[[tasks]]
id = "secret-too"
title = "困难职工走访"
private = true

[[tasks]]
id = "after"
title = "完善帮扶体系"
needs = ["secret"]
when = "五月"
"""


NOTE = "\ufeff变更说明：没有变化。\r\n".encode()


def write(plan: Plan, folder: Path, profile: str = "events", branches: Sequence[str] = ()) -> Written:
    feeds = list(feeds_of(plan, profile, branches).values())
    return write_folder(folder, plan, items_of(plan), profile, feeds, NOTE, branch_ids=branches)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "calendars" / "spring"


def test_a_run_writes_calendars_manifest_and_guide(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out)
    assert {path.name for path in out.iterdir()} == {
        "全部.ics",
        "机电分工会.ics",
        "经管分工会.ics",
        "manifest.json",
        "变更说明.txt",
        "说明.txt",
    }


def test_a_second_run_changes_nothing(tmp_path: Path, out: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    write(plan, out)
    before = snapshot(out)
    again = write(read_plan(tmp_path, TASKS), out)
    assert again.changed == again.removed == ()
    assert snapshot(out) == before
    write(plan, tmp_path / "elsewhere")
    assert {n: c for n, (c, _) in snapshot(tmp_path / "elsewhere").items()} == {n: c for n, (c, _) in before.items()}


def test_only_files_with_other_bytes_are_written(tmp_path: Path, out: Path) -> None:
    tasks = '\n[[tasks]]\nid = "own"\ntitle = "{}"\nwhen = "三月"\nfor = ["economics"]\n'
    write(read_plan(tmp_path, tasks.format("评比")), out)
    before = snapshot(out)
    written = write(read_plan(tmp_path, tasks.format("评比会")), out)
    assert set(written.changed) == {"全部.ics", "经管分工会.ics", "manifest.json"}
    assert snapshot(out)["机电分工会.ics"] == before["机电分工会.ics"]


def test_the_manifest_says_what_is_where(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["plan"]["id"] == "2023-spring-k3f9"
    assert manifest["profile"] == "events"
    assert manifest["undated"] == [{"key": "some-time", "title": "召开工会委员会议", "branches": []}]
    assert manifest["private"] == 2
    assert [(entry["name"], entry["branch"], entry["events"], entry["todos"]) for entry in manifest["files"]] == [
        ("全部.ics", None, 4, 0),
        ("机电分工会.ics", "mechanical", 4, 0),
        ("经管分工会.ics", "economics", 4, 0),
    ]
    for entry in manifest["files"]:
        assert len(parts((out / entry["name"]).read_bytes())) == entry["events"]


def test_no_file_names_what_is_private(tmp_path: Path, out: Path) -> None:
    for profile in ("events", "todos", "full"):
        write(read_plan(tmp_path, TASKS), out, profile)
        for path in out.iterdir():
            content = path.read_bytes().replace(b"\r\n ", b"")
            assert "困难职工".encode() not in content, path
            assert b"secret" not in content, path


def test_the_guide_tells_the_office_what_it_needs(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out, "full")
    content = (out / "说明.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "old editors of Windows take it for GBK otherwise"
    text = content.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    assert "机电分工会.ics\r\n    给机电分工会：本分工会的事项，加上工会本部的事项，共4条日程、3条待办" in text
    assert "无日期事项（1项）" in text
    assert "  · 召开工会委员会议" in text
    assert "谷歌日历和 Outlook 会丢掉文件里的待办" in text
    assert "另有2项只在工会本部内部看" in text


def test_files_of_a_branch_that_is_gone_are_removed(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out)
    smaller = HEAD.replace('[[branches]]\nid = "economics"\nname = "经管分工会"\n', "")
    assert write(read_plan(tmp_path, TASKS, head=smaller), out).removed == ("经管分工会.ics",)
    assert not (out / "经管分工会.ics").exists()


def test_a_stale_file_that_somebody_changed_stays(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out)
    (out / "经管分工会.ics").write_text("mine", encoding="utf-8")
    smaller = HEAD.replace('[[branches]]\nid = "economics"\nname = "经管分工会"\n', "")
    written = write(read_plan(tmp_path, TASKS, head=smaller), out)
    assert (written.removed, written.kept, written.overwritten) == ((), ("经管分工会.ics",), ())
    assert (out / "经管分工会.ics").read_text(encoding="utf-8") == "mine"


def test_files_that_no_run_wrote_are_never_touched(tmp_path: Path, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "旧日历.ics").write_text("mine", encoding="utf-8")
    outside = tmp_path / "outside.ics"
    outside.write_bytes(b"")
    plan = read_plan(tmp_path, TASKS)
    write(plan, out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    made_up = {**manifest["files"][0], "name": "../../outside.ics", "sha256": empty}
    manifest["files"] += [made_up, {**made_up, "name": "\x1b[2J.ics"}, "nonsense", {"name": 3}]
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    written = write(plan, out, branches=["economics"])
    assert written.removed == ()
    assert [entry["name"] for entry in written.manifest["files"]] == ["全部.ics", "机电分工会.ics", "经管分工会.ics"]
    assert outside.exists()
    assert (out / "旧日历.ics").exists()


@pytest.mark.parametrize("name", ["manifest.json", "说明.txt", "变更说明.txt", "全部.ics"])
def test_somebody_elses_file_under_our_name_is_left_as_it_is(tmp_path: Path, out: Path, name: str) -> None:
    out.mkdir(parents=True)
    (out / name).write_text('{"name": "my app"}', encoding="utf-8")
    with pytest.raises(UsageError) as told:
        write(read_plan(tmp_path, TASKS), out)
    assert str(out / name) in told.value.message
    assert [path.name for path in out.iterdir()] == [name]
    assert (out / name).read_text(encoding="utf-8") == '{"name": "my app"}'


def test_one_branchs_file_leaves_the_others_alone(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out)
    before = snapshot(out)
    changed = read_plan(tmp_path, TASKS.replace("特色项目申报", "特色项目报名"))
    written = write(changed, out, branches=["economics"])
    after = snapshot(out)
    assert written.removed == ()
    assert {name for name in after if after[name] != before[name]} == {"经管分工会.ics", "manifest.json"}
    assert [entry["name"] for entry in written.manifest["files"]] == [
        "全部.ics",
        "机电分工会.ics",
        "经管分工会.ics",
    ]


def test_the_old_file_of_a_branch_that_was_renamed_goes_even_when_only_it_is_written(tmp_path: Path, out: Path) -> None:
    write(read_plan(tmp_path, TASKS), out)
    renamed = read_plan(tmp_path, TASKS, head=HEAD.replace("经管分工会", "财经分工会"))
    written = write(renamed, out, branches=["economics"])
    assert written.removed == ("经管分工会.ics",)
    assert [entry["name"] for entry in written.manifest["files"]] == ["全部.ics", "机电分工会.ics", "财经分工会.ics"]


@pytest.mark.parametrize("branches", [(), ("economics",)])
def test_the_calendars_of_another_plan_are_left_alone(tmp_path: Path, out: Path, branches: tuple[str, ...]) -> None:
    write(read_plan(tmp_path, TASKS), out)
    before = snapshot(out)
    following = read_plan(tmp_path, TASKS, plan_id="2023-autumn-p2x7")
    with pytest.raises(UsageError) as told:
        write(following, out, branches=branches)
    assert "2022—2023 学年第二学期工会工作计划 (2023-spring-k3f9)" in told.value.message
    assert str(out) in told.value.message
    assert "-o" in (told.value.hint or "")
    assert snapshot(out) == before


def test_the_changes_of_a_person_are_overwritten_but_told(tmp_path: Path, out: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    made = write(plan, out)
    assert made.overwritten == made.kept == ()
    path = out / "经管分工会.ics"
    path.write_bytes(path.read_bytes().replace("特色".encode(), "本色".encode()))
    other = write(plan, out, branches=["mechanical"])
    assert other.overwritten == (), "that file is not written"
    again = write(plan, out)
    assert again.changed == again.overwritten == ("经管分工会.ics",)
    assert write(read_plan(tmp_path, TASKS.replace("三月", "四月")), out).overwritten == (), "the plan has changed it"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as told:
        write(read_plan(tmp_path, TASKS), tmp_path / "file")
    assert str(tmp_path / "file") in told.value.message


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PlannerError) as told:
        write(read_plan(tmp_path, TASKS), tmp_path / "file" / "below")
    assert "below" in told.value.message


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(read_plan(tmp_path, TASKS), out)
    before = snapshot(out)

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PlannerError):
        write(read_plan(tmp_path, TASKS.replace("三月", "四月")), out)
    assert snapshot(out) == before


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (("机电/分工会", "经管:分工会"), {"机电_分工会.ics", "经管_分工会.ics"}),
        (("分工会", "分工会"), {"分工会-mechanical.ics", "分工会-economics.ics"}),
        (("全部", "CON"), {"全部-mechanical.ics", "economics.ics"}),
        (("../../etc", "ABC"), {"etc.ics", "ABC.ics"}),
        (("Abc", "aBC"), {"Abc-mechanical.ics", "aBC-economics.ics"}),
    ],
)
def test_names_of_files_are_safe_and_differ(tmp_path: Path, names: tuple[str, str], files: set[str]) -> None:
    head = HEAD.replace("机电分工会", names[0]).replace("经管分工会", names[1])
    made = feeds_of(read_plan(tmp_path, TASKS, head=head))
    assert set(made) - {"全部.ics"} == files
