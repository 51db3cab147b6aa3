"""A landed file as rows of text cells with the lines that a clerk sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.contract import Feed
from expectations.headers import Header
from warehouse.landing.book import read_book
from warehouse.landing.gate import foreign_reader, inspect
from warehouse.landing.lines import counted
from warehouse.landing.parquet import read_parquet
from warehouse.landing.rows import settle, without_waiting
from warehouse.landing.text import read_text
from warehouse.landing.unreadable import Unreadable

__all__ = ["Sheet", "Unreadable", "read_sheet"]
STRUCK_OUT = "struck_out"


@dataclass(frozen=True)
class Sheet:
    """What was read: the view asked for holds line, row__fault and the cells c0, c1, …"""

    header: Header
    cells: tuple[str, ...]  # the labels, those of two rows joined
    header_line: int
    rows: int  # in the view, empty ones counted
    encoding: str = ""
    sheet: str = ""
    notes: tuple[tuple[str, str], ...] = field(default=())
    struck: tuple[int, ...] = ()  # lines of rows of which something is struck out


def read_sheet(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    extension: str,
    feed: Feed,
    scratch: Path,
    view: str = "text",
    part: int = 0,
) -> Sheet:
    """Read a landed file into a view (over tables of its own, `<view>_cells` and `<view>_left_out`); notes name the
    `part` of a delivery that it is.

    Unreadable when it cannot be trusted as a whole.
    """
    inspect(path, extension)
    is_book = extension in ("xlsx", "xls")
    if is_book:
        with foreign_reader("workbook_unreadable"):
            loaded = read_book(connection, path, feed, view)
    elif extension == "parquet":
        loaded = read_parquet(connection, path, feed, view)
    else:
        loaded = read_text(connection, path, extension, feed, scratch, view)
    loaded, waiting = without_waiting(connection, loaded, feed)
    left_out = settle(connection, view, loaded, feed)
    rows = connection.execute(f"SELECT count(*) FROM {view}_cells").fetchall()[0][0]
    header = loaded.layout.header
    notes = [*loaded.notes, *(("column_unknown", str(place)) for place in header.unknown)]
    struck = _of_rows(connection, view, loaded.struck)
    listed = [*left_out, *([(STRUCK_OUT, struck)] if struck else [])]
    notes += [(code, counted(lines, part)) for code, lines in listed]
    notes += [("not_filled_in", str(waiting))] if waiting else []
    return Sheet(
        header=header,
        cells=loaded.layout.labels,
        header_line=loaded.layout.line,
        rows=rows - waiting - sum(len(lines) for _, lines in left_out),
        encoding="" if is_book else loaded.origin,
        sheet=loaded.origin if is_book else "",
        notes=tuple(notes),
        struck=tuple(struck),
    )


def _of_rows(connection: duckdb.DuckDBPyConnection, view: str, lines: frozenset[int]) -> list[int]:
    """Those of the lines that are rows."""
    if not lines:
        return []
    query = f"SELECT line FROM {view} WHERE line IN (SELECT unnest(?)) ORDER BY line"
    return [line for (line,) in connection.execute(query, [sorted(lines)]).fetchall()]
