"""How things stand: runs, the last delivery of each feed, freshness, what is open, mail, decisions.

Read from the ledger, and from the published warehouse what is still open. Fast, for it is asked often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
from sqlalchemy import Engine, func, select

from expectations.feeds import catalogue
from expectations.periods import freshness
from reports.language import one_line
from warehouse.home import Home
from warehouse.ledger.decisions import decisions
from warehouse.ledger.deliveries import Delivery, all_deliveries, table_rows
from warehouse.ledger.nights import PUBLISHED
from warehouse.ledger.outbox import refused_recipients
from warehouse.ledger.tables import outbox, run, verdict

MOST_RUNS = 5
MOST_DECISIONS = 5
REFUSED = """
SELECT delivery_id FROM quality.delivery
WHERE verdict = 'refused' AND replaced_on IS NULL AND reasons <> 'withdrawn'
ORDER BY department, feed, period, delivery_id
"""
HELD = """
SELECT d.feed, q.status, count(*)
FROM quality.quarantined_row AS q
JOIN quality.delivery AS d ON q.delivery_id = d.delivery_id
WHERE q.status IN ('open', 'pending', 'unattributable')
GROUP BY d.feed, q.status
ORDER BY d.feed, q.status
"""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Status:
    """Everything in plain values, as `--json` prints it; `as_of` is None before the first night."""

    as_of: date | None
    runs: Rows
    feeds: Rows
    unjudged: int
    refused: Rows
    held: Rows
    mails_waiting: int
    mails_given_up: int
    mails_refused: Rows  # addresses that the mail server does not take
    decisions: Rows


def status(engine: Engine, home: Home, as_of: date | None = None) -> Status:
    """The state of a home; freshness at `as_of`, or at the date of the last published night."""
    deliveries, judged = all_deliveries(engine), _judged(engine)
    runs = _runs(engine)
    as_of = as_of or next((one["as_of"] for one in runs if one["outcome"] == PUBLISHED), None)
    refused, held = _still_open(home, deliveries, judged)
    waiting, given_up = _mails(engine)
    made = [vars(one) for one in reversed(decisions(engine)[-MOST_DECISIONS:])]
    return Status(
        as_of=as_of,
        runs=runs[:MOST_RUNS],
        feeds=_feeds(deliveries, judged, as_of),
        unjudged=sum(one.delivery_id not in judged for one in deliveries),
        refused=refused,
        held=held,
        mails_waiting=waiting,
        mails_given_up=given_up,
        mails_refused=[
            {"recipient": one, "department": department, "as_of": night}
            for one, department, night in refused_recipients(engine)
        ],
        decisions=made,
    )


def _judged(engine: Engine) -> Mapping[str, Mapping[str, Any]]:
    return {row["delivery_id"]: row for row in table_rows(engine, verdict)}


def _runs(engine: Engine) -> Rows:
    """All runs, the newest first."""
    found = sorted(table_rows(engine, run), key=lambda row: row["started_at"], reverse=True)
    names = ("run_id", "as_of", "started_at", "ended_at", "outcome", "code_version")
    return [{name: row[name] for name in names} for row in found]


def _feeds(
    deliveries: Sequence[Delivery], judged: Mapping[str, Mapping[str, Any]], as_of: date | None
) -> Rows:
    """One row a feed, in order of department: its last delivery to arrive, and how it stands at the date."""
    found = []
    for feed in sorted(catalogue().values(), key=lambda one: (one.department, one.name)):
        own = [one for one in deliveries if one.feed_name == feed.name]
        last = max(own, key=lambda one: (one.received_at, one.order), default=None)
        said = judged.get(last.delivery_id, {}) if last else {}
        accepted = [o.period for o in own if judged.get(o.delivery_id, {}).get("verdict") == "accepted"]
        stands = vars(freshness(feed, accepted, as_of)) if as_of and feed.promise else {}
        found.append(
            {
                "department": feed.department,
                "feed": feed.name,
                "delivery_id": last.delivery_id if last else None,
                "period": last.period_text if last else None,
                "received_at": last.received_at if last else None,
                "verdict": said.get("verdict"),
                "rows_received": last.rows_received if last else None,
                **{name: said.get(name) for name in ("rows_loaded", "rows_quarantined", "rows_duplicate")},
                **{name: stands.get(name) for name in ("expected_by", "last_period", "days_late")},
            }
        )
    return found


def _still_open(
    home: Home, deliveries: Sequence[Delivery], judged: Mapping[str, Mapping[str, Any]]
) -> tuple[Rows, Rows]:
    """Of the published night: refused files that nothing has taken the place of, with why, and open held rows."""
    if not home.warehouse.exists():
        return [], []
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        refused = connection.execute(REFUSED).fetchall()
        held = connection.execute(HELD).fetchall()
    by_id = {one.delivery_id: one for one in deliveries}
    files = []
    for one in (by_id[delivery_id] for (delivery_id,) in refused if delivery_id in by_id):
        named = {"department": one.department, "feed": one.feed_name, "period": one.period_text}
        reasons = [tuple(reason) for reason in judged[one.delivery_id]["reasons"]]
        files.append(
            {"delivery_id": one.delivery_id, "path": one_line(one.path), **named, "reasons": reasons}
        )
    return files, [{"feed": feed, "status": status_, "rows": rows} for feed, status_, rows in held]


def _mails(engine: Engine) -> tuple[int, int]:
    """Mails that wait to be sent, and those that were given up."""
    asked = (
        select(outbox.c.is_failed_for_good, func.count())
        .where(outbox.c.sent_at.is_(None))
        .group_by(outbox.c.is_failed_for_good)
    )
    with engine.connect() as connection:
        counted = {bool(given_up): count for given_up, count in connection.execute(asked)}
    return counted.get(False, 0), counted.get(True, 0)
