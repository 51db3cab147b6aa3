"""Texts, and the numbers that offices give (户编号, 区划代码), which are texts too."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.checks import quoted
from expectations.contract import Column, Type
from expectations.types.blanks import E_NOTATION, finished, quickly, trimmed_sql, unmarked_sql

DIGITS = {Type.DIVISION: "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}", Type.VILLAGE: "[0-9]{12}"}
UNHARMED = "[0-9A-DF-Za-df-z_-]+"  # no E and no point: nothing that Excel makes of a long number
NO_VALUE = "#FORMULA!"  # what the reader of workbooks writes for a formula that nobody has calculated
ERRORS = (NO_VALUE, "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
LOST = "\ufffd"  # stands where a character could not be decoded
GARBLED = ("锟斤", "斤拷", "烫烫烫", "屯屯屯")  # of LOST read as GB18030, of memory that held no text
DOUBTS = ("?", "？")  # what programs write for a character that an encoding does not have
# E notation, a point, a date made of it, an error cell, a lost character
DAMAGED = rf"{E_NOTATION}|[0-9]+\.0+|.*00:00:00|#.*|(.|\n)*({'|'.join((LOST, *GARBLED))})(.|\n)*"


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """Trimmed, an error cell saying nothing; an office's number that Excel has damaged, or of a wrong length, is
    unread."""
    x = column.name
    if column.type is Type.TEXT:
        listed = ", ".join(quoted(error) for error in ERRORS)
        says = f"CASE WHEN starts_with({x}, '#') AND {x} IN ({listed}) THEN NULL ELSE {x} END"
        return {x: trimmed_sql(x)}, {x: unmarked_sql(x)}, {x: says}
    if column.type in DIGITS:
        good = f"regexp_full_match({x}, '{DIGITS[column.type]}')"
        fast = f"CASE WHEN {good} THEN {x} END"
    else:
        good = f"NOT regexp_full_match({x}, '{DAMAGED}')"
        fast = f"CASE WHEN {x} <> '-' AND regexp_full_match({x}, '{UNHARMED}') THEN {x} END"
    return *quickly(x, fast), *finished(x, f"CASE WHEN {good} THEN {x} END")
