"""Roles and their looks. What is drawn names a role ("late"); a theme says how that looks.

No colour says anything by itself: with NO_COLOR, or for eyes that see no difference, signs and attributes do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style

DARK: Mapping[str, str] = {
    "": "#d8dee9 on #1b1f27",
    "muted": "#7d8799",
    "strong": "bold #ffffff",
    "heading": "bold #88c0d0",
    "bar": "#d8dee9 on #262c37",  # the bars at the top and bottom of the screen
    "head": "bold #d8dee9 on #2e3440",  # headings of columns
    "head-now": "bold #1b1f27 on #88c0d0",
    "now": "on #222833",  # the column or row in which today lies
    "planned": "#d8dee9",
    "doing": "#ebcb8b",
    "done": "#8fa88a",
    "postponed": "#b48ead",
    "cancelled": "strike #7d8799",
    "late": "bold #ff8a80",
    "blocked": "#d08770",
    "good": "#a3be8c",
    "warning": "#ebcb8b",
    "bad": "bold #ff8a80",
    "window": "#88a0c0 on #34415a",  # days on which something may happen
    "window-done": "#8fa88a on #2c3a30",
    "window-late": "#ff8a80 on #4a2c30",
    "decided": "bold #ebcb8b",
    "need": "#d08770",
    "today": "bold #1b1f27 on #88c0d0",
    "rest": "#a0707a on #2a2228",  # weekends and holidays
    "make-up": "#b0a070 on #2b2a22",  # weekend days on which people work
    "break": "#6a7a90 on #20252f",
    "festival": "#e0a0a8",
    "link": "underline #88c0d0",
    "badge": "#1b1f27 on #b48ead",
    "key": "bold #88c0d0 on #262c37",
    "tab": "#aab4c4 on #262c37",
    "tab-on": "bold #1b1f27 on #88c0d0",
    "error": "bold #ffffff on #a03030",
    "cursor": "bold #1b1f27 on #ebcb8b",
    "cursor-off": "underline",
}
LIGHT: Mapping[str, str] = {
    "": "#22272e on #fbfaf7",
    "muted": "#6b7280",
    "strong": "bold #000000",
    "heading": "bold #0b5c7a",
    "bar": "#22272e on #ece9e2",
    "head": "bold #22272e on #dfdbd2",
    "head-now": "bold #ffffff on #0b5c7a",
    "now": "on #f1eee6",
    "planned": "#22272e",
    "doing": "#8a5a00",
    "done": "#3d6b45",
    "postponed": "#7a3f7a",
    "cancelled": "strike #6b7280",
    "late": "bold #b00020",
    "blocked": "#a04a10",
    "good": "#2e6b3a",
    "warning": "#8a5a00",
    "bad": "bold #b00020",
    "window": "#35517a on #d3dff0",
    "window-done": "#3d6b45 on #d6e8d8",
    "window-late": "#b00020 on #f5d5d8",
    "decided": "bold #8a5a00",
    "need": "#a04a10",
    "today": "bold #ffffff on #0b5c7a",
    "rest": "#9a4a58 on #f4e6e6",
    "make-up": "#6f5f20 on #f2edd6",
    "break": "#5a6a80 on #e8ecf0",
    "festival": "#b03a50",
    "link": "underline #0b5c7a",
    "badge": "#ffffff on #7a3f7a",
    "key": "bold #0b5c7a on #ece9e2",
    "tab": "#4a525c on #ece9e2",
    "tab-on": "bold #ffffff on #0b5c7a",
    "error": "bold #ffffff on #b00020",
    "cursor": "bold #ffffff on #8a5a00",
    "cursor-off": "underline",
}
CONTRAST: Mapping[str, str] = {
    "": "#ffffff on #000000",
    "muted": "#d0d0d0",
    "strong": "bold #ffffff",
    "heading": "bold #00ffff",
    "bar": "#ffffff on #000000",
    "head": "bold underline #ffffff on #000000",
    "head-now": "bold #000000 on #00ffff",
    "now": "on #000000",
    "planned": "#ffffff",
    "doing": "bold #ffff00",
    "done": "#80ff80",
    "postponed": "#ff80ff",
    "cancelled": "strike #d0d0d0",
    "late": "bold reverse #ffffff",
    "blocked": "bold #ffb060",
    "good": "#80ff80",
    "warning": "bold #ffff00",
    "bad": "bold reverse #ffffff",
    "window": "#ffffff on #0000c0",
    "window-done": "#ffffff on #006000",
    "window-late": "#ffffff on #a00000",
    "decided": "bold #ffff00",
    "need": "bold #ffb060",
    "today": "bold #000000 on #00ffff",
    "rest": "#ffffff on #500000",
    "make-up": "#ffffff on #505000",
    "break": "#ffffff on #303030",
    "festival": "bold #ff8080",
    "link": "bold underline #00ffff",
    "badge": "bold #000000 on #ff80ff",
    "key": "bold #00ffff on #000000",
    "tab": "#ffffff on #000000",
    "tab-on": "bold #000000 on #00ffff",
    "error": "bold #ffffff on #a00000",
    "cursor": "bold #000000 on #ffff00",
    "cursor-off": "bold underline",
}
THEMES: Mapping[str, Mapping[str, str]] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
"""The looks by name; all know the same roles."""


class Paint:
    """The looks of one theme."""

    def __init__(self, theme: str = "dark") -> None:
        self.theme = theme
        self._looks = THEMES[theme]
        self.style = lru_cache(maxsize=1 << 10)(self._style)
        """The style for one or several roles ("now late"): each adds to those before it. Unknown roles raise."""

    def _style(self, roles: str = "") -> Style:
        style = Style.parse(self._looks[""])
        for role in roles.split():
            style += Style.parse(self._looks[role])
        return style
