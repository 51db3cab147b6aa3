"""Texts, and the numbers that offices give (户编号, 区划代码), which are texts too."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column, Type
from expectations.types.blanks import bared_sql, trimmed_sql, unmarked_sql, unread_layer

DIGITS = {Type.DIVISION: "[0-9]{6}|[0-9]{9}|[0-9]{12}", Type.VILLAGE: "[0-9]{12}"}
DAMAGED = r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0+"  # what Excel makes of a long number


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """Trimmed; an office's number that Excel has damaged, or of a wrong length, is unread."""
    x = column.name
    if column.type is Type.TEXT:
        return {x: trimmed_sql(x)}, {x: unmarked_sql(x)}
    if column.type in DIGITS:
        good = f"regexp_full_match({x}, '{DIGITS[column.type]}')"
    else:
        good = f"NOT regexp_full_match({x}, '{DAMAGED}')"
    return (
        {x: bared_sql(x)},
        {x: unmarked_sql(x)},
        {x: f"CASE WHEN {good} THEN {x} END", f"{x}__clean": x},
        unread_layer(x),
    )
