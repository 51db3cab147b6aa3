"""Text files: the quick reader and the careful one say the same, encodings are told strictly, and a file that was
cut off anywhere loads whole rows or none."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import random
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.feeds import catalogue
from tests.feeds.intake import Inbox, lines, read, workbook
from tests.sampling import sampled
from tests.spec.drawn import number_of
from warehouse.landing import text as text_files
from warehouse.landing.decode import Undecodable, decoded
from warehouse.landing.lines import ranges
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
        (CHINESE.encode("gb18030") + "某乡,王小龙,\n".encode(), None),  # an odd number of bytes, no GB18030
        (CHINESE.encode("gb18030") + "1,王龙,2\n".encode(), None),  # an even one, that would be 鐜嬮緳
        ((CHINESE + "1,鐜嬮緳,2\n").encode(), None),  # read so before it came
        ((CHINESE + "1,璐琪,2\n").encode("gb18030"), "gb18030"),  # a name with such a character
        (b"id_number,name\n1,\xc4\xa3\n", None),  # 模 in GB18030, and a Latin letter in UTF-8
        ("id_number,name\n1,模 A\n".encode("gb18030"), None),
        ("id_number,name\n1,José\n2,Nur·Muhammad\n".encode(), "utf-8"),  # Jos茅, Nur路Muhammad
        ("id_number,name\n1,Ünal\n2,é\n".encode(), "utf-8"),  # no common character begins as Ü does
        ("id_number,name\n1,é\n".encode(), None),
        ("id_number,name\n1,é\n".encode() + b"\xff", None),
        (b"id_number,name\n1,\xcd\xf5\n", "gb18030"),
        (b"a,b\n\x001,2\n", None),
    ],
)
def test_an_encoding_is_told_strictly_or_not_at_all(content, encoding, tmp_path):
    assert encoding_of(content, tmp_path) == encoding


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (CHINESE.encode("gb18030") + "1,王龙,2\n".encode(), "22"),
        (CHINESE.encode("gb18030") + "1,王小龙,2\n".encode(), "22"),
        (CHINESE.encode() + "1,王小龙,2\n".encode("gb18030"), "22"),
        (CHINESE.encode()[:-3], "21"),
    ],
)
def test_a_line_in_another_encoding_is_named(content, line, tmp_path):
    (tmp_path / "source").write_bytes(content)
    with pytest.raises(Undecodable) as refused:
        decoded(tmp_path / "source", tmp_path / "target")
    assert refused.value.reasons == (("encoding_mixed", line),)


PRIVATE_AND_STANDARD = [  # two bytes, Python's private character and that of the standard's editions of 2005 and 2022
    ("A6D9", 0xE78D, 0xFE10), ("A6DA", 0xE78E, 0xFE12), ("A6DB", 0xE78F, 0xFE11), ("A6DC", 0xE790, 0xFE13),
    ("A6DD", 0xE791, 0xFE14), ("A6DE", 0xE792, 0xFE15), ("A6DF", 0xE793, 0xFE16), ("A6EC", 0xE794, 0xFE17),
    ("A6ED", 0xE795, 0xFE18), ("A6F3", 0xE796, 0xFE19), ("A8BC", 0xE7C7, 0x1E3F), ("FE51", 0xE816, 0x20087),
    ("FE52", 0xE817, 0x20089), ("FE53", 0xE818, 0x200CC), ("FE59", 0xE81E, 0x9FB4), ("FE61", 0xE826, 0x9FB5),
    ("FE66", 0xE82B, 0x9FB6), ("FE67", 0xE82C, 0x9FB7), ("FE6C", 0xE831, 0x215D7), ("FE6D", 0xE832, 0x9FB8),
    ("FE76", 0xE83B, 0x2298F), ("FE7E", 0xE843, 0x9FB9), ("FE90", 0xE854, 0x9FBA), ("FE91", 0xE855, 0x241FE),
    ("FEA0", 0xE864, 0x9FBB),
]  # fmt: skip


def test_characters_that_gb18030_has_moved_are_the_standards_whoever_wrote_them(tmp_path):
    pairs = bytes.fromhex("".join(pair for pair, _, _ in PRIVATE_AND_STANDARD))
    private, standard = (
        "".join(map(chr, codes)) for codes in list(zip(*PRIVATE_AND_STANDARD, strict=True))[1:]
    )
    for content in (
        pairs,
        private.encode(),
        standard.encode("gb18030"),
        standard.encode(),
        private.encode("utf-16"),
    ):
        start = CHINESE.encode(
            "utf-8" if content.decode("utf-8", "ignore") in (private, standard) else "gb18030"
        )
        whole = content if content.startswith(b"\xff\xfe") else start + content
        assert encoding_of(whole, tmp_path)
        assert (tmp_path / "target").read_text(encoding="utf-8").removeprefix(CHINESE) == standard


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\x1a", "\x1a\r\n", "\n\x1a\x1a"])
def test_the_mark_at_the_end_of_a_file_is_no_row(encoding, end, tmp_path):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    text = "姓名,备注\n王一,业\n"
    assert encoding_of(mark + (text + end).encode(encoding), tmp_path)
    assert (tmp_path / "target").read_text(encoding="utf-8").rstrip("\n") == text.rstrip("\n")


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


QUOTED = [  # rows of three columns, and whether it is sure what they say
    ('1,78.07"All, Round",x', False),  # a delimiter lost before a quoted cell, and three cells all the same
    ('1,"a"b,x', False),
    ('1,DN20 1/2",x', False),
    ('1,5"管,x', False),
    ('1,a""b,x', False),
    ('1,他说"没有钱",x', False),
    ('1,"a\\"b",x', False),  # as databases escape
    ('1,"DN20 1/2""",x', True),
    ('1,"他说""没有钱""",x', True),
    ('1, "a, b" ,x', True),
    ('="410184",=" 1",x', True),  # as programs keep Excel from making a number of it
    ('"=""410184""",b,x', True),
    ('1,"",x', True),
]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_a_quote_stands_around_a_whole_cell_or_holds_its_row(delimiter, connection, tmp_path):
    written = lines(DEATHS, *(row for row, _ in QUOTED), GOOD[1]).replace(",", delimiter)
    found = cells(connection, written.encode(), tmp_path, "txt" if delimiter == "\t" else "csv")
    assert [fault for _, fault, *_ in found] == [
        *(None if is_sound else "quote" for _, is_sound in QUOTED),
        None,
    ]
    assert found[-1][2:] == GOOD[1].split(",")


