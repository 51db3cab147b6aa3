"""What the engine published beside what the oracle says: every difference as a line. Indicators that only one of
them has are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from . import Judgement

Ask = Callable[[str], list[tuple[Any, ...]]]  # a query to the published warehouse

DELIVERIES = (
    "SELECT coalesce(feed, ''), coalesce(period, ''), sha256, verdict, rows_received, rows_loaded,"
    " rows_quarantined, rows_duplicate FROM quality.delivery"
)
HELD = (
    "SELECT feed, period, sha256, line FROM quality.quarantined_row JOIN quality.delivery USING (delivery_id)"
    " WHERE verdict = 'accepted' AND status <> 'replayed'"
)
SIGNALS = "SELECT household_id, indicator, status FROM mart.signal"
CLUES = "SELECT household_id, coalesce(reasons, ''), suggested_class, asks_for FROM mart.clue WHERE status <> 'closed'"
LANDING = "SELECT row, households, persons, visits, amount_cny FROM mart.policy_landing"


def differences(ask: Ask, judgement: Judgement) -> list[str]:
    return [
        *of_deliveries(ask, judgement),
        *of_held_rows(ask, judgement),
        *of_signals(ask, judgement),
        *of_clues(ask, judgement),
        *of_landing(ask, judgement),
    ]


def both(what: str, engine: dict, oracle: dict) -> Iterator[str]:
    for key in sorted(engine.keys() | oracle.keys()):
        if engine.get(key) != oracle.get(key):
            yield f"{what} {key}: engine {engine.get(key)}, oracle {oracle.get(key)}"


def of_deliveries(ask: Ask, judgement: Judgement) -> Iterator[str]:
    """Verdicts and counts; the same bytes may have come twice."""
    engine, oracle = defaultdict(list), defaultdict(list)
    for *key, verdict, received, loaded, held, duplicate in ask(DELIVERIES):
        engine[tuple(key)].append((verdict, received, loaded, held, duplicate))
    for facts in judgement.deliveries.values():
        counts = (facts.received, facts.loaded, facts.quarantined, facts.duplicate)
        oracle[facts.feed, facts.period, facts.sha256].append((facts.verdict, *counts))
    for found in (*engine.values(), *oracle.values()):
        found.sort()
    yield from both("delivery", engine, oracle)


def of_held_rows(ask: Ask, judgement: Judgement) -> Iterator[str]:
    """The lines held of every accepted delivery."""
    engine, oracle = defaultdict(set), defaultdict(set)
    for *key, line in ask(HELD):
        engine[tuple(key)].add(line)
    for facts in judgement.deliveries.values():
        if facts.verdict == "accepted" and facts.held:
            oracle[facts.feed, facts.period, facts.sha256].update(facts.held)
    yield from both("lines held", engine, oracle)


def of_signals(ask: Ask, judgement: Judgement) -> Iterator[str]:
    engine = {(household, indicator): status for household, indicator, status in ask(SIGNALS)}
    oracle = {key: signal.status for key, signal in judgement.signals.items()}
    shared = {indicator for _, indicator in engine} & {indicator for _, indicator in oracle}
    yield from both(
        "signal",
        {key: status for key, status in engine.items() if key[1] in shared},
        {key: status for key, status in oracle.items() if key[1] in shared},
    )


def of_clues(ask: Ask, judgement: Judgement) -> Iterator[str]:
    """Of a first night: reasons, the class suggested, what they ask for."""
    indicators = {indicator for _, indicator, _ in ask(SIGNALS)}
    engine = {household: tuple(rest) for household, *rest in ask(CLUES)}
    oracle = {
        household: (",".join(clue.reasons), clue.suggested_class, clue.asks_for)
        for household, clue in judgement.clues(indicators).items()
    }
    yield from both("clue", engine, oracle)


def of_landing(ask: Ask, judgement: Judgement) -> Iterator[str]:
    """The measures that both state."""
    engine = {name: figures for name, *figures in ask(LANDING)}
    for name, row in judgement.landing.items():
        told = (row.households, row.persons, row.visits, row.amount)
        for here, there in zip(engine.get(name, ()), told, strict=False):
            if here is not None and there is not None and Decimal(here) != Decimal(there):
                yield f"landing {name}: engine {here}, oracle {there}"
