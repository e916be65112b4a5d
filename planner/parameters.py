"""Types of command-line values that click does not have."""

from __future__ import annotations

from datetime import date

import click

from planner.i18n import _


class Day(click.ParamType[date]):
    """A day as ISO date: 2023-03-08."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(_("{value} is no day; write it like 2023-03-08.").format(value=value), param, ctx)
