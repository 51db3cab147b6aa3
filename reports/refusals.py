"""Refused deliveries with their reasons: which from the warehouse, path and details from the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
from sqlalchemy import Engine, select

from reports.language import one_line
from warehouse.ledger.tables import delivery, verdict


@dataclass(frozen=True)
class Refusal:
    """A refused delivery."""

    path: str
    reasons: tuple[tuple[str, str], ...]


def refusals(connection: duckdb.DuckDBPyConnection, engine: Engine, listed: Collection[str]) -> list[Refusal]:
    """The refused ones among some deliveries, in order of department, feed and period."""
    told = _told(engine)
    rows = connection.execute(
        "SELECT delivery_id FROM quality.delivery WHERE verdict = 'refused'"
        " ORDER BY department, feed, period, delivery_id"
    ).fetchall()
    return [told[delivery_id] for (delivery_id,) in rows if delivery_id in listed]


def _told(engine: Engine) -> dict[str, Refusal]:
    query = (
        select(delivery.c.delivery_id, delivery.c.path, verdict.c.reasons)
        .join(verdict, verdict.c.delivery_id == delivery.c.delivery_id)
        .where(verdict.c.verdict == "refused")
    )
    with engine.connect() as connection:
        return {
            delivery_id: Refusal(one_line(path), tuple((code, detail) for code, detail in reasons))
            for delivery_id, path, reasons in connection.execute(query)
        }
