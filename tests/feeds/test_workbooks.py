"""What only a workbook or a Parquet file can say: kinds of cells, date systems, merged and hidden ones, odd XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from expectations.feeds import catalogue
from tests.feeds.intake import Inbox, header, read, workbook
from tests.spec.drawn import number_of
from warehouse.landing.parquet import read_parquet

ONE, TWO, THREE = (number_of(date(1960, 1, day), 0) for day in (1, 2, 3))
DEATHS = ["证件号码", "姓名", "死亡日期"]
RELIEF = ["救助编号", "证件号码", "姓名", "申请日期", "救助原因", "救助金额", "发放日期"]
INCOMES = header("incomes").split(",")


ACCESS = ["户编号", "人均日水量（升）", "取水方式", "单次取水往返时间（分钟）"]


def relief(*rows: list[Any], **more: Any) -> Inbox:
    return read(workbook([RELIEF, *rows], **more), "relief_202006", "xlsx", "civil_affairs")


def row(number: str = "r1", applied: Any = None, amount: Any = 5, paid: Any = "2020-06-01") -> list[Any]:
    return [number, ONE, "王一", applied, "因病", amount, paid]


def old_workbook(
    rows: list[list[Any]], is_1904: bool = False, change: Callable[[Any], None] | None = None
) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = is_1904
    sheet = book.add_sheet("表", cell_overwrite_ok=True)
    for nth, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write(nth, place, cell)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_or_new(form: str, rows: list[list[Any]], merged: Any) -> bytes:
    """An .xls or .xlsx with cells merged down; `merged` are (first row, last row, column)."""
    if form == "xls":
        return old_workbook(rows, change=lambda sheet: [sheet.merge(a, b, at, at) for a, b, at in merged])
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    for first, last, at in merged:
        book.active.merge_cells(None, first + 1, at + 1, last + 1, at + 1)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(content: bytes, change: Callable[[str], str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with the XML of a part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return out.getvalue()


# ---- days ----


def test_a_date_cell_with_a_time_is_its_day():
    inbox = relief(row(paid=datetime(2020, 6, 5, 23, 59)))
    assert inbox.column("relief_202006", "paid_on") == [date(2020, 6, 5)]


@pytest.mark.parametrize("serial", [42521, "42521"])
def test_a_serial_number_counts_in_the_workbooks_own_system(serial):
    inbox = relief(row(paid=serial), epoch=CALENDAR_MAC_1904)
    assert inbox.column("relief_202006", "paid_on") == [date(2020, 6, 1)]


def test_and_so_it_does_in_the_old_form():
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    rows = [DEATHS, [ONE, "王一", 42521], [TWO, "李二", None]]
    content = old_workbook(rows, is_1904=True, change=lambda sheet: sheet.write(2, 2, 42522, day))
    inbox = read(content, extension="xls")
    assert inbox.column("deaths_202006", "died_on") == [date(2020, 6, 1), date(2020, 6, 2)]


def test_the_first_of_a_month_may_stand_for_it_and_a_later_day_does_not():
    labels = header("destitute").split(",")
    rows = [
        [n, "王一", "集中", "", paid, "", 5] for n, paid in ((ONE, date(2020, 6, 1)), (TWO, date(2020, 6, 2)))
    ]
    inbox = read(workbook([labels, *rows]), "destitute_202006", "xlsx", "civil_affairs")
    assert inbox.broken("destitute_202006") == {3: {"paid_month_readable"}}


# ---- formulas and errors ----


def test_a_formula_that_was_calculated_is_its_value_and_an_empty_text_is_missing():
    content = workbook([RELIEF, row(applied="=A1", amount="=1+1")])
    calculated = rewritten(content, lambda text: text.replace(
        '<c r="D2"><f>A1</f><v /></c>', '<c r="D2" t="str"><f>A1</f><v></v></c>').replace(
        '<c r="F2"><f>1+1</f><v /></c>', '<c r="F2"><f>1+1</f><v>2</v></c>'))  # fmt: skip
    inbox = read(calculated, "relief_202006", "xlsx", "civil_affairs")
    assert inbox.broken("relief_202006") == {}
    assert inbox.rows("relief_202006")[2]["amount"] == Decimal(2)
    assert inbox.rows("relief_202006")[2]["applied_on"] is None


def test_errors_at_the_edge_of_a_sheet_are_not_lost():
    inbox = relief(row(), [None] * 6 + ["#REF!"], row("r3", paid="=TODAY()"))
    assert set(inbox.broken("relief_202006")) == {3, 4}
    assert "paid_on_readable" in inbox.broken("relief_202006")[3]


def test_an_empty_text_in_an_old_workbook_is_missing_and_an_uncalculated_formula_is_not():
    def change(sheet: Any) -> None:
        sheet.row(1).set_cell_text(3, "")  # as programs write a cell without anything
        sheet.write(2, 3, xlwt.Formula("1+1"))

    content = old_workbook([RELIEF, row("r1"), row("r2")], change=change)
    inbox = read(content, "relief_202006", "xls", "civil_affairs")
    assert inbox.broken("relief_202006") == {3: {"applied_on_readable"}}


def with_prefix(text: str) -> str:
    """Another way to write the same XML."""
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text)
    return text.replace("xmlns=", "xmlns:x=", 1)


@pytest.mark.parametrize(
    "written", [with_prefix, lambda text: text.replace('"', "'")], ids=["prefix", "quotes"]
)
def test_xml_that_is_written_another_way_says_the_same(written):
    content = rewritten(workbook([RELIEF, row(), row("r2", applied="#N/A")]), written)
    inbox = read(content, "relief_202006", "xlsx", "civil_affairs")
    assert inbox.broken("relief_202006") == {3: {"applied_on_readable"}}


def test_cells_without_references_count_from_the_left():
    content = rewritten(
        workbook([RELIEF, row(applied="#N/A")]), lambda text: re.sub(r' r="[A-Z]*[0-9]+"', "", text)
    )
    inbox = read(content, "relief_202006", "xlsx", "civil_affairs")
    assert inbox.broken("relief_202006") == {2: {"applied_on_readable"}}


# ---- texts and flags ----


def test_rich_text_is_its_letters():
    name = CellRichText("王", TextBlock(InlineFont(b=True), "小"), "一")
    inbox = relief([*row()[:2], name, *row()[3:]])
    assert inbox.column("relief_202006", "name") == ["王小一"]


def test_a_true_cell_answers_a_yes_or_no_column():
    labels = header("dropouts").split(",")
    rows = [[ONE, "王一", "2020-06-01", "", True, ""], [TWO, "李二", "2020-06-01", "", False, ""]]
    inbox = read(workbook([labels, *rows]), "dropouts_202006", "xlsx", "education")
    assert inbox.column("dropouts_202006", "is_back") == [True, False]


# ---- what a style says ----


def test_a_number_is_read_as_its_format_shows_it_and_an_amount_as_it_is_stored():
    book = openpyxl.Workbook()
    for cells in [RELIEF, row(7, amount=12), row(8, amount=12.5), row(9), row("r4")]:
        book.active.append(cells)
    formats = {"A2": "000000", "F2": "00000", "A3": '"JZ"0000', "F3": '0.00"万元"', "A4": "[DBNum1]000"}
    for place, code in formats.items():
        book.active[place].number_format = code
    inbox = read(saved(book), "relief_202006", "xlsx", "civil_affairs")
    assert inbox.column("relief_202006", "relief_id") == ["000007", "JZ0008", None, "r4"]
    assert inbox.column("relief_202006", "amount") == [12, 125_000, 5, 5]
    assert set(inbox.broken("relief_202006")) == {4}, "a format that we cannot apply"


def test_and_so_it_is_in_the_old_form():
    zeros, day = (xlwt.easyxf(num_format_str=code) for code in ("000000", "yyyy-mm-dd"))

    def change(sheet: Any) -> None:
        sheet.write(1, 0, 7, zeros)
        sheet.write(1, 5, 12, zeros)
        sheet.write(2, 0, 43983, day)
        sheet.write(3, 9, "", zeros)  # a styled cell without anything is none

    inbox = read(old_workbook([RELIEF, row(), row()], change=change), "relief_202006", "xls", "civil_affairs")
    assert inbox.column("relief_202006", "relief_id") == ["000007", None]
    assert inbox.column("relief_202006", "amount") == [12, 5]
    assert inbox.broken("relief_202006") == {3: {"relief_id_readable"}}, "a day is no office's number"


@pytest.mark.parametrize("form", ["xlsx", "xls"])
def test_what_is_struck_out_counts_and_is_told_with_its_lines(form):
    rows = [
        DEATHS,
        *([number_of(date(1960, 2, day), 0), "王一", "2020-06-01"] for day in range(1, 6)),
        ["合计"],
    ]
    inbox = read(struck_out(form, rows), extension=form)
    assert len(inbox.rows("deaths_202006")) == 5
    assert dict(inbox.delivery("deaths_202006").notes)["struck_out"] == "3@3, 5-6"


def struck_out(form: str, rows: list[list[Any]]) -> bytes:
    """A cell, a row, a part of a text, the total; and in line 2 an empty cell, which says nothing."""
    if form == "xls":
        line, font = xlwt.easyxf("font: struck_out true"), xlwt.easyfont("struck_out true")

        def change(sheet: Any) -> None:
            sheet.write(1, 7, "", line)
            sheet.write(2, 1, "王一", line)
            sheet.write_rich_text(4, 1, ["王", ("一", font)])
            for place in range(3):
                sheet.write(5, place, rows[5][place], line)
            sheet.write(6, 0, "合计", line)

        return old_workbook(rows, change=change)
    book = openpyxl.Workbook()
    sheet, line = book.active, Font(strike=True)
    for cells in rows:
        sheet.append(cells)
    sheet["H2"].font = sheet["B3"].font = sheet["A7"].font = line
    sheet["B5"] = CellRichText("王", TextBlock(InlineFont(strike=True), "一"))
    sheet.row_dimensions[6].font, sheet.row_dimensions[6].hidden = line, True
    return saved(book)


# ---- written by other programs ----


def other_writer(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The parts under other names: each pair is replaced in all names and in what the parts say of each other."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text, entry = old.read(name).decode(), zipfile.ZipInfo("x")
            entry.filename = name
            for before, after in changes:
                entry.filename = entry.filename.replace(before, after)
                text = text.replace(before, after) if name.endswith((".rels", "Types].xml")) else text
            new.writestr(entry, text)
    return out.getvalue()


STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        [("workbook.xml", "workbook2.xml")],
        [("xl/workbook", "xl\\workbook"), ("xl/worksheets/", "xl\\worksheets\\"), ("_rels/", "_rels\\")],
        [("xl/", "ss/")],
        [("styles.xml", "format.xml"), ("sharedStrings.xml", "texts.xml")],
        [('"/xl/worksheets', '"../xl/./worksheets')],
        [("sheet1.xml", "Sheet1.XML")],
        STRICT,
    ],
    ids=["workbook2", "backslashes", "folder", "other_names", "relative", "capitals", "strict"],
)
def test_parts_are_found_where_the_workbook_says(changes):
    content = workbook([DEATHS, [ONE, "王一", date(2020, 6, 1)]])
    if changes is STRICT:
        for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
            content = rewritten(content, lambda text: text.replace(*STRICT[0]).replace(*STRICT[1]), part)
    inbox = read(other_writer(content, *changes), extension="xlsx")
    assert inbox.delivery("deaths_202006").refusals == ()
    assert inbox.column("deaths_202006", "died_on") == [date(2020, 6, 1)]


# ---- merged, hidden, other sheets ----


@pytest.mark.parametrize("form", ["xlsx", "xls"])
def test_what_names_a_family_holds_for_every_row_that_it_spans(form):
    """And an amount for its first: nobody can tell whether it is each one's or their sum."""
    rows = [
        ["户饮水状况"],
        ACCESS,
        ["h1", 40, "入户", 5],
        [None, None, None, 6],
        ["h2", 40, "入户", 7],
        [None] * 4,
        ["h3", 40, "入户", 7],
    ]
    merged = [(2, 3, 0), (2, 3, 1), (2, 3, 2), (4, 5, 0), (4, 5, 3), (0, 1, 5)]
    inbox = read(old_or_new(form, rows, merged), "access_202006", form, "water")
    found = inbox.rows("access_202006")
    assert {line: (one["household_id"], one["mode"]) for line, one in found.items()} == {
        3: ("h1", "入户"), 4: ("h1", "入户"), 5: ("h2", "入户"), 7: ("h3", "入户")}  # fmt: skip
    assert [found[line]["litres_per_person_day"] for line in (3, 4)] == [40, None]
    notes = dict(inbox.delivery("access_202006").notes)
    assert notes["merged_down"] == "户编号×1、取水方式×1"
    assert notes["merged_amounts"] == "人均日水量（升）×1"
    assert notes["empty_rows_left_out"] == "1", "a row in which nothing stands of its own is none"


