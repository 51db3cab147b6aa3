"""What the work lists are made of: open clues and unknown signals of a town, with names from the vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

MOST_SOURCES = 3
UNKNOWN_TOWN = "unknown"
HOUSEHOLD = (  # in the order of the class of that name
    "h.household_id, h.village_code, coalesce(d.division_name, h.village_code, ''), v.head_name, v.phone, h.persons,"
    " h.household_type, h.monitored_class, h.is_risk_removed"
)
NAMED = "LEFT JOIN vault.household AS v ON h.household_id = v.household_id"
DIVISION = "LEFT JOIN published.core.division AS d ON h.village_code = d.division_code"
OPEN_CLUE = "SELECT * FROM published.mart.clue WHERE status IN ('open', 'overdue')"
IN_TOWN = "h.town_code IS NOT DISTINCT FROM ?"


@dataclass(frozen=True)
class Signal:
    """An indicator of a household, the value compared and the cutoff in force."""

    indicator: str
    value: Decimal | None
    cutoff: Decimal | None


@dataclass(frozen=True)
class Source:
    """A row behind a signal: where a clerk finds it."""

    feed: str
    period: str
    delivery_id: str
    line: int


@dataclass(frozen=True)
class Household:
    """Who is visited."""

    household_id: str
    village_code: str | None
    village: str
    head_name: str | None
    phone: str | None
    persons: int | None
    household_type: str | None
    monitored_class: str | None
    is_risk_removed: bool | None


@dataclass(frozen=True)
class Clue:
    """One clue that waits for a visit."""

    clue_id: str
    household: Household
    reasons: tuple[str, ...]
    suggested_class: str | None
    no_suggestion_because: str | None
    opened_on: date
    due_on: date
    status: str
    asks_for: str
    signals: Mapping[str, Signal] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    more_sources: int = 0


def towns(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Code and name of every town in which register households live; `unknown` for those of no known town."""
    rows = connection.execute(
        "SELECT DISTINCT h.town_code, d.division_name FROM published.core.household AS h"
        " LEFT JOIN published.core.division AS d ON h.town_code = d.division_code ORDER BY h.town_code"
    ).fetchall()
    return {code or UNKNOWN_TOWN: name or "" for code, name in rows}


def clues(connection: duckdb.DuckDBPyConnection, town: str) -> list[Clue]:
    """The open clues of a town, by village and rank."""
    asked = [None if town == UNKNOWN_TOWN else town]
    rows = connection.execute(
        f"SELECT c.clue_id, {HOUSEHOLD}, c.reasons, c.suggested_class,"
        f" c.no_suggestion_because, c.opened_on, c.due_on, c.status, c.asks_for FROM ({OPEN_CLUE}) AS c"
        f" JOIN published.core.household AS h ON c.household_id = h.household_id {DIVISION} {NAMED}"
        f" WHERE {IN_TOWN} ORDER BY h.village_code, c.rank",
        asked,
    ).fetchall()
    signals, sources = _signals(connection, asked), _sources(connection, asked)
    return [_clue(row, signals.get(row[1], {}), sources.get(row[1], [])) for row in rows]


def _clue(row: tuple[Any, ...], signals: Mapping[str, Signal], sources: list[Source]) -> Clue:
    reasons, suggested_class, because, opened_on, due_on, status, asks_for = row[10:]
    return Clue(
        row[0],
        Household(*row[1:10]),
        tuple(filter(None, reasons.split(","))),
        suggested_class,
        because,
        opened_on,
        due_on,
        status,
        asks_for,
        signals,
        tuple(sources[:MOST_SOURCES]),
        max(0, len(sources) - MOST_SOURCES),
    )


def _signals(connection: duckdb.DuckDBPyConnection, asked: list[str | None]) -> dict[str, dict[str, Signal]]:
    rows = connection.execute(
        "SELECT s.household_id, s.indicator, s.value, s.cutoff FROM published.mart.signal AS s"
        f" JOIN published.core.household AS h ON s.household_id = h.household_id WHERE {IN_TOWN}"
        " AND s.status = 'at_risk'",
        asked,
    ).fetchall()
    found: dict[str, dict[str, Signal]] = {}
    for household_id, indicator, value, cutoff in rows:
        found.setdefault(household_id, {})[indicator] = Signal(indicator, value, cutoff)
    return found


def _sources(connection: duckdb.DuckDBPyConnection, asked: list[str | None]) -> dict[str, list[Source]]:
    """The rows behind the signals, each once, the newest files first."""
    rows = connection.execute(
        "SELECT DISTINCT e.household_id, coalesce(q.feed, ''), coalesce(q.period, '') AS period,"
        " e.delivery_id, e.line FROM published.mart.signal_evidence AS e"
        " JOIN published.core.household AS h ON e.household_id = h.household_id"
        " LEFT JOIN published.quality.delivery AS q ON e.delivery_id = q.delivery_id"
        f" WHERE {IN_TOWN} ORDER BY e.household_id, period DESC, e.delivery_id, e.line",
        asked,
    ).fetchall()
    found: dict[str, list[Source]] = {}
    for household_id, *source in rows:
        found.setdefault(household_id, []).append(Source(*source))
    return found


@dataclass(frozen=True)
class Doubt:
    """A household of which something is not known: why, by indicator."""

    household: Household
    because: Mapping[str, str]  # indicator -> codes
    signals: int  # of all indicators


def doubts(connection: duckdb.DuckDBPyConnection, town: str) -> list[Doubt]:
    """Lifted and monitored households, and those that may be, with anything unknown; others of which nothing is
    known."""
    asked = [None if town == UNKNOWN_TOWN else town]
    rows = connection.execute(
        "WITH counted AS (SELECT household_id, count(*) AS signals,"
        " count(*) FILTER (WHERE status = 'unknown') AS unknown FROM published.mart.signal"
        f" GROUP BY household_id) SELECT {HOUSEHOLD}, n.signals, s.indicator, s.unknown_because"
        " FROM counted AS n JOIN published.core.household AS h ON n.household_id = h.household_id"
        " JOIN published.mart.signal AS s ON n.household_id = s.household_id AND s.status = 'unknown'"
        f" {DIVISION} {NAMED} WHERE {IN_TOWN} AND (n.unknown = n.signals OR h.household_type IS NULL"
        " OR h.household_type = '脱贫户' OR (h.monitored_class IS NOT NULL AND NOT coalesce(h.is_risk_removed, FALSE)))"
        " ORDER BY h.village_code, n.unknown DESC, h.household_id, s.indicator",
        asked,
    ).fetchall()
    found: dict[str, tuple[tuple[Any, ...], dict[str, str]]] = {}
    for *row, indicator, because in rows:
        found.setdefault(row[0], (tuple(row), {}))[1][indicator] = because or ""
    return [Doubt(Household(*row[:9]), because, row[9]) for row, because in found.values()]
