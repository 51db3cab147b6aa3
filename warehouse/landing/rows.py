"""Rows under a header that are no rows, or make the file one that cannot be trusted, told over its text table.

SQL finds the few rows whose first filled cell begins like a total, a label or a unit; what each of them is, is
decided here. What is left out is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from expectations.checks import quoted
from expectations.contract import Feed, Type
from expectations.headers import evened, known_labels
from expectations.types.blanks import SPACES
from expectations.units import YUAN, unit_above, unit_row
from warehouse.landing.layout import LONGEST_CELL, NO_ROWS, Layout, Row, Signature, is_no_row, signature
from warehouse.landing.layout import TOTALS as TOTAL_WORDS
from warehouse.landing.unreadable import Unreadable

NIL_WORDS = ("零报告", "无", "本月无")
EVERYDAY = (
    "序号", "编号", "乡镇", "镇", "村", "组", "人数", "户数", "数量", "金额", "项目", "类别", "指标", "日期",
    "时间", "单位", "地址", "电话", "联系人", "年度", "月份",
)  # fmt: skip
OPENING = "([【〔（"
LABELS_OF_A_HEADER = 2
TOTALS, HEADERS, NIL = "totals_left_out", "headers_left_out", "nil_return"
LEFT_OUT = (TOTALS, HEADERS)
DIGITS = "0123456789"
NOTE = re.compile(r"\s*[(（]?(注|说明|备注)")
ROW_LENGTH = "row_length"  # more or fewer cells than the header has
REFUSED = ("unit_row_inside", "second_table")


@dataclass(frozen=True)
class Loaded:
    """A sheet in the table `<view>_cells`: `rows_sql` selects line, row__fault and c0, c1, … of the rows below the
    header; `origin` is the encoding or the sheet's name."""

    layout: Layout
    rows_sql: str
    origin: str = ""


def settle(
    connection: duckdb.DuckDBPyConnection, view: str, loaded: Loaded, feed: Feed
) -> tuple[tuple[str, int], ...]:
    """Make the view of the rows that are rows; returns (code, how many) of those left out.

    Unreadable where a second table, a unit or columns that contradict each other stand among them.
    """
    layout, rows_sql = loaded.layout, loaded.rows_sql
    kinds = _kinds(connection, rows_sql, layout, feed)
    left_out = {line: kind for line, kind in kinds.items() if kind in LEFT_OUT}
    kept_sql = f"SELECT * FROM ({rows_sql}) AS every" if left_out else rows_sql
    if left_out:
        listed = ", ".join(f"({line})" for line in left_out)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {view}_left_out AS FROM (VALUES {listed}) AS v(line)"
        )
        kept_sql += f" WHERE line NOT IN (SELECT line FROM {view}_left_out)"
    if layout.header.twins:
        _twins_agree(connection, kept_sql, layout, feed)
    if NIL in kinds.values() and _has_one_row(connection, kept_sql, len(layout.labels)):
        kept_sql = f"SELECT * FROM ({rows_sql}) AS none WHERE FALSE"
        left_out |= {line: kind for line, kind in kinds.items() if kind == NIL}
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {kept_sql}")
    return tuple(sorted(Counter(left_out.values()).items()))


def _kinds(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed
) -> Mapping[int, str]:
    """What each line is that is no row; Unreadable at the first that makes the table untrustworthy."""
    heads = {signature(row) for row in layout.heads}
    beginnings = {evened(next(cell for cell in row if cell and cell.strip())) for row in layout.heads}
    labels = {*known_labels(), *EVERYDAY, *(label for head in heads for label, _ in head if label)}
    place = _first_place(layout)
    found = {}
    for line, *cells in _candidates(connection, rows_sql, layout, feed):
        row = [cell or "" for cell in cells]
        kind = _kind(row, heads, beginnings, labels)
        if kind is None and place and is_no_row(row[place:]):  # behind a running number
            kind = TOTALS
        if kind in REFUSED:
            raise Unreadable([(kind, str(line))])
        if kind == TOTALS and (other := _other_unit(row, layout, feed)):
            raise Unreadable([("unit_unknown", other)])
        if kind:
            found[line] = kind
    return found


def _kind(row: Row, heads: set[Signature], beginnings: set[str], labels: set[str]) -> str | None:
    filled = [cell for cell in row if cell.strip()]
    if is_no_row(row):
        return TOTALS
    if filled and evened(filled[0]) in beginnings and signature(row) in heads:
        return HEADERS
    if sum(cell[0] in DIGITS for cell in filled) * 2 >= len(filled):
        return None  # no known label, unit or word for nothing begins with a digit
    if len(filled) == 1 and filled[0].strip() in NIL_WORDS:
        return NIL
    if unit_row(row) is not None:
        return "unit_row_inside"
    named = sum(evened(cell) in labels for cell in filled)
    return "second_table" if named >= LABELS_OF_A_HEADER and named * 2 > len(filled) else None


