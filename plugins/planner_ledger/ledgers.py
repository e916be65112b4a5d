"""The ledgers of a plan: what it says itself, laid over the ready-made ones that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from planner.api import Term, UsageError, _, nearest, printable
from planner_ledger.awards import GRADES, LEVELS
from planner_ledger.model import RESERVED, TAKEN, UNITS, Column, Condition, Ledger, Rate, Rule, Stage, Stated
from planner_ledger.ready import FILES, definition

if TYPE_CHECKING:
    from planner.api import Plan, Quantity

Table = Mapping[str, Any]
BY_ID = ("columns", "stages", "rates")
"""Lists whose entries have ids: what a plan says about one of them changes it, key by key, or adds it at the end."""
IN_ORDER = ("rules", "stated")
"""Lists without ids: those of the plan come after those of the definition."""
_CHOICES: Mapping[str, tuple[str, ...]] = {"level": LEVELS, "grade": GRADES}
_known: WeakKeyDictionary[Plan, tuple[Ledger, ...]] = WeakKeyDictionary()
_Entry = TypeVar("_Entry", Ledger, Column)
_SHOWN = 20


def ledgers_of(plan: Plan) -> tuple[Ledger, ...]:
    """The ledgers of a plan, in the order of its file.

    What `planner check` tells of is left out here, such as a rule about a column that there is not; of two ledgers with
    one id the first counts.
    """
    if plan not in _known:
        tables: Sequence[Table] = plan.tables.get("ledgers", ())
        made: dict[str, Ledger] = {}
        for position, own in enumerate(tables):
            if own["id"] not in made:
                made[own["id"]] = _ledger(whole_table(own), position, plan.term)
        _known[plan] = tuple(made.values())
    return _known[plan]


def whole_table(own: Table) -> dict[str, Any]:
    """One of a plan's `[[ledgers]]`, laid over the definition that it uses."""
    base = definition(own["use"]) if "use" in own else None
    if base is None:
        return {"name": own.get("use", own["id"]), **own}
    whole = {**base, **own}
    for key in BY_ID:
        whole[key] = _overlaid(base.get(key, ()), own.get(key, ()))
    for key in IN_ORDER:
        whole[key] = [*base.get(key, ()), *own.get(key, ())]
    return whole


def _overlaid(base: Sequence[Table], own: Sequence[Table]) -> list[Table]:
    entries: dict[str, Table] = {entry["id"]: entry for entry in base}
    for entry in own:
        entries[entry["id"]] = {**entries.get(entry["id"], {}), **entry}
    return list(entries.values())


def _ledger(table: Table, position: int, term: Term) -> Ledger:
    """The ledger that a whole table describes."""
    raw = {entry["id"]: entry for entry in table.get("columns", ()) if entry["id"] not in TAKEN}
    columns = {id_: column_of(entry, term) for id_, entry in raw.items()}
    return Ledger(
        id=table["id"],
        name=table["name"],
        columns=tuple(columns.values()),
        position=position,
        goal=table.get("goal", ""),
        private=table.get("private", False),
        stages=tuple(_stages(table.get("stages", ()), columns, term)),
        rates=tuple(_rate(entry, columns, term) for entry in table.get("rates", ())),
        rules=tuple(_rules(table.get("rules", ()), columns, term)),
        stated=tuple(_stated(table.get("stated", ()), columns, term)),
        note=table.get("note", ""),
    )


def column_of(entry: Table, term: Term) -> Column:
    """The column that a table describes; its default is left out where it is no value of that column."""
    kind = entry.get("type", "text")
    units = UNITS.get(kind, tuple(entry.get("units", ())) if kind in ("count", "number") else ())
    column = Column(
        id=entry["id"],
        name=entry.get("name", entry["id"]),
        type=kind,
        units=units,
        choices=tuple(entry.get("choices", _CHOICES.get(kind, ()))),
        open=entry.get("open", False),
        required=entry.get("required", False),
        private=entry.get("private", False),
        note=entry.get("note", ""),
    )
    default = entry.get("default", "")
    return column._replace(default=kept(default, column, term) or "") if default else column


def kept(text: str, column: Column, term: Term) -> str | None:
    """The canonical text of a value that a plan names; None where the column cannot hold it."""
    from planner_ledger.values import canonical

    try:
        return canonical(text, column, term)
    except ValueError:
        return None


def quantity_in(text: str, column: Column | None) -> Quantity | None:
    """The quantity that a plan names for a column; None where that column counts no such thing."""
    from planner_ledger.values import quantity_of

    return quantity_of(text, column) if column else None


def _stages(entries: Sequence[Table], columns: Mapping[str, Column], term: Term) -> Iterator[Stage]:
    ids = {entry["id"] for entry in entries}
    for entry in entries:
        yield Stage(
            id=entry["id"],
            name=entry.get("name", entry["id"]),
            next=tuple(id_ for id_ in entry.get("next", ()) if id_ in ids),
            needs=tuple(id_ for id_ in entry.get("needs", ()) if id_ in columns),
            when=conditions(entry.get("when", ()), columns, term),
        )


