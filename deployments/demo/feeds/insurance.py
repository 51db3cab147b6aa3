"""医保参保: who is insured in 2020 and was in 2019."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import first_of
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.population import ABSENT, ENDED, INSURED
from deployments.demo.world.world import World

IS_BOOK = False
YEARS = (2020, 2019)
STATES = ("正常", "暂停", "终止")


def periods(world: World) -> list[str]:
    """The list of June."""
    return ["202006"]


def rows(world: World, period: str) -> Iterator[Columns]:
    """Each year is whole in the file."""
    register = world.in_register & (world.persons["number_kind"] == 0)
    died = world.persons["died"]
    for year in YEARS:
        status = world.persons[f"insured_{year}"]
        has_ended = (died > 0) & (died < first_of(202006)) & (status == INSURED) & (year == YEARS[0])
        status = np.where(has_ended, ENDED, status)
        for part in cells.chunks(np.flatnonzero(register & (status != ABSENT))):
            scheme = world.persons["scheme"][part]
            yield {
                "id_number": cells.person_numbers(world, part),
                "name": cells.person_names(world, part),
                "scheme": cells.coded(scheme, ("城乡居民", "城镇职工")),
                "year": cells.whole(np.full(len(part), year)),
                "status": cells.coded(status[part], STATES),
                "has_major_illness_cover": cells.whole(1 - scheme),
            }
