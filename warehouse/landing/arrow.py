"""Rows of Python into a table of cells, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.landing.unreadable import Unreadable

ROWS_PER_BATCH = 20_000


@dataclass(frozen=True)
class Batch:
    """Some rows: their lines, why each is held, if it is, and their texts column by column."""

    lines: Sequence[int]
    faults: Sequence[str | None]
    columns: Sequence[pa.Array]


def load(connection: duckdb.DuckDBPyConnection, batches: Iterable[Batch], width: int, table: str) -> None:
    """Make the table (line, row__fault, c0 … c<width - 1>). Unreadable that the batches raise is passed on."""
    names = ["line", "row__fault", *(f"c{place}" for place in range(width))]
    schema = pa.schema([(name, pa.int32() if name == "line" else pa.string()) for name in names])
    refused: list[Unreadable] = []

    def records() -> Iterator[pa.RecordBatch]:
        try:
            for batch in batches:
                first = [pa.array(batch.lines, pa.int32()), pa.array(batch.faults, pa.string())]
                yield pa.RecordBatch.from_arrays([*first, *batch.columns], schema=schema)
        except Unreadable as error:  # it would arrive as an error of the database
            refused.append(error)

    connection.register("rows_to_load", pa.RecordBatchReader.from_batches(schema, records()))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM rows_to_load")
    connection.unregister("rows_to_load")
    if refused:
        raise refused[0]


def columns_of(rows: Sequence[Sequence[Any]], width: int) -> list[tuple[Any, ...]]:
    """The rows turned, each cut or filled up with nothing to the width."""
    if set(map(len, rows)) == {width}:
        return list(zip(*rows, strict=True))
    even = ([*row[:width], *[None] * (width - len(row))] for row in rows)
    return list(zip(*even, strict=True))
