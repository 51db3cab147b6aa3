"""A Parquet file as a view of cells: its types become the texts that a workbook's cells become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.contract import Feed, Type
from expectations.types.numbers import LOST
from warehouse.landing.layout import find
from warehouse.landing.rows import Loaded
from warehouse.landing.unreadable import Unreadable

TIME_ZONE = "Asia/Shanghai"  # of the departments, whatever the machine's
_NUMBERED = re.compile(r"(.+)[._][0-9]{1,2}")
JOINT = b"PAR1PAR1"  # the end of a file and the beginning of the next


def read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed, view: str) -> Loaded:
    """Load the file into the table `<view>_cells`; its rows are counted as if the names of the columns stood in
    line 1."""
    if _is_joined(path):
        raise Unreadable([("parquet_unreadable", "")])
    try:
        schema = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        _, *names = connection.execute("SELECT name FROM parquet_schema(?)", [str(path)]).fetchall()
    except duckdb.Error:
        raise Unreadable([("parquet_unreadable", "")]) from None
    layout = find(feed, [(1, _labels([name for (name,) in names]))])
    if layout is None or layout.header.faults:
        raise Unreadable(layout.header.faults if layout else [("file_empty", "")])
    kinds = {place: feed.column(name).type for name, place in layout.header.places.items()}
    listed = ", ".join(
        f"{_text_sql(row[0], row[1], kinds.get(place))} AS c{place}"
        for place, row in enumerate(schema[: len(layout.labels)])
    )
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {view}_cells AS SELECT {listed} FROM read_parquet(?)", [str(path)]
        )
    except duckdb.Error:
        raise Unreadable([("parquet_unreadable", "")]) from None
    cells = ", ".join(f"c{place}" for place in range(len(layout.labels)))
    line = "CAST(rowid + 2 AS INTEGER) AS line, CAST(NULL AS VARCHAR) AS row__fault"
    return Loaded(layout, f"SELECT {line}, {cells} FROM {view}_cells", "parquet")


def _labels(names: Sequence[str]) -> list[str]:
    """The names as they were before a program numbered those that stand there twice: pandas writes 证件号码.1."""
    numbered = (_NUMBERED.fullmatch(name) for name in names)
    return [
        found[1] if found and found[1] in names else name for name, found in zip(names, numbered, strict=True)
    ]


def _is_joined(path: Path) -> bool:
    """Whether another part was joined to it: a reader would take the places of its pages for the first one's."""
    if path.stat().st_size < len(JOINT):
        return False
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(JOINT) >= 0


def _text_sql(name: str, of_file: str, kind: Type | None) -> str:
    """A column of the file as text: numbers with 15 significant digits, times as their day, true as 是, bytes as the
    UTF-8 that they should be."""
    cell = '"' + name.replace('"', '""') + '"'
    if of_file in ("DOUBLE", "FLOAT"):
        short, long = (f"format('{{:{form}}}', {cell})" for form in (".15g", ".14E"))
        return f"nullif(CASE WHEN abs({cell}) < 1e15 THEN {short} ELSE lower({long}) END, 'nan')"
    if of_file == "BLOB":
        return f"CASE WHEN {cell} IS NOT NULL THEN coalesce(TRY(decode({cell})), {quoted(LOST)}) END"
    if of_file == "TIMESTAMP WITH TIME ZONE":
        cell = f"({cell} AT TIME ZONE '{TIME_ZONE}')"
    if of_file.startswith("TIMESTAMP"):
        return f"CAST(CAST({cell} AS DATE) AS VARCHAR)"
    if of_file == "BOOLEAN" and kind is Type.FLAG:
        return f"CASE WHEN {cell} THEN '是' WHEN NOT {cell} THEN '否' END"
    return f"CAST({cell} AS VARCHAR)"
