"""死亡登记: deaths of each month."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import LAST_MONTH, first_of, last_of, months
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.world import World

IS_BOOK = False


def periods(world: World) -> list[str]:
    """Twelve months."""
    return [str(month) for month in months(201906, LAST_MONTH)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """Who died in the month."""
    table = world.tables["deaths"]
    inside = (table["day"] >= first_of(int(period))) & (table["day"] <= last_of(int(period)))
    for part in cells.chunks(np.flatnonzero(inside)):
        person = table["person"][part]
        yield {
            "id_number": cells.person_numbers(world, person),
            "name": cells.person_names(world, person),
            "died_on": cells.dates(table["day"][part]),
        }
