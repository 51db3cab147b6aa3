"""大病救治名单: persons under treatment for a major disease."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import last_of
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.care import DISEASES
from deployments.demo.world.world import World

IS_BOOK = True


def periods(world: World) -> list[str]:
    """Two monthly lists."""
    return ["202005", "202006"]


def rows(world: World, period: str) -> Iterator[Columns]:
    """Who had been diagnosed by then."""
    table = world.tables["major_diseases"]
    known = np.flatnonzero(table["diagnosed"] <= last_of(int(period)))
    for part in cells.chunks(known):
        person = table["person"][part]
        yield {
            "id_number": cells.person_numbers(world, person),
            "name": cells.person_names(world, person),
            "disease": cells.words(table["disease"][part], DISEASES),
            "diagnosed_on": cells.dates(table["diagnosed"][part]),
        }
