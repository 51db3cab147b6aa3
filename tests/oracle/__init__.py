"""A naive recomputation of the whole night in plain Python, from the specification alone.

    judge(inbox, as_of) -> Judgement

One row, one person, one household at a time; no SQL, no data frames, nothing shared with the engine. It is
meant to be read beside the specification and compared with what the engine publishes.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .deliveries import DeliveryFacts, judge_inbox
from .landing import LandingRow, landing_table
from .measures import City
from .more_rules import more_rules
from .rules import Signal, first_rules

__all__ = ["DeliveryFacts", "Judgement", "LandingRow", "Signal", "judge"]


@dataclass
class Judgement:
    deliveries: dict[str, DeliveryFacts] = field(default_factory=dict)
    signals: dict[tuple[str, str], Signal] = field(default_factory=dict)
    landing: dict[str, LandingRow] = field(default_factory=dict)
    not_judged: list[str] = field(default_factory=list)


def judge(inbox: Path, as_of: date) -> Judgement:
    gc.disable()  # millions of small rows that never form a cycle
    try:
        return recompute(Path(inbox), as_of)
    finally:
        gc.enable()


def recompute(inbox: Path, as_of: date) -> Judgement:
    judged = judge_inbox(inbox)
    city = City(judged, as_of)
    judgement = Judgement(judged.facts, not_judged=judged.not_judged)
    for indicator, rule in (first_rules(city) | more_rules(city)).items():
        for household in city.town.register:
            judgement.signals[household, indicator] = rule(household)
    judgement.landing = landing_table(city)
    return judgement
