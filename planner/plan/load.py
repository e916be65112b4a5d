"""From the bytes of a plan file to a `Plan`, with everything that is wrong in it told in one run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.diagnostics import Diagnostic, has_errors
from planner.plan.build import build_plan
from planner.plan.model import Plan
from planner.plan.references import check_references
from planner.plan.source import PlanText, Reading, read_plan_text

if TYPE_CHECKING:
    from planner.plan.ahead import Ahead
    from planner.plan.columns import Columns
    from planner.plan.positions import Path
    from planner.plan.schema import Violation

Tables = Mapping[str, Mapping[str, Any]]
"""JSON Schemas of the plugins' own tables, by table name."""
_TITLES = {"goals": "title", "branches": "name", "tasks": "title"}
_OWN = ("id", "title", "organization", "timezone", "term", "dates", "guiding", *_TITLES)
_ID = re.compile(r"""^\s*id\s*=\s*["'“]([^"'”\n]*)""", re.MULTILINE)


class Loading(NamedTuple):
    """A plan as far as it could be read, and what is wrong with it. With errors, the plan lacks what was wrong."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_usable(self) -> bool:
        """True when there is a plan without errors."""
        return self.plan is not None and not has_errors(self.diagnostics)


def load_plan(path: FilePath, tables: Tables | None = None, ahead: Ahead | None = None) -> Loading:
    """Load the plan at `path`, which may be parsed already. Raises UsageError when there is no readable file."""
    return load_reading(read_plan_text(path), tables, ahead)


def load_reading(
    reading: Reading, tables: Tables | None = None, ahead: Ahead | None = None, before: Loading | None = None
) -> Loading:
    """Load what was read. The plan of the same bytes is taken over from `before`: nothing in a plan changes."""
    text, noticed = reading
    if text is None:
        return Loading(None, noticed)
    if before and before.plan and (before.plan.text.file, before.plan.text.data) == (text.file, text.data):
        return before
    known = ahead.take(text.data) if ahead else None
    loading = _built(text, tables or {}, *known) if known else load_text(text, tables)
    return loading._replace(diagnostics=noticed + loading.diagnostics)


def load_text(text: PlanText, tables: Tables | None = None) -> Loading:
    """Load a plan from its text."""
    from planner.plan.schema import explain, make_json, violations  # 10 ms, and what is parsed already needs none
    from planner.plan.syntax import parse

    data, syntax, bad_lines = parse(text)
    if data is None:
        return Loading(None, syntax)
    try:
        found = violations(make_json(data), tables or {})
    except (RecursionError, ValueError):
        from planner.plan.mistakes import beyond_limits

        return Loading(None, (*syntax, beyond_limits(text)))
    if not found and not syntax:
        return _built(text, tables or {}, data)
    format_problems = tuple(explain(found, text, tables or {}))
    declared = _declared_ids(data, text if bad_lines else None) if found or bad_lines else None
    for violation in found:
        _prune(data, violation)
    if found:
        _complete(data)
    plan, problems = build_plan(data, text, frozenset(tables or ()), whole=not has_errors(syntax + format_problems))
    problems = (*format_problems, *problems, *check_references(plan, declared))
    return Loading(plan, syntax + tuple(_not_on(problems, bad_lines, text)))


def _built(text: PlanText, tables: Tables, valid: dict[str, Any], columns: Columns | None = None) -> Loading:
    """The plan in data that follow the schema."""
    plan, problems = build_plan(valid, text, frozenset(tables), columns)
    return Loading(plan, (*problems, *check_references(plan)))


def _not_on(problems: Iterable[Diagnostic], bad_lines: frozenset[int], text: PlanText) -> Iterator[Diagnostic]:
    """Without what only follows from a mistake in TOML: on its line, or a key missing from its table."""
    for problem in problems:
        line = problem.source.line if problem.source else 0
        if line in bad_lines:
            continue
        if problem.code == "P202" and bad_lines and (line == 1 or not bad_lines.isdisjoint(_table_lines(text, line))):
            continue  # missing at the top, it may stand under a header that cannot be read
        yield problem


def _table_lines(text: PlanText, line: int) -> range:
    """The lines of the table that begins on `line`."""
    start = text.line_span(line).start
    rest = text.mended.find("\n[", start + 1)
    return range(line, line + text.mended.count("\n", start, rest if rest >= 0 else len(text.mended)) + 1)


def _declared_ids(data: dict[str, Any], torn: PlanText | None) -> dict[str, frozenset[str]]:
    """Ids that stand in the file, well-formed or not: naming one of them is no further mistake.

    Where parts of a `torn` text could not be read, an id in such a part may be of any kind.
    """
    anywhere = frozenset(_ID.findall(torn.text)) if torn else frozenset[str]()
    declared = {}
    for kind in _TITLES:
        entries = data.get(kind)
        ids = (entry.get("id") for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
        declared[kind] = anywhere.union(name for name in ids if isinstance(name, str))
    return declared


def _prune(data: dict[str, Any], violation: Violation) -> None:
    """Take out of `data` what violates the schema, so that the rest can still be checked."""
    path, rule = violation.path, violation.rule
    if rule == "additionalProperties":
        holder = _at(data, path)
        for key in violation.details["unexpected"]:
            if isinstance(holder, dict):
                holder.pop(key, None)
    elif path and path[0] not in _OWN:
        data.pop(str(path[0]), None)  # a plugin's table is as its schema says, or not there
    elif rule == "required" and (path in ((), ("term",)) or (len(path) == 2 and path[0] in _TITLES)):
        return  # the builder does without, or `_complete` looks after it
    elif path and not (path[-1] in ("id", *_TITLES.values()) and isinstance(violation.value, str)):
        _remove(_at(data, path[:-1]), path)


def _remove(holder: Any, path: Path) -> None:
    """Take the value at `path` out of its `holder`; in a list something empty keeps the positions of the others."""
    last = path[-1]
    if isinstance(holder, dict) and isinstance(last, str):
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        holder[last] = None if path[0] == "term" or len(path) == 2 else ""


def _complete(data: dict[str, Any]) -> None:
    """After pruning: an entry without an id is left out too; one without a title has the rest of it checked."""
    for kind, title in _TITLES.items():
        for n, entry in enumerate(data.get(kind, ())):
            if entry and "id" in entry:
                entry.setdefault(title, "")
            else:
                data[kind][n] = None


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
