"""The night's work on the warehouse: judge, resolve, measure, compare; all tables, beside what is published.

Everything is derived from the staged files of accepted deliveries, in one DuckDB process whose default database
is the file to be published. Internal tables lie in databases of their own (feed, held, work, measure, vault), so
that nothing internal can be published by mistake.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.types.person_number import PERSONAL
from warehouse.across import load_findings, named_sql
from warehouse.facts import load_facts
from warehouse.generated import generated
from warehouse.home import Home
from warehouse.identity import load_tokens, load_vault
from warehouse.ingest import database
from warehouse.judge import Verdict, judge
from warehouse.ledger.deliveries import Delivery
from warehouse.publish import log_of
from warehouse.resolve import resolve
from warehouse.rules import in_force, parameter
from warehouse.sent_again import link
from warehouse.sql import TableFile, filled, in_order
from warehouse.whom import held_sql

INTERNAL = ("feed", "held", "work", "measure")
SCHEMAS = ("core", "mart", "quality", "ops")


@dataclass(frozen=True)
class Night:
    """What a night is about; everything that its tables depend on."""

    as_of: date
    region: str
    deliveries: Sequence[Delivery]
    accepted_by_name: frozenset[str]
    expectation_results: Sequence[Mapping[str, object]]
    open_clues: Sequence[Mapping[str, object]]
    vault_key: bytes
    run: Mapping[str, object]
    threads: int = 0
    memory_bytes: int = 4 << 30
    closed_clues: Sequence[Mapping[str, object]] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    held_lines: Sequence[Mapping[str, object]] = ()  # what nights before have held


@dataclass
class Built:
    """What a night has made, besides the two files."""

    verdicts: list[Verdict]
    clues: list[Mapping[str, object]] = field(default_factory=list)
    held_lines: list[Mapping[str, object]] = field(default_factory=list)  # of deliveries with a change
    counts: dict[str, int] = field(default_factory=dict)


def build(home: Home, night: Night, progress: Callable[[str], None] = lambda step: None) -> Built:
    """Build both files beside the current ones, for `publish` to swap in; a killed build leaves those whole."""
    for file in (home.built, home.built_vault):
        for leftover in (file, log_of(file)):
            leftover.unlink(missing_ok=True)
    connection = database(home, night.threads, night.memory_bytes, home.built)
    try:
        built = _fill(connection, home, night, progress)
        connection.execute("DETACH vault")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    for file in (home.built, home.built_vault):
        _to_disk(file)
    return built


def _to_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    night: Night,
    progress: Callable[[str], None],
) -> Built:
    for name in INTERNAL:
        connection.execute(f"ATTACH ':memory:' AS {name}")
    connection.execute(f"ATTACH {quoted(str(home.built_vault))} AS vault")
    home.built_vault.chmod(0o600)
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA {schema}")
    progress("judge")
    verdicts = judge(connection, home, night.deliveries, night.accepted_by_name, night.withdrawn)
    progress("resolve")
    resolve(connection, home, verdicts, night.as_of)
    load_facts(connection, home, night, verdicts)
    link(connection, home, verdicts, night.as_of)
    connection.execute(f"CREATE TABLE work.held AS {held_sql()}")
    connection.execute(f"CREATE VIEW work.named AS {named_sql()}")
    _tables(connection, home, night, progress)
    built = Built(verdicts)
    built.clues = _rows(connection, "SELECT * FROM work.clue ORDER BY clue_id")
    built.held_lines = _rows(connection, "SELECT * FROM work.held_lines_now ORDER BY delivery_id, line_first")
    return built


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Mapping[str, object]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def literals(night: Night) -> dict[str, str]:
    """What `:as_of`, `:region`, `:is_water_scarce`, `:is_line_enough` and `:personal` stand for."""
    scarce = [row for row in parameter("is_water_scarce") if row["region"] == night.region]
    return {
        "as_of": f"DATE '{night.as_of}'",
        "region": quoted(night.region),
        "personal": quoted(PERSONAL),
        "is_water_scarce": f"CAST({scarce[0]['value'] if scarce else 'NULL'} AS BOOLEAN)",
        "is_line_enough": str(in_force("line_suggests_class", night.as_of)).upper(),
    }


def _tables(
    connection: duckdb.DuckDBPyConnection, home: Home, night: Night, progress: Callable[[str], None]
) -> None:
    """Every table in order: those of files and those written out from rules and measures."""
    values = literals(night)
    for table in in_order(generated(night.as_of, night.region)):
        if table.name == "vault.token":
            load_tokens(connection, home, night.vault_key)
        elif table.name == "work.finding":
            progress(table.name)
            load_findings(connection, values)
        else:
            _make(connection, table, values, progress)
    load_vault(connection, home)


def _make(
    connection: duckdb.DuckDBPyConnection,
    table: TableFile,
    values: Mapping[str, str],
    progress: Callable[[str], None],
) -> None:
    progress(table.name)
    connection.execute(f"CREATE TABLE {table.name} AS {filled(table.sql, values)}")
    if table.is_published and table.title:
        connection.execute(f"COMMENT ON TABLE {table.name} IS {quoted(' | '.join(table.title))}")
        for column, words in table.columns.items():
            connection.execute(f"COMMENT ON COLUMN {table.name}.{column} IS {quoted(' | '.join(words))}")
