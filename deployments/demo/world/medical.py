"""What was settled at hospitals and clinics: who, when, how much, who paid. Amounts in cents.

The visits that the letter counts are drawn apart, so that they are as many as it says. A reversal is a row of
its own that points to the row it takes back.
"""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_MONTH, YEAR_2020, YEAR_AGO, last_of
from deployments.demo.draws import between, chance, quantiles, some, split, stream, weighted
from deployments.demo.letter import Row
from deployments.demo.world.tables import Table, ordered, rows, size, together

CARE = ("门诊", "住院", "门诊慢性病")
CLINIC, WARD, CHRONIC_CLINIC = range(3)
VISITS_PER_MILLION_AND_YEAR = 600_000
WAIVERS = ("deductible", "copay", "chronic")
PAYERS = ("pooled", "major", "aid", "other", "own")
AMOUNTS = (*PAYERS, "in_scope", *WAIVERS)

CLINIC_COST = [2_000, 5_000, 8_000, 12_000, 18_000, 30_000]
CHRONIC_COST = [6_000, 11_000, 16_000, 22_000, 32_000, 60_000]
WARD_COST = [120_000, 210_000, 310_000, 430_000, 580_000, 780_000, 980_000, 1_300_000, 1_900_000, 8_800_000]


def draw_settlements(
    seed: int, persons: Table, may: np.ndarray, registered: np.ndarray, letter: dict[str, Row], since: int
) -> Table:
    """Visits of the persons that `may` have some; the letter's are those of `registered` ones since a day."""
    rng = stream(seed, "settlements")
    ordinary = _ordinary(rng, np.flatnonzero(may & ~registered), waivers_in_2020=True)
    poor = _ordinary(rng, np.flatnonzero(may & registered), waivers_in_2020=False)
    lasting = (persons["died"] == 0) & (persons["birth"] < YEAR_2020)
    counted = _counted(rng, np.flatnonzero(may & registered & lasting), letter, since)
    found = _alive(together([ordinary, poor, counted]), persons)
    return _with_reversals(rng, ordered(found, "day", "person"))


def _alive(visits: Table, persons: Table) -> Table:
    died, born = persons["died"][visits["person"]], persons["birth"][visits["person"]]
    return rows(visits, ((died == 0) | (visits["day"] <= died)) & (visits["day"] >= born))


