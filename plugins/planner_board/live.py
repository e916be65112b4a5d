"""The plan and its journal as they are on disk now: opened once, read again when somebody changed them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.api import (
    Diagnostic,
    JournalError,
    Plan,
    PlanError,
    PlannerError,
    Session,
    Severity,
    Snapshot,
    TaskGraph,
    _,
    has_errors,
)

if TYPE_CHECKING:
    from pathlib import Path


LOOKING = 0.2
"""Seconds to wait for a program that holds the journal before the board says so: meanwhile it stands still."""
ACTING = 3.0
"""The same where a person wants something written."""


class Live:
    """Reads for one session. What cannot be read raises PlannerError, and the last good snapshot stays."""

    def __init__(self, session: Session) -> None:
        self.session = session
        session.store.patience, session.patience = LOOKING, ACTING
        self.mistakes: tuple[Diagnostic, ...] = ()
        """Errors in the dates and order of the plan that is shown, once `check` has looked for them."""
        self.trouble: PlannerError | None = None
        """Why the last attempt to read failed, if it did: what is shown is older than what is on disk."""
        self._plan: Plan | None = None
        self._graph: TaskGraph | None = None
        self._checked: Plan | None = None
        self._read: object = None
        """The stamp of the file that `_plan` was read from."""
        self._seen: tuple[object, object] = (None, None)
        self._try_again = False
        self.has_lost_journal = False
        """Whether there was a journal while the board was open, and there is none now."""

    def snapshot(self) -> Snapshot:
        """The state of now, whole: nothing that a board shows at once is read later. Raises PlannerError.

        The plan is read again only where its file has changed, or could not be read before.
        """
        before, self._seen = (
            self._seen,
            self._now(),
        )  # looked at before it is read: what is written meanwhile is seen the next time
        try:
            snapshot = self._snapshot(self._seen[0])
        except PlannerError as error:
            # A plan with mistakes has them until it is written again; what is locked or gone may come back by itself.
            self.trouble, self._try_again = error, not isinstance(error, PlanError)
            raise
        self.trouble, self._try_again = None, False
        self.has_lost_journal = self._seen[1] is None and (self.has_lost_journal or before[1] is not None)
        return snapshot

    def _snapshot(self, stamp: object) -> Snapshot:
        if self._plan is None or stamp is None or stamp != self._read:
            self._load()
            self._read = stamp
        assert self._plan is not None
        assert self._graph is not None
        snapshot = self.session.snapshot_of(self._plan, self._graph)
        snapshot.statuses  # noqa: B018  read now: a journal that cannot be read is told here, and not while drawing
        return snapshot

    def _load(self) -> None:
        self._read = None
        plan, found = self.session.load()
        if plan is None or has_errors(found):
            raise PlanError(_("The plan has errors."), None, [d for d in found if d.severity is Severity.ERROR])
        if self._plan is None or plan.text.data != self._plan.text.data:
            self._plan, self._graph = plan, TaskGraph(plan.tasks)
            self.mistakes = ()

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Inside, what is to be written waits for other programs."""
        store = self.session.store
        store.patience = ACTING
        try:
            yield
        finally:
            store.patience = LOOKING

    def forget(self) -> None:
        """Read everything again next time."""
        self._plan = None

    def check(self) -> bool:
        """Look for errors in dates and order, unless this plan was checked; whether `mistakes` are others now.

        Takes 30 ms for 10 000 tasks, and 300 ms where each of them has something to be said about.
        """
        if self._plan is None or self._graph is None or self._plan is self._checked:
            return False
        found = self.session.call("planner_check", plan=self._plan, graph=self._graph)
        before, self.mistakes = self.mistakes, tuple(d for d in found if d.severity is Severity.ERROR)
        self._checked = self._plan
        return self.mistakes != before

    def has_changed(self) -> bool:
        """Whether somebody wrote the plan or the journal since the last snapshot, or it is worth trying again.

        Costs next to nothing.
        """
        return self._try_again or self._now() != self._seen

    def _now(self) -> tuple[object, object]:
        stamp = _stamp(self.session.plan_file)
        try:
            return stamp, self.session.store.version()
        except JournalError:
            return stamp, JournalError  # reading it says what is wrong


def _stamp(path: Path) -> object:
    """Another value as soon as the file is another one; None where it is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116  follows links, as reading does
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
