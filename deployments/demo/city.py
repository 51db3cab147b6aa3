"""Making the demo city: the world first, then a file for each feed and period, then the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from deployments.demo.edges import planted
from deployments.demo.feeds import Source, source_of
from deployments.demo.files import book, text
from deployments.demo.files.forms import Form, form_of
from deployments.demo.files.written import columns_of, header, written
from deployments.demo.world.tables import size
from deployments.demo.world.world import World, build
from expectations.contract import Feed
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
    """Writes the inbox of a city as it lies there on the night of 2020-06-30, and the truth behind it."""
    world = build(households, seed, planted())
    files = lines = 0
    for feed in catalogue().values():
        source = source_of(feed)
        periods = source.periods(world)
        for period in periods:
            lines += write_file(inbox, world, feed, source, period)
            files += 1
    return CitySummary(households, size(world.persons), files, lines, 0, world.planting.households)


def write_file(inbox: Path, world: World, feed: Feed, source: Source, period: str) -> int:
    """One file; the number of its rows."""
    form = form_of(feed, period, source.IS_BOOK)
    path = inbox / form.path(feed, period)
    columns = columns_of(feed, form)
    headers = [header(column, form) for column in columns]
    count = 0
    out = None if source.IS_BOOK else text.TextFile(path, form, headers)
    body: list[tuple[str, ...]] = []
    for facts in source.rows(world, period):
        length = len(next(iter(facts.values())))
        count += length
        found = list(written(feed, form, facts, length).values())
        if out is None:
            body += zip(*(pa.array(column).fill_null("").to_pylist() for column in found), strict=True)
        else:
            out.write(text.lines(found, form))
    if out is None:
        book.write_book(path, headers, body)
    else:
        out.close()
    return count


def _unused(form: Form) -> None: ...
