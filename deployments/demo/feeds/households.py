"""户信息: every household of the register, as each month's snapshot has it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.calendar import SNAPSHOTS
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world.families import HEAD
from deployments.demo.world.places import HAMLETS
from deployments.demo.world.tables import size
from deployments.demo.world.world import World
from expectations.feeds import catalogue

IS_BOOK = False
FIRST_PHONE = 19900000000  # no operator has given these out


def periods(world: World) -> list[str]:
    """The months of the register."""
    return [str(month) for month in SNAPSHOTS]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The households that are there in the month."""
    homes, snapshot = world.households, SNAPSHOTS.index(int(period))
    here = np.flatnonzero((homes["first"] <= snapshot) & (homes["last"] >= snapshot))
    heads = _heads(world)
    for part in cells.chunks(here):
        yield _columns(world, part, heads[part])


def _heads(world: World) -> np.ndarray:
    """The head of each household."""
    found = np.zeros(size(world.households), dtype=np.int64)
    is_head = np.flatnonzero(world.persons["relation"] == HEAD)
    found[world.persons["household"][is_head]] = is_head
    return found


def _columns(world: World, part: np.ndarray, heads: np.ndarray) -> Columns:
    homes = {name: column[part] for name, column in world.households.items()}
    contract = catalogue()["households"]
    classes, risks = list(contract.column("monitored_class").codes), list(contract.column("risk_1").codes)
    return {
        "household_id": cells.household_ids(part),
        "village_code": cells.village_codes(world, homes["village"]),
        "hamlet": cells.words(homes["hamlet"] - 1, HAMLETS, homes["hamlet"] == 0),
        "head_name": cells.person_names(world, heads),
        "head_id_number": cells.person_numbers(world, heads),
        "household_type": cells.coded(homes["is_poor"], ("一般农户", "脱贫户")),
        "monitored_class": cells.coded(homes["class"] - 1, classes, homes["class"] == 0),
        "exit_year": cells.whole(homes["exit_year"], homes["exit_year"] == 0),
        "monitored_since": cells.whole(homes["since"], homes["since"] == 0),
        "is_risk_removed": cells.whole(homes["removed"], homes["removed"] < 0),
        "risk_1": cells.coded(homes["risk"] - 1, risks, homes["risk"] == 0),
        "dwelling_grade": cells.coded(homes["grade"], "ABCD", homes["grade_known"] == 0),
        "is_water_declared_safe": cells.whole(homes["water_ok"], homes["water_ok"] < 0),
        "is_insured_against_poverty": cells.whole(homes["insured"], homes["insured"] < 0),
        "phone": _phones(part, homes["phone"]),
    }


def _phones(part: np.ndarray, has_one: np.ndarray) -> pa.Array:
    missing = pa.scalar(None, pa.string())
    return pc.if_else(pa.array(has_one == 1), cells.digits(FIRST_PHONE + part * 7 % 89_999_999), missing)
