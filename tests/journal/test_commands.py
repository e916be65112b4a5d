"""`planner journal`: export, import, merge, backup, info."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from planner.journal.entry import Entry
from planner.journal.lines import to_bytes
from planner.journal.sqlite import SqliteStore, write_copy
from tests.conftest import HEAD, Outcome
from tests.journal.conftest import At
from tests.journal.contract import entry

Run = Callable[..., Outcome]
TASKS = """
[[tasks]]
id = "health-check"
title = "教职工体检\\u001b[31m\\u0007"
when = "五月"

[[tasks]]
id = "day-trip"
title = "一日游"
when = "三月"
"""


def ours(minute: int = 0, **changes: Any) -> Entry:
    return entry(minute, **{"plan": "test-1", **changes})


MINE = [ours(1), ours(2, task="day-trip"), ours(3, author="王老师", kind="note", data={"text": "好"})]
THEIRS = [ours(4, author="王老师"), ours(5, author="赵", task="dropped"), ours(6, plan="test-2", author="赵")]


@pytest.fixture
def plan(write: Callable[..., Path]) -> Path:
    return write(TASKS)


@pytest.fixture
def store(plan: Path, at: At) -> SqliteStore:
    """The journal beside the plan, with some entries."""
    store = at(plan.with_suffix(".journal.sqlite"))
    store.append(MINE)
    return store


def data(outcome: Outcome) -> dict[str, Any]:
    assert outcome.code == 0, outcome.err
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def test_an_export_is_one_entry_a_line_and_the_same_every_time(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path
) -> None:
    store.append([THEIRS[2]])
    printed = planner("-p", plan, "journal", "export")
    assert printed.out.encode() == to_bytes(MINE)
    assert planner("-p", plan, "journal", "export", "-o", "a.jsonl").code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == to_bytes(MINE)
    assert planner("-p", plan, "journal", "export", "--all", "-o", "a.jsonl").code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == to_bytes([*MINE, THEIRS[2]])


def test_an_export_takes_nobodys_place(planner: Run, plan: Path, store: SqliteStore) -> None:
    for taken in (plan, store.path):
        before = taken.read_bytes()
        assert planner("-p", plan, "journal", "export", "-o", taken).code == 2
        assert taken.read_bytes() == before


def test_an_import_adds_what_is_new_and_tells_it(planner: Run, plan: Path, store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(to_bytes([MINE[0], *THEIRS]))
    result = planner("-p", plan, "journal", "import", "a.jsonl")
    assert result.code == 0, result.err
    for told in ("王老师 1", "赵 1", "dropped 1", "test-2 1", "--all"):
        assert told in result.out
    assert "\x1b" not in result.out
    assert "\x07" not in result.out
    assert list(store.entries()) == [*MINE, *THEIRS[:2]]
    again = data(planner("-p", plan, "--json", "journal", "import", "--all", "a.jsonl", "a.jsonl"))
    assert again == {
        "read": 8, "new": 1, "known": 7, "left_out": {}, "authors": {"赵": 1}, "tasks": {"health-check": 1},
        "messages": [],
    }  # fmt: skip


def test_an_import_with_a_wrong_line_takes_in_nothing_and_tells_every_one(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path
) -> None:
    (tmp_path / "good.jsonl").write_bytes(to_bytes(THEIRS))
    (tmp_path / "a.jsonl").write_bytes(to_bytes(THEIRS) + b"{}\nx\n")
    result = planner("-p", plan, "journal", "import", "good.jsonl", "a.jsonl")
    assert result.code == 4
    assert "a.jsonl:4:1: error J104" in result.err
    assert "a.jsonl:5:1: error J102" in result.err
    (tmp_path / "b.jsonl").write_bytes(to_bytes([MINE[0]._replace(author="别人"), *THEIRS]))
    assert planner("-p", plan, "journal", "import", "b.jsonl").code == 4
    assert list(store.entries()) == MINE


def test_an_import_of_a_database_points_to_merge(planner: Run, plan: Path, store: SqliteStore) -> None:
    result = planner("-p", plan, "journal", "import", store.path)
    assert result.code == 2
    assert "planner journal merge" in result.err


def copies(folder: Path, plan: Path) -> tuple[Path, Path]:
    """Two offices that began with the same plan and journal, and went on each for itself."""
    places = (folder / "a", folder / "b")
    for place, own in zip(places, (MINE[:2], [MINE[2], *THEIRS]), strict=True):
        place.mkdir()
        shutil.copy(plan, place)
        write_copy([ours(0, id=SHARED.id, time=SHARED.time), *own], place / "plan.journal.sqlite")
    return places


SHARED = ours(0)


def test_merging_is_the_same_in_whatever_order_and_however_often(
    planner: Run, plan: Path, tmp_path: Path, at: At
) -> None:
    a, b = copies(tmp_path, plan)
    (tmp_path / "old").mkdir()
    old = tmp_path / "old" / "b.sqlite"
    shutil.copy(b / "plan.journal.sqlite", old)
    before = old.read_bytes()

    first = data(planner("--json", "-p", a / "plan.toml", "journal", "merge", old))
    assert (first["read"], first["new"], first["known"], first["left_out"]) == (5, 3, 1, {"test-2": 1})
    assert first["authors"] == {"王老师": 2, "赵": 1}
    assert first["tasks"] == {"health-check": 2, "dropped": 1}
    assert data(planner("--json", "-p", b / "plan.toml", "journal", "merge", a / "plan.journal.sqlite"))["new"] == 2
    assert data(planner("--json", "-p", a / "plan.toml", "journal", "merge", old))["new"] == 0
    exports = {planner("-p", folder / "plan.toml", "journal", "export").out for folder in (a, b)}
    assert exports == {to_bytes([SHARED, *MINE, *THEIRS[:2]]).decode()}
    assert old.read_bytes() == before


def test_a_copy_may_be_an_export(planner: Run, plan: Path, store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(to_bytes(THEIRS[:1]))
    write_copy(THEIRS[1:], tmp_path / "b.sqlite")
    result = planner("-p", plan, "journal", "merge", "a.jsonl", "b.sqlite", "--all")
    assert result.code == 0, result.err
    assert list(store.entries()) == [*MINE, *THEIRS]


def test_a_merge_brings_the_other_copys_edits_into_the_plan(planner: Run, plan: Path, tmp_path: Path) -> None:
    a, b = copies(tmp_path, plan)
    assert planner("-p", b / "plan.toml", "schedule", "day-trip", "2023-03-08").code == 0
    merged = planner("-p", a / "plan.toml", "journal", "merge", b / "plan.journal.sqlite")
    assert merged.code == 0, merged.err
    assert "一日游" in merged.out
    assert "2023-03-08" in (a / "plan.toml").read_text(encoding="utf-8")
    assert data(planner("--json", "-p", a / "plan.toml", "show"))["tasks"][1]["on"]

    after = (a / "plan.toml").read_bytes()
    shutil.copy(plan, a)  # an older copy of the text comes back from somewhere
    again = data(planner("--json", "-p", a / "plan.toml", "journal", "merge", b / "plan.journal.sqlite"))
    assert (again["new"], len(again["messages"])) == (0, 1)
    assert (a / "plan.toml").read_bytes() == after


def test_what_an_import_leaves_out_of_the_plan_a_later_merge_brings_in(
    planner: Run, plan: Path, tmp_path: Path
) -> None:
    a, b = copies(tmp_path, plan)
    planner("-p", b / "plan.toml", "edit", "day-trip", "place=湖边")
    planner("-p", b / "plan.toml", "journal", "export", "-o", "b.jsonl")
    imported = planner("-p", a / "plan.toml", "journal", "import", "b.jsonl")
    assert "planner journal merge" in imported.out
    assert (a / "plan.toml").read_bytes() == plan.read_bytes()
    assert "planner journal merge" not in planner("-p", a / "plan.toml", "journal", "import", "b.jsonl").out
    assert data(planner("--json", "-p", a / "plan.toml", "journal", "merge", "b.jsonl"))["new"] == 0
    assert (a / "plan.toml").read_bytes() == (b / "plan.toml").read_bytes() != plan.read_bytes()


def test_tasks_with_one_title_are_counted_together(planner: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    plan = write(TASKS + '[[tasks]]\nid = "other-trip"\ntitle = "一日游"\nwhen = "四月"\n')
    (tmp_path / "a.jsonl").write_bytes(to_bytes([ours(1, task="day-trip"), ours(2, task="other-trip")]))
    assert "一日游 2" in planner("-p", plan, "journal", "import", "a.jsonl").out


HOSTILE: list[tuple[str, dict[str, Any]]] = [
    ("undo", {"entries": [["a"]]}),
    ("undo", {"entries": 5}),
    ("undo", {"entries": {"a": 1}}),
    ("edit", {}),
    ("edit", {"change": 7}),
    ("edit", {"change": {"table": "tasks", "id": "day-trip", "key": "place", "old": "[[[", "new": None}}),
    ("edit", {"change": {"table": "goals", "id": "g", "key": "weight", "old": "{ x = 1 }", "new": None}}),
    ("edit", {"change": {"table": "goals", "id": "g", "key": "weight", "old": None, "new": "{ weight = 1 }"}}),
    ("edit", {"change": {"table": "term", "id": "", "key": "", "old": "[term]\nstart = 1", "new": None}}),
    ("edit", {"change": {"table": "nowhere", "id": "x", "key": "y", "old": "1", "new": "2"}}),
    ("edit", {"change": {"table": "", "id": "", "key": "tasks", "old": "1", "new": "2"}}),
    ("edit", {"change": {"table": "tasks", "id": "day-trip", "key": "id", "old": '"day-trip"', "new": '"x y"'}}),
]


@pytest.mark.parametrize(("kind", "said"), HOSTILE)
def test_entries_that_nobody_can_have_meant_stop_neither_merge_nor_undo(
    planner: Run, write: Callable[..., Path], tmp_path: Path, kind: str, said: dict[str, Any]
) -> None:
    plan = write(TASKS, head='goals = [{ id = "g", title = "目标" }]\n' + HEAD)
    bad = ours(1, kind=kind, data=said)
    (tmp_path / "b.jsonl").write_bytes(to_bytes([bad, ours(2, kind="note", data={"text": "好"})]))
    merged = planner("-p", plan, "journal", "merge", "b.jsonl")
    assert merged.code == 0, merged.err
    assert planner("-p", plan, "check").code == 0
    assert planner("-p", plan, "edit", "day-trip", "place=湖边", "--by", "甲").code == 0
    assert planner("-p", plan, "undo", "--by", "甲").code == 0
    assert planner("-p", plan, "undo", bad.id).code in (0, 3)
    assert planner("-p", plan, "journal", "merge", "b.jsonl").code == 0


def test_an_export_takes_the_place_of_an_export_only(planner: Run, plan: Path, store: SqliteStore) -> None:
    foreign = plan.with_name("package.json")
    for text in ('{\n  "name": "x"\n}\n', '{"name": "x"}\n', "{", '{"id": 1}'):
        foreign.write_text(text, encoding="utf-8")
        assert planner("-p", plan, "journal", "export", "-o", foreign).code == 2
        assert foreign.read_text(encoding="utf-8") == text


def test_a_copy_that_another_program_used_stays_as_it_is(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path
) -> None:
    copy = tmp_path / "b.sqlite"
    write_copy(THEIRS, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    before = copy.read_bytes()
    assert data(planner("-p", plan, "journal", "merge", copy, "--json"))["new"] == 2
    assert copy.read_bytes() == before


def test_when_the_plan_cannot_take_the_edits_the_journal_takes_nothing(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> list[str]:
        raise OSError(28, "No space left on device", str(plan))

    write_copy(THEIRS, tmp_path / "b.sqlite")
    monkeypatch.setattr("planner.actions.adopting._adopt_all", refuse)
    assert planner("-p", plan, "journal", "merge", "b.sqlite").code != 0
    assert list(store.entries()) == MINE


@pytest.mark.parametrize("name", ["nothing.sqlite", "empty.sqlite", "cut.sqlite", "other.sqlite", "."])
def test_a_copy_that_cannot_be_read_changes_nothing(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty.sqlite").write_bytes(b"")
    (tmp_path / "cut.sqlite").write_bytes(store.path.read_bytes()[:5000])
    (tmp_path / "other.sqlite").write_bytes(b"SQLite format 3\0" + b"?" * 5000)
    result = planner("-p", plan, "journal", "merge", name)
    assert result.code in (2, 4)
    assert name in result.err
    assert list(store.entries()) == MINE


def test_a_copy_with_entries_that_are_none_is_damaged(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path
) -> None:
    write_copy(THEIRS, tmp_path / "b.sqlite")
    with closing(sqlite3.connect(tmp_path / "b.sqlite")) as connection, connection:
        connection.execute("UPDATE entry SET id = 'x' WHERE plan = 'test-2'")
    result = planner("-p", plan, "journal", "merge", "b.sqlite")
    assert result.code == 4
    assert "b.sqlite" in result.err
    assert list(store.entries()) == MINE


def test_a_backup_holds_the_entries_of_all_plans_and_never_overwrites(
    planner: Run, plan: Path, store: SqliteStore, at: At, tmp_path: Path
) -> None:
    store.append(THEIRS)
    assert data(planner("-p", plan, "--json", "journal", "backup", "b.sqlite")) == {"file": "b.sqlite", "entries": 6}
    assert list(at(tmp_path / "b.sqlite").entries()) == [*MINE, *THEIRS]
    before = (tmp_path / "b.sqlite").read_bytes()
    for taken in ("b.sqlite", store.path, plan):
        assert planner("-p", plan, "journal", "backup", taken).code == 4
    assert (tmp_path / "b.sqlite").read_bytes() == before
    assert "6" in planner("-p", plan, "journal", "backup", "c.sqlite").out


def test_a_backup_can_take_the_place_of_a_lost_journal(
    planner: Run, plan: Path, store: SqliteStore, tmp_path: Path
) -> None:
    planner("-p", plan, "journal", "backup", "b.sqlite")
    store.path.write_bytes(b"")
    lost = planner("-p", plan, "journal", "info")
    assert lost.code == 4
    assert "planner journal backup" in lost.err
    shutil.copy(tmp_path / "b.sqlite", store.path)
    assert planner("-p", plan, "journal", "export").out.encode() == to_bytes(MINE)


def test_info_tells_where_the_journal_is_and_what_it_holds(planner: Run, plan: Path, store: SqliteStore) -> None:
    store.append(THEIRS[2:])
    found = data(planner("-p", plan, "journal", "info", "--json"))
    assert found == {
        "url": str(store.path), "exists": True, "entries": 4, "kinds": {"status": 3, "note": 1},
        "plans": {"test-1": 3, "test-2": 1}, "authors": {"李老师": 2, "王老师": 1, "赵": 1},
        "first": MINE[0].time, "last": THEIRS[2].time,
        "store": {"schema": 1, "bytes": store.path.stat().st_size},
    }  # fmt: skip
    shown = planner("-p", plan, "journal", "info").out
    for told in (str(store.path), "李老师 2", "test-2 1", "2023-03-08 14:01"):
        assert told in shown


def test_info_makes_no_journal(planner: Run, plan: Path, tmp_path: Path) -> None:
    found = data(planner("-p", plan, "journal", "info", "--json"))
    assert (found["exists"], found["entries"], found["first"], found["store"]) == (False, 0, None, {})
    assert "plan.journal.sqlite" in planner("-p", plan, "journal", "info").out
    assert list(tmp_path.iterdir()) == [plan]


def test_the_journal_may_be_elsewhere(planner: Run, plan: Path, tmp_path: Path) -> None:
    write_copy(MINE, tmp_path / "elsewhere.sqlite")
    for where in ("elsewhere.sqlite", "sqlite:///elsewhere.sqlite"):
        assert data(planner("-p", plan, "--journal", where, "journal", "info", "--json"))["entries"] == 3
    assert planner("-p", plan, "--journal", "mysql://li:geheim@host/db", "journal", "info").code == 2
    assert "geheim" not in planner("-p", plan, "--journal", "mysql://li:geheim@host/db", "journal", "info").err


def test_help_lists_the_commands_and_every_one_takes_the_global_options(planner: Run, plan: Path) -> None:
    listed = planner("journal", "--help").out
    positions = [listed.index(f"  {name} ") for name in ("export", "import", "merge", "backup", "info")]
    assert positions == sorted(positions)
    for name in ("export", "import", "merge", "backup", "info"):
        assert planner("journal", name, "--help").code == 0
    assert planner("journal", "info", "-p", plan, "--json").code == 0
    assert planner("journal", "-p", plan, "info", "--lang", "en").code == 0
