"""A file whose end is missing is never half loaded: it is refused, or what is loaded of it is true."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest

from tests.corpus.cuts import Whole

SMALL = {"csv utf-8": 75, "csv gb18030": 85, "xlsx utf-8": 20, "xls utf-8": 20}  # rows that make some 4 KB
LARGE, LARGEST = 10_000, 110_000  # rows that make half a megabyte, and over five
FORMATS = pytest.mark.parametrize("kind", SMALL)


@cache
def small(kind: str) -> Whole:
    extension, encoding = kind.split()
    return Whole(extension, encoding, SMALL[kind])


def check(whole: Whole, places: list[int], batch: int = 250) -> Counter[str]:
    """No outcome is wrong; how often each came."""
    outcomes = whole.outcomes(places, batch)
    assert not [place for place, outcome in outcomes.items() if outcome == "wrong"]
    return Counter(outcomes.values())


def sample(whole: Whole, count: int) -> list[int]:
    """Some places, the last bytes all among them."""
    length = len(whole.content)
    return [*Random(length).sample(range(length), count), *range(length - 30, length)]


@FORMATS
def test_no_cut_of_a_sample_loads_what_is_not_so(kind):
    outcomes = check(small(kind), sample(small(kind), 40))
    assert outcomes["refused"]
    assert bool(outcomes["part"]) or kind.startswith("xls")


@pytest.mark.torture
@FORMATS
def test_no_cut_at_any_byte_loads_what_is_not_so(kind):
    outcomes = check(small(kind), list(range(len(small(kind).content))))
    assert kind != "xlsx utf-8" or set(outcomes) == {"refused"}


def test_the_last_cell_of_a_text_without_a_line_end_is_the_one_exception():
    """710.00 cut after 71 is an amount too. A `.ok` beside each file, or a last line end, would tell."""
    whole = small("csv utf-8")
    end = len(whole.content)
    outcomes = whole.outcomes(range(end - 8, end))
    assert set(outcomes.values()) <= {"part", "last cell"}
    assert whole.outcomes([end - 1]) == {end - 1: "part"}  # only the line end is missing


def test_no_cut_of_a_large_file_loads_what_is_not_so():
    whole = Whole("csv", "gb18030", LARGE)
    outcomes = check(whole, Random(5).sample(range(len(whole.content)), 6))
    assert outcomes["part"] and not outcomes["nothing"]


@pytest.mark.torture
def test_none_of_a_thousand_cuts_of_five_megabytes_loads_what_is_not_so():
    whole = Whole("csv", "gb18030", LARGEST)
    assert len(whole.content) > 5_000_000
    check(whole, Random(7).sample(range(len(whole.content)), 1000), batch=10)
