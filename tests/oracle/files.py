"""From a folder to lines: names of files, encodings, delimiters and sheets."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .contract import BY_ANY_NAME, Feed
from .headers import Line, Refused, find_header, title_of, titles_of
from .periods import Period, parse_period

NAME = re.compile(r"(.+?)_(\d{4,8})(?:_(\d+))?")
PART = re.compile(r"(.+)_p(\d+)of(\d+)")
READ = {".csv", ".txt", ".xlsx"}
NOT_READ_HERE = {".xls", ".parquet", ".xlsm"}
# 1 to 4 bytes of which the edition of 2022 says what earlier ones left to private use
EDITION_2022 = {0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7}
EDITION_2022 |= {0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB}


@dataclass
class Source:
    """One file, or the parts of one, as folder and name present it."""

    path: str
    files: list[Path]
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


def find_sources(inbox: Path) -> tuple[list[Source], list[str]]:
    """Every delivery of the inbox, and the files of kinds that this oracle does not read."""
    sources, not_judged = [], []
    parts: dict[str, dict[int, Path]] = {}
    for file in sorted(inbox.glob("*/*")):
        name, path = file.name, file.relative_to(inbox).as_posix()
        if not file.is_file() or name.startswith((".", "~$")) or name.endswith((".part", ".tmp", ".ok")):
            continue
        part = PART.fullmatch(file.stem)
        if file.suffix.lower() in NOT_READ_HERE:
            not_judged.append(path)
        elif part:
            parts.setdefault(f"{path.split('/')[0]}/{part[1]}_of{part[3]}", {})[int(part[2])] = file
        else:
            sources.append(name_source(path, [file], file.stem))
    for name, files in parts.items():  # "parts are one delivery, taken when all are there"
        path, _, count = name.rpartition("_of")
        if sorted(files) == list(range(1, int(count) + 1)):
            sources.append(name_source(path, [files[n] for n in sorted(files)], path.split("/")[1]))
    return sources, not_judged


def name_source(path: str, files: list[Path], stem: str) -> Source:
    """ "A folder belongs to one department and holds only its feeds"."""
    department = path.split("/")[0]
    sha256 = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    parts = NAME.fullmatch(stem)
    feed = BY_ANY_NAME.get(parts[1]) if parts else None
    period = parse_period(parts[2], feed.cadence) if parts and feed else None
    n = int(parts[3] or 1) if parts else 1
    refusal = None
    if any(file.suffix.lower() not in READ for file in files):
        refusal = "file_kind"
    elif feed is None:
        refusal = "unknown_feed"
    elif period is None or (feed.name == "enrolments" and period.span != "term"):
        refusal = "period"
    elif feed.department != department:
        refusal = "wrong_folder"
    return Source(path, files, department, feed, period, n, sha256, refusal)


def decode(content: bytes) -> str:
    """ "GB18030/GBK, UTF-8 with and without BOM, UTF-16 with BOM"."""
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("nul")
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.removesuffix(b"\x1a").decode(encoding)
            return text.translate(EDITION_2022) if encoding == "gb18030" else text
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


class Unsound(list):
    """A row of text with "a quote inside an unquoted cell", or text behind one that is."""


def is_sound(raw: str, delimiter: str) -> bool:
    if '"' not in raw:
        return True
    mark = re.escape(delimiter)
    cell = rf'(?:[^"{mark}\r\n]*|[^\S{mark}]*=?"(?:[^"]|"")*"[^\S{mark}]*)'
    return re.fullmatch(rf"{cell}(?:{mark}{cell})*[\r\n]*", raw) is not None


def csv_lines(content: bytes, feed: Feed) -> list[Line]:
    """ "for CSV one record = one row, blank lines count"."""
    text = decode(content)
    titles = titles_of(feed)
    best: tuple[int, str] = (-1, ",")
    for delimiter in ",\t;|，":
        start = csv.reader(io.StringIO(text[:20000], newline=""), delimiter=delimiter)
        known = max((sum(title_of(cell) in titles for cell in row) for row in start), default=0)
        best = max(best, (known, delimiter), key=lambda pair: pair[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best[1], strict=True)
    lines: list[Line] = []
    written, before = list(io.StringIO(text, newline="")), 0
    try:
        for number, row in enumerate(reader, start=1):
            raw = "".join(written[before : reader.line_num])
            before = reader.line_num
            lines.append((number, row if is_sound(raw, best[1]) else Unsound(row)))
        return lines
    except csv.Error as error:
        raise Refused("unreadable") from error


def sheets_of(file: Path, feed: Feed) -> Iterator[tuple[list[Line], bool]]:
    try:
        with catch_warnings():
            simplefilter("ignore")
            book = openpyxl.load_workbook(file, data_only=True)
    except Exception as error:
        raise Refused("unreadable") from error
    for sheet in book.worksheets:
        lines = [(line, list(cells)) for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1)]
        place = find_header(lines, feed)
        if place is not None:
            fill_merged(lines, place, sheet.merged_cells.ranges, feed)
        yield lines, book.epoch == CALENDAR_MAC_1904


def fill_merged(lines: list[Line], place: int, ranges: Any, feed: Feed) -> None:
    """ "what names, dates or classifies ... holds for every row that it spans ...; an amount or a count belongs
    to its first row"."""
    titles, header = titles_of(feed), lines[place][1]
    for merged in ranges:
        column = titles.get(title_of(header[merged.min_col - 1]))
        if merged.min_row > place + 1 and column and column.type not in ("money", "int", "dec"):
            for line in range(merged.min_row, merged.max_row):
                lines[line][1][merged.min_col - 1] = lines[merged.min_row - 1][1][merged.min_col - 1]
