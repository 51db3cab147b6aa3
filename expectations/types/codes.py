"""Values out of a list, by label, by the department's code or by an older word; flags; sets of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from expectations.checks import quoted
from expectations.contract import Column, Type
from expectations.types.blanks import MISSING_MARKS, finished, quickly, where_left

TRUE = ("是", "有", "1", "Y", "y")
FALSE = ("否", "无", "0", "N", "n")
FLAG_MARKS = tuple(mark for mark in MISSING_MARKS if mark not in FALSE)  # 无 answers a flag


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """A flag; one value of the list, or the text itself, which the list check then finds; a set of values."""
    x = column.name
    if column.type is Type.FLAG:
        yes, no = _listed(TRUE), _listed(FALSE)
        read = f"CASE WHEN {x} IN ({yes}) THEN TRUE WHEN {x} IN ({no}) THEN FALSE END"
        return *quickly(x, read, FLAG_MARKS), *finished(x, read)
    fast = quickly(x, f"CASE WHEN {x} IN ({_listed(column.codes)}) THEN {x} END")
    if column.type is Type.CODE_SET:
        joined = f"translate({x}, '，、；;', ',,,,')"
        return *fast, {x: where_left(x, joined), f"{x}__fast": f"{x}__fast"}, *finished(x, _set_sql(column))
    text = {f"{x}__text": f"coalesce({x}__fast, {x})"} if column.keeps_text else {}
    return *fast, {x: _one_sql(column), **text}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quoted(word) for word in words)


def _one_sql(column: Column) -> str:
    x = column.name
    branches = [
        f"WHEN {x} IN ({_listed(others)}) THEN {quoted(value)}"
        for value, others in column.codes.items()
        if others
    ]
    careful = where_left(x, f"CASE {' '.join(branches)} ELSE {x} END") if branches else x
    otherwise = f", {quoted(column.empty_is)}" if column.empty_is else ""
    return f"coalesce({x}__fast, {careful}{otherwise})"


def _set_sql(column: Column) -> str:
    x = column.name
    tests = {
        value: f"position({quoted(f',{value},')} IN concat(',', {x}, ',')) > 0" for value in column.codes
    }
    left = f"concat(',', replace({x}, ',', ',,'), ',')"  # each word between commas of its own
    for value in column.codes:
        left = f"replace({left}, {quoted(f',{value},')}, '')"
    parts = ", ".join(f"CASE WHEN {test} THEN {quoted(value)} END" for value, test in tests.items())
    return f"CASE WHEN {left} = '' THEN concat_ws(',', {parts}) END"
