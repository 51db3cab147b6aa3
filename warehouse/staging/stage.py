"""Read, type and write the deliveries of a feed, small ones together: a statement costs more to plan than to run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask
from expectations.contract import Feed
from warehouse.home import Home
from warehouse.landing.sheet import NIL_WORDS, Sheet, Unreadable, read_sheet
from warehouse.ledger.deliveries import Delivery
from warehouse.staging.statements import (
    counts_sql,
    marked_rows_sql,
    received_sql,
    repeated_sql,
    staged_sql,
    typed_rows_sql,
)

BATCH_BYTES = 32 << 20


@dataclass(frozen=True)
class Staged:
    """What reading a delivery has shown: how it was read, counts of rows, and rows by broken check."""

    delivery_id: str
    sheet: Sheet | None
    refusals: tuple[tuple[str, str], ...] = ()
    rows_received: int = 0
    rows_duplicate: int = 0
    rows_wrong: int = 0
    rows_suspect: int = 0  # a person number that a second feed has to confirm
    rows_reversal: int = 0  # rows that wait for the row they reverse
    broken: Mapping[str, int] = field(default_factory=dict)


def stage(
    connection: duckdb.DuckDBPyConnection, home: Home, feed: Feed, deliveries: Sequence[Delivery]
) -> Iterator[Staged]:
    """Stage every delivery; one that cannot be read yields its refusals and leaves no file."""
    # type_pushdown would make a TRY_CAST the reader's own hard cast; in_clause makes a join of every list of
    # codes, which takes longer to plan (0.1 s a statement) than a month's file takes to read
    connection.execute("SET disabled_optimizers = 'type_pushdown,in_clause'")
    batch: list[tuple[Delivery, Sheet]] = []
    size = 0
    for one in deliveries:
        path = home.landed(one.sha256)
        try:
            scratch = home.scratch / f"{one.delivery_id}.txt"
            sheet = read_sheet(connection, path, one.extension or "", feed, scratch)
        except Unreadable as refused:
            yield Staged(one.delivery_id, None, refused.reasons)
            continue
        size += path.stat().st_size
        if batch and (size > BATCH_BYTES or not _is_alike(sheet, batch[0][1])):
            yield from _typed(connection, home, feed, batch)
            batch, size = [], path.stat().st_size
        _append(connection, len(batch), sheet)
        batch.append((one, sheet))
    if batch:
        yield from _typed(connection, home, feed, batch)


def _is_alike(sheet: Sheet, other: Sheet) -> bool:
    """Whether two sheets have their columns and units at the same places."""
    return (sheet.header.places, sheet.header.units, len(sheet.cells)) == (
        other.header.places,
        other.header.units,
        len(other.cells),
    )


def _append(connection: duckdb.DuckDBPyConnection, nth: int, sheet: Sheet) -> None:
    """Take the table `text` over into `texts`; a nil return has no rows."""
    rows = f"SELECT {nth} AS d, * FROM text" + (" WHERE FALSE" if _is_nil(connection, sheet) else "")
    start = "CREATE OR REPLACE TEMP TABLE texts AS" if nth == 0 else "INSERT INTO texts"
    connection.execute(f"{start} {rows}")


def _is_nil(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> bool:
    """One row that says only 零报告, 无 or 本月无 makes the file a nil return."""
    cells = ", ".join(f"c{place}" for place in range(len(sheet.cells)))
    rows = connection.execute(f"SELECT {cells} FROM text LIMIT 2").fetchall()
    if len(rows) != 1:
        return False
    filled = [cell.strip() for cell in rows[0] if cell and cell.strip()]
    return len(filled) == 1 and filled[0] in NIL_WORDS


def _typed(
    connection: duckdb.DuckDBPyConnection, home: Home, feed: Feed, batch: Sequence[tuple[Delivery, Sheet]]
) -> Iterator[Staged]:
    """Type the table `texts`, mark what is wrong, and write two files a delivery."""
    header, width = batch[0][1].header, len(batch[0][1].cells)
    periods = [one.period for one, _ in batch]
    typed = typed_rows_sql(feed, header.places, header.units, periods)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {typed}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {repeated_sql(feed)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marked AS {marked_rows_sql(feed)}")
    received = dict(connection.execute("SELECT d, count(*) FROM typed GROUP BY d").fetchall())
    counts = connection.execute(counts_sql(feed)).fetchall()
    for nth, (one, sheet) in enumerate(batch):
        _write(connection, staged_sql(nth, one.delivery_id), home.staged(feed.name, one.delivery_id))
        _write(connection, received_sql(feed, width, nth), home.received(feed.name, one.delivery_id))
        own = [row[1:] for row in counts if row[0] == nth]
        yield _counted(feed, one.delivery_id, sheet, received.get(nth, 0), own)


def _counted(
    feed: Feed, delivery_id: str, sheet: Sheet, received: int, counts: Sequence[tuple[int, int, int, int]]
) -> Staged:
    """`counts` are (wrong, rows, suspects, reversals) of one delivery."""
    checks, mask = checks_of(feed), error_mask(checks_of(feed))
    broken = {
        f"{feed.name}.{check.name}": sum(rows for bits, rows, _, _ in counts if bits >> place & 1)
        for place, check in enumerate(checks)
    }
    return Staged(
        delivery_id=delivery_id,
        sheet=sheet,
        rows_received=received,
        rows_duplicate=received - sum(rows for _, rows, _, _ in counts),
        rows_wrong=sum(rows for bits, rows, _, _ in counts if bits & mask),
        rows_suspect=sum(suspects for _, _, suspects, _ in counts),
        rows_reversal=sum(reversals for _, _, _, reversals in counts),
        broken=broken,
    )


def _write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_suffix(".part")
    connection.execute(f"COPY ({query}) TO {quoted(str(partial))} (FORMAT parquet)")
    partial.chmod(0o600)
    os.replace(partial, target)
