"""What an entry of a department's folder is, and its bytes as they were when they had stood still.

Only regular files are ever opened, never through a link, and never in a way that would wait for somebody.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 2 << 30
NO_FILES = (
    (stat.S_ISLNK, "link"),
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)
LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
Fault = tuple[str, str]


class Changing(Exception):
    """The file is no longer what it was when it was looked at: somebody is still writing it."""


class Closed(Exception):
    """The file may not or cannot be read; str() is the name of the system's error."""


@dataclass(frozen=True)
class Entry:
    """An entry of a folder and what was seen of it; `state` is of the entry itself, not of what a link names."""

    path: Path
    state: os.stat_result
    is_department: bool = False  # the folder of a department itself

    @property
    def seen(self) -> tuple[int, int]:
        """Size and time of the last change (ns)."""
        return self.state.st_size, self.state.st_mtime_ns

    @property
    def fault(self) -> Fault | None:
        """Why it is not to be opened at all."""
        if kind := self.kind:
            return "not_a_file", kind
        return ("file_too_large", str(MOST_BYTES >> 30)) if self.state.st_size > MOST_BYTES else None

    @property
    def kind(self) -> str:
        """What it is other than a file: folder, link, pipe, socket, device."""
        return next((kind for is_kind, kind in NO_FILES if is_kind(self.state.st_mode)), "")


def entry_at(path: Path, is_department: bool = False) -> Entry | None:
    """None when there is nothing (any more)."""
    try:
        return Entry(path, path.lstat(), is_department)
    except FileNotFoundError:
        return None


def folder_entries(folder: Path) -> list[Entry]:
    """Everything in a folder, by name; OSError when it may not be listed."""
    found = (entry_at(folder / name) for name in sorted(os.listdir(folder)))
    return [entry for entry in found if entry is not None]


@contextmanager
def opened(entry: Entry) -> Iterator[BinaryIO]:
    """The bytes of a regular file; Changing when they are not those that were seen, before or after reading."""
    try:
        descriptor = os.open(entry.path, LOOK)
    except FileNotFoundError:
        raise Changing from None
    except OSError as error:
        raise Closed(type(error).__name__) from None
    with os.fdopen(descriptor, "rb") as stream:
        _compare(entry, os.fstat(descriptor))
        yield stream
        _compare(entry, os.fstat(descriptor))


def blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The stream block by block; Closed when the disk or the share fails."""
    while True:
        try:
            block = stream.read(size)
        except OSError as error:
            raise Closed(type(error).__name__) from None
        if not block:
            return
        yield block


def _compare(entry: Entry, now: os.stat_result) -> None:
    before = entry.state
    if (before.st_ino, before.st_dev, *entry.seen) != (now.st_ino, now.st_dev, now.st_size, now.st_mtime_ns):
        raise Changing
