"""The register's people: households in villages, members with numbers and names, and what changes by month.

`home0`, `home1`, `home2` of a person are the household in each of the three snapshots, -1 = in none.
"""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import SNAPSHOTS, TODAY, YEAR_AGO, age, day, first_of
from deployments.demo.draws import between, chance, some, stream, weighted
from deployments.demo.world import families
from deployments.demo.world.names import draw_given, draw_surnames
from deployments.demo.world.numbers import counties, seventeen_digits
from deployments.demo.world.tables import Table, size

FIRST_HOUSEHOLD = 4101840000000001
POOR_PER_HUNDRED = 24
YOUNGEST = TODAY - 36  # born in May: a birth reaches the register the month after
CLASS_NONE, UNSTABLE, MARGINAL, SUDDEN = range(4)
CHRONIC, MAJOR, DISABLED = 1, 2, 4  # bits of health
SKILLED, ORDINARY_LABOUR, WEAK, LOST, NO_LABOUR = range(1, 6)  # 0 = not filled in
INSURED, SUSPENDED, ENDED, ABSENT = range(4)


def draw_households(seed: int, count: int, villages: int) -> Table:
    """Ordinary households, in order of village; 24 in a hundred are lifted ones."""
    rng = stream(seed, "households")
    is_poor = np.zeros(count, dtype=bool)
    is_poor[some(rng, np.arange(count), count * POOR_PER_HUNDRED // 100)] = True
    lot = rng.integers(0, 1_000_000, count)
    is_watched = np.where(is_poor, lot < 22_000, lot < 5_000)
    first = np.where(chance(rng, count, 1_500), between(rng, 1, 2, count), 0)
    last = np.where((first == 0) & ~is_poor & chance(rng, count, 1_200), between(rng, 0, 1, count), 2)
    watched_class = np.where(is_poor, UNSTABLE, MARGINAL)
    known = is_poor | chance(rng, count, 400_000)
    return {
        "village": (np.arange(count) * villages // count).astype(np.int32),
        "hamlet": np.where(chance(rng, count, 700_000), between(rng, 1, 6, count), 0).astype(np.int8),
        "is_poor": is_poor.astype(np.int8),
        "class": np.where(is_watched, watched_class, CLASS_NONE).astype(np.int8),
        "since": np.where(is_watched, between(rng, 202001, 202004, count), 0).astype(np.int32),
        "removed": np.where(is_watched, chance(rng, count, 400_000), -1).astype(np.int8),
        "exit_year": np.where(is_poor, between(rng, 2014, 2019, count), 0).astype(np.int16),
        "risk": np.where(is_watched | (is_poor & (lot % 3 > 0)), between(rng, 1, 8, count), 0).astype(
            np.int8
        ),
        "grade": _dwelling_grades(rng, is_poor).astype(np.int8),
        "grade_known": np.where(is_poor, ~chance(rng, count, 10_000), known).astype(np.int8),
        "water_ok": np.where(known, ~chance(rng, count, 15_000), -1).astype(np.int8),
        "insured": np.where(is_poor, chance(rng, count, 600_000), -1).astype(np.int8),
        "phone": np.where(chance(rng, count, 10_000) & ~is_poor, 0, 1).astype(np.int8),
        "first": first.astype(np.int8),
        "last": last.astype(np.int8),
        "surveyed": np.where(is_poor, ~chance(rng, count, 8_000), chance(rng, count, 330_000)).astype(
            np.int8
        ),
        "metered": np.where(is_poor, ~chance(rng, count, 15_000), chance(rng, count, 280_000)).astype(
            np.int8
        ),
    }


def _dwelling_grades(rng: np.random.Generator, is_poor: np.ndarray) -> np.ndarray:
    """A to D as 0 to 3; C and D are rare since the dwellings were mended."""
    lot = rng.integers(0, 10_000, len(is_poor))
    unsafe = np.where(is_poor, 25, 60)
    return np.where(lot < unsafe // 2, 3, np.where(lot < unsafe, 2, np.where(lot < 3_000, 1, 0)))


def draw_persons(seed: int, households: Table) -> Table:
    """All who live, or lived until lately, in the ordinary households, with the names they bear."""
    rng = stream(seed, "persons")
    people = families.draw_families(rng, size(households))
    years, count = people.pop("years"), size(people)
    birth = YOUNGEST - years.astype(np.int64) * 1461 // 4 - rng.integers(0, 365, count)
    people["birth"] = birth.astype(np.int32)
    people["number"] = seventeen_digits(counties(birth), birth, people["sex"])
    people["number_kind"] = np.zeros(count, dtype=np.int8)
    people |= _named(rng, people, size(households))
    people["died"] = _deaths(rng, people, years)
    people |= _homes(rng, people, households)
    people |= _condition(rng, people, years, households)
    people |= _insured(rng, people)
    return people


def _named(rng: np.random.Generator, people: Table, households: int) -> Table:
    """Children bear the head's surname, who married in has another."""
    family = draw_surnames(rng, households)
    own = draw_surnames(rng, size(people))
    married_in = np.isin(
        people["relation"], (families.SPOUSE, families.DAUGHTER_IN_LAW, families.SON_IN_LAW, families.MOTHER)
    )
    surname = np.where(married_in, own, family[people["household"]])
    return {"surname": surname.astype(np.int32), "given": draw_given(rng, size(people)).astype(np.int32)}


def _deaths(rng: np.random.Generator, people: Table, years: np.ndarray) -> np.ndarray:
    """The day of death of those who died in the months of which deaths are known; heads are left alive."""
    lot = rng.integers(0, 100_000, len(years))
    rate = np.where(years >= 80, 7_000, np.where(years >= 65, 2_000, np.where(years >= 40, 280, 30)))
    died = (lot < rate) & (people["relation"] != families.HEAD) & (years >= 1)
    when = between(rng, YEAR_AGO + 1, first_of(202006) - 1, len(years))
    return np.where(died, np.maximum(when, people["birth"] + 1), 0).astype(np.int32)


def _homes(rng: np.random.Generator, people: Table, households: Table) -> Table:
    """The household of each person in each snapshot: births, deaths, moves, households that come and go."""
    home, count = people["household"], size(people)
    died, stays_listed = people["died"], chance(rng, count, 250_000)
    young = (people["birth"] < TODAY - 18 * 365) & (people["birth"] > TODAY - 34 * 365) & (died == 0)
    moves = young & (people["relation"] > families.SPOUSE) & (households["is_poor"][home] == 0)
    moves &= chance(rng, count, 6_000)
    when = between(rng, 1, 2, count)
    general = np.flatnonzero(
        (households["is_poor"] == 0) & (households["first"] == 0) & (households["last"] == 2)
    )
    target = general[rng.integers(0, len(general), count)]
    found: Table = {}
    for snapshot, month in enumerate(SNAPSHOTS):
        here = np.where(moves & (when <= snapshot), target, home)
        gone = (households["first"][here] > snapshot) | (households["last"][here] < snapshot)
        gone |= people["birth"] >= first_of(month)
        if snapshot:
            gone |= (died > 0) & (died < first_of(month)) & ~stays_listed
        found[f"home{snapshot}"] = np.where(gone, -1, here).astype(np.int32)
    return found


def _condition(rng: np.random.Generator, people: Table, years: np.ndarray, households: Table) -> Table:
    """Health, labour and months of wage work, as the register says."""
    count = len(years)
    lot = rng.integers(0, 1_000, count)
    rate = np.where(years >= 65, 420, np.where(years >= 45, 160, 25))
    health = np.where(lot < rate, CHRONIC, 0) | np.where(lot % 97 == 0, MAJOR, 0)
    is_worker = (years >= 16) & (years <= 64)
    labour = np.where(years >= 60, WEAK, np.where(lot % 9 == 0, SKILLED, ORDINARY_LABOUR))
    labour = np.where((years < 18) | (years >= 72), NO_LABOUR, np.where(lot % 53 == 0, LOST, labour))
    known = (households["is_poor"][people["household"]] == 1) | chance(rng, count, 550_000)
    working = is_worker & (labour <= ORDINARY_LABOUR) & (lot % 3 > 0)
    return {
        "health": health.astype(np.int8),
        "labour": np.where(known, labour, 0).astype(np.int8),
        "months_worked": np.where(working, between(rng, 3, 12, count), 0).astype(np.int8),
        "known": known.astype(np.int8),
        "education": _education(rng, years).astype(np.int8),
        "reason": np.zeros(count, dtype=np.int8),
    }


def settled(people: Table) -> Table:
    """Labour and months of work as age and school allow them; who is well and no pupil can do something."""
    years, is_pupil = age(people["birth"]), people["stage"] > 0
    labour = np.where(
        (years >= 60) & np.isin(people["labour"], (SKILLED, ORDINARY_LABOUR)), WEAK, people["labour"]
    )
    is_able = (years >= 16) & (years < 60) & (people["health"] == 0) & ~is_pupil & (labour == NO_LABOUR)
    labour = np.where(is_able, WEAK, labour)
    months = np.where(is_pupil | (labour >= LOST), 0, people["months_worked"])
    return {"labour": labour.astype(np.int8), "months_worked": months.astype(np.int8)}


def _education(rng: np.random.Generator, years: np.ndarray) -> np.ndarray:
    """0 = not filled in (children), then from illiterate to university."""
    grown = 1 + weighted(rng, len(years), [6, 30, 46, 12, 6])
    return np.where(years < 16, 0, np.where(years >= 70, np.minimum(grown, 3), grown))


def _insured(rng: np.random.Generator, people: Table) -> Table:
    """Whether each is insured in 2020 and in 2019, and under which scheme."""
    count, found = size(people), {}
    for year, absent in ((2020, 2_600), (2019, 9_000)):
        lot = rng.integers(0, 1_000_000, count)
        status = np.where(lot < absent, ABSENT, np.where(lot < absent + 500, SUSPENDED, INSURED))
        status = np.where((lot >= absent + 500) & (lot < absent + 900), ENDED, status)
        unborn = people["birth"] > day(year, 12, 31)
        found[f"insured_{year}"] = np.where(unborn, ABSENT, status).astype(np.int8)
    newborn = (people["birth"] > first_of(202005)) & chance(rng, count, 600_000)
    found["insured_2020"] = np.where(newborn, ABSENT, found["insured_2020"]).astype(np.int8)
    found["scheme"] = chance(rng, count, 60_000).astype(np.int8)
    return found
