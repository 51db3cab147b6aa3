"""What lies in the inbox: deliveries by file name, each as text that DuckDB's CSV reader takes.

GB18030 is decoded in blocks by Python's codec (DuckDB has none); a workbook becomes a CSV; a UTF-8 file with
plain line ends is read where it lies.
"""

from __future__ import annotations

import calendar
import codecs
import csv
import datetime
import hashlib
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.floor.columns import COLUMNS, DEPARTMENT, MONEY, TERMLY, TITLES

NAME = re.compile(
    r"(?P<feed>.+?)_(?P<period>\d{4}(?:\d\d(?:\d\d)?)?)(?:_(?P<n>\d+))?(?:_p(?P<part>\d+)of(?P<of>\d+))?"
    r"\.(?P<ending>csv|txt|xlsx|xls)"
)
BLOCK = 1 << 17
HEADER_WITHIN = 20


@dataclass
class Table:
    """One text file as it is read: delimiter, column names in the file's order, units of the amounts."""

    path: Path
    delimiter: str
    columns: list[str]
    in_wan: set[str]
    first_header: str


@dataclass
class Delivery:
    """One delivery; `index` counts deliveries by (feed, end and start of the period, n, content)."""

    feed: str
    period: str
    n: int
    path: str
    files: list[Path]
    digest: str = ""
    index: int = -1
    tables: list[Table] = field(default_factory=list)
    verdict: str = ""
    received: int = 0
    held: int = 0
    duplicate: int = 0
    broken: Counter[str] = field(default_factory=Counter)

    @property
    def first_day(self) -> datetime.date:
        """The first day of the period."""
        year, rest = int(self.period[:4]), self.period[4:]
        return datetime.date(year, int(rest[:2] or 1), int(rest[2:] or 1))

    @property
    def last_day(self) -> datetime.date:
        """The last day of the period; terms end on 31 January and 31 August."""
        first = self.first_day
        if len(self.period) == 8:
            return first
        if len(self.period) == 4:
            return datetime.date(first.year, 12, 31)
        if self.feed in TERMLY:
            return (
                datetime.date(first.year, 8, 31) if first.month == 3 else datetime.date(first.year + 1, 1, 31)
            )
        return datetime.date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])


def deliveries(inbox: Path) -> list[Delivery]:
    """All in the order in which they are judged; refused at once where name or folder is wrong. A department
    that has come since is none of ours."""
    found: dict[tuple[str, ...], Delivery] = {}
    parts: dict[tuple[str, ...], int] = {}
    for path in sorted(inbox.glob("*/*")):
        name = NAME.fullmatch(path.name)
        is_left = path.name.startswith((".", "~$")) or path.suffix in (".part", ".tmp", ".ok")
        if is_left or not path.is_file() or path.parent.name not in DEPARTMENT.values():
            continue
        shown = str(path.relative_to(inbox))
        feed = TITLES.get(name["feed"], name["feed"]) if name else ""
        if name is None or DEPARTMENT.get(feed) != path.parent.name:
            found[(shown,)] = Delivery(
                feed, name["period"] if name else "0001", 0, shown, [], verdict="refused"
            )
            continue
        key = (feed, name["period"], name["n"] or "1", "" if name["part"] else shown)
        delivery = found.setdefault(key, Delivery(feed, name["period"], int(name["n"] or 1), shown, []))
        delivery.files.append(path)
        parts[key] = int(name["of"] or 1)
    whole = [d for key, d in found.items() if len(d.files) == parts.get(key)]
    _digest(whole)
    whole.sort(key=lambda d: (d.feed, d.last_day, d.first_day, d.n, d.digest))
    for index, delivery in enumerate(whole):
        delivery.index = index
    return whole + [d for d in found.values() if d.verdict]


def _digest(whole: list[Delivery]) -> None:
    """Content is compared only where a feed has several deliveries of one period."""
    same: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for delivery in whole:
        same[delivery.feed, delivery.period].append(delivery)
    for group in same.values():
        for delivery in group if len(group) > 1 else []:
            digest = hashlib.sha256()
            for path in delivery.files:
                digest.update(path.read_bytes())
            delivery.digest = digest.hexdigest()


