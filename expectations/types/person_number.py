"""Identity numbers (GB 11643-1999) and disability certificates, read as a set.

The value is the number as normalised (15 digits of before 1999 upgraded), `__key` the person (the left 18 as the
number of their first 17 digits, NULL when unusable), `__fault` why it is unusable:

    none_stated  无, 未办, 无户口: there is no number
    foreign      the number of a passport or permit, which is not read
    damaged      Excel has rounded it away (E notation; ends in 000 with a wrong check digit)
    suspect      ends in 000 with a right check digit: usable only if a second feed confirms number and name
    characters, length, birth_date, check_digit
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column
from expectations.types.blanks import E_NOTATION, MISSING_MARKS, NO_NAME, bared_sql, unmarked_sql, where_left

CHECK_CHARACTERS = "10X98765432"
NO_NUMBER = (
    "无",
    "没有",
    "暂无",
    "未办",
    "未办理",
    "无户口",
    "未上户",
    "未落户",
    "无证件",
    "无身份证",
    "无身份证号",
)
MARKS = (*(mark for mark in MISSING_MARKS if mark not in NO_NUMBER), *NO_NAME)
NONE = ("none_stated", "foreign")  # of these a person may have none of ours
FAULTS = (*NONE, "damaged", "characters", "length", "birth_date", "check_digit")
FOREIGN = "护照.*|[A-Z]{1,2}[0-9]{6,9}|8[123][0-9]{15}[0-9X]"
WELL_FORMED = "[0-9]{17}[0-9X]([1-7][1-4]([0-9B][0-9])?)?"
LONGEST_LIFE_YEARS = 120
_DAY = "(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
# a telephone, a name, an identity number of 18 or 15 places: what no published code may look like
PERSONAL = f"1[3-9][0-9]{{9}}|.*[^ -~].*|[0-9]{{6}}(19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{8}}{_DAY}[0-9]{{3}}"


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """The number, its fault and its person key; reads `period_last` of the delivery for ages.

    A plain number of 18 characters is told good by arithmetic alone (`__good`, three times as fast as by
    patterns); only what is not goes on as the column's name, through the careful steps.
    """
    x = column.name
    n, good, given = f"{x}__fast", f"{x}__good", f"{x}__given"
    m, check, born, fault = f"{x}__other", f"{x}__check", f"{x}__born", f"{x}__fault"
    old = f"regexp_full_match({x}, '[0-9]{{15}}')"
    upgraded = f"concat(substring({x}, 1, 6), '19', substring({x}, 7, 9), '?')"
    has_e = f"position('E' IN {x}) > 0 OR position('e' IN {x}) > 0"
    first = f"TRY_CAST(substring({x}, 1, 17) AS BIGINT)"
    digits = f"CASE WHEN length({x}) = 18 AND NOT ({has_e}) THEN {first} END"
    kept = {n: n, good: good, given: given}
    read = {m: m, check: check, born: born}
    return (
        {x: x, n: digits},
        {x: x, n: n, good: _is_good_sql(x, n)},
        {x: f"CASE WHEN {good} OR {x} = '' THEN NULL ELSE upper({bared_sql(x)}) END", **kept, given: x},
        {x: unmarked_sql(x, MARKS), **kept},
        {x: where_left(x, f"CASE WHEN {old} THEN {upgraded} ELSE {x} END"), **kept},
        {x: x, m: where_left(x, first), born: where_left(x, birth_date_sql(x)), **kept},
        {x: x, check: where_left(x, check_character_sql(m)), m: m, born: born, **kept},
        {
            x: where_left(x, f"CASE WHEN {x} LIKE '%?' THEN replace({x}, '?', {check}) ELSE {x} END"),
            **read,
            **kept,
        },
        {x: x, m: m, fault: where_left(x, _fault_sql(x, check, born)), **kept},
        {
            x: f"CASE WHEN {good} THEN {given} ELSE {x} END",
            fault: f"CASE WHEN NOT {good} THEN {fault} WHEN {given} LIKE '%000' THEN 'suspect' END",
            f"{x}__key": f"CASE WHEN {good} THEN {n} WHEN coalesce({fault}, 'suspect') = 'suspect' THEN {m} END",
        },
    )


def _is_good_sql(x: str, n: str) -> str:
    """True for 17 digits whose birth date lies within a life before `period_last`, and their check character.

    29 February is left to the careful steps; 81, 82 and 83 are permits of residence.
    """
    born, day = f"{n} // 1000 % 100000000", f"{n} // 1000 % 10000"
    never = "229, 230, 231, 431, 631, 931, 1131"
    is_day = f"{day} BETWEEN 101 AND 1231 AND {day} % 100 BETWEEN 1 AND 31 AND {day} NOT IN ({never})"
    last = " + ".join(
        f"extract({part} FROM period_last) * {by}"
        for part, by in (("year", 10000), ("month", 100), ("day", 1))
    )
    oldest = (LONGEST_LIFE_YEARS + 1) * 10000
    lives = f"{born} <= ({last}) AND {born} > ({last}) - {oldest}"
    return (
        f"coalesce({n} BETWEEN 10000000000000000 AND 79999999999999999 AND {is_day} AND {lives}"
        f" AND substring({x}, 18, 1) = {check_character_sql(n)}, FALSE)"
    )


def check_character_sql(seventeen: str) -> str:
    """The check character (mod 11-2) that 17 digits, given as a BIGINT, ask for.

    The weights are powers of two modulo 11, and digit k of n is n // 10^k - 10 * (n // 10^(k+1)): so the sum
    of the weighted digits is n - 8 * sum(2^k * (n // 10^(k+1))), doubled, without taking n apart.
    """
    shifted = " + ".join(f"{2**k} * ({seventeen} // {10 ** (k + 1)})" for k in range(16))
    place = f"CAST(2 * ({seventeen} - 8 * ({shifted})) % 11 AS INTEGER) + 1"
    return f"substring('{CHECK_CHARACTERS}', {place}, 1)"


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


def _fault_sql(x: str, check: str, born: str) -> str:
    """Why a number is unusable, the first that applies; NULL for a usable or an absent one."""
    stated = ", ".join(f"'{word}'" for word in NO_NUMBER)
    is_right = f"coalesce(substring({x}, 18, 1) = {check}, FALSE)"
    oldest = f"period_last - INTERVAL {LONGEST_LIFE_YEARS + 1} YEAR"
    lives = f"coalesce({born} <= period_last AND {born} > {oldest}, FALSE)"
    well_formed = f"regexp_full_match({x}, '{WELL_FORMED}')"
    return (
        f"CASE WHEN {x} IS NULL THEN NULL"
        f" WHEN {well_formed} AND {is_right} AND {lives} AND NOT regexp_full_match({x}, '{FOREIGN}')"
        f" THEN CASE WHEN {x} LIKE '%000' THEN 'suspect' END"
        f" WHEN {x} IN ({stated}) THEN 'none_stated'"
        f" WHEN regexp_full_match({x}, '{FOREIGN}') THEN 'foreign'"
        f" WHEN {x} LIKE '%000' OR regexp_full_match({x}, '{E_NOTATION}') THEN 'damaged'"
        f" WHEN NOT regexp_full_match({x}, '[0-9XB]*') THEN 'characters'"
        f" WHEN length({x}) NOT IN (18, 20, 22) THEN 'length'"
        f" WHEN NOT {well_formed} THEN 'characters'"
        f" WHEN NOT {lives} THEN 'birth_date'"
        f" ELSE 'check_digit' END"
    )
