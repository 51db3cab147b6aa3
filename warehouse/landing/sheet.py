"""A landed file as rows of text cells with the lines that a clerk sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.contract import Feed
from expectations.headers import Header
from warehouse.landing.book import read_book
from warehouse.landing.parquet import read_parquet
from warehouse.landing.rows import settle
from warehouse.landing.text import read_text
from warehouse.landing.unreadable import Unreadable

__all__ = ["Sheet", "Unreadable", "read_sheet"]


@dataclass(frozen=True)
class Sheet:
    """What was read: the view asked for holds line, row__fault and the cells c0, c1, …"""

    header: Header
    cells: tuple[str, ...]  # the labels, those of two rows joined
    header_line: int
    encoding: str = ""
    sheet: str = ""
    notes: tuple[tuple[str, str], ...] = field(default=())


def read_sheet(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    extension: str,
    feed: Feed,
    scratch: Path,
    view: str = "text",
) -> Sheet:
    """Read a landed file into a view (over tables of its own, `<view>_cells` and `<view>_left_out`).

    Unreadable when it cannot be trusted as a whole.
    """
    encoding, name = "", ""
    if extension in ("xlsx", "xls"):
        layout, rows_sql, name = read_book(connection, path, feed, view)
    elif extension == "parquet":
        layout, rows_sql = read_parquet(connection, path, feed, view)
        encoding = "parquet"
    else:
        layout, rows_sql, encoding = read_text(connection, path, extension, feed, scratch, view)
    left_out = settle(connection, view, rows_sql, layout, feed)
    unknown = tuple(("column_unknown", str(place)) for place in layout.header.unknown)
    return Sheet(layout.header, layout.labels, layout.line, encoding, name, (*unknown, *left_out))
