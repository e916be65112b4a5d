"""A session that goes on for days: it loads again and again, keeps nothing of before, and sees what others write."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.actions.editing import edit_plan
from planner.errors import PlanError
from planner.journal.entry import STATUS, new_entry
from planner.journal.sqlite import write_copy
from planner.session import Session
from planner.snapshot import Snapshot
from tests.conftest import SPRING


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    plan = tmp_path / "plan.toml"
    plan.write_bytes(SPRING.read_bytes())
    made = Session(print, {"PLANNER_PLUGINS": "ical"})
    made.plan_path = str(plan)
    yield made
    made.close()


def tick(session: Session, snapshot: Snapshot, task: str) -> None:
    """Somebody marks a task as done."""
    done = {"status": "done"}
    session.record([new_entry(snapshot.now, "", snapshot.plan.id, STATUS, done, task=task, occurrence="")])


class Widget:
    """Something that points to itself, as parts of a screen do, and to what it shows."""

    def __init__(self, shows: Snapshot) -> None:
        self.me, self.shows = self, shows


def test_what_is_shown_no_more_is_let_go_however_often_it_loads(session: Session) -> None:
    assert gc.isenabled()
    seen = []
    for _time in range(5):
        widget = Widget(session.snapshot())
        seen.append(weakref.ref(widget))
    del widget
    gc.collect()
    assert [ref() for ref in seen] == [None] * 5


def test_loading_leaves_the_search_for_garbage_as_it_was(session: Session) -> None:
    session.load()
    assert gc.isenabled()
    gc.disable()
    try:
        session.load()
        assert not gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()


def test_a_plan_with_errors_says_which_and_the_next_load_is_as_good_as_the_first(session: Session) -> None:
    plan = Path(session.plan_path or "")
    good = plan.read_bytes()
    plan.write_bytes(good + b"\n[[tasks]]\nid = 'half")
    with pytest.raises(PlanError) as told:
        session.snapshot()
    (problem,) = (problem for problem in told.value.problems if problem.severity == "error")
    assert problem.source is not None
    assert problem.source.line == good.count(b"\n") + 3
    plan.write_bytes(good)
    assert session.snapshot().plan.tasks


def test_a_colleagues_tick_is_seen_by_version_and_by_the_next_snapshot(session: Session) -> None:
    mine = session.snapshot()
    task = mine.plan.tasks[0]
    before = session.store.version()
    assert mine.statuses.task(task) == "planned"
    subprocess.run([sys.executable, "-m", "planner", "-p", session.plan_path or "", "done", task.id], check=True)
    assert session.store.version() != before
    assert session.snapshot().statuses.task(task) == "done"
    assert mine.statuses.task(task) == "planned", "a snapshot is of one moment"


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_journal_that_was_replaced_is_read_and_written_as_it_is_now(session: Session, is_closed: bool) -> None:
    snapshot = session.snapshot()
    first, second, third = snapshot.plan.tasks[:3]
    tick(session, snapshot, first.id)
    if is_closed:
        session.close()
    journal = Path(session.plan_path or "").with_suffix(".journal.sqlite")
    theirs = new_entry(snapshot.now, "", snapshot.plan.id, STATUS, {"status": "done"}, task=second.id, occurrence="")
    write_copy([theirs], journal.with_name("theirs.sqlite"))
    journal.with_name("theirs.sqlite").replace(journal)
    tick(session, snapshot, third.id)
    statuses = session.snapshot().statuses
    assert [statuses.task(task) for task in (first, second, third)] == ["planned", "done", "done"]


def test_a_file_that_nobody_wrote_is_loaded_once_whatever_its_time_says(session: Session) -> None:
    plan = session.load().plan
    assert plan is not None
    session.plan_file.touch()
    assert session.load().plan is plan


def test_a_file_that_was_written_is_loaded_again_even_with_the_time_it_had(session: Session) -> None:
    before = session.load().plan
    assert before is not None
    was = session.plan_file.stat()
    text = session.plan_file.read_text(encoding="utf-8")
    session.plan_file.write_text(text.replace("退休", "离休"), encoding="utf-8")
    os.utime(session.plan_file, ns=(was.st_atime_ns, was.st_mtime_ns))
    plan = session.load().plan
    assert plan is not None
    assert any("离休" in task.title for task in plan.tasks)


def test_what_an_edit_looked_through_need_not_be_loaded_when_it_is_written(session: Session) -> None:
    snapshot = session.snapshot()
    edit_plan(session, snapshot, lambda editor: editor.set("tasks", snapshot.plan.tasks[0].id, "title", "改过的题目"))
    looked_through = session._last
    plan = session.load().plan
    assert looked_through is not None
    assert plan is looked_through.plan
    assert plan.tasks[0].title == "改过的题目"


def test_what_was_told_of_one_task_is_what_the_whole_plan_says_of_it(session: Session) -> None:
    session.tell(session.snapshot(), lambda: None)
    snapshot = session.snapshot()
    task, other = snapshot.plan.tasks[:2]
    edit_plan(session, snapshot, lambda editor: editor.set("tasks", task.id, "title", "改过的题目"))
    snapshot = session.snapshot()
    for one in (task, other):
        alone = list(snapshot.about(one).revisions.about(one.id))
        assert alone == list(snapshot.revisions.about(one.id))
        assert alone[0].is_settled == (one is other)
