"""The rules that came second, in the same shape as rules.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from .costs import Rigid, SchoolCosts
from .held import dated_within
from .measures import ZERO, City, Income
from .people import Member, birth_date
from .periods import age
from .resolution import State
from .rules import (
    AT_RISK,
    CLEAR,
    IN_FORCE,
    UNKNOWN,
    Answer,
    Signal,
    about_persons,
    line_at,
    no_cutoff,
    unknown_household,
)
from .water import Water

HIGH_STAGES = {"普通高中", "中职", "高职", "本科"}
HIGH_SCHOOLING = ("普通高中", "中职", "高职", "大专", "本科")
BURDEN = 10000
LABOUR = {"技能劳动力", "普通劳动力", "弱劳动力或半劳动力"}


# --- income


def incomes_of(city: City, household: str) -> tuple[Income | None, str]:
    if city.income_year is None:
        return None, "no incomes of this year or the last"
    return city.income(household, city.income_year)


def has_collapsed(now: Income, before: Income) -> bool:
    """ "lower than that of Y−1 by ≥ 30 % (where Y−1's is ≤ 0: simply lower)", without dividing."""
    here, there = now.net * before.persons, before.net * now.persons
    return here < there if before.net <= 0 else here * 10 <= there * 7


def income_collapse(city: City, household: str) -> Signal:
    if city.day < IN_FORCE:
        return no_cutoff(city.day, "cutoff")
    now, why = incomes_of(city, household)
    if now is None:
        return Signal(UNKNOWN, None, 30, why)
    before, why_before = city.income(household, city.income_year - 1)
    if before is None:
        return Signal(UNKNOWN, None, 30, why_before)
    fall = None
    if before.net > 0:
        fall = 100 * (1 - (now.net / now.persons) / (before.net / before.persons))
    if has_collapsed(now, before):
        return Signal(AT_RISK, fall, 30)
    why = why or why_before
    return Signal(UNKNOWN if why else CLEAR, fall, 30, why)


def rigid_exceeds_income(city: City, rigid: Rigid, household: str) -> Signal:
    """ "rigid_12m > net_income"."""
    if city.day < IN_FORCE:
        return no_cutoff(city.day, "cutoff")
    bounds = rigid.bounds(household)
    income, why = incomes_of(city, household)
    if income is None:
        return Signal(UNKNOWN, bounds.lower, None, why)
    if bounds.lower > income.net:
        return Signal(AT_RISK, bounds.lower, income.net)
    why = unknown_household(city, household) or why
    if bounds.upper is None or bounds.upper > income.net:
        why = why or bounds.why
    return Signal(UNKNOWN if why else CLEAR, bounds.lower, income.net, why)


def after_rigid_below_line(city: City, rigid: Rigid, household: str) -> Signal:
    """ "(net_income − rigid_12m) / persons < line"."""
    line = line_at(city.day)
    if line is None or city.day < IN_FORCE:
        return no_cutoff(city.day, "line" if line is None else "cutoff")
    income, why = incomes_of(city, household)
    if income is None:
        return Signal(UNKNOWN, None, line, why)
    bounds = rigid.bounds(household)
    most = income.net - bounds.lower
    value = most / income.persons
    if most < line * income.persons:
        return Signal(AT_RISK, value, line)
    why = unknown_household(city, household) or why
    if bounds.upper is None or income.net - bounds.upper < line * income.persons:
        why = why or bounds.why
    return Signal(UNKNOWN if why else CLEAR, value, line, why)


# --- health


def listed_in_12m(
    city: City, household: str, feed: str, rows: dict[str, list[date]], state: State | None, column: str
) -> Signal:
    """A living member with a row whose own date lies in 12m."""
    concerns = dated_within(column, city.year_ago, city.day)

    def ask(member: Member) -> Answer:
        if member.number is None:
            return UNKNOWN, "a member without a usable number"
        if any(city.year_ago < day <= city.day for day in rows.get(member.number, ())):
            return AT_RISK, ""
        missing = "" if state else city.missing_months(feed, city.year_ago)
        if missing:
            return UNKNOWN, missing
        held = city.gaps(feed, state).of_person(member.number, household, concerns)
        return (UNKNOWN, f"{feed} row held") if held else (CLEAR, "")

    return about_persons(city, household, ask)


class Facts:
    """What several households ask for, gathered once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.water = Water(city)
        self.school = SchoolCosts(city)
        self.rigid = Rigid(city, self.school)

    @cached_property
    def diseases(self) -> dict[str, list[date]]:
        state = self.city.town.current("major_diseases")
        found: dict[str, list[date]] = defaultdict(list)
        for row in state.rows.values() if state else ():
            if row is not None:
                found[row.id_number].append(row.diagnosed_on)
        return found

    @cached_property
    def reliefs(self) -> dict[str, list[date]]:
        found: dict[str, list[date]] = defaultdict(list)
        for row in self.city.town.events["relief"].rows.values():
            if row.amount > 0:
                found[row.id_number].append(row.paid_on)
        return found

    @cached_property
    def deaths_of_earners(self) -> dict[str, int]:
        """By household: "somebody aged 16–59 at death, whose household it was, died in 12m"."""
        found: dict[str, int] = defaultdict(int)
        for number, day in self.city.town.deaths.items():
            birth = birth_date(number, None)
            if birth and self.city.year_ago < day <= self.city.day and 16 <= age(birth, day) <= 59:
                for household in self.city.town.who.households_at(number, day):
                    found[household] += 1
        return found

    def can_have_earned(self, birth: date | None) -> bool:
        """ "who can have been 16–59 in 12m"."""
        first = self.city.year_ago + timedelta(days=1)
        return birth is None or (age(birth, self.city.day) >= 16 and age(birth, first) <= 59)

    @cached_property
    def earners(self) -> dict[str, set[str | None]]:
        """By household whoever "in any members snapshot" can have been one; None for one without number."""
        found: dict[str, set[str | None]] = defaultdict(set)
        town, met = self.city.town, set()
        for state in town.states["members"]:
            for row in state.rows.values():
                if row is None or id(row) in met:
                    continue
                met.add(id(row))
                number = row.id_number
                died = town.deaths.get(number)
                is_long_dead = died is not None and died <= self.city.year_ago
                if not is_long_dead and self.can_have_earned(birth_date(number, row.birth_date)):
                    found[row.household_id].add(number)
        return found

    @cached_property
    def hidden_earners(self) -> set[str]:
        """Households of held members rows, never loaded, whose person can have been one."""
        states = self.city.town.states["members"]
        loaded = {key for state in states for key, row in state.rows.items() if row is not None}
        found: set[str] = set()
        for state in states:
            for held in state.missing:
                birth = birth_date(held.readable("id_number"), held.readable("birth_date"))
                if held.key not in loaded and self.can_have_earned(birth):
                    found |= self.city.naming.households(held, self.city.naming.ever)
        return found


