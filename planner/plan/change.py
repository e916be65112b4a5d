"""One change of a plan's text, as the journal keeps it: what stood there, what stands there, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import tomli

from planner.errors import PlanError
from planner.i18n import _
from planner.plan.exact_text import one_character_ends

NOTHING = object()
"""The value of what is not there."""
TRIVIA = re.compile(r"(?:[\s,]|#[^\n]*)*")
"""Blanks, commas and comments before a key, a header or an element."""


class Change(NamedTuple):
    """A change of the text. The sources are as in the file, with its line ends."""

    table: str
    """"tasks", "goals", "term", a plugin's table; "" for the plan's own keys."""
    id: str
    """The entry's id before the change; "" where the table is a single one."""
    key: str
    """"" for a whole entry or table."""
    old: str | None
    """What stood there: of a value that is replaced its source; of a key that goes its line, or in an inline table the
    pair with a comma; of an entry its block with comments and a blank line. None: nothing."""
    new: str | None
    """What stands there now, likewise."""
    after: str = ""
    """Behind what a key or an entry stands, if only one of `old` and `new` is there: the key (a dotted one with its
    dots), the id of an entry of the same table, or "table/id", "table/", "table/id/key" of another; "": the first."""
    gap: str = ""
    """The characters between that and the place: the rest of a line, comments, blank lines."""

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        id_ = self.new_value if self.key == "id" and self.id and self.old is not None else self.id
        return self._replace(id=id_ if isinstance(id_, str) else self.id, old=self.new, new=self.old)

    @property
    def old_value(self) -> Any:
        """What `old` means: the value, or the entry as a dictionary; NOTHING where there was none. Raises PlanError."""
        return self._value(self.old)

    @property
    def new_value(self) -> Any:
        """What `new` means, likewise."""
        return self._value(self.new)

    def _value(self, source: str | None) -> Any:
        if source is None:
            return NOTHING
        text = one_character_ends(source)
        try:
            if self.old is not None and self.new is not None:
                return _only(tomli.loads(f"value = {text}"), "value")
            return self._of_a_part(text[trivia(text) :])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise damaged(self) from None

    def _of_a_part(self, text: str) -> Any:
        """The value in a line, a block, or a part of an inline table or array."""
        if text.startswith("{"):
            return _only(_only(tomli.loads(f"value = [{text}\n]"), "value"), 0)
        if self.key:
            data = _pairs(text)
            # A line of the table itself, or one that names it: term.week1 = …, [tasks.times].
            inner = data if self.key in data and len(data) == 1 else _only(data, self.table)
            return _only(inner, self.key)
        table = _only(tomli.loads(text), self.table)
        return _only(table, 0) if self.id else table

    def to_json(self) -> dict[str, str | None]:
        """The change as JSON; without `gap` where there is none."""
        fields = self._asdict()
        return fields if self.gap else {name: field for name, field in fields.items() if name != "gap"}

    @classmethod
    def from_json(cls, data: Any) -> Change:
        """The change that `to_json` gave. Raises PlanError where it is none."""
        if not isinstance(data, Mapping):
            raise damaged(None)
        change = cls(*(data.get(name, cls._field_defaults.get(name)) for name in cls._fields))
        texts = (change.table, change.id, change.key, change.after, change.gap)
        sources = [source for source in (change.old, change.new) if source is not None]
        if not all(isinstance(text, str) for text in (*texts, *sources)) or not sources:
            raise damaged(None)
        if not change.key and (len(sources) != 1 or not change.table):
            raise damaged(None)
        return change


def trivia(text: str) -> int:
    """How many characters of blanks, commas and comments a piece of source begins with."""
    found = TRIVIA.match(text)
    return found.end() if found else 0


def _pairs(text: str) -> dict[str, Any]:
    """The data in lines, or in a part of an inline table: that may have a comma, and behind it a comment."""
    try:
        return tomli.loads(text.rstrip(", \t\n"))
    except tomli.TOMLDecodeError:
        found: dict[str, Any] = _only(tomli.loads(f"value = {{ {text}\n}}"), "value")
        return found


def _only(holder: Any, key: str | int) -> Any:
    """What is at `key`, which must be the only thing there. Raises ValueError where more is."""
    if len(holder) != 1:
        raise ValueError(key)
    return holder[key]


def place_name(table: str, id_: str, key: str) -> str:
    """What a message calls the place of a change."""
    if id_:
        return _("{key} of {id}").format(key=key, id=id_) if key else id_
    return ".".join(filter(None, (table, key)))


def damaged(change: Change | None) -> PlanError:
    """The error about a change that this program cannot have recorded so."""
    message = _("What the journal says about a change of the plan cannot be understood; nothing was changed.")
    if change is not None:
        message = _("What the journal says about a change of “{name}” cannot be understood; nothing was changed.")
        message = message.format(name=place_name(change.table, change.id, change.key))
    return PlanError(message, _("Change it by hand in an editor."))
