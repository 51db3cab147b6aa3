"""What stops a step from outside: a disk without room, a file that may not be written, one that another has open."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

FULL, CLOSED, GONE, SILENT = "full", "closed", "gone", "silent"
HELD, DAMAGED, MEMORY = "held", "damaged", "memory"
BY_NUMBER = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), CLOSED),
    **dict.fromkeys((errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENOTCONN, errno.ETIMEDOUT), SILENT),
}
BY_WORDS = (  # DuckDB keeps the system's words, not its number
    ("Could not set lock on file", HELD),
    ("No space left on device|Disk quota exceeded", FULL),
    ("Permission denied|Read-only file system|Operation not permitted", CLOSED),
    ("Input/output error|Stale file handle", SILENT),
    ("not a valid DuckDB database|Corrupt database file|WAL file|checksum", DAMAGED),
)
FILE = re.compile('file "([^"]+)"')


class Outside(RuntimeError):
    """Something outside of us is in the way: `code` says what, `file` where, as far as it is known."""

    def __init__(self, code: str, file: str = "") -> None:
        super().__init__(f"in the way from outside: {code}")  # the file may be called after a person
        self.code, self.file = code, file


def outside(error: BaseException) -> Outside | None:
    """What an error of the system or of DuckDB says of the world around us; None where it is our own."""
    if isinstance(error, Outside):
        return error
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return Outside(MEMORY)
    if isinstance(error, OSError):
        code = BY_NUMBER.get(error.errno or 0)
        return Outside(code, str(error.filename or "")) if code else None
    if not type(error).__module__.lstrip("_").startswith("duckdb"):
        return None
    text = str(error)
    code = next((code for words, code in BY_WORDS if re.search(words, text)), None)
    found = FILE.search(text)
    return Outside(code, found[1] if found else "") if code else None


def require_folder(folder: Path) -> None:
    """Outside where it is not there, OSError where it may not be listed."""
    try:
        os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        raise Outside(GONE, str(folder)) from None
