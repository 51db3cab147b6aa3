"""Every type reads ten thousand cells as a naive reader does that was written from the specification alone.

The cells come in batches, one DuckDB statement each. A cell of a failing batch stands in the message by
itself, so nothing needs to be shrunk.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.contract import Column, Type
from expectations.feeds import catalogue
from expectations.types import layers
from expectations.types.blanks import hidden_sql

PERIOD_LAST = date(2020, 6, 30)
BATCH, BATCHES = 1000, 10
UNREAD = "unread"  # what a reader answers for a cell that says something it cannot read
MISSING = (
    "", "-", "--", "---", "—", "——", "–", "/", "//", "\\", "无", "(无)", "空", "(空)", "空白", "(空白)", "暂无",
    "没有", "未填", "未填写", "缺失", "不适用", "不涉及", "无数据", "无此项", "null", "(null)", "<null>", "[null]",
    "none", "nil", "nan", "nat", "na", "<na>", "n/a", "n.a.", "\\n", "undefined", "(blank)",
)  # fmt: skip
NOT_HERE = {  # what else is nothing: no household is called 0, no pupil is absent for 否
    **dict.fromkeys((Type.TEXT, Type.PERSON_NUMBER), ("0", "否")), **dict.fromkeys((Type.CODE, Type.CODE_SET), ("否",)),
    **dict.fromkeys((Type.NUMBER, Type.DIVISION, Type.VILLAGE),
                    ("0", "否", "unknown", "未知", "不详", "不明", "待定", "待补", "待核实")),
}  # fmt: skip
STATES_NONE = ("无", "没有", "暂无", "未办", "无户口")
BLANKS = "".join(chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp"))
BLANKS += "\t\r\n\v\f\x85"
SIGNS = [chr(code) for code in (*range(1, 0x2_0000), *range(0xE_0000, 0xE_0200))]
UNSEEN = {sign for sign in SIGNS if unicodedata.category(sign) in ("Cf", "Cc")} - set(BLANKS)
UNSEEN |= set("\u034f\u115f\u3164\ufe00\ufe0f\uffa0\U000e0100\u2800")
NEAR = "0123456789.,-/年月日元万千¥￥ 　\u200b\u2003＋－，。（）()%eE+Xx'\"=无是否春秋AB"
WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
HANZI = "某县乡村户王李张欧阳㐂𠮷𡈽·〇"


# ---- one batch through the SQL of a type ----


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(":memory:", config={"threads": 1}) as opened:
        opened.execute("SET disabled_optimizers = 'type_pushdown,in_clause'")  # as where files are staged
        yield opened


def read(connection, column: Column, cells: Sequence[str], unit: int = 1) -> list[dict[str, Any]]:
    """The cells as the steps of their type leave them, in order."""
    table = pa.table({"nth": range(len(cells)), column.name: pa.array(cells, pa.string())})
    connection.register("cells", table)
    fixed = f"nth, DATE '{PERIOD_LAST}' AS period_last"
    statement = f"SELECT {fixed}, {column.name} FROM cells"
    for step in layers(column, unit):
        listed = ", ".join(f"{sql} AS {name}" for name, sql in step.items())
        statement = f"SELECT nth, period_last, {listed} FROM ({statement})"
    return connection.sql(f"{statement} ORDER BY nth").to_arrow_table().to_pylist()


def answer(row: dict[str, Any], name: str) -> Any:
    """None for nothing said, UNREAD, or the value."""
    return UNREAD if row.get(f"{name}__unread") is not None else row[name]


@dataclass(frozen=True)
class Reader:
    """A column, how its cells are made up, and what they should be read as."""

    column: Column
    made: Callable[[random.Random], str]
    expected: Callable[[str], Any]
    unit: int = 1


def differing(connection, reader: Reader, cells: Sequence[str]) -> list[tuple[str, Any, Any]]:
    """(cell, expected, read) wherever the two disagree."""
    rows = read(connection, reader.column, cells, reader.unit)
    pairs = zip(cells, map(reader.expected, cells), (answer(row, "x") for row in rows), strict=True)
    return [found for found in pairs if found[1] != found[2]]


# ---- dirt that any cell may have ----


def dressed(rng: random.Random, cell: str) -> str:
    """The cell with blanks around it, or in full-width digits and letters, as it may well be."""
    if rng.random() < 0.1:
        cell = cell.translate(WIDE)
    if rng.random() < 0.1:
        cell = rng.choice(" \t　") + cell + rng.choice(" \t　")
    return cell


def near(rng: random.Random, cell: str) -> str:
    """The cell with a character or two put in, left out or changed: what is just not readable any more."""
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        at = rng.randrange(len(cell) + 1)
        cell = cell[:at] + rng.choice(("", *rng.choices(NEAR, k=2))) + cell[at + rng.randrange(2) :]
    return cell


def mixed(*makers: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """Mostly what the makers make or what is near it, now and then a missing mark."""
    return lambda rng: near(
        rng, dressed(rng, rng.choice(MISSING) if rng.random() < 0.05 else rng.choice(makers)(rng))
    )


def seen(cell: str) -> str:
    return "".join(character for character in cell if character not in UNSEEN)


def plain(cell: str) -> str:
    """Half-width, without blanks around it and what nobody sees, nor what keeps Excel from reading it."""
    return bare(seen(cell).strip(BLANKS).translate(NARROW))


def blankless(cell: str) -> str:
    """Half-width, without any blank and what nobody sees, nor what keeps Excel from reading it."""
    return bare("".join(character for character in seen(cell).translate(NARROW) if character not in BLANKS))


def unfolded_minus(cell: str) -> str:
    """As plain, but a full-width minus stays one: "any minus but a leading `-` is an error"; alone it is a dash."""
    cell = plain(cell.replace("－", "−"))
    return "" if cell == "−" else cell


def said(
    read_one: Callable[[str], Any], undressed: Callable[[str], str] = plain, nothing: Sequence[str] = ()
) -> Callable[[str], Any]:
    """A reader of what is said; None for what is missing, UNREAD where it answers None."""

    def expected(cell: str) -> Any:
        cell = undressed(cell)
        if cell.lower() in (*MISSING, *nothing):
            return None
        found = read_one(cell)
        return UNREAD if found is None else found

    return expected


def amount_said(read_one: Callable[[str], Any]) -> Callable[[str], Any]:
    """As said, of an amount."""
    return said(read_one, unfolded_minus)


def number_said(read_one: Callable[[str], Any]) -> Callable[[str], Any]:
    """As said, of the number that an office gave."""
    return said(read_one, blankless, NOT_HERE[Type.NUMBER])


def digits(rng: random.Random, least: int, most: int) -> str:
    count = rng.randint(least, most)
    return "".join(rng.choice("0123456789") for _ in range(count))


# ---- amounts ----

WORDS = (
    "约三千",
    "五百",
    "x",
    "1.2E+05",
    "3e4",
    "5千元",
    "5百元",
    "−5",
    "5-",
    "--5",
    "1..2",
    "1.2.3",
    "元",
    "万",
)


def amount(rng: random.Random, decimals: int) -> str:
    whole = str(rng.randrange(10 ** rng.randint(1, 9)))
    fraction = digits(rng, 1, decimals).rstrip("0") if rng.random() < 0.6 else ""
    if rng.random() < 0.3:
        whole = f"{int(whole):,}".replace(",", rng.choice(",，"))
    return rng.choice(("", "", "", "-")) + whole + (f".{fraction}" if fraction else "")


def with_money_dirt(rng: random.Random) -> str:
    kind = rng.randrange(6)
    if kind == 0:
        return amount(rng, 6) + rng.choice(("万元", "万"))
    if kind == 1:
        return amount(rng, 3) + "元"
    if kind == 2:
        return rng.choice("¥￥") + amount(rng, 2).removeprefix("-")
    if kind == 3:
        return rng.choice((*WORDS, "12,34", "1,2345", "1,23.4", "1234567890123456", "12345678901万元"))
    return amount(rng, 3)


def money_by(unit: int) -> Callable[[str], Decimal | None]:
    def money(cell: str) -> Decimal | None:
        amount = rf"(-?)(\d+|\d{{1,3}}(?:,\d{{3}})+)(\.\d+)?(?:[{BLANKS}]*(元|万元?))?"
        found = re.fullmatch(rf"(?:[¥￥][{BLANKS}]*)?{amount}", cell, flags=re.ASCII)
        if not found:
            return None
        times = {"元": 1, None: unit}.get(found[4], 10_000)
        value = Decimal(found[1] + found[2].replace(",", "") + (found[3] or "")) * times
        digits_before = len(found[2].replace(",", ""))
        if digits_before > (14 if times == 1 else 10) or value != round(value, 2):
            return None
        return value

    return money


def integer(cell: str) -> int | None:
    found = decimal(cell) if "." not in cell else None
    return int(found) if found is not None and -(2**31) <= found < 2**31 else None


def decimal(cell: str) -> Decimal | None:
    """Six decimals are kept; a mean may have more."""
    if not re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", cell):
        return None
    found = Decimal(cell.replace(",", "")).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return found if abs(found) < 10**12 else None


# ---- dates ----


def day(rng: random.Random) -> date:
    return date(1900, 1, 1) + timedelta(days=rng.randrange(55_000))


def impossible(rng: random.Random) -> tuple[int, int, int]:
    year, month = rng.randint(1900, 2030), rng.choice((2, 4, 6, 13, 0, 12))
    return year, month, rng.choice((0, 30, 31, 32)) if month in (2, 4, 6) else 32


def date_cell(rng: random.Random) -> str:
    if rng.random() < 0.1:
        year, month, in_month = impossible(rng)
    else:
        found = day(rng)
        year, month, in_month = found.year, found.month, found.day
        if rng.random() < 0.15 and found > date(1930, 1, 1):
            return str((found - date(1899, 12, 30)).days)
    return rng.choice((
        f"{year}-{month:02}-{in_month:02}", f"{year}/{month}/{in_month}", f"{year}{month:02}{in_month:02}",
        f"{year}年{month}月{in_month}日", f"{year}.{month}.{in_month}",
    ))  # fmt: skip


NO_DATES = ("2020.3", "20.3.1", "2020.3-1", "03/01/2020", "2020-03", "2020年3月", "昨天", "43891.5", "2020-03-01T08:00",
            "2020-03-01 08:00:00", "2020--3-1", "六月三十一日", "202003011", "2020年3月1")  # fmt: skip


def read_date(cell: str) -> date | None:
    if re.fullmatch(r"\d{5}", cell):
        return date(1899, 12, 30) + timedelta(days=int(cell))
    forms = (
        r"(\d{4})-(\d\d?)-(\d\d?)",
        r"(\d{4})/(\d\d?)/(\d\d?)",
        r"(\d{4})\.(\d\d?)\.(\d\d?)",
        r"(\d{4})(\d\d)(\d\d)",
        r"(\d{4})年(\d\d?)月(\d\d?)日",
    )
    found = next(filter(None, (re.fullmatch(form, cell) for form in forms)), None)
    return calendar_day(*map(int, found.groups())) if found else None


def calendar_day(year: int, month: int, in_month: int) -> date | None:
    if year < 1000:
        return None
    try:
        return date(year, month, in_month)
    except ValueError:
        return None


def month_cell(rng: random.Random) -> str:
    year, month = rng.randint(1900, 2030), rng.choice((*range(1, 13), 13, 0))
    return rng.choice(
        (
            f"{year}{month:02}",
            f"{year}-{month:02}",
            f"{year}年{month}月",
            f"{year}.{month:02}",
            f"{year}.{month}",
        )
    )


NO_MONTHS = (
    "2020.1",
    "2020.0",
    "2020/03",
    "3月",
    "2020年",
    "20203",
    "二〇二〇年三月",
    "2020-Q1",
    "202003.0",
    "2020.013",
)


def read_month(cell: str) -> date | None:
    """A date cell of a workbook may stand for a month when it is the first of one."""
    forms = (
        r"(\d{4})(\d\d)", r"(\d{4})-(\d\d?)", r"(\d{4})年(\d\d?)月", r"(\d{4})\.(\d\d|[2-9])", r"(\d{4})-(\d\d)-01",
    )  # fmt: skip
    found = next(filter(None, (re.fullmatch(form, cell) for form in forms)), None)
    return calendar_day(int(found[1]), int(found[2]), 1) if found else None


# ---- words ----

FLAGS = {
    **dict.fromkeys(
        ("是", "有", "1", "Y", "y", "TRUE", "true", "True", "YES", "yes", "Yes", *"对√✓✔☑"), True
    ),
    **dict.fromkeys(
        ("否", "无", "没有", "0", "N", "n", "FALSE", "false", "False", "NO", "no", "No", *"错×✗✘"), False
    ),
}


def flag(cell: str) -> Any:
    cell = blankless(cell)
    if cell in FLAGS:
        return FLAGS[cell]
    return None if cell.lower() in MISSING else UNREAD


CODES = {"A": ("一类",), "B": ("二类", "2"), "脱贫户": ("建档立卡脱贫户",)}
SET = ("健康", "长期慢性病", "大病", "残疾")


def code(cell: str) -> Any:
    """A word of no list is left as it stands: the list's own check then finds it."""
    cell = blankless(cell)
    known = {spelling: value for value, others in CODES.items() for spelling in (value, *others)}
    return None if cell.lower() in (*MISSING, "否") else known.get(cell, cell)


