"""What departments write when they mean nothing, and how spellings are made one."""

from __future__ import annotations

from collections.abc import Iterable

from expectations.checks import quoted

MISSING_MARKS = ("", "-", "/", "无", "——", "—", "N/A", "n/a")
SPACES = " \t\r\n\u00a0\u3000\ufeff"
# neither blanks nor full-width forms, and no apostrophe or = in front
PLAIN_CELL = r"([^\x00-\x20\xA0\x{3000}\x{FEFF}\x{FF01}-\x{FF5E}=\x27][^\x00-\x20\xA0\x{3000}\x{FEFF}\x{FF01}-\x{FF5E}]*)?"
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))  # full-width forms of ! to ~
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))


def trimmed_sql(text: str) -> str:
    """The text without white space at its ends."""
    return f"trim({text}, {quoted(SPACES)})"


def bare_sql(text: str) -> str:
    """Half-width, without blanks, without the leading apostrophe or the ="…" that keeps Excel from reading it."""
    narrow = f"translate({text}, {quoted(_WIDE + SPACES)}, {quoted(_NARROW)})"
    return f"regexp_replace({narrow}, '^(=\"(.*)\"|''(.*))$', '\\2\\3')"


def bared_sql(text: str) -> str:
    """The cell bared, unless there is nothing to take off, which a pattern tells twenty times faster."""
    return f"CASE WHEN regexp_full_match({text}, '{PLAIN_CELL}') THEN {text} ELSE {bare_sql(text)} END"


def unmarked_sql(text: str, marks: Iterable[str] = MISSING_MARKS) -> str:
    """The text, NULL where it is a mark for missing."""
    listed = ", ".join(quoted(mark) for mark in marks)
    return f"CASE WHEN {text} IN ({listed}) THEN NULL ELSE {text} END"


def unread_layer(name: str) -> dict[str, str]:
    """The last step of a value that can be unreadable: `<name>__clean` is what was said, `name` what was read."""
    unread = f"CASE WHEN {name} IS NULL AND {name}__clean IS NOT NULL THEN {name}__clean END"
    return {name: name, f"{name}__unread": unread}
