"""From accepted deliveries to one truth a feed, at a date: views `feed.<name>` over the staged files.

events     key by key the row of the greatest delivery (period by last and first day, n, hash) counts.
snapshot   the greatest n of the latest period that has begun is the whole truth, of its partition where the
           feed has one. A key whose row is held there keeps its last accepted version, `is_stale`.

`held.<name>` are the held rows for which nothing stands in: what is missing, for work/missing.sql to say for
whom. `work.open_row` are all that are still to be mended, those that an older version stands in for as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb

from expectations.checks import quoted
from expectations.conditions import checks_of, column_mask, error_mask
from expectations.contract import Cadence, Classification, Feed, Kind, Type
from expectations.feeds import catalogue
from expectations.types import typed_names
from warehouse.home import Home
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery
from warehouse.staged import files_sql, sequence_sql
from warehouse.staging.statements import key_is_readable_sql
from warehouse.whom import doubted_sql

Connection = duckdb.DuckDBPyConnection
EMPTY_TYPES = {
    Type.DATE: "DATE", Type.MONTH: "DATE", Type.YEAR: "INTEGER", Type.INTEGER: "INTEGER", Type.FLAG:
    "BOOLEAN",
    Type.MONEY: "DECIMAL(16, 2)", Type.DECIMAL: "DECIMAL(18, 6)",
}  # fmt: skip


def resolve(connection: Connection, home: Home, verdicts: Sequence[Verdict], as_of: date) -> None:
    """Make `feed.<name>` and `held.<name>` for every feed of the contracts, `work.snapshot`, `work.open_row` and
    `work.mark`."""
    connection.execute("CREATE TABLE work.open_row (delivery_id VARCHAR, line INTEGER)")
    connection.execute(
        "CREATE TABLE work.snapshot (feed VARCHAR, period VARCHAR, period_first DATE, delivery_id VARCHAR)"
    )
    connection.execute(
        "CREATE TABLE work.mark (feed VARCHAR, delivery_id VARCHAR, line INTEGER, takes_back BOOLEAN)"
    )
    for feed in catalogue().values():
        accepted = [
            v.delivery for v in verdicts if v.verdict == "accepted" and v.delivery.feed_name == feed.name
        ]
        begun = [one for one in accepted if one.period.first <= as_of]
        _leave_out_late(connection, feed)  # of every feed: lists that have not begun are asked for as well
        if feed.kind is Kind.EVENTS:
            _events(connection, home, feed, accepted)
        else:
            _snapshot(connection, home, feed, begun)


def columns_of(feed: Feed) -> list[str]:
    """What later tables may ask of a feed: typed columns, person keys, names beside them; what else tells who
    somebody is only in the register's own feeds."""
    listed, names = [], {column.named_by for column in feed.typed(Type.PERSON_NUMBER)}
    for column in feed.columns:
        is_open = column.classification is not Classification.IDENTIFIER or column.name in names
        if column.type is Type.PERSON_NUMBER:
            listed += [column.name, f"{column.name}__key", f"{column.name}__fault"]
        elif is_open or feed.name in ("members", "households"):
            listed.append(column.name)
    return listed


