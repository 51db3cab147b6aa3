"""The figures of the city's reply letter of 2020, of which the demo city is a likeness.

They stand here and nowhere else. A city of fewer than FULL_HOUSEHOLDS households has them in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FULL_HOUSEHOLDS = 60_000
SMALLEST_CITY = 300


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the policy-landing table; a measure that the letter does not name is None."""

    name: str
    households: int | None = None
    persons: int | None = None
    visits: int | None = None
    amount_wan: Decimal | None = None

    @property
    def amount_cents(self) -> int:
        """The amount in cents; 0 when the letter names none."""
        return int((self.amount_wan or Decimal(0)) * 1_000_000)

    def measures(self) -> dict[str, str]:
        """The figures as the letter prints them."""
        found = {"households": self.households, "persons": self.persons, "visits": self.visits}
        printed = {measure: str(figure) for measure, figure in found.items() if figure is not None}
        if self.amount_wan is not None:
            printed["amount_wan"] = str(self.amount_wan)
        return printed


LETTER = {
    row.name: row
    for row in (
        Row(name="grants_out_of_county", persons=125, amount_wan=Decimal("8.40")),
        Row(name="grants_term", persons=20540, amount_wan=Decimal("1426.74")),
        Row(name="deductible_waived", visits=1432, amount_wan=Decimal("56.41")),
        Row(name="copay_waived", visits=1469, amount_wan=Decimal("25.49")),
        Row(name="chronic_covered", visits=12625, amount_wan=Decimal("37.97")),
        Row(name="checkups", persons=4360),
        Row(name="water_works", persons=85_800, amount_wan=Decimal("2151.00")),
        Row(name="allowances", households=421, persons=923, amount_wan=Decimal("251.34")),
        Row(name="destitute", persons=88, amount_wan=Decimal("50.18")),
        Row(name="relief", visits=14, amount_wan=Decimal("1.30")),
        Row(name="disability_subsidies", persons=566, amount_wan=Decimal("36.37")),
    )
}


def figures(households: int, planted: int) -> dict[str, Row]:
    """The letter as it stands from FULL_HOUSEHOLDS on, else in proportion to the ordinary households.

    Three fifths of the proportion, because chance gives a small city fewer pupils than it gives a large one.
    """
    if households < SMALLEST_CITY:
        raise ValueError(f"a city has at least {SMALLEST_CITY} households, {planted} of them planted")
    if households >= FULL_HOUSEHOLDS:
        return LETTER
    share = Fraction(3, 5) * Fraction(households - planted, FULL_HOUSEHOLDS)
    return {name: _in_proportion(row, share) for name, row in LETTER.items()}


def _in_proportion(row: Row, share: Fraction) -> Row:
    return Row(
        name=row.name,
        households=_count(row.households, share),
        persons=_count(row.persons, share),
        visits=_count(row.visits, share),
        amount_wan=_amount(row, share),
    )


def _count(figure: int | None, share: Fraction) -> int | None:
    return None if figure is None else max(1, round(figure * share))


def _amount(row: Row, share: Fraction) -> Decimal | None:
    """So that the average stays what it is, also where a count was lifted to 1."""
    if row.amount_wan is None:
        return None
    whole = row.visits or row.persons or 1
    average = Fraction(row.amount_wan) / whole
    amount = average * (_count(whole, share) or 1)
    printed = Decimal(amount.numerator) / Decimal(amount.denominator)
    return max(Decimal("0.01"), printed.quantize(Decimal("0.01"), ROUND_HALF_UP))
