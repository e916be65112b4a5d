from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from planner.api import ROW, Entry, Session, Severity, new_entry
from planner_ledger.export import pages_of
from planner_ledger.ledgers import ledgers_of
from planner_ledger.masking import is_mask
from planner_ledger.rows import fold
from planner_ledger.sheets import book, delimited
from planner_ledger.sheets.findings import Findings
from planner_ledger.sheets.headings import ROW as ROW_KEY
from planner_ledger.sheets.intake import Intake, take
from planner_ledger.sheets.pages import text_rows
from planner_ledger.sheets.reading import read_tables
from planner_ledger.sheets.workbook import as_read
from planner_ledger.values import canonical
from tests.conftest import HEAD
from tests.plugins.ledger.books import PLAN

_CHOSEN = {
    "title": [
        "=1+1", "+1", "-1", "@x", "'=1", "''", "＝1", "007", "440101199003070012", "true", "1e5", "2023-03-08", "#REF!",
        "＊＊", "x005F_", "_x000D_", "a\r\nb", "a\tb", "\x01", " 前后 ", "，。；“引”‘号’", '甲"乙',
        "长" * 2000, "超" * 40_000, "😀" * 20_000,
    ],
    "day": [
        "2023-03-08", "2023-3-8", "2023/3/8", "3月中旬", "2023-03", "1899-12-31", "1900-02-28", "9999-12-31", "胡说",
    ],
    "kind": ["甲", "乙", "丙"],
    "people": ["39人", "40余人", "近10人", "约3人", "0人", "999999999999999人", "39", "胡说"],
    "attendances": ["3226人次", "4000余人次"],
    "items": ["1件", "28件", "约3件"],
    "things": ["35场次", "3篇"],
    "length": ["2.5天", "0.125天", "0.000000000000001天", "123456789.123456789天", "1天"],
    "money": ["130989元", "0.30元", "-300元", "-0.01元", "999999999999999元", "99999999999999.99元", "1000余元", "0元"],
    "share": ["88.9%", "100%", "0%", "33.3333333333333%", "0.0000001%", "57.14285714285714%"],
    "level": ["省级", "宇宙级"],
    "grade": ["一等奖", "第3名"],
}  # fmt: skip
_VALUES = st.fixed_dictionaries(
    {
        "title": st.one_of(
            st.sampled_from(_CHOSEN["title"]),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
        )
    },
    optional={key: st.sampled_from(values) for key, values in _CHOSEN.items() if key != "title"},
)
_PLACES = st.fixed_dictionaries(
    {},
    optional={
        "task": st.sampled_from(["visit", "aid", "gone"]),
        "branch": st.sampled_from(["mech", "gone"]),
        "goals": st.lists(st.sampled_from(["care", "self", "gone"]), unique=True),
        "stage": st.just("gone"),
    },
)


class Back:
    """A ledger with rows that any program may have written, which goes into a sheet and comes back."""

    def __init__(self, folder: Path) -> None:
        path = folder / "plan.toml"
        path.write_text(HEAD + PLAN, encoding="utf-8")
        session = Session(lambda _text: None, {})
        session.plan_path = str(path)
        self.snapshot = session.snapshot()
        self.folder = folder
        self.ledger = next(each for each in ledgers_of(self.snapshot.plan) if each.id == "all")

    def entry(self, cells: dict[str, object]) -> Entry:
        """A row as the journal has it."""
        return new_entry(self.snapshot.now, "x", self.snapshot.plan.id, ROW, {"ledger": "all", "set": cells})

    def come_back(self, entries: list[Entry], name: str, *, with_private: bool = True) -> Intake:
        """Write the rows into a file and read them from it."""
        rows = {"all": fold(entries)}
        (page,) = pages_of(self.snapshot, [self.ledger], rows, with_private=with_private)
        content = delimited.to_bytes(text_rows(page)) if name.endswith("csv") else book.to_bytes([page])
        (self.folder / name).write_bytes(content)
        findings = Findings()
        (table,) = [each for each in read_tables(self.folder / name) if each.name in ("", "样样")]
        intake = take(table, self.ledger, self.snapshot.plan, rows["all"], name, findings)
        assert [str(finding) for finding in findings.told(Severity.ERROR)] == []
        return intake


@pytest.fixture(scope="module")
def back() -> Iterator[Back]:
    with TemporaryDirectory() as folder:
        yield Back(Path(folder))


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(_VALUES, _PLACES), min_size=1, max_size=6), name=st.sampled_from(["a.xlsx", "a.csv"]))
def test_whatever_stands_in_a_row_comes_back_as_it_was(
    back: Back, rows: list[tuple[dict[str, str], dict[str, object]]], name: str
) -> None:
    entries = [back.entry({**values, **places}) for values, places in rows]
    for with_private in (True, False):
        intake = back.come_back(entries, name, with_private=with_private)
        assert (len(intake.new), [change.cells for change in intake.changes]) == (0, [])
        assert intake.unchanged == len(rows)


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
@pytest.mark.parametrize("key", _CHOSEN)
def test_each_of_these_values_comes_back(back: Back, key: str, name: str) -> None:
    entries = [back.entry({"title": "甲", key: value}) for value in _CHOSEN[key]]
    intake = back.come_back(entries, name)
    assert ([change.cells for change in intake.changes], intake.unchanged) == ([], len(entries))


def _anew(back: Back, entries: list[Entry], name: str) -> list[dict[str, str]]:
    """What is made of the rows where nobody knows them, as in another plan."""
    (page,) = pages_of(back.snapshot, [back.ledger], {"all": fold(entries)}, with_private=True)
    page = page._replace(headings=[heading for heading in page.headings if heading.key != ROW_KEY])
    content = delimited.to_bytes(text_rows(page)) if name.endswith("csv") else book.to_bytes([page])
    (back.folder / name).write_bytes(content)
    findings = Findings()
    (table,) = [each for each in read_tables(back.folder / name) if each.name in ("", "样样")]
    intake = take(table, back.ledger, back.snapshot.plan, (), name, findings)
    assert [str(finding) for finding in findings.told(Severity.ERROR)] == []
    return [dict(said.values) for _line, said in intake.new]


@settings(max_examples=60)
@given(
    numbers=st.lists(st.decimals(0, 999_999_999_999, places=2), min_size=1, max_size=9),
    name=st.sampled_from(["a.xlsx", "a.csv"]),
)
def test_money_and_quantities_are_the_same_in_another_plan(back: Back, numbers: list[Decimal], name: str) -> None:
    term = back.snapshot.plan.term
    columns = back.ledger.column_by_id
    rows = [
        {
            "title": "甲",
            "money": canonical(f"{number}元", columns["money"], term),
            "people": canonical(f"{int(number)}人", columns["people"], term),
            "length": canonical(f"{number}天", columns["length"], term),
            "share": canonical(f"{number}%", columns["share"], term),
            "things": canonical(f"{int(number)}篇", columns["things"], term),
        }
        for number in numbers
    ]
    assert _anew(back, [back.entry({**row}) for row in rows], name) == rows


@settings(max_examples=60)
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
    name=st.sampled_from(["a.xlsx", "a.csv"]),
)
def test_texts_are_the_same_in_another_plan(back: Back, text: str, name: str) -> None:
    try:
        kept = canonical(text, back.ledger.column_by_id["title"], back.snapshot.plan.term)
    except ValueError:
        return
    if not kept or is_mask(kept) or as_read(kept) != kept:
        return
    assert _anew(back, [back.entry({"title": kept})], name) == [{"title": kept}]