def set_cell(rng: random.Random) -> str:
    words = rng.sample(SET, rng.randint(1, 3))
    if rng.random() < 0.1:
        words.append(rng.choice(("良好", "残", "健康长期慢性病")))
    cell = words[0]
    for word in words[1:]:
        cell += rng.choice(",，、；;") + word
    return cell


def code_set(cell: str) -> str | None:
    words = re.split("[,，、；;]", cell)
    return ",".join(word for word in SET if word in words) if set(words) <= set(SET) else None


def office_number(rng: random.Random) -> str:
    number = rng.choice("0123456789") + digits(rng, 3, 20)
    if rng.random() < 0.2:
        return rng.choice(("4.1E+15", "4.10184E+17", "1e+16", "4.1018419800101E+17"))
    if rng.random() < 0.1:
        return rng.choice((
            "0", "000", f"{number}号", f"豫低保字第{number}号", f"低保〔2020〕{number}号", f"-{number}", f"{number}-",
            f"{number[:2]}***{number[-2:]}", f"SC/2020.{number}", "未知", "第三户",
        ))  # fmt: skip
    dress = rng.choice(("{}", "{}", "{}", "'{}", '="{}"'))
    return dress.format(rng.choice(("", "", "SC", "户", "SC-", "G")) + number)


def bare(cell: str) -> str:
    found = re.fullmatch(r'="(.*)"|[\'’‘`](.*)', cell)
    return next((inside for inside in found.groups() if inside is not None), "") if found else cell


