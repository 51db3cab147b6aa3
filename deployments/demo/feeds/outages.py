"""停水记录: villages without water, told in the month in which it began and again when it ended."""

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
REASONS = ("管道维修", "水源不足", "停电", "水毁")


def periods(world: World) -> list[str]:
    """Twelve months; one without outages is a nil return."""
    return [str(month) for month in months(FIRST_MONTH, LAST_MONTH)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """What began in the month, its end left open when it came later, and what ended in it."""
    table, first, last = world.tables["outages"], first_of(int(period)), last_of(int(period))
    began, ended, told = table["began"], table["ended"], table["told"]
    begins = (told >= first) & (told <= last)
    ends = (ended >= first) & (ended <= last) & (told < first)
    for part in cells.chunks(np.flatnonzero(begins | ends)):
        found = rows_of(table, part)
        yield {
            "outage_id": cells.labelled("TS", part, 6),
            "project_id": cells.labelled("GC", found["works"], 5),
            "village_code": cells.village_codes(world, found["village"]),
            "began_on": cells.dates(began[part]),
            "ended_on": cells.dates(np.where(ended[part] > last, 0, ended[part])),
            "reason": cells.words(found["reason"], REASONS),
        }
