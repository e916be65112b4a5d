"""What plugins count: typed values that goals can be measured by, each with the row that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.specs import require

if TYPE_CHECKING:
    from planner.dates.window import Window
    from planner.quantity import Quantity


@dataclass(frozen=True, slots=True)
class GoalMeasure:
    """One thing that was counted. Those of one name count the same and can be totalled, unit by unit (`by_unit`).

    A rate is not a sum: its quantity is a percentage, with the `part` and the `whole` that it was made of. Measures go
    into reports, so nothing private stands in one. Raises ValueError for a name that is not ASCII, and for a part
    without a whole.
    """

    name: str
    """What is counted, for programs and for targets: visits.people."""
    title: str
    """The same for people: 慰问 人数."""
    quantity: Quantity
    """How much it is: 39人, 130989元, 88.9%."""
    goals: tuple[str, ...] = ()
    """Ids of the goals that it serves; empty: those of its task, if it has one."""
    task: str = ""
    """Id of the task that it belongs to, or ""."""
    branch: str = ""
    """Id of the branch that it belongs to; "": the union office."""
    days: Window | None = None
    """When it was, inclusive; None where nobody said."""
    kind: str = ""
    """Of which sort it is, in the words of the ledger: 生病住院."""
    source: str = ""
    """What it comes from: the id of a row. Several measures of one row share it; a rate has none."""
    part: Quantity | None = None
    """Of a rate: what is counted among the `whole`, in the same unit. None for what is no rate."""
    whole: Quantity | None = None

    def __post_init__(self) -> None:
        require(bool(self.name) and self.name.isascii() and self.name.isprintable(), f"name {self.name!r}: want ASCII")
        require((self.part is None) == (self.whole is None), f"{self.name}: want both part and whole, or neither")
