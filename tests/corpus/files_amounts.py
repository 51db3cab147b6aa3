"""Amounts and other numbers as they are written into cells."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft, Native

READABLE = {"amount_readable"}


@made(count=10, csv="relief", xlsx="grants", xls="allowances", txt="destitute")
def separated_thousands(draft: Draft) -> None:
    draft.forms(
        "amount",
        {"1,234.50": Decimal("1234.50"), "1，250": Decimal(1250), "1,234,567.89": Decimal("1234567.89"),
         "12,345": Decimal(12345), "1,23": READABLE, "1,2345": READABLE, "1234,5": READABLE,
         "12,34,567": READABLE, "12,3456": READABLE, "１，２３４．５０": Decimal("1234.50")},
    )  # fmt: skip


@made(count=8, csv="grants", xlsx="destitute", xls="relief", txt="disability_subsidies")
def written_with_marks(draft: Draft) -> None:
    draft.forms(
        "amount",
        {"３１２．５０": Decimal("312.50"), "¥312.50": Decimal("312.50"), "￥1,312.5": Decimal("1312.50"),
         " 312.5 ": Decimal("312.50"), "312.50元": Decimal("312.50"), "¥ 500": Decimal(500),
         "0312.50": Decimal("312.50"), "0": Decimal(0)},
    )  # fmt: skip


@made(count=10, csv="destitute", xlsx="allowances", xls="grants", txt="relief")
def unreadable_amounts(draft: Draft) -> None:
    words = ("1.25E+3", "1e3", "312.505", "(500)", "500-", "−500", "约500", "500左右", "3l2", "1.2.3")
    draft.forms("amount", dict.fromkeys(words, READABLE))


@made(count=4, csv="relief", xlsx="grants", xls="destitute")
def amounts_at_their_bounds(draft: Draft) -> None:
    within = {"amount_within_bounds"}
    draft.forms(
        "amount",
        {"10000000": Decimal(10000000), "10000000.01": within, "-0.01": within, "0.00": Decimal("0.00")},
    )


@made(count=4, csv="settlements", xlsx="settlements", xls="settlements")
def negative_amounts_of_a_reversal(draft: Draft) -> None:
    """退费: the amounts of a row are negative together and name what they reverse."""
    first = draft.row(1).values or {}
    draft.write(4, "reverses_id", first["settlement_id"], first["settlement_id"])
    draft.write(4, "total_cost", "-2,503.50", Decimal("-2503.50"))
    draft.write(4, "pooled_paid", "-1303.30", Decimal("-1303.30"))
    draft.write(4, "major_illness_paid", "-200", Decimal(-200))
    draft.write(4, "medical_aid_paid", "-100.00", Decimal(-100))
    draft.write(4, "out_of_pocket", "-900.20", Decimal("-900.20"))
    draft.write(4, "in_scope_out_of_pocket", "-500.2", Decimal("-500.20"))
    draft.write(4, "copay_waived", "-50", Decimal(-50))


@made(count=6, csv="settlements", xlsx="settlements", xls="settlements")
def marks_for_missing_amounts(draft: Draft) -> None:
    """Missing is never 0."""
    draft.forms("copay_waived", dict.fromkeys(("-", "/", "无", "——", "N/A", " "), None))


@made(count=6, csv="destitute", xlsx="relief", xls="grants")
def required_amounts_missing(draft: Draft) -> None:
    draft.forms("amount", {key: {"amount_given"} for key in ("-", "/", "无", "——", "N/A", "")})


@made(count=9, xlsx="relief", xls="grants")
def numeric_cells(draft: Draft) -> None:
    """Fifteen significant digits, whatever the format shows; then the third decimal is an error."""
    draft.forms(
        "amount",
        {1250: Decimal(1250), 312.5: Decimal("312.50"), 0.1 + 0.2: Decimal("0.30"),
         1234.5600000000002: Decimal("1234.56"), 312.505: READABLE, 1234567.89: Decimal("1234567.89"),
         Native(312.5, "0"): Decimal("312.50"), Native(1250.5, '#,##0.00"元"'): Decimal("1250.50"),
         Native(0.005, "0.00"): READABLE},
    )  # fmt: skip


@made(count=4, xlsx="grants", xls="disability_subsidies")
def numeric_cells_in_ten_thousands(draft: Draft) -> None:
    draft.head_as("amount", f"{draft.head.cells[draft.at('amount')]}（万元）")
    draft.forms(
        "amount",
        {1.1: Decimal(11000), 0.03125: Decimal("312.50"), 0.0312555: READABLE, 2: Decimal(20000)},
    )


@made(count=4, xlsx="incomes", xls="incomes")
def negative_numeric_cells(draft: Draft) -> None:
    """A household may have lost money: net income alone may be negative."""
    draft.write(1, "business_cost", 18000, Decimal(18000))
    draft.write(1, "net_income", -1000, Decimal(-1000))
    draft.write(1, "net_income_per_head", -500.0, Decimal(-500))
    draft.write(2, "persons", 2.0, 2)
    draft.write(3, "wage_income", -12002)
    draft.hold(3, "wage_income_within_bounds", "net_is_sum")
    draft.write(4, "persons", 2.5)
    draft.hold(4, "persons_readable")


@made(count=6, csv="members", xlsx="members", xls="members")
def whole_numbers(draft: Draft) -> None:
    readable, within = {"months_worked_readable"}, {"months_worked_within_bounds"}
    draft.forms(
        "months_worked", {"０": 0, "12": 12, "13": within, "-1": within, "半年": readable, "——": None}
    )


@made(count=6, csv="access", xlsx="access", xls="access")
def numbers_with_decimals(draft: Draft) -> None:
    readable, within = {"litres_per_person_day_readable"}, {"litres_per_person_day_within_bounds"}
    draft.forms(
        "litres_per_person_day",
        {"６５．５": Decimal("65.5"), "500": Decimal(500), "500.1": within, "六十": readable, "/": None,
         "20.25": Decimal("20.25")},
    )  # fmt: skip


@made(csv="quality_tests", xlsx="quality_tests", xls="quality_tests")
def numbers_of_the_laboratory(draft: Draft) -> None:
    draft.write(1, "ph", "７．２", Decimal("7.2"))
    draft.write(1, "free_chlorine_mg_l", "", None)
    draft.write(2, "ph", "14.1")
    draft.hold(2, "ph_within_bounds")
    draft.write(3, "ammonia_mg_l", "<0.02")
    draft.hold(3, "ammonia_mg_l_readable")


@made(csv="incomes", xlsx="incomes", xls="incomes")
def sums_that_do_not_add_up(draft: Draft) -> None:
    """Within one yuan is no fault."""
    draft.write(1, "net_income", "16001.00", Decimal(16001))
    draft.write(1, "net_income_per_head", "8000.50", Decimal("8000.50"))
    draft.write(2, "net_income", "16002.01", Decimal("16002.01"))
    draft.write(2, "net_income_per_head", "8001.00", Decimal(8001))
    draft.hold(2, "net_is_sum")
    draft.row(2).values["net_income"] = Decimal("16002.01")
    draft.write(3, "net_income_per_head", "8002.01", Decimal("8002.01"))
    draft.hold(3, "per_head_is_net_by_persons")
