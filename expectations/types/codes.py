"""Values out of a list, by label, by the department's code or by an older word; flags; sets of values."""

from __future__ import annotations

from expectations.checks import quoted
from expectations.contract import Column, Type
from expectations.types.blanks import MISSING_MARKS, narrowed_sql, unmarked_sql

TRUE = ("是", "有", "1", "Y", "y")
FALSE = ("否", "无", "0", "N", "n")
FLAG_MARKS = tuple(mark for mark in MISSING_MARKS if mark not in FALSE)


def clean_sql(text: str, column: Column) -> str:
    """Without blanks, half-width; NULL where nothing was said (but 无 answers a flag)."""
    known = {*column.codes, *(other for others in column.codes.values() for other in others), *TRUE, *FALSE}
    listed = ", ".join(quoted(value) for value in sorted(known - set(MISSING_MARKS)))
    marks = FLAG_MARKS if column.type is Type.FLAG else MISSING_MARKS
    return f"CASE WHEN {text} IN ({listed}) THEN {text} ELSE {unmarked_sql(narrowed_sql(text), marks)} END"


def typed_sql(clean: str, column: Column, unit: int) -> tuple[tuple[str, str], ...]:
    """A flag, one value of the list (or the text itself, which the list check then finds), or a set of values."""
    if column.type is Type.FLAG:
        return _flag(clean)
    if column.type is Type.CODE_SET:
        return _set(clean, column)
    return (("", _one(clean, column)), *((("__text", clean),) if _is_asked_for(column) else ()))


def _is_asked_for(column: Column) -> bool:
    """Only the household type is asked how it was spelt (建档立卡贫困户 needs an exit year)."""
    return "建档立卡贫困户" in {other for others in column.codes.values() for other in others}


def _flag(clean: str) -> tuple[tuple[str, str], ...]:
    yes, no = (", ".join(quoted(word) for word in words) for words in (TRUE, FALSE))
    read = f"CASE WHEN {clean} IN ({yes}) THEN TRUE WHEN {clean} IN ({no}) THEN FALSE END"
    unread = f"CASE WHEN {clean} NOT IN ({yes}, {no}) THEN {clean} END"
    return (("", read), ("__unread", unread))


def _one(clean: str, column: Column) -> str:
    branches = [
        f"WHEN {clean} IN ({', '.join(quoted(other) for other in others)}) THEN {quoted(value)}"
        for value, others in column.codes.items()
        if others
    ]
    value = f"CASE {' '.join(branches)} ELSE {clean} END" if branches else clean
    return f"coalesce({value}, {quoted(column.empty_is)})" if column.empty_is else value


def _set(clean: str, column: Column) -> tuple[tuple[str, str], ...]:
    joined = f"translate({clean}, '，、；;', ',,,,')"
    tests = {value: f"position({quoted(f',{value},')} IN ',' || {joined} || ',') > 0" for value in column.codes}
    found = " + ".join(f"CASE WHEN {test} THEN 1 ELSE 0 END" for test in tests.values())
    given = f"length({joined}) - length(replace({joined}, ',', '')) + 1"
    parts = ", ".join(f"CASE WHEN {test} THEN {quoted(value)} END" for value, test in tests.items())
    good = f"({found}) = ({given})"
    return (
        ("", f"CASE WHEN {good} THEN concat_ws(',', {parts}) END"),
        ("__unread", f"CASE WHEN NOT ({good}) THEN {clean} END"),
    )