def _events(connection: Connection, home: Home, feed: Feed, accepted: Sequence[Delivery]) -> None:
    if not accepted:
        _empty(connection, feed)
        return
    keys = ", ".join(column.name for column in feed.keys)
    same = " AND ".join(f"g.{column.name} IS NOT DISTINCT FROM r.{column.name}" for column in feed.keys)
    good = good_sql(home, feed, accepted)
    if len(accepted) > 1:
        connection.execute(
            f"INSERT INTO work.left_out_{feed.name} WITH good AS (SELECT delivery_id, line, {keys} FROM"
            f" ({good})),"
            f" r AS (SELECT {keys} FROM good GROUP BY {keys} HAVING count(*) > 1),"
            f" ranked AS (SELECT g.delivery_id, g.line, row_number() OVER"
            f" (PARTITION BY {', '.join(f'g.{c.name}' for c in feed.keys)} ORDER BY o.seq DESC, g.line) AS"
            " nth"
            f" FROM good AS g JOIN {sequence_sql(accepted)} ON g.delivery_id = o.delivery_id"
            f" WHERE EXISTS (SELECT 1 FROM r WHERE {same}))"
            f" SELECT delivery_id, line FROM ranked WHERE nth > 1"
        )
    _take_back(connection, home, feed, accepted, good)
    _all(connection, feed, good_sql(home, feed, accepted, superseded_too=True))
    _view(connection, feed, f"SELECT * FROM ({good}) AS good WHERE is_taken_back IS NOT TRUE")
    held = held_rows_sql(home, feed, accepted)
    readable = key_is_readable_sql(feed)
    by_key = " AND ".join(f"h.{column.name} IS NOT DISTINCT FROM g.{column.name}" for column in feed.keys)
    connection.execute(
        f"CREATE TABLE held.{feed.name} AS WITH h AS (SELECT h.*, o.seq, o.period, o.n FROM ({held}) AS h"
        " JOIN"
        f" {_ordered_sql(accepted)} ON h.delivery_id = o.delivery_id),"
        # a correction takes the row off the list: by its key, or, where that cannot be read, by its period
        f" good AS (SELECT g.*, o.seq FROM ({good}) AS g JOIN {_ordered_sql(accepted)} ON g.delivery_id ="
        " o.delivery_id),"
        f" newest AS (SELECT period, max(n) AS n FROM {_ordered_sql(accepted)} GROUP BY period)"
        f" SELECT h.* EXCLUDE (seq, period, n) FROM h JOIN newest ON h.period = newest.period"
        f" WHERE CASE WHEN {readable} THEN NOT EXISTS (SELECT 1 FROM good AS g WHERE {by_key} AND g.seq >"
        " h.seq)"
        f" ELSE newest.n = h.n END"
    )
    _note_open(connection, feed)


def _take_back(
    connection: Connection, home: Home, feed: Feed, accepted: Sequence[Delivery], counting: str
) -> None:
    """A row with the mark is no event: it takes back every row of its key that was sent before it. `work.mark` has
    those that count, `takes_back` where there was one, accepted or held."""
    marked = f"SELECT count(*) FROM {files_sql(home, feed, accepted)} WHERE is_taken_back"
    if not connection.execute(marked).fetchall()[0][0]:
        return
    keys = ", ".join(column.name for column in feed.keys)
    same = " AND ".join(f"g.{column.name} IS NOT DISTINCT FROM m.{column.name}" for column in feed.keys)
    of_order = f"JOIN {sequence_sql(accepted)} ON f.delivery_id = o.delivery_id"
    marks = (
        f"SELECT f.delivery_id, f.line, o.seq, {', '.join(f'f.{c.name}' for c in feed.keys)}"
        f" FROM ({counting}) AS f {of_order} WHERE is_taken_back"
    )
    sent = f"SELECT f.*, o.seq FROM {files_sql(home, feed, accepted)} AS f {of_order}"
    connection.execute(
        f"INSERT INTO work.mark SELECT {quoted(feed.name)}, delivery_id, line, EXISTS (SELECT 1 FROM ({sent}) AS g"
        f" WHERE {same} AND g.seq < m.seq AND g.is_taken_back IS NOT TRUE) FROM ({marks}) AS m"
    )
    every = good_sql(home, feed, accepted, superseded_too=True)
    every = f"SELECT f.delivery_id, f.line, f.is_taken_back, o.seq, {keys} FROM ({every}) AS f {of_order}"
    connection.execute(
        f"INSERT INTO work.taken_back_{feed.name} WITH g AS ({every}),"
        f" m AS (SELECT {keys}, max(seq) AS seq FROM g WHERE is_taken_back GROUP BY {keys})"
        f" SELECT delivery_id, line FROM g WHERE is_taken_back"
        f" OR EXISTS (SELECT 1 FROM m WHERE {same} AND m.seq > g.seq)"
    )