def by_hand(line: str, delimiter: str) -> list[str] | None:
    """The cells that a careful person sees in a line, None where it may be meant otherwise."""
    found, rest = [], line
    while True:
        rest = rest.lstrip(" ")
        if rest.startswith('"'):
            cell, end = "", 1
            while end < len(rest) and (rest[end] != '"' or rest[end : end + 2] == '""'):
                cell, end = cell + rest[end], end + (2 if rest[end] == '"' else 1)
            rest = rest[end + 1 :].lstrip(" ") if end < len(rest) else "never closed"
            if rest and not rest.startswith(delimiter):
                return None
            rest = delimiter + rest.removeprefix(delimiter) if rest else ""
        else:
            cell = rest.partition(delimiter)[0]
            rest = rest[len(cell) :]
            if '"' in cell and not (
                cell.startswith('="') and cell.strip().endswith('"') and cell.count('"') == 2
            ):
                return None
        found.append(cell.strip())
        if not rest:
            return found
        rest = rest[len(delimiter) :]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(
        st.sampled_from(["王", "1", '"', '""', ",", ",", ' "', '",', "=", " "]), min_size=1, max_size=12
    ),
    delimiter=st.sampled_from([",", "\t", "|"]),
)
def test_a_row_that_is_accepted_has_the_cells_that_a_careful_person_reads(
    pieces, delimiter, connection, tmp_path
):
    line = ("1," + "".join(pieces)).replace(",", delimiter)
    seen = by_hand(line, delimiter)
    written = lines(DEATHS.replace(",", delimiter), line, GOOD[1].replace(",", delimiter))
    found = cells(connection, written.encode(), tmp_path, "txt" if delimiter == "\t" else "csv")
    if not isinstance(found, set) and found[0][:2] == [2, None]:
        assert seen is not None
        assert (seen[:3], [*filter(None, seen[3:])]) == (found[0][2:], []), written
    else:
        assert seen is None or len(seen) < 3 or any(seen[3:]), written


# ---- delimiters, line ends and blanks ----