def read_office_number(cell: str) -> str | None:
    """Letters and digits, parted by signs; with words before it, or a year in brackets, the number of a document.

    E notation has a sign, or a point where Java has written it; 67E4 is somebody's number.
    """
    if re.fullmatch(r"\d+(\.\d+)?[eE]\+\d+|\d\.\d+[eE]\d+|\d+\.0+|0+", cell):
        return None
    words = re.match(r"[A-Za-z㐀-鿿〇𠮀-𪛟()〔〕【】\[\]0-9]*[㐀-鿿〇𠮀-𪛟)〕】\]]", cell.removesuffix("号"))
    if words:
        year = r"([(\[〔【]\d{4}年?[)\]〕】]|\d{4}年)"
        named = rf"{year}?[A-Za-z]*[㐀-鿿〇][㐀-鿿〇A-Za-z]*({year}[㐀-鿿〇]*)?|[A-Za-z]*{year}[㐀-鿿〇]*"
        if not re.fullmatch(named, words[0]):
            return None
        rest = cell[len(words[0]) :].removesuffix("号")
    else:
        rest = cell
    rest = rest if words is None or re.match("[0-9A-Za-z]", rest) else "?"
    return cell if re.fullmatch(r"[0-9A-Za-z]+([-_/.]+[0-9A-Za-z]+)*", rest) else None


