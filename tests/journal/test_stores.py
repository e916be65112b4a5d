"""Where a journal is, as people name it: a file, or a URL that a plugin understands. Passwords are never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import JournalError, PlannerError, PluginError, UsageError
from planner.journal.sqlite import SqliteStore
from planner.journal.store import MemoryStore, Store
from planner.specs import StoreSpec
from planner.stores import open_store, planner_stores, public_url
from tests.journal.contract import entry

SECRET = "pa:s/s@word%21"
URL = f"test://li:{SECRET}@db.example.org/union?sslmode=require"


def keep_in_memory(url: str) -> Store:
    """A plugin's store that is careless with its URL."""
    return MemoryStore(url=url)


def fail(url: str) -> Store:
    raise ConnectionRefusedError(f"cannot reach {url} as {SECRET} or pa:s/s@word!")


def refuse(url: str) -> Store:
    raise JournalError(f"no such database: {url}", f"try {url}")


SPECS = [
    *planner_stores(),
    StoreSpec("test", "试验", f"{__name__}:keep_in_memory"),
    StoreSpec("failing", "坏的", f"{__name__}:fail"),
    StoreSpec("refusing", "不肯的", f"{__name__}:refuse"),
    StoreSpec("missing", "没有的", "planner.no_such_module:open"),
    StoreSpec("test", "后来的", f"{__name__}:fail"),
]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("a.sqlite", "a.sqlite"),
        ("plans/日志 1.sqlite", "plans/日志 1.sqlite"),
        ("/srv/50%.sqlite", "/srv/50%.sqlite"),
        (r"C:\plans\a.sqlite", r"C:\plans\a.sqlite"),
        ("sqlite:///plans/a b%20?.sqlite", "plans/a b%20?.sqlite"),
        ("sqlite:////srv/a.sqlite", "/srv/a.sqlite"),
        ("SQLITE:///a.sqlite", "a.sqlite"),
        ("notes:2023.sqlite", "notes:2023.sqlite"),
    ],
)
def test_a_path_and_its_url_name_the_same_file(url: str, path: str) -> None:
    store = open_store(url, SPECS)
    assert isinstance(store, SqliteStore)
    assert store.path == Path(path)
    assert store.url == url


def test_a_file_that_is_named_by_a_url_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite:///here.sqlite", f"sqlite:///{tmp_path}/there.sqlite"):
        store = open_store(url, SPECS)
        store.append([entry()])
        store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here.sqlite", "there.sqlite"]


@pytest.mark.parametrize("url", ["", "  ", "sqlite:a.sqlite", "sqlite:", "sqlite://", "sqlite:///", "sqlite://host/a"])
def test_what_names_no_file_is_a_mistake_of_usage(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(url, SPECS)
    assert caught.value.hint


def test_an_unknown_scheme_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="postgres") as caught:
        open_store(f"postgres://li:{SECRET}@host/db", SPECS)
    assert "sqlite://" in (caught.value.hint or "")
    assert "test:// (试验)" in (caught.value.hint or "")
    assert SECRET not in f"{caught.value}{caught.value.hint}"


def test_a_plugins_store_is_opened_and_shown_without_its_password() -> None:
    store = open_store(URL, SPECS)
    assert isinstance(store, MemoryStore)
    assert store.url == "test://li:***@db.example.org/union?sslmode=require"


@pytest.mark.parametrize(
    ("scheme", "kind"), [("failing", JournalError), ("refusing", JournalError), ("missing", PluginError)]
)
def test_a_store_that_cannot_be_opened_keeps_the_secret(scheme: str, kind: type[PlannerError]) -> None:
    with pytest.raises(kind) as caught:
        open_store(URL.replace("test:", f"{scheme}:"), SPECS)
    told = f"{caught.value.message} {caught.value.hint}"
    assert "s/s@word" not in told
    assert "db.example.org" in told or scheme == "missing"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://host:5432/db", "postgres://host:5432/db"),
        ("postgres://li@host/db", "postgres://li@host/db"),
        ("postgres://li:geheim@host:5432/db", "postgres://li:***@host:5432/db"),
        ("postgres://:x@host", "postgres://:***@host"),
        ("postgres://host/db?user=li&password=geheim&a=1", "postgres://host/db?user=li&password=***&a=1"),
        ("libsql://host?authToken=ey.x", "libsql://host?authToken=***"),
        ("/srv/a:b@c.sqlite", "/srv/a:b@c.sqlite"),
    ],
)
def test_a_password_is_cut_out_wherever_it_stands(url: str, shown: str) -> None:
    assert public_url(url) == shown


@pytest.mark.parametrize("scheme", ["", "Post", "p", "1a", "a b", "帐本", "a:", "a/"])
def test_a_scheme_is_checked_when_it_is_registered(scheme: str) -> None:
    with pytest.raises(ValueError, match="scheme"):
        StoreSpec(scheme, "x", "a:b")
