"""Content lines of iCalendar: escaped, folded, and without anything in them that could act."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.api import printable

LINE_END = b"\r\n"
_MOST_OCTETS = 75
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def escaped(text: str) -> str:
    r"""`text` as a value of type TEXT (RFC 5545 3.3.11): `\`, `;`, `,` and line ends are escaped."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def clean(text: str) -> str:
    """Text of a person as an escaped value of one line: control characters, which no line may hold, are shown as �."""
    return escaped(printable(text))


def clean_lines(text: str) -> str:
    """Text of a person for a DESCRIPTION: lines stay lines, blank ones at both ends go.

    Some calendars show descriptions as HTML; the property is plain text (RFC 5545 3.8.1.5), so a `<` that would
    begin a tag becomes a full-width one. Otherwise what looks like a tag would vanish, or work.
    """
    lines = (printable(line) for line in re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text))
    joined = "\n".join(lines).strip()
    return escaped(_TAG.sub("＜", joined) if "<" in joined else joined)


def folded(line: str) -> bytes:
    """A content line in UTF-8 with its line end, folded to 75 octets and never inside a character (RFC 5545 3.1)."""
    data = line.encode()
    size = len(data)
    if size <= _MOST_OCTETS:
        return data + LINE_END
    pieces = []
    start, end = 0, _MOST_OCTETS
    while end < size:
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, end = end, end + _MOST_OCTETS - 1
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + LINE_END


def block(lines: Iterable[str]) -> bytes:
    """Several content lines."""
    return b"".join(map(folded, lines))


def web_address(text: str) -> str | None:
    """`text` as a URI in ASCII (RFC 3986; what is not allowed in one is percent-encoded).

    None where it is no address of the web or of mail: nothing else is worth a tap in a calendar.
    """
    from urllib.parse import quote  # only where there is an address

    address = quote(printable(text), safe="%:/?#[]@!$&'()*+,;=~-._")
    return address if re.match(r"(?:https?://|mailto:)[^/]", address, re.IGNORECASE) else None
