"""What the ledger knows of deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, null, select, update

from expectations.contract import Feed
from expectations.feeds import catalogue
from expectations.periods import Period, period_of
from warehouse.landing.names import place_of
from warehouse.landing.receive import Arrival
from warehouse.ledger.tables import delivery, expectation_result, seen_file, verdict

LEAST_OF_ID = 4  # characters of a delivery's id that may stand for it


@dataclass(frozen=True)
class Delivery:
    """One delivery as the ledger has it."""

    delivery_id: str
    department: str
    feed_name: str | None
    period_text: str | None
    n: int
    extension: str | None
    path: str
    sha256: str
    received_at: datetime
    sheet: str | None
    contract: str | None
    rows_received: int
    rows_duplicate: int
    rows_wrong: int
    rows_suspect: int
    rows_reversal: int
    broken: Mapping[str, int]
    refusals: tuple[tuple[str, str], ...]
    notes: tuple[
        tuple[str, str], ...
    ] = ()  # what reading it has shown besides: columns ignored, rows left out
    parts: tuple[tuple[str, int], ...] = ()  # extension and bytes of each, where there is more than one

    @property
    def feed(self) -> Feed:
        """The contract; KeyError for an unnameable file."""
        return catalogue()[self.feed_name or ""]

    @property
    def period(self) -> Period:
        """The days that the delivery is about."""
        return period_of(self.feed, self.period_text or "")

    @property
    def of_period(self) -> tuple[str | None, str | None, str]:
        """(feed, period, place): what a correction shares with what it corrects."""
        return (self.feed_name, self.period_text, self.place)

    @property
    def place(self) -> str:
        """From where a list of ours has come back; empty for any other file."""
        return (
            place_of(PurePosixPath(self.path).name)
            if self.feed_name in catalogue() and self.feed.given
            else ""
        )

    @property
    def order(self) -> tuple[Any, ...]:
        """(feed, period, n, hash): the order in which deliveries are judged, whatever the order of arrival."""
        feed = self.feed_name or ""
        period = self.period if self.feed_name in catalogue() else Period(date.min, date.min, "")
        return (feed, period, self.n, self.sha256, self.delivery_id)


def known_files(engine: Engine) -> dict[str, tuple[int, int]]:
    """Size and time of every file taken in so far, by path."""
    with engine.connect() as connection:
        rows = connection.execute(select(seen_file.c.path, seen_file.c.size_bytes, seen_file.c.mtime_ns))
        return {path: (size, mtime) for path, size, mtime in rows}


def record_arrival(engine: Engine, arrival: Arrival, received_at: datetime) -> bool:
    """Note a landed file, once for the same feed, period, number and content; returns whether it is new."""
    named = arrival.name
    parts = [list(part) for part in arrival.parts] or null()
    with engine.begin() as connection:
        known = select(delivery.c.delivery_id).where(delivery.c.delivery_id == arrival.delivery_id)
        if is_new := connection.execute(known).first() is None:
            connection.execute(
                insert(delivery).values(
                    delivery_id=arrival.delivery_id,
                    department=arrival.department,
                    feed=named.feed.name if named else None,
                    period=named.period.text if named else None,
                    period_first=named.period.first if named else None,
                    period_last=named.period.last if named else None,
                    n=named.n if named else 1,
                    extension=named.extension if named else None,
                    path=arrival.paths[0],
                    sha256=arrival.sha256,
                    size_bytes=arrival.size,
                    received_at=received_at,
                    refusals=[list(pair) for pair in arrival.refusals],
                    parts=parts,
                )
            )
        elif arrival.parts:  # joined before it was kept where they end: they are read anew
            unknown = (delivery.c.delivery_id == arrival.delivery_id) & (delivery.c.parts == null())
            connection.execute(update(delivery).where(unknown).values(parts=parts, contract=None))
        for path, size, mtime in arrival.seen:
            _see(connection, path, size, mtime, arrival.delivery_id)
    return is_new


def _see(connection: Connection, path: str, size: int, mtime: int, delivery_id: str) -> None:
    connection.execute(delete(seen_file).where(seen_file.c.path == path))
    connection.execute(
        insert(seen_file).values(path=path, size_bytes=size, mtime_ns=mtime, delivery_id=delivery_id)
    )


def all_deliveries(engine: Engine) -> list[Delivery]:
    """Every delivery, in the order in which they are judged."""
    columns = (
        delivery.c.delivery_id, delivery.c.department, delivery.c.feed, delivery.c.period, delivery.c.n,
        delivery.c.extension, delivery.c.path, delivery.c.sha256, delivery.c.received_at, delivery.c.sheet,
        delivery.c.contract,
        delivery.c.rows_received, delivery.c.rows_duplicate, delivery.c.rows_wrong, delivery.c.rows_suspect,
        delivery.c.rows_reversal, delivery.c.broken, delivery.c.refusals, delivery.c.notes, delivery.c.parts,
    )  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(select(*columns)).all()
    found = [_delivery(row._mapping) for row in rows]
    return sorted(found, key=lambda one: one.order)


def called(deliveries: Iterable[Delivery], asked: str) -> list[Delivery]:
    """The deliveries that a person may mean by an id, the beginning of one, a file's name or its path."""
    listed = list(deliveries)
    exactly = [one for one in listed if asked in (one.delivery_id, one.path)]
    by_file = [one for one in listed if one.path.endswith(f"/{asked}") or asked.endswith(f"/{one.path}")]
    by_start = [one for one in listed if len(asked) >= LEAST_OF_ID and one.delivery_id.startswith(asked)]
    return exactly or by_file or by_start


def _delivery(row: Mapping[Any, Any]) -> Delivery:
    listed = ("refusals", "notes", "parts")
    pairs: dict[str, Any] = {name: tuple((one, other) for one, other in row[name] or ()) for name in listed}
    same = {name: row[name] for name in row if name not in ("feed", "period", *pairs)}
    return Delivery(**same, **pairs, feed_name=row["feed"], period_text=row["period"])


def record_facts(engine: Engine, delivery_id: str, facts: Mapping[str, Any]) -> None:
    """Overwrite what reading a delivery has shown: counts, broken checks, refusals, contract."""
    with engine.begin() as connection:
        connection.execute(update(delivery).where(delivery.c.delivery_id == delivery_id).values(**facts))


def record_verdicts(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace all verdicts, in the caller's transaction: the mails about them are queued in the same."""
    connection.execute(delete(verdict))
    if listed := list(rows):
        connection.execute(insert(verdict), listed)


def record_results(engine: Engine, delivery_ids: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace the expectation results of some deliveries in one transaction."""
    with engine.begin() as connection:
        for delivery_id in delivery_ids:
            connection.execute(
                delete(expectation_result).where(expectation_result.c.delivery_id == delivery_id)
            )
        if listed := list(rows):
            connection.execute(insert(expectation_result), listed)


def validated(engine: Engine) -> set[str]:
    """Deliveries that have expectation results."""
    with engine.connect() as connection:
        return set(connection.execute(select(expectation_result.c.delivery_id).distinct()).scalars())


def table_rows(engine: Engine, table: Any) -> list[dict[str, Any]]:
    """All rows of a ledger table as dictionaries, ordered by its primary key."""
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in rows]
