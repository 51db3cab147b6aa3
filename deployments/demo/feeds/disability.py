"""残疾人证: the certificates known in each month."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from deployments.demo.calendar import last_of
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
STATES = ("有效", "注销", "过期")


def periods(world: World) -> list[str]:
    """Two monthly lists."""
    return ["202005", "202006"]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The certificates issued by then."""
    table = world.tables["certificates"]
    for part in cells.chunks(np.flatnonzero(table["issued"] <= last_of(int(period)))):
        found = rows_of(table, part)
        yield {
            "certificate_no": certificate_numbers(world, part),
            "name": cells.person_names(world, found["person"]),
            "type": cells.coded(found["type"] - 1, "1234567"),
            "grade": cells.words(found["grade"] - 1, tuple("1234")),  # 一级 is no word of the federation's
            "issued_on": cells.dates(found["issued"]),
            "status": cells.coded(found["status"], STATES),
        }


def certificate_numbers(world: World, positions: np.ndarray) -> pa.Array:
    """Number of the person, type, grade, and B1 when issued anew."""
    found = rows_of(world.tables["certificates"], positions)
    tail = found["type"].astype(np.int64) * 10 + found["grade"]
    again = cells.words(found["reissued"], ("", "B1"))
    return cells.joined(cells.person_numbers(world, found["person"]), cells.digits(tail), again)
