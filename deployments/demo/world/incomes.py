"""What each household earned in 2018 and 2019, listed by the register or not. Amounts in cents."""

from __future__ import annotations

import numpy as np

from deployments.demo.draws import between, chance, quantiles, stream
from deployments.demo.world.tables import Table, size, together

YEARS = (2018, 2019)
LINE_CENTS = 600_000  # 6,000 yuan a head, the city's line of 2020
PARTS = ("wage", "business", "property", "transfer", "cost")

# yuan a head and year, by even steps of the households; the first step is the poorest
POOR = [6_050, 7_100, 7_800, 8_400, 9_000, 9_700, 10_500, 11_600, 13_000, 15_500, 24_000]
GENERAL = [6_400, 9_500, 11_800, 13_600, 15_300, 17_000, 19_200, 22_000, 26_000, 33_000, 70_000]


def draw_incomes(seed: int, households: Table, members: np.ndarray) -> Table:
    """One row per household and year; `members` is the number of persons at home."""
    rng = stream(seed, "incomes")
    count = size(households)
    is_poor = households["is_poor"] == 1
    head = np.where(is_poor, quantiles(rng, count, POOR), quantiles(rng, count, GENERAL))
    below = rng.integers(0, 100_000, count) < np.where(is_poor, 1_100, 700)
    head = np.where(below, between(rng, 2_600, 5_990, count), head) * 100
    persons = np.maximum(members, 1)
    latest = _split_net(rng, head * persons, households, persons, 2019)
    earlier = head * between(rng, 72, 104, count) // 100
    earlier = np.where(chance(rng, count, 8_000), head * between(rng, 140, 190, count) // 100, earlier)
    first = _split_net(rng, earlier * persons, households, persons, 2018)
    listed = households["surveyed"] == 1
    latest["listed"] = listed.astype(np.int8)
    first["listed"] = (listed & ~chance(rng, count, 60_000)).astype(np.int8)
    return together([first, latest])


def _split_net(
    rng: np.random.Generator, net: np.ndarray, households: Table, persons: np.ndarray, year: int
) -> Table:
    """Four incomes and a cost that make the net exactly."""
    count = len(net)
    transfer = net * between(rng, 4, 24, count) // 100
    rent = np.where(chance(rng, count, 300_000), net * between(rng, 1, 5, count) // 100, 0)
    wage = net * between(rng, 35, 72, count) // 10_000 * 100
    business = np.maximum(net - transfer - rent - wage, 0)
    cost = business * between(rng, 25, 80, count) // 100
    return {
        "household": np.arange(count, dtype=np.int32),
        "year": np.full(count, year, dtype=np.int16),
        "persons": persons.astype(np.int16),
        "wage": wage,
        "business": business + cost,
        "property": rent,
        "transfer": net - wage - business - rent,
        "cost": cost,
    }


def net_income(incomes: Table) -> np.ndarray:
    """Net income of each row, in cents."""
    return incomes["wage"] + incomes["business"] + incomes["property"] + incomes["transfer"] - incomes["cost"]