@pytest.mark.parametrize("delimiter", ["|", "，"])
def test_a_pipe_or_a_full_width_comma_parts_columns_and_the_receipt_says_so(delimiter):
    inbox = read(lines(*GOOD).replace(",", delimiter))
    assert inbox.broken("deaths_202006") == {}
    assert inbox.column("deaths_202006", "name") == NAMES
    assert notes_of(inbox) == [("delimiter_seen", delimiter)]


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
@pytest.mark.parametrize("blank", ["  \t ", "\t" * 14, " \u3000"])
def test_a_line_of_blanks_and_tabs_is_no_row(blank, delimiter, connection, tmp_path):
    written = lines(*GOOD[:2], blank, GOOD[2]).replace(",", delimiter)
    found = cells(connection, written.encode(), tmp_path)
    assert [line for line, *_ in found] == [2, 4]
    assert {fault for _, fault, *_ in found} == {None}


def test_line_ends_of_old_macs_are_read_however_many_delimiters_the_file_has():
    names = [f"王{nth:05}" for nth in range(600)]
    content = "\r".join([DEATHS, *(f"{number_of(date(1960, 1, 1), 0)},{name},2020-06-11" for name in names)])
    inbox = read(content)
    assert inbox.refused("deaths_202006") == set()
    assert inbox.delivery("deaths_202006").rows_received == 600


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


# ---- names of files ----


@pytest.mark.parametrize(
    ("name", "code", "path"),
    [
        ("死亡登记_202006.csv".encode("gb18030"), None, "health/死亡登记_202006.csv"),
        ("王某的表.csv".encode("gb18030"), "name_unknown", "health/＊表.csv"),
        (b"\xff\xfe\x80_202006.csv", "feed_unknown", "health/＊_202006.csv"),
    ],
)
def test_a_name_in_the_bytes_of_windows_is_read_or_refused_for_what_it_says(name, code, path):
    inbox = Inbox()
    folder = inbox.put("health/deaths_202005.csv", lines(*GOOD)).parent
    (folder / os.fsdecode(name)).write_text(lines(*GOOD[:2]))
    assert (inbox.take_in(), inbox.take_in()) == (2, 0)
    one = next(one for one in inbox.deliveries() if one.period_text != "202005")
    assert (one.path, {code for code, _ in one.refusals}) == (path, {code} - {None})


# ---- parts ----

OTHER_ORDER = "死亡日期,证件号码,姓名"


def parts_of(*contents: tuple[str, bytes], name: str = "deaths_202006", department: str = "health") -> Inbox:
    """An inbox that has taken in one delivery of these parts, each with its extension."""
    inbox = Inbox()
    for nth, (extension, content) in enumerate(contents, start=1):
        inbox.put(f"{department}/{name}_p{nth}of{len(contents)}.{extension}", content)
    assert inbox.take_in() == 1
    return inbox


def part(row: str) -> str:
    return lines(OTHER_ORDER, ",".join([row.split(",")[2], *row.split(",")[:2]]))


def table(*rows: str) -> list[list[str]]:
    return [row.split(",") for row in rows]


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("csv", lines(*GOOD[:1], GOOD[3]).encode("gb18030")),
        ("csv", lines("登记表", *GOOD[:1], GOOD[3], "合计,1,").encode("utf-16")),
        ("csv", part(GOOD[3]).encode("utf-8-sig")),
        ("txt", part(GOOD[3]).replace(",", "\t").encode("gb18030")),
        ("csv", ("备注,备注," + DEATHS + "\na,b," + GOOD[3]).encode()),
        ("xlsx", workbook(table(*GOOD[:1], GOOD[3]))),
    ],
    ids=["gb18030", "utf_16", "order", "tabs", "columns", "workbook"],
)
def test_each_part_is_read_under_its_own_header_and_in_its_own_form(extension, content):
    first = lines(*GOOD[:3]).encode()[:-1]  # without its last line end
    inbox = parts_of(("csv", first), (extension, content), ("csv", lines(DEATHS).encode()))
    one = inbox.delivery("deaths_202006_p1of3")
    assert (one.refusals, one.rows_received) == ((), 3)
    assert one.sha256 == hashlib.sha256(first + content + lines(DEATHS).encode()).hexdigest()
    assert inbox.broken(Path(one.path).stem) == {}
    assert inbox.column(Path(one.path).stem, "name") == NAMES[:3]
    assert inbox.verdicts() == {"deaths_202006_p1of3": "accepted"}
    places = [divmod(line, 10_000_000) for line in sorted(inbox.rows("deaths_202006_p1of3"))]
    assert places == [(1, 2), (1, 3), (2, 3 if "登记" in content.decode("utf-16", "ignore") else 2)]


