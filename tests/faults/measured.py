"""Takes hostile files in, each in a process of its own, and says what that took and what it touched.

python -m tests.faults.measured NAME…     one line of JSON for each
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401  what a night has loaded before the first file comes
import pyarrow.parquet  # noqa: F401
import python_calamine  # noqa: F401

from tests.faults.hostile import HOSTILE, TEXT, Hostile
from tests.feeds.intake import Inbox, empty_ledger, header

IN_THE_FOLDER, ELSEWHERE = "health/deaths_202005.csv", "civil_affairs/relief_202005.csv"
MEGABYTE = 1 << 20
ASKING = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "urllib.Request")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(*names: str) -> None:
    """A line of JSON for each; an interpreter that has all libraries loaded is copied for every file."""
    empty_ledger()
    for name in names:
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            if status:
                print(json.dumps({"name": name, "died": status}), flush=True)
        else:
            print(json.dumps({"name": name, **taken_in(HOSTILE[name])}), flush=True)
            os._exit(0)


def taken_in(hostile: Hostile) -> dict[str, Any]:
    """What became of a hostile file and of good ones beside it."""
    inbox = Inbox()
    beside = ELSEWHERE if hostile.code == "not_a_folder" else IN_THE_FOLDER
    inbox.put(beside, header("relief") if beside == ELSEWHERE else TEXT)
    hostile.put(inbox.root / "inbox" / "health" / hostile.name)
    before = set(tree(inbox.root))
    forget_peak()
    idle, touched, began = peak(), touches(inbox.root), sum(os.times()[:4])
    inbox.take_in()
    verdicts = inbox.judged().values()
    seconds = sum(os.times()[:4]) - began  # of processors, its children's too: others are at work here
    refused = [one for one in verdicts if one.delivery.path != beside]
    found = {
        "seconds": seconds,
        "megabytes": (peak() - idle) / MEGABYTE,
        "verdicts": [one.verdict for one in refused],
        "reasons": [reason for one in refused for reason in one.reasons],
        "rows": sum(one.rows_loaded + one.rows_quarantined for one in refused),
        "beside": [one.verdict for one in verdicts if one.delivery.path == beside],
        "written": sorted(path for path, _ in set(tree(inbox.root)) ^ before),
        "touched": touched,
        "again": inbox.take_in(),
    }
    inbox.folder.cleanup()
    return found


def touches(root: Path) -> list[str]:
    """Grows by each connection asked for and each file opened for writing outside `root`."""
    found: list[str] = []

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ASKING:
            found.append(event)
        elif event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            path = str(arguments[0])
            if not path.startswith(str(root)) and path != os.devnull:
                found.append(f"open {path}")

    sys.addaudithook(audit)
    return found


def tree(root: Path) -> Iterator[tuple[str, int]]:
    """Everything around the home and its ledger, with the time of its last change."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if Path(folder, name) != root / "home"]
        for name in (*folders, *files):
            path = Path(folder, name)
            if not name.startswith("ledger.sqlite"):
                yield str(path), path.lstat().st_mtime_ns


def peak() -> int:
    """The most memory in bytes that this process has had since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM"))


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


if __name__ == "__main__":
    main(*sys.argv[1:])
