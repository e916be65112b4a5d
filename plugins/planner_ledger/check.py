"""What is wrong in a plan's `[[ledgers]]` that their schema cannot say: each with its place and what may help."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from planner.api import YUAN, Diagnostic, Severity, _, nearest, quantity_text, read_quantity
from planner_ledger.ledgers import BY_ID, Table, day_of, ledgers_of, rows_alike, whole_table
from planner_ledger.model import RESERVED, TAKEN
from planner_ledger.ready import FILES, definition
from planner_ledger.values import canonical

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Column, Ledger

_CHOOSING = ("choice", "level", "grade")
_COUNTING = ("count", "number")
_NEEDED = {"cap": ("column", "most"), "once": ("columns",)}
"""The keys that a rule of each kind must have."""
_ALIEN = {"cap": ("columns", "within"), "once": ("column", "most", "per", "each")}
"""The keys that mean nothing in it."""
_SCALES = ("万", "亿", "千万", "百万")
_NUMERALS = frozenset("一二三四五六七八九十百千零两")
_FEW = 25
Path = tuple[str | int, ...]


def check(plan: Plan) -> Iterator[Diagnostic]:
    """All problems of the plan's ledgers."""
    made = {ledger.position: ledger for ledger in ledgers_of(plan)}
    lines: dict[str, int] = {}
    names: set[str] = set()
    for n, own in enumerate(plan.tables["ledgers"]):
        found = Problems(plan, own, n)
        if n not in made:
            yield found.twice(own["id"], ("id",), lines[own["id"]])
            continue
        lines[own["id"]] = n
        if made[n].name in names:
            message = _("Two ledgers are called {name}; commands and sheets cannot tell them apart.")
            yield found.one("P712", message.format(name=made[n].name), ("id",), _("Give one of them another `name`."))
        names.add(made[n].name)
        yield from _ledger(found, made[n])


class Problems:
    """Makes the diagnostics of one ledger: what stands in the plan is told there, the rest where it is used."""

    def __init__(self, plan: Plan, own: Table, position: int) -> None:
        self.plan = plan
        self.own = own
        self.whole = whole_table(own)
        self._position = position

    def entries(self, key: str) -> Iterator[tuple[Path, Table]]:
        """The entries of a list as they are meant, each with its path; () where it comes from the definition alone."""
        own, whole = self.own.get(key, ()), self.whole.get(key, ())
        if key in BY_ID:
            places: dict[str, int] = {}
            for m, entry in enumerate(own):
                places.setdefault(entry["id"], m)
            yield from (((key, places[e["id"]]) if e["id"] in places else (), e) for e in whole)
        else:
            before = len(whole) - len(own)
            yield from (((key, m - before) if m >= before else (), e) for m, e in enumerate(whole))

    def one(self, code: str, message: str, path: Path, hint: str | None = None, *, warn: bool = False) -> Diagnostic:
        """A problem at `path` in the ledger's table.

        With () the definition says what does not fit into this plan: a warning, told where it is used.
        """
        severity = Severity.WARNING if warn or not path else Severity.ERROR
        place = self.plan.text.value("ledgers", self._position, *(path or ("use",)))
        if not path and hint is None:
            hint = _("The ready-made ledger says so in a stage or a rate; write that anew, with the same id.")
        return Diagnostic(code, severity, message, place, hint)

    def unknown(self, code: str, message: str, path: Path, name: str, known: Collection[str]) -> Diagnostic:
        """A name that is none of `known`."""
        likely = nearest(name, known)
        hint = _("did you mean {word}?").format(word=likely) if likely else None
        if likely is None and 0 < len(known) <= _FEW:
            hint = _("They are: {names}.").format(names=" ".join(known))
        return self.one(code, message.format(id=name, name=name), path, hint)

    def twice(self, id_: str, path: Path, first: int) -> Diagnostic:
        """An id that stands in the entry `first` of the same list already."""
        around: Path = ("ledgers",) if path == ("id",) else ("ledgers", self._position, *path[:-2])
        line = self.plan.text.value(*around, first, "id").line
        message = _("The id {id} stands on line {line} already.").format(id=id_, line=line)
        return self.one("P702", message, path, _("Every id may stand only once; choose another."))


