"""The night's work on the warehouse: judge, resolve, measure, compare; all tables, then the swap.

Everything is derived from the staged files of accepted deliveries, in one DuckDB process whose default database
is the file to be published. Internal tables lie in databases of their own (feed, held, work, measure, vault), so
that nothing internal can be published by mistake.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from expectations.checks import quoted
from expectations.types.person_number import PERSONAL
from warehouse.across import load_findings, named_sql, statements_across
from warehouse.facts import load_facts
from warehouse.home import Home
from warehouse.identity import held_sql, load_tokens, load_vault, orphan_sql
from warehouse.ingest import database_settings
from warehouse.judge import Verdict, judge
from warehouse.ledger.deliveries import Delivery
from warehouse.measures import measure_sql, measures
from warehouse.resolve import resolve
from warehouse.rules import Rule, measures_of, parameter, rules, signal_sql
from warehouse.sent_again import link
from warehouse.sql import TableFile, filled, in_order

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
    """Build both files beside the current ones and swap them in; a killed build leaves the current ones whole."""
    published, vault = _building(home.warehouse), _building(home.vault)
    connection = duckdb.connect(
        str(published),
        config=database_settings(home, night.threads, night.memory_bytes),
    )
    try:
        built = _fill(connection, vault, home, night, progress)
        connection.execute("DETACH vault")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    vault.chmod(0o600)
    for file, target in ((vault, home.vault), (published, home.warehouse)):
        _swap(file, target)
    return built


def _building(target: Path) -> Path:
    file = target.with_name(f".building-{target.name}")
    for leftover in (file, file.with_name(file.name + ".wal")):
        with suppress(FileNotFoundError):
            leftover.unlink()
    return file


def _swap(file: Path, target: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(file, target)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    vault: Path,
    home: Home,
    night: Night,
    progress: Callable[[str], None],
) -> Built:
    for name in INTERNAL:
        connection.execute(f"ATTACH ':memory:' AS {name}")
    connection.execute(f"ATTACH {quoted(str(vault))} AS vault")
    vault.chmod(0o600)
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
    """What `:as_of`, `:region`, `:is_water_scarce` and `:personal` stand for."""
    scarce = [row for row in parameter("is_water_scarce") if row["region"] == night.region]
    return {
        "as_of": f"DATE '{night.as_of}'",
        "region": quoted(night.region),
        "personal": quoted(PERSONAL),
        "is_water_scarce": f"CAST({scarce[0]['value'] if scarce else 'NULL'} AS BOOLEAN)",
    }


def _tables(
    connection: duckdb.DuckDBPyConnection, home: Home, night: Night, progress: Callable[[str], None]
) -> None:
    """Every table in order: those of files and those written out from rules and measures."""
    values = literals(night)
    for table in in_order(generated(night, values)):
        if table.name == "vault.token":
            load_tokens(connection, home, night.vault_key)
        elif table.name == "work.finding":
            progress(table.name)
            load_findings(connection, values)
        else:
            _make(connection, table, values, progress)
    load_vault(connection, home)


def generated(night: Night, values: Mapping[str, str]) -> dict[str, TableFile]:
    """The tables whose statements follow from rules, measures and contracts."""
    names = measures_of(rules())
    statements = {f"measure.{name}": measure_sql(measures()[name]) for name in names}
    signals = " UNION ALL ".join(signal_sql(rule, night.as_of, night.region) for rule in rules())
    statements |= {
        "work.bounds": bounds_sql(names),
        "mart.signal": f"{signals} ORDER BY household_id, indicator",
        "core.household_month": household_month_sql(names, night.as_of),
        "work.evidence": all_evidence_sql(rules()),
        "work.orphan": orphan_sql(),
        "vault.token": "SELECT person_no FROM work.member",  # made by load_tokens
    } | statements_across()
    titles = {"mart.signal": SIGNAL_TITLE, "core.household_month": MONTH_TITLE}
    of_measures = {name: (measures()[name].title_zh, measures()[name].title_en) for name in names}
    columns = {"mart.signal": SIGNAL_WORDS, "core.household_month": {**MONTH_WORDS, **of_measures}}
    return {
        name: TableFile(name, sql, titles.get(name), columns.get(name, {}), KEYS.get(name, ()))
        for name, sql in statements.items()
    }


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


def bounds_sql(names: Sequence[str]) -> str:
    """All measures side by side, one row a household."""
    columns = ", ".join(
        f"m_{name}.{part} AS {name}__{part}"
        for name in names
        for part in ("lower", "upper", "per", "because")
    )
    joins = " ".join(
        f"JOIN measure.{name} AS m_{name} ON h.household_id = m_{name}.household_id" for name in names
    )
    return f"SELECT h.household_id, {columns} FROM work.household AS h {joins}"


def household_month_sql(names: Sequence[str], as_of: date) -> str:
    """Every measure of a household where it is known, NULL where it is not."""
    columns = ", ".join(
        f"CASE WHEN {name}__lower = {name}__upper THEN CAST({name}__lower / CAST({name}__per AS DECIMAL(10,"
        " 0))"
        f" AS DECIMAL(18, 2)) END AS {name}"
        for name in names
    )
    return f"SELECT DATE '{as_of}' AS as_of, household_id, {columns} FROM work.bounds ORDER BY household_id"


def all_evidence_sql(listed: Sequence[Rule]) -> str:
    """The rows behind every household at risk by a rule, from each measure that the rule compares."""
    parts = []
    for rule in listed:
        for name in sorted({part.measure for part in rule.parts}):
            parts.append(
                f"SELECT e.household_id, {quoted(rule.indicator)} AS indicator, e.delivery_id, e.line"
                f" FROM ({measures()[name].evidence}) AS e WHERE e.household_id IN (SELECT household_id"
                f" FROM mart.signal WHERE indicator = {quoted(rule.indicator)} AND status = 'at_risk')"
                " AND e.delivery_id IS NOT NULL"
            )
    return " UNION ALL ".join(parts)


SIGNAL_TITLE = ("预警信号（当晚）", "Signals of the current night")
MONTH_TITLE = ("户指标（空为未知）", "Measures of households, empty = unknown")
SIGNAL_WORDS = {
    "as_of": ("截至", "as of"),
    "household_id": ("户编号", "household number"),
    "indicator": ("预警指标", "indicator"),
    "status": ("结论（at_risk、clear、unknown）", "at_risk, clear or unknown"),
    "value": ("比较值", "value compared; the lower bound when unknown"),
    "cutoff": ("标准值", "cutoff in force"),
    "unknown_because": ("不明原因", "why it is unknown"),
}
MONTH_WORDS = {"as_of": ("截至", "as of"), "household_id": ("户编号", "household number")}
KEYS = {
    "mart.signal": ("household_id", "indicator"),
    "core.household_month": ("household_id",),
}
