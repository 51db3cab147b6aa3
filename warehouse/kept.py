"""Whether the home still has what it keeps of a delivery: the bytes as received, and what was read from them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from warehouse.home import Home
from warehouse.ledger.deliveries import Delivery

MAGIC, TAIL, LEAST_BYTES = b"PAR1", 8, 12  # a Parquet file ends with the length of its footer and the mark


class NotKept(RuntimeError):
    """Received files are gone from `landing/`, or are not what was received; `files` are (path in the inbox,
    place in the home)."""

    def __init__(self, files: Iterable[tuple[str, str]]) -> None:
        self.files = tuple(files)
        listed = ", ".join(f"{path} ({place})" for path, place in self.files)
        super().__init__(f"received bytes are gone or changed: {listed}")


def is_staged(home: Home, one: Delivery) -> bool:
    """Whether both staged files of a delivery are there and begin and end as Parquet does."""
    files = (home.staged(one.feed.name, one.delivery_id), home.received(one.feed.name, one.delivery_id))
    return all(map(_is_parquet, files))


def _is_parquet(file: Path) -> bool:
    try:
        with file.open("rb") as source:
            size = source.seek(0, os.SEEK_END)
            if size < LEAST_BYTES:
                return False
            source.seek(-TAIL, os.SEEK_END)
            tail = source.read(TAIL)
            source.seek(0)
            fits = int.from_bytes(tail[: -len(MAGIC)], "little") <= size - LEAST_BYTES
            return fits and source.read(len(MAGIC)) == MAGIC == tail[-len(MAGIC) :]
    except OSError:
        return False


def require_received(home: Home, deliveries: Iterable[Delivery]) -> None:
    """NotKept where the received bytes of a delivery are not those of its hash any more."""
    gone = [one for one in deliveries if not _has_hash(home.landed(one.sha256), one.sha256)]
    if gone:
        raise NotKept((one.path, str(home.landed(one.sha256).relative_to(home.root))) for one in gone)


def _has_hash(file: Path, sha256: str) -> bool:
    try:
        with file.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == sha256
    except OSError:
        return False
