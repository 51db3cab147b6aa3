"""Making the demo city: the world first, then a file for each feed and period, then the truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deployments.demo import truth as true_facts
from deployments.demo.delivery import Writer
from deployments.demo.dirt import whole_files
from deployments.demo.dirt.plan import Dirt
from deployments.demo.dirt.planned import PlannedRows
from deployments.demo.edges import planted
from deployments.demo.feeds import Source, source_of
from deployments.demo.feeds_by_contract import FromContract
from deployments.demo.files.forms import form_of
from deployments.demo.world.population import FIRST_HOUSEHOLD
from deployments.demo.world.tables import size
from deployments.demo.world.world import World, build
from expectations.contract import Cadence, Feed, Kind
from expectations.feeds import catalogue


@dataclass(frozen=True)
class CitySummary:
    """What was made."""

    households: int
    persons: int
    files: int
    rows: int
    dirty_rows: int
    planted_households: int


def make_city(
    inbox: Path,
    truth: Path,
    *,
    households: int = 60_000,
    seed: int = 1,
    dirt: bool = True,
    months: int | None = None,
) -> CitySummary:
    """Writes the inbox of a city as it lies there on the night of 2020-06-30, and the truth behind it.

    `months` leaves out older months of the monthly events; the letter then falls into those that are left,
    and nothing is said of the planted households, whose edges need the whole year.
    """
    world = build(households, seed, planted(), months)
    writer = Writer(inbox, world, Dirt() if dirt else None, PlannedRows(world.planting.bad_rows))
    for feed, source in _in_order():
        for period in _periods(feed, source, world):
            form = form_of(feed, period, source.IS_BOOK)
            if dirt and (feed.name, period) in whole_files.MISHAPS:
                whole_files.deliver_with_mishap(writer, feed, source, period, form)
            else:
                writer.write(feed, source, period, form)
    _write_truth(truth, world, writer, dirt)
    ledger = writer.ledger
    dirty = sum(note.line > 0 for note in ledger.notes)
    return CitySummary(
        households, size(world.persons), ledger.files, ledger.rows, dirty, world.planting.households
    )


def _in_order() -> list[tuple[Feed, Source]]:
    """All feeds, those without a generator last: one more of them changes no file of the others."""
    found = [(feed, source_of(feed)) for feed in catalogue().values()]
    return sorted(found, key=lambda pair: isinstance(pair[1], FromContract))


def _periods(feed: Feed, source: Source, world: World) -> list[str]:
    """All periods of the feed; of monthly events those from the world's first month on."""
    is_monthly = feed.kind is Kind.EVENTS and feed.cadence is Cadence.MONTH
    return [period for period in source.periods(world) if not is_monthly or int(period) >= world.first_month]


def _write_truth(folder: Path, world: World, writer: Writer, dirt: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    notes = sorted(writer.ledger.notes, key=lambda note: (note.path, note.line, note.kind))
    told = [(note.path, note.line or "", note.kind, note.expected) for note in notes]
    _write(folder / "dirt.csv", ("path", "line", "kind", "expected"), told)
    _write(folder / "at_risk.csv", ("household_id", "indicator"), true_facts.at_risk(world))
    _write(folder / "planted.csv", ("household_id", "indicator", "expected", "why"), _planted(world, dirt))
    figures = [(row.name, *figure) for row in world.letter.values() for figure in row.measures().items()]
    _write(folder / "letter.csv", ("row", "measure", "figure"), figures)


def _planted(world: World, dirt: bool) -> list[tuple[object, ...]]:
    """What holds for the planted households; nothing in a city of a few months."""
    first = FIRST_HOUSEHOLD + world.ordinary_households
    expected = [e for e in world.planting.expected if dirt or not e.needs_dirt]
    return (
        [] if world.first_month else [(first + e.household, e.indicator, e.status, e.why) for e in expected]
    )


def _write(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(rows)
