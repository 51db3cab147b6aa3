"""Does a header fit a feed, and if not, what does it look like? Headers match after their spelling is
evened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expectations.contract import Column, Feed, Type
from expectations.feeds import catalogue

UNITS = {"万元": 10_000, "元": 1}
FOREIGN_UNITS = ("千元", "百元", "亿元")
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True)
class Header:
    """How the cells of a header row map onto a feed.

    `places` gives the cell's index for each column that is there, `units` what its amounts are multiplied by.
    """

    places: Mapping[str, int]
    units: Mapping[str, int]
    unknown: tuple[int, ...] = ()  # which columns, from 1: what stands in them may be a value
    faults: tuple[tuple[str, str], ...] = field(default=())  # (reason code, columns concerned)


def evened(label: str) -> str:
    """A header without blanks, line breaks, full-width forms and what stands in brackets."""
    narrow = re.sub(r"\s", "", label.translate(_NARROW)).replace("\u3000", "")
    return _BRACKETS.sub("", narrow).casefold()


def unit_of(label: str) -> int | None:
    """10000 for （万元）, 1 for 元 or no unit, None for a unit that is not read."""
    narrow = label.translate(_NARROW)
    if any(unit in narrow for unit in FOREIGN_UNITS):
        return None
    return UNITS["万元"] if "万元" in narrow else 1


def fit(feed: Feed, cells: Sequence[str]) -> Header:
    """Match header cells with the feed's columns; what is wrong is in `faults`, all of it at once."""
    names = {evened(spelling): column for column in feed.columns for spelling in _spellings(column)}
    places: dict[str, int] = {}
    units: dict[str, int] = {}
    unknown, faults = [], []
    for place, cell in enumerate(cells):
        column = names.get(evened(cell or ""))
        if column is None:
            unknown += [place + 1] if cell else []
        elif column.name in places:
            faults.append(("column_twice", column.label))
        else:
            places[column.name] = place
            unit = unit_of(cell) if column.type is Type.MONEY else 1
            units[column.name] = unit or 1
            faults += [] if unit else [("unit_unknown", column.label)]
    missing = [column.label for column in feed.columns if column.required and column.name not in places]
    faults += [("column_missing", "、".join(missing))] if missing else []
    return Header(places, units, tuple(unknown), tuple(faults))


def _spellings(column: Column) -> tuple[str, ...]:
    return (column.label, column.name, *column.aliases)


def looks_like(cells: Sequence[str]) -> Feed | None:
    """The feed whose columns the header names best, None when it names no feed's required columns."""
    best, score = None, 0.0
    for feed in catalogue().values():
        header = fit(feed, cells)
        if any(code == "column_missing" for code, _ in header.faults):
            continue
        share = len(header.places) / max(len(feed.columns), len([cell for cell in cells if cell]))
        if share > score:
            best, score = feed, share
    return best
