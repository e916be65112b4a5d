"""A league table in words: for a terminal, for a pane, and as a text to paste into a chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.api import (
    CANCELLED,
    DONE,
    POSTPONED,
    SCORE,
    PaneLine,
    _,
    branch_names,
    cell_width,
    columns,
    hanging,
    ngettext,
    printable,
    quantity_words,
    short_day,
    short_days,
    shorten,
    status_name,
    wrap,
)
from planner_progress.league import money_totals
from planner_progress.words import short_date

if TYPE_CHECKING:
    from planner.api import Plan, Quantity, Role, Snapshot, Task
    from planner_progress.chains import Cell, Chain, Place
    from planner_progress.league import Column, League, Project, Standing

_GAP = 2
_NOTHING = "—"
_LAST_CELLS, _NAME_CELLS = 24, 8
"""At least so many for what comes next, with the gap before it, and for the name of a sub-union."""
_TITLE_CELLS, _STEP_CELLS, _STEP_IN_HEADING = 24, 120, 36
"""Of the title of a measure, and of a step."""


def chain_lines(league: League, snapshot: Snapshot, width: int) -> Iterator[str]:
    """The whole table, in lines of at most `width` cells."""
    yield from wrap(_heading(league), width - _GAP)
    yield from hanging((("", *row) for row in _step_rows(league, snapshot)), width)
    yield ""
    head = (_("Rank"), _("Sub-union"), _("Steps done"), _("In time"), _("Now"), _("Next step"))
    full = _names(league, snapshot.plan)
    table = [_standing_row(standing, league.chain, full, snapshot.today) for standing in league.standings]
    room = width - _LAST_CELLS - _total_width([(row[0], *row[2:5], "") for row in (head, *table)])
    names = {branch: shorten(name, max(room, _NAME_CELLS)) for branch, name in full.items()}
    rows = [(row[0], names[s.place.branch], *row[2:]) for row, s in zip(table, league.standings, strict=True)]
    yield from hanging(_aligned([head, *rows], (0, 2, 3)), width)
    yield from _ledgers(league, names, width)
    yield from _money(league.projects, names, width)
    if n := league.left_out:
        text = ngettext(
            "{n} more figure names none of these sub-unions; it is not counted.",
            "{n} more figures name none of these sub-unions; they are not counted.",
            n,
        )
        yield from ("", *wrap(text.format(n=n), width - _GAP))


def pane_lines(league: League, snapshot: Snapshot) -> Iterator[PaneLine]:
    """The same in short: the steps, who is how far, who is over a budget."""
    yield PaneLine(_heading(league), "heading")
    for step, row in zip(league.chain.steps, _step_rows(league, snapshot), strict=True):
        late = any(cell.late for cell in league.missing(step))
        yield PaneLine("  ".join(row), "warning" if late else "", step.id)
    yield PaneLine("")
    names = _names(league, snapshot.plan)
    for standing, text in zip(league.standings, _named_rows(league, names, snapshot.today), strict=True):
        following = standing.place.next
        yield PaneLine(text, _role(standing.place), following.step.id if following else "")
    for project in league.projects:
        if project.is_over:
            text = _("{name}: {money}").format(name=_project_name(project, names[project.branch]), money=_left(project))
            yield PaneLine(text, "bad")


def missing_lines(league: League, snapshot: Snapshot) -> Iterator[str]:
    """Who is missing at each step that has begun, a line each, to be pasted into a chat. Nothing of what is private."""
    for step, cells in missing(league, snapshot.today):
        if step.private:
            continue
        known = snapshot.plan.branch_by_id
        ids = [cell.branch for cell in cells]
        names = _(", ").join(printable(known[id_].name if id_ in known else id_) for id_ in ids)
        last = step.span.end if step.span else None
        title = printable(step.title)
        if last is None:
            text = _("{title}: still missing are {names} ({n}).")
        elif last < snapshot.today:
            text = _("{title} (it ended on {day}): still missing are {names} ({n}).")
        else:
            text = _("{title} (by {day}): still missing are {names} ({n}).")
        yield text.format(title=title, names=names, n=len(ids), day=short_day(last) if last else "")


def missing(league: League, today: date) -> Iterator[tuple[Task, list[Cell]]]:
    """The steps that have begun, or have no days, and for whom each is still open; without those that nobody lacks."""
    for step in league.chain.steps:
        if (step.span is None or step.span.start <= today) and (cells := league.missing(step)):
            yield step, cells


def _heading(league: League) -> str:
    titles = " → ".join(shorten(printable(step.title), _STEP_IN_HEADING) for step in league.chain.steps)
    n = len(league.standings)
    text = ngettext("{titles} ({n} sub-union)", "{titles} ({n} sub-unions)", n)
    return text.format(titles=titles, n=n)


def _step_rows(league: League, snapshot: Snapshot) -> Iterator[tuple[str, str, str, str]]:
    """For each step: its number, its days, how many are done, its title and who is missing once it has begun."""
    lacking = {step.id: cells for step, cells in missing(league, snapshot.today)}
    for n, step in enumerate(league.chain.steps, 1):
        cells = [c for s in league.standings for c in s.place.cells if c.step.id == step.id and c.status != CANCELLED]
        done = sum(cell.status == DONE for cell in cells)
        parts = [_step_title(step)]
        if (left := lacking.get(step.id)) and len(left) == len(cells):
            parts.append(_("nobody has done it yet"))
        elif left:
            parts.append(
                _("missing: {branches}").format(branches=branch_names([c.branch for c in left], snapshot.plan))
            )
        days = short_days(step.span) if step.span else _NOTHING
        yield _step_name(n), days, f"{done}/{len(cells)}", "  ".join(parts)


def _step_title(step: Task) -> str:
    """The title, with a mark on what stays private."""
    title = shorten(printable(step.title), _STEP_CELLS)
    return _("{title} ({extra})").format(title=title, extra=_("private")) if step.private else title


def _step_name(n: int) -> str:
    return _("step {n}").format(n=n)


def _names(league: League, plan: Plan) -> dict[str, str]:
    """The names of the sub-unions by id."""
    return {s.place.branch: branch_names([s.place.branch], plan) for s in league.standings}


def _standing_row(standing: Standing, chain: Chain, names: Mapping[str, str], today: date) -> tuple[str, ...]:
    place = standing.place
    return (
        _rank(standing),
        names[place.branch],
        f"{place.done}/{place.counted}",
        str(place.in_time) if any(cell.last for cell in place.cells) else _NOTHING,
        _now(place, chain, today),
        "  ".join([_next(place, chain, today), *_remarks(place, chain)]),
    )


def _rank(standing: Standing) -> str:
    """Who has done nothing yet has no rank."""
    return str(standing.rank) if standing.place.done else _NOTHING


def _named_rows(league: League, names: Mapping[str, str], today: date) -> Iterator[str]:
    """A line for each sub-union, where there is no room for columns."""
    for standing in league.standings:
        rank, name, done, _in_time, now, following = _standing_row(standing, league.chain, names, today)
        head = _("{rank}. {name} {done}").format(rank=rank, name=name, done=done)
        yield f"{head if standing.place.done else f'{name} {done}'}  {now} → {following}"


def _role(place: Place) -> Role:
    if any(cell.is_out_of_order for cell in place.cells) or place.state == "late":
        return "warning"
    roles: dict[str, Role] = {DONE: "good", CANCELLED: "muted"}
    return roles.get(place.state, "")


def _name_in(chain: Chain, step: Task) -> str:
    """The number of a step; of what is none, the title."""
    ids = [one.id for one in chain.steps]
    return _step_name(ids.index(step.id) + 1) if step.id in ids else printable(step.title)


def _now(place: Place, chain: Chain, today: date) -> str:
    """Where a sub-union stands, and since when: step 1 done 03-20."""
    if place.at is None or place.at.since is None:
        return _("not begun")
    since = short_date(place.at.since, today)
    return f"{_name_in(chain, place.at.step)} {status_name(place.at.status)} {since}"


def _next(place: Place, chain: Chain, today: date) -> str:
    """What comes next, and until when."""
    following = place.next
    if following is None:
        return _("all done") if place.done else _NOTHING
    step = _name_in(chain, following.step)
    if following.late_since:
        n = (today - following.late_since).days
        text = ngettext("{step}, {n} day late", "{step}, {n} days late", n).format(step=step, n=n)
    elif following.last is None:
        text = _("{step}, put off") if following.status == POSTPONED else _("{step}, no date")
        text = text.format(step=step)
    else:
        text = _("{step} by {day}").format(step=step, day=short_date(following.last, today))
    if following.waits_for:
        titles = _(", ").join(_name_in(chain, need) for need in following.waits_for)
        text += "  " + _("after: {titles}").format(titles=titles)
    return text


def _remarks(place: Place, chain: Chain) -> Iterator[str]:
    """What a person must know besides."""
    for cell in place.cells:
        if cell.is_out_of_order:
            needs = _(", ").join(_name_in(chain, need) for need in cell.waits_for)
            yield _("out of order: {step} before {needs}").format(step=_name_in(chain, cell.step), needs=needs)


def _ledgers(league: League, names: Mapping[str, str], width: int) -> Iterator[str]:
    """What the ledgers count for each sub-union, in as many tables as the width asks for."""
    left = list(league.columns)
    while left:
        rows, used = _ledger_rows(league, names, left[:1]), 1
        while used < len(left) and _total_width(wider := _ledger_rows(league, names, left[: used + 1])) <= width:
            rows, used = wider, used + 1
        yield from ("", *columns(_aligned(rows, (0, *range(2, used + 2)))))
        left = left[used:]
    if any(q.unit == SCORE for column in league.columns for values in column.values.values() for q in values):
        yield _("Scores are compared, never added.")


def _ledger_rows(league: League, names: Mapping[str, str], shown: Sequence[Column]) -> list[tuple[str, ...]]:
    rows = [(_("Rank"), _("Sub-union"), *(shorten(printable(column.title), _TITLE_CELLS) for column in shown))]
    for standing in league.standings:
        branch = standing.place.branch
        values = (_amounts(column.values.get(branch, ())) for column in shown)
        rows.append((_rank(standing), names[branch], *values))
    return [*rows, ("", _("Total"), *(_amounts(column.totals) for column in shown))]


def _money(projects: Sequence[Project], names: Mapping[str, str], width: int) -> Iterator[str]:
    """Budget and spending of each project, and what is over."""
    if not projects:
        return
    rows = [(_("Project of"), _("Budget"), _("Spent"), _("Unspent"))]
    for project in projects:
        name = _project_name(project, names[project.branch])
        rows.append((name, _amount(project.budget), _amount(project.spent), _left(project)))
    budget, spent, over = money_totals(projects)
    beyond = _("over in all: {amount}").format(amount=quantity_words(over)) if over else _NOTHING
    rows.append((_("Total"), _amount(budget), _amount(spent), beyond))
    yield from ("", *hanging(_aligned(rows, (1, 2, 3)), width))


def _project_name(project: Project, branch: str) -> str:
    return _("{name} (project {n})").format(name=branch, n=project.nth) if project.nth else branch


def _left(project: Project) -> str:
    left = project.left
    if left is None:
        return _NOTHING
    if left.number < 0:
        return _("{amount} over").format(amount=quantity_words(left._replace(number=-left.number)))
    return quantity_words(left)


def _amount(quantity: Quantity | None) -> str:
    return quantity_words(quantity) if quantity else _NOTHING


def _amounts(quantities: Iterable[Quantity]) -> str:
    return _(", ").join(map(quantity_words, quantities)) or _NOTHING


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows with the columns numbered in `right` filled on their left."""
    widths = {n: max(cell_width(row[n]) for row in rows) for n in right}
    return [
        tuple(" " * (widths[n] - cell_width(cell)) + cell if n in widths else cell for n, cell in enumerate(row))
        for row in rows
    ]


def _total_width(rows: Sequence[Sequence[str]]) -> int:
    """The cells that a table takes."""
    return sum(max(cell_width(row[n]) for row in rows) + _GAP for n in range(len(rows[0]))) - _GAP
