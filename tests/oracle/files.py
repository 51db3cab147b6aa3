"""From a folder to tables: names, encodings, sheets, the header, and which lines are rows at all."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .cells import plain
from .contract import BY_ANY_NAME, Column, Feed
from .periods import Period, parse_period

Line = tuple[int, list[Any]]

NAME = re.compile(r"(.+?)_(\d{4,8})(?:_(\d+))?")
PART = re.compile(r".+_p\d+of\d+")
READ = {".csv", ".txt", ".xlsx"}
NOT_READ_HERE = {".xls", ".parquet", ".xlsm"}
# "those whose first filled cell, blanks removed, begins with ..." (full-width colons are folded)
NO_ROW = ("合计", "小计", "总计", "共计", "累计", "本页小计", "制表人", "填表人", "审核人", "负责人")
NO_ROW += ("注:", "说明:", "备注:", "数据来源")
NIL_WORDS = {"零报告", "无", "本月无"}
FACTORS = {"元": 1, "万元": 10000, "万": 10000}
UNIT_WORDS = set(FACTORS) | {"人", "户", "升", "米", "分钟", "月", "个月", "岁"}


class Refused(Exception):
    """The delivery stops at the first gate; the argument is the reason's id."""


@dataclass
class Source:
    """One file as its folder and name present it."""

    path: str
    file: Path
    department: str
    feed: Feed | None
    period: Period | None
    n: int
    sha256: str
    refusal: str | None = None

    @property
    def order(self) -> tuple:
        assert self.period is not None
        return (*self.period.order, self.n, self.sha256, self.path)


@dataclass
class Table:
    places: dict[str, int]  # column name -> position in a row
    factors: dict[str, int]  # money column -> yuan per unit
    rows: list[Line] = field(default_factory=list)
    crooked: set[int] = field(default_factory=set)  # lines with more or fewer fields than the header
    epoch_1904: bool = False


def find_sources(inbox: Path) -> tuple[list[Source], list[str]]:
    """Every delivery of the inbox, and the files of kinds that this oracle does not read."""
    sources, not_judged = [], []
    for file in sorted(inbox.glob("*/*")):
        name, path = file.name, file.relative_to(inbox).as_posix()
        if not file.is_file() or name.startswith((".", "~$")) or name.endswith((".part", ".tmp", ".ok")):
            continue
        if file.suffix.lower() in NOT_READ_HERE or PART.fullmatch(file.stem):
            not_judged.append(path)
        else:
            sources.append(name_source(path, file))
    return sources, not_judged


def name_source(path: str, file: Path) -> Source:
    """ "A folder belongs to one department and holds only its feeds"."""
    department = path.split("/")[0]
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    parts = NAME.fullmatch(file.stem)
    feed = BY_ANY_NAME.get(parts[1]) if parts else None
    period = parse_period(parts[2], feed.cadence) if parts and feed else None
    n = int(parts[3] or 1) if parts else 1
    refusal = None
    if file.suffix.lower() not in READ:
        refusal = "file_kind"
    elif feed is None:
        refusal = "unknown_feed"
    elif period is None or (feed.name == "enrolments" and period.span != "term"):
        refusal = "period"
    elif feed.department != department:
        refusal = "wrong_folder"
    return Source(path, file, department, feed, period, n, sha256, refusal)


def decode(content: bytes) -> str:
    """ "GB18030/GBK, UTF-8 with and without BOM, UTF-16 with BOM"."""
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("nul")
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def title_of(cell: Any) -> str:
    """ "headers match after removing blanks, line breaks, full-width forms, brackets' content"."""
    text = re.sub(r"\s", "", plain(cell))
    return re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text).casefold()


def titles_of(feed: Feed) -> dict[str, Column]:
    return {title_of(title): column for column in feed.columns for title in (*column.titles, column.name)}


def is_filled(cells: list[Any]) -> bool:
    return any(plain(cell) for cell in cells)