def _ledger(found: Problems, ledger: Ledger) -> Iterator[Diagnostic]:
    own, plan = found.own, found.plan
    if ledger.goal and plan.whole and ledger.goal not in plan.goal_by_id:
        yield found.unknown("P705", _("There is no goal with the id {id}."), ("goal",), ledger.goal, plan.goal_by_id)
    if "use" in own and own["use"] not in FILES:
        yield found.unknown("P701", _("There is no ready-made ledger “{name}”."), ("use",), own["use"], FILES)
        return  # what is written for it would all seem to be new
    if not found.whole.get("columns"):
        hint = _("Name a ready-made one with `use`, or write [[ledgers.columns]].")
        yield found.one("P704", _("This ledger has no columns."), ("id",), hint)
    for key in BY_ID:
        first: dict[str, int] = {}
        for m, entry in enumerate(own.get(key, ())):
            if first.setdefault(entry["id"], m) != m:
                yield found.twice(entry["id"], (key, m, "id"), first[entry["id"]])
    yield from _columns(found, ledger)
    yield from _stages(found, ledger)
    yield from _rates(found, ledger)
    yield from _rules(found, ledger)
    yield from _stated(found, ledger)


def _columns(found: Problems, ledger: Ledger) -> Iterator[Diagnostic]:
    names: dict[str, str] = {name: key for key, name in RESERVED.items()}
    for path, entry in found.entries("columns"):
        if entry["id"] in TAKEN:
            message = _("{id} cannot be the id of a column: every row has that already.").format(id=entry["id"])
            yield found.one("P703", message, at(path, "id"), _("Choose another id."))
            continue
        column = ledger.column_by_id[entry["id"]]
        if column.name in names:
            message = _("Two columns are called {name}; commands and sheets cannot tell them apart.")
            yield found.one("P712", message.format(name=column.name), at(path, "name"), _("Choose another name."))
        names[column.name] = column.id
        if path:
            yield from _named(found, path, entry)
            yield from _fitting(found, path, entry, column)


def _named(found: Problems, path: Path, entry: Table) -> Iterator[Diagnostic]:
    if "name" not in entry:
        message = _("{id} is new here and needs a name.").format(id=entry["id"])
        known = [e["id"] for e in (definition(found.own.get("use", "")) or {}).get(str(path[0]), ())]
        likely = nearest(entry["id"], known)
        hint = _("did you mean {word}?").format(word=likely) if likely else _("For example: {example}")
        yield found.one("P704", message, (*path, "id"), hint.format(example='name = "…"'))


def _fitting(found: Problems, path: Path, entry: Table, column: Column) -> Iterator[Diagnostic]:
    """Keys that a column of this type lacks, or that mean nothing in it."""
    own, kind = found.own["columns"][path[1]], column.type
    if kind in _COUNTING and not column.units:
        hint = _("For example: {example}").format(example='units = ["件"]')
        yield found.one("P704", _("A column of type {type} needs units.").format(type=kind), (*path, "type"), hint)
    if kind == "choice" and not column.choices and not column.open:
        hint = _("For example: {example}").format(example='choices = ["是", "否"]')
        yield found.one("P704", _("A column of type choice needs choices, or open = true."), (*path, "type"), hint)
    for key, kinds in (("units", _COUNTING), ("choices", _CHOOSING), ("open", _CHOOSING)):
        if own.get(key) and kind not in kinds and own[key] != [*column.units]:
            message = _("{key} means nothing in a column of type {type}.").format(key=key, type=kind)
            hint = _("Only columns of these types have it: {types}.").format(types=" ".join(kinds))
            yield found.one("P711", message, (*path, key), hint)
    for k, unit in enumerate(own.get("units", ()) if kind in _COUNTING else ()):
        if not is_unit(unit):
            message = _("{unit} is no unit: after a number it means something else.").format(unit=unit)
            hint = _("Choose another word; for 元 and 万元 the type is money.")
            yield found.one("P711", message, (*path, "units", k), hint)
    if entry.get("default"):
        yield from _value(found, (*path, "default"), entry["default"], column, "P708")


