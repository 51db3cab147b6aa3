"""Dates, months (kept as their first day), years and school terms.

Forms: 2020-03-01, 2020/3/1, 2020.3.1, 20200301, 2020年3月1日 and Excel's serial number (whole days since 1899-12-30).
Months: 202003, 2020-03, 2020年3月, 2020.03, 2020.3; 2020.1 may be January or October, so it is not read.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column, Type
from expectations.types.blanks import finished, quickly, tight_sql

YEAR = "[1-9][0-9]{3}"  # no language that the tables are read in has a year 0
DASHED, SLASHED = f"{YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}}", f"{YEAR}/[0-9]{{1,2}}/[0-9]{{1,2}}"
DOTTED = f"{YEAR}[.][0-9]{{1,2}}[.][0-9]{{1,2}}"
WRITTEN, EIGHT, SERIAL = f"{YEAR}年[0-9]{{1,2}}月[0-9]{{1,2}}日", f"{YEAR}[0-9]{{4}}", "[0-9]{5}"
MONTHS = (
    f"^({YEAR})([0-9]{{2}})$",
    f"^({YEAR})-([0-9]{{1,2}})$",
    f"^({YEAR})年([0-9]{{1,2}})月$",
    f"^({YEAR})[.]([0-9]{{2}}|[2-9])$",
)


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """The value and what could not be read as one."""
    x = column.name
    readers = {Type.DATE: _date_sql, Type.MONTH: _month_sql, Type.YEAR: _year_sql, Type.TERM: _term_sql}
    read = readers[column.type](x)
    return *quickly(x, read, bare=tight_sql), *finished(x, read)


def _date_sql(x: str) -> str:
    """The form is told by length and marks before a pattern confirms it: a cast that fails costs ten that do."""
    return (
        f"CASE WHEN {x} LIKE '____-__-__' AND regexp_full_match({x}, '{DASHED}') THEN TRY_CAST({x} AS DATE)"
        f" WHEN length({x}) = 8 AND regexp_full_match({x}, '{EIGHT}')"
        f" THEN CAST(try_strptime({x}, '%Y%m%d') AS DATE)"
        f" WHEN {x} LIKE '____/%' AND regexp_full_match({x}, '{SLASHED}') THEN TRY_CAST({x} AS DATE)"
        f" WHEN {x} LIKE '____年%' AND regexp_full_match({x}, '{WRITTEN}')"
        f" THEN CAST(try_strptime({x}, '%Y年%m月%d日') AS DATE)"
        f" WHEN {x} LIKE '____-%' AND regexp_full_match({x}, '{DASHED}') THEN TRY_CAST({x} AS DATE)"
        f" WHEN {x} LIKE '____.%' AND regexp_full_match({x}, '{DOTTED}')"
        f" THEN TRY_CAST(replace({x}, '.', '-') AS DATE)"
        f" WHEN regexp_full_match({x}, '{SERIAL}') THEN DATE '1899-12-30' + TRY_CAST({x} AS INTEGER) END"
    )


def _month_sql(x: str) -> str:
    branches = " ".join(
        f"WHEN regexp_matches({x}, '{form}') THEN regexp_replace({x}, '{form}', '\\1-\\2-1')"
        for form in MONTHS
    )
    first_day = f"WHEN regexp_full_match({x}, '{YEAR}-[0-9]{{2}}-01') THEN {x}"  # a date cell of a workbook
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