def major_disease(facts: Facts, household: str) -> Signal:
    """ "a living member on `major_diseases`, diagnosed in 12m"."""
    city = facts.city
    if city.day < IN_FORCE:
        return no_cutoff(city.day, "cutoff")
    state = city.town.current("major_diseases")
    if state is None:
        return Signal(UNKNOWN, None, 1, "no major_diseases list that still answers")
    return listed_in_12m(city, household, "major_diseases", facts.diseases, state, "diagnosed_on")


def temporary_relief(facts: Facts, household: str) -> Signal:
    """ "a living member paid relief in 12m"."""
    return listed_in_12m(facts.city, household, "relief", facts.reliefs, None, "paid_on")


def earner_died(facts: Facts, household: str) -> Signal:
    city = facts.city
    count = facts.deaths_of_earners.get(household, 0)
    if count:
        return Signal(AT_RISK, count, 1)
    why = unknown_household(city, household)
    if why:
        return Signal(UNKNOWN, 0, 1, why)
    earners = facts.earners.get(household, set())
    if household in facts.hidden_earners:
        return Signal(UNKNOWN, 0, 1, "members row held")
    if earners:  # else clear "whatever is missing"
        why = city.missing_months("deaths", city.year_ago)
        if None in earners:
            why = why or "a member without a usable number"
        if not why and is_death_held(facts, household, earners):
            why = "deaths row held"
    return Signal(UNKNOWN if why else CLEAR, 0, 1, why)


def is_death_held(facts: Facts, household: str, earners: set[str | None]) -> bool:
    city = facts.city
    gaps = city.gaps("deaths")
    concerns = dated_within("died_on", city.year_ago, city.day)
    rows = list(gaps.ever.get(household, ()))
    for number in earners:
        for held in gaps.by_person.get(number, ()) if number else ():
            day = held.readable("died_on")
            if day is None or household in city.town.who.households_at(number, day):
                rows.append(held)
    return any(map(concerns, rows))


# --- education


def latest_stages(city: City, number: str) -> set[str]:
    terms = city.enrolments.get(number, {})
    return {row.stage for row in terms[max(terms)]} if terms else set()


