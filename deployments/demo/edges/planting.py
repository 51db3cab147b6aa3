"""Households made by hand, each on the edge of a rule, with the status that the rule must answer.

An edge module asks for a quiet family (nothing at risk, everything known) and changes one thing about it.
Positions given out here count from the first planted household, person, village or row; `facts` moves them on
to where the planted ones stand in the world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deployments.demo.calendar import day
from deployments.demo.world import supply
from deployments.demo.world.tables import Table, of_records, size

if TYPE_CHECKING:
    from deployments.demo.edges.home import Home
    from deployments.demo.world.world import World

HOMES_OF_A_QUIET_VILLAGE = 120


@dataclass(frozen=True)
class Expected:
    """What the rule must answer for a planted household, and why; some answers come from planned bad rows."""

    household: int
    indicator: str
    status: str
    why: str
    needs_dirt: bool


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """A bad row about a planted person, household, village or project, written as given.

    With `replaces` it stands in place of the good row of that key in the period's file, of which `cells`
    are then the only cells that differ.
    """

    feed: str
    period: str
    cells: Mapping[str, str]
    kind: str
    outcome: str = "held"
    person: int | None = None
    household: int | None = None
    village: int | None = None
    works: int | None = None
    replaces: str = ""  # the key column by which the good row is found: household_id or person_no


@dataclass
class Planting:
    """The planted part of the city, as records."""

    homes: list[dict[str, int]] = field(default_factory=list)
    people: list[dict[str, int]] = field(default_factory=list)
    records: dict[str, list[dict[str, int]]] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    bad_rows: list[PlannedRow] = field(default_factory=list)
    villages: int = 0
    works: int = 0
    _quiet: int = -1
    _quiet_from: int = 0

    @property
    def households(self) -> int:
        """How many households are planted."""
        return len(self.homes)

    def quiet_village(self) -> int:
        """A village where nothing happens."""
        if self._quiet < 0 or len(self.homes) - self._quiet_from >= HOMES_OF_A_QUIET_VILLAGE:
            self._quiet, self._quiet_from = self.village(), len(self.homes)
            self.test(self.new_works(self._quiet), day(2020, 5, 12))
        return self._quiet

    def village(self) -> int:
        """A village of its own."""
        self.villages += 1
        return self.villages - 1

    def new_works(self, *villages: int, built: int = 2012) -> int:
        """A project that serves some planted villages."""
        for village in villages:
            self.add(
                "works",
                works=self.works,
                village=village,
                built=built,
                kind=2,
                investment=150_000_000,
                people=5,
            )
        self.works += 1
        return self.works - 1

    def test(self, works: int, sampled: int, conclusion: int = supply.GOOD) -> None:
        """A sample of a project."""
        values = {name: (low + high) // 2 for name, (low, high) in supply.GOOD_VALUES.items()}
        if conclusion == supply.BAD:
            values["turbidity"] = 480
        self.add("tests", **values, works=works, sampled=sampled, conclusion=conclusion)

    def outage(self, works: int, village: int, began: int, ended: int, told: int | None = None) -> None:
        """A village without water from a day to a day, both included; ended 0 = still out."""
        told = began if told is None else told
        self.add("outages", works=works, village=village, began=began, ended=ended, told=told)

    def add(self, table: str, **record: int) -> int:
        """One fact; its position among the planted ones of that table."""
        rows = self.records.setdefault(table, [])
        rows.append(record)
        return len(rows) - 1

    def expect(self, home: Home, indicator: str, status: str, why: str, needs_dirt: bool = False) -> None:
        """What the rule must answer."""
        self.expected.append(Expected(home.index, indicator, status, why, needs_dirt))

    def bad_row(
        self, feed: str, period: str, kind: str, cells: Mapping[str, str], **where: int | str
    ) -> None:
        """A planned bad row."""
        row = PlannedRow(feed=feed, period=period, kind=kind, cells=cells, **where)  # type: ignore[arg-type]
        self.bad_rows.append(row)

    def household_table(self, like: Table, first_village: int) -> Table:
        """The planted households as rows of the world's table."""
        found = of_records(self.homes, like)
        found["village"] = (found["village"] + first_village).astype(like["village"].dtype)
        return found

    def person_table(self, like: Table, first_household: int) -> Table:
        """The planted persons as rows of the world's table."""
        found = of_records(self.people, like)
        for name in ("household", "home0", "home1", "home2"):
            found[name] = np.where(found[name] < 0, -1, found[name] + first_household).astype(
                like[name].dtype
            )
        return found

    def facts(self, world: World) -> dict[str, list[dict[str, int]]]:
        """The records by table, every position moved on."""
        moved = {
            "person": world.ordinary_persons,
            "household": world.ordinary_households,
            "village": world.places.ordinary,
            "works": int(world.tables["works"]["works"].max()) + 1,
            "original": size(world.tables["settlements"]),
            "holder": size(world.tables["certificates"]),
        }
        return {
            table: [_moved(record, moved) for record in records] for table, records in self.records.items()
        }


def _moved(record: dict[str, int], by: dict[str, int]) -> dict[str, int]:
    found = {name: value + by.get(name, 0) for name, value in record.items()}
    renamed = {"original": "reverses", "holder": "certificate"}
    return {renamed.get(name, name): value for name, value in found.items()}
