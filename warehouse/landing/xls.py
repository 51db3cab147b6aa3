"""The sheets of an .xls file, by xlrd: unlike calamine it tells error cells and the date system."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from expectations.types.numbers import NO_VALUE
from warehouse.landing.page import Page
from warehouse.landing.unreadable import Unreadable

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of an .xls file, whatever it is called
FORMULA, END_OF_SHEET = 0x0006, 0x000A
EMPTY_RESULT = b"\x03", b"\xff\xff"  # how the result of a formula begins and ends that is an empty text


def pages(content: bytes) -> list[Page]:
    """The worksheets, hidden ones too; Unreadable where it is no workbook."""
    import xlrd

    if content.find(BEGINNING, 1) > 0:  # another part joined to it: only the first would be read
        raise Unreadable([("workbook_unreadable", "joined")])
    with open(os.devnull, "w") as nowhere:
        try:
            book = xlrd.open_workbook(file_contents=content, logfile=nowhere, on_demand=True)
            sheets = [book.sheet_by_index(nth) for nth in range(book.nsheets)]
        except (
            xlrd.XLRDError,
            xlrd.compdoc.CompDocError,
            struct.error,
            IndexError,
            AssertionError,
            ValueError,
            KeyError,
            UnicodeDecodeError,
        ) as error:  # what it raises for a file that is cut off
            raise Unreadable([("workbook_unreadable", type(error).__name__)]) from None
        return [Page(sheet.name, _rows(book, sheet), is_1904=book.datemode == 1) for sheet in sheets]


def _rows(book: Any, sheet: Any) -> Iterator[Sequence[object]]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, error_text_from_code
    from xlrd.xldate import XLDateError, xldate_as_datetime

    unsaid = _empty_formulas(book, sheet)
    for nth in range(sheet.nrows):
        row = sheet.row_values(nth)
        for place, kind in enumerate(sheet.row_types(nth)):
            if kind == XL_CELL_DATE:
                try:
                    row[place] = xldate_as_datetime(row[place], book.datemode)
                except (XLDateError, OverflowError):
                    row[place] = "#NUM!"
            elif kind == XL_CELL_BOOLEAN:
                row[place] = bool(row[place])
            elif kind == XL_CELL_ERROR:
                row[place] = error_text_from_code.get(row[place], NO_VALUE)
            elif (nth, place) in unsaid:
                row[place] = NO_VALUE
        yield row


def _empty_formulas(book: Any, sheet: Any) -> set[tuple[int, int]]:
    """Formulas whose kept result is an empty text, as programs write them that do not calculate.

    xlrd gives these as it gives a cell that holds an empty text, so the sheet's records are looked through.
    """
    if book.biff_version < 80:
        return set()
    found, stream, at = set(), book.mem, book._sh_abs_posn[sheet.number]
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == END_OF_SHEET:
            break
        if kind == FORMULA and size >= 14:
            row, column, result = struct.unpack_from("<HH2x8s", stream, at + 4)
            if (result[:1], result[6:]) == EMPTY_RESULT:
                found.add((row, column))
        at += 4 + size
    return found
