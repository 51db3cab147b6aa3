"""The records of an xls, counted: [kind, length, content] one after the other, the book first, then its sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

BEGIN, END, CONTINUE, DIMENSIONS = 0x0809, 0x000A, 0x003C, 0x0200
FILE_PASS, BOUND_SHEET, SUP_BOOK, SHARED_TEXTS, SHARED_TEXT = 0x002F, 0x0085, 0x01AE, 0x00FC, 0x00FD
CELLS = frozenset((0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x027E, SHARED_TEXT))
RUNS_OF_CELLS = frozenset((0x00BD, 0x00BE))  # their last two bytes are the last column
MERGED = 0x00E5  # ranges of 8 bytes each
BY_KIND = {
    FILE_PASS: ("file_encrypted", ""),
    0x00D3: ("macros_found", ""),
    0x01AD: ("external_link", "connection"),
    0x0876: ("external_link", "connection"),
}
SHEETS_OF_MACROS = (b"\x01", b"\x06")
THIS_BOOK, ADD_INS, ONE_CHARACTER = 0x0401, 0x3A01, 1
WIDE, RICH, EXTENDED = 1, 8, 4  # flags of a text
Fault = tuple[str, str]


@dataclass
class Book:
    """What the records hold; rows and columns of each sheet."""

    faults: dict[Fault, None] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    cells: int = 0
    merges: int = 0  # ranges of merged cells
    shared: list[int] = field(default_factory=list)  # the text of each cell that names one
    lengths: list[int] = field(default_factory=list)  # bytes of each shared text


def counted(stream: bytes) -> Book:
    """Look at every record once."""
    book = Book()
    texts: list[bytes] = []
    before = 0
    for kind, content in _records(stream):
        if kind in CELLS or kind in RUNS_OF_CELLS:
            _cell(book, kind, content)
        elif kind == BEGIN:
            book.rows.append(0)
            book.columns.append(0)
        elif kind == SHARED_TEXTS or (kind == CONTINUE and before == SHARED_TEXTS):
            texts.append(content)
            kind = SHARED_TEXTS
        elif kind == DIMENSIONS and len(content) >= 12 and book.rows:
            rows, columns = struct.unpack_from("<4xI2xH", content)
            if rows > 1 << 16 or columns > 1 << 8:
                book.rows[-1], book.columns[-1] = rows, columns
        elif kind == MERGED:
            book.merges += len(content) // 8
        elif fault := _fault(kind, content):
            book.faults[fault] = None
        before = kind
    book.lengths = list(_lengths(texts))
    return book


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _cell(book: Book, kind: int, content: bytes) -> None:
    if len(content) < 6 or not book.rows:
        return
    row, column = struct.unpack_from("<HH", content)
    if kind in RUNS_OF_CELLS:
        column = max(column, int.from_bytes(content[-2:], "little"))
    elif kind == SHARED_TEXT:
        book.shared.append(int.from_bytes(content[6:10], "little"))
    book.cells += 1
    book.rows[-1] = max(book.rows[-1], row + 1)
    book.columns[-1] = max(book.columns[-1], column + 1)


def _fault(kind: int, content: bytes) -> Fault | None:
    if kind == BOUND_SHEET and content[5:6] in SHEETS_OF_MACROS:
        return "macros_found", ""
    if kind == SUP_BOOK and _is_elsewhere(content):
        return "external_link", "workbook"
    return BY_KIND.get(kind)


def _is_elsewhere(content: bytes) -> bool:
    """Whether a book that is referred to is another one: a path, or a server to be asked."""
    length = int.from_bytes(content[2:4], "little")
    return length not in (THIS_BOOK, ADD_INS) and length > ONE_CHARACTER


def _lengths(records: list[bytes]) -> Iterator[int]:
    """Bytes of each text of the shared ones, which run on from record to record.

    A text is its length in characters, flags, and where they say so the size of what follows it: formats and
    readings. Where a record ends within its characters the next begins with flags again.
    """
    rest, at = [record[8:] if nth == 0 else record for nth, record in enumerate(records)], 0
    while rest:
        record = rest[0]
        if at + 3 > len(record):
            rest.pop(0)
            at = 0
            continue
        characters, flags = struct.unpack_from("<HB", record, at)
        at += 3
        more = 0
        if flags & RICH:
            more += 4 * int.from_bytes(record[at : at + 2], "little")
            at += 2
        if flags & EXTENDED:
            more += int.from_bytes(record[at : at + 4], "little")
            at += 4
        yield characters << 1
        left = characters
        while rest and left:
            width = 2 if flags & WIDE else 1
            taken = min(left, max(len(rest[0]) - at, 0) // width)
            left, at = left - taken, at + taken * width
            if left:
                rest.pop(0)
                flags, at = (rest[0][0] if rest and rest[0] else 0), 1
        at += more
        while rest and at > len(rest[0]):
            at -= len(rest.pop(0))
