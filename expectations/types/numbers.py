"""Texts, and the numbers that offices give (户编号, 区划代码), which are texts too."""

from __future__ import annotations

from expectations.contract import Column, Type
from expectations.types.blanks import bare_sql, trimmed_sql, unmarked_sql

DIGITS = {Type.DIVISION: "[0-9]{6}|[0-9]{9}|[0-9]{12}", Type.VILLAGE: "[0-9]{12}"}
DAMAGED = r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0+"  # what Excel makes of a long number


def clean_sql(text: str, column: Column) -> str:
    """Trimmed; an office's number also without blanks, full-width forms and Excel's apostrophe."""
    if column.type is Type.TEXT:
        return unmarked_sql(trimmed_sql(text))
    plain = f"regexp_full_match({text}, '[0-9A-Za-z_]+')"
    return unmarked_sql(f"CASE WHEN {plain} THEN {text} ELSE {bare_sql(text)} END")


def typed_sql(clean: str, column: Column, unit: int) -> tuple[tuple[str, str], ...]:
    """The text itself; an office's number that Excel has damaged, or of a wrong length, is unread."""
    if column.type is Type.TEXT:
        return (("", clean),)
    if column.type in DIGITS:
        good = f"regexp_full_match({clean}, '{DIGITS[column.type]}')"
    else:
        good = f"NOT regexp_full_match({clean}, '{DAMAGED}')"
    return (
        ("", f"CASE WHEN {good} THEN {clean} END"),
        ("__unread", f"CASE WHEN NOT ({good}) THEN {clean} END"),
    )
