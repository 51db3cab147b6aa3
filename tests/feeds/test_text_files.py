"""Text files: the quick reader and the careful one say the same, encodings are told strictly, and a file that was
cut off anywhere loads whole rows or none."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.feeds import catalogue
from tests.feeds.intake import lines, read
from tests.sampling import sampled
from tests.spec.drawn import number_of
from warehouse.landing import text as text_files
from warehouse.landing.decode import Undecodable, decoded
from warehouse.landing.sheet import Unreadable, read_sheet

NUMBERS = [number_of(date(1960, 1, day), 0) for day in range(1, 6)]
ONE, TWO, THREE, FOUR, FIVE = NUMBERS
NAMES = ["王一", "李二", "张三", "赵四", "钱五"]
DAYS = [11, 12, 13, 14, 15]
DEATHS = "证件号码,姓名,死亡日期"
WHOLE = list(zip(NUMBERS, NAMES, DAYS, strict=True))
GOOD = [DEATHS, *(f"{number},{name},2020-06-{day}" for number, name, day in WHOLE)]


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(":memory:", config={"threads": 2}) as opened:
        opened.execute("SET disabled_optimizers = 'type_pushdown,in_clause'")
        yield opened


def cells(
    connection, content: bytes, folder: Path, extension: str = "csv", feed: str = "deaths"
) -> list | set:
    """Line, fault and cells of every row that says something; the codes of a refusal instead."""
    path = folder / f"file.{extension}"
    path.write_bytes(content)
    try:
        read_sheet(connection, path, extension, catalogue()[feed], folder / "scratch")
    except Unreadable as refused:
        return {code for code, _ in refused.reasons}
    rows = connection.sql("SELECT * FROM text ORDER BY line").fetchall()
    found = [[line, fault, *((cell or "").strip() for cell in row)] for line, fault, *row in rows]
    return [row for row in found if any(row[1:])]


# ---- two readers ----

PIECES = [
    "410184",
    "王一",
    "2020-06-01",
    "",
    " ",
    "a b",
    '""',
    "，",
    "x\ny",
    "'",
    '="1"',
    "无",
    "合计",
    "-",
    "·",
    "𠮷",
]


def drawn_text(rng: random.Random) -> str:
    """Rows of pieces, some quoted, some badly, some too long or short, line ends of any kind."""
    end = rng.choice(["\n", "\r\n", "\n", rng.choice(["\r", "\n"])])
    rows = []
    for _ in range(rng.randint(1, 8)):
        row = []
        for _ in range(rng.choice([3] * 12 + [1, 2, 4, 5, 13])):
            piece = rng.choice(PIECES)
            needs = any(mark in piece for mark in ',"\n')
            is_quoted = rng.random() < 0.3 or (needs and rng.random() < 0.95)
            row.append('"' + piece.replace('"', '""') + '"' if is_quoted else piece)
        rows.append(",".join(row) + (rng.choice(["\r\n", "\n"]) if rng.random() < 0.05 else end))
    if rng.random() < 0.2:
        rows.insert(rng.randint(0, len(rows)), rng.choice(["", " ", ",,"]) + end)
    return DEATHS + end + "".join(rows) + rng.choice(["", "", end, "tail"])


@pytest.mark.parametrize("seed", sampled(range(24), range(3)))
def test_the_quick_reader_says_what_the_careful_one_says(seed, connection, tmp_path, monkeypatch):
    rng = random.Random(seed)
    contents = [drawn_text(rng).encode(rng.choice(["utf-8", "gb18030"])) for _ in range(25)]
    quick = [cells(connection, content, tmp_path) for content in contents]
    monkeypatch.setattr(text_files, "read_quickly", lambda *_: None)
    careful = [cells(connection, content, tmp_path) for content in contents]
    for content, one, other in zip(contents, quick, careful, strict=True):
        assert one == other, content.decode("utf-8", "replace")


def test_a_large_file_with_line_breaks_in_cells_is_read_row_by_row_as_it_stands(connection, tmp_path):
    """Line breaks where DuckDB cuts a file into pieces for its threads would be the place to lose one."""
    rows = [
        [f"{nth:018}", f"某\n{nth}" if nth % 7 == 0 else f"某,{nth}", "2020-06-01"] for nth in range(60_000)
    ]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([DEATHS.split(","), *rows])
    found = cells(connection, out.getvalue().encode(), tmp_path)
    assert found == [[line, None, *row] for line, row in enumerate(rows, start=2)]


def test_a_blank_line_or_mixed_line_ends_do_not_cost_the_quick_reader(connection, tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "_careful", None)
    content = f"{GOOD[0]}\r\n\n{GOOD[1]}\n\r\n  \n{GOOD[2]}\r\n\n\n".encode()
    found = cells(connection, content, tmp_path)
    assert [(line, fault, row[1]) for line, fault, *row in found if any(cell.strip() for cell in row)] == [
        (3, None, "王一"),
        (6, None, "李二"),
    ]


# ---- cut off ----


def check_cut(content: bytes, at: int) -> None:
    """Refused, or every row that loads without a fault is one of the whole ones, in its line."""
    inbox = read(content[:at])
    (one,) = inbox.deliveries()
    if one.refusals:
        return
    held = inbox.broken("deaths_202006")
    for line, row in inbox.rows("deaths_202006").items():
        if line not in held:
            assert (row["id_number"], row["name"], row["died_on"].day) == WHOLE[line - 2], at


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_in_its_last_line_loads_no_half_row(encoding):
    content = lines(*GOOD).encode(encoding)
    last = len(lines(*GOOD[:5]).encode(encoding))
    for at in range(last, len(content), 4 if encoding == "utf-8" else 5):
        check_cut(content, at)


@pytest.mark.torture
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_cut_at_every_byte_loads_no_half_row(encoding):
    for content in (lines(*GOOD), lines(*(f'"{line}"'.replace(",", '","') for line in GOOD))):
        for at in range(len(content.encode(encoding))):
            check_cut(content.encode(encoding), at)


def test_a_last_line_without_end_counts_when_its_last_cell_is_as_long_as_the_others():
    whole, cut = read("\n".join(GOOD)), read("\n".join(GOOD)[:-1])
    assert whole.broken("deaths_202006") == {}
    assert cut.broken("deaths_202006") == {6: {"row_length"}}
    assert cut.rows("deaths_202006")[6]["row__fault"] == "cut_off"


# ---- encodings ----


def encoding_of(content: bytes, folder: Path) -> str | None:
    source = folder / "source"
    source.write_bytes(content)
    try:
        return decoded(source, folder / "target").encoding
    except Undecodable:
        return None


CHINESE = "证件号码,姓名,死亡日期\n" + "某乡某村,王一,备注\n" * 20


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-8-sig"), "utf-8-sig"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (b"a,b\n1,2\n", "utf-8"),
        (CHINESE.encode()[:-3], None),  # within a character: as GB18030 it would be nonsense
        (CHINESE.encode().replace("王".encode(), b"\xe7\x8e", 1), None),
        (CHINESE.encode("gb18030")[:-2], None),
        (CHINESE.encode("utf-16")[:-1], None),
        (CHINESE.encode("utf-16-le"), None),  # without its mark
        (CHINESE.encode() + CHINESE.encode("gb18030"), None),  # parts of two encodings
        (b"id_number,name\n1,\xc4\xa3\n", None),  # 模 in GB18030, and a Latin letter in UTF-8
        ("id_number,name\n1,é\n".encode() + b"\xff", None),
        (b"id_number,name\n1,\xcd\xf5\n", "gb18030"),
        (b"a,b\n\x001,2\n", None),
    ],
)
def test_an_encoding_is_told_strictly_or_not_at_all(content, encoding, tmp_path):
    assert encoding_of(content, tmp_path) == encoding


def test_a_character_cut_by_a_block_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.landing.decode.BLOCK", 7)
    for encoding in ("utf-8", "gb18030", "utf-8-sig", "utf-16"):
        content = (CHINESE + "𠮷,㐂\r\n\r\n").encode(encoding)
        assert encoding_of(content, tmp_path) == encoding
        assert (tmp_path / "target").read_text(encoding="utf-8") == (CHINESE + "𠮷,㐂\n\x02\n")


# ---- quotes ----


@pytest.mark.parametrize(
    "row",
    [
        f'"{ONE},王一,2020-06-01\n{TWO}",李二,2020-06-02',  # opened in the first cell, closed in the next row's first
        f'{ONE},"王一,2020-06-01\n{TWO},李二",2020-06-02',
        f'{ONE},王一,"2020-06-01\n{TWO},李二,2020-06-02"',
        f'{ONE},"王一,2020-06-01\n{TWO},李二,2020-06-02\n{THREE},张三",2020-06-03',
    ],
)
def test_a_quote_that_swallows_a_line_refuses_wherever_it_was_opened(row):
    inbox = read(lines(DEATHS, row, GOOD[4]))
    assert dict(inbox.delivery("deaths_202006").refusals) == {"quote_not_closed": "2"}


def test_something_behind_a_closing_quote_holds_the_row():
    inbox = read(lines(DEATHS, GOOD[1], f'{TWO},"李"二,2020-06-02', GOOD[3]))
    assert {line for line, names in inbox.broken("deaths_202006").items() if "row_length" in names} == {3}
    assert inbox.column("deaths_202006", "name") == ["王一", "李二", "张三"]


# ---- what is left out is counted ----


def test_what_is_left_out_is_counted_and_all_lines_add_up():
    inbox = read(
        lines("登记表", *GOOD[:3], "", "合计,2,", DEATHS, GOOD[3], "  ", ",,", "填表人：某,,", "审核人：某")
    )
    one = inbox.delivery("deaths_202006")
    notes = dict(notes_of(inbox))
    assert notes == {
        "totals_left_out": "3@6, 11-12", "headers_left_out": "1@7", "empty_rows_left_out": "3"
    }  # fmt: skip
    assert one.rows_received + sum(int(detail.partition("@")[0]) for detail in notes.values()) == 10


def test_a_nil_return_is_noted():
    inbox = read(lines(DEATHS, "", "零报告,,", "填表人：某"))
    assert dict(notes_of(inbox)) == {
        "nil_return": "1@3",
        "totals_left_out": "1@4",
        "empty_rows_left_out": "1",
    }
    assert inbox.delivery("deaths_202006").rows_received == 0


def notes_of(inbox) -> list[tuple[str, str]]:
    from warehouse.ledger.deliveries import table_rows
    from warehouse.ledger.tables import delivery

    (row,) = table_rows(inbox.engine, delivery)
    return [(code, detail) for code, detail in row["notes"]]
