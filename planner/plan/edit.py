"""Edits of a plan's text. Every byte that a change does not concern stays as it is, and every change is proved.

Proved means: what is written back decodes to the new text, and the new text parses to the old data with exactly the
change that was asked for. A place that is written so that this fails is left to a person with an editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import tomli

from planner.errors import PlanError
from planner.i18n import _
from planner.plan.change import NOTHING, Change, damaged
from planner.plan.drafts import Draft, Drafts
from planner.plan.exact_text import ExactText, exact_text, one_character_ends
from planner.plan.layout import key_order
from planner.plan.positions import Path
from planner.plan.source import decode
from planner.plan.toml_source import plain, same, value_source
from planner.text import printable

__all__ = ["NOTHING", "Change", "PlanEditor"]


class PlanEditor:
    """Edits the bytes of one plan file in memory. Raises PlanError for all that it cannot do, and then did nothing."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._exact = exact_text(file, data)
        try:
            self._data = tomli.loads(self._exact.text)
        except (ValueError, RecursionError):
            message = _("{file} has mistakes in its TOML; nothing was changed.").format(file=printable(file))
            raise PlanError(message, _("`planner check` lists them all.")) from None
        self._made_drafts: Drafts | None = None
        self._batches = 0
        self._is_proved = True
        self.changes: list[Change] = []
        """What was done so far, in order."""

    @property
    def content(self) -> bytes:
        """The bytes of the file as it is now."""
        return self._exact.encode()

    @property
    def text(self) -> str:
        """The text as it is now, every line end a single character, without a byte order mark."""
        return self._exact.text

    def get(self, table: str, id: str = "") -> Mapping[str, Any] | None:  # noqa: A002  the word of the format
        """The entry of an array of tables, or the table itself (id ""), as parsed; None where there is none."""
        if not table:
            return self._data
        found = self._data.get(table)
        if id:
            numbers = self._numbers(table, id)
            found = found[numbers[0]] if numbers and isinstance(found, list) else None
        return found if isinstance(found, dict) else None

    # Edits -----------------------------------------------------------------------------------------------------------

    def set(self, table: str, id: str, key: str, value: Any) -> None:  # noqa: A002
        """Give a key its value: in the place of the old one, or on a new line. An equal value changes nothing.

        A table [table] that is missing is added. A value that stands in pieces (dotted keys, a table with a header of
        its own) is taken out and written anew on one line: two changes.
        """
        wanted, path, change = plain(value), self._path(table, id), Change(table, id, key, None, None)
        holder = self.get(table, id)
        if holder is None:
            change = change._replace(key="")
            self._take([self._drafts.add_entry(change, {key: wanted}, None)], path, change)
        elif key not in holder:
            self._take([self._drafts.add_pair(path, change, wanted)], path, change)
        elif not same(holder[key], wanted):
            if key == "id" and id:
                self._check_id(table, wanted)
            if draft := self._drafts.replace(path, change, wanted):
                self._take([draft], path, change)
            else:
                with self.batch():
                    self.unset(table, id, key)
                    self.set(table, id, key, wanted)

    def unset(self, table: str, id: str, key: str) -> None:  # noqa: A002
        """Take a key out, with its line and the comment on it. What is not there needs no change."""
        path, change = self._path(table, id), Change(table, id, key, None, None)
        if key == "id" and id:
            self._check_id(table, None)
        if key in (self.get(table, id) or {}):
            self._take([self._drafts.cut_pair(path, change)], path, change)

    def add(self, table: str, entry: Mapping[str, Any], *, after: str | None = None) -> None:
        """Add an entry [[table]], or a table [table] of its own, its keys in the order of the format.

        It goes behind the entry with the id `after`, else behind the last of its kind, else where the format has it.
        """
        wanted = plain(entry)
        change = Change(table, self._new_id(table, wanted), "", None, None)
        order = {key: n for n, key in enumerate(key_order(table))}
        wanted = {key: wanted[key] for key in sorted(wanted, key=lambda key: order.get(key, len(order)))}
        number = self._number(table, after) if after else None
        self._take([self._drafts.add_entry(change, wanted, number)], (table,), change)

    def remove(self, table: str, id: str) -> None:  # noqa: A002
        """Take an entry out (id "": a table of its own), with its sub-tables and the comments directly above it."""
        path, change = self._path(table, id), Change(table, id, "", None, None)
        if not id and self._drafts.value((), table):
            self.unset("", "", table)
        else:
            self._take([self._drafts.cut_entry(path, change)], path, change)

    def apply(self, change: Change) -> None:
        """Make a recorded change again, or take it back (its inverse).

        Refused unless the place now holds exactly `change.old`. What was taken out comes back byte for byte where its
        surroundings are as they were, else where something new would go.
        """
        old, new = change.old_value, change.new_value  # raise PlanError where they are no TOML
        if not _is_possible(change, old if new is NOTHING else new):
            raise damaged(change)
        self._check()
        if change.old is None:
            self._put_back(change, new)
        elif change.new is None:
            self._take_out(change)
        else:
            self._replace(change, new)

    def _replace(self, change: Change, wanted: Any) -> None:
        path = self._path(*change[:2])
        span = self._drafts.value(path, change.key)
        found = self.text[slice(*span)] if span else ""
        if span is None and change.key in (self.get(*change[:2]) or {}):
            raise self._drafts.cannot(path, change)
        if found != one_character_ends(change.old or ""):
            raise self._drafts.different(change, found, span.start if span else self._drafts.at(path, change.key))
        if change.key == "id" and change.id:
            self._check_id(change.table, wanted)
        self._take([self._drafts.replace(path, change, wanted)], path, change, at_once=True)

    def _take_out(self, change: Change) -> None:
        path, holder = self._path(*change[:2]), self.get(*change[:2])
        if holder is None or (change.key and change.key not in holder):
            raise self._drafts.different(change, "", self._drafts.at(path, change.key))
        cut = self._drafts.cut_pair if change.key else self._drafts.cut_entry
        self._take([cut(path, change)], path, change, at_once=True)

    def _put_back(self, change: Change, wanted: Any) -> None:
        path = self._path(*change[:2]) if change.key else (change.table,)
        here = self.get(*change[:2])
        here = (here or {}).get(change.key) if change.key else here
        if here is not None:
            raise self._drafts.different(change, value_source(here), self._drafts.at(path, change.key))
        drafts = self._drafts
        ways = drafts.pair_back(path, change, wanted) if change.key else drafts.entry_back(change, wanted)
        self._take(ways, path, change, at_once=True)

    # Ids -------------------------------------------------------------------------------------------------------------

    def _numbers(self, table: str, id_: str) -> list[int]:
        entries = self._data.get(table)
        entries = entries if isinstance(entries, list) else []
        return [n for n, entry in enumerate(entries) if isinstance(entry, dict) and entry.get("id") == id_]

    def _number(self, table: str, id_: str) -> int:
        """The position of the entry with an id. Raises PlanError where there is none, or several."""
        numbers = self._numbers(table, id_)
        if len(numbers) == 1:
            return numbers[0]
        names = {"table": printable(table), "id": printable(id_), "file": printable(self._file)}
        if not numbers:
            raise PlanError(_("{file} has no [[{table}]] with the id {id}.").format(**names))
        message = _("{file} has several [[{table}]] with the id {id}.").format(**names)
        raise PlanError(message, _("`planner check` shows where they are."))

    def _path(self, table: str, id_: str) -> Path:
        """Where an entry or table is in the data; a table need not be there."""
        if id_:
            return table, self._number(table, id_)
        if isinstance(self._data.get(table), list):
            raise PlanError(_("[[{table}]] has entries; name one by its id.").format(table=printable(table)))
        return (table,) if table else ()

    def _new_id(self, table: str, wanted: Mapping[str, Any]) -> str:
        """The id of a new entry; "" for a table of its own."""
        here = self._data.get(table)
        if here is None and "id" not in wanted:
            return ""
        if here is not None and not isinstance(here, list):
            raise PlanError(_("The plan has a table [{table}] already.").format(table=printable(table)))
        return self._check_id(table, wanted.get("id"))

    def _check_id(self, table: str, id_: Any) -> str:
        """The id of an entry to be. Raises PlanError where it is none, or another has it."""
        if not isinstance(id_, str) or not id_:
            raise PlanError(_("An entry of [[{table}]] needs an id.").format(table=printable(table)))
        if self._numbers(table, id_):
            message = _("There is a [[{table}]] with the id {id} already.")
            raise PlanError(message.format(table=printable(table), id=printable(id_)), _("Choose another id."))
        return id_

    # Proof -----------------------------------------------------------------------------------------------------------

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several edits, all or none, that are proved once at the end."""
        if self._batches:
            self._check()
        exact, done = self._exact, len(self.changes)
        self._batches += 1
        try:
            yield
            if self._batches == 1:
                self._check()
        except BaseException:
            self._go_back_to(exact)
            del self.changes[done:]
            raise
        finally:
            self._batches -= 1

    @property
    def _drafts(self) -> Drafts:
        if self._made_drafts is None:
            self._made_drafts = Drafts(self._file, self._exact, self._data)
        return self._made_drafts

    def _take(self, drafts: Iterable[Draft | None], path: Path, change: Change, *, at_once: bool = False) -> None:
        """Make the first draft that is right, in text and data. Raises PlanError where none is."""
        before, refusal = self._exact, self._drafts
        for draft in drafts:
            if draft is None:
                continue
            exact = before.splice(*draft.span, draft.raw)
            if self._makes(draft) and ((self._batches and not at_once) or self._proves(exact)):
                self._exact, self._made_drafts = exact, None
                self._is_proved = not self._batches or at_once
                self.changes.append(draft.change)
                return
            self._go_back_to(before)
        raise refusal.cannot(path, change)

    def _makes(self, draft: Draft) -> bool:
        """Whether the data could be changed as the draft has it; a recorded change may be about another plan."""
        try:
            draft.edit.make(self._data)
        except (LookupError, TypeError, AttributeError):
            return False
        return True

    def _go_back_to(self, exact: ExactText) -> None:
        """Undo what was done to text and data since `exact`, which is proved."""
        self._exact, self._data = exact, tomli.loads(exact.text)
        self._made_drafts, self._is_proved = None, True

    def _check(self) -> None:
        """Prove what was done since the last proof."""
        if not self._is_proved and not self._proves(self._exact):
            message = _("{file} is written so that this cannot be done safely; nothing was changed.")
            raise PlanError(message.format(file=printable(self._file)), _("Change it by hand in an editor."))
        self._is_proved = True

    def _proves(self, exact: ExactText) -> bool:
        """Whether `exact` comes back from its bytes, and means the data as they should be."""
        try:
            reading = decode(self._file, exact.encode())
            is_right = same(tomli.loads(exact.text), self._data)
        except (ValueError, RecursionError):  # no TOML, or half a character
            return False
        return is_right and reading.text is not None and reading.text.text == exact.text


def _is_possible(change: Change, found: Any) -> bool:
    """Whether this program can have made a change: an entry has the id that the change names, and keeps one."""
    is_one_sided = None in (change.old, change.new)
    if change.key:
        return not (is_one_sided and change.id and change.key == "id")
    return is_one_sided and isinstance(found, dict) and change.id in ("", found.get("id"))
