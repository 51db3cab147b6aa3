"""Take in what is waiting: land it, stage it, and let Great Expectations and our conditions agree on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
from sqlalchemy import Engine

from expectations.checks import Severity, quoted
from expectations.conditions import checks_of
from expectations.contract import Feed
from expectations.feeds import catalogue
from expectations.validate import disagreements, evaluate
from warehouse.home import Home
from warehouse.kept import is_staged, require_received
from warehouse.landing.receive import NOT_TAKEN, TWICE, arrivals, candidates
from warehouse.ledger.deliveries import (
    Delivery,
    all_deliveries,
    known_files,
    record_arrival,
    record_facts,
    record_results,
    validated,
)
from warehouse.staging.stage import Staged, stage
from warehouse.staging.statements import key_is_readable_sql

COUNTED = "rows_"
UNREAD = ("wrong_folder", TWICE, *NOT_TAKEN)  # refused where they lay


class Disagreement(RuntimeError):
    """Great Expectations and the row conditions count differently: nothing may be published on that."""


def database(
    home: Home, threads: int, memory_bytes: int, file: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB to work in, in memory unless a file is named; threads 0 = all cores; what does not fit into memory goes
    to the scratch.

    It fetches nothing: no file that it reads may make it load an extension. It draws no bar on anybody's terminal.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(home.scratch),
        "memory_limit": f"{memory_bytes}B",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        **({"threads": threads} if threads else {}),
    }
    connection = duckdb.connect(str(file or ":memory:"), config=settings)
    connection.execute("SET enable_progress_bar = false")
    return connection


def fingerprint(feed: Feed) -> str:
    """Changes with anything in the contract that could change a row's reading or verdict."""
    return hashlib.sha256(repr((feed, checks_of(feed))).encode()).hexdigest()[:16]


def is_read(home: Home, one: Delivery) -> bool:
    """Whether what reading has shown of a delivery stands: under today's contract, and its files are whole."""
    return one.contract == fingerprint(one.feed) and (bool(one.refusals) or is_staged(home, one))


def receive(engine: Engine, inbox: Path, home: Home, settle_seconds: float, now: datetime) -> int:
    """Land every new file of the inbox; returns how many deliveries that made."""
    home.make()
    entries = candidates(inbox, known_files(engine), settle_seconds, now.timestamp())
    count = 0
    for arrival in arrivals(entries, home.landing):
        count += record_arrival(engine, arrival, now)
    return count


def waiting(
    engine: Engine, home: Home, department: str | None = None, feed: str | None = None
) -> dict[str, list[Delivery]]:
    """Readable deliveries that are not staged under today's contract, whole, or not validated, by feed."""
    found: dict[str, list[Delivery]] = {}
    done = validated(engine)
    for one in all_deliveries(engine):
        if one.feed_name not in catalogue() or any(code in UNREAD for code, _ in one.refusals):
            continue
        if department not in (None, one.department) or feed not in (None, one.feed_name):
            continue
        # a night that was killed in between has staged what it did not come to validate
        if not is_read(home, one) or not (one.refusals or one.delivery_id in done):
            found.setdefault(one.feed.name, []).append(one)
    return found


def stage_feed(
    engine: Engine,
    home: Home,
    feed_name: str,
    deliveries: Sequence[Delivery],
    threads: int = 2,
    memory_bytes: int = 1400 << 20,
) -> None:
    """Read and type each delivery of a feed; a file that cannot be read is noted with its reasons.

    NotKept, and nothing read, where received bytes are not there any more.
    """
    require_received(home, deliveries)
    feed = catalogue()[feed_name]
    # results of an earlier reading are void
    record_results(engine, [one.delivery_id for one in deliveries], [])
    with database(home, threads, memory_bytes) as connection:
        for staged in stage(connection, home, feed, deliveries):
            record_facts(engine, staged.delivery_id, {"contract": fingerprint(feed), **_facts(staged)})


