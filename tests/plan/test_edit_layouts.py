"""Edits of plans in every layout that people and their programs leave behind, held against what tomli reads."""

from __future__ import annotations

import copy
import json
from typing import Any, NamedTuple

import tomli
from hypothesis import given, settings, strategies as st

from planner.errors import PlanError
from planner.plan.edit import NOTHING, Change, PlanEditor
from planner.plan.toml_source import same
from tests.plan.test_source import mutilated

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-mark"]
IDS = ["a", "b-1", "brand-apply", "c", "d4", "e"]
TEXTS = ["三月", "“一会一品”评比", "", "x # [[tasks]]", "é🎉", "a\\b", 'say "hi"', "二\n三", "\t\x07\u2028", "’"]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(TEXTS),
    "when": st.sampled_from(TEXTS),
    "on": st.one_of(st.just("2023-03-08"), st.just(["2023-03-08 14:00-16:00", "2023-03-09"])),
    "place": st.sampled_from(TEXTS),
    "goals": st.lists(st.sampled_from(["rights", "care"]), max_size=2),
    "needs": st.just(["a", {"task": "c", "lag": "7d"}]),
    "times": st.just({"every": "month", "least": 1}),
    "private": st.booleans(),
    "weight": st.sampled_from([1, 1.5, 0, -3, 1e22]),
    "note": st.sampled_from(TEXTS),
    "说明": st.just("自己的键"),
}


class Style(NamedTuple):
    """How one person writes a plan."""

    equals: str
    indent: str
    header: str
    blanks: int
    comments: bool


STYLES = st.builds(
    Style,
    st.sampled_from(["aligned", " = ", "=", "  =  ", "\t= "]),
    st.sampled_from(["", "", "  ", "\t"]),
    st.sampled_from(["[[{}]]", "[[ {} ]]", '[["{}"]]', "  [[{}]]  # 任务 ]]"]),
    st.integers(0, 2),
    st.booleans(),
)


