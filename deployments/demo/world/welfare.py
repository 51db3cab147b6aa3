"""Whom civil affairs pays: allowances, support of the destitute, relief. Amounts in cents."""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_MONTH, YEAR_AGO, first_of, last_of, months
from deployments.demo.draws import between, chance, some, split, stream, weighted
from deployments.demo.letter import Row
from deployments.demo.world.tables import Table, ordered, size, together

MONTHS = np.array(months(201906, LAST_MONTH))  # P-11 to P of newly_on_allowance
REGULAR, BACK_PAY, NOT_SAID = range(3)
GRADES = ("A", "B", "C")
RATES = (42_000, 26_000, 17_000)  # by grade, a month
RELIEF_REASONS = ("重大疾病", "意外事故", "火灾", "子女就学")


def draw_allowances(
    seed: int, persons: Table, may: np.ndarray, registered: np.ndarray, row: Row, since: int
) -> Table:
    """A payroll row per person and month; the registered ones of 2020 are what the letter says."""
    rng = stream(seed, "allowances")
    home = persons["home2"]
    counted = _whole_homes(rng, np.flatnonzero(may & registered), home, row.households or 1, row.persons or 1)
    others = np.flatnonzero(may & ~registered)
    chosen = np.zeros(int(home.max()) + 1, dtype=bool)
    chosen[rng.integers(0, len(chosen), len(chosen) // 70)] = True
    others = others[chosen[home[others]] & ~chance(rng, len(others), 200_000)]
    found = together([_payroll(rng, counted, persons, False), _payroll(rng, others, persons, True)])
    _fix(rng, found, np.isin(found["person"], counted) & (found["month"] >= since), row)
    return ordered(found, "month", "certificate", "person")


def _whole_homes(
    rng: np.random.Generator, who: np.ndarray, home: np.ndarray, homes: int, persons: int
) -> np.ndarray:
    """So many persons in exactly so many households."""
    firsts = np.unique(home[who])
    sizes = np.bincount(home[who])
    chosen = some(rng, firsts[sizes[firsts] > 1] if persons > homes else firsts, homes)
    room = sizes[chosen] - 1
    before = np.cumsum(room) - room
    taken = 1 + np.clip(persons - homes - before, 0, room)
    mine = who[np.isin(home[who], chosen)]
    mine = mine[np.argsort(home[mine], kind="stable")]
    start = np.searchsorted(home[mine], home[mine], side="left")
    rank = np.arange(len(mine)) - start
    return np.sort(mine[rank < taken[np.searchsorted(chosen, home[mine])]])


def _payroll(rng: np.random.Generator, who: np.ndarray, persons: Table, may_end: bool) -> Table:
    """The months of each person since it was born; some began of late, a few have ended."""
    count, home = len(who), persons["home2"]
    lot = home[who] * 7 % 100  # one beginning for the household
    began = np.where(lot < 6, 9 + lot % 3, np.where(lot < 14, 1 + lot % 8, 0))
    ended = np.where((lot >= 96) & (began == 0) & may_end, 9, len(MONTHS))
    since = between(rng, 2012, 2018, count) * 100 + between(rng, 1, 12, count)
    since = np.where(began > 0, MONTHS[began], since)
    grade = weighted(rng, len(GRADES) + count, [15, 45, 40])[:count]
    index = np.repeat(np.arange(count), len(MONTHS))
    slot = np.tile(np.arange(len(MONTHS)), count)
    paid = (slot >= began[index]) & (slot < ended[index])
    paid &= persons["birth"][who[index]] < np.array([first_of(int(month)) for month in MONTHS])[slot]
    index, slot = index[paid], slot[paid]
    return {
        "person": who[index].astype(np.int32),
        "month": MONTHS[slot].astype(np.int32),
        "told": MONTHS[slot].astype(np.int32),  # the month of the file
        "certificate": (home[who[index]] + 1).astype(np.int32),
        "grade": grade[index].astype(np.int8),
        "since": since[index].astype(np.int32),
        "kind": np.where(index % 3 == 0, NOT_SAID, REGULAR).astype(np.int8),
        "amount": np.array(RATES)[grade[index]].astype(np.int64),
    }


def _fix(rng: np.random.Generator, payroll: Table, counted: np.ndarray, row: Row) -> None:
    """The counted rows sum to the letter's amount."""
    which = np.flatnonzero(counted)
    payroll["amount"][which] = split(row.amount_cents, payroll["amount"][which] // 100, 100)


def draw_destitute(
    seed: int, persons: Table, may: np.ndarray, registered: np.ndarray, row: Row, since: int
) -> Table:
    """Support of old people; one row per person and month."""
    rng = stream(seed, "destitute")
    old = may & (persons["birth"] < first_of(196006))
    counted = some(rng, np.flatnonzero(old & registered), row.persons or 1)
    others = np.flatnonzero(old & ~registered)
    others = others[chance(rng, len(others), 12_000)]
    who = np.sort(np.concatenate([counted, others]))
    count = len(who)
    began = np.where(np.arange(count) % 40 == 7, 9 + np.arange(count) % 3, 0)
    index, slot = np.repeat(np.arange(count), len(MONTHS)), np.tile(np.arange(len(MONTHS)), count)
    paid = slot >= began[index]
    index, slot = index[paid], slot[paid]
    found: Table = {
        "person": who[index].astype(np.int32),
        "month": MONTHS[slot].astype(np.int32),
        "told": MONTHS[slot].astype(np.int32),  # the month of the file
        "care": (who[index] % 4 == 0).astype(np.int8),
        "level": (who[index] % 3).astype(np.int8),
        "kind": np.where(index % 2 == 0, NOT_SAID, REGULAR).astype(np.int8),
        "amount": np.full(len(index), 98_000, dtype=np.int64),
    }
    _fix(rng, found, np.isin(found["person"], counted) & (found["month"] >= since), row)
    return ordered(found, "month", "person")


def draw_relief(
    seed: int, persons: Table, may: np.ndarray, registered: np.ndarray, row: Row, since: int
) -> Table:
    """Single payments; those to registered persons in 2020 are the letter's."""
    rng = stream(seed, "relief")
    born = persons["birth"] < first_of(int(MONTHS[0]))
    counted = some(rng, np.flatnonzero(may & born & registered), row.visits or 1)
    others = np.flatnonzero(may & born & ~registered)
    others = others[chance(rng, len(others), 500)]
    amount = split(row.amount_cents, between(rng, 30, 200, len(counted)), 1_000)
    when = between(rng, since + 8, last_of(LAST_MONTH), len(counted))
    when_others = between(rng, YEAR_AGO + 1, last_of(LAST_MONTH), len(others))
    person = np.concatenate([counted, others])
    paid = np.concatenate([when, when_others])
    found: Table = {
        "person": person.astype(np.int32),
        "paid": paid.astype(np.int32),
        "applied": (paid - between(rng, 3, 40, len(person))).astype(np.int32),
        "reason": between(rng, 0, 3, len(person)).astype(np.int8),
        "amount": np.concatenate([amount, between(rng, 5, 40, len(others)) * 10_000]),
    }
    return ordered(found, "paid", "person")


def paid_persons(*payrolls: Table) -> np.ndarray:
    """Everybody on one of the payrolls."""
    return np.unique(np.concatenate([payroll["person"] for payroll in payrolls if size(payroll)]))
