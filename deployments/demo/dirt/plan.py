"""Which rows of a file are bad and where they stand; about one in a hundred, every kind in turn.

`Dirt.of_chunk` looks at clean rows and answers with cells to be changed and rows to be put between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

import pyarrow as pa

from deployments.demo.dirt.faults import Fault, cell_faults, row_faults
from deployments.demo.dirt.invented import about_nobody
from deployments.demo.dirt.oddities import ODDITIES, odd_columns
from deployments.demo.dirt.rules import rule_faults
from deployments.demo.dirt.site import DUPLICATE, HELD, REPAIRED, WARNED, Row, Site
from deployments.demo.files.forms import Form
from expectations.contract import Column, Feed, Type

ONE_IN = 100
RARER = {"households": 2_000}  # a held row there, its 户编号 readable, is a household of unknown attributes
LEAST_BAD_ROWS, BAD_IN_HUNDRED = 12, 8  # of a file that is to be refused: the limit is 10, and 5 in a hundred
SMALLEST_FILE = 12  # with fewer rows a file stays clean, but for planned rows
NEAR = 60  # rows looked at for a cell that can be written oddly
REGISTER = ("households", "members")  # the cells of its clean rows are left as they are


@dataclass(frozen=True)
class Between:
    """A bad row that stands before the clean row of that position."""

    position: int
    cells: Row
    kind: str
    outcome: str
    extra_cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changed:
    """A cell of a clean row, written otherwise."""

    position: int
    column: str
    text: str
    kind: str
    outcome: str = REPAIRED


@dataclass
class Dirt:
    """The dirt of the whole city: what was used how often, and the running number of what is invented."""

    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    serial: int = 0

    def of_chunk(self, feed: Feed, form: Form, period: str, columns: dict[str, pa.Array], kept: set[int]) -> (
        tuple[list[Changed], list[Between]]
    ):  # fmt: skip
        """The changed cells and the rows between; rows in `kept` are neither changed nor doubled."""
        length = len(next(iter(columns.values())))
        count = max(1, length // RARER.get(feed.name, ONE_IN)) if length >= SMALLEST_FILE else 0
        changed: list[Changed] = []
        between: list[Between] = []
        for turn in range(count):
            self.serial += 1
            site = Site(feed, form, period, self.serial)
            near = turn * (length - 1) // count + crc32(f"{feed.name}{period}{turn}".encode()) % 7
            position = 1 + near % (length - 1)
            kind = self._next_kind(feed)
            row = _row(columns, position - 1)
            if kind in ODDITIES:
                changed += _odd(site, columns, kind, position, kept | {c.position for c in changed})
            elif kind == "exact_duplicate":
                is_free = position - 1 not in kept
                between += [Between(position, row, kind, DUPLICATE)] if is_free else []
            else:
                between += self._bad(site, kind, row, position)
        return changed, sorted(between, key=lambda bad: bad.position)

    def too_many(self, feed: Feed, form: Form, period: str, columns: dict[str, pa.Array]) -> list[Between]:
        """So many bad rows that the file is refused."""
        length = len(next(iter(columns.values())))
        found = []
        faults = [fault for kind in faults_of(feed).values() for fault in kind if fault.outcome == HELD]
        for turn in range(max(LEAST_BAD_ROWS, length * BAD_IN_HUNDRED // 100)):
            self.serial += 1
            site = Site(feed, form, period, self.serial)
            row = about_nobody(_row(columns, turn % length) if length else dict.fromkeys(columns, ""), site)
            fault = faults[turn % len(faults)]
            row |= fault.change(site, row) if length else {}
            kind = fault.kind if length else "missing_required"
            position = turn * length // (length * BAD_IN_HUNDRED // 100 + LEAST_BAD_ROWS)
            found.append(Between(position, row, kind, HELD, fault.extra_cells))
        return found

    def _next_kind(self, feed: Feed) -> str:
        """The kind that was used the least, of those that the feed can have."""
        kinds = kinds_of(feed)
        chosen = min(kinds, key=lambda kind: (self.used["*", kind], kinds.index(kind)))
        self.used["*", chosen] += 1
        return chosen

    def _bad(self, site: Site, kind: str, row: Row, position: int) -> Iterator[Between]:
        nobody = about_nobody(row, site)
        if kind in PAIRS:
            yield from PAIRS[kind](site, nobody, position)
            return
        faults = faults_of(site.feed)[kind]
        self.used[site.feed.name, kind] += 1
        fault = faults[self.used[site.feed.name, kind] % len(faults)]
        cells = nobody | fault.change(site, nobody)
        yield Between(position, cells, kind, fault.outcome, fault.extra_cells)


_FAULTS: dict[str, dict[str, list[Fault]]] = {}
_KINDS: dict[str, list[str]] = {}


def faults_of(feed: Feed) -> dict[str, list[Fault]]:
    """The faults of a feed by kind."""
    if feed.name not in _FAULTS:
        found: dict[str, list[Fault]] = {}
        for fault in [*cell_faults(feed), *row_faults(feed), *rule_faults(feed.name)]:
            found.setdefault(fault.kind, []).append(fault)
        _FAULTS[feed.name] = found
    return _FAULTS[feed.name]


def kinds_of(feed: Feed) -> list[str]:
    """All kinds of dirt that a file of the feed can have, in a turn of its own."""
    if feed.name not in _KINDS:
        kinds = [*faults_of(feed), "exact_duplicate", "same_key_other_content"]
        kinds += ["twice_in_household"] if feed.name == "members" else []
        kinds += [kind for kind in ODDITIES if feed.name not in REGISTER and odd_columns(feed, kind)]
        start = crc32(feed.name.encode()) % len(kinds)
        _KINDS[feed.name] = kinds[start:] + kinds[:start]
    return _KINDS[feed.name]


def _row(columns: dict[str, pa.Array], position: int) -> Row:
    return {name: column[position].as_py() or "" for name, column in columns.items()}


def _odd(site: Site, columns: dict[str, pa.Array], kind: str, start: int, kept: set[int]) -> list[Changed]:
    """The first cell from `start` on that can be written so; none when there is none near."""
    length = len(next(iter(columns.values())))
    for position in range(start, min(start + NEAR, length)):
        if position in kept:
            continue
        for column in odd_columns(site.feed, kind):
            text = columns[column.name][position].as_py() or ""
            odd = ODDITIES[kind](site, column, text)
            if odd is not None and odd != text:
                return [Changed(position, column.name, odd, kind)]
    return []


def _same_key(site: Site, row: Row, position: int) -> Iterator[Between]:
    """Two rows of one key that say different things: neither is taken."""
    other = _other_content(site, row)
    if other:
        yield Between(position, row, "same_key_other_content", HELD)
        yield Between(position, row | other, "same_key_other_content", HELD)


def _free(feed: Feed, *types: Type) -> list[Column]:
    """The columns in which two rows of one key may differ."""
    return [column for column in feed.typed(*types) if not column.key and column.name != "household_id"]


def _other_content(site: Site, row: Row) -> Row:
    for column in _free(site.feed, Type.TEXT):
        if row[column.name]:
            return {column.name: row[column.name] + "（二）"}
    for column in _free(site.feed, Type.CODE):
        if row[column.name]:
            meant = next(
                value for value, others in column.codes.items() if row[column.name] in (value, *others)
            )
            return {column.name: next(value for value in column.codes if value != meant)}
    for column in _free(site.feed, Type.MONEY):  # by a yuan: sums hold within one
        return {column.name: site.amount(column, site.yuan(column, row[column.name]) + 1)}
    return {}


def _twice(site: Site, row: Row, position: int) -> Iterator[Between]:
    """One person under two numbers of the register in one household: the greater one is held."""
    yield Between(position, row, "about_nobody", WARNED)
    yield Between(position, row | {"person_no": f"{row['person_no']}2"}, "twice_in_household", HELD)


PAIRS: dict[str, Callable[[Site, Row, int], Iterator[Between]]] = {
    "same_key_other_content": _same_key,
    "twice_in_household": _twice,
}
