"""万元 and 元: in the cell, the header, a unit row, a line above, in this order of precedence."""

from __future__ import annotations

from decimal import Decimal

from expectations.contract import Type
from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft

UNITS = {
    "litres_per_person_day": "升",
    "fetch_minutes": "分钟",
    "distance_m": "米",
    "climb_m": "米",
    "persons": "人",
}


def in_ten_thousands(draft: Draft, *names: str) -> None:
    """The columns, all of money when none is named, are written in 万元."""
    for line in draft.rows:
        assert line.values is not None
        for column in draft.feed.typed(Type.MONEY):
            if line.values[column.name] is not None and (not names or column.name in names):
                line.cells[draft.at(column.name)] = f"{line.values[column.name] / 10000:f}"


def unit_row(draft: Draft, unit: str, **others: str) -> list[str]:
    money = {column.name: unit for column in draft.feed.typed(Type.MONEY)}
    known = {column.name: UNITS[column.name] for column in draft.feed.columns if column.name in UNITS}
    return draft.filled({**known, **money, **others})


@made(csv="incomes", xlsx="relief", xls="settlements")
def unit_row_of_yuan(draft: Draft) -> None:
    draft.under_head(unit_row(draft, "元"))


@made(csv="relief", xlsx="incomes", xls="grants", txt="allowances")
def unit_row_of_ten_thousand_yuan(draft: Draft) -> None:
    in_ten_thousands(draft)
    draft.under_head(unit_row(draft, "万元"))


@made(csv="incomes", xlsx="settlements", xls="incomes")
def unit_row_of_both(draft: Draft) -> None:
    mixed = "net_income" if draft.feed.name == "incomes" else "total_cost"
    in_ten_thousands(draft, mixed)
    draft.under_head(unit_row(draft, "元", **{mixed: "万元"}))


@made(csv="access", xlsx="access", xls="access")
def unit_row_without_money(draft: Draft) -> None:
    draft.under_head(unit_row(draft, ""))


@made(csv="allowances", xlsx="settlements", xls="disability_subsidies")
def unit_row_that_says_only_ten_thousand(draft: Draft) -> None:
    """万 alone means 万元."""
    in_ten_thousands(draft)
    draft.under_head(unit_row(draft, "万"))


@made(csv="grants", xlsx="destitute", xls="relief")
def brackets_in_the_unit_row(draft: Draft) -> None:
    in_ten_thousands(draft)
    draft.under_head(unit_row(draft, "（万元）"))


@made(csv="destitute", xlsx="grants", xls="disability_subsidies")
def unit_row_in_the_middle(draft: Draft) -> None:
    """From there on another unit: nobody can tell."""
    draft.before_row(3, unit_row(draft, "万元"))
    draft.refuse()


@made(csv="relief", xlsx="allowances", xls="destitute")
def line_above(draft: Draft) -> None:
    in_ten_thousands(draft)
    draft.above(["2020年6月发放表"], ["单位：万元"])


@made(csv="incomes", xlsx="settlements", xls="relief")
def line_above_at_the_right(draft: Draft) -> None:
    in_ten_thousands(draft)
    draft.above(["新郑市汇总"], ["填报单位：新郑市", *[""] * (len(draft.feed.columns) - 2), "单位：万元"])


@made(csv="destitute", xlsx="relief", xls="incomes")
def line_above_of_yuan(draft: Draft) -> None:
    draft.above(["发放表"], ["", "单位：元"])


@made(csv="grants", xlsx="incomes", xls="allowances")
def header_in_ten_thousand_yuan(draft: Draft) -> None:
    in_ten_thousands(draft)
    for column in draft.feed.typed(Type.MONEY):
        draft.head_as(column.name, f"{column.label}（万元）")


@made(csv="settlements", xlsx="grants", xls="relief")
def header_in_half_brackets(draft: Draft) -> None:
    in_ten_thousands(draft)
    for column in draft.feed.typed(Type.MONEY):
        draft.head_as(column.name, f"{column.label}(万元)")


@made(csv="relief", xlsx="disability_subsidies", xls="destitute")
def header_says_only_ten_thousand(draft: Draft) -> None:
    """万 alone means 万元."""
    in_ten_thousands(draft)
    draft.head_as("amount", f"{draft.head.cells[draft.at('amount')]}（万）")


