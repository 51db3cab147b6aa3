"""From the lines of a file to its rows: which lines are rows at all, and where each column stands in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cells import MISSING, plain, read_id
from .contract import PRINTED, Feed
from .files import Source, Unsound, csv_lines, sheets_of
from .headers import (
    FACTORS,
    UNIT_WORDS,
    Line,
    Refused,
    find_header,
    is_filled,
    is_unit_row,
    lacks,
    repeats_header,
    title_of,
    titles_of,
    unit_above,
    unit_of,
)

# "those whose first filled cell, blanks removed, begins with ..." (full-width colons are folded)
NO_ROW = ("合计", "小计", "总计", "共计", "累计", "本页小计", "制表人", "填表人", "审核人", "负责人")
NOTES = ("注:", "说明:", "备注:", "数据来源")
NO_ROW += (*NOTES, "total", "subtotal", "grandtotal")
GOES_ON = re.compile(r"\s|[(（]?[\d一二三四五六七八九十]+[)）.、．]|[①-⑳]")  # "(numbered or indented ...)"
PAGE = re.compile(r"第\d+页(,?共\d+页)?")
OF_PART = 10_000_000
NIL_WORDS = {"零报告", "无", "本月无"}


@dataclass
class Table:
    places: dict[str, int]  # column name -> position in a row
    factors: dict[str, int]  # money column -> yuan per unit
    rows: list[Line] = field(default_factory=list)
    crooked: set[int] = field(default_factory=set)  # lines with more or fewer fields than the header
    epoch_1904: bool = False


def read_tables(source: Source) -> list[Table]:
    """Gate 1: a table for each part, with a header of its own; line 17 of part 2 is 20000017."""
    assert source.feed is not None
    tables = [read_file(source.feed, file) for file in source.files]
    for part, table in enumerate(tables if len(tables) > 1 else [], start=1):
        table.rows = [(part * OF_PART + line, cells) for line, cells in table.rows]
        table.crooked = {part * OF_PART + line for line in table.crooked}
    return tables


def read_file(feed: Feed, file: Path) -> Table:
    """One sheet whose header fits the feed, and its rows with the line that a clerk sees."""
    if file.suffix.lower() == ".xlsx":
        sheets = list(sheets_of(file, feed))
    else:
        sheets = [(csv_lines(file.read_bytes(), feed), False)]
    heads = [(lines, find_header(lines, feed), epoch) for lines, epoch in sheets]
    found = [(lines, place, epoch) for lines, place, epoch in heads if place is not None]
    if not found:
        raise Refused("no_header")
    fitting = [sheet for sheet in found if not lacks(feed, sheet[0][sheet[1]][1])]
    if not fitting:
        raise Refused("missing_column:" + ",".join(lacks(feed, found[0][0][found[0][1]][1])))
    if len(fitting) > 1:
        raise Refused("two_sheets_fit")
    lines, place, epoch = fitting[0]
    return take_rows(feed, lines, place, epoch)


def take_rows(feed: Feed, lines: list[Line], place: int, epoch_1904: bool) -> Table:
    header = list(lines[place][1])
    while header and not plain(header[-1]):
        header.pop()
    titles = titles_of(feed)
    named = [(i, titles[title_of(c)].name) for i, c in enumerate(header) if title_of(c) in titles]
    places: dict[str, int] = {}
    twins = []
    for position, name in named:
        if name in places:
            twins.append((places[name], position))
        places.setdefault(name, position)
    below = lines[place + 1 :]
    table = Table(places, {}, epoch_1904=epoch_1904)
    unit_row = next((cells for _, cells in below if is_filled(cells)), [])
    if not is_unit_row(unit_row):
        unit_row = []
    default = unit_above(lines[:place])
    for name in feed.columns_of("money"):
        if name in places:
            spot = places[name]
            under = FACTORS.get(plain(unit_row[spot])) if spot < len(unit_row) else None
            table.factors[name] = unit_of(header[spot]) or under or default
    above = {text for _, cells in lines[:place] for text in map(plain, cells) if text}
    required = [places[column.name] for column in feed.columns if column.is_required]
    numbers = [places[name] for name in feed.columns_of("id", "certificate") if name in places]
    printed = PRINTED.get(feed.name, places)
    to_fill_in = [place for name, place in places.items() if name not in printed]
    fill_rows(table, below, header, bool(unit_row), NoRow(required, numbers, to_fill_in, above))
    for first, second in twins:  # "two columns that match one name refuse ... unless their cells agree"
        if any(plain(cells[first]) != plain(cells[second]) for _, cells in table.rows):
            raise Refused("two_columns_one_name")
    return table


@dataclass
class NoRow:
    """Which rows below the header are none: "decided by the whole row, not by its first cell alone"."""

    required: list[int]
    numbers: list[int]  # of persons
    to_fill_in: list[int]  # of a work list that comes back
    above: set[str]  # what stands above the header, and again on the next page
    is_in_note: bool = False

    def __call__(self, cells: list[Any], first: str) -> bool:
        word = re.sub(r"\s", "", first).casefold()
        filled = [place for place, cell in enumerate(cells) if plain(cell)]
        is_alone = len(filled) == 1
        if self.is_in_note and is_alone and GOES_ON.match(str(cells[filled[0]])):
            return True
        is_none = word.startswith(NO_ROW) and not self.is_data(cells)
        self.is_in_note = is_none and word.startswith(NOTES)
        if self.to_fill_in and not any(
            place < len(cells) and plain(cells[place]) for place in self.to_fill_in
        ):
            return True
        return is_none or (is_alone and (first in self.above or bool(PAGE.fullmatch(word))))

    def is_data(self, cells: list[Any]) -> bool:
        """ "one that fills the required columns as its neighbours do is data", and so is one with the number of a
        person that fills more than half of them: it "is at worst held, never dropped"."""
        texts = [plain(cell) for cell in cells]
        filled = sum(place < len(texts) and texts[place] not in MISSING for place in self.required)
        if filled == len(self.required) or filled * 2 <= len(self.required):
            return filled == len(self.required)
        return any(place < len(texts) and isinstance(read_id(texts[place]), str) for place in self.numbers)


def fill_rows(
    table: Table, below: list[Line], header: list[Any], has_unit_row: bool, is_no_row: NoRow
) -> None:
    names, written = [title_of(cell) for cell in header], {plain(cell) for cell in header}
    width = len(header)
    filled = 0
    for line, cells in below:
        first = next(filter(None, map(plain, cells)), "")  # the first filled cell
        if not first:
            continue
        filled += 1
        if filled == 1 and has_unit_row:
            continue
        if is_no_row(cells, first):
            continue
        if first in written and repeats_header(cells, names):
            continue
        if first in UNIT_WORDS and is_unit_row(cells):  # "a unit row in the middle of the data refuses"
            raise Refused("unit_row_in_data")
        if isinstance(cells, Unsound):
            table.crooked.add(line)
        table.rows.append((line, cells if len(cells) == width else straighten(table, line, cells, width)))
    if len(table.rows) == 1 and is_nil(table.rows[0][1]):
        table.rows.clear()
        table.crooked.clear()


def straighten(table: Table, line: int, cells: list[Any], width: int) -> list[Any]:
    """ "A row with more or fewer fields than the header, empty ones at its end apart, is held"."""
    cells = list(cells)
    while len(cells) > width and not plain(cells[-1]):
        cells.pop()
    if len(cells) != width:
        table.crooked.add(line)
        cells = cells[:width] + [None] * (width - len(cells))
    return cells


def is_nil(cells: list[Any]) -> bool:
    words = [text for text in map(plain, cells) if text]
    return len(words) == 1 and words[0] in NIL_WORDS
