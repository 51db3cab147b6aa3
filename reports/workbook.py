"""Workbooks to print and to fill in: text stays text, the same rows give the same bytes."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

A4 = 9  # paper size
TITLE_LIMIT = 31  # characters of a sheet's name in the file format
MARGIN = 0.4  # inches
LIST_LIMIT = 255  # characters of a drop-down's list in the file format
CELL_LIMIT = 32_767  # characters of a cell in the file format
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones become narrow where Chinese is typed
EPOCH = datetime(2000, 1, 1)
# kept in memory: names do not belong into the system's folder for temporary files
OPTIONS = {"in_memory": True}
_LINE = {"border": 1, "border_color": "#999999", "text_wrap": True, "valign": "top"}
_HEADING = {**_LINE, "bold": True}
_LINE_END = re.compile(r"\r\n?")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet; `choices` become a drop-down, `is_to_fill` marks what people write in: where a sheet has
    such columns, the others are locked. `is_printed` False: beyond the paper's edge, with all that follow it."""

    title: str
    width: float
    choices: tuple[str, ...] = ()
    is_date: bool = False
    is_to_fill: bool = False
    is_printed: bool = True


@dataclass(frozen=True)
class Sheet:
    """A sheet ready to be written."""

    title: str
    columns: list[SheetColumn]
    rows: list[list[object]]
    frozen_columns: int


@dataclass(frozen=True)
class _Formats:
    """How cells look, and that text stays text when somebody edits it."""

    given: Format
    to_fill: Format
    text: Format
    quoted: Format
    day: Format
    empty: Format


def save(sheets: Sequence[Sheet], heading: Callable[[str], str], path: Path) -> None:
    """Write the sheets beside `path`, for the owner's eyes only, and swap in; `heading` says what is printed above
    a sheet of that title."""
    content = _bytes(sheets, heading)
    partial = path.with_name(f".{path.name}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.chmod(0o600)
    os.replace(partial, path)


def remove_others(folder: Path, written: Sequence[Path]) -> None:
    """Workbooks of an earlier run of the same night, of towns or departments that are no more."""
    for path in set(folder.glob("*.xlsx")) - set(written):
        with suppress(FileNotFoundError):
            path.unlink()


def _bytes(sheets: Sequence[Sheet], heading: Callable[[str], str]) -> bytes:
    """The workbook's file; its only times are fixed ones."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"created": EPOCH})
        formats = _Formats(
            given=book.add_format({**_HEADING, "bg_color": "#DDDDDD"}),
            to_fill=book.add_format({**_HEADING, "bg_color": "#FFF2CC"}),
            text=book.add_format(_LINE),
            quoted=book.add_format({**_LINE, "quote_prefix": True}),
            day=book.add_format({**_LINE, "num_format": "yyyy-mm-dd"}),
            empty=book.add_format({"locked": False, "text_wrap": True, "valign": "top"}),
        )
        for sheet, title in zip(sheets, _titles(sheets), strict=True):
            _fill(book.add_worksheet(title), sheet, heading(sheet.title), formats)
    return content.getvalue()


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Names that the file format allows, no two alike."""
    found: list[str] = []
    for sheet in sheets:
        plain = _NOT_IN_TITLE.sub(" ", sheet.title).strip()[:TITLE_LIMIT] or "-"
        nth, title = 1, plain
        while title.casefold() in map(str.casefold, found):
            nth += 1
            title = f"{plain[: TITLE_LIMIT - 4]} {nth}"
        found.append(title)
    return found


def _fill(page: Worksheet, sheet: Sheet, heading: str, formats: _Formats) -> None:
    """One header row, frozen and repeated on each printed page, and the rows under it."""
    last = len(sheet.rows)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.title, formats.to_fill if column.is_to_fill else formats.given)
        page.set_column(place, place, column.width, formats.empty if column.is_to_fill else None)
        listed = ",".join(column.choices)
        if listed and len(listed) <= LIST_LIMIT and last:
            offer = {"validate": "list", "source": list(column.choices)}
            page.data_validation(1, place, last, place, offer)
    for nth, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            # a cell to be filled costs as much as a filled one, and there are more of them
            if value is not None:
                _write(page, nth, place, value, formats)
    page.freeze_panes(1, sheet.frozen_columns)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.hide_gridlines(0)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(MARGIN, MARGIN, 2 * MARGIN, 2 * MARGIN)
    page.fit_to_pages(1, 0)
    if any(not column.is_printed for column in sheet.columns):
        width = next(place for place, column in enumerate(sheet.columns) if not column.is_printed)
        page.print_area(0, 0, last, width - 1)
    if any(column.is_to_fill for column in sheet.columns):
        page.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    page.set_header("&C" + heading.replace("&", "&&"))
    page.set_footer("&C&P / &N")


def _write(page: Worksheet, row: int, place: int, value: object, formats: _Formats) -> None:
    """Text is written as text whatever it begins with; only dates and numbers are typed."""
    if isinstance(value, date):
        page.write_datetime(row, place, value, formats.day)
    elif isinstance(value, int):
        page.write_number(row, place, value, formats.text)
    else:
        text = _UNPRINTABLE.sub(" ", _LINE_END.sub("\n", str(value)))[:CELL_LIMIT]
        page.write_string(
            row, place, text, formats.quoted if text.startswith(FORMULA_STARTS) else formats.text
        )
