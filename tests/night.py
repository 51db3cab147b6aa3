"""A night without Prefect: the same steps that flows/nightly.py orders, on a home of its own."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Engine

from expectations.periods import Period
from warehouse.build import Built, Night, build
from warehouse.home import Home
from warehouse.ingest import is_read, receive, stage_feed, validate_feed, waiting
from warehouse.judge import as_rows
from warehouse.landing.names import BadName, Name, name_of
from warehouse.ledger.decisions import standing
from warehouse.ledger.deliveries import all_deliveries, record_verdicts, table_rows
from warehouse.ledger.nights import closed_clues, open_clues, record_clues, record_held
from warehouse.ledger.open import opened
from warehouse.ledger.tables import expectation_result, held_lines
from warehouse.publish import publish

KEY = b"a key of thirty-two bytes or more"
RECEIVED_AT = datetime(2020, 6, 30, 17, tzinfo=UTC)


def keep_newest(inbox: Path, files: int = 2) -> None:
    """Leave so many files of each feed in a folder: a night of a city costs by the file, and not every test wants
    all."""
    kept: dict[tuple[Path, str], list[tuple[Period, int, Path]]] = {}
    for path, name in named(inbox):
        kept.setdefault((path.parent, name.feed.name), []).append((name.period, name.n, path))
    for listed in kept.values():
        for _, _, path in sorted(listed)[:-files]:
            path.unlink()


def keep_feeds(inbox: Path, feeds: Collection[str]) -> None:
    """Leave only the files of these."""
    for path, name in named(inbox):
        if name.feed.name not in feeds:
            path.unlink()


def named(inbox: Path) -> list[tuple[Path, Name]]:
    """The files whose names say what they are."""
    found = []
    for path in inbox.glob("*/*"):
        with suppress(BadName):
            found.append((path, name_of(path.name)))
    return found


@dataclass
class Ran:
    """A night that has run: its home, what was judged, and questions to what it published."""

    home: Home
    engine: Engine
    built: Built

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the published warehouse."""
        with duckdb.connect(str(self.home.warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()


def run_night(
    inbox: Path,
    root: Path,
    as_of: date,
    *,
    with_suites: bool = True,
    threads: int = 1,
) -> Ran:
    """Receive, stage, validate, build; `with_suites` False leaves Great Expectations out."""
    home = Home(root)
    home.make()
    engine = opened(f"sqlite:///{root / 'ledger.sqlite'}")
    receive(engine, inbox, home, 0, RECEIVED_AT)
    for name, listed in waiting(engine, home).items():
        if with_suites:
            stage_feed(engine, home, name, listed, threads)
            validate_feed(engine, home, name, [one.delivery_id for one in listed], threads)
        elif new := [one for one in listed if not is_read(home, one)]:
            stage_feed(engine, home, name, new, threads)  # what is not validated waits all the same
    night = Night(
        as_of=as_of,
        region="410184",
        deliveries=all_deliveries(engine),
        accepted_by_name=standing(engine).accepted,
        withdrawn=standing(engine).withdrawn,
        expectation_results=table_rows(engine, expectation_result),
        open_clues=open_clues(engine, as_of),
        closed_clues=closed_clues(engine, as_of),
        held_lines=table_rows(engine, held_lines),
        vault_key=KEY,
        run={
            "run_id": "test", "as_of": as_of, "started_at": RECEIVED_AT, "ended_at": None, "code_version": "test",
            "outcome": "published",
        },
        threads=threads,
    )  # fmt: skip
    built = build(home, night)
    with engine.begin() as connection:
        record_verdicts(connection, as_rows(built.verdicts))
        record_held(connection, built.held_lines)
        record_clues(connection, as_of, built.clues)
        publish(home)
    return Ran(home, engine, built)
