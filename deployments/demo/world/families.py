"""Who lives in an ordinary household: head, spouse, children, a son's or daughter's family, parents.

About 3.5 persons a household; every person is a row (household, relation, sex, years).
"""

from __future__ import annotations

import numpy as np

from deployments.demo.draws import between, chance, quantiles, weighted
from deployments.demo.world.tables import Table, ordered, together

RELATIONS = ("户主", "配偶", "之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "之外孙子", "之外孙女",
             "之父", "之母", "其他")  # fmt: skip
HEAD, SPOUSE, SON, DAUGHTER, DAUGHTER_IN_LAW, SON_IN_LAW = range(6)
GRANDSON, GRANDDAUGHTER, DAUGHTERS_SON, DAUGHTERS_DAUGHTER, FATHER, MOTHER, OTHER = range(6, 13)
MALE, FEMALE = 1, 2

HEAD_YEARS = [24, 33, 40, 46, 51, 55, 60, 65, 71, 78, 90]


def draw_families(rng: np.random.Generator, households: int) -> Table:
    """All persons of the households, in order of household, head first."""
    home = np.arange(households)
    years = quantiles(rng, households, HEAD_YEARS)
    sex = np.where(chance(rng, households, 860_000), MALE, FEMALE)
    couple = chance(rng, households, 870_000)
    couple &= ~((years >= 66) & chance(rng, households, 250_000))
    couple &= ~((years >= 76) & chance(rng, households, 400_000))
    spouse = _rows(
        home[couple], SPOUSE, 3 - sex[couple], years[couple] + between(rng, -4, 3, households)[couple]
    )
    parts = [_rows(home, HEAD, sex, years), spouse]
    parts += _children(rng, home, years)
    parts += _branch(rng, home, years)
    parts += _parents(rng, home, years)
    return ordered(together(parts), "household")


def _rows(home: np.ndarray, relation: int | np.ndarray, sex: int | np.ndarray, years: np.ndarray) -> Table:
    count = len(home)
    return {
        "household": home.astype(np.int32),
        "relation": np.broadcast_to(np.asarray(relation, dtype=np.int8), count),
        "sex": np.broadcast_to(np.asarray(sex, dtype=np.int8), count),
        "years": np.broadcast_to(years, count).astype(np.int16),
    }


def _children(rng: np.random.Generator, home: np.ndarray, head_years: np.ndarray) -> list[Table]:
    """Children still at home; the first was born when the head was 22 to 30."""
    count = weighted(rng, len(home), [12, 33, 44, 11])
    first = head_years - between(rng, 22, 30, len(home))
    found = []
    for order in range(3):
        years = first - order * between(rng, 2, 4, len(home))
        here = (count > order) & (years >= 0) & (years <= 24) & (head_years <= 57)
        sex = np.where(chance(rng, len(home), 525_000), MALE, FEMALE)[here]
        found.append(_rows(home[here], np.where(sex == MALE, SON, DAUGHTER), sex, years[here]))
    return found


def _branch(rng: np.random.Generator, home: np.ndarray, head_years: np.ndarray) -> list[Table]:
    """A grown-up son (or daughter) who stays, with spouse and children."""
    count = len(home)
    years = head_years - between(rng, 22, 29, count)
    here = (head_years >= 48) & (years >= 22) & chance(rng, count, 560_000)
    sex = np.where(chance(rng, count, 800_000), MALE, FEMALE)
    married = here & (years >= 24) & chance(rng, count, 780_000)
    found = [
        _rows(home[here], np.where(sex[here] == MALE, SON, DAUGHTER), sex[here], years[here]),
        _rows(
            home[married],
            np.where(sex[married] == MALE, DAUGHTER_IN_LAW, SON_IN_LAW),
            3 - sex[married],
            np.maximum(22, years + between(rng, -3, 2, count))[married],
        ),
    ]
    grandchildren = weighted(rng, count, [14, 40, 39, 7])
    first = years - between(rng, 22, 28, count)
    for order in range(3):
        child_years = first - 3 * order
        born = married & (grandchildren > order) & (child_years >= 0) & (child_years <= 23)
        child_sex = np.where(chance(rng, count, 525_000), MALE, FEMALE)[born]
        base = np.where(sex[born] == MALE, GRANDSON, DAUGHTERS_SON)
        found.append(_rows(home[born], base + child_sex - 1, child_sex, child_years[born]))
    return found


def _parents(rng: np.random.Generator, home: np.ndarray, head_years: np.ndarray) -> list[Table]:
    """The head's mother or father."""
    found = []
    for relation, sex, per_million in ((MOTHER, FEMALE, 200_000), (FATHER, MALE, 120_000)):
        years = head_years + between(rng, 21, 31, len(home))
        here = (head_years >= 26) & (years <= 98) & chance(rng, len(home), per_million)
        found.append(_rows(home[here], relation, sex, years[here]))
    return found
