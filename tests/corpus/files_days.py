"""Dates, months, years and terms: the forms that are read, and that every other is an error."""

from __future__ import annotations

from datetime import date, datetime

from tests.corpus.catalogue import made
from tests.corpus.drafts import Draft, Native

FIRST = date(2020, 6, 1)  # day 43983 of Excel, 42521 of a Macintosh


@made(count=9, csv="deaths", txt="relief", xlsx="checkups", xls="outages")
def forms_of_a_day(draft: Draft) -> None:
    forms = ("2020-06-01", "2020/6/1", "20200601", "2020年6月1日", "43983", "２０２０年６月１日", " 2020-06-01 ",
             "２０２００６０１", "2020年6月1日　")  # fmt: skip
    draft.forms(draft.feed.event_date or "examined_on", dict.fromkeys(forms, FIRST))
    if draft.feed.name == "outages":
        for nth in range(1, 10):
            draft.write(nth, "ended_on", "", None)


@made(count=18, csv="deaths", txt="dropouts", xlsx="relief", xls="grants")
def no_days(draft: Draft) -> None:
    name = draft.feed.event_date or ""
    forms = (
        "2020.6", "1/6/2020", "06/01/2020", "20年6月1日", "2020年6月", "2020-02-30", "2020/13/1", "20200230",
        "2019-02-29", "43983.5", "2020-06-01 00:00:00", "2020/6/1 0:00", "六月一日", "2020-06", "202006", "2020",
        "2020年2月30日", "#N/A",
    )  # fmt: skip
    draft.forms(name, {key: {f"{name}_readable"} for key in forms})


@made(count=5, csv="deaths", xlsx="deaths", xls="deaths")
def days_out_of_time(draft: Draft) -> None:
    """The last day of the period is in time, the first of 1900 too."""
    outside = {"died_on_in_time"}
    draft.forms(
        "died_on",
        {"2020-06-30": date(2020, 6, 30), "2020-07-01": outside, "1899-12-31": outside,
         "1900-01-01": date(1900, 1, 1), "2120-06-01": outside},
    )  # fmt: skip


@made(count=6, csv="outages", xlsx="outages", xls="outages")
def missing_days(draft: Draft) -> None:
    """停水结束 empty: still out."""
    draft.forms("ended_on", dict.fromkeys(("-", "/", "无", "——", "N/A", "　"), None))


@made(count=4, csv="outages", xlsx="relief", xls="deaths")
def required_days_missing(draft: Draft) -> None:
    name = draft.feed.event_date or ""
    draft.forms(name, {key: {f"{name}_given"} for key in ("", "-", "——", "N/A")})


@made(count=6, xlsx="deaths", xls="relief")
def cells_of_days(draft: Draft) -> None:
    """A date cell is its day; a bare number is a serial, unless it has a fraction."""
    name = draft.feed.event_date or ""
    draft.forms(
        name,
        {
            Native(datetime(2020, 6, 1), "yyyy-mm-dd"): FIRST,
            Native(datetime(2020, 6, 1, 18, 30), "yyyy/m/d h:mm"): FIRST,
            43983: FIRST,
            20200601: FIRST,
            Native(datetime(2020, 6, 2), 'yyyy"年"m"月"d"日"'): date(2020, 6, 2),
            Native(datetime(2020, 6, 29), "m/d/yy"): date(2020, 6, 29),
        },
    )  # fmt: skip


@made(xlsx="checkups", xls="dropouts", csv="deaths")
def serials_with_a_fraction(draft: Draft) -> None:
    name = draft.feed.event_date or "examined_on"
    draft.write(2, name, "43891.25")
    draft.hold(2, f"{name}_readable")


