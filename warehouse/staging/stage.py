"""Read, type and write the deliveries of a feed, small ones together: a statement costs more to plan than
to run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask
from expectations.contract import Feed
from warehouse.home import Home
from warehouse.landing.sheet import Sheet, Unreadable, read_sheet
from warehouse.landing.split import read_parts
from warehouse.ledger.deliveries import Delivery
from warehouse.staging.statements import (
    HIDDEN,
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
    batch: list[Read] = []
    for nth, one in enumerate(deliveries):
        try:
            read = _read(connection, home, feed, one, f"text_{nth}")
        except Unreadable as refused:
            yield Staged(one.delivery_id, None, refused.reasons)
            continue
        size = sum(other.size for other in batch) + read.size
        if batch and (size > BATCH_BYTES or read.sheet.header.units != batch[0].sheet.header.units):
            yield from _typed(connection, home, feed, batch)
            batch = []
        batch.append(read)
    if batch:
        yield from _typed(connection, home, feed, batch)


@dataclass(frozen=True)
class Read:
    """A delivery whose text lies in a view."""

    delivery: Delivery
    sheet: Sheet
    view: str
    size: int


def _read(connection: duckdb.DuckDBPyConnection, home: Home, feed: Feed, one: Delivery, view: str) -> Read:
    path, scratch = home.landed(one.sha256), home.scratch / f"{one.delivery_id}.txt"
    if one.parts:
        sheet = read_parts(connection, path, one.parts, feed, scratch, view)
    else:
        sheet = read_sheet(connection, path, one.extension or "", feed, scratch, view)
    return Read(one, sheet, view, path.stat().st_size)


def _typed(
    connection: duckdb.DuckDBPyConnection, home: Home, feed: Feed, batch: Sequence[Read]
) -> Iterator[Staged]:
    """Type the batch's views, mark what is wrong, write two files a delivery and drop the text."""
    texts = [(read.view, read.sheet.header.places) for read in batch]
    periods = [read.delivery.period for read in batch]
    typed = typed_rows_sql(feed, texts, batch[0].sheet.header.units, periods)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {typed}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {repeated_sql(feed)}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW marked AS {marked_rows_sql(feed)}")
    received = dict(connection.execute("SELECT d, count(*) FROM typed GROUP BY d").fetchall())
    counts = connection.execute(counts_sql(feed)).fetchall()
    hidden = connection.execute(HIDDEN).fetchall()
    for nth, read in enumerate(batch):
        delivery_id, width = read.delivery.delivery_id, len(read.sheet.cells)
        _write(connection, staged_sql(nth, delivery_id), home.staged(feed.name, delivery_id))
        _write(connection, received_sql(feed, read.view, width, nth), home.received(feed.name, delivery_id))
        connection.execute(f"DROP VIEW {read.view}")
        for kind in ("cells", "left_out"):
            connection.execute(f"DROP TABLE IF EXISTS {read.view}_{kind}")
        own = [row[1:] for row in counts if row[0] == nth]
        taken = "、".join(f"{code}：{rows}" for d, code, rows in hidden if d == nth)
        notes = (*read.sheet.notes, ("unseen_taken_off", taken)) if taken else read.sheet.notes
        yield _counted(feed, delivery_id, replace(read.sheet, notes=notes), received.get(nth, 0), own)


def _counted(
    feed: Feed, delivery_id: str, sheet: Sheet, received: int, counts: Sequence[tuple[int, int, int, int]]
) -> Staged:
    """`counts` are (wrong, rows, suspects, reversals) of one delivery."""
    checks, mask = checks_of(feed), error_mask(checks_of(feed))
    if empty := sheet.rows - received:
        sheet = replace(sheet, notes=(*sheet.notes, ("empty_rows_left_out", str(empty))))
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
