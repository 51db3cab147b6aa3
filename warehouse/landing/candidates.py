"""The few rows of a table that may be none: SQL finds those whose first filled cell begins like a total, a label or a
unit, and those that are named by words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb

from expectations.checks import quoted
from expectations.contract import Feed
from expectations.headers import known_labels
from expectations.types.blanks import SPACES
from warehouse.landing.first_cell import NO_ROWS
from warehouse.landing.first_cell import TOTALS as TOTAL_WORDS
from warehouse.landing.layout import LONGEST_CELL, Layout
from warehouse.landing.neighbours import NAMES

OPENING = "([【〔（"
NIL_WORDS = ("零报告", "无", "本月无")
EVERYDAY = (
    "序号", "编号", "乡镇", "镇", "村", "组", "人数", "户数", "数量", "金额", "项目", "类别", "指标", "日期",
    "时间", "单位", "地址", "电话", "联系人", "年度", "月份",
)  # fmt: skip


def first_place(layout: Layout) -> int:
    """Where the first column of the feed stands: what is left of it, such as a running number, says nothing."""
    return min(layout.header.places.values(), default=0)


def candidates(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed
) -> Iterator[tuple[Any, ...]]:
    """Line, fault and cells of rows that may be no rows: a first cell that is plain ASCII is the usual one's, and so
    is a digit where the row is named."""
    width = len(layout.labels)
    listed = ", ".join(f"left(c{place}, {LONGEST_CELL})" for place in range(width))
    first = ", ".join(f"nullif(trim(c{n}, {quoted(SPACES + OPENING)}), '')" for n in range(width))
    names = {column.name for column in feed.columns} | {row[0] for row in layout.heads if row and row[0]}
    plain = ", ".join(quoted(name) for name in sorted(names) if name.isascii())
    behind = f"c{first_place(layout)}"
    total = quoted("|".join((*TOTAL_WORDS, "汇总")))
    numbered = f" OR ({behind} > '~' AND regexp_matches({behind}, {total}))" if behind != "c0" else ""
    naming = (
        c.name for c in feed.columns if c.required and c.type in NAMES and c.name in layout.header.places
    )
    named = next((f"c{layout.header.places[name]}" for name in naming), "''")
    cursor = connection.execute(
        f"WITH every AS (SELECT *, CASE WHEN coalesce(c0, '') NOT BETWEEN '!' AND '~' THEN coalesce({first}) END"
        f" AS said FROM ({rows_sql}) AS read) SELECT line, row__fault, {listed} FROM every"
        f" WHERE contains({quoted(_beginnings())}, substring(said, 1, 1)) OR regexp_matches(said, {total})"
        f"{numbered} OR c0 IN ({plain})"
        f" OR ({behind} BETWEEN 'G' AND 'u' AND {behind} ILIKE '%total%')"
        f" OR ({named} > '~' AND NOT regexp_matches({named}, '[0-9]')) ORDER BY line"
    )
    while rows := cursor.fetchmany(10_000):
        yield from rows


@cache
def _beginnings() -> str:
    """With what totals, labels, units and words for nothing begin."""
    words = (
        *NO_ROWS,
        "汇总",
        *EVERYDAY,
        *NIL_WORDS,
        *known_labels(),
        *"元圆万千百十亿升米分小月天日年人户口次",
    )
    return "".join(sorted({word[0] for word in words if not word[0].isascii()})) + "TtSsGg"  # Total, Subtotal