def as_read(one: Delivery, staged: Staged) -> Delivery:
    """The delivery as the ledger would have it after this reading."""
    return replace(
        one,
        contract=fingerprint(one.feed),
        sheet=staged.sheet.sheet if staged.sheet else None,
        refusals=staged.refusals,
        broken=staged.broken,
        rows_received=staged.rows_received,
        rows_duplicate=staged.rows_duplicate,
        rows_wrong=staged.rows_wrong,
        rows_suspect=staged.rows_suspect,
        rows_reversal=staged.rows_reversal,
    )


def _facts(staged: Staged) -> dict[str, object]:
    """What reading has shown, as the ledger keeps it."""
    counted = {name: value for name, value in vars(staged).items() if name.startswith(COUNTED)}
    facts = {**counted, "broken": staged.broken, "refusals": [list(reason) for reason in staged.refusals]}
    if staged.sheet is None:
        return facts
    named = ("encoding", "sheet", "header_line")
    notes = [list(note) for note in staged.sheet.notes]
    return {**facts, **{name: getattr(staged.sheet, name) for name in named}, "notes": notes}


def unique_key_sql(feed: Feed) -> str:
    """The key of a row with its delivery as one text; NULL where the key cannot be read."""
    parts = ", ".join(f"coalesce(CAST({column.name} AS VARCHAR), '')" for column in feed.keys)
    return f"CASE WHEN {key_is_readable_sql(feed)} THEN concat_ws('|', delivery_id, {parts}) END"


def validate_feed(
    engine: Engine,
    home: Home,
    feed_name: str,
    delivery_ids: Sequence[str],
    threads: int = 2,
    memory_bytes: int = 1400 << 20,
) -> int:
    """One Great Expectations run over a feed's deliveries; Disagreement when our conditions counted otherwise.

    Returns the number of expectations that failed. Results per delivery come from the conditions' counts,
    which
    by then are known to add up to what Great Expectations found.
    """
    feed, staged = catalogue()[feed_name], {}
    for one in all_deliveries(engine):
        if one.delivery_id in delivery_ids and not one.refusals:
            staged[one.delivery_id] = (one, home.staged(feed_name, one.delivery_id))
    if not staged:
        return 0
    checks = checks_of(feed)
    listed = ", ".join(quoted(str(path)) for _, path in staged.values())
    with database(home, threads, memory_bytes) as connection:
        connection.execute(
            f"CREATE VIEW batch AS SELECT *, {unique_key_sql(feed)} AS unique_key FROM"
            f" read_parquet([{listed}])"
        )
        outcomes = evaluate(connection, "batch", feed_name, checks)
    counted = {f"{feed_name}.{check.name}": 0 for check in checks}
    for one, _ in staged.values():
        for expectation, rows in one.broken.items():
            counted[expectation] += rows
    if differing := disagreements(outcomes, counted):
        raise Disagreement(f"{feed_name}: counts differ for {', '.join(differing)}")
    not_run = {name for name, outcome in outcomes.items() if outcome.status == "could_not_run"}
    results = [row for one, _ in staged.values() for row in _results(feed, one, not_run)]
    record_results(engine, staged, results)
    for delivery_id in staged if not_run else ():
        reasons = [["check_could_not_run", name] for name in sorted(not_run)]
        record_facts(engine, delivery_id, {"refusals": reasons})
    return sum(outcome.status == "failed" for outcome in outcomes.values())


def _results(feed: Feed, one: Delivery, not_run: set[str]) -> list[Mapping[str, object]]:
    evaluated = one.rows_received - one.rows_duplicate
    results: list[Mapping[str, object]] = []
    for check in checks_of(feed):
        name = f"{feed.name}.{check.name}"
        unexpected = one.broken.get(name, 0)
        status = "could_not_run" if name in not_run else "failed" if unexpected else "passed"
        results.append(
            {
                "delivery_id": one.delivery_id,
                "expectation_id": name,
                "severity": "error" if check.severity is Severity.ERROR else "warning",
                "evaluated": evaluated,
                "unexpected": unexpected,
                "status": status,
            }
        )
    return results
