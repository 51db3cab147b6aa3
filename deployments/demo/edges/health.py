"""Edges of catastrophic_illness, major_disease, uninsured_member and earner_died."""

from __future__ import annotations

from deployments.demo.calendar import YEAR_AGO, day
from deployments.demo.edges.home import Home, family, head
from deployments.demo.edges.numbers import renumbered
from deployments.demo.edges.planting import Planting
from deployments.demo.world import numbers
from deployments.demo.world.families import FATHER, MALE, SON
from deployments.demo.world.population import ABSENT, ENDED, MARGINAL, NO_LABOUR, SUSPENDED

ILL, LISTED, UNINSURED, EARNER = "catastrophic_illness", "major_disease", "uninsured_member", "earner_died"
SETTLED = {
    "care_type": "住院", "total_cost": "900", "pooled_paid": "500", "major_illness_paid": "0",
    "medical_aid_paid": "0", "out_of_pocket": "400",
}  # fmt: skip


def plant(planting: Planting) -> None:
    """All edges of health."""
    _cutoffs(planting)
    _whose_bills(planting)
    _held_bills(planting)
    _listed(planting)
    _insured(planting)
    _earner(planting)


def _cutoffs(planting: Planting) -> None:
    watched = {"class": MARGINAL, "since": 202002, "risk": 1}
    for changes, own, status, why in (
        ({"is_poor": 1}, 500_000, "at_risk", "5,000 in a lifted household"),
        ({"is_poor": 1}, 499_999, "clear", "4,999.99 in a lifted household"),
        ({"is_poor": 1}, 500_001, "at_risk", "5,000.01 in a lifted household"),
        ({}, 2_000_000, "clear", "20,000 in another household: more than that is asked"),
        ({}, 2_000_001, "at_risk", "20,000.01 in another household"),
        ({}, 1_999_999, "clear", "19,999.99 in another household"),
        (watched | {"removed": 0}, 500_000, "at_risk", "5,000 in a monitored household"),
        (watched | {"removed": -1}, 500_000, "at_risk", "5,000 in a monitored household, removal not stated"),
        (
            watched | {"removed": 1},
            500_000,
            "clear",
            "5,000 where the risk was removed: as any other household",
        ),
    ):
        home = family(planting, **changes)
        home.bill(head(home), own)
        planting.expect(home, ILL, status, why)


def _whose_bills(planting: Planting) -> None:
    home = family(planting, is_poor=1)
    home.bill(head(home), 300_000)
    home.bill(head(home) + 1, 300_000)
    planting.expect(home, ILL, "clear", "two members with 3,000 each: no one has 5,000")
    home = family(planting, is_poor=1)
    home.bill(head(home), 300_000)
    home.bill(head(home), 200_000)
    planting.expect(home, ILL, "at_risk", "one member with 3,000 and 2,000")
    home = family(planting, is_poor=1)
    home.bill(head(home) + 1, 800_000, day(2019, 12, 3))
    home.dies(head(home) + 1, day(2019, 12, 28))
    planting.expect(home, ILL, "clear", "8,000 of a member who has died")
    home = family(planting, is_poor=1)
    bill = home.bill(head(home), 600_000, day(2020, 2, 4))
    home.reversal(head(home), bill, 100_001, day(2020, 3, 1))
    planting.expect(home, ILL, "clear", "6,000 less 1,000.01 taken back")
    home = family(planting, is_poor=1)
    home.bill(head(home), 600_000, YEAR_AGO)
    planting.expect(home, ILL, "clear", "a bill of 30 June 2019, outside the twelve months")
    home = family(planting, is_poor=1)
    home.bill(head(home), 600_000, YEAR_AGO + 1)
    planting.expect(home, ILL, "at_risk", "a bill of 1 July 2019, the first day inside")
    first, second = family(planting, is_poor=1), family(planting)
    shared = first.person(SON, MALE)
    planting.add("memberships", person=shared, household=second.index)
    first.bill(shared, 500_000)
    planting.expect(first, ILL, "at_risk", "5,000 of a person who stands in two households, this one lifted")
    planting.expect(
        second, ILL, "clear", "5,000 of a person who stands in two households, this one not lifted"
    )
    home = family(planting, is_poor=1)
    home.person(SON, MALE, day(2019, 9, 3), number_kind=3)
    planting.expect(home, ILL, "unknown", "a child without a number (无户口)")
    planting.expect(home, UNINSURED, "unknown", "a child without a number (无户口)")
    planting.expect(home, LISTED, "unknown", "a child without a number (无户口)")


def _held(home: Home, number: int, settled_on: str, kind: str = "fails_identity", **changes: str) -> None:
    cells = SETTLED | {
        "settlement_id": f"JSB{home.index:05d}{number}",
        "settled_on": settled_on,
        "total_cost": "950",
    }
    period = settled_on[:7].replace("-", "")
    home.planting.bad_row("settlements", max(period, "201907"), kind, cells | changes, person=head(home))


