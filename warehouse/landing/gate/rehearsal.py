"""An xls opened for the first time, in a process of its own with little memory and time.

The format of 1997 is a file system in a file: sectors that may chain in circles, a size of the sheet that the
reader believes, texts shared by number. Whatever happens to the reader happens here. Called as

    python -I -S rehearsal.py FILE EXTENSION FOLDER…      folders in which the libraries lie

Prints a JSON list of [code, detail] pairs; whoever finds none knows that the file can be opened in the same
way again. Nothing of this project is imported.
"""

from __future__ import annotations

import json
import re
import resource
import struct
import sys
from collections.abc import Iterator

MEGABYTE = 1 << 20
LEAST_MEMORY, MEMORY_PER_BYTE = 300 * MEGABYTE, 12
LEAST_SECONDS, SECONDS_PER_MEGABYTE = 3, 0.2
MOST_COLUMNS, MOST_CELLS = 256, 4_000_000
STREAMS = ("workbook", "book")
STORAGES = (
    (re.compile(r"encryptedpackage|encryptioninfo"), ("file_encrypted", "")),
    (re.compile(r"vba"), ("macros_found", "")),
    (re.compile(r"^mbd[0-9a-f]{8}$|ole10native|objectpool"), ("external_link", "object")),
)
END_OF_GLOBALS, FILE_PASS, BOUND_SHEET, SUP_BOOK = 0x000A, 0x002F, 0x0085, 0x01AE
WHOLE = {FILE_PASS: ("file_encrypted", ""), 0x00D3: ("macros_found", ""), 0x01AD: ("external_link", "connection"),
         0x0876: ("external_link", "connection")}  # fmt: skip
SHEETS_OF_MACROS = (b"\x01", b"\x06")
THIS_BOOK, ADD_INS, ONE_CHARACTER = 0x0401, 0x3A01, 1
Fault = tuple[str, str]


def confine(size: int) -> None:
    """No more memory and time than a file of this size may honestly need; no core file, nothing written."""
    memory = LEAST_MEMORY + MEMORY_PER_BYTE * size
    seconds = int(LEAST_SECONDS + SECONDS_PER_MEGABYTE * size / MEGABYTE)
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def compound_faults(path: str, extension: str) -> list[Fault]:
    """What the file system in the file holds: locks, macros, embedded objects, links."""
    import olefile

    with olefile.OleFileIO(path) as file:
        entries = file.listdir(streams=True, storages=True)
        names = {part.casefold() for entry in entries for part in entry}
        faults = {fault: None for name in names for pattern, fault in STORAGES if pattern.search(name)}
        streams = [entry for entry in entries if entry[-1].casefold() in STREAMS]
        if not faults and (extension != "xls" or len(streams) != 1):
            return [("format_differs", "xls" if streams else "ole")]
        for entry in streams:
            faults |= dict.fromkeys(_global_faults(file.openstream(entry).read()))
    return list(faults)


def _global_faults(stream: bytes) -> Iterator[Fault]:
    """Records before the first sheet: [kind, length, content]."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + length]
        if kind == END_OF_GLOBALS:
            return
        if kind in WHOLE:
            yield WHOLE[kind]
        elif kind == BOUND_SHEET and content[5:6] in SHEETS_OF_MACROS:
            yield "macros_found", ""
        elif kind == SUP_BOOK and _is_elsewhere(content):
            yield "external_link", "workbook"
        at += 4 + length


def _is_elsewhere(content: bytes) -> bool:
    """Whether a book that is referred to is another one: a path, or a server to be asked."""
    length = int.from_bytes(content[2:4], "little")
    return length not in (THIS_BOOK, ADD_INS) and length > ONE_CHARACTER


def sheet_faults(path: str) -> list[Fault]:
    """Open it as the reader will, every sheet to the last cell."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    cells = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        rows, columns = (1 + place for place in sheet.end or (-1, -1))
        cells += rows * columns
        if columns > MOST_COLUMNS:
            return [("too_many_columns", str(columns))]
        if cells > MOST_CELLS:
            return [("sheet_too_large", f"{rows} × {columns}")]
        sheet.to_python(skip_empty_area=False)
    return []


def main(path: str, extension: str, *folders: str) -> None:
    """Print what is wrong; any failure of a library means that the file cannot be read."""
    sys.path += folders
    with open(path, "rb") as stream:
        confine(stream.seek(0, 2))
    try:
        faults = compound_faults(path, extension) or sheet_faults(path)
    except BaseException as error:
        faults = [("workbook_unreadable", type(error).__name__)]
    print(json.dumps(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
