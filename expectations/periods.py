"""Periods in file names: what days they span, when they are promised, which are required at a date.

YYYY, YYYYMM and YYYYMMDD; of a term feed YYYY03 is 春 (1 February to 31 August) and YYYY09 is 秋 (1 September
to 31 January). A half-year is named by its last month, June or December.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from expectations.contract import Cadence, Feed

LOOK_DAYS = 400  # a year's file and the month before it
# that a file or a night can be of: reckoning from any other would leave the calendar
YEARS = range(1800, 2200)
FORM = re.compile("[0-9]{4}(?:[0-9]{2}){0,2}")
TERM_MONTHS = {3: (2, "春"), 9: (9, "秋")}


class BadPeriod(ValueError):
    """The period in a file name is not one that the feed can have; str() says what was allowed."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of days; ordered by its last day, then its first, as the order of deliveries asks."""

    last: date
    first: date
    text: str

    @property
    def month(self) -> int:
        """The month that the period names, as months since year 0: a year names its December."""
        year = int(self.text[:4])
        return year * 12 + (int(self.text[4:6]) if len(self.text) >= 6 else 12) - 1

    @property
    def term(self) -> str | None:
        """2020春 for 202003 of a term feed, else None."""
        return f"{self.text[:4]}{TERM_MONTHS[int(self.text[4:6])][1]}" if self._is_term() else None

    @property
    def is_day(self) -> bool:
        """Whether the period is a single day."""
        return len(self.text) == 8

    def _is_term(self) -> bool:
        return len(self.text) == 6 and (self.last - self.first).days > 31


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def period_of(feed: Feed, text: str) -> Period:
    """The period that `text` names for the feed; BadPeriod when there is none."""
    try:
        first, last = _span(feed.cadence, text)
    except ValueError as error:
        raise BadPeriod(f"{text} is no period of a feed by {feed.cadence.value}") from error
    return Period(last=last, first=first, text=text)


def _span(cadence: Cadence, text: str) -> tuple[date, date]:
    if not FORM.fullmatch(text):
        _refuse(text)
    year = int(text[:4])
    if len(text) == 4 and cadence is not Cadence.TERM:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(text[4:6])
    if len(text) == 8:
        day = date(year, month, int(text[6:8]))
        return day, day
    if cadence is Cadence.TERM:
        begins, _ = TERM_MONTHS.get(month) or _refuse(text)
        return date(year, begins, 1), date(year, 8, 31) if month == 3 else date(year + 1, 1, 31)
    if cadence is Cadence.YEAR or (cadence is Cadence.HALF_YEAR and month not in (6, 12)):
        _refuse(text)
    return date(year, month, 1), month_end(year, month)


def _refuse(text: str) -> tuple[int, str]:
    raise ValueError(text)


def promised_on(feed: Feed, period: Period) -> date | None:
    """The day by which the period's file should be there; None for a feed that promises none."""
    if feed.promise is None:
        return None
    months, day = feed.promise.months_after, feed.promise.day
    if feed.promise.by_term:
        months, day = feed.promise.by_term[int(period.text[4:6])]
    named = int(period.text[4:6]) if len(period.text) >= 6 else 1
    year, month = divmod(int(period.text[:4]) * 12 + named - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day - 1), month_end(year, month + 1))


def age_months(period: Period, as_of: date) -> int:
    """Calendar months from the month that the period names (a term: its first) to the month of `as_of`."""
    month = period.first.year * 12 + period.first.month - 1 if period.term else period.month
    return as_of.year * 12 + as_of.month - 1 - month


def is_usable(feed: Feed, period: Period, as_of: date) -> bool:
    """Whether a snapshot of the period still answers at `as_of`: begun, and not older than its max age."""
    if period.first > as_of:
        return False
    return feed.max_age_months is None or age_months(period, as_of) <= feed.max_age_months


def periods_between(feed: Feed, first: date, last: date) -> list[Period]:
    """All regular periods of the feed (months, terms, years) that touch the days `first` to `last`."""
    texts = []
    for year in range(first.year - 1, last.year + 1):
        if feed.cadence is Cadence.YEAR:
            texts.append(f"{year}")
        elif feed.cadence is Cadence.TERM:
            texts += [f"{year}03", f"{year}09"]
        elif feed.cadence is Cadence.HALF_YEAR:
            texts += [f"{year}06", f"{year}12"]
        elif feed.cadence is Cadence.MONTH:
            texts += [f"{year}{month:02}" for month in range(1, 13)]
    periods = (period_of(feed, text) for text in texts)
    return [period for period in periods if period.first <= last and period.last >= first]


@dataclass(frozen=True)
class Freshness:
    """The first promise after the last accepted period, and by how many days it is broken."""

    expected_by: date | None
    last_period: str | None
    days_late: int


def freshness(feed: Feed, accepted: Iterable[Period], as_of: date) -> Freshness:
    """How a feed stands at a date, by the regular periods of it that were accepted."""
    last = max((period for period in accepted if not period.is_day), default=None)
    horizon = periods_between(feed, as_of - timedelta(days=2 * LOOK_DAYS), as_of + timedelta(days=LOOK_DAYS))
    due = next((period for period in horizon if last is None or period > last), None)
    expected = promised_on(feed, due) if due else None
    return Freshness(
        expected, last.text if last else None, max(0, (as_of - expected).days) if expected else 0
    )