def digits_of(*lengths: int) -> Callable[[str], str | None]:
    return lambda cell: cell if re.fullmatch(r"\d+", cell) and len(cell) in lengths else None


def column(type_: Type, **more: Any) -> Column:
    return Column(name="x", label="x", type=type_, en="x", **more)


def some(*cells: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(cells)


def term_cell(rng: random.Random) -> str:
    return str(rng.randint(1990, 2030)) + rng.choice("春秋春秋夏")


def division_cell(rng: random.Random) -> str:
    return rng.choice(("{}", "{}", "'{}", '="{}"')).format("4" + digits(rng, 4, 12))


READERS = {
    "money": Reader(column(Type.MONEY), mixed(with_money_dirt), amount_said(money_by(1))),
    "money_by_10000": Reader(column(Type.MONEY), mixed(with_money_dirt), amount_said(money_by(10_000)), 10_000),
    "integer": Reader(
        column(Type.INTEGER), mixed(lambda rng: amount(rng, 1), some(*WORDS, "1.5", "3.14")), amount_said(integer)
    ),
    "decimal": Reader(column(Type.DECIMAL), mixed(lambda rng: amount(rng, 5), some(*WORDS)), amount_said(decimal)),
    "date": Reader(column(Type.DATE), mixed(date_cell, date_cell, some(*NO_DATES)), said(read_date)),
    "month": Reader(column(Type.MONTH), mixed(month_cell, month_cell, some(*NO_MONTHS)), said(read_month)),
    "year": Reader(
        column(Type.YEAR), mixed(lambda rng: digits(rng, 3, 5)),
        said(lambda cell: int(cell[:4]) if re.fullmatch(r"\d{4}年?", cell) else None),
    ),
    "term": Reader(
        column(Type.TERM),
        mixed(term_cell, term_cell, some("春2020", "2020", "20春", "2019-2020-1")),
        said(lambda cell: cell.replace("年", "") if re.fullmatch(r"\d{4}年?[春秋]", cell) else None),
    ),
    "flag": Reader(column(Type.FLAG), mixed(some(*FLAGS, "2", "是否", "☐", "☒", "x", "X")), flag),
    "code": Reader(
        column(Type.CODE, codes=CODES),
        mixed(some("A", "B", "一类", "二类", "2", "脱贫户", "建档立卡脱贫户", "三类", "C")),
        code,
    ),
    "code_set": Reader(
        column(Type.CODE_SET, codes=dict.fromkeys(SET, ())), mixed(set_cell), said(code_set, blankless, ("否",))
    ),
    "office_number": Reader(column(Type.NUMBER), mixed(office_number), number_said(read_office_number)),
    "division": Reader(column(Type.DIVISION), mixed(division_cell), number_said(digits_of(2, 4, 6, 9, 12))),
    "village": Reader(column(Type.VILLAGE), mixed(division_cell), number_said(digits_of(12))),
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_a_type_reads_as_the_naive_reader_does(connection, name):
    @settings(max_examples=BATCHES, deadline=None, derandomize=True)
    @given(st.integers(0, 2**32))
    def batch(seed):
        rng = random.Random(seed)
        assert differing(connection, READERS[name], [READERS[name].made(rng) for _ in range(BATCH)]) == []

    batch()


def test_every_type_of_the_vocabulary_is_read_here():
    tested = {reader.column.type for reader in READERS.values()} | {Type.TEXT, Type.PERSON_NUMBER}
    assert tested == set(Type)


# ---- any text at all ----

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANY_TEXT, min_size=20, max_size=60))
def test_no_text_breaks_a_reader_or_becomes_a_value_of_another(texts):
    """Whatever stands in a cell: no error, and either nothing is said, or a value, or it is unread."""
    with duckdb.connect(":memory:", config={"threads": 1}) as opened:
        for type_ in set(Type) - {Type.TEXT}:
            for row in read(
                opened, column(type_, codes=CODES if type_ in (Type.CODE, Type.CODE_SET) else {}), texts
            ):
                assert row["x"] is None or row.get("x__unread") is None


