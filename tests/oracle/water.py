"""Water: outages of a village, tests of the works that serve it, and a household's own row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .contract import FEEDS
from .files import Source
from .measures import Bounds, City
from .periods import ONE_DAY, last_of, month_of, months_between
from .rows import Held

FAILS, PASSES, UNKNOWN = "fails", "passes", "unknown"
assert FEEDS["outages"].key == ("outage_id",)


@dataclass(frozen=True, slots=True)
class Outage:
    """Days without water: surely until one day, possibly until another."""

    began: date
    surely: date
    possibly: date


class Water:
    def __init__(self, city: City) -> None:
        self.city = city
        self.day = city.day
        self.outages = self._outages()
        self.serving, self.last_tests = self._serving(), self._last_tests()
        access = city.town.current("access")
        self.access = access.rows if access else {}
        self._days: dict[str, Bounds] = {}

    # --- reliability

    def _outages(self) -> dict[str, list[Outage]]:
        found: dict[str, list[Outage]] = defaultdict(list)
        events = self.city.town.events["outages"]
        for key, row in events.rows.items():
            if row.began_on > self.day:
                continue
            if row.ended_on:
                until = min(row.ended_on, self.day)
                outage = Outage(row.began_on, until, until)
            else:
                outage = Outage(row.began_on, self._surely_until(events.told_by[key]), self.day)
            found[row.village_code].append(outage)
        return found

    def _surely_until(self, told_by: Source) -> date:
        """ "an open outage runs to D (with a month missing after the file that told of it ...: surely to the
        end of the month before the first such)"."""
        period = told_by.period
        after = month_of(period.last) + (0 if period.span == "day" else 1)
        missing = self.city.coverage.missing_months("outages", range(after, month_of(self.day) + 1))
        if not missing:
            return self.day
        return min(max(last_of(missing[0] - 1), period.last), self.day)

    def held_outage(self, household: str, after: date) -> bool:
        def concerns(held: Held) -> bool:
            began, ended = held.readable("began_on"), held.readable("ended_on")
            return not (began and began > self.day) and not (ended and ended <= after)

        return bool(self.city.gaps("outages").of_household(household, concerns))

    def outage_days(self, household: str) -> Bounds:
        """ "distinct days in (D − 365, D] on which the household's village was without water"."""
        village = self.city.town.village_of(household)
        if village is None:
            return Bounds(Decimal(0), None, "village unknown")
        after = self.day - timedelta(days=365)
        if village not in self._days:
            self._days[village] = self._count_days(self.outages.get(village, []), after)
        bounds = self._days[village]
        if bounds.upper is not None and self.held_outage(household, after):
            return Bounds(bounds.lower, None, "outages row held")
        return bounds

    def _count_days(self, outages: list[Outage], after: date) -> Bounds:
        surely: set[date] = set()
        possibly: set[date] = set()
        for outage in outages:
            day = max(outage.began, after + ONE_DAY)
            while day <= outage.possibly:
                possibly.add(day)
                if day <= outage.surely:
                    surely.add(day)
                day += ONE_DAY
        why = self.city.missing_months("outages", after)
        if not why and len(surely) < len(possibly):
            why = "an open outage, and a month after its file missing"
        missing = self.city.coverage.missing_months("outages", months_between(after, self.day))
        return Bounds(Decimal(len(surely)), None if missing else Decimal(len(possibly)), why)

    # --- quality

    def _serving(self) -> dict[str, set[str]] | None:
        state = self.city.town.current("projects")
        if state is None:
            return None
        serving: dict[str, set[str]] = defaultdict(set)
        for project, village in state.rows:
            serving[village].add(project)
        return serving

    def _last_tests(self) -> dict[str, tuple[date, bool]]:
        """By project its last sampling day in 12m, and whether a sample of that day failed."""
        last: dict[str, tuple[date, bool]] = {}
        for row in self.city.town.events["quality_tests"].rows.values():
            if not self.city.year_ago < row.sampled_on <= self.day:
                continue
            failed = row.conclusion == "不合格"
            before = last.get(row.project_id)
            if before is None or row.sampled_on > before[0]:
                last[row.project_id] = (row.sampled_on, failed)
            elif row.sampled_on == before[0]:
                last[row.project_id] = (row.sampled_on, failed or before[1])
        return last

    def works_quality(self, village: str | None) -> str:
        """ "fails when ... any project serving the village has a 不合格 on its last sampling day in 12m; ...
        passes ... when every serving project has a test in 12m and no required month after its last is
        missing"."""
        projects = self.serving.get(village, set()) if self.serving and village else set()
        tests = [self.last_tests.get(project) for project in projects]
        if any(test and test[1] for test in tests):
            return FAILS
        if not tests or None in tests:
            return UNKNOWN
        for test in tests:
            months = range(month_of(test[0]), month_of(self.day) + 1)
            if self.city.coverage.missing_months("quality_tests", months):
                return UNKNOWN
        return PASSES

    def held_quality(self, household: str) -> bool:
        """A held test that may be the last of its project, or a held row of another serving project."""

        def concerns(held: Held) -> bool:
            day = held.readable("sampled_on")
            if day is None:
                return True
            last = self.last_tests.get(held.readable_name("project_id"))
            return self.city.year_ago < day <= self.day and (last is None or day >= last[0])

        tests = self.city.gaps("quality_tests").of_household(household, concerns)
        state = self.city.town.current("projects")
        works = self.city.gaps("projects", state).now.get(household) if state else None
        return bool(tests or works)

    def quality(self, household: str, row: Any) -> str:
        works = self.works_quality(self.city.town.village_of(household))
        if works == FAILS or (row and row.quality == "不合格"):
            return FAILS
        if self.held_quality(household):
            return UNKNOWN
        return PASSES if works == PASSES or (row and row.quality == "合格") else UNKNOWN


def quantity(row: Any) -> str:
    """ "litres < 35 (< 20 where water is scarce ...; both empty and 20 ≤ litres < 35 → unknown)"."""
    if row is None or row.litres_per_person_day is None:
        return UNKNOWN
    litres = row.litres_per_person_day
    if row.is_water_scarce_area is None and 20 <= litres < 35:
        return UNKNOWN
    return FAILS if litres < (20 if row.is_water_scarce_area else 35) else PASSES


def reach(row: Any) -> str:
    """ "not piped and (minutes > 20, or minutes empty and distance > 800 m or climb > 80 m; ...)"."""
    if row is None:
        return UNKNOWN
    if row.mode == "入户":
        return PASSES
    if row.fetch_minutes is not None:
        is_far: bool | None = row.fetch_minutes > 20
    else:
        far = [None if m is None else m > most for m, most in ((row.distance_m, 800), (row.climb_m, 80))]
        is_far = True if True in far else None if None in far else False
    if is_far is None or (is_far and row.mode is None):
        return UNKNOWN  # "mode empty → unknown unless minutes or distances pass"
    return FAILS if is_far else PASSES
