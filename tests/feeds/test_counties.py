"""The county codes that ever existed are those of every official list, and the pattern that is asked is those codes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from expectations.types.counties import county_codes, county_pattern, spelt_out

LISTS = Path(__file__).with_name("county_lists.csv")


def yearly_lists() -> dict[str, tuple[int, set[str]]]:
    """How many codes each list has by its own count, and the codes, made from those of the list before."""
    found: dict[str, tuple[int, set[str]]] = {}
    codes: set[str] = set()
    with LISTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            codes = (codes - packed(row["gone"])) | packed(row["new"])
            found[row["list"]] = int(row["codes"]), codes
    return found


def packed(text: str) -> set[str]:
    """`1101 01-03; 1102 21` -> 110101, 110102, 110103, 110221."""
    parts = (part.partition(" ") for part in text.split("; ") if part)
    return {prefecture + last for prefecture, _, ranges in parts for last in spelt_out(ranges)}


def test_every_code_of_every_official_list_since_1980_is_known():
    lists = yearly_lists()
    assert min(lists) == "198012" and len(lists) == 38
    assert [year for year, (count, codes) in lists.items() if len(codes) != count] == []
    assert {
        year: codes - county_codes() for year, (_, codes) in lists.items() if codes - county_codes()
    } == {}


@pytest.mark.parametrize("code", ["412128", "410123", "419017", "410184"])
def test_the_codes_that_the_city_has_had_are_known(code):
    assert code in county_codes()


def test_the_pattern_is_these_codes_and_no_other():
    near = {f"{int(code) + step}" for code in county_codes() for step in (-1, 1, 100)}
    is_code = re.compile(county_pattern()).fullmatch
    assert {code for code in near | county_codes() if is_code(code)} == county_codes()
