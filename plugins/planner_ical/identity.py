"""Who an item is (UID), and how its revision is written: what calendars use to tell new from changed from gone."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from planner.api import Revision

Role = Literal["e", "d", "t"]
"""The shape of an item in calendars: its event, the event that warns of its deadline, its to-do."""

# Every zone that a plan can name has kept +08:00 all year round since 1992.
ZONE = timezone(timedelta(hours=8))
_LONGEST = 64


def uid(plan_id: str, key: str, role: Role) -> str:
    """The UID of an item: `role.key@plan`, for example `e.brand-apply@2023-spring-k3f9`.

    It is persistent and globally unique (RFC 5545 3.8.4.7): it hangs on the permanent ids alone, never on a title,
    a day or a place in the file, and no two (plan, key, role) share one, because neither id holds an `@` and the role
    is one letter. RFC 7986 5.3 asks for no more than 255 octets, but servers use UIDs as file names: beyond 64
    characters it becomes `role-hash@plan`, with 128 bits of SHA-256 over the whole; the `-` keeps the two apart.
    """
    whole = f"{role}.{key}@{plan_id}"
    if len(whole) <= _LONGEST:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:32]
    return f"{role}-{digest}@{plan_id}"[:_LONGEST]


@lru_cache(maxsize=4096)
def revision_lines(revision: Revision) -> bytes:
    """DTSTAMP, CREATED, LAST-MODIFIED, SEQUENCE; a published item's DTSTAMP is its last change (RFC 5545 3.8.7.2)."""
    modified = utc(revision.modified)
    return (
        f"DTSTAMP:{modified}\r\nCREATED:{utc(revision.created)}\r\n"
        f"LAST-MODIFIED:{modified}\r\nSEQUENCE:{revision.sequence}\r\n"
    ).encode()


def utc(instant: datetime) -> str:
    """An instant as iCalendar writes it in UTC (RFC 5545 3.3.5, form 2)."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