def test_a_cell_that_is_covered_and_says_something_else_holds_its_row():
    """As programs leave it that merge cells without emptying them; the same again is what is seen."""
    rows = [RELIEF, row("r1"), row("r1"), row("r3"), row("r4", amount=5)]
    for nth, cells in enumerate(rows[1:]):
        cells[1] = (ONE, ONE, TWO, THREE)[nth]
    content = rewritten(
        workbook(rows),
        lambda text: text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2:B4"/>'
                                  '<mergeCell ref="F4:F5"/></mergeCells>'))  # fmt: skip
    inbox = read(content, "relief_202006", "xlsx", "civil_affairs")
    assert inbox.broken("relief_202006") == {4: {"id_number_characters"}, 5: {"amount_readable"}}


def incomes(unit_row: list[Any], merged: str = "") -> Inbox:
    rows = [INCOMES, unit_row, ["h1", 2019, 2, 1, 2, 3, 4, 0, 10, 5]]
    return read(workbook(rows, merged=merged), "incomes_2019", "xlsx", "registry")


def test_a_merged_unit_counts_for_every_column_that_it_spans():
    inbox = incomes(["", "", "人", "万元"], merged="D2:J2")
    assert inbox.column("incomes_2019", "net_income") == [Decimal(100_000)]
    assert inbox.column("incomes_2019", "wage_income") == [Decimal(10_000)]


