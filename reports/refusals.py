"""Refused deliveries with their reasons: from the warehouse, and with path and details from the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
from sqlalchemy import Engine, select

from reports.language import one_line
from warehouse.ledger.tables import delivery, verdict


@dataclass(frozen=True)
class Refusal:
    """A refused delivery; `path` is empty and the reasons have no details where the ledger was not asked."""

    path: str
    feed: str
    period: str
    reasons: tuple[tuple[str, str], ...]


def refusals(
    connection: duckdb.DuckDBPyConnection, engine: Engine | None, received: Collection[str] | None
) -> list[Refusal]:
    """The refused ones among `received`, or all of them, in order of department, feed and period."""
    told = _told(engine) if engine is not None else {}
    rows = connection.execute(
        "SELECT delivery_id, coalesce(feed, ''), coalesce(period, ''), reasons FROM quality.delivery"
        " WHERE verdict = 'refused' ORDER BY department, feed, period, delivery_id"
    ).fetchall()
    found = []
    for delivery_id, feed, period, codes in rows:
        if received is None or delivery_id in received:
            bare = tuple((code, "") for code in codes.split(",") if code)
            path, reasons = told.get(delivery_id, ("", bare))
            found.append(Refusal(one_line(path), feed, period, reasons))
    return found


def _told(engine: Engine) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    query = (
        select(delivery.c.delivery_id, delivery.c.path, verdict.c.reasons)
        .join(verdict, verdict.c.delivery_id == delivery.c.delivery_id)
        .where(verdict.c.verdict == "refused")
    )
    with engine.connect() as connection:
        return {
            delivery_id: (path, tuple((code, detail) for code, detail in reasons))
            for delivery_id, path, reasons in connection.execute(query)
        }
