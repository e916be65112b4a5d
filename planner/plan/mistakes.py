"""What is wrong where a TOML parser stopped, and what to read instead so that it can go on.

Only a plan with mistakes needs this module, and only for one is it imported.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

import tomli

from planner.diagnostics import Diagnostic, Severity
from planner.i18n import _
from planner.plan.source import PlanText, Span

_FULL_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | str.maketrans(
    "“”„‟‘’【】、－　\u00a0\u200b\u2060\ufeff", '""""\'\'[],-     '
)
_BLANKS = str.maketrans("　\u00a0\u200b\u2060\ufeff", "     ")
_OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')
# A line that gives one text, with a full-width quote at either end: all that stands between is the text.
_ONE_TEXT = re.compile(r'(\s*[\w.-]+\s*[=＝：:]\s*)(["“”„＂])([^"\\]*)(["“”＂])(\s*(?:#.*)?)')
_BARE_KEY = re.compile(r"(\s*)([^\s=\"'#\[{]*[^\x00-\x7f][^=\"'#\[{]*?)(\s*=)")
_BARE_HEADER = re.compile(r"(\s*\[\[?\s*)([^\]\"']*[^\x00-\x7f][^\]\"']*?)(\s*\]\]?)")
_COLON = re.compile(r"\s*[A-Za-z0-9_.-]+\s*:")
_UNQUOTED = re.compile(r"\s*[A-Za-z0-9_.-]+\s*=[\s\[]*(?!(?:true|false|inf|nan)\b)[^\W\d_]")
_BEGINNING = re.compile(r"\s*(?:\[\[?[^\[\]{},=]+\]\]?\s*(?:#.*)?$|[\w.\"'-]+\s*=)")
"""A line that begins a table or a key, even where an open bracket says otherwise."""
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}"\']',
    re.DOTALL,
)
"""Brackets, and what may hold some without meaning them. A quote by itself is one that was never closed."""
_LONE_QUOTES = frozenset(('"', "'", '"""', "'''"))
_UNCLOSED_TEXT = re.compile(r"Unterminated|.*character '\\n'|Expected \"'")
_DEEP = 100


class _Stop(NamedTuple):
    """Where the parser stopped. Lines and columns count from 0; what stands before line `first` is valid TOML."""

    lines: list[str]
    first: int
    """The line on which the statement begins."""
    line: int
    column: int
    said: str


class _Scan(NamedTuple):
    """What is open at the end of a piece of text, as positions in it."""

    begin: int
    """A character of the first line of the last statement."""
    opened: int | None
    """The outermost bracket that is open."""
    lone_quote: int | None
    """The quote that opens a text without an end."""


class _Mistake(NamedTuple):
    """What is wrong, and the lines of the statement, from `first` on, as they are to be read instead."""

    code: str
    message: str
    hint: str | None
    line: int
    column: int
    first: int
    instead: list[str]


def explain(
    source: PlanText, text: str, error: tomli.TOMLDecodeError, known: Container[int]
) -> tuple[int, Diagnostic, str]:
    """The mistake that ended the reading of `text`: its line (from 1), what to tell, and the text without it.

    `text` is that of the source with the mistakes mended that stand on the lines `known`.
    """
    stop = _stop(text, error)
    mistake = _mistake(stop, again=stop.line + 1 in known)
    start = source.line_span(mistake.line + 1).start + mistake.column
    place = source.location(Span(start, start + 1))
    stop.lines[mistake.first : mistake.first + len(mistake.instead)] = mistake.instead
    diagnostic = Diagnostic(mistake.code, Severity.ERROR, mistake.message, place, mistake.hint)
    return place.line, diagnostic, "\n".join(stop.lines)


