"""Periods, months and terms. A month is its index (year * 12 + month - 1); a term is its first day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    text: str
    first: date
    last: date
    span: str  # year, month, day or term

    @property
    def month(self) -> int:
        """The month that ages are counted from: "(a year: its December; a term: its first)"."""
        return month_of(self.last if self.span == "year" else self.first)

    @property
    def order(self) -> tuple[date, date]:
        return self.last, self.first  # "period by its last day and then its first"


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_of(month: int) -> date:
    return first_of(month + 1) - ONE_DAY


def month_text(month: int) -> str:
    return f"{month // 12}{month % 12 + 1:02d}"


def years_before(day: date, years: int) -> date:
    """ "D minus one year (29 February → 28)"."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age(birth: date, day: date) -> int:
    """ "Age = (yyyymmdd(D) − yyyymmdd(birth)) div 10000"."""
    return (yyyymmdd(day) - yyyymmdd(birth)) // 10000


def yyyymmdd(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def months_between(after: date, until: date) -> range:
    """The months that have a day in (after, until]."""
    return range(month_of(after + ONE_DAY), month_of(until) + 1)


def term_end(first: date) -> date:
    """ "a term [ends], on 31 January (秋) and 31 August (春)"."""
    return date(first.year, 8, 31) if first.month == 2 else date(first.year + 1, 1, 31)


def next_term(first: date) -> date:
    return date(first.year, 9, 1) if first.month == 2 else date(first.year + 1, 2, 1)


def latest_term_begun(day: date) -> date:
    """ "Terms begin 1 February (春) and 1 September (秋)"."""
    begins = [date(day.year - 1, 9, 1), date(day.year, 2, 1), date(day.year, 9, 1)]
    return max(begin for begin in begins if begin <= day)


def terms_begun_between(after: date, until: date) -> list[date]:
    begins = [date(year, month, 1) for year in range(after.year, until.year + 1) for month in (2, 9)]
    return [begin for begin in begins if after < begin <= until]


def _real_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_period(text: str, cadence: str) -> Period | None:
    """YYYY, YYYYMM or YYYYMMDD; "(terms: YYYY03 = 春, YYYY09 = 秋)"."""
    if not re.fullmatch(r"(19|20)\d\d(\d\d(\d\d)?)?", text):
        return None
    year = int(text[:4])
    if len(text) == 4:
        return Period(text, date(year, 1, 1), date(year, 12, 31), "year")
    if cadence == "term":
        if len(text) != 6 or text[4:] not in ("03", "09"):
            return None
        first = date(year, 2 if text[4:] == "03" else 9, 1)
        return Period(text, first, term_end(first), "term")
    first = _real_date(text[:4], text[4:6], text[6:] or "1")
    if first is None:
        return None
    if len(text) == 8:
        return Period(text, first, first, "day")
    return Period(text, first, first.replace(day=calendar.monthrange(year, first.month)[1]), "month")


# The day by which a period's file should be there, for the feeds whose months or terms can be required.
def promised_for_month(month: int) -> date:
    return first_of(month + 1).replace(day=10)  # "10th of the next month"


def promised_for_term(feed: str, first: date) -> date:
    if feed == "enrolments":  # "31 March / 30 September"
        return date(first.year, 3, 31) if first.month == 2 else date(first.year, 9, 30)
    return date(first.year, 7, 31) if first.month == 2 else date(first.year + 1, 1, 31)  # grants
