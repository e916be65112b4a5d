"""Targets of goals, as `[progress] targets` states them, held against what was counted.

A month or quarter counts what lies wholly within it; the whole term counts all that was recorded. 40余人 is more than
40 and meets `least = "40人"`; 近40人 and 约40人 meet it only from 41 on, for nobody knows.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple
from unicodedata import normalize

from planner.api import (
    DONE,
    PERCENT,
    SCORE,
    Goal,
    Plan,
    Quantity,
    Snapshot,
    Window,
    _,
    add,
    month_name,
    month_window,
    months_of,
    nearest,
    occurrences,
    read_quantity,
    shorten,
)
from planner_progress.evidence import served
from planner_progress.figures import Progress

Every = Literal["month", "quarter", "term"]
TargetState = Literal["reached", "missed", "open", "no_data", "unlike_units", "invalid"]
TASKS = "tasks"
"""The name of what is no measure of a ledger: the tasks of the goal that are done."""
_BOUNDS = ("least", "exactly", "most")
_OF_TASKS = ("", "项", "个", "件", "次", "场", "场次", PERCENT)
_USUAL = ("人", "人次", "元", PERCENT)
_NUMERALS = "0123456789.,-零〇一二两三四五六七八九十百千万亿"
_LONGEST = 60
"""Characters of a quantity with its unit; what is longer is none."""
_AT_LEAST, _AT_MOST = ("", "余", "多"), ("", "近")
"""How exact a quantity must be to be surely no less, or no more, than its number."""


class Target(NamedTuple):
    """What a plan wants of a goal. The bounds are exact, of one unit, and consistent with one another."""

    goal: str
    measure: str
    title: str
    every: Every
    least: Quantity | None
    exactly: Quantity | None
    most: Quantity | None

    @property
    def unit(self) -> str:
        """What it counts in; "" where it does not say."""
        return next(bound.unit for bound in (self.least, self.exactly, self.most) if bound)


class WrongTargetError(ValueError):
    """A target that means nothing; says why in a sentence. `key` is the key to blame, or "" for the target itself."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class Period(NamedTuple):
    """A month, a quarter or the whole term, and what was counted in it."""

    key: str
    """2023-03, 2023-q1, term."""
    name: str
    days: Window
    total: Quantity
    state: TargetState
    """`reached`, `missed`, or `open`: it is not over yet."""


class Result(NamedTuple):
    """How a target stands."""

    title: str
    goal: Goal | None
    """None where the plan has no such goal."""
    raw: Mapping[str, Any]
    """The target as the plan has it."""
    state: TargetState
    periods: Sequence[Period] = ()
    part: Quantity | None = None
    """Of a percentage: what it was made of."""
    whole: Quantity | None = None
    unplaced: int = 0
    """How many rows lie in no single month or quarter, and so count in none."""
    remark: str = ""
    """What else must be said, in a sentence."""

    @property
    def missed(self) -> list[Period]:
        """The periods that lack it."""
        return [period for period in self.periods if period.state == "missed"]

    @property
    def to_come(self) -> list[Period]:
        """The periods in which it can still be reached or missed."""
        return [period for period in self.periods if period.state == "open"]


class _Counted(NamedTuple):
    """One thing that was counted."""

    quantity: Quantity
    days: Window | None = None
    part: Quantity | None = None
    whole: Quantity | None = None


def results(progress: Progress) -> list[Result]:
    """Every target of the plan, or those of the goal that is looked at, in the order of the plan."""
    wanted = raw_targets(progress.plan)
    if progress.goal is not None:
        wanted = [raw for raw in wanted if raw.get("goal") == progress.goal.id]
    return [_result(raw, progress.snapshot) for raw in wanted]


def raw_targets(plan: Plan) -> Sequence[Mapping[str, Any]]:
    """The targets as the plan has them."""
    table: Mapping[str, Any] = plan.tables.get("progress", {})
    found: Sequence[Mapping[str, Any]] = table.get("targets", ())
    return found


# Reading -------------------------------------------------------------------------------------------------------------


