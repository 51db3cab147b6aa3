"""What is decided between the rows of a feed: duplicates, keys, verdicts, winners across files, reversals."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from benchmarks.floor.health import AMOUNTS
from benchmarks.floor.inbox import Delivery
from benchmarks.floor.tally import tally

Connection = duckdb.DuckDBPyConnection

SNAPSHOTS = (
    "divisions", "households", "members", "incomes", "insurance", "major_diseases", "enrolments", "dropouts",
    "disability", "projects", "access",
)  # fmt: skip
OF_PERSONS = (
    "households", "members", "insurance", "settlements", "major_diseases", "checkups", "deaths", "enrolments",
    "dropouts", "grants", "allowances", "destitute", "relief", "disability", "disability_subsidies",
)  # fmt: skip
WITH_AMOUNT = ("settlements", "grants", "allowances", "destitute", "relief", "disability_subsidies")
RUNNING = {"households": "h", "members": "p", "access": "h"}
NEVER_EMPTY = ("divisions", "households", "members")
LEAST_HELD, HELD_SHARE = 10, 20  # one in twenty
GUARDED_ROWS, GUARDED_KEYS = 50, 10


def settle(con: Connection, found: dict[str, list[Delivery]]) -> None:
    """All of it, feed by feed."""
    _damaged(con)
    for feed, deliveries in found.items():
        _keys(con, feed, deliveries)
        if feed == "members":
            _twins(con)
        tally(con, feed, deliveries, feed in OF_PERSONS)
        _judge(con, feed, deliveries)
        if feed not in SNAPSHOTS and feed != "deaths":
            _winners(con, feed)
    _reversals(con, found["settlements"])


def _damaged(con: Connection) -> None:
    """A number that ends in 000 is usable only where members and a second feed have it with the same name."""
    waiting = " UNION ALL ".join(
        f"SELECT '{feed}' AS feed, rowid AS r, k, who FROM {feed} WHERE z" for feed in OF_PERSONS
    )
    doubtful = con.execute(
        f"WITH waiting AS ({waiting}), confirmed AS (SELECT k, who FROM waiting GROUP BY k, who "
        "HAVING bool_or(feed = 'members') AND bool_or(feed <> 'members')) "
        "SELECT feed, r FROM waiting ANTI JOIN confirmed USING (k, who)"
    ).fetchall()
    rows: dict[str, list[int]] = defaultdict(list)
    for feed, row in doubtful:
        rows[feed].append(row)
    for feed, numbers in rows.items():
        held = "" if feed == "members" else ", held = true"
        con.execute(f"UPDATE {feed} SET k = NULL{held} WHERE rowid IN {_these()}", [numbers])


def _these() -> str:
    return "(SELECT unnest(?::BIGINT[]))"


def _repeated(feed: str, deliveries: list[Delivery]) -> str:
    """The rows whose key stands more than once: in one file of a snapshot, in all files of events.

    Keys that are running numbers are looked at as blocks of 64 bits, in hash tables of a sixty-fourth of the size;
    other snapshots file by file, for the same reason.
    """
    rows = f"SELECT rowid AS r, f, key, content FROM {feed}"
    if feed in RUNNING:
        n = RUNNING[feed]
        blocks = (
            f"SELECT f, {n} // 64 AS block FROM {feed} WHERE {n} > 0 GROUP BY f, block "
            f"HAVING bit_count(bit_or(1::UBIGINT << ({n} % 64))) < count(*)"
        )
        suspects = (
            f"{rows} WHERE coalesce({n}, 0) <= 0 UNION ALL {rows} t SEMI JOIN ({blocks}) b "
            f"ON t.f = b.f AND t.{n} // 64 = b.block WHERE {n} > 0"
        )
        return f"FROM ({suspects}) QUALIFY count(*) OVER (PARTITION BY f, key) > 1"
    if feed in SNAPSHOTS and deliveries:
        repeated = " UNION ALL ".join(
            f"SELECT {f}::SMALLINT AS f, key FROM {feed} WHERE f = {f} GROUP BY key HAVING count(*) > 1"
            for f in (delivery.index for delivery in deliveries)
        )
        return f"{rows} SEMI JOIN ({repeated}) USING (f, key)"
    return f"{rows} SEMI JOIN (SELECT key FROM {feed} GROUP BY key HAVING count(*) > 1) USING (key)"


def _keys(con: Connection, feed: str, deliveries: list[Delivery]) -> None:
    """Inside one file: rows alike are duplicates, the first counts; one key with two contents is held."""
    made = con.execute(f"CREATE TEMP TABLE twice_{feed} AS {_repeated(feed, deliveries)}").fetchone()
    if made == (0,):
        return
    again = con.execute(
        f"SELECT f, r FROM twice_{feed} "
        "QUALIFY row_number() OVER (PARTITION BY f, key, content ORDER BY r) > 1"
    ).fetchall()
    con.execute(
        f"UPDATE {feed} SET held = true WHERE rowid IN (SELECT r FROM twice_{feed} SEMI JOIN (SELECT f, key "
        f"FROM twice_{feed} GROUP BY f, key HAVING min(content) <> max(content)) USING (f, key))"
    )
    if again:
        con.execute(f"DELETE FROM {feed} WHERE rowid IN {_these()}", [[r for _, r in again]])
    for delivery in deliveries:
        delivery.duplicate = sum(f == delivery.index for f, _ in again)


def _twins(con: Connection) -> None:
    """The same person twice in one household: all but the smallest number in the register are held (`twin`).

    Households are looked at through 64 bits first: two members with one bit are few, and most by chance.
    """
    con.execute(
        "CREATE TEMP TABLE twin AS SELECT f, r, key FROM (SELECT f, h, k, p, key, rowid AS r FROM members "
        "SEMI JOIN (SELECT f, h FROM members WHERE k IS NOT NULL GROUP BY f, h "
        "HAVING bit_count(bit_or(1::UBIGINT << (hash(k) % 64))) < count(*)) USING (f, h) "
        "WHERE k IS NOT NULL AND p IS NOT NULL AND h IS NOT NULL) "
        "QUALIFY p > min(p) OVER (PARTITION BY f, h, k); "
        "UPDATE members SET held = true WHERE rowid IN (SELECT r FROM twin)"
    )


def _judge(con: Connection, feed: str, deliveries: list[Delivery]) -> None:
    """Verdicts in order: already loaded, too many held, a snapshot that shrank, amounts of another order."""
    amount = "sum(amount) FILTER (NOT held)" if feed in WITH_AMOUNT else "0"
    counted = con.execute(f"SELECT f, count(*), count_if(held), {amount} FROM {feed} GROUP BY f").fetchall()
    rows = {f: (count, held, int(total or 0)) for f, count, held, total in counted}
    before: list[Delivery] = []
    sums: dict[int, tuple[int, int]] = {}
    for delivery in deliveries:
        count, delivery.held, total = rows.get(delivery.index, (0, 0, 0))
        delivery.received = count + delivery.duplicate
        sums[delivery.index] = (count - delivery.held, total)
        last = before[-1] if before else None
        if last and delivery.digest and (delivery.digest, delivery.period) == (last.digest, last.period):
            delivery.verdict, delivery.duplicate, delivery.held = "already_loaded", delivery.received, 0
        elif (
            _has_too_many_held(delivery)
            or _shrank(con, feed, delivery, last)
            or (feed in WITH_AMOUNT and _is_far_off(delivery, before, sums))
        ):
            _refuse(delivery)
        else:
            delivery.verdict = "accepted"
            before.append(delivery)
    _forget(con, feed, [d for d in deliveries if d.verdict != "accepted" and d.index in rows])


def _refuse(delivery: Delivery) -> None:
    delivery.verdict, delivery.held = "refused", delivery.received - delivery.duplicate


def _forget(con: Connection, feed: str, deliveries: list[Delivery]) -> None:
    if deliveries:
        con.execute(f"DELETE FROM {feed} WHERE f IN ({', '.join(str(d.index) for d in deliveries)})")


def _has_too_many_held(delivery: Delivery) -> bool:
    return delivery.held >= LEAST_HELD and delivery.held * HELD_SHARE > delivery.received


def _shrank(con: Connection, feed: str, delivery: Delivery, last: Delivery | None) -> bool:
    """A snapshot that is empty, or lost a fifth of its rows or keys."""
    if not delivery.received and feed in NEVER_EMPTY:
        return True
    if last is None or feed not in SNAPSHOTS or last.received - last.duplicate < GUARDED_ROWS:
        return False
    was, now = last.received - last.duplicate, delivery.received - delivery.duplicate
    if was - now >= GUARDED_KEYS and (was - now) * 5 > was:
        return True
    if feed in ("incomes", "enrolments") and last.period != delivery.period:
        return False
    gone = con.execute(
        f"SELECT count(*) FROM (SELECT key FROM {feed} WHERE f = {last.index} AND key <> content) "
        f"ANTI JOIN (SELECT key FROM {feed} WHERE f = {delivery.index}) USING (key)"
    ).fetchone()
    return gone is not None and gone[0] >= GUARDED_KEYS and gone[0] * 5 > was


def _is_far_off(delivery: Delivery, before: list[Delivery], sums: dict[int, tuple[int, int]]) -> bool:
    """The mean amount is more than five times that of the six months before, or less than a fifth."""
    end = delivery.first_day.year * 12 + delivery.first_day.month
    near = [d.index for d in before if 1 <= end - d.first_day.year * 12 - d.first_day.month <= 6]
    count, total = sums[delivery.index]
    past_count, past = sum(sums[f][0] for f in near), sum(sums[f][1] for f in near)
    if count < 10 or past_count < 50 or past <= 0:
        return False
    return total * past_count > 5 * past * count or 5 * total * past_count < past * count


def _winners(con: Connection, feed: str) -> None:
    """Events: across files the greater delivery wins key by key; a held correction takes nothing back."""
    con.execute(
        f"DELETE FROM {feed} WHERE rowid IN (SELECT r FROM (SELECT t.rowid AS r, f, key FROM {feed} t "
        f"SEMI JOIN (SELECT r FROM twice_{feed}) w ON t.rowid = w.r WHERE NOT held) "
        "QUALIFY row_number() OVER (PARTITION BY key ORDER BY f DESC) > 1)"
    )


def _reversals(con: Connection, deliveries: list[Delivery]) -> None:
    """A reversal waits for its original; reversals that exceed it together are held, all of them."""
    sums = ", ".join(f"abs(sum({c})) AS {c}" for c in AMOUNTS)
    above = " OR ".join(f"r.{c} > abs(coalesce(o.{c}, 0))" for c in AMOUNTS)
    while True:
        con.execute(
            "UPDATE settlements SET held = true WHERE rowid IN (SELECT r.rowid FROM settlements r ANTI JOIN "
            "(SELECT key FROM settlements WHERE rev IS NULL AND NOT held) o ON r.rev = o.key "
            "WHERE r.rev IS NOT NULL AND NOT r.held)"
        )
        con.execute(
            f"UPDATE settlements SET held = true WHERE rev IN (SELECT r.rev FROM (SELECT rev, {sums} "
            "FROM settlements WHERE rev IS NOT NULL AND NOT held GROUP BY rev) r "
            f"JOIN settlements o ON o.key = r.rev WHERE o.rev IS NULL AND NOT o.held AND ({above}))"
        )
        held = dict(con.execute("SELECT f, count(*) FROM settlements WHERE held GROUP BY f").fetchall())
        accepted = [d for d in deliveries if d.verdict == "accepted"]
        for delivery in accepted:
            delivery.held = held.get(delivery.index, 0)
        refused = [d for d in accepted if _has_too_many_held(d)]
        if not refused:
            return
        for delivery in refused:
            _refuse(delivery)
        _forget(con, "settlements", refused)
