"""What has changed since people were last told, in words to be pasted into a chat. Content, so always in Chinese."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from planner.journal.revision import Change, Revisions
from planner.journal.shown import State
from planner.journal.status import DONE
from planner.plan.model import Plan
from planner.text import printable, shorten
from planner.views.chinese import appointment, day_of_week, long_day, short_day, short_days, window_name

Kind = Literal["added", "moved", "renamed", "place", "doers", "cancelled"]
OFFICE = "工会本部"
EVERY_BRANCH = "各分工会"
_NAMES: dict[Kind, str] = {
    "added": "新增", "moved": "改期", "renamed": "改名", "place": "地点", "doers": "承办", "cancelled": "取消",
}  # fmt: skip
_ORDER: list[Kind] = [*_NAMES]
_TITLE_CELLS, _PLACE_CELLS, _WORDING_CELLS = 120, 40, 24
_MOST_TIMES = 4
"""Times of a task that a line names one by one; of more it says how many there are."""
_MOST_BRANCHES = 4


class Line(NamedTuple):
    """What is new about one task (all its occurrences), or about one item of a plugin."""

    kinds: tuple[Kind, ...]
    task: str
    text: str
    """The whole line: 改期：特色项目申报：三月（日期待定） → 3月8日（星期三）14:00—16:00."""
    changes: tuple[Change, ...]


class Section(NamedTuple):
    """What the same people are told. `audiences` are branches that are told the same; None among them: the office."""

    audiences: tuple[str | None, ...]
    lines: tuple[Line, ...]
    private: int
    """So many tasks are gone because they must not leave the office any more."""
    is_first: bool
    """These people were never told anything before; there is nothing to compare with."""


class Note(NamedTuple):
    """The sections of those who have something to be told, and the plan they are about."""

    plan: Plan
    sections: tuple[Section, ...]
    is_first: bool
    """Nobody was told anything before."""

    @property
    def changed(self) -> int:
        """How many tasks, and items of plugins, somebody is told about."""
        named = {line.task or line.changes[0].key for section in self.sections for line in section.lines}
        return len(named) + max((section.private for section in self.sections), default=0)


def make_note(found: Revisions, plan: Plan, branches: Sequence[str] | None = None, before: str | None = None) -> Note:
    """What is to be told to everybody, or only to `branches`; with `before` (an entry's time) compared with then."""
    audiences: list[str | None] = [None, *(b.id for b in plan.branches)] if branches is None else [*branches]
    groups: dict[tuple[object, ...], Section] = {}
    everyone = [_section(found, plan, audience, before) for audience in dict.fromkeys(audiences)]
    for section in everyone:
        if section.lines or section.private or section.is_first:
            key = (tuple(line.text for line in section.lines), section.private, section.is_first)
            same = groups.get(key)
            together = (*same.audiences, *section.audiences) if same else section.audiences
            groups[key] = (same or section)._replace(audiences=together)
    return Note(plan, tuple(groups.values()), all(section.is_first for section in everyone))


def _section(found: Revisions, plan: Plan, audience: str | None, before: str | None) -> Section:
    if found.is_first(audience, before):
        return Section((audience,), (), 0, is_first=True)
    groups: dict[str, list[Change]] = {}
    private: set[str] = set()
    for change in found.changes_for(audience, before):
        if change.private:
            private.add(change.task or change.key)
        elif change.after or (change.before and change.before.status != DONE):  # what was done is not cancelled
            groups.setdefault(change.task or f".{change.key}", []).append(change)
    writer = _Writer(plan, audience)
    lines = filter(None, (writer.line(changes) for changes in groups.values()))
    return Section((audience,), tuple(sorted(lines, key=_place_in_note)), len(private), is_first=False)


def _place_in_note(line: Line) -> tuple[int, date]:
    days = (state.days.start for c in line.changes for state in (c.after or c.before,) if state and state.days)
    return _ORDER.index(line.kinds[0]), min(days, default=date.max)


class _Writer:
    """Writes the lines of one section."""

    def __init__(self, plan: Plan, audience: str | None) -> None:
        self._plan = plan
        self._audience = audience

    def line(self, changes: Sequence[Change]) -> Line | None:
        """One line about all changes of a task; None where they are no news, such as a tick."""
        changes = [change for change in changes if self._is_news(change)]
        if not changes:
            return None
        pairs = [(c.before, c.after) for c in changes if c.before and c.after]
        added = [c.after for c in changes if c.after and not c.before]
        gone = [c.before for c in changes if c.before and not c.after]
        if not pairs and not gone:
            return self._line(("added",), changes, self._new(added))
        if not pairs and not added:
            return self._line(("cancelled",), changes, self._cancelled(gone) + self._taken_over(changes[0].task))
        parts = dict(self._parts(pairs, added, gone))
        if not parts:
            return None
        old, new = pairs[0] if pairs else (gone[0], added[0])
        kinds = tuple(kind for kind in _ORDER if kind in parts)
        if kinds == ("renamed",):
            return self._line(kinds, changes, f"{_renamed(old, new)}{self._who(new)}")
        head = _title(new) + (f"（原名“{_title(old)}”）" if "renamed" in parts else "")
        head += self._who(new) if "doers" not in parts else ""
        told = [parts[kind] if kind == kinds[0] else _introduced(kind, parts[kind]) for kind in kinds if parts[kind]]
        return self._line(kinds, changes, f"{head}：{'；'.join(told)}")

    def _is_news(self, change: Change) -> bool:
        old, new = change.before, change.after
        if old is None or new is None:
            return True
        moved = _time(old) != _time(new) or self._hears_of_doers(old, new)
        return moved or old.title != new.title or old.place != new.place

    def _hears_of_doers(self, old: State, new: State) -> bool:
        """The office hears of every change of hands; a branch of those between the office and itself."""
        if self._audience is None:
            return self._doers(old) != self._doers(new)
        return bool(old.branches) != bool(new.branches)

    def _line(self, kinds: tuple[Kind, ...], changes: Sequence[Change], text: str) -> Line:
        label = "、".join(_NAMES[kind] for kind in kinds)
        return Line(kinds, changes[0].task, f"{label}：{text}", tuple(changes))

    def _new(self, states: Sequence[State]) -> str:
        place = _place(states[0])
        return f"{_title(states[0])}{self._who(states[0])}，{self._times(states)}" + (f"，{place}" if place else "")

    def _cancelled(self, states: Sequence[State]) -> str:
        times = self._times(states).replace("（日期待定）", "，日期待定")
        when = f"（原定{times}）" if any(state.days for state in states) else ""
        return f"{_title(states[0])}{self._who(states[0])}{when}"

    def _taken_over(self, task_id: str) -> str:
        """That others do it now, for a branch that is out of it."""
        task = self._plan.task_by_id.get(task_id)
        if self._audience is None or task is None or not task.branches or self._audience in task.branches:
            return ""
        names = (self._plan.branch_by_id[b].name for b in task.branches if b in self._plan.branch_by_id)
        return f"，改由{printable('、'.join(names))}承办"

    def _parts(
        self, pairs: Sequence[tuple[State, State]], added: Sequence[State], gone: Sequence[State]
    ) -> Iterator[tuple[Kind, str]]:
        """What is new, by kind. The new title stands in front of the line, so its part is empty."""
        times = [*self._moves(pairs)]
        if len(times) > _MOST_TIMES and (rule := _rule(pairs)):
            times = [rule]
        elif added and gone:
            was, will_be = self._times(gone), self._times(added)
            times += [f"{was} → {will_be}"] if was != will_be else []
        elif added or gone:
            times.append(f"{'新增' if added else '取消'}{self._times(added or gone)}")
        if times:
            more = f"……共{len(times)}处" if len(times) > _MOST_TIMES else ""
            yield "moved", "；".join(times[:_MOST_TIMES]) + more
        both = pairs or [*zip(gone[:1], added[:1], strict=True)]
        if any(old.title != new.title for old, new in both):
            yield "renamed", ""
        places = dict.fromkeys((_place(old), _place(new)) for old, new in both if old.place != new.place)
        if places:
            yield "place", "；".join(f"{old or '未定'} → {new or '未定'}" for old, new in [*places][:_MOST_TIMES])
        people = ((self._doers(old), self._doers(new)) for old, new in both if self._hears_of_doers(old, new))
        if doers := dict.fromkeys(people):
            yield "doers", "；".join(f"{old} → {new}" for old, new in doers)

    def _moves(self, pairs: Iterable[tuple[State, State]]) -> Iterator[str]:
        for old, new in pairs:
            if _time(old) != _time(new):
                was, will_be = self._when(old), self._when(new)
                if was == will_be and old.days and new.days:  # the same words mean other days now
                    was, will_be = (f"{short_days(state.days)}（日期待定）" for state in (old, new) if state.days)
                yield f"{was} → {will_be}"

    def _when(self, state: State) -> str:
        """A state's time as calendars say it."""
        if state.days is None:
            return _cut(state.wording) or "日期未定"
        if state.kind == "decided":
            return appointment(state.days, state.begins, state.ends)
        if state.days.start == state.days.end:
            return day_of_week(state.days.start).replace("）", "，待确认）")
        return f"{self._window(state)}（日期待定）"

    def _window(self, state: State) -> str:
        own = _cut(state.wording) if state.kind == "window" else ""
        return own or (window_name(state.days, self._plan.term) if state.days else "")

    def _times(self, states: Sequence[State]) -> str:
        """Several times in one phrase; of many only how many and from when to when."""
        windows = [s for s in states if s.days and s.kind != "decided" and s.days.start != s.days.end]
        if len(states) <= _MOST_TIMES:
            if len(windows) == len(states):
                return "、".join(dict.fromkeys(map(self._window, windows))) + "（日期待定）"
            return "、".join(map(self._when, states))
        days = [state.days for state in states if state.days]
        span = f"（{short_day(min(days).start)}至{short_day(max(w.end for w in days))}）" if days else ""
        return f"{len(states)}次{span}"

    def _who(self, state: State) -> str:
        """Who does it, for the office, which hears of everybody."""
        if self._audience is not None or not state.branches:
            return ""
        doers = self._doers(state)
        many = len(state.branches) > _MOST_BRANCHES and doers != EVERY_BRANCH
        return f"（{len(state.branches)}个分工会）" if many else f"（{doers}）"

    def _doers(self, state: State) -> str:
        """The union office, or the branches in the order of the plan."""
        if not state.branches:
            return OFFICE
        known = self._plan.branch_by_id
        if len(state.branches) > 1 and set(state.branches) == set(known):
            return EVERY_BRANCH
        ids = sorted(state.branches, key=lambda id_: known[id_].position if id_ in known else len(known))
        return "、".join(printable(known[id_].name) if id_ in known else printable(id_) for id_ in ids)


def _time(state: State) -> tuple[object, ...]:
    """What must differ for somebody to be told of another time."""
    said = state.wording if state.days is None else ""
    return state.days, state.begins, state.ends, state.kind == "decided", said


def _rule(pairs: Sequence[tuple[State, State]]) -> str:
    """每周五下午 → 每周四下午: many times at once, where the plan's words say it; else empty."""
    words = {(_cut(old.words), _cut(new.words)) for old, new in pairs if new.words and old.words}
    was, will_be = words.pop() if len(words) == 1 else ("", "")
    return f"{was} → {will_be}（各次的日子见日历）" if was != will_be else ""


def _title(state: State) -> str:
    return shorten(printable(state.title), _TITLE_CELLS)


def _renamed(old: State, new: State) -> str:
    was, will_be = _title(old), _title(new)
    return f"{was} → {will_be}" if was != will_be else f"{will_be}（后面没有显示的部分有改动）"


def _place(state: State) -> str:
    return shorten(printable(state.place), _PLACE_CELLS)


def _cut(wording: str) -> str:
    return shorten(printable(wording), _WORDING_CELLS)


def _introduced(kind: Kind, text: str) -> str:
    return f"{_NAMES[kind]}：{text}"


def note_lines(note: Note, today: date, since: date | None = None) -> Iterator[str]:
    """The note as lines: a head for the office, then a block to paste for each group of people."""
    then = f"{long_day(since)}以前" if since else "上次"
    if note.is_first:
        yield f"{long_day(since)}以前还没有发出过日历，没有可比较的。" if since else _FIRST
    elif not note.sections:
        yield f"和{then}发出的日历相比，没有变化。"
    else:
        yield f"和{then}发出的日历相比，有下面这些变化。每一段可以直接复制到群里。"
        for section in note.sections:
            yield from ("", *section_lines(section, note.plan, today))


_FIRST = "这是第一次发出日历，没有以前的可以比较。以后计划有变动，再导出一次，这里会写明变化。"


def section_lines(section: Section, plan: Plan, today: date) -> Iterator[str]:
    """One block, ready to paste."""
    names = "、".join(audience_names(section.audiences, plan))
    head = f"【{names}】"
    if section.is_first:
        yield f"{head}首次发出：这是第一次发给{names}的日历，请导入整份文件。"
        return
    count = f"{len(section.lines)}处" if section.lines else ""
    yield f"{head}工会工作安排有{count}变化（{short_day(today)}）："
    for number, line in enumerate(section.lines, start=1):
        yield f"{number}. {line.text}" if len(section.lines) > 1 else line.text
    if section.private:
        also = "另有" if section.lines else "有"
        yield f"{also}{section.private}项改为{OFFICE}内部事项，不再列入日历。"


def audience_names(audiences: Sequence[str | None], plan: Plan) -> Iterator[str]:
    """工会本部、机电分工会; all branches together are 各分工会."""
    branches = [b for b in audiences if b is not None]
    if None in audiences:
        yield OFFICE
    if len(branches) > 1 and len(branches) == len(plan.branches):
        yield EVERY_BRANCH
    else:
        yield from (printable(plan.branch_by_id[b].name) for b in branches)


def note_json(note: Note, since: date | None) -> dict[str, Any]:
    """The data of `planner changes --json`."""
    return {
        "since": since,
        "first": note.is_first,
        "sections": [
            {
                "audiences": list(section.audiences),
                "first": section.is_first,
                "private": section.private,
                "changes": [_line_json(line) for line in section.lines],
            }
            for section in note.sections
        ],
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "task": line.task or None,
        "kinds": list(line.kinds),
        "text": line.text,
        "items": [
            {"key": change.key, "before": _state_json(change.before), "after": _state_json(change.after)}
            for change in line.changes
        ],
    }


def _state_json(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {
        "title": state.title,
        "kind": state.kind,
        "window": [str(state.days.start), str(state.days.end)] if state.days else None,
        "begins": f"{state.begins:%H:%M}" if state.begins else None,
        "ends": f"{state.ends:%H:%M}" if state.ends else None,
        "place": state.place or None,
        "for": list(state.branches),
    }
