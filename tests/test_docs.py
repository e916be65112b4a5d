"""The pages of docs/, the catalogue and the README say what the program does."""

from __future__ import annotations

import re
import runpy
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.conftest import ROOT

DOCS = ROOT / "docs"
CATALOGUE = ROOT / "planner" / "locale" / "zh_CN" / "LC_MESSAGES" / "planner.po"


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    pages: dict[str, str] = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    return pages


@pytest.mark.parametrize("page", ["docs/fields.md", "docs/commands.md", "docs/hooks.md", "plans/plan.schema.json"])
def test_generated_pages_are_current(generated: dict[str, str], page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == generated[page], "run: python docs/generate.py"


def test_every_diagnostic_code_is_explained() -> None:
    page = (DOCS / "diagnostics.md").read_text(encoding="utf-8")
    used = {
        code
        for folder in ("planner", "plugins")
        for path in (ROOT / folder).rglob("*.py")
        for code in re.findall(r'"(P\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 20
    assert used == set(re.findall(r"^\| (P\d{3}) \|", page, re.MULTILINE))


def _messages() -> set[str | tuple[str, ...]]:
    keywords = {"_": None, "ngettext": (1, 2)}
    return {
        message if isinstance(message, str) else tuple(message)
        for folder in ("planner", "plugins")
        for _file, _line, message, *_rest in extract_from_dir(ROOT / folder, keywords=keywords)
    }


def test_the_chinese_catalogue_is_complete() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    translated = {
        (tuple(m.id) if isinstance(m.id, tuple) else m.id) for m in catalogue if m.id and all(_texts(m.string))
    }
    assert _messages() - translated == set()


def test_translations_keep_the_fields_of_their_messages() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id and "said by click" not in message.auto_comments:
            wanted = {_fields(text) for text in _texts(message.id)}
            for text in _texts(message.string):
                assert _fields(text) in wanted, message.id


def _texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _fields(text: str) -> frozenset[str]:
    try:
        return frozenset(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name)
    except ValueError:  # braces that are no fields
        return frozenset()


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*DOCS.glob("*.md"), *ROOT.glob("*.md"), *(ROOT / "plans").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_what_the_readme_types_exists() -> None:
    from planner.cli import CORE_COMMANDS

    names = {spec.name for spec in CORE_COMMANDS} | {"ical", "record", "ledger", "progress", "chain", "election"}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = re.findall(r"^(?:\$ )?planner(?: -p \S+)?(?: --\S+(?: \d\S*)?)* ([a-z]+)", readme, re.MULTILINE)
    assert typed
    assert set(typed) <= names
    assert Path(ROOT / "plans" / "2023-spring.toml").name in readme
