"""残疾人两项补贴: two monthly subsidies by certificate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.feeds.disability import certificate_numbers
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.disability import SUBSIDY_MONTHS
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
SUBSIDIES = ("困难残疾人生活补贴", "重度残疾人护理补贴")


def periods(world: World) -> list[str]:
    """Six months."""
    return [str(month) for month in SUBSIDY_MONTHS]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The month's payments."""
    table = world.tables["subsidies"]
    for part in cells.chunks(np.flatnonzero(table["month"] == int(period))):
        found = rows_of(table, part)
        yield {
            "certificate_no": certificate_numbers(world, found["certificate"]),
            "name": cells.person_names(world, world.tables["certificates"]["person"][found["certificate"]]),
            "subsidy": cells.coded(found["subsidy"], SUBSIDIES),
            "paid_month": cells.whole(found["month"]),
            "amount": cells.whole(found["amount"]),
        }
