"""The register at D, its members, and "Who": to which household a fact of a person belongs."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from .cells import birth_of
from .contract import FEEDS
from .deliveries import Inbox
from .resolution import Events, State, settle_events, snapshot_states, usable_state


@dataclass(slots=True)
class Member:
    number: str | None
    record: Any
    birth: date | None
    is_living: bool


def birth_date(number: str | None, written: Any) -> date | None:
    """ "birth from the number, else `birth_date`"."""
    return birth_of(number) if number else written


class Who:
    """Persons to households over all members snapshots.

    The snapshots usable at some day stand in a line; for each person the stretches of that line with one
    and the same set of households are kept.
    """

    def __init__(self, states: list[State]) -> None:
        self.line = timeline(states)
        self.starts = [start for start, _ in self.line]
        self.stretches: dict[str, list[list]] = {}
        for place, (_, state) in enumerate(self.line):
            for number, households in households_of_persons(state).items():
                stretches = self.stretches.setdefault(number, [])
                if stretches and stretches[-1][1] == place - 1 and stretches[-1][2] == households:
                    stretches[-1][1] = place
                else:
                    stretches.append([place, place, households])

    def knows(self, number: str) -> bool:
        return number in self.stretches

    def households_at(self, number: str, day: date) -> tuple[str, ...]:
        """ "the household that its person has in the snapshot usable at t; where that has not the person,
        in the nearest before, else the nearest after"; more than one "in each until decided"."""
        stretches = self.stretches.get(number)
        if not stretches:
            return ()
        place = bisect_right(self.starts, day) - 1
        begun = [stretch for stretch in stretches if stretch[0] <= place]
        return begun[-1][2] if begun else stretches[0][2]

    def households_ever(self, number: str) -> set[str]:
        return {household for stretch in self.stretches.get(number, []) for household in stretch[2]}


def timeline(states: list[State]) -> list[tuple[date, State]]:
    """The snapshots that are usable at some day, with the first such day."""
    line: list[tuple[date, State]] = []
    for start in sorted({state.source.period.first for state in states}):
        state = usable_state(states, start)
        if state is not None and (not line or line[-1][1] is not state):
            line.append((start, state))
    return line


def households_of_persons(state: State) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for record in state.rows.values():
        if record is None or not record.id_number:
            continue
        before = found.get(record.id_number)
        if before is None:
            found[record.id_number] = (record.household_id,)
        elif record.household_id not in before:
            found[record.id_number] = tuple(sorted((*before, record.household_id)))
    return found


class Town:
    """Everything accepted, as it stands at D."""

    def __init__(self, inbox: Inbox, day: date) -> None:
        self.day = day
        self.states: dict[str, list[State]] = {}
        self.events: dict[str, Events] = {}
        for name, feed in FEEDS.items():
            if feed.is_snapshot:
                self.states[name] = snapshot_states(feed, inbox.accepted[name])
            else:
                self.events[name] = settle_events(feed, inbox.accepted[name])
        self.deaths = self._deaths()
        self.register, self.register_answers = self._register()
        self.who = Who(self.states["members"])
        self.members: dict[str, list[Member]] = defaultdict(list)
        self.members_answer = self._fill_members()
        self.village_codes = self._village_codes()
        self.households_of_village: dict[str, list[str]] = defaultdict(list)
        for household in self.register:
            village = self.village_of(household)
            if village:
                self.households_of_village[village].append(household)

    def current(self, feed: str) -> State | None:
        """The snapshot usable at D, None where there is none or it "no longer answers"."""
        state = usable_state(self.states[feed], self.day)
        return state if state and state.answers_at(self.day) else None

    def _deaths(self) -> dict[str, date]:
        """ "A person is living unless a death is known"."""
        rows = self.events["deaths"].rows.values()
        return {row.id_number: row.died_on for row in rows if row.died_on <= self.day}

    def _register(self) -> tuple[dict[str, Any], bool]:
        """ "every household in the register (a row in `households` usable at D)"; too old: "its households
        stay listed, attributes unknown"."""
        state = usable_state(self.states["households"], self.day)
        if state is None:
            return {}, False
        answers = state.answers_at(self.day)
        return {key[0]: record if answers else None for key, record in state.rows.items()}, answers

    def _fill_members(self) -> bool:
        state = usable_state(self.states["members"], self.day)
        if state is None:
            return False
        for record in state.rows.values():
            if record is not None:
                self.members[record.household_id].append(self.member(record))
        return state.answers_at(self.day)

    def member(self, record: Any) -> Member:
        number = record.id_number
        return Member(number, record, birth_date(number, record.birth_date), number not in self.deaths)

    def living(self, household: str) -> list[Member]:
        return [member for member in self.members.get(household, ()) if member.is_living]

    def _village_codes(self) -> set[str] | None:
        """None where the check "village not in divisions" is silent."""
        state = self.current("divisions")
        return {key[0] for key in state.rows} if state else None

    def village_of(self, household: str) -> str | None:
        """ "E village not in divisions (across: its village is unknown, nothing else)"."""
        record = self.register.get(household)
        if record is None:
            return None
        known = self.village_codes is None or record.village_code in self.village_codes
        return record.village_code if known else None
