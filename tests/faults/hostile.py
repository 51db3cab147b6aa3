"""Files that nobody sends by mistake, and some that somebody does: each with the code it is refused by."""

from __future__ import annotations

import io
import os
import random
import socket
import string
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.faults.books import (
    SHEET_TYPE,
    compound,
    label,
    old_table,
    packed,
    parts,
    record,
    records,
    relations,
    row,
    shared,
    sheet,
    types,
    workbook,
)  # fmt: skip

HEADER = ("证件号码", "姓名", "死亡日期")
ROWS = (HEADER, ("11010519491231002X", "甲", "2020-06-01"))
TEXT = "".join(",".join(cells) + "\n" for cells in ROWS)
TABLE = "".join(row(number, cells) for number, cells in enumerate(ROWS, start=1))
MEGABYTE = 1 << 20
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@dataclass(frozen=True)
class Hostile:
    """What is put at `name` in a department's folder, and the code of its refusal."""

    code: str
    put: Callable[[Path], object]
    name: str = "deaths_202006.xlsx"


def content(code: str, extension: str, made: Callable[[], bytes]) -> Hostile:
    """A file of bytes, made when it is put."""
    return Hostile(code, lambda path: path.write_bytes(made()), f"deaths_202006.{extension}")


def book(code: str, more: Mapping[str, str | bytes] | None = None, **changed: str | bytes) -> Hostile:
    """A workbook with the table in it, and parts changed or added."""
    return content(
        code, "xlsx", lambda: packed({**parts(**{"sheet": sheet(TABLE), **changed}), **(more or {})})
    )


def old_book(code: str, cells: bytes = b"", extension: str = "xls", **more: object) -> Hostile:
    """A book of the old format with the table in it; `of_book` are records, `storages` folders in it."""
    of_book, kind = bytes(more.pop("of_book", b"")), int(str(more.pop("sheet_kind", 0)))
    streams = {"Workbook": records(old_table(ROWS) + cells, of_book, kind)}
    return content(code, extension, lambda: compound(streams, **more))  # type: ignore[arg-type]


def columnar(code: str, made: Callable[[io.BytesIO], object]) -> Hostile:
    def put(path: Path) -> None:
        stream = io.BytesIO()
        made(stream)
        path.write_bytes(stream.getvalue())

    return Hostile(code, put, "deaths_202006.parquet")


def old_shared(text: str, cells: int) -> bytes:
    """A book in which one shared text stands in many cells."""
    texts = struct.pack("<IIHB", cells, 1, len(text), 0) + text.encode()
    pieces = [texts[:8000], *(b"\0" + texts[at : at + 8000] for at in range(8000, len(texts), 8000))]
    listed = b"".join(record(0x003C if nth else 0x00FC, piece) for nth, piece in enumerate(pieces))
    named = b"".join(record(0x00FD, struct.pack("<3HI", nth, 0, 0, 0)) for nth in range(cells))
    return compound({"Workbook": records(named, listed)})


# ---- how some are made ----


def much(size: int) -> bytes:
    """Letters that do not pack."""
    return (
        random.Random(1)
        .randbytes(size)
        .translate((string.ascii_letters + string.digits).encode() * 4 + b"ab" * 4)
    )


def bomb() -> bytes:
    return packed(parts(sheet=sheet(TABLE + " " * (200 * MEGABYTE))))


