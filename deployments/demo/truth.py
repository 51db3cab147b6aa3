"""Who is truly at risk in the world behind the files, by eight rules, before thinning and dirt.

A night may answer unknown where this list has a household, never clear; and never at_risk where it has none.
"""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import LAST_AUGUST, TODAY, YEAR_AGO, age, month_after
from deployments.demo.world import disability, population, schooling, supply
from deployments.demo.world.incomes import LINE_CENTS, net_income
from deployments.demo.world.population import FIRST_HOUSEHOLD
from deployments.demo.world.tables import Table, size, sums
from deployments.demo.world.world import World

POOR_CENTS, OTHER_CENTS = 500_000, 2_000_000
MOST_OUTAGE_DAYS = 36


def at_risk(world: World) -> list[tuple[str, str]]:
    """(household number, indicator), in order."""
    here = world.households["last"] == 2
    found = []
    for indicator, is_at_risk in {
        "catastrophic_illness": _ill(world),
        "income_below_line": _below_line(world),
        "new_severe_disability": _of_persons(world, _newly_severe(world)),
        "newly_on_allowance": _of_persons(world, _newly_paid(world)),
        "school_dropout": _of_persons(world, _dropped_out(world)),
        "uninsured_member": _of_persons(world, _uninsured(world)),
        "unsafe_dwelling": world.households["grade"] >= 2,
        "unsafe_water": _unsafe_water(world),
    }.items():
        homes = np.flatnonzero(is_at_risk & here)
        found += [(str(FIRST_HOUSEHOLD + int(home)), indicator) for home in homes]
    return sorted(found)


def _of_persons(world: World, is_so: np.ndarray) -> np.ndarray:
    """Households with a living member of whom it is so, in the latest snapshot."""
    found = np.zeros(size(world.households), dtype=bool)
    for person, home in _memberships(world):
        found[home[is_so[person] & (world.persons["died"][person] == 0)]] = True
    return found


def _memberships(world: World) -> list[tuple[np.ndarray, np.ndarray]]:
    home = world.persons["home2"]
    second = world.tables["memberships"]
    member = np.flatnonzero(home >= 0)
    return [(member, home[member]), (second["person"], second["household"])]


def _below_line(world: World) -> np.ndarray:
    table = world.tables["incomes"]
    below = (table["year"] == 2019) & (net_income(table) < LINE_CENTS * table["persons"].astype(np.int64))
    found = np.zeros(size(world.households), dtype=bool)
    found[table["household"][below]] = True
    return found


def _ill(world: World) -> np.ndarray:
    bills, homes = world.tables["settlements"], world.households
    when = np.where(bills["reverses"] >= 0, bills["day"][np.maximum(bills["reverses"], 0)], bills["day"])
    inside = (when > YEAR_AGO) & (when <= TODAY)
    borne = sums(bills["person"][inside], bills["own"][inside], size(world.persons))
    is_poor = (homes["is_poor"] == 1) | ((homes["class"] > 0) & (homes["removed"] != 1))
    poor = _of_persons(world, borne >= POOR_CENTS) & is_poor
    return poor | (_of_persons(world, borne > OTHER_CENTS) & ~is_poor)


def _uninsured(world: World) -> np.ndarray:
    return (world.persons["insured_2020"] != population.INSURED) & (world.persons["number_kind"] == 0)


def _newly_severe(world: World) -> np.ndarray:
    table = world.tables["certificates"]
    mind = np.isin(table["type"], (disability.INTELLECTUAL, disability.MENTAL))
    severe = (table["grade"] <= 2) | ((table["grade"] == 3) & mind)
    new = (table["issued"] > YEAR_AGO) & (table["issued"] <= TODAY) & (table["status"] == disability.VALID)
    return _marked(world, table["person"][severe & new])


def _newly_paid(world: World) -> np.ndarray:
    last = 202005
    recent, before = np.zeros((2, size(world.persons)), dtype=bool)
    for name in ("allowances", "destitute"):
        table = world.tables[name]
        paid = table["amount"] > 0
        is_recent = table["month"] >= month_after(last, -2)
        recent[table["person"][paid & is_recent]] = True
        before[table["person"][paid & ~is_recent & (table["month"] >= month_after(last, -11))]] = True
    return recent & ~before


def _dropped_out(world: World) -> np.ndarray:
    persons, listed, enrolled = world.persons, world.tables["dropouts"], world.tables["enrolments"]
    out = _marked(world, listed["person"][listed["is_back"] == 0])
    seen_in_spring = _marked(world, enrolled["person"][enrolled["term"] == schooling.SPRING])
    latest = (enrolled["term"] == schooling.SPRING) | ~seen_in_spring[enrolled["person"]]
    left = _marked(world, enrolled["person"][latest & (enrolled["status"] == schooling.LEFT)])
    stays = latest & np.isin(enrolled["status"], (schooling.STUDYING, schooling.SUSPENDED))
    out |= left & ~_marked(world, enrolled["person"][stays])
    years_in_august = age(np.minimum(persons["birth"], LAST_AUGUST), LAST_AUGUST)
    of_age = (years_in_august >= 6) & (age(persons["birth"]) <= 15)
    return out & of_age & (persons["number_kind"] == 0)


def _marked(world: World, who: np.ndarray) -> np.ndarray:
    found = np.zeros(size(world.persons), dtype=bool)
    found[who] = True
    return found


def _unsafe_water(world: World) -> np.ndarray:
    homes = world.households
    found = _unsafe_access(world.tables["access"], size(homes))
    villages = np.zeros(len(world.places.codes), dtype=bool)
    works, tests = world.tables["works"], world.tables["tests"]
    villages[works["village"][np.isin(works["works"], _failing(tests))]] = True
    for village, days in _days_out(world.tables["outages"]).items():
        villages[village] |= len(days) > MOST_OUTAGE_DAYS
    return found | villages[homes["village"]]


def _unsafe_access(table: Table, households: int) -> np.ndarray:
    empty = supply.EMPTY
    least = np.where(table["scarce"] == 0, 350, 200)
    thirsty = (table["litres"] != empty) & (table["litres"] < least)
    far = (table["minutes"] == empty) & ((table["distance"] > 800) | (table["climb"] > 80))
    carried = (table["mode"] != supply.PIPED) & (table["mode"] != empty) & ((table["minutes"] > 200) | far)
    found = np.zeros(households, dtype=bool)
    found[table["household"][thirsty | carried | (table["quality"] == supply.BAD)]] = True
    return found


def _failing(tests: Table) -> np.ndarray:
    """Works with a bad sample on their last sampling day in the window."""
    inside = (tests["sampled"] > YEAR_AGO) & (tests["sampled"] <= TODAY)
    works, sampled = tests["works"][inside], tests["sampled"][inside]
    last = np.zeros(int(tests["works"].max()) + 1, dtype=np.int64)
    np.maximum.at(last, works, sampled)
    bad = (sampled == last[works]) & (tests["conclusion"][inside] == supply.BAD)
    return np.unique(works[bad])


def _days_out(outages: Table) -> dict[int, set[int]]:
    """The days in (D - 365, D] without water, by village."""
    found: dict[int, set[int]] = {}
    for village, began, ended in zip(
        *(outages[name].tolist() for name in ("village", "began", "ended")), strict=True
    ):
        days = range(max(began, TODAY - 364), min(ended or TODAY, TODAY) + 1)
        found.setdefault(village, set()).update(days)
    return found
