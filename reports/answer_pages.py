"""An answer of the warehouse for the terminal, as CSV and as Parquet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.language import Words

MORE = Words(
    "只显示前{limit}行；--limit 可改，--csv、--parquet 写出全部",
    "only the first {limit} rows; change it with --limit, write all with --csv or --parquet",
)
STDOUT = Path("-")
LEAST_WIDTH = 12  # characters of a column, below which a table cannot be read
FIGURES = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
NULL = Text("NULL", style="dim")  # unknown is a value, and not the empty text


def shown(rows: pa.RecordBatchReader, limit: int, width: int, language: str) -> RenderableType:
    """The first rows, for a terminal of that width: a table, or a list of cells a row where it has no room."""
    listed = (row for batch in rows for row in zip(*(column.to_pylist() for column in batch), strict=True))
    first = list(islice(listed, limit))
    has_more = next(listed, None) is not None
    is_wide = len(rows.schema) * LEAST_WIDTH > width
    table = _records(rows.schema.names, first) if is_wide else _table(rows.schema, first)
    return Group(table, *([Text(MORE.say(language, limit=limit))] if has_more else []))


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> Table:
    table = Table()
    for field in schema:
        is_figure = any(is_such(field.type) for is_such in FIGURES)
        table.add_column(Text(field.name), justify="right" if is_figure else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def _records(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> Table:
    table = Table(show_header=False)
    for row in rows:
        for name, value in zip(names, row, strict=True):
            table.add_row(Text(name), _cell(value))
        table.add_section()
    return table


def _cell(value: object) -> Text:
    return NULL if value is None else Text(str(value))


def write_csv(rows: pa.RecordBatchReader, path: Path) -> None:
    """UTF-8 with a header; text is quoted and NULL is not, so that it is told from an empty text. `-` is stdout."""
    target = sys.stdout.buffer if path == STDOUT else str(path)
    with pa.csv.CSVWriter(target, rows.schema) as out:
        for batch in rows:
            out.write_batch(batch)


def write_parquet(rows: pa.RecordBatchReader, path: Path) -> None:
    """With the types of the answer."""
    with pa.parquet.ParquetWriter(str(path), rows.schema) as out:
        for batch in rows:
            out.write_batch(batch)