def _ordered_sql(deliveries: Sequence[Delivery]) -> str:
    rows = ", ".join(
        f"({quoted(one.delivery_id)}, {seq}, {quoted(one.period_text or '')}, {one.n})"
        for seq, one in enumerate(deliveries)
    )
    return f"(VALUES {rows}) AS o (delivery_id, seq, period, n)"


def _snapshot(connection: Connection, home: Home, feed: Feed, begun: Sequence[Delivery]) -> None:
    """`feed.<name>` is what holds at the date; `feed.<name>_all` every period's truth (who lived where, when);
    `feed.<name>_ever` whatever was accepted, also what a correction has replaced."""
    if not begun:
        _empty(connection, feed)
        return
    greatest = {one.period_text: one for one in begun}  # in order: the greatest n of a period stays
    for one in greatest.values():
        connection.execute(
            "INSERT INTO work.snapshot VALUES (?, ?, ?, ?)",
            [feed.name, one.period_text, one.period.first, one.delivery_id],
        )
    by_content = has_partitions_inside(feed)
    current = list(greatest.values()) if feed.partition else [list(greatest.values())[-1]]
    if by_content:
        chosen = _choose_partitions(connection, home, feed, begun)
        current = [one for one in begun if one.delivery_id in chosen]
    _stale(connection, home, feed, current, begun)
    _view(connection, feed, good_sql(home, feed, current), has_stale=True, by_content=by_content)
    _all(connection, feed, good_sql(home, feed, list(greatest.values())))
    connection.execute(
        f"CREATE VIEW feed.{feed.name}_ever AS SELECT delivery_id, line, {_selected(feed)}"
        f" FROM ({good_sql(home, feed, begun)})"
    )


def has_partitions_inside(feed: Feed) -> bool:
    """Whether one file of the feed carries several partitions, each whole (参保年度 of insurance)."""
    return feed.partition is not None and feed.cadence is Cadence.MONTH


def _choose_partitions(
    connection: Connection, home: Home, feed: Feed, begun: Sequence[Delivery]
) -> frozenset[str]:
    """Take each partition from the greatest delivery that has it; returns those deliveries.

    A delivery of which every row is held has the partitions that its held rows name: its keys are present.
    """
    name, good = feed.partition, good_sql(home, feed, begun)
    connection.execute(
        f"CREATE TABLE work.{feed.name}_chosen AS WITH good AS (SELECT DISTINCT delivery_id, {name} FROM"
        f" ({good})),"
        f" had AS (SELECT delivery_id, {name} FROM good UNION SELECT h.delivery_id, h.{name}"
        f" FROM ({held_rows_sql(home, feed, begun)}) AS h WHERE h.{name} IS NOT NULL"
        " AND h.delivery_id NOT IN (SELECT delivery_id FROM good)),"
        f" ranked AS (SELECT had.*, row_number() OVER (PARTITION BY {name} ORDER BY o.seq DESC) AS nth FROM"
        " had"
        f" JOIN {sequence_sql(begun)} ON had.delivery_id = o.delivery_id)"
        f" SELECT delivery_id, {name} FROM ranked WHERE nth = 1"
    )
    rows = connection.execute(f"SELECT DISTINCT delivery_id FROM work.{feed.name}_chosen").fetchall()
    return frozenset(row[0] for row in rows)