def is_unit(word: str) -> bool:
    """Whether a number before this word counts it: 万 and 多 say something of the number, 元 is money."""
    if word.startswith(_SCALES) or word in _NUMERALS or word == YUAN:
        return False
    try:
        return quantity_text(read_quantity(f"12{word}", (word,))) == f"12{word}"
    except ValueError:
        return False


def _value(found: Problems, path: Path, text: str, column: Column, code: str) -> Iterator[Diagnostic]:
    """A text that is to be a value of a column."""
    try:
        canonical(text, column, found.plan.term)
    except ValueError as error:
        message = _("The column {name} cannot hold that: {reason}").format(name=column.name, reason=error)
        yield found.one(code, message, path)


def _stages(found: Problems, ledger: Ledger) -> Iterator[Diagnostic]:
    ids = ledger.stage_by_id
    known = True
    for path, entry in found.entries("stages"):
        if path:
            yield from _named(found, path, entry)
        for k, id_ in enumerate(entry.get("next", ())):
            if id_ not in ids:
                known = False
                yield found.unknown("P706", _("There is no stage with the id {id}."), at(path, "next", k), id_, ids)
        for k, id_ in enumerate(entry.get("needs", ())):
            yield from _column(found, at(path, "needs", k), id_, ledger)
        yield from _conditions(found, at(path, "when"), entry.get("when", ()), ledger)
    reached = set(_reached(ledger))
    for path, entry in found.entries("stages"):
        if known and entry["id"] not in reached:  # else the stage is there, only misspelt
            message = _("No stage leads to {id}.").format(id=entry["id"])
            hint = _("Name it in `next` of the stage before it.")
            yield found.one("P710", message, at(path, "id"), hint, warn=True)


def _reached(ledger: Ledger) -> Iterator[str]:
    """The stages to which a row can come from the first."""
    waiting, seen = [stage.id for stage in ledger.stages[:1]], set[str]()
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen.add(id_)
            waiting += ledger.stage_by_id[id_].next
            yield id_


def _rates(found: Problems, ledger: Ledger) -> Iterator[Diagnostic]:
    for path, entry in found.entries("rates"):
        if path:
            yield from _named(found, path, entry)
            for key in ("part", "whole"):
                if key not in entry:
                    message = _("The rate {id} needs {key}.").format(id=entry["id"], key=key)
                    yield found.one("P704", message, (*path, "id"), _("`part` is counted among `whole`."))
        yield from _counted(found, path, entry, ledger)
        for key in ("part", "whole"):
            yield from _conditions(found, at(path, key), entry.get(key, ()), ledger)


def _rules(found: Problems, ledger: Ledger) -> Iterator[Diagnostic]:
    for path, entry in found.entries("rules"):
        kind: str = entry["kind"]
        for key in _NEEDED[kind]:
            if key not in entry:
                message = _("A rule of kind {kind} needs {key}.").format(kind=kind, key=key)
                yield found.one("P704", message, at(path, "kind"))
        for key in _ALIEN[kind]:
            if key in entry:
                message = _("{key} means nothing in a rule of kind {kind}.").format(key=key, kind=kind)
                hint = _("It has: {keys}.").format(keys=" ".join(_ALIEN["once" if kind == "cap" else "cap"]))
                yield found.one("P711", message, at(path, key), hint)
        for k, id_ in enumerate(rows_alike(entry)):
            yield from _column(found, at(path, "columns" if kind == "once" else "per", k), id_, ledger, beside=RESERVED)
        if kind == "cap":
            yield from _counted(found, path, entry, ledger, "most")
        yield from _days(found, path, entry)
        yield from _conditions(found, at(path, "where"), entry.get("where", {}), ledger)


