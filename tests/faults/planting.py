"""The canary's inbox: rows added to the demo city's files, deliveries full of faults, and files that are
odd as a whole."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import Feed
from expectations.feeds import catalogue
from expectations.headers import fit
from expectations.periods import Period, period_of
from tests.faults.canary import CANARY, LEAST_HELD, Row, faulty_rows, good_row, misplaced_rows, shifted
from warehouse.landing.names import BadName, name_of

FAULTY_IN_A_GOOD_FILE = 3  # a file with ten is refused
NUMBER_OF_FAULTS = 7  # the correction that holds nothing but faults
BOM = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16"}


def plant(inbox: Path) -> None:
    """Put the canary into an inbox that the demo city has filled."""
    for nth, feed in enumerate(catalogue().values()):
        newest = newest_file(inbox, feed)
        period = name_of(newest.name).period
        add_rows(newest, feed, period)
        write_faults(inbox / feed.department, feed, period, nth)
    named_after_the_person(inbox)
    odd_files(inbox)


def newest_file(inbox: Path, feed: Feed) -> Path:
    """The feed's last file in its own folder."""
    found = []
    for path in (inbox / feed.department).iterdir():
        try:
            name = name_of(path.name)
        except BadName:
            continue
        if name.feed.name == feed.name:
            found.append((name.period, name.n, path))
    return max(found)[2]


def add_rows(path: Path, feed: Feed, period: Period) -> None:
    """A good row, a few faulty ones and one whose cells have moved, below the city's own."""
    rows = [good_row(feed, period), *islice(faulty_rows(feed, period), FAULTY_IN_A_GOOD_FILE)]
    rows += misplaced_rows(feed, period)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        header = [str(cell.value) for cell in book.active[1]]
        for cells in _cells(feed, header, rows):
            book.active.append(cells)
        book.save(path)
        return
    content = path.read_bytes()
    encoding = next((name for mark, name in BOM.items() if content.startswith(mark)), _encoding(content))
    text = content.decode(encoding)
    delimiter = "\t" if path.suffix == ".txt" else ","
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    cells = _cells(feed, header, rows)
    text = text.rstrip("\r\n") + "\n" + delimited([*cells, shifted(cells[0])], delimiter)
    path.write_bytes(text.encode(encoding))


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _cells(feed: Feed, header: Sequence[str], rows: Iterable[Row]) -> list[list[str]]:
    places = {place: name for name, place in fit(feed, header).places.items()}
    return [[row.get(places.get(place, ""), "") for place in range(len(header))] for row in rows]


def delimited(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write_faults(folder: Path, feed: Feed, period: Period, nth: int) -> None:
    """A correction with every kind of faulty row, in this or that format; so many rows that it is refused."""
    rows = [good_row(feed, period), *faulty_rows(feed, period, LEAST_HELD)]
    labels = [column.label for column in feed.columns]
    table = [labels, *([row[column.name] for column in feed.columns] for row in rows)]
    stem = f"{feed.name}_{period.text}_{NUMBER_OF_FAULTS}"
    match nth % 4:
        case 0:
            (folder / f"{stem}.csv").write_text(delimited(table), encoding="gb18030")
        case 1:
            (folder / f"{stem}.txt").write_text(delimited(table, "\t"), encoding="utf-16")
        case 2:
            (folder / f"{stem}.xlsx").write_bytes(workbook({CANARY.name: table}))
        case _:
            columns = {label: pa.array(list(cells)) for label, *cells in zip(*table, strict=True)}
            pq.write_table(pa.table(columns), folder / f"{stem}.parquet")


def workbook(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of text cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table_of(name: str, period_text: str) -> list[list[str]]:
    """A header as the contract states it and the canary's good row."""
    feed = catalogue()[name]
    row = good_row(feed, period_of(feed, period_text))
    return [[column.label for column in feed.columns], [row[column.name] for column in feed.columns]]


def named_after_the_person(inbox: Path) -> None:
    """Files, a folder, sheets and columns called after the canary."""
    text = delimited(table_of("deaths", "202006")).encode("gb18030")
    health, civil = inbox / "health", inbox / "civil_affairs"
    for name in (
        f"{CANARY.name}.xlsx",
        f"{CANARY.name}_202006.csv",
        f"死亡登记_202006_{CANARY.name}{CANARY.number}.csv",
        f"deaths_{CANARY.number}.csv",
        f"deaths_202006.{CANARY.name}",
        f"{CANARY.phone} {CANARY.head_name}\n.txt",
    ):
        (health / name).write_bytes(text)
    foreign = os.path.join(os.fsencode(inbox), b"education", CANARY.name.encode("gb18030") + b".csv")
    with open(foreign, "wb") as file:
        file.write(text)  # as a share brings it whose names are not in UTF-8
    (health / CANARY.name).mkdir()
    (health / CANARY.name / "deaths_202006.csv").write_bytes(text)
    header, good = table_of("relief", "202006")
    bad = [cell.replace(CANARY.number, CANARY.number[:17]) for cell in good]
    table = [[*header, CANARY.all_told], [*good, CANARY.note], [*bad, CANARY.note]]
    (civil / "relief_202006_3.xlsx").write_bytes(workbook({CANARY.name: table}))
    header, *rows = table_of("major_diseases", "202006")
    both = {f"{CANARY.name}的病种": [header, *rows], CANARY.head_number: [header, *rows]}
    (health / "major_diseases_202006_5.xlsx").write_bytes(workbook(both))
    (health / "deaths_202006_4.csv").write_text(delimited([[*table[0], CANARY.name]]), encoding="utf-8")


def odd_files(inbox: Path) -> None:
    """Files that cannot be read, or not as what they say they are."""
    health, civil = inbox / "health", inbox / "civil_affairs"
    table = table_of("checkups", "202006")
    text = delimited(table).encode()
    told = CANARY.all_told.encode()
    spoilt = {
        "checkups_202006_2.csv": text + b"\xff\xff\x81" + told,
        "checkups_202006_3.csv": text + b"\0" + told,
        "checkups_202006_4.csv": text + b'"' + told,
        "checkups_202006_5.csv": delimited(table[1:]).encode(),  # no header: the person stands there
        "checkups_202006_6.csv": b"",
        "checkups_202006_2.xlsx": workbook({"Sheet1": table})[:-400],
        "checkups_202006_3.xlsx": broken_strings(workbook({"Sheet1": table})),
        "checkups_202006_4.xlsx": told,
        "checkups_202006_5.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + told * 40,
        "checkups_202006_6.parquet": b"PAR1" + told + b"PAR1",
        "settlements_202006_2.csv": text,  # another feed's
    }
    for name, content in spoilt.items():
        (health / name).write_bytes(content)
    (civil / "checkups_202006.csv").write_bytes(text)


def broken_strings(book: bytes) -> bytes:
    """A workbook whose shared strings are no XML any more from the canary on."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename.endswith("sharedStrings.xml"):
                content = content.replace(
                    CANARY.name.encode(), CANARY.name.encode() + b"<&" + CANARY.all_told.encode()
                )
            target.writestr(member, content)
    return out.getvalue()
