"""Reads a calendar file with three independent parsers and prints what each understood, as JSON.

A program of its own, because parsers look at the time zone of the machine: tests run it under several.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

TEXTS = ("summary", "description", "location", "status", "url")


def plain(value: Any) -> Any:
    """Dates as ISO text, instants as ISO text in UTC, durations in seconds."""
    if isinstance(value, dt.datetime):
        assert value.tzinfo is not None, "a floating time"
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, dt.timedelta) else value


def with_icalendar(content: bytes) -> list[dict[str, Any]]:
    import icalendar

    calendar = icalendar.Calendar.from_ical(content)
    found = []
    for part in calendar.walk():
        if part.name in ("VEVENT", "VTODO"):
            assert not part.errors, part.errors
            one = {"uid": str(part["UID"]), "kind": part.name}
            one |= {name: str(part[name]) for name in TEXTS if name in part}
            one |= {name: plain(part[name].dt) for name in ("dtstart", "dtend", "due") if name in part}
            one["categories"] = [str(c) for c in part["CATEGORIES"].cats] if "CATEGORIES" in part else []
            one["alarms"] = [plain(alarm["TRIGGER"].dt) for alarm in part.walk("VALARM")]
            found.append(one)
    return found


def with_vobject(content: bytes) -> list[dict[str, Any]]:
    import vobject

    calendar = vobject.readOne(content.decode())
    found = []
    for part in calendar.components():
        if part.name in ("VEVENT", "VTODO"):
            one = {"uid": part.uid.value, "kind": part.name}
            for name in (*TEXTS, "dtstart", "dtend", "due"):
                if name in part.contents:
                    one[name] = plain(part.contents[name][0].value)
            one["categories"] = part.categories.value if "categories" in part.contents else []
            one["alarms"] = [plain(a.trigger.value) for a in part.contents.get("valarm", ())]
            found.append(one)
    return found


def with_ical(content: bytes) -> list[dict[str, Any]]:
    from ical.calendar_stream import IcsCalendarStream

    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    found = []
    for kind, parts in (("VEVENT", calendar.events), ("VTODO", calendar.todos)):
        for part in parts:
            one: dict[str, Any] = {"uid": part.uid, "kind": kind}
            for name in (*TEXTS, "dtstart", "dtend", "due"):
                value = getattr(part, name, None)
                if value is not None:
                    one[name] = str(getattr(value, "value", value)) if name in TEXTS else plain(value)
            one["categories"] = part.categories
            one["alarms"] = [
                plain(alarm.trigger) for alarm in getattr(part, "alarms", None) or getattr(part, "alarm", ())
            ]
            found.append(one)
    return found


def main() -> None:
    content = Path(sys.argv[1]).read_bytes()
    readers = {"icalendar": with_icalendar, "vobject": with_vobject, "ical": with_ical}
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps({name: read(content) for name, read in readers.items()}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
