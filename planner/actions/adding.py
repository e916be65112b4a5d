"""Quick add: a line of words becomes a task. `4月中旬 教职工气排球比赛 @全部 #文体`"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from planner.actions.scheduling import decided, is_all_time, on_text
from planner.actions.values import EVERYBODY
from planner.dates.relative import anchored
from planner.dates.when import mentions
from planner.errors import UsageError
from planner.find import find_branch
from planner.i18n import _
from planner.plan.model import Plan, Task
from planner.text import printable, random_signs

_MARK = re.compile(r"(?<![A-Za-z0-9._-])([@＠#＃])([^\s@＠#＃，,]+)")
_ODD_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})")
_OFFICE = frozenset(("工会", "校工会", "本部", "工会本部"))
_DAY = re.compile(r"\d[日号]|\d{4}-\d\d?-\d\d?")
_LONGEST_ID = 40


class Words(NamedTuple):
    """What a line says: its parts, each as it was typed."""

    title: str
    when: str
    doers: tuple[str, ...]
    """After @."""
    subjects: tuple[str, ...]
    """After #: goals or tags."""


def read_line(line: str, plan: Plan, today: date) -> Words:
    """Take a line apart: the time stands first or last, the rest is the title.

    Raises UsageError for a time that is not understood (4/15).
    """
    if (
        line.startswith("“") and "”" not in line[1:-1]
    ):  # quotation marks of a Chinese keyboard, which no shell takes off
        line = line.strip("“”")
    marks = _MARK.findall(line)
    words = re.split(r"[\s，,]+", _MARK.sub(" ", line).strip())
    title, when = _without_time([word for word in words if word], plan, today)
    return Words(
        title,
        when,
        tuple(name for sign, name in marks if sign in "@＠"),
        tuple(name for sign, name in marks if sign in "#＃"),
    )


def _without_time(words: list[str], plan: Plan, today: date) -> tuple[str, str]:
    """Title and time: the most words at the beginning, else at the end, that are all time; else a time that the first
    word begins with (4月中旬教职工气排球赛). A festival in front stays in the title too: 三八节庆祝活动.
    """
    if words and (odd := _ODD_DAY.fullmatch(words[0])):
        hint = _("Write it like this: {example}").format(example=f"{int(odd[1])}月{int(odd[2])}日")
        raise UsageError(_("“{words}” is not understood as a day.").format(words=words[0]), hint)
    for count in range(len(words), 0, -1):
        for said, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            time = anchored(" ".join(said), today)
            if is_all_time(time, plan) and (_reads(time, plan) or not rest):
                return " ".join(rest), time
    text = " ".join(words)
    first = next(iter(mentions(text, plan.term)), None)
    if first is None or first.start:
        return text, ""
    when = text[: first.end].strip()
    return (text if first.when.note.code == "festival" else text[first.end :].strip(" ，,：:、")), when


def _reads(time: str, plan: Plan) -> bool:
    """Whether a time says something of a plan: 适时 does, a bare 下午 does not."""
    return any(m.when.windows or m.when.recurs or not m.when.certain for m in mentions(time, plan.term))


def make_task(words: Words, plan: Plan, today: date, extra: dict[str, Any]) -> dict[str, Any]:
    """The task as a table of the plan; `extra` comes first where both say something.

    A day that is named by its number is decided (`on`); any other time stays in its words (`when`). Raises UsageError
    for a line without a title, and for a sub-union or goal that is not there.
    """
    title = extra.get("title") or words.title
    if not title:
        raise UsageError(
            _("The task has no title."), _('For example: planner add "4月中旬 教职工气排球比赛 @全部 #文体"')
        )
    # What is private is not named in its id either: ids are in calendars.
    named = "private" if extra.get("private") else title
    task: dict[str, Any] = {"id": extra.get("id") or new_id(named, plan.task_by_id), "title": title}
    task.update(_time(words.when, plan, today))
    goals, tags = _subjects(words.subjects, plan)
    doers = _doers(words.doers, plan)
    for key, value in (("goals", goals), ("for", doers), ("tags", tags)):
        if value:
            task[key] = value
    task.update(extra)
    return task


def _time(words: str, plan: Plan, today: date) -> dict[str, str]:
    if not words:
        return {}
    if _DAY.search(words) and (appointment := decided(words, None, plan, today)):
        return {"on": on_text(appointment)}
    return {"when": words}


def _doers(names: Collection[str], plan: Plan) -> str | list[str] | None:
    known = [find_branch(name, plan).id for name in names if name not in _OFFICE and name not in EVERYBODY]
    if any(name in EVERYBODY for name in names):
        if not plan.branches:
            raise UsageError(_("The plan names no sub-unions."), _("Leave out @, or add [[branches]] to the plan."))
        return "branches"
    return list(dict.fromkeys(known)) or None


def _subjects(names: Collection[str], plan: Plan) -> tuple[list[str], list[str]]:
    """Ids of goals, and what is no goal as tags. Raises UsageError for a name that several goals have."""
    goals, tags = dict[str, None](), dict[str, None]()
    for name in names:
        found = [g for g in plan.goals if name == g.id] or [g for g in plan.goals if name in g.title]
        if len(found) > 1:
            listed = _(", ").join(f"#{goal.id} {printable(goal.title)}" for goal in found)
            message = _("#{name} may be one of several goals.").format(name=printable(name))
            raise UsageError(message, _("They are: {names}.").format(names=listed))
        if found:
            goals[found[0].id] = None
        else:
            tags[name] = None
    return list(goals), list(tags)


def new_id(title: str, taken: Collection[str]) -> str:
    """An id from the title's pinyin, cut at a syllable, and three random signs: qi-pai-qiu-sai-k3f.

    Without the signs two offices that each add a 座谈会 to their copy would make one task of the two.
    """
    from pypinyin import lazy_pinyin  # 150 ms: only where a task is made

    syllables = re.findall("[a-z0-9]+", " ".join(lazy_pinyin(title)).lower())
    slug = ""
    for syllable in syllables:
        if len(slug) + len(syllable) + 1 > _LONGEST_ID:
            break
        slug += ("-" if slug else "") + syllable
    slug = slug or (syllables[0][:_LONGEST_ID] if syllables else "task")
    while (made := f"{slug}-{random_signs(3)}") in taken:
        pass
    return made


def place_for(task: dict[str, Any], plan: Plan) -> str | None:
    """Id of the task behind which a new one belongs: the last of the same words, else of the same first month.

    None: at the end.
    """
    same_words = [t for t in plan.tasks if t.when and t.when == task.get("when")]
    if same_words:
        return same_words[-1].id
    month = _month(task, plan)
    same_month = [t for t in plan.tasks if month and _month_of(t) == month]
    return same_month[-1].id if same_month else None


def _month(task: dict[str, Any], plan: Plan) -> tuple[int, int] | None:
    from planner.dates.when import resolve

    on = task.get("on")
    if isinstance(on, str):
        return int(on[:4]), int(on[5:7])
    windows = resolve(task["when"], plan.term).windows if "when" in task else ()
    return (windows[0].start.year, windows[0].start.month) if windows and windows[0].days <= 31 else None


def _month_of(task: Task) -> tuple[int, int] | None:
    days = task.days
    return (days[0].start.year, days[0].start.month) if days and days[0].days <= 31 else None
