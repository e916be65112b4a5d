"""What a person had on the board of a plan when they left: the view, the place, the filter.

It is a convenience and no fact. So nothing here ever raises: what cannot be read is as if nothing had been kept, and
what cannot be written is forgotten with the program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from planner.api import Plan, PlannerError, Session, file_name, write_atomically
from planner_board.drawing.paint import THEMES
from planner_board.drawing.sheet import Kind, Ref

FORMAT = 1
"""Of the files. One with a higher number was written by a newer program: it is neither read nor replaced."""
MAX_BYTES = 1 << 20
"""What is larger was not written here."""
DETAILS = ("small", "large", "off")
_OF_THE_PLAN = ("view", "opened", "cursor", "filter", "filters", "detail")
_OF_ALL_PLANS = ("theme", "greeted")


class Memory:
    """Plain values that anybody may set; `save` writes those that have changed."""

    def __init__(self, folder: Path | None = None, plan: str = "", theme: str = "dark") -> None:
        """`folder`: where it is kept (None: nowhere); `plan`: its id; `theme`: the looks of someone who chose none."""
        self.plan = plan
        self.view = ""
        """Name of the view; empty: the first."""
        self.opened = ""
        """The group that is opened in it."""
        self.cursor: Ref | None = None
        self.filter = ""
        """What is filtered by, as it was typed."""
        self.filters: dict[str, str] = {}
        """Saved filters by their names."""
        self.detail = DETAILS[0]
        """Details: small, large, off."""
        self.theme = theme
        """Of all plans."""
        self.greeted = False
        """Whether the hint for newcomers was seen on this computer."""
        name = file_name(plan, "plan") + ".json"
        self._files = [
            (folder / "board" / name if folder else None, _OF_THE_PLAN, {"plan": plan}),
            (folder / "board.json" if folder else None, _OF_ALL_PLANS, {}),
        ]
        for path, names, marks in self._files:
            for key, value in _values(_read(path), names, marks).items():
                setattr(self, key, value)
        self._kept = self._now()

    @classmethod
    def of(cls, session: Session, plan: Plan) -> Memory:
        """What is remembered of a plan; for one that was never on the board what suits most people."""
        return cls(_folder(session.environ), plan.id, _theme_of_terminal(session.environ))

    def save(self) -> None:
        """Write what has changed since it was read. Other boards may be open: what they changed is left as it is."""
        now = self._now()
        for path, names, marks in self._files:
            changed = {key: now[key] for key in names if now[key] != self._kept[key]}
            if path and changed:
                _update(path, changed, self._kept, marks)
        self._kept = now

    def _now(self) -> dict[str, Any]:
        values = {key: getattr(self, key) for key in (*_OF_THE_PLAN, *_OF_ALL_PLANS)}
        return values | {"filters": dict(self.filters), "cursor": list(self.cursor) if self.cursor else None}


def _folder(environ: Mapping[str, str]) -> Path | None:
    """Where programs keep such things: `PLANNER_STATE`, else the folder that the system has for it."""
    if named := environ.get("PLANNER_STATE"):
        return Path(named)
    from platformdirs import user_state_path

    with suppress(OSError, RuntimeError):  # nobody's home
        return user_state_path("planner", appauthor=False)
    return None


def _theme_of_terminal(environ: Mapping[str, str]) -> str:
    """Dark, unless the terminal says that its paper is light: COLORFGBG=0;15 (ink, then paper)."""
    paper = environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if paper.isdecimal() and int(paper) in (7, *range(9, 16)) else "dark"


def _read(path: Path | None) -> dict[str, Any]:
    """The object in a file; an empty one where there is none that can be read."""
    with suppress(OSError, ValueError, RecursionError):
        if path and path.stat().st_size <= MAX_BYTES:
            content = json.loads(path.read_text(encoding="utf-8"))
            return content if isinstance(content, dict) else {}
    return {}


def _is_newer(content: Mapping[str, Any]) -> bool:
    number = content.get("format")
    return isinstance(number, int) and number > FORMAT


def _values(content: Mapping[str, Any], names: tuple[str, ...], marks: Mapping[str, str]) -> dict[str, Any]:
    """What is good among the values `names`; nothing where the file is newer, or another plan's."""
    if _is_newer(content) or any(content.get(key) != value for key, value in marks.items()):
        return {}
    good = {key: content[key] for key in names if key in content and _CHECKS[key](content[key])}
    if good.get("cursor"):
        good["cursor"] = Ref(*good["cursor"])
    return good


def _update(path: Path, changed: Mapping[str, Any], before: Mapping[str, Any], marks: Mapping[str, str]) -> None:
    content = _read(path)
    if _is_newer(content):
        return
    if any(content.get(key) != value for key, value in marks.items()):
        content = {}
    new = {**content, "format": FORMAT, **marks, **changed}
    if "filters" in changed and _is_filters(content.get("filters")):
        new["filters"] = _merged(content["filters"], before["filters"], changed["filters"])
    text = json.dumps(new, ensure_ascii=False, indent=1)
    with suppress(OSError, ValueError, PlannerError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not flushed to the disk: a power failure may cost the last seconds of it, and that costs nobody anything.
        write_atomically(path, text.encode("utf-8", "replace"), durable=False)


def _merged(there: dict[str, str], before: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """The filters `there`, with those that were changed or taken out here since `before`."""
    kept = {name: words for name, words in there.items() if name in now or name not in before}
    return kept | {name: words for name, words in now.items() if before.get(name) != words}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_filters(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(words, str) for words in value.values())


def _is_cursor(value: object) -> bool:
    if not isinstance(value, list) or len(value) != len(Ref._fields):
        return value is None
    kind, name, *parts = value
    return kind in get_args(Kind) and isinstance(name, str) and all(p is None or isinstance(p, str) for p in parts)


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "view": _is_text,
    "opened": _is_text,
    "cursor": _is_cursor,
    "filter": _is_text,
    "filters": _is_filters,
    "detail": lambda value: isinstance(value, str) and value in DETAILS,
    "theme": lambda value: isinstance(value, str) and value in THEMES,
    "greeted": lambda value: isinstance(value, bool),
}
