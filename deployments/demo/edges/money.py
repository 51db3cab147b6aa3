"""Edges of income_below_line, income_collapse, rigid_exceeds_income and after_rigid_below_line."""

from __future__ import annotations

from deployments.demo.calendar import YEAR_AGO, day
from deployments.demo.edges.home import NOWHERE, QUIET_INCOME, Home, family, head, make_home
from deployments.demo.edges.planting import Planting
from deployments.demo.world.families import HEAD, MALE
from deployments.demo.world.schooling import UNIVERSITY

LINE, COLLAPSE, RIGID, AFTER = (
    "income_below_line",
    "income_collapse",
    "rigid_exceeds_income",
    "after_rigid_below_line",
)


def plant(planting: Planting) -> None:
    """All edges of money."""
    _line(planting)
    _line_unknown(planting)
    _collapse(planting)
    _rigid(planting)
    _rigid_whose(planting)
    _after_rigid(planting)


def _earning(
    planting: Planting, latest: dict[str, int], earlier: dict[str, int] | None = None, **changes: int
) -> Home:
    """A family with these incomes of 2019 and 2018."""
    home = family(planting, is_asked=0, **changes)
    home.access()
    home.income(2018, **({"per_head": QUIET_INCOME} | (earlier or {})))
    home.income(2019, **({"per_head": QUIET_INCOME} | latest))
    return home


def _line(planting: Planting) -> None:
    for per_head, status, why in (
        (599_999, "at_risk", "5,999.99 a head, one cent below the line of 6,000"),
        (600_000, "clear", "exactly 6,000 a head: the rule is strict"),
        (600_001, "clear", "6,000.01 a head"),
    ):
        for is_poor in (0, 1):
            home = _earning(planting, {"per_head": per_head}, is_poor=is_poor)
            planting.expect(home, LINE, status, why)
    home = _earning(planting, {"per_head": 0, "wage": 1_199_999})
    planting.expect(
        home, LINE, "at_risk", "11,999.99 for two, printed as 6,000.00 a head: compared without dividing"
    )
    home = _earning(planting, {"per_head": 0, "business": 900_000, "cost": 1_200_000})
    planting.expect(home, LINE, "at_risk", "a loss of 3,000")
    home = _earning(planting, {"per_head": 0, "persons": 3, "wage": 1_799_999})
    planting.expect(
        home, LINE, "at_risk", "17,999.99 for the three persons of that year, though two are members"
    )
    empty = make_home(planting)
    empty.person(HEAD, MALE, **NOWHERE)
    empty.income(2019, 500_000, persons=1)
    planting.expect(empty, LINE, "at_risk", "a household without members: the row's own persons count")


def _line_unknown(planting: Planting) -> None:
    home = family(planting, is_asked=0)
    home.access()
    home.income(2018, QUIET_INCOME)
    planting.expect(home, LINE, "unknown", "no row of 2019, though one of 2018")
    planting.expect(home, COLLAPSE, "unknown", "no row of 2019")
    home = family(planting, is_asked=0, is_poor=1)
    home.access()
    home.income(2018, QUIET_INCOME)
    home.income(2019, 550_000, listed=0)
    planting.expect(home, LINE, "unknown", "5,500 a head in truth; its row of 2019 is held", needs_dirt=True)
    cells = {
        "year": "2019", "persons": "2", "wage_income": "11000.005", "business_income": "0",
        "property_income": "0", "transfer_income": "0", "business_cost": "0", "net_income": "11000",
        "net_income_per_head": "5500",
    }  # fmt: skip
    planting.bad_row("incomes", "2019", "third_decimal", cells, household=home.index)


def _collapse(planting: Planting) -> None:
    for per_head, status, why in (
        (1_400_000, "at_risk", "20,000 to 14,000 a head: exactly 30 % lower"),
        (1_400_001, "clear", "20,000 to 14,000.01"),
        (1_399_999, "at_risk", "20,000 to 13,999.99"),
    ):
        home = _earning(planting, {"per_head": per_head}, {"per_head": 2_000_000})
        planting.expect(home, COLLAPSE, status, why)
    home = _earning(planting, {"per_head": 1_400_000}, {"per_head": 2_000_000, "persons": 3})
    planting.expect(home, COLLAPSE, "at_risk", "per head of three persons in 2018 and of two in 2019")
    for earlier, latest, status, why in (
        (100_000, 100_001, "at_risk", "the loss of 2018 grew by a cent"),
        (100_000, 99_999, "clear", "the loss of 2018 shrank by a cent"),
        (0, 0, "clear", "nothing in both years: not lower"),
    ):
        home = _earning(planting, {"per_head": 0, "cost": latest}, {"per_head": 0, "cost": earlier})
        planting.expect(home, COLLAPSE, status, why)
    home = family(planting, is_asked=0)
    home.access()
    home.income(2019, QUIET_INCOME)
    planting.expect(home, COLLAPSE, "unknown", "no row of 2018")