def _stale(
    connection: Connection, home: Home, feed: Feed, current: Sequence[Delivery], begun: Sequence[Delivery]
) -> None:
    """Keys held in a current snapshot: their last accepted version goes on; those without one are `held`."""
    readable = key_is_readable_sql(feed)
    keys = [column.name for column in feed.keys]
    same = " AND ".join(f"g.{key} IS NOT DISTINCT FROM h.{key}" for key in keys)
    held, good = held_rows_sql(home, feed, current), good_sql(home, feed, current)
    chosen = "TRUE"
    if has_partitions_inside(feed):
        of_file = f"(h.delivery_id, h.{feed.partition}) IN (SELECT (delivery_id, {feed.partition})"
        # a year that is itself what the row is held for names no partition
        is_unread = f"(h.wrong & {column_mask(checks_of(feed), feed.partition or '')}) <> 0"
        chosen = f"(h.{feed.partition} IS NULL OR {is_unread} OR {of_file} FROM work.{feed.name}_chosen))"
    connection.execute(
        f"CREATE TABLE held.{feed.name} AS WITH h AS ({held}) SELECT h.* FROM h WHERE {chosen} AND NOT"
        f" coalesce({readable} AND EXISTS (SELECT 1 FROM ({good}) AS g WHERE {same}), FALSE)"
    )
    _note_open(connection, feed)
    firsts = {one.delivery_id: one for one in current}
    parts = []
    for one in firsts.values():
        # an older year's or term's file says nothing of this one's keys, unless files carry several
        is_alone = feed.partition is not None and not has_partitions_inside(feed)
        earlier = [
            a for a in begun if a.order < one.order and (not is_alone or a.period_text == one.period_text)
        ]
        if earlier:
            parts.append(
                f"SELECT g.*, o.seq, row_number() OVER (PARTITION BY {', '.join(f'g.{k}' for k in keys)}"
                f" ORDER BY o.seq DESC) AS nth FROM ({good_sql(home, feed, earlier)}) AS g"
                f" JOIN {sequence_sql(earlier)} ON g.delivery_id = o.delivery_id"
                f" WHERE EXISTS (SELECT 1 FROM held.{feed.name} AS h WHERE {same} AND"
                f" {_prefixed(readable, feed, 'h')}"
                f" AND h.delivery_id = {quoted(one.delivery_id)})"
            )
    listed = ", ".join(["delivery_id", "line", *columns_of(feed)])
    has_held = connection.execute(f"SELECT count(*) FROM held.{feed.name}").fetchall()[0][0] > 0
    source = (
        " UNION ALL ".join(parts) if parts and has_held else f"SELECT *, 1 AS nth FROM ({good}) WHERE FALSE"
    )
    connection.execute(
        f"CREATE TABLE work.{feed.name}_stale AS SELECT {listed} FROM ({source}) AS versions WHERE nth = 1"
    )
    same_stale = " AND ".join(f"s.{key} IS NOT DISTINCT FROM held.{feed.name}.{key}" for key in keys)
    connection.execute(
        f"DELETE FROM held.{feed.name} WHERE {readable}"
        f" AND EXISTS (SELECT 1 FROM work.{feed.name}_stale AS s WHERE {same_stale})"
    )


def _note_open(connection: Connection, feed: Feed) -> None:
    connection.execute(f"INSERT INTO work.open_row SELECT delivery_id, line FROM held.{feed.name}")


def _prefixed(condition: str, feed: Feed, alias: str) -> str:
    for name in sorted((column.name for column in feed.keys), key=len, reverse=True):
        condition = condition.replace(f"{name}__key", f"{alias}.{name}__key") if f"{name}__key" in condition else (
            condition.replace(name, f"{alias}.{name}"))  # fmt: skip
    return condition


def good_sql(home: Home, feed: Feed, deliveries: Sequence[Delivery], superseded_too: bool = False) -> str:
    """Rows of these deliveries that nothing holds or takes back and, unless `superseded_too`, nothing supersedes; of
    events the rows that take others back as well, unless `superseded_too`."""
    which = f"work.{'taken_back' if superseded_too else 'left_out'}_{feed.name}"
    # the same as NOT EXISTS, at a seventh of the cost: that would first group all rows by delivery and line
    return (
        f"SELECT f.* FROM {files_sql(home, feed, deliveries)} AS f LEFT JOIN {which} AS l"
        " ON f.delivery_id = l.delivery_id AND f.line = l.line"
        f" WHERE (f.wrong & {error_mask(checks_of(feed))}) = 0 AND l.line IS NULL"
    )


