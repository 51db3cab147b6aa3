"""Delimited text by DuckDB's reader, where it reads a file as it stands."""

from __future__ import annotations

import duckdb

from expectations.checks import quoted
from expectations.types.blanks import SPACES
from warehouse.landing.decode import EMPTY_LINE, Text
from warehouse.landing.layout import Layout
from warehouse.landing.rows import ROW_LENGTH

LONGEST_LINE = 64 << 20
FIELDS_TOO_MANY = 8  # in a row; with more of them the file is read row by row
GUARDED = ' *="[^"]*" *'  # against Excel, which would make a number of it
MISSING_FIELD = "\x01"  # what DuckDB gives for a field that is not there; no text can be equal to it


def read_quickly(
    connection: duckdb.DuckDBPyConnection, text: Text, delimiter: str, layout: Layout, above: int, view: str
) -> str | None:
    """Load the rows below the header into `<view>_cells`; returns a query of them, rows that are too short or too
    long marked. None when DuckDB cannot read the file, or reads other lines than it has; or when it does not say what
    quotes a cell had: one stands in a cell, or "a" "b" would be read as one.

    `above` is how many lines of the file the header and what stands above it take. A field that is not there
    comes as NULL, an empty one as ''.
    """
    # line breaks in cells need one thread; without a quote there are none
    if (
        not text.is_even
        or text.has_gaps
        or not any(
            _loaded(connection, text, delimiter, layout, view, has_threads)
            for has_threads in ((True, False) if text.has_quotes else (True,))
        )
    ):
        return None
    width = len(layout.labels)
    if _lines_read(connection, f"{view}_cells", width if text.has_quotes else 0) != text.lines - above:
        return None
    if text.has_quotes and _holds_quotes(connection, f"{view}_cells", width + FIELDS_TOO_MANY):
        return None
    listed = ", ".join(f"c{place}" for place in range(width))
    more = ", ".join(f"c{width + place}" for place in range(FIELDS_TOO_MANY))
    blanks = quoted(SPACES)
    is_longer = f"concat({more}) <> '' AND trim(concat({more}), {blanks}) <> ''"
    is_off = f"(c{width - 1} IS NULL AND trim(concat({listed}), {blanks}) <> '') OR ({is_longer})"
    return (
        f"SELECT CAST(rowid + {layout.last_line + 1} AS INTEGER) AS line,"
        f" CASE WHEN {is_off} THEN '{ROW_LENGTH}' END AS row__fault, {listed} FROM {view}_cells"
        f" WHERE c0 IS DISTINCT FROM '{EMPTY_LINE}'"
    )


def _loaded(
    connection: duckdb.DuckDBPyConnection,
    text: Text,
    delimiter: str,
    layout: Layout,
    view: str,
    has_threads: bool,
) -> bool:
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(layout.labels) + FIELDS_TOO_MANY))
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {view}_cells AS SELECT * FROM read_csv(?, columns = {{{columns}}},"
            f" header = FALSE, skip = {layout.last_line}, auto_detect = FALSE, delim = '{delimiter}',"
            f" quote = '\"', escape = '\"', strict_mode = TRUE, null_padding = TRUE, nullstr = '{MISSING_FIELD}',"
            f" max_line_size = {LONGEST_LINE}, parallel = {has_threads})",
            [str(text.path)],
        )
    except duckdb.Error:
        return False
    return True


def _holds_quotes(connection: duckdb.DuckDBPyConnection, table: str, width: int) -> bool:
    """Whether a cell has a quote in it, ="410184" apart."""
    cells = (f"(contains(c{n}, '\"') AND NOT regexp_full_match(c{n}, '{GUARDED}'))" for n in range(width))
    return bool(connection.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(cells)} LIMIT 1").fetchall())


def _lines_read(connection: duckdb.DuckDBPyConnection, table: str, width: int) -> int:
    """Lines of the file that the rows account for: one each, and those inside the first `width` cells."""
    feeds = (
        f"CASE WHEN contains(c{n}, chr(10)) THEN length(c{n}) - length(replace(c{n}, chr(10), '')) ELSE 0 END"
        for n in range(width)
    )
    inside = f" + coalesce(sum({' + '.join(feeds)}), 0)" if width else ""
    return int(connection.execute(f"SELECT count(*){inside} FROM {table}").fetchall()[0][0])
