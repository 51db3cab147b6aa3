"""The sheets of an .xlsx file. calamine reads them; what it says nothing of is looked up in the file's own XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree
from xml.parsers import expat

from warehouse.landing.cells import formatted
from warehouse.landing.page import Page
from warehouse.landing.parts import Parts, parts_of
from warehouse.landing.sheet_xml import Looked, has_signs, looked
from warehouse.landing.styles import Styles, styles_of
from warehouse.landing.unreadable import Unreadable


def pages(content: bytes) -> list[Page]:
    """The worksheets, hidden ones too; Unreadable where it is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        parts = parts_of(content)
        with parts.archive:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content if parts.is_usual else parts.as_usual()))
            names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            styles, found = styles_of(parts), []
            for name in names:
                sheet = book.get_sheet_by_name(name)
                look = _look(parts, parts.sheets[name], styles)
                left = sheet.start[1] if sheet.start else 0
                rows = _rows(sheet.iter_rows(), left, look)
                struck = frozenset(row + 1 for row in look.struck)
                found.append(Page(name, rows, tuple(sheet.merged_cell_ranges or ()), parts.is_1904, struck))
    except (CalamineError, zipfile.BadZipFile, KeyError, expat.ExpatError, ElementTree.ParseError) as error:
        raise Unreadable([("workbook_unreadable", type(error).__name__)]) from None
    return found


def _look(parts: Parts, part: str, styles: Styles) -> Looked:
    with parts.open(part) as stream:
        if not has_signs(stream, styles):
            return Looked()
    with parts.open(part) as stream:
        return looked(stream, styles)


def _rows(rows: Iterator[Sequence[object]], left: int, look: Looked) -> Iterator[Sequence[object]]:
    """The rows from A1 on, with what calamine leaves empty put in, and formats where they tell something."""
    silent, codes = look.silent, look.codes
    if not left and not silent and not codes:
        yield from rows
        return
    nth = -1
    for nth, row in enumerate(rows):
        whole = [*[""] * left, *row] if left else row
        whole = _filled(whole, silent[nth]) if nth in silent else whole
        yield _formatted(whole, codes[nth]) if nth in codes else whole
    for later in range(nth + 1, max(silent, default=-1) + 1):
        yield _filled([], silent.get(later, {}))


def _filled(row: Sequence[object], cells: Mapping[int, str]) -> Sequence[object]:
    whole = [*row, *[""] * (max(cells, default=-1) + 1 - len(row))]
    for column, text in cells.items():
        whole[column] = text
    return whole


def _formatted(row: Sequence[object], codes: Mapping[int, str]) -> Sequence[object]:
    whole = list(row)
    for column, code in codes.items():
        whole[column] = formatted(whole[column], code)
    return whole
