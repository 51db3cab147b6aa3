"""A sheet as it is drawn: rows of cells of which some are rows of a table, written as text or as a workbook.

A `Sheet` knows which of its rows is which row of the truth, so that whatever is put above, between or beside
them, a test can ask that each is found in its line with every cell as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import openpyxl
import xlwt

Cells = Sequence[Any]
HEAD, ASIDE = -1, -2
ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#DIV/0!": 0x07}
DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")


@dataclass(frozen=True)
class Sheet:
    """`rows` are (place in the truth, cells); HEAD stands for the place of a header's row, ASIDE for any other."""

    rows: tuple[tuple[int, Cells], ...]
    merged: tuple[str, ...] = ()
    beside: tuple[tuple[str, tuple[Cells, ...], bool], ...] = field(
        default=()
    )  # other sheets: name, rows, hidden

    @property
    def header(self) -> int:
        """Which row, from 0, the header's first is."""
        return next(nth for nth, (place, _) in enumerate(self.rows) if place == HEAD)

    @property
    def first(self) -> int:
        """Which row, from 0, is the first of the data."""
        return max(nth for nth, (place, _) in enumerate(self.rows) if place == HEAD) + 1

    @property
    def labels(self) -> list[str]:
        """The cells of the header's first row."""
        return list(self.rows[self.header][1])

    def lines(self) -> dict[int, int]:
        """Line that a clerk sees -> place in the truth."""
        return {line: place for line, (place, _) in enumerate(self.rows, start=1) if place >= 0}

    def put(self, at: int, *rows: Cells, kind: int = ASIDE) -> Sheet:
        """More rows before row `at`, from 0."""
        new = tuple((kind, row) for row in rows)
        return replace(self, rows=self.rows[:at] + new + self.rows[at:])

    def below(self, *rows: Cells) -> Sheet:
        """More rows under all others."""
        return self.put(len(self.rows), *rows)

    def each(self, change: Callable[[Cells, bool], Cells]) -> Sheet:
        """Every row of the table changed: change(cells, whether it is the header's)."""
        rows = (
            (place, cells if place == ASIDE else change(list(cells), place == HEAD))
            for place, cells in self.rows
        )
        return replace(self, rows=tuple(rows))

    def cell(self, label: str, change: Callable[[Any], Any]) -> Sheet:
        """One column of the data changed."""
        place = self.labels.index(label)
        return self.each(
            lambda cells, is_header: (
                cells if is_header else [*cells[:place], change(cells[place]), *cells[place + 1 :]]
            )
        )

    def label(self, old: str, new: str) -> Sheet:
        """A column renamed."""
        return self.each(
            lambda cells, is_header: [new if is_header and cell == old else cell for cell in cells]
        )


def drawn(labels: Cells, rows: Sequence[Cells]) -> Sheet:
    """A header and its rows."""
    return Sheet(((HEAD, labels), *enumerate(rows)))


def text(
    sheet: Sheet,
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """A delimited file; numbers and dates as Excel would save them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    for _, cells in sheet.rows:
        writer.writerow([_as_text(cell) for cell in cells])
    return out.getvalue().encode(encoding)


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def xlsx(sheet: Sheet) -> bytes:
    """A workbook of openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = [("数据", tuple(cells for _, cells in sheet.rows), False), *sheet.beside]
    for name, rows, is_hidden in named:
        page = book.create_sheet(name)
        for cells in rows:
            page.append(list(cells))
        page.sheet_state = "hidden" if is_hidden else "visible"
    for area in sheet.merged:
        book.worksheets[0].merge_cells(area)
    return _saved(book)


def xls(sheet: Sheet) -> bytes:
    """A workbook of the old form."""
    book = xlwt.Workbook(encoding="utf-8")
    named = [("数据", tuple(cells for _, cells in sheet.rows), False), *sheet.beside]
    for name, rows, is_hidden in named:
        page = book.add_sheet(name)
        page.visibility = int(is_hidden)
        for nth, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                _write(page, nth, place, cell)
    return _saved(book)


def _write(page: Any, nth: int, place: int, cell: Any) -> None:
    if isinstance(cell, date):
        page.write(nth, place, cell, DAY)
    elif isinstance(cell, str) and cell.startswith("#"):
        page.row(nth).set_cell_error(place, ERRORS[cell])
    elif isinstance(cell, str) and cell.startswith("=") and not cell.startswith('="'):
        page.write(nth, place, xlwt.Formula(cell[1:]))
    elif cell is not None:
        page.write(nth, place, cell)


def _saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


FORMS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {  # name -> ending, writer
    "csv": ("csv", text),
    "gb18030": ("csv", lambda sheet: text(sheet, "gb18030", end="\r\n")),
    "semicolon": ("csv", lambda sheet: text(sheet, "utf-8-sig", ";", quoting=csv.QUOTE_ALL)),
    "tab": ("txt", lambda sheet: text(sheet, "utf-16", "\t", "\r\n")),
    "xlsx": ("xlsx", xlsx),
    "xls": ("xls", xls),
}
BOOKS = ("xlsx", "xls")
TEXTS = tuple(form for form in FORMS if form not in BOOKS)
