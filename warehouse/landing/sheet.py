"""A landed file as rows of text cells with the lines that a clerk sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.contract import Feed
from expectations.headers import Header, fit, looks_like
from warehouse.landing.cells import cell_text
from warehouse.landing.decode import Text, Undecodable, decoded
from warehouse.landing.gate import foreign_reader, inspect
from warehouse.landing.names import shown
from warehouse.landing.rows import leave_out_headers, swallows_rows, without_empty_end
from warehouse.landing.unreadable import Unreadable

FIELD_LIMIT = 64 << 20
NIL_WORDS = ("零报告", "无", "本月无")
ROWS_PER_BATCH = 50_000
FIELDS_TOO_MANY = 8  # in a row; with more of them the file is read the slow way


@dataclass(frozen=True)
class Sheet:
    """What was read: the view asked for holds line, row__fault and the cells c0, c1, …"""

    header: Header
    cells: tuple[str, ...]
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
    """Read a landed file into a view (over a table of its own); Unreadable when it cannot be trusted as a
    whole."""
    inspect(path, extension)
    csv.field_size_limit(FIELD_LIMIT)
    if extension in ("xlsx", "xls"):
        return _read_workbook(connection, path, feed, view)
    if extension == "parquet":
        return _read_parquet(connection, path, feed, view)
    try:
        text = decoded(path, scratch)
        return _read_text(connection, text, feed, "\t" if extension == "txt" else None, view)
    except Undecodable as error:
        raise Unreadable([("encoding_unknown", str(error))]) from error
    finally:
        scratch.unlink(missing_ok=True)


def fitted(feed: Feed, cells: Sequence[str]) -> Header:
    """The header as the feed's; Unreadable names what it looks like when it is another feed's."""
    header = fit(feed, cells)
    if header.faults:
        like = looks_like(cells)
        other = [("looks_like", like.title)] if like is not None and like.name != feed.name else []
        raise Unreadable([*header.faults, *other])
    return header


def _read_text(
    connection: duckdb.DuckDBPyConnection, text: Text, feed: Feed, delimiter: str | None, view: str
) -> Sheet:
    with text.path.open(encoding="utf-8", newline="") as stream:
        first = stream.readline()
        delimiter = delimiter or max(",\t;", key=first.count)
        stream.seek(0)
        cells = without_empty_end(next(csv.reader(stream, delimiter=delimiter), []))
    header = fitted(feed, cells)
    plain_header = '"' not in first and first.strip() != ""
    is_plain = plain_header and not text.has_blank_lines
    if not (is_plain and _fast(connection, text, delimiter, len(cells), view)):
        _careful(connection, text, delimiter, len(cells), view)
    if text.has_quotes and swallows_rows(connection, delimiter, len(cells), view):
        raise Unreadable([("quote_not_closed", "")])
    leave_out_headers(connection, cells, view)
    return Sheet(header, cells, 1, text.encoding, notes=_notes(header))


def _fast(connection: duckdb.DuckDBPyConnection, text: Text, delimiter: str, width: int, view: str) -> bool:
    """DuckDB's parallel reader; marks rows that are too short or too long, False when it cannot read them.

    A field that is not there comes as NULL, an empty one as '': no text can be equal to the null mark.
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width + FIELDS_TOO_MANY))
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {view}_cells AS SELECT * FROM read_csv(?, columns ="
            f" {{{columns}}}, header = FALSE,"
            f" skip = 1, auto_detect = FALSE, delim = '{delimiter}', quote = '\"', escape = '\"',"
            f" null_padding = TRUE, nullstr = '\x01', strict_mode = TRUE, max_line_size = {FIELD_LIMIT})",
            [str(text.path)],
        )
    except duckdb.Error:
        return False
    rows = connection.execute(f"SELECT count(*) FROM {view}_cells").fetchall()[0][0]
    if not text.has_quotes and rows != text.lines - 1:
        return False
    too_long = " OR ".join(f"trim(c{width + place}) <> ''" for place in range(FIELDS_TOO_MANY))
    listed = ", ".join(f"c{place}" for place in range(width))
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT CAST(rowid + 2 AS INTEGER) AS line,"
        f" CASE WHEN c{width - 1} IS NULL OR {too_long} THEN 'row_length' END AS row__fault, {listed}"
        f" FROM {view}_cells"
    )
    return True


