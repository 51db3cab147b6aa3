"""Edges of the identity number itself: oddly written ones, and true ones that end in 000."""

from __future__ import annotations

from deployments.demo.calendar import as_date, day
from deployments.demo.edges.home import family, number_of
from deployments.demo.edges.planting import Planting
from deployments.demo.world import numbers
from deployments.demo.world.families import MALE, SON
from deployments.demo.world.population import ABSENT, NO_LABOUR

ILL, UNINSURED = "catastrophic_illness", "uninsured_member"
FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}
WRITTEN = {
    "fifteen_digits": lambda number: number[:6] + number[8:17],
    "full_width_digits": lambda number: number.translate(FULL_WIDTH),
    "leading_apostrophe": lambda number: f"'{number}",
    "excel_formula": lambda number: f'="{number}"',
    "lower_case_x": lambda number: number.replace("X", "x"),
}


def plant(planting: Planting) -> None:
    """All edges of numbers."""
    for kind in WRITTEN:
        _oddly_written(planting, kind)
    _zeros(planting)


def _oddly_written(planting: Planting, kind: str) -> None:
    """A number of the register that is right, but oddly written in June."""
    home = family(planting, is_poor=1)
    person = home.person(SON, MALE, labour=NO_LABOUR)
    while kind == "lower_case_x" and not number_of(planting, person).endswith("X"):
        row = planting.people[person]
        row["birth"] += 1
        row["number"] = renumbered(row["number"], row["birth"])
    home.bill(person, 500_000)
    cells = {"id_number": WRITTEN[kind](number_of(planting, person))}
    planting.bad_row(
        "members", "202006", kind, cells, person=person, replaces="person_no", outcome="repaired"
    )
    planting.expect(home, ILL, "at_risk", f"5,000 of a member whose number is oddly written: {kind}")


def renumbered(number: int, birth: int) -> int:
    """The number with another birth date."""
    return number // 10**11 * 10**11 + int(f"{as_date(birth):%Y%m%d}") * 1000 + number % 1000


def _zeros(planting: Planting) -> None:
    """One true number in a thousand ends in 000: a second feed must bear it out."""
    home = family(planting, is_poor=1)
    person = home.person(SON, MALE, day(1970, 1, 1), number=_ending_in_zeros(1970))
    home.bill(person, 500_000)
    planting.expect(
        home, ILL, "at_risk", "5,000 of a member whose number truly ends in 000, as two feeds say"
    )
    home = family(planting)
    home.person(
        SON, MALE, day(1971, 1, 1), number=_ending_in_zeros(1971), insured_2020=ABSENT, insured_2019=ABSENT
    )
    planting.expect(home, UNINSURED, "unknown", "a number that ends in 000 and stands in no second feed")


def _ending_in_zeros(year: int) -> int:
    first = numbers.PLANTED_COUNTY * 10**11 + year * 10**7 + 101_000
    found = (
        number for number in range(first + 100, first + 1000, 100) if numbers.whole(number).endswith("000")
    )
    return next(found)
