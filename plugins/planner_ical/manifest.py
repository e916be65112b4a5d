"""manifest.json: which files there are, for whom, and what is in no file. Read again by the next run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from planner.api import CANCELLED, DONE, is_private, printable

if TYPE_CHECKING:
    from planner.api import CalendarItem, Plan
    from planner_ical.feeds import Feed

NAME = "manifest.json"
GENERATOR = "planner ical"


class FileEntry(TypedDict):
    """One calendar file."""

    name: str
    audience: str
    branch: str | None
    month: str | None
    profile: str
    events: int
    todos: int
    bytes: int
    sha256: str


class UndatedEntry(TypedDict):
    """A task that has no date yet."""

    key: str
    title: str
    branches: list[str]


class Manifest(TypedDict):
    """The whole file. Of private tasks it knows the number and nothing else."""

    generator: str
    version: int
    plan: dict[str, str]
    profile: str
    files: list[FileEntry]
    undated: list[UndatedEntry]
    private: int


def file_entry(feed: Feed) -> FileEntry:
    """What the manifest says about a file."""
    return {
        "name": feed.name,
        "audience": feed.audience.name,
        "branch": feed.audience.branch,
        "month": feed.month,
        "profile": feed.profile,
        "events": feed.events,
        "todos": feed.todos,
        "bytes": len(feed.content),
        "sha256": feed.sha256,
    }


def make_manifest(plan: Plan, items: Sequence[CalendarItem], profile: str, files: Iterable[FileEntry]) -> Manifest:
    """The manifest of a plan's files."""
    private = {item.task or item.key for item in items if is_private(item, plan)}
    undated: list[UndatedEntry] = [
        {"key": item.key, "title": printable(item.title), "branches": list(item.branches)}
        for item in items
        if item.days is None and item.status not in (DONE, CANCELLED) and not is_private(item, plan)
    ]
    return {
        "generator": GENERATOR,
        "version": 1,
        "plan": {"id": plan.id, "title": printable(plan.title), "organization": printable(plan.organization)},
        "profile": profile,
        "files": list(files),
        "undated": undated,
        "private": len(private),
    }


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as its file holds it."""
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"


def read_manifest(content: bytes) -> Mapping[str, Any] | None:
    """A manifest that an earlier run wrote; None for everything else that the file may hold."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("generator") == GENERATOR else None


def listed_files(manifest: Mapping[str, Any]) -> list[FileEntry]:
    """The files that a manifest lists, as far as its entries are sound: a manifest can be edited, or made up."""
    files = manifest.get("files")
    return [entry for entry in files if _is_sound(entry)] if isinstance(files, list) else []


def _is_sound(entry: Any) -> bool:
    if not isinstance(entry, dict) or entry.keys() != FileEntry.__annotations__.keys():
        return False
    name = entry["name"]
    return (
        isinstance(name, str)
        and name.endswith(".ics")
        and not set("/\\:\0").intersection(name)
        and isinstance(entry["sha256"], str)
        and isinstance(entry["branch"], str | None)
        and isinstance(entry["audience"], str)
        and printable(name + entry["audience"]) == name + entry["audience"]
        and isinstance(entry["events"], int)
        and isinstance(entry["todos"], int)
    )
