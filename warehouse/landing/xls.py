"""The sheets of an .xls file, by xlrd: unlike calamine it tells error cells and the date system."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from expectations.types.numbers import NO_VALUE
from warehouse.landing.cells import formatted
from warehouse.landing.formats import is_telling
from warehouse.landing.layout import Span
from warehouse.landing.page import Page
from warehouse.landing.unreadable import Unreadable

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of an .xls file, whatever it is called
FORMULA, END_OF_PART, FONT, MERGED = 0x0006, 0x000A, 0x0031, 0x00E5
STRUCK_OUT = 8  # flag of a font
EMPTY_RESULT = b"\x03", b"\xff\xff"  # how the result of a formula begins and ends that is an empty text


def pages(content: bytes) -> list[Page]:
    """The worksheets, hidden ones too; Unreadable where it is no workbook."""
    import xlrd

    if content.find(BEGINNING, 1) > 0:  # another part joined to it: only the first would be read
        raise Unreadable([("workbook_unreadable", "joined")])
    with open(os.devnull, "w") as nowhere:
        try:
            book = xlrd.open_workbook(file_contents=content, logfile=nowhere, on_demand=True)
            styled = _styled(book, content, nowhere)
            return [_page(book, nth, styled) for nth in range(book.nsheets)]
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


def _page(book: Any, nth: int, styled: Any | None) -> Page:
    sheet = book.sheet_by_index(nth)
    looked = _looked_through(book, sheet)
    styles = styled.sheet_by_index(nth) if styled else None
    struck = frozenset(_struck(styled, styles)) if styled else frozenset[int]()
    rows = _rows(book, sheet, looked, _codes(styled, styles) if styled else {})
    return Page(sheet.name, rows, tuple(looked.spans), book.datemode == 1, struck)


def _rows(
    book: Any, sheet: Any, looked: _Looked, codes: dict[int, dict[int, str]]
) -> Iterator[Sequence[object]]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, error_text_from_code
    from xlrd.xldate import XLDateError, xldate_as_datetime

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
            elif (nth, place) in looked.unsaid:
                row[place] = NO_VALUE
        for place, code in codes.get(nth, {}).items():
            row[place] = formatted(row[place], code)
        yield row


@dataclass
class _Looked:
    """What xlrd does not say of a sheet unless it reads all styles of the book."""

    unsaid: set[tuple[int, int]] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)


def _looked_through(book: Any, sheet: Any) -> _Looked:
    """Merged cells, and formulas whose kept result is an empty text, as programs write them that do not calculate:
    xlrd gives these as it gives a cell that holds an empty text."""
    found = _Looked()
    if book.biff_version < 80:
        return found
    for kind, content in _records(book.mem, book._sh_abs_posn[sheet.number], (FORMULA, MERGED)):
        if kind == MERGED:
            ranges = struct.iter_unpack("<4H", content[2 : len(content) - (len(content) - 2) % 8])
            found.spans += [((top, left), (bottom, right)) for top, bottom, left, right in ranges]
        elif len(content) >= 14:
            row, column, result = struct.unpack_from("<HH2x8s", content)
            if (result[:1], result[6:]) == EMPTY_RESULT:
                found.unsaid.add((row, column))
    return found


def _records(stream: bytes, at: int, kinds: tuple[int, ...]) -> Iterator[tuple[int, bytes]]:
    """The records of those kinds in one part of the book: the book's own, or a sheet."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == END_OF_PART:
            break
        if kind in kinds:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _styled(book: Any, content: bytes, nowhere: Any) -> Any | None:
    """The book read again with its styles, which takes twice as long, where one of them tells something."""
    import xlrd

    fonts = _records(book.mem, book.base, (FONT,)) if book.biff_version >= 50 else ()
    if any(_is_telling(book, style) for style in book.xf_list) or any(
        font[2:3] and font[2] & STRUCK_OUT for _, font in fonts
    ):
        return xlrd.open_workbook(
            file_contents=content, logfile=nowhere, on_demand=True, formatting_info=True
        )
    return None


def _is_telling(book: Any, style: Any) -> bool:
    return is_telling(_code(book, style))


def _code(book: Any, style: Any) -> str:
    known = book.format_map.get(style.format_key)
    return (known.format_str if known else None) or ""


def _codes(book: Any, sheet: Any) -> dict[int, dict[int, str]]:
    """By row and column, the formats of cells that show something else than is stored."""
    telling = {nth: _code(book, style) for nth, style in enumerate(book.xf_list) if _is_telling(book, style)}
    found: dict[int, dict[int, str]] = {}
    for row, styles in enumerate(sheet._cell_xf_indexes if telling else ()):
        values = sheet.row_values(row)
        places = [place for place, style in enumerate(styles) if style in telling and values[place] != ""]
        if places:
            found[row] = {place: telling[styles[place]] for place in places}
    return found


def _struck(book: Any, sheet: Any) -> Iterator[int]:
    """The lines of which a filled cell, or a part of its text, is struck out."""
    fonts = {font.font_index for font in book.font_list if font.struck_out}
    struck = {nth for nth, style in enumerate(book.xf_list) if style.font_index in fonts}
    for row, styles in enumerate(sheet._cell_xf_indexes if struck else ()):
        if any(
            style in struck and cell != "" for style, cell in zip(styles, sheet.row_values(row), strict=False)
        ):
            yield row + 1
    for (row, _), runs in sheet.rich_text_runlist_map.items():
        if any(font in fonts for _, font in runs):
            yield row + 1
