"""A file rehearsed: read, typed and judged as a night would do it, with nothing loaded and no home touched.

Great Expectations is not asked: by its row conditions, which it is held against every night, a file is read in a
second, and it would take five of them to import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from expectations.checks import Severity, quoted
from expectations.conditions import checks_of
from expectations.contract import Column, Feed
from expectations.near import missing_labels
from expectations.units import TEN_THOUSAND
from warehouse.home import Beside, Home
from warehouse.ingest import as_read, database, is_read
from warehouse.judge import Verdict, judge
from warehouse.landing.drafts import Draft
from warehouse.landing.gate.entries import Entry
from warehouse.landing.receive import Arrival, land
from warehouse.landing.sheet import Sheet
from warehouse.ledger.deliveries import Delivery
from warehouse.staging.stage import Staged, stage

LEAST_AMOUNTS = 3  # in a column, for their mean to say something of its unit
NOT_RECEIVED = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Past:
    """What was sent before, in the order of judging, and what people have decided about it."""

    home: Home
    deliveries: Sequence[Delivery]
    accepted: frozenset[str] = frozenset()
    withdrawn: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rehearsal:
    """What a night would make of the file; `lines` of each expectation that rows break, as a clerk counts them.

    `unconfirmed` numbers ending in 000 and `unmatched` reversals could not be compared with other deliveries.
    """

    draft: Draft
    verdict: Verdict
    sheet: Sheet | None
    lines: Mapping[str, Sequence[int]]
    unconfirmed: int = 0
    unmatched: int = 0
    is_known: bool = False  # whether the very file was received before
    # columns whose amounts would be usual times or by 10,000, with their mean in yuan
    unit_doubts: tuple[tuple[Column, float], ...] = ()

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Why it would be refused as a whole; by its place it would not even be read."""
        return (*self.draft.refusals, *(self.verdict.reasons if self.verdict.verdict == "refused" else ()))

    @property
    def has_faults(self) -> bool:
        """Whether it would be refused or have rows held."""
        return bool(self.reasons) or self.verdict.rows_quarantined > 0 or self.verdict.delivery.rows_wrong > 0


def rehearse(
    draft: Draft, scratch: Home, past: Past | None, threads: int = 2, memory_bytes: int = 2 << 30
) -> Rehearsal:
    """Read the draft into `scratch` and judge it beside what was sent before."""
    scratch.make()
    one = _delivery(draft, scratch)
    home = Beside(past.home.root if past else scratch.root, scratch, frozenset([one.delivery_id]))
    with database(home, threads, memory_bytes) as connection:
        feed, staged = _staged(connection, home, one)
    read = as_read(one, staged)
    # without other deliveries these cannot be judged, and what cannot be judged is not held against the file
    judged = read if past and not read.refusals else replace(read, rows_suspect=0, rows_reversal=0)
    with database(home, threads, memory_bytes) as connection:
        connection.execute("ATTACH ':memory:' AS work")
        verdict = _judged(connection, home, judged, past)
        lines = {} if staged.sheet is None else _lines(connection, home, read, feed)
        doubts = () if staged.sheet is None else tuple(_unit_doubts(connection, home, read))
    if feed is not one.feed:
        verdict = replace(verdict, delivery=replace(verdict.delivery, rows_wrong=_rows_wrong(feed, lines)))
    alone = (0, 0) if past else (read.rows_suspect, read.rows_reversal)
    is_known = any(other.delivery_id == one.delivery_id for other in (past.deliveries if past else ()))
    return Rehearsal(draft, verdict, staged.sheet, lines, *alone, is_known, doubts)


def _staged(connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery) -> tuple[Feed, Staged]:
    """The delivery staged and the contract by which it was. One in which columns are missing is refused, and its rows
    are read all the same, as if those columns might be left out: their other faults need not wait for the next try."""
    (staged,) = stage(connection, home, one.feed, [one])
    absent = missing_labels(staged.refusals)
    required = [column.label for column in one.feed.columns if column.required]
    if not absent or set(required) <= set(absent):
        return one.feed, staged
    lenient = replace(
        one.feed,
        columns=tuple(replace(c, required=c.required and c.label not in absent) for c in one.feed.columns),
    )
    (partly,) = stage(connection, home, lenient, [one])
    others = tuple(reason for reason in partly.refusals if reason not in staged.refusals)
    return lenient, replace(partly, refusals=(*staged.refusals, *others))


