"""Everything at once, as it really comes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft, Native
from tests.corpus.files_headers import two_rows
from tests.corpus.files_numbers import GOOD, wide
from tests.corpus.files_units import in_ten_thousands, unit_row


@made(count=6, csv="allowances", txt="allowances", xlsx="allowances", xls="allowances")
def a_payroll(draft: Draft) -> None:
    """Title, note, header of two rows, unit row, 万元, full-width digits, sums, signatures, GB18030."""
    in_ten_thousands(draft)
    draft.look.encoding = "gb18030"
    two_rows(draft, "保障对象", "name", "id_number", lower={"name": "姓名", "id_number": "证件号码"})
    draft.under_head(unit_row(draft, "万元"))
    draft.write(1, "name", "㐂多福", "㐂多福")
    draft.write(2, "id_number", wide(GOOD), GOOD)
    draft.write(3, "amount", "０．０２６２")
    draft.write(4, "amount", "260元", Decimal(260))
    draft.write(4, "since", "2018.04")
    draft.write(5, "amount", "-")
    draft.hold(5, "amount_given")
    draft.write(6, "payment_kind", "", "正常")
    draft.before_row(4, draft.filled({"certificate_no": "小 计", "amount": "0.0783"}), [])
    draft.below(
        draft.filled({"certificate_no": "合　计", "amount": "0.1566"}),
        [],
        ["填表人：王某", "", "审核人：李某"],
    )
    draft.above(["新郑市2020年6月城乡低保发放花名册"], ["填报单位：民政局"], [])
    draft.look.merged = [(top + 3, low + 3, left, right) for top, low, left, right in draft.look.merged]


@made(count=5, csv="settlements", txt="settlements", xlsx="settlements", xls="settlements")
def a_settlement_list(draft: Draft) -> None:
    """A serial number in front, units in the header, thousands, missing marks, a copy, a header on each page."""
    for column in draft.feed.columns:
        if column.name.endswith(("_cost", "_paid", "pocket")):
            draft.head_as(column.name, f"{column.label}\n（元）")
    draft.write(1, "total_cost", "2,500.50")
    draft.write(1, "out_of_pocket", "９００．２０元")
    draft.write(2, "other_paid", "——", None)
    draft.write(2, "household_id", "无", None)
    draft.write(3, "settled_on", "2020年6月3日")
    draft.write(4, "id_number", "4.10184E+17")
    draft.hold(4, "id_number_damaged")
    draft.repeat(2, settled_on="2020/6/2", other_paid="/")
    draft.before_row(3, list(draft.head.cells))
    draft.below(draft.filled({"settlement_id": "累计", "total_cost": "12512.50"}))
    for nth, line in enumerate(draft.lines):
        line.cells.insert(
            0, "" if line.cells[0] == "累计" else "序号" if not line.is_row and not line.is_copy else str(nth)
        )
    draft.above(["2020年6月医保结算清单（单位：元）"])


@made(count=4, csv="incomes", txt="incomes", xlsx="incomes", xls="incomes")
def a_year_of_incomes(draft: Draft) -> None:
    """Grouped incomes, a unit row of 人 and 万元, one column in 元, a negative net income."""
    in_ten_thousands(draft, *[c.name for c in draft.feed.columns if c.name != "net_income_per_head"])
    two_rows(draft, "收入（按来源）", "wage_income", "business_income", "property_income", "transfer_income")
    draft.under_head(unit_row(draft, "万元", net_income_per_head="元"))
    draft.write(2, "business_cost", "1.9", Decimal(19000))
    draft.write(2, "net_income", "-0.1999", Decimal(-1999))
    draft.write(2, "net_income_per_head", "-999.50", Decimal("-999.50"))
    draft.write(3, "household_id", "4.1E+15")
    draft.hold(3, "household_id_readable")
    draft.below([], ["数据来源：农业农村局"], ["注：收入为全年数"])
    draft.above(["2020年度农户收入情况表"])
    draft.look.merged = [(top + 1, low + 1, left, right) for top, low, left, right in draft.look.merged]


@made(count=5, xlsx="relief", xls="relief")
def a_workbook_of_relief(draft: Draft) -> None:
    """A sheet of help in front, hidden rows, native days and amounts beside texts, an error cell, a second year."""
    draft.look.title, draft.look.sheets_before = "6月", [("说明", [["填表说明"], ["勿改表头"]])]
    draft.write(1, "amount", 1200.0)
    draft.write(2, "amount", "1,201.00元")
    draft.write(3, "paid_on", Native(datetime(2020, 6, 3, 9, 15), "yyyy-mm-dd hh:mm"))
    draft.write(4, "applied_on", Native(error="#N/A"))
    draft.hold(4, "applied_on_readable")
    draft.write(5, "paid_on", 43987)
    draft.look.hidden_rows = [6]
    draft.above(["临时救助发放表"], ["", "", "", "", "", "单位：元"])
    draft.below(["合计", "", "", "", "", 6010.0])


@made(count=5, csv="outages", txt="outages", xlsx="outages", xls="outages")
def a_water_report(draft: Draft) -> None:
    """GB18030, labels with blanks and brackets, days in four forms, one that ends before it begins."""
    draft.look.encoding, draft.look.line_ends = "gb18030", ("\r\n",)
    draft.head.cells = [
        "停水 编号",
        "工程编号（必填）",
        "行政村代码(12位)",
        "停水\n开始",
        "停水结束",
        "停水原因",
        "备注",
    ]
    for line in draft.rows:
        line.cells.append("")
    draft.write(1, "began_on", "2020年6月1日")
    draft.write(1, "ended_on", "——", None)
    draft.write(2, "began_on", "20200602")
    draft.write(3, "began_on", "43985", date(2020, 6, 3))
    draft.write(3, "reason", "管道\n爆裂", "管道\n爆裂")
    draft.write(4, "began_on", "2020/6/9", date(2020, 6, 9))
    draft.hold(4, "ends_after_it_begins")
    draft.below(["", "合计", "", "", "5次"])
    draft.above([], ["停水记录"], [])


@made(count=6, csv="disability", txt="disability", xlsx="disability", xls="disability")
def a_register_of_certificates(draft: Draft) -> None:
    draft.look.encoding = "utf-8-sig"
    draft.head_as("certificate_no", "残疾证号（20位）")
    draft.write(1, "name", "阿不都·热合曼", "阿不都·热合曼")
    draft.write(2, "type", "４")
    draft.write(3, "grade", "三级")
    draft.write(4, "type", "多重", "7")
    draft.hold(4, "type_is_digit_19")
    draft.write(5, "issued_on", "2015.7")
    draft.hold(5, "issued_on_readable")
    draft.write(6, "certificate_no", f" {draft.row(6).cells[0][:18]} 43")
    draft.repeat(1, issued_on="2015年7月8日")
    draft.below(["共计", "6人"], ["负责人：", "", "（盖章）"])
    draft.above(["持证残疾人登记表"], ["截止日期：2020年6月30日"])


@made(count=5, csv="members", txt="members", xlsx="members", xls="members")
def a_register_of_members(draft: Draft) -> None:
    draft.look.encoding = "gb18030"
    draft.head_as("person_no", "人口编号")
    draft.head_as("months_worked", "务工时间")
    draft.write(1, "name", "㐂多福", "㐂多福")
    draft.write(1, "sex", "1" if draft.row(1).values["sex"] == "男" else "2")
    draft.write(2, "relation", "10", "配偶")
    draft.write(2, "health", "长期慢性病、残疾", "长期慢性病,残疾")
    draft.write(3, "birth_date", "1950年1月7日")
    draft.write(3, "months_worked", "N/A", None)
    draft.write(4, "relation", "")
    draft.hold(4, "relation_given")
    draft.write(5, "months_worked", "十")
    draft.hold(5, "months_worked_readable")
    draft.before_row(3, [])
    draft.above(["家庭成员信息表"])
    draft.below(["备注：以户为单位"])
