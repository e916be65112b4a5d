"""Ledgers go through a real office program, as they do when a clerk opens and saves them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Outcome

pytestmark = pytest.mark.skipif(
    not shutil.which("soffice") and "soffice" not in os.environ.get("PLANNER_REQUIRE", ""),
    reason="LibreOffice is not installed",
)


def saved_by_office(sheet: Path, kind: str, folder: Path) -> Path:
    """The same sheet, as LibreOffice saves it."""
    folder.mkdir(exist_ok=True)
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    command = ["soffice", settings, "--headless", "--convert-to", kind, "--outdir", str(folder), str(sheet)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / sheet.with_suffix(f".{kind.partition(':')[0]}").name


def test_a_real_reports_ledgers_survive_being_opened_and_saved(planner: Callable[..., Outcome], tmp_path: Path) -> None:
    plan = Path(shutil.copy(ROOT / "plans" / "2022-changzhou.toml", tmp_path))
    assert planner("-p", plan, "journal", "import", ROOT / "plans" / "2022-changzhou.journal.jsonl").code == 0
    sheet = tmp_path / "台账.xlsx"
    assert planner("-p", plan, "ledger", "export", "--with-private", "-o", sheet).code == 0
    saved = saved_by_office(sheet, "xlsx", tmp_path / "saved")
    taken = planner("-p", plan, "ledger", "import", saved, "--json")
    assert taken.code == 0, taken.err
    assert json.loads(taken.out)["recorded"] is False, "nothing in it is another value than before"


def test_what_the_program_shows_is_what_the_ledger_says(planner: Callable[..., Outcome], tmp_path: Path) -> None:
    plan = Path(shutil.copy(ROOT / "plans" / "2022-changzhou.toml", tmp_path))
    assert planner("-p", plan, "journal", "import", ROOT / "plans" / "2022-changzhou.journal.jsonl").code == 0
    sheet = tmp_path / "慰问.xlsx"
    assert planner("-p", plan, "ledger", "export", "慰问", "-o", sheet).code == 0
    shown = saved_by_office(sheet, "csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path / "shown")
    rows = list(csv.DictReader(shown.read_text(encoding="utf-8-sig").splitlines()))
    people = {row["类别"]: row["人数"] for row in rows}
    assert [people[kind] for kind in ("生病住院", "亲人去世", "结婚", "生育", "退休")] == [
        "39人", "18人", "6人", "14人", "25人",
    ]  # fmt: skip
    assert any("130,989" in row["金额"] or "130989" in row["金额"] for row in rows)
