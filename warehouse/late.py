"""Rows that are held late, by what other deliveries hold: `work.late`.

A person number ending in 000 that no second feed confirms, and a reversal whose original is not here (pending) or
is exceeded.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask
from expectations.contract import Type
from expectations.feeds import catalogue
from expectations.types.likeness import same_name_sql
from warehouse.home import Home
from warehouse.ledger.deliveries import Delivery
from warehouse.staged import files_sql, good_rows_sql
from warehouse.staging.statements import has_reversals


def hold_unconfirmed(
    connection: duckdb.DuckDBPyConnection, home: Home, deliveries: Sequence[Delivery]
) -> None:
    """A number ending in 000 is usable only where the same number and name stand in `members` and another
    feed."""
    parts = [
        f"SELECT {quoted(feed.name)} AS feed, delivery_id, line, {quoted(column.name)} AS number_column,"
        f" substring({column.name}, 1, 18) AS number, {same_name_sql(column.named_by)} AS name,"
        f" (wrong & {error_mask(checks_of(feed))}) <> 0 AS is_wrong"
        f" FROM {files_sql(home, feed, [one])} WHERE {column.name}__fault = 'suspect'"
        for one in deliveries
        if one.rows_suspect and not one.refusals
        for feed in [one.feed]
        for column in feed.typed(Type.PERSON_NUMBER)
    ]
    connection.execute(
        "CREATE OR REPLACE TABLE work.suspect (feed VARCHAR, delivery_id VARCHAR, line INTEGER,"
        " number_column VARCHAR,"
        " number VARCHAR, name VARCHAR, is_wrong BOOLEAN)"
    )
    for part in parts:
        connection.execute(f"INSERT INTO work.suspect {part}")
    connection.execute(
        "CREATE OR REPLACE TABLE work.confirmed AS SELECT number, name FROM work.suspect GROUP BY number,"
        " name"
        " HAVING count(DISTINCT feed) > 1 AND max(CASE WHEN feed = 'members' THEN 1 ELSE 0 END) = 1"
    )
    # in `members` the row stays: the person lives there, only the number is of no use
    connection.execute(
        "INSERT INTO work.late SELECT s.delivery_id, s.line, s.feed || '.' || s.number_column ||"
        " '_damaged', 'open'"
        " FROM work.suspect AS s LEFT JOIN work.confirmed AS c ON s.number = c.number AND s.name = c.name"
        " WHERE c.number IS NULL AND s.feed <> 'members' AND NOT s.is_wrong"
    )


def hold_reversals(connection: duckdb.DuckDBPyConnection, home: Home, accepted: Sequence[Delivery]) -> None:
    """A reversal waits for its original; all reversals of one that together exceed it in an amount are
    held."""
    for feed in (feed for feed in catalogue().values() if has_reversals(feed)):
        files = [one for one in accepted if one.feed_name == feed.name]
        if not any(one.rows_reversal for one in files):
            continue
        key = feed.keys[0].name
        amounts = [column.name for column in feed.typed(Type.MONEY)]
        rows = good_rows_sql(home, feed, files)
        listed, sums = (
            ", ".join(amounts),
            ", ".join(f"sum(coalesce({name}, 0)) AS {name}" for name in amounts),
        )
        exceeds = " OR ".join(f"abs(r.{name}) > abs(coalesce(o.{name}, 0))" for name in amounts)
        connection.execute(
            f"CREATE OR REPLACE TABLE work.reversal AS WITH good AS ({rows}),"
            f" asked AS (SELECT DISTINCT reverses_id FROM good WHERE reverses_id IS NOT NULL),"
            f" concerned AS (SELECT g.* FROM good AS g WHERE reverses_id IS NOT NULL"
            f" OR {key} IN (SELECT reverses_id FROM asked)),"
            f" ranked AS (SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY seq DESC, line) AS nth"
            " FROM concerned)"
            f" SELECT delivery_id, line, {key}, reverses_id, {listed} FROM ranked"
            " WHERE nth = 1 AND is_taken_back IS NOT TRUE"
        )
        connection.execute(
            f"INSERT INTO work.late WITH original AS (SELECT * FROM work.reversal WHERE reverses_id IS NULL),"
            f" taken AS (SELECT reverses_id, {sums} FROM work.reversal WHERE reverses_id IS NOT NULL GROUP"
            " BY reverses_id),"
            f" judged AS (SELECT r.reverses_id, o.{key} IS NULL AS is_alone, {exceeds} AS exceeds"
            f" FROM taken AS r LEFT JOIN original AS o ON r.reverses_id = o.{key})"
            f" SELECT r.delivery_id, r.line, {quoted(feed.name)} || CASE WHEN is_alone THEN"
            " '.reversal_has_original'"
            f" ELSE '.reversal_within_original' END, CASE WHEN is_alone THEN 'pending' ELSE 'open' END"
            " FROM work.reversal AS r JOIN judged AS j ON r.reverses_id = j.reverses_id WHERE is_alone OR"
            " exceeds"
        )
