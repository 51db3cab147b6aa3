"""When a delivery as a whole is not to be trusted, whatever its single rows say.

Too many rows held, a list that shrinks, amounts of another order of size. A person may let it through by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import duckdb

from expectations.checks import quoted
from expectations.contract import Kind, Type
from expectations.periods import age_months
from warehouse.home import Home
from warehouse.ledger.deliveries import Delivery
from warehouse.left_out import LeftOut
from warehouse.staged import good_rows_sql
from warehouse.staging.statements import key_is_readable_sql

LEAST_HELD_ROWS = 10
GUARD_LEAST_ROWS = 50
GUARD_LEAST_KEYS = 10
GUARD_SHARE = 0.2
LIST_LEAST_KEYS = 2  # a correction may leave out the one that was wrong
MEAN_FACTOR = 5
MEAN_MONTHS = 6
MEAN_LEAST_ROWS = 10

Totals = Mapping[str, tuple[int, Decimal]]  # by delivery: good rows, sum of their main amounts


def refusals(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    one: Delivery,
    held: int,
    before: Sequence[Delivery],
    totals: Totals,
    missed: LeftOut | None,
) -> list[tuple[str, str]]:
    """Why the delivery is not to be trusted, all reasons at once; `before` are the feed's accepted ones, `missed` what
    it leaves out of them."""
    found = []
    limit = one.feed.quarantine_limit
    if held >= LEAST_HELD_ROWS and held > limit * one.rows_received:
        found.append(("too_many_held", f"{held}/{one.rows_received}"))
    if not one.feed.may_be_nil and one.rows_received == 0:
        found.append(("nil_not_allowed", ""))
    if one.feed.kind is Kind.SNAPSHOT and before:
        found += _shrunk(connection, home, one, before[-1]) or _list_shrank(one, missed)
    return found + _far_off(one, before, totals)


def _shrunk(
    connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery, last: Delivery
) -> list[tuple[str, str]]:
    """A snapshot that shrinks, or in which keys vanish, would end-date people."""
    had, has = (d.rows_received - d.rows_duplicate for d in (last, one))
    if had < GUARD_LEAST_ROWS:
        return []
    found = []
    if had - has >= GUARD_LEAST_KEYS and had - has > GUARD_SHARE * had:
        found.append(("rows_fell", f"{had} -> {has}"))
    # across years and terms the keys carry their partition: only the row count can be compared
    if one.feed.partition is None or one.period_text == last.period_text:
        gone = _vanished(connection, home, one, last)
        if gone >= GUARD_LEAST_KEYS and gone > GUARD_SHARE * had:
            found.append(("keys_vanished", f"{gone}/{had}"))
    return found


def _list_shrank(one: Delivery, missed: LeftOut | None) -> list[tuple[str, str]]:
    """A list of those at risk, however small, that a correction sends in part: who is left out of it would be clear.
    From one period to the next people do leave it; that is said, and no more."""
    if missed is None or not one.feed.listed_while or not missed.is_same_period:
        return []
    is_short = missed.gone >= LIST_LEAST_KEYS and missed.gone > GUARD_SHARE * missed.had
    return [("list_shrank", f"{missed.gone}/{missed.had}")] if is_short else []


def _vanished(connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery, last: Delivery) -> int:
    keys = ", ".join(
        f"{column.name}__key" if column.type is Type.PERSON_NUMBER else column.name
        for column in one.feed.keys
    )
    old, new = (quoted(str(home.staged(d.feed.name, d.delivery_id))) for d in (last, one))
    readable = key_is_readable_sql(one.feed)
    return connection.execute(
        f"SELECT count(*) FROM (SELECT {keys} FROM read_parquet({old}) WHERE {readable} EXCEPT"
        f" SELECT {keys} FROM read_parquet({new}) WHERE {readable}) AS gone"
    ).fetchall()[0][0]


def totals_of(connection: duckdb.DuckDBPyConnection, home: Home, deliveries: Sequence[Delivery]) -> Totals:
    """Good rows and the sum of their main amounts, of every readable delivery of a feed that has one."""
    found: dict[str, tuple[int, Decimal]] = {}
    for feed in {one.feed.name: one.feed for one in deliveries if one.contract and not one.refusals}.values():
        mine = [one for one in deliveries if one.feed_name == feed.name and one.contract and not one.refusals]
        if feed.main_amount and len(mine) > 1:
            rows = connection.execute(
                f"SELECT delivery_id, count(*), sum({feed.main_amount})"
                f" FROM ({good_rows_sql(home, feed, mine)}) AS good GROUP BY delivery_id"
            ).fetchall()
            found |= {delivery_id: (count, total) for delivery_id, count, total in rows}
    return found


def _far_off(one: Delivery, before: Sequence[Delivery], totals: Totals) -> list[tuple[str, str]]:
    """The mean of the main amount against the six months before: 万元 read as 元 makes it 10,000 times."""
    day = one.period.first if one.period.term else one.period.last
    near = [b for b in before if 1 <= age_months(b.period, day) <= MEAN_MONTHS]
    count, total = totals.get(one.delivery_id, (0, Decimal(0)))
    past = [totals[b.delivery_id] for b in near if b.delivery_id in totals]
    past_count, past_total = sum(rows for rows, _ in past), sum((amount for _, amount in past), Decimal(0))
    if count < MEAN_LEAST_ROWS or past_count < GUARD_LEAST_ROWS or past_total <= 0:
        return []
    now, then = total * past_count, past_total * count  # the two means, both times the two counts
    if then <= now * MEAN_FACTOR and now <= then * MEAN_FACTOR:
        return []
    return [("mean_far_off", f"{total / count:.2f} / {past_total / past_count:.2f}")]
