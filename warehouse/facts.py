"""What SQL has to know of deliveries, periods and past nights, as small `work.*` tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask
from expectations.contract import Cadence, Feed, Kind
from expectations.feeds import catalogue
from expectations.periods import Period, freshness, is_usable, period_of, periods_between, promised_on
from warehouse.home import Home
from warehouse.judge import Verdict
from warehouse.replaced import replacements

if TYPE_CHECKING:
    from warehouse.build import Night

WINDOW_DAYS = 400  # twelve months and the month before


def load_facts(
    connection: duckdb.DuckDBPyConnection, home: Home, night: Night, verdicts: Sequence[Verdict]
) -> None:
    """Fill work.delivery, snapshot, feed_state, required, covered, gap, freshness, wrong_row, open_clue,
    closed_clue, clue_seen, held_lines; ops.run."""
    replaced = replacements(verdicts, night.as_of)
    _load(
        connection,
        "work.delivery",
        DELIVERY,
        (_delivery(one, seq, night, replaced) for seq, one in enumerate(verdicts)),
    )
    _load(connection, "work.feed_state", FEED_STATE, _feed_states(verdicts, night.as_of))
    periods = [row for feed in catalogue().values() for row in _periods(feed, verdicts, night.as_of)]
    for name, keep in (("required", "is_required"), ("covered", "is_covered")):
        _load(connection, f"work.{name}", PERIOD, (row for row in periods if row[keep]))
    gaps = (row for row in periods if row["is_required"] and not row["is_covered"])
    _load(connection, "work.gap", PERIOD, gaps)
    _load(connection, "work.freshness", FRESHNESS, _freshness(verdicts, night.as_of))
    _load(connection, "work.expectation_result", RESULT, night.expectation_results)
    _load(connection, "work.open_clue", CLUE, night.open_clues)
    _load(connection, "work.closed_clue", CLUE, night.closed_clues)
    _load(connection, "work.clue_seen", SEEN, _seen([*night.open_clues, *night.closed_clues]))
    _load(connection, "work.held_lines", HELD_LINES, night.held_lines)
    _load(connection, "ops.run", RUN, [night.run])
    connection.execute(f"CREATE TABLE work.wrong_row AS {wrong_rows_sql(home, verdicts)}")
    connection.execute("ALTER TABLE work.snapshot ADD COLUMN is_in_year BOOLEAN")
    for feed, text in connection.execute("SELECT feed, period FROM work.snapshot").fetchall():
        usable = _is_in_year(catalogue()[feed], period_of(catalogue()[feed], text), night.as_of)
        connection.execute(
            "UPDATE work.snapshot SET is_in_year = ? WHERE feed = ? AND period = ?", [usable, feed, text]
        )


def _is_in_year(feed: Feed, period: Period, as_of: date) -> bool:
    """Whether a snapshot answers on some day from 1 January to D."""
    return period.first <= as_of and is_usable(feed, period, max(period.first, date(as_of.year, 1, 1)))


TEXT, WHOLE, DAY, YES = pa.string(), pa.int64(), pa.date32(), pa.bool_()
DELIVERY = pa.schema(
    {
        "delivery_id": TEXT, "seq": WHOLE, "department": TEXT, "feed": TEXT, "period": TEXT, "period_first": DAY,
        "period_last": DAY, "n": WHOLE, "sheet": TEXT, "path": TEXT, "file": TEXT,
        "received_at": pa.timestamp("us", "UTC"),
        "sha256": TEXT, "rows_received": WHOLE, "rows_loaded": WHOLE, "rows_quarantined": WHOLE,
        "rows_duplicate": WHOLE, "verdict": TEXT, "reasons": TEXT, "is_usable": YES, "is_corrected": YES,
    }
)  # fmt: skip
FEED_STATE = pa.schema({"feed": TEXT, "is_usable": YES, "is_about_village": YES})
PERIOD = pa.schema({"feed": TEXT, "period": TEXT, "period_first": DAY, "period_last": DAY})
FRESHNESS = pa.schema({"feed": TEXT, "expected_by": DAY, "last_period": TEXT, "days_late": WHOLE})
RESULT = pa.schema(
    {
        "delivery_id": TEXT, "expectation_id": TEXT, "severity": TEXT, "evaluated": WHOLE, "unexpected": WHOLE,
        "status": TEXT,
    }
)  # fmt: skip
CLUE = pa.schema(
    {"clue_id": TEXT, "household_id": TEXT, "opened_on": DAY, "closed_on": DAY, "asks_for": TEXT}
)
SEEN = pa.schema({"clue_id": TEXT, "indicator": TEXT, "seen_on": DAY})
HELD_LINES = pa.schema(
    {
        "delivery_id": TEXT, "line_first": WHOLE, "line_last": WHOLE, "reasons": TEXT, "held_since": DAY,
        "closed_on": DAY,
    }
)  # fmt: skip
RUN = pa.schema(
    {
        "run_id": TEXT, "as_of": DAY, "started_at": pa.timestamp("us", "UTC"),
        "ended_at": pa.timestamp("us", "UTC"), "code_version": TEXT, "outcome": TEXT,
    }
)  # fmt: skip


def _load(
    connection: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, rows: Iterable[Mapping[str, Any]]
) -> None:
    loaded = pa.Table.from_pylist(
        [{name: row.get(name) for name in schema.names} for row in rows], schema=schema
    )
    connection.register("loaded", loaded)
    connection.execute(f"CREATE TABLE {table} AS SELECT * FROM loaded")
    connection.unregister("loaded")


def _delivery(one: Verdict, seq: int, night: Night, replaced: Mapping[str, object]) -> Mapping[str, Any]:
    told = one.delivery
    has_period = told.feed_name in catalogue()
    return {
        "delivery_id": told.delivery_id,
        "seq": seq,
        "department": told.department,
        "feed": told.feed_name,
        "period": told.period_text,
        "period_first": told.period.first if has_period else None,
        "period_last": told.period.last if has_period else None,
        "n": told.n,
        "sheet": told.sheet,
        "path": told.path,
        "file": PurePosixPath(
            told.path
        ).name,  # of a name that is none of ours only what may be shown is kept
        "received_at": told.received_at,
        "sha256": told.sha256,
        "rows_received": told.rows_received,
        "rows_loaded": one.rows_loaded,
        "rows_quarantined": one.rows_quarantined,
        "rows_duplicate": one.rows_duplicate,
        "verdict": one.verdict,
        "reasons": ",".join(code for code, _ in one.reasons),
        "is_usable": has_period and is_usable(told.feed, told.period, night.as_of),
        "is_corrected": told.delivery_id in replaced,
    }


def _accepted(verdicts: Sequence[Verdict], feed: Feed) -> list[Period]:
    return [
        v.delivery.period for v in verdicts if v.verdict == "accepted" and v.delivery.feed_name == feed.name
    ]


def _feed_states(verdicts: Sequence[Verdict], as_of: date) -> Iterable[Mapping[str, Any]]:
    """Whether a snapshot's latest file that has begun is young enough to answer, and what its rows are about."""
    for feed in catalogue().values():
        begun = [period for period in _accepted(verdicts, feed) if period.first <= as_of]
        usable = bool(begun) and (feed.kind is Kind.EVENTS or is_usable(feed, max(begun), as_of))
        yield {"feed": feed.name, "is_usable": usable, "is_about_village": feed.is_about_village}


