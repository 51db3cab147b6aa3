"""临时救助: single payments of each month."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import LAST_MONTH, first_of, last_of, months
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.welfare import RELIEF_REASONS
from deployments.demo.world.world import World

IS_BOOK = True


def periods(world: World) -> list[str]:
    """Twelve months; one in which nothing was paid is a nil return."""
    return [str(month) for month in months(201906, LAST_MONTH)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """What was paid in the month."""
    table = world.tables["relief"]
    inside = (table["paid"] >= first_of(int(period))) & (table["paid"] <= last_of(int(period)))
    for part in cells.chunks(np.flatnonzero(inside)):
        found = rows_of(table, part)
        yield {
            "relief_id": cells.labelled("LJ", part, 7),
            "id_number": cells.person_numbers(world, found["person"]),
            "name": cells.person_names(world, found["person"]),
            "applied_on": cells.dates(found["applied"]),
            "reason": cells.words(found["reason"], RELIEF_REASONS),
            "amount": cells.whole(found["amount"]),
            "paid_on": cells.dates(found["paid"]),
        }