def test_a_unit_that_may_be_meant_for_other_columns_too_refuses():
    inbox = incomes(["", "", "人", "万元"])
    assert inbox.refused("incomes_2019") == {"unit_unknown"}


def test_yuan_below_the_header_leaves_the_others_yuan():
    assert incomes(["", "", "人", "元"]).column("incomes_2019", "net_income") == [Decimal(10)]


def test_another_scale_of_another_number_refuses():
    labels = header("access").split(",")
    kilometres = [label.replace("（米）", "（公里）") for label in labels]
    assert read(workbook([kilometres]), "access_202006", "xlsx", "water").refused("access_202006") == {
        "unit_unknown"
    }
    assert not read(workbook([labels]), "access_202006", "xlsx", "water").refused("access_202006")


def test_hidden_rows_and_columns_are_data():
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in [DEATHS, [ONE, "王一", "2020-06-01"], [TWO, "李二", "2020-06-02"]]:
        sheet.append(cells)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), extension="xlsx").column("deaths_202006", "name") == ["王一", "李二"]


def test_a_page_with_a_chart_and_an_empty_one_are_no_second_table():
    book = openpyxl.Workbook()
    book.create_chartsheet("图", 0)
    sheet = book.active = book.worksheets[0]
    for cells in [["死亡登记"], DEATHS, [ONE, "王一", "2020-06-01"]]:
        sheet.append(cells)
    book.create_sheet("Sheet2")
    out = io.BytesIO()
    book.save(out)
    inbox = read(out.getvalue(), extension="xlsx")
    assert (inbox.column("deaths_202006", "name"), list(inbox.rows("deaths_202006"))) == (["王一"], [3])


