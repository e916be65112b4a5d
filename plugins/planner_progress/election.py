"""The election of a union's committee (换届): the chain of steps, counted back from the end of the term of office.

What is a rule names its source. How many working days a step takes is set down nowhere that could be found, and
differs from place to place: those numbers are conventions, say so wherever they are shown, and can be set in the plan.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.api import CLOSED, Window
from planner_progress.election_settings import Election, election_of

if TYPE_CHECKING:
    from planner.api import Plan, Snapshot, Task

TERM_LAW = "《中华人民共和国工会法》第十六条"
"""基层工会委员会每届任期三年或者五年 (as amended on 2021-12-24)."""
END_LAW = "《中华人民共和国民法典》第二百零一条、第二百零二条"
"""A period of years begins on the day after, and ends on the corresponding day; without one, on the month's last."""
CHARTER = "《中国工会章程》“基层组织”一章"
"""When a term is over the election is held in due time; the next union above can approve that it is earlier or later.
The result is reported to it for approval. Delegates serve as long as the committee."""
ORGANIZATION = "《中国工会章程》“组织制度”一章"
"""Names of those to be elected are discussed again and again; there may be more candidates than seats."""
MEMBERS_ELECT = "《中华人民共和国工会法》第十条"
"""Committees are elected by the members' or the delegates' assembly."""
ELECTION_RULES = "《工会基层组织选举工作条例》"
"""总工发〔2016〕27号. Article 6: under the lead of the Party organization and the union above; article 7: the outgoing
committee prepares the election."""
TOPIC = "换届"
"""What the titles or tags of tasks hold that are about an election."""


class Step(NamedTuple):
    """One step. Texts are in the words of the domain."""

    name: str
    title: str
    who: str
    remark: str
    source: str
    """The rule that asks for the step; "" where it is only the custom."""
    days: int
    """Working days that it takes by convention."""
    words: tuple[str, ...]
    """A task about the election with one of these in its title is likely to be this step."""


_STEPS = (
    Step(
        "request",
        "请示",
        "上届工会委员会",
        "书面向同级党组织和上一级工会请示",
        f"{ELECTION_RULES}第六条、第七条",
        5,
        ("请示",),
    ),
    Step(
        "approval",
        "批复",
        "同级党组织、上一级工会",
        "选举在它们的领导下进行",
        f"{ELECTION_RULES}第六条",
        10,
        ("批复",),
    ),
    Step(
        "delegates",
        "选举会员代表",
        "各分工会、工会小组",
        "代表的任期与工会委员会相同",
        CHARTER,
        10,
        ("选代表", "代表选举", "选举会员代表", "选举代表", "代表推选", "推选代表"),
    ),
    Step(
        "nomination",
        "提名候选人",
        "上届工会委员会",
        "候选人名单反复酝酿、充分讨论",
        ORGANIZATION,
        10,
        ("提名", "推荐候选人", "酝酿"),
    ),
    Step("notice", "公示候选人", "上届工会委员会", "公示期满再开大会", "", 5, ("公示",)),
    Step(
        "congress",
        "大会",
        "",
        "选举工会委员会和经费审查委员会",
        f"{MEMBERS_ELECT}；{CHARTER}",
        1,
        ("大会",),
    ),
    Step("report", "报告选举结果", "新一届工会委员会", "选举结果报上一级工会批准", CHARTER, 5, ("选举结果",)),
)


class _Form(NamedTuple):
    """How steps differ by who meets."""

    congress: str
    electors: str
    about_delegates: str = ""


_FORMS = {
    True: _Form("会员大会", "全体会员"),
    False: _Form("会员代表大会", "会员代表"),
    None: _Form("会员（代表）大会", "全体会员，或会员代表", "；开会员大会的不用这一步"),
}
"""By whether all members meet; None: the plan does not say."""


class Match(NamedTuple):
    """A task of the plan that serves a step."""

    task: Task
    is_set: bool
    """Whether the plan says so (`task = …`); else its title alone speaks for it, and people are told."""


class Planned(NamedTuple):
    """A step with its days."""

    step: Step
    window: Window
    """The working days that it has: the last on which it can begin, and the last on which it can end."""
    days: int
    is_convention: bool
    """Whether `days` is only a convention, and not what the plan says."""
    is_provisional: bool
    """Whether the days depend on a year whose holidays are not announced yet."""
    who: str
    match: Match | None

    def status(self, snapshot: Snapshot) -> str:
        """done, cancelled, overdue, due (its days have begun) or coming."""
        found = snapshot.statuses.task(self.match.task) if self.match else ""
        if found in CLOSED:
            return found
        if self.window.end < snapshot.today:
            return "overdue"
        return "due" if self.window.start <= snapshot.today else "coming"

    @property
    def is_planned_late(self) -> bool:
        """Whether the plan lets the task begin only when the step should be over."""
        span = self.match.task.span if self.match else None
        return span is not None and span.start > self.window.end


