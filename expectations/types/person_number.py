"""Identity numbers (GB 11643-1999) and disability certificates, read as a set.

The value is the number as normalised (15 digits of before 1999 upgraded), `__key` the person (the left 18 as the
number of their first 17 digits, NULL when unusable), `__fault` why it is unusable:

    none_stated  无, 未办, 无户口, a foreign document: there is no number
    damaged      Excel has rounded it away (E notation; ends in 000 with a wrong check digit)
    suspect      ends in 000 with a right check digit: usable only if a second feed confirms number and name
    characters, length, birth_date, check_digit
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column
from expectations.types.blanks import MISSING_MARKS, bared_sql, unmarked_sql

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
NO_NUMBER = ("无", "未办", "未办理", "无户口", "无证件", "无身份证")
MARKS = tuple(mark for mark in MISSING_MARKS if mark not in NO_NUMBER)
FAULTS = ("none_stated", "damaged", "characters", "length", "birth_date", "check_digit")
FOREIGN = "护照.*|[A-Z]{1,2}[0-9]{6,9}|8[123][0-9]{15}[0-9X]"
SCIENTIFIC = "[0-9]+([.][0-9]+)?E[+]?[0-9]+"
WELL_FORMED = "[0-9]{17}[0-9X]([1-7][1-4]([0-9B][0-9])?)?"
LONGEST_LIFE_YEARS = 120
_DAY = "(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
# a telephone, a name, an identity number of 18 or 15 places: what no published code may look like
PERSONAL = f"1[3-9][0-9]{{9}}|.*[^ -~].*|[0-9]{{6}}(19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{8}}{_DAY}[0-9]{{3}}"


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """The number, its fault and its person key; reads `period_last` of the delivery for ages."""
    x = column.name
    n, check, born = f"{x}__seventeen", f"{x}__check", f"{x}__born"
    old = f"regexp_full_match({x}, '[0-9]{{15}}')"
    return (
        {x: f"CASE WHEN regexp_full_match({x}, '[0-9]{{17}}[0-9X]') THEN {x} ELSE upper({bared_sql(x)}) END"},
        {x: unmarked_sql(x, MARKS)},
        {
            x: f"CASE WHEN {old} THEN concat(substring({x}, 1, 6), '19', substring({x}, 7, 9), '?') ELSE {x} END"
        },
        {x: x, n: f"TRY_CAST(substring({x}, 1, 17) AS BIGINT)", born: birth_date_sql(x)},
        {x: x, n: n, born: born, check: check_character_sql(n)},
        {
            x: f"CASE WHEN {x} LIKE '%?' THEN replace({x}, '?', {check}) ELSE {x} END",
            n: n,
            born: born,
            check: check,
        },
        {x: x, n: n, f"{x}__fault": _fault_sql(x, check, born)},
        {x: x, f"{x}__fault": f"{x}__fault", f"{x}__key": _key_sql(x, n)},
    )


def check_character_sql(seventeen: str) -> str:
    """The check character (mod 11-2) that 17 digits, given as a BIGINT, ask for."""
    digits = (
        f"(({seventeen} // {10 ** (16 - place)}) % 10) * {weight}" for place, weight in enumerate(WEIGHTS)
    )
    return f"substring('{CHECK_CHARACTERS}', CAST(({' + '.join(digits)}) % 11 AS INTEGER) + 1, 1)"


def birth_date_sql(number: str) -> str:
    """The date of birth inside a number of 18 and more characters, NULL when it is no date."""
    year, month, day = (
        f"substring({number}, {first}, {length})" for first, length in ((7, 4), (11, 2), (13, 2))
    )
    return f"TRY_CAST(concat({year}, '-', {month}, '-', {day}) AS DATE)"


def born_sql(number: str) -> str:
    """The date of birth in a usable number as yyyymmdd, from its person key."""
    return f"({number}__key // 1000 % 100000000)"


def sex_sql(number: str) -> str:
    """The sex that digit 17 of a usable number says."""
    return f"CASE {number}__key % 2 WHEN 1 THEN '男' WHEN 0 THEN '女' END"


def _key_sql(x: str, seventeen: str) -> str:
    """A BIGINT: the 18th character follows from the other 17, and whole numbers join faster than texts."""
    return f"CASE WHEN coalesce({x}__fault, 'suspect') = 'suspect' THEN {seventeen} END"


def _fault_sql(x: str, check: str, born: str) -> str:
    """Why a number is unusable, the first that applies; NULL for a usable or an absent one."""
    stated = ", ".join(f"'{word}'" for word in NO_NUMBER)
    is_right = f"coalesce(substring({x}, 18, 1) = {check}, FALSE)"
    oldest = f"period_last - INTERVAL {LONGEST_LIFE_YEARS + 1} YEAR"
    lives = f"coalesce({born} <= period_last AND {born} > {oldest}, FALSE)"
    well_formed = f"regexp_full_match({x}, '{WELL_FORMED}')"
    return (
        f"CASE WHEN {x} IS NULL THEN NULL"
        f" WHEN {well_formed} AND {is_right} AND {lives} AND NOT starts_with({x}, '8')"
        f" THEN CASE WHEN {x} LIKE '%000' THEN 'suspect' END"
        f" WHEN {x} IN ({stated}) OR regexp_full_match({x}, '{FOREIGN}') THEN 'none_stated'"
        f" WHEN {x} LIKE '%000' OR regexp_full_match({x}, '{SCIENTIFIC}') THEN 'damaged'"
        f" WHEN NOT regexp_full_match({x}, '[0-9XB]*') THEN 'characters'"
        f" WHEN length({x}) NOT IN (18, 20, 22) THEN 'length'"
        f" WHEN NOT {well_formed} THEN 'characters'"
        f" WHEN NOT {lives} THEN 'birth_date'"
        f" ELSE 'check_digit' END"
    )
