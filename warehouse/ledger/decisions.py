"""What people have decided about deliveries: kept for good, in order; the last one about a delivery stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, insert, select

from warehouse.ledger.tables import decision

ACCEPT, WITHDRAW = "accept", "withdraw"


@dataclass(frozen=True)
class Decision:
    """One decision: about which delivery, which of the two, why, by which user of the system, when."""

    delivery_id: str
    kind: str
    why: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Standing:
    """What stands tonight: deliveries let through in spite of a refusal, and those taken back (id -> why)."""

    accepted: frozenset[str] = frozenset()
    withdrawn: Mapping[str, str] = field(default_factory=dict)


def decide(engine: Engine, made: Decision) -> None:
    """Write a decision down; nothing is ever changed or taken out."""
    with engine.begin() as connection:
        connection.execute(insert(decision).values(**vars(made)))


def decisions(engine: Engine) -> list[Decision]:
    """All decisions in the order in which they were made."""
    columns = [decision.c[name] for name in Decision.__dataclass_fields__]
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(decision.c.decision_id)).all()
    return [Decision(*row) for row in rows]


def standing(engine: Engine) -> Standing:
    """The last decision about each delivery."""
    last = {one.delivery_id: one for one in decisions(engine)}
    accepted = frozenset(name for name, one in last.items() if one.kind == ACCEPT)
    return Standing(accepted, {name: one.why for name, one in last.items() if one.kind == WITHDRAW})
