"""Dates, months (kept as their first day), years and school terms.

Forms: 2020-03-01, 2020/3/1, 20200301, 2020年3月1日 and Excel's serial number (whole days since 1899-12-30).
Months: 202003, 2020-03, 2020年3月, 2020.03; 2020.1 may be January or October, so it is not read.
"""

from __future__ import annotations

from expectations.contract import Column, Type
from expectations.types.blanks import bare_sql, unmarked_sql

CANONICAL = {
    Type.DATE: "CAST(TRY_CAST({x} AS DATE) AS VARCHAR) = {x}",
    Type.MONTH: "regexp_full_match({x}, '[0-9]{{6}}')",
    Type.YEAR: "regexp_full_match({x}, '[0-9]{{4}}')",
    Type.TERM: "regexp_full_match({x}, '[0-9]{{4}}[春秋]')",
}
FIRST = "'1'"
UNREAD = "CASE WHEN {x} IS NOT NULL AND ({read}) IS NULL THEN {x} END"


def clean_sql(text: str, column: Column) -> str:
    """Half-width, without blanks; NULL where nothing was said."""
    canonical = CANONICAL[column.type].format(x=text)
    return f"CASE WHEN {canonical} THEN {text} ELSE {unmarked_sql(bare_sql(text))} END"


def typed_sql(clean: str, column: Column, unit: int) -> tuple[tuple[str, str], ...]:
    """The value and what could not be read as one."""
    readers = {Type.DATE: _date, Type.MONTH: _month, Type.YEAR: _year, Type.TERM: _term}
    read = readers[column.type](clean)
    return (("", read), ("__unread", UNREAD.format(x=clean, read=read)))


def _joined(year: str, month: str, day: str) -> str:
    return f"TRY_CAST({year} || '-' || lpad({month}, 2, '0') || '-' || lpad({day}, 2, '0') AS DATE)"


def _parts(text: str) -> tuple[str, str, str]:
    first, second, third = (f"split_part({text}, '-', {place})" for place in (1, 2, 3))
    return first, second, third


def _date(x: str) -> str:
    dashed = f"replace(replace(replace(replace({x}, '年', '-'), '月', '-'), '日', ''), '/', '-')"
    form = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
    eight = _joined(f"substring({x}, 1, 4)", f"substring({x}, 5, 2)", f"substring({x}, 7, 2)")
    return (
        f"CASE WHEN CAST(TRY_CAST({x} AS DATE) AS VARCHAR) = {x} THEN TRY_CAST({x} AS DATE)"
        f" WHEN regexp_full_match({x}, '{form}') THEN {_joined(*_parts(dashed))}"
        f" WHEN regexp_full_match({x}, '[0-9]{{8}}') THEN {eight}"
        f" WHEN regexp_full_match({x}, '[0-9]{{5}}') THEN DATE '1899-12-30' + CAST({x} AS INTEGER) END"
    )


def _month(x: str) -> str:
    dashed = f"replace(replace(replace({x}, '年', '-'), '月', ''), '.', '-')"
    form = "[0-9]{4}-[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月|[0-9]{4}[.][0-9]{2}"
    year, month, _ = _parts(dashed)
    six = _joined(f"substring({x}, 1, 4)", f"substring({x}, 5, 2)", FIRST)
    return (
        f"CASE WHEN regexp_full_match({x}, '[0-9]{{6}}') THEN {six}"
        f" WHEN regexp_full_match({x}, '{form}') THEN {_joined(year, month, FIRST)}"
        f" WHEN regexp_full_match({x}, '[0-9]{{4}}-[0-9]{{2}}-01') THEN TRY_CAST({x} AS DATE) END"
    )


def _year(x: str) -> str:
    return f"CASE WHEN regexp_full_match({x}, '[0-9]{{4}}年?') THEN CAST(substring({x}, 1, 4) AS INTEGER) END"


def _term(x: str) -> str:
    return f"CASE WHEN regexp_full_match({x}, '[0-9]{{4}}年?[春秋]') THEN replace({x}, '年', '') END"
