"""Quarantine judged again by today's rules: which held rows would be let go, which rows would be held anew.

A contract that has changed since a delivery was read is known by its fingerprint; the next night reads such a
delivery again by itself. Compared are the held rows of the published night with those that the same deliveries
would have by today's rules, the effects on each other included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import duckdb
from sqlalchemy import Engine

from expectations.checks import Severity
from expectations.conditions import checks_of
from expectations.feeds import catalogue
from warehouse.facts import wrong_rows_sql
from warehouse.home import Beside, Home
from warehouse.ingest import as_read, database, is_read
from warehouse.judge import judge
from warehouse.kept import require_received
from warehouse.ledger.decisions import standing
from warehouse.ledger.deliveries import Delivery, all_deliveries, table_rows
from warehouse.ledger.tables import verdict
from warehouse.staging.stage import stage

Held = Mapping[tuple[str, int], frozenset[str]]  # (delivery, line) -> expectations


@dataclass(frozen=True)
class Change:
    """Rows of a feed that an expectation held and would not hold any more, and that it would hold anew."""

    feed: str
    expectation_id: str
    released: int
    newly_held: int


@dataclass(frozen=True)
class Replay:
    """What judging again comes to. `rows` of the feeds in which they change: (held before, let go altogether,
    held that were not)."""

    deliveries: int = 0  # read again
    changes: tuple[Change, ...] = ()
    rows: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    verdicts: tuple[tuple[str, str, str], ...] = ()  # (path, before, after), where it would change


def outdated(engine: Engine, home: Home) -> list[Delivery]:
    """Judged deliveries to be read again, in the order of judging: by a contract that has changed since, or
    because what was read of them is damaged."""
    judged = {row["delivery_id"] for row in table_rows(engine, verdict)}
    return [
        one
        for one in all_deliveries(engine)
        if one.delivery_id in judged
        and one.contract is not None
        and one.feed_name in catalogue()
        and not is_read(home, one)
    ]


def rehearsed(
    engine: Engine,
    home: Home,
    old: Sequence[Delivery],
    scratch: Home,
    threads: int = 2,
    memory_bytes: int = 2 << 30,
) -> Replay:
    """What a replay of these would come to, with nothing changed: they are read again into `scratch`."""
    if not old:
        return Replay()
    require_received(home, old)
    scratch.make()
    beside = Beside(home.root, scratch, frozenset(one.delivery_id for one in old))
    read: dict[str, Delivery] = {}
    for feed in {one.feed.name: one.feed for one in old}.values():
        own = {one.delivery_id: one for one in old if one.feed_name == feed.name}
        with database(beside, threads, memory_bytes) as connection:
            for staged in stage(connection, beside, feed, list(own.values())):
                read[staged.delivery_id] = as_read(own[staged.delivery_id], staged)
    deliveries = [read.get(one.delivery_id, one) for one in all_deliveries(engine)]
    return compared(engine, home, beside, deliveries, len(read), threads, memory_bytes)


def compared(
    engine: Engine,
    home: Home,
    staged: Home,
    deliveries: Sequence[Delivery],
    count: int,
    threads: int = 2,
    memory_bytes: int = 2 << 30,
) -> Replay:
    """The published night beside the verdicts and held rows that the deliveries would have as they are staged."""
    before = {row["delivery_id"]: row["verdict"] for row in table_rows(engine, verdict)}
    listed = [one for one in deliveries if one.delivery_id in before]
    decided = standing(engine)
    with database(staged, threads, memory_bytes) as connection:
        connection.execute("ATTACH ':memory:' AS work")
        verdicts = judge(connection, staged, listed, decided.accepted, decided.withdrawn)
        listing = {one.delivery.delivery_id for one in verdicts if one.verdict != "already_loaded"}
        now_held = _held(connection, wrong_rows_sql(staged, verdicts), listing)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        # one that was taken back since has no rows any more, whatever the rules say
        listing = before.keys() - decided.withdrawn.keys()
        was_held = _held(connection, "SELECT * FROM quality.quarantined_row", listing)
    changed = (
        (one.delivery.path, before[one.delivery.delivery_id], one.verdict)
        for one in verdicts
        if before[one.delivery.delivery_id] != one.verdict
    )
    feeds = {one.delivery_id: one.feed_name or "" for one in listed}
    return Replay(
        count, tuple(_changes(feeds, was_held, now_held)), _rows(feeds, was_held, now_held), tuple(changed)
    )


def _held(connection: duckdb.DuckDBPyConnection, rows: str, of: set[str]) -> Held:
    found: dict[tuple[str, int], frozenset[str]] = {}
    query = f"SELECT delivery_id, line, expectation_ids FROM ({rows}) AS held"
    for delivery_id, line, ids in connection.execute(query).fetchall():
        if delivery_id in of:
            key = (delivery_id, line)
            found[key] = found.get(key, frozenset()) | {one for one in ids.split(",") if one}
    return found


def _changes(feeds: Mapping[str, str], was: Held, now: Held) -> Iterable[Change]:
    """Warnings hold nothing and are left out."""
    counts: dict[tuple[str, str], list[int]] = {}
    for key in was.keys() | now.keys():
        then, after = was.get(key, frozenset()), now.get(key, frozenset())
        for place, ids in ((0, then - after), (1, after - then)):
            for expectation_id in ids - _warnings():
                counts.setdefault((feeds[key[0]], expectation_id), [0, 0])[place] += 1
    for (feed, expectation_id), (released, newly_held) in sorted(counts.items()):
        yield Change(feed, expectation_id, released, newly_held)


@cache
def _warnings() -> frozenset[str]:
    return frozenset(
        f"{feed.name}.{check.name}"
        for feed in catalogue().values()
        for check in checks_of(feed)
        if check.severity is Severity.WARNING
    )


def _rows(feeds: Mapping[str, str], was: Held, now: Held) -> dict[str, tuple[int, int, int]]:
    counts: dict[str, list[int]] = {}
    for place, keys in ((0, was.keys()), (1, was.keys() - now.keys()), (2, now.keys() - was.keys())):
        for delivery_id, _ in keys:
            counts.setdefault(feeds[delivery_id], [0, 0, 0])[place] += 1
    return {feed: (held, gone, new) for feed, (held, gone, new) in sorted(counts.items()) if gone or new}
