"""控辍保学名单: children out of school, and those who came back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import last_of
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = True
LISTS = ("202005", "202006")
REASONS = ("厌学", "身体原因", "家庭原因", "务工")


def periods(world: World) -> list[str]:
    """Two monthly lists."""
    return list(LISTS)


def rows(world: World, period: str) -> Iterator[Columns]:
    """Who had left by then; who came back later is not yet back."""
    table, last = world.tables["dropouts"], last_of(int(period))
    for part in cells.chunks(
        np.flatnonzero((table["left"] <= last) & (table["since"] <= LISTS.index(period)))
    ):
        found = rows_of(table, part)
        is_back = (found["is_back"] == 1) & (found["back"] <= last)
        yield {
            "id_number": cells.person_numbers(world, found["person"]),
            "name": cells.person_names(world, found["person"]),
            "left_on": cells.dates(found["left"]),
            "reason": cells.words(found["reason"], REASONS),
            "is_back": cells.whole(is_back),
            "back_on": cells.dates(np.where(is_back, found["back"], 0)),
        }
