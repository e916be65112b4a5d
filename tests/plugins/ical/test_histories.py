"""Whatever happens to a plan between exports: the next export of an unchanged plan says nothing new, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from planner.api import CalendarItem, Plan, Window, make_note, note_lines
from planner.journal.entry import REVISION, Entry, new_entry
from planner.journal.revision import Revisions, revisions
from planner_ical.feeds import make_feeds
from planner_ical.settings import settings_of
from tests.plugins.ical.made import NOW, parts, read_plan

TITLES = ["学习", "评比", "长" * 150, "<b>\n2. 取消：\x1b[2J"]


@st.composite
def items(draw: Any, key: str) -> CalendarItem:
    kind = draw(st.sampled_from(["decided", "window", "slot", "undated"]))
    start = date(2023, 3, 1) + timedelta(days=draw(st.integers(0, 60)))
    days = None if kind == "undated" else Window(start, start + timedelta(days=draw(st.sampled_from([0, 6, 30]))))
    begins = time(14) if kind == "decided" and draw(st.booleans()) else None
    return CalendarItem(
        key,
        draw(st.sampled_from(TITLES)),
        kind,
        days,
        begins,
        time(16) if begins and draw(st.booleans()) else None,
        draw(st.sampled_from(["", "三月", "每周五"])),
        draw(st.sampled_from([(), ("mechanical",), ("economics",), ("economics", "mechanical"), ("closed",)])),
        place=draw(st.sampled_from(["", "报告厅"])),
        note=draw(st.sampled_from(["", "带伞"])),
        private=draw(st.integers(0, 9)) == 0,
        status=draw(st.sampled_from(["planned", "planned", "doing", "done", "cancelled"])),
        task=key.partition(".")[0],
    )


exports = st.tuples(
    st.tuples(*(st.none() | items(key) for key in ("a", "a.2", "b"))),
    st.sampled_from([None, None, ["mechanical"], ["economics"]]),
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(Path(tmp_path_factory.mktemp("plan")), "")


def files(plan: Plan, shown: Sequence[CalendarItem], found: Revisions, branches: list[str] | None) -> dict[str, bytes]:
    feeds = make_feeds(plan, shown, found, settings_of(plan, "full", keep_cancelled=True), branches or ())
    return {feed.name: feed.content for feed in feeds}


@given(st.lists(exports, min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_an_export_leaves_nothing_for_the_next_one(plan: Plan, history: list[Any]) -> None:
    journal: list[Entry] = []
    for step, (chosen, branches) in enumerate(history):
        shown = [item for item in chosen if item]
        found = revisions(shown, journal, NOW + timedelta(days=step), plan)
        lines = [line for section in make_note(found, plan, branches).sections for line in section.lines]
        assert all(line.kinds and "\n" not in line.text and "\x1b" not in line.text for line in lines)
        written = files(plan, shown, found, branches)
        for content in written.values():
            parts(content)  # reads well, and no UID is there twice
        journal = journal + [
            new_entry(found.now, "test", plan.id, REVISION, json.loads(json.dumps(data)), task=task, branch=branch)
            for data, task, branch in found.pending(branches)
        ]
        again = revisions(shown, journal, NOW + timedelta(days=step, hours=1), plan)
        assert not [*again.pending(branches)]
        assert files(plan, shown, again, branches) == written
        note = make_note(again, plan, branches)
        assert note.is_first or all(section.is_first for section in note.sections), [*note_lines(note, date.min)]
