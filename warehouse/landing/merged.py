"""Cells merged down a column, read as a person reads them.

What names, dates or classifies holds for every row that it spans. An amount or a count belongs to its first row: nobody
can tell whether it is each row's or their sum. A row in which nothing stands of its own stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from expectations.checks import quoted
from expectations.contract import Feed
from expectations.types.blanks import SPACES
from expectations.types.numbers import NO_VALUE
from warehouse.landing.cells import AMOUNTS
from warehouse.landing.layout import Layout, Span

DOWN, FIRST_ROW = "merged_down", "merged_amounts"


def fill_down(
    connection: duckdb.DuckDBPyConnection, table: str, layout: Layout, feed: Feed, spans: Sequence[Span]
) -> list[tuple[str, str]]:
    """Write what merged cells say into the rows that they span; returns notes of (code, columns and how many cells).

    A cell that is covered and says something else is never seen, so that nobody knows what it is: its row is held.
    """
    found: dict[str, list[str]] = {DOWN: [], FIRST_ROW: []}
    own = {place: name for name, place in (*layout.header.places.items(), *layout.header.twins)}
    last = connection.execute(f"SELECT max(line) FROM {table}").fetchall()[0][0] or 0
    for place, name in sorted(own.items()):
        below = [(top + 1, min(bottom + 1, last)) for (top, left), (bottom, _) in spans if left == place]
        runs = list(_apart([run for run in below if layout.last_line < run[0] < run[1]]))
        column = feed.column(name)
        is_amount = column.type in AMOUNTS
        if runs and (cells := _filled(connection, table, place, len(layout.labels), runs, is_amount)):
            found[FIRST_ROW if is_amount else DOWN].append(f"{column.label}×{cells}")
    return [(code, "、".join(columns)) for code, columns in found.items() if columns]


def _apart(runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, without those that begin within another: no program merges a cell twice."""
    end = 0
    for first, last in sorted(runs):
        if first > end:
            yield first, last
            end = last


def _filled(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    place: int,
    width: int,
    runs: Sequence[tuple[int, int]],
    is_amount: bool,
) -> int:
    """How many merged cells of the column span another row that says something; those rows are filled."""
    tops, bottoms = (pa.array(ends, pa.int32()) for ends in zip(*runs, strict=True))
    connection.register("merged_runs", pa.table({"first": tops, "last": bottoms}))
    says = " OR ".join(f"{_said(f'below.c{other}')} <> ''" for other in range(width))
    covered = f"""
        SELECT spanned.first, below.line, above.c{place} AS text
        FROM (SELECT first, unnest(range(first + 1, last + 1)) AS line FROM merged_runs) AS spanned
        JOIN {table} AS above ON above.line = spanned.first
        JOIN {table} AS below ON below.line = spanned.line
        WHERE {_said(f"above.c{place}")} <> '' AND ({says})"""
    cells: int = connection.execute(f"SELECT count(DISTINCT first) FROM ({covered})").fetchall()[0][0]
    own, seen = _said(f"{table}.c{place}"), _said("covered.text")
    is_other = f"{own} <> ''" if is_amount else f"{own} NOT IN ('', {seen})"
    kept = f"{table}.c{place}" if is_amount else "covered.text"
    connection.execute(
        f"UPDATE {table} SET c{place} = CASE WHEN {is_other} THEN {quoted(NO_VALUE)} ELSE {kept} END"
        f" FROM ({covered}) AS covered WHERE {table}.line = covered.line"
    )
    connection.unregister("merged_runs")
    return cells


def _said(cell: str) -> str:
    return f"coalesce(trim({cell}, {quoted(SPACES)}), '')"
