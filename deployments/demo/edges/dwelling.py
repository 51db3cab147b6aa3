"""Edges of unsafe_dwelling."""

from __future__ import annotations

from deployments.demo.edges.home import Home, family
from deployments.demo.edges.planting import Planting

DWELLING = "unsafe_dwelling"


def plant(planting: Planting) -> None:
    """All grades, none, and a row that is held."""
    for grade, status in enumerate(("clear", "clear", "at_risk", "at_risk")):
        for is_poor in (0, 1):
            planting.expect(
                family(planting, grade=grade, is_poor=is_poor), DWELLING, status, f"grade {'ABCD'[grade]}"
            )
    planting.expect(family(planting, grade_known=0), DWELLING, "unknown", "no grade stated")
    for grade, status in ((0, "clear"), (2, "at_risk")):
        home = family(planting, grade=grade)
        why = f"June's row is held; May's says {'ABCD'[grade]}"
        _spoil_june(planting, home)
        planting.expect(home, DWELLING, status, why, needs_dirt=True)
    home = family(planting, grade=2, first=2)
    for person in planting.people[-2:]:
        person |= {"home0": -1, "home1": -1}
    _spoil_june(planting, home)
    planting.expect(home, DWELLING, "unknown", "the only row of a new household is held", needs_dirt=True)


def _spoil_june(planting: Planting, home: Home) -> None:
    """The household's row in June's snapshot is held."""
    cells = {"household_type": "普通户"}
    planting.bad_row(
        "households", "202006", "unknown_code", cells, household=home.index, replaces="household_id"
    )
