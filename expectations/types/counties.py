"""County codes that existed at some time: the first six digits of identity numbers (county_codes.csv)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("county_codes.csv")


@cache
def county_codes() -> frozenset[str]:
    """All of them, six digits each."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return frozenset(f"{row['prefecture']}{last}" for row in rows for last in _spelt_out(row["counties"]))


def _spelt_out(ranges: str) -> list[str]:
    """`00-02 11` -> 00, 01, 02, 11."""
    ends = [part.partition("-") for part in ranges.split()]
    return [f"{nth:02}" for first, _, last in ends for nth in range(int(first), int(last or first) + 1)]


@cache
def county_pattern() -> str:
    """One regular expression that is each of them: a list of 6,800 would take longer to plan than to look up."""
    by_ten: dict[str, str] = {}
    for code in sorted(county_codes()):
        by_ten[code[:5]] = by_ten.get(code[:5], "") + code[5]
    return "|".join(f"{first}[{last}]" for first, last in by_ten.items())