def _rate(entry: Table, columns: Mapping[str, Column], term: Term) -> Rate:
    counted = columns.get(entry.get("column", ""))
    return Rate(
        id=entry["id"],
        name=entry.get("name", entry["id"]),
        part=conditions(entry.get("part", ()), columns, term),
        whole=conditions(entry.get("whole", ()), columns, term),
        column=counted.id if counted and counted.is_quantity else "",
    )


def conditions(raw: Table | Sequence[Table], columns: Mapping[str, Column], term: Term) -> tuple[Condition, ...]:
    """One condition or several, of which one is to be fulfilled."""
    listed: Sequence[Table] = [raw] if isinstance(raw, Mapping) else raw
    return tuple(condition(one, columns, term) for one in listed)


def condition(raw: Table, columns: Mapping[str, Column], term: Term) -> Condition:
    """A condition with its values as rows keep them."""
    made = {}
    for key, value in raw.items():
        texts = [value] if isinstance(value, str) else value
        column = columns.get(key)
        made[key] = tuple((column and text != "*" and kept(text, column, term)) or text for text in texts)
    return made


def _rules(entries: Sequence[Table], columns: Mapping[str, Column], term: Term) -> Iterator[Rule]:
    for position, entry in enumerate(entries):
        alike = rows_alike(entry)
        is_cap = entry["kind"] == "cap"
        most = quantity_in(entry.get("most", ""), columns.get(entry.get("column", ""))) if is_cap else None
        days = [day_of(entry.get(key)) for key in ("from", "until")]
        known = all(id_ in columns or id_ in RESERVED for id_ in alike)
        dated = all(day or key not in entry for key, day in zip(("from", "until"), days, strict=True))
        if known and dated and (most if is_cap else alike):
            yield Rule(
                kind=entry["kind"],
                source=entry.get("source", ""),
                column=entry["column"] if is_cap else "",
                most=most,
                per=alike,
                each=entry.get("each" if is_cap else "within", "plan"),
                where=condition(entry.get("where", {}), columns, term),
                since=days[0],
                until=days[1],
                position=position,
            )


def rows_alike(entry: Table) -> tuple[str, ...]:
    """Ids of the columns in which rows are alike that a rule takes together; empty: it looks at each row by itself."""
    named = entry.get("columns" if entry["kind"] == "once" else "per", ())
    return () if isinstance(named, str) else tuple(named)


def day_of(text: str | None) -> date | None:
    """A day as plans write it; None for none, and for one that there is not."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _stated(entries: Sequence[Table], columns: Mapping[str, Column], term: Term) -> Iterator[Stated]:
    for entry in entries:
        value = quantity_in(entry["value"], columns.get(entry["column"]))
        if value is not None:
            where = condition(entry.get("where", {}), columns, term)
            yield Stated(entry["column"], value, where, entry.get("source", ""))


def ready_ledgers() -> tuple[Ledger, ...]:
    """The ready-made ledgers, each as a plan has it that says nothing more."""
    term = Term(date.min, date.max)  # nothing in a definition hangs on it
    tables = (whole_table({"id": file, "use": name}) for name, file in FILES.items())
    return tuple(_ledger(table, position, term) for position, table in enumerate(tables))


def find_ready(words: str) -> Ledger:
    """The one ready-made ledger that `words` name by id, name or part of its name. Raises UsageError."""
    return _find(words, ready_ledgers(), _("There is no ready-made ledger “{name}”."))


def find_ledger(words: str, plan: Plan) -> Ledger:
    """The one ledger that `words` names by id, name or part of its name. Raises UsageError, which lists them."""
    ledgers = ledgers_of(plan)
    if not ledgers:
        hint = _('Add one to the plan’s file, for example:\n\n[[ledgers]]\nid = "{id}"\nuse = "{name}"\n\n{more}')
        more = _("`planner ledger definitions` lists the ready-made ones.")
        raise UsageError(_("This plan has no ledger."), hint.format(id="visits", name="慰问", more=more))
    return _find(words, ledgers, _("There is no ledger {name} in this plan."))


def find_column(words: str, ledger: Ledger) -> Column:
    """The one column that `words` names by id, name or part of its name. Raises UsageError, which lists them."""
    return _find(words, ledger.columns, _("The ledger {ledger} has no column {name}."), ledger=ledger.name)


def _find(words: str, entries: Sequence[_Entry], message: str, **fields: str) -> _Entry:
    """The one of `entries` that is meant; `message`, with the `fields`, where it is none."""
    words = words.strip()
    for found in (
        [entry for entry in entries if words == entry.id],
        [entry for entry in entries if words == entry.name],
        [entry for entry in entries if words and words in entry.name],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            several = _("“{name}” may be one of several.").format(name=printable(words))
            raise UsageError(several, _listed(found))
    likely = nearest(words, [text for entry in entries for text in (entry.id, entry.name)])
    hint = _("did you mean {word}?").format(word=printable(likely)) if likely else _listed(entries)
    told = {key: printable(text) for key, text in (("name", words), *fields.items())}
    raise UsageError(message.format(**told), hint)


def _listed(entries: Sequence[_Entry]) -> str:
    names = _(", ").join(f"{entry.id} {printable(entry.name)}" for entry in entries[:_SHOWN])
    return _("They are: {names}.").format(names=names + (" …" if len(entries) > _SHOWN else ""))