def read_target(raw: Mapping[str, Any]) -> Target:
    """The target in a table of the plan, which follows the schema. Raises WrongTargetError."""
    bounds = {key: _amount(raw[key], key) for key in _BOUNDS if key in raw}
    if not bounds:
        raise WrongTargetError(_("The target does not say how much: least, exactly or most."))
    if "exactly" in bounds and len(bounds) > 1:
        raise WrongTargetError(_("“exactly” stands alone, without least and most."), "exactly")
    units = {bound.unit for bound in bounds.values()}
    if len(units) > 1:
        message = _("{units} cannot be compared: they count different things.")
        raise WrongTargetError(message.format(units=_(", ").join(sorted(units))), "most")
    target = Target(
        raw["goal"],
        raw["measure"],
        raw.get("title", ""),
        raw.get("every", "term"),
        *map(bounds.get, _BOUNDS),
    )
    if target.least and target.most and target.least.number > target.most.number:
        raise WrongTargetError(_("At least and at most cannot both be kept."), "most")
    if target.unit == PERCENT and target.every != "term":
        raise WrongTargetError(_("A percentage is of the whole term; leave out “every”."), "every")
    return target


def _amount(text: str, key: str) -> Quantity:
    """A quantity of any unit; without one its unit is ""."""
    plain = normalize("NFKC", text).replace(" ", "")
    is_bare = not plain.strip(_NUMERALS)
    tail = re.search(r"[^\W\d_]+$", plain)
    endings = [tail.group()[n:] for n in range(len(tail.group()))] if tail and len(plain) < _LONGEST else []
    for unit in ("次",) if is_bare else (*_USUAL, *endings):
        try:
            found = read_quantity(text, (unit,))
        except ValueError:
            continue
        if found.about:
            raise WrongTargetError(_("“{text}” is not exact; a target must be.").format(text=text), key)
        if found.number < 0:
            raise WrongTargetError(_("“{text}” is less than nothing.").format(text=text), key)
        return found._replace(unit="") if is_bare else found
    raise WrongTargetError(
        _("“{text}” is no number with a unit, such as 1次 or 100%.").format(text=shorten(text, 40)), key
    )


# Holding against -----------------------------------------------------------------------------------------------------


def _result(raw: Mapping[str, Any], snapshot: Snapshot) -> Result:
    goal = snapshot.plan.goal_by_id.get(raw["goal"])
    title = raw.get("title", "")
    try:
        target = read_target(raw)
    except WrongTargetError as error:
        return Result(title or raw["measure"], goal, raw, "invalid", remark=str(error))
    if goal is None:
        remark = _("The plan has no goal {id}.").format(id=raw["goal"])
        return Result(title or raw["measure"], None, raw, "invalid", remark=remark)
    if target.measure == TASKS:
        name, counted = _("tasks done"), _tasks(target, goal, snapshot)
    else:
        name, counted = _measures(target, snapshot)
    title = title or name
    if not counted:
        return Result(title, goal, raw, "no_data", remark=_nothing(target, snapshot))
    units = list(dict.fromkeys(one.quantity.unit for one in counted))
    unit = target.unit or (units[0] if len(units) == 1 else "")
    like = [one for one in counted if one.quantity.unit == unit]
    if not like:
        remark = _("The target is in {unit}, but what was counted is in {units}.")
        remark = remark.format(unit=target.unit or _("no unit"), units=_(", ").join(units))
        return Result(title, goal, raw, "unlike_units", remark=remark)
    others = _(", ").join(units[n] for n in range(len(units)) if units[n] != unit)
    remark = _("What was counted in {units} does not count here.").format(units=others) if others else ""
    return _held(target, like, snapshot, Result(title, goal, raw, "open", remark=remark))


def _measures(target: Target, snapshot: Snapshot) -> tuple[str, list[_Counted]]:
    """The title of a measure, and what of it serves the goal."""
    known = [measure for measure in snapshot.measures if measure.name == target.measure]
    title = known[0].title if known else target.measure
    mine = [one for one in known if target.goal in served(one, snapshot.plan)]
    return title, [_Counted(one.quantity, one.days, one.part, one.whole) for one in mine]


def _tasks(target: Target, goal: Goal, snapshot: Snapshot) -> list[_Counted]:
    """The tasks of a goal that are done; of single months and quarters the times that were done in them."""
    unit = target.unit
    if unit not in _OF_TASKS:
        return [_Counted(Quantity(Decimal(0), "项"))]
    if target.every != "term":
        return _times_done(unit, goal, snapshot)
    counts = Progress(snapshot, goal=goal).whole.counts
    if not counts.all:
        return []
    part, whole = (Quantity(Decimal(n), "项") for n in (counts.done, counts.all))
    if unit != PERCENT:
        return [_Counted(part._replace(unit=unit))]
    return [_Counted(Quantity(part.number * 100 / whole.number, PERCENT), None, part, whole)]


def _times_done(unit: str, goal: Goal, snapshot: Snapshot) -> list[_Counted]:
    plan, statuses = snapshot.plan, snapshot.statuses
    return [
        _Counted(Quantity(Decimal(statuses.occurrence(task, one.key) == DONE), unit), one.days)
        for task in plan.tasks
        if goal.id in task.goals
        for one in occurrences(task, plan)
    ]