def _days(found: Problems, path: Path, entry: Table) -> Iterator[Diagnostic]:
    for key in ("from", "until"):
        if key in entry and day_of(entry[key]) is None:
            message = _("There is no such day: {day}.").format(day=entry[key])
            yield found.one("P709", message, at(path, key), _("Check the date."))
    since, until = day_of(entry.get("from")), day_of(entry.get("until"))
    if since and until and since > until:
        message = _("The rule ends on {until}, before it begins on {since}.").format(until=until, since=since)
        yield found.one("P709", message, at(path, "until"), _("Check the dates."))


def _stated(found: Problems, ledger: Ledger) -> Iterator[Diagnostic]:
    for path, entry in found.entries("stated"):
        yield from _counted(found, path, entry, ledger, "value")
        yield from _conditions(found, at(path, "where"), entry.get("where", {}), ledger)


def _counted(found: Problems, path: Path, entry: Table, ledger: Ledger, value: str = "") -> Iterator[Diagnostic]:
    """The column of which an entry counts the quantities, and the `value` (a key) that is one of them."""
    if "column" not in entry:
        return
    column = ledger.column_by_id.get(entry["column"])
    if column is None:
        yield from _column(found, at(path, "column"), entry["column"], ledger)
    elif not column.is_quantity:
        message = _("The column {name} is no quantity.").format(name=column.name)
        known = [c.id for c in ledger.columns if c.is_quantity]
        hint = _("Quantities are: {names}.").format(names=" ".join(known)) if known else None
        yield found.one("P711", message, at(path, "column"), hint)
    elif value and value in entry:
        yield from _value(found, at(path, value), entry[value], column, "P708")


def _column(
    found: Problems, path: Path, id_: str, ledger: Ledger, beside: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """An id that is to be that of a column, or one of those `beside`."""
    if id_ not in ledger.column_by_id and id_ not in beside:
        known = [*ledger.column_by_id, *beside]
        yield found.unknown("P706", _("There is no column with the id {id}."), path, id_, known)


def _conditions(found: Problems, path: Path, raw: Table | Sequence[Table], ledger: Ledger) -> Iterator[Diagnostic]:
    """One condition or a list of them: each key a column, each value one that can stand there."""
    single = isinstance(raw, Mapping)
    for k, one in enumerate([raw] if isinstance(raw, Mapping) else raw):
        for key, wanted in one.items():
            place = at(path, *(() if single else (k,)), key)
            yield from _column(found, place, key, ledger, beside=RESERVED)
            texts = [wanted] if isinstance(wanted, str) else wanted
            for m, text in enumerate(texts):
                if text not in ("", "*"):
                    spot = place if isinstance(wanted, str) else at(place, m)
                    yield from _wanted(found, spot, key, text, ledger)


def _wanted(found: Problems, path: Path, key: str, text: str, ledger: Ledger) -> Iterator[Diagnostic]:
    plan = found.plan
    known: Mapping[str, tuple[str, Mapping[str, object]]] = {
        "stage": (_("There is no stage with the id {id}."), ledger.stage_by_id),
        "goals": (_("There is no goal with the id {id}."), plan.goal_by_id),
        "task": (_("There is no task with the id {id}."), plan.task_by_id),
        "branch": (_("There is no sub-union with the id {id}."), plan.branch_by_id),
    }
    if column := ledger.column_by_id.get(key):
        yield from _value(found, path, text, column, "P707")
    elif key in known and text not in known[key][1] and (plan.whole or key == "stage"):
        yield found.unknown("P706", known[key][0], path, text, known[key][1])


def at(path: Path, *rest: str | int) -> Path:
    """Further into an entry; () stays (), for what stands in no plan."""
    return (*path, *rest) if path else ()