def held_rows_sql(home: Home, feed: Feed, deliveries: Iterable[Delivery]) -> str:
    """Rows of these deliveries that something holds."""
    return (
        f"SELECT f.* FROM {files_sql(home, feed, list(deliveries))} AS f"
        f" WHERE (f.wrong <> 0 AND (f.wrong & {error_mask(checks_of(feed))}) <> 0) OR EXISTS (SELECT 1 FROM"
        " work.late AS l"
        f" WHERE l.delivery_id = f.delivery_id AND l.line = f.line)"
    )


def _leave_out_late(connection: Connection, feed: Feed) -> None:
    prefix = quoted(feed.name + ".%")
    for why in ("left_out", "taken_back"):
        connection.execute(
            f"CREATE TABLE work.{why}_{feed.name} AS SELECT DISTINCT delivery_id, line FROM work.late"
            f" WHERE expectation_id LIKE {prefix}"
        )


def _all(connection: Connection, feed: Feed, good: str) -> None:
    """`feed.<name>_all`: the truth of every period, for who lived where when, and for the earlier of two
    dates."""
    connection.execute(
        f"CREATE VIEW feed.{feed.name}_all AS SELECT delivery_id, line, {_selected(feed)} FROM ({good})"
    )


def _selected(feed: Feed) -> str:
    """The columns of a view. A number that stays in its row though no second feed confirms it is of no use."""
    listed = ", ".join(columns_of(feed))
    for column in feed.typed(Type.PERSON_NUMBER):
        if not column.holds_row:
            doubt = doubted_sql(column)
            listed = listed.replace(
                f"{column.name}__key, {column.name}__fault",
                f"CASE WHEN {doubt} THEN NULL ELSE {column.name}__key END AS {column.name}__key,"
                f" CASE WHEN {doubt} THEN 'damaged' ELSE {column.name}__fault END AS {column.name}__fault",
            )
    return listed


def _view(
    connection: Connection, feed: Feed, good: str, has_stale: bool = False, by_content: bool = False
) -> None:
    listed = f"delivery_id, line, {_selected(feed)}"
    rows = f"SELECT {listed}, FALSE AS is_stale FROM ({good})"
    if by_content:
        rows += (
            f" WHERE (delivery_id, {feed.partition}) IN"
            f" (SELECT (delivery_id, {feed.partition}) FROM work.{feed.name}_chosen)"
        )
    if has_stale:
        rows += f" UNION ALL SELECT {listed}, TRUE AS is_stale FROM work.{feed.name}_stale"
    connection.execute(f"CREATE VIEW feed.{feed.name} AS {rows}")


def _empty(connection: Connection, feed: Feed) -> None:
    """A feed that never came has no rows, but its columns are there to be asked."""
    listed = ["delivery_id VARCHAR", "line INTEGER"]
    for column in feed.columns:
        kind = EMPTY_TYPES.get(column.type, "VARCHAR")
        for name in typed_names(column):
            end = name.removeprefix(column.name)
            listed.append(f"{name} {kind if not end else 'BIGINT' if end == '__key' else 'VARCHAR'}")
    listed += [
        "wrong BIGINT",
        "row__fault VARCHAR",
        "period_first DATE",
        "period_last DATE",
        "period_term VARCHAR",
    ]
    listed += [f"{feed.once.name} BOOLEAN"] if feed.once else []
    connection.execute(f"CREATE TABLE held.{feed.name} ({', '.join(listed)})")
    wanted = ", ".join(["delivery_id", "line", *columns_of(feed)])
    connection.execute(
        f"CREATE VIEW feed.{feed.name} AS SELECT {wanted}, FALSE AS is_stale FROM held.{feed.name}"
    )
    for every in ("all", "ever"):
        connection.execute(f"CREATE VIEW feed.{feed.name}_{every} AS SELECT {wanted} FROM held.{feed.name}")
    if has_partitions_inside(feed):
        connection.execute(
            f"CREATE TABLE work.{feed.name}_chosen AS SELECT delivery_id, {feed.partition} FROM"
            f" held.{feed.name}"
        )
