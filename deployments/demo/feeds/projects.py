"""供水工程: the works of each year, one row per project and village served."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world import supply
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False


def periods(world: World) -> list[str]:
    """The year before and the running one, in which this year's works stand."""
    return ["2019", "2020"]


def rows(world: World, period: str) -> Iterator[Columns]:
    """All that was built by then."""
    table = world.tables["works"]
    for part in cells.chunks(np.flatnonzero(table["built"] <= int(period))):
        found = rows_of(table, part)
        yield {
            "project_id": cells.labelled("GC", found["works"], 5),
            "project_name": cells.joined(
                pa.scalar("第"), cells.digits(found["works"] + 1), pa.scalar("供水工程")
            ),
            "kind": cells.coded(found["kind"], supply.KINDS),
            "built_year": cells.whole(found["built"]),
            "investment": cells.whole(found["investment"]),
            "people_served": cells.whole(found["people"]),
            "village_code": cells.village_codes(world, found["village"]),
            "households_served": cells.whole(found["people"] * 2 // 7),
        }  # fmt: skip
