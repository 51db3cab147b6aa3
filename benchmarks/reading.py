"""What reading costs, each as a whole process beside its floor in the same run.

`python -m benchmarks.reading [rows of text] [rows of the workbook]` makes settlements (17 columns) and measures
with the operating system's own accounting:

    text       a GB18030 CSV landed, read, typed and validated; the floor decodes it with Python's codec and lets
               DuckDB read and type it
    book       an .xlsx read into a table of cells; the floor is calamine alone

What a process needs before its first row (imports of Great Expectations among them) is measured on a file
without rows and taken off. 10,000,000 rows of text show that memory is bounded.
"""

from __future__ import annotations

import codecs
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks.night import Cost, measured
from expectations.contract import Feed, Type
from expectations.feeds import catalogue
from expectations.types.person_number import check_character_sql

FEED = "settlements"
TEXT_ROWS, BOOK_ROWS = 1_000_000, 50_000
TIMES_ALLOWED = {"text": 3.0, "book": 2.0}
ENDINGS = {"text": "csv", "book": "xlsx"}
PYTHON = (sys.executable, "-m", "benchmarks.reading")
MEMORY_ALLOWED_MIB = 2048
BLOCK = 4 << 20
FLOOR_TYPES = {Type.MONEY: "DECIMAL(16, 2)", Type.DATE: "DATE"}

# Every row holds: the total is the sum, the number is right, one in fifty names a household.
DRAWN_SQL = f"""
WITH person AS (
    SELECT i, CAST('410184' || strftime(DATE '1940-01-01' + CAST(i // 1000 % 20000 AS INTEGER), '%Y%m%d')
        || lpad(CAST(i % 1000 AS VARCHAR), 3, '0') AS BIGINT) AS number,
        (hash(i, 1) % 500000) / 100 AS pooled, (hash(i, 2) % 300000) / 100 AS own
    FROM range($rows) AS numbers(i)
)
SELECT 'JS2020' || lpad(CAST(i AS VARCHAR), 12, '0'), NULL,
    CAST(number AS VARCHAR) || {check_character_sql("number")}, '王小' || chr(CAST(20000 + i % 500 AS INTEGER)),
    CASE WHEN i % 50 = 0 THEN '410184' || lpad(CAST(i AS VARCHAR), 9, '0') END,
    ['门诊', '住院', '门诊慢性病'][1 + i % 3], strftime(DATE '2020-06-01' + CAST(i % 30 AS INTEGER), '%Y-%m-%d'),
    CAST(pooled + own AS DECIMAL(16, 2)), CAST(pooled AS DECIMAL(16, 2)), 0, 0, NULL,
    CAST(own AS DECIMAL(16, 2)), NULL, 0, 0, 0
FROM person
"""


def labels(feed: Feed) -> list[str]:
    """The header as the contract states it."""
    return [column.label for column in feed.columns]


def make_text(path: Path, rows: int) -> None:
    """A CSV in GB18030."""
    plain = path.with_suffix(".utf8")
    with duckdb.connect() as connection:
        drawn = connection.execute(f"CREATE TABLE drawn AS {DRAWN_SQL}", {"rows": rows})
        drawn.execute(f"COPY drawn TO '{plain}' (HEADER FALSE)")
    with path.open("wb") as out, plain.open(encoding="utf-8") as text:
        out.write((",".join(labels(catalogue()[FEED])) + "\n").encode("gb18030"))
        while block := text.read(BLOCK):
            out.write(block.encode("gb18030"))
    plain.unlink()


