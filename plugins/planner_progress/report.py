"""What `planner progress` prints: how far the plan is, and what is missing."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from planner.api import Statuses, _, columns, full_day, ngettext, printable, status_name, task_days, wrap
from planner_progress import history
from planner_progress.coverage import coverage
from planner_progress.drawing import Row, bar, below, labelled, table
from planner_progress.evidence import evidence
from planner_progress.figures import Figures, Progress, Shares, TaskFigure
from planner_progress.targets import results
from planner_progress.words import (
    gaps,
    percent,
    reason,
    state_name,
    target_state_name,
    target_words,
    total_words,
)


class Report(NamedTuple):
    """What was asked for."""

    progress: Progress
    today: date
    """The day on which it was asked, which need not be that of the figures."""
    asked: bool = False
    """Whether a day was named."""
    notes: Sequence[str] = ()
    """What could not be looked back at."""
    by: str = ""
    """goal, duty or branch: only that table; "": everything."""
    every: history.Every | None = None
    points: Sequence[history.Point] = ()

    @property
    def day(self) -> date:
        """The day of the figures."""
        return self.progress.snapshot.today

    @property
    def is_forecast(self) -> bool:
        """Whether that day is still to come."""
        return self.day > self.today


def report_lines(report: Report, width: int) -> Iterator[str]:
    """The report as lines of at most `width` cells."""
    yield from _head(report, width)
    for section in _sections(report) if report.progress.tasks else (_gaps, _evidence):
        lines = list(section(report, width))
        if lines:
            yield from ("", *lines)


def _sections(report: Report) -> Sequence[Callable[[Report, int], Iterator[str]]]:
    if report.every is not None:
        return (_history,)
    if report.by:
        return ({"goal": _goals, "duty": _duties, "branch": _branches}[report.by],)
    progress = report.progress
    if progress.goal is not None or progress.branch is not None:
        groups = _goals if progress.goal is None else _branches
        return (groups, _tasks, _targets, _evidence)
    return (_goals, _duties, _branches, _targets, _gaps, _evidence)


# Head ----------------------------------------------------------------------------------------------------------------


def _head(report: Report, width: int) -> Iterator[str]:
    progress, day = report.progress, full_day(report.day)
    if report.is_forecast:
        text = _("Forecast for {day}: what will be due by then; done is what is done today")
    elif report.asked and report.day < report.today:
        text = _("How far we were on {day}, by what was known then")
    else:
        text = _("How far we are on {day}")
    yield from wrap(text.format(day=day), width - 2)
    if progress.goal is not None:
        yield from wrap(_("Goal: {title}").format(title=printable(progress.goal.title)), width - 2)
    if progress.branch is not None:
        yield from wrap(_("Sub-union: {name}").format(name=printable(progress.branch.name)), width - 2)
    yield from _term(report)
    yield from (line for note in report.notes for line in wrap(note, width - 2))
    if progress.tasks:
        yield from _whole(report, width)
    else:
        yield _("There is no task here.")


def _term(report: Report) -> Iterator[str]:
    term = report.progress.plan.term
    if report.day < term.start:
        yield _("The term begins on {day}.").format(day=term.start)
    elif report.day > term.end:
        yield _("The term ended on {day}.").format(day=term.end)


def _whole(report: Report, width: int) -> Iterator[str]:
    """The bar of the whole, its shares and counts, and why it is as it is."""
    progress = report.progress
    found, counts = progress.whole, progress.whole.counts
    shown = found.weighted if _is_weighted(report) else found.shares
    drawn = bar(shown.done, shown.late, min(max(width // 3, 20), 50))
    text = _of_goals(report) if shown != found.shares else _("done {done}, due {expected}")
    yield f"{drawn}  {text.format(**_percents(shown))}  {state_name(found.state)}"
    text = ngettext("{n} task", "{n} tasks", counts.all).format(n=counts.all)
    numbers = _("{tasks}: done {done}, due {due}, late {late}").format(
        tasks=text, done=counts.done, due=counts.expected, late=counts.late
    )
    if shown != found.shares:
        text = _("{numbers}; task by task done {done}, due {expected}")
        numbers = text.format(numbers=numbers, **_percents(found.shares))
    yield from wrap(numbers, width - 2)
    yield from wrap(reason(found, report.day), width - 2)


def _is_weighted(report: Report) -> bool:
    """Whether the goals stand behind the whole: of one goal or sub-union the tasks count, as in the tables."""
    return report.progress.goal is None and report.progress.branch is None


def _of_goals(report: Report) -> str:
    if len({goal.weight for goal in report.progress.plan.goals}) > 1:
        return _("by the goals' weights done {done}, due {expected}")
    return _("mean of the goals: done {done}, due {expected}")


def _percents(shares: Shares) -> dict[str, str]:
    return {"done": percent(shares.done), "expected": percent(shares.expected)}


# Tables --------------------------------------------------------------------------------------------------------------


def _goals(report: Report, width: int) -> Iterator[str]:
    rows = [
        Row(each.goal.title if each.goal else _("Tasks that serve no goal"), each.figures, _why(each.figures, report))
        for each in report.progress.goals
        if report.progress.branch is None or each.figures.counts.all
    ]
    if rows:
        yield from table(_("Goals"), rows, width)
    elif report.by or not report.progress.plan.goals:
        yield _("The plan names no goals.")


def _duties(report: Report, width: int) -> Iterator[str]:
    rows = []
    for each in report.progress.duties:
        note = _why(each.figures, report) if report.by else ""
        rows.append(Row(each.name, each.figures, note if each.goals else _("no goal serves it")))
    if rows:
        yield from table(_("Duties"), rows, width)
    elif report.by:
        yield _("The plan names no duties.")


def _branches(report: Report, width: int) -> Iterator[str]:
    """The branches that have something to do."""
    rows = [
        Row(each.branch.name, each.figures, _why(each.figures, report) if report.by else "")
        for each in report.progress.branches
        if each.figures.counts.all or report.by
    ]
    if rows and (report.by or report.progress.branch is None):
        yield from table(_("Sub-unions"), rows, width)
    elif report.by:
        yield _("The plan names no sub-unions.")


def _why(found: Figures, report: Report) -> str:
    return reason(found, report.day)


def _history(report: Report, width: int) -> Iterator[str]:
    heading = {
        "week": _("At the end of each week"),
        "fortnight": _("Every second week"),
        "month": _("At the end of each month"),
    }[report.every or "month"]
    rows = [Row(full_day(point.day), point.figures, weighted=_is_weighted(report)) for point in report.points]
    yield from table(heading, rows, width)


def _tasks(report: Report, width: int) -> Iterator[str]:
    """Every task with how far it is, in time."""
    progress = report.progress
    known = sorted(progress.tasks, key=_in_time)
    rows = []
    for figure in known:
        status = _status(figure, progress.snapshot.statuses)
        rows.append((f"  {status}", task_days(figure.task), printable(figure.task.title)))
    yield _("Tasks")
    yield from (line for row in columns(rows) for line in below(row.strip(), width, 2))


def _status(figure: TaskFigure, statuses: Statuses) -> str:
    """进行中 5/7，滞后: what was cancelled of it is not counted."""
    name = status_name(statuses.task(figure.task))
    if figure.cells > 1 and figure.done:
        name += f" {figure.done}/{figure.cells}"
    return _("{status}, late").format(status=name) if figure.late else name


def _in_time(figure: TaskFigure) -> tuple[date, int]:
    span = figure.task.span
    return span.end if span else date.max, figure.task.position


# What is wanted, what is missing, what stands behind it --------------------------------------------------------------


def _targets(report: Report, width: int) -> Iterator[str]:
    found = results(report.progress) if report.progress.branch is None else []
    if found:
        yield _("Targets")
        pairs = [(target_state_name(each.state), target_words(each)) for each in found]
        yield from labelled(pairs, width, repeats=True)


def _gaps(report: Report, width: int) -> Iterator[str]:
    progress = report.progress
    if progress.goal is not None or progress.branch is not None:
        return
    known = coverage(progress.snapshot)
    if not progress.tasks:
        known = known._replace(empty_months=())  # of a plan that only begins
    found = list(gaps(known, progress.plan, report.day))
    if found:
        yield _("What is missing")
        yield from labelled(found, width)


def _evidence(report: Report, width: int) -> Iterator[str]:
    pairs = []
    for each in evidence(report.progress):
        title = printable(each.goal.title) if each.goal else _("no goal")
        rows = ngettext("{n} row", "{n} rows", each.rows).format(n=each.rows)
        words = [total_words(total) for total in each.totals]
        pairs.append((title, _("{rows}: {words}").format(rows=rows, words=_("; ").join(words))))
    if pairs:
        yield _("What the ledgers count")
        yield from labelled(pairs, width)
