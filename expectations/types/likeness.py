"""When two cells say the same, however they were written: for rows sent twice and for names. What is shown is what was
written."""

from __future__ import annotations

from expectations.contract import Column, Type
from expectations.types.blanks import SPACE_PATTERN, UNSEEN, narrow_sql, unified_sql
from expectations.types.numbers import PLAIN_TEXT

POINTS = r".·•․‧∙⋅・･·﹒"  # inside the name of a minority; 阿・买提 and 阿·买提 are one man
CERTIFICATE = 20  # characters; two more say that it was issued anew, which makes it no other one


def same_name_sql(name: str) -> str:
    """A name without blanks and points, half-width: as names are compared."""
    bare = f"regexp_replace({unified_sql(narrow_sql(name))}, '[{POINTS}{SPACE_PATTERN}{UNSEEN}]', '', 'g')"
    return f"CASE WHEN regexp_full_match({name}, '{PLAIN_TEXT}') THEN {name} ELSE {bare} END"


def alike_sql(column: Column) -> str:
    """What two cells of a column have in common when they say the same."""
    if column.type is Type.TEXT:
        return same_name_sql(column.name)
    return f"substring({column.name}, 1, {CERTIFICATE})" if column.type is Type.PERSON_NUMBER else column.name
