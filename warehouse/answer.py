"""A question to the published warehouse: one statement that reads, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

READING = {"SELECT", "EXPLAIN", "MULTI"}  # MULTI: PIVOT, which looks its columns up first


class NotAnswered(ValueError):
    """The statement does not read, or the database does not understand it; str() says why.

    What it quotes is published: names and numbers are in another file.
    """


@contextmanager
def answered(
    warehouse: Path, statement: str, threads: int = 2, memory_bytes: int = 2 << 30
) -> Iterator[pa.RecordBatchReader]:
    """The rows that a statement asks for; NotAnswered when it is not a single one that reads.

    The file is opened read-only and the database sees no other file, so that even a statement that this did
    not recognise could change and read nothing else.
    """
    with tempfile.TemporaryDirectory(prefix="ffp-query-") as scratch:
        config: dict[str, str | bool | int | float | list[str]] = {
            "enable_external_access": False,
            "memory_limit": f"{memory_bytes}B",
            "temp_directory": scratch,
            **({"threads": threads} if threads else {}),
        }
        with duckdb.connect(str(warehouse), read_only=True, config=config) as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET lock_configuration = true")
            try:
                yield _rows(connection, statement)
            except (duckdb.Error, pa.ArrowException) as error:  # rows are made while they are read
                raise NotAnswered(str(error)) from None


def _rows(connection: duckdb.DuckDBPyConnection, statement: str) -> pa.RecordBatchReader:
    found = connection.extract_statements(statement)
    if len(found) != 1 or found[0].type.name not in READING:
        raise NotAnswered("one statement that reads is asked for: SELECT, FROM, DESCRIBE, SUMMARIZE or SHOW")
    return connection.sql(found[0]).to_arrow_reader()
