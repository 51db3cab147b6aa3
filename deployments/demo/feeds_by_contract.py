"""Rows for a feed that nobody has written a generator for: from its sample, or from its types and codes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from deployments.demo import calendar
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.world import World
from expectations.contract import Cadence, Column, Feed, Type

ROWS = 8
HOME = "household_id"


class FromContract:
    """A handful of rows of any feed, about persons and households that there are."""

    IS_BOOK = False

    def __init__(self, feed: Feed) -> None:
        self._feed = feed

    def periods(self, world: World) -> list[str]:
        """The last period that is due by the as-of date."""
        return {
            Cadence.MONTH: [str(calendar.LAST_MONTH)],
            Cadence.YEAR: ["2019"],
            Cadence.TERM: [calendar.LAST_TERM],
            Cadence.HALF_YEAR: ["201912"],
            Cadence.ANY_DAY: ["20200615"],
        }[self._feed.cadence]

    def rows(self, world: World, period: str) -> Iterator[Columns]:
        """The rows; the sample's text where it is given, the columns of who and where apart."""
        persons = np.flatnonzero(world.is_ordinary & (world.persons["home2"] >= 0))[:ROWS]
        made = {column.name: self._values(column, world, persons, period) for column in self._feed.columns}
        yield made | {name: pa.array([text] * len(persons)) for name, text in self._sampled().items()}

    def _sampled(self) -> dict[str, str]:
        """What may be copied from the sample row: neither keys nor who and where."""
        who = (Type.PERSON_NUMBER, Type.VILLAGE, Type.DIVISION, Type.DATE, Type.MONTH, Type.YEAR, Type.TERM)
        free = {column.name for column in self._feed.columns if not column.key and column.type not in who}
        return {
            name: text for name, text in self._feed.sample.items() if name in free - {HOME, *self._names()}
        }

    def _names(self) -> set[str]:
        """The columns that hold the name of a person whose number stands beside it."""
        return {column.named_by for column in self._feed.typed(Type.PERSON_NUMBER)}

    def _values(self, column: Column, world: World, persons: np.ndarray, period: str) -> pa.Array:
        if column.name == HOME:
            return cells.household_ids(world.persons["home2"][persons])
        if column.name in self._names():
            return cells.person_names(world, persons)
        return _values(column, world, persons, period)


def _values(column: Column, world: World, persons: np.ndarray, period: str) -> pa.Array:
    count, turn = len(persons), np.arange(len(persons))
    homes = world.persons["home2"][persons]
    last = calendar.period_last_day(period)
    match column.type:
        case Type.PERSON_NUMBER:
            return cells.person_numbers(world, persons)
        case Type.VILLAGE | Type.DIVISION:
            return cells.village_codes(world, world.households["village"][homes])
        case Type.DATE:
            return cells.dates(last - 3 - turn)
        case Type.MONTH:
            return cells.whole(np.full(count, calendar.yyyymmdd(np.array([last]))[0] // 100))
        case Type.YEAR:
            return cells.whole(np.full(count, int(period[:4])))
        case Type.TERM:
            return pa.array([calendar.TERMS[calendar.LAST_TERM]] * count)
        case Type.MONEY | Type.INTEGER | Type.DECIMAL:
            return cells.whole(_inside(column, turn) * (100 if column.type is Type.MONEY else 1))
        case Type.FLAG:
            return cells.whole(turn % 2)
        case Type.CODE | Type.CODE_SET:
            return cells.coded(turn % len(column.codes), list(column.codes))
        case Type.NUMBER:
            return cells.labelled("BH", turn + 1, 6)
    return pa.array([f"{column.label}{index + 1}" for index in range(count)])


def _inside(column: Column, turn: np.ndarray) -> np.ndarray:
    low = int(column.minimum or 0)
    high = int(column.maximum) if column.maximum is not None else low + 100
    return np.minimum(low + 1 + turn, high)
