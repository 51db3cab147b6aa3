"""A command that stands still at a named moment: python -m tests.faults.paused MOMENT FILE nightly …

It makes FILE when it is there, and then is busy for good: in Python, in a statement of the database, or in C code
that lets no other thread run.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from deployments import cli

MOMENTS = {  # in the order of the night: what is called then
    "begin": "tasks.night:begin",
    "look": "warehouse.ingest:candidates",
    "land": "warehouse.landing.receive:land",
    "arrival": "warehouse.ingest:record_arrival",
    "waiting": "tasks.intake:waiting",
    "stage": "warehouse.ingest:stage",
    "facts": "warehouse.ingest:record_facts",
    "validate": "warehouse.ingest:evaluate",
    "results": "warehouse.ingest:record_results",
    "judge": "warehouse.build:judge",
    "resolve": "warehouse.build:resolve",
    "tables": "warehouse.build:_make",
    "tokens": "warehouse.build:load_tokens",
    "vault": "warehouse.build:load_vault",
    "alerts": "tasks.night:_alerts",
    "record": "tasks.night:record_clues",
    "lists": "reports.worklists:save",
    "slips": "reports.slips:save",
    "mail": "tasks.night:deliver",
    "end": "tasks.night:end",
}


def in_python() -> None:
    time.sleep(600)


def in_the_database() -> None:
    import duckdb

    duckdb.execute("SELECT count(*) FROM range(1000000000000) AS a(i), range(1000) AS b(j) WHERE i % 7 = j")


def without_other_threads() -> None:
    re.match("(a+)+$", "a" * 60 + "b")


BUSY: tuple[Callable[[], None], ...] = (in_python, in_the_database, without_other_threads)


def pause(moment: str, file: Path) -> None:
    """Let the next call of the moment's function stand still."""
    module, name = MOMENTS[moment].split(":")
    busy = BUSY[list(MOMENTS).index(moment) % len(BUSY)]

    def still(*_: Any, **__: Any) -> None:
        file.touch()
        busy()

    setattr(import_module(module), name, still)


if __name__ == "__main__":
    moment, file, *words = sys.argv[1:]
    ended = cli.ended

    def paused() -> int:
        pause(moment, Path(file))
        return ended(words)

    cli.ended = paused  # type: ignore[assignment]
    cli.main()
