"""Reversals of settlements: "E reversal names a settlement that exists (else pending) and, all reversals of
it together, exceeds it in no amount"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from .checks import SETTLEMENT_AMOUNTS
from .rows import REVERSED_ON, Checked, Held

EXCEEDS = ("reversal_exceeds", "")
PENDING = (REVERSED_ON, "")


class Settlements:
    """The accepted settlements so far, the latest version of each number."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}
        self.reversals: dict[str, set[str]] = defaultdict(set)

    def add(self, records: Iterable[Any]) -> None:
        for record in records:
            before = self.rows.get(record.settlement_id)
            if before is not None and before.reverses_id:
                self.reversals[before.reverses_id].discard(record.settlement_id)
            if record.is_taken_back:
                self.rows.pop(record.settlement_id, None)
                continue
            self.rows[record.settlement_id] = record
            if record.reverses_id:
                self.reversals[record.reverses_id].add(record.settlement_id)

    def other_reversals(self, original: str, but: set[str]) -> list[Any]:
        return [self.rows[number] for number in self.reversals.get(original, set()) - but]


def amount(record: Any, column: str) -> Decimal:
    return getattr(record, column) or Decimal(0)


def is_exceeded(original: Any, reversals: list[Any]) -> bool:
    return any(
        -sum(amount(reversal, column) for reversal in reversals) > amount(original, column)
        for column in SETTLEMENT_AMOUNTS
    )


def hold_reversals(checked: Checked, accepted: Settlements) -> None:
    """Moves a file's reversals that wait or exceed from its good rows to its held ones."""
    here = {record.settlement_id: record for _, record in checked.good}
    groups = defaultdict(list)
    for line, record in checked.good:
        if record.reverses_id:
            groups[record.reverses_id].append((line, record))
    reasons = {}
    for number, reversals in groups.items():
        original = here.get(number) or accepted.rows.get(number)
        together = [record for _, record in reversals] + accepted.other_reversals(number, set(here))
        if original is None:
            reasons.update({line: PENDING for line, _ in reversals})
        elif is_exceeded(original, together):
            reasons.update({line: EXCEEDS for line, _ in reversals})
    source = checked.source
    for line, record in checked.good:
        if line in reasons:
            checked.held.append(Held(source.feed, source, line, record, [reasons[line]]))
    checked.good = [(line, record) for line, record in checked.good if line not in reasons]


def release(deliveries: list[Checked], accepted: Settlements) -> None:
    """ "A row that waits for its original (a reversal) is pending and released by itself"."""
    for checked in deliveries:
        for held in [held for held in checked.held if held.is_pending]:
            original = accepted.rows.get(held.record.reverses_id)
            if original is None:
                continue
            others = accepted.other_reversals(held.record.reverses_id, {held.record.settlement_id})
            if is_exceeded(original, [*others, held.record]):
                held.faults = [EXCEEDS]
                continue
            checked.held.remove(held)
            checked.good.append((held.line, held.record))
            if held.record.settlement_id not in accepted.rows:
                accepted.add([held.record])
