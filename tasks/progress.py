"""How far the work of this command has come, for the process that does it and the one that watches it.

Both see the same page of memory, for it is made before the one forks the other.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace

SIZE = 4096


@dataclass(frozen=True)
class Progress:
    """What has been done of a night; `step` is the name of the last that was begun."""

    is_night: bool = False
    run_id: str = ""
    step: str = ""
    is_published: bool = False


_made = os.memfd_create("progress")
_file = fcntl.fcntl(_made, fcntl.F_DUPFD_CLOEXEC, 3)  # a stream that is closed must not be taken for this
os.close(_made)
os.ftruncate(_file, SIZE)
_page = mmap.mmap(_file, SIZE)


def progress() -> Progress:
    """How far it has come; nothing is known of work that was ended while it wrote this down."""
    with suppress(ValueError, TypeError):
        return Progress(**json.loads(_page[:].rstrip(b"\0")))
    return Progress()


def note(**changed: str | bool) -> None:
    """Write down what has changed."""
    text = json.dumps(asdict(replace(progress(), **changed))).encode()  # type: ignore[arg-type]
    _page[:] = text.ljust(SIZE, b"\0")


@contextmanager
def unbroken() -> Iterator[None]:
    """What a stop must not part: it waits until this is over."""
    fcntl.lockf(_file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.lockf(_file, fcntl.LOCK_UN)


def is_between(patience_seconds: float) -> bool:
    """Keep the working process from what must not be parted; False when it has not come out of it in time."""
    end = time.monotonic() + patience_seconds
    while True:
        with suppress(BlockingIOError):
            fcntl.lockf(_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
