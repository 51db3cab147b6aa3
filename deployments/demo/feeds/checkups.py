"""免费体检: check-ups of each month."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import LAST_MONTH, first_of, last_of, months
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.care import CLINICS
from deployments.demo.world.world import World

IS_BOOK = False


def periods(world: World) -> list[str]:
    """Eleven months."""
    return [str(month) for month in months(201907, LAST_MONTH)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """Who was examined in the month."""
    table = world.tables["checkups"]
    inside = (table["day"] >= first_of(int(period))) & (table["day"] <= last_of(int(period)))
    for part in cells.chunks(np.flatnonzero(inside)):
        person = table["person"][part]
        yield {
            "id_number": cells.person_numbers(world, person),
            "name": cells.person_names(world, person),
            "examined_on": cells.dates(table["day"][part]),
            "clinic": cells.words(table["clinic"][part], CLINICS, table["clinic"][part] == 2),
        }
