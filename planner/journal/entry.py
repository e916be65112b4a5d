"""An entry of the journal: one thing that happened, made once and never changed."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

STATUS = "status"
NOTE = "note"
ROW = "row"
EDIT = "edit"
REVISION = "revision"
UNDO = "undo"
ACTS = (STATUS, NOTE, ROW, EDIT)
"""The kinds that a person makes and can take back; `undo` itself can be taken back too."""

_TIME = re.compile(r"(?:19[7-9]|2\d\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Entry(NamedTuple):
    """One line of the journal. Entries are ordered by time, then id; merging two journals is the union of their ids."""

    id: str
    """A UUIDv7 (RFC 9562 5.7), made by the writer."""
    time: str
    """When it was recorded, in UTC to the millisecond: 2023-03-08T06:00:00.000Z. Sorts as text."""
    author: str
    plan: str
    """Id of the plan that it is about."""
    kind: str
    """`status`, `note`, `row`, `edit`, `revision` or `undo`; what is of another kind is kept and passed over."""
    data: Mapping[str, Any]
    """What happened, as JSON; by kind, see docs/journal.md. Never changed: equal ones may be one object."""
    task: str = ""
    """Id of the task; "" for what concerns none."""
    occurrence: str | None = None
    """Key of the occurrence; None: the task as a whole."""
    branch: str = ""
    """Id of the branch; "" for the office, or for all that `data` names."""

    @property
    def order(self) -> tuple[str, str]:
        """What entries are sorted by."""
        return self.time, self.id

    @property
    def instant(self) -> datetime:
        """`time` as an aware datetime in UTC."""
        return datetime.fromisoformat(self.time)


def time_text(instant: datetime) -> str:
    """An aware instant as entries keep it."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_last: list[int] = [0]


def _random(bits: int) -> int:
    """As many random bits; the module `secrets` would take 12 ms to import."""
    return int.from_bytes(os.urandom((bits + 7) // 8)) >> (-bits % 8)


def new_id(instant: datetime, random: Callable[[int], int] = _random) -> str:
    """A UUIDv7 for `instant`. Within a process later calls with the same millisecond give greater ids."""
    stamp = int(instant.timestamp() * 1000)
    # 12 bits that count within the millisecond (RFC 9562 6.2, method 1), 62 random ones.
    signs = random(70)
    sequence = (stamp << 12) + (signs >> 62)
    if sequence <= _last[0] < sequence + (1000 << 12):  # it may run ahead of the clock where one act makes thousands
        sequence = _last[0] + 1
    _last[0] = sequence
    number = (sequence >> 12 << 80) | (7 << 76) | ((sequence & 0xFFF) << 64) | (2 << 62) | (signs & ((1 << 62) - 1))
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_entry(
    instant: datetime,
    author: str,
    plan: str,
    kind: str,
    data: Mapping[str, Any],
    *,
    task: str = "",
    occurrence: str | None = None,
    branch: str = "",
) -> Entry:
    """An entry made at `instant`, with an id of its own."""
    return Entry(new_id(instant), time_text(instant), author, plan, kind, data, task, occurrence, branch)


def wrong_in(entry: Entry) -> str | None:
    """The name of the first field that an entry must not have so, or None: what another program wrote is not trusted.

    What is inside of `data` is not looked at.
    """
    if not isinstance(entry.id, str) or not _ID.fullmatch(entry.id):
        return "id"
    if not isinstance(entry.time, str) or not _TIME.fullmatch(entry.time) or not _is_time(entry.time):
        return "time"
    occurrence = "" if entry.occurrence is None else entry.occurrence
    texts = (entry.author, entry.plan, entry.kind, entry.task, entry.branch, occurrence)
    for name, text in zip(("author", "plan", "kind", "task", "branch", "occurrence"), texts, strict=True):
        if not isinstance(text, str) or not _is_text(text):
            return name
    if not entry.plan or not entry.kind:
        return "plan" if not entry.plan else "kind"
    return None if isinstance(entry.data, dict) else "data"


def _is_text(text: str) -> bool:
    """Whether every database can keep it: no NUL, and no halves of characters, which damaged input leaves."""
    if text.isascii():
        return "\0" not in text
    return not re.search("[\0\ud800-\udfff]", text)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def listed(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The texts in the list `key` of an entry's data; what another program wrote there instead is passed over."""
    values = data.get(key)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list | tuple) else ()


def after(instant: datetime, earlier: Iterable[Entry]) -> datetime:
    """`instant`, or one millisecond after the last of `earlier` where that is later.

    What a person does comes after what they saw, even on a machine whose clock goes wrong.
    """
    last = max((entry.time for entry in earlier), default="")
    if time_text(instant) > last:
        return instant
    return datetime.fromisoformat(last) + timedelta(milliseconds=1)


def undone(entries: Iterable[Entry]) -> set[str]:
    """Ids of the entries that are taken back. An undo that is itself taken back counts no more."""
    gone: set[str] = set()
    for undo in sorted((e for e in entries if e.kind == UNDO), key=lambda e: e.order, reverse=True):
        if undo.id not in gone:
            gone.update(listed(undo.data, "entries"))
    return gone