NAMES = st.text(alphabet=st.sampled_from(HANZI + "abc ABC。，"), min_size=1, max_size=8)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(NAMES, min_size=1, max_size=60))
def test_a_text_keeps_every_character_but_the_blanks_around_it(connection, names):
    rows = read(connection, column(Type.TEXT), [f"　 {name}\t" for name in names])
    assert [row["x"] for row in rows] == [name.strip(" ") or None for name in names]


@pytest.mark.parametrize("type_", Type)
def test_a_missing_mark_is_nothing_in_any_column_however_it_is_written(connection, type_):
    cells = {}
    for mark in (*MISSING, *NOT_HERE.get(type_, ())):
        wide = mark.upper().translate(WIDE)
        for cell in (
            mark,
            mark.upper(),
            mark.title(),
            wide,
            f" {mark}　",
            f"\u200b{mark}\ufeff",
            f"\u2003{mark}\u00a0",
        ):
            cells[cell] = mark
    rows = read(
        connection, column(type_, codes=CODES if type_ in (Type.CODE, Type.CODE_SET) else {}), list(cells)
    )
    for (cell, mark), row in zip(cells.items(), rows, strict=True):
        if type_ is Type.FLAG and mark in FLAGS:
            assert answer(row, "x") is False, cell  # 有 and 无 answer a flag
        elif type_ is Type.PERSON_NUMBER and mark in STATES_NONE:
            assert row["x__fault"] == "none_stated", cell
        else:
            assert answer(row, "x") is None and row.get("x__fault") is None, cell


