"""线索上报: what people and cadres report."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.calendar import period_last_day
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.world import World
from expectations.feeds import catalogue

IS_BOOK = True
DAYS = ("20200512", "20200609", "20200623")


def periods(world: World) -> list[str]:
    """Three days on which something came in."""
    return list(DAYS)


def rows(world: World, period: str) -> Iterator[Columns]:
    """One household in four hundred, at most forty a day."""
    turn = DAYS.index(period)
    count = min(40, max(2, world.ordinary_households // 400))
    homes = (np.arange(count) * 3 + turn) * (world.ordinary_households // (count * 3 + 3))
    contract = catalogue()["reports"]
    sources, reasons = list(contract.column("source").codes), list(contract.column("reason").codes)
    yield {
        "report_id": cells.labelled(f"SB{period}", np.arange(count), 3),
        "household_id": cells.household_ids(homes),
        "source": cells.coded(np.arange(count) % len(sources), sources),
        "reported_on": cells.dates(period_last_day(period) - np.arange(count) % 3),
        "reason": cells.coded((homes + turn) % len(reasons), reasons),
        "note": cells.words(np.arange(count) % 2, ("", "家中有变故"), np.arange(count) % 2 == 0),
    }
