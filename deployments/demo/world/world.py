"""The world behind the files: people, money, schools, hospitals and water, as they truly are.

What each department knows of it, and in which form it writes that down, is decided in `feeds/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from deployments.demo import letter
from deployments.demo.calendar import LAST_MONTH, SNAPSHOTS, first_of, month_after
from deployments.demo.edges.planting import Planting
from deployments.demo.world import (
    care,
    disability,
    incomes,
    medical,
    places,
    population,
    schooling,
    supply,
    welfare,
)
from deployments.demo.world.tables import Table, of_records, rows, size, together

LETTER_FROM = 202001


@dataclass
class World:
    """Tables by name, positions of persons and households in place of keys; the planted ones come last."""

    seed: int
    letter: dict[str, letter.Row]
    places: places.Places
    households: Table
    persons: Table
    planting: Planting
    ordinary_households: int
    ordinary_persons: int
    first_month: int  # older months of monthly events are not delivered
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def in_register(self) -> np.ndarray:
        """Whether each person is in any snapshot."""
        homes = [self.persons[f"home{index}"] for index in range(len(SNAPSHOTS))]
        return np.maximum.reduce(homes) >= 0

    @property
    def registered(self) -> np.ndarray:
        """Whether each person is a member of a lifted household in any snapshot."""
        is_poor = np.concatenate([self.households["is_poor"] == 1, [False]])  # home -1 finds the last
        return np.logical_or.reduce([is_poor[self.persons[f"home{i}"]] for i in range(len(SNAPSHOTS))])

    @property
    def is_ordinary(self) -> np.ndarray:
        """Whether each person is an ordinary one."""
        return np.arange(size(self.persons)) < self.ordinary_persons

    @property
    def is_settled(self) -> np.ndarray:
        """Ordinary persons who live, and live where they lived, through all snapshots."""
        persons = self.persons
        stays = (persons["home0"] >= 0) & (persons["home0"] == persons["home2"]) & (persons["died"] == 0)
        return self.is_ordinary & stays

    def members(self, snapshot: int = len(SNAPSHOTS) - 1) -> np.ndarray:
        """Number of persons of each household in a snapshot."""
        home = self.persons[f"home{snapshot}"]
        return np.bincount(home[home >= 0], minlength=size(self.households))


def build(households: int, seed: int, planting: Planting, months: int | None = None) -> World:
    """The world of a city of that many households, the planted ones among them."""
    figures = letter.figures(households, planting.households)
    ordinary = households - planting.households
    where = places.make_places(ordinary, planting.villages)
    homes = population.draw_households(seed, ordinary, where.ordinary)
    people = population.draw_persons(seed, homes)
    people |= schooling.draw_stages(seed, people, figures["grants_out_of_county"])
    people |= population.settled(people)
    counts = (size(homes), size(people))
    homes = together([homes, planting.household_table(homes, where.ordinary)])
    people = together([people, planting.person_table(people, counts[0])])
    first_month = month_after(LAST_MONTH, 1 - months) if months else 0
    world = World(seed, figures, where, homes, people, planting, *counts, first_month)
    _add_incomes_and_water(world)
    _add_health(world)
    _add_education(world)
    _add_support(world)
    world.tables["memberships"] = {name: np.zeros(0, dtype=np.int32) for name in ("person", "household")}
    for name, records in planting.facts(world).items():
        world.tables[name] = together([world.tables[name], of_records(records, world.tables[name])])
    return world


def _letter_month(world: World) -> int:
    return max(LETTER_FROM, world.first_month)


def _add_incomes_and_water(world: World) -> None:
    seed, add, count = world.seed, world.tables, world.ordinary_households
    homes = rows(world.households, np.arange(count))
    add["incomes"] = incomes.draw_incomes(seed, homes, world.members()[:count])
    add["access"] = supply.draw_access(seed, homes)
    people = np.zeros(world.places.ordinary, dtype=np.int64)
    np.add.at(people, homes["village"], world.members()[:count])
    add["works"] = supply.draw_works(seed, world.places.ordinary, people, world.letter["water_works"])
    add["outages"] = supply.draw_outages(seed, add["works"])
    add["tests"] = supply.draw_tests(seed, add["works"])


def _add_health(world: World) -> None:
    seed, persons, registered, row = world.seed, world.persons, world.registered, world.letter
    since, may = first_of(_letter_month(world)), world.is_settled
    treated = world.is_ordinary & world.in_register
    add = world.tables
    add["settlements"] = medical.draw_settlements(seed, persons, treated, registered, row, since)
    add["checkups"] = care.draw_checkups(seed, persons, may, registered, row["checkups"], since)
    add["major_diseases"] = care.draw_major_diseases(seed, persons, may)
    dead = np.flatnonzero(world.is_ordinary & (persons["died"] > 0)).astype(np.int32)
    add["deaths"] = {"person": dead, "day": persons["died"][dead]}


def _add_education(world: World) -> None:
    seed, persons, add = world.seed, world.persons, world.tables
    pupils = world.is_ordinary & world.in_register
    add["enrolments"] = schooling.draw_enrolments(seed, persons, pupils)
    add["dropouts"] = schooling.draw_dropouts(seed, persons, world.is_settled)
    add["grants"] = schooling.draw_grants(seed, persons, add["enrolments"], world.is_settled, world.letter)


def _add_support(world: World) -> None:
    seed, persons, registered, row = world.seed, world.persons, world.registered, world.letter
    since, may, add = _letter_month(world), world.is_settled, world.tables
    add["allowances"] = welfare.draw_allowances(seed, persons, may, registered, row["allowances"], since)
    free = may & ~np.isin(np.arange(size(persons)), add["allowances"]["person"])
    add["destitute"] = welfare.draw_destitute(seed, persons, free, registered, row["destitute"], since)
    add["relief"] = welfare.draw_relief(seed, persons, may, registered, row["relief"], first_of(since))
    add["certificates"] = disability.draw_certificates(seed, persons, may, registered, row)
    persons["health"][add["certificates"]["person"]] |= population.DISABLED
    add["subsidies"] = disability.draw_subsidies(
        seed, add["certificates"], may, registered, row["disability_subsidies"], since
    )