def make_book(path: Path, rows: int) -> None:
    """An .xlsx with numbers as numbers."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("结算")
    sheet.append(labels(catalogue()[FEED]))
    with duckdb.connect() as connection:
        for row in connection.execute(DRAWN_SQL, {"rows": rows}).fetchall():
            sheet.append(row)
    book.save(path)


def floor_text(path: Path, scratch: Path) -> None:
    """Decode with the codec in blocks, and one statement of DuckDB."""
    decoder = codecs.getincrementaldecoder("gb18030")("strict")
    with path.open("rb") as stream, scratch.open("wb") as out:
        while block := stream.read(BLOCK):
            out.write(decoder.decode(block).encode())
    columns = ", ".join(
        f"'{column.name}': '{FLOOR_TYPES.get(column.type, 'VARCHAR')}'"
        for column in catalogue()[FEED].columns
    )
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE settlements AS SELECT * FROM read_csv(?, header = TRUE, auto_detect = FALSE,"
            f" delim = ',', quote = '\"', columns = {{{columns}}})",
            [str(scratch)],
        )


def ours_text(path: Path, scratch: Path) -> None:
    """What a night does with the file: land, read, type, mark, validate."""
    from warehouse.home import Home
    from warehouse.ingest import receive, stage_feed, validate_feed, waiting
    from warehouse.ledger.deliveries import all_deliveries
    from warehouse.ledger.open import opened

    home, inbox = Home(scratch), scratch / "in"
    folder = inbox / catalogue()[FEED].department
    folder.mkdir(parents=True)
    path.rename(folder / path.name)
    engine = opened(f"sqlite:///{scratch}/ledger.sqlite")
    receive(engine, inbox, home, 0, datetime(2020, 7, 1, tzinfo=UTC))
    (folder / path.name).rename(path)
    deliveries = waiting(engine, home)[FEED]
    stage_feed(engine, home, FEED, deliveries)
    validate_feed(engine, home, FEED, [one.delivery_id for one in deliveries])
    (one,) = all_deliveries(engine)
    print(f"{one.rows_received:,} rows, {one.rows_wrong:,} held, refused for {one.refusals}")


def floor_book(path: Path, scratch: Path) -> None:
    """calamine alone."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def ours_book(path: Path, scratch: Path) -> None:
    """The workbook as a table of cells."""
    from warehouse.landing.sheet import read_sheet

    with duckdb.connect() as connection:
        read_sheet(connection, path, "xlsx", catalogue()[FEED], scratch / "text")


def make_files(folder: Path, rows: Path) -> None:
    """A text and a workbook, with `rows` of each (text/workbook as a path) or none."""
    text_rows, book_rows = map(int, rows.parts)
    for (text, book), name in (((text_rows, book_rows), "whole"), ((0, 0), "empty")):
        (folder / name).mkdir()
        make_text(folder / name / f"{FEED}_202006.csv", text)
        make_book(folder / name / f"{FEED}_202006.xlsx", book)


PROCESSES: dict[str, Callable[[Path, Path], None]] = {
    "make_files": make_files,  # apart: the kernel counts the memory of a parent as its child's
    "floor_text": floor_text,
    "ours_text": ours_text,
    "floor_book": floor_book,
    "ours_book": ours_book,
}


def cost(name: str, path: Path, folder: Path) -> Cost:
    """One process of this module, with a place of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        place = Path(scratch) / "file" if name == "floor_text" else Path(scratch)
        return measured([*PYTHON, name, str(path), str(place)], {})


def compare(kind: str, folder: Path) -> bool:
    """Ours and the floor, each less its start-up, on one line; whether the ratio is allowed."""
    spent = {}
    for side in ("ours", "floor"):
        process, file = f"{side}_{kind}", f"{FEED}_202006.{ENDINGS[kind]}"
        start, whole = (cost(process, folder / name / file, folder) for name in ("empty", "whole"))
        spent[side] = whole.cpu_s - start.cpu_s
        print(
            f"{kind} {side:6} {whole.cpu_s:7.2f} s CPU, {start.cpu_s:.2f} of it start-up,"
            f" {whole.wall_s:7.2f} s wall, {whole.peak_mib:6.0f} MiB"
        )
        if process == "ours_text" and whole.peak_mib > MEMORY_ALLOWED_MIB:
            print(f"{kind}: more than {MEMORY_ALLOWED_MIB} MiB")
    ratio = spent["ours"] / spent["floor"]
    print(f"{kind}: {ratio:.2f} x the floor's CPU, at most {TIMES_ALLOWED[kind]}")
    return ratio <= TIMES_ALLOWED[kind]


def main(text_rows: int = TEXT_ROWS, book_rows: int = BOOK_ROWS) -> int:
    """Make the files, measure, compare; 1 where a ratio is over what is allowed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured([*PYTHON, "make_files", name, f"{text_rows}/{book_rows}"], {})
        size = (folder / "whole" / f"{FEED}_202006.csv").stat().st_size >> 20
        print(f"{text_rows:,} rows of text, {size} MiB; {book_rows:,} rows of the workbook")
        return int(not all([compare(kind, folder) for kind in TIMES_ALLOWED]))


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in PROCESSES:
        PROCESSES[sys.argv[1]](*(Path(argument) for argument in sys.argv[2:]))
    else:
        sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
