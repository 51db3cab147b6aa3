"""Columns of facts as Arrow arrays, as the feed modules hand them over: days, cents, codes, not text.

What is missing is null. A code is a dictionary of the contract's stored values; text is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deployments.demo.world import names
from deployments.demo.world.numbers import check_digits, check_index
from deployments.demo.world.population import FIRST_HOUSEHOLD
from deployments.demo.world.world import World

Columns = dict[str, pa.Array]
ROWS_AT_ONCE = 250_000


def chunks(positions: np.ndarray) -> Iterator[np.ndarray]:
    """The positions in pieces, so that memory stays bounded; one empty piece for none."""
    for start in range(0, max(1, len(positions)), ROWS_AT_ONCE):
        yield positions[start : start + ROWS_AT_ONCE]


def whole(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Whole numbers: days, cents, counts, months."""
    return pa.array(values.astype(np.int64), mask=missing)


def dates(days: np.ndarray) -> pa.Array:
    """Days; 0 = none."""
    return whole(days, days == 0)


def coded(indices: np.ndarray, values: Sequence[str], missing: np.ndarray | None = None) -> pa.Array:
    """Codes by index into their values."""
    return pa.DictionaryArray.from_arrays(pa.array(indices.astype(np.int32), mask=missing), pa.array(values))


def words(indices: np.ndarray, values: Sequence[str], missing: np.ndarray | None = None) -> pa.Array:
    """Text by index into a list."""
    return pa.array(values, type=pa.string()).take(pa.array(indices.astype(np.int64), mask=missing))


def labelled(prefix: str, values: np.ndarray, width: int) -> pa.Array:
    """Keys such as JS0000123."""
    return joined(pa.scalar(prefix), pc.utf8_lpad(digits(values), width, "0"))


def digits(values: np.ndarray) -> pa.Array:
    """Whole numbers as text."""
    return pc.cast(whole(values), pa.string())


def joined(*parts: pa.Array) -> pa.Array:
    """Texts one behind the other; null where one is null."""
    return pc.binary_join_element_wise(*parts, "")


def household_ids(homes: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Household numbers of sixteen digits."""
    return pc.cast(whole(homes.astype(np.int64) + FIRST_HOUSEHOLD, missing), pa.string())


def village_codes(world: World, villages: np.ndarray) -> pa.Array:
    """Village codes of twelve digits."""
    return pa.array(world.places.codes.tolist()).take(pa.array(villages))


def person_numbers(world: World, persons: np.ndarray) -> pa.Array:
    """The eighteen characters of each person's number."""
    return eighteen(world.persons["number"][persons])


def eighteen(seventeen: np.ndarray) -> pa.Array:
    """Seventeen digits with their check digit."""
    check = pa.array(list(check_digits())).take(pa.array(check_index(seventeen)))
    return joined(pc.cast(pa.array(seventeen), pa.string()), check)


@cache
def _name_lists() -> tuple[pa.Array, pa.Array]:
    return pa.array(names.surname_list()), pa.array(names.given_list())


def person_names(world: World, persons: np.ndarray) -> pa.Array:
    """The name of each person."""
    surname, given = world.persons["surname"][persons], world.persons["given"][persons]
    is_planted = given < 0
    surnames, givens = _name_lists()
    no_surname = pa.array(given >= names.first_minority())
    family = pc.if_else(no_surname, "", surnames.take(pa.array(np.where(is_planted, 0, surname))))
    found = joined(family, givens.take(pa.array(np.where(is_planted, 0, given))))
    if not is_planted.any():
        return found
    planted = [
        names.planted_name(int(index)) if is_ else None
        for index, is_ in zip(surname, is_planted, strict=True)
    ]
    return pc.coalesce(pa.array(planted, type=pa.string()), found)


def decimals(values: np.ndarray, places: int, missing: np.ndarray | None = None) -> pa.Array:
    """Numbers kept as whole tenths (hundredths, ...), written without zeros at the end."""
    scale = 10**places
    tail = pc.utf8_lpad(pc.cast(whole(values % scale), pa.string()), places, "0")
    text = pc.binary_join_element_wise(pc.cast(whole(values // scale, missing), pa.string()), tail, ".")
    return pc.utf8_rtrim(pc.utf8_rtrim(text, "0"), ".")
