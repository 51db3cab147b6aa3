"""Disability certificates and the two monthly subsidies. Amounts in cents."""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_MONTH, YEAR_2020, YEAR_AGO, day, months
from deployments.demo.draws import between, chance, some, split, stream, weighted
from deployments.demo.letter import Row
from deployments.demo.world.tables import Table, ordered, together

VALID, CANCELLED, EXPIRED = range(3)
LIVING, CARE = range(2)  # 困难残疾人生活补贴, 重度残疾人护理补贴
SUBSIDY_MONTHS = np.array(months(201912, LAST_MONTH))
INTELLECTUAL, MENTAL = 5, 6


def draw_certificates(
    seed: int, persons: Table, may: np.ndarray, registered: np.ndarray, letter: dict[str, Row]
) -> Table:
    """One certificate for three in a hundred of the grown-ups; six in a hundred of them are new.

    Of the registered there are enough with an old and valid one for the letter's subsidies.
    """
    rng = stream(seed, "certificates")
    grown = may & (persons["birth"] < day(2012, 1, 1))
    others, poor = np.flatnonzero(grown & ~registered), np.flatnonzero(grown & registered)
    enough = (letter["disability_subsidies"].persons or 0) * 5 // 4 + 4
    chosen = some(rng, poor, max(enough, len(poor) * 31 // 1_000))
    who = np.sort(np.concatenate([others[chance(rng, len(others), 31_000)], chosen]))
    count = len(who)
    needed = np.isin(who, chosen[: enough - 1])
    is_new = chance(rng, count, 60_000) & ~needed
    issued = np.where(is_new, between(rng, YEAR_AGO + 1, day(2020, 5, 31), count),
                      between(rng, day(2012, 6, 1), day(2019, 5, 31), count))  # fmt: skip
    return {
        "person": who.astype(np.int32),
        "type": (1 + weighted(rng, count, [14, 9, 2, 52, 10, 10, 3])).astype(np.int8),
        "grade": (1 + weighted(rng, count, [16, 28, 31, 25])).astype(np.int8),
        "reissued": chance(rng, count, 40_000).astype(np.int8),
        "issued": issued.astype(np.int32),
        "status": np.where(chance(rng, count, 20_000) & ~needed, between(rng, 1, 2, count), VALID).astype(
            np.int8
        ),
    }


def draw_subsidies(
    seed: int, certificates: Table, may: np.ndarray, registered: np.ndarray, row: Row, since: int
) -> Table:
    """Rows by certificate and month; the registered persons of 2020 are the letter's."""
    rng = stream(seed, "subsidies")
    holder = certificates["person"]
    entitled = may[holder] & (certificates["status"] == VALID) & (certificates["issued"] < YEAR_2020)
    counted = some(rng, np.flatnonzero(entitled & registered[holder]), row.persons or 1)
    others = np.flatnonzero(entitled & ~registered[holder] & (certificates["grade"] <= 2))
    chosen = np.sort(np.concatenate([counted, others]))
    severe, poor = certificates["grade"][chosen] <= 2, np.isin(chosen, counted)
    care = _months(chosen[severe], CARE, 6_000)
    living = _months(chosen[poor & (~severe | (chosen % 3 > 0))], LIVING, 6_000)
    found = together([care, living])
    which = np.flatnonzero(np.isin(found["certificate"], counted) & (found["month"] >= since))
    found["amount"][which] = split(row.amount_cents, np.full(len(which), 1), 50)
    return ordered(found, "month", "certificate", "subsidy")


def _months(certificate: np.ndarray, subsidy: int, amount: int) -> Table:
    count, slots = len(certificate), len(SUBSIDY_MONTHS)
    return {
        "certificate": np.repeat(certificate, slots).astype(np.int32),
        "subsidy": np.full(count * slots, subsidy, dtype=np.int8),
        "month": np.tile(SUBSIDY_MONTHS, count).astype(np.int32),
        "amount": np.full(count * slots, amount, dtype=np.int64),
    }