def scalar(text: str, draw: st.DrawFn) -> str:
    """A text in any way to write it."""
    ways = [json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")]
    if not any(sign in text for sign in "'\n\x07\u2028"):
        ways.append(f"'{text}'")
    if "\\" not in text and '"' not in text and "\x07" not in text:
        ways.append(f'"""\n{text}"""')
    return draw(st.sampled_from(ways))


def source(value: Any, draw: st.DrawFn, *, one_line: bool = False) -> str:
    """A value in any way to write it; on one line inside of inline tables."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if one_line else scalar(value, draw)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ((key_source(k, draw), source(v, draw, one_line=True)) for k, v in value.items())
        return "{" + ",".join(f" {k} = {v}" for k, v in inner) + " }"
    if isinstance(value, list):
        parts = [source(inner, draw, one_line=True) for inner in value]
        if not one_line and parts and draw(st.booleans()):
            return "[\n" + "".join(f"    {part},   # [说明\n" for part in parts) + "  ]"
        return "[" + ", ".join(parts) + "]"
    return repr(value)


def key_source(key: str, draw: st.DrawFn) -> str:
    return f'"{key}"' if not key.isascii() or draw(st.integers(0, 9)) == 0 else key


@st.composite
def entries(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from([*VALUES, "times"]), unique=True, min_size=1, max_size=6))
    return {"id": id_, **{key: draw(VALUES[key]) for key in keys}}


def pair_lines(entry: dict[str, Any], style: Style, draw: st.DrawFn, prefix: str = "") -> tuple[list[str], list[str]]:
    """The lines of a table, and those of the sub-tables behind it."""
    lines, inner = list[str](), list[str]()
    names = {key: prefix + key_source(key, draw) for key in entry}
    width = max(map(len, names.values()), default=0)
    for key, value in entry.items():
        if (
            isinstance(value, dict)
            and not prefix
            and (way := draw(st.sampled_from(["inline", "dotted", "table"]))) != "inline"
        ):
            if way == "table":
                inner += [*[""] * style.blanks, f"[tasks.{names[key]}]"]
                inner += [f"{k} = {source(v, draw)}" for k, v in value.items()]
            else:
                lines += [f"{style.indent}{names[key]}.{k} = {source(v, draw)}" for k, v in value.items()]
            continue
        if style.comments and draw(st.integers(0, 3)) == 0:
            lines.append(draw(st.sampled_from(["# 说明", "", "   # place = '' [", "\t"])))
        equals = f"{' ' * (width - len(names[key]))} = " if style.equals == "aligned" else style.equals
        comment = draw(st.sampled_from(["", "", "   # 注释 \"'[", "#"])) if style.comments else ""
        lines.append(f"{style.indent}{names[key]}{equals}{source(value, draw)}{comment}")
    return lines, inner


def block(table: str, entry: dict[str, Any], style: Style, draw: st.DrawFn) -> list[str]:
    lines, inner = pair_lines(entry, style, draw)
    if table != "tasks":
        inner = [line.replace("[tasks.", f"[{table}.") for line in inner]
    above = draw(st.sampled_from([[], ["# 关于这一项"], ["# ── 一节 ──", ""]])) if style.comments else []
    below = draw(st.sampled_from([[], ["# place = 以后"], ["# 后面的话"]])) if style.comments else []
    return [*above, style.header.format(table), *lines, *inner, *below, *[""] * style.blanks]


def inline_array(table: str, found: list[dict[str, Any]], draw: st.DrawFn) -> list[str]:
    parts = [source(entry, draw, one_line=True) for entry in found]
    way = draw(st.sampled_from(["line", "lines", "comma"]))
    if way == "line" or not parts:
        return [f"{table} = [ {', '.join(parts)} ]"]
    end = "," if way == "comma" else ""
    comments = [draw(st.sampled_from(["", "  # 说明 }"])) for _part in parts]
    return [
        f"{table} = [",
        *(f"  {part},{comment}" for part, comment in zip(parts[:-1], comments, strict=False)),
        f"  {parts[-1]}{end}{comments[-1]}",
        "]",
    ]


@st.composite
def plans(draw: st.DrawFn) -> bytes:
    """A plan: goals and tasks in any order, the term in any form, in any layout, line end and encoding."""
    style = draw(STYLES)
    names = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1))
    mixed = [(draw(st.sampled_from(["tasks", "tasks", "goals"])), draw(entries(name))) for name in names]
    term = {"start": tomli.loads("d = 2023-02-01")["d"], "end": tomli.loads("d = 2023-08-31")["d"]}
    lines = draw(st.sampled_from([[], ["#:schema ./plan.schema.json", ""], [""]]))
    lines += pair_lines({"id": "p", "title": "测试计划"}, style._replace(indent=""), draw)[0]
    way = draw(st.sampled_from(["table", "inline", "dotted", "none"]))
    if way == "inline":
        lines.append("term = { start = 2023-02-01, end = 2023-08-31 }")
    elif way == "dotted":
        lines += pair_lines({k: str(v) for k, v in term.items()}, style._replace(indent=""), draw, "term.")[0]
    in_one = draw(st.sampled_from(["", "", "", "tasks", "goals"]))
    if in_one:
        lines += inline_array(in_one, [entry for table, entry in mixed if table == in_one], draw)
    lines += [""] * style.blanks
    if way == "table":
        lines += ["[term]  # 学期", "start = 2023-02-01", "end=2023-08-31", *[""] * style.blanks]
    for table, entry in mixed:
        if table != in_one:
            lines += block(table, entry, style, draw)
    ends = st.sampled_from(draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n", "\r\r\n"], ["\r"]])))
    text = "".join(line + draw(ends) for whole in lines for line in whole.split("\n"))
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    encoding = draw(st.sampled_from(ENCODINGS))
    return b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-mark" else text.encode(encoding)


class Wish(NamedTuple):
    """An edit that somebody asks for."""

    act: str
    table: str
    id: str
    key: str = ""
    value: Any = None

    def make(self, editor: PlanEditor) -> None:
        match self.act:
            case "set":
                editor.set(self.table, self.id, self.key, self.value)
            case "unset":
                editor.unset(self.table, self.id, self.key)
            case "add":
                editor.add(self.table, {"id": self.id, **self.value}, after=self.key or None)
            case _:
                editor.remove(self.table, self.id)

    def expect(self, data: dict[str, Any]) -> None:
        """The same in plain data."""
        found = data.get(self.table, [] if self.id else {})
        numbers = {entry["id"]: n for n, entry in enumerate(found)} if self.id else {}
        holder = data if not self.table else found[numbers[self.id]] if self.id in numbers else found
        match self.act:
            case "set":
                holder[self.key] = self.value
                if not self.id and self.table:
                    data[self.table] = holder
            case "unset":
                holder.pop(self.key, None)
            case "add":
                n = numbers[self.key] + 1 if self.key else len(found)
                data.setdefault(self.table, []).insert(n, {"id": self.id, **self.value})
            case _:
                del found[numbers[self.id]]


@st.composite
def wishes(draw: st.DrawFn, data: dict[str, Any]) -> Wish:
    places = [(table, entry["id"]) for table in ("tasks", "goals") for entry in data.get(table, ())]
    table, id_ = draw(st.sampled_from([("", ""), ("term", ""), *places, *places, *places]))
    act = draw(st.sampled_from(["set", "set", "set", "unset", "add", "remove"]))
    if not table:
        return Wish("set", "", "", "timezone", draw(st.sampled_from(["Asia/Macau", "Asia/Taipei"])))
    if not id_:
        key = draw(st.sampled_from(["start", "week1", "end"]))
        day = tomli.loads("d = 2023-02-13")["d"]
        return Wish("unset" if act == "unset" and key == "start" else "set", "term", "", key, day)
    if act in ("set", "unset"):
        present = next(entry for entry in data[table] if entry["id"] == id_)
        key = draw(st.sampled_from([*VALUES, *present, *present]).filter(lambda key: key != "id"))
        return Wish(act, table, id_, key, draw(VALUES[key]))
    if act == "add":
        after = draw(st.sampled_from(["", id_]))
        return Wish(act, table, "new", after, {key: draw(VALUES[key]) for key in ("title", "times")})
    return Wish(act, table, id_)


def decoded(content: bytes) -> dict[str, Any]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return tomli.loads(text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n"))


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """TOML cannot say [[tasks]] without a task; whether a table without a key is there makes no difference."""
    return {key: value for key, value in data.items() if value not in ({}, [])}


def is_one_splice(before: bytes, after: bytes, change: Change, codec: str) -> bool:
    """Whether `after` is `before` with just the source of the change exchanged."""
    old, new = ((source or "").encode(codec) for source in (change.old, change.new))
    start = before.find(old)
    while start >= 0:
        if after == before[:start] + new + before[start + len(old) :]:
            return True
        start = before.find(old, start + 1)
    return False


def codec_of(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if content[0] == 0xFF else "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


@settings(max_examples=200)
@given(plans(), st.data())
def test_an_edit_changes_what_was_asked_for_and_no_other_byte_and_can_be_taken_back(before: bytes, data: Any) -> None:
    editor = PlanEditor(before, "plan.toml")
    assert editor.content == before
    expected = decoded(before)
    states = [before]
    for _n in range(data.draw(st.integers(1, 3))):
        if not any(expected.get(table) for table in ("tasks", "goals")):
            break
        wish = data.draw(wishes(expected))
        if wish.act == "add" and editor.get(wish.table, wish.id):
            continue
        done = len(editor.changes)
        wish.make(editor)
        wish.expect(expected)
        assert same(without_empty(decoded(editor.content)), without_empty(copy.deepcopy(expected)))
        assert len(editor.changes) - done <= 2
        if len(editor.changes) == done + 1:
            assert is_one_splice(states[-1], editor.content, editor.changes[-1], codec_of(states[-1]))
            states.append(editor.content)
        elif len(editor.changes) == done + 2:
            states += [b"", editor.content]
    changes = [Change.from_json(json.loads(json.dumps(change.to_json()))) for change in editor.changes]
    assert changes == editor.changes
    for n, change in reversed(list(enumerate(changes))):
        editor.apply(change.inverse)
        assert not states[n] or editor.content == states[n]
    for n, change in enumerate(changes, 1):
        editor.apply(change)
        assert not states[n] or editor.content == states[n]


@settings(max_examples=60)
@given(plans(), st.data())
def test_a_change_knows_the_values_it_went_between(before: bytes, data: Any) -> None:
    editor = PlanEditor(before, "plan.toml")
    was = decoded(before)
    wish = data.draw(wishes(was))
    wish.make(editor)
    if len(editor.changes) != 1:
        return
    change = editor.changes[0]
    new = PlanEditor(editor.content, "plan.toml").get(change.table, change.id)
    old = PlanEditor(before, "plan.toml").get(change.table, change.id)
    if change.key:
        assert same(change.old_value, (old or {}).get(change.key, NOTHING)) or old is None
        assert same(change.new_value, (new or {}).get(change.key, NOTHING)) or new is None
    else:
        assert change.old_value is NOTHING if old is None else same(change.old_value, old)
        assert change.new_value is NOTHING if new is None else same(change.new_value, new)


@settings(max_examples=60)
@given(plans(), st.data())
def test_edits_in_a_batch_come_to_the_same_bytes(before: bytes, data: Any) -> None:
    one, together = PlanEditor(before, "plan.toml"), PlanEditor(before, "plan.toml")
    wanted = [data.draw(wishes(decoded(before))) for _n in range(2)]
    wanted = [wish for wish in wanted if wish.act in ("set", "unset")]
    for wish in wanted:
        wish.make(one)
    with together.batch():
        for wish in wanted:
            wish.make(together)
    assert together.content == one.content
    assert together.changes == one.changes


@settings(max_examples=200)
@given(mutilated(), st.data())
def test_a_mutilated_plan_is_edited_rightly_or_refused(text: str, data: Any) -> None:
    try:
        editor = PlanEditor(text.encode(), "plan.toml")
    except PlanError:
        return
    tables = ["tasks", "goals", "branches", "term", "ical"]
    for _n in range(2):
        before, was = editor.content, copy.deepcopy(editor.get(""))
        table, id_ = data.draw(st.sampled_from(tables)), data.draw(st.sampled_from(["a", "rights", "b", ""]))
        key = data.draw(st.sampled_from(["id", "title", "goals", "times", "note", "x"]))
        wish = Wish(data.draw(st.sampled_from(["set", "unset", "remove"])), table, id_, key, "新")
        done = len(editor.changes)
        try:
            wish.make(editor)
        except PlanError:
            assert editor.content == before
            assert same(editor.get(""), was)
        for change in reversed(editor.changes[done:]):
            editor.apply(change.inverse)
        assert editor.content == before
