"""A night without Prefect: the same steps that flows/nightly.py orders, on a home of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Engine

from warehouse.build import Built, Night, build
from warehouse.home import Home
from warehouse.ingest import receive, stage_feed, validate_feed, waiting
from warehouse.judge import as_rows
from warehouse.ledger.decisions import standing
from warehouse.ledger.deliveries import all_deliveries, record_verdicts, table_rows
from warehouse.ledger.nights import closed_clues, open_clues, record_clues, record_held
from warehouse.ledger.open import opened
from warehouse.ledger.tables import expectation_result, held_lines

KEY = b"a key of thirty-two bytes or more"
RECEIVED_AT = datetime(2020, 6, 30, 17, tzinfo=UTC)


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
    threads: int = 2,
    feeds: Sequence[str] = (),
) -> Ran:
    """Receive, stage, validate, build; `with_suites` False leaves Great Expectations out."""
    home = Home(root)
    home.make()
    engine = opened(f"sqlite:///{root / 'ledger.sqlite'}")
    receive(engine, inbox, home, 0, RECEIVED_AT)
    for name, listed in waiting(engine, home).items():
        stage_feed(engine, home, name, listed, threads)
        if with_suites:
            validate_feed(engine, home, name, [one.delivery_id for one in listed], threads)
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
    record_clues(engine, as_of, built.clues)
    return Ran(home, engine, built)
