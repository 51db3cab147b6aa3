"""医保结算: the settlements of each month, reversals among them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.calendar import LAST_MONTH, first_of, last_of, months
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world import medical
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
FIRST_MONTH = 201907
WAIVED = {"deductible_waived": "deductible", "copay_waived": "copay", "chronic_covered": "chronic"}
PAID = {
    "pooled_paid": "pooled",
    "major_illness_paid": "major",
    "medical_aid_paid": "aid",
    "out_of_pocket": "own",
}


def periods(world: World) -> list[str]:
    """Eleven months."""
    return [str(month) for month in months(FIRST_MONTH, LAST_MONTH)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """What was settled in the month."""
    when = np.maximum(world.tables["settlements"]["day"], first_of(FIRST_MONTH))  # what is older came late
    inside = np.flatnonzero((when >= first_of(int(period))) & (when <= last_of(int(period))))
    for part in cells.chunks(inside[np.argsort(when[inside], kind="stable")]):
        yield _columns(world, part)


def _columns(world: World, part: np.ndarray) -> Columns:
    found = rows_of(world.tables["settlements"], part)
    reverses, person = found["reverses"], found["person"]
    home = world.persons["home2"][person]
    unsaid = (part % 5 > 0) | (home < 0)
    amounts: Columns = {name: cells.whole(found[column]) for name, column in PAID.items()}
    amounts |= {name: cells.whole(found[column], found[column] == 0) for name, column in WAIVED.items()}
    return amounts | {
        "settlement_id": _ids(part),
        "reverses_id": pc.if_else(pa.array(reverses >= 0), _ids(np.maximum(reverses, 0)), None),
        "id_number": cells.person_numbers(world, person),
        "name": cells.person_names(world, person),
        "household_id": cells.household_ids(home, unsaid),
        "care_type": cells.coded(found["care"], medical.CARE),
        "settled_on": cells.dates(found["day"]),
        "total_cost": cells.whole(medical.total(found)),
        "other_paid": cells.whole(found["other"], (found["other"] == 0) & (part % 2 == 0)),
        "in_scope_out_of_pocket": cells.whole(found["in_scope"]),
    }


def _ids(positions: np.ndarray) -> pa.Array:
    return cells.labelled("JS", positions, 9)
