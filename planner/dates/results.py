"""What the resolver hands back: windows, recurrences, and where in the text they were found."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from typing import Any, NamedTuple

from planner.dates.clock import Clock
from planner.dates.spans import READ, Note
from planner.dates.window import Window


class Recurrence(NamedTuple):
    """How often something happens; field for field the `recur` of the JSON output.

    `freq`: daily, weekly, monthly, quarterly, semester, yearly, count (no period), on_holidays. `times` exactly,
    `min` at least, `max` at most so often per period. `byday`: MO … SU, with a number for the n-th of the month.
    `bound`: before (each period's deadline). `part`: start or end of each period. `parity`: odd or even weeks.
    """

    freq: str
    interval: int = 1
    times: int | None = None
    min: int | None = None
    max: int | None = None
    byday: tuple[str, ...] = ()
    bymonthday: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    bound: str | None = None
    part: str | None = None
    parity: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields that are set, `interval` only above 1."""
        fields = {name: list(v) if isinstance(v, tuple) else v for name, v in self._asdict().items() if v}
        if self.interval == 1:
            del fields["interval"]
        return fields


class When(NamedTuple):
    """The reading of an expression or a sentence.

    `windows` are raw (not cut to the term) and merged. `precision`: day, week, 旬, month, season, half, semester,
    year, or None. `certain` is False exactly when a person has to look. `provisional`: depends on days off of a
    year that are not announced yet. `time`: begin and end of the time of day, if one is named.
    """

    text: str
    windows: tuple[Window, ...] = ()
    precision: str | None = None
    recurs: tuple[Recurrence, ...] = ()
    certain: bool = True
    provisional: bool = False
    time: Clock | None = None
    note: Note = READ

    @property
    def reason(self) -> str:
        """Why it is read like this: one line in the language in use."""
        from planner.dates.reasons import explained  # gettext: only where a person reads it

        return explained(self.note, self)

    def to_json(self) -> dict[str, Any]:
        """The stable JSON form: dates as ISO strings, one recurrence as an object, several as a list."""
        recurs: Any = [recurrence.to_json() for recurrence in self.recurs]
        return {
            "text": self.text,
            "windows": [[w.start.isoformat(), w.end.isoformat()] for w in self.windows],
            "precision": self.precision,
            "recurs": (recurs[0] if len(recurs) == 1 else recurs) or None,
            "certain": self.certain,
            "reason": self.reason,
        }


class Mention(NamedTuple):
    """A time expression inside a text: characters `start` up to, not including, `end` of the original."""

    start: int
    end: int
    when: When