def _seen(clues: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Since when each clue has had each of its reasons; from its opening where nothing else is said."""
    for one in clues:
        for indicator in filter(None, one["reasons"].split(",")):
            seen_on = one.get("seen", {}).get(indicator, one["opened_on"])
            yield {"clue_id": one["clue_id"], "indicator": indicator, "seen_on": seen_on}


def _periods(feed: Feed, verdicts: Sequence[Verdict], as_of: date) -> Iterable[Mapping[str, Any]]:
    """Which months or terms are required at D, and which are covered."""
    if feed.cadence not in (Cadence.MONTH, Cadence.TERM):
        return
    received = {
        v.delivery.period
        for v in verdicts
        if v.delivery.feed_name == feed.name
        and not v.is_withdrawn
        and not any(code == "wrong_folder" for code, _ in v.reasons)
    }
    regular = {period for period in received if not period.is_day and len(period.text) == 6}
    accepted = set(_accepted(verdicts, feed))
    years = {period.text for period in accepted if len(period.text) == 4}
    since = min([as_of - timedelta(days=WINDOW_DAYS), *(period.first for period in regular)])
    until = max([as_of, *(period.last for period in regular)])
    for period in periods_between(feed, since, until):
        promised = promised_on(feed, period)
        yield {
            "feed": feed.name,
            "period": period.text,
            "period_first": period.first,
            "period_last": period.last,
            "is_required": period.first <= as_of
            and ((promised is not None and promised <= as_of) or period in regular),
            "is_covered": period in accepted or period.text[:4] in years,
        }


def _freshness(verdicts: Sequence[Verdict], as_of: date) -> Iterable[Mapping[str, Any]]:
    """When the next file of each feed was promised, and by how many days that is broken at D."""
    for feed in catalogue().values():
        if feed.promise is not None:
            yield {"feed": feed.name, **vars(freshness(feed, _accepted(verdicts, feed), as_of))}


def wrong_rows_sql(home: Home, verdicts: Sequence[Verdict]) -> str:
    """Every row that something holds: delivery, line, the expectations it does not meet, joined in their
    order."""
    parts = [
        "SELECT delivery_id, line, string_agg(expectation_id, ',' ORDER BY expectation_id) AS"
        " expectation_ids,"
        " max(CASE WHEN status = 'pending' THEN 1 ELSE 0 END) = 1 AS is_pending FROM work.late"
        " GROUP BY delivery_id, line"
    ]
    for feed in catalogue().values():
        concerned = [
            v.delivery
            for v in verdicts
            if v.delivery.feed_name == feed.name
            and v.delivery.rows_wrong
            and not v.delivery.refusals
            and not v.is_withdrawn
        ]
        if not concerned:
            continue
        checks = checks_of(feed)
        mask = error_mask(checks)
        ids = ", ".join(
            f"CASE WHEN (wrong & {1 << place}) <> 0 THEN {quoted(f'{feed.name}.{check.name}')} END"
            for place, check in enumerate(checks)
        )
        files = ", ".join(quoted(str(home.staged(feed.name, one.delivery_id))) for one in concerned)
        parts.append(
            f"SELECT delivery_id, line, concat_ws(',', {ids}), FALSE FROM read_parquet([{files}])"
            f" WHERE wrong <> 0 AND (wrong & {mask}) <> 0"
        )
    return " UNION ALL ".join(parts)
