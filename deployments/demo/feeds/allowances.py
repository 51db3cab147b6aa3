"""低保发放: the monthly payroll, one row per insured person."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from deployments.demo.files import cells
from deployments.demo.files.cells import Columns
from deployments.demo.world import welfare
from deployments.demo.world.tables import rows as rows_of
from deployments.demo.world.world import World

IS_BOOK = False


def periods(world: World) -> list[str]:
    """Twelve months."""
    return [str(month) for month in welfare.MONTHS]


def rows(world: World, period: str) -> Iterator[Columns]:
    """The month's payroll, in order of certificate; the first of a certificate is its head."""
    table = world.tables["allowances"]
    found = rows_of(table, np.flatnonzero(table["told"] == int(period)))
    certificate = found["certificate"]
    head = found["person"][np.unique(certificate, return_index=True)[1]]
    heads = head[np.searchsorted(np.unique(certificate), certificate)]
    for part in cells.chunks(np.arange(len(certificate))):
        yield _columns(world, rows_of(found, part), heads[part])


def _columns(world: World, found: dict[str, np.ndarray], heads: np.ndarray) -> Columns:
    return {
        "certificate_no": cells.labelled("DB", found["certificate"], 9),
        "head_name": cells.person_names(world, heads),
        "head_id_number": cells.person_numbers(world, heads),
        "name": cells.person_names(world, found["person"]),
        "id_number": cells.person_numbers(world, found["person"]),
        "grade": cells.coded(found["grade"], welfare.GRADES),
        "since": cells.whole(found["since"], found["since"] == 0),
        "paid_month": cells.whole(found["month"]),
        "payment_kind": cells.coded(found["kind"], ("正常", "补发", ""), found["kind"] == welfare.NOT_SAID),
        "amount": cells.whole(found["amount"]),
    }
