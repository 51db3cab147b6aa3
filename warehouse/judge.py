"""Verdicts: a function of the set of deliveries, judged in (feed, period, n, hash) order, never of arrival.

A delivery is refused by its file (refusals noted on reading) or by a guard (warehouse/guards.py); the same content
as the accepted one before it of the same feed and period is already loaded. Rows may be held late
(warehouse/late.py), by what other deliveries hold. A refusal takes rows away that others rest on, so judging is
repeated until nothing changes; refusals only grow, so it ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import duckdb

from warehouse.guards import Totals, refusals, totals_of
from warehouse.home import Home
from warehouse.late import hold_reversals, hold_unconfirmed
from warehouse.ledger.deliveries import Delivery
from warehouse.left_out import left_out


@dataclass(frozen=True)
class Verdict:
    """How a delivery was judged. received = loaded + quarantined + duplicate, whatever the verdict."""

    delivery: Delivery
    verdict: str  # accepted, refused, already_loaded
    rows_loaded: int
    rows_quarantined: int
    rows_duplicate: int
    rows_pending: int
    reasons: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...] = ()  # what is to be said of one that was accepted, as (code, detail)

    @property
    def is_withdrawn(self) -> bool:
        """Whether a person has taken the delivery back: it counts as if it had never come."""
        return any(code == "withdrawn" for code, _ in self.reasons)


def judge(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    deliveries: Sequence[Delivery],
    accepted_by_name: frozenset[str],
    withdrawn: Mapping[str, str] = MappingProxyType({}),
) -> list[Verdict]:
    """Judge all deliveries; leaves table `work.late` (delivery_id, line, expectation_id, status) in the connection.

    `accepted_by_name` are deliveries that a person lets through in spite of the share or the guards, `withdrawn`
    those that a person has taken back, and why: the others are judged as if these had never come.
    """
    others = [one for one in deliveries if one.delivery_id not in withdrawn]
    judged = {one.delivery.delivery_id: one for one in _judged(connection, home, others, accepted_by_name)}
    return [
        judged.get(one.delivery_id) or _refused(one, (("withdrawn", withdrawn[one.delivery_id]),))
        for one in deliveries
    ]


def _judged(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    deliveries: Sequence[Delivery],
    accepted_by_name: frozenset[str],
) -> list[Verdict]:
    connection.execute(
        "CREATE OR REPLACE TABLE work.late (delivery_id VARCHAR, line INTEGER, expectation_id VARCHAR,"
        " status VARCHAR)"
    )
    hold_unconfirmed(connection, home, deliveries)
    connection.execute("CREATE OR REPLACE TABLE work.unconfirmed AS SELECT * FROM work.late")
    verdicts = _pass(connection, home, deliveries, accepted_by_name)
    while any(one.rows_reversal for one in deliveries):
        connection.execute("CREATE OR REPLACE TABLE work.late AS SELECT * FROM work.unconfirmed")
        hold_reversals(connection, home, [v.delivery for v in verdicts if v.verdict == "accepted"])
        again = _pass(connection, home, deliveries, accepted_by_name)
        if again == verdicts:
            break
        verdicts = again
    return verdicts


def _pass(
    connection: duckdb.DuckDBPyConnection, home: Home, deliveries: Sequence[Delivery], by_name: frozenset[str]
) -> list[Verdict]:
    late = {
        (delivery_id, status): count
        for delivery_id, status, count in connection.execute(
            "SELECT delivery_id, status, count(DISTINCT line) FROM work.late GROUP BY delivery_id, status"
        ).fetchall()
    }
    totals = totals_of(connection, home, deliveries)
    verdicts: list[Verdict] = []
    for one in deliveries:
        pending = late.get((one.delivery_id, "pending"), 0)
        held = one.rows_wrong + late.get((one.delivery_id, "open"), 0) + pending
        before = [
            v.delivery for v in verdicts if v.verdict == "accepted" and v.delivery.feed_name == one.feed_name
        ]
        is_by_name = one.delivery_id in by_name
        verdicts.append(_verdict(connection, home, one, held, pending, before, totals, is_by_name))
    return verdicts


def _verdict(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    one: Delivery,
    held: int,
    pending: int,
    before: Sequence[Delivery],
    totals: Totals,
    is_accepted_by_name: bool,
) -> Verdict:
    if one.refusals or one.contract is None:
        return _refused(one, one.refusals or (("not_staged", ""),))
    same_period = [other for other in before if other.period_text == one.period_text]
    if same_period and same_period[-1].sha256 == one.sha256:
        return Verdict(
            one, "already_loaded", 0, 0, one.rows_received, 0, (("same_content", same_period[-1].path),)
        )
    missed = left_out(connection, home, one, before)
    reasons = [] if is_accepted_by_name else refusals(connection, home, one, held, before, totals, missed)
    if reasons:
        return _refused(one, tuple(reasons))
    loaded = one.rows_received - one.rows_duplicate - held
    notes = ((missed.code, f"{missed.gone}"),) if missed and missed.gone else ()
    return Verdict(one, "accepted", loaded, held, one.rows_duplicate, pending, (), notes)


def _refused(one: Delivery, reasons: tuple[tuple[str, str], ...]) -> Verdict:
    distinct = one.rows_received - one.rows_duplicate
    return Verdict(one, "refused", 0, distinct, one.rows_duplicate, 0, reasons)


def as_rows(verdicts: Sequence[Verdict]) -> list[Mapping[str, object]]:
    """The verdicts as rows of the ledger."""
    return [
        {
            "delivery_id": one.delivery.delivery_id,
            "verdict": one.verdict,
            "rows_loaded": one.rows_loaded,
            "rows_quarantined": one.rows_quarantined,
            "rows_pending": one.rows_pending,
            "rows_duplicate": one.rows_duplicate,
            "reasons": [list(reason) for reason in one.reasons],
        }
        for one in verdicts
    ]


def recorded(deliveries: Sequence[Delivery], rows: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    """The verdicts of the last night, read back from rows of the ledger, in the order of judging."""
    known = {row["delivery_id"]: row for row in rows}
    return [
        Verdict(
            one,
            row["verdict"],
            row["rows_loaded"],
            row["rows_quarantined"],
            row["rows_duplicate"],
            row["rows_pending"],
            tuple((code, detail) for code, detail in row["reasons"]),
        )
        for one in deliveries
        if (row := known.get(one.delivery_id)) is not None
    ]