def _nothing(target: Target, snapshot: Snapshot) -> str:
    """Why there is nothing to hold a target against."""
    if target.measure == TASKS:
        return _("The goal has no task.")
    names = {measure.name for measure in snapshot.measures}
    if target.measure in names:
        return _("Nothing of {name} serves this goal yet.").format(name=target.measure)
    text = _("Nothing is counted as {name} yet.").format(name=target.measure)
    ledger, _dot, column = target.measure.partition(".")
    columns = [name.partition(".")[2] for name in names if name.startswith(f"{ledger}.")]
    likely = nearest(column, columns) if columns else nearest(target.measure, names)
    if not likely:
        return text
    word = f"{ledger}.{likely}" if columns else likely
    return _("{sentence} {question}").format(sentence=text, question=_("did you mean {word}?").format(word=word))


def _held(target: Target, counted: Sequence[_Counted], snapshot: Snapshot, result: Result) -> Result:
    """The result for what was counted in the right unit."""
    if counted[0].quantity.unit in (PERCENT, SCORE):
        return _held_shares(target, counted, snapshot, result)
    nothing = Quantity(Decimal(0), counted[0].quantity.unit)
    spans = periods_of(target.every, snapshot.plan)
    periods = []
    for key, name, days in spans:
        inside = [one.quantity for one in counted if target.every == "term" or _lies(one.days, days)]
        total = add(inside) if inside else nothing
        state = _compared(target, Fraction(total.number), total.about, is_over=days.end < snapshot.today)
        periods.append(Period(key, name, days, total, state))
    unplaced = [
        one
        for one in counted
        if target.every != "term" and one.quantity.number and not any(_lies(one.days, days) for _k, _n, days in spans)
    ]
    return result._replace(state=_all(p.state for p in periods), periods=periods, unplaced=len(unplaced))


def _held_shares(target: Target, counted: Sequence[_Counted], snapshot: Snapshot, result: Result) -> Result:
    """Percentages and scores have no sum: all of them must meet the target, and one that does not is shown."""
    ((key, name, days),) = periods_of("term", snapshot.plan)
    is_over = days.end < snapshot.today
    states = [_compared(target, _share(one), one.quantity.about, is_over=is_over) for one in counted]
    state = _all(states)
    one = counted[states.index(state)]
    period = Period(key, name, days, one.quantity, state)
    return result._replace(state=state, periods=(period,), part=one.part, whole=one.whole)


def _share(one: _Counted) -> Fraction:
    """A percentage exactly, however it was rounded."""
    if one.part is not None and one.whole is not None and one.whole.number:
        return Fraction(one.part.number) * 100 / Fraction(one.whole.number)
    return Fraction(one.quantity.number)


def _compared(target: Target, number: Fraction, about: str, *, is_over: bool) -> TargetState:
    """How a number stands; one that is inexact (`about`) meets a bound only where it surely does."""
    if target.exactly:
        wanted = Fraction(target.exactly.number)
        if number == wanted and not about:
            return "reached"
        return "missed" if is_over or number > wanted else "open"
    if target.most:
        limit = Fraction(target.most.number)
        if number > limit or (number == limit and about not in _AT_MOST):
            return "missed"
    if target.least:
        limit = Fraction(target.least.number)
        if number < limit or (number == limit and about not in _AT_LEAST):
            return "missed" if is_over else "open"
    return "reached" if is_over or not target.most else "open"


def _all(states: Iterable[TargetState]) -> TargetState:
    found = set(states)
    return "missed" if "missed" in found else "open" if "open" in found else "reached"


def _lies(days: Window | None, period: Window) -> bool:
    return days is not None and period.start <= days.start and days.end <= period.end


def periods_of(every: Every, plan: Plan) -> list[tuple[str, str, Window]]:
    """Key, name and days (whole months, inclusive) of each period that the term touches; "term" is the term itself."""
    if every == "term":
        return [("term", _("The whole term"), plan.term.window)]
    months = [(*month, month_window(*month)) for month in months_of(plan.term.window)]
    if every == "month":
        return [(f"{year}-{month:02}", month_name((year, month), plan.term), days) for year, month, days in months]
    found = {}
    for year, month, _days in months:
        number = (month + 2) // 3
        days = Window(month_window(year, number * 3 - 2).start, month_window(year, number * 3).end)
        name = _("quarter {number} of {year}").format(number=number, year=year)
        found[f"{year}-q{number}"] = name, days
    return [(key, name, days) for key, (name, days) in found.items()]