def test_a_word_that_a_list_has_is_no_mark_there_and_0_counts_where_something_is_counted(connection):
    rows = read(
        connection, column(Type.CODE, codes={"无": ("NA",), "否": (), "0": ()}), ["无", "na", "NA", "否", "0"]
    )
    assert [row["x"] for row in rows] == ["无", "na", "无", "否", "0"]
    for type_ in (Type.MONEY, Type.INTEGER, Type.DECIMAL):
        assert read(connection, column(type_), ["0"])[0]["x"] == 0


# ---- what nobody sees ----


@pytest.mark.parametrize("name", [*READERS, "text", "person_number"])
def test_a_character_that_nobody_sees_never_changes_what_is_read(connection, name):
    """Wherever it is put: the value is the same, or the cell is unread; never another value."""
    rng = random.Random(name)
    reader = READERS.get(name)
    made = reader.made if reader else (some("王芳", "欧阳小红", "ab", "某村3组") if name == "text" else worn)
    of = reader.column if reader else column(Type.TEXT if name == "text" else Type.PERSON_NUMBER)
    cells, hidden, dirty = [made(rng) for _ in range(BATCH)], sorted(UNSEEN), []
    for cell in cells:
        at = rng.randrange(len(cell) + 1)
        dirty.append(cell[:at] + rng.choice(hidden) + cell[at:])
    clean, found = (
        read(connection, of, some_cells, reader.unit if reader else 1) for some_cells in (cells, dirty)
    )
    for cell, before, after in zip(dirty, clean, found, strict=True):
        assert before == after, repr(cell)


