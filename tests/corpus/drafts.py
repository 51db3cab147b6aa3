"""A made file: rows that are right, and one thing after another that a department does to them.

draft = Draft("deaths", "csv")             three rows that nothing is wrong with, under the contract's header
draft.above(["2020年6月死亡登记表"])         a title
draft.write(2, "died_on", "2020/6/9", date(2020, 6, 9))     row 2 says so, and must be read so
draft.hold(3, "died_on_readable")          row 3 must be held, for this reason
draft.refuse("two_sheets_fit")             or: the whole file must be refused

A draft keeps what is written and what is true apart: the truth of a cell is the value that the author of the
case stated, that of a line its place in the file, counted from 1 as a clerk counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.corpus.truths import as_usual, rows, usual_period, written

UNCHANGED: Any = object()
NO_NUMBER: Any = object()  # of a person number: there is none to be used, whatever the cell says


@dataclass
class Line:
    """A line of the file; `values` is None for one that is no row."""

    cells: list[Any]
    values: dict[str, Any] | None = None
    held: frozenset[str] = frozenset()
    is_copy: bool = False  # the same as an earlier row after typing
    is_covered: bool = False  # by a broken quote: held, alone or with its neighbours, or the file is refused
    raw: str | None = None  # of a text file: the line as it stands, quotes and all

    @property
    def is_row(self) -> bool:
        return self.values is not None and not self.is_copy


@dataclass
class Look:
    """How the file is written; what a format does not have is not looked at."""

    encoding: str = "utf-8"
    delimiter: str = ","
    line_ends: tuple[str, ...] = ("\n",)  # one after the other
    last_line_end: bool = True
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, last row, columns
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    sheets_before: list[tuple[str, list[list[Any]]]] = field(default_factory=list)
    sheets_after: list[tuple[str, list[list[Any]]]] = field(default_factory=list)
    hidden_sheets: set[str] = field(default_factory=set)
    title: str = "Sheet1"
    is_1904: bool = False
    change: Callable[[bytes], bytes] = bytes  # the last touch


@dataclass(frozen=True)
class Native:
    """A cell of a workbook that is no plain value: a number with a format, a formula, an error."""

    value: Any = None
    number_format: str = "General"
    formula: str = ""
    error: str = ""


class Draft:
    """The file in the making. Rows are counted from 1, columns go by the contract's names."""

    def __init__(self, feed: str, extension: str = "csv", count: int = 3, period: str = "") -> None:
        self.feed, self.extension, self.period = as_usual(feed), extension, period or usual_period(feed)
        self.look = Look(delimiter="\t" if extension == "txt" else ",")
        self.refusals: frozenset[str] | None = None
        self.head = Line([column.label for column in self.feed.columns])
        self.lines = [self.head]
        self.rows: list[Line] = []
        for values in rows(feed, self.period, count):
            self.add(values)

    def add(self, values: Mapping[str, Any]) -> Line:
        """One more row at the end."""
        cells = [written(column, values[column.name]) for column in self.feed.columns]
        self.rows.append(Line(cells, dict(values)))
        self.lines.append(self.rows[-1])
        return self.rows[-1]

    def at(self, name: str) -> int:
        """Where the column stands, from 0."""
        return [column.name for column in self.feed.columns].index(name)

    def row(self, nth: int) -> Line:
        return self.rows[nth - 1]

    def write(self, nth: int, name: str, cell: Any, reads: Any = UNCHANGED) -> None:
        """Row nth has the cell written so; it must be read as `reads`, else as before."""
        line = self.row(nth)
        line.cells[self.at(name)] = cell
        if reads is not UNCHANGED:
            assert line.values is not None
            line.values[name] = reads

    def hold(self, nth: int, *checks: str) -> None:
        """Row nth must be held, for one or more of these reasons and no other."""
        self.row(nth).held |= frozenset(checks)

    def forms(self, name: str, forms: Mapping[Any, Any]) -> None:
        """Row after row has a written form in that column; a value that is a set of checks means: held."""
        for nth, (cell, reads) in enumerate(forms.items(), start=1):
            if isinstance(reads, set):
                self.write(nth, name, cell)
                self.hold(nth, *reads)
            else:
                self.write(nth, name, cell, reads)

    def head_as(self, name: str, label: str) -> None:
        self.head.cells[self.at(name)] = label

    def above(self, *lines: list[Any]) -> None:
        self.lines[:0] = [Line(cells) for cells in lines]

    def below(self, *lines: list[Any]) -> None:
        self.lines += [Line(cells) for cells in lines]

    def under_head(self, *lines: list[Any]) -> None:
        place = self.lines.index(self.head) + 1
        self.lines[place:place] = [Line(cells) for cells in lines]

    def before_row(self, nth: int, *lines: list[Any]) -> None:
        place = self.lines.index(self.row(nth))
        self.lines[place:place] = [Line(cells) for cells in lines]

    def filled(self, cells: Mapping[str, Any]) -> list[Any]:
        """A line with only these cells filled, by column name."""
        return [cells.get(column.name, "") for column in self.feed.columns]

    def repeat(self, nth: int, **cells: str) -> None:
        """Row nth once more at the end, some cells spelt differently: it counts as a copy."""
        line = Line(list(self.row(nth).cells), self.row(nth).values, is_copy=True)
        for name, cell in cells.items():
            line.cells[self.at(name)] = cell
        self.lines.append(line)

    def refuse(self, *codes: str) -> None:
        """The whole file must be refused; with codes: for one of them."""
        self.refusals = frozenset(codes)

    def cover(self, *rows: int) -> None:
        """A broken quote covers these rows: none of them is loaded."""
        for nth in rows:
            self.row(nth).is_covered = True

    @property
    def may_be_refused(self) -> bool:
        return any(line.is_covered for line in self.lines)

    def truth(self) -> dict[int, Line]:
        """The rows that the file has, copies left out, by line."""
        return {place: line for place, line in enumerate(self.lines, start=1) if line.is_row}

    @property
    def copies(self) -> int:
        return sum(line.is_copy for line in self.lines)

    @property
    def path(self) -> str:
        return f"{self.feed.department}/{self.feed.name}_{self.period}"
