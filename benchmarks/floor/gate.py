"""Loading and judging: each feed into one table, duplicates and conflicts of keys, verdicts, winners across files."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import duckdb

from benchmarks.floor import feeds
from benchmarks.floor.columns import COLUMNS, MONEY
from benchmarks.floor.inbox import Delivery, Table

SNAPSHOTS = ("divisions", "households", "members", "incomes", "insurance", "major_diseases", "enrolments", "dropouts",
             "disability", "projects", "access")  # fmt: skip
OF_PERSONS = ("households", "members", "insurance", "settlements", "major_diseases", "checkups", "deaths", "enrolments",
              "dropouts", "grants", "allowances", "destitute", "relief", "disability", "disability_subsidies")  # fmt: skip
WITH_AMOUNT = ("settlements", "grants", "allowances", "destitute", "relief", "disability_subsidies")
LEAST_HELD, HELD_SHARE = 10, 20  # one in twenty
NEVER_EMPTY = ("divisions", "households", "members")
GUARDED_ROWS, GUARDED_KEYS = 50, 10


def load(con: duckdb.DuckDBPyConnection, feed: str, deliveries: list[Delivery], scratch: Path) -> None:
    """The table of a feed: all its deliveries, typed and checked; then the rows whose number of cells is wrong."""
    tables = {str(table.path): (d, table) for d in deliveries for table in d.tables}
    if not tables:
        nothing = ", ".join(f"NULL::VARCHAR AS {c}" for c in [*COLUMNS[feed].all, "c0", "h0"])
        units = "".join(f", 1 AS u_{c}" for c in MONEY[feed])
        rows = f"SELECT 0::SMALLINT f, 0 pe, NULL::DATE pd, 0 period, false bad, {nothing}{units} LIMIT 0"
        con.execute(f"CREATE TEMP TABLE {feed} AS {feeds.sql(feed, rows)}")
        return
    rows = " UNION ALL ".join(_read(feed, d, table) for d, table in tables.values())
    con.execute(f"CREATE TEMP TABLE {feed} AS {feeds.sql(feed, rows)}")
    rejected = con.execute(
        "SELECT file_path, any_value(csv_line) FROM reject_errors JOIN reject_scans USING (scan_id, file_id) "
        "GROUP BY scan_id, file_path, line ORDER BY file_path, line"
    ).fetchall()
    con.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if rejected:
        target = scratch / f"{feed}_rejected.csv"
        _write_rejected(target, feed, rejected, tables)
        con.execute(f"INSERT INTO {feed} {feeds.sql(feed, _read_rejected(feed, target))}")
    con.execute(f"DELETE FROM {feed} WHERE held IS NULL")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _read(feed: str, delivery: Delivery, table: Table) -> str:
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in table.columns)
    missing = "".join(f", NULL::VARCHAR AS {c}" for c in COLUMNS[feed].all if c not in table.columns)
    shown = ", ".join(c for c in COLUMNS[feed].all if c in table.columns)
    units = "".join(f", {10_000 if c in table.in_wan else 1} AS u_{c}" for c in sorted(MONEY[feed]))
    return (
        f"SELECT {delivery.index}::SMALLINT AS f, {delivery.last_day:%Y%m%d} AS pe, DATE '{delivery.last_day}' AS pd, "
        f"{delivery.period[:6]} AS period, false AS bad, {shown}{missing}, {table.columns[0]} AS c0, "
        f"{_quoted(table.first_header)} AS h0{units} FROM read_csv({_quoted(str(table.path))}, auto_detect = false, "
        f"header = true, delim = '{table.delimiter}', quote = '\"', escape = '\"', store_rejects = true, "
        f"columns = {{{columns}}})"
    )


def _write_rejected(target: Path, feed: str, rejected: list[tuple[str, str]], tables: dict) -> None:  # type: ignore[type-arg]
    """Rows with too many or too few cells, by the columns that they have; only empty ones too many are no fault."""
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for path, line in rejected:
            delivery, table = tables[path]
            for cells in csv.reader(line.strip("\r\n").split("\n"), delimiter=table.delimiter):
                width = len(table.columns)
                is_bad = len(cells) < width or any(cells[width:])
                named = dict(zip(table.columns, cells, strict=False))
                units = [10_000 if c in table.in_wan else 1 for c in sorted(MONEY[feed])]
                writer.writerow([
                    delivery.index, f"{delivery.last_day:%Y%m%d}", delivery.last_day, delivery.period[:6], int(is_bad),
                    *(named.get(c, "") for c in COLUMNS[feed].all), cells[0] if cells else "", table.first_header,
                    *units,
                ])  # fmt: skip


def _read_rejected(feed: str, path: Path) -> str:
    types = {"f": "SMALLINT", "pe": "INTEGER", "pd": "DATE", "period": "INTEGER", "bad": "BOOLEAN"}
    types |= dict.fromkeys([*COLUMNS[feed].all, "c0", "h0"], "VARCHAR")
    types |= {f"u_{c}": "INTEGER" for c in sorted(MONEY[feed])}
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    return (
        f"SELECT * FROM read_csv({_quoted(str(path))}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def settle(con: duckdb.DuckDBPyConnection, found: dict[str, list[Delivery]]) -> None:
    """All that is decided between the rows of a feed, and the verdicts."""
    settle_damaged(con)
    for feed, deliveries in found.items():
        settle_keys(con, feed, deliveries)
        if feed == "members":
            hold_twins(con)
        judge(con, feed, deliveries)
        if feed not in SNAPSHOTS and feed != "deaths":
            settle_winners(con, feed)
    settle_reversals(con, found["settlements"])


def settle_damaged(con: duckdb.DuckDBPyConnection) -> None:
    """A number that ends in 000 is usable only where members and a second feed have it with the same name."""
    waiting = " UNION ALL ".join(
        f"SELECT '{feed}' AS feed, f, rowid AS r, k, who FROM {feed} WHERE z" for feed in OF_PERSONS
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
        con.execute(f"UPDATE {feed} SET k = NULL{held} WHERE rowid IN (SELECT unnest(?::BIGINT[]))", [numbers])


def settle_keys(con: duckdb.DuckDBPyConnection, feed: str, deliveries: list[Delivery]) -> None:
    """Inside one file: rows alike are duplicates, the first counts; one key with two contents is held.

    `twice_<feed>` has the rows whose key stands more than once: in one file of a snapshot (file by file, so that the
    hash table stays small), in all files of events.
    """
    if feed in SNAPSHOTS:
        repeated = " UNION ALL ".join(
            f"SELECT {d.index}::SMALLINT AS f, key FROM {feed} WHERE f = {d.index} GROUP BY key HAVING count(*) > 1"
            for d in deliveries
        )
        repeated, using = repeated or f"SELECT f, key FROM {feed}", "f, key"
    else:
        repeated, using = f"SELECT key FROM {feed} GROUP BY key HAVING count(*) > 1", "key"
    (count,) = con.execute(
        f"CREATE TEMP TABLE twice_{feed} AS SELECT rowid AS r, f, key, content FROM {feed} "
        f"SEMI JOIN ({repeated}) USING ({using})"
    ).fetchone() or (0,)
    if not count:
        return
    again = con.execute(
        f"SELECT f, r FROM twice_{feed} QUALIFY row_number() OVER (PARTITION BY f, key, content ORDER BY r) > 1"
    ).fetchall()
    apart = (
        f"SELECT r FROM twice_{feed} SEMI JOIN "
        f"(SELECT f, key FROM twice_{feed} GROUP BY f, key HAVING min(content) <> max(content)) USING (f, key)"
    )
    con.execute(f"UPDATE {feed} SET held = true WHERE rowid IN ({apart})")
    if again:
        con.execute(f"DELETE FROM {feed} WHERE rowid IN (SELECT unnest(?::BIGINT[]))", [[r for _, r in again]])
    for delivery in deliveries:
        delivery.duplicate = sum(f == delivery.index for f, _ in again)


def hold_twins(con: duckdb.DuckDBPyConnection) -> None:
    """The same person twice in one household: all but the smallest number in the register are held (`twin`).

    Households are looked at through 64 bits first: two members with one bit are few, and most of them by chance.
    """
    bits = "bit_count(bit_or(1::UBIGINT << (hash(k) % 64)))"
    con.execute(
        "CREATE TEMP TABLE twin AS SELECT r, key FROM (SELECT f, h, k, p, key, rowid AS r FROM members SEMI JOIN "
        f"(SELECT f, h FROM members WHERE k IS NOT NULL GROUP BY f, h HAVING {bits} < count(*)) USING (f, h) "
        "WHERE k IS NOT NULL AND p IS NOT NULL) WHERE h IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY f, h, k ORDER BY p) > 1"
    )
    con.execute("UPDATE members SET held = true WHERE rowid IN (SELECT r FROM twin)")


def judge(con: duckdb.DuckDBPyConnection, feed: str, deliveries: list[Delivery]) -> None:
    """Verdicts in order: already loaded, too many held, a snapshot that shrank, amounts of another order."""
    has_amount = feed in WITH_AMOUNT
    amount = "sum(amount) FILTER (NOT held)" if has_amount else "NULL"
    counted = con.execute(f"SELECT f, count(*), count_if(held), {amount} FROM {feed} GROUP BY f").fetchall()
    rows = {f: (count, held, total or 0) for f, count, held, total in counted}
    before: list[Delivery] = []
    means: dict[int, tuple[int, int]] = {}
    for delivery in deliveries:
        if delivery.verdict == "refused":
            continue
        count, delivery.held, total = rows.get(delivery.index, (0, 0, 0))
        delivery.received = count + delivery.duplicate
        means[delivery.index] = (count - delivery.held, int(total))
        last = before[-1] if before else None
        if last and delivery.digest and delivery.digest == last.digest and delivery.period == last.period:
            delivery.verdict, delivery.duplicate, delivery.held = "already_loaded", delivery.received, 0
        elif _is_refused(con, feed, delivery, last) or (has_amount and _is_far_off(delivery, before, means)):
            delivery.verdict, delivery.held = "refused", delivery.received - delivery.duplicate
        else:
            delivery.verdict = "accepted"
            before.append(delivery)
    out = [d.index for d in deliveries if d.verdict != "accepted" and d.index in rows]
    if out:
        con.execute(f"DELETE FROM {feed} WHERE f IN ({', '.join(map(str, out))})")


def _is_refused(con: duckdb.DuckDBPyConnection, feed: str, delivery: Delivery, last: Delivery | None) -> bool:
    if delivery.held >= LEAST_HELD and delivery.held * HELD_SHARE > delivery.received:
        return True
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


def _is_far_off(delivery: Delivery, before: list[Delivery], means: dict[int, tuple[int, int]]) -> bool:
    """The mean amount is more than five times that of the six months before, or less than a fifth."""
    end = delivery.first_day.year * 12 + delivery.first_day.month
    near = [d for d in before if 1 <= end - d.first_day.year * 12 - d.first_day.month <= 6]
    count, total = means[delivery.index]
    past_count, past = sum(means[d.index][0] for d in near), sum(means[d.index][1] for d in near)
    if count < 10 or past_count < 50 or past <= 0:
        return False
    return total * past_count > 5 * past * count or 5 * total * past_count < past * count


def settle_winners(con: duckdb.DuckDBPyConnection, feed: str) -> None:
    """Events: across files the greater delivery wins key by key; a held correction takes nothing back."""
    con.execute(
        f"DELETE FROM {feed} WHERE rowid IN (SELECT r FROM (SELECT t.rowid AS r, f, key FROM {feed} t "
        f"SEMI JOIN (SELECT r FROM twice_{feed}) w ON t.rowid = w.r WHERE NOT held) "
        f"QUALIFY row_number() OVER (PARTITION BY key ORDER BY f DESC) > 1)"
    )


def settle_reversals(con: duckdb.DuckDBPyConnection, deliveries: list[Delivery]) -> None:
    """A reversal waits for its original; reversals that exceed it together are held, all of them."""
    sums = ", ".join(f"abs(sum({c})) AS {c}" for c in feeds.AMOUNTS)
    above = " OR ".join(f"r.{c} > abs(coalesce(o.{c}, 0))" for c in feeds.AMOUNTS)
    for _ in range(2):
        con.execute(
            "UPDATE settlements SET held = true WHERE rowid IN (SELECT r.rowid FROM settlements r ANTI JOIN "
            "(SELECT key FROM settlements WHERE rev IS NULL AND NOT held) o ON r.rev = o.key "
            "WHERE r.rev IS NOT NULL AND NOT r.held)"
        )
        con.execute(
            f"UPDATE settlements SET held = true WHERE rev IN (SELECT r.rev FROM (SELECT rev, {sums} FROM settlements "
            f"WHERE rev IS NOT NULL AND NOT held GROUP BY rev) r JOIN settlements o ON o.key = r.rev "
            f"WHERE o.rev IS NULL AND NOT o.held AND ({above}))"
        )
        held = dict(con.execute("SELECT f, count(*) FROM settlements WHERE held GROUP BY f").fetchall())
        refused = []
        for delivery in deliveries:
            if delivery.verdict == "accepted":
                delivery.held = held.get(delivery.index, 0)
                if delivery.held >= LEAST_HELD and delivery.held * HELD_SHARE > delivery.received:
                    delivery.verdict, delivery.held = "refused", delivery.received - delivery.duplicate
                    refused.append(delivery.index)
        if not refused:
            return
        con.execute(f"DELETE FROM settlements WHERE f IN ({', '.join(map(str, refused))})")
