"""The sheets of an .xlsx file. calamine reads them; it says nothing of error cells, formulas that were never
calculated and the date system, which are looked up in the file's own XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from expectations.types.numbers import NO_VALUE
from warehouse.landing.page import Page
from warehouse.landing.unreadable import Unreadable

CHUNK = 1 << 20
USUAL = 4096  # bytes that show how a program writes XML
WORKBOOK = "xl/workbook.xml"
SIGNS = (b"<f", b't="e"')  # of a formula, of an error cell
_REFERENCE = re.compile("([A-Z]+)([0-9]+)")

Silent = Mapping[int, Mapping[int, str]]  # row -> column -> what calamine leaves empty


def pages(content: bytes) -> list[Page]:
    """The worksheets, hidden ones too; Unreadable where it is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if min(one.header_offset for one in archive.infolist()):
                raise zipfile.BadZipFile("something stands before the archive, such as another part")
            parts, is_1904 = _parts(archive)
            found = []
            for name in names:
                sheet = book.get_sheet_by_name(name)
                silent = _silent(archive, parts[name])
                left = sheet.start[1] if sheet.start else 0
                rows = _rows(sheet.iter_rows(), left, silent)
                found.append(Page(name, rows, tuple(sheet.merged_cell_ranges or ()), is_1904))
    except (CalamineError, zipfile.BadZipFile, KeyError, expat.ExpatError, ElementTree.ParseError) as error:
        raise Unreadable([("workbook_unreadable", type(error).__name__)]) from None
    return found


def _rows(rows: Iterator[Sequence[object]], left: int, silent: Silent) -> Iterator[Sequence[object]]:
    """The rows from A1 on, with what calamine leaves empty put in."""
    if not left and not silent:
        yield from rows
        return
    nth = -1
    for nth, row in enumerate(rows):
        whole = [*[""] * left, *row] if left else row
        yield _filled(whole, silent[nth]) if nth in silent else whole
    for later in range(nth + 1, max(silent, default=-1) + 1):
        yield _filled([], silent.get(later, {}))


def _filled(row: Sequence[object], cells: Mapping[int, str]) -> Sequence[object]:
    whole = [*row, *[""] * (max(cells, default=-1) + 1 - len(row))]
    for column, text in cells.items():
        whole[column] = text
    return whole


def _parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """The file of each sheet by its name, and whether days count from 1904."""
    base, name = WORKBOOK.rsplit("/", 1)
    relations = ElementTree.fromstring(archive.read(f"{base}/_rels/{name}.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations.iter() if one.get("Id")}
    book = ElementTree.fromstring(archive.read(WORKBOOK))
    sheets = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        target = targets[next(value for key, value in sheet.items() if key.endswith("}id"))]
        sheets[sheet.get("name", "")] = normpath(join("/" + base, target)).lstrip("/")
    properties = book.find("{*}workbookPr")
    return sheets, properties is not None and properties.get("date1904", "0") in ("1", "true", "on")


def _silent(archive: zipfile.ZipFile, part: str) -> Silent:
    """Error cells and formulas without a value; most sheets have none, which a search for their signs tells."""
    with archive.open(part) as stream:
        return _parsed(archive, part) if _has_signs(stream) else {}


def _has_signs(stream: IO[bytes]) -> bool:
    chunk, tail = stream.read(CHUNK), b""
    if b"<worksheet" not in chunk[:USUAL] or b"='" in chunk[:USUAL].partition(b"?>")[2]:
        return True  # another way of writing XML: look closely
    while chunk:
        seam = tail + chunk
        cells, end, _ = seam.partition(b"</sheetData")
        if any(sign in cells for sign in SIGNS):
            return True
        if end:
            return False
        tail, chunk = seam[-16:], stream.read(CHUNK)
    return False


def _parsed(archive: zipfile.ZipFile, part: str) -> Silent:
    """One pass over the sheet's XML."""
    found: dict[int, dict[int, str]] = {}
    row, column, kind, has_formula = -1, -1, "", False
    value: list[str] | None = None  # in the pieces in which the parser gives it

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, has_formula, value
        tag = name.rpartition(":")[2]
        if tag == "row":
            row, column = int(attributes.get("r", row + 2)) - 1, -1
        elif tag == "c":
            column = _column(attributes["r"]) if "r" in attributes else column + 1
            kind, has_formula, value = attributes.get("t", ""), False, None
        elif tag == "f":
            has_formula = True
        elif tag == "v":
            value = []

    def text(characters: str) -> None:
        if value is not None:
            value.append(characters)

    def end(name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag != "c":
            return
        said = None if value is None else "".join(value)
        if kind == "e":
            found.setdefault(row, {})[column] = said or NO_VALUE
        elif has_formula and (said is None or (said == "" and kind != "str")):
            found.setdefault(row, {})[column] = NO_VALUE

    def refuse(*_: object) -> None:
        raise expat.ExpatError("an entity is declared")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text, refuse
    parser.buffer_text = True
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    return found


def _column(reference: str) -> int:
    found = _REFERENCE.fullmatch(reference)
    number = 0
    for letter in found[1] if found else "A":
        number = number * 26 + ord(letter) - 64
    return number - 1
