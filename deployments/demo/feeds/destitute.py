"""特困供养: monthly support of the destitute."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world import welfare
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
LEVELS = ("全自理", "半护理", "全护理")


def periods(world: World) -> list[str]:
    """Twelve months."""
    return [str(month) for month in welfare.MONTHS]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The month's payments."""
    table = world.tables["destitute"]
    for part in cells.chunks(np.flatnonzero(table["told"] == int(period))):
        found = rows_of(table, part)
        yield {
            "id_number": cells.person_numbers(world, found["person"]),
            "name": cells.person_names(world, found["person"]),
            "care": cells.coded(found["care"], ("分散", "集中")),
            "care_level": cells.coded(found["level"], LEVELS),
            "paid_month": cells.whole(found["month"]),
            "payment_kind": cells.coded(
                found["kind"], ("正常", "补发", ""), found["kind"] == welfare.NOT_SAID
            ),
            "amount": cells.whole(found["amount"]),
        }