def _unit_doubts(
    connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery
) -> Iterator[tuple[Column, float]]:
    """Columns whose mean lies outside what is usual, and would lie inside in the other unit: 元 or 万元."""
    file = quoted(str(home.staged(one.feed.name, one.delivery_id)))
    for column in (column for column in one.feed.columns if column.usual):
        said = f"coalesce(CAST({column.name} AS DOUBLE), TRY_CAST({column.name}__unread AS DOUBLE))"  # 0.0625 万元, too
        query = f"SELECT count(*), avg(abs({said})) FROM read_parquet({file}) WHERE {said} <> 0"
        amounts, mean = connection.execute(query).fetchall()[0]
        least, most = column.usual or (0, 0)
        if amounts >= LEAST_AMOUNTS and (
            (mean < least <= mean * TEN_THOUSAND <= most) or (mean > most >= mean / TEN_THOUSAND >= least)
        ):
            yield column, round(mean, 2)


def _rows_wrong(feed: Feed, lines: Mapping[str, Sequence[int]]) -> int:
    errors = (f"{feed.name}.{check.name}" for check in checks_of(feed) if check.severity is Severity.ERROR)
    return len({line for name in errors for line in lines.get(name, ())})


def _delivery(draft: Draft, scratch: Home) -> Delivery:
    # a link is followed: whoever rehearses a file names it himself
    entries = [Entry(path, path.stat()) for path in map(Path.resolve, draft.paths)]
    sha256, size = land(entries, scratch.landing)
    parts = [(path.suffix.lower().removeprefix("."), path.stat().st_size) for path in draft.paths]
    name = draft.name
    arrived = Arrival(name.feed.department, (draft.paths[0].name,), sha256, size, name, ())
    return Delivery(
        delivery_id=arrived.delivery_id, department=name.feed.department, feed_name=name.feed.name,
        period_text=name.period.text, n=name.n, extension=name.extension, path=draft.proper_name, sha256=sha256,
        received_at=NOT_RECEIVED, sheet=None, contract=None, rows_received=0, rows_duplicate=0, rows_wrong=0,
        rows_suspect=0, rows_reversal=0, broken={}, refusals=(), parts=tuple(parts) if len(parts) > 1 else (),
    )  # fmt: skip


def _judged(connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery, past: Past | None) -> Verdict:
    """Its verdict among those of its own feed, and those whose numbers may confirm its own."""
    others = [
        other
        for other in (past.deliveries if past else ())
        if other.delivery_id != one.delivery_id
        and (other.feed_name == one.feed_name or other.rows_suspect)
        and (other.refusals or is_read(home, other))  # else it is to be read again first
    ]
    decided = (past.accepted, past.withdrawn) if past else (frozenset(), {})
    listed = sorted([*others, one], key=lambda delivery: delivery.order)
    verdicts = judge(connection, home, listed, *decided)
    return next(verdict for verdict in verdicts if verdict.delivery is one)


def _lines(
    connection: duckdb.DuckDBPyConnection, home: Home, one: Delivery, feed: Feed
) -> dict[str, list[int]]:
    """The lines of every check that rows break, warnings too, and of what other deliveries hold; not of checks that
    look at a column that is missing."""
    file, checks = quoted(str(home.staged(feed.name, one.delivery_id))), checks_of(feed)
    absent = {c.name for c in feed.columns if one.feed.column(c.name).required and not c.required}
    found: dict[str, list[int]] = {}
    rows = f"SELECT line, wrong FROM read_parquet({file}) WHERE wrong <> 0 ORDER BY line"
    for line, wrong in connection.execute(rows).fetchall():
        for place, check in enumerate(checks):
            if wrong >> place & 1 and not absent.intersection(check.columns):
                found.setdefault(f"{one.feed.name}.{check.name}", []).append(line)
    late = "SELECT DISTINCT expectation_id, line FROM work.late WHERE delivery_id = ? ORDER BY expectation_id, line"
    for expectation_id, line in connection.execute(late, [one.delivery_id]).fetchall():
        found[expectation_id] = sorted([*found.get(expectation_id, []), line])
    return found