def _held_bills(planting: Planting) -> None:
    for own, settled_on, status, why in (
        (100_000, "2020-03-09", "unknown", "1,000 known and a held bill"),
        (600_000, "2020-03-09", "at_risk", "6,000 known; a held bill cannot lower it"),
        (
            100_000,
            "2019-06-15",
            "clear",
            "1,000 known; the held bill's readable date lies outside the window",
        ),
    ):
        home = family(planting, is_poor=1)
        home.bill(head(home), own)
        _held(home, 1, settled_on)
        planting.expect(home, ILL, status, why, needs_dirt=True)
    home = family(planting, is_poor=1)
    home.bill(head(home), 100_000)
    _held(home, 1, "2020-04-14", "reversal_of_unknown", reverses_id="JSX999999999", total_cost="-900",
          pooled_paid="-500", out_of_pocket="-400")  # fmt: skip
    planting.expect(home, ILL, "unknown", "a reversal waits for its original", needs_dirt=True)
    home = family(planting, is_poor=1)
    home.bill(head(home), 600_000)
    in_place = {"replaces": "person_no", "outcome": "loaded_with_warning"}
    cells = {"id_number": f"{numbers.PLANTED_COUNTY / 100_000}E+17"}
    planting.bad_row("members", "202006", "number_damaged", cells, person=head(home), **in_place)
    planting.expect(home, ILL, "at_risk", "a number damaged in June is kept from May", needs_dirt=True)
    home = family(planting, is_poor=1)
    cells = {"id_number": "无户口"}
    planting.bad_row("members", "202006", "no_number_any_more", cells, person=head(home) + 1, **in_place)
    planting.expect(home, ILL, "unknown", "the cell states that there is no number", needs_dirt=True)


def _listed(planting: Planting) -> None:
    for diagnosed, status, why in (
        (YEAR_AGO, "clear", "diagnosed on 30 June 2019"),
        (YEAR_AGO + 1, "at_risk", "diagnosed on 1 July 2019"),
        (day(2020, 5, 20), "at_risk", "diagnosed in May"),
    ):
        home = family(planting)
        planting.add("major_diseases", person=head(home), disease=2, diagnosed=diagnosed)
        planting.expect(home, LISTED, status, why)
    home = family(planting)
    planting.add("major_diseases", person=head(home) + 1, disease=1, diagnosed=day(2020, 1, 7))
    home.dies(head(home) + 1, day(2020, 2, 9))
    planting.expect(home, LISTED, "clear", "the member on the list has died")
    home = family(planting)
    cells = {"disease": "胃癌", "diagnosed_on": "2020-02-30"}
    planting.bad_row("major_diseases", "202006", "impossible_date", cells, person=head(home))
    planting.expect(home, LISTED, "unknown", "on the list with a day that there is not", needs_dirt=True)


def _insured(planting: Planting) -> None:
    for status_2020, status, why in (
        (ABSENT, "at_risk", "no row of 2020"),
        (SUSPENDED, "at_risk", "insurance suspended"),
        (ENDED, "at_risk", "insurance ended"),
    ):
        home = family(planting)
        home.person(SON, MALE, insured_2020=status_2020)
        planting.expect(home, UNINSURED, status, why)
    home = family(planting)
    home.person(SON, MALE, day(2020, 5, 20), home0=-1, home1=-1, insured_2020=ABSENT, insured_2019=ABSENT)
    planting.expect(home, UNINSURED, "at_risk", "a newborn, to be verified")
    home = family(planting)
    home.dies(
        home.person(FATHER, MALE, day(1941, 2, 2), insured_2020=ABSENT, labour=NO_LABOUR), day(2020, 1, 5)
    )
    planting.expect(home, UNINSURED, "clear", "the uninsured member has died")
    home = family(planting)
    home.person(SON, MALE, insured_2020=ABSENT)
    cells = {"scheme": "城乡居民", "year": "2020", "status": "参保"}
    planting.bad_row("insurance", "202006", "unknown_code", cells, person=head(home) + 2)
    planting.expect(home, UNINSURED, "unknown", "the row of the one who is missing is held", needs_dirt=True)


def _earner(planting: Planting) -> None:
    for birth, died, status, why in (
        (day(1960, 2, 11), day(2020, 2, 10), "at_risk", "died on the day before his 60th birthday"),
        (day(1960, 2, 10), day(2020, 2, 10), "clear", "died on his 60th birthday"),
        (day(2004, 2, 10), day(2020, 2, 10), "at_risk", "died on his 16th birthday"),
        (day(2004, 2, 11), day(2020, 2, 10), "clear", "died on the day before his 16th birthday"),
        (day(1971, 5, 5), YEAR_AGO, "clear", "died on 30 June 2019"),
        (day(1971, 5, 6), YEAR_AGO + 1, "at_risk", "died on 1 July 2019"),
    ):
        home = family(planting)
        home.dies(home.person(SON, MALE, birth), died)
        planting.expect(home, EARNER, status, why)
    home = family(planting)
    left = home.person(SON, MALE, home1=-1, home2=-1)
    home.dies(left, day(2020, 4, 20))
    planting.expect(
        home, EARNER, "at_risk", "the dead man is no longer in the register; April's list has him"
    )
    for birth, status, why in (
        (day(1975, 3, 4), "unknown", "a held death of a man of 45"),
        (day(1938, 3, 4), "clear", "a held death of a man of 82, in a household of old people"),
    ):
        home = family(planting) if status == "unknown" else _old_couple(planting)
        who = home.person(FATHER, MALE, birth, labour=NO_LABOUR)
        planting.bad_row("deaths", "202003", "impossible_date", {"died_on": "2020-03-32"}, person=who)
        planting.expect(home, EARNER, status, why, needs_dirt=True)


def _old_couple(planting: Planting) -> Home:
    home = family(planting)
    for place in range(2):
        person = planting.people[head(home) + place]
        birth = day(1940, 1, 1) + head(home) + place
        person |= {"birth": birth, "labour": NO_LABOUR, "months_worked": 0}
        person["number"] = renumbered(person["number"], birth)
    return home
