"""What a file leaves out of what was accepted before it: to be said, and of a list of those at risk to be guarded.

A list that is whole each time ends what it leaves out; rows of events stay until they are taken back. Either may be
what was meant, and either may be half a file that was sent for the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from expectations.conditions import checks_of, error_mask
from expectations.contract import Feed, Kind, Type
from warehouse.home import Home
from warehouse.ledger.deliveries import Delivery
from warehouse.staged import files_sql
from warehouse.staging.statements import key_is_readable_sql


@dataclass(frozen=True)
class LeftOut:
    """How many keys of earlier files the file does not have, of how many; `is_same_period`: it is their correction."""

    code: str  # events_left_out, names_left_out, keys_left_out: what becomes of them
    gone: int
    had: int
    is_same_period: bool


def left_out(
    connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery, before: Sequence[Delivery]
) -> LeftOut | None:
    """What the delivery leaves out; None where there is nothing to compare it with. `before` are the feed's accepted
    deliveries before it, in order."""
    feed, same = one.feed, [b for b in before if b.period_text == one.period_text]
    if feed.kind is Kind.EVENTS:
        code, earlier = "events_left_out", same
    elif feed.listed_while:
        code, earlier = "names_left_out", list(before[-1:])
    else:
        code, earlier = "keys_left_out", same[-1:]
    if not earlier:
        return None
    gone, had = connection.execute(_counted_sql(home, feed, earlier, one)).fetchall()[0]
    return LeftOut(code, gone, had, bool(same))


def _counted_sql(home: Home, feed: Feed, earlier: Sequence[Delivery], one: Delivery) -> str:
    keys = ", ".join(f"{c.name}__key" if c.type is Type.PERSON_NUMBER else c.name for c in feed.keys)
    readable, new = key_is_readable_sql(feed), files_sql(home, feed, [one])
    counts = f"(wrong & {error_mask(checks_of(feed))}) = 0 AND {readable} AND ({feed.listed_while or 'TRUE'})"
    back = ""
    if feed.kind is Kind.EVENTS:  # what was taken back does not stand
        counts += " AND is_taken_back IS NOT TRUE"
        back = f" EXCEPT SELECT {keys} FROM {files_sql(home, feed, earlier)} WHERE is_taken_back"
    if feed.partition:  # a year that the file does not speak of goes on
        counts += f" AND {feed.partition} IN (SELECT {feed.partition} FROM {new})"
    return (
        f"WITH had AS (SELECT DISTINCT {keys} FROM {files_sql(home, feed, earlier)} WHERE {counts}{back}),"
        f" gone AS (SELECT {keys} FROM had EXCEPT SELECT {keys} FROM {new} WHERE {readable}),"
        # a row whose key cannot be read may be any of them
        f" unread AS (SELECT count(*) AS rows FROM {new} WHERE NOT coalesce({readable}, FALSE))"
        " SELECT greatest((SELECT count(*) FROM gone) - unread.rows, 0), (SELECT count(*) FROM had) FROM unread"
    )