def burden_doubt(facts: Facts, member: Member, household: str) -> str:
    """Why this member may cost more than is known."""
    city = facts.city
    if member.number is None:
        return "a member without a usable number"
    for state in city.terms.values():
        rows = city.gaps("enrolments", state).of_person(member.number, household, lambda _: True)
        if any(held.readable("term") in (None, *facts.school.terms) for held in rows):
            return "enrolments row held"
    required = city.coverage.latest_required_term("enrolments")
    is_enrolled = bool(city.enrolments.get(member.number, {}).get(required))
    if (member.record.schooling or "").startswith(HIGH_SCHOOLING) and not is_enrolled:
        return "a pupil by the register, not in the latest required term's enrolments"
    return ""


def education_burden(facts: Facts, household: str) -> Signal:
    """ "members whose latest stage is 普通高中, 中职, 高职 or 本科 > 10,000"."""
    city, school = facts.city, facts.school
    if city.day < IN_FORCE:
        return no_cutoff(city.day, "cutoff")
    why = unknown_household(city, household)
    if why:
        return Signal(UNKNOWN, None, BURDEN, why)
    lower, upper, whys = ZERO, ZERO, [school.enrolments_missing]
    for member in city.town.living(household):
        whys.append(burden_doubt(facts, member, household))
        if member.number and latest_stages(city, member.number) & HIGH_STAGES:
            cost = school.bounds(member.number, household, school.terms)
            lower += cost.lower
            upper += cost.upper or ZERO
            whys.append(cost.why if cost.upper is None else "")
    whys.append("members row held" if household in city.hidden else "")
    if lower > BURDEN:
        return Signal(AT_RISK, lower, BURDEN)
    whys.append("grants missing" if upper > BURDEN else "")
    why = next(filter(None, whys), "")
    return Signal(UNKNOWN if why else CLEAR, lower, BURDEN, why)


# --- support


def no_labour(facts: Facts, household: str) -> Signal:
    """ "no living member with 技能, 普通 or 弱劳动力; under 16 counts as none; another entry empty and none
    with labour → unknown"."""
    city = facts.city
    why = unknown_household(city, household)
    if why:
        return Signal(UNKNOWN, None, 0, why)
    count, is_sure = 0, household not in city.hidden
    for member in city.town.living(household):
        years = age(member.birth, city.day) if member.birth else None
        if years is not None and years < 16:
            continue
        labour = member.record.labour
        if labour in LABOUR and years is not None:
            count += 1
        elif labour is None or labour in LABOUR:
            is_sure = False
    if count:
        return Signal(CLEAR, count, 0)
    if not is_sure:
        return Signal(UNKNOWN, 0, 0, "labour of a member unknown")
    return Signal(AT_RISK, 0, 0)


# --- water


def unbroken(stretches: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """ "overlapping ones and ones that follow on the next day are one"."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def longest(stretches: list[tuple[date, date]], after: date) -> int:
    """Days "in its full length, any day of it in 12m"."""
    return max(((last - first).days + 1 for first, last in unbroken(stretches) if last > after), default=0)


def long_outage(facts: Facts, household: str) -> Signal:
    """ "one unbroken outage of the village > 30 days"."""
    city, water = facts.city, facts.water
    village = city.town.village_of(household)
    if village is None:
        return Signal(UNKNOWN, None, 30, "village unknown")
    outages = water.outages.get(village, [])
    surely = longest([(outage.began, outage.surely) for outage in outages], city.year_ago)
    if surely > 30:
        return Signal(AT_RISK, Decimal(surely), 30)
    why = city.missing_months("outages", city.year_ago)
    if longest([(outage.began, outage.possibly) for outage in outages], city.year_ago) > 30:
        why = why or "an open outage, and a month after its file missing"
    if not why and water.held_outage(household, city.year_ago):
        why = "outages row held"
    return Signal(UNKNOWN if why else CLEAR, Decimal(surely), 30, why)


def more_rules(city: City) -> dict[str, Callable[[str], Any]]:
    facts = Facts(city)
    about_facts = (
        major_disease,
        temporary_relief,
        earner_died,
        education_burden,
        no_labour,
        long_outage,
    )
    rules = {rule.__name__: lambda household, rule=rule: rule(facts, household) for rule in about_facts}
    rules["income_collapse"] = lambda household: income_collapse(city, household)
    rules["rigid_exceeds_income"] = lambda household: rigid_exceeds_income(city, facts.rigid, household)
    rules["after_rigid_below_line"] = lambda household: after_rigid_below_line(city, facts.rigid, household)
    return rules
