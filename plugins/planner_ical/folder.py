"""Writing the folder: all files or none, only what has changed, and nothing that somebody else put there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.api import PlannerError, UsageError, _, printable, replace_files
from planner_ical import guide, manifest as manifests, note
from planner_ical.feeds import PRODUCT

if TYPE_CHECKING:
    from planner.api import CalendarItem, Plan
    from planner_ical.feeds import Feed


class Written(NamedTuple):
    """What a run did to the folder."""

    manifest: manifests.Manifest
    changed: tuple[str, ...]
    """Names of the files that are new or have other bytes."""
    removed: tuple[str, ...]
    overwritten: tuple[str, ...]
    """Names of the files that somebody had changed since the last run; what they changed is gone."""
    kept: tuple[str, ...]
    """Names of the files that the plan no longer has, but that somebody has changed since the last run."""


def write_folder(
    folder: Path,
    plan: Plan,
    items: Sequence[CalendarItem],
    profile: str,
    feeds: Sequence[Feed],
    changes: bytes,
    *,
    branch_ids: Sequence[str] = (),
) -> Written:
    """Write feeds, manifest, guide and `changes`, the note. With `branch_ids` all other files stay as they are.

    Raises UsageError where the folder is no folder, has the files of another plan, or files of somebody else under
    our names; PlannerError where it cannot be written. Then all files are as before; only a crash while they are put
    in place can leave some of them new, which the next run makes good.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise UsageError(
                _("{path} is a file; calendars are written into a folder.").format(path=folder),
                _("Name a folder: planner ical -o FOLDER"),
            )
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, plan, items, profile, feeds, changes, branch_ids)
    except OSError as error:
        place, reason = error.filename or folder, error.strerror or str(error)
        message = _("{path} cannot be written: {error}").format(path=place, error=reason)
        raise PlannerError(message, _("Is the file open in another program, or the folder write-protected?")) from error


def _write(
    folder: Path,
    plan: Plan,
    items: Sequence[CalendarItem],
    profile: str,
    feeds: Sequence[Feed],
    changes: bytes,
    branch_ids: Sequence[str],
) -> Written:
    before = manifests.read_manifest(_content(folder / manifests.NAME) or b"")
    _refuse_another_plan(folder, before, plan)
    listed = manifests.listed_files(before) if before else []
    mine = [manifests.file_entry(feed) for feed in feeds]
    names = {entry["name"] for entry in mine}
    others = [e for e in listed if e["name"] not in names] if branch_ids else []
    others = [e for e in others if e["branch"] not in branch_ids and _is_known(e["branch"], plan)]
    manifest = manifests.make_manifest(plan, items, profile, [*others, *mine] if others else mine)
    _sort_like_the_plan(manifest["files"], plan)
    contents = {feed.name: feed.content for feed in feeds}
    contents |= {guide.NAME: guide.guide_bytes(manifest), note.NAME: changes}
    contents[manifests.NAME] = manifests.manifest_bytes(manifest)
    _refuse_strangers(folder, contents)
    edited = _edited(folder, listed)
    changed = tuple(name for name, content in contents.items() if _content(folder / name) != content)
    current = {entry["name"] for entry in manifest["files"]}
    stale = tuple(entry["name"] for entry in listed if entry["name"] not in current)
    removed = tuple(name for name in stale if name not in edited and (folder / name).exists())
    replace_files({folder / name: contents[name] for name in changed} | {folder / name: None for name in removed})
    overwritten = tuple(name for name in changed if name in edited)
    return Written(manifest, changed, removed, overwritten, kept=tuple(name for name in stale if name in edited))


def _refuse_another_plan(folder: Path, before: Mapping[str, Any] | None, plan: Plan) -> None:
    """Raise UsageError where the manifest is that of another plan, whose files have the same names as ours."""
    said = before.get("plan") if before else None
    other = said.get("id") if isinstance(said, dict) else None
    if isinstance(said, dict) and isinstance(other, str) and other != plan.id:
        title = said.get("title")
        name = f"{title} ({other})" if isinstance(title, str) and title else other
        message = _("{folder} has the calendars of another plan: {plan}. Nothing was written.")
        raise UsageError(
            message.format(folder=printable(str(folder)), plan=printable(name)),
            _("Give every plan a folder of its own: planner ical -o FOLDER"),
        )


def _edited(folder: Path, listed: Iterable[manifests.FileEntry]) -> set[str]:
    """Names of the files that somebody has changed since the last run."""
    found = ((entry, _content(folder / entry["name"])) for entry in listed)
    return {e["name"] for e, now in found if now is not None and hashlib.sha256(now).hexdigest() != e["sha256"]}


def _is_known(branch: str | None, plan: Plan) -> bool:
    return branch is None or branch in plan.branch_by_id


def _sort_like_the_plan(files: list[manifests.FileEntry], plan: Plan) -> None:
    position = {branch.id: n for n, branch in enumerate(plan.branches)}
    files.sort(key=lambda entry: position.get(entry["branch"], -1) if entry["branch"] else -1)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _refuse_strangers(folder: Path, names: Iterable[str]) -> None:
    """Raise UsageError where a file under one of our names is not ours: it would be lost."""
    for name in names:
        content = _content(folder / name)
        if content is not None and not _is_ours(name, content):
            message = _("{path} exists already and was not written by planner; it was left as it is.")
            raise UsageError(message.format(path=folder / name), _("Choose a folder for the calendars alone."))


def _is_ours(name: str, content: bytes) -> bool:
    if not content:
        return True
    if name == manifests.NAME:
        return manifests.read_manifest(content) is not None
    if name == note.NAME:
        return note.is_note(content)
    return guide.is_guide(content) if name == guide.NAME else f"\nPRODID:{PRODUCT}".encode() in content[:200]
