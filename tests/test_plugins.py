"""Plugins as they are really installed: modules and .dist-info folders on the import path of a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from planner import hookspecs
from planner.plugins import EntryPoint, discover
from tests.conftest import ROOT, SPRING

EXAMPLE = ROOT / "docs" / "example-plugin"


class Site:
    """A folder on the import path, as pip would fill it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, source: str, *, distribution: str | None = None, extra: str = "") -> None:
        distribution = distribution or f"planner-{name}"
        (self.folder / f"planner_{name}.py").write_text(dedent(source), encoding="utf-8")
        info = self.folder / f"{distribution.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n")
        entry = f"{name} = planner_{name}" + (f" [{extra}]" if extra else "")
        (info / "entry_points.txt").write_text(f"[console_scripts]\nx = y:z\n\n[planner]\n{entry}\n")

    def run(self, *arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "planner", *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONIOENCODING": "utf-8", **environ},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def ask(self, hook: str, plan: Path = SPRING) -> subprocess.CompletedProcess[str]:
        """Call a hook of these plugins and the calendars'; each result as Python writes it, one a line."""
        return self._python("session.call(sys.argv[2], snapshot=snapshot)", plan, hook)

    def look(self, target: str, plan: Path) -> str:
        """What a pane about the plan shows."""
        return self._python("load_target(sys.argv[2], '')(snapshot)", plan, target).stdout

    def _python(self, results: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        code = f"""
import sys
from planner.api import Session, load_target
session = Session(lambda line: print(line, file=sys.stderr))
session.plan_path = sys.argv[1]
snapshot = session.snapshot()
for result in {results}:
    print(result)
"""
        plugins = {"PLANNER_PLUGINS": "beside,csv,ical,liar"}
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONIOENCODING": "utf-8", **plugins},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


BROKEN = {
    "raiser": "raise RuntimeError('坏了')",
    "speller": """
        from planner.api import hookimpl
        @hookimpl
        def planner_comands():
            return []
    """,
    "hooker": """
        from planner.api import hookimpl
        @hookimpl
        def planner_check(plan, graph):
            yield from ()
            raise ValueError("钩子里坏了")
        @hookimpl
        def planner_commands():
            return 42
    """,
    "leaver": "import sys; sys.exit(3)",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_costs_one_warning_that_names_it(site: Site, name: str) -> None:
    site.install(name, BROKEN[name])
    result = site.run("-p", SPRING, "check")
    assert result.returncode == 0
    warnings = [line for line in result.stderr.splitlines() if name in line]
    assert len(warnings) == (2 if name == "hooker" else 1), result.stderr  # one for each of its two broken hooks
    assert "Traceback" not in result.stderr + result.stdout


@pytest.mark.parametrize("name", BROKEN)
def test_help_and_the_other_plugins_work_beside_a_broken_one(site: Site, name: str) -> None:
    site.install(name, BROKEN[name])
    result = site.run("--help")
    assert result.returncode == 0
    assert "  ical " in result.stdout


def test_a_plugin_whose_extra_is_missing_says_how_to_install_it(site: Site) -> None:
    site.install("dav", "import a_library_that_nobody_has", extra="dav")
    result = site.run("--help")
    assert result.returncode == 0
    assert [line for line in result.stderr.splitlines() if 'pip install "planner-dav[dav]"' in line]


def test_the_list_of_plugins_tells_how_each_fares(site: Site) -> None:
    site.install("raiser", BROKEN["raiser"])
    site.install("speller", BROKEN["speller"])
    listed = {p["name"]: p for p in json.loads(site.run("plugins", "--json").stdout)}
    assert listed["ical"]["state"] == "on"
    assert "planner_commands" in listed["ical"]["hooks"]
    assert listed["raiser"]["state"] == "broken"
    assert "坏了" in listed["raiser"]["problem"]
    assert listed["raiser"]["version"] == "1.2"
    assert "planner_comands" in listed["speller"]["problem"]


WRONG_RESULTS = {
    "planner_schema": "[('tbl',), 3]",
    "planner_check": "[1]",
    "planner_exporters": "['x']",
    "planner_calendar_items": "[None]",
    "planner_stores": "['sqlite']",
    "planner_commands": "{'a': 1}",
}


@pytest.mark.parametrize("hook", WRONG_RESULTS)
def test_a_plugin_that_returns_something_else_costs_one_warning(site: Site, tmp_path: Path, hook: str) -> None:
    site.install(
        "liar",
        f"""
        from planner.api import hookimpl
        @hookimpl
        def {hook}():
            return {WRONG_RESULTS[hook]}
        """,
    )
    result = site.run("-p", SPRING, "export", "-o", tmp_path / "x.ics")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "x.ics").stat().st_size > 1000
    assert len([line for line in result.stderr.splitlines() if "liar" in line and hook in line]) == 1, result.stderr


WRONG_BESIDE = {"planner_panes": "['changes']", "planner_badges": "[('体检', '!')]", "planner_forms": "None"}


@pytest.mark.parametrize("hook", WRONG_BESIDE)
def test_what_is_no_pane_badge_or_form_costs_one_warning(site: Site, hook: str) -> None:
    site.install(
        "liar",
        f"""
        from planner.api import hookimpl
        @hookimpl
        def {hook}():
            return {WRONG_BESIDE[hook]}
        """,
    )
    asked = site.ask(hook)
    assert len([line for line in asked.stderr.splitlines() if "liar" in line and hook in line]) == 1, asked.stderr
    assert ("name='ical'" in asked.stdout) == (hook != "planner_badges"), "the others' results are not lost"


BESIDE = """
    from planner.api import Badge, Form, FormField, PaneLine, PaneSpec, hookimpl
    @hookimpl
    def planner_panes():
        return PaneSpec("long", "标题太长", "planner_beside:long_titles")
    def long_titles(snapshot):
        return [PaneLine(task.title, "warning", task.id) for task in snapshot.plan.tasks if len(task.title) > 25]
    @hookimpl
    def planner_badges(snapshot):
        return (Badge(line.task, "长", "warning") for line in long_titles(snapshot))
    @hookimpl
    def planner_forms(snapshot):
        yield Form("count", "数一数", (FormField("what", "数什么", required=True),), count)
    def count(session, snapshot, task, answers):
        return f"{answers['what']}: {len(snapshot.plan.tasks)}"
"""


def test_a_plugin_shows_panes_and_badges_and_asks_in_forms(site: Site) -> None:
    site.install("beside", BESIDE)
    for hook, what in (("planner_panes", "标题太长"), ("planner_badges", "长"), ("planner_forms", "数一数")):
        asked = site.ask(hook)
        assert what in asked.stdout
        assert asked.stderr == ""


COUNTING = """
    from decimal import Decimal
    from planner.api import GoalMeasure, Quantity, hookimpl
    @hookimpl
    def planner_goal_measures(snapshot):
        yield GoalMeasure("coffee", "咖啡", Quantity(Decimal(3), "杯"), goals=("care",))
"""


def test_a_plugin_counts_what_goals_are_measured_by(site: Site) -> None:
    site.install("beside", COUNTING)
    asked = site.ask("planner_goal_measures")
    assert "Quantity(number=Decimal('3'), unit='杯', about='')" in asked.stdout
    assert asked.stderr == ""


NAMING = """
    from planner.api import hookimpl
    @hookimpl
    def planner_names(snapshot):
        yield "coffee", "咖啡"
        yield "coffee.cups", "杯数"
        yield "coffee.stage.cold", "凉了"
"""


def test_a_plugin_names_what_its_rows_hold(site: Site, tmp_path: Path) -> None:
    site.install("beside", NAMING)
    row = {
        "id": "0186ca00-0000-7000-8000-000000000001",
        "time": "2023-03-10T04:00:00.000Z",
        "author": "甲",
        "plan": "2023-spring-k3f9",
        "kind": "row",
        "data": {"ledger": "coffee", "set": {"cups": "3杯", "stage": "cold"}},
    }
    plan, lines = tmp_path / "plan.toml", tmp_path / "rows.jsonl"
    plan.write_bytes(SPRING.read_bytes())
    lines.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert site.run("-p", plan, "journal", "import", lines).returncode == 0
    told = site.run("-p", plan, "log").stdout
    assert all(text in told for text in ("咖啡", "杯数 3杯", "凉了"))


WRONG_SPECS = {
    "a pane without a target": "PaneSpec('a', '甲', 'nowhere')",
    "a pane about a goal": "PaneSpec('a', '甲', 'm:f', about='goal')",
    "a pane with a name nobody can type": "PaneSpec('甲 乙', '甲', 'm:f')",
    "a choice without choices": "Form('a', '甲', (FormField('x', '乙', 'choice'),), print)",
    "a choice that is none of them": "Form('a', '甲', (FormField('x', '乙', 'choice', (('n', '否'),), 'y'),), print)",
    "two fields of one name": "Form('a', '甲', (FormField('x', '乙'), FormField('x', '丙')), print)",
    "a form about a branch": "Form('a', '甲', (), print, 'branch')",
}


@pytest.mark.parametrize("what", WRONG_SPECS)
def test_a_pane_or_form_that_cannot_work_says_so_where_it_is_made(what: str) -> None:
    from planner.api import Form, FormField, PaneSpec

    with pytest.raises(ValueError, match=r"want|one name"):
        eval(WRONG_SPECS[what], {"Form": Form, "FormField": FormField, "PaneSpec": PaneSpec})


def test_a_single_result_need_not_be_in_a_list(site: Site, tmp_path: Path) -> None:
    site.install(
        "single",
        """
        from planner.api import hookimpl
        @hookimpl
        def planner_schema():
            return "single", {"type": "object"}
        """,
    )
    assert "single" in json.loads(site.run("schema").stdout)["properties"]


def test_plugins_can_be_switched_off(site: Site) -> None:
    site.install("raiser", BROKEN["raiser"])
    assert site.run("--no-plugin", "raiser", "--help").stderr == ""
    only = site.run("plugins", "--json", PLANNER_PLUGINS="ical")
    assert only.stderr == ""
    states = {p["name"]: p["state"] for p in json.loads(only.stdout)}
    assert states == {"board": "off", "ical": "on", "ledger": "off", "progress": "off", "raiser": "off"}


def test_a_plugin_cannot_take_the_name_of_a_command(site: Site) -> None:
    site.install(
        "thief",
        """
        from planner.api import CommandSpec, hookimpl
        @hookimpl
        def planner_commands():
            return [CommandSpec("check", "steal", "planner_thief:nothing")]
        """,
    )
    result = site.run("-p", SPRING, "check")
    assert result.returncode == 0
    assert "thief" in result.stderr


def test_a_command_whose_target_is_missing_fails_alone(site: Site) -> None:
    site.install(
        "lost",
        """
        from planner.api import CommandSpec, hookimpl
        @hookimpl
        def planner_commands():
            return [CommandSpec("lost", "nowhere", "planner_lost:nothing")]
        """,
    )
    assert "lost" in site.run("--help").stdout
    result = site.run("lost")
    assert result.returncode == 5
    assert "Traceback" not in result.stderr


def test_the_example_plugin_works_as_installed(site: Site, tmp_path: Path) -> None:
    source = (EXAMPLE / "planner_csv.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 75
    site.install("csv", source)
    plan = tmp_path / "plan.toml"
    plan.write_text(
        SPRING.read_text(encoding="utf-8")
        .replace("气排球比赛", "气排球比赛" + "很长" * 20)
        .replace("慈善一日捐", "=1+1"),
        encoding="utf-8",
    )
    assert "CSV1" in site.run("-p", plan, "check").stdout
    assert site.run("-p", plan, "export", "-o", tmp_path / "out.csv").returncode == 0
    rows = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "编号,事项,时间"
    assert any("'=1+1" in row for row in rows)
    assert site.ask("planner_badges", plan).stdout.splitlines() == [
        "Badge(task='air-volleyball', text='标题长', role='warning')"
    ]
    assert "name='csv'" in site.ask("planner_panes", plan).stdout
    looked = site.look("planner_csv:pane", plan)
    assert "气排球" in looked
    assert "task='air-volleyball'" in looked


def test_entry_points_are_found_like_the_installer_writes_them(tmp_path: Path) -> None:
    info = tmp_path / "some_thing-2.0.1.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(
        "[planner]\none=pkg.one\ntwo = pkg.two [extra]\n[other]\nthree = pkg.three\n"
    )
    (tmp_path / "no_entry-1.dist-info").mkdir()
    assert discover([str(tmp_path), "/does/not/exist"]) == [
        EntryPoint("one", "pkg.one", "some-thing", "2.0.1"),
        EntryPoint("two", "pkg.two", "some-thing", "2.0.1", "extra"),
    ]


def test_built_in_plugins_are_installed_as_the_project_declares_them() -> None:
    import tomli

    declared = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["planner"]
    installed = {entry.name: entry.module for entry in discover() if entry.distribution == "planner"}
    assert installed == declared, "reinstall: entry points are read at installation"


def test_every_hook_is_documented_and_tested() -> None:
    hooks = [name for name in dir(hookspecs) if name.startswith("planner_")]
    page = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    example = (EXAMPLE / "planner_csv.py").read_text(encoding="utf-8")
    assert len(hooks) >= 5
    for hook in hooks:
        assert f"## `{hook}" in page, hook
        assert f"def {hook}(" in tests + example, hook


def test_a_plugin_adds_calendar_items_and_a_table_of_its_own(site: Site, tmp_path: Path) -> None:
    site.install(
        "dues",
        """
        from planner.api import CalendarItem, Window, hookimpl
        @hookimpl
        def planner_schema():
            yield "dues", {"type": "object", "properties": {"day": {"type": "string"}}, "additionalProperties": False}
        @hookimpl
        def planner_calendar_items(snapshot):
            from datetime import date
            day = date.fromisoformat(snapshot.plan.tables["dues"]["day"])
            yield CalendarItem("dues", "收缴会费", "decided", Window(day, day))
        """,
    )
    plan = tmp_path / "plan.toml"
    plan.write_text(SPRING.read_text(encoding="utf-8") + "\n[dues]\nday = 2023-04-10\n", encoding="utf-8")
    assert site.run("-p", plan, "ical", "-o", tmp_path / "out").returncode == 0
    assert "收缴会费" in (tmp_path / "out" / "全部.ics").read_text(encoding="utf-8")
    plan.write_text(plan.read_text(encoding="utf-8") + "dya = 1\n", encoding="utf-8")
    checked = site.run("-p", plan, "check")
    assert checked.returncode == 3
    assert "P201" in checked.stdout
    assert "是不是想写 day" in checked.stdout


def test_a_plugin_keeps_the_journal_somewhere_else(site: Site, tmp_path: Path) -> None:
    site.install(
        "shelf",
        """
        import json
        from pathlib import Path
        from planner.api import Entry, MemoryStore, StoreSpec, hookimpl
        @hookimpl
        def planner_stores():
            yield StoreSpec("shelf", "书架", "planner_shelf:Shelf")
        class Shelf(MemoryStore):
            def __init__(self, url):
                self.path = Path(url.partition("://")[2].partition("?")[0])
                known = json.loads(self.path.read_text()) if self.path.exists() else []
                super().__init__([Entry(*values) for values in known], url)
            def append(self, entries, meanwhile=None):
                new = super().append(entries, meanwhile)
                if new:
                    self.path.write_text(json.dumps(list(self.entries())))
                return new
        """,
    )
    plan = tmp_path / "plan.toml"
    plan.write_bytes(SPRING.read_bytes())
    url = f"shelf://{tmp_path / 'a.json'}?password=geheim"
    assert site.run("-p", plan, "--journal", url, "done", "体检").returncode == 0
    assert json.loads((tmp_path / "a.json").read_text())[-1][4:6] == ["status", {"status": "done"}]
    told = site.run("-p", plan, "journal", "info", "--json", PLANNER_JOURNAL=url)
    assert json.loads(told.stdout)["entries"] == 1
    assert "geheim" not in told.stdout + told.stderr
    assert not plan.with_suffix(".journal.sqlite").exists()
    unknown = site.run("-p", plan, "--journal", "nowhere://x", "log")
    assert unknown.returncode == 2
    assert "shelf:// (书架)" in unknown.stderr
