"""The days of the demo city: one as-of date, days counted from 1970, months and terms as files name them.

A day is a whole number (days since 1970-01-01), 0 = no day. A month is a number such as 202005.
"""

from __future__ import annotations

import calendar as gregorian
from datetime import date, timedelta
from functools import cache

import numpy as np

AS_OF = date(2020, 6, 30)
SNAPSHOTS = (202004, 202005, 202006)  # the months of which the register is delivered
LAST_MONTH = 202005  # the last month whose events are due on the night of AS_OF
TERMS = {"201903": "2019春", "201909": "2019秋", "202003": "2020春"}
LAST_TERM = "202003"

_EPOCH = date(1970, 1, 1)
FIRST_DAY = (date(1850, 1, 1) - _EPOCH).days
LAST_DAY = (date(2031, 12, 31) - _EPOCH).days


def day(year: int, month: int, day_of_month: int) -> int:
    """The number of a day."""
    return (date(year, month, day_of_month) - _EPOCH).days


def as_date(number: int) -> date:
    """The day of that number."""
    return _EPOCH + timedelta(days=int(number))


TODAY = day(AS_OF.year, AS_OF.month, AS_OF.day)
YEAR_AGO = day(AS_OF.year - 1, AS_OF.month, AS_OF.day)  # the 12 months begin the day after
LAST_AUGUST = day(2019, 8, 31)  # who is six by then has to be at school
YEAR_2020 = day(2020, 1, 1)


@cache
def calendar_dates() -> tuple[date, ...]:
    """Every day from FIRST_DAY to LAST_DAY."""
    return tuple(as_date(number) for number in range(FIRST_DAY, LAST_DAY + 1))


@cache
def _yyyymmdd() -> np.ndarray:
    days = calendar_dates()
    return np.array([d.year * 10000 + d.month * 100 + d.day for d in days], dtype=np.int64)


def yyyymmdd(days: np.ndarray) -> np.ndarray:
    """20200630 for the day of that number."""
    return _yyyymmdd()[np.asarray(days, dtype=np.int64) - FIRST_DAY]


def age(birth: np.ndarray, on: int = TODAY) -> np.ndarray:
    """Whole years on a day, as everybody counts them."""
    return (yyyymmdd(np.array([on]))[0] - yyyymmdd(birth)) // 10000


def first_of(month: int) -> int:
    """The first day of a month such as 202005."""
    return day(month // 100, month % 100, 1)


def last_of(month: int) -> int:
    """The last day of a month such as 202005."""
    return day(month // 100, month % 100, gregorian.monthrange(month // 100, month % 100)[1])


def month_after(month: int, count: int = 1) -> int:
    """The month `count` months later (earlier when negative)."""
    ordinal = month // 100 * 12 + month % 100 - 1 + count
    return ordinal // 12 * 100 + ordinal % 12 + 1


def months(first: int, last: int) -> list[int]:
    """All months from first to last, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = month_after(first)
    return found


def period_last_day(period: str) -> int:
    """The day with which a period ends: a year, a month, a day."""
    if len(period) == 4:
        return day(int(period), 12, 31)
    if len(period) == 6:
        return last_of(int(period))
    return day(int(period[:4]), int(period[4:6]), int(period[6:]))
