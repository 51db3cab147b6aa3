"""The tables of the page at the end of a night."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb
from rich.table import Table
from rich.text import Text

from reports.labels import SIGNALS, department_title
from reports.language import Words
from reports.reasons import reason_words
from reports.refusals import Refusal
from warehouse.rules import rules

COLUMNS = {
    "department": Words("部门", "department"),
    "files": Words("文件", "files"),
    "received": Words("收到行", "rows received"),
    "loaded": Words("入库", "loaded"),
    "held": Words("待更正", "held"),
    "duplicate": Words("重复", "duplicate"),
    "refused": Words("退回", "refused"),
    "delivery": Words("文件", "file"),
    "reason": Words("原因", "reason"),
    "expectation": Words("应当如此", "what should hold"),
    "level": Words("级别", "severity"),
    "rows": Words("不符行", "rows"),
    "indicator": Words("指标", "indicator"),
    "row": Words("项目", "row"),
    "households": Words("户", "households"),
    "persons": Words("人", "persons"),
    "visits": Words("人次", "visits"),
    "amount": Words("金额（万元）", "amount, 万元"),
    **SIGNALS,
}


def table_of(title: Words, columns: Sequence[str], language: str, words: int = 1) -> Table:
    """A table whose first `words` columns are words and whose others are figures."""
    table = Table(title=title.to(language), title_justify="left", title_style="bold")
    for place, name in enumerate(columns):
        is_words = place < words
        table.add_column(
            COLUMNS[name].to(language),
            justify="left" if is_words else "right",
            overflow="fold",
            no_wrap=not is_words,
        )
    return table


def deliveries_table(
    connection: duckdb.DuckDBPyConnection, listed: Collection[str], title: Words, language: str
) -> Table | None:
    """Counts by department of some deliveries; None where there are none."""
    rows = connection.execute(
        "SELECT department, count(*), sum(rows_received), sum(rows_loaded),"
        " sum(CASE WHEN verdict = 'accepted' THEN rows_quarantined ELSE 0 END), sum(rows_duplicate),"
        " sum(CASE WHEN verdict = 'refused' THEN 1 ELSE 0 END) FROM quality.delivery"
        " WHERE list_contains(?, delivery_id) GROUP BY department ORDER BY department",
        [sorted(listed)],
    ).fetchall()
    table = table_of(
        title, ("department", "files", "received", "loaded", "held", "duplicate", "refused"), language
    )
    for department, *counts in rows:
        table.add_row(department_title(department, language), *(figure(count) for count in counts))
    return table if rows else None


def refused_table(listed: Sequence[Refusal], title: Words, language: str) -> Table | None:
    """Each with its reasons; None where there are none."""
    table = table_of(title, ("delivery", "reason"), language, words=2)
    for one in listed:
        reasons = "\n".join(reason_words(code, detail, language) for code, detail in one.reasons)
        table.add_row(Text(one.path), Text(reasons))
    return table if listed else None


def figure(count: int | None) -> str:
    """A count with separators; empty where it is not known."""
    return "" if count is None else f"{int(count):,}"


def indicator_titles() -> dict[str, Words]:
    """What people call each indicator."""
    return {rule.indicator: Words(rule.title_zh, rule.title_en) for rule in rules()}
