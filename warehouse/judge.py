"""Verdicts: a function of the set of deliveries, judged in (feed, period, n, hash) order, never of arrival.

A delivery is refused by its file (refusals noted on reading) or by its share of held rows; the same content
as
the accepted one before it of the same feed and period is already loaded. Rows may be held late, by what other
deliveries hold: a person number ending in 000 that no second feed confirms, and a reversal whose original is
not here (pending) or is exceeded. A refusal takes rows away that others rest on, so judging is repeated until
nothing changes; refusals only grow, so it ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import duckdb

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask
from expectations.contract import Feed, Kind, Type
from expectations.feeds import catalogue
from warehouse.home import Home
from warehouse.ledger.deliveries import Delivery
from warehouse.staging.statements import has_reversals, key_is_readable_sql

LEAST_HELD_ROWS = 10
GUARD_LEAST_ROWS = 50
GUARD_LEAST_KEYS = 10
GUARD_SHARE = 0.2


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
    _hold_unconfirmed(connection, home, deliveries)
    connection.execute("CREATE OR REPLACE TABLE work.unconfirmed AS SELECT * FROM work.late")
    verdicts = _pass(connection, home, deliveries, accepted_by_name)
    while any(one.rows_reversal for one in deliveries):
        connection.execute("CREATE OR REPLACE TABLE work.late AS SELECT * FROM work.unconfirmed")
        _hold_reversals(connection, home, [v.delivery for v in verdicts if v.verdict == "accepted"])
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
    verdicts: list[Verdict] = []
    for one in deliveries:
        pending = late.get((one.delivery_id, "pending"), 0)
        held = one.rows_wrong + late.get((one.delivery_id, "open"), 0) + pending
        before = [
            v.delivery for v in verdicts if v.verdict == "accepted" and v.delivery.feed_name == one.feed_name
        ]
        verdicts.append(_verdict(connection, home, one, held, pending, before, one.delivery_id in by_name))
    return verdicts


def _verdict(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    one: Delivery,
    held: int,
    pending: int,
    before: Sequence[Delivery],
    is_accepted_by_name: bool,
) -> Verdict:
    if one.refusals or one.contract is None:
        return _refused(one, one.refusals or (("not_staged", ""),))
    same_period = [other for other in before if other.period_text == one.period_text]
    if same_period and same_period[-1].sha256 == one.sha256:
        return Verdict(
            one, "already_loaded", 0, 0, one.rows_received, 0, (("same_content", same_period[-1].path),)
        )
    reasons = [] if is_accepted_by_name else _refusals(connection, home, one, held, before)
    if reasons:
        return _refused(one, tuple(reasons))
    loaded = one.rows_received - one.rows_duplicate - held
    return Verdict(one, "accepted", loaded, held, one.rows_duplicate, pending, ())


def _refused(one: Delivery, reasons: tuple[tuple[str, str], ...]) -> Verdict:
    distinct = one.rows_received - one.rows_duplicate
    return Verdict(one, "refused", 0, distinct, one.rows_duplicate, 0, reasons)


def _refusals(
    connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery, held: int, before: Sequence[Delivery]
) -> list[tuple[str, str]]:
    """Why the delivery as a whole is not to be trusted, all reasons at once."""
    found = []
    limit = one.feed.quarantine_limit
    if held >= LEAST_HELD_ROWS and held > limit * one.rows_received:
        found.append(("too_many_held", f"{held}/{one.rows_received}"))
    if not one.feed.may_be_nil and one.rows_received == 0:
        found.append(("nil_not_allowed", ""))
    if one.feed.kind is Kind.SNAPSHOT and before:
        found += _guards(connection, home, one, before[-1])
    return found


def _guards(
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


def _hold_unconfirmed(
    connection: duckdb.DuckDBPyConnection, home: Home, deliveries: Sequence[Delivery]
) -> None:
    """A number ending in 000 is usable only where the same number and name stand in `members` and another
    feed."""
    parts = [
        f"SELECT {quoted(feed.name)} AS feed, delivery_id, line, {quoted(column.name)} AS number_column,"
        f" substring({column.name}, 1, 18) AS number, {column.named_by} AS name,"
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


def _hold_reversals(connection: duckdb.DuckDBPyConnection, home: Home, accepted: Sequence[Delivery]) -> None:
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
            f" SELECT delivery_id, line, {key}, reverses_id, {listed} FROM ranked WHERE nth = 1"
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
        f" WHERE (f.wrong & {error_mask(checks_of(feed))}) = 0 AND NOT EXISTS (SELECT 1 FROM work.late AS l"
        f" WHERE l.delivery_id = f.delivery_id AND l.line = f.line)"
    )


def sequence_sql(deliveries: Sequence[Delivery]) -> str:
    """A small table o(delivery_id, seq): deliveries numbered in the order of judging."""
    rows = ", ".join(f"({quoted(one.delivery_id)}, {seq})" for seq, one in enumerate(deliveries))
    return f"(VALUES {rows}) AS o (delivery_id, seq)"


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
