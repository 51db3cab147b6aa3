"""The header of a file that no department has promised yet, and the file as a table of text by that header.

A feed of nothing but texts is made from the header's words, so that the reader of promised files can read this
one too. What it refuses, this refuses.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from expectations.contract import Cadence, Column, Feed, Kind, Type
from expectations.headers import evened
from warehouse.landing.cells import cell_text
from warehouse.landing.decode import decoded
from warehouse.landing.gate import foreign_reader, inspect
from warehouse.landing.names import EXTENSIONS
from warehouse.landing.parts import usual
from warehouse.landing.sheet import Sheet, read_sheet
from warehouse.landing.unreadable import Unreadable

FIRST_ROWS = 20  # filled ones, among which a header is looked for
LONGEST_LABEL = 40
DELIMITERS = ",\t;|"
_IS_DATA = re.compile(r"[-+]?[\d.,:/年月日¥￥%\s]+|.*\d{5}.*", flags=re.DOTALL)  # a number, a date, an id
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度|末|底)?")  # heads a column of its figures
_LINE_END = re.compile(r"\s*[\r\n]\s*")
Rows = list[list[str]]


class NoHeader(ValueError):
    """None of the first rows can be a header."""


def read_unpromised(
    connection: duckdb.DuckDBPyConnection, path: Path, view: str
) -> tuple[Sheet, tuple[str, ...]]:
    """Read a file into a view of text cells; returns how it was read and the header's words by place.

    Columns without a word are left out (''). NoHeader when no row can be a header; Unreadable when the reader
    refuses the file.
    """
    extension = path.suffix.lower().removeprefix(".")
    if extension not in EXTENSIONS:
        raise Unreadable([("format_unknown", ", ".join(EXTENSIONS))])
    inspect(path, extension)
    with TemporaryDirectory() as folder:
        scratch = Path(folder) / "text"
        labels = header_of(list(_first_rows(connection, path, extension, scratch)))
        sheet = read_sheet(connection, path, extension, _of_texts(labels), scratch, view)
    places = {place: _LINE_END.sub("", labels[int(name.removeprefix("p"))])
              for name, place in sheet.header.places.items()}  # fmt: skip
    return sheet, tuple(places.get(place, "") for place in range(max(places) + 1))


def _of_texts(labels: Sequence[str]) -> Feed:
    columns = tuple(
        Column(name=f"p{place}", label=label, type=Type.TEXT, required=True, key=True)
        for place, label in enumerate(labels)
        if label
    )
    return Feed(
        name="unpromised", title="", title_en="", kind=Kind.EVENTS, cadence=Cadence.ANY_DAY, columns=columns
    )


def header_of(sheets: Sequence[Rows]) -> list[str]:
    """The row with the most words, none of which looks like data, over all sheets; the first of several.

    A row below that has words only where cells of it are merged names what stands under them.
    """
    best, below = [""], [""]
    for rows in sheets:
        for row, following in pairwise([*rows, []]):
            if _are_words(row) and len(_words(row)) > len(_words(best)):
                best, below = row, following
    if not _words(best):
        raise NoHeader
    pairs = list(zip_longest(best, below, fillvalue=""))
    is_second = any(not upper and lower for upper, lower in pairs) and any(not lower for _, lower in pairs)
    return [lower or upper for upper, lower in pairs] if is_second and _are_words(below) else best


def _words(row: Sequence[str]) -> set[str]:
    return {evened(cell) for cell in row if cell}


def _are_words(row: Sequence[str]) -> bool:
    is_words = [_YEAR.fullmatch(cell) or not _IS_DATA.fullmatch(cell) for cell in row]
    return all(is_words) and max(map(len, row), default=0) <= LONGEST_LABEL


def _first_rows(
    connection: duckdb.DuckDBPyConnection, path: Path, extension: str, scratch: Path
) -> Iterator[Rows]:
    if extension in ("xlsx", "xls"):
        yield from _of_workbook(path)
    elif extension == "parquet":
        try:
            schema = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        except duckdb.Error:
            raise Unreadable([("parquet_unreadable", "")]) from None
        yield [[row[0] for row in schema]]
    else:
        with decoded(path, scratch).path.open(encoding="utf-8", newline="") as stream:
            lines = [line for line in islice(stream, 10 * FIRST_ROWS) if line.strip()]
        delimiter = max(DELIMITERS, key=lambda one: max((line.count(one) for line in lines), default=0))
        yield _filled(csv.reader(lines, delimiter=delimiter))


def _of_workbook(path: Path) -> list[Rows]:
    from python_calamine import CalamineWorkbook

    with foreign_reader("workbook_unreadable"):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(usual(path.read_bytes())))
        sheets = [
            workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=10 * FIRST_ROWS)
            for name in workbook.sheet_names
        ]
    return [_filled([cell_text(cell) or "" for cell in row] for row in rows) for rows in sheets]


def _filled(rows: Iterator[list[str]]) -> Rows:
    stripped = ([cell.strip() for cell in row] for row in rows)
    return list(islice((row for row in stripped if any(row)), FIRST_ROWS))
