"""What is hostile in a zip archive, told from its directory before any entry is unpacked.

The directory is read strictly: one end record that reaches the end of the file, entries that lie in it once
each. Two readers cannot then see two different archives in the same bytes.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from warehouse.landing.gate.kinds import grown

MOST_ENTRIES = 2000
MOST_DIRECTORY_BYTES = 1 << 20
MOST_UNPACKED = 2 << 30
MOST_RATIO = 100  # sheets of real tables unpack to 10 to 20 times their size
RATIO_FROM = 16 << 20  # bytes unpacked; below that nothing is dear
BLOCK = 1 << 20
END, END_64, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
END_BYTES, END_64_BYTES, LOCATOR_64_BYTES = 22, 56, 20
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\0-\x1f]")
Fault = tuple[str, str]


class Damaged(ValueError):
    """No archive that every reader would read alike; `fault` says so."""

    def __init__(self, detail: str, code: str = "workbook_unreadable") -> None:
        super().__init__(detail)
        self.fault = (code, detail)


def entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What the archive holds, folders left out."""
    return [entry for entry in archive.infolist() if not entry.is_dir()]


def opened(path: Path) -> zipfile.ZipFile:
    """The archive; Damaged when its directory is ambiguous, absurdly long or no directory."""
    _strict_end(path)
    try:
        return evened(zipfile.ZipFile(path))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise Damaged(type(error).__name__) from None


def evened(archive: zipfile.ZipFile) -> zipfile.ZipFile:
    """The archive with the names of its entries in one way: some programs part folders as Windows does."""
    for entry in archive.infolist():
        entry.filename = entry.filename.replace("\\", "/")
    return archive


def directory_faults(archive: zipfile.ZipFile, size: int) -> list[Fault]:
    """Bombs, entries that would lie outside a folder, locks, told from the directory alone."""
    inside = archive.infolist()
    names = {entry.filename.casefold() for entry in inside}
    packed = sum(entry.compress_size for entry in inside)
    unpacked = sum(entry.file_size for entry in inside)
    faults: list[Fault] = []
    if len(inside) > MOST_ENTRIES:
        faults.append(("archive_bomb", f"{len(inside)} entries"))
    if unpacked > MOST_UNPACKED or any(map(_is_bomb, inside)):
        faults.append(("archive_bomb", grown(size, unpacked)))
    if any(_OUTSIDE.search(entry.orig_filename) or _is_link(entry) for entry in inside):
        faults.append(("archive_path", ""))
    if any(entry.flag_bits & 1 for entry in inside):
        faults.append(("file_encrypted", ""))
    if packed > size or len(names) < len(inside) or any(map(_is_packed_oddly, inside)):
        faults.append(("workbook_unreadable", "archive"))
    return faults


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry block by block; Damaged when it is not what the directory says."""
    found = 0
    try:
        with archive.open(entry) as stream:
            while block := stream.read(BLOCK):
                found += len(block)
                if found > entry.file_size:
                    raise Damaged("size")
                yield block
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Damaged(type(error).__name__) from None


def is_archive(head: bytes) -> bool:
    """Whether an entry is an archive in itself."""
    return head.startswith(ARCHIVES)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _is_packed_oddly(entry: zipfile.ZipInfo) -> bool:
    return entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _strict_end(path: Path) -> None:
    """Damaged unless the end record closes the file and the directory stands right before it."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        at = size - END_BYTES
        end = _read(stream, at, END_BYTES)
        if not end.startswith(END) or end[-2:] != b"\0\0":  # no comment: it could be a second end
            raise Damaged("end")
        length, start = struct.unpack("<2L", end[12:20])
        if _read(stream, at - LOCATOR_64_BYTES, 4) == LOCATOR_64:  # some writers always write the long form
            at -= LOCATOR_64_BYTES + END_64_BYTES
            long = _read(stream, at, END_64_BYTES)
            if not long.startswith(END_64):
                raise Damaged("end")
            length, start = struct.unpack("<2Q", long[40:56])
    if length > MOST_DIRECTORY_BYTES:
        raise Damaged(f"> {MOST_ENTRIES} entries", "archive_bomb")
    if start + length != at:
        raise Damaged("directory")


def _read(stream: BinaryIO, at: int, length: int) -> bytes:
    stream.seek(max(at, 0))
    return stream.read(length)
