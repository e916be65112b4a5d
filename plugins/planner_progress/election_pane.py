"""The pane about the election of a union's committee."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner_progress.election_rules import found_for
from planner_progress.election_text import pane_lines

if TYPE_CHECKING:
    from planner.api import PaneLine, Snapshot


def election(snapshot: Snapshot) -> Iterator[PaneLine]:
    """The steps and their days; nothing where the plan has no table [election]."""
    if found := found_for(snapshot.plan):
        yield from pane_lines(found, snapshot)
