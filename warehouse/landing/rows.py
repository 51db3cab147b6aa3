"""Rows that are no rows, and quotes that swallow them, told over a view of text cells."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from expectations.checks import quoted


def without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    """A header without the empty cells at its end."""
    filled = len(cells)
    while filled and not cells[filled - 1].strip():
        filled -= 1
    return tuple(cells[:filled])


def swallows_rows(connection: duckdb.DuckDBPyConnection, delimiter: str, width: int, view: str) -> bool:
    """Whether a cell holds a line end and after it as many delimiters as a row has: a quote was not closed."""
    swallowed = rf"\n([^{delimiter}]*{delimiter}){{{max(width - 1, 1)}}}"
    cells = " OR ".join(f"regexp_matches(c{place}, '{swallowed}')" for place in range(width))
    return bool(connection.execute(f"SELECT count(*) FROM {view} WHERE {cells}").fetchall()[0][0])


def leave_out_headers(connection: duckdb.DuckDBPyConnection, cells: Sequence[str], view: str) -> None:
    """A row that repeats the header is no row: parts of a file and pasted pages carry it again."""
    same = " AND ".join(f"c{place} = {quoted(cell)}" for place, cell in enumerate(cells))
    lines = connection.execute(f"SELECT line FROM {view} WHERE {same}").fetchall()
    if lines:
        listed = ", ".join(str(line) for (line,) in lines)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {view}_kept AS SELECT * FROM {view}")
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {view}_kept WHERE line NOT IN ({listed})"
        )
