"""What departments write when they mean nothing, and how spellings are made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from expectations.checks import quoted

MISSING_MARKS = ("", "-", "/", "无", "——", "—", "N/A", "n/a")
SPACES = " \t\r\n\u00a0\u3000\ufeff"
SPACE_PATTERN = r" \t\r\n\xA0\x{3000}\x{FEFF}"
# neither blanks nor full-width forms, and no apostrophe or = in front
_BLANK_OR_WIDE = r"\x00-\x20\xA0\x{3000}\x{FEFF}\x{FF01}-\x{FF5E}"
PLAIN_CELL = rf"([^{_BLANK_OR_WIDE}=\x27][^{_BLANK_OR_WIDE}]*)?"
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))  # full-width forms of ! to ~
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))


# what Excel makes of a long number, and Java without the sign; 67E4, without a point, may be a number of somebody's
E_NOTATION = "[0-9]+([.][0-9]+)?[eE][+][0-9]+|[0-9][.][0-9]+[eE][0-9]+"


def trimmed_sql(text: str) -> str:
    """The text without white space at its ends; looking for some is three times as fast as taking it off."""
    has_some = rf"regexp_matches({text}, '^[{SPACE_PATTERN}]|[{SPACE_PATTERN}]$')"
    return f"CASE WHEN {has_some} THEN trim({text}, {quoted(SPACES)}) ELSE {text} END"


def bare_sql(text: str) -> str:
    """Half-width, without blanks, without the leading apostrophe or the ="…" that keeps Excel from reading
    it."""
    return _unguarded_sql(f"translate({text}, {quoted(_WIDE + SPACES)}, {quoted(_NARROW)})")


def tight_sql(text: str) -> str:
    """As bare, but blanks inside stay, for they may part two numbers."""
    return _unguarded_sql(f"translate(trim({text}, {quoted(SPACES)}), {quoted(_WIDE)}, {quoted(_NARROW)})")


def _unguarded_sql(text: str) -> str:
    return f"regexp_replace({text}, '^(=\"(.*)\"|''(.*))$', '\\2\\3')"


def bared_sql(text: str, bare: Callable[[str], str] = bare_sql) -> str:
    """The cell bared, unless there is nothing to take off, which a pattern tells twenty times faster."""
    return f"CASE WHEN regexp_full_match({text}, '{PLAIN_CELL}') THEN {text} ELSE {bare(text)} END"


def unmarked_sql(text: str, marks: Iterable[str] = MISSING_MARKS) -> str:
    """The text, NULL where it is a mark for missing."""
    listed = ", ".join(quoted(mark) for mark in marks)
    return where_left(text, f"CASE WHEN {text} NOT IN ({listed}) THEN {text} END")


def where_left(text: str, careful: str) -> str:
    """The careful expression, not even begun on where nothing is left to read: in nearly every block of rows."""
    return f"CASE WHEN {text} IS NOT NULL THEN {careful} END"


def quickly(
    name: str, fast: str, marks: Iterable[str] = MISSING_MARKS, bare: Callable[[str], str] = bare_sql
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The first steps of a typed cell: `fast` reads the spelling that nearly all cells have, NULL for any other.

    Only what it cannot read goes on as `name`, bared and without marks; the rest costs the later steps
    nothing.
    """
    ready = f"{name}__fast"
    return (
        {name: name, ready: fast},
        {
            name: f"CASE WHEN {ready} IS NOT NULL OR {name} = '' THEN NULL ELSE {bared_sql(name, bare)} END",
            ready: ready,
        },
        {name: unmarked_sql(name, marks), ready: ready},
    )


def finished(name: str, careful: str) -> tuple[dict[str, str], dict[str, str]]:
    """The last steps: the value read fast or carefully, and under `<name>__unread` what neither could read."""
    value = f"coalesce({name}__fast, {where_left(name, careful)})"
    unread = f"CASE WHEN {name} IS NULL AND {name}__clean IS NOT NULL THEN {name}__clean END"
    return {name: value, f"{name}__clean": name}, {name: name, f"{name}__unread": unread}