def beyond_limits(source: PlanText) -> Diagnostic:
    """What no part of Python reads: a number of thousands of digits, or else brackets nested very deeply."""
    if number := re.search(r"[0-9A-Fa-f_]{3000,}", source.text):
        message = _("This is not TOML: {reason}").format(reason=_("Invalid value"))
        return Diagnostic("P101", Severity.ERROR, message, source.location(Span(*number.span())))
    message = _("Brackets are nested too deeply; a plan needs at most three levels.")
    return Diagnostic("P007", Severity.ERROR, message, source.location(_deepest(source.text)))


def too_many(source: PlanText) -> Diagnostic:
    """There are more mistakes than were looked for: what is not told may be wrong as well."""
    message = _("There are very many mistakes; only the first were looked for.")
    hint = _("Mend these and check again.")
    return Diagnostic("P105", Severity.ERROR, message, source.location(Span(len(source.text), len(source.text))), hint)


def _stop(text: str, error: tomli.TOMLDecodeError) -> _Stop:
    """Where and why the parser stopped: for what was never closed, where it was opened."""
    at, said, lines = min(error.pos, len(text)), error.msg, text.split("\n")
    begin, opened, lone_quote = _scan(text, at)
    if lone_quote is not None and _UNCLOSED_TEXT.match(said):
        at, said = lone_quote, "Unterminated string"
    first, line = text.count("\n", 0, begin), text.count("\n", 0, at)
    if opened is not None:
        if not text[at:].strip() or (line > first and _BEGINNING.match(lines[line])):
            at, line = opened, first
            said = "Unclosed array" if text[at] == "[" else "Unclosed inline table"
        elif said.startswith("Unclosed"):
            said = "Invalid value"  # as likely a comma is missing
    return _Stop(lines, first, line, at - text.rfind("\n", 0, at) - 1, said)


def _scan(text: str, end: int) -> _Scan:
    """Go over `text`, which begins with a statement and is valid TOML up to the last of them, as far as `end`."""
    depth, begin, over = 0, 0, 0
    for token in _TOKEN.finditer(text, 0, end):
        sign = token.group()
        if not depth:
            begin = token.start()
        if sign in _LONE_QUOTES:
            return _Scan(begin, begin if depth else None, token.start())
        depth = max(depth + (sign in "[{") - (sign in "]}"), 0)
        over = token.end()
    if depth:
        return _Scan(begin, begin, None)
    return _Scan(end if "\n" in text[over:end] else begin, None, None)


def _mistake(stop: _Stop, again: bool) -> _Mistake:
    """What is wrong where the parser stopped, and what to read instead, in as many characters.

    A line on which it stops `again` could not be mended: what follows from that is told nobody.
    """
    line = stop.lines[stop.line]
    if not again and (mended := _mended(line, stop.line + 1, stop.said)):
        code, message, hint, better = mended
        changed = (n for n, (was, now) in enumerate(zip(line, better, strict=True)) if was != now)
        column = next(changed) if code == "P102" else stop.column
        if code == "P103":
            column = len(line) - len(line.lstrip(" \t["))
        return _Mistake(code, message, hint, stop.line, column, stop.line, [better])
    instead = _left_out(stop, header=not again)
    if stop.said.startswith(("Cannot", "Duplicate")):
        message, hint = _("This key or table stands here for the second time."), _("Remove one of the two.")
        column = len(stop.lines[stop.first]) - len(stop.lines[stop.first].lstrip())
        return _Mistake("P104", message, hint, stop.first, column, stop.first, instead)
    # What the parser says is a msgid of our catalogue; an unknown one stays English.
    reason = _(re.sub(r"'[^']*'$|\([^)]*\)", "…", stop.said).strip())
    wants_quotes = _UNQUOTED.match(line) or stop.said == "Unterminated string"
    hint = _('Texts stand in double quotes: key = "text".') if wants_quotes else _hint(stop.said, line)
    column = stop.column - 2 * stop.said.startswith("Unescaped")  # the parser points behind the escape
    message = _("This is not TOML: {reason}").format(reason=reason)
    return _Mistake("P101", message, hint, stop.line, max(column, 0), stop.first, instead)