@pytest.mark.parametrize("name", READERS)
def test_a_rare_blank_is_a_blank_and_never_changes_what_is_read(connection, name):
    rng, reader = random.Random(name), READERS[name]
    cells = [reader.made(rng) for _ in range(BATCH)]
    places = [rng.randrange(len(cell) + 1) for cell in cells]
    dirty = [cell[:at] + rng.choice(BLANKS) + cell[at:] for cell, at in zip(cells, places, strict=True)]
    clean, found = ([answer(row, "x") for row in read(connection, reader.column, some_cells, reader.unit)]
                    for some_cells in (cells, dirty))  # fmt: skip
    assert [pair for pair in zip(dirty, clean, found, strict=True) if pair[2] not in (pair[1], UNREAD)] == []


def test_what_is_taken_off_is_told_by_its_code(connection):
    cells = pa.table({"x": ["1\u200b2", "\ufeff12", "1\u00ad2", " 12　", "12", None, "1\u20032"]})
    connection.register("cells", cells)
    told = connection.sql(f"SELECT {hidden_sql('x')} FROM (SELECT x, NULL AS x__fast FROM cells)").fetchall()
    assert [code for (code,) in told] == ["U+200B", "U+FEFF", "U+00AD", None, None, None, "U+2003"]


# ---- person numbers ----

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
INVALID = ("characters", "length", "birth_date", "check_digit")


def check_digit(seventeen: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


def person_number(rng: random.Random) -> str:
    born = date(1885, 1, 1) + timedelta(days=rng.randrange(50_000))
    seventeen = f"{rng.choice(('410184', '412128', '110101'))}{born:%Y%m%d}{digits(rng, 3, 3)}"
    return seventeen + check_digit(seventeen)


def certificate(rng: random.Random) -> str:
    reissued = rng.choice(("", digits(rng, 2, 2), "B" + digits(rng, 1, 1)))
    return person_number(rng) + rng.choice("1234567") + rng.choice("1234") + reissued


def of_before_1999(rng: random.Random) -> str:
    old = f"410123{rng.randint(0, 99):02}{rng.randint(1, 12):02}{rng.randint(1, 31):02}{digits(rng, 3, 3)}"
    return old if not old.endswith("000") else old[:-1] + "1"


def spoilt(rng: random.Random) -> str:
    number = rng.choice((person_number, certificate))(rng)
    at = rng.randrange(len(number))
    return rng.choice((
        number[:at] + rng.choice("0123456789") + number[at + 1 :], number[:at] + number[at + 1 :],
        number[:at] + rng.choice("0123456789") + number[at:], number[:15] + "000", number[:17],
        f"{number[0]}.{number[1:15]}E+17", number[:at] + rng.choice("ABO*.") + number[at + 1 :],
        number[:6] + "20001301" + number[14:],
    ))  # fmt: skip


def damaged_or_stated(rng: random.Random) -> str:
    return rng.choice(
        (
            "无",
            "未办",
            "无户口",
            "护照E12345678",
            "护照",
            "81" + person_number(rng)[2:],
            "4.10184E+17",
            "H12345678",
        )
    )


def worn(rng: random.Random) -> str:
    number = rng.choice(
        (person_number, person_number, certificate, of_before_1999, spoilt, spoilt, damaged_or_stated)
    )(rng)
    dress = rng.choice(("{}", "{}", "{}", "{}", "'{}", '="{}"', " {}", "{}　"))
    cell = dress.format(number.lower() if rng.random() < 0.2 and "E" not in number else number)
    return cell.translate(WIDE) if rng.random() < 0.1 and "E" not in number else cell


def read_person_number(cell: str) -> tuple[str | None, int | None]:
    """(what is wrong: none_stated, foreign, damaged, suspect, invalid or nothing; the key of a usable one)."""
    text = blankless(cell).upper()
    if re.fullmatch(r"\d{15}", text):
        text = f"{text[:6]}19{text[6:]}"
        text += check_digit(text)
    if text in STATES_NONE:
        return "none_stated", None
    if text.lower() in (*MISSING, *NOT_HERE[Type.PERSON_NUMBER]):
        return None, None
    if text.startswith("护照") or re.fullmatch(r"[A-Z]{1,2}\d{6,9}|8[123]\d{15}[\dX]", text):
        return "foreign", None
    if is_person_number(text):
        return ("suspect" if text.endswith("000") else None), int(text[:17])
    if text.endswith("000") or re.fullmatch(r"\d+(\.\d+)?E\+\d+|\d\.\d+E\d+", text):
        return "damaged", None
    return "invalid", None


def is_person_number(text: str) -> bool:
    if not re.fullmatch(r"\d{17}[\dX]([1-7][1-4](\d\d|B\d)?)?", text) or check_digit(text[:17]) != text[17]:
        return False
    born = calendar_day(int(text[6:10]), int(text[10:12]), int(text[12:14])) if text[6:10] != "0000" else None
    if born is None or born > PERIOD_LAST:
        return False
    return (int(f"{PERIOD_LAST:%Y%m%d}") - int(f"{born:%Y%m%d}")) // 10_000 <= 120


@settings(
    max_examples=BATCHES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 2**32))
