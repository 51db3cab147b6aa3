"""Where the table begins and ends in a real sheet: titles above it, merged headers, units, totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.feeds.intake import header, lines, read, workbook
from tests.spec.drawn import number_of

ONE, TWO = (number_of(date(1960, 1, day), 0) for day in (1, 2))
GOOD = ["证件号码,姓名,死亡日期", f"{ONE},王一,2020-06-01", f"{TWO},李二,2020-06-02"]
PROJECT = "p1,某工程,集中,2020,{},,410184100001,\n"


@pytest.mark.parametrize(
    "above", [["新郑市死亡登记表"], ["死亡登记", "", "填报单位：某局,,2020年6月"], ["x"] * 19]
)
def test_the_header_stands_within_the_first_20_filled_rows(above):
    inbox = read(lines(*above, *GOOD[:2], f"{TWO},李二,六月"))
    assert inbox.column("deaths_202006", "name") == ["王一", "李二"]
    assert inbox.broken("deaths_202006") == {len(above) + 3: {"died_on_readable"}}


TOTALS = ("合计", "小计", "总计", "共 计：", "累计", "本页小计", "制表人：王", "填表人", "审核人：李",
          "负责人", "注：以上", "说明：x", "备注：x", "数据来源")  # fmt: skip


def test_a_total_or_a_signature_is_no_person():
    inbox = read(lines(*GOOD, *(f"{first},3," for first in TOTALS), *(f",{first}," for first in TOTALS)))
    assert (inbox.column("deaths_202006", "name"), inbox.broken("deaths_202006")) == (["王一", "李二"], {})


def test_a_row_that_repeats_the_header_is_left_out_and_one_in_another_order_refuses():
    again = read(lines(*GOOD[:2], GOOD[0], GOOD[2]))
    turned = read(lines(*GOOD[:2], "姓名,证件号码,死亡日期", f"李二,{TWO},2020-06-02"))
    assert (again.column("deaths_202006", "name"), again.broken("deaths_202006")) == (["王一", "李二"], {})
    assert turned.refused("deaths_202006")


def test_a_header_of_two_merged_rows_is_one():
    upper = ["低保证号", "户主姓名", "保障对象", None, "低保类别", "发放年月", "发放金额"]
    lower = [None, None, "姓名", "证件号码", None, None, None]
    inbox = read(
        workbook([upper, lower, ["c1", "王", "王一", ONE, "A", "202006", 200]], merged="C1:D1"),
        "allowances_202006", "xlsx", "civil_affairs",
    )  # fmt: skip
    assert inbox.column("allowances_202006", "name") == ["王一"]
    assert list(inbox.rows("allowances_202006")) == [3]


@pytest.mark.parametrize(
    ("group", "is_read"),
    [("死者", True), ("死亡人员基本信息", True), ("人员情况", True), ("登记", True), ("联系登记", True),
     ("申报人", False), ("监护人信息", False), ("经办人员", False), ("户主情况", False), ("家属", False)],
)  # fmt: skip
def test_columns_of_a_group_are_of_the_person_whom_the_feed_is_about(group, is_read):
    upper, lower = [group, None, "死亡日期"], ["姓名", "证件号码", None]
    inbox = read(
        workbook([upper, lower, ["王一", ONE, "2020-06-01"]], merged="A1:B1"), "deaths_202006", "xlsx"
    )
    assert (inbox.refused("deaths_202006") == set()) is is_read


def test_a_declarant_beside_the_dead_is_not_dead():
    upper, lower = ["姓名", "证件号码", "死亡日期", "申报人", None], [None, None, None, "姓名", "证件号码"]
    row = ["王一", ONE, "2020-06-01", "李二", TWO]
    inbox = read(workbook([upper, lower, row], merged="D1:E1"), "deaths_202006", "xlsx")
    assert inbox.column("deaths_202006", "name") == ["王一"]


def test_a_total_behind_a_running_number_is_no_household():
    rows = [f"序号,{GOOD[0]}", f"1,{GOOD[1]}", f"2,{GOOD[2]}", "3,合计,2,", "4,全村合计,2,"]
    inbox = read(lines(*rows))
    assert (inbox.column("deaths_202006", "name"), inbox.broken("deaths_202006")) == (["王一", "李二"], {})


def test_an_empty_template_beside_a_filled_sheet_that_does_not_fit_is_no_nil_return():
    labels = GOOD[0].split(",")
    filled = [["证件号", "姓名", "死亡日期"], [ONE, "王一", "2020-06-01"]]
    both = workbook([labels], filled)
    assert read(both, "deaths_202006", "xlsx").refused("deaths_202006") == {"column_missing"}
    notes = workbook([labels], [["证件号码", "必填"], ["姓名", "必填"]])
    assert read(notes, "deaths_202006", "xlsx").refused("deaths_202006") == set()


def test_a_label_whose_unit_was_left_out_is_asked_for():
    labels = header("projects").replace("（万元）", "")
    inbox = read(lines(labels, PROJECT.format("12.5").strip()), "projects_2020", department="water")
    assert inbox.refused("projects_2020") == {"unit_unknown"}


@pytest.mark.parametrize("where", ["above", "below"])
def test_a_unit_row_says_what_amounts_are_counted_in(where):
    labels = header("projects").replace("（万元）", "")
    rows = ["单位：万元", labels] if where == "above" else [labels, ",,,,万元,,,"]
    inbox = read(lines(*rows, PROJECT.format("12.5").strip()), "projects_2020", department="water")
    assert inbox.column("projects_2020", "investment") == [Decimal("125000.00")]


def test_a_unit_row_in_the_middle_refuses():
    labels = header("projects").replace("（万元）", "")
    rows = [PROJECT.format("12.5").strip(), ",,,,万元,,,", PROJECT.format("7").strip().replace("p1", "p2")]
    assert read(lines(labels, *rows), "projects_2020", department="water").refused("projects_2020")


@pytest.mark.parametrize("gap", [[], [""]], ids=["at_once", "after_a_blank_line"])
def test_a_second_table_below_refuses(gap):
    inbox = read(lines(*GOOD, *gap, "证件号码,姓名,救助金额", f"{TWO},李二,500"))
    assert inbox.refused("deaths_202006")