def _careful(
    connection: duckdb.DuckDBPyConnection, text: Text, delimiter: str, width: int, view: str
) -> None:
    """Row by row, for files with blank lines, rows too long or short, or an open quote."""

    def rows() -> Iterator[tuple[int, list[str]]]:
        with text.path.open(encoding="utf-8", newline="") as stream:
            yield from enumerate(csv.reader(stream, delimiter=delimiter), start=1)

    _load(connection, ((line, row) for line, row in rows() if line > 1), width, view)


def _load(
    connection: duckdb.DuckDBPyConnection, rows: Iterator[tuple[int, list[str]]], width: int, view: str
) -> None:
    schema = pa.schema(
        [
            ("line", pa.int32()),
            ("row__fault", pa.string()),
            *((f"c{place}", pa.string()) for place in range(width)),
        ]
    )

    def batches() -> Iterator[pa.RecordBatch]:
        held: list[list[object]] = []
        for line, row in rows:
            held.append(_padded(line, row, width))
            if len(held) == ROWS_PER_BATCH:
                yield _batch(held, schema)
                held.clear()
        yield _batch(held, schema)

    source = pa.RecordBatchReader.from_batches(schema, batches())
    connection.register("careful_rows", source)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {view}_cells AS SELECT * FROM careful_rows")
    connection.unregister("careful_rows")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {view}_cells")


def _batch(rows: list[list[object]], schema: pa.Schema) -> pa.RecordBatch:
    columns: list[Sequence[object]] = list(zip(*rows, strict=True)) if rows else [() for _ in schema]
    arrays = [pa.array(column, type=part.type) for column, part in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _padded(line: int, row: list[str], width: int) -> list[object]:
    """A row as long as the header; a longer or shorter one is marked, its empty end apart."""
    filled = len(row)
    while filled > width and not row[filled - 1].strip():
        filled -= 1
    is_empty = not any(cell.strip() for cell in row)
    is_nil = row and row[0].strip() in NIL_WORDS and not any(cell.strip() for cell in row[1:])
    fault = None if filled == width or is_empty or is_nil else "row_length"
    return [line, fault, *(row + [None] * (width - len(row)))[:width]]


def _read_workbook(connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed, view: str) -> Sheet:
    from python_calamine import CalamineWorkbook

    with foreign_reader("workbook_unreadable"):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        sheets = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    headed = [
        (name, rows, without_empty_end([cell_text(cell) or "" for cell in rows[0]]))
        for name, rows in sheets
        if rows
    ]
    if not headed:
        raise Unreadable([("file_empty", "")])
    fitting = [sheet for sheet in headed if not fit(feed, sheet[2]).faults]
    if len(fitting) > 1:
        raise Unreadable([("two_sheets_fit", "、".join(shown(name) for name, _, _ in fitting))])
    name, rows, cells = (fitting or headed)[0]
    header = fitted(feed, cells)
    body = ((line, [cell_text(cell) or "" for cell in row]) for line, row in enumerate(rows[1:], start=2))
    _load(connection, body, len(cells), view)
    return Sheet(header, tuple(cells), 1, sheet=shown(name), notes=_notes(header))


def _read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed, view: str) -> Sheet:
    try:
        schema = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error:
        raise Unreadable([("parquet_unreadable", "")]) from None
    cells = tuple(row[0] for row in schema)
    header = fitted(feed, cells)
    quoted = (cell.replace('"', '""') for cell in cells)
    listed = ", ".join(f'CAST("{cell}" AS VARCHAR) AS c{place}' for place, cell in enumerate(quoted))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {view}_cells AS SELECT {listed} FROM read_parquet(?)", [str(path)]
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT CAST(rowid + 2 AS INTEGER) AS line,"
        f" CAST(NULL AS VARCHAR) AS row__fault, * FROM {view}_cells"
    )
    return Sheet(header, cells, 1, "parquet", notes=_notes(header))


def _notes(header: Header) -> tuple[tuple[str, str], ...]:
    return tuple(("column_unknown", str(place)) for place in header.unknown)
