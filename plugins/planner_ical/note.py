"""变更说明.txt: what is new since people were last told, to be pasted into chats. Content, so always in Chinese."""

from __future__ import annotations

from datetime import date

from planner.api import Note, note_lines, printable

NAME = "变更说明.txt"
FIRST_WORDS = "变更说明："


def note_bytes(note: Note, today: date) -> bytes:
    """The note as its file holds it: with a byte order mark and CRLF, so that every Windows editor shows it right."""
    lines = (f"{FIRST_WORDS}{printable(note.plan.title)}", *note_lines(note, today), "")
    return "\r\n".join(lines).encode("utf-8-sig", "replace")


def is_note(content: bytes) -> bool:
    """Whether a file is a note that an earlier run wrote."""
    return content.decode("utf-8-sig", "replace").startswith(FIRST_WORDS)
