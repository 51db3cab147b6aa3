"""Money in yuan as decimal(16, 2), whole numbers, and decimals.

万元 in the header or in the cell converts exactly, and the cell's unit goes before the header's. A third decimal
of a yuan is an error, never rounded away. E notation is an error: it has lost digits. A comma separates
thousands only before exactly three digits.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column, Type
from expectations.types.blanks import bared_sql, unmarked_sql, unread_layer

GROUPED = r"-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?(万?元?)"
TEN_THOUSAND = 10_000


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """The value and what could not be read as one."""
    x = column.name
    return (
        {x: bared_sql(x)},
        {x: unmarked_sql(x)},
        {x: f"CASE WHEN {x} LIKE '¥%' OR {x} LIKE '￥%' THEN substring({x}, 2) ELSE {x} END"},
        {
            x: f"CASE WHEN {x} LIKE '%,%' AND regexp_full_match({x}, '{GROUPED}') THEN replace({x}, ',', '') ELSE {x} END"
        },
        {x: _read_sql(column.type, x, unit), f"{x}__clean": x},
        unread_layer(x),
    )


def _read_sql(type_: Type, x: str, unit: int) -> str:
    if type_ is Type.INTEGER:
        return f"CASE WHEN regexp_full_match({x}, '-?[0-9]+') THEN TRY_CAST({x} AS INTEGER) END"
    if type_ is Type.DECIMAL:
        return f"CASE WHEN regexp_full_match({x}, '-?[0-9]+([.][0-9]{{1,6}})?') THEN TRY_CAST({x} AS DECIMAL(18, 6)) END"
    number = f"regexp_replace({x}, '[万元]+$', '')"
    tens = f"CAST(TRY_CAST({number} AS DECIMAL(24, 6)) * {TEN_THOUSAND} AS DECIMAL(16, 2))"
    cents, millionths = "-?[0-9]{1,14}([.][0-9]{1,2}0*)?", "-?[0-9]{1,10}([.][0-9]{1,6}0*)?"
    if unit == 1:
        return (
            f"CASE WHEN regexp_full_match({x}, '{cents}') THEN TRY_CAST({x} AS DECIMAL(16, 2))"
            f" WHEN regexp_full_match({x}, '{cents}元') THEN TRY_CAST({number} AS DECIMAL(16, 2))"
            f" WHEN regexp_full_match({x}, '{millionths}万元?') THEN {tens} END"
        )
    return (
        f"CASE WHEN regexp_full_match({x}, '{millionths}(万元?)?') THEN {tens}"
        f" WHEN regexp_full_match({x}, '{cents}元') THEN TRY_CAST({number} AS DECIMAL(16, 2)) END"
    )
