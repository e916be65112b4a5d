"""The language of all that people read: English msgids, a complete zh_CN catalogue, Chinese by default."""

from __future__ import annotations

import gettext as _gettext
import os

DOMAIN = "planner"
LANGUAGES = ("zh_CN", "en")
_LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  pathlib is slow to import
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def choose_language(asked: str | None, environ: dict[str, str] | os._Environ[str]) -> str:
    """The language to speak: what was asked for, else `PLANNER_LANG`, else English where the locale says so."""
    for wish in (asked, environ.get("PLANNER_LANG")):
        if wish:
            return "en" if wish.lower().startswith("en") else "zh_CN"
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh_CN"


def use_language(language: str) -> None:
    """Speak `language` from now on, in our own texts and in those of libraries that use gettext's default domain."""
    global _catalogue
    # click asks gettext's default domain, and gettext picks its language from this variable alone.
    os.environ["LANGUAGE"] = language
    _gettext.bindtextdomain(DOMAIN, _LOCALE)
    _gettext.textdomain(DOMAIN)
    _catalogue = _gettext.translation(DOMAIN, _LOCALE, [language], fallback=True)


def _(message: str) -> str:
    """`message` in the language in use."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """`singular` or `plural`, as the language in use wants for `n` things."""
    return _catalogue.ngettext(singular, plural, n)
