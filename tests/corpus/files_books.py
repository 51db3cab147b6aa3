"""Workbooks: sheets, what is hidden, merged cells, formulas, errors, what other programs write."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft, Native
from tests.corpus.writers import edited

HELP = [["填表说明"], ["1. 证件号码请用文本格式"], ["2. 请勿改动表头"]]
CODES = [["代码", "名称"], ["1", "男"], ["2", "女"]]


@made(xlsx="members", xls="relief")
def sheets_of_help(draft: Draft) -> None:
    """The one whose header fits is read."""
    draft.look.title = "数据"
    draft.look.sheets_before, draft.look.sheets_after = (
        [("填表说明", HELP)],
        [("代码表", CODES), ("Sheet3", [])],
    )


@made(xlsx="deaths", xls="allowances")
def two_sheets_that_fit(draft: Draft) -> None:
    draft.look.sheets_after = [("二月", [list(line.cells) for line in draft.lines])]
    draft.refuse("two_sheets_fit")


@made(xlsx="grants", xls="outages")
def second_sheet_is_an_empty_form(draft: Draft) -> None:
    """A header without rows fits too."""
    draft.look.sheets_before = [("空表", [list(draft.head.cells)])]
    draft.refuse("two_sheets_fit")


@made(xlsx="relief", xls="deaths")
def hidden_sheet_that_fits_too(draft: Draft) -> None:
    """A hidden sheet counts as a sheet."""
    draft.look.sheets_after = [("上月", [list(line.cells) for line in draft.lines])]
    draft.look.hidden_sheets = {"上月"}
    draft.refuse("two_sheets_fit")


@made(xlsx="dropouts", xls="checkups")
def the_sheet_is_hidden(draft: Draft) -> None:
    draft.look.title, draft.look.hidden_sheets = "数据", {"数据"}
    draft.look.sheets_before = [("填表说明", HELP)]


@made(xlsx="deaths", xls="relief")
def no_sheet_fits(draft: Draft) -> None:
    draft.lines[:] = []
    draft.look.sheets_before = [("填表说明", HELP), ("代码表", CODES)]
    draft.refuse()


@made(count=6, xlsx="insurance", xls="major_diseases")
def hidden_rows_and_columns(draft: Draft) -> None:
    """A clerk who filters a list does not take rows out of it."""
    draft.look.hidden_rows, draft.look.hidden_columns = [3, 4, 6], [2, 3]


@made(count=6, xlsx="members", xls="members")
def merged_cells_of_rows(draft: Draft) -> None:
    """What names or classifies holds for every row that it spans."""
    for nth in (2, 3):
        draft.write(nth, "household_id", "", draft.row(1).values["household_id"])
        draft.write(nth + 3, "ethnicity", "", draft.row(4).values["ethnicity"])
    left = draft.at("ethnicity") + 1
    draft.look.merged += [(2, 4, 1, 1), (5, 7, left, left)]


@made(count=4, xlsx="relief")
def formulas(draft: Draft) -> None:
    """Read by what Excel kept beside them; without it a formula is an error and not missing."""
    draft.write(1, "amount", Native(1250.5, formula="1000+250.5"), Decimal("1250.50"))
    draft.write(2, "amount", Native(formula="SUM(F2:F2)"))
    draft.hold(2, "amount_readable")
    draft.write(3, "paid_on", Native(43983, formula="DATE(2020,6,1)"), date(2020, 6, 1))
    draft.write(4, "applied_on", Native(formula="TODAY()"))
    draft.hold(4, "applied_on_readable")


@made(count=3, xlsx="members")
def formulas_without_results(draft: Draft) -> None:
    draft.write(1, "months_worked", Native(formula="COUNTA(A1:A9)"))
    draft.hold(1, "months_worked_readable")
    draft.write(2, "sex", Native(formula='IF(MOD(MID(D3,17,1),2),"男","女")'))
    draft.hold(2, "sex_in_list", "sex_readable")
    draft.write(3, "birth_date", Native(formula="MID(D4,7,8)"))
    draft.hold(3, "birth_date_readable")


@made(count=5, xlsx="relief", xls="relief")
def error_cells(draft: Draft) -> None:
    """#N/A is not N/A: something that was there could not be looked up."""
    draft.write(1, "amount", Native(error="#N/A"))
    draft.hold(1, "amount_readable")
    draft.write(2, "applied_on", Native(error="#REF!"))
    draft.hold(2, "applied_on_readable")
    draft.write(3, "paid_on", Native(error="#VALUE!"))
    draft.hold(3, "paid_on_readable")
    draft.write(4, "amount", Native(error="#DIV/0!"))
    draft.hold(4, "amount_readable")


@made(count=3, xlsx="households", xls="households")
def error_cells_of_codes(draft: Draft) -> None:
    draft.write(1, "dwelling_grade", Native(error="#N/A"))
    draft.hold(1, "dwelling_grade_in_list", "dwelling_grade_readable")
    draft.write(2, "exit_year", Native(error="#N/A"))
    draft.hold(2, "exit_year_readable")
    draft.write(3, "is_risk_removed", Native(error="#NAME?"))
    draft.hold(3, "is_risk_removed_readable")


@made(count=3, xlsx="settlements", xls="incomes")
def native_cells_throughout(draft: Draft) -> None:
    """Amounts are numbers and days are days, as whoever types into Excel leaves them."""
    for line in draft.rows:
        for nth, column in enumerate(draft.feed.columns):
            value = (line.values or {})[column.name]
            if isinstance(value, Decimal):
                line.cells[nth] = float(value)
            elif isinstance(value, date):
                line.cells[nth] = Native(datetime(value.year, value.month, value.day), "yyyy/m/d")
            elif isinstance(value, int) and not isinstance(value, bool):
                line.cells[nth] = value


@made(xlsx="members")
def letters_in_two_fonts(draft: Draft) -> None:
    draft.write(1, "name", CellRichText("王", TextBlock(InlineFont(b=True), "小二")), "王小二")


@made(xlsx="deaths", xls="outages")
def a_thousand_blank_rows_below(draft: Draft) -> None:
    """Borders drawn in advance: cells without content."""
    draft.below(*([Native("", "@")] * 3 for _ in range(1000)))


@made(xlsx="relief")
def wrong_size_of_the_sheet(draft: Draft) -> None:
    """Programs that write A1 as the size of every sheet."""
    draft.look.change = lambda book: edited(
        book, lambda sheet: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', sheet)
    )


@made(xlsx="outages")
def cells_without_addresses(draft: Draft) -> None:
    """Rows and cells need not say where they are: each follows the one before."""
    draft.look.change = lambda book: edited(
        book, lambda sheet: re.sub(r'(<(?:c|row)) r="[A-Z0-9]+"', r"\1", sheet)
    )
    for line in draft.lines:
        assert all(cell != "" for cell in line.cells)


@made(count=4, xlsx="deaths", xls="relief")
def a_remark_beside_a_row(draft: Draft) -> None:
    """A field more than the header has."""
    draft.row(2).cells += ["已核实"]
    draft.hold(2, "row_length")


@made(xlsx="projects", xls="projects")
def a_column_without_a_header(draft: Draft) -> None:
    """Between two others, and empty: there is nothing in it."""
    for line in draft.lines:
        line.cells.insert(2, "")