def test_person_numbers_are_read_as_the_naive_reader_does(connection, seed):
    rng = random.Random(seed)
    cells = [near(rng, worn(rng)) for _ in range(BATCH)]
    rows = read(connection, column(Type.PERSON_NUMBER), cells)
    found = [("invalid" if row["x__fault"] in INVALID else row["x__fault"], row["x__key"]) for row in rows]
    expected = [read_person_number(cell) for cell in cells]
    assert [both for both in zip(cells, expected, found, strict=True) if both[1] != both[2]] == []


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("11010519491231002X", None),  # the example of GB 11643
        ("11010519491231002x", None),
        ("１１０１０５１９４９１２３１００２Ｘ", None),
        ("110105491231002", None),  # of before 1999: 19 and the check digit are put in
        ("11010519491231002X43", None),
        ("11010519491231002X43B1", None),
        ("110105194912310021", "check_digit"),
        ("11010519490229002X", "birth_date"),
        ("11010519491231002X531", "length"),
        ("1101051949123100", "length"),
        ("11010519491231002X85", "characters"),
        ("410184198001010000", "damaged"),
        ("4.10184198001011E+17", "damaged"),
    ],
)  # fmt: skip
def test_a_person_number_says_what_is_wrong_with_it(connection, cell, fault):
    (row,) = read(connection, column(Type.PERSON_NUMBER), [cell])
    assert row["x__fault"] == fault
    assert (row["x__key"] is None) == (fault is not None)


@pytest.mark.parametrize(
    ("born", "fault"),
    [("20200630", None), ("20200701", "birth_date"), ("19000630", None), ("18990630", "birth_date")],
)
def test_somebody_is_born_by_the_end_of_the_period_and_at_most_120_years_old_then(connection, born, fault):
    seventeen = f"410184{born}001"
    (row,) = read(connection, column(Type.PERSON_NUMBER), [seventeen + check_digit(seventeen)])
    assert row["x__fault"] == fault


def test_every_word_of_every_list_is_read_as_its_value(connection):
    for feed in catalogue().values():
        for listed in feed.typed(Type.CODE):
            words = {word: value for value, others in listed.codes.items() for word in (value, *others)}
            rows = read(connection, listed, list(words))
            assert [row[listed.name] for row in rows] == list(words.values()), f"{feed.name}.{listed.name}"
