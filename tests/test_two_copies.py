"""Two copies of a plan and its journal that go separate ways, and are brought together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[branches]]
    id = "north"
    name = "北校区分工会"
    [[branches]]
    id = "south"
    name = "南校区分工会"
    [[tasks]]
    id = "apply"
    title = "特色项目申报"
    when = "三月"
    for = "branches"
    [[tasks]]
    id = "sports"
    title = "运动会"
    when = "四月"     # 看天气
    [[tasks]]
    id = "visit"
    title = "走访"
    when = "五月"
"""


class Copy:
    """A folder with a plan and its journal."""

    def __init__(self, planner: Run, folder: Path) -> None:
        self._planner = planner
        self.plan, self.journal = folder / "plan.toml", folder / "plan.journal.sqlite"

    def __call__(self, day: str, *words: str | Path) -> Outcome:
        done = self._planner("-p", self.plan, "--today", f"2023-{day}", *words)
        assert done.code == 0, done.err
        return done

    def to(self, folder: Path) -> Copy:
        """Another copy, as it stands."""
        folder.mkdir()
        for path in (self.plan, self.journal):
            if path.exists():
                shutil.copy(path, folder)
        return Copy(self._planner, folder)

    def views(self) -> list[Any]:
        """What everybody sees."""
        return [
            json.loads(self("05-10", "--json", *words).out)
            for words in (("show",), ("agenda",), ("graph",), ("log", "-n", "1000"))
        ]


@pytest.fixture
def here(planner: Run, write: Write, tmp_path: Path) -> Copy:
    (tmp_path / "here").mkdir()
    write(PLAN, name="here/plan.toml")
    copy = Copy(planner, tmp_path / "here")
    copy("02-10", "done", "apply", "--branch", "north")
    return copy


@pytest.fixture
def merged(here: Copy, tmp_path: Path) -> Callable[[Copy], tuple[Copy, Copy]]:
    """Merge each of two copies into (a copy of) the other."""

    def both_ways(there: Copy) -> tuple[Copy, Copy]:
        one, other = here.to(tmp_path / "one"), there.to(tmp_path / "other")
        one("05-10", "journal", "merge", there.journal)
        other("05-10", "journal", "merge", here.journal)
        return one, other

    return both_ways


def test_both_ticked_and_both_rescheduled_is_the_same_in_either_order(
    here: Copy, tmp_path: Path, merged: Callable[[Copy], tuple[Copy, Copy]]
) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", "done", "apply", "--branch", "south")
    there("03-02", "start", "apply", "--branch", "south")
    here("03-03", "schedule", "sports", "4月12日 14:00")
    there("03-04", "schedule", "sports", "4月19日 9:00-11:00", "--place", "操场")
    here("03-05", "edit", "visit", "when=六月")
    there("03-06", "cancel", "visit")
    one, other = merged(there)
    assert one.views() == other.views()
    assert one.plan.read_bytes() == other.plan.read_bytes()
    task = {t["id"]: t for t in one.views()[0]["tasks"]}
    assert task["apply"]["branches"] == {"north": "done", "south": "doing"}  # the later word counts
    assert task["sports"]["on"][0]["start"] == "2023-04-19"
    assert task["sports"]["place"] == "操场"
    assert task["visit"]["when"] == "六月"
    assert task["visit"]["status"] == "cancelled"
    assert "# 看天气" in one.plan.read_text(encoding="utf-8")


def test_what_one_took_back_is_taken_back_in_both(
    here: Copy, tmp_path: Path, merged: Callable[[Copy], tuple[Copy, Copy]]
) -> None:
    here("03-01", "schedule", "sports", "4月12日")
    there = here.to(tmp_path / "there")
    there("03-02", "undo")
    here("03-03", "done", "sports")
    one, other = merged(there)
    assert one.views() == other.views()
    assert one.plan.read_bytes() == other.plan.read_bytes()
    assert "on" not in one.plan.read_text(encoding="utf-8").partition("sports")[2].partition("[[")[0]


def test_tasks_added_and_removed_come_along(
    here: Copy, tmp_path: Path, merged: Callable[[Copy], tuple[Copy, Copy]]
) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", "add", "6月 总结会", "id=summary")
    there("03-02", "remove", "visit")
    there("03-02", "add", "7月 疗休养", "id=rest")
    one, other = merged(there)
    assert [t["id"] for t in one.views()[0]["tasks"]] == [t["id"] for t in other.views()[0]["tasks"]]
    assert {t["id"] for t in one.views()[0]["tasks"]} == {"apply", "sports", "summary", "rest"}


def test_a_value_typed_by_hand_stays_and_is_told(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    there("03-02", "edit", "sports", "place=操场")
    text = here.plan.read_text(encoding="utf-8").replace('title = "运动会"', 'title = "运动会"\n    place = "体育馆"')
    here.plan.write_text(text, encoding="utf-8")
    said = here("03-03", "journal", "merge", there.journal)
    assert "体育馆" in here.plan.read_text(encoding="utf-8")
    assert "没有并入" in said.out + said.err


def test_merging_twice_changes_nothing_more(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    there("03-02", "schedule", "sports", "4月19日")
    here("03-03", "journal", "merge", there.journal)
    before = (here.plan.read_bytes(), here.views())
    here("03-03", "journal", "merge", there.journal)
    assert (here.plan.read_bytes(), here.views()) == before
