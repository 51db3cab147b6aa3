"""The second half of the page at the end of a night: how the whole city stands."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import duckdb
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from reports.expectation_words import sentence_of
from reports.labels import POLICY_ROWS, SEVERITIES, said
from reports.language import Words
from reports.refusals import refusals
from reports.summary_tables import deliveries_table, figure, indicator_titles, refused_table, table_of
from reports.tonight import Tonight

TEN_THOUSAND = Decimal(10_000)
CENT = Decimal("0.01")
ALL_RECEIVED = Words("历次报送", "All that has come in")
STILL_REFUSED = Words("此前退回、尚未更正", "Refused before and not yet corrected")
FOUND = Words("跨表核对（不隔离，请部门核实）", "What does not fit between rows and feeds (nothing is held)")
MOST_FOUND = 8
SIGNALLED = Words("预警指标（户数）", "Signals by indicator (households)")
CLUED = Words("预警线索", "Clues")
LANDED = Words("政策落实", "Policy landing")
CLUE_LINE = Words(
    "待核查{open}户，其中逾期{overdue}户，须持续监测{monitored}户",
    "clues to visit: {open}; of these overdue: {overdue}, already monitored: {monitored}",
)


def whole(
    connection: duckdb.DuckDBPyConnection, engine: Engine, news: Tonight, language: str
) -> list[RenderableType]:
    """The state of the city: what came before, what does not fit, signals, clues, policy landing."""
    ids = connection.execute("SELECT delivery_id, verdict, replaced_on FROM quality.delivery").fetchall()
    before = {delivery_id for delivery_id, _, _ in ids} - news.received
    still = {one for one, verdict, replaced in ids if verdict == "refused" and not replaced} - news.refused
    parts = [
        deliveries_table(connection, [one for one, _, _ in ids], ALL_RECEIVED, language) if before else None,
        refused_table(refusals(connection, engine, still), STILL_REFUSED, language),
        _found(connection, language),
        _signals(connection, language),
        _clues(connection, language),
        _policy(connection, language),
    ]
    return [part for part in parts if part is not None]


def _found(connection: duckdb.DuckDBPyConnection, language: str) -> Table | None:
    """The expectations between rows and feeds that most rows do not meet, errors first; all are in quality.finding."""
    rows = connection.execute(
        "SELECT expectation_id, severity, count(*) FROM quality.finding GROUP BY expectation_id, severity"
        " ORDER BY severity, count(*) DESC, expectation_id LIMIT ?",
        [MOST_FOUND],
    ).fetchall()
    table = table_of(FOUND, ("expectation", "level", "rows"), language, words=2)
    for expectation_id, severity, count in rows:
        table.add_row(
            sentence_of(expectation_id).rule.to(language),
            said(SEVERITIES, severity, language),
            figure(count),
        )
    return table if rows else None


def _signals(connection: duckdb.DuckDBPyConnection, language: str) -> RenderableType:
    table = table_of(SIGNALLED, ("indicator", "at_risk", "clear", "unknown"), language)
    titles = indicator_titles()
    rows = connection.execute(
        "SELECT indicator, count(*) FILTER (WHERE status = 'at_risk'),"
        " count(*) FILTER (WHERE status = 'clear'), count(*) FILTER (WHERE status = 'unknown')"
        " FROM mart.signal GROUP BY indicator ORDER BY indicator"
    ).fetchall()
    for indicator, *counts in rows:
        table.add_row(said(titles, indicator, language), *(figure(count) for count in counts))
    return table


def _clues(connection: duckdb.DuckDBPyConnection, language: str) -> RenderableType:
    rows = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE status = 'overdue'),"
        " count(*) FILTER (WHERE suggested_class = '持续监测') FROM mart.clue"
        " WHERE status IN ('open', 'overdue')",
    ).fetchall()
    listed, overdue, monitored = (figure(count) for count in rows[0])
    line = CLUE_LINE.say(language, open=listed, overdue=overdue, monitored=monitored)
    return Text(f"{CLUED.to(language)}{Words('：', ': ').to(language)}{line}")


def _policy(connection: duckdb.DuckDBPyConnection, language: str) -> RenderableType:
    table = table_of(LANDED, ("row", "households", "persons", "visits", "amount"), language)
    found = {
        row: figures
        for row, *figures in connection.execute(
            # nothing is known of what a feed would say that never came: no 0
            "SELECT p.row, CASE WHEN d.feed IS NOT NULL THEN p.households END,"
            " CASE WHEN d.feed IS NOT NULL THEN p.persons END, CASE WHEN d.feed IS NOT NULL THEN p.visits END,"
            " CASE WHEN d.feed IS NOT NULL THEN p.amount_cny END FROM mart.policy_landing AS p LEFT JOIN"
            " (SELECT DISTINCT feed FROM quality.delivery WHERE verdict = 'accepted') AS d ON p.feed = d.feed"
        ).fetchall()
    }
    known = [row for row in POLICY_ROWS if row in found]
    for row in [*known, *sorted(found.keys() - POLICY_ROWS.keys())]:
        *counts, amount_cny = found[row]
        table.add_row(
            said(POLICY_ROWS, row, language), *(figure(count) for count in counts), ten_thousands(amount_cny)
        )
    return table


def ten_thousands(amount_cny: Decimal | None) -> str:
    """An amount in 万元, rounded half up to two places as the city prints it; empty where there is none."""
    if amount_cny is None:
        return ""
    return f"{(amount_cny / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):,}"
