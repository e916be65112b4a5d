"""The school's own rules for a ledger: caps, and what there may be only once. What goes against one is a warning.

What a rule cannot be held against is told as well: a row without a day where the rule is dated or counts by month, year
or term, and a row that does not say of whom it speaks where the rule counts by person.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.api import (
    Plan,
    Quantity,
    Snapshot,
    Window,
    _,
    add,
    by_unit,
    month_window,
    ngettext,
    printable,
    quantity_words,
)
from planner_ledger.conditions import condition_words, fulfils, row_days, texts_of, value_name
from planner_ledger.masking import MASK, is_masked
from planner_ledger.model import Ledger, Rule
from planner_ledger.rows import Row
from planner_ledger.typed import key_name
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Why = Literal["undated", "partly", "unnamed"]
"""Why a rule says nothing of a row: it has no day; its days lie in several periods; what it is counted by is empty."""


class Broken(NamedTuple):
    """What goes against a rule."""

    rule: Rule
    rows: tuple[Row, ...]
    """Those that do so together, in the order in which they were begun."""
    alike: "Mapping[str, str]"
    """What they have in common, by the id of a column or a key of RESERVED."""
    period: Window | None
    """The month, year or term, inclusive; None: the whole plan, or each row by itself."""
    value: Quantity | None
    """What they come to; None for what is there more than once."""


class Unchecked(NamedTuple):
    """Rows that a rule is about, but that it cannot be held against."""

    rule: Rule
    why: Why
    rows: tuple[Row, ...]


def broken_rules(rows: Iterable[Row], ledger: Ledger, snapshot: Snapshot) -> list[Broken]:
    """What goes against the rules of a ledger, rule by rule."""
    return [one for one in findings(rows, ledger, snapshot) if isinstance(one, Broken)]


def findings(rows: Iterable[Row], ledger: Ledger, snapshot: Snapshot) -> list[Broken | Unchecked]:
    """What goes against the rules, and what they cannot be held against. Merged rows are no rows of their own."""
    own = [row for row in rows if row.ledger == ledger.id and not row.into]
    return [found for rule in ledger.rules for found in _held(rule, own, ledger, snapshot.plan)]


def _held(rule: Rule, rows: Sequence[Row], ledger: Ledger, plan: Plan) -> Iterator[Broken | Unchecked]:
    """One rule, held against the rows."""
    groups: dict[tuple[Window | None, tuple[str, ...]], list[Row]] = {}
    unchecked: dict[Why, list[Row]] = {}
    for row in rows:
        if not fulfils(row, rule.where, ledger) or (rule.column and not _value(row, rule, ledger)):
            continue
        place = _place(rule, row, ledger, plan)
        if place is None:
            continue
        if isinstance(place, str):
            unchecked.setdefault(place, []).append(row)
        else:
            own = (row.id,) if rule.kind == "cap" and not rule.per else ()
            groups.setdefault((place[0], (*place[1], *own)), []).append(row)
    for (period, texts), found in groups.items():
        value = _over(rule, found, ledger) if rule.kind == "cap" else None
        if value or (rule.kind == "once" and len(found) > 1):
            alike = dict(zip(rule.per, texts, strict=False))
            yield Broken(rule, tuple(found), alike, period if rule.per else None, value)
    yield from (Unchecked(rule, why, tuple(found)) for why, found in unchecked.items())


_Place = tuple[Window | None, tuple[str, ...]]


def _place(rule: Rule, row: Row, ledger: Ledger, plan: Plan) -> _Place | Why | None:
    """The period and the texts by which a row is counted; why it cannot be; None: the rule was not in force."""
    days = row_days(row, ledger, plan.term)
    if rule.since or rule.until:
        if days is None:
            return "undated"
        since, until = rule.since or date.min, rule.until or date.max
        if days.end < since or days.start > until:
            return None
        if days.start < since or days.end > until:
            return "partly"
    if not rule.per and rule.kind == "cap":
        return None, ()
    texts = tuple("、".join(texts_of(row, key, ledger)) for key in rule.per)
    if not all(texts):
        return "unnamed"
    if rule.each == "plan":
        return None, texts
    if days is None:
        return "undated"
    period = _period(days, rule.each, plan)
    return (period, texts) if period else "partly"


def _period(days: Window, each: Literal["month", "year", "term", "plan"], plan: Plan) -> Window | None:
    """The month, year or term in which all of `days` lie; None where they do not lie in one."""
    start, end = days
    if each == "term":
        term = plan.term.window
        return term if term.start <= start and end <= term.end else None
    if start.year != end.year or (each == "month" and start.month != end.month):
        return None
    if each == "year":
        return Window(date(start.year, 1, 1), date(start.year, 12, 31))
    return month_window(start.year, start.month)


def _value(row: Row, rule: Rule, ledger: Ledger) -> Quantity | None:
    column = ledger.column_by_id.get(rule.column)
    value = quantity_of(row.text(column), column) if column else None
    return value if value and rule.most and value.unit == rule.most.unit else None


def _over(rule: Rule, rows: Sequence[Row], ledger: Ledger) -> Quantity | None:
    """What the rows come to where that is more than allowed; 余 and 多 are more than the number before them."""
    value = add(value for row in rows if (value := _value(row, rule, ledger)))
    most = rule.most
    if most is None or value.number < most.number:
        return None
    is_more = value.number > most.number or value.about in ("余", "多")
    return value if is_more and not most.about else None


# Words ---------------------------------------------------------------------------------------------------------------


def broken_words(found: Broken, ledger: Ledger, plan: Plan, *, private: bool) -> str:
    """What is wrong, with the rule's source. With `private` also what must not leave the office, else masked."""
    rule = found.rule
    who = _(", ").join(
        f"{key_name(key, ledger)} {value_name(key, text, ledger)}"
        for key, text in shown_alike(found, ledger, plan, private=private).items()
    )
    where = condition_words(rule.where, ledger, found.alike)
    about = _(", ").join(filter(None, [where, who, period_words(found)]))
    if rule.kind == "once":
        n = len(found.rows)
        text = ngettext("{n} row, but it may be there only once", "{n} rows, but it may be there only once", n)
        text = text.format(n=n)
    else:
        column = ledger.column_by_id[rule.column]
        assert found.value is not None  # a cap has both
        assert rule.most is not None
        value, most = quantity_words(found.value), quantity_words(rule.most)
        text = _("{column} {value}, at most {most}").format(column=printable(column.name), value=value, most=most)
    text = f"{about}{_(': ')}{text}" if about else text
    return _("{text} ({source})").format(text=text, source=printable(rule.source)) if rule.source else text