def test_a_row_of_a_part_is_held_in_its_own_line_and_keys_are_unique_in_all_parts():
    other = f"{ONE},王一,2020-06-29"
    inbox = parts_of(
        ("csv", lines(*GOOD[:2]).encode()), ("csv", lines(DEATHS, "1,甲,", other, GOOD[2]).encode())
    )
    held = inbox.broken("deaths_202006_p1of2")
    assert sorted(held) == [10_000_002, 20_000_002, 20_000_003]
    assert "key_is_unique" in held[10_000_002] & held[20_000_003]
    assert ranges(sorted(held)) == "p1:2, p2:2-3"


def test_what_is_wrong_is_said_of_each_part_it_is_wrong_in():
    inbox = parts_of(
        ("csv", lines(*GOOD[:2]).encode()),
        ("xlsx", b"no workbook"),
        ("csv", lines("证件号码,姓名", f"{TWO},李二").encode()),
    )
    wrong = inbox.delivery("deaths_202006_p1of3").refusals
    assert [(code, detail) for code, detail in wrong if code == "in_part"] == [
        ("in_part", "2"),
        ("in_part", "3"),
    ]
    assert {code for code, _ in wrong} == {"format_differs", "column_missing", "in_part"}


@pytest.mark.parametrize("at", [40, 75, 120])
def test_a_file_cut_into_parts_anywhere_is_the_file(at):
    whole = lines(*GOOD).encode()
    inbox = parts_of(("csv", whole[:at]), ("csv", whole[at:]))
    assert inbox.broken("deaths_202006_p1of2") == {}
    assert list(inbox.rows("deaths_202006_p1of2")) == [2, 3, 4, 5, 6]
    assert inbox.column("deaths_202006_p1of2", "name") == NAMES


def test_parts_may_state_their_amounts_in_other_units():
    head = "救助编号,证件号码,姓名,申请日期,救助原因,救助金额{},发放日期"
    row = "R{},{},王一,2020-06-01,因病,{},2020-06-02"
    inbox = parts_of(
        (
            "csv",
            lines(head.format(""), row.format(1, ONE, "1,200.00").replace("1,200.00", '"1,200.00"')).encode(),
        ),
        (
            "csv",
            lines(
                head.format("（万元）"), row.format(2, TWO, "0.05"), row.format(3, THREE, "800元")
            ).encode(),
        ),
        name="relief_202006",
        department="civil_affairs",
    )
    assert [float(amount) for amount in inbox.column("relief_202006_p1of2", "amount")] == [1200, 500, 800]


def test_a_part_that_is_sent_again_makes_the_delivery_anew():
    inbox = parts_of(("csv", lines(*GOOD[:2]).encode()), ("csv", lines(DEATHS, GOOD[2]).encode()))
    assert inbox.take_in() == 0
    inbox.put("health/deaths_202006_p2of2.csv", lines(DEATHS, *GOOD[2:4]), changed_at=9)
    assert (inbox.take_in(), inbox.take_in()) == (1, 0)
    assert sorted(one.rows_received for one in inbox.deliveries()) == [2, 3]


def test_two_files_of_one_part_are_refused_until_one_is_taken_away():
    inbox = Inbox()
    for name in ("p1of2.csv", "p2of2.csv", "p2of2.txt"):
        path = inbox.put(
            f"health/deaths_202006_{name}", lines(*GOOD[:2]).replace(",", "\t" if "txt" in name else ",")
        )
    assert (inbox.take_in(), inbox.take_in()) == (1, 0)
    assert dict(inbox.deliveries()[0].refusals) == {"part_twice": "2"}
    path.unlink()
    assert (inbox.take_in(), inbox.take_in()) == (1, 0)
    assert sorted(one.refusals for one in inbox.deliveries()) == [(), (("part_twice", "2"),)]


def notes_of(inbox) -> list[tuple[str, str]]:
    from warehouse.ledger.deliveries import table_rows
    from warehouse.ledger.tables import delivery

    (row,) = table_rows(inbox.engine, delivery)
    return [(code, detail) for code, detail in row["notes"]]
