"""Calendar files: one for the whole plan, one for each branch; split by month where calendar programs would give up."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import file_name, printable
from planner_ical import words
from planner_ical.components import Component, Entry, entries
from planner_ical.lines import block, clean
from planner_ical.settings import COLORS
from planner_ical.withdrawn import withdrawn

if TYPE_CHECKING:
    from planner.api import CalendarItem, Plan, Revisions
    from planner_ical.settings import Settings

PRODUCT = "-//planner//semester plan//ZH"
MOST_OCTETS = 900_000
MOST_COMPONENTS = 1_500
"""What the strictest of the common importers take in one file (Google refuses 1 MB)."""

_OWN_PARTS = 3
"""VCALENDAR, VTIMEZONE and STANDARD count too."""


class Audience(NamedTuple):
    """For whom a calendar is."""

    name: str
    branch: str | None
    """Id of the branch; None: everybody's items, for the office."""
    stem: str
    """Name of its file, without suffix."""


class Feed(NamedTuple):
    """One calendar file."""

    name: str
    audience: Audience
    month: str | None
    """2023-03 where the audience's calendar is split; "" for what has no date."""
    profile: str
    events: int
    todos: int
    content: bytes

    @property
    def sha256(self) -> str:
        """Checksum of the content."""
        return hashlib.sha256(self.content).hexdigest()


def audiences(plan: Plan) -> list[Audience]:
    """The office, then each branch in the order of the plan; names of files differ on every file system."""
    wanted = [file_name(branch.name, branch.id) for branch in plan.branches]
    how_many = Counter(_folded(stem) for stem in (words.WHOLE, *wanted))
    taken = {_folded(words.WHOLE)}
    result = [Audience(words.WHOLE_AUDIENCE, None, words.WHOLE)]
    for branch, stem in zip(plan.branches, wanted, strict=True):
        own = stem if how_many[_folded(stem)] == 1 else f"{stem}-{branch.id}"
        while _folded(own) in taken:
            own += "_"
        taken.add(_folded(own))
        result.append(Audience(printable(branch.name), branch.id, own))
    return result


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()


def make_feeds(
    plan: Plan,
    items: Iterable[CalendarItem],
    revisions: Revisions,
    settings: Settings,
    branch_ids: Sequence[str] = (),
) -> list[Feed]:
    """The calendar files of a plan: all, or only those of some branches."""
    known = _entries(plan, items, revisions, settings)
    feeds: list[Feed] = []
    taken: set[str] = set()
    for audience in audiences(plan):
        if branch_ids and audience.branch not in branch_ids:
            continue
        for feed in _feeds_of(audience, known, plan, settings):
            name = feed.name
            while _folded(name) in taken:  # a branch may be called like the part of another one's calendar
                name = name.removesuffix(".ics") + "_.ics"
            taken.add(_folded(name))
            feeds.append(feed._replace(name=name))
    return feeds


def one_calendar(plan: Plan, items: Iterable[CalendarItem], revisions: Revisions, settings: Settings) -> bytes:
    """The whole plan as one file to be handed on once, not to be subscribed to."""
    known = _entries(plan, items, revisions, settings)
    components = [c for entry in known if entry.is_for(None) for c in entry.components]
    return _calendar(components, settings.name, plan, settings, is_feed=False)


def _entries(plan: Plan, items: Iterable[CalendarItem], revisions: Revisions, settings: Settings) -> list[Entry]:
    """What calendars show, and at the end what they take back where that is wanted."""
    shown = entries(plan, items, revisions, settings)
    return [*shown, *withdrawn(plan, shown, revisions, settings)] if settings.keep_cancelled else shown


def _feeds_of(audience: Audience, known: Sequence[Entry], plan: Plan, settings: Settings) -> Iterator[Feed]:
    branch = audience.branch
    own = [entry for entry in known if entry.is_for(branch)]
    title = settings.name if branch is None else f"{audience.name} · {settings.name}"
    for month, number, part in _parts(own):
        components = [component for entry in part for component in entry.components]
        name = audience.stem
        if month is not None:
            shown = month or words.UNDATED
            name += f"-{shown}" + (f"-{number}" if number > 1 else "")
        suffix = "" if month is None else name.removeprefix(audience.stem).replace("-", " ", 1)
        todos = sum(component.is_todo for component in components)
        content = _calendar(components, title + suffix, plan, settings, is_feed=True)
        yield Feed(f"{name}.ics", audience, month, settings.profile, len(components) - todos, todos, content)


def _parts(own: Sequence[Entry]) -> Iterator[tuple[str | None, int, Sequence[Entry]]]:
    """All in one part where that is small enough; else by month, and months that are still too large in pieces."""
    sizes = [_size(entry) for entry in own]
    if _fits(sum(octets for octets, _parts in sizes), sum(parts for _octets, parts in sizes)):
        yield None, 1, own
        return
    months: dict[str, list[Entry]] = {}
    for entry in own:
        if entry.components:
            months.setdefault(entry.month, []).append(entry)
    for month in sorted(months, key=lambda name: (not name, name)):
        for number, piece in enumerate(_pieces(months[month]), start=1):
            yield month, number, piece


def _pieces(own: Iterable[Entry]) -> Iterator[list[Entry]]:
    piece: list[Entry] = []
    octets = parts = 0
    for entry in own:
        more_octets, more_parts = _size(entry)
        if piece and not _fits(octets + more_octets, parts + more_parts):
            yield piece
            piece, octets, parts = [], 0, 0
        piece.append(entry)
        octets, parts = octets + more_octets, parts + more_parts
    yield piece


def _size(entry: Entry) -> tuple[int, int]:
    """Octets and components of an entry, all relations counted."""
    octets = parts = 0
    for component in entry.components:
        octets += len(component.head) + len(component.tail) + sum(len(line) for _uid, line in component.relations)
        parts += component.parts
    return octets, parts


def _fits(octets: int, parts: int) -> bool:
    return octets <= MOST_OCTETS - 2_000 and parts <= MOST_COMPONENTS - _OWN_PARTS


def _calendar(components: Sequence[Component], title: str, plan: Plan, settings: Settings, *, is_feed: bool) -> bytes:
    """A VCALENDAR (RFC 5545 3.4). One without any component would not be valid, so an empty one has its time zone."""
    zone = [_time_zone(plan.timezone)] if not components or any(c.is_timed for c in components) else []
    head = _head(title, plan, settings, is_feed=is_feed)
    return b"".join((head, *zone, *_bodies(components), b"END:VCALENDAR\r\n"))


def _bodies(components: Sequence[Component]) -> Iterator[bytes]:
    here = {c.uid for c in components} if any(c.relations for c in components) else set()
    for component in components:
        yield component.head
        for target, line in component.relations:
            if target in here:
                yield line
        yield component.tail


def _head(title: str, plan: Plan, settings: Settings, *, is_feed: bool) -> bytes:
    """What every calendar begins with: names and colour for new programs (RFC 7986 5) and, as X-…, for old ones."""
    name = clean(words.within("", printable(title)))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH"] if settings.publish else []
    lines += [
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-TIMEZONE:{plan.timezone}",
        f"COLOR:{settings.color}",
        f"X-APPLE-CALENDAR-COLOR:{COLORS[settings.color]}",
    ]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"] if is_feed else []
    return block(lines)


def _time_zone(name: str) -> bytes:
    """RFC 5545 3.6.5, with a single rule: all zones a plan can name are +08:00, and several rules mislead readers."""
    return block(
        [
            "BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
        ]
    )  # fmt: skip