@pytest.mark.parametrize("form", ["xlsx", "xls", "parquet"])
def test_files_joined_end_to_end_are_refused(form):
    """As parts are joined: of two archives a reader finds the last, of two old workbooks the first."""
    rows = [DEATHS, [ONE, "王一", "2020-06-01"]]
    out = io.BytesIO()
    pq.write_table(pa.table(dict(zip(DEATHS, [[ONE], ["王一"], ["2020-06-01"]], strict=True))), out)
    content = {"xlsx": workbook(rows), "xls": old_workbook(rows), "parquet": out.getvalue()}[form]
    assert not read(content, extension=form).refused("deaths_202006")
    assert read(content + content, extension=form).refused("deaths_202006")


def test_a_workbook_that_was_cut_off_is_refused():
    content = workbook([DEATHS, *[[number_of(date(1960, 1, 1), n), "王一", "2020-06-01"] for n in range(50)]])
    for at in range(0, len(content), 97):
        assert read(content[:at], extension="xlsx").refused("deaths_202006"), at


@pytest.mark.parametrize("form", ["csv", "xlsx", "xls", "parquet"])
def test_a_lost_character_holds_its_row_in_every_format(form):
    rows = [
        [ONE, "王\ufffd", "2020-06-01"],
        [TWO, "李二", "2020-06-01"],
        [THREE + "\ufffd", "王五", "2020-06-01"],
    ]
    parquet = io.BytesIO()
    pq.write_table(pa.table(dict(zip(DEATHS, map(list, zip(*rows, strict=True)), strict=True))), parquet)
    contents = {
        "csv": "\n".join(map(",".join, [DEATHS, *rows])).encode() + b"\n",
        "xlsx": workbook([DEATHS, *rows]),
        "xls": old_workbook([DEATHS, *rows]),
        "parquet": parquet.getvalue(),
    }
    inbox = read(contents[form], extension=form)
    assert inbox.broken("deaths_202006") == {2: {"name_legible"}, 4: {"id_number_characters"}}