def _rigid(planting: Planting) -> None:
    for second, status, why in (
        (1_200_000, "clear", "24,000 borne, 24,000 earned"),
        (1_200_001, "at_risk", "24,000.01 borne, 24,000 earned"),
    ):
        home = family(planting)
        home.bill(head(home), 1_200_000)
        home.bill(head(home) + 1, second)
        planting.expect(home, RIGID, status, why)
        planting.expect(home, AFTER, "at_risk", "nothing is left of the income")
    home = family(planting)
    home.bill(head(home), 1_900_000, YEAR_AGO)
    home.bill(head(home) + 1, 1_900_000, YEAR_AGO + 1)
    planting.expect(
        home, RIGID, "clear", "a bill of 30 June 2019 lies outside the twelve months, one of 1 July inside"
    )
    planting.expect(home, AFTER, "at_risk", "5,000 left for two after the bill of 1 July 2019")
    home = family(planting)
    home.bill(head(home), 2_000_000)
    student = home.pupil(day(2000, 9, 1) + home.index, UNIVERSITY)
    home.enrol(student, tuition=200_000, board=1)
    planting.expect(home, RIGID, "at_risk", "20,000 at hospital and 4,000.02 at university against 24,000")
    home = _earning(planting, {"per_head": QUIET_INCOME})
    home.bill(head(home), 600_000)
    planting.expect(home, RIGID, "unknown", "a bill of unknown height beside a known one", needs_dirt=True)
    cells = {
        "settlement_id": f"JSQ{home.index:06d}", "care_type": "住院", "settled_on": "2020-02-11",
        "total_cost": "约3000", "pooled_paid": "1000", "major_illness_paid": "0", "medical_aid_paid": "0",
        "out_of_pocket": "2000",
    }  # fmt: skip
    planting.bad_row("settlements", "202002", "text_in_amount", cells, person=head(home))


def _rigid_whose(planting: Planting) -> None:
    """Bills count where the person was a member at their date."""
    old, new = family(planting), family(planting)
    mover = old.person(12, MALE, home2=new.index)
    old.bill(mover, 2_400_001, day(2020, 5, 10))
    planting.expect(old, RIGID, "at_risk", "the bill of 10 May of one who moved to another household in June")
    planting.expect(new, RIGID, "clear", "the bill of one who moved here in June, dated 10 May")
    home = family(planting)
    gone = home.person(11, 2, day(1949, 3, 3), home1=-1, home2=-1, labour=5, months_worked=0)
    home.bill(gone, 2_400_001, day(2020, 3, 20))
    home.dies(gone, day(2020, 4, 2))
    planting.expect(home, RIGID, "at_risk", "the bill of one who has since died and left the register")
    home = family(planting)
    born = home.person(2, MALE, day(2020, 5, 6), home0=-1, home1=-1)
    home.bill(born, 2_400_001, day(2020, 5, 9))
    planting.expect(home, RIGID, "at_risk", "the bill of a newborn, older than its first row in the register")


def _after_rigid(planting: Planting) -> None:
    for own, status, why in (
        (1_200_000, "clear", "exactly 6,000 a head left after the bill"),
        (1_200_001, "at_risk", "5,999.995 a head left"),
    ):
        home = family(planting)
        home.bill(head(home), own)
        planting.expect(home, AFTER, status, why)
    home = family(planting)
    bill = home.bill(head(home), 1_300_000, day(2020, 1, 20))
    home.reversal(head(home), bill, 100_000, day(2020, 3, 3))
    planting.expect(home, AFTER, "clear", "13,000 less 1,000 taken back")
    home = family(planting)
    bill = home.bill(head(home), 1_400_000, YEAR_AGO)
    home.reversal(head(home), bill, 300_000, day(2019, 8, 3))
    home.bill(head(home) + 1, 1_200_000)
    planting.expect(
        home, AFTER, "clear", "a reversal in the window of a bill before it takes the bill's date"
    )
