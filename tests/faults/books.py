"""Workbooks put together part by part, so that each part can be what no program would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


# ---- xlsx ----


def relations(**targets: tuple[str, str]) -> str:
    """id = (type, target); a target with :// lies outside."""
    outside = ' TargetMode="External"'
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"'
        f"{outside if '://' in target else ''}/>"
        for name, (kind, target) in targets.items()
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def types(of_workbook: str = SHEET_TYPE) -> str:
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{of_workbook}"/></Types>'
    )


def sheet(rows: str, before: str = "") -> str:
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def row(number: int, cells: Iterable[str]) -> str:
    """A row of texts that stand in its own cells."""
    texts = (
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(texts)}</row>'


def workbook(sheets: int = 1) -> str:
    listed = "".join(f'<sheet name="S{nth}" sheetId="{nth}" r:id="rId1"/>' for nth in range(1, sheets + 1))
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'


def shared(*texts: str, claimed: int | None = None) -> str:
    listed = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{XML}<sst xmlns="{MAIN}" uniqueCount="{claimed or len(texts)}">{listed}</sst>'


def parts(**changed: str | bytes) -> dict[str, str | bytes]:
    """The parts of a small workbook; `types`, `workbook`, `links`, `sheet`, `shared` replace one."""
    whole = {
        "types": types(),
        "root": relations(rId1=("officeDocument", "xl/workbook.xml")),
        "workbook": workbook(),
        "links": relations(
            rId1=("worksheet", "worksheets/sheet1.xml"), rId2=("sharedStrings", "sharedStrings.xml")
        ),
        "sheet": sheet(""),
        "shared": shared("a"),
        **changed,
    }
    places = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "workbook": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "sheet": "xl/worksheets/sheet1.xml",
        "shared": "xl/sharedStrings.xml",
    }
    return {places[name]: content for name, content in whole.items()}


def packed(
    entries: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    """The parts as an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method, compresslevel=1) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
        archive.comment = comment
    return content.getvalue()


# ---- xls: a file system of sectors, and a stream of records in it ----

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes], storages: Iterable[str] = (), loops: bool = False) -> bytes:
    """A compound file: one sector of allocation table, then the directory, then the streams.

    `loops` chains the last sector of the last stream to its first.
    """
    names = ["Root Entry", *storages, *streams]
    directory_sectors = -(-len(names) * 128 // SECTOR)
    table = [FAT, *range(2, 1 + directory_sectors), END]
    body, starts = b"", {}
    for name, content in streams.items():
        starts[name] = len(table)
        count = max(-(-len(content) // SECTOR), 8)  # shorter streams would lie in the sectors of another
        body += content.ljust(count * SECTOR, b"\0")
        table += [*range(len(table) + 1, len(table) + count), END]
    if loops:
        table[-1] = next(reversed(starts.values()))
    entries = b""
    for nth, name in enumerate(names):
        kind = 5 if nth == 0 else 2 if name in streams else 1
        size = max(len(streams.get(name, b"")), 4096) if kind == 2 else 0
        entries += _entry(name, kind, starts.get(name, END if kind == 5 else 0), size, nth, len(names))
    table += [FREE] * (SECTOR // 4 - len(table))
    assert len(table) == SECTOR // 4, "more than one sector of table"
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + struct.pack("<128I", *table) + entries.ljust(directory_sectors * SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, nth: int, count: int) -> bytes:
    """128 bytes of directory; each entry has the next one on its right, the root has the first as its child."""
    encoded = name.encode("utf-16-le")
    right = nth + 1 if 0 < nth < count - 1 else FREE
    child = 1 if nth == 0 and count > 1 else FREE
    return struct.pack(
        "<64sHBB3I16sIQQIQ", encoded, len(encoded) + 2, kind, 1, FREE, right, child, b"", 0, 0, 0, start, size
    )  # fmt: skip


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def label(row_at: int, column: int, text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return record(0x0204, struct.pack("<3HHB", row_at, column, 0, len(text), 1) + encoded)


def records(cells: bytes, of_book: bytes = b"", sheet_kind: int = 0) -> bytes:
    """The stream of a book with one sheet: records of the book, then of the sheet."""
    begins = struct.pack("<4H2I", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = b"\x01\x00S"
    head = record(0x0809, begins) + of_book
    bound = 4 + 6 + len(name)
    at = len(head) + bound + len(record(0x000A))
    book = head + record(0x0085, struct.pack("<IBB", at, 0, sheet_kind) + name) + record(0x000A)
    return book + record(0x0809, begins[:2] + b"\x10\x00" + begins[4:]) + cells + record(0x000A)


def old_table(rows: Iterable[Iterable[str]]) -> bytes:
    """The records of a table of texts."""
    return b"".join(
        label(down, across, text) for down, cells in enumerate(rows) for across, text in enumerate(cells)
    )
