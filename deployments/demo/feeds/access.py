"""户饮水状况: how the households that were asked get their water."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.supply import EMPTY
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
MODES = ("入户", "集中供水点", "自备井", "其他")
QUALITIES = ("合格", "不合格", "未检")


def periods(world: World) -> list[str]:
    """The half-year that ended in December."""
    return ["201912"]


def rows(world: World, period: str) -> Iterator[Columns]:
    """One row per household."""
    table = world.tables["access"]
    for part in cells.chunks(np.flatnonzero(table["listed"] == 1)):
        found = rows_of(table, part)
        yield {
            "household_id": cells.household_ids(found["household"]),
            "litres_per_person_day": _tenths(found["litres"]),
            "mode": cells.coded(found["mode"], MODES, found["mode"] == EMPTY),
            "fetch_minutes": _tenths(found["minutes"]),
            "distance_m": _tenths(found["distance"] * np.where(found["distance"] == EMPTY, 1, 10)),
            "climb_m": _tenths(found["climb"] * np.where(found["climb"] == EMPTY, 1, 10)),
            "quality": cells.coded(found["quality"], QUALITIES, found["quality"] == EMPTY),
            "is_water_scarce_area": cells.whole(found["scarce"], found["scarce"] == EMPTY),
        }


def _tenths(values: np.ndarray) -> pa.Array:
    return cells.decimals(np.maximum(values, 0), 1, values == EMPTY)
