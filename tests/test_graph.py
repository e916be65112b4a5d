"""The task graph: order, what blocks what, how much room there is, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar
from planner.graph import TaskGraph
from planner.plan.model import Appointment, Need, Task

CALENDAR = WorkCalendar()
TERM = Window(date(2023, 2, 1), date(2023, 8, 31))


def day(month: int, number: int) -> date:
    return date(2023, month, number)


def task(id_: str, needs: Sequence[str | Need] = (), *windows: tuple[date, date]) -> Task:
    return Task(
        id_,
        id_.upper(),
        0,
        windows=tuple(Window(*window) for window in windows),
        needs=tuple(Need(need) if isinstance(need, str) else need for need in needs),
    )


def ids(tasks: Sequence[Task]) -> list[str]:
    return [t.id for t in tasks]


def graph(*tasks: Task) -> TaskGraph:
    return TaskGraph(tasks)


DIAMOND = graph(task("close", ["left", "right"]), task("left", ["open"]), task("right", ["open"]), task("open"))


# Order ----------------------------------------------------------------------------------------------------------------


def test_the_order_puts_every_task_behind_its_needs() -> None:
    assert ids(DIAMOND.order()) == ["open", "left", "right", "close"]


def test_without_needs_the_order_is_that_of_the_file() -> None:
    assert ids(graph(task("b"), task("a"), task("c")).order()) == ["b", "a", "c"]


def test_needs_and_dependents_are_the_direct_ones() -> None:
    open_, close = DIAMOND.tasks[3], DIAMOND.tasks[0]
    assert ids(DIAMOND.needs(close)) == ["left", "right"]
    assert ids(DIAMOND.dependents(open_)) == ["left", "right"]
    assert DIAMOND.needs(open_) == DIAMOND.dependents(close) == []


def test_what_leads_to_a_task_and_what_follows_from_it() -> None:
    by_id = {t.id: t for t in DIAMOND.tasks}
    assert ids(DIAMOND.chain(by_id["close"])) == ["open", "left", "right", "close"]
    assert ids(DIAMOND.chain(by_id["left"])) == ["open", "left"]
    assert ids(DIAMOND.consequences(by_id["left"])) == ["left", "close"]
    assert ids(DIAMOND.chain(by_id["open"])) == ["open"]


def test_a_task_is_blocked_by_the_needs_that_are_not_done() -> None:
    close = DIAMOND.tasks[0]
    assert ids(DIAMOND.blockers(close, lambda t: t.id == "left")) == ["right"]
    assert DIAMOND.blockers(close, lambda _: True) == []


def test_tasks_that_hang_together_are_one_chain_and_lonely_ones_none() -> None:
    found = graph(task("b", ["a"]), task("lonely"), task("a"), task("y", ["x"]), task("x")).chains()
    assert [ids(chain) for chain in found] == [["a", "b"], ["x", "y"]]


def test_unknown_needs_are_passed_over_and_of_equal_ids_the_first_is_meant() -> None:
    assert ids(graph(task("a", ["nobody"])).order()) == ["a"]
    twice = graph(task("a"), task("b", ["a"]), task("a", ["b"]))
    assert twice.cycles() == []
    assert ids(twice.order()) == ["a", "b", "a"]


# Cycles ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tasks", "cycles"),
    [
        ([task("a", ["b"]), task("b", ["a"])], [["a", "b"]]),
        ([task("a", ["a"])], [["a"]]),
        ([task("a", ["c"]), task("b", ["a"]), task("c", ["b"])], [["a", "c", "b"]]),
        (
            [task("a", ["b"]), task("b", ["a"]), task("x", ["y"]), task("y", ["x"])],
            [["a", "b"], ["x", "y"]],
        ),
        ([task("tail", ["a"]), task("a", ["b"]), task("b", ["a"]), task("root")], [["a", "b"]]),
        ([task("a", ["root", "b"]), task("b", ["a"]), task("root")], [["a", "b"]]),
        ([task("after", ["tail"]), task("tail", ["b"]), task("b", ["b"])], [["b"]]),
        ([task("between", ["a"]), task("a", ["a"]), task("b", ["between", "b"])], [["a"], ["b"]]),
    ],
)
def test_every_tangle_is_told_by_one_cycle(tasks: list[Task], cycles: list[list[str]]) -> None:
    assert [ids(cycle) for cycle in TaskGraph(tasks).cycles()] == cycles


def test_tasks_on_a_cycle_come_last_and_have_no_leeway() -> None:
    tangled = graph(task("a", ["b"]), task("b", ["a"]), task("c"))
    assert ids(tangled.order()) == ["c", "a", "b"]
    assert set(tangled.leeway(TERM, CALENDAR)) == {"c"}
    assert list(tangled.conflicts()) == []


# Impossible orders ----------------------------------------------------------------------------------------------------


MARCH, MAY = (day(3, 1), day(3, 31)), (day(5, 1), day(5, 31))


def conflicts(*tasks: Task) -> list[tuple[str, str, date, date]]:
    return [(c.task.id, c.need.id, c.ends, c.ready) for c in graph(*tasks).conflicts()]


def test_what_must_be_over_before_its_need_begins_is_impossible() -> None:
    assert conflicts(task("a", [], MAY), task("b", ["a"], MARCH)) == [("b", "a", day(3, 31), day(5, 1))]
    assert conflicts(task("a", [], MARCH), task("b", ["a"], MAY)) == []
    assert conflicts(task("a", [], MAY), task("b", ["a"], MAY)) == []
    assert conflicts(task("a", [], MAY), task("b", ["a"], (day(5, 1), day(5, 1)))) == []


def test_an_undated_task_in_between_hides_nothing() -> None:
    assert conflicts(task("a", [], MAY), task("middle", ["a"]), task("b", ["middle"], MARCH)) == [
        ("b", "middle", day(3, 31), day(5, 1))
    ]


def test_the_days_in_between_count() -> None:
    early, late = (day(3, 1), day(3, 1)), (day(3, 7), day(3, 7))
    assert conflicts(task("a", [], early), task("b", [Need("a", 6)], late)) == []
    assert conflicts(task("a", [], early), task("b", [Need("a", 7)], late)) == [("b", "a", day(3, 7), day(3, 8))]
    assert conflicts(task("a", [], early), task("m", [Need("a", 4)]), task("b", [Need("m", 4)], late)) == [
        ("b", "m", day(3, 7), day(3, 9))
    ]


def test_the_decided_day_counts_and_not_the_window() -> None:
    decided = task("a", [], MARCH)._replace(on=(Appointment(day(3, 20), day(3, 20)),))
    assert conflicts(decided, task("b", ["a"], (day(3, 11), day(3, 19)))) == [("b", "a", day(3, 19), day(3, 20))]


def test_a_task_that_its_need_holds_up_holds_up_the_next() -> None:
    spring = (day(3, 1), day(6, 30))
    found = conflicts(task("a", [], MAY), task("b", ["a"], spring), task("c", ["b"], MARCH))
    assert found == [("c", "b", day(3, 31), day(5, 1))]


def test_one_impossible_date_is_told_once_and_not_again_down_the_chain() -> None:
    found = conflicts(task("a", [], MAY), task("b", ["a"], MARCH), task("c", ["b"], MARCH))
    assert [c[:2] for c in found] == [("b", "a")]


# Leeway over 五一 2023: off 29 April to 3 May, made up for on Sunday 23 April and Saturday 6 May ----------------------


def leeway(*tasks: Task) -> dict[str, tuple[date, date, int]]:
    return {id_: tuple(room) for id_, room in graph(*tasks).leeway(TERM, CALENDAR).items()}


def test_slack_counts_working_days_with_the_make_up_days() -> None:
    spring = (day(4, 21), day(5, 8))  # works 21 · 23 24 25 26 27 28 · 4 5 6 · 8
    assert leeway(task("a", [], spring)) == {"a": (day(4, 21), day(5, 8), 10)}


def test_needs_push_the_earliest_day_and_dependents_pull_the_latest() -> None:
    window = (day(4, 24), day(5, 6))
    rooms = leeway(task("a", [], window), task("b", ["a"], window), task("c", ["b"], window))
    assert rooms == {
        "a": (day(4, 24), day(5, 4), 5),
        "b": (day(4, 25), day(5, 5), 5),
        "c": (day(4, 26), day(5, 6), 5),
    }


def test_days_in_between_are_calendar_days_and_end_on_a_working_day() -> None:
    rooms = leeway(task("a", [], (day(4, 27), day(5, 12))), task("b", [Need("a", 1)], (day(4, 27), day(5, 12))))
    assert rooms["b"][0] == day(5, 4)  # a on the 27th, b after the 28th and one more day: the first working day
    assert rooms["a"][1] == day(5, 10)


def test_a_day_that_people_chose_stays_though_it_is_a_day_off() -> None:
    assert leeway(task("a", [], (day(5, 1), day(5, 1)))) == {"a": (day(5, 1), day(5, 1), 0)}
    assert leeway(task("a", [], (day(4, 29), day(5, 6))))["a"][0] == day(5, 4)


def test_dates_that_cannot_be_kept_have_negative_slack() -> None:
    rooms = leeway(task("a", [], (day(5, 8), day(5, 8))), task("b", ["a"], (day(5, 5), day(5, 5))))
    assert rooms["b"] == (day(5, 9), day(5, 5), -3)  # 5 to 6, 8, 9


def test_a_task_without_a_date_has_the_whole_term() -> None:
    assert leeway(task("a"))["a"][:2] == (day(2, 1), day(8, 31))


# For every graph ------------------------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn, acyclic: bool = False) -> list[Task]:
    size = draw(st.integers(1, 9))
    tasks = []
    for n in range(size):
        others = st.integers(0, max(n - 1, 0) if acyclic else size - 1)
        chosen = draw(st.lists(others, max_size=3)) if n or not acyclic else []
        needs = [Need(f"t{m}", draw(st.sampled_from([0, 0, 1, 7]))) for m in chosen]
        start = TERM.start + timedelta(days=draw(st.integers(60, 110)))
        length = draw(st.sampled_from([0, 0, 5, 40]))
        windows = [(start, start + timedelta(days=length))] if draw(st.booleans()) else []
        tasks.append(task(f"t{n}", needs, *windows))
    return draw(st.permutations(tasks))


@settings(max_examples=200, deadline=None)
@given(plans())
def test_the_order_holds_every_task_once_and_respects_the_needs(tasks: list[Task]) -> None:
    found = TaskGraph(tasks)
    order = ids(found.order())
    assert sorted(order) == sorted(ids(tasks))
    tangled = set(order[len(found._sorted) :])
    for t in tasks:
        for need in t.needs:
            assert t.id in tangled or order.index(need.task) < order.index(t.id)


@settings(max_examples=200, deadline=None)
@given(plans())
def test_every_cycle_that_is_told_is_one_and_none_means_there_is_none(tasks: list[Task]) -> None:
    cycles = TaskGraph(tasks).cycles()
    for cycle in cycles:
        for waiting, needed in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            assert needed.id in {need.task for need in waiting.needs}
    reach = {t.id: {need.task for need in t.needs} for t in tasks}
    for _ in tasks:
        reach = {id_: far.union(*(reach[other] for other in far)) for id_, far in reach.items()}
    assert bool(cycles) == any(id_ in far for id_, far in reach.items())


@settings(max_examples=100, deadline=None)
@given(plans(acyclic=True))
def test_leeway_is_what_trying_day_after_day_would_find(tasks: list[Task]) -> None:
    by_id = {t.id: t for t in tasks}

    def settled(day: date, step: int, t: Task) -> date:
        moved = day
        while not CALENDAR.is_workday(moved):
            moved += timedelta(days=step)
        return day if t.span and day in t.span and moved not in t.span else moved

    def workday_after(day: date, step: int) -> date:
        day += timedelta(days=step)
        while not CALENDAR.is_workday(day):
            day += timedelta(days=step)
        return day

    def earliest(t: Task) -> date:
        bounds = [(t.span or TERM).start]
        bounds += [workday_after(earliest(by_id[n.task]), 1) + timedelta(days=n.lag) for n in t.needs]
        return settled(max(bounds), 1, t)

    def latest(t: Task) -> date:
        bounds = [(t.span or TERM).end]
        for other in tasks:
            bounds += [workday_after(latest(other) - timedelta(days=n.lag), -1) for n in other.needs if n.task == t.id]
        return settled(min(bounds), -1, t)

    for id_, room in TaskGraph(tasks).leeway(TERM, CALENDAR).items():
        assert room.earliest == earliest(by_id[id_])
        assert room.latest == latest(by_id[id_])
        assert (room.slack < 0) == (room.latest < room.earliest)


def test_a_line_of_a_hundred_thousand_tasks_is_walked_without_recursion() -> None:
    size = 100_000
    tasks = [task(f"t{n}", [f"t{n - 1}"] if n else []) for n in range(size)]
    line = TaskGraph(tasks)
    assert line.order()[-1].id == f"t{size - 1}"
    assert len(line.chain(tasks[-1])) == len(line.consequences(tasks[0])) == size
    assert len(line.chains()) == 1
    ring = TaskGraph([tasks[0]._replace(needs=(Need(f"t{size - 1}"),)), *tasks[1:]])
    assert len(ring.cycles()[0]) == size
