"""What households had to bear in 12m: school costs per pupil, and rigid expenses per household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from .held import dated_within
from .measures import ZERO, Bounds, City
from .periods import ONE_DAY, terms_begun_between
from .rows import Held

FREE_STAGES = ("小学", "初中")


class SchoolCosts:
    """ "max(0, Σ tuition + board of terms that began in 12m − Σ grants of those terms paid ≤ D)"."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.terms = terms_begun_between(city.year_ago, city.day)
        self.grants: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for row in city.town.events["grants"].rows.values():
            if row.term in self.terms and row.paid_on <= city.day:
                self.grants[row.id_number][row.term] += row.amount
        self.grants_missing = [t for t in self.terms if city.coverage.is_term_missing("grants", t)]
        missing = [t for t in self.terms if city.coverage.is_term_missing("enrolments", t)]
        self.enrolments_missing = f"enrolments of the term of {missing[0]} missing" if missing else ""

    def cost_of_term(self, number: str, term: date) -> tuple[Decimal, bool]:
        """ "empty tuition or board is 0 at 小学 and 初中, else unknown"."""
        cost, is_known = ZERO, True
        for row in self.city.enrolments.get(number, {}).get(term, ()):
            for part in (row.tuition, row.board):
                cost += part or ZERO
                is_known = is_known and (part is not None or row.stage in FREE_STAGES)
        return cost, is_known

    def held_grant_terms(self, number: str, household: str) -> set[date]:
        """The terms of which a held grant may be; all where its term cannot be read."""

        def concerns(held: Held) -> bool:
            paid_on = held.readable("paid_on")
            return paid_on is None or paid_on <= self.city.day

        terms: set[date] = set()
        for held in self.city.gaps("grants").of_person(number, household, concerns):
            term = held.readable("term")
            terms.update(self.terms if term is None else [term])
        return terms

    def bounds(self, number: str, household: str, terms: Iterable[date]) -> Bounds:
        """ "(grants missing for a term ... taken as paid up to the pupil's cost of that term ...), upper =
        ... (grants missing: the cost less the grants known)"."""
        open_terms = self.held_grant_terms(number, household) | set(self.grants_missing)
        most = least = ZERO
        why = ""
        for term in terms:
            cost, is_known = self.cost_of_term(number, term)
            granted = self.grants[number][term] if number in self.grants else ZERO
            most += cost - granted
            least += cost - (max(granted, cost) if term in open_terms else granted)
            why = why or ("" if is_known else "tuition or board unknown")
        lower, upper = max(ZERO, least), max(ZERO, most)
        if not why and lower < upper:
            why = "grants missing"
        return Bounds(lower, None if why == "tuition or board unknown" else upper, why)


class Rigid:
    """ "rigid_12m = Σ `out_of_pocket_12m` of all who were members at the fact's date + Σ
    `education_cost_12m`"."""

    def __init__(self, city: City, school: SchoolCosts) -> None:
        self.city = city
        self.school = school
        self.bills = self._bills()
        self.pupils = self._pupils()
        self.doubts = self._doubts()

    def _bills(self) -> dict[str, Decimal]:
        total: dict[str, Decimal] = defaultdict(Decimal)
        who, register = self.city.town.who, self.city.town.register
        for number, bills in self.city.bills.items():
            for day, amount, row in bills:
                homes = who.households_at(number, day)
                if not homes and row.household_id in register:
                    homes = (row.household_id,)  # "only when its person is in no household"
                for household in homes:
                    total[household] += amount
        return total

    def _pupils(self) -> dict[str, dict[str, list[date]]]:
        """By household its pupils, each with the terms on whose first day he was a member."""
        pupils: dict[str, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
        for number, terms in self.city.enrolments.items():
            for term in self.school.terms:
                if term in terms or term in self.school.grants.get(number, ()):
                    for household in self.city.town.who.households_at(number, term):
                        pupils[household][number].append(term)
        return pupils

    def _doubts(self) -> dict[str, str]:
        """Households of which a bill or an enrolment may be missing, with why."""
        doubts: dict[str, str] = {}
        for household in self._numberless():
            doubts[household] = "a member without a usable number"
        concerns = dated_within("settled_on", self.city.year_ago, self.city.day)
        gaps = self.city.gaps("settlements")
        self._note(doubts, gaps, concerns, "settled_on", "settlements row held")
        for state in self.city.terms.values():
            gaps = self.city.gaps("enrolments", state)
            self._note(doubts, gaps, self._is_in_terms, "term", "enrolments row held")
        return doubts

    def _is_in_terms(self, held: Held) -> bool:
        return held.readable("term") in (None, *self.school.terms)

    def _note(self, doubts: dict[str, str], gaps: Any, concerns: Any, column: str, why: str) -> None:
        who = self.city.town.who
        for number, rows in gaps.by_person.items():
            for held in filter(concerns, rows):
                day = held.readable(column)
                homes = who.households_at(number, day) if day else who.households_ever(number)
                doubts.update(dict.fromkeys(homes, why))
        for household, rows in gaps.ever.items():
            if any(map(concerns, rows)):
                doubts[household] = why

    def _numberless(self) -> set[str]:
        """Households with a member, in a snapshot usable in 12m, whose number never became known."""
        line = self.city.town.who.line
        rows = [row for _, state in line for row in state.rows.values() if row is not None]
        known = {row.person_no for row in rows if row.id_number}
        found: set[str] = set()
        for place, (start, state) in enumerate(line):
            is_over = place + 1 < len(line) and line[place + 1][0] <= self.city.year_ago + ONE_DAY
            if start > self.city.day or is_over:
                continue
            for row in state.rows.values():
                if row is not None and not row.id_number and row.person_no not in known:
                    found.add(row.household_id)
        return found

    def bounds(self, household: str) -> Bounds:
        lower = self.bills.get(household, ZERO)
        upper: Decimal | None = lower
        why = self.city.settlements_missing or self.school.enrolments_missing
        why = why or self.doubts.get(household, "")
        for number, terms in self.pupils.get(household, {}).items():
            cost = self.school.bounds(number, household, terms)
            lower += cost.lower
            upper = None if upper is None or cost.upper is None else upper + cost.upper
            why = why or (cost.why if cost.upper is None else "")
        if household in self.city.hidden:
            why = why or "members row held"
        if not why and upper is not None and upper > lower:
            return Bounds(lower, upper, "grants missing")
        return Bounds(lower, None if why else upper, why)
