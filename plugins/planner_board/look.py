"""The look of the board's widgets: what surrounds the sheets, made from the same colours."""

from __future__ import annotations

from textual.theme import Theme

from planner_board.drawing.paint import THEMES

CSS = """
Screen { layout: vertical; background: $background; color: $foreground; }
ModalScreen { background: $background 60%; }
#middle { layout: vertical; height: 1fr; }
#detail { height: 6; border-top: none; }
.-tall #detail { height: 25%; }
#detail:focus { height: 60%; }
.-wide #middle { layout: horizontal; }
.-wide #detail { width: 38%; max-width: 64; height: 1fr; }
.-large #detail { height: 60%; }
.-wide.-large #detail { width: 60%; max-width: 100%; height: 1fr; }
.-without #detail { display: none; }
#trouble { display: none; }
.-trouble #trouble { display: block; }
#small { display: none; width: 1fr; height: 1fr; content-align: center middle; }
.-small #small { display: block; }
.-small #top, .-small #tabs, .-small #middle, .-small #hints, .-small #trouble { display: none; }
Toast { max-width: 60; }
"""


def themes() -> list[Theme]:
    """One for each set of looks."""
    return [_theme(name) for name in THEMES]


def theme_name(looks: str) -> str:
    """The library's name of a set of looks."""
    return f"planner-{looks}"


def _theme(name: str) -> Theme:
    looks = THEMES[name]
    ink, paper = _colours(looks[""])
    bar = _colours(looks["bar"])[1]
    accent = _colours(looks["today"])[1]
    return Theme(
        name=theme_name(name),
        primary=accent,
        accent=accent,
        foreground=ink,
        background=paper,
        surface=bar,
        panel=bar,
        success=_colours(looks["good"])[0],
        warning=_colours(looks["warning"])[0],
        error=_colours(looks["error"])[1],
        dark=name != "light",
    )


def _colours(look: str) -> tuple[str, str]:
    """Ink and paper of a look; one that names only one of them gives it twice."""
    found = [word for word in look.split() if word.startswith("#")]
    return found[0], found[-1]
