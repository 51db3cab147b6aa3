"""Free check-ups and the list of major diseases."""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_MONTH, TODAY, YEAR_2020, YEAR_AGO, first_of, last_of
from deployments.demo.draws import between, chance, some, stream
from deployments.demo.letter import Row
from deployments.demo.world.tables import Table, ordered, together

CLINICS = ("镇卫生院", "社区卫生服务中心", "村卫生室")
DISEASES = ("食管癌", "胃癌", "肺癌", "终末期肾病", "急性心肌梗死", "脑梗死", "慢性粒细胞白血病")


def draw_checkups(
    seed: int, persons: Table, may: np.ndarray, registered: np.ndarray, row: Row, since: int
) -> Table:
    """One check-up a year of the elderly; of the registered as many in 2020 as the letter says."""
    rng = stream(seed, "checkups")
    grown = may & (persons["died"] == 0) & (persons["birth"] < first_of(200206))
    old = may & (persons["died"] == 0) & (persons["birth"] < first_of(195506))
    counted = some(rng, np.flatnonzero(grown & registered), row.persons or 1)
    others = np.flatnonzero(old & ~registered)
    others = others[chance(rng, len(others), 280_000)]
    before = np.flatnonzero(old & registered)
    before = before[chance(rng, len(before), 300_000)]
    parts = [
        _checked(rng, counted, since, last_of(LAST_MONTH)),
        _checked(rng, others, YEAR_AGO + 1, last_of(LAST_MONTH)),
        _checked(rng, before, YEAR_AGO + 1, YEAR_2020 - 1),
    ]
    return ordered(together(parts), "day", "person")


def _checked(rng: np.random.Generator, who: np.ndarray, first: int, last: int) -> Table:
    return {
        "person": who.astype(np.int32),
        "day": between(rng, first, last, len(who)).astype(np.int32),
        "clinic": (who % len(CLINICS)).astype(np.int8),
    }


def draw_major_diseases(seed: int, persons: Table, may: np.ndarray) -> Table:
    """Persons under treatment; a quarter of them were diagnosed in the last twelve months."""
    rng = stream(seed, "major_diseases")
    grown = np.flatnonzero(may & (persons["birth"] < first_of(200006)))
    who = grown[chance(rng, len(grown), 4_000)]
    is_new = chance(rng, len(who), 250_000)
    older = between(rng, first_of(201502), YEAR_AGO, len(who))
    found = np.where(is_new, between(rng, YEAR_AGO + 1, TODAY - 30, len(who)), older)
    return {
        "person": who.astype(np.int32),
        "disease": between(rng, 0, len(DISEASES) - 1, len(who)).astype(np.int8),
        "diagnosed": found.astype(np.int32),
    }
