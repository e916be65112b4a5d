"""The cases of the policy, judged as their schema says: one test per case and per sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.dates.term import Term
from planner.dates.when import mentions, resolve
from planner.dates.window import Window, merged

DATA = Path(__file__).parent / "data"
CASES = json.loads((DATA / "when.json").read_text(encoding="utf-8"))
SENTENCES = json.loads((DATA / "when_sentences.json").read_text(encoding="utf-8"))


def term_of(contexts: dict[str, dict[str, str]], name: str) -> Term:
    days = {key: date.fromisoformat(v) for key, v in contexts[name].items() if key not in ("kind", "label")}
    return Term(days["start"], days["end"], days.get("week1"), days.get("teach_end"))


def windows_of(pairs: list[list[str]]) -> tuple[Window, ...]:
    return merged(Window(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs)


def fits(got: tuple[Window, ...], expected: tuple[Window, ...], flex: Any) -> bool:
    """The judge of the schema: exact, one end open, or holding the named days in at most so many."""
    if flex is None or not expected:
        return got == expected
    if not got:
        return False
    if flex == "start":
        return got[-1].end == expected[-1].end
    if flex == "end":
        return got[0].start == expected[0].start
    if sum(window.days for window in got) > flex["max_days"]:
        return False
    if flex["include"]:
        return all(any(date.fromisoformat(day) in window for window in got) for day in flex["include"])
    return any(w.start <= e.end and w.end >= e.start for w in got for e in expected)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']}-{case['expr']}")
def test_expression(case: dict[str, Any]) -> None:
    when = resolve(case["expr"], term_of(CASES["contexts"], case["ctx"]), case["month"])

    assert fits(when.windows, windows_of(case["windows"]), case["flex"]), when
    assert when.to_json()["recurs"] == case["recur"], when
    if case["needs_human"] is not None:
        assert when.certain is not case["needs_human"], when


@pytest.mark.parametrize("sentence", SENTENCES["sentences"], ids=lambda s: f"{s['id']}-{s['text'][:12]}")
def test_sentence(sentence: dict[str, Any]) -> None:
    term = term_of(SENTENCES["contexts"], sentence["ctx"])
    found = [m.when for m in mentions(sentence["text"], term, sentence["month"])]
    whole = resolve(sentence["text"], term, sentence["month"])
    expected = sentence["mentions"]

    dated = [when for when in found if when.windows]
    wanted = [mention for mention in expected if mention["windows"]]
    assert len(dated) == len(wanted), found
    for when, mention in zip(dated, wanted, strict=True):
        assert fits(when.windows, windows_of(mention["windows"]), mention["flex"]), when
    assert whole.windows == merged(window for when in found for window in when.windows)
    assert [r.to_json() for r in whole.recurs] == [m["recur"] for m in expected if m["recur"]]
    assert whole.certain is not any(mention["needs_human"] for mention in expected)
