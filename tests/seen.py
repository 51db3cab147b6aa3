"""What tests see of programs that run beside them, and of what those have published."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

PATIENCE_SECONDS = 180


def started_with(path: Path) -> list[int]:
    """Processes that have the path in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(path).encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:  # it has ended, or is another user's
            continue
    return found


def until(what: str, look: Callable[[], Any]) -> Any:
    """The first answer that is not empty."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {PATIENCE_SECONDS} s: {what}")


def published(file: Path, *without: str) -> dict[str, list[str]]:
    """Every published table, its rows in order, without the columns of wall-clock time."""
    with duckdb.connect(str(file), read_only=True) as warehouse:
        columns = warehouse.execute(
            "SELECT schema_name, table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
            " WHERE NOT internal AND column_name NOT LIKE '%\\_at' ESCAPE '\\' GROUP BY ALL"
        ).fetchall()
        return {
            f"{schema}.{table}": sorted(
                map(str, warehouse.execute(f"SELECT {', '.join(names)} FROM {schema}.{table}").fetchall())
            )
            for schema, table, names in columns
            if schema not in without
        }
