"""The figures in words: states, reasons, targets, what is missing. One line each, ready for a terminal or a pane."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.api import _, branch_names, is_optional, month_name, ngettext, printable, quantity_words, shorten
from planner_progress.figures import whole_percent

if TYPE_CHECKING:
    from fractions import Fraction

    from planner.api import Plan, Quantity
    from planner_progress.coverage import Coverage, FanOut, Month
    from planner_progress.evidence import Total
    from planner_progress.figures import Figures, State, TaskFigure
    from planner_progress.targets import Period, Result, TargetState

_NAMED = 3
"""Things of a sort that a sentence names; of more it says how many there are."""
_PERIODS = 12
_TITLE_CELLS = 36
"""Of a title within a sentence or a list."""
_INNER_QUOTES = str.maketrans("“”", "‘’")


def state_name(state: State) -> str:
    """A state in a word."""
    return {
        "done": _("finished"), "late": _("behind"), "on_track": _("on track"), "not_started": _("not begun"),
        "empty": "—",
    }[state]  # fmt: skip


def target_state_name(state: TargetState) -> str:
    """How a target stands, in a word."""
    return {
        "reached": _("reached"), "missed": _("not reached"), "open": _("not yet"), "no_data": _("no data"),
        "unlike_units": _("other units"), "invalid": _("not understood"),
    }[state]  # fmt: skip


def percent(share: Fraction | None) -> str:
    """A share as 67%; — where there is none."""
    return "—" if share is None else f"{whole_percent(share)}%"


def short_date(day: date, today: date) -> str:
    """03-31; with the year where it is another than today's."""
    return f"{day:%m-%d}" if day.year == today.year else str(day)


def title_of(text: str) -> str:
    """A title within quotes: its own quotes are single ones there."""
    return short_title(text).translate(_INNER_QUOTES)


def short_title(text: str) -> str:
    """A title in a list, without quotes around it."""
    return shorten(printable(text), _TITLE_CELLS)


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """A、B、C, 还有 2 项."""
    shown = _(", ").join(names[:most])
    if len(names) <= most:
        return shown
    return _("{names} and {n} more").format(names=shown, n=len(names) - most)


def months_listed(months: Sequence[Month], plan: Plan) -> str:
    """二月、三月; those of a year, of more how many."""
    return listed([month_name(month, plan.term) for month in months], _PERIODS)


# Reasons -------------------------------------------------------------------------------------------------------------


def reason(figures: Figures, today: date) -> str:
    """Why the state is what it is: what is late and since when, what is next, what has no date."""
    return _("; ").join(filter(None, _REASONS[figures.state](figures, today)))


def _of_nothing(figures: Figures, today: date) -> Iterator[str]:  # noqa: ARG001
    yield _("there is no task")


def _of_done(figures: Figures, today: date) -> Iterator[str]:  # noqa: ARG001
    yield _("all done")


def _of_late(figures: Figures, today: date) -> Iterator[str]:
    late = figures.overdue
    text = ngettext("{n} is late: {titles}", "{n} are late: {titles}", len(late))
    yield text.format(n=len(late), titles=listed([late_title(figure, today) for figure in late]))
    yield from _rest(figures, today, 1)


def _of_open(figures: Figures, today: date) -> Iterator[str]:
    yield _("nothing is late") if figures.shares.expected else _("nothing is due yet")
    yield from _rest(figures, today, 2)


def _rest(figures: Figures, today: date, most: int) -> Iterator[str]:
    """What comes next, and what has no day to come."""
    if coming := figures.coming:
        titles = [due_title(figure, today) for figure in coming[:most]]
        yield _("next: {titles}").format(titles=_(", ").join(titles))
    if n := len(figures.put_off):
        yield ngettext("{n} was put off", "{n} were put off", n).format(n=n)
    if n := len(figures.undated):
        yield ngettext("{n} has no date", "{n} have no date", n).format(n=n)


_REASONS: dict[str, Callable[[Figures, date], Iterator[str]]] = {
    "empty": _of_nothing,
    "done": _of_done,
    "late": _of_late,
    "on_track": _of_open,
    "not_started": _of_open,
}


def late_title(figure: TaskFigure, today: date) -> str:
    """“体检”（05-31 到期，8 份里还差 3 份）: a task that is late; of what is not due yet nothing is said."""
    assert figure.overdue_since is not None
    if figure.expected < 2:
        message = _("“{title}” (ended {day})")
    elif figure.expected == figure.cells:
        message = _("“{title}” (ended {day}, {n} of {all} open)")
    else:
        message = _("“{title}” (ended {day}, {n} of the {all} that are due are open)")
    day, title = short_date(figure.overdue_since, today), title_of(figure.task.title)
    return message.format(title=title, day=day, n=figure.late, all=figure.expected)


def due_title(figure: TaskFigure, today: date) -> str:
    """“体检”（05-31 到期）: a task that is still to come."""
    assert figure.due is not None
    return _("“{title}” (by {day})").format(title=title_of(figure.task.title), day=short_date(figure.due, today))


# Targets -------------------------------------------------------------------------------------------------------------