def sized_wrongly() -> bytes:
    """The directory says that the sheet is 100 bytes."""
    good = bytearray(packed(parts(sheet=sheet(TABLE + " " * MEGABYTE))))
    at = good.index(b"xl/worksheets/sheet1.xml", good.rindex(b"xl/_rels")) - 46
    good[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(good)


def overlapping() -> bytes:
    """All entries share the bytes of one: a bomb without a nested archive."""
    one = packed({"x": b"0" * MEGABYTE})
    entry, end = one[one.index(b"PK\x01\x02") : one.index(b"PK\x05\x06")], bytearray(one[-22:])
    again = b"".join(entry.replace(b"x", chr(97 + nth % 26).encode()) for nth in range(1000))
    end[8:12] = struct.pack("<2H", 1000, 1000)
    end[12:16] = struct.pack("<I", len(again))
    return one[: one.index(b"PK\x01\x02")] + again + bytes(end)


def locked_entry() -> bytes:
    good = bytearray(packed(parts(sheet=sheet(TABLE))))
    good[good.index(b"PK\x01\x02") + 8] |= 1
    return bytes(good)


def linked_entry() -> bytes:
    stream = io.BytesIO(packed(parts(sheet=sheet(TABLE))))
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo("xl/theme/theme1.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def listed_often() -> str:
    sheets = "".join(f'<sheet name="S{nth}" sheetId="{nth}" r:id="rId1"/>' for nth in range(1, 200))
    return workbook().replace("<sheets>", f"<sheets>{sheets}")


def merged_often(ranges: int, first: str = "A1") -> str:
    merged = "<mergeCells>" + f'<mergeCell ref="{first}:XFD1"/>' * ranges + "</mergeCells>"
    return sheet(TABLE).replace("</worksheet>", f"{merged}</worksheet>")


def shared_often() -> dict[str, str | bytes]:
    cells = "".join(f'<row r="{nth}"><c r="A{nth}" t="s"><v>0</v></c></row>' for nth in range(1, 5001))
    return {"sheet": sheet(cells), "shared": shared("x" * MEGABYTE)}


def long_text() -> bytes:
    return packed(parts(sheet=sheet(TABLE), shared=shared("x" * (65 * MEGABYTE))), zipfile.ZIP_STORED)


def circle() -> bytes:
    """The directory's sectors chain in a circle."""
    book = bytearray(compound({"Workbook": records(old_table(ROWS))}))
    book[516:520] = struct.pack("<I", 1)
    return bytes(book)


def many_columns(stream: io.BytesIO) -> None:
    pq.write_table(pa.table({f"c{nth}": pa.array([1]) for nth in range(10_000)}), stream)


def nested_columns(stream: io.BytesIO) -> None:
    pq.write_table(pa.table({"证件号码": [["1"], ["2"]], "姓名": [{"a": "1"}, {"a": "2"}]}), stream)


def repeated_text(stream: io.BytesIO) -> None:
    text = pa.array(["x" * MEGABYTE]).dictionary_encode().take(pa.array([0] * 100_000))
    pq.write_table(pa.table({"姓名": text}), stream)


def repeated_rows(stream: io.BytesIO) -> None:
    pq.write_table(pa.table({"证件号码": pa.repeat(pa.scalar(1, pa.int8()), 20_000_000)}), stream)


def swollen_page(stream: io.BytesIO) -> None:
    pq.write_table(
        pa.table({"姓名": ["x" * (200 * MEGABYTE)]}), stream, compression="zstd", use_dictionary=False,
        write_statistics=False,
    )  # fmt: skip


def cut_short(stream: io.BytesIO) -> None:
    pq.write_table(pa.table({"姓名": ["a"]}), stream)
    stream.truncate(stream.tell() - 6)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def linked_folder(path: Path) -> None:
    elsewhere = path.parent.with_name("elsewhere")
    elsewhere.mkdir()
    (elsewhere / path.name).write_text(TEXT)
    path.parent.symlink_to(elsewhere, target_is_directory=True)


def labels_of(line: int) -> str:
    """A line as wide as a header may be, of words that are no labels."""
    return ",".join(f"{line}列{nth}{'字' * 40}" for nth in range(1000)) + "\n"


LINE_ENDS = f'<row r="3"><c r="A3" t="str"><f>1</f><v>{chr(10) * 10_000_000}</v></c></row>'
LINKS = relations(rId1=("externalLinkPath", "file:///elsewhere.xlsx"))
DDE = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
CIRCLED = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD1048576"><v>1</v></c></row>')
BLOCK_OF_CELLS = "<row>" + "<c><v>1</v></c>" * 30_000 + "</row>" + "<row><c><v>1</v></c></row>" * 30_000
ODD = b'<?xml version="1.0" encoding="cp037"?>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

HOSTILE: Mapping[str, Hostile] = {
    # formats that the name does not say
    "zip_named_csv": content("format_differs", "csv", lambda: packed({"a.csv": TEXT})),
    "pdf_named_csv": content("format_differs", "csv", lambda: b"%PDF-1.4\n" + TEXT.encode()),
    "gzip_named_txt": content("format_differs", "txt", lambda: b"\x1f\x8b\x08" + b"\0" * 99),
    "xls_named_xlsx": old_book("format_differs", extension="xlsx"),
    "xlsx_named_xls": content("format_differs", "xls", lambda: packed(parts(sheet=sheet(TABLE)))),
    "html_named_xls": content("format_differs", "xls", lambda: b"\xef\xbb\xbf\r\n<html><table><tr><td>1"),
    "text_named_xls": content("format_differs", "xls", lambda: TEXT.replace(",", "\t").encode("gb18030")),
    "csv_named_parquet": content("format_differs", "parquet", TEXT.encode),
    "word_named_xlsx": content("format_differs", "xlsx", lambda: packed({"word/document.xml": "<a/>"})),
    "ods_named_xlsx": book("format_differs", {"content.xml": "<a/>"}),
    "xlsb_named_xlsx": book("format_differs", {"xl/workbook.bin": b"\x83\x01"}),
    "nothing": content("file_empty", "csv", bytes),
    # text
    "nul": content("nul_in_text", "csv", lambda: (TEXT + "a\0b,,\n").encode()),
    "nul_in_utf_16": content("nul_in_text", "csv", lambda: (TEXT + "a\0b,,\n").encode("utf-16")),
    "long_line": content("text_cell_too_large", "csv", lambda: TEXT.encode() + b"x" * (65 * MEGABYTE) + b",,\n"),
    "long_quoted_cell": content(
        "text_cell_too_large",
        "csv",
        lambda: TEXT.encode() + b'1,"' + b'a ""line"" of a note\n' * (4 * MEGABYTE) + b'",\n',
    ),
    "wide_labels": content("column_missing", "csv", lambda: "".join(map(labels_of, range(25))).encode()),
    "wide_text": content("too_many_columns", "csv", lambda: (",".join([*HEADER, *"x" * 10_000]) + "\n").encode()),
    # archives
    "bomb": content("archive_bomb", "xlsx", bomb),
    "sizes_that_lie": content("workbook_unreadable", "xlsx", sized_wrongly),
    "many_entries": book("archive_bomb", {f"xl/media/{nth}.png": b"" for nth in range(3000)}),
    "endless_directory": book("archive_bomb", {f"xl/media/{nth:0100}.png": b"" for nth in range(12_000)}),
    "overlapping_entries": content("workbook_unreadable", "xlsx", overlapping),
    "zip_in_zip": book("archive_nested", {"xl/media/a.png": packed({"a": "b" * 99})}),
    "path_upwards": book("archive_path", {"../../evil.xml": "<a/>"}),
    "path_from_the_root": book("archive_path", {"/tmp/evil.xml": "<a/>"}),
    "path_of_windows": book("archive_path", {"C:\\evil.xml": "<a/>"}),
    "link_in_archive": content("archive_path", "xlsx", linked_entry),
    "locked_entry": content("file_encrypted", "xlsx", locked_entry),
    "second_end": content(
        "workbook_unreadable", "xlsx", lambda: packed(parts(sheet=sheet(TABLE)), comment=b"PK\x05\x06" + b"\0" * 18)
    ),
    "cut_off": content("workbook_unreadable", "xlsx", lambda: packed(parts(sheet=sheet(TABLE)))[:-400]),
    # what a workbook may bring along
    "macros": book("macros_found", {"xl/vbaProject.bin": compound({"VBA": b""})}),
    "macro_type": book("macros_found", types=types(SHEET_TYPE.replace("sheet.main", "macroEnabled.main"))),
    "macro_sheet": book("macros_found", {"xl/macrosheets/sheet1.xml": sheet("")}),
    "link_to_a_book": book("external_link", {"xl/externalLinks/externalLink1.xml": "<a/>"}),
    "dde": book("external_link", {"xl/externalLinks/externalLink1.xml": DDE}),
    "connection": book("external_link", {"xl/connections.xml": "<a/>"}),
    "object": book("external_link", {"xl/embeddings/oleObject1.bin": b"x"}),
    "picture_from_outside": book(
        "external_link",
        {"xl/drawings/_rels/drawing1.xml.rels": relations(r=("image", "http://example.invalid/a.png"))},
    ),
    "link_by_relation": book("external_link", {"xl/theme/_rels/theme1.xml.rels": LINKS}),
    # xml
    "billion_laughs": book("xml_entity", sheet=LAUGHS + "]>" + sheet(row(1, ["&i;"]))),
    "entity_of_a_file": book("xml_entity", shared=EXTERNAL + shared("&e;")),
    "type_from_outside": book("xml_entity", workbook='<!DOCTYPE x SYSTEM "http://example.invalid/x">' + workbook()),
    "deep": book("xml_too_deep", sheet=sheet(TABLE, "<a>" * 200_000 + "</a>" * 200_000)),
    "tags_left_open": book("xml_too_deep", types=types().replace("</Types>", "<Override" * 60_000 + "</Types>")),
    "hidden_entity": book("workbook_unreadable", shared=ODD + EXTERNAL.encode("cp037") + shared("&e;").encode("cp037")),
    "utf_16_part": book("workbook_unreadable", sheet=sheet(TABLE).encode("utf-16")),
    # sheets that spread
    "far_cell": book("too_many_columns", sheet=CIRCLED),
    "far_row": book("sheet_too_large", sheet=sheet(TABLE + row(1_048_576, ["x"] * 10))),
    "row_past_counting": book("sheet_too_large", sheet=sheet('<row r="9"><c r="A99999999999"><v>1</v></c></row>')),
    "claimed_columns": book("too_many_columns", sheet=sheet(TABLE, '<dimension ref="A1:AQZSXD2"/>')),
    "cells_without_a_place": book("too_many_columns", sheet=sheet(BLOCK_OF_CELLS)),
    "claimed_texts": book("archive_bomb", shared=shared("a", claimed=4_294_967_295)),
    "shared_text": book("archive_bomb", **shared_often()),
    "long_text": content("cell_too_large", "xlsx", long_text),
    "text_out_of_range": book("workbook_unreadable", sheet=sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
    "merged_often": book("too_many_merges", sheet=merged_often(550_000)),
    "one_sheet_often": book("archive_bomb", workbook=listed_often()),
    # books of the old format
    "locked": content(
        "file_encrypted", "xlsx", lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
    ),
    "locked_old_book": old_book("file_encrypted", of_book=record(0x002F, b"\x01\0" + b"x" * 52)),
    "old_macros": old_book("macros_found", storages=["_VBA_PROJECT_CUR"]),
    "old_macro_sheet": old_book("macros_found", sheet_kind=1),
    "old_link": old_book("external_link", of_book=record(0x01AE, struct.pack("<HHB", 1, 9, 0) + b"\x01book.xls")),
    "old_object": old_book("external_link", storages=["MBD0018D4CE"]),
    "old_claimed_size": old_book("sheet_too_large", record(0x0200, struct.pack("<IIHHH", 0, 1 << 30, 0, 255, 0))),
    "old_far_cell": old_book("sheet_too_large", label(65_535, 65_535, "x")),
    "old_lonely_cell": content(
        "sheet_too_large", "xls", lambda: compound({"Workbook": records(label(65_535, 255, "x"))})
    ),
    "old_merged_often": old_book("too_many_merges", record(0x00E5, struct.pack("<H", 1000) + bytes(8000)) * 101),
    "old_shared_text": content("archive_bomb", "xls", lambda: old_shared("x" * 32_000, 1500)),
    "sectors_in_a_circle": content("workbook_unreadable", "xls", circle),
    "old_document": content("format_differs", "xls", lambda: compound({"WordDocument": b"x"})),
    # parquet
    "nested_columns": columnar("column_nested", nested_columns),
    "wide_parquet": columnar("too_many_columns", many_columns),
    "repeated_text": columnar("archive_bomb", repeated_text),
    "repeated_rows": columnar("archive_bomb", repeated_rows),
    "swollen_page": columnar("archive_bomb", swollen_page),
    "cut_parquet": columnar("parquet_unreadable", cut_short),
    "locked_parquet": content("file_encrypted", "parquet", lambda: b"PARE" + b"\0" * 99 + b"PARE"),
    # entries that are no files
    "link": Hostile("not_a_file", lambda path: path.symlink_to("/etc/passwd"), "deaths_202006.csv"),
    "link_to_nothing": Hostile("not_a_file", lambda path: path.symlink_to("nowhere"), "deaths_202006.csv"),
    "folder": Hostile("not_a_file", Path.mkdir, "deaths_202006.csv"),
    "pipe": Hostile("not_a_file", os.mkfifo, "deaths_202006.csv"),
    "socket": Hostile("not_a_file", listening, "deaths_202006.csv"),
    "huge_file": Hostile("file_too_large", sparse, "deaths_202006.csv"),
    "linked_department": Hostile("not_a_folder", linked_folder, "deaths_202006.csv"),
    # names
    "name_with_a_line_end": Hostile("name_unknown", lambda path: path.write_text(TEXT), "deaths_202006\n.csv"),
    "name_turned_round": Hostile("name_unknown", lambda path: path.write_text(TEXT), "deaths_\u202e202006.csv"),
    "name_in_wide_digits": Hostile("name_unknown", lambda path: path.write_text(TEXT), "deaths_２０２００６.csv"),
    "name_of_no_encoding": Hostile("feed_unknown", lambda path: path.write_text(TEXT), "deaths\udcff_202006.csv"),
    "name_as_a_path": Hostile("feed_unknown", lambda path: path.write_text(TEXT), "a\\..\\..\\deaths_202006.csv"),
    "name_of_255_bytes": Hostile("feed_unknown", lambda path: path.write_text(TEXT), "x" * 244 + "_202006.csv"),
}  # fmt: skip

# files that are read, though a reader could stumble over them for minutes: extension and content
STUMBLING: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "brackets_above_the_header": ("csv", lambda: ("(" * 30_000 + "\n" + TEXT).encode()),
    "brackets_in_a_row": ("csv", lambda: (TEXT + f"户1,{'(' * 20_000},2020-06-01\n").encode()),
    "a_unit_that_is_blank": ("csv", lambda: ("单位" + " " * 30_000 + "\n" + TEXT).encode()),
    "merged_beyond_the_table": ("xlsx", lambda: packed(parts(sheet=merged_often(99_000, "E1")))),
    "a_formula_of_line_ends": ("xlsx", lambda: packed(parts(sheet=sheet(TABLE + LINE_ENDS)))),
}  # fmt: skip
