"""What the tests of ledgers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.ledger.office import Office, Run


@pytest.fixture
def office(planner: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with the ledgers 慰问, 提案 and 荣誉, and nothing in them."""
    monkeypatch.setenv("PLANNER_AUTHOR", "主席")
    return Office(planner, tmp_path / "office")