def _first_place(layout: Layout) -> int:
    """Where the first column of the feed stands: what is left of it, such as a running number, says nothing."""
    return min(layout.header.places.values(), default=0)


def _other_unit(row: Row, layout: Layout, feed: Feed) -> str:
    """The amounts that a note says to be in a unit in which they were not read."""
    said = unit_above(row) if NOTE.match(next(filter(None, row), "")) else None  # a total may be in its own
    money = [column for column in feed.typed(Type.MONEY) if column.name in layout.header.places]
    read = {layout.header.units.get(column.name, YUAN) for column in money}
    return "" if said is None or said in read else "、".join(column.label for column in money)


def _candidates(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed
) -> Iterator[tuple[Any, ...]]:
    """Line and cells of rows that may be no rows: a first cell that is plain ASCII is the usual one's."""
    width = len(layout.labels)
    listed = ", ".join(f"left(c{place}, {LONGEST_CELL})" for place in range(width))
    first = ", ".join(f"nullif(trim(c{n}, {quoted(SPACES + OPENING)}), '')" for n in range(width))
    names = {column.name for column in feed.columns} | {row[0] for row in layout.heads if row and row[0]}
    plain = " OR ".join(f"c0 = {quoted(name)}" for name in sorted(names) if name.isascii())
    behind = f"c{_first_place(layout)}"
    total = " OR ".join(f"{behind} LIKE '%{word}%'" for word in TOTAL_WORDS)
    cursor = connection.execute(
        f"SELECT line, {listed} FROM ({rows_sql}) AS every WHERE coalesce(c0, '') NOT BETWEEN '!' AND '~'"
        f" AND contains({quoted(_beginnings())}, substring(coalesce({first}), 1, 1))"
        f" OR {plain} OR ({behind} NOT BETWEEN '!' AND '~' AND ({total})) ORDER BY line"
    )
    while rows := cursor.fetchmany(10_000):
        yield from rows


@cache
def _beginnings() -> str:
    """With what totals, labels, units and words for nothing begin."""
    words = (*NO_ROWS, *EVERYDAY, *NIL_WORDS, *known_labels(), *"元圆万千百十亿升米分小月天日年人户口次")
    return "".join(sorted({word[0] for word in words if not word[0].isascii()}))


def _twins_agree(connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed) -> None:
    """Columns that match one name say the same in every row, or nobody knows which of them to read."""
    differing = (
        f"count(*) FILTER (WHERE {_said(layout.header.places[name])} <> {_said(place)})"
        for name, place in layout.header.twins
    )
    query = f"SELECT {', '.join(differing)} FROM ({rows_sql}) AS every"
    counts = connection.execute(query).fetchall()[0]
    pairs = zip(layout.header.twins, counts, strict=True)
    if twice := [feed.column(name).label for (name, _), rows in pairs if rows]:
        raise Unreadable([("column_twice", label) for label in dict.fromkeys(twice)])


def _said(place: int) -> str:
    return f"coalesce(trim(c{place}, {quoted(SPACES)}), '')"


def _has_one_row(connection: duckdb.DuckDBPyConnection, rows_sql: str, width: int) -> bool:
    """Whether only one row says anything."""
    filled = " OR ".join(_said(place) + " <> ''" for place in range(width))
    query = f"SELECT count(*) FROM ({rows_sql}) AS every WHERE {filled}"
    return bool(connection.execute(query).fetchall()[0][0] == 1)


def swallows_rows(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, delimiter: str, width: int
) -> int | None:
    """The first line in which a cell holds a line end and the delimiters of rows: a quote was not closed.

    A cell at place p that swallowed a line end has the rest of its own row before it, and p more delimiters
    after the last one; or, by itself, as many after a line end as a row has.
    """
    d = re.escape(delimiter)
    tests = []
    for place in range(width):
        before, after = width - 1 - place, place
        whole = rf"\n([^{d}]*{d}){{{max(width - 1, 1)}}}"
        part = rf"(?s)^([^{d}\n]*{d}){{{before}}}.*\n([^{d}]*{d}){{{after}}}"
        tests.append(
            f"(contains(c{place}, chr(10)) AND (regexp_matches(c{place}, {quoted(whole)})"
            f" OR regexp_matches(c{place}, {quoted(part)})))"
        )
    found = connection.execute(
        f"SELECT min(line) FROM ({rows_sql}) AS every WHERE {' OR '.join(tests)}"
    ).fetchall()
    return found[0][0]