def csv_lines(content: bytes, feed: Feed) -> list[Line]:
    """ "for CSV one record = one row, blank lines count"."""
    text = decode(content)
    titles = titles_of(feed)
    best: tuple[int, str] = (-1, ",")
    for delimiter in ",\t;":
        start = csv.reader(io.StringIO(text[:20000], newline=""), delimiter=delimiter)
        known = max((sum(title_of(cell) in titles for cell in row) for row in start), default=0)
        best = max(best, (known, delimiter), key=lambda pair: pair[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best[1], strict=True)
    try:
        return [(number, row) for number, row in enumerate(reader, start=1)]
    except csv.Error as error:
        raise Refused("unreadable") from error


def sheets_of(file: Path) -> Iterator[tuple[list[Line], bool]]:
    try:
        with catch_warnings():
            simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception as error:
        raise Refused("unreadable") from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = [list(cells) for cells in sheet.iter_rows(values_only=True)]
        width = max(map(len, rows), default=0)  # a sheet has no short rows, its file may
        full = [cells + [None] * (width - len(cells)) for cells in rows]
        yield list(enumerate(full, start=1)), book.epoch == CALENDAR_MAC_1904
    book.close()


def find_header(lines: list[Line], feed: Feed) -> int | None:
    """ "Header within the first 20 filled rows": the one that names most of the feed's columns."""
    titles = titles_of(feed)
    best, place, filled = 1, None, 0
    for index, (_, cells) in enumerate(lines):
        filled += is_filled(cells)
        if filled > 20:
            break
        known = len({titles[title].name for title in map(title_of, cells) if title in titles})
        if known > best:
            best, place = known, index
    return place


def lacks(feed: Feed, cells: list[Any]) -> list[str]:
    titles = titles_of(feed)
    there = {titles[title].name for title in map(title_of, cells) if title in titles}
    return [column.name for column in feed.columns if column.is_required and column.name not in there]


def unit_of(cell: Any) -> int | None:
    """The factor that a header's brackets name; "another unit (千元, 百元) in a header refuses"."""
    text = re.sub(r"\s", "", plain(cell))
    units = [FACTORS[inside] for inside in re.findall(r"\(([^)]*)\)", text) if inside in FACTORS]
    if re.search(r"\((千元|百元|亿元)\)", text):
        raise Refused("unit")
    return units[0] if units else None


def unit_above(lines: list[Line]) -> int:
    """ "A line above the header that says 单位：万元 is a unit row"."""
    for _, cells in lines:
        for cell in cells:
            found = re.search(r"单位:\s*(万元|万|元|千元|百元)", plain(cell))
            if found and found[1] not in FACTORS:
                raise Refused("unit")
            if found:
                return FACTORS[found[1]]
    return 1


def is_unit_row(cells: list[Any]) -> bool:
    words = {plain(cell) for cell in cells} - {""}
    return bool(words & set(FACTORS)) and words <= UNIT_WORDS


def read_table(source: Source) -> Table:
    """Gate 1: one sheet whose header fits the feed, and its rows with the line that a clerk sees."""
    assert source.feed is not None
    feed = source.feed
    if source.file.suffix.lower() == ".xlsx":
        sheets = list(sheets_of(source.file))
    else:
        sheets = [(csv_lines(source.file.read_bytes(), feed), False)]
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
    fill_rows(table, below, header, bool(unit_row))
    for first, second in twins:  # "two columns that match one name refuse ... unless their cells agree"
        if any(plain(cells[first]) != plain(cells[second]) for _, cells in table.rows):
            raise Refused("two_columns_one_name")
    return table


def fill_rows(table: Table, below: list[Line], header: list[Any], has_unit_row: bool) -> None:
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
        if re.sub(r"\s", "", first).startswith(NO_ROW):
            continue
        if first in written and repeats_header(cells, names):
            continue
        if first in UNIT_WORDS and is_unit_row(cells):  # "a unit row in the middle of the data refuses"
            raise Refused("unit_row_in_data")
        table.rows.append((line, cells if len(cells) == width else straighten(table, line, cells, width)))
    if len(table.rows) == 1 and is_nil(table.rows[0][1]):
        table.rows.clear()
        table.crooked.clear()


def repeats_header(cells: list[Any], names: list[str]) -> bool:
    """ "A row that repeats the header is left out; one that repeats its names in another order refuses"."""
    titles = [title_of(cell) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    if titles == names:
        return True
    if len(titles) > 1 and sorted(titles) == sorted(names):
        raise Refused("second_header")
    return False


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
