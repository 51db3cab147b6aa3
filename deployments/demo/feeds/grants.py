"""资助发放: grants paid to pupils, by term."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from deployments.demo.calendar import TERMS
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.schooling import PROGRAMMES
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False


def periods(world: World) -> list[str]:
    """Three terms."""
    return list(TERMS)


def rows(world: World, period: str) -> Iterator[Columns]:
    """What was paid for the term."""
    table = world.tables["grants"]
    for part in cells.chunks(np.flatnonzero(table["term"] == int(period))):
        found = rows_of(table, part)
        yield {
            "grant_id": cells.labelled(f"ZZ{period}", part, 8),
            "id_number": cells.person_numbers(world, found["person"]),
            "name": cells.person_names(world, found["person"]),
            "term": pa.array([TERMS[period]] * len(part)),
            "programme": cells.words(found["programme"], PROGRAMMES),
            "amount": cells.whole(found["amount"]),
            "paid_on": cells.dates(found["paid"]),
            "is_out_of_county": cells.whole(found["out"]),
        }