class Schedule(NamedTuple):
    """An election, worked out."""

    election: Election
    ends: date
    """The last day of the term of office."""
    congress: date
    """The last day on which the congress can be: the day planned, or the last working day of the term."""
    steps: tuple[Planned, ...]
    unmatched: tuple[Task, ...]
    """Tasks about the election that serve no step, as far as can be seen."""

    @property
    def assembly(self) -> Planned:
        """The step at which the committee is elected."""
        return next(step for step in self.steps if step.step.name == "congress")


def schedule(election: Election, plan: Plan) -> Schedule | None:
    """The steps with their days; None where the day of the last election is not known."""
    if election.last is None:
        return None
    ends = end_of_term(election.last, election.years)
    congress = election.planned or plan.calendar.previous_workday(election.extended or ends)
    about = topical(plan)
    chosen = list(_chosen(election))
    matches = {step.name: _match(step, election, plan, about) for step in chosen}
    windows = _windows(chosen, election, congress, plan)
    steps = [_planned(step, windows[step.name], election, matches[step.name], congress, plan) for step in chosen]
    serving = {match.task.id for match in matches.values() if match}
    return Schedule(election, ends, congress, tuple(steps), tuple(t for t in about if t.id not in serving))


def schedule_of(plan: Plan) -> Schedule | None:
    """The schedule of the plan's election; None without a table `[election]`, or without the day of the last one."""
    election = election_of(plan)
    return schedule(election, plan) if election else None


def end_of_term(last: date, years: int) -> date:
    """The last day of a term of office that began with an election on the day `last` (`END_LAW`)."""
    year = last.year + years
    return date(year, last.month, min(last.day, monthrange(year, last.month)[1]))


def is_of_members(election: Election) -> bool | None:
    """Whether all members meet, and not their delegates; None where the plan does not say enough."""
    if election.delegates is not None:
        return False
    return election.members < election.meeting_below if election.members is not None else None


def topical(plan: Plan) -> list[Task]:
    """The tasks whose title or tags are about an election."""
    return [task for task in plan.tasks if TOPIC in task.title or any(TOPIC in tag for tag in task.tags)]


def _chosen(election: Election) -> Iterator[Step]:
    """The steps that there are, as they are here: no delegates are elected where all members meet."""
    all_meet = is_of_members(election)
    form = _FORMS[all_meet]
    for step in _STEPS:
        if step.name == "congress":
            yield step._replace(title=form.congress, who=form.electors)
        elif step.name != "delegates":
            yield step
        elif not all_meet:
            yield step._replace(remark=step.remark + form.about_delegates)


def _match(step: Step, election: Election, plan: Plan, about: list[Task]) -> Match | None:
    """The task that the plan names for a step, else the only one about the election whose title speaks of it."""
    named = election.step(step.name).task
    if named:
        task = plan.task_by_id.get(named)
        return Match(task, is_set=True) if task else None
    taken = {settings.task for settings in election.steps.values()}
    likely = [t for t in about if t.id not in taken and any(word in t.title for word in step.words)]
    return Match(likely[0], is_set=False) if len(likely) == 1 else None


def _windows(steps: list[Step], election: Election, congress: date, plan: Plan) -> dict[str, Window]:
    """Back from the congress, each step over on the working day before the next begins; forward for what follows."""
    calendar = plan.calendar
    windows = {"congress": Window(congress, congress)}
    names = [step.name for step in steps]
    at = names.index("congress")
    if (extra := _days(steps[at], election) - 1) > 0:
        windows["congress"] = Window(calendar.shift(congress, -extra), congress)
    following = windows["congress"].start
    for step in reversed(steps[:at]):
        end = calendar.shift(following, -1)
        following = calendar.shift(end, 1 - _days(step, election)) if _days(step, election) > 1 else end
        windows[step.name] = Window(following, end)
    for step in steps[at + 1 :]:
        begin = calendar.shift(congress, 1)
        congress = calendar.shift(congress, _days(step, election))
        windows[step.name] = Window(begin, congress)
    return windows


def _days(step: Step, election: Election) -> int:
    return election.step(step.name).days or step.days


def _planned(
    step: Step, window: Window, election: Election, match: Match | None, congress: date, plan: Plan
) -> Planned:
    settings = election.step(step.name)
    is_congress = step.name == "congress"
    years = range(min(window.start, congress).year, max(window.end, congress).year + 1)
    is_provisional = any(plan.calendar.year_status(year) == "provisional" for year in years)
    return Planned(
        step,
        window,
        _days(step, election),
        is_convention=settings.days is None and not is_congress,
        is_provisional=is_provisional and not (is_congress and election.planned),
        who=settings.who or step.who,
        match=match,
    )


def days_until(day: date, today: date) -> int:
    """Days from today to `day`; negative when it is over."""
    return (day - today) // timedelta(days=1)
