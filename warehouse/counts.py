"""Measures that need no SQL file: how many rows of a feed are so, declared in the file of the rule.

    measures:
      unrepaired_houses:
        title: {zh: 未改造的危房数, en: dangerous houses not repaired}
        feed: dangerous_houses
        where: grade IN ('C', 'D') AND (repaired_on IS NULL OR repaired_on > :as_of)
        months: 12            # may be left out: facts of the months to D alone

`where` is a condition over the feed's columns; it is neither true nor false where a cell it needs is empty. A
feed whose rows name a person is counted by living members, one whose rows name a household by rows. Facts dated
after D never count. The standing rules about what is missing are in `measures/counted/*.sql`: a list too old, a
month or term that is required and not here, a held row, a household without a known living member.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.checks import quoted
from expectations.contract import Cadence, Column, Feed, Kind, Type
from expectations.feeds import catalogue
from warehouse.resolve import columns_of
from warehouse.sql import filled

TEMPLATES = Path(__file__).parent / "measures" / "counted"
WHOEVER_LIVES_THERE = (
    "income",
    "water",
    "housing",
)  # dimensions that are judged though nobody is known there
MEMBER, HOUSEHOLD = "member", "household"
ALWAYS = "DATE '0001-01-01'"
STATED = ("title", "feed", "where", "months")


@dataclass(frozen=True)
class Count:
    """A measure as a rule's file declares it."""

    name: str
    title_zh: str
    title_en: str
    feed: Feed
    where: str
    months: int | None
    asks_who_lives_there: bool

    @property
    def by(self) -> str:
        """What is counted of a household: `member` or `household` (then rows)."""
        return MEMBER if self.feed.person else HOUSEHOLD

    def sql(self) -> str:
        """The statement per household, or, to be folded, per living member."""
        return self._filled(self.by)

    def evidence_sql(self) -> str:
        """The rows (household_id, delivery_id, line) that are counted."""
        return self._filled(f"{self.by}_evidence")

    def _filled(self, template: str) -> str:
        text = (TEMPLATES / f"{template}.sql").read_text(encoding="utf-8")
        return filled(text, self._values())

    def _values(self) -> dict[str, str]:
        reasons = {code: quoted(f"{code}:{self.feed.name}")
                   for code in ("feed_missing", "period_missing", "row_held")}  # fmt: skip
        return reasons | {
            "rows": f"feed.{self.feed.name}",
            "feed": quoted(self.feed.name),
            "person_key": f"{self.feed.person.name}__key" if self.feed.person else "NULL",
            "is_list": str(_is_list(self.feed)).upper(),
            "is_so": self._is_so(),
            "not_stated": self._not_stated(),
            "since": f":as_of - INTERVAL {self.months} MONTH" if self.months else ALWAYS,
            "asks_who_lives_there": str(self.asks_who_lives_there).upper(),
        }

    def _is_so(self) -> str:
        dated = _dated(self.feed)
        if dated is None:
            return f"({self.where})"
        since = f" AND {dated.name} > :as_of - INTERVAL {self.months} MONTH" if self.months else ""
        return f"(({self.where}) AND {dated.name} <= :as_of{since})"

    def _not_stated(self) -> str:
        """Which cell is empty, the first of those that the condition needs, as a reason for not knowing."""
        dated = _dated(self.feed)
        needed = [column for column in self.feed.columns if column == dated or _names(self.where, column)]
        empty = (
            f"WHEN {column.name} IS NULL THEN {quoted(f'not_stated:{self.feed.name}.{column.name}')}"
            for column in needed
        )
        return f"CASE {' '.join(empty)} END"


def counts_of(stated: Mapping[str, Any], dimension: str) -> tuple[Count, ...]:
    """What a rule's file says under `measures`; ValueError names the measure and what was allowed."""
    return tuple(_count(name, one, dimension) for name, one in stated.items())


def _count(name: str, stated: Mapping[str, Any], dimension: str) -> Count:
    where = f"measures.{name}"
    for word in (*STATED[:3], *stated):
        if word not in STATED or word not in stated:
            raise ValueError(f"{where}: {word} is {'missing' if word in STATED else 'not known'}")
    feed, months = catalogue().get(stated["feed"]), stated.get("months")
    if feed is None:
        raise ValueError(f"{where}: no department promises a feed {stated['feed']}")
    if feed.is_about_village:
        raise ValueError(f"{where}: rows of {feed.name} name neither a person nor a household: write SQL")
    if months is not None and (not isinstance(months, int) or months < 1 or _dated(feed) is None):
        raise ValueError(f"{where}: months is a whole number, of a feed with an event_date")
    asked = [column.name for column in feed.columns if _names(stated["where"], column)]
    # a name stands beside a number, to tell one person by both: nobody is at risk because of a name
    names = {column.named_by for column in feed.typed(Type.PERSON_NUMBER)}
    allowed = [name for name in columns_of(feed) if name not in names]
    if not asked or set(asked) - set(allowed):
        secret = ", ".join(name for name in asked if name not in allowed)
        raise ValueError(f"{where}: where asks for {secret or 'no column'} of {feed.name};"
                         f" it may ask for {', '.join(allowed)}")  # fmt: skip
    title = stated["title"]
    asks = dimension not in WHOEVER_LIVES_THERE
    return Count(name, title["zh"], title["en"], feed, stated["where"], months, asks)


def _names(condition: str, column: Column) -> bool:
    return re.search(rf"\b{column.name}\b", condition) is not None


def _dated(feed: Feed) -> Column | None:
    """The day of a row's fact, where the feed has one."""
    found = (column for column in feed.typed(Type.DATE, Type.MONTH) if column.name == feed.event_date)
    return next(found, None)


def _is_list(feed: Feed) -> bool:
    """Whether the newest file is the whole truth, or the feed has no months and terms that could be required."""
    by_period = feed.cadence in (Cadence.MONTH, Cadence.TERM, Cadence.ANY_DAY)
    return feed.kind is Kind.SNAPSHOT or not by_period