def target_words(result: Result) -> str:
    """提案 答复率：正好 100%，现在 100%（28件/28件）."""
    raw = result.raw
    every = {"month": _("every month"), "quarter": _("every quarter")}.get(raw.get("every", "term"), "")
    bounds = {"least": _("at least {n}"), "exactly": _("exactly {n}"), "most": _("at most {n}")}
    wanted = [text.format(n=printable(raw[key])) for key, text in bounds.items() if key in raw]
    head = _(", ").join(wanted)
    head = _("{every} {wanted}").format(every=every, wanted=head) if every else head
    said = _("; ").join(filter(None, [*_found(result), printable(result.remark)]))
    return _("{title}: {wanted}; {found}").format(title=printable(result.title), wanted=head, found=said)


def _found(result: Result) -> Iterator[str]:
    if len(result.periods) == 1:
        yield _("now {n}").format(n=_with_parts(result.periods[0].total, result.part, result.whole))
    elif result.periods:
        if missed := result.missed:
            yield _("missing in {periods}").format(periods=_names(missed))
        elif kept := [period for period in result.periods if period.state == "reached"]:
            yield (
                _("so far in all of {n}").format(n=len(kept))
                if result.to_come
                else _("in all of {n}").format(n=len(kept))
            )
        if result.to_come:
            yield _("still to come: {periods}").format(periods=_names(result.to_come))
    if n := result.unplaced:
        text = ngettext("{n} lies in no single one", "{n} lie in no single one", n)
        yield text.format(n=n)


def _names(periods: Sequence[Period]) -> str:
    """The periods, each with what was counted in it where that is something."""
    names = [
        _("{name} ({n})").format(name=p.name, n=quantity_words(p.total)) if p.total.number else p.name for p in periods
    ]
    return listed(names, _PERIODS)


def _with_parts(quantity: Quantity, part: Quantity | None, whole: Quantity | None) -> str:
    if part is None or whole is None:
        return quantity_words(quantity)
    if quantity.unit == "%" and whole.number:
        quantity = quantity._replace(number=round(quantity.number, 1))
    words = {"n": quantity_words(quantity), "part": quantity_words(part), "whole": quantity_words(whole)}
    return _("{n} ({part} of {whole})").format(**words)


# What is missing -----------------------------------------------------------------------------------------------------


def gaps(found: Coverage, plan: Plan, today: date) -> Iterator[tuple[str, str]]:
    """What is missing: pairs of a heading of few words, and what it is."""
    pairs = [
        (_("goals nobody serves"), [short_title(goal.title) for goal in found.unserved_goals]),
        (_("duties without a goal"), [short_title(name) for name in found.unserved_duties]),
        (_("duties without a task"), [short_title(name) for name in found.idle_duties]),
        (_("tasks without a goal"), [short_title(task.title) for task in found.aimless_tasks]),
    ]
    for heading, names in pairs:
        if names:
            yield heading, listed(names, 6)
    if found.empty_months:
        yield _("months without an activity"), months_listed(found.empty_months, plan)
    if found.months_without_theme:
        yield _("months without a theme"), months_listed(found.months_without_theme, plan)
    for each in begun(found.fan_outs, today):
        yield _("sub-unions behind") if each.overdue else _("sub-unions to come"), fan_out_words(each, plan, today)
    if found.untouched:
        names = [short_title(task.title) for task in found.untouched]
        yield _("without a date, not begun, no row"), _("{n}: {names}").format(n=len(names), names=listed(names, 6))


def begun(fan_outs: Sequence[FanOut], today: date) -> list[FanOut]:
    """Those that somebody should think of now: late, in their days, or without any and begun by someone."""
    return [each for each in fan_outs if each.overdue or (not is_optional(each.task) and _has_begun(each, today))]


def _has_begun(each: FanOut, today: date) -> bool:
    return each.occurrence.days.start <= today if each.occurrence.days else len(each.open) < each.wanted


def fan_out_words(each: FanOut, plan: Plan, today: date) -> str:
    """“一会一品”申报（03-31 到期）：8 个里完成 6 个，还差第二分工会、第三分工会."""
    title = short_title(each.task.title)
    if each.occurrence.days:
        day = short_date(each.occurrence.days.end, today)
        title = _("“{title}” (by {day})").format(title=title_of(each.task.title), day=day)
    missing = each.overdue or each.open
    if 1 < len(missing) == each.wanted:
        return _("{title}: none of the {n} sub-unions has done it yet").format(title=title, n=each.wanted)
    words = {"title": title, "names": branch_names(missing, plan)}
    done = each.wanted - len(each.open)
    return _("{title}: {done} of {all} done, missing {names}").format(done=done, all=each.wanted, **words)


# Evidence ------------------------------------------------------------------------------------------------------------


def total_words(total: Total) -> str:
    """慰问 人数 102人; of many scores 81分至93分."""
    found = [quantity_words(quantity) for quantity in total.sums]
    if len(total.shares) > _NAMED:
        lowest, *_between, highest = sorted((measure.quantity for measure in total.shares), key=lambda q: q.number)
        found.append(_("{first} to {last}").format(first=quantity_words(lowest), last=quantity_words(highest)))
    else:
        found += [_with_parts(measure.quantity, measure.part, measure.whole) for measure in total.shares]
    return f"{printable(total.title)} {_(', ').join(found)}"
