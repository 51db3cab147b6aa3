"""Dates, months (kept as their first day), years and school terms.

Forms: 2020-03-01, 2020/3/1, 20200301, 2020年3月1日 and Excel's serial number (whole days since 1899-12-30).
Months: 202003, 2020-03, 2020年3月, 2020.03; 2020.1 may be January or October, so it is not read.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column, Type
from expectations.types.blanks import finished, quickly

DASHED, SLASHED = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", "[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
WRITTEN, EIGHT, SERIAL = "[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", "[0-9]{8}", "[0-9]{5}"
MONTHS = (
    "^([0-9]{4})([0-9]{2})$",
    "^([0-9]{4})-([0-9]{1,2})$",
    "^([0-9]{4})年([0-9]{1,2})月$",
    "^([0-9]{4})[.]([0-9]{2})$",
)


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """The value and what could not be read as one."""
    x = column.name
    readers = {Type.DATE: _date_sql, Type.MONTH: _month_sql, Type.YEAR: _year_sql, Type.TERM: _term_sql}
    read = readers[column.type](x)
    return *quickly(x, read), *finished(x, read)


def _date_sql(x: str) -> str:
    """Replacing what separates is three times as fast as taking apart by a pattern."""
    written = f"replace(replace(replace({x}, '年', '-'), '月', '-'), '日', '')"
    eight = f"concat(substring({x}, 1, 4), '-', substring({x}, 5, 2), '-', substring({x}, 7, 2))"
    return (
        f"CASE WHEN regexp_full_match({x}, '{DASHED}') THEN TRY_CAST({x} AS DATE)"
        f" WHEN regexp_full_match({x}, '{SLASHED}') THEN TRY_CAST(replace({x}, '/', '-') AS DATE)"
        f" WHEN regexp_full_match({x}, '{EIGHT}') THEN TRY_CAST({eight} AS DATE)"
        f" WHEN regexp_full_match({x}, '{WRITTEN}') THEN TRY_CAST({written} AS DATE)"
        f" WHEN regexp_full_match({x}, '{SERIAL}') THEN DATE '1899-12-30' + TRY_CAST({x} AS INTEGER) END"
    )


def _month_sql(x: str) -> str:
    branches = " ".join(
        f"WHEN regexp_matches({x}, '{form}') THEN regexp_replace({x}, '{form}', '\\1-\\2-1')"
        for form in MONTHS
    )
    first_day = (
        f"WHEN regexp_full_match({x}, '[0-9]{{4}}-[0-9]{{2}}-01') THEN {x}"  # a date cell of a workbook
    )
    return f"TRY_CAST(CASE {branches} {first_day} END AS DATE)"


def _year_sql(x: str) -> str:
    return f"CASE WHEN regexp_full_match({x}, '[0-9]{{4}}年?') THEN TRY_CAST(substring({x}, 1, 4) AS INTEGER) END"


def _term_sql(x: str) -> str:
    return f"CASE WHEN regexp_full_match({x}, '[0-9]{{4}}年?[春秋]') THEN replace({x}, '年', '') END"


def yyyymmdd_sql(day: str) -> str:
    """A date as a whole number, 20200630: two of them say an age without months of different lengths."""
    year, month, of_month = (f"extract({part} FROM {day})" for part in ("year", "month", "day"))
    return f"({year} * 10000 + {month} * 100 + {of_month})"


def age_sql(born: str, day: str) -> str:
    """Full years at a day of somebody born on `born`, a yyyymmdd."""
    return f"(({yyyymmdd_sql(day)} - {born}) // 10000)"
