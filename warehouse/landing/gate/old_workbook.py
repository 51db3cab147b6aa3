"""What is hostile in an xls, or in a locked book, which is kept in the same kind of file.

The format of 1997 is a file system in a file: sectors chained to streams by a table, and in one of the
streams the book as records. olefile reads the table; what the records would become is counted here.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import olefile

from warehouse.landing.gate.kinds import grown
from warehouse.landing.gate.records import Book, counted
from warehouse.landing.gate.sheets import (
    FREE_CELLS,
    FREE_TEXT_BYTES,
    MOST_MERGES,
    MOST_PER_CELL,
    MOST_TEXT_PER_BYTE,
)

STREAMS = ("workbook", "book")
# by the name of a folder or stream: what it is
PARTS = (
    (re.compile(r"encryptedpackage|encryptioninfo"), ("file_encrypted", "")),
    (re.compile(r"vba"), ("macros_found", "")),
    (re.compile(r"^mbd[0-9a-f]{8}$|ole10native|objectpool"), ("external_link", "object")),
)
LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are marks
MOST_ROWS, MOST_COLUMNS = 1 << 16, 1 << 8  # of a sheet of this format
FAILURES = (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, OverflowError)
Fault = tuple[str, str]


def old_workbook_faults(path: Path, extension: str) -> list[Fault]:
    """What the file holds first, then what its sheets would spread to."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            return _compound_faults(file, extension, path.stat().st_size)
    except FAILURES as error:  # what olefile raises for a file that is cut off or forged
        return [("workbook_unreadable", type(error).__name__)]


def _compound_faults(file: olefile.OleFileIO, extension: str, size: int) -> list[Fault]:
    entries = file.listdir(streams=True, storages=True)
    names = {part.casefold() for entry in entries for part in entry}
    faults = {fault: None for name in names for pattern, fault in PARTS if pattern.search(name)}
    streams = sorted((entry for entry in entries if entry[-1].casefold() in STREAMS), key=_rank)
    if faults:
        return list(faults)
    if extension != "xls" or not streams:
        return [("format_differs", "xls" if streams else "ole")]
    if len(set(named := list(_sectors_named(file)))) < len(named) or len(streams) > len(
        {*map(_rank, streams)}
    ):
        return [("workbook_unreadable", "sectors")]
    book = counted(file.openstream(streams[0]).read())
    return list(book.faults) or _spread_faults(book, size)


def _rank(entry: list[str]) -> int:
    """A book saved for two versions of Excel has two streams, of which the newer is read."""
    return STREAMS.index(entry[-1].casefold())


def _sectors_named(file: olefile.OleFileIO) -> Iterator[int]:
    """Each sector that something points to; one named twice is the start of a circle, or of two streams."""
    yield file.first_dir_sector
    yield from (sector for sector in file.fat if sector < LAST_SECTOR and sector)
    for entry in file.direntries:
        is_stream = entry is not None and entry.entry_type == olefile.STGTY_STREAM
        if is_stream and entry.size >= file.minisectorcutoff:
            yield entry.isectStart


def _spread_faults(book: Book, size: int) -> list[Fault]:
    """The same bounds as for an xlsx."""
    rows, columns = max(book.rows, default=0), max(book.columns, default=0)
    area = sum(down * across for down, across in zip(book.rows, book.columns, strict=True))
    if rows > MOST_ROWS or columns > MOST_COLUMNS or area > FREE_CELLS + MOST_PER_CELL * book.cells:
        return [("sheet_too_large", f"{rows} × {columns}")]
    if book.merges > MOST_MERGES:
        return [("too_many_merges", str(book.merges))]
    texts = Counter(book.shared)
    total = sum(book.lengths[number] * count for number, count in texts.items() if number < len(book.lengths))
    if total > FREE_TEXT_BYTES + MOST_TEXT_PER_BYTE * size:
        return [("archive_bomb", grown(size, total))]
    return []
