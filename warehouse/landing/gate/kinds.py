"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import codecs
from pathlib import Path

HEAD = 4096
EMPTY, TEXT, ZIP, OLE, PARQUET, BINARY = "empty", "text", "zip", "ole", "parquet", "binary"
EXPECTED = {"csv": TEXT, "txt": TEXT, "xlsx": ZIP, "xls": OLE, "parquet": PARQUET}
MAGIC = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),  # an archive with nothing in it
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PAR1", PARQUET),
    (b"PARE", PARQUET),  # encrypted
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
)
MARKUP = (
    (("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<script", "<div"), "html"),
    (("<?xml", "<workbook"), "xml"),  # the XML of Excel 2003
    (("mime-version:",), "html"),  # a web page in one file, as Excel saves it
)
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def kind_of(path: Path) -> str:
    """The format: empty, text, or what the magic number or the first tag names."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        return EMPTY
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    start = _as_text(head).lstrip("\ufeff \t\r\n").casefold()
    for tags, kind in MARKUP:
        if start.startswith(tags):
            return kind
    return TEXT


def grown(packed: int, unpacked: int) -> str:
    """A detail that says how much more a file becomes than it is: `12 KB → 3.0 GB`."""
    return f"{_size(packed)} → {_size(unpacked)}"


def _size(size: float) -> str:
    units = ("B", "KB", "MB", "GB", "TB")
    power = min(len(units) - 1, max(0, (int(size).bit_length() - 1) // 10))
    return f"{size / 1024**power:.3g} {units[power]}"


def utf_16(head: bytes) -> str | None:
    """Which UTF-16 the byte order mark states, None without one."""
    return BYTE_ORDER_MARKS.get(head[:2])


def _as_text(head: bytes) -> str:
    return head.decode(utf_16(head) or "utf-8", errors="replace")
