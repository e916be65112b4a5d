"""Ways to make a change in one state of a plan's text: drafts, which the editor proves before it takes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from planner.errors import PlanError
from planner.i18n import _
from planner.plan.change import NOTHING, Change, place_name, trivia
from planner.plan.exact_text import ExactText, one_character_ends
from planner.plan.layout import Blocks, Inline, Layout, Lines, Row, key_order
from planner.plan.positions import Path, inside
from planner.plan.source import Span
from planner.plan.toml_source import key_source, value_source
from planner.text import printable, shorten


class Edit(NamedTuple):
    """What a change does to the parsed data."""

    path: Path
    value: Any
    """NOTHING: it is taken out."""
    into_array: bool = False
    """The elements of the array from that position on move up."""
    pruned: bool = False
    """What becomes empty goes too: there are no [[tasks]] without one."""

    def make(self, data: dict[str, Any]) -> None:
        """Change `data` so."""
        holder: Any = data
        for step, following in zip(self.path, self.path[1:], strict=False):
            if isinstance(holder, dict) and step not in holder:
                holder[step] = [] if isinstance(following, int) else {}
            holder = holder[step]
        if self.value is NOTHING:
            del holder[self.path[-1]]
            if self.pruned and not holder and len(self.path) == 2:
                del data[str(self.path[0])]
        elif self.into_array:
            holder.insert(self.path[-1], self.value)
        else:
            holder[self.path[-1]] = self.value


class Draft(NamedTuple):
    """One way to make a change: the characters `span` of the text are replaced by `raw`."""

    change: Change
    span: Span
    raw: str
    edit: Edit


class Drafts:
    """Drafts for one state of a plan. Paths lead to a table or an entry that is there."""

    def __init__(self, file: str, exact: ExactText, data: Mapping[str, Any]) -> None:
        self._file = file
        self._exact = exact
        self._text = exact.text
        self._data = data
        self.layout = Layout(exact.text, data)

    # Single keys -----------------------------------------------------------------------------------------------------

    def value(self, path: Path, key: str) -> Span | None:
        """Where the value of a key stands; None where it does not stand in one piece."""
        row = self.layout.table(path)
        return row.value(key) if row else None

    def replace(self, path: Path, change: Change, wanted: Any) -> Draft | None:
        """Put `change.new` in the place of a value; None where that does not stand in one piece."""
        span = self.value(path, change.key)
        if span is None:
            return None
        change = change._replace(old=self._exact.raw(*span), new=change.new or value_source(wanted))
        return Draft(change, span, change.new or "", Edit((*path, change.key), wanted))

    def add_pair(self, path: Path, change: Change, wanted: Any) -> Draft | None:
        """A new pair where a person would look for it; None for a table without a place of its own."""
        row = self.layout.table(path)
        if row is None:
            return None
        n = row.behind(change.key, key_order(change.table))
        source = row.source(n, key_source(change.key), value_source(wanted))
        return self._insertion(row, n, source, change, Edit((*path, change.key), wanted))

    def cut_pair(self, path: Path, change: Change) -> Draft | None:
        """Take a key out, which may stand on several lines or under headers of its own.

        A recorded `change.old` must be what stands there; otherwise it is found out.
        """
        row = self.layout.table(path)
        edit = Edit((*path, change.key), NOTHING, pruned=isinstance(row, Lines) and row.is_dotted)
        if row and (units := row.of(change.key)):
            return self._removal(row, units, change, edit)
        blocks = self.layout.blocks(change.table)
        return self._removal(blocks, blocks.within(edit.path), change, edit)

    def pair_back(self, path: Path, change: Change, wanted: Any) -> Iterator[Draft]:
        """Put a recorded pair back."""
        edit = Edit((*path, change.key), wanted)
        source = one_character_ends(change.new or "")
        if source[trivia(source) :].startswith("["):
            blocks = self.layout.blocks(change.table)
            n = blocks.last(lambda each: each[: len(path)] == path) or 0
            yield from self._back(blocks, n, source.strip("\n"), change, lambda _n: edit)
            return
        row = self.layout.table(path) or self.layout.dotted(change.table)
        source = source[trivia(source) :].rstrip(", \t\n")
        if isinstance(row, Inline):  # a comment behind the pair would hide the closing bracket
            pairs, _close = inside("{" + source, 0)
            if not pairs:  # a recorded change may be about a plan that is written in another way
                return
            source = source[: pairs[-1].value.end - 1]
        yield from self._back(row, row.behind(change.key, key_order(change.table)), source, change, lambda _n: edit)

    # Whole entries ---------------------------------------------------------------------------------------------------

    def add_entry(self, change: Change, wanted: Mapping[str, Any], after: int | None) -> Draft:
        """A new entry or table, behind the entry number `after` or the last of its kind."""
        if change.id and (array := self.layout.array(change.table)):
            n = len(array.pairs) - 1 if after is None else after
            return self._insertion(array, n, value_source(wanted), change, self._entry_edit(array, n, change, wanted))
        blocks = self.layout.blocks(change.table)
        n = self._section_before(blocks, change.table, after)
        return self._insertion(
            blocks, n, self._block(change, wanted), change, self._entry_edit(blocks, n, change, wanted)
        )

    def cut_entry(self, path: Path, change: Change) -> Draft | None:
        """Take an entry or a table out; a recorded `change.old` must be what stands there."""
        edit = Edit(path, NOTHING)
        if change.id and (array := self.layout.array(change.table)) and isinstance(n := path[1], int):
            return self._removal(array, range(n, n + 1), change, edit)
        blocks = self.layout.blocks(change.table)
        return self._removal(blocks, blocks.within(path), change, edit._replace(pruned=True))

    def entry_back(self, change: Change, wanted: Mapping[str, Any]) -> Iterator[Draft]:
        """Put a recorded entry or table back."""
        edit = self._entry_edit
        source = one_character_ends(change.new or "")
        if source[trivia(source) :].startswith("["):
            blocks = self.layout.blocks(change.table)
            n = self._section_before(blocks, change.table, None)
            yield from self._back(blocks, n, source.strip("\n"), change, lambda n: edit(blocks, n, change, wanted))
        elif array := self.layout.array(change.table):
            n = len(array.pairs) - 1
            yield from self._back(array, n, value_source(wanted), change, lambda n: edit(array, n, change, wanted))

    def _entry_edit(self, row: Row, n: int, change: Change, wanted: Mapping[str, Any]) -> Edit:
        """What an entry behind unit `n` of a row is in the data."""
        if not change.id:
            return Edit((change.table,), wanted)
        index = n + 1
        if isinstance(row, Blocks):
            index = len({path[1] for path in row.paths[: n + 1] if path[:1] == (change.table,)})
        return Edit((change.table, index), wanted, into_array=True)

    def _section_before(self, blocks: Blocks, table: str, after: int | None) -> int:
        """The section behind which a new block goes: of the entry `after`, the last of its kind, or of those before."""
        if after is not None:
            return blocks.last(lambda path: path[:2] == (table, after)) or 0
        last = blocks.last(lambda path: path[:1] == (table,))
        if last is None:
            rank = {name: n for n, name in enumerate(key_order(""))}
            mine = rank.get(table, len(rank))
            last = blocks.last(lambda path: not path or rank.get(str(path[0]), len(rank)) <= mine)
        return last or 0

    def _block(self, change: Change, wanted: Mapping[str, Any]) -> str:
        """A block, its equals signs in one column unless the last of its kind has them otherwise."""
        table, others = key_source(change.table), self._data.get(change.table)
        neighbour = self.layout.table((change.table, len(others) - 1)) if change.id and others else None
        plain = isinstance(neighbour, Lines) and len(neighbour.columns()) > 1
        width = 0 if plain else max((len(key_source(key)) for key in wanted), default=0)
        pairs = (f"{key_source(key).ljust(width)} = {value_source(value)}" for key, value in wanted.items())
        return "\n".join([f"[[{table}]]" if change.id else f"[{table}]", *pairs])

    # All of them -----------------------------------------------------------------------------------------------------

    def _insertion(self, row: Row, n: int, source: str, change: Change, edit: Edit) -> Draft:
        room = row.room(n, source)
        raw = room.text.replace("\n", self._exact.end_before(room.at))
        change = change._replace(new=raw, after=row.name(n), gap=row.gap(n, room.at))
        return Draft(change, Span(room.at, room.at), raw, edit)

    def _back(self, row: Row, n: int, source: str, change: Change, edit: Callable[[int], Edit]) -> Iterator[Draft]:
        """Exactly where it was; where that place is gone, where something new would go."""
        if spot := row.spot(change.after, change.gap):
            yield Draft(change, Span(spot[1], spot[1]), change.new or "", edit(spot[0]))
        yield self._insertion(row, n, source, change, edit(n))

    def _removal(self, row: Row, units: range, change: Change, edit: Edit) -> Draft | None:
        """Take units of a row out; None where they do not stand together."""
        if not units:
            return None
        first = units[0]
        span = row.cut(first, units[-1])
        if change.old is not None:
            expected = one_character_ends(change.old)
            start = row.point(first) - trivia(expected)
            found = self._text[slice(*span)]
            if start >= 0 and self._text.startswith(expected, start):
                span = Span(start, start + len(expected))
            elif found.strip(", \t\n") != expected.strip(", \t\n"):
                raise self.different(change, found, span.start)
        change = change._replace(
            old=self._exact.raw(*span), after=row.name(first - 1), gap=row.gap(first - 1, span.start)
        )
        return Draft(change, span, "", edit)

    # What cannot be done ---------------------------------------------------------------------------------------------

    def cannot(self, path: Path, change: Change) -> PlanError:
        """The error about a place that is written so that no draft is right."""
        message = _("{place}: {name} is written so that it cannot be changed safely here; nothing was changed.")
        place = self._line(self.at(path, change.key))
        message = message.format(place=place, name=printable(place_name(*change[:3])))
        return PlanError(message, _("Change it by hand in an editor."))

    def different(self, change: Change, found: str | None, at: int) -> PlanError:
        """The error about a place that does not hold what a recorded change left there."""
        expected, found = _first_difference(one_character_ends(change.old or ""), found or "")
        message = _("{place}: {name} was changed since: expected {expected}, found {found}. Nothing was changed.")
        name = printable(place_name(*change[:3]))
        message = message.format(place=self._line(at), name=name, expected=_shown(expected), found=_shown(found))
        return PlanError(message, _("Change it by hand in an editor."))

    def at(self, path: Path, key: str) -> int:
        """Where a key stands, or its table where there is no such key."""
        entry = self.layout.positions.find((*path, key) if key else path)
        return entry.key.start if entry else 0

    def _line(self, at: int) -> str:
        line = self._text.count("\n", 0, at) + 1
        return f"{printable(self._file)}:{line}"


def _first_difference(expected: str, found: str) -> tuple[str, str]:
    """The first lines in which two pieces of source differ."""
    ones, others = expected.strip().split("\n"), found.strip().split("\n")
    longest = max(len(ones), len(others))
    for one, other in zip(ones + [""] * (longest - len(ones)), others + [""] * (longest - len(others)), strict=True):
        if one != other:
            return one, other
    return expected, found


def _shown(source: str) -> str:
    return shorten(printable(source), 60) or _("nothing")
