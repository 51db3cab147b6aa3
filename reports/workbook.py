"""Workbooks to print and to fill in: text stays text, the same rows give the same bytes."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

A3 = 8  # paper size
LIST_LIMIT = 255  # characters of a drop-down's list in the file format
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones become narrow where Chinese is typed
EPOCH = datetime(2000, 1, 1)
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINE = Side(style="thin", color="999999")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CELL, DAY = "listed", "listed day"  # named styles: styling each of 100,000 cells by hand takes a minute
GIVEN, TO_FILL = PatternFill("solid", fgColor="DDDDDD"), PatternFill("solid", fgColor="FFF2CC")


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet; `choices` become a drop-down, `is_to_fill` marks what people write in."""

    title: str
    width: float
    choices: tuple[str, ...] = ()
    is_date: bool = False
    is_to_fill: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet ready to be written."""

    title: str
    columns: list[SheetColumn]
    rows: list[list[object]]
    frozen_columns: int


def workbook(sheets: Sequence[Sheet], heading: Callable[[str], str]) -> Workbook:
    """The sheets as a workbook; `heading` says what is printed above a sheet of that title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.add_named_style(NamedStyle(CELL, alignment=WRAPPED, border=BORDER))
    book.add_named_style(NamedStyle(DAY, alignment=WRAPPED, border=BORDER, number_format="yyyy-mm-dd"))
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet, heading(sheet.title))
    return book


def _fill(page: Worksheet, sheet: Sheet, heading: str) -> None:
    """One header row, frozen and repeated on each printed page, and the rows under it."""
    for place, column in enumerate(sheet.columns, start=1):
        cell = page.cell(1, place, column.title)
        cell.font, cell.alignment, cell.border = Font(bold=True), WRAPPED, BORDER
        cell.fill = TO_FILL if column.is_to_fill else GIVEN
        page.column_dimensions[get_column_letter(place)].width = column.width
    last = 1
    for last, row in enumerate(sheet.rows, start=2):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            # a cell to be filled costs as much as a filled one, and there are more of them
            if value is not None:
                _write(page.cell(last, place), value, column.is_date)
    _offer_choices(page, sheet.columns, last)
    _set_up(page, heading, sheet.frozen_columns)


def _write(cell: Cell | MergedCell, value: object, is_date: bool) -> None:
    """Text is written as text whatever it begins with; only dates and numbers are typed."""
    cell.style = DAY if is_date else CELL
    if isinstance(value, (date, int)):
        cell.value = value
    elif value is not None:
        text = ILLEGAL_CHARACTERS_RE.sub(" ", str(value))
        cell.value = text
        cell.data_type = "s"
        if text.startswith(FORMULA_STARTS):
            cell.quotePrefix = True  # stays text when somebody edits the cell


def _offer_choices(sheet: Worksheet, columns: Sequence[SheetColumn], last: int) -> None:
    for place, column in enumerate(columns, start=1):
        listed = ",".join(column.choices)
        if listed and len(listed) <= LIST_LIMIT and last > 1:
            letter = get_column_letter(place)
            offer = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
            offer.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(offer)


def _set_up(sheet: Worksheet, heading: str, frozen_columns: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for part, text in ((sheet.oddHeader, heading.replace("&", "&&")), (sheet.oddFooter, "&P / &N")):
        if part is not None:
            part.center.text = text


def save(book: Workbook, path: Path) -> None:
    """Write beside, for the owner's eyes only, and swap in."""
    partial = path.with_name(f".{path.name}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(_bytes(book))
        out.flush()
        os.fsync(out.fileno())
    partial.chmod(0o600)
    os.replace(partial, path)


def remove_others(folder: Path, written: Sequence[Path]) -> None:
    """Workbooks of an earlier run of the same night, of towns or departments that are no more."""
    for path in set(folder.glob("*.xlsx")) - set(written):
        with suppress(FileNotFoundError):
            path.unlink()


def _bytes(book: Workbook) -> bytes:
    """The workbook's file, with fixed times in the archive and in the document's properties."""
    book.properties.created = EPOCH
    saved, fixed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                modified = EPOCH.isoformat().encode() + b"Z"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + modified, content)
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return fixed.getvalue()
