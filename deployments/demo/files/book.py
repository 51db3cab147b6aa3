"""A plain workbook of one sheet with one header row, written byte for byte alike every time.

(openpyxl stamps the hour into the file, and compressed bytes differ between zlib versions.)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np
import pyarrow as pa

from deployments.demo.files.forms import Form

STAMP = (2020, 6, 30, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="1"><xf xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


class Book:
    """A workbook being written; every cell is text, an empty one is left out."""

    def __init__(self, path: Path, form: Form, headers: Sequence[str]) -> None:
        self._path = path
        self._rows = [_row(1, headers)]

    def cell(self, text: str) -> str:
        """A cell as it goes into a column."""
        return text

    def write(self, columns: Sequence[pa.Array], between: Sequence[Sequence[str]], order: np.ndarray) -> None:
        """The rows of the columns, then those between, taken in that order."""
        clean = list(zip(*(column.fill_null("").to_pylist() for column in columns), strict=True))
        body = [*clean, *between]
        self._rows += [
            _row(len(self._rows) + 1 + turn, body[place]) for turn, place in enumerate(order.tolist())
        ]

    def close(self) -> None:
        """The book is whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(self._rows)}</sheetData></worksheet>'
        with ZipFile(self._path, "w", ZIP_STORED) as book:
            for name, part in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
                entry = ZipInfo(name, date_time=STAMP)
                entry.create_system = 3
                book.writestr(entry, (_HEAD + part).encode())


def _row(number: int, cells: Sequence[str]) -> str:
    found = [_cell(f"{_letters(place)}{number}", text) for place, text in enumerate(cells) if text]
    return f'<row r="{number}">{"".join(found)}</row>'


def _cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _letters(place: int) -> str:
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found
