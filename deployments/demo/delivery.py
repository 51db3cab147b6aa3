"""Writing one file of a feed, with its dirt, and noting what was put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.dirt.plan import Between, Changed, Dirt
from deployments.demo.dirt.planned import PlannedRows
from deployments.demo.feeds import Source
from deployments.demo.files import book, text
from deployments.demo.files.forms import Form
from deployments.demo.files.written import columns_of, header, written
from deployments.demo.world.world import World
from expectations.contract import Feed


@dataclass(frozen=True)
class Note:
    """One line of truth/dirt.csv; line 0 = the whole file."""

    path: str
    line: int
    kind: str
    expected: str


@dataclass(frozen=True)
class File:
    """The file of which a chunk is written."""

    feed: Feed
    form: Form
    period: str
    is_last_chunk: bool


@dataclass
class Ledger:
    """What has been written."""

    files: int = 0
    rows: int = 0
    notes: list[Note] = field(default_factory=list)


@dataclass
class Writer:
    """Writes the files of one city."""

    inbox: Path
    world: World
    dirt: Dirt | None
    planned: PlannedRows
    ledger: Ledger = field(default_factory=Ledger)

    def note(self, path: str, line: int, kind: str, expected: str) -> None:
        """Something for truth/dirt.csv."""
        self.ledger.notes.append(Note(path, line, kind, expected))

    def write(
        self, feed: Feed, source: Source, period: str, form: Form,
        *, number: int = 1, left_out: str = "", is_spoiled: bool = False,
    ) -> None:  # fmt: skip
        """The file of a period: a correction, one without a column, or one with too many bad rows."""
        place = form.path(feed, period, number)
        shown = [column for column in columns_of(feed, form) if column.name != left_out]
        headers = [header(column, form) for column in shown]
        out = (book.Book if source.IS_BOOK else text.TextFile)(self.inbox / place, form, headers)
        first_line = 2
        for columns, is_last in _with_end(self._chunks(feed, source, period, form)):
            columns.pop(left_out, None)
            file = File(feed, form, period, is_last)
            changed, between = (
                self._spoiled(file, columns) if is_spoiled else self._dirt_of(file, columns, left_out)
            )
            out.write(*_merged(columns, changed, between, out))
            self.ledger.notes += _notes(str(place), first_line, changed, between)
            first_line += _length(columns) + len(between)
        out.close()
        self.ledger.rows += first_line - 2
        self.ledger.files += 1

    def _chunks(self, feed: Feed, source: Source, period: str, form: Form) -> Iterator[dict[str, pa.Array]]:
        for facts in source.rows(self.world, period):
            yield written(feed, form, facts, _length(facts))

    def _spoiled(self, file: File, columns: dict[str, pa.Array]) -> tuple[list[Changed], list[Between]]:
        assert self.dirt is not None
        return [], self.dirt.too_many(file.feed, file.form, file.period, columns)

    def _dirt_of(
        self, file: File, columns: dict[str, pa.Array], left_out: str
    ) -> tuple[list[Changed], list[Between]]:
        if self.dirt is None or left_out:
            return [], []
        replaced = self.planned.replaced(self.world, file.feed, file.period, columns)
        kept = {change.position for change in replaced}
        changed, between = self.dirt.of_chunk(file.feed, file.form, file.period, columns, kept)
        if file.is_last_chunk:
            planned = self.planned.added(self.world, file.feed, file.form, file.period, _length(columns))
            between = [*between, *planned]
        return [*replaced, *changed], between


def _length(columns: dict[str, pa.Array]) -> int:
    return len(next(iter(columns.values())))


def _with_end(chunks: Iterator[dict[str, pa.Array]]) -> Iterator[tuple[dict[str, pa.Array], bool]]:
    """Each chunk, and whether it is the last."""
    held = next(chunks, None)
    for following in chunks:
        assert held is not None
        yield held, False
        held = following
    if held is not None:
        yield held, True


def _merged(
    columns: dict[str, pa.Array],
    changed: list[Changed],
    between: list[Between],
    out: text.TextFile | book.Book,
) -> tuple[list[pa.Array], list[list[str]], np.ndarray]:
    """The columns with their changed cells, the rows between, and the order of both together."""
    columns = dict(columns)
    length = _length(columns)
    for name in {change.column for change in changed}:
        mine = {change.position: out.cell(change.text) for change in changed if change.column == name}
        mask = np.zeros(length, dtype=bool)
        mask[list(mine)] = True
        cells = pa.array([mine[position] for position in sorted(mine)], type=pa.string())
        columns[name] = pc.replace_with_mask(columns[name], pa.array(mask), cells)
    rows = [[*(bad.cells.get(name, "") for name in columns), *bad.extra_cells] for bad in between]
    places = np.array([bad.position for bad in between], dtype=np.int64)
    order = np.insert(np.arange(length), places, length + np.arange(len(between)))
    return list(columns.values()), rows, order


def _notes(place: str, first_line: int, changed: list[Changed], between: list[Between]) -> list[Note]:
    found = [Note(place, first_line + b.position + i, b.kind, b.outcome) for i, b in enumerate(between)]
    stands = np.array([bad.position for bad in between], dtype=np.int64)
    for change in changed:
        moved = int(np.searchsorted(stands, change.position, side="right"))
        found.append(Note(place, first_line + change.position + moved, change.kind, change.outcome))
    return found