def shown_alike(found: Broken, ledger: Ledger, plan: Plan, *, private: bool) -> dict[str, str]:
    """What the rows have in common; without `private` what must not leave the office is masked."""
    if private:
        return dict(found.alike)
    return {
        key: MASK if is_masked(ledger.column_by_id.get(key) or key, ledger, found.rows[0], plan) else text
        for key, text in found.alike.items()
    }


def unchecked_words(found: Unchecked, ledger: Ledger) -> str:
    """Why the rule says nothing of some rows."""
    n, rule = len(found.rows), found.rule
    if found.why == "undated":
        text = ngettext("{n} row has no date", "{n} rows have no date", n)
    elif found.why == "partly":
        text = ngettext("{n} row has days in and out of the period", "{n} rows have days in and out of the period", n)
    else:
        text = ngettext("{n} row leaves {columns} empty", "{n} rows leave {columns} empty", n)
    named = _(", ").join(key_name(key, ledger) for key in rule.per)
    return _("cannot be checked: {text} ({source})").format(
        text=text.format(n=n, columns=named), source=rule_name(rule, ledger)
    )


def rule_name(rule: Rule, ledger: Ledger) -> str:
    """What a rule is called: its source, else what it is about."""
    if rule.source:
        return printable(rule.source)
    column = ledger.column_by_id.get(rule.column)
    if rule.most and column:
        return _("{column} at most {most}").format(column=printable(column.name), most=quantity_words(rule.most))
    return _("only once: {columns}").format(columns=_(", ").join(key_name(key, ledger) for key in rule.per))


def period_words(found: Broken) -> str:
    """The month, year or term that is meant; "" for the whole plan."""
    if found.period is None:
        return ""
    start, end = found.period
    if found.rule.each == "month":
        return f"{start:%Y-%m}"
    return _("year {year}").format(year=start.year) if found.rule.each == "year" else f"{start}…{end}"


def people_of(rows: Iterable[Row], ledger: Ledger) -> list[Quantity]:
    """How many people rows speak of, for whoever judges a cap; none where no column counts people."""
    columns = [column for column in ledger.columns if column.type == "people"]
    found = (quantity_of(row.text(column), column) for row in rows for column in columns)
    return by_unit(value for value in found if value)
