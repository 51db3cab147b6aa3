"""A workbook as a view of cells: the one sheet whose header fits is read; of a list of ours all that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import duckdb

from expectations.contract import Feed
from warehouse.landing import xls, xlsx
from warehouse.landing.arrow import ROWS_PER_BATCH, Batch, columns_of, load
from warehouse.landing.cells import cell_text, texts_of
from warehouse.landing.layout import HEAD_ROWS, Layout, find, is_filled
from warehouse.landing.lines import IN_A_PART
from warehouse.landing.merged import fill_down
from warehouse.landing.names import shown
from warehouse.landing.page import Page
from warehouse.landing.rows import ROW_LENGTH, Loaded
from warehouse.landing.unreadable import Unreadable


@dataclass(frozen=True)
class _Headed:
    """A sheet, the how manieth of its book, and its layout; `rows` begin again with the first."""

    nth: int
    page: Page
    layout: Layout
    rows: Iterator[Sequence[object]]


def read_book(connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed, view: str) -> Loaded:
    """Load the sheet that fits into the table `<view>_cells`."""
    content = path.read_bytes()
    found = xls.pages(content) if content.startswith(xls.BEGINNING) else xlsx.pages(content)
    listed = enumerate(found, start=1)
    sheets = [headed for nth, page in listed if (headed := _headed(nth, page, feed))]
    if not sheets:
        raise Unreadable([("file_empty", "")])
    fitting = [sheet for sheet in sheets if sheet.layout.header.fits]
    if feed.given and len(fitting) > 1:
        return _together(connection, fitting, feed, view)
    if len(fitting) > 1:
        raise Unreadable([("two_sheets_fit", "、".join(shown(sheet.page.name) for sheet in fitting))])
    chosen = max(fitting or sheets, key=lambda sheet: len(sheet.layout.header.places))
    if chosen.layout.header.faults:
        raise Unreadable(chosen.layout.header.faults)
    _load(connection, chosen, feed, f"{view}_cells")
    notes = fill_down(connection, f"{view}_cells", chosen.layout, feed, chosen.page.spans)
    passed_over = [sheet for sheet in sheets if sheet is not chosen and _is_likely(sheet)]
    if passed_over and _is_empty(connection, f"{view}_cells", len(chosen.layout.labels)):
        raise Unreadable(passed_over[0].layout.header.faults)
    rows_sql = f"SELECT * FROM {view}_cells"
    return Loaded(chosen.layout, rows_sql, shown(chosen.page.name), tuple(notes), chosen.page.struck)


def _together(
    connection: duckdb.DuckDBPyConnection, sheets: Sequence[_Headed], feed: Feed, view: str
) -> Loaded:
    """Load every sheet as one table, each in the order of columns of the fullest; lines tell the sheet."""
    fullest = max(sheets, key=lambda sheet: len(sheet.layout.header.places))
    faults = [fault for sheet in sheets for fault in sheet.layout.header.faults]
    for sheet in sheets:
        own = sheet.layout.header.places.keys() - fullest.layout.header.places.keys()
        faults += [("sheets_differ", feed.column(name).label) for name in sorted(own)]
    if faults:
        raise Unreadable(list(dict.fromkeys(faults)))
    parts, notes, struck = [], [], []
    named = {place: name for name, place in fullest.layout.header.places.items()}
    for sheet in sheets:
        nth, places = sheet.nth, sheet.layout.header.places
        _load(connection, sheet, feed, f"{view}_sheet_{nth}")
        notes += fill_down(connection, f"{view}_sheet_{nth}", sheet.layout, feed, sheet.page.spans)
        struck += [line + nth * IN_A_PART for line in sheet.page.struck]
        cells = (
            f"{f'c{places[named[place]]}' if named.get(place) in places else 'NULL'} AS c{place}"
            for place in range(len(fullest.layout.labels))
        )
        listed = ", ".join(cells)
        parts.append(f"SELECT line + {nth * IN_A_PART} AS line, row__fault, {listed} FROM {view}_sheet_{nth}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {view}_cells AS {' UNION ALL '.join(parts)}")
    names = "\n".join(f"{sheet.nth}：{shown(sheet.page.name)}" for sheet in sheets)
    return Loaded(fullest.layout, f"SELECT * FROM {view}_cells", names, tuple(notes), frozenset(struck))


def _headed(nth: int, page: Page, feed: Feed) -> _Headed | None:
    """Where the table of a sheet begins; None for an empty sheet."""
    head: list[Sequence[object]] = []
    filled = 0
    for row in page.rows:
        head.append(row)
        filled += is_filled(_texts(row))
        if filled == HEAD_ROWS:
            break
    layout = find(feed, [(line, _texts(row)) for line, row in enumerate(head, start=1)], page.spans)
    return _Headed(nth, page, layout, chain(head, page.rows)) if layout else None


def _is_likely(sheet: _Headed) -> bool:
    """Whether a sheet whose header does not fit may be the table all the same: it has half of the columns."""
    header = sheet.layout.header
    return 2 * len(header.places) > len(sheet.layout.labels) > 1


def _is_empty(connection: duckdb.DuckDBPyConnection, table: str, width: int) -> bool:
    """Whether no cell below the header says anything, such as in a template beside the filled sheet."""
    filled = " OR ".join(f"trim(c{place}) <> ''" for place in range(width))
    return not connection.execute(f"SELECT 1 FROM {table} WHERE {filled} LIMIT 1").fetchall()


def _texts(row: Sequence[object]) -> list[str]:
    return [cell_text(cell) or "" for cell in row]


def _load(connection: duckdb.DuckDBPyConnection, sheet: _Headed, feed: Feed, table: str) -> None:
    layout = sheet.layout
    width, is_1904 = len(layout.labels), sheet.page.is_1904
    kinds = {place: feed.column(name).type for name, place in layout.header.places.items()}

    def batches() -> Iterator[Batch]:
        rows, line = islice(sheet.rows, layout.last_line, None), layout.last_line + 1
        while held := list(islice(rows, ROWS_PER_BATCH)):
            faults: list[str | None] = [None] * len(held)
            if max(map(len, held)) > width:
                faults = [ROW_LENGTH if is_filled(_texts(row[width:])) else None for row in held]
            texts = [
                texts_of(cells, kinds.get(p), is_1904) for p, cells in enumerate(columns_of(held, width))
            ]
            yield Batch(range(line, line + len(held)), faults, texts)
            line += len(held)

    load(connection, batches(), width, table)
