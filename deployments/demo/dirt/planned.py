"""The planned bad rows of planted households, as cells of the file in which they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from deployments.demo.dirt.plan import Between, Changed
from deployments.demo.edges.planting import PlannedRow
from deployments.demo.files import cells
from deployments.demo.files.forms import Form
from deployments.demo.files.written import WAN, header
from deployments.demo.world import numbers
from deployments.demo.world.names import planted_name
from deployments.demo.world.population import FIRST_HOUSEHOLD
from deployments.demo.world.world import World
from expectations.contract import Feed, Type


class PlannedRows:
    """Planned rows by feed and period."""

    def __init__(self, rows: Sequence[PlannedRow]) -> None:
        self._rows = rows

    def _of(self, feed: Feed, period: str) -> list[PlannedRow]:
        return [row for row in self._rows if (row.feed, row.period) == (feed.name, period)]

    def replaced(self, world: World, feed: Feed, period: str, columns: dict[str, pa.Array]) -> list[Changed]:
        """The cells in which a planned row differs from the good one whose place it takes."""
        found = []
        for row in self._of(feed, period):
            if row.replaces:
                position = columns[row.replaces].index(_key(world, row)).as_py()
                if position >= 0:
                    found += [
                        Changed(position, name, text, row.kind, row.outcome)
                        for name, text in row.cells.items()
                    ]
        return found

    def added(self, world: World, feed: Feed, form: Form, period: str, position: int) -> list[Between]:
        """The planned rows that stand at the end of a file."""
        return [
            Between(position, _filled(world, feed, form, row), row.kind, row.outcome)
            for row in self._of(feed, period)
            if not row.replaces
        ]


def _key(world: World, row: PlannedRow) -> str:
    if row.replaces == "person_no":
        return f"84{world.ordinary_persons + (row.person or 0):010d}"
    return _household(world, row)


def _household(world: World, row: PlannedRow) -> str:
    return str(FIRST_HOUSEHOLD + world.ordinary_households + (row.household or 0))


def _filled(world: World, feed: Feed, form: Form, row: PlannedRow) -> dict[str, str]:
    """Who and where, for whatever columns the feed has for it, then the row's own cells."""
    found: dict[str, str] = {}
    for column in feed.columns:
        if row.person is not None and column.type is Type.PERSON_NUMBER and column.required:
            found[column.name] = numbers.whole(
                int(world.persons["number"][world.ordinary_persons + row.person])
            )
        elif row.person is not None and column.name == "name":
            found[column.name] = planted_name(row.person)
        elif row.household is not None and column.name == "household_id":
            found[column.name] = _household(world, row)
        elif row.village is not None and column.type is Type.VILLAGE:
            found[column.name] = str(world.places.codes[world.places.ordinary + row.village])
        elif row.works is not None and column.name == "project_id":
            found[column.name] = _works(world, row.works)
    for name, text in row.cells.items():
        is_wan = feed.column(name).type is Type.MONEY and WAN in header(feed.column(name), form)
        found[name] = f"{text}元" if is_wan and text else text
    return found


def _works(world: World, works: int) -> str:
    first = int(world.tables["works"]["works"].max()) + 1 - world.planting.works
    return cells.labelled("GC", pa.array([first + works]).to_numpy(), 5)[0].as_py()
