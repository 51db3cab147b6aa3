"""行政区划: the county, its towns, their villages."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from deployments.demo.files.cells import Columns
from deployments.demo.world.places import COUNTY_CODE, TOWNS
from deployments.demo.world.world import World

IS_BOOK = True
COUNTY_NAME = "新郑市"


def periods(world: World) -> list[str]:
    """The list of the year before and of the running year."""
    return ["2019", "2020"]


def rows(world: World, period: str) -> Iterator[Columns]:
    """County first, then towns, then villages."""
    towns, villages = world.places.towns, world.places.codes.tolist()
    parents = [COUNTY_CODE] * len(towns) + [towns[index] for index in world.places.town.tolist()]
    yield {
        "division_code": pa.array([COUNTY_CODE, *towns, *villages]),
        "division_name": pa.array([COUNTY_NAME, *TOWNS, *world.places.names.tolist()]),
        "parent_code": pa.array([None, *parents]),
        "level": pa.array(["县"] + ["乡"] * len(towns) + ["村"] * len(villages)).dictionary_encode(),
    }
