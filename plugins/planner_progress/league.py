"""The league table of a chain: who is how far, with what the ledgers say of each sub-union and its projects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from planner.api import SCORE, YUAN, Quantity, add, by_unit
from planner_progress.chains import Cell, Chain, Place, places

if TYPE_CHECKING:
    from planner.api import GoalMeasure, Snapshot, Task

_BUDGET, _SPENT = ".budget", ".spent"
"""How the names of the two measures end that a project's money is compared by: projects.budget, projects.spent."""


class Standing(NamedTuple):
    """A line of the table."""

    rank: int
    """From 1; equal ones have the same, and the next is counted on: 1, 2, 2, 4."""
    place: Place
    score: Decimal | None
    """The highest score that a ledger has; None without any."""


class Project(NamedTuple):
    """The money of one row of a ledger."""

    source: str
    """The id of the row."""
    branch: str
    nth: int
    """Which of the sub-union's projects it is, from 1; 0 where it has only one."""
    budget: Quantity | None
    spent: Quantity | None

    @property
    def left(self) -> Quantity | None:
        """Budget less spending, negative where more was spent; None where one of the two is not known.

        Exact unless one of the two is not.
        """
        if self.budget is None or self.spent is None:
            return None
        about = "约" if self.budget.about or self.spent.about else ""
        return Quantity(self.budget.number - self.spent.number, YUAN, about)

    @property
    def is_over(self) -> bool:
        """Whether more was spent than planned."""
        return self.left is not None and self.left.number < 0


class Column(NamedTuple):
    """A measure of the chain, by sub-union."""

    name: str
    title: str
    values: dict[str, list[Quantity]]
    """By id of the sub-union: what was counted, totalled by unit; scores and percentages one by one."""
    totals: list[Quantity]
    """Over all sub-unions, one for each unit; none for what cannot be added."""


class League(NamedTuple):
    """A chain, and how all its sub-unions stand."""

    chain: Chain
    standings: tuple[Standing, ...]
    """The best first; equal ones in the order of the plan."""
    columns: tuple[Column, ...]
    """What the ledgers count, but for the budgets and spendings of `projects`."""
    projects: tuple[Project, ...]
    """In the order of the standings."""
    left_out: int
    """How many of the chain's measures belong to none of its sub-unions."""

    def missing(self, step: Task) -> list[Cell]:
        """Those for whom a step is still open, in the order of the plan."""
        cells = (cell for standing in self.standings for cell in standing.place.cells if cell.step.id == step.id)
        named = {branch: n for n, branch in enumerate(step.branches)}
        return sorted((cell for cell in cells if not cell.is_closed), key=lambda cell: named[cell.branch])


def make_league(chain: Chain, snapshot: Snapshot) -> League:
    """The table of a chain: by steps done, then by steps done in time, then by the highest score."""
    steps, branches = {step.id for step in chain.steps}, set(chain.branches)
    counted = [m for m in snapshot.measures if m.task in steps and m.part is None]
    measures = [m for m in counted if m.branch in branches]
    standings = _ranked(places(chain, snapshot), _best_scores(measures))
    order = {standing.place.branch: n for n, standing in enumerate(standings)}
    projects = sorted(_projects(measures), key=lambda project: (order[project.branch], project.nth))
    others = [m for m in measures if not _is_money_of_a_project(m)]
    return League(chain, standings, tuple(_columns(others)), tuple(projects), len(counted) - len(measures))


def _ranked(found: Iterable[Place], scores: dict[str, Decimal]) -> tuple[Standing, ...]:
    def merit(place: Place) -> tuple[int, int, Decimal]:
        return place.done, place.in_time, scores.get(place.branch, Decimal(-1))

    ordered = sorted(found, key=merit, reverse=True)
    standings: list[Standing] = []
    for n, place in enumerate(ordered, 1):
        equal = standings and merit(standings[-1].place) == merit(place)
        rank = standings[-1].rank if equal else n
        standings.append(Standing(rank, place, scores.get(place.branch)))
    return tuple(standings)


def _best_scores(measures: Iterable[GoalMeasure]) -> dict[str, Decimal]:
    best: dict[str, Decimal] = {}
    for measure in measures:
        if measure.quantity.unit == SCORE:
            number = measure.quantity.number
            best[measure.branch] = max(best.get(measure.branch, number), number)
    return best


def _is_money_of_a_project(measure: GoalMeasure) -> bool:
    return measure.quantity.unit == YUAN and measure.name.endswith((_BUDGET, _SPENT)) and bool(measure.source)


def _projects(measures: Iterable[GoalMeasure]) -> list[Project]:
    """One for each row that has a budget or a spending, numbered within its sub-union."""
    money: dict[str, dict[str, Quantity]] = {}
    rows: dict[str, list[str]] = {}
    for measure in measures:
        if _is_money_of_a_project(measure):
            kind = measure.name[measure.name.rindex(".") :]
            if measure.source not in money:
                rows.setdefault(measure.branch, []).append(measure.source)
            money.setdefault(measure.source, {})[kind] = measure.quantity
    return [
        Project(source, branch, n if len(sources) > 1 else 0, money[source].get(_BUDGET), money[source].get(_SPENT))
        for branch, sources in rows.items()
        for n, source in enumerate(sources, 1)
    ]


def _columns(measures: Sequence[GoalMeasure]) -> list[Column]:
    grouped: dict[str, dict[str, list[Quantity]]] = {}
    titles: dict[str, str] = {}
    for measure in measures:
        titles.setdefault(measure.name, measure.title)
        grouped.setdefault(measure.name, {}).setdefault(measure.branch, []).append(measure.quantity)
    return [
        Column(
            name,
            titles[name],
            {branch: _kept(quantities) for branch, quantities in values.items()},
            by_unit(quantity for quantities in values.values() for quantity in quantities),
        )
        for name, values in grouped.items()
    ]


def _kept(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Totals by unit; what has none stands for itself."""
    totals = by_unit(quantities)
    summed = {total.unit for total in totals}
    return [*totals, *(quantity for quantity in quantities if quantity.unit not in summed)]


def money_totals(projects: Sequence[Project]) -> tuple[Quantity | None, Quantity | None, Quantity | None]:
    """The budgets and the spendings of all projects, and by how much those over their budget are over it."""
    over = [left._replace(number=-left.number) for p in projects if (left := p.left) and left.number < 0]
    found = ([p.budget for p in projects if p.budget], [p.spent for p in projects if p.spent], over)
    budget, spent, beyond = (add(quantities) if quantities else None for quantities in found)
    return budget, spent, beyond
