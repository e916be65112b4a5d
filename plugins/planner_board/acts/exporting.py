"""Writing the plan as another file: which format, which file, and whether one that is there is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.api import ExporterSpec, PlannerError, Session, UsageError, _, export_to, exporters, file_name
from planner_board.acts.forms import fill
from planner_board.dialogs.ask import Answer, Ask
from planner_board.dialogs.choose import Option, choose_one

if TYPE_CHECKING:
    from planner_board.app import BoardApp


async def export(app: BoardApp) -> None:
    """Ask for the format and the file, and write it. Nothing is written where a person leaves the dialog."""
    known = exporters(app.session)
    options = [Option(spec.suffix, spec.title, spec.suffix) for spec in known]
    forms = {
        form.name: form for form in app.session.call("planner_forms", snapshot=app.snapshot) if form.about == "plan"
    }
    options += [Option(name, form.title) for name, form in forms.items()]
    if not options:
        raise PlannerError(_("No plugin writes files."), _("A part is not installed."))
    chosen = await choose_one(app, _("Write the plan as"), options)
    if chosen in forms:
        await fill(app, forms[chosen], None)
    elif chosen is not None:
        await _write(app, next(spec for spec in known if spec.suffix == chosen))


async def _write(app: BoardApp, spec: ExporterSpec) -> None:
    """Ask for the file. A calendar that people load is told them by then: what it says is no longer untold."""
    prompt = (
        _("Write to this file. What it says counts as told from then on.") if spec.tells else _("Write to this file")
    )
    writing = Writing(app.session, spec, app.board.plan.title or app.board.plan.id)
    ask = Ask(spec.title, prompt, writing.proposal, writing.read, submit=writing.write)
    if await app.push_screen_wait(ask) is None or writing.written is None:
        return
    app.reload()  # what the file tells people is in the journal now
    app.tell(_("Written: {path}").format(path=writing.written))


class Writing:
    """One export: what was typed becomes a path, and a file that is there is replaced only by whoever was asked."""

    def __init__(self, session: Session, spec: ExporterSpec, title: str) -> None:
        self.session = session
        self.spec = spec
        self.proposal = file_name(title, "plan") + spec.suffix
        self.written: Path | None = None
        self._warned: Path | None = None

    def path(self, typed: str) -> Path:
        """What was typed, beside the plan unless it says otherwise, with the suffix of the format where it has none.

        Raises UsageError where it names nobody's home.
        """
        try:
            path = self.session.plan_file.absolute().parent / Path(typed.strip()).expanduser()
        except RuntimeError:
            raise UsageError(_("There is no such folder: {name}").format(name=typed)) from None
        return path if path.suffix or path.is_dir() else path.with_name(path.name + self.spec.suffix)

    def read(self, typed: str) -> Answer:
        """Where that is, and whether something is there already."""
        if not typed.strip():
            return Answer(_("Type the name of a file."), "muted", ok=False)
        path = self.path(typed)
        if path.is_dir():
            return Answer(_("{path} is a folder.").format(path=path), "bad", ok=False)
        if path.exists():
            return Answer(_("{path} is there already.").format(path=path), "warning")
        return Answer(_("in the folder {folder}").format(folder=path.parent), "muted")

    def write(self, typed: str, _also: str) -> None:
        """Write the file. Raises UsageError the first time where it would replace another, and as `export_to` does."""
        path = self.path(typed)
        if path.exists() and path != self._warned:
            self._warned = path
            raise UsageError(_("Enter once more replaces the file that is there."))
        export_to(self.session, path, replace=path == self._warned)
        self.written = path
