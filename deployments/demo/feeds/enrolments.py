"""学籍: the pupils of each term."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from deployments.demo.calendar import TERMS
from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world import schooling
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False
STATES = ("在读", "休学", "退学", "转出", "毕业")
BOARDING = ("走读", "住校", "其他")


def periods(world: World) -> list[str]:
    """The two terms of the school year."""
    return [str(schooling.AUTUMN), str(schooling.SPRING)]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The term's pupils."""
    table = world.tables["enrolments"]
    for part in cells.chunks(np.flatnonzero(table["term"] == int(period))):
        found = rows_of(table, part)
        person = found["person"]
        stages = cells.words(found["stage"], schooling.STAGES)
        yield {
            "pupil_no": cells.labelled("XJ", person, 9),
            "name": cells.person_names(world, person),
            "id_number": cells.person_numbers(world, person),
            "term": pa.array([TERMS[period]] * len(part)),
            "stage": cells.coded(found["stage"], schooling.STAGES),
            "grade": cells.whole(found["grade"], found["grade"] == 0),
            "school_code": cells.labelled("41018", found["school"], 6),
            "school_name": cells.joined(
                pa.scalar("市第"), cells.digits(found["school"] % 10_000 + 1), stages, pa.scalar("学校")
            ),
            "boarding": cells.coded(found["boarding"], BOARDING),
            "status": cells.coded(found["status"], STATES),
            "is_out_of_county": cells.whole(found["out"]),
            "tuition": cells.whole(found["tuition"], found["tuition"] < 0),
            "board": cells.whole(found["board"], found["board"] < 0),
        }  # fmt: skip
