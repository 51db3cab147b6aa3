"""Edges of unsafe_water and long_outage."""

from __future__ import annotations

from deployments.demo.calendar import YEAR_AGO, day
from deployments.demo.edges.home import Home, family
from deployments.demo.edges.planting import Planting
from deployments.demo.world.supply import BAD, GOOD, OTHER_MODE, STANDPIPE, UNTESTED, WELL

WATER, OUTAGE = "unsafe_water", "long_outage"
GOOD_DAY = day(2020, 5, 12)
EMPTY = -1


def plant(planting: Planting) -> None:
    """All edges of water."""
    _quantity(planting)
    _access(planting)
    _quality(planting)
    _quality_of_works(planting)
    _reliability(planting)
    _long(planting)
    _held(planting)


def _asked(planting: Planting, village: int | None = None, **access: int) -> Home:
    """A family with this access to water."""
    home = family(planting, village, is_asked=0)
    home.income(2018, 1_200_000)
    home.income(2019, 1_200_000)
    home.access(**access)
    return home


def _quantity(planting: Planting) -> None:
    for litres, scarce, status, why in (
        (350, 0, "clear", "35 litres"),
        (349, 0, "at_risk", "34.9 litres"),
        (349, 1, "clear", "34.9 litres where water is scarce"),
        (200, 1, "clear", "20 litres where water is scarce"),
        (199, 1, "at_risk", "19.9 litres where water is scarce"),
        (349, EMPTY, "unknown", "34.9 litres, scarcity not stated"),
        (200, EMPTY, "unknown", "20 litres, scarcity not stated"),
        (350, EMPTY, "clear", "35 litres, scarcity not stated"),
        (199, EMPTY, "at_risk", "19.9 litres, scarcity not stated"),
        (EMPTY, 0, "unknown", "litres not stated"),
    ):
        planting.expect(_asked(planting, litres=litres, scarce=scarce), WATER, status, why)


def _access(planting: Planting) -> None:
    for mode, minutes, distance, climb, status, why in (
        (STANDPIPE, 200, EMPTY, EMPTY, "clear", "20 minutes"),
        (STANDPIPE, 210, EMPTY, EMPTY, "at_risk", "21 minutes"),
        (WELL, 201, 10, 1, "at_risk", "20.1 minutes, however near"),
        (WELL, EMPTY, 800, 80, "clear", "800 m and 80 m, minutes not stated"),
        (WELL, EMPTY, 801, 80, "at_risk", "801 m"),
        (OTHER_MODE, EMPTY, 100, 81, "at_risk", "81 m of climb"),
        (OTHER_MODE, EMPTY, 801, EMPTY, "at_risk", "801 m, climb not stated"),
        (OTHER_MODE, EMPTY, EMPTY, 50, "unknown", "distance not stated, 50 m of climb"),
        (OTHER_MODE, EMPTY, 100, EMPTY, "unknown", "100 m, climb not stated"),
        (EMPTY, 100, EMPTY, EMPTY, "clear", "10 minutes, mode not stated"),
        (EMPTY, 250, EMPTY, EMPTY, "unknown", "25 minutes, mode not stated"),
        (EMPTY, EMPTY, EMPTY, EMPTY, "unknown", "neither mode nor minutes nor distances"),
    ):
        home = _asked(planting, mode=mode, minutes=minutes, distance=distance, climb=climb)
        planting.expect(home, WATER, status, why)


def _quality(planting: Planting) -> None:
    planting.expect(_asked(planting, quality=BAD), WATER, "at_risk", "the row says 不合格")
    planting.expect(_asked(planting, quality=UNTESTED), WATER, "clear", "未检, but the works' tests are good")
    planting.expect(_asked(planting, quality=EMPTY), WATER, "clear", "no word, but the works' tests are good")
    home = family(planting, is_asked=0)
    planting.expect(home, WATER, "unknown", "no row of access")


def _village(planting: Planting, *tests: tuple[int, int]) -> int:
    """A village with one works and these samples."""
    village = planting.village()
    works = planting.new_works(village)
    for sampled, conclusion in tests:
        planting.test(works, sampled, conclusion)
    return village


