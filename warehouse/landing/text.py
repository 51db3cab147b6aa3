"""A file of delimited text as a view of cells: by DuckDB where it can be trusted to, else row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.contract import Feed, Type
from warehouse.landing.arrow import ROWS_PER_BATCH, Batch, columns_of, load
from warehouse.landing.decode import EMPTY_LINE, Text, decoded, encodings_of
from warehouse.landing.layout import HEAD_ROWS, Layout, find, is_filled
from warehouse.landing.quick import read_quickly
from warehouse.landing.rows import ROW_LENGTH, Loaded, swallows_rows
from warehouse.landing.unreadable import Unreadable

FIELD_LIMIT = 64 << 20
HEAD_CHARACTERS = 1 << 20  # in which the header must lie
LAST_CELLS = 3  # rows above an open last line that show how long its last cell should be
OF_ANY_LENGTH = (None, Type.TEXT, Type.CODE, Type.CODE_SET, Type.FLAG)
_OPEN_DAY = re.compile(r"\D[1-3]$")  # of a date: 2020-6-1 may be the beginning of 2020-6-11
OPEN_QUOTE, CUT_OFF = "quote", "cut_off"  # why a row is held
USUAL = {"csv": ",\t;", "txt": "\t,;"}
UNUSUAL = "|，"  # delimiters that are read as well, and said
SEEN = "delimiter_seen"
_NO_LINE = "\x03"  # behind the last line: a row that has it is in an open quote


def read_text(
    connection: duckdb.DuckDBPyConnection, path: Path, extension: str, feed: Feed, scratch: Path, view: str
) -> Loaded:
    """Load the file into the table `<view>_cells`."""
    csv.field_size_limit(FIELD_LIMIT)
    try:
        text = decoded(path, scratch)
        delimiter, layout, above = _layout(text, extension, feed)
        rows_sql = read_quickly(connection, text, delimiter, layout, above, view)
        rows_sql = rows_sql or _careful(connection, text, delimiter, layout, view)
    finally:
        scratch.unlink(missing_ok=True)
    width = len(layout.labels)
    if text.has_quotes:
        line = swallows_rows(connection, rows_sql, delimiter, width)
        if line is not None:
            raise Unreadable([("quote_not_closed", str(line))])
    if text.is_open:
        rows_sql = _without_half(connection, rows_sql, layout, feed)
    notes = ((SEEN, delimiter),) if delimiter in UNUSUAL else ()
    return Loaded(layout, rows_sql, text.encoding, notes)


def has_header(start: bytes, extension: str, feed: Feed) -> bool:
    """Whether some text begins with a header of the feed's, a wrong one too: with two of its columns and more."""
    for encoding in encodings_of(start):
        text = start.decode(encoding, "replace")
        for delimiter in USUAL[extension] + UNUSUAL:
            layout = find(feed, [(nth, row) for nth, (row, _) in enumerate(_head(text, delimiter), start=1)])
            if layout is not None and len(layout.header.places) > 1:
                return True
    return False


def _layout(text: Text, extension: str, feed: Feed) -> tuple[str, Layout, int]:
    """The delimiter by which the header fits best, the layout, and the lines of the file above the data.

    Unreadable without a header that fits.
    """
    with text.path.open(encoding="utf-8", newline="") as stream:
        start = stream.read(HEAD_CHARACTERS)
    found: list[tuple[Layout, str, int]] = []
    for delimiter in USUAL[extension] + UNUSUAL:
        head = _head(start, delimiter)
        layout = find(feed, [(nth, row) for nth, (row, _) in enumerate(head, start=1)])
        if layout is not None:
            found.append((layout, delimiter, head[layout.last_line - 1][1]))
        if layout is not None and layout.header.fits:
            break
    if not found:
        raise Unreadable([("file_empty", "")])
    layout, delimiter, above = max(found, key=lambda one: (one[0].header.fits, len(one[0].header.places)))
    if layout.header.faults:
        raise Unreadable(layout.header.faults)
    return delimiter, layout, above


def _head(text: str, delimiter: str) -> list[tuple[list[str], int]]:
    """The first rows, enough of them to see the header, each with the lines of the file up to its end."""
    rows: list[tuple[list[str], int]] = []
    filled = 0
    try:
        for row, _, lines in _records(io.StringIO(text, newline=""), delimiter):
            rows.append((row, lines))
            filled += is_filled(row)
            if filled == HEAD_ROWS:
                break
    except OpenQuote:  # the head may have been cut off within a cell; the whole file tells
        pass
    return rows


class OpenQuote(Unreadable):
    """A quote is not closed before the end: what follows it is in one cell."""

    def __init__(self, line: int) -> None:
        super().__init__([("quote_not_closed", str(line))])


