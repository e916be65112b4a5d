"""One run of the program: opens the plan, asks the plugins, and hands a snapshot to whoever shows it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.errors import PlanError, PlannerError, UsageError
from planner.i18n import _
from planner.plugins import PluginManager, choice, discover

if TYPE_CHECKING:
    from pathlib import Path

    from planner.diagnostics import Diagnostic
    from planner.graph import TaskGraph
    from planner.journal.entry import Entry
    from planner.journal.store import Store
    from planner.plan.load import Loading
    from planner.plan.model import Plan
    from planner.plan.source import Reading
    from planner.snapshot import Snapshot


_CORE_ANSWERS = {
    "planner_check": "planner.check",
    "planner_calendar_items": "planner.calendar_items",
    "planner_stores": "planner.stores",
}
"""Modules in which the core itself answers a hook, imported when that hook is first called."""


class Session:
    """Holds the global options and opens things when they are first needed."""

    def __init__(self, warn: Callable[[str], None], environ: Mapping[str, str] | None = None) -> None:
        self.warn = warn
        """Told what goes wrong without ending the run; one line each."""
        self.environ: Mapping[str, str] = os.environ if environ is None else environ
        self.plan_path: str | None = None
        self.journal_url: str | None = None
        self.today_asked: date | None = None
        self.json = False
        self.without: tuple[str, ...] = ()
        """Names of plugins that are switched off for this run."""
        self._last: Loading | None = None
        """What was loaded last: an edit asks again and again for the same bytes, at 10 000 tasks 130 ms each time."""
        self.patience = 10.0
        """Seconds to wait for another program that is changing the plan's file. Writing takes milliseconds."""

    @cached_property
    def plugins(self) -> PluginManager:
        """The plugins, loaded; their heavy parts are not."""
        manager = PluginManager(self.warn)
        manager.load(discover(), choice(self.environ, self.without))
        return manager

    def call(self, hook: str, **arguments: Any) -> list[Any]:
        """The results of a hook from the core and all plugins."""
        if module := _CORE_ANSWERS.get(hook):
            self.plugins.register_core(import_module(module))
        return [result for _name, result in self.plugins.call(hook, **arguments)]

    def now(self, timezone: str) -> datetime:
        """The present instant, in `timezone`; with `--today` the present time of day on that day."""
        from zoneinfo import ZoneInfo

        instant = datetime.now(ZoneInfo(timezone))
        return datetime.combine(self.today_asked, instant.timetz()) if self.today_asked else instant

    def today(self, timezone: str) -> date:
        """Today in `timezone`, or the day given by `--today`."""
        return self.today_asked or self.now(timezone).date()

    @cached_property
    def author(self) -> str:
        """Who works here: `PLANNER_AUTHOR`, else the name of the system's user."""
        from getpass import getuser

        try:
            return self.environ.get("PLANNER_AUTHOR") or getuser()
        except (OSError, ImportError, KeyError):
            return ""

    @cached_property
    def tables(self) -> dict[str, Mapping[str, Any]]:
        """The plugins' tables of a plan, with their schemas."""
        return dict(pair for _name, pair in self.plugins.call("planner_schema"))

    @cached_property
    def plan_file(self) -> Path:
        """The file of the plan that was asked for. Raises UsageError where that is not clear."""
        from pathlib import Path

        return Path(self.plan_path) if self.plan_path else self._only_plan()

    @cached_property
    def store(self) -> Store:
        """The journal of that plan: `--journal`, `PLANNER_JOURNAL`, or the file beside the plan."""
        from planner.stores import open_store

        beside = self.plan_file.resolve()
        url = self.journal_url or self.environ.get("PLANNER_JOURNAL") or str(beside.with_suffix(".journal.sqlite"))
        return open_store(url, self.call("planner_stores"))

    def close(self) -> None:
        """Let go of what was opened."""
        if "store" in self.__dict__:
            self.store.close()
        if ahead := self.__dict__.pop("_ahead", None):
            ahead.close()

    def record(self, entries: Iterable[Entry], meanwhile: Callable[[], object] | None = None) -> list[Entry]:
        """Add entries to the journal, all or none; see `Store.append`. Raises JournalError."""
        return self.store.append(entries, meanwhile)

    def tell(self, snapshot: Snapshot, meanwhile: Callable[[], object], branches: Sequence[str] | None = None) -> None:
        """Run `meanwhile`, which writes calendars, and record what they tell (None: all branches and the office).

        Where `meanwhile` fails nothing is recorded. Only a crash in between, or a journal that fails after it, can
        leave files that the journal does not know; the next run writes them again.
        """
        from planner.journal.entry import REVISION, new_entry

        told = [
            new_entry(snapshot.revisions.now, self.author, snapshot.plan.id, REVISION, data, task=task, branch=branch)
            for data, task, branch in snapshot.revisions.pending(branches)
        ]
        if told:
            self.record(told, meanwhile)
        else:
            meanwhile()

    def read_ahead(self) -> None:
        """Begin to read the plan, for `load` to go on with: worth it before something else that takes a while."""
        from planner.plan.ahead import Ahead

        with suppress(PlannerError):  # `load` says it
            self._ahead = Ahead.of(self.plan_file, self.tables)

    def load(self) -> Loading:
        """The plan that was asked for, with what is wrong in it."""
        from planner.plan.source import read_plan_text

        return self._loaded(read_plan_text(self.plan_file))

    def load_bytes(self, data: bytes) -> Loading:
        """What `load` would find in the plan's file if these were its bytes."""
        from planner.plan.source import decode

        return self._loaded(decode(str(self.plan_file), data))

    def _loaded(self, reading: Reading) -> Loading:
        from planner.plan.load import load_reading

        # Loading makes millions of objects and no cycles: to look for some meanwhile costs a fifth of the time.
        goes_on = gc.isenabled()
        gc.disable()
        try:
            self._last = load_reading(reading, self.tables, self.__dict__.pop("_ahead", None), self._last)
            return self._last
        finally:
            if goes_on:
                gc.enable()
            else:
                gc.freeze()  # nor at its end does a run look; one that goes on would never get back what is frozen

    def snapshot(self, *, faultless: bool = False, checked: bool = True) -> Snapshot:
        """The plan and all that is derived from it. Raises PlanError for a plan that cannot be read whole.

        So is, where it must be `faultless` because something leaves the office, one with errors in its dates or order;
        otherwise those cost one warning. An act that shows no dates needs none of this: not `checked`.
        """
        from planner.diagnostics import has_errors
        from planner.graph import TaskGraph

        plan, found = self.load()
        if plan is None or has_errors(found):
            raise _not_done(found)
        graph = TaskGraph(plan.tasks)
        if not checked and not faultless:
            return self.snapshot_of(plan, graph)
        found = tuple(self.call("planner_check", plan=plan, graph=graph))
        if has_errors(found):
            if faultless:
                raise _not_done(d for d in found if d.severity == "error")
            self.warn(_("The plan has errors; `planner check` lists them."))
        return self.snapshot_of(plan, graph)

    def snapshot_of(self, plan: Plan, graph: TaskGraph) -> Snapshot:
        """The snapshot of a plan that is loaded already."""
        from planner.journal.history import History
        from planner.snapshot import Snapshot

        now = self.now(plan.timezone)
        return Snapshot(plan, graph, now.date(), now.astimezone(UTC), History(self.store, plan.id), self._answers)

    def _answers(self, hook: str, snapshot: Snapshot) -> tuple[Any, ...]:
        return tuple(self.call(hook, snapshot=snapshot))

    def _only_plan(self) -> Path:
        """The plan to use when none was named: in this folder or in plans/, the one whose term holds today."""
        from pathlib import Path

        if named := self.environ.get("PLANNER_PLAN"):
            return Path(named)
        found = [path for folder in (Path(), Path("plans")) for path in sorted(folder.glob("*.toml")) if _is_plan(path)]
        if len(found) > 1:
            current = [path for path in found if self._holds_today(path)]
            found = current if len(current) == 1 else found
        if len(found) == 1:
            return found[0]
        hint = _("Name one: planner -p FILE …")
        if not found:
            raise UsageError(_("There is no plan here, neither in this folder nor in plans/."), hint)
        names = "\n".join(f"  {path}" for path in found)
        raise UsageError(_("There are several plans here:\n{names}").format(names=names), hint)

    def _holds_today(self, path: Path) -> bool:
        from planner.plan.load import load_plan

        plan = load_plan(path, self.tables).plan
        return plan is not None and self.today(plan.timezone) in plan.term.window


def _not_done(problems: Iterable[Diagnostic]) -> PlanError:
    message = _("The plan has errors; nothing was done.")
    return PlanError(message, _("`planner check` lists them all."), problems)


def _is_plan(path: Path) -> bool:
    """Whether a .toml file looks like a plan: it has a table [term]. Other programs keep such files too."""
    try:
        with path.open("rb") as file:
            return b"[term]" in file.read(1 << 20)
    except OSError:
        return True  # opening it tells why it cannot be read
