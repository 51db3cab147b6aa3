"""Required periods: which months and terms should be here at D, and which of them are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from .contract import FEEDS
from .deliveries import Inbox
from .periods import (
    Period,
    first_of,
    latest_term_begun,
    month_of,
    next_term,
    promised_for_month,
    promised_for_term,
)


def months_named(period: Period) -> list[int]:
    """A daily file names no month: it "does not make its month required" and covers nothing by itself."""
    if period.span == "day":
        return []
    return list(range(month_of(period.first), month_of(period.last) + 1))


def terms_named(period: Period) -> list[date]:
    """The term of a term's file; both terms of a year's."""
    if period.span == "term":
        return [period.first]
    return [date(period.first.year, 2, 1), date(period.first.year, 9, 1)] if period.span == "year" else []


class Coverage:
    def __init__(self, inbox: Inbox, day: date) -> None:
        self.day = day
        self.received: dict[str, set] = defaultdict(set)
        self.covered: dict[str, set] = defaultdict(set)
        for feed, periods in inbox.received.items():
            for period in periods:
                self.received[feed].update(self._named(feed, period))
        for feed, accepted in inbox.accepted.items():
            for checked in accepted:
                self.covered[feed].update(self._named(feed, checked.source.period))

    @staticmethod
    def _named(feed: str, period: Period) -> list:
        return terms_named(period) if FEEDS[feed].cadence == "term" else months_named(period)

    def is_required(self, feed: str, month: int) -> bool:
        """ "when its promised day ≤ D, or when a delivery for it has been received, even a refused one"."""
        is_due = promised_for_month(month) <= self.day or month in self.received[feed]
        return first_of(month) <= self.day and is_due

    def is_term_required(self, feed: str, term: date) -> bool:
        is_due = promised_for_term(feed, term) <= self.day or term in self.received[feed]
        return term <= self.day and is_due

    def missing_months(self, feed: str, months: Iterable[int]) -> list[int]:
        covered = self.covered[feed]
        return [month for month in months if month not in covered and self.is_required(feed, month)]

    def is_term_missing(self, feed: str, term: date) -> bool:
        return self.is_term_required(feed, term) and term not in self.covered[feed]

    def latest_required_term(self, feed: str) -> date:
        term = latest_term_begun(self.day)
        while not self.is_term_required(feed, term):
            term = previous_term(term)
        return term


def previous_term(term: date) -> date:
    before = latest_term_begun(date(term.year, term.month - 1, 1))
    assert next_term(before) == term
    return before
