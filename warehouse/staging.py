"""From a table of text to typed Parquet: one file a delivery, every row with the bits of what is wrong with it.

Columns of a staged file: `line`, the feed's columns typed, for each its `__unread` text, for person numbers
`__key` and `__fault`, `copies` (rows of the file with its key), and `wrong` (one bit a check of
`expectations.conditions.checks_of`). Rows that repeat another to the letter are left out and counted.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask, wrong_bits_sql
from expectations.contract import Feed, Type
from expectations.periods import Period
from expectations.types import layers, typed_names
from warehouse.landing.sheet import NIL_WORDS, Sheet

DERIVED = ("__key", "__fault")  # columns that follow from others


@dataclass(frozen=True)
class Staged:
    """Counts of one staged delivery: rows received, duplicates, rows with an error, and rows by broken check."""

    rows_received: int
    rows_duplicate: int
    rows_wrong: int
    broken: Mapping[str, int] = field(default_factory=dict)
    rows_suspect: int = 0  # a person number that a second feed has to confirm
    rows_reversal: int = 0  # rows that wait for the row they reverse


def stage(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    feed: Feed,
    period: Period,
    delivery_id: str,
    target: Path,
    received: Path,
) -> Staged:
    """Type the table `text`, mark what is wrong, and write `target`, and `received` with the faulty rows' cells."""
    # type_pushdown would make a TRY_CAST the reader's own hard cast; in_clause makes a join of every list of
    # codes, which takes longer to plan (0.1 s a file) than such a file takes to read
    connection.execute("SET disabled_optimizers = 'type_pushdown,in_clause'")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {typed_rows_sql(sheet, feed, period)}")
    if _is_nil(connection, sheet):
        connection.execute("DELETE FROM typed")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {repeated_sql(feed)}")
    _write(
        connection, f"SELECT {quoted(delivery_id)} AS delivery_id, * FROM ({marked_rows_sql(feed)})", target
    )
    _write(connection, received_sql(sheet, feed, target), received)
    return _counts(connection, feed, target)


def typed_rows_sql(sheet: Sheet, feed: Feed, period: Period) -> str:
    """One statement from the cells as received to typed columns; rows without any filled cell are left out."""
    places, units = sheet.header.places, sheet.header.units
    cells = ", ".join(
        f"{f'c{places[c.name]}' if c.name in places else 'CAST(NULL AS VARCHAR)'} AS {c.name}"
        for c in feed.columns
    )
    steps = {column.name: layers(column, units.get(column.name, 1)) for column in feed.columns}
    fixed = "line, row__fault, period_first, period_last, period_term"
    statement = f"SELECT line, row__fault, {period_columns_sql(period)}, {cells} FROM text"
    for depth in range(max(len(step) for step in steps.values())):
        listed = ", ".join(
            f"{sql} AS {name}" if depth < len(step) else name
            for step in steps.values()
            for name, sql in (step[min(depth, len(step) - 1)]).items()
        )
        statement = f"SELECT {fixed}, {listed} FROM ({statement}) AS step_{depth}"
    said = (name for column in feed.columns for name in typed_names(column) if not name.endswith(DERIVED))
    defaulted = {column.name for column in feed.columns if column.empty_is}
    filled = " OR ".join(f"{name} IS NOT NULL" for name in said if name not in defaulted)
    return f"SELECT * FROM ({statement}) AS typed WHERE row__fault IS NOT NULL OR {filled}"


def period_columns_sql(period: Period) -> str:
    """The days of the delivery's period as constant columns, for checks that ask whether a date lies in it."""
    term = f"CAST({quoted(period.term) if period.term else 'NULL'} AS VARCHAR)"
    return (
        f"DATE '{period.first}' AS period_first, DATE '{period.last}' AS period_last, {term} AS period_term"
    )


def key_is_readable_sql(feed: Feed) -> str:
    """True where every column of the key that must be filled could be read."""
    needed = []
    for column in feed.keys:
        if column.type is Type.PERSON_NUMBER:
            needed.append(f"{column.name}__key IS NOT NULL")
        elif column.required:
            needed.append(f"{column.name} IS NOT NULL")
    return " AND ".join(needed)


