"""Rows under a header that are no rows, or make the file one that cannot be trusted, told over its text table.

What each of the few that may be none is, the whole row decides, not its first cell. What is left out is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from expectations.checks import quoted
from expectations.contract import Feed
from expectations.headers import Names, evened, known_labels, names_in
from expectations.types.blanks import SPACES
from expectations.units import unit_row
from warehouse.landing.asides import (
    HEADERS,
    NIL,
    NOTE,
    SECOND_TABLE,
    TOTALS,
    UNIT_ROW,
    other_unit,
    with_asides,
)
from warehouse.landing.candidates import EVERYDAY, NIL_WORDS, candidates, first_place
from warehouse.landing.first_cell import Row, first_filled, is_no_row, is_total, said
from warehouse.landing.layout import Layout, Signature, signature
from warehouse.landing.neighbours import NAMES, neighbours
from warehouse.landing.unreadable import Unreadable

LABELS_OF_A_HEADER = 2
LEFT_OUT = (TOTALS, HEADERS)
DIGITS = "0123456789"
# of a table with other names than ours; no row has one in every cell: the name of a place, an amount, a date
_LABEL = re.compile(
    r"[^\W\d]{0,12}(号|号码|编码|代码|编号|姓名|名字|名称|名|日期|时间|日|年月|月份|年度|年份|金额|额|款|费|数|量|类别|类型"
    r"|等级|级别|单位|机构|医院|学校|地址|住址|电话|手机|备注|原因|状态|状况|情况|方式|性别|年龄|民族|关系|病种|结论|来源|对象|序号)"
)
ROW_LENGTH = "row_length"  # more or fewer cells than the header has
REFUSED = (UNIT_ROW, SECOND_TABLE)


@dataclass(frozen=True)
class Loaded:
    """A sheet in the table `<view>_cells`: `rows_sql` selects line, row__fault and c0, c1, … of the rows below the
    header; `origin` is the encoding or the sheet's name, `struck` the lines of which something is struck out."""

    layout: Layout
    rows_sql: str
    origin: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    struck: frozenset[int] = frozenset()


def without_waiting(connection: duckdb.DuckDBPyConnection, loaded: Loaded, feed: Feed) -> tuple[Loaded, int]:
    """Without the rows of a list of ours in which only what we had filled in is filled, and how many they are."""
    places = loaded.layout.header.places
    if not feed.given:
        return loaded, 0

    def filled(is_given: bool) -> str:
        named = [place for name, place in places.items() if (name in feed.given) == is_given]
        return " OR ".join(f"coalesce(trim(c{place}, {quoted(SPACES)}), '') <> ''" for place in named)

    is_waiting = f"({filled(True)}) AND NOT ({filled(False)})"
    rows = f"({loaded.rows_sql}) AS every WHERE"
    count = connection.execute(f"SELECT count(*) FROM {rows} {is_waiting}").fetchall()[0][0]
    return replace(loaded, rows_sql=f"SELECT * FROM {rows} NOT ({is_waiting})"), count


def settle(
    connection: duckdb.DuckDBPyConnection, view: str, loaded: Loaded, feed: Feed
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Make the view of the rows that are rows; returns (code, lines) of those left out.

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
    codes = sorted(set(left_out.values()))
    return tuple((code, tuple(sorted(n for n, kind in left_out.items() if kind == code))) for code in codes)


def _kinds(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed
) -> Mapping[int, str]:
    """What each line is that is no row; Unreadable where one of them makes the table untrustworthy."""
    names, place = names_in(feed), first_place(layout)
    heads = {signature(row, names) for row in layout.heads}
    labels = {*known_labels(), *EVERYDAY, *(evened(cell) for row in layout.heads for cell in row if cell)}
    found: dict[int, tuple[str, Row]] = {}
    has_numbers = any(c.required and c.type in NAMES for c in feed.columns)
    for line, fault, *cells in candidates(connection, rows_sql, layout, feed):
        row = [cell or "" for cell in cells]
        kind = _kind(row, fault, heads, labels, names)
        if kind is None and has_numbers and _are_labels([cell for cell in row if cell.strip()]):
            kind = SECOND_TABLE
        if kind is None and place and is_no_row(row[place:]):  # behind a running number
            kind, row = TOTALS, [""] * place + row[place:]
        if kind:
            found[line] = kind, row
    _without_rows_of_the_table(connection, rows_sql, layout, feed, found)
    kinds = with_asides(connection, rows_sql, layout, feed, found)
    if refused := min(((line, kind) for line, kind in kinds.items() if kind in REFUSED), default=None):
        raise Unreadable([(refused[1], str(refused[0]))])
    notes = (found[line][1] for line, kind in kinds.items() if kind == TOTALS and line in found)
    if other := next(
        filter(None, (other_unit(row, layout, feed) for row in notes if NOTE.match(said(row)))), ""
    ):
        raise Unreadable([("unit_unknown", other)])
    return kinds


def _without_rows_of_the_table(
    connection: duckdb.DuckDBPyConnection,
    rows_sql: str,
    layout: Layout,
    feed: Feed,
    found: dict[int, tuple[str, Row]],
) -> None:
    """Take out of what was found the rows that only begin like a total or a note."""
    totals = {line: row for line, (kind, row) in found.items() if kind == TOTALS}
    if not totals:
        return
    beside = neighbours(connection, rows_sql, layout, feed, list(found))
    for line, row in totals.items():
        if beside.own(row, first_filled(row), is_total(row)):
            del found[line]


def _kind(row: Row, fault: str | None, heads: set[Signature], labels: set[str], names: Names) -> str | None:
    filled = [cell for cell in row if cell.strip()]
    if is_no_row(row):
        return TOTALS
    if signature(row, names) in heads:
        return HEADERS if fault is None else SECOND_TABLE  # with a column more
    if sum(cell.strip()[0] in DIGITS for cell in filled) * 2 >= len(filled):
        return None  # no known label, unit or word for nothing begins with a digit
    if len(filled) == 1 and filled[0].strip() in NIL_WORDS:
        return NIL
    if unit_row(row) is not None:
        return UNIT_ROW
    named = sum(evened(cell) in labels for cell in filled)
    is_another = named >= LABELS_OF_A_HEADER and named * 2 > len(filled)
    return SECOND_TABLE if is_another else None


def _are_labels(filled: Sequence[str]) -> bool:
    """Whether cells in which no known label stands are labels all the same: different words that end as labels do."""
    words = {evened(cell) for cell in filled}
    return len(words) == len(filled) >= LABELS_OF_A_HEADER + 1 and all(map(_LABEL.fullmatch, words))


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