def _records(lines: Iterable[str], delimiter: str) -> Iterator[tuple[list[str], bool, int]]:
    """Cells of each row, whether it is soundly quoted, and how many lines of the file lie before the next.

    OpenQuote where the text ends inside a cell. A row whose quotes stand elsewhere than around whole cells is
    read as it can be, and marked: a delimiter may be lost before a quote.
    """
    taken: list[str] = []

    def kept() -> Iterator[str]:
        for text in chain(lines, [_NO_LINE]):
            taken.append(text)
            yield text

    reader = csv.reader(kept(), delimiter=delimiter, skipinitialspace=True)
    is_sound, nth, before = _soundly_quoted(delimiter), 0, 0
    while True:
        taken.clear()
        nth += 1
        try:
            row = next(reader)
        except csv.Error:
            raise Unreadable([("cell_too_large", str(nth))]) from None
        if taken[-1] is _NO_LINE:
            if len(taken) > 1:
                raise OpenQuote(nth)
            return
        before += len(taken)
        raw = "".join(taken)
        yield [] if row == [EMPTY_LINE] else row, '"' not in raw or is_sound(raw) is not None, before


def _soundly_quoted(delimiter: str) -> Callable[[str], re.Match[str] | None]:
    """Matches the lines of a row in which quotes stand around whole cells, doubled inside, or as in ="410184"."""
    plain = rf'[^"\r\n{re.escape(delimiter)}]*+'
    cell = rf'(?: *+"[^"]*+(?:""[^"]*+)*+" *+| *+="{plain}" *+|{plain})'
    return re.compile(rf"{cell}(?:{re.escape(delimiter)}{cell})*+[\r\n]*+").fullmatch


def _careful(
    connection: duckdb.DuckDBPyConnection, text: Text, delimiter: str, layout: Layout, view: str
) -> str:
    """Row by row, for files that DuckDB would not read as they are."""
    width = len(layout.labels)

    def rows() -> Iterator[tuple[int, str | None, list[str]]]:
        with text.path.open(encoding="utf-8", newline="") as stream:
            empty: list[int] = []  # those at the end are no lines of the table
            for line, (row, is_sound, _) in enumerate(_records(stream, delimiter), start=1):
                if not row:
                    empty.append(line)
                elif line > layout.last_line:
                    yield from ((above, None, []) for above in empty if above > layout.last_line)
                    yield line, _fault(row, width) if is_sound else OPEN_QUOTE, row
                    empty.clear()

    def batches() -> Iterator[Batch]:
        left = rows()
        while held := list(islice(left, ROWS_PER_BATCH)):
            lines, faults, cells = zip(*held, strict=True)
            yield Batch(lines, faults, [pa.array(column, pa.string()) for column in columns_of(cells, width)])

    load(connection, batches(), width, f"{view}_cells")
    return f"SELECT * FROM {view}_cells"


def _fault(row: Sequence[str], width: int) -> str | None:
    """Whether a row is longer or shorter than the header, its empty end apart."""
    is_as_long = len(row) == width or (len(row) > width and not is_filled(row[width:]))
    return None if is_as_long or not is_filled(row) else ROW_LENGTH


def _without_half(connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed) -> str:
    """The rows, the last one held when its last cell looks cut off: shorter than in all others, which are alike, or,
    with few others, a date whose day could have one more digit.

    A file that ends without a line end may have been cut there; its last cell then is a piece that may still
    read as a date or a number.
    """
    width = len(layout.labels)
    column = next((name for name, place in layout.header.places.items() if place == width - 1), None)
    kind = feed.column(column).type if column else None
    if kind in OF_ANY_LENGTH:
        return rows_sql
    length = f"length(c{width - 1})"
    line, cell, last, shortest, longest, others = connection.execute(
        f"WITH every AS ({rows_sql}), final AS (SELECT max(line) AS line FROM every)"
        f" SELECT max(final.line), max(CASE WHEN every.line = final.line THEN c{width - 1} END),"
        f" max(CASE WHEN every.line = final.line THEN {length} END),"
        f" min(CASE WHEN every.line < final.line THEN {length} END),"
        f" max(CASE WHEN every.line < final.line THEN {length} END), count(*) - 1 FROM every CROSS JOIN final"
    ).fetchall()[0]
    is_short = others >= LAST_CELLS and shortest == longest and last is not None and last < shortest
    if not is_short and not (others < LAST_CELLS and kind is Type.DATE and _OPEN_DAY.search(cell or "")):
        return rows_sql
    fault = f"CASE WHEN line = {line} THEN '{CUT_OFF}' ELSE row__fault END AS row__fault"
    listed = ", ".join(f"c{place}" for place in range(width))
    return f"SELECT line, {fault}, {listed} FROM ({rows_sql}) AS every"