@made(csv="projects", xlsx="projects", xls="projects")
def investment_in_ten_thousands(draft: Draft) -> None:
    """The column's own header says 万元; the amount is read in yuan."""
    draft.write(1, "investment", "35.6", Decimal(356000))
    draft.write(2, "investment", "1234.5678", Decimal(12345678))
    draft.write(3, "investment", "0.01", Decimal(100))


@made(csv="projects", xlsx="projects", xls="projects")
def investment_in_yuan(draft: Draft) -> None:
    """Another month, another unit."""
    draft.head_as("investment", "投资（元）")
    draft.write(1, "investment", "356000", Decimal(356000))
    draft.write(2, "investment", "356100.50", Decimal("356100.50"))
    draft.write(3, "investment", "356,200.00", Decimal(356200))


@made(csv="relief", xlsx="grants", xls="allowances")
def header_in_thousands(draft: Draft) -> None:
    draft.head_as("amount", f"{draft.head.cells[draft.at('amount')]}（千元）")
    draft.refuse("unit_unknown")


@made(csv="incomes", xlsx="destitute", xls="settlements")
def header_in_hundreds(draft: Draft) -> None:
    column = draft.feed.typed(Type.MONEY)[0]
    draft.head_as(column.name, f"{column.label}（百元）")
    draft.refuse("unit_unknown")


@made(count=6, csv="relief", xlsx="grants", xls="destitute", txt="allowances")
def unit_in_the_cell(draft: Draft) -> None:
    readable = {"amount_readable"}
    draft.forms(
        "amount",
        {"0.125万元": Decimal(1250), "0.3万": Decimal(3000), "1250元": Decimal(1250), "1.25千元": readable,
         "12.5百元": readable, "880.50 元": Decimal("880.50")},
    )  # fmt: skip


@made(csv="relief", xlsx="disability_subsidies", xls="grants")
def cell_before_header(draft: Draft) -> None:
    in_ten_thousands(draft)
    draft.head_as("amount", f"{draft.head.cells[draft.at('amount')]}（万元）")
    draft.write(2, "amount", "960元", Decimal(960))
    draft.write(3, "amount", "0.0312万元", Decimal(312))


@made(csv="grants", xlsx="relief", xls="destitute")
def header_before_line_above(draft: Draft) -> None:
    draft.head_as("amount", f"{draft.head.cells[draft.at('amount')]}（元）")
    draft.above(["单位：万元"])


@made(csv="incomes", xlsx="incomes", xls="incomes")
def header_before_unit_row(draft: Draft) -> None:
    """The header of one column says 元, a unit row under all says 万元."""
    others = [column.name for column in draft.feed.typed(Type.MONEY) if column.name != "wage_income"]
    in_ten_thousands(draft, *others)
    draft.head_as("wage_income", "工资性收入（元）")
    draft.under_head(unit_row(draft, "万元"))


@made(csv="destitute", xlsx="allowances", xls="relief")
def unit_row_before_line_above(draft: Draft) -> None:
    draft.above(["单位：万元"])
    draft.under_head(unit_row(draft, "元"))


@made(csv="settlements", xlsx="settlements", xls="settlements")
def unit_row_of_some_columns_before_line_above(draft: Draft) -> None:
    """Where the unit row is silent the line above counts."""
    in_yuan = ("total_cost", "pooled_paid")
    others = [column.name for column in draft.feed.typed(Type.MONEY) if column.name not in in_yuan]
    in_ten_thousands(draft, *others)
    draft.above(["单位：万元"])
    draft.under_head(draft.filled(dict.fromkeys(in_yuan, "元")))


@made(count=4, csv="relief", xlsx="grants", xls="allowances")
def ten_thousands_are_exact(draft: Draft) -> None:
    draft.head_as("amount", f"{draft.head.cells[draft.at('amount')]}（万元）")
    draft.forms(
        "amount",
        {"0.031255": Decimal("312.55"), "0.0000010": Decimal("0.01"), "0.0312555": {"amount_readable"},
         "1.1": Decimal(11000)},
    )  # fmt: skip
