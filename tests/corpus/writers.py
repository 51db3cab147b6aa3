"""From a draft to bytes: text by hand, .xlsx by openpyxl, .xls by xlwt."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import cycle
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus.drafts import Draft, Native

Grid = list[list[Any]]
ERRORS = {
    "#NULL!": 0,
    "#DIV/0!": 7,
    "#VALUE!": 15,
    "#REF!": 23,
    "#NAME?": 29,
    "#NUM!": 36,
    "#N/A": 42,
}  # of .xls


def content(draft: Draft) -> bytes:
    """The file that the draft describes."""
    write = {"xlsx": xlsx, "xls": xls}.get(draft.extension, text)
    return draft.look.change(write(draft))


def text(draft: Draft) -> bytes:
    look, parts = draft.look, []
    for line, line_end in zip(draft.lines, cycle(look.line_ends), strict=False):
        shown = line.raw if line.raw is not None else _joined(line.cells, look.delimiter)
        parts += [shown, line_end]
    return "".join(parts if look.last_line_end else parts[:-1]).encode(look.encoding)


def _joined(cells: Iterable[str], delimiter: str) -> str:
    return delimiter.join(_quoted(cell, delimiter) for cell in cells)


def _quoted(cell: str, delimiter: str) -> str:
    if any(mark in cell for mark in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _sheets(draft: Draft) -> list[tuple[str, Grid]]:
    own = (draft.look.title, [line.cells for line in draft.lines])
    return [*draft.look.sheets_before, own, *draft.look.sheets_after]


def xlsx(draft: Draft) -> bytes:
    book, look = openpyxl.Workbook(), draft.look
    book.remove(book.active)
    if look.is_1904:
        book.epoch = CALENDAR_MAC_1904
    for title, grid in _sheets(draft):
        sheet = book.create_sheet(title)
        for row, cells in enumerate(grid, start=1):
            for column, cell in enumerate(cells, start=1):
                _set(sheet.cell(row, column), cell)
        sheet.sheet_state = "hidden" if title in look.hidden_sheets else "visible"
    sheet = book[look.title]
    for first, last, left, right in look.merged:
        sheet.merge_cells(start_row=first, end_row=last, start_column=left, end_column=right)
    for row in look.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in look.hidden_columns:
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True
    saved = io.BytesIO()
    book.save(saved)
    return _with_results(saved.getvalue(), draft)


def _set(place: Any, cell: Any) -> None:
    """A text that looks like a formula or an error stays a text: those are written as `Native`."""
    if not isinstance(cell, Native):
        place.value = None if cell == "" else cell
        if isinstance(cell, str):
            place.data_type = "s"
    elif cell.formula:
        place.value = f"={cell.formula}"
    else:
        place.value, place.number_format = cell.error or cell.value, cell.number_format


def _with_results(book: bytes, draft: Draft) -> bytes:
    """Formulas with the values that Excel would have kept beside them; openpyxl keeps none."""
    kept = {
        cell.formula: cell.value
        for line in draft.lines
        for cell in line.cells
        if isinstance(cell, Native) and cell.formula and cell.value is not None
    }
    return edited(
        book, lambda sheet: re.sub(r"<f>([^<]*)</f><v ?/?>(</v>)?", lambda m: _formula(m[1], kept), sheet)
    )


def _formula(formula: str, kept: dict[str, Any]) -> str:
    return f"<f>{formula}</f>" + (f"<v>{kept[formula]}</v>" if formula in kept else "")


def edited(book: bytes, edit: Any) -> bytes:
    """The workbook with the XML of its sheets changed."""
    source, target = zipfile.ZipFile(io.BytesIO(book)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for item in source.namelist():
            part = source.read(item)
            if item.startswith("xl/worksheets/sheet"):
                part = edit(part.decode()).encode()
            changed.writestr(item, part)
    return target.getvalue()


def xls(draft: Draft) -> bytes:
    book, look = xlwt.Workbook(encoding="utf-8"), draft.look
    book.dates_1904 = look.is_1904
    for title, grid in _sheets(draft):
        sheet = book.add_sheet(title, cell_overwrite_ok=True)
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                _put(sheet.row(row), column, cell)
        sheet.visibility = 1 if title in look.hidden_sheets else 0
        if title == look.title:
            for first, last, left, right in look.merged:
                sheet.merge(first - 1, last - 1, left - 1, right - 1)
            for row in look.hidden_rows:
                sheet.row(row - 1).hidden = True
            for column in look.hidden_columns:
                sheet.col(column - 1).hidden = True
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _put(row: Any, column: int, cell: Any) -> None:
    style, value = xlwt.XFStyle(), cell
    if isinstance(cell, Native):
        if cell.error:
            return row.set_cell_error(column, ERRORS[cell.error])
        if cell.formula:
            raise ValueError("xlwt keeps no results of formulas: make this case as .xlsx")
        style.num_format_str, value = cell.number_format, cell.value
    elif isinstance(cell, date):
        style.num_format_str = "YYYY-MM-DD"
    return None if value == "" else row.write(column, value, style)