@made(xlsx="deaths", xls="deaths")
def days_of_a_macintosh(draft: Draft) -> None:
    """The workbook counts from 1904: serial 42521 is the day that 43983 is elsewhere."""
    draft.look.is_1904 = True
    draft.write(1, "died_on", Native(42521, "yyyy-mm-dd"), FIRST)
    draft.write(2, "died_on", Native(42521.75, "yyyy-mm-dd hh:mm"), FIRST)
    draft.write(3, "died_on", Native(42550, "yyyy-mm-dd"), date(2020, 6, 30))


@made(count=3, xlsx="members", xls="members")
def births_as_cells(draft: Draft) -> None:
    """61 is the first day after the 29 February 1900 that never was."""
    draft.write(1, "birth_date", Native(61, "yyyy-mm-dd"), date(1900, 3, 1))
    draft.write(2, "birth_date", Native(datetime(1950, 1, 4), "yyyy-mm-dd"), date(1950, 1, 4))
    draft.write(3, "birth_date", 18269, date(1950, 1, 6))


@made(count=6, csv="allowances", xlsx="destitute", xls="disability_subsidies")
def forms_of_a_month(draft: Draft) -> None:
    forms = ("202006", "2020-06", "2020年6月", "2020.06", "２０２０年６月", " 202006 ")
    draft.forms("paid_month", dict.fromkeys(forms, FIRST))


@made(count=8, csv="destitute", xlsx="disability_subsidies", xls="allowances")
def no_months(draft: Draft) -> None:
    """2020.1 is January or October."""
    forms = ("2020.1", "202013", "6月", "2020年13月", "2020-00", "20年6月", "2020", "六月")
    draft.forms("paid_month", {key: {"paid_month_readable"} for key in forms})


@made(count=4, xlsx="allowances", xls="allowances")
def months_as_numbers(draft: Draft) -> None:
    """A cell 2020.10 is kept as 2020.1: held; 2020.06 is not in doubt."""
    draft.forms(
        "since", {201904: date(2019, 4, 1), 2019.06: date(2019, 6, 1), 2019.1: {"since_readable"}, "": None}
    )


@made(count=3, csv="allowances", xlsx="disability_subsidies", xls="destitute")
def months_out_of_time(draft: Draft) -> None:
    outside = {"paid_month_in_time"}
    draft.forms("paid_month", {"202006": FIRST, "202007": outside, "2020-12": outside})


@made(count=5, csv="households", xlsx="households", xls="households")
def years(draft: Draft) -> None:
    draft.forms(
        "exit_year",
        {
            "２０１８": 2018,
            "2020": 2020,
            "2021": {"exit_year_in_time"},
            "18年": {"exit_year_readable"},
            "——": None,
        },
    )


@made(count=4, csv="incomes", xlsx="incomes", xls="incomes")
def rows_of_another_year(draft: Draft) -> None:
    """A snapshot of a year holds no row of another."""
    draft.write(2, "year", "2019")
    draft.write(3, "year", "2021")
    draft.hold(2, "year_is_of_file")
    draft.hold(3, "year_is_of_file", "year_in_time")


@made(count=4, csv="enrolments", xlsx="enrolments", xls="enrolments")
def rows_of_another_term(draft: Draft) -> None:
    draft.write(2, "term", "2019秋")
    draft.write(3, "term", "２０２０春", "2020春")
    draft.write(4, "term", "春季")
    draft.hold(2, "term_is_of_file")
    draft.hold(4, "term_readable")


@made(count=4, csv="insurance", xlsx="insurance", xls="insurance")
def insurance_of_several_years(draft: Draft) -> None:
    """参保 for next year is paid in the last months of this one."""
    draft.write(1, "year", "2019", 2019)
    draft.write(2, "year", "2021", 2021)
    draft.write(3, "year", "2022")
    draft.hold(3, "year_in_time")


@made(count=3, csv="outages", xlsx="outages", xls="outages")
def outages_that_end_before_they_begin(draft: Draft) -> None:
    draft.write(1, "ended_on", "2020-06-01", FIRST)
    draft.write(2, "ended_on", "2020-06-01", FIRST)
    draft.hold(2, "ends_after_it_begins")
