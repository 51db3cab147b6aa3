"""Water: projects and the villages they serve, access by household, outages, tests of quality."""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_MONTH, first_of, last_of, months
from deployments.demo.draws import between, chance, quantiles, split, stream
from deployments.demo.letter import Row
from deployments.demo.world.tables import Table, together

KINDS = ("城乡一体", "千吨万人", "集中", "分散")
PIPED, STANDPIPE, WELL, OTHER_MODE = range(4)
GOOD, BAD, UNTESTED = range(3)
EMPTY = -1
VILLAGES_OF_A_WORKS = 6
NEW_WORKS = 18
FIRST_MONTH = 201906
MEASURES = ("ph", "turbidity", "chlorine", "hardness", "ammonia", "permanganate")  # hundredths
GOOD_VALUES = {"ph": (690, 800), "turbidity": (20, 95), "chlorine": (5, 60), "hardness": (9_000, 40_000),
               "ammonia": (2, 40), "permanganate": (60, 260)}  # fmt: skip


def draw_works(seed: int, ordinary_villages: int, people: np.ndarray, row: Row) -> Table:
    """A row per project and village: an old works for each six villages, new ones as the letter says."""
    rng = stream(seed, "works")
    village = np.arange(ordinary_villages)
    works = village // VILLAGES_OF_A_WORKS
    built = between(rng, 2006, 2019, int(works[-1]) + 1)
    money = between(rng, 60, 400, int(works[-1]) + 1) * 1_000_000
    old = _served(works, village, built[works], money[works], people[village])
    order = np.argsort(rng.integers(0, 1 << 40, ordinary_villages), kind="stable")
    enough = int(np.searchsorted(np.cumsum(people[order]), row.persons or 1)) + 1
    chosen = np.sort(order[:enough])
    count = min(NEW_WORKS, len(chosen))
    mine = np.arange(len(chosen)) * count // len(chosen)
    cost = split(row.amount_cents, between(rng, 60, 160, count), 100_000)
    served = split(row.persons or 1, np.maximum(people[chosen], 1), 1)
    new = _served(int(works[-1]) + 1 + mine, chosen, np.full(len(chosen), 2020), cost[mine], served)
    return together([old, new])


def _served(
    works: np.ndarray, village: np.ndarray, built: np.ndarray, money: np.ndarray, people: np.ndarray
) -> Table:
    return {
        "works": works.astype(np.int32),
        "village": village.astype(np.int32),
        "built": built.astype(np.int16),
        "kind": (works % 4).astype(np.int8),
        "investment": money.astype(np.int64),
        "people": people.astype(np.int32),
    }


def draw_access(seed: int, households: Table) -> Table:
    """How each household gets its water; `listed` where the bureau has asked. Numbers are tenths."""
    rng = stream(seed, "access")
    count = len(households["village"])
    litres = quantiles(rng, count, [420, 550, 620, 700, 780, 860, 950, 1_200])
    litres = np.where(chance(rng, count, 5_000), between(rng, 150, 349, count), litres)
    lot = rng.integers(0, 1_000, count)
    mode = np.where(lot < 930, PIPED, np.where(lot < 960, STANDPIPE, np.where(lot < 990, WELL, OTHER_MODE)))
    minutes = np.where(
        chance(rng, count, 40_000), between(rng, 210, 400, count), between(rng, 20, 200, count)
    )
    quality = np.where(chance(rng, count, 2_500), BAD, np.where(lot % 10 == 0, UNTESTED, GOOD))
    is_piped = mode == PIPED
    return {
        "household": np.arange(count, dtype=np.int32),
        "litres": litres.astype(np.int32),
        "mode": mode.astype(np.int8),
        "minutes": np.where(is_piped, EMPTY, minutes).astype(np.int32),
        "distance": np.where(is_piped, EMPTY, minutes * 12).astype(np.int32),
        "climb": np.where(is_piped, EMPTY, minutes // 3).astype(np.int32),
        "quality": quality.astype(np.int8),
        "scarce": np.zeros(count, dtype=np.int8),
        "listed": (households["metered"] == 1).astype(np.int8),
    }


def draw_outages(seed: int, works: Table) -> Table:
    """Mostly a day or two; now and then a village is without water for weeks. `ended` 0 = still out.

    `told` is the day by whose month the outage first stands in a file.
    """
    rng = stream(seed, "outages")
    count = max(4, len(works["works"]) // 2)
    row = rng.integers(0, len(works["works"]), count)
    began = between(rng, first_of(FIRST_MONTH), last_of(LAST_MONTH) - 3, count)
    length = np.where(chance(rng, count, 25_000), between(rng, 31, 55, count), between(rng, 0, 4, count))
    ended = np.minimum(began + length, last_of(LAST_MONTH))
    return {
        "works": works["works"][row],
        "village": works["village"][row],
        "began": began.astype(np.int32),
        "ended": ended.astype(np.int32),
        "told": began.astype(np.int32),
        "reason": between(rng, 0, 3, count).astype(np.int8),
    }


def draw_tests(seed: int, works: Table) -> Table:
    """A sample of every project in every month; few fail, and most of those pass the next time."""
    rng = stream(seed, "tests")
    ids, first_row = np.unique(works["works"], return_index=True)
    built = works["built"][first_row]
    found = []
    for month in months(FIRST_MONTH, LAST_MONTH):
        running = ids[(built < 2020) | (month >= 202003)]
        is_last = month == LAST_MONTH
        failed = chance(rng, len(running), 6_000 if is_last else 20_000)
        sampled = first_of(month) + between(rng, 2, 24, len(running))
        found.append(_samples(rng, running, sampled, failed))
    return together(found)


def _samples(rng: np.random.Generator, works: np.ndarray, sampled: np.ndarray, failed: np.ndarray) -> Table:
    count = len(works)
    values = {name: between(rng, low, high, count) for name, (low, high) in GOOD_VALUES.items()}
    values["turbidity"] = np.where(failed, between(rng, 320, 700, count), values["turbidity"])
    found: Table = {name: column.astype(np.int32) for name, column in values.items()}
    return found | {
        "works": works.astype(np.int32),
        "sampled": sampled.astype(np.int32),
        "conclusion": np.where(failed, BAD, GOOD).astype(np.int8),
    }
