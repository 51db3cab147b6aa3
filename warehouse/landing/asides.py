"""What stands around the rows of a table: notes that go on over several lines, and the tops of printed pages (title,
line of the unit, header) that come again where pages were pasted together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from expectations.contract import Feed, Type
from expectations.units import YUAN, narrowed, unit_above, unit_row
from warehouse.landing.first_cell import Row, first_filled, said
from warehouse.landing.layout import LONGEST_CELL, Layout, is_filled

TOTALS, HEADERS, NIL = "totals_left_out", "headers_left_out", "nil_return"
UNIT_ROW, SECOND_TABLE = "unit_row_inside", "second_table"
PAGE_TOP = 6  # lines above a header that comes again, in which its page's title stands
NOTE_LINES = 40  # over which a note may go on
NOTE = re.compile(r"\s*[(（]?(填表)?(注|说明|备注|数据来源)")
# 1. 2、 (3) ④ 一、 but not 2020.6 or 12.5
_NUMBERED = re.compile(
    r"\s*([(（]?[0-9]{1,2}[)）.、．:：](?![0-9])|[①-⑳]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．])"
)
_PAGE = re.compile(r"[-—]?第?[0-9]+页?[-—]?(,?[/共][0-9]+页)?|共[0-9]+页")
_COUNTED = re.compile(r"[\s\d第页共续()（）【】\[\]一二三四五六七八九十]")
_TITLE = re.compile(r".*(表|名单|花名册|台账|清单|明细|名册|登记簿)([(（].*[)）])?")
Found = Mapping[int, tuple[str, Row]]


def with_asides(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed, found: Found
) -> dict[int, str]:
    """What each line is that is no row: those found by their first cell, and what belongs to them."""
    kinds = {line: kind for line, (kind, _) in found.items()}
    headers = [line for line, kind in kinds.items() if kind == HEADERS]
    notes = [line for line, (kind, row) in found.items() if kind == TOTALS and NOTE.match(said(row))]
    spans = [(line - PAGE_TOP, line + 1) for line in headers] + [(line, line + NOTE_LINES) for line in notes]
    if not spans:
        return kinds
    near = _lines(connection, rows_sql, len(layout.labels), spans)
    required = [
        layout.header.places[c.name] for c in feed.columns if c.required and c.name in layout.header.places
    ]
    for line in headers:
        kinds |= _top_of_page(line, near, kinds, layout, feed)
    for line in notes:
        kinds |= _rest_of_note(line, near, kinds, required)
    return kinds


def other_unit(row: Row, layout: Layout, feed: Feed) -> str:
    """The amounts that a row says to be in a unit in which they were not read."""
    unit = unit_above(row)
    money = [column for column in feed.typed(Type.MONEY) if column.name in layout.header.places]
    read = {layout.header.units.get(column.name, YUAN) for column in money}
    return "" if unit is None or unit in read else "、".join(column.label for column in money)


def _lines(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, width: int, spans: Sequence[tuple[int, int]]
) -> dict[int, Row]:
    """The filled rows in those spans of lines."""
    cells = ", ".join(f"left(c{place}, {LONGEST_CELL})" for place in range(width))
    listed = ", ".join(f"({first}, {last})" for first, last in spans)
    query = (
        f"SELECT line, {cells} FROM ({rows_sql}) AS every WHERE EXISTS (SELECT 1 FROM (VALUES {listed})"
        " AS span(first, last) WHERE every.line BETWEEN span.first AND span.last) ORDER BY line"
    )
    rows = ((line, [cell or "" for cell in row]) for line, *row in connection.execute(query).fetchall())
    return {line: row for line, row in rows if is_filled(row)}


def _top_of_page(
    header: int, near: Mapping[int, Row], kinds: Mapping[int, str], layout: Layout, feed: Feed
) -> Iterator[tuple[int, str]]:
    """The title and the line of the unit directly above a header that comes again, the unit row below it."""
    first = {_uncounted(row) for row in layout.around}
    below = near.get(header + 1)
    if below is not None and unit_row(below) is not None and _uncounted(below) in first:
        yield header + 1, HEADERS
    for line in range(header - 1, header - PAGE_TOP - 1, -1):
        row, kind = near.get(line), kinds.get(line)
        if row is None or kind == HEADERS:
            continue
        if kind not in (None, UNIT_ROW) or not (_uncounted(row) in first or _is_title(row)):
            return
        yield line, UNIT_ROW if other_unit(row, layout, feed) else HEADERS


def _is_title(row: Row) -> bool:
    """Whether a row is one cell alone that reads like a page's number, a title or a unit."""
    cells = [re.sub(r"\s", "", narrowed(cell)) for cell in row if cell.strip()]
    is_one = len(set(cells)) == 1
    return is_one and bool(_PAGE.fullmatch(cells[0]) or _TITLE.fullmatch(cells[0]) or unit_row(cells[:1]))


def _uncounted(row: Row) -> tuple[str, ...]:
    """The words of a row without the numbers by which the tops of pages differ."""
    return tuple(filter(None, (_COUNTED.sub("", narrowed(cell)) for cell in row if cell)))


def _rest_of_note(
    note: int, near: Mapping[int, Row], kinds: Mapping[int, str], required: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """The lines below a note that are numbered or indented and fill nothing that must be filled."""
    margin = first_filled(near[note])
    for line in range(note + 1, note + NOTE_LINES + 1):
        row = near.get(line)
        if row is None or kinds.get(line) == TOTALS:
            continue
        place = first_filled(row)
        is_below = _NUMBERED.match(row[place]) or row[place][0].isspace() or place > margin
        others = (row[other] for other in required if other != place and other < len(row))
        if line in kinds or not is_below or any(cell.strip() for cell in others):
            return
        yield line, TOTALS
