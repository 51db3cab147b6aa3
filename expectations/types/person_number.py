"""Identity numbers (GB 11643-1999) and disability certificates, read as a set.

The value is the number as normalised (15 digits of before 1999 upgraded), `__key` the person (the left 18
as the number of their first 17 digits, NULL when unusable), `__fault` why it is unusable:

    none_stated  无, 未办, 无户口, a foreign document: there is no number
    damaged      Excel has rounded it away (E notation; ends in 000 with a wrong check digit)
    suspect      ends in 000 with a right check digit: usable only if a second feed confirms number and name
    characters, length, birth_date, check_digit
"""

from __future__ import annotations

from expectations.contract import Column
from expectations.types.blanks import MISSING_MARKS, bare_sql, unmarked_sql

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
NO_NUMBER = ("无", "未办", "未办理", "无户口", "无证件", "无身份证")
MARKS = tuple(mark for mark in MISSING_MARKS if mark not in NO_NUMBER)
FAULTS = ("none_stated", "damaged", "characters", "length", "birth_date", "check_digit")
FOREIGN = "护照.*|[A-Z]{1,2}[0-9]{6,9}|8[123][0-9]{15}[0-9X]"
LONGEST_LIFE_YEARS = 120


def clean_sql(text: str, column: Column) -> str:
    """Upper case, half-width, without blanks, a leading apostrophe or ="…"."""
    canonical = f"regexp_full_match({text}, '[0-9]{{17}}[0-9X]')"
    return f"CASE WHEN {canonical} THEN {text} ELSE {unmarked_sql(f'upper({bare_sql(text)})', MARKS)} END"


def seventeen_sql(text: str) -> str:
    """The first 17 digits as a number."""
    return f"TRY_CAST(substring({text}, 1, 17) AS BIGINT)"


def check_character_sql(text: str) -> str:
    """The check character (mod 11-2) that the first 17 digits ask for."""
    number = seventeen_sql(text)
    digits = (f"(({number} // {10 ** (16 - place)}) % 10) * {weight}" for place, weight in enumerate(WEIGHTS))
    return f"substring('{CHECK_CHARACTERS}', CAST(({' + '.join(digits)}) % 11 AS INTEGER) + 1, 1)"


def birth_date_sql(text: str) -> str:
    """The date of birth inside a number of 18 and more characters, NULL when it is no date."""
    return f"TRY_CAST(substring({text}, 7, 4) || '-' || substring({text}, 11, 2) || '-' || substring({text}, 13, 2) AS DATE)"


def age_sql(birth: str, day: str) -> str:
    """Full years of age on a day, as the calendar counts: (yyyymmdd - yyyymmdd) div 10000."""
    return f"((({_ymd(day)}) - ({_ymd(birth)})) // 10000)"


def _ymd(day: str) -> str:
    return f"extract(year FROM {day}) * 10000 + extract(month FROM {day}) * 100 + extract(day FROM {day})"


def normal_sql(clean: str) -> str:
    """The 15 digits of before 1999 upgraded to 18; every other text as it is."""
    upgraded = f"substring({clean}, 1, 6) || '19' || substring({clean}, 7, 9)"
    return (
        f"CASE WHEN regexp_full_match({clean}, '[0-9]{{15}}')"
        f" THEN {upgraded} || {check_character_sql(upgraded)} ELSE {clean} END"
    )


def typed_sql(clean: str, column: Column, unit: int) -> tuple[tuple[str, str], ...]:
    """The number and its fault; reads `period_last` of the delivery for ages."""
    return (("", clean), ("__fault", fault_sql(clean)))


def key_sql(name: str) -> str:
    """The person that the typed column `name` stands for, NULL when the number is unusable.

    A BIGINT of the first 17 digits: the 18th follows from them, and whole numbers join faster than texts.
    """
    return f"CASE WHEN coalesce({name}__fault, 'suspect') = 'suspect' THEN {seventeen_sql(name)} END"


def fault_sql(number: str) -> str:
    """Why a number is unusable, the first that applies; NULL for a usable or an absent one."""
    stated = ", ".join(f"'{word}'" for word in NO_NUMBER)
    birth = birth_date_sql(number)
    check_is_right = f"substring({number}, 18, 1) = {check_character_sql(number)}"
    living = f"{birth} <= period_last AND {age_sql(birth, 'period_last')} <= {LONGEST_LIFE_YEARS}"
    return (
        f"CASE WHEN {number} IS NULL THEN NULL"
        f" WHEN regexp_full_match({number}, '[0-9]{{17}}[0-9X]') AND {check_is_right} AND {living}"
        f" AND NOT ({number} LIKE '%000') AND substring({number}, 1, 2) NOT IN ('81', '82', '83') THEN NULL"
        f" WHEN {number} IN ({stated}) OR regexp_full_match({number}, '{FOREIGN}') THEN 'none_stated'"
        rf" WHEN regexp_full_match({number}, '[0-9]+([.][0-9]+)?E[+]?[0-9]+') THEN 'damaged'"
        f" WHEN NOT regexp_full_match({number}, '[0-9]*[0-9X]?([0-9B][0-9]){{0,2}}') THEN 'characters'"
        f" WHEN length({number}) NOT IN (18, 20, 22) THEN 'length'"
        f" WHEN NOT regexp_full_match({number}, '[0-9]{{17}}[0-9X]([1-7][1-4]([0-9B][0-9])?)?')"
        f" THEN CASE WHEN {number} LIKE '%000' THEN 'damaged' ELSE 'characters' END"
        f" WHEN {number} LIKE '%000' AND NOT ({check_is_right} AND coalesce({living}, FALSE)) THEN 'damaged'"
        f" WHEN NOT coalesce({living}, FALSE) THEN 'birth_date'"
        f" WHEN NOT ({check_is_right}) THEN 'check_digit'"
        f" WHEN {number} LIKE '%000' THEN 'suspect' END"
    )