# ---- Parquet ----


@pytest.mark.parametrize("second", ["证件号码", "证件号码.1", "证件号码_1", "id_number"])
def test_two_columns_of_one_name_refuse_unless_they_agree(second):
    for number, refused in ((ONE, set()), (TWO, {"column_twice"})):
        out, names = io.BytesIO(), [*DEATHS, second]
        pq.write_table(pa.table([[ONE], ["王一"], ["2020-06-01"], [number]], names=names), out)
        assert read(out.getvalue(), extension="parquet").refused("deaths_202006") == refused


def test_a_parquet_file_keeps_its_types():
    columns = {
        "救助编号": ["r1", "r2", "r3"],
        "证件号码": [ONE, TWO, THREE],
        "姓名": ["㐂·𠮷", "李二", "王五"],
        "申请日期": pa.array([datetime(2020, 5, 3, 12), None, None], pa.timestamp("us")),
        "救助原因": ["因病"] * 3,
        "救助金额": [0.1 + 0.2, 312.5, float("nan")],
        "发放日期": pa.array([date(2020, 6, 1)] * 3, pa.date32()),
    }
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    inbox = read(out.getvalue(), "relief_202006", "parquet", "civil_affairs")
    assert inbox.broken("relief_202006") == {4: {"amount_given"}}
    assert inbox.column("relief_202006", "amount") == [Decimal("0.30"), Decimal("312.50"), None]
    assert inbox.column("relief_202006", "applied_on") == [date(2020, 5, 3), None, None]
    assert inbox.column("relief_202006", "paid_on") == [date(2020, 6, 1)] * 3


def test_what_is_no_row_is_none_in_parquet_either():
    out = io.BytesIO()
    pq.write_table(
        pa.table(dict(zip(DEATHS, [[ONE, "合计"], ["王一", "1"], ["2020-06-01", None]], strict=True))), out
    )
    inbox = read(out.getvalue(), extension="parquet")
    assert inbox.column("deaths_202006", "name") == ["王一"]


def deaths_of(**changed: Any) -> bytes:
    """A Parquet file of one row; `name` and `day` replace its cell."""
    out = io.BytesIO()
    cells = {
        "证件号码": [ONE],
        "姓名": changed.get("name", ["王一"]),
        "死亡日期": changed.get("day", ["2020-06-01"]),
    }
    pq.write_table(pa.table(cells), out)
    return out.getvalue()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/New_York"])
def test_a_moment_is_its_day_in_china_on_every_machine(zone, tmp_path):
    content = deaths_of(
        day=pa.array([datetime(2020, 6, 2, 16)], pa.timestamp("us", tz=zone))
    )  # midnight in China
    (tmp_path / "deaths").write_bytes(content)
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(f"SET TimeZone = '{zone}'")
        loaded = read_parquet(connection, tmp_path / "deaths", catalogue()["deaths"], "text")
        assert connection.sql(loaded.rows_sql).fetchall()[0][-1] == "2020-06-03"


def test_bytes_are_the_text_that_they_are_in_utf_8_or_hold_their_row():
    whole, cut = (
        read(deaths_of(name=pa.array([text])), extension="parquet") for text in ("王一".encode(), b"\xe5\xbc")
    )
    assert (whole.column("deaths_202006", "name"), whole.broken("deaths_202006")) == (["王一"], {})
    assert cut.broken("deaths_202006") == {2: {"name_legible"}}
