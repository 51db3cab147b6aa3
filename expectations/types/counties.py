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
        return frozenset(f"{row['prefecture']}{last}" for row in rows for last in spelt_out(row["counties"]))


def spelt_out(ranges: str) -> list[str]:
    """`00-02 11` -> 00, 01, 02, 11."""
    ends = [part.partition("-") for part in ranges.split()]
    return [f"{nth:02}" for first, _, last in ends for nth in range(int(first), int(last or first) + 1)]


@cache
def county_pattern() -> str:
    """One regular expression that is each of them, digit under digit: half as long to plan as side by side, and a
    list of 6,800 would take longer to plan than to look up."""
    return _pattern(county_codes())


def _pattern(codes: frozenset[str]) -> str:
    """Codes of one length as a pattern; first digits with the same rest share it."""
    by_rest: dict[frozenset[str], str] = {}
    for first in sorted({code[0] for code in codes}):
        rest = frozenset(code[1:] for code in codes if code[0] == first)
        by_rest[rest] = by_rest.get(rest, "") + first
    parts = [
        (first if len(first) == 1 else f"[{first}]") + (_pattern(rest) if rest != {""} else "")
        for rest, first in by_rest.items()
    ]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
