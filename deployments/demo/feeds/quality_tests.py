"""水质检测: samples of each month."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import LAST_MONTH, first_of, last_of, months
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.supply import FIRST_MONTH
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
MEASURED = {
    "ph": "ph", "turbidity_ntu": "turbidity", "free_chlorine_mg_l": "chlorine", "hardness_mg_l": "hardness",
    "ammonia_mg_l": "ammonia", "permanganate_mg_l": "permanganate",
}  # fmt: skip


def periods(world: World) -> list[str]:
    """Twelve months."""
    return [str(month) for month in months(FIRST_MONTH, LAST_MONTH)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """What was sampled in the month."""
    table = world.tables["tests"]
    inside = (table["sampled"] >= first_of(int(period))) & (table["sampled"] <= last_of(int(period)))
    for part in cells.chunks(np.flatnonzero(inside)):
        found = rows_of(table, part)
        values: Columns = {name: cells.decimals(found[column], 2) for name, column in MEASURED.items()}
        yield values | {
            "sample_id": cells.labelled("YP", part, 6),
            "project_id": cells.labelled("GC", found["works"], 5),
            "sampled_on": cells.dates(found["sampled"]),
            "conclusion": cells.coded(found["conclusion"], ("合格", "不合格")),
        }
