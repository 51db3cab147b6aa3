"""Rows of Python into a table of cells, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.landing.unreadable import Unreadable

ROWS_PER_BATCH = 20_000

Cells = Sequence[Any]


def load(
    connection: duckdb.DuckDBPyConnection,
    rows: Iterable[tuple[int, str | None, Cells]],
    width: int,
    table: str,
    text_of: Callable[[int, Cells], Sequence[str | None]] | None = None,
) -> None:
    """Make the table (line, row__fault, c0 … c<width - 1>) of rows (line, fault, cells).

    Unreadable that the rows raise is passed on. `text_of(place, cells)` turns a column's cells into texts; without it they are texts already.
    """
    names = ["line", "row__fault", *(f"c{place}" for place in range(width))]
    schema = pa.schema([(name, pa.int32() if name == "line" else pa.string()) for name in names])

    def batches() -> Iterator[pa.RecordBatch]:
        left = iter(rows)
        while held := list(islice(left, ROWS_PER_BATCH)):
            lines, faults, cells = zip(*held, strict=True)
            columns: list[Cells] = list(zip(*(_of_width(row, width) for row in cells), strict=True))
            texts = [text_of(place, column) for place, column in enumerate(columns)] if text_of else columns
            arrays = [
                pa.array(column, kind)
                for column, kind in zip([lines, faults, *texts], schema.types, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    refused: list[Unreadable] = []

    def until_refused() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches()
        except Unreadable as error:  # it would arrive as an error of the database
            refused.append(error)

    connection.register("rows_to_load", pa.RecordBatchReader.from_batches(schema, until_refused()))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM rows_to_load")
    connection.unregister("rows_to_load")
    if refused:
        raise refused[0]


def _of_width(row: Cells, width: int) -> Cells:
    return row if len(row) == width else [*row[:width], *[None] * (width - len(row))]
