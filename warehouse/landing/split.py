"""A delivery in parts: each read by itself, under its own header and in its own form, and their rows put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.contract import Feed
from expectations.units import TEN_THOUSAND
from warehouse.landing.lines import IN_A_PART
from warehouse.landing.sheet import Sheet, Unreadable, read_sheet
from warehouse.landing.text import USUAL, has_header

HEAD_BYTES = 1 << 18  # in which a part's header must begin and end
BLOCK = 1 << 20
Parts = Sequence[tuple[str, int]]  # extension and bytes of each, in order
MOST_ENCODING = 16  # characters that the ledger keeps
BARE = "regexp_matches({0}, '[0-9０-９]') AND NOT regexp_matches({0}, '[元圆万千百]')"  # of its own unit
OF_UNIT = {TEN_THOUSAND: "万元"}
_Column = tuple[str, str, int]


@dataclass(frozen=True)
class _Piece:
    """Some bytes of the delivery that are a file: a part, and parts behind it that go on without a header."""

    nth: int  # its first part
    extension: str
    start: int
    end: int


def read_parts(
    connection: duckdb.DuckDBPyConnection, path: Path, parts: Parts, feed: Feed, scratch: Path, view: str
) -> Sheet:
    """Read the parts that lie joined at `path` into a view, as `read_sheet` does a file; Unreadable with what is wrong
    in all of them. A line says its part as well, where there is more than one that is a file."""
    pieces = list(_pieces(path, parts, feed))
    if len(pieces) == 1:
        return read_sheet(connection, path, pieces[0].extension, feed, scratch, view)
    read: list[tuple[_Piece, Sheet]] = []
    refused: list[tuple[str, str]] = []
    for piece in pieces:
        try:
            read.append((piece, _read(connection, path, piece, feed, scratch, f"{view}_p{piece.nth}")))
        except Unreadable as error:
            refused += [*error.reasons, ("in_part", str(piece.nth))]
    if refused:
        raise Unreadable(refused)
    return _together(connection, read, view)


def _pieces(path: Path, parts: Parts, feed: Feed) -> Iterator[_Piece]:
    """A text without a header of its own goes on where the part before it was cut."""
    start, piece = 0, None
    for nth, (extension, size) in enumerate(parts, start=1):
        if (
            piece
            and extension in USUAL
            and piece.extension == extension
            and not _begins(path, start, extension, feed)
        ):
            piece = replace(piece, end=start + size)
        else:
            if piece:
                yield piece
            piece = _Piece(nth, extension, start, start + size)
        start += size
    if piece:
        yield piece


def _begins(path: Path, start: int, extension: str, feed: Feed) -> bool:
    with path.open("rb") as stream:
        stream.seek(start)
        return has_header(stream.read(HEAD_BYTES), extension, feed)


def _read(
    connection: duckdb.DuckDBPyConnection, path: Path, piece: _Piece, feed: Feed, scratch: Path, view: str
) -> Sheet:
    """The piece through the gate and read, as if it had come by itself."""
    file = scratch.with_suffix(f".{piece.nth}.{piece.extension}")
    try:
        with path.open("rb") as source, file.open("wb") as target:
            source.seek(piece.start)
            while block := source.read(min(BLOCK, piece.end - source.tell())):
                target.write(block)
        sheet = read_sheet(connection, file, piece.extension, feed, scratch, view, piece.nth)
    finally:
        file.unlink(missing_ok=True)
    if (last := connection.execute(f"SELECT max(line) FROM {view}").fetchall()[0][0] or 0) >= IN_A_PART:
        raise Unreadable([("part_too_long", f"{last:,}")])
    return sheet


def _together(
    connection: duckdb.DuckDBPyConnection, read: Sequence[tuple[_Piece, Sheet]], view: str
) -> Sheet:
    """The rows of all parts in the columns of the first, and behind them what only others have."""
    first = read[0][1]
    labels: dict[_Column, str] = {}
    for _, sheet in read:
        for column, label in zip(_columns(sheet), sheet.cells, strict=True):
            labels.setdefault(column, label)
    units = [sheet.header.units for _, sheet in read]
    agreed = {name: unit for name, unit in units[0].items() if all(one.get(name) == unit for one in units)}
    selects = []
    for piece, sheet in read:
        own = {column: place for place, column in enumerate(_columns(sheet))}
        cells = [_cell_sql(own.get(column), column[0], sheet.header.units, agreed) for column in labels]
        listed = ", ".join(f"{cell} AS c{place}" for place, cell in enumerate(cells))
        line = f"line + {piece.nth * IN_A_PART} AS line"
        selects.append(f"SELECT {line}, row__fault, {listed} FROM {view}_p{piece.nth}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {view}_cells AS {' UNION ALL '.join(selects)}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {view}_cells")
    for piece, _ in read:
        connection.execute(f"DROP VIEW {view}_p{piece.nth}")
        for kind in ("cells", "left_out"):
            connection.execute(f"DROP TABLE IF EXISTS {view}_p{piece.nth}_{kind}")
    places = {name: place for place, (name, _, _) in enumerate(labels) if name}
    return replace(
        first,
        header=replace(first.header, places=places, units=agreed, twins=()),
        cells=tuple(labels.values()),
        rows=sum(sheet.rows for _, sheet in read),
        encoding=_said(sheet.encoding for _, sheet in read)[:MOST_ENCODING],
        sheet=_said(sheet.sheet for _, sheet in read),
        notes=tuple(dict.fromkeys(note for _, sheet in read for note in sheet.notes)),
        struck=tuple(piece.nth * IN_A_PART + line for piece, sheet in read for line in sheet.struck),
    )


def _columns(sheet: Sheet) -> Iterator[_Column]:
    """What each column is: one of the feed's by its name, any other by its label and which of that label it is."""
    known = {place: name for name, place in sheet.header.places.items()}
    for place, label in enumerate(sheet.cells):
        yield (known[place], "", 0) if place in known else ("", label, sheet.cells[:place].count(label))


def _cell_sql(place: int | None, name: str, units: Mapping[str, int], agreed: Mapping[str, int]) -> str:
    """A part's cell; an amount says its unit where the parts' headers say several."""
    if place is None:
        return "CAST(NULL AS VARCHAR)"
    if name not in units or name in agreed:
        return f"c{place}"
    stated = quoted(OF_UNIT[units[name]])
    return f"CASE WHEN {BARE.format(f'c{place}')} THEN concat(c{place}, {stated}) ELSE c{place} END"


def _said(words: Iterable[str]) -> str:
    return "、".join(filter(None, dict.fromkeys(words)))
