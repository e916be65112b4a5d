"""Where the journal is kept, by its URL; and the core's own answer to `planner_stores`: a file of SQLite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.errors import JournalError, PlannerError, UsageError
from planner.hookspecs import hookimpl
from planner.i18n import _
from planner.plugins import load_target
from planner.specs import StoreSpec

if TYPE_CHECKING:
    from planner.journal.store import Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")  # two letters at least: C:\… is a path
# The password of user:password@host, as far as the last @ (one in the password may not be escaped), and in a query.
_PASSWORD = re.compile(
    r"(?<=://)([^/?#:@]*):(.*)@|([?&][^=&]*(?:passw|pwd|secret|token)[^=&]*)=([^&#]*)", re.IGNORECASE
)


@hookimpl
def planner_stores() -> Iterable[StoreSpec]:
    """The store that needs nothing else."""
    return [StoreSpec("sqlite", _("A file (SQLite)"), "planner.stores:open_sqlite")]


def open_sqlite(url: str) -> Store:
    """The journal in the file that `sqlite:///FILE` names: `sqlite:///plans/a.sqlite` from here, `sqlite:////srv/a.sqlite`
    from the root. What follows the third slash is taken as it is. Raises UsageError.
    """
    from pathlib import Path

    from planner.journal.sqlite import SqliteStore

    name = url.partition("://")[2].removeprefix("/")
    if not name or url.partition(":")[2][:3] != "///":
        raise UsageError(_("“{url}” names no file.").format(url=url), "sqlite:///plans/2023-spring.journal.sqlite")
    return SqliteStore(Path(name), url)


def open_store(url: str, specs: Iterable[StoreSpec]) -> Store:
    """The store at `url`: a file's path, or SCHEME://… of one of `specs`; the first of equal schemes wins.

    Nothing is opened yet where the store can wait. Raises UsageError for a scheme that nobody has, PluginError where
    the store cannot be loaded, and what the store itself raises; never with a password in it.
    """
    scheme = _SCHEME.match(url)
    if not scheme or (url[scheme.end() : scheme.end() + 2] != "//" and scheme[1].lower() != "sqlite"):
        from pathlib import Path

        from planner.journal.sqlite import SqliteStore

        if not url.strip():
            raise UsageError(_("The journal has no name."), _("Leave --journal out, or name a file."))
        return SqliteStore(Path(url))
    known: dict[str, StoreSpec] = {}
    for spec in specs:
        known.setdefault(spec.scheme, spec)
    found = known.get(scheme[1].lower())
    if found is None:
        message = _("No plugin keeps journals at {scheme}://…").format(scheme=scheme[1])
        names = _(", ").join(f"{s.scheme}:// ({s.title})" for s in known.values())
        raise UsageError(message, _("There are: {known}").format(known=names))
    return _opened(found, url)


def _opened(spec: StoreSpec, url: str) -> Store:
    """What the spec's target makes of the URL; errors of any kind tell what is wrong and keep its password."""
    target = load_target(spec.target, spec.title)
    try:
        store: Store = target(url)
    except PlannerError as error:
        error.message, error.hint = _without(url, error.message), error.hint and _without(url, error.hint)
        raise
    except Exception as error:  # noqa: BLE001  a plugin may raise anything
        message = _("The journal {url} cannot be opened: {error}")
        raise JournalError(message.format(url=public_url(url), error=_without(url, str(error)))) from None
    store.url = public_url(store.url)
    return store


def public_url(url: str) -> str:
    """The URL as it may be shown: with *** for its password."""
    return _PASSWORD.sub(lambda m: f"{m[1]}:***@" if m[3] is None else f"{m[3]}=***", url)


def _without(url: str, text: str) -> str:
    """`text` without the passwords of `url`, however they are written in it."""
    from urllib.parse import unquote

    text = text.replace(url, public_url(url))
    for found in _PASSWORD.finditer(url):
        secret = found[4] if found[2] is None else found[2]
        for spelling in (secret, unquote(secret)):
            text = text.replace(spelling, "***") if spelling else text
    return text
