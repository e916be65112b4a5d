"""Start of the program: `planner` and `python -m planner`."""

from __future__ import annotations

import gc
import os
import sys
from itertools import pairwise

from planner.i18n import choose_language, use_language


def main() -> None:
    """Choose the language, then run the command line; the process ends with its exit code."""
    gc.disable()  # a run is over before there is garbage worth looking for; what goes on for long turns it on
    use_language(choose_language(_language_asked(sys.argv[1:]), os.environ))
    from planner.cli import run  # its help texts are made when it is imported, in the language in use

    sys.exit(run(sys.argv[1:]))


def _language_asked(arguments: list[str]) -> str | None:
    """The value of --lang, before anything is parsed: even messages about the command line are in that language."""
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--lang":
            return following or None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


if __name__ == "__main__":
    main()
