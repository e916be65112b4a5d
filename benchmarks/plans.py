"""Makes plans of any size: the same bytes every time, without an error or a warning in them.

A plan of N tasks is N / 10 projects of ten steps each. Step k of every project comes before step k + 1 of
any, the tasks follow the working days of the term, and the window of a task always holds its working day.
A need points to a task with an earlier day, so its window cannot begin after the window of the task ends.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

STEPS: tuple[tuple[str, str], ...] = (
    ("draft", "拟定方案"),
    ("notice", "发布通知"),
    ("apply", "组织申报"),
    ("prepare", "筹备"),
    ("rehearse", "继续筹备"),
    ("open", "启动仪式"),
    ("hold", "集中开展"),
    ("review", "评比"),
    ("report", "材料整理与宣传报道"),
    ("close", "总结归档"),
)
ACTIVITIES: tuple[tuple[str, str], ...] = (
    ("brand", "分工会“一会一品”特色项目"),
    ("speech", "师德师风主题演讲比赛"),
    ("volleyball", "教职工气排球比赛"),
    ("health", "“教工之家”健康讲堂"),
    ("charity", "慈善一日捐"),
    ("visits", "困难教职工走访慰问"),
    ("congress", "教职工代表大会提案征集"),
    ("mentors", "青年教师结对培养"),
    ("reading", "“书香校园”读书分享会"),
    ("website", "工会网站与信息宣传"),
    ("checkup", "教职工年度体检"),
    ("training", "工会干部业务培训"),
    ("hiking", "教职工健步走"),
)
GOALS: tuple[tuple[str, str, str], ...] = (
    ("rights", "民主管理与权益维护", '"维护", "参与"'),
    ("ethics", "师德引领与素质提升", '"教育"'),
    ("care", "健康保障与送温暖服务", '"维护"'),
    ("activities", "文体活动与职工之家", '"教育", "建设"'),
    ("growth", "青年教师成长平台", '"建设"'),
    ("publicity", "信息宣传与阵地建设", '"教育"'),
    ("self", "工会自身建设", '"建设"'),
)
PLACES = ("报告厅", "体育馆", "教工之家活动室", "行政楼三楼会议室", "图书馆二楼")
TAGS = ("学习", "评选", "女职工", "青年教师", "退休", "宣传")
BRANCHES = 12
MONTHS = "一二三四五六七八九十"
TERM = (dt.date(2026, 2, 1), dt.date(2026, 8, 31))
HOLIDAYS = (
    (dt.date(2026, 2, 14), dt.date(2026, 2, 24)),
    (dt.date(2026, 4, 4), dt.date(2026, 4, 6)),
    (dt.date(2026, 5, 1), dt.date(2026, 5, 5)),
    (dt.date(2026, 6, 19), dt.date(2026, 6, 21)),
)
LAG = dt.timedelta(days=7)


def write_plan(path: Path, tasks: int) -> None:
    """Write a plan of `tasks` tasks (a positive multiple of 50), streamed: it never stands in memory."""
    if tasks < 50 or tasks % 50:
        raise ValueError(f"a plan has a positive multiple of 50 tasks, not {tasks}")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_head(tasks))
        file.writelines(_tasks(tasks))


def _head(tasks: int) -> Iterator[str]:
    """Everything above the tasks."""
    yield '#:schema ./plan.schema.json\nid = "benchmark-' + str(tasks) + '"\n'
    yield 'title = "2025—2026 学年第二学期工会工作计划"\norganization = "示例学校工会"\n'
    yield 'timezone = "Asia/Shanghai"\n\n'
    yield f"[term]\nstart = {TERM[0]}\nend = {TERM[1]}\nweek1 = 2026-03-02\nteaching-end = 2026-07-03\n\n"
    yield '[guiding]\ntext = "围绕学校中心工作，履行四项职能，服务教职工。"\n'
    yield 'duties = ["维护", "参与", "教育", "建设"]\n\n'
    for id_, title, duties in GOALS:
        yield f'[[goals]]\nid = "{id_}"\ntitle = "{title}"\nduties = [{duties}]\nweight = 1\n\n'
    for number in range(1, BRANCHES + 1):
        yield f'[[branches]]\nid = "branch-{number:02}"\nname = "示例分工会{number}"\n\n'


def _tasks(count: int) -> Iterator[str]:
    """The tasks, one table at a time, by their days."""
    days = _working_days()
    projects = count // len(STEPS)
    random_ = random.Random(count)
    for index in range(count):
        day = days[index * len(days) // count]
        step = STEPS[index // projects][1]
        project = index % projects
        activity = ACTIVITIES[project % len(ACTIVITIES)][1]
        lines = [
            "[[tasks]]",
            f'id = "{_id(index, projects)}"',
            f'title = "{activity}（{project + 1}）：{step}"',
            *_time(random_, day, days),
            f"goals = [{_goals(random_, index)}]",
            *_needs(random_, index, count, days),
            *_audience(random_),
            *_details(random_),
        ]
        yield "\n".join(lines) + "\n\n"


def _working_days() -> list[dt.date]:
    """Monday to Friday in the term, without the holidays."""
    length = (TERM[1] - TERM[0]).days + 1
    days = (TERM[0] + dt.timedelta(days=offset) for offset in range(length))
    return [day for day in days if day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)]


def _id(index: int, projects: int) -> str:
    """The id of the task at a place in the plan."""
    project = index % projects
    return f"{ACTIVITIES[project % len(ACTIVITIES)][0]}-{project + 1}-{STEPS[index // projects][0]}"


def _time(random_: random.Random, day: dt.date, days: list[dt.date]) -> list[str]:
    """When: words or ISO dates whose window holds `day`, and sometimes the day itself."""
    month = MONTHS[day.month - 1] + "月"
    third = "上中下"[min((day.day - 1) // 10, 2)] + "旬"
    kind = random_.choices(("month", "third", "range", "iso-month", "iso-day", "on"), (40, 20, 5, 5, 10, 20))[0]
    if kind == "third":
        return [f'when = "{month}{third}"']
    if kind == "range" and day.month < TERM[1].month:
        return [f'when = "{day.month}-{day.month + 1}月"']
    if kind == "iso-month":
        return [f'when = "{day:%Y-%m}"']
    if kind == "iso-day":
        return [f'when = "{day}"']
    if kind == "on":
        return [f'when = "{month}"', "on = " + _decided(random_, day, days)]
    return [f'when = "{month}"']


def _decided(random_: random.Random, day: dt.date, days: list[dt.date]) -> str:
    """The decided day: alone, with times, or (rarely) with the next working day of the same month."""
    kind = random_.randrange(10)
    place = days.index(day)
    if kind == 0 and place + 1 < len(days) and days[place + 1].month == day.month:
        return f'["{day}", "{days[place + 1]}"]'
    if kind < 4:
        return f'"{day}"'
    return f'"{day} 14:00-16:30"' if kind < 7 else f'"{day} 09:30-11:00"'


def _goals(random_: random.Random, index: int) -> str:
    """One goal or, for every fifth task or so, two."""
    first = index % len(GOALS)
    chosen = [first]
    if random_.random() < 0.2:
        chosen.append((first + random_.randrange(1, len(GOALS))) % len(GOALS))
    return ", ".join(f'"{GOALS[number][0]}"' for number in chosen)


def _needs(random_: random.Random, index: int, count: int, days: list[dt.date]) -> list[str]:
    """What the task waits for: the step before and a few others, 1.2 on average over the plan."""
    projects = count // len(STEPS)
    wanted = random_.choices((0, 1, 2, 3), (20, 40, 27, 13))[0]
    if index < projects or not wanted:
        return []
    needs = [index - projects]
    earliest, latest = max(0, index - 2 * projects), index - (projects + 1) // 2
    for _ in range(wanted - 1):
        other = random_.randint(earliest, latest)
        if other not in needs:
            needs.append(other)
    place = len(days)
    parts = []
    for need in needs:
        id_ = _id(need, projects)
        gap = days[index * place // count] - days[need * place // count]
        with_lag = gap >= LAG and random_.random() < 0.05
        parts.append(f'{{ task = "{id_}", lag = "{LAG.days}d" }}' if with_lag else f'"{id_}"')
    return [f"needs = [{', '.join(parts)}]"]


def _audience(random_: random.Random) -> list[str]:
    """For whom: mostly the office itself, sometimes every branch or a few of them."""
    chance = random_.random()
    if chance < 0.08:
        return ['for = "branches"']
    if chance < 0.16:
        chosen = sorted(random_.sample(range(1, BRANCHES + 1), random_.randint(1, 4)))
        return ["for = [" + ", ".join(f'"branch-{number:02}"' for number in chosen) + "]"]
    return []


def _details(random_: random.Random) -> list[str]:
    """The keys that only some tasks have."""
    people, budget = random_.randrange(10, 300, 10), random_.randrange(500, 9000, 500)
    choices = (
        (0.15, f'place = "{random_.choice(PLACES)}"'),
        (0.10, f'expect = {{ people = "{people}人", budget = "{budget}元" }}'),
        (0.10, 'remind = ["7d", "1d"]'),
        (0.15, f'tags = ["{random_.choice(TAGS)}"]'),
        (0.05, 'note = "方案经工会委员会讨论通过后实施，材料留存备查。"'),
    )
    return list(itertools.chain.from_iterable([line] for share, line in choices if random_.random() < share))
