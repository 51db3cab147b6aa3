"""The policy landing table: the city's 2020 reply letter, rebuilt from the feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .measures import City
from .periods import first_of
from .resolution import usable_state

START = date(2020, 1, 1)  # "Period 2020-01-01 to D unless said"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LandingRow:
    households: int | None = None
    persons: int | None = None
    visits: int | None = None
    amount: Decimal | None = None


def registered_persons(city: City) -> set[str]:
    """ "members, living or dead, of a 脱贫户 in any register snapshot usable in the period"."""
    members, households = city.town.states["members"], city.town.states["households"]
    firsts = {state.source.period.first for state in (*members, *households)}
    registered: set[str] = set()
    for day in sorted({START} | {first for first in firsts if START < first <= city.day}):
        people, register = usable_state(members, day), usable_state(households, day)
        if people is None or register is None or city.day < START:
            continue
        lifted = {key[0] for key, row in register.rows.items() if row and row.household_type == "脱贫户"}
        for row in people.rows.values():
            if row is not None and row.id_number and row.household_id in lifted:
                registered.add(row.id_number)
    return registered


def is_in_period(city: City, day: date) -> bool:
    return START <= day <= city.day


def persons_and_amount(rows: Iterable[Any], number: Callable[[Any], str]) -> LandingRow:
    rows = list(rows)
    return LandingRow(persons=len({number(row) for row in rows}), amount=total(rows))


def total(rows: Iterable[Any]) -> Decimal:
    return sum((row.amount for row in rows), ZERO)


def own_number(row: Any) -> str:
    return row.id_number


def grants_out_of_county(city: City) -> LandingRow:
    """ "programme 教育扶贫资金, out of county: persons, amount"."""
    rows = city.town.events["grants"].rows.values()
    rows = [row for row in rows if row.programme == "教育扶贫资金" and row.is_out_of_county]
    return persons_and_amount([row for row in rows if is_in_period(city, row.paid_on)], own_number)


def grants_term(city: City) -> LandingRow:
    """ "term 2020春, programme 家庭经济困难学生资助: persons, amount" (the term is its period)."""
    rows = city.town.events["grants"].rows.values()
    rows = [row for row in rows if row.programme == "家庭经济困难学生资助" and row.term == date(2020, 2, 1)]
    return persons_and_amount([row for row in rows if row.paid_on <= city.day], own_number)


def settlement_row(city: City, column: str, registered: set[str]) -> LandingRow:
    """ "人次 = originals dated in the period whose field, net of all reversals dated ≤ D, is > 0, and the
    amount is the sum of those nets"."""
    rows = city.town.events["settlements"].rows.values()
    reversed_by: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.reverses_id and row.settled_on <= city.day:
            reversed_by[row.reverses_id] += getattr(row, column) or ZERO
    nets = []
    for row in rows:
        if not row.reverses_id and is_in_period(city, row.settled_on) and row.id_number in registered:
            net = (getattr(row, column) or ZERO) + reversed_by.get(row.settlement_id, ZERO)
            nets.append(net)
    paid = [net for net in nets if net > 0]
    return LandingRow(visits=len(paid), amount=sum(paid, ZERO))


def checkups(city: City, registered: set[str]) -> LandingRow:
    rows = city.town.events["checkups"].rows.values()
    rows = [row for row in rows if is_in_period(city, row.examined_on) and row.id_number in registered]
    return LandingRow(persons=len({row.id_number for row in rows}))


def water_works(city: City) -> LandingRow:
    """ "projects with built_year 2020: investment (each project once), people served (`persons`)"."""
    state = usable_state(city.town.states["projects"], city.day)
    rows = [row for row in (state.rows.values() if state else ()) if row and row.built_year == 2020]
    investments = {row.project_id: row.investment or ZERO for row in rows}
    people = sum(row.people_served or 0 for row in rows)
    return LandingRow(persons=people, amount=sum(investments.values(), ZERO))


def paid_in_period(city: City, feed: str, registered: set[str], number: Callable[[Any], str]) -> list[Any]:
    rows = city.town.events[feed].rows.values()
    rows = [row for row in rows if is_in_period(city, first_of(row.paid_month))]
    return [row for row in rows if number(row) in registered]


def allowances(city: City, registered: set[str]) -> LandingRow:
    """ "户 = distinct register households"; a person in two "once in city figures (under the smaller
    number)"."""
    rows = paid_in_period(city, "allowances", registered, own_number)
    households = set()
    for row in rows:
        homes = city.town.who.households_at(row.id_number, first_of(row.paid_month))
        households.update(homes[:1])
    counted = persons_and_amount(rows, own_number)
    return LandingRow(len(households), counted.persons, None, counted.amount)


def relief(city: City, registered: set[str]) -> LandingRow:
    """ "registered: payments (`visits`), amount"."""
    rows = city.town.events["relief"].rows.values()
    rows = [row for row in rows if is_in_period(city, row.paid_on) and row.id_number in registered]
    return LandingRow(visits=len(rows), amount=total(rows))


def disability_subsidies(city: City, registered: set[str]) -> LandingRow:
    """ "E certificate unknown (across)": such a row "joins nothing"; silent where the list never came."""
    rows = paid_in_period(city, "disability_subsidies", registered, lambda row: row.certificate_no[:18])
    lists = city.town.states["disability"]
    known = {key[0][:20] for state in lists for key in state.rows}  # "22 (20 + two more for a reissue)"
    rows = [row for row in rows if not lists or row.certificate_no[:20] in known]
    return persons_and_amount(rows, lambda row: row.certificate_no[:18])


def landing_table(city: City) -> dict[str, LandingRow]:
    registered = registered_persons(city)
    destitute = paid_in_period(city, "destitute", registered, own_number)
    return {
        "grants_out_of_county": grants_out_of_county(city),
        "grants_term": grants_term(city),
        "deductible_waived": settlement_row(city, "deductible_waived", registered),
        "copay_waived": settlement_row(city, "copay_waived", registered),
        "chronic_covered": settlement_row(city, "chronic_covered", registered),
        "checkups": checkups(city, registered),
        "water_works": water_works(city),
        "allowances": allowances(city, registered),
        "destitute": persons_and_amount(destitute, own_number),
        "relief": relief(city, registered),
        "disability_subsidies": disability_subsidies(city, registered),
    }