def prepare(delivery: Delivery, scratch: Path) -> None:
    """Fills the delivery's tables, or refuses it when the header does not fit its feed."""
    for number, path in enumerate(delivery.files):
        target = scratch / f"{delivery.index}_{number}.csv"
        table = (_of_book if path.suffix.startswith(".xls") else _of_text)(delivery.feed, path, target)
        if table is None:
            delivery.verdict, delivery.tables = "refused", []
            return
        delivery.tables.append(table)


def _of_text(feed: str, path: Path, target: Path) -> Table | None:
    with path.open("rb", buffering=0) as raw:
        head = raw.read(BLOCK)
        encoding = _encoding(head)
        if encoding != "utf-8" or _has_returns(raw, head):
            raw.seek(0)
            _decode(raw, encoding, target)
            path = target
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline().rstrip("\n")
    delimiter = max(",\t;", key=first.count)
    table = _fitting(feed, path, delimiter, next(csv.reader([first], delimiter=delimiter), []))
    return table or _tidied(feed, csv.reader(path.open(encoding="utf-8-sig"), delimiter=delimiter), target)


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _has_returns(raw: io.RawIOBase, block: bytes | None) -> bool:
    while block:
        if b"\r" in block:
            return True
        block = raw.read(BLOCK)
    return False


def _decode(raw: io.RawIOBase, encoding: str, target: Path) -> None:
    """The file again in UTF-8, block by block, every line end a plain one."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with target.open("wb", buffering=0) as out:
        while block := raw.read(BLOCK):
            while block.endswith(b"\r") and (more := raw.read(1)):
                block += more
            text = block if encoding == "utf-8" else decoder.decode(block).encode()
            out.write(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text)
        out.write(decoder.decode(b"", final=True).encode())


def _of_book(feed: str, path: Path, target: Path) -> Table | None:
    from python_calamine import load_workbook

    book = load_workbook(str(path))
    fitting: list[Table] = []
    for name in book.sheet_names:
        rows = [
            [_text(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        table = _tidied(feed, rows, target.with_suffix(f".{len(fitting)}.csv"))
        fitting += [table] if table else []
    return fitting[0] if len(fitting) == 1 else None


def _text(cell: object) -> str:
    """A cell of a workbook as text; a number of more than 15 digits is shown as Excel damaged it."""
    if isinstance(cell, bool) or cell is None:
        return str(cell or "")
    if isinstance(cell, int | float):
        if abs(cell) >= 1e15:
            return f"{cell:.5E}"
        return str(int(cell)) if cell == int(cell) else f"{cell:.15g}"
    return cell.isoformat()[:10] if isinstance(cell, datetime.date) else str(cell)


def plain(header: str) -> str:
    """A header without blanks, full-width forms and what stands in brackets."""
    return re.sub(r"\(.*?\)|\s", "", unicodedata.normalize("NFKC", header))


def _fitting(feed: str, path: Path, delimiter: str, headers: list[str]) -> Table | None:
    """The table under these headers, when every column is there that must be."""
    known = COLUMNS[feed]
    named = [known.names.get(plain(header), f"x{place}") for place, header in enumerate(headers)]
    if not known.required <= set(named) or len(set(named)) < len(named):
        return None
    in_wan = {c for c, header in zip(named, headers, strict=True) if c in MONEY[feed] and "万元" in header}
    return Table(path, delimiter, named, in_wan, headers[0])


def _tidied(feed: str, rows: Iterator[list[str]] | list[list[str]], target: Path) -> Table | None:
    """A table whose header stands further down, or in two rows, written again with one header row on top."""
    above: list[str] = []
    seen = 0
    rows = iter(rows)
    for row in rows:
        if not any(row):
            continue
        seen += 1
        merged = [low or high for low, high in zip(row, above + [""] * len(row), strict=False)]
        for headers in (row, merged):
            while headers and not headers[-1]:
                headers = headers[:-1]
            table = _fitting(feed, target, ",", headers)
            if table:
                width = len(table.columns)
                with target.open("w", encoding="utf-8", newline="") as out:
                    writer = csv.writer(out, lineterminator="\n")
                    writer.writerow(table.columns)
                    writer.writerows(_cut(cells, width) for cells in rows if any(cells))
                return table
        above = [cell or left for cell, left in zip(row, ["", *row], strict=False)]
        if seen == HEADER_WITHIN:
            break
    return None


def _cut(cells: list[str], width: int) -> list[str]:
    """Without empty cells beyond the header."""
    return cells if any(cells[width:]) else cells[:width]
