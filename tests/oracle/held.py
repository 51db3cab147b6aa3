"""What a held row says about a household: for whom it is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from .cells import Bad, real_date
from .contract import FEEDS
from .people import Town, birth_date
from .resolution import State, usable_state
from .rows import Held

Test = Callable[[Held], bool]


class Likeness:
    """Households by what an unusable number can still share with a member's."""

    def __init__(self) -> None:
        self.by_digits: dict[str, set[str]] = defaultdict(set)
        self.by_name_and_birth: dict[tuple[str, date], set[str]] = defaultdict(set)
        self.by_name: dict[str, set[str]] = defaultdict(set)

    def add(self, record: Any) -> None:
        number = record.id_number
        if number:
            self.by_digits[number[:15]].add(record.household_id)
        birth = birth_date(number, record.birth_date)
        if birth:
            self.by_name_and_birth[record.name, birth].add(record.household_id)
        self.by_name[record.name].add(record.household_id)

    def households(self, number: str, name: str | None, birth: date | None) -> set[str]:
        """ "every household with a member whose number shares 15 or more leading digits, else same name and
        birth date, else same name"."""
        if number[:15] in self.by_digits:
            return self.by_digits[number[:15]]
        if name and birth and (name, birth) in self.by_name_and_birth:
            return self.by_name_and_birth[name, birth]
        return self.by_name.get(name, set()) if name else set()


class Naming:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.now, self.ever = Likeness(), Likeness()
        for members in town.members.values():
            for member in members:
                self.now.add(member.record)
        distinct = {id(record): record for state in town.states["members"] for record in state.rows.values()}
        for record in distinct.values():
            if record is not None:
                self.ever.add(record)
        self.villages_of_project = self._villages_of_project()

    def _villages_of_project(self) -> dict[str, set[str]]:
        state = usable_state(self.town.states["projects"], self.town.day)
        villages: dict[str, set[str]] = defaultdict(set)
        for project, village in state.rows if state else ():
            villages[project].add(village)
        return villages

    def orphans(self, state: State | None) -> Iterator[tuple[str, Held]]:
        """ "An orphan ... is missing ...; a row of `members`, for the household in which its person stood in
        the list before"."""
        register = {key[0] for other in self.town.states["households"] for key in other.rows}
        earlier: list[tuple[State, dict[str, Any]]] = []
        for other in self.town.states["members"]:
            if state is None or other is state:
                break
            earlier.append(
                (other, {row.id_number: row for row in other.rows.values() if row and row.id_number})
            )
        for row in state.rows.values() if state else ():
            if row is not None and row.household_id not in register:
                before = self.stood_before(row, earlier, register)
                if before in self.town.register:
                    yield before, Held(FEEDS["members"], state.source, 0, row, [])

    @staticmethod
    def stood_before(row: Any, earlier: list[tuple[State, dict[str, Any]]], register: set[str]) -> str | None:
        """By 人编号, else by number."""
        for state, by_number in reversed(earlier):
            same = state.rows.get((row.person_no,)) or by_number.get(row.id_number)
            if same is not None and same.household_id in register:
                return same.household_id
        return None

    def own_household(self, held: Held) -> str | None:
        """ "missing for the household of its 户编号 if registered"."""
        household = held.readable_name("household_id")
        return household if household in self.town.register else None

    def person(self, held: Held) -> str | None:
        """ "a usable number names its person (nobody, where the register has no such person)"."""
        column = held.feed.person_column
        number = held.readable_name(column) if column else None
        return number[:18] if number and self.town.who.knows(number[:18]) else None

    def is_person_told(self, held: Held) -> bool:
        column = held.feed.person_column
        return column is None or held.readable_name(column) is not None

    def alike(self, held: Held, among: Likeness) -> set[str]:
        value = getattr(held.record, held.feed.person_column)
        number = value.text if isinstance(value, Bad) else value or ""
        birth = real_date(number[6:10], number[10:12], number[12:14]) if number[:14].isdigit() else None
        birth = birth or held.readable("birth_date")
        return among.households(number, held.readable_name("name"), birth)

    def villages(self, held: Held) -> set[str]:
        """ "a row of a village names that village's households, one of a project the villages served"."""
        village = held.readable_name("village_code")
        if village:
            return {village}
        return self.villages_of_project.get(held.readable_name("project_id"), set())

    def households(self, held: Held, among: Likeness) -> set[str]:
        """The households for which the row as a whole is missing (its person apart)."""
        own = self.own_household(held)
        if own:
            return {own}
        if held.feed.person_column:
            return set() if self.is_person_told(held) else self.alike(held, among)
        return {h for village in self.villages(held) for h in self.town.households_of_village[village]}


class Gaps:
    """The held rows of one feed that are still open, by the person and by the households they name."""

    def __init__(self, naming: Naming, missing: Iterable[Held]) -> None:
        self.by_person: dict[str, list[Held]] = defaultdict(list)
        self.now: dict[str, list[Held]] = defaultdict(list)
        self.ever: dict[str, list[Held]] = defaultdict(list)
        self.unattributable: list[Held] = []
        for held in missing:
            person = naming.person(held)
            if person:
                self.by_person[person].append(held)
            households = naming.households(held, naming.ever)
            for household in households:
                self.ever[household].append(held)
            for household in naming.households(held, naming.now):
                self.now[household].append(held)
            if not person and not households:
                self.unattributable.append(held)

    def of_person(self, number: str | None, household: str, concerns: Test) -> list[Held]:
        """Rows missing for this member: his own, and those missing for his whole household."""
        rows = self.now.get(household, []) + (self.by_person.get(number, []) if number else [])
        return [held for held in rows if concerns(held)]

    def of_household(self, household: str, concerns: Test) -> list[Held]:
        return [held for held in self.now.get(household, []) if concerns(held)]


def dated_within(column: str, after: date, until: date) -> Test:
    """ "A row whose own readable date lies outside a measure's window says nothing about that measure"."""

    def concerns(held: Held) -> bool:
        day = held.readable(column)
        return day is None or after < day <= until

    return concerns
