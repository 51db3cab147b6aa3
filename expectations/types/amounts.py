"""Money in yuan as decimal(16, 2), whole numbers, and decimals.

万元 in the header, in a unit row or in the cell itself converts exactly; the cell's unit goes before the
header's. A third decimal of a yuan is an error, never rounded away. E notation is an error: it has lost digits.
"""

from __future__ import annotations

from expectations.contract import Column, Type
from expectations.types.blanks import bare_sql, unmarked_sql

SQL_TYPE = {Type.MONEY: "DECIMAL(16, 2)", Type.INTEGER: "INTEGER", Type.DECIMAL: "DECIMAL(18, 6)"}
GROUPED = r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"
PLAIN = {Type.MONEY: r"-?[0-9]+(\.[0-9]+)?", Type.INTEGER: "-?[0-9]+", Type.DECIMAL: r"-?[0-9]+(\.[0-9]{1,6})?"}
WIDE = "DECIMAL(30, 8)"


def canonical_sql(text: str, type_: Type) -> str:
    """True when the text is exactly what the value would be written as: the cheap road."""
    if type_ is Type.DECIMAL:
        return f"regexp_full_match({text}, '-?[0-9]{{1,9}}([.][0-9]{{1,6}})?')"
    return f"CAST(TRY_CAST({text} AS {SQL_TYPE[type_]}) AS VARCHAR) = {text}"


def clean_sql(text: str, column: Column) -> str:
    """Half-width, without blanks, thousands separators (only where they group three digits), 元 and ¥."""
    bare = bare_sql(text)
    if column.type is Type.MONEY:
        bare = rf"regexp_replace({bare}, '^[¥￥]?(.*?)(元)?$', '\1')"
    ungrouped = f"CASE WHEN regexp_full_match({bare}, '{GROUPED}(万)?') THEN replace({bare}, ',', '') ELSE {bare} END"
    return f"CASE WHEN {canonical_sql(text, column.type)} THEN {text} ELSE {unmarked_sql(ungrouped)} END"


def typed_sql(clean: str, column: Column, unit: int) -> tuple[tuple[str, str], ...]:
    """The value and what could not be read as one."""
    sql_type = SQL_TYPE[column.type]
    read = f"CASE WHEN regexp_full_match({clean}, '{PLAIN[column.type]}') THEN TRY_CAST({clean} AS {sql_type}) END"
    if column.type is Type.MONEY:
        read = _money_sql(clean, unit)
    if unit == 1:
        read = f"CASE WHEN {canonical_sql(clean, column.type)} THEN TRY_CAST({clean} AS {sql_type}) ELSE {read} END"
    return (
        ("", read),
        ("__unread", f"CASE WHEN {clean} IS NOT NULL AND ({read}) IS NULL THEN {clean} END"),
    )


def _money_sql(clean: str, unit: int) -> str:
    own = f"CASE WHEN {clean} LIKE '%万' THEN 10000 ELSE {unit} END"
    digits = f"replace({clean}, '万', '')"
    exact = f"TRY_CAST({digits} AS {WIDE}) * ({own})"
    return (
        f"CASE WHEN regexp_full_match({clean}, '-?[0-9]{{1,14}}([.][0-9]{{1,8}})?(万)?')"
        f" AND ({exact}) = round({exact}, 2) AND abs({exact}) < 100000000000000"
        f" THEN CAST({exact} AS DECIMAL(16, 2)) END"
    )
