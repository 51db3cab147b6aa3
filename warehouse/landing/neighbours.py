"""Whether a row is one of the table: it fills what must be filled as the rows around it do, whatever its first cell
begins with. A person may be called 累某, a reason begin with 累计: a total or a note names nobody and nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import duckdb

from expectations.contract import Column, Feed, Type
from expectations.types.blanks import MISSING_MARKS
from expectations.units import narrowed
from warehouse.landing.first_cell import Row
from warehouse.landing.layout import Layout

NAMES = (Type.NUMBER, Type.PERSON_NUMBER, Type.DIVISION, Type.VILLAGE)  # what says which one a row is about
WORDS = (Type.TEXT, Type.CODE_SET)  # what a total's word could be a value of
SAMPLE = 1000  # rows of the table that show what a column looks like
LEAST_DIGITS = 6  # of a person's number, cut off or damaged; a total counts fewer people
_TELEPHONE = re.compile(r"(\+?86)?-?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_RUNS = ((re.compile("[0-9]+"), "0"), (re.compile("[A-Za-z]+"), "a"), (re.compile(r"[^\W\d_a-zA-Z]+"), "x"))


@dataclass(frozen=True)
class Neighbours:
    """The required columns that are there, by place, and some of what stands in those that name."""

    required: Mapping[int, Column]
    named: Mapping[int, Sequence[str]]

    def own(self, row: Row, at: int, is_exact: bool) -> bool:
        """Whether the row is one of theirs; the cell at place `at` is, or begins like, a total or a note.

        One that names as they do and fills more than half of what must be filled is: it may be held, never lost. Where
        the cell says nothing but 合计 and the row names no person, or where nothing in the table names, all must be
        filled.
        """
        filled = [place for place in self.required if self._fills(row, place, at)]
        like = [
            self.required[place].type for place in self.named if place in filled and self._is_like(row, place)
        ]
        if not self.named:
            return len(filled) == len(self.required) > 0 and not is_exact
        is_whole = len(filled) == len(self.required)
        is_half = len(filled) * 2 > len(self.required)
        return bool(like) and (is_whole if is_exact and Type.PERSON_NUMBER not in like else is_half)

    def _fills(self, row: Row, place: int, at: int) -> bool:
        cell = _said(row, place)
        if place != at or self.required[place].type in WORDS:
            return cell not in MISSING_MARKS
        return shape(cell) in {shape(other) for other in self.named.get(place, ())}

    def _is_like(self, row: Row, place: int) -> bool:
        """Whether a cell may be a number of its own: one that is damaged or cut off is, a count and a telephone is
        none."""
        cell, others = _said(row, place), self.named[place]
        if self.required[place].type is Type.PERSON_NUMBER:
            return sum(map(str.isdigit, cell)) >= LEAST_DIGITS and not _TELEPHONE.fullmatch(cell)
        usual = median(map(len, others)) if others else LEAST_DIGITS
        is_telephone = _TELEPHONE.fullmatch(cell) is not None and usual != len(cell)
        return any(map(str.isdigit, cell)) and len(cell) * 2 >= usual and not is_telephone


def neighbours(
    connection: duckdb.DuckDBPyConnection, rows_sql: str, layout: Layout, feed: Feed, doubtful: Sequence[int]
) -> Neighbours:
    """Of the first rows that are not in doubt."""
    places = {layout.header.places[c.name]: c for c in feed.columns if c.name in layout.header.places}
    required = {place: column for place, column in places.items() if column.required}
    naming = [place for place, column in required.items() if column.type in NAMES]
    if not naming:
        return Neighbours(required, {})
    listed = ", ".join(f"c{place}" for place in naming)
    without = ", ".join(map(str, doubtful)) or "-1"
    query = f"SELECT {listed} FROM ({rows_sql}) AS every WHERE line NOT IN ({without}) LIMIT {SAMPLE}"
    cells = list(zip(*connection.execute(query).fetchall(), strict=True)) or [() for _ in naming]
    said = ([narrowed(cell).strip() for cell in column if cell and cell.strip()] for column in cells)
    return Neighbours(required, dict(zip(naming, said, strict=True)))


def shape(cell: str) -> str:
    """What a cell looks like: runs of digits, of letters and of other words, and the signs between them."""
    for run, sign in _RUNS:
        cell = run.sub(sign, cell)
    return cell


def _said(row: Row, place: int) -> str:
    return narrowed(row[place] or "").strip() if place < len(row) else ""
