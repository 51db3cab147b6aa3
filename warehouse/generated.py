"""The tables whose statements follow from rules, measures and contracts, written out for a night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from expectations.checks import quoted
from warehouse.across import statements_across
from warehouse.measures import measure_sql, measures
from warehouse.rules import Rule, measures_of, rules, signal_sql
from warehouse.sql import TableFile
from warehouse.whom import orphan_row_sql, orphan_sql

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


def generated(as_of: date, region: str) -> Mapping[str, TableFile]:
    """Every such table by name."""
    names = measures_of(rules())
    statements = {f"measure.{name}": measure_sql(measures()[name]) for name in names}
    signals = " UNION ALL ".join(signal_sql(rule, as_of, region) for rule in rules())
    statements |= {
        "work.rule": rule_sql(rules()),
        "work.bounds": bounds_sql(names),
        "mart.signal": f"{signals} ORDER BY household_id, indicator",
        "core.household_month": household_month_sql(names, as_of),
        "work.evidence": all_evidence_sql(rules()),
        "work.orphan": orphan_sql(),
        "work.orphan_row": orphan_row_sql(),
        "vault.token": "SELECT person_no FROM work.member",  # made by load_tokens
    } | statements_across()
    titles = {"mart.signal": SIGNAL_TITLE, "core.household_month": MONTH_TITLE}
    of_measures = {name: (measures()[name].title_zh, measures()[name].title_en) for name in names}
    columns = {"mart.signal": SIGNAL_WORDS, "core.household_month": {**MONTH_WORDS, **of_measures}}
    return {
        name: TableFile(name, sql, titles.get(name), columns.get(name, {}), KEYS.get(name, ()))
        for name, sql in statements.items()
    }


def rule_sql(listed: Sequence[Rule]) -> str:
    """The rules as a table."""
    return " UNION ALL ".join(
        f"SELECT {quoted(rule.indicator)} AS indicator, {str(rule.is_to_verify).upper()} AS is_to_verify"
        for rule in listed
    )


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
