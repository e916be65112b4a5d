"""Two copies of a plan and its journal that go separate ways, and are brought together."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import tomli

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
    [[tasks]]
    id = "quota"
    title = "委员会议"
    when = "本学期"
    times = { every = "month", least = 1 }
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

    def attempt(self, day: str, *words: str | Path) -> Outcome:
        """Like calling it, for what may be refused."""
        return self._planner("-p", self.plan, "--today", f"2023-{day}", *words)

    def merge(self, *others: Copy) -> list[str]:
        """Merge others' journals into this one; what was said about the plan."""
        said = self("05-10", "--json", "journal", "merge", *(other.journal for other in others))
        messages: list[str] = json.loads(said.out)["messages"]
        return messages

    def tasks(self) -> dict[str, dict[str, Any]]:
        """The tasks that the text has, by id."""
        return {task["id"]: task for task in tomli.loads(self.plan.read_text(encoding="utf-8"))["tasks"]}

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
    assert {t["id"] for t in one.views()[0]["tasks"]} == {"apply", "sports", "summary", "rest", "quota"}


def test_a_value_typed_by_hand_stays_and_is_told(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    there("03-02", "edit", "sports", "place=操场")
    text = here.plan.read_text(encoding="utf-8").replace('title = "运动会"', 'title = "运动会"\n    place = "体育馆"')
    here.plan.write_text(text, encoding="utf-8")
    said = here("03-03", "journal", "merge", there.journal)
    assert "体育馆" in here.plan.read_text(encoding="utf-8")
    assert "没有并入" in said.out + said.err
    (line,) = here.merge(there)  # and again, as long as it is so
    assert "没有并入" in line


def test_merging_twice_changes_nothing_more(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    there("03-02", "schedule", "sports", "4月19日")
    here("03-03", "journal", "merge", there.journal)
    before = (here.plan.read_bytes(), here.views())
    here("03-03", "journal", "merge", there.journal)
    assert (here.plan.read_bytes(), here.views()) == before


LISTS = [
    (("schedule", "quota", "2023-03-08"), ("schedule", "quota", "2023-04-12"), "on", ["2023-03-08", "2023-04-12"]),
    (("schedule", "quota", "2023-04-12"), ("schedule", "quota", "2023-03-08"), "on", ["2023-03-08", "2023-04-12"]),
    (("schedule", "quota", "2023-03-08"), ("schedule", "quota", "2023-03-15"), "on", "2023-03-15"),
    (("edit", "quota", "tags=甲"), ("edit", "quota", "tags=乙"), "tags", ["甲", "乙"]),
    (("edit", "quota", "tags=甲,乙"), ("edit", "quota", "tags=乙,丙"), "tags", ["甲", "乙", "丙"]),
    (("edit", "quota", "needs=apply"), ("edit", "quota", "needs=visit"), "needs", ["apply", "visit"]),
    (("edit", "quota", "for=north"), ("edit", "quota", "for=south"), "for", ["north", "south"]),
    (("edit", "quota", "for=north"), ("edit", "quota", "for=branches"), "for", "branches"),
]


@pytest.mark.parametrize(("mine", "theirs", "key", "wanted"), LISTS)
def test_what_both_added_is_there_in_both(
    here: Copy, tmp_path: Path, mine: tuple[str, ...], theirs: tuple[str, ...], key: str, wanted: Any
) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", *mine)
    there("03-02", *theirs)
    here.merge(there)
    there.merge(here)
    assert here.tasks()["quota"][key] == there.tasks()["quota"][key] == wanted
    assert here.plan.read_bytes() == there.plan.read_bytes()
    assert here.merge(there) == there.merge(here) == []


def test_what_one_took_out_of_a_list_goes_and_what_the_other_added_stays(here: Copy, tmp_path: Path) -> None:
    here("03-01", "edit", "quota", "tags=甲,乙")
    there = here.to(tmp_path / "there")
    here("03-02", "edit", "quota", "tags=乙")
    there("03-03", "edit", "quota", "tags=甲,乙,丙")
    here.merge(there)
    there.merge(here)
    assert here.tasks()["quota"]["tags"] == there.tasks()["quota"]["tags"] == ["乙", "丙"]


def test_an_undo_takes_out_only_what_its_edit_put_in(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", "schedule", "quota", "2023-03-08", "--by", "甲")
    there("03-02", "schedule", "quota", "2023-04-12", "--by", "乙")
    here.merge(there)
    here("05-10", "undo", "--by", "甲")
    assert here.tasks()["quota"]["on"] == "2023-04-12"
    there.merge(here)
    assert there.plan.read_bytes() == here.plan.read_bytes()
    here("05-10", "undo", "--by", "乙")
    assert "on" not in here.tasks()["quota"]


def test_three_copies_agree_in_whatever_order_they_meet(here: Copy, tmp_path: Path) -> None:
    acts = [("quota", "2023-03-08"), ("quota", "2023-04-12"), ("quota", "2023-05-17")]
    found = []
    copies = [here.to(tmp_path / name) for name in "abc"]
    for copy, act, day in zip(copies, acts, ("03-01", "03-02", "03-03"), strict=True):
        copy(day, "schedule", *act)
        copy(day, "edit", "sports", f"place={day}", f"tags={day}")
    for order in permutations(range(3)):
        first, second, third = (copies[n].to(tmp_path / ("m" + "".join(map(str, order)) + str(n))) for n in order)
        first.merge(second)
        first.merge(third)
        first.merge(second, third)
        second.merge(first)
        assert first.tasks() == second.tasks()
        found.append(first.tasks())
    assert all(tasks == found[0] for tasks in found)
    assert found[0]["quota"]["on"] == ["2023-03-08", "2023-04-12", "2023-05-17"]
    assert found[0]["sports"]["place"] == "03-03"


def test_a_value_that_gives_way_is_told_on_both_sides(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", "edit", "sports", "place=操场")
    there("03-02", "edit", "sports", "place=报告厅")
    for said in (here.merge(there), there.merge(here)):
        assert any("操场" in line and "报告厅" in line for line in said)
    assert here.plan.read_bytes() == there.plan.read_bytes()
    assert "报告厅" in here.plan.read_text(encoding="utf-8")
    assert here.merge(there) == []


@pytest.mark.parametrize("place", ["报告厅", ""])
def test_an_edit_later_than_a_removal_keeps_the_task(here: Copy, tmp_path: Path, place: str) -> None:
    here("02-10", "edit", "visit", "place=操场")
    there = here.to(tmp_path / "there")
    here("03-01", "remove", "visit")
    there("03-02", "edit", "visit", f"place={place}")
    here.merge(there)
    there.merge(here)
    assert here.tasks() == there.tasks()
    assert here.tasks()["visit"].get("place", "") == place
    assert here.plan.read_bytes() == there.plan.read_bytes()


def test_a_removal_later_than_an_edit_takes_the_task_out_and_tells_what_went(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    there("03-01", "edit", "visit", "place=报告厅")
    here("03-02", "remove", "visit")
    for said in (here.merge(there), there.merge(here)):
        assert any("没有并入" in line and "报告厅" in line for line in said)
    assert "visit" not in here.tasks()
    assert here.plan.read_bytes() == there.plan.read_bytes()
    assert here.merge(there) == []


def test_a_removed_task_into_which_somebody_typed_stays_and_is_told(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    text = there.plan.read_text(encoding="utf-8").replace('title = "走访"', 'title = "走访老同志"')
    there.plan.write_text(text, encoding="utf-8")
    here("03-02", "remove", "visit")
    for _again in range(2):
        (line,) = there.merge(here)
        assert "没有并入" in line
        assert "走访" in line
        assert there.plan.read_text(encoding="utf-8") == text


BREAKING = [
    ((("remove", "visit"),), (("add", "6月 总结会", "id=summary", "needs=visit"),), {"visit", "summary"}),
    ((("edit", "visit", "needs=quota"),), (("edit", "quota", "needs=visit"),), {"visit", "quota"}),
    ((("remove", "visit"),), (("edit", "quota", "needs=visit"), ("edit", "quota", "place=馆")), {"visit", "quota"}),
]


@pytest.mark.parametrize(("mine", "theirs", "there_are"), BREAKING)
@pytest.mark.parametrize("is_later", [True, False])
def test_what_would_break_the_plan_is_left_out_in_both_and_told(
    here: Copy,
    tmp_path: Path,
    mine: tuple[tuple[str, ...], ...],
    theirs: tuple[tuple[str, ...], ...],
    there_are: set[str],
    is_later: bool,
) -> None:
    there = here.to(tmp_path / "there")
    for words in mine:
        here("03-03" if is_later else "03-01", *words)
    for words in theirs:
        there("03-02", *words)
    for said in (here.merge(there), there.merge(here)):
        assert any("没有并入" in line for line in said)
    assert here.tasks() == there.tasks()
    assert there_are <= {*here.tasks()}
    for copy in (here, there):
        assert copy.attempt("05-10", "check").code == 0
        copy("05-10", "undo")
    here.merge(there)
    there.merge(here)
    assert here.tasks() == there.tasks()


def test_a_task_that_one_took_back_and_the_other_needs(here: Copy, tmp_path: Path) -> None:
    here("03-01", "add", "4月 预备", "id=pre")
    there = here.to(tmp_path / "there")
    here("03-02", "undo")
    there("03-03", "edit", "visit", "needs=pre")
    said = [here.merge(there), there.merge(here)]
    assert here.tasks() == there.tasks()
    assert all(any("没有并入" in line for line in lines) for lines in said)
    assert here.attempt("05-10", "check").code == there.attempt("05-10", "check").code == 0


WALK = [
    ("schedule", "quota", "2023-03-08"), ("schedule", "quota", "2023-04-12"), ("schedule", "quota", "2023-03-15"),
    ("schedule", "sports", "4月12日"), ("schedule", "sports", "4月19日"), ("schedule", "sports", "--clear"),
    ("edit", "sports", "place=操场"), ("edit", "sports", "place="), ("edit", "sports", "place=馆", "note=带水"),
    ("edit", "quota", "tags=甲,乙"), ("edit", "quota", "tags=丙"), ("edit", "quota", "tags="),
    ("edit", "visit", "needs=quota"), ("edit", "quota", "needs=visit,apply"), ("edit", "visit", "needs="),
    ("edit", "apply", "for=north"), ("edit", "apply", "for=branches"), ("edit", "term", "week1=2023-02-13"),
    ("remove", "visit"), ("remove", "sports"), ("add", "6月 总结会", "id=summary"),
    ("add", "6月 颁奖", "id=prize", "needs=sports"), ("remove", "summary"), ("edit", "summary", "place=馆"),
    ("done", "sports"), ("postpone", "sports", "--to", "5月中旬"), ("undo",), ("undo",), ("undo",),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_whatever_two_copies_did_they_end_equal(here: Copy, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    there = here.to(tmp_path / "there")
    day = 1
    for _round in range(2):
        for _act in range(6):
            day += 1
            chance.choice((here, there)).attempt(f"03-{day:02}", *chance.choice(WALK))
        said = [here.merge(there), there.merge(here)]
        assert here.tasks() == there.tasks(), said
        assert here.attempt("05-10", "check").code == there.attempt("05-10", "check").code == 0
        for mine, theirs in zip(here.views(), there.views(), strict=True):
            assert _sorted(mine) == _sorted(theirs), said
        before = here.plan.read_bytes()
        here.merge(there)
        assert here.plan.read_bytes() == before


def _sorted(view: Any) -> Any:
    """A view without the order in which tasks stand: what both added may stand the other way round."""
    if isinstance(view, dict):
        return {key: _sorted(value) for key, value in view.items()}
    if isinstance(view, list):
        return sorted(map(_sorted, view), key=lambda each: json.dumps(each, sort_keys=True))
    return view


def test_both_add_a_task_of_the_same_name_and_both_are_there(
    here: Copy, tmp_path: Path, merged: Callable[[Copy], tuple[Copy, Copy]]
) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", "add", "4月中旬 座谈会")
    there("03-02", "add", "5月 座谈会")
    one, other = merged(there)
    for copy in (one, other):
        assert [t["when"] for t in copy.tasks().values() if t["title"] == "座谈会"] == ["4月中旬", "5月"]


def test_one_id_given_twice_is_told_on_both_sides(here: Copy, tmp_path: Path) -> None:
    there = here.to(tmp_path / "there")
    here("03-01", "add", "4月 座谈会", "id=talk")
    there("03-02", "add", "5月 联欢会", "id=talk")
    one, other = here.to(tmp_path / "one"), there.to(tmp_path / "other")
    for copy, theirs in ((one, there), (other, here)):
        said = copy("05-10", "journal", "merge", theirs.journal)
        assert "编号相同" in said.out + said.err
