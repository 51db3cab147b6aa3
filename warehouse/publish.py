"""What was built takes the place of what is published: both files whole, by rename.

Nothing of the old file may outlive it. A write-ahead log beside a file of another night makes DuckDB refuse the
new one to everybody, so the log goes first, and nobody may have the old file open for writing meanwhile.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from warehouse.home import Home
from warehouse.outside import HELD, Outside

FOR_READERS = 0o444  # whoever opens the published file for writing by mistake is told at once


def publish(home: Home) -> None:
    """Swap in what was built beside; Outside, and nothing changed, when somebody writes to what is published."""
    files = ((home.built_vault, home.vault), (home.built, home.warehouse))
    home.built.chmod(FOR_READERS)
    with ExitStack() as kept:
        for _, target in files:
            kept.enter_context(no_writer(target))
        for built, target in files:
            log_of(target).unlink(missing_ok=True)
            os.replace(built, target)


def require_no_writer(home: Home) -> None:
    """Outside when another program has what is published open for writing."""
    for file in (home.vault, home.warehouse):
        with no_writer(file):
            pass


@contextmanager
def no_writer(file: Path) -> Iterator[None]:
    """Keep DuckDB from opening the file for writing, by the lock that its own readers take; Outside when it is."""
    if not file.exists():
        yield
        return
    with file.open("rb") as held:
        try:
            fcntl.lockf(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Outside(HELD, str(file)) from None
        yield


def log_of(file: Path) -> Path:
    """DuckDB's write-ahead log of a file; one that is there when nobody writes was left by a program that died."""
    return file.with_name(f"{file.name}.wal")
