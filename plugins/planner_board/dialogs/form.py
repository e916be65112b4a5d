"""A few questions on one panel, as a plugin asks them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from planner.api import Form, FormField, Snapshot, UsageError, _, full_day, read_words
from planner_board.dialogs.choose import Choose, Option
from planner_board.dialogs.panel import Dialog, Line, Lines, folded
from planner_board.drawing.cells import cut, steady

_YES = "yes"


class Choice(Static, can_focus=True):
    """One of several answers: left and right go through them, Enter and the mouse show them all."""

    DEFAULT_CSS = """
    Choice { height: 1; padding: 0 1; background: $background; }
    Choice:focus { background: $primary; color: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("enter", "list", show=False),
    ]

    class Changed(Message):
        """Another answer was chosen."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]], value: str, *, id: str) -> None:  # noqa: A002  as in the library
        super().__init__(id=id, markup=False)
        self.label = label
        self.choices = tuple(choices)
        self.value = value

    def on_resize(self) -> None:
        """The answer of now, cut to the room there is."""
        label = dict(self.choices).get(self.value, self.value)
        self.update(Text(cut(f"◂ {steady(label)} ▸", max(self.size.width, 8))))

    def choose(self, value: str) -> None:
        """Take another answer."""
        self.value = value
        self.on_resize()
        self.post_message(self.Changed())

    def action_turn(self, by: int) -> None:
        """The next answer, or the one before."""
        answers = [answer for answer, _label in self.choices]
        here = answers.index(self.value) if self.value in answers else -1 if by > 0 else 0
        if answers:
            self.choose(answers[(here + by) % len(answers)])

    def action_list(self) -> None:
        """All answers."""
        options = [Option(str(n), label) for n, (_answer, label) in enumerate(self.choices)]

        def done(found: list[str] | None) -> None:
            if found:
                self.choose(self.choices[int(found[0])][0])

        self.app.push_screen(Choose(self.label, options), done)

    def on_click(self, event: events.Click) -> None:
        """The mouse: the signs at the ends turn, the rest shows all."""
        event.stop()
        if event.x <= 2:
            self.action_turn(-1)
        else:
            self.action_list()


class FormDialog(Dialog[bool]):
    """Asks for the fields of a form, hands the answers to `submit`; while it raises PlannerError nothing is lost."""

    DEFAULT_CSS = """
    FormDialog #fields { height: auto; scrollbar-size-vertical: 1; }
    FormDialog #fields Lines { margin: 0 0 0 0; }
    """

    def __init__(
        self, heading: str, form: Form, submit: Callable[[Mapping[str, str]], None], snapshot: Snapshot
    ) -> None:
        super().__init__(heading)
        self.form = form
        self._submit = submit
        self._snapshot = snapshot
        self._complaints = 0
        """Rows that what is wrong takes."""

    def parts(self) -> Iterable[Widget]:
        """A question and a line for each field."""
        widgets: list[Widget] = []
        for n, field in enumerate(self.form.fields):
            widgets.append(Lines(_question(field), "muted", id=f"question-{n}"))
            widgets.append(self._line(field, f"field-{n}"))
            if field.kind == "date":
                widgets.append(Lines(id=f"reading-{n}"))
        yield VerticalScroll(*widgets, id="fields", can_focus=False)

    def _line(self, field: FormField, id_: str) -> Widget:
        if field.kind == "choice":
            choices = field.choices if field.required else (("", _("(nothing)")), *field.choices)
            first = field.choices[0][0] if field.required and field.choices else ""
            return Choice(field.label, choices, field.value or first, id=id_)
        if field.kind == "yes-no":
            return Choice(field.label, ((_YES, _("yes")), ("", _("no"))), field.value, id=id_)
        return Line(field.value, id=id_)

    def on_mount(self) -> None:
        """Begin with the first question."""
        first = self.query("Line, Choice")
        if first:
            first.first().focus()
        for n in range(len(self.form.fields)):
            self._read(n)

    def fit(self) -> None:
        """As high as the questions, as far as there is room: what is wrong must not push the words at the end away."""
        self.query_one("#fields").styles.max_height = max(self.room[1] - 1 - self._complaints, 3)

    def complain(self, *lines: str) -> None:
        """Show lines as what is wrong; the questions make room for them."""
        super().complain(*lines)
        self._complaints = len(folded(lines, self.room[0]).splitlines())
        self.fit()

    @on(Choice.Changed)
    def _turned(self) -> None:
        self.complain()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.complain()
        self._read(int((event.input.id or "field-0").removeprefix("field-")))

    def _read(self, n: int) -> None:
        field = self.form.fields[n]
        if field.kind == "date":
            text = self._value(n)
            day = self._day(text)
            said = _("no single day") if text and day is None else ""
            reading = self.query_one(f"#reading-{n}", Lines)
            reading.show(day or said, "good" if day else "warning")
            reading.display = bool(text)

    def _value(self, n: int) -> str:
        widget = self.query_one(f"#field-{n}")
        return widget.value.strip() if isinstance(widget, (Line, Choice)) else ""

    def _day(self, text: str) -> str | None:
        """The day that a person means, as 2023-03-08 with its weekday; None for what is none."""
        if not text:
            return None
        reading = read_words(text, None, self._snapshot.plan, self._snapshot.today)
        if not reading.certain or len(reading.windows) != 1 or reading.windows[0].days != 1:
            return None
        return full_day(reading.windows[0].start)

    def answers(self) -> dict[str, str]:
        """What was typed, by the names of the fields. Raises UsageError for what cannot be an answer."""
        found = {}
        for n, field in enumerate(self.form.fields):
            text = self._value(n)
            if field.required and not text:
                raise UsageError(_("“{label}” is wanted.").format(label=field.label))
            if field.kind == "date" and text:
                day = self._day(text)
                if day is None:
                    raise UsageError(_("“{text}” is no single day: {label}").format(text=text, label=field.label))
                text = day.split()[0]
            elif field.kind == "number":
                text = unicodedata.normalize("NFKC", text)
            found[field.name] = text
        return found

    def action_accept(self) -> None:
        """Enter: hand in the answers."""
        if self.attempt(lambda: self._submit(self.answers())):
            self.end(result=True)


def _question(field: FormField) -> str:
    """What is asked, marked where it must be answered."""
    mark = " *" if field.required else ""
    return f"{field.label}{mark}" + (f" ({field.hint})" if field.hint else "")
