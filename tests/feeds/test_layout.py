"""Where the table begins and ends in a real sheet: titles above it, merged headers, units, totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.contract import Type
from expectations.feeds import catalogue
from tests.feeds.intake import header, lines, read, workbook
from tests.spec.drawn import number_of
from warehouse.landing.layout import find
from warehouse.landing.rows import Loaded, settle

MEMORY = duckdb.connect(":memory:", config={"threads": 1})
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
          "负责人", "注：以上", "说明：x", "备注：x", "数据来源", "制表：张", "复核人：王", "经办人：李")  # fmt: skip


def test_a_total_or_a_signature_is_no_person():
    inbox = read(lines(*GOOD, *(f"{first},3," for first in TOTALS), *(f",{first}," for first in TOTALS)))
    assert (inbox.column("deaths_202006", "name"), inbox.broken("deaths_202006")) == (["王一", "李二"], {})


ENGLISH = ("Total", "Subtotal", "Sub-total", "grand TOTAL:", "柳河镇 汇总")


def test_an_english_total_is_no_person():
    inbox = read(lines(*GOOD, *(f"{first},3," for first in ENGLISH), *(f",{first}," for first in ENGLISH)))
    assert (inbox.column("deaths_202006", "name"), inbox.broken("deaths_202006")) == (["王一", "李二"], {})


@pytest.mark.parametrize(
    ("row", "faults"),
    [(f"王小计,{TWO},2020-06-02", set()), (f"共计生,{TWO},2020-06-02", set()), (f"累某,{TWO},", {"died_on_given"}),
     (f"合计,{TWO[:12]},2020-06-02", {"id_number_length"}), (f"说明：查无此人,{TWO},六月", {"died_on_readable"})],
)  # fmt: skip
def test_a_row_that_names_somebody_is_no_total_whatever_it_begins_with(row, faults):
    inbox = read(lines("姓名,证件号码,死亡日期", f"王一,{ONE},2020-06-01", row))
    assert inbox.broken("deaths_202006").get(3, set()) == faults
    assert len(inbox.rows("deaths_202006")) == 2


@pytest.mark.parametrize("row", ["合计,120,2020-06-30", "填表人：王,13812345678,2020-07-01", "王 汇总,3人,"])
def test_a_count_and_a_telephone_are_nobodys_number(row):
    inbox = read(lines("姓名,证件号码,死亡日期", f"王一,{ONE},2020-06-01", row))
    assert list(inbox.rows("deaths_202006")) == [2]


FREE = st.sampled_from([*TOTALS, *ENGLISH, "累计住院费用8万余元", "说明：房屋失火", "1. 另见附件", "王一"])


@cache
def laid_out(name: str):
    """A feed, its layout behind a free column, and a good cell of each other column by place."""
    feed = catalogue()[name]
    layout = find(feed, [(1, ["情况", *(column.label for column in feed.columns)])])
    cells = {Type.PERSON_NUMBER: ONE, Type.VILLAGE: "410184100001", Type.DATE: "2020-06-01", Type.YEAR: "2020",
             Type.MONEY: "12.5", Type.INTEGER: "3", Type.MONTH: "202006"}  # fmt: skip
    usual = [cells.get(c.type) or next(iter(c.codes), f"{c.name}-{{}}") for c in feed.columns]
    return feed, layout, usual, [nth for nth, column in enumerate(feed.columns) if not column.required]


@given(
    name=st.sampled_from(["relief", "reports", "access", "incomes", "projects", "disability_subsidies"]),
    rows=st.lists(st.tuples(FREE, st.booleans(), st.booleans()), min_size=1, max_size=6),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_row_that_fills_what_its_neighbours_fill_is_never_left_out(name, rows):
    """And a total beside it, which fills amounts and counts alone, always is."""
    feed, layout, usual, optional = laid_out(name)
    amounts = [
        nth for nth, c in enumerate(feed.columns) if c.type in (Type.MONEY, Type.INTEGER, Type.DECIMAL)
    ]
    cells = []
    for nth, (first, is_row, is_full) in enumerate(rows, start=2):
        whole = [first, *(cell.format(10_000 + nth) for cell in usual)]
        for place in optional if is_row and not is_full else ():
            whole[place + 1] = ""
        total = ["合计", *("12" if place in amounts else "" for place in range(len(usual)))]
        cells.append(whole if is_row else total)
    values = ", ".join(str((nth, "", *row)) for nth, row in enumerate(cells, start=2))
    named = ", ".join(f"c{place}" for place in range(len(layout.labels)))
    MEMORY.execute(
        f"CREATE OR REPLACE TEMP TABLE drawn AS FROM (VALUES {values}) AS v(line, row__fault, {named})"
    )
    left = settle(MEMORY, "kept", Loaded(layout, "SELECT * REPLACE (NULL AS row__fault) FROM drawn"), feed)
    kept = {line for (line,) in MEMORY.execute("SELECT line FROM kept").fetchall()}
    assert kept == {nth for nth, (_, is_row, _) in enumerate(rows, start=2) if is_row}
    assert sum(len(gone) for _, gone in left) + len(kept) == len(rows)


PAGE = ["新郑市死亡登记表", "填报单位：某局 2020年6月", GOOD[0]]


def test_of_printed_pages_pasted_together_the_tops_are_left_out_and_the_rows_kept():
    again = ["新郑市死亡登记表（续）", "第2页 共2页", PAGE[1], GOOD[0]]
    inbox = read(lines(*PAGE, GOOD[1], "本页小计,1,", "", *again, GOOD[2], "本页小计,1,", "合计,2,"))
    assert inbox.broken("deaths_202006") == {}
    assert list(inbox.rows("deaths_202006")) == [4, 11]


@pytest.mark.parametrize(
    ("unit", "is_read"), [("单位：万元", True), ("单位：元", False), ("金额均为元", False)]
)
def test_the_unit_at_the_top_of_a_page_that_comes_again_is_the_first_ones(unit, is_read):
    labels = header("projects").replace("（万元）", "")
    first, second = PROJECT.format("12.5").strip(), PROJECT.format("7").strip().replace("p1", "p2")
    inbox = read(
        lines("供水工程表", "单位：万元", labels, first, "供水工程表", unit, labels, second),
        "projects_2020", department="water",
    )  # fmt: skip
    assert inbox.refused("projects_2020") == (set() if is_read else {"unit_row_inside"})
    assert not is_read or inbox.column("projects_2020", "investment") == [Decimal(125000), Decimal(70000)]


def test_a_note_goes_on_over_numbered_and_indented_lines_and_no_further():
    note = ["注：1. 本表一式两份", "2. 日期以医学证明为准，", "　　不详的写月底", "", "（3）完", ",④ 又及"]
    inbox = read(lines(*GOOD, *note, "不详", f"2. 王,{TWO},2020-06-03"))
    assert list(inbox.rows("deaths_202006")) == [2, 3, 10, 11]


@pytest.mark.parametrize("labels", [f"{GOOD[0]},备注", "公民号,死者名,死亡时间", "公民号,死者名,离世日"])
def test_a_second_table_with_a_column_more_or_other_names_refuses(labels):
    more = ",x" if labels.endswith("备注") else ""
    assert read(lines(*GOOD, labels, f"{TWO},李二,2020-06-03{more}")).refused("deaths_202006") == {
        "second_table"
    }


def test_a_line_of_nothing_but_blanks_is_empty():
    inbox = read(lines(*GOOD[:2], " \t ", "　", "\t,", GOOD[2]))
    assert (list(inbox.rows("deaths_202006")), inbox.broken("deaths_202006")) == ([2, 6], {})


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
    filled = [["证照号", "姓名", "死亡日期"], [ONE, "王一", "2020-06-01"]]
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