def _hint(said: str, line: str) -> str | None:
    """What helps against mistakes that people make again and again."""
    if said.startswith("Expected newline") and line.count('"') > 2:
        return _("Quotes inside of a text: write “ ” there.")
    if "\\" in line and ("hex" in said or said.startswith("Unescaped")):
        return _("A path: write it in single quotes, or every backslash twice.")
    if said.startswith("Expected ']"):
        return _("A header is [name] or [[name]]: as many brackets at its end.")
    return None


def _mended(line: str, number: int, said: str) -> tuple[str, str, str | None, str] | None:
    """Code, message, hint, and the line as it was probably meant; None where that cannot be told."""
    better = _without_full_width(line)
    if better != line and not _UNQUOTED.match(line):
        message = _('Full-width punctuation: TOML wants the half-width signs " = , [ ] outside of texts.')
        return "P102", message, _("did you mean: {line}").format(line=better.strip()), better
    for pattern in (_BARE_KEY, _BARE_HEADER):
        if key := pattern.match(line):
            message = _("The key “{key}” is Chinese; keys are English words.").format(key=key[2].strip())
            hint = _("See the field reference for the names of keys, or `planner schema`.")
            return "P103", message, hint, line[: key.start(2)] + _stand_in(len(key[2]), number) + line[key.end(2) :]
    better = _with_equals(line)
    if better != line and said.startswith("Expected '='"):
        message = _("This is not TOML: {reason}").format(reason=_(said))
        return "P101", message, _("did you mean: {line}").format(line=better.strip()), better
    return None


def _without_full_width(line: str) -> str:
    """`line` with full-width punctuation outside of proper texts made half-width; the same length."""
    if (text := _ONE_TEXT.fullmatch(line)) and text[2] + text[4] != '""':
        return text[1].translate(_FULL_WIDTH).replace(":", "=") + f'"{text[3]}"' + text[5].translate(_BLANKS)
    pieces, at = [], 0
    for opaque in _OPAQUE.finditer(line):
        pieces += [line[at : opaque.start()].translate(_FULL_WIDTH), opaque.group()]
        at = opaque.end()
    better = "".join([*pieces, line[at:].translate(_FULL_WIDTH)])
    return _with_equals(better) if "：" in line else better


def _with_equals(line: str) -> str:
    """`key: value` with the = of TOML."""
    colon = _COLON.match(line)
    return line[: colon.end() - 1] + "=" + line[colon.end() :] if colon else line


def _left_out(stop: _Stop, header: bool) -> list[str]:
    """The lines of a statement that cannot be mended, as comments; a table's header as that of a table of no name."""
    lines, last = stop.lines, stop.line
    text = "\n".join(lines[stop.first : last + 1])
    _begin, opened, lone_quote = _scan(text, len(text))
    if opened is not None or (lone_quote is not None and text[lone_quote : lone_quote + 3] in _LONE_QUOTES):
        while last + 1 < len(lines) and not _BEGINNING.match(lines[last + 1]):
            last += 1
    result = ["#" * bool(line) + " " * (len(line) - 1) for line in lines[stop.first : last + 1]]
    length = len(lines[stop.first])
    if header and length > 2 and lines[stop.first].lstrip().startswith("["):
        result[0] = f"[{_stand_in(length - 2, stop.first + 1)}]"
    return result


def _stand_in(length: int, number: int) -> str:
    """A key that no plan has, for something on line `number`."""
    return f"{number:x>{length}}"[-length:]


def _deepest(text: str) -> Span:
    """The first bracket of the first line that opens very many."""
    for line in re.finditer(r"[^\n]+", text):
        if line.group().count("[") + line.group().count("{") > _DEEP:
            start = line.start() + len(re.split(r"[\[{]", line.group(), maxsplit=1)[0])
            return Span(start, start + 1)
    return Span(0, 1)
