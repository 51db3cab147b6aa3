"""Money in yuan as decimal(16, 2), whole numbers, and decimals.

万元 in the header or in the cell converts exactly, and the cell's unit goes before the header's. A third
decimal
of a yuan is an error, never rounded away. E notation is an error: it has lost digits. A comma separates
thousands only before exactly three digits.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Column, Type
from expectations.types.blanks import finished, quickly, where_left

GROUPED = r"-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?(万?元?)"
SQL_TYPE = {Type.INTEGER: "INTEGER", Type.DECIMAL: "DECIMAL(18, 6)", Type.MONEY: "DECIMAL(16, 2)"}
SIMPLE = {
    Type.INTEGER: "-?[0-9]+",
    Type.DECIMAL: "-?[0-9]+([.][0-9]{1,6})?",
    Type.MONEY: "-?[0-9]{1,14}([.][0-9]{1,2}0*)?",
}
MILLIONTHS = "-?[0-9]{1,10}([.][0-9]{1,6}0*)?"  # what 万元 may have without a third decimal of a yuan
TEN_THOUSAND = 10_000


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """The value and what could not be read as one."""
    x, sql_type, simple = column.name, SQL_TYPE[column.type], SIMPLE[column.type]
    read = f"CASE WHEN regexp_full_match({x}, '{simple}') THEN TRY_CAST({x} AS {sql_type}) END"
    fast = read if unit == 1 else f"CAST(NULL AS {sql_type})"
    unsigned = f"CASE WHEN {x} LIKE '¥%' OR {x} LIKE '￥%' THEN substring({x}, 2) ELSE {x} END"
    is_grouped = f"{x} LIKE '%,%' AND regexp_full_match({x}, '{GROUPED}')"
    ungrouped = f"CASE WHEN {is_grouped} THEN replace({x}, ',', '') ELSE {x} END"
    return (
        *quickly(x, fast),
        {x: where_left(x, unsigned), f"{x}__fast": f"{x}__fast"},
        {x: where_left(x, ungrouped), f"{x}__fast": f"{x}__fast"},
        *finished(x, _money_sql(x, unit) if column.type is Type.MONEY else read),
    )


def _money_sql(x: str, unit: int) -> str:
    number = f"regexp_replace({x}, '[万元]+$', '')"
    yuan = f"TRY_CAST({number} AS DECIMAL(16, 2))"
    tens = f"CAST(TRY_CAST({number} AS DECIMAL(24, 6)) * {TEN_THOUSAND} AS DECIMAL(16, 2))"
    cents = SIMPLE[Type.MONEY]
    if unit == 1:
        return (
            f"CASE WHEN regexp_full_match({x}, '({cents})元?') THEN {yuan}"
            f" WHEN regexp_full_match({x}, '({MILLIONTHS})万元?') THEN {tens} END"
        )
    return (
        f"CASE WHEN regexp_full_match({x}, '({MILLIONTHS})(万元?)?') THEN {tens}"
        f" WHEN regexp_full_match({x}, '({cents})元') THEN {yuan} END"
    )