def _ordinary(rng: np.random.Generator, who: np.ndarray, waivers_in_2020: bool) -> Table:
    """Visits over the eleven months; what was waived in 2020 may be kept for the letter."""
    count = len(who) * VISITS_PER_MILLION_AND_YEAR // 1_000_000
    person = who[rng.integers(0, len(who), count)]
    when = between(rng, YEAR_AGO + 1, last_of(LAST_MONTH), count)
    care = weighted(rng, count, [70, 12, 18])
    visits = _priced(rng, person, when, care)
    free = waivers_in_2020 | (when < YEAR_2020)
    for field, kind, per_million in zip(
        WAIVERS, (WARD, WARD, CHRONIC_CLINIC), (60_000, 60_000, 90_000), strict=True
    ):
        waived = free & (care == kind) & chance(rng, count, per_million)
        _waive(visits, field, np.where(waived, visits["own"] * between(rng, 5, 30, count) // 100, 0))
    return visits


def _waive(visits: Table, field: str, amount: np.ndarray) -> None:
    """The person is let off an amount, which the hospital bears."""
    visits[field] = visits[field] + amount
    visits["other"] = visits["other"] + amount
    visits["own"] = np.maximum(visits["own"] - amount, 0)
    visits["in_scope"] = np.minimum(visits["in_scope"], visits["own"])


def _priced(rng: np.random.Generator, person: np.ndarray, when: np.ndarray, care: np.ndarray) -> Table:
    count = len(person)
    ward = quantiles(rng, count, WARD_COST)
    cost = np.where(care == WARD, ward, quantiles(rng, count, CLINIC_COST))
    cost = np.where(care == CHRONIC_CLINIC, quantiles(rng, count, CHRONIC_COST), cost)
    pooled = cost * np.where(care == CLINIC, between(rng, 20, 50, count), between(rng, 50, 76, count)) // 100
    major = np.where(cost - pooled > 1_500_000, (cost - pooled - 1_500_000) * 6 // 10, 0)
    rest = cost - pooled - major
    aid = np.where(chance(rng, count, 70_000), rest * between(rng, 10, 60, count) // 100, 0)
    own = rest - aid
    visits = {name: np.zeros(count, dtype=np.int64) for name in AMOUNTS}
    visits |= {"pooled": pooled, "major": major, "aid": aid, "own": own}
    visits["in_scope"] = own * between(rng, 40, 100, count) // 100
    visits |= {
        "person": person.astype(np.int32),
        "day": when.astype(np.int32),
        "care": care.astype(np.int8),
        "reverses": np.full(count, -1, dtype=np.int64),
    }
    return visits


def _counted(rng: np.random.Generator, who: np.ndarray, letter: dict[str, Row], since: int) -> Table:
    """Exactly the visits, and the net amounts, of the three rows of the letter."""
    wards = {name: letter[f"{name}_waived"] for name in ("deductible", "copay")}
    visits = [row.visits or 0 for row in wards.values()]
    both = min(visits) // 2
    count = sum(visits) - both
    found = [_waived_visits(rng, who, count, WARD, since)]
    starts = (0, visits[0] - both)
    for (field, row), start in zip(wards.items(), starts, strict=True):
        part = np.zeros(count, dtype=np.int64)
        part[start : start + (row.visits or 0)] = _shares(rng, row)
        _waive_more(found[0], field, part)
    row = letter["chronic_covered"]
    chronic = _waived_visits(rng, who, row.visits or 0, CHRONIC_CLINIC, since)
    _waive_more(chronic, "chronic", _shares(rng, row))
    return together([*found, chronic])


def _waived_visits(rng: np.random.Generator, who: np.ndarray, count: int, care: int, since: int) -> Table:
    person = who[rng.integers(0, len(who), count)]
    when = between(rng, since, last_of(LAST_MONTH), count)
    return _priced(rng, person, when, np.full(count, care))


def _shares(rng: np.random.Generator, row: Row) -> np.ndarray:
    return split(row.amount_cents, between(rng, 40, 160, row.visits or 0), 10)


def _waive_more(visits: Table, field: str, amount: np.ndarray) -> None:
    """Like `_waive`, but the cost grows where the person bore less than the amount."""
    visits["own"] = np.maximum(visits["own"], amount + 1_000)
    _waive(visits, field, amount)


def _with_reversals(rng: np.random.Generator, visits: Table) -> Table:
    """Some visits are taken back wholly or in part, within the known months.

    The nets of the letter stay what they are: the original of a partly reversed visit is raised by what is
    taken back, and a wholly reversed one is an additional visit.
    """
    count = size(visits)
    last = last_of(LAST_MONTH)
    whole = some(rng, np.arange(count), max(2, count // 400))
    part = some(rng, np.arange(count), max(2, count // 600))
    again = rows(visits, whole)
    raised = {name: visits[name][part] // 3 for name in AMOUNTS}
    for name in AMOUNTS:
        visits[name][part] += raised[name]
    found = together([visits, again])
    taken = _negative(again, {name: again[name] for name in AMOUNTS}, count + np.arange(len(whole)))
    back = _negative(rows(visits, part), raised, part)
    reversals = together([taken, back])
    later = reversals["day"] + between(rng, 0, 40, size(reversals))
    reversals["day"] = np.minimum(later, last).astype(np.int32)
    return together([found, reversals])


def _negative(originals: Table, amounts: dict[str, np.ndarray], positions: np.ndarray) -> Table:
    taken = dict(originals) | {name: -amount for name, amount in amounts.items()}
    taken["reverses"] = positions.astype(np.int64)
    return taken


def total(visits: Table) -> np.ndarray:
    """The whole cost of each row."""
    return sum((visits[name] for name in PAYERS), start=np.zeros(size(visits), dtype=np.int64))
