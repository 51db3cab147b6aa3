"""Any bytes end in rows or Unreadable: never in another error, a crash, a hang, or memory without end.

    python -m tests.faults.fuzz_reader csv  [folder of examples] [-max_total_time=600 …]     text
    python -m tests.faults.fuzz_reader xlsx …      the bytes are the rows of a sheet, or a part of a workbook
    python -m tests.faults.fuzz_reader xls …       the bytes are a stream of records, or a whole file
    python -m tests.faults.fuzz_reader parquet …

Needs atheris, which the project does not: `pip install atheris` into an environment that sees this one. A
failing input is written to `crash-…`; FILE in place of the folder runs it again.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["warehouse.landing", "expectations.headers", "xlrd", "olefile"]):
    import warehouse.landing.sheet as reader
    from warehouse.landing.gate import old_workbook, sheets
    from warehouse.landing.unreadable import Unreadable

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.feeds import catalogue
from tests.faults.books import (
    compound,
    old_table,
    packed,
    parts,
    record,
    records,
    row,
    shared,
    sheet,
    workbook,
)

FEED = catalogue()["deaths"]
HEADER = [column.label for column in FEED.columns]
ROWS = [HEADER, ["11010519491231002X", "甲", "2020-06-01"]]
TEXT = "".join(",".join(cells) + "\n" for cells in ROWS)
TABLE = "".join(row(number, cells) for number, cells in enumerate(ROWS, start=1))
LIMITS = ["-rss_limit_mb=2048", "-timeout=60", "-max_len=6000", "-len_control=0", "-reload=0"]
WORDS = (
    '"', '""', "\n", "\r\n", ",", ";", "\t", *HEADER, "合计", "单位：万元", "零报告", "<c ", ' r="', ' t="s"',
    ' t="e"', ' t="inlineStr"', "<v>", "</v>", "<f>", "</f>", "<is><t>", "</t></is>", "</c>", "<row ", "</row>",
    "<mergeCell ref=", "</sheetData>", "<sst ", "<si><t>", "</t></si>", "XFD1048576", "&#65;", "<![CDATA[", "-->",
    "<!--", "x:", 'date1904="1"',
)  # fmt: skip
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
CONNECTION = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "500MB"})


# an instrumented reader is ten times as slow: less is let through here
sheets.FREE_CELLS = old_workbook.FREE_CELLS = 20_000


def text(content: bytes) -> bytes:
    """By the first byte: after a good header, or alone."""
    return TEXT.encode() + content[1:] if content[:1] < b"\x80" else content[1:]


def book(content: bytes) -> bytes:
    """By the first byte: rows, a part in full, or the archive itself."""
    kind, rest = content[:1], content[1:]
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: packed(parts(sheet=sheet(TABLE).encode().replace(b"</sheetData>", rest + b"</sheetData>"))),
        lambda: packed(parts(sheet=rest)),
        lambda: packed(parts(sheet=sheet(TABLE), shared=rest)),
        lambda: packed(parts(sheet=sheet(TABLE), workbook=rest)),
        lambda: packed(parts(sheet=sheet(TABLE), links=rest)),
        lambda: packed({**parts(sheet=sheet(TABLE)), "xl/styles.xml": rest}),
        lambda: rest,
        lambda: packed(parts(sheet=sheet(TABLE)))[: len(rest) * 4] + rest,
    )
    return ways[kind[0] % len(ways) if kind else 0]()


def old_book(content: bytes) -> bytes:
    """By the first byte: records of the sheet, of the book, the whole stream, or the file itself."""
    kind, rest = content[:1], content[1:]
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: compound({"Workbook": records(old_table(ROWS) + rest)}),
        lambda: compound({"Workbook": records(old_table(ROWS), rest)}),
        lambda: compound({"Workbook": rest}),
        lambda: compound({"Workbook": records(old_table(ROWS))})[: 512 + len(rest)] + rest,
        lambda: rest,
    )
    return ways[kind[0] % len(ways) if kind else 0]()


def columnar() -> bytes:
    stream = io.BytesIO()
    pq.write_table(
        pa.table({name: [cell] for name, cell in zip(*ROWS, strict=True)}), stream, compression="none"
    )
    return stream.getvalue()


TARGETS: Mapping[str, tuple[str, Callable[[bytes], bytes], tuple[bytes, ...]]] = {
    "csv": ("csv", text, (b"\x00" + TEXT.encode(), b"\xff" + TEXT.encode("gb18030"), b'\x00"a\n,b",c\r\n;\t')),
    "xlsx": (
        "xlsx", book,
        (b"\x00" + row(3, ["a", "b"]).encode(), b"\x01" + sheet(TABLE).encode(), b"\x02" + shared("a").encode(),
         b"\x03" + workbook().encode(), b"\x04" + str(parts()["xl/_rels/workbook.xml.rels"]).encode(),
         b"\x06" + packed(parts(sheet=sheet(TABLE))), b"\x00" + b'<row r="3"><c t="e"><f>1</f><v>#N/A</v></c></row>'),
    ),
    "xls": (
        "xls", old_book,
        (b"\x00" + old_table(ROWS), b"\x01" + record(0x0018, b"\x00" * 20), b"\x02" + records(old_table(ROWS)),
         b"\x04" + compound({"Workbook": records(old_table(ROWS))})),
    ),
    "parquet": ("parquet", bytes, (columnar(),)),
}  # fmt: skip


def one_input(extension: str, made: Callable[[bytes], bytes]) -> Callable[[bytes], None]:
    path = FOLDER / f"file.{extension}"

    def read(content: bytes) -> None:
        path.write_bytes(made(content))
        try:
            reader.read_sheet(CONNECTION, path, extension, FEED, FOLDER / "scratch.txt", "text")
            CONNECTION.execute("SELECT count(*), max(line), max(row__fault) FROM text").fetchall()
        except Unreadable as refused:
            assert all(isinstance(part, str) for reason in refused.reasons for part in reason)

    return read


def main() -> None:
    """The examples lie in a folder of their own unless one is given."""
    extension, made, examples = TARGETS[sys.argv[1]]
    given = [word for word in sys.argv[2:] if not word.startswith("-")]
    folder = Path(given[0]) if given else FOLDER / "examples"
    if not folder.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for nth, example in enumerate(examples):
            (folder / f"example-{nth}").write_bytes(example)
    dictionary = FOLDER / "words"
    escaped = ("".join(rf"\x{one:02x}" for one in word.encode()) for word in WORDS)
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped))
    options = [f"-dict={dictionary}", *LIMITS]
    options += [word for word in sys.argv[2:] if word.startswith("-")]
    atheris.Setup([sys.argv[0], str(folder), *options], one_input(extension, made))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
