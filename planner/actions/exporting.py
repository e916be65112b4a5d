"""The plan as another file format, by one of the plugins that write such files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import UsageError
from planner.files import write_atomically
from planner.i18n import _
from planner.plugins import load_target
from planner.specs import ExporterSpec

if TYPE_CHECKING:
    from planner.session import Session


def exporters(session: Session) -> Sequence[ExporterSpec]:
    """What writes files, one for each suffix; the last of equal suffixes counts."""
    return tuple({spec.suffix: spec for spec in session.call("planner_exporters")}.values())


def exporter_for(session: Session, path: Path) -> ExporterSpec:
    """What writes files with the suffix of `path`. Raises UsageError with the list where nothing does."""
    known = exporters(session)
    for spec in known:
        if spec.suffix == path.suffix.lower():
            return spec
    names = _(", ").join(f"{s.suffix} ({s.title})" for s in known) or "—"
    message = _("No plugin writes files that end in “{suffix}”.").format(suffix=path.suffix)
    raise UsageError(message, _("There are: {known}").format(known=names))


def export_to(session: Session, path: Path, *, replace: bool = True) -> None:
    """Write the plan to `path`, in the format of its suffix, and record what the file tells people.

    Raises UsageError for a suffix that nothing writes, and where the file exists and is not to be `replace`d; PlanError
    for a plan with errors, for what is wrong must not leave the office; PluginError, JournalError, and PlannerError
    where the file cannot be written. Then nothing was written or recorded.
    """
    spec = exporter_for(session, path)
    snapshot = session.snapshot(faultless=True)
    content: bytes = load_target(spec.target, spec.title)(snapshot)

    def write() -> None:
        write_atomically(path, content, replace=replace)

    if spec.tells:
        session.tell(snapshot, write)
    else:
        write()
