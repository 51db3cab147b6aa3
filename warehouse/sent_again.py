"""Held rows that came again in a later file and are wrong there too: the later one is the one to mend.

A clerk who sends a list every month with the same three bad rows has three rows to mend, not thirty-six, and
they have been wrong since the first month.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb

from expectations.contract import Feed, Kind
from expectations.feeds import catalogue
from warehouse.home import Home
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery
from warehouse.resolve import good_sql, held_rows_sql
from warehouse.staging.statements import key_is_readable_sql

Connection = duckdb.DuckDBPyConnection
SEQUENCE = "JOIN (SELECT delivery_id, seq FROM work.delivery) AS d USING (delivery_id)"

REFUSED_AGAIN = """
INSERT INTO work.sent_again
SELECT delivery_id, 0, last_delivery_id, 0 FROM (
    SELECT
        delivery_id, n, max(n) OVER same_period AS last_n,
        last_value(delivery_id) OVER (
            same_period ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS last_delivery_id
    FROM work.delivery
    WHERE verdict = 'refused' AND NOT is_corrected AND feed IS NOT NULL
    WINDOW same_period AS (PARTITION BY department, feed, period)
) AS refused
WHERE n < last_n
"""


def link(connection: Connection, home: Home, verdicts: Sequence[Verdict], as_of: date) -> None:
    """Make `work.sent_again` (delivery_id, line, again_delivery_id, again_line; line 0: a refused file), and
    add to `work.open_row` what stands in older lists, or in lists that have not begun.

    An older list's row stays open while its key is held in the list that holds now and has not been accepted
    in between; else the newer list, the whole truth, has closed it.
    """
    connection.execute(
        "CREATE TABLE work.sent_again (delivery_id VARCHAR, line INTEGER, again_delivery_id VARCHAR,"
        " again_line INTEGER)"
    )
    connection.execute(REFUSED_AGAIN)
    for feed in catalogue().values():
        accepted = [v for v in verdicts if v.verdict == "accepted" and v.delivery.feed_name == feed.name]
        holding = [v.delivery for v in accepted if v.rows_quarantined]
        if holding and feed.kind is Kind.SNAPSHOT:
            _open_before_it_begins(connection, feed, as_of)
        if len(holding) > 1:
            _link(connection, home, feed, holding)
            if feed.kind is Kind.SNAPSHOT:
                _leave_out_accepted(connection, home, feed, [v.delivery for v in accepted])
            _note(connection)


def _open_before_it_begins(connection: Connection, feed: Feed, as_of: date) -> None:
    connection.execute(
        "INSERT INTO work.open_row SELECT w.delivery_id, w.line FROM work.wrong_row AS w JOIN work.delivery AS d"
        " ON w.delivery_id = d.delivery_id WHERE d.feed = ? AND d.verdict = 'accepted' AND d.period_first > ?"
        " AND NOT d.is_corrected",
        [feed.name, as_of],
    )


def _link(connection: Connection, home: Home, feed: Feed, holding: Sequence[Delivery]) -> None:
    """`work.again`: each held row whose key is held, and open, in a later delivery, with the last of these."""
    keys = ", ".join(column.name for column in feed.keys)
    still = "" if feed.kind is Kind.SNAPSHOT else "JOIN work.open_row AS o USING (delivery_id, line) "
    connection.execute(
        f"CREATE OR REPLACE TABLE work.again AS WITH h AS (SELECT delivery_id, line, seq, {keys}"
        f" FROM ({held_rows_sql(home, feed, holding)}) AS r {SEQUENCE} {still}"
        f" WHERE {key_is_readable_sql(feed)}),"
        " later AS (SELECT h.* FROM h JOIN work.open_row USING (delivery_id, line)),"
        " linked AS (SELECT h.*, later.delivery_id AS again_delivery_id, later.line AS again_line,"
        " row_number() OVER (PARTITION BY h.delivery_id, h.line ORDER BY later.seq DESC, later.line) AS nth"
        f" FROM h JOIN later ON {_same_key(feed, 'h', 'later')} AND later.seq > h.seq)"
        " SELECT * EXCLUDE (nth) FROM linked WHERE nth = 1"
    )


def _leave_out_accepted(connection: Connection, home: Home, feed: Feed, accepted: Sequence[Delivery]) -> None:
    if connection.execute("SELECT count(*) FROM work.again").fetchall()[0][0]:
        connection.execute(
            f"DELETE FROM work.again AS h WHERE EXISTS (SELECT 1 FROM ({good_sql(home, feed, accepted)}) AS r"
            f" {SEQUENCE} WHERE d.seq > h.seq AND {_same_key(feed, 'h', 'r')})"
        )


def _same_key(feed: Feed, one: str, other: str) -> str:
    return " AND ".join(f"{one}.{c.name} IS NOT DISTINCT FROM {other}.{c.name}" for c in feed.keys)


def _note(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO work.sent_again SELECT delivery_id, line, again_delivery_id, again_line FROM work.again"
    )
    connection.execute(
        "INSERT INTO work.open_row SELECT delivery_id, line FROM work.again EXCEPT SELECT delivery_id, line"
        " FROM work.open_row"
    )
