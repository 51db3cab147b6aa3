"""One planted household: its members and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deployments.demo.calendar import day, first_of, months
from deployments.demo.edges.planting import Planting
from deployments.demo.world import medical, numbers, population, schooling, supply
from deployments.demo.world.families import FEMALE, HEAD, MALE, SON, SPOUSE

QUIET_INCOME = 1_200_000  # cents a head and year
FIRST_CERTIFICATE = 500_000_000
NOWHERE = {"home0": -1, "home1": -1, "home2": -1}


@dataclass(frozen=True)
class Home:
    """One planted household; positions count among the planted ones."""

    planting: Planting
    index: int

    def person(self, relation: int, sex: int, birth: int | None = None, **changes: int) -> int:
        """One more member: a worker in good health, insured, unless told otherwise."""
        index = len(self.planting.people)
        birth = day(1976, 1, 1) + index if birth is None else birth
        record = {
            "relation": relation, "sex": sex, "birth": birth, "number": _number(index, birth, sex),
            "household": self.index, "home0": self.index, "home1": self.index, "home2": self.index,
            "surname": index, "given": -1, "known": 1, "labour": population.ORDINARY_LABOUR,
            "months_worked": 8, "education": 3,
        }  # fmt: skip
        if birth > day(2003, 9, 1):
            record |= {"labour": population.NO_LABOUR, "months_worked": 0, "education": 0}
        self.planting.people.append(record | changes)
        return index

    def pupil(self, birth: int, stage: int, relation: int = SON, **changes: int) -> int:
        """A child that is a pupil by the register; its rows of enrolment come by `enrol`."""
        return self.person(relation, MALE, birth, stage=stage, grade=4, **changes)

    def enrol(self, person: int, *terms: int, **changes: int) -> None:
        """The child's rows in these terms, in both of the school year when none is named."""
        stage = self.planting.people[person]["stage"]
        for term in terms or (schooling.AUTUMN, schooling.SPRING):
            record = {"person": person, "term": term, "stage": stage, "grade": 4, "school": stage * 10_000,
                      "boarding": 1, "tuition": -1, "board": -1}  # fmt: skip
            self.planting.add("enrolments", **{**record, **changes})

    def income(self, year: int, per_head: int, persons: int = 2, **changes: int) -> None:
        """The year's income: all of it wages, unless told otherwise."""
        record = {
            "household": self.index,
            "year": year,
            "persons": persons,
            "wage": per_head * persons,
            "listed": 1,
        }
        self.planting.add("incomes", **{**record, **changes})

    def access(self, **changes: int) -> None:
        """Piped water, enough of it and good."""
        record = {"household": self.index, "litres": 800, "mode": supply.PIPED, "minutes": -1, "distance": -1,
                  "climb": -1, "quality": supply.GOOD, "scarce": 0, "listed": 1}  # fmt: skip
        self.planting.add("access", **{**record, **changes})

    def bill(self, person: int, own: int, when: int | None = None) -> int:
        """A stay at hospital of which the person bore `own` cents; its position, for a reversal."""
        settled = self.planting.records.get("settlements", [])
        spread = months(201908, 202004)
        when = first_of(spread[len(settled) % len(spread)]) + 10 if when is None else when
        return self.planting.add(
            "settlements",
            person=person,
            day=when,
            care=medical.WARD,
            pooled=own,
            own=own,
            in_scope=own,
            reverses=-1,
        )

    def reversal(self, person: int, original: int, own: int, when: int) -> None:
        """A part of a bill taken back."""
        self.planting.add(
            "settlements", person=person, day=when, care=medical.WARD, pooled=-own, own=-own, in_scope=-own,
            original=original,
        )  # fmt: skip

    def dies(self, person: int, when: int) -> None:
        """A death that was registered."""
        self.planting.people[person]["died"] = when
        self.planting.add("deaths", person=person, day=when)

    def paid(self, table: str, person: int, *paid_months: int, amount: int = 40_000, **changes: int) -> None:
        """Rows of the payroll of allowances or of the destitute."""
        for month in paid_months:
            record = {"person": person, "month": month, "told": month, "amount": amount, "grade": 1}
            record |= {"certificate": FIRST_CERTIFICATE + person}
            self.planting.add(table, **{**record, **changes})


def make_home(planting: Planting, village: int | None = None, **changes: int) -> Home:
    """A household without anybody in it and of which nothing is known; in a quiet village unless told."""
    record = {
        "village": planting.quiet_village() if village is None else village, "hamlet": 1, "removed": -1,
        "grade_known": 1, "water_ok": 1, "insured": 1, "phone": 1, "last": 2, "surveyed": 1, "metered": 1,
    }  # fmt: skip
    record |= changes
    if record.get("is_poor") and not record.get("exit_year"):
        record["exit_year"] = 2018
    planting.homes.append(record)
    return Home(planting, len(planting.homes) - 1)


def family(planting: Planting, village: int | None = None, *, is_asked: int = 1, **changes: int) -> Home:
    """A couple of working age whom no rule finds at risk and of whom everything is known."""
    home = make_home(planting, village, **changes)
    home.person(HEAD, MALE)
    home.person(SPOUSE, FEMALE)
    if is_asked:
        home.income(2018, QUIET_INCOME)
        home.income(2019, QUIET_INCOME)
        home.access()
    return home


def head(home: Home) -> int:
    """The position of the head of a household."""
    return next(
        index for index, person in enumerate(home.planting.people) if person["household"] == home.index
    )


def number_of(planting: Planting, person: int) -> str:
    """The identity number of a planted person."""
    return numbers.whole(planting.people[person]["number"])


def _number(index: int, birth: int, sex: int) -> int:
    county = np.array([numbers.PLANTED_COUNTY])
    first = int(numbers.seventeen_digits(county, np.array([birth]), np.array([sex]))[0])
    return first + 2 * (index % 49)
