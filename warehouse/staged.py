"""Staged files of deliveries as SQL: their rows, those that nothing holds, and the order of judging."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask
from expectations.contract import Feed
from warehouse.home import Home
from warehouse.ledger.deliveries import Delivery


def files_sql(home: Home, feed: Feed, deliveries: Sequence[Delivery]) -> str:
    """The staged files of some deliveries as one table expression."""
    listed = ", ".join(quoted(str(home.staged(feed.name, one.delivery_id))) for one in deliveries)
    return f"read_parquet([{listed}])"


def good_rows_sql(home: Home, feed: Feed, deliveries: Sequence[Delivery]) -> str:
    """Rows that nothing holds, with `seq`, the place of their delivery in the order of judging."""
    order = sequence_sql(deliveries)
    return (
        f"SELECT f.*, o.seq FROM {files_sql(home, feed, deliveries)} AS f JOIN {order} ON f.delivery_id ="
        " o.delivery_id"
        " LEFT JOIN work.late AS l ON f.delivery_id = l.delivery_id AND f.line = l.line"
        f" WHERE (f.wrong & {error_mask(checks_of(feed))}) = 0 AND l.line IS NULL"
    )


def sequence_sql(deliveries: Sequence[Delivery]) -> str:
    """A small table o(delivery_id, seq): deliveries numbered in the order of judging."""
    rows = ", ".join(f"({quoted(one.delivery_id)}, {seq})" for seq, one in enumerate(deliveries))
    return f"(VALUES {rows}) AS o (delivery_id, seq)"
