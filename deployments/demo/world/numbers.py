"""Identity numbers (GB 11643): seventeen digits as one whole number, the check digit reckoned when written.

No number ends in 000, no two persons share one, and all are fictional: the serials are simply counted.
"""

from __future__ import annotations

import numpy as np

from deployments.demo.calendar import yyyymmdd

COUNTY = 410184
COUNTY_BEFORE_1994, COUNTY_BEFORE_1983 = 410123, 412128
PLANTED_COUNTY = 419017  # numbers of planted persons share no 15 digits with anybody else's
INVENTED_COUNTY = 130102  # numbers of persons who do not exist

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ODD = np.arange(1, 1000, 2)
_EVEN = np.array([serial for serial in range(2, 1000, 2) if serial % 100])


def check_index(seventeen: np.ndarray) -> np.ndarray:
    """Position in 10X98765432 of the check digit."""
    total = np.zeros(len(seventeen), dtype=np.int64)
    rest = seventeen.astype(np.int64)
    for weight in reversed(_WEIGHTS):
        total += rest % 10 * weight
        rest = rest // 10
    return total % 11


def check_digits() -> str:
    """The check digits by index."""
    return _CHECKS


def whole(seventeen: int) -> str:
    """The 18 characters of one number."""
    return f"{seventeen}{_CHECKS[int(check_index(np.array([seventeen]))[0])]}"


def counties(birth: np.ndarray) -> np.ndarray:
    """The county code that a person born on that day was given."""
    year = yyyymmdd(birth) // 10000
    return np.where(year < 1983, COUNTY_BEFORE_1983, np.where(year < 1994, COUNTY_BEFORE_1994, COUNTY))


def seventeen_digits(county: np.ndarray, birth: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """County, birth date and a serial, odd for men (sex 1) and even for women (sex 2), counted per day."""
    group = (county.astype(np.int64) * 100_000_000 + yyyymmdd(birth)) * 10 + sex
    order = np.argsort(group, kind="stable")
    in_order = group[order]
    first = np.concatenate([[True], in_order[1:] != in_order[:-1]])
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - start
    if len(rank) and rank.max() >= len(_EVEN):
        raise ValueError("too many persons of one birthday: the city is too large for three digits")
    serial = np.where(sex == 1, _ODD[rank], _EVEN[np.minimum(rank, len(_EVEN) - 1)])
    return group // 10 * 1000 + serial
