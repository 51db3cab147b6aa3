"""What stands around the rows: titles, notes, blank rows, totals, signatures, headers once more."""

from __future__ import annotations

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft

SIGNATURES = (
    "制表人：张某", "填表人: 王某", "审核人：李某", "负责人（签字）：", "注：本表一式两份", "说明：金额均为实发",
    "备注：无", "数据来源：民政信息系统",
)  # fmt: skip
SUMS = (
    "合计",
    "小计",
    "总计",
    "共计",
    "累计",
    "本页小计",
    "合 计",
    "小　计",
    " 总 计 ",
    "合计（人）",
    "累计发放",
)


@made(csv="deaths", xlsx="relief", xls="outages")
def tidy(draft: Draft) -> None:
    """Nothing is wrong with it."""


@made(csv="checkups", txt="outages", xlsx="destitute", xls="incomes")
def title(draft: Draft) -> None:
    draft.above(["新郑市2020年6月情况登记表"])


@made(csv="relief", txt="allowances", xlsx="visits", xls="settlements")
def title_notes_and_blank_rows(draft: Draft) -> None:
    """填报单位：… is about an office, not about yuan."""
    draft.above(
        ["2020年6月登记表"], ["填报单位：新郑市民政局", "", "填报日期：2020年7月1日"], [""], ["（盖章）"], []
    )


@made(csv="projects", xlsx="members", xls="quality_tests")
def blank_rows_everywhere(draft: Draft) -> None:
    blank = draft.filled({})
    draft.under_head(blank)
    draft.before_row(2, blank, [" ", "　"])
    draft.before_row(3, blank)
    draft.below(blank, blank)


@made(xlsx="grants", xls="dropouts")
def blank_rows_above(draft: Draft) -> None:
    """The sheet begins in its fourth row: a clerk counts from the first."""
    draft.above([], [], [])


@made(xlsx="access", xls="deaths", csv="reports")
def blank_first_column(draft: Draft) -> None:
    for line in draft.lines:
        line.cells.insert(0, "")


@made(xlsx="households", xls="major_diseases")
def merged_title(draft: Draft) -> None:
    draft.above(["新郑市登记表"], ["二〇二〇年六月"])
    width = len(draft.feed.columns)
    draft.look.merged += [(1, 1, 1, width), (2, 2, 1, width)]


@made(csv="disability", xlsx="insurance", xls="disability_subsidies")
def sum_at_the_end(draft: Draft) -> None:
    draft.below(["合计", "3"])


@made(count=11, csv="allowances", xlsx="destitute", xls="relief")
def every_sum(draft: Draft) -> None:
    """A sum before each row, in whatever word; a total must never become a person."""
    for nth, word in enumerate(SUMS, start=1):
        draft.before_row(nth, draft.filled({"amount": "5000.00"}))
        place = draft.lines.index(draft.row(nth)) - 1
        draft.lines[place].cells[0] = word


@made(csv="destitute", xlsx="allowances", xls="grants")
def sum_in_the_second_column(draft: Draft) -> None:
    """The first filled cell says it, wherever it stands."""
    draft.below(draft.filled({draft.feed.columns[1].name: "合计", "amount": "936.00"}))


@made(csv="checkups", xlsx="quality_tests", xls="access")
def signatures(draft: Draft) -> None:
    draft.below(*([words] for words in SIGNATURES))


@made(xlsx="outages", csv="visits", xls="enrolments")
def signatures_side_by_side(draft: Draft) -> None:
    draft.below([], ["填表人：", "王某", "", "审核人：", "李某"])


@made(csv="reports", xlsx="reports", xls="reports")
def words_of_a_sum_inside_a_row(draft: Draft) -> None:
    """Only the first filled cell makes a sum of a row."""
    draft.write(1, "note", "合计花费八万元", "合计花费八万元")
    draft.write(2, "note", "备注：另见附件", "备注：另见附件")
    draft.write(3, "note", "填表人", "填表人")


@made(csv="deaths", xlsx="checkups", xls="insurance")
def header_again(draft: Draft) -> None:
    """As on every printed page."""
    draft.before_row(2, list(draft.head.cells))
    draft.before_row(3, [""], list(draft.head.cells))


