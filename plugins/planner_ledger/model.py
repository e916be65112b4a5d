"""A ledger as a plan defines it: columns, stages, rates, rules. Values only; nothing here knows a row."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from planner.api import Quantity

ColumnType = Literal[
    "text", "date", "choice", "people", "attendances", "count", "number", "money", "percent", "level", "grade"
]
UNITS: Mapping[str, tuple[str, ...]] = {
    "people": ("人",), "attendances": ("人次",), "money": ("元",), "percent": ("%",),
}  # fmt: skip
"""The units of the column types that have no others."""
ORDERED = frozenset(("level", "grade"))
"""Types whose choices have an order, the highest first."""
RESERVED: Mapping[str, str] = {
    "task": "事项", "branch": "分工会", "goals": "目标", "stage": "阶段", "into": "并入",
}  # fmt: skip
"""What every row may have beside its columns, with the headings in sheets."""
TAKEN = frozenset((*RESERVED, "goal", "row"))
"""Words that cannot be the id of a column."""


class Column(NamedTuple):
    """One column. `units` are those that its quantities may have; empty for what is no quantity."""

    id: str
    name: str
    type: ColumnType = "text"
    units: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """For a choice, a level or a grade; levels and grades stand in order, the highest first."""
    open: bool = False
    """True: other choices than those listed may be typed too."""
    required: bool = False
    private: bool = False
    """True: the values never leave the office."""
    default: str = ""
    """Canonical text that counts where a row says nothing."""
    note: str = ""

    @property
    def is_quantity(self) -> bool:
        """Whether its values are numbers with a unit."""
        return bool(self.units)


Condition = Mapping[str, tuple[str, ...]]
"""By the id of a column (or a key of `RESERVED`): the values of which one is wanted; "*" any value, "" none.

Several columns must all agree; a condition without any is always fulfilled.
"""


class Stage(NamedTuple):
    """One station of a pipeline. From it a row goes on to one of `next`, once the columns in `needs` are filled."""

    id: str
    name: str
    next: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Ids of the columns without which a row cannot stand here."""
    when: tuple[Condition, ...] = ()
    """A row can stand here only when it fulfils one of these; empty: always."""


class Rate(NamedTuple):
    """A share in percent: what fulfils one of `part` among what fulfils one of `whole`. What is in part is in whole."""

    id: str
    name: str
    part: tuple[Condition, ...]
    whole: tuple[Condition, ...]
    column: str = ""
    """Id of the quantity that is counted, such as the forms that a row stands for; "": the rows themselves."""


class Rule(NamedTuple):
    """Something that a school laid down. What goes against it is a warning, with the source, and never refused.

    `cap`: the values of `column`, summed over the rows alike in `per` (empty: each row by itself) within `each`, are at
    most `most`. `once`: of rows alike in `per` there is one within `each`.
    """

    kind: Literal["cap", "once"]
    source: str
    column: str = ""
    most: "Quantity | None" = None
    per: tuple[str, ...] = ()
    each: Literal["month", "year", "term", "plan"] = "plan"
    where: Mapping[str, tuple[str, ...]] = {}
    """A `Condition`; empty: every row."""
    since: date | None = None
    until: date | None = None
    """First and last day (inclusive) on which the rule is in force; None: without end."""
    position: int = 0
    """Where it stands among the rules of its ledger, from 0."""


class Stated(NamedTuple):
    """A total that a document states, to be compared with what the rows give."""

    column: str
    value: "Quantity"
    where: Mapping[str, tuple[str, ...]] = {}
    """A `Condition`; empty: every row."""
    source: str = ""


@dataclass(frozen=True)
class Ledger:
    """A whole ledger. `position` is where it stands among the `[[ledgers]]` of the plan, from 0."""

    id: str
    name: str
    columns: tuple[Column, ...]
    position: int = 0
    goal: str = ""
    """Id of the goal that rows serve which name no goal and no task; "": none."""
    private: bool = False
    """True: nothing of it leaves the office but totals."""
    stages: tuple[Stage, ...] = ()
    """The first is where a new row stands."""
    rates: tuple[Rate, ...] = ()
    rules: tuple[Rule, ...] = ()
    stated: tuple[Stated, ...] = ()
    note: str = ""

    @cached_property
    def column_by_id(self) -> dict[str, Column]:
        """Columns by their id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def stage_by_id(self) -> dict[str, Stage]:
        """Stages by their id."""
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def quantities(self) -> tuple[Column, ...]:
        """The columns that can be totalled; percentages cannot."""
        return tuple(c for c in self.columns if c.is_quantity and c.type != "percent")

    @cached_property
    def day(self) -> Column | None:
        """The column that says when: the first date."""
        return next((c for c in self.columns if c.type == "date"), None)

    @cached_property
    def kind(self) -> Column | None:
        """The column that says of which sort: the first choice."""
        return next((c for c in self.columns if c.type == "choice"), None)

    @cached_property
    def title(self) -> Column | None:
        """The column that a row is called by: the first required text, else the first text that is not private."""
        texts = [c for c in self.columns if c.type == "text" and not c.private]
        return next((c for c in texts if c.required), texts[0] if texts else None)
