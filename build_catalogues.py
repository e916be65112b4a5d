"""Hatch build hook: compiles the message catalogues (.po) to the .mo files that gettext reads."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parent / "planner" / "locale"


class CatalogueHook(BuildHookInterface):
    """Runs for every wheel and every editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write planner.mo beside each planner.po."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(text))
