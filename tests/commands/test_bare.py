"""Bare `planner`: on a terminal it opens what a plugin opens, everywhere else it prints the overview."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SPRING
from tests.test_plugins import Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

OPENER = """
    import click
    from planner.api import CommandSpec, echo, hookimpl
    @hookimpl
    def planner_commands():
        yield CommandSpec("early", "opens nothing", "planner_opener:nothing")
        yield CommandSpec("window", "opens", "planner_opener:{target}", opens=True)
    @click.command()
    @click.option("--web", is_flag=True)
    @click.pass_obj
    def window(session, web):
        echo(f"opened {{session.snapshot().plan.id}} {{web}}")
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.install("opener", OPENER.format(target="window"))
    return made


def on_a_terminal(site: Site, *arguments: str | Path, **environ: str) -> str:
    """Run planner on a pseudo-terminal; what it shows."""
    ours, its = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "planner", *map(str, arguments)],
        stdin=its, stdout=its, stderr=its,
        env={
            **os.environ, "PYTHONPATH": str(site.folder), "PYTHONIOENCODING": "utf-8", "PLANNER_PLUGINS": "opener",
            "TERM": "xterm", **environ,
        },
    )  # fmt: skip
    os.close(its)
    shown = b""
    try:
        while block := os.read(ours, 1 << 16):
            shown += block
    except OSError:  # on Linux the end of a terminal is an error
        pass
    os.close(ours)
    assert process.wait(timeout=30) == 0, shown.decode()
    return shown.decode().replace("\r\n", "\n")


OPENED = "opened 2023-spring-k3f9 False\n"
OVERVIEW = "七、八月（1 项）"
"""A heading that the overview of that plan has."""


def test_on_a_terminal_it_opens_what_a_plugin_opens(site: Site) -> None:
    assert on_a_terminal(site, "-p", SPRING).endswith(OPENED)


def test_json_is_data_even_on_a_terminal(site: Site) -> None:
    assert json.loads(on_a_terminal(site, "-p", SPRING, "--json"))["plan"]["id"] == "2023-spring-k3f9"


def test_into_a_pipe_it_prints_the_overview(site: Site) -> None:
    shown = site.run("-p", SPRING, PLANNER_PLUGINS="opener").stdout
    assert "opened" not in shown
    assert OVERVIEW in shown


@pytest.mark.parametrize(
    ("environ", "arguments"), [({"TERM": "dumb"}, []), ({}, ["--no-plugin", "opener"])], ids=["dumb", "without"]
)
def test_where_nothing_can_be_opened_it_prints_the_overview(
    site: Site, environ: dict[str, str], arguments: list[str]
) -> None:
    shown = on_a_terminal(site, "-p", SPRING, *arguments, **environ)
    assert "opened" not in shown
    assert OVERVIEW in shown


def test_where_what_opens_is_broken_a_warning_stands_before_the_overview(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.install("opener", OPENER.format(target="gone"))
    shown = on_a_terminal(site, "-p", SPRING)
    assert "window" in shown.splitlines()[0]
    assert OVERVIEW in shown


def test_a_command_that_is_named_runs_as_ever(site: Site) -> None:
    assert "opened" not in on_a_terminal(site, "-p", SPRING, "show", "--month", "3")
    assert on_a_terminal(site, "-p", SPRING, "window", "--web") == OPENED.replace("False", "True")
