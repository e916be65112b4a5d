"""What plugins show and ask beside a plan: panes, badges and forms.

Apart from the other specs, because every start of the program makes those, and these would cost 2 ms more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from planner.specs import check_target, require

if TYPE_CHECKING:
    from planner.plan.model import Task
    from planner.session import Session
    from planner.snapshot import Snapshot

About = Literal["plan", "task"]
"""What a pane or a form is about: the plan as a whole, or one task."""
Role = Literal["", "heading", "muted", "good", "warning", "bad", "strong"]
"""What a text is, for whoever chooses colours: no colour says anything by itself."""
_ROLES: tuple[str, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class PaneLine:
    """A line of a pane. The text may hold anything a person typed; it is wrapped and made harmless where it is shown.

    With `task`, the id of one, a person can go from the line to that task.
    """

    text: str
    role: Role = ""
    task: str = ""

    def __post_init__(self) -> None:
        _check_text(self.text, self.role)


@dataclass(frozen=True)
class PaneSpec:
    """Something to look at beside a plan, or beside one task.

    `target` names a function as "module:attribute": `(snapshot: Snapshot) -> Iterable[PaneLine]` about the plan,
    `(snapshot: Snapshot, task: Task) -> Iterable[PaneLine]` about a task. It is imported when somebody looks.
    """

    name: str
    title: str
    target: str
    about: About = "plan"

    def __post_init__(self) -> None:
        _check_name(self.name)
        _check_about(self.name, self.about)
        check_target(self.target)


@dataclass(frozen=True, slots=True)
class Badge:
    """A word or two beside the title of a task, wherever the task is listed."""

    task: str
    """Id of the task."""
    text: str
    role: Role = ""

    def __post_init__(self) -> None:
        _check_text(self.text, self.role)


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that a form asks for. Every answer is text; an empty one means that nothing was said."""

    name: str
    label: str
    kind: Literal["text", "choice", "date", "number", "yes-no"] = "text"
    """How it is best asked for; a date is answered as 2023-03-08, yes as "yes"."""
    choices: tuple[tuple[str, str], ...] = ()
    """For a choice: pairs of answer and label."""
    value: str = ""
    """The answer that stands there at first."""
    required: bool = False
    hint: str = ""

    def __post_init__(self) -> None:
        known = [answer for answer, _label in self.choices]
        good = self.kind != "choice" or (bool(known) and self.value in ("", *known))
        require(good, f"field {self.name!r}: want choices, and the value among them")


Submit = Callable[["Session", "Snapshot", "Task | None", Mapping[str, str]], str]
"""Takes the answers by name, acts (`session.record` …) and returns a sentence on what was done.

Raises PlannerError with message and hint for answers that cannot be taken; then nothing was changed.
"""


@dataclass(frozen=True)
class Form:
    """Something that can be done by answering a few questions: a row of a ledger, a folder of calendars."""

    name: str
    title: str
    fields: tuple[FormField, ...]
    submit: Submit
    about: About = "plan"

    def __post_init__(self) -> None:
        _check_name(self.name)
        _check_about(self.name, self.about)
        names = [field.name for field in self.fields]
        require(len(set(names)) == len(names), f"form {self.name!r}: two fields have one name")


def _check_text(text: object, role: object) -> None:
    """What is wrong is the plugin's mistake where it makes the text, and not that of whoever draws it."""
    require(isinstance(text, str), f"text {text!r:.60}: want a str")
    require(role in _ROLES, f"role {role!r:.60}: want one of {', '.join(map(repr, _ROLES))}")


def _check_name(name: str) -> None:
    good = name.isascii() and name.replace("-", "").replace("_", "").replace(".", "").isalnum()
    require(good, f"name {name!r}: want letters, digits, '-', '_', '.'")


def _check_about(name: str, about: str) -> None:
    require(about in get_args(About), f"{name!r} is about {about!r}: want 'plan' or 'task'")
