"""Rows for a feed that nobody has written a generator for: from its sample, or from its types and codes.

They are about heads of households that there are, one a household, spread over the city: a list names the same
ones every time, events others from period to period. Cells that need not be filled are empty in every other
group of rows, so that both kinds meet every code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from deployments.demo import calendar
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.families import HEAD
from deployments.demo.world.world import World
from expectations.contract import Cadence, Column, Feed, Kind, Type
from expectations.periods import Period, period_of, periods_between, promised_on

LEAST_ROWS, ONE_IN = 8, 200  # rows of a file, by the city's households
SINCE = date(2019, 6, 1)  # of events; a rule may look twelve months back
LISTS = 2  # of a snapshot, the newest that are due
ANY_DAY = "20200615"
GROUP = 4  # rows that have their empty cells in common
HOME, HEAD_NAME = "household_id", "head_name"
DAYS_APART = 30  # between one date of a row and the next


class FromContract:
    """Rows of any feed, about persons and households that there are."""

    IS_BOOK = False

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def periods(self, world: World) -> list[str]:
        """Those that are due by the as-of date: of a snapshot the newest, of events a year of them."""
        if self._feed.cadence is Cadence.ANY_DAY:
            return [ANY_DAY]
        between = periods_between(self._feed, SINCE, calendar.AS_OF)
        due = [one.text for one in between if _is_due(self._feed, one)]
        return due[-LISTS:] if self._feed.kind is Kind.SNAPSHOT else due

    def rows(self, world: World, period: str) -> Iterator[Columns]:
        """The rows; the sample's text where it is given, the columns of who and where apart."""
        when = period_of(self._feed, period)
        heads = self._heads(world, when)
        made = {
            column.name: self._values(column, world, heads, when)
            for column in self._feed.columns
            if column.name not in self._sampled()
        }
        filled = {name: pa.array([text] * len(heads)) for name, text in self._sampled().items()}
        yield {**made, **filled}

    def _heads(self, world: World, when: Period) -> np.ndarray:
        everybody = np.flatnonzero(world.is_settled & (world.persons["relation"] == HEAD))
        count = min(len(everybody), max(LEAST_ROWS, world.ordinary_households // ONE_IN))
        first = when.month if self._feed.kind is Kind.EVENTS else 0
        return everybody[(first + np.arange(count) * (len(everybody) // count)) % len(everybody)]

    def _sampled(self) -> dict[str, str]:
        """What may be copied from the sample row: neither keys nor who, where and when."""
        who = (Type.PERSON_NUMBER, Type.VILLAGE, Type.DIVISION, Type.DATE, Type.MONTH, Type.YEAR, Type.TERM)
        free = {column.name for column in self._feed.columns if not column.key and column.type not in who}
        return {
            name: text for name, text in self._feed.sample.items() if name in free - {HOME, *self._names()}
        }

    def _names(self) -> set[str]:
        """The columns that hold the head's name: the one beside a number, and 户主姓名."""
        return {HEAD_NAME, *(column.named_by for column in self._feed.typed(Type.PERSON_NUMBER))}

    def _values(self, column: Column, world: World, heads: np.ndarray, when: Period) -> pa.Array:
        if column.name == HOME:
            return cells.household_ids(world.persons["home2"][heads])
        if column.name in self._names():
            return cells.person_names(world, heads)
        made = self._made(column, world, heads, when)
        if column.required or column.type is Type.PERSON_NUMBER:
            return made
        place = self._feed.columns.index(column)
        is_empty = (np.arange(len(heads)) // GROUP + place) % 2 == 1
        return _emptied(made, is_empty)

    def _made(self, column: Column, world: World, heads: np.ndarray, when: Period) -> pa.Array:
        count, turn = len(heads), np.arange(len(heads))
        last = _last_day(when)
        match column.type:
            case Type.PERSON_NUMBER:
                return cells.person_numbers(world, heads)
            case Type.VILLAGE | Type.DIVISION:
                return cells.village_codes(world, world.households["village"][world.persons["home2"][heads]])
            case Type.DATE:
                return cells.dates(last - turn % 20 - DAYS_APART * self._dates_after(column))
            case Type.MONTH:
                return cells.whole(np.full(count, calendar.yyyymmdd(np.array([last]))[0] // 100))
            case Type.YEAR:
                return cells.whole(np.full(count, int(when.text[:4])))
            case Type.TERM:
                return pa.array([when.term or calendar.TERMS[calendar.LAST_TERM]] * count)
            case Type.MONEY | Type.INTEGER | Type.DECIMAL:
                return _amounts(column, turn)
            case Type.FLAG:
                return cells.whole(turn % 2)
            case Type.CODE | Type.CODE_SET:
                return cells.coded(turn % len(column.codes), list(column.codes))
            case Type.NUMBER:
                is_event = self._feed.kind is Kind.EVENTS
                return cells.labelled(f"BH{when.text}" if is_event else "BH", turn + 1, 6)
        return pa.array([f"{column.label}{index + 1}" for index in range(count)])

    def _dates_after(self, column: Column) -> int:
        """How many dates follow in the row: they stand in the order in which things happen."""
        dates = self._feed.typed(Type.DATE)
        return len(dates) - 1 - dates.index(column)


def _is_due(feed: Feed, period: Period) -> bool:
    promised = promised_on(feed, period)
    return (promised or period.last) <= calendar.AS_OF


def _last_day(when: Period) -> int:
    """The day up to which a file of the period can tell, as the demo counts days."""
    last = min(when.last, calendar.AS_OF)
    return calendar.day(last.year, last.month, last.day)


def _emptied(made: pa.Array, is_empty: np.ndarray) -> pa.Array:
    """The values with some left out; codes stay codes."""
    if isinstance(made, pa.DictionaryArray):
        return pa.DictionaryArray.from_arrays(_emptied(made.indices, is_empty), made.dictionary)
    return pa.array([None if empty else value for value, empty in zip(made.to_pylist(), is_empty, strict=True)],
                    type=made.type)  # fmt: skip


def _amounts(column: Column, turn: np.ndarray) -> pa.Array:
    """Money in cents, other numbers as they are, all within the contract's bounds."""
    low = int(column.minimum or 0)
    high = int(column.maximum) if column.maximum is not None else low + 100
    inside = low + 1 + turn % max(1, min(high - low, 50))
    return cells.whole(np.minimum(inside, high) * (100 if column.type is Type.MONEY else 1))