@made(csv="dropouts", xlsx="deaths", xls="relief")
def header_again_in_another_order(draft: Draft) -> None:
    draft.before_row(3, list(reversed(draft.head.cells)))
    draft.refuse()


@made(csv="relief", xlsx="grants", xls="allowances")
def header_again_in_another_unit(draft: Draft) -> None:
    label = draft.head.cells[draft.at("amount")]
    draft.head_as("amount", f"{label}（元）")
    again = list(draft.head.cells)
    again[draft.at("amount")] = f"{label}（万元）"
    draft.before_row(3, again)
    draft.refuse()


@made(csv="deaths", xlsx="dropouts", xls="major_diseases")
def second_table_below(draft: Draft) -> None:
    draft.below(
        [""],
        ["二、临时救助"],
        ["救助编号", "证件号码", "姓名", "申请日期", "救助原因", "救助金额", "发放日期"],
        ["LS1", "410184197001011231", "王芳", "2020-05-01", "因病", "500", "2020-06-02"],
    )
    draft.refuse()


@made(csv="checkups", xlsx="deaths", xls="dropouts")
def second_table_beside(draft: Draft) -> None:
    """The list goes on in columns to the right."""
    halves = [list(line.cells) for line in draft.lines]
    for line, right in zip(draft.lines, [halves[0], halves[2], halves[3], halves[1]], strict=True):
        line.cells += ["", *right]
    draft.refuse()


@made(csv="relief", xlsx="outages", xls="checkups")
def header_in_the_twentieth_filled_row(draft: Draft) -> None:
    notes = [[f"{nth}．填写要求第{nth}条"] for nth in range(1, 20)]
    draft.above(*notes[:10], [], *notes[10:], [])


@made(csv="relief", xlsx="outages", xls="checkups")
def header_in_the_twenty_first_filled_row(draft: Draft) -> None:
    draft.above(*([f"{nth}．填写要求第{nth}条"] for nth in range(1, 21)))
    draft.refuse()


@made(count=0, csv="deaths", xlsx="relief", xls="outages", txt="grants")
def header_alone(draft: Draft) -> None:
    """A nil return."""


@made(count=0, csv="settlements", xlsx="checkups", xls="destitute")
def header_and_signatures_alone(draft: Draft) -> None:
    draft.above(["2020年6月登记表"])
    draft.below(["合计", "0"], ["填表人：王某"])


@made(count=0, csv="outages", xlsx="deaths", xls="relief")
def nil_return_in_words(draft: Draft) -> None:
    draft.below(["零报告"])


@made(count=0, csv="allowances", xlsx="settlements", xls="visits")
def none_this_month(draft: Draft) -> None:
    draft.below(draft.filled({draft.feed.columns[0].name: "本月无"}))


@made(count=0, csv="dropouts", xlsx="quality_tests", xls="grants")
def none(draft: Draft) -> None:
    draft.below(["无"])


@made(csv="deaths", xlsx="relief", xls="outages")
def same_row_twice(draft: Draft) -> None:
    draft.repeat(1)
    draft.repeat(2)
    draft.repeat(1)


@made(csv="relief", xlsx="grants", xls="outages")
def same_row_twice_spelt_otherwise(draft: Draft) -> None:
    """Copies are rows that are the same after typing."""
    column = draft.feed.event_date or ""
    day = draft.row(1).values[column]
    draft.repeat(1, **{column: f"{day.year}年{day.month}月{day.day}日"})
    if draft.feed.main_amount:
        draft.repeat(2, **{draft.feed.main_amount: f"{draft.row(2).values[draft.feed.main_amount]:,.2f}元"})


@made(csv="deaths", xlsx="major_diseases", xls="relief")
def same_key_with_different_content(draft: Draft) -> None:
    """Nobody can tell which is right: all are held."""
    values = dict(draft.row(2).values)
    values["name"] = "另一人"
    draft.add(values)
    for nth in (2, 4):
        draft.hold(nth, "key_is_unique")
