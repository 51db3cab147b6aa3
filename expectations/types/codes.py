"""Values out of a list, by label, by the department's code or by an older word; flags; sets of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from expectations.checks import quoted
from expectations.contract import Column, Type
from expectations.types.blanks import MISSING_MARKS, bared_sql, unmarked_sql, unread_layer

TRUE = ("是", "有", "1", "Y", "y")
FALSE = ("否", "无", "0", "N", "n")
FLAG_MARKS = tuple(mark for mark in MISSING_MARKS if mark not in FALSE)  # 无 answers a flag


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """A flag, one value of the list (or the text itself, which the list check then finds), or a set of values."""
    x = column.name
    marks = FLAG_MARKS if column.type is Type.FLAG else MISSING_MARKS
    first = {x: bared_sql(x)}
    second = {x: unmarked_sql(x, marks)}
    if column.type is Type.FLAG:
        yes, no = _listed(TRUE), _listed(FALSE)
        read = f"CASE WHEN {x} IN ({yes}) THEN TRUE WHEN {x} IN ({no}) THEN FALSE END"
        return first, second, {x: read, f"{x}__clean": x}, unread_layer(x)
    if column.type is Type.CODE_SET:
        return first, second, {x: x, f"{x}__joined": f"translate({x}, '，、；;', ',,,,')"}, *_set(column)
    value = {x: _one_sql(column)}
    return first, second, value | ({f"{x}__text": x} if column.keeps_text else {})


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quoted(word) for word in words)


def _one_sql(column: Column) -> str:
    x = column.name
    branches = [
        f"WHEN {x} IN ({_listed(others)}) THEN {quoted(value)}"
        for value, others in column.codes.items()
        if others
    ]
    value = (
        f"CASE WHEN {x} IN ({_listed(column.codes)}) THEN {x} {' '.join(branches)} ELSE {x} END"
        if branches
        else x
    )
    return f"coalesce({value}, {quoted(column.empty_is)})" if column.empty_is else value


def _set(column: Column) -> tuple[Mapping[str, str], ...]:
    x, joined = column.name, f"{column.name}__joined"
    tests = {
        value: f"position({quoted(f',{value},')} IN concat(',', {joined}, ',')) > 0" for value in column.codes
    }
    found = " + ".join(f"CASE WHEN {test} THEN 1 ELSE 0 END" for test in tests.values())
    given = f"length({joined}) - length(replace({joined}, ',', '')) + 1"
    parts = ", ".join(f"CASE WHEN {test} THEN {quoted(value)} END" for value, test in tests.items())
    one = f"WHEN {x} IN ({_listed(column.codes)}) THEN {x}"  # most cells name one
    read = f"CASE {one} WHEN ({found}) = ({given}) THEN concat_ws(',', {parts}) END"
    return {x: read, f"{x}__clean": x}, unread_layer(x)
