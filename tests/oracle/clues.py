"""Clues of a first night: which households have one, for what reasons, the class suggested and what it asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from .measures import City
from .rules import AT_RISK, CLEAR, UNKNOWN, Signal
from .water import FAILS, Water, quantity, reach

SUDDEN = ("income_collapse", "rigid_exceeds_income", "after_rigid_below_line", "catastrophic_illness")
LINE_ALONE_UNTIL = date(2021, 5, 13)
TO_VERIFY = {"uninsured_member"}
BELOW_LINE = {"脱贫户": "脱贫不稳定户", "一般农户": "边缘易致贫户"}

Signals = dict[tuple[str, str], Signal]


@dataclass(frozen=True)
class Clue:
    reasons: tuple[str, ...]
    suggested_class: str | None
    asks_for: str


def first_clues(city: City, signals: Signals, indicators: Collection[str]) -> dict[str, Clue]:
    """ "A household with at least one at_risk signal, or a report, has one clue"."""
    water, reported = Water(city), open_reports(city)
    found = {}
    for household, record in city.town.register.items():
        status = {name: signals[household, name].status for name in indicators}
        reasons = tuple(name for name in sorted(indicators) if status[name] == AT_RISK)
        if reasons or household in reported:
            asks_for = "visit" if household in reported else asks(water, household, set(reasons))
            found[household] = Clue(reasons, suggested_class(city.day, record, status), asks_for)
    return found


def open_reports(city: City) -> set[str]:
    """A report counts until a visit on its day or later."""
    visited: dict[str, date] = defaultdict(lambda: date.min)
    for row in city.town.events["visits"].rows.values():
        if row.visited_on <= city.day:
            visited[row.household_id] = max(visited[row.household_id], row.visited_on)
    rows = city.town.events["reports"].rows.values()
    return {r.household_id for r in rows if visited[r.household_id] < r.reported_on <= city.day}


def suggested_class(day: date, record: Any, status: dict[str, str]) -> str | None:
    """ "the first that fits"."""
    if record is None:
        return None
    if record.monitored_class and record.is_risk_removed is not True:
        return "持续监测"
    line = status["income_below_line"]
    others = {name for name, answer in status.items() if answer == AT_RISK}
    others -= {"income_below_line", "after_rigid_below_line"}
    if line == AT_RISK and (day <= LINE_ALONE_UNTIL or others):
        return BELOW_LINE[record.household_type]
    if line == CLEAR and any(status.get(name) == AT_RISK for name in SUDDEN):
        return "突发严重困难户"
    return None if line == UNKNOWN else "关注"


def asks(water: Water, household: str, reasons: set[str]) -> str:
    """ "a telephone call where its only reasons are shown as "to verify"; or, where its only reasons come from the
    village (a failed test, an outage), one look at the village's works"."""
    if reasons <= TO_VERIFY:
        return "call"
    of_village = {"long_outage"} | ({"unsafe_water"} if is_water_of_village(water, household) else set())
    return "works" if reasons <= of_village else "visit"


def is_water_of_village(water: Water, household: str) -> bool:
    """Whether nothing of the household's own row fails."""
    row = water.access.get((household,))
    return FAILS not in (quantity(row), reach(row)) and not (row and row.quality == "不合格")
