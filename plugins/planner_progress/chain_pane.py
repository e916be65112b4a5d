"""The pane about the chains of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.api import PaneLine
from planner_progress.chain_text import pane_lines
from planner_progress.chains import find_chains
from planner_progress.league import make_league

if TYPE_CHECKING:
    from planner.api import Snapshot


def chains(snapshot: Snapshot) -> Iterator[PaneLine]:
    """How far each sub-union is on every chain of the plan; nothing where there is none."""
    for n, chain in enumerate(find_chains(snapshot.plan, snapshot.graph)):
        if n:
            yield PaneLine("")
        yield from pane_lines(make_league(chain, snapshot), snapshot)
