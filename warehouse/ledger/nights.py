"""Runs, clues and held rows in the ledger: which nights there were, what they opened, held and closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from warehouse.ledger.tables import clue, decision, held_lines, run


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


def end(engine: Engine, run_id: str, ended_at: datetime, outcome: str) -> None:
    """Note how a night ended: published or failed."""
    with engine.begin() as connection:
        connection.execute(
            update(run).where(run.c.run_id == run_id).values(ended_at=ended_at, outcome=outcome)
        )


def open_clues(engine: Engine, as_of: date) -> list[dict[str, Any]]:
    """Clues that were opened before the date and not closed before it, ordered by id.

    Those opened on the date are the night's own: one that is done again opens them again.
    """
    still = or_(clue.c.closed_on.is_(None), clue.c.closed_on >= as_of)
    wanted = select(clue).where(clue.c.opened_on < as_of, still).order_by(clue.c.clue_id)
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(wanted)]


def closed_clues(engine: Engine, as_of: date) -> list[dict[str, Any]]:
    """Clues that were closed before the date, ordered by id."""
    wanted = select(clue).where(clue.c.closed_on < as_of).order_by(clue.c.clue_id)
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(wanted)]


def record_clues(engine: Engine, clues: Iterable[Mapping[str, Any]]) -> None:
    """Write the night's clues: new ones are added, others get their reasons and, once, the day they closed."""
    listed = {one["clue_id"]: dict(one) for one in clues}
    with engine.begin() as connection:
        rows = connection.execute(select(clue.c.clue_id, clue.c.closed_on, clue.c.reasons)).all()
        known = {row.clue_id: (row.closed_on, row.reasons) for row in rows}
        if new := [one for clue_id, one in listed.items() if clue_id not in known]:
            connection.execute(insert(clue), new)
        for clue_id, one in listed.items():
            told = (one["closed_on"], one["reasons"])
            if told != known.get(clue_id, told):
                changed = {"closed_on": told[0], "reasons": told[1]}
                connection.execute(update(clue).where(clue.c.clue_id == clue_id).values(**changed))


def record_held(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace what is remembered of the deliveries that the rows are of, in the caller's transaction."""
    listed = [dict(row) for row in rows]
    for delivery_id in sorted({row["delivery_id"] for row in listed}):
        connection.execute(delete(held_lines).where(held_lines.c.delivery_id == delivery_id))
    if listed:
        connection.execute(insert(held_lines), listed)


def accepted_by_name(engine: Engine) -> frozenset[str]:
    """Refused deliveries that a person has let through."""
    with engine.connect() as connection:
        rows = connection.execute(select(decision.c.delivery_id).where(decision.c.kind == "accept"))
        return frozenset(row[0] for row in rows)