def _quality_of_works(planting: Planting) -> None:
    failing = _village(planting, (day(2020, 3, 5), GOOD), (GOOD_DAY, BAD))
    planting.expect(_asked(planting, failing), WATER, "at_risk", "合格 by the row, but the last test failed")
    home = family(planting, failing, is_asked=0)
    planting.expect(home, WATER, "at_risk", "no row of access, but the last test failed")
    for tests, quality, status, why in (
        (((day(2020, 3, 5), BAD), (GOOD_DAY, GOOD)), UNTESTED, "clear", "failed, then passed"),
        (
            ((GOOD_DAY, GOOD), (GOOD_DAY, BAD)),
            GOOD,
            "at_risk",
            "two samples on the last day, one of them bad",
        ),
        (((YEAR_AGO, BAD),), GOOD, "clear", "failed on 30 June 2019, outside the window; the row says 合格"),
        (((YEAR_AGO, GOOD),), UNTESTED, "unknown", "last tested on 30 June 2019, outside the window"),
        (((YEAR_AGO + 1, BAD),), GOOD, "at_risk", "failed on 1 July 2019 and never tested again"),
        ((), GOOD, "clear", "never tested; the row says 合格"),
        ((), UNTESTED, "unknown", "never tested and 未检"),
    ):
        home = _asked(planting, _village(planting, *tests), quality=quality)
        planting.expect(home, WATER, status, why)
    village = planting.village()
    planting.test(planting.new_works(village), GOOD_DAY)
    planting.test(planting.new_works(village), GOOD_DAY, BAD)
    planting.expect(_asked(planting, village), WATER, "at_risk", "one of the two works failed")


def _out(planting: Planting, *spells: tuple[int, int]) -> Home:
    """A family in a village without water in these spells."""
    village = planting.village()
    works = planting.new_works(village)
    planting.test(works, GOOD_DAY)
    for began, ended in spells:
        planting.outage(works, village, began, ended, told=max(began, day(2019, 6, 1)))
    return _asked(planting, village)


def _reliability(planting: Planting) -> None:
    first = day(2019, 10, 3)
    for spells, status, why in (
        (((first, first + 17), (first + 60, first + 77)), "clear", "36 days in two spells"),
        (((first, first + 17), (first + 60, first + 78)), "at_risk", "37 days in two spells"),
        (((first, first + 19), (first + 16, first + 35)), "clear", "two overlapping spells, 36 days"),
        (((first, first + 19), (first + 16, first + 36)), "at_risk", "two overlapping spells, 37 days"),
        (((day(2019, 6, 20), day(2019, 8, 6)),), "clear", "36 days of the spell lie inside the 365"),
        (((day(2019, 6, 20), day(2019, 8, 7)),), "at_risk", "37 days of the spell lie inside the 365"),
        (((day(2020, 5, 26), 0),), "clear", "still out since 26 May: 36 days"),
        (((day(2020, 5, 25), 0),), "at_risk", "still out since 25 May: 37 days"),
    ):
        planting.expect(_out(planting, *spells), WATER, status, why)


def _long(planting: Planting) -> None:
    first = day(2019, 11, 4)
    for spells, status, why in (
        (((first, first + 29),), "clear", "30 days"),
        (((first, first + 30),), "at_risk", "31 days"),
        (
            ((first, first + 14), (first + 15, first + 30)),
            "at_risk",
            "two spells that follow on are one of 31 days",
        ),
        (((first, first + 14), (first + 16, first + 31)), "clear", "a day with water between the spells"),
        (((day(2019, 5, 22), YEAR_AGO),), "clear", "40 days that ended on 30 June 2019"),
        (((day(2019, 5, 23), YEAR_AGO + 1),), "at_risk", "40 days of which the last is 1 July 2019"),
    ):
        planting.expect(_out(planting, *spells), OUTAGE, status, why)


def _held(planting: Planting) -> None:
    home = _out(planting, (day(2019, 10, 3), day(2019, 10, 9)))
    village, works = planting.homes[home.index]["village"], planting.works - 1
    cells = {"outage_id": f"TSB{village:04d}", "began_on": "2020-04-20", "ended_on": "2020-04-10"}
    planting.bad_row("outages", "202004", "ends_before_it_begins", cells, village=village, works=works)
    planting.expect(home, WATER, "unknown", "a held outage of the village", needs_dirt=True)
    planting.expect(home, OUTAGE, "unknown", "a held outage of the village", needs_dirt=True)
    home = _asked(planting, _village(planting, (GOOD_DAY, GOOD)))
    cells = {"sample_id": f"YPB{planting.works:04d}", "sampled_on": "2020-05-20", "conclusion": "基本合格"}
    planting.bad_row("quality_tests", "202005", "unknown_code", cells, works=planting.works - 1)
    planting.expect(home, WATER, "unknown", "a held test of the works", needs_dirt=True)
