"""户年度收入: the incomes that the register has asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.incomes import YEARS, net_income
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False


def periods(world: World) -> list[str]:
    """The years of which incomes are known."""
    return [str(year) for year in YEARS]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The year's listed households."""
    table = world.tables["incomes"]
    for part in cells.chunks(np.flatnonzero((table["year"] == int(period)) & (table["listed"] == 1))):
        found = rows_of(table, part)
        net, persons = net_income(found), found["persons"].astype(np.int64)
        yield {
            "household_id": cells.household_ids(found["household"]),
            "year": cells.whole(found["year"]),
            "persons": cells.whole(persons),
            "wage_income": cells.whole(found["wage"]),
            "business_income": cells.whole(found["business"]),
            "property_income": cells.whole(found["property"]),
            "transfer_income": cells.whole(found["transfer"]),
            "business_cost": cells.whole(found["cost"]),
            "net_income": cells.whole(net),
            "net_income_per_head": cells.whole((2 * net + persons) // (2 * persons)),
        }