def repeated_sql(feed: Feed) -> str:
    """The few lines that share a key: `copies` = 0 for one that repeats an earlier line to the letter, else how
    many different rows have the key; `is_second` where the feed wants a person once (contract `Once`)."""
    keys = ", ".join(column.name for column in feed.keys)
    same_key = " AND ".join(
        f"typed.{column.name} IS NOT DISTINCT FROM k.{column.name}" for column in feed.keys
    )
    contents = ", ".join(_content_columns(feed))
    copies = (
        f"WITH k AS (SELECT {keys} FROM typed GROUP BY {keys} HAVING count(*) > 1),"
        f" candidate AS (SELECT typed.* FROM typed WHERE EXISTS (SELECT 1 FROM k WHERE {same_key})),"
        f" numbered AS (SELECT *, row_number() OVER (PARTITION BY {contents} ORDER BY line) AS nth FROM candidate)"
        f" SELECT line, CASE WHEN nth > 1 THEN 0 WHEN {key_is_readable_sql(feed)} THEN"
        f" CAST(sum(CASE WHEN nth = 1 THEN 1 ELSE 0 END) OVER (PARTITION BY {keys}) AS INTEGER) ELSE 1 END AS copies"
        f" FROM numbered"
    )
    if feed.once is None:
        return copies
    by = ", ".join(feed.once.by)
    usable = " AND ".join(f"{column} IS NOT NULL" for column in feed.once.by)
    # a number ending in 000 may be two damaged ones: it names nobody twice
    certain = " AND ".join(
        f"{c.removesuffix('__key')}__fault IS NULL" for c in feed.once.by if c.endswith("__key")
    )
    smallest = f"min({feed.once.keep}) OVER (PARTITION BY {by})"
    return (
        f"SELECT coalesce(c.line, s.line) AS line, coalesce(c.copies, 1) AS copies,"
        f" coalesce(s.is_second, FALSE) AS is_second FROM ({copies}) AS c FULL JOIN"
        f" (SELECT line, {feed.once.keep} > {smallest} AS is_second FROM typed WHERE {usable} AND {certain}"
        f" AND ({by}) IN (SELECT {by} FROM typed WHERE {usable} AND {certain} GROUP BY {by} HAVING count(*) > 1)"
        f") AS s ON c.line = s.line"
    )


def _content_columns(feed: Feed) -> list[str]:
    names = (name for column in feed.columns for name in typed_names(column) if not name.endswith(DERIVED))
    return ["row__fault", *names]


def marked_rows_sql(feed: Feed) -> str:
    """The typed rows without duplicates, with `copies` and the bits of what is wrong."""
    second = f", coalesce(is_second, FALSE) AS {feed.once.name}" if feed.once else ""
    counted = (
        f"SELECT typed.*, coalesce(copies, 1) AS copies{second}"
        f" FROM typed LEFT JOIN repeated ON typed.line = repeated.line WHERE coalesce(copies, 1) > 0"
    )
    return f"SELECT *, {wrong_bits_sql(checks_of(feed))} AS wrong FROM ({counted}) AS counted"


def received_sql(sheet: Sheet, feed: Feed, target: Path) -> str:
    """Line and cells as received of every row that is, or may yet be, held."""
    cells = ", ".join(f"c{place}" for place in range(len(sheet.cells)))
    maybe = [f"(wrong & {error_mask(checks_of(feed))}) <> 0"]
    maybe += suspect_sql(feed)
    maybe += ["reverses_id IS NOT NULL"] if has_reversals(feed) else []
    return (
        f"SELECT line, CAST(to_json([{cells}]) AS VARCHAR) AS cells FROM text"
        f" WHERE line IN (SELECT line FROM read_parquet({quoted(str(target))}) WHERE {' OR '.join(maybe)})"
    )


def suspect_sql(feed: Feed) -> list[str]:
    """Conditions under which a row's person number waits for a second feed."""
    return [f"{column.name}__fault = 'suspect'" for column in feed.typed(Type.PERSON_NUMBER)]


def has_reversals(feed: Feed) -> bool:
    """Whether rows of the feed may take back earlier ones."""
    return any(column.name == "reverses_id" for column in feed.columns)


def _is_nil(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> bool:
    """One row that says only 零报告, 无 or 本月无 makes the file a nil return."""
    if connection.execute("SELECT count(*) FROM text").fetchall()[0][0] != 1:
        return False
    cells = ", ".join(f"c{place}" for place in range(len(sheet.cells)))
    row = connection.execute(f"SELECT {cells} FROM text").fetchall()[0]
    filled = [cell.strip() for cell in row if cell and cell.strip()]
    return len(filled) == 1 and filled[0] in NIL_WORDS


def _write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_suffix(".part")
    connection.execute(f"COPY ({query}) TO {quoted(str(partial))} (FORMAT parquet)")
    partial.chmod(0o600)
    os.replace(partial, target)


def _counts(connection: duckdb.DuckDBPyConnection, feed: Feed, target: Path) -> Staged:
    checks = checks_of(feed)
    staged = f"read_parquet({quoted(str(target))})"
    received = connection.execute("SELECT count(*) FROM typed").fetchall()[0][0]
    mask = error_mask(checks)
    suspect = " OR ".join(suspect_sql(feed)) or "FALSE"
    reversal = "reverses_id IS NOT NULL" if has_reversals(feed) else "FALSE"
    kept, wrong, suspects, reversals = connection.execute(
        f"SELECT count(*), count(*) FILTER (WHERE (wrong & {mask}) <> 0), count(*) FILTER (WHERE {suspect}),"
        f" count(*) FILTER (WHERE {reversal}) FROM {staged}"
    ).fetchall()[0]
    by_bits = connection.execute(
        f"SELECT wrong, count(*) FROM {staged} WHERE wrong <> 0 GROUP BY wrong"
    ).fetchall()
    broken = {
        f"{feed.name}.{check.name}": sum(count for bits, count in by_bits if bits >> place & 1)
        for place, check in enumerate(checks)
    }
    return Staged(received, received - kept, wrong, broken, suspects, reversals)
