"""Work lists: what a cadre prints and fills in, and what comes back as `visits`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from expectations.columns import TAKEN_BACK
from expectations.contract import Type
from expectations.feeds import catalogue
from expectations.headers import fit
from reports.worklists import NoSuchTown, list_name, write_worklists
from tests.reports.handmade import AS_OF, Published
from warehouse.landing.names import name_of

VISITS = catalogue()["visits"]
TOWN = "410184100"


def sheet(path: Path, place: int = 0):
    return openpyxl.load_workbook(path).worksheets[place]


def rows(path: Path, *places: int | str) -> list[dict[str, object]]:
    """The rows of the sheets, by place or title; without any of those that come back."""
    book = openpyxl.load_workbook(path)
    listed = [one for one in book.worksheets if fit(VISITS, [str(cell.value or "") for cell in one[1]]).fits]
    asked = [book.worksheets[one] if isinstance(one, int) else book[one] for one in places] or listed
    found = []
    for page in asked:
        header, *lines = page.iter_rows(values_only=True)
        found += [dict(zip(header, row, strict=True)) for row in lines]
    return found


@pytest.fixture
def listed(published: Published) -> Published:
    """Two villages of one town, one of another, and a household whose village nobody knows."""
    published.household("H1", head_name="张三", household_type="脱贫户", monitored_class="脱贫不稳定户")
    published.household("H2", village="410184100201", head_name="李四", phone=None)
    published.household("H3", head_name="王五")
    published.household("H4", village="410184101200")
    published.household("H5", village=None, head_name=None, household_type=None, persons=None)
    published.clue(
        "c1", "H1", rank=9, suggested_class="持续监测", reasons="catastrophic_illness,unsafe_water"
    )
    published.clue("c2", "H2", village="410184100201", rank=1, status="overdue", opened_on=date(2020, 6, 1),
                   due_on=date(2020, 6, 16))  # fmt: skip
    published.clue(
        "c3", "H3", rank=3, suggested_class=None, no_suggestion_because="income_below_line:unknown"
    )
    published.clue("c4", "H3", rank=2, status="closed")
    published.clue("c5", "H5", village=None, rank=4, reasons="")
    illness = {"value": Decimal("6200.50"), "cutoff": Decimal("5000.00")}
    published.signal("H1", "catastrophic_illness", "at_risk", **illness)
    published.signal("H1", "unsafe_water", "at_risk")
    published.signal("H3", "unsafe_dwelling", "at_risk", value=Decimal("1.00"), cutoff=Decimal("1.00"))
    return published


def test_a_file_a_town_and_one_for_those_without(listed):
    written = write_worklists(listed.home, AS_OF)
    assert [path.name for path in written] == [
        f"入户核查结果_20200630_{town}.xlsx" for town in ("东街道", "西镇", "乡镇不明")
    ]
    assert {path.parent for path in written} == {listed.home.outbox / "worklists" / "2020-06-30"}
    assert set(written[0].parent.iterdir()) == set(written)


def test_only_the_owner_may_read_them(listed):
    (path, *_) = write_worklists(listed.home, AS_OF)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("town", [TOWN, "东街道"])
def test_open_clues_by_village_and_rank_a_sheet_a_village(listed, town):
    (path,) = write_worklists(listed.home, AS_OF, town=town)
    found = {title: [row["线索编号"] for row in rows(path, title)] for title in ("王庄村", "李庄村")}
    assert found == {"王庄村": ["c3", "c1"], "李庄村": ["c2"]}
    assert openpyxl.load_workbook(path).sheetnames == ["王庄村", "李庄村", "情况不明户", "缺失数据"]


def test_a_town_without_a_name_or_with_anothers_is_called_by_its_code():
    named = {
        "410184100": "东街道",
        "410184101": "",
        "410184102": "西镇",
        "410184103": "西镇",
        "410184104": "张三",
    }
    names = [list_name(code, named, AS_OF) for code in named]
    assert [name.split("_")[2] for name in names] == [
        "东街道.xlsx", "410184101.xlsx", "410184102.xlsx", "410184103.xlsx", "410184104.xlsx",
    ]  # fmt: skip
    assert all((name_of(name).feed, name_of(name).n) == (VISITS, 1) for name in names)


def test_a_row_says_who_why_and_until_when(listed):
    listed.add(
        "mart.signal_evidence", household_id="H1", indicator="catastrophic_illness", delivery_id="d1", line=17
    )
    listed.add("quality.delivery", delivery_id="d1", feed="settlements", period="202006")
    row = rows(write_worklists(listed.home, AS_OF)[0])[1]
    assert (row["户编号"], row["户主姓名"], row["联系电话"], row["人口"]) == ("H1", "张三", "13800000000", 3)
    assert row["户类型"] == "脱贫户"
    assert row["监测对象类别"] == "脱贫监测户"  # the word of 2020
    assert row["核查方式"] == "入户"
    assert row["建议类别"] == "持续监测"
    assert row["预警指标"] == "大额医疗支出：6200.5（达到5000）\n饮水不安全"
    assert row["依据"] == "医保结算 2020年6月 第17行 [d1]"
    assert (row["产生日期"], row["核查期限"]) == (datetime(2020, 6, 30), datetime(2020, 7, 15))
    assert row["状态"] == "待核查"


def test_statuses_missing_suggestions_and_reports_have_words(listed):
    first, _, last = rows(write_worklists(listed.home, AS_OF)[0])
    assert "暂不建议类别" in str(first["建议类别"])
    assert (last["状态"], last["联系电话"]) == ("逾期未核查", None)
    (unknown,) = rows(write_worklists(listed.home, AS_OF, town="unknown")[0])
    assert (unknown["线索编号"], unknown["预警指标"], unknown["户主姓名"]) == (
        "c5",
        "上报线索（无预警指标）",
        None,
    )


def test_a_removed_risk_is_said(published):
    published.household("H1", monitored_class="边缘易致贫户", is_risk_removed=True)
    published.clue("c1", "H1")
    assert rows(write_worklists(published.home, AS_OF)[0])[0]["监测对象类别"] == "边缘户（风险已消除）"


def test_three_sources_are_named_and_the_rest_counted(listed):
    for line in range(2, 7):
        listed.add(
            "mart.signal_evidence", household_id="H1", indicator="unsafe_water", delivery_id="d9", line=line
        )
    told = str(rows(write_worklists(listed.home, AS_OF)[0])[1]["依据"])
    assert told == "d9 第2行\nd9 第3行\nd9 第4行等，另有2处"


def test_the_columns_to_fill_in_are_those_of_the_contract(listed):
    first = sheet(write_worklists(listed.home, AS_OF)[0])
    header = [cell.value for cell in first[1]]
    labels = [column.label for column in VISITS.columns if column != TAKEN_BACK]
    assert (
        set(header[-len(labels) + 2 :]) == set(labels[2:])
        and labels[:2] == ["线索编号", "户编号"] == header[:2]
    )
    assert first.protection.sheet and [first.cell(2, place).protection.locked for place in (1, 5)] == [
        True,
        True,
    ]
    assert not first.column_dimensions[get_column_letter(len(header))].protection.locked
    assert len(set(header)) == len(header)
    for row in rows(write_worklists(listed.home, AS_OF)[0]):
        assert [row[label] for label in labels[2:]] == [None] * (len(labels) - 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_comes_back_as_visits(listed, language):
    """The header fits the feed in both languages, and no other sheet of the book does."""
    book = openpyxl.load_workbook(write_worklists(listed.home, AS_OF, language)[0])
    fits = [fit(VISITS, [str(cell.value or "") for cell in one[1]]) for one in book.worksheets]
    assert [bool(header.faults) for header in fits] == [False, False, True, True]
    assert all(
        set(one.places) == {column.name for column in VISITS.columns if column != TAKEN_BACK}
        for one in fits[:2]
    )


def test_codes_are_chosen_from_the_contracts_lists(listed):
    first = sheet(write_worklists(listed.home, AS_OF)[0])
    header = {cell.column_letter: cell.value for cell in first[1]}
    offered = {}
    for one in first.data_validations.dataValidation:
        (area,) = one.sqref.ranges
        assert (area.min_row, area.max_row) == (2, 3)
        offered[header[area.coord.partition(":")[0].rstrip("2")]] = one.formula1.strip('"').split(",")
    of_the_day = {"认定类别": ["脱贫监测户", "边缘户", "不纳入"]}  # the third class did not exist in 2020
    assert offered == {
        column.label: of_the_day.get(column.label, list(column.codes))
        for column in VISITS.columns
        if column.type is Type.CODE and column.codes
    }


def test_it_can_be_printed(listed):
    first = sheet(write_worklists(listed.home, AS_OF)[0])
    assert first.freeze_panes == "D2"
    assert str(first.page_setup.paperSize) == first.PAPERSIZE_A4
    paper = CellRange(first.print_area.split("!")[1])
    assert [cell.value for cell in first[1]][paper.max_col - 1] == "备注" and paper.max_col < first.max_column
    assert first.print_title_rows == "$1:$1"
    assert first.page_setup.orientation == "landscape"
    assert first.sheet_properties.pageSetUpPr.fitToPage and first.page_setup.fitToHeight == 0
    assert "东街道" in first.oddHeader.center.text and "2020-06-30" in first.oddHeader.center.text
    assert all(dimension.width > 5 for dimension in first.column_dimensions.values())


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+HYPERLINK(1)",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1",
        "＝1+1",
        "＠SUM(A1)",
        "#N/A",
        "a\x07b",
    ],
)
def test_nothing_from_outside_becomes_a_formula(published, name):
    published.household("H1", head_name=name, phone=name)
    published.clue("c1", "H1")
    (written,) = write_worklists(published.home, AS_OF)
    cell = sheet(written)["C2"]
    assert cell.data_type == "s"
    assert cell.value.replace("\n", "\r") == name.replace("\x07", " ").replace("\n", "\r")
    assert bool(cell.quotePrefix) == (name[0] in "=+-@\t\r\n＝＠")
    typed = {one.data_type for page in openpyxl.load_workbook(written) for line in page for one in line}
    assert "f" not in typed


def test_workbooks_are_written_in_one_place():
    """There a text is written as text; a second place would have to remember it."""
    makers = [
        path.name for path in Path("reports").glob("*.py") if "xlsxwriter" in path.read_text(encoding="utf-8")
    ]
    assert makers == ["workbook.py"]


def test_the_same_night_writes_the_same_bytes(listed):
    first = [path.read_bytes() for path in write_worklists(listed.home, AS_OF)]
    again = write_worklists(listed.home, AS_OF)
    assert [path.read_bytes() for path in again] == first
    stated = openpyxl.load_workbook(again[0]).properties
    assert stated.created == stated.modified == datetime(2000, 1, 1)


def test_a_list_of_a_town_that_is_no_more_goes(listed):
    (path, *_) = write_worklists(listed.home, AS_OF)
    stale = path.with_name("入户核查结果_20200630_无镇.xlsx")
    stale.write_bytes(b"")
    write_worklists(listed.home, AS_OF, town=TOWN)
    assert stale.exists()
    write_worklists(listed.home, AS_OF)
    assert not stale.exists()


def test_a_town_nobody_knows(listed):
    with pytest.raises(NoSuchTown, match="410184100, 410184101, unknown"):
        write_worklists(listed.home, AS_OF, town="../../etc")


def test_another_night_is_not_dressed_up_as_this_one(listed):
    with pytest.raises(ValueError, match="2020-06-30"):
        write_worklists(listed.home, date(2020, 7, 1))
    assert not (listed.home.outbox / "worklists").exists()


def test_a_reason_that_has_turned_unknown_is_still_one_and_nobody_has_reported_it(listed):
    listed.signal("H2", "unsafe_dwelling", "unknown", unknown_because="not_stated:dwelling_grade")
    (row,) = rows(write_worklists(listed.home, AS_OF)[0], "李庄村")
    assert row["预警指标"] == "住房不安全（现情况不明）"


@pytest.fixture
def event(published: Published) -> Published:
    """Two households of a village whose water failed a test, one of another, and one that is to be called."""
    for nth, (household, asks_for) in enumerate(
        (("H1", "works"), ("H2", "works"), ("H3", "call"), ("H4", "works"))
    ):
        village = "410184100201" if household == "H4" else "410184100200"
        published.household(household, village=village, head_name=f"户主{nth}")
        published.clue(
            f"c{nth}", household, village=village, rank=nth, asks_for=asks_for, reasons="unsafe_water"
        )
        published.signal(household, "unsafe_water", "at_risk")
    return published


def test_what_comes_from_a_village_stands_once_a_village_with_its_households_and_comes_back_too(event):
    (path,) = write_worklists(event.home, AS_OF)
    found = rows(path, "村供水核查")
    assert [(row["线索编号"], row["户编号"], row["行政村"], row["涉及户数"]) for row in found] == [
        ("c0", "H1", "王庄村", 2), ("c3", "H4", "李庄村", 1),
    ]  # fmt: skip
    assert (found[0]["涉及农户"], found[0]["预警指标"]) == ("户主0、户主1", "饮水不安全")
    assert [(row["线索编号"], row["核查方式"]) for row in rows(path, "王庄村")] == [("c2", "电话")]
    assert [row["线索编号"] for row in rows(path)] == ["c0", "c3", "c2"]


@pytest.fixture
def doubtful(published: Published) -> Published:
    """Of H1 nothing is known; H2 is lifted and misses one thing, H3 monitored, H4 any other, H5 lifted and misses
    only a file, H6 only a line."""
    for household_id in ("H1", "H4"):
        published.household(household_id)
    for household_id in ("H2", "H5", "H6"):
        published.household(household_id, household_type="脱贫户")
    published.household("H3", monitored_class="边缘易致贫户")
    published.signal("H1", "income_below_line", "unknown", unknown_because="row_missing:incomes")
    published.signal("H1", "unsafe_water", "unknown", unknown_because="row_missing:access,row_missing:access")
    published.signal("H2", "income_below_line", "unknown", unknown_because="row_missing:incomes")
    published.signal("H2", "unsafe_water", "clear")
    published.signal("H3", "unsafe_dwelling", "unknown", unknown_because="not_stated:dwelling_grade")
    published.signal("H3", "unsafe_water", "at_risk")
    published.clue("c3", "H3", reasons="unsafe_water")
    published.signal("H4", "income_below_line", "unknown", unknown_because="row_missing:incomes")
    published.signal("H4", "unsafe_water", "clear")
    published.signal("H5", "catastrophic_illness", "unknown", unknown_because="period_missing:settlements")
    published.signal("H5", "unsafe_water", "clear")
    published.signal("H6", "income_below_line", "unknown", unknown_because="no_cutoff:2021")
    published.signal("H6", "unsafe_water", "clear")
    return published


def test_lifted_and_monitored_households_are_listed_with_the_gaps_that_a_row_or_a_cell_would_close(doubtful):
    found = {row["户编号"]: row for row in rows(write_worklists(doubtful.home, AS_OF)[0], "情况不明户")}
    assert list(found) == ["H1", "H2", "H3"]
    assert [row["不明指标数"] for row in found.values()] == ["2/2", "1/2", "1/2"]
    assert found["H1"]["情况不明的指标"] == "人均纯收入低于监测线、饮水不安全"
    assert (
        found["H1"]["缺什么"] == "“户年度收入”中没有该户或其成员的记录\n“户饮水状况”中没有该户或其成员的记录"
    )
    assert found["H1"]["由谁提供"] == "农业农村工作委员会、水利局"
    assert (found["H3"]["缺什么"], found["H3"]["由谁提供"]) == (
        "“户信息”中未填写危房级别",
        "农业农村工作委员会",
    )


def test_what_each_missing_thing_would_make_known(doubtful):
    found = rows(write_worklists(doubtful.home, AS_OF)[0], "缺失数据")
    told = {row["缺什么"]: tuple(row.values())[1:] for row in found}
    assert told["“户年度收入”中没有该户或其成员的记录"] == ("农业农村工作委员会", 2, 1)
    assert told["“医保结算”有应报未报的月份或学期"] == ("卫健委、医保局", 1, 1)


def test_lists_in_english(doubtful):
    doubtful.clue("c3", "H3", reasons="unsafe_water", suggested_class="关注")
    book = openpyxl.load_workbook(write_worklists(doubtful.home, AS_OF, "en")[0])
    assert book.sheetnames == ["王庄村", "Unknown", "What is missing"]
    row = next(row for row in rows(write_worklists(doubtful.home, AS_OF, "en")[0]) if "c3" in row.values())
    assert (row["indicators at risk"], row["class, suggested"], row["status"]) == (
        "Unsafe drinking water",
        "watch",
        "open",
    )
