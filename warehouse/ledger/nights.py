"""Runs, clues and held rows in the ledger: which nights there were, what they opened, held and closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from warehouse.ledger.tables import clue, clue_night, held_lines, run

PUBLISHED, FAILED, STOPPED = "published", "failed", "stopped"
OPENED, SAID = ("clue_id", "household_id", "opened_on"), ("clue_id", "closed_on", "reasons", "asks_for")


def begin(engine: Engine, as_of: date, started_at: datetime, code_version: str) -> str:
    """Note that a night has begun; returns its run_id. A night that is killed keeps outcome NULL."""
    run_id = str(uuid.uuid4())
    with engine.begin() as connection:
        connection.execute(
            insert(run).values(
                run_id=run_id, as_of=as_of, started_at=started_at, code_version=code_version, counts={}
            )
        )
    return run_id


def publish(connection: Connection, run_id: str) -> None:
    """Note, in the caller's transaction, that the night's warehouse is the published one."""
    connection.execute(update(run).where(run.c.run_id == run_id).values(outcome=PUBLISHED))


def end(engine: Engine, run_id: str, ended_at: datetime, outcome: str) -> None:
    """Note how a night ended; of one whose warehouse is published only an end in full is noted."""
    this = (run.c.run_id == run_id) & (run.c.outcome.is_(None) if outcome != PUBLISHED else True)
    with engine.begin() as connection:
        connection.execute(update(run).where(this).values(ended_at=ended_at, outcome=outcome))


def published_since(engine: Engine, at: datetime) -> list[date]:
    """The dates of the nights that have been published since, in order, those not ended in full too."""
    ended = func.coalesce(run.c.ended_at, run.c.started_at)
    wanted = select(run.c.as_of).where(ended >= at, run.c.outcome == PUBLISHED).distinct()
    with engine.connect() as connection:
        return sorted(connection.execute(wanted).scalars())


def open_clues(engine: Engine, as_of: date) -> list[dict[str, Any]]:
    """Clues that the nights before the date have left open, ordered by id.

    What the night itself or a later one said is left out: one that is done again starts from where it started.
    """
    with engine.connect() as connection:
        return [one for one in _left_before(connection, as_of) if one["closed_on"] is None]


def closed_clues(engine: Engine, as_of: date) -> list[dict[str, Any]]:
    """Clues that a night before the date has closed, ordered by id."""
    with engine.connect() as connection:
        return [one for one in _left_before(connection, as_of) if one["closed_on"] is not None]


def _left_before(connection: Connection, as_of: date) -> list[dict[str, Any]]:
    """What the nights before said last of each clue, and when each of its reasons was first `seen`."""
    wanted = (
        select(clue, clue_night.c.as_of, clue_night.c.closed_on, clue_night.c.reasons, clue_night.c.asks_for)
        .join(clue_night, clue_night.c.clue_id == clue.c.clue_id)
        .where(clue_night.c.as_of < as_of)
        .order_by(clue.c.clue_id, clue_night.c.as_of)
    )
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(wanted).mappings():
        one = dict(row)
        night, seen = one.pop("as_of"), found.get(one["clue_id"], {}).get("seen", {})
        new = {reason: night for reason in one["reasons"].split(",") if reason and reason not in seen}
        found[one["clue_id"]] = {**one, "seen": {**seen, **new}}
    return list(found.values())


def record_clues(connection: Connection, as_of: date, clues: Sequence[Mapping[str, Any]]) -> None:
    """Write what the night says of its clues, in place of what it said when it was run before; in the caller's
    transaction.

    A clue that was opened then and is not now stays in `clue`, for people may have visited it, but no night says
    anything of it any more: it is neither open nor closed.
    """
    before = {one["clue_id"]: one for one in _left_before(connection, as_of)}
    opened = {one["clue_id"]: one for one in clues if one["clue_id"] not in before}
    said = [{"as_of": as_of, **{name: one[name] for name in SAID}} for one in clues]
    news = [
        one for one in said if any(before.get(one["clue_id"], {}).get(name) != one[name] for name in SAID)
    ]
    known = set(connection.execute(select(clue.c.clue_id).where(clue.c.opened_on == as_of)).scalars())
    connection.execute(delete(clue_night).where(clue_night.c.as_of == as_of))
    of_clue = delete(clue_night).where(clue_night.c.clue_id == bindparam("void"))
    for statement, rows in (
        (of_clue, [{"void": clue_id} for clue_id in sorted(known - opened.keys())]),
        (
            insert(clue),
            [{name: opened[one][name] for name in OPENED} for one in sorted(opened.keys() - known)],
        ),
        (insert(clue_night), news),
    ):
        if rows:
            connection.execute(statement, rows)


def record_held(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace what is remembered of the deliveries that the rows are of, in the caller's transaction."""
    listed = [dict(row) for row in rows]
    for delivery_id in sorted({row["delivery_id"] for row in listed}):
        connection.execute(delete(held_lines).where(held_lines.c.delivery_id == delivery_id))
    if listed:
        connection.execute(insert(held_lines), listed)
