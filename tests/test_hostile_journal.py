"""A journal with entries that another program wrote, wrongly or on purpose: every view goes on, nothing acts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.journal.entry import Entry, new_entry
from planner.journal.sqlite import SqliteStore
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[goals]]
    id = "g"
    title = "目标"
    [[branches]]
    id = "north"
    name = "北校区"
    [[tasks]]
    id = "apply"
    title = "申报"
    when = "三月"
    for = "branches"
"""
START = datetime(2023, 3, 1, tzinfo=UTC)
CHANGE: dict[str, Any] = {
    "table": "tasks",
    "id": "apply",
    "key": "place",
    "old": None,
    "new": 'place = "x"\n',
    "after": "",
    "gap": "",
}
HOSTILE: list[tuple[str, dict[str, Any]]] = [
    ("undo", {"entries": 5}),
    ("undo", {"entries": None}),
    ("undo", {"entries": [["a"], {}, 7]}),
    ("undo", {}),
    ("status", {}),
    ("status", {"status": ["done"]}),
    ("status", {"status": "完成"}),
    ("status", {"status": "done", "branches": 5}),
    ("status", {"status": "done", "branches": [["a"], {}, None]}),
    ("status", {"status": "postponed", "from": 5}),
    ("status", {"status": "postponed", "from": {"": 5}}),
    ("status", {"status": "done", "message": {"a": 1}, "act": ["x"]}),
    ("note", {}),
    ("note", {"text": "\x1b[31m\r\nBEGIN:VEVENT", "message": 5}),
    ("edit", {}),
    ("edit", {"change": 5}),
    ("edit", {"change": {**CHANGE, "key": 5}}),
    ("edit", {"change": {**CHANGE, "key": ["a"]}}),
    ("edit", {"change": {**CHANGE, "old": 5, "new": {}}}),
    ("edit", {"change": {**CHANGE, "new": '"x"\n[[tasks]]\nid = "evil"\n'}}),
    ("revision", {}),
    ("revision", {"key": "apply", "sequence": "x", "state": 5}),
    ("revision", {"key": "apply", "sequence": 0, "state": {"title": 5, "kind": [], "days": ["x"]}, "rest": 1}),
    (
        "revision",
        {
            "key": "gone",
            "sequence": 0,
            "state": {"title": "a", "kind": "window", "days": ["9999-12-31", "9999-12-31"]},
            "rest": "",
        },
    ),
    ("row", {"ledger": 5}),
    ("of-tomorrow", {"anything": [1, 2, 3]}),
]
VIEWS = [
    ("show",), ("agenda",), ("graph",), ("log",), ("log", "--find", "x"), ("changes",), ("check",), ("journal", "info"),
    ("ical", "-o", "out", "--keep-cancelled"), ("journal", "export"), ("changes", "--since", "2023-03-02"),
]  # fmt: skip


def entry(kind: str, data: dict[str, Any], **fields: Any) -> Entry:
    return new_entry(START, "别人", "test-1", kind, data, **{"task": "apply", **fields})


@pytest.mark.parametrize(("kind", "data"), HOSTILE, ids=repr)
def test_no_entry_stops_a_view_or_an_act(planner: Run, write: Write, kind: str, data: dict[str, Any]) -> None:
    plan = write(PLAN)
    before = plan.read_bytes()
    store = SqliteStore(plan.with_suffix(".journal.sqlite"))
    hostile = entry(kind, data)
    store.append([hostile, entry(kind, data, occurrence="nowhere", branch="east", task="gone")])
    store.close()
    for words in VIEWS:
        said = planner("-p", plan, "--today", "2023-03-10", *words)
        assert said.code == 0, (words, said.err)
        assert "\x1b" not in said.out
        assert "evil" not in said.out or words[0] in ("log", "journal")
    assert planner("-p", plan, "--today", "2023-03-10", "done", "apply").code == 0
    assert planner("-p", plan, "undo", hostile.id).code in (0, 2, 3)
    assert planner("-p", plan, "--today", "2023-03-11", "note", "apply", "继续").code == 0
    assert plan.read_bytes() == before
    assert json.loads(planner("-p", plan, "--json", "show").out)["tasks"][0]["id"] == "apply"


def test_a_copy_full_of_them_can_be_merged(planner: Run, write: Write, tmp_path: Path) -> None:
    plan = write(PLAN)
    before = plan.read_bytes()
    copy = SqliteStore(tmp_path / "copy.sqlite")
    copy.append([entry(kind, data) for kind, data in HOSTILE])
    copy.close()
    said = planner("-p", plan, "journal", "merge", tmp_path / "copy.sqlite")
    assert said.code == 0, said.err
    assert plan.read_bytes() == before or b"evil" not in plan.read_bytes()
    assert planner("-p", plan, "show").code == 0
