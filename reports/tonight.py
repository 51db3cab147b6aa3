"""What a night has brought that no night before it had reported: the facts of its mails."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from reports.news import MENDED
from warehouse.ledger.outbox import told_first_since
from warehouse.ledger.tables import run


@dataclass(frozen=True)
class Tonight:
    """Ids of deliveries: judged for the first time, those of them refused, and those corrected since."""

    received: frozenset[str]
    refused: frozenset[str]
    corrected: frozenset[str]


def tonight(engine: Engine, run_id: str) -> Tonight:
    """The news of a run, of which the ledger knows when it began; nothing where it does not know the run."""
    with engine.connect() as connection:
        began = connection.execute(select(run.c.started_at).where(run.c.run_id == run_id)).scalar()
    facts = [fact.split(":") for fact in told_first_since(engine, began)] if began else []
    said = {what: frozenset(one for one, of_it, _ in facts if of_it == what) for _, what, _ in facts}
    corrected = said.pop(MENDED, frozenset())
    return Tonight(frozenset().union(*said.values()), said.get("refused", frozenset()), corrected)
