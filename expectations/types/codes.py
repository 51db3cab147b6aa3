"""Values out of a list, by label, by the department's code or by an older word; flags; sets of values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from expectations.checks import quoted
from expectations.contract import Column, Type
from expectations.types.blanks import (
    MISSING_MARKS,
    NO_ANSWER,
    bare_sql,
    finished,
    quickly,
    unified_sql,
    where_left,
)

TRUE = ("是", "有", "1", "Y", "y", "TRUE", "true", "True", "YES", "yes", "Yes", "对", "√", "✓", "✔", "☑")
FALSE = ("否", "无", "没有", "0", "N", "n", "FALSE", "false", "False", "NO", "no", "No", "错", "×", "✗", "✘")
FLAG_MARKS = tuple(mark for mark in MISSING_MARKS if mark not in FALSE)  # 无 answers a flag


def layers(column: Column, unit: int) -> tuple[Mapping[str, str], ...]:
    """A flag; one value of the list, or the text itself, which the list check then finds; a set of values."""
    x = column.name
    if column.type is Type.FLAG:
        yes, no = (_listed((*words, *column.codes.get(words[0], ()))) for words in (TRUE, FALSE))
        read = f"CASE WHEN {x} IN ({yes}) THEN TRUE WHEN {x} IN ({no}) THEN FALSE END"
        return *quickly(x, read, FLAG_MARKS), *finished(x, read)
    words = {word.lower() for value, others in column.codes.items() for word in (value, *others)}
    marks = [mark for mark in (*MISSING_MARKS, *NO_ANSWER) if mark not in words]
    fast = quickly(x, f"CASE WHEN {x} IN ({_listed(column.codes)}) THEN {x} END", marks, _bare_sql)
    if column.type is Type.CODE_SET:
        joined = f"translate({x}, '，、；;', ',,,,')"
        return *fast, {x: where_left(x, joined), f"{x}__fast": f"{x}__fast"}, *finished(x, _set_sql(column))
    if not column.holds_row:
        return *fast, *finished(x, _one_sql(column, "NULL"))
    text = {f"{x}__text": f"coalesce({x}__fast, {x})"} if column.keeps_text else {}
    otherwise = f", {quoted(column.empty_is)}" if column.empty_is else ""
    return *fast, {x: f"coalesce({x}__fast, {where_left(x, _one_sql(column, x))}{otherwise})", **text}


def _bare_sql(text: str) -> str:
    return unified_sql(bare_sql(text))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(quoted(word) for word in words)


def _one_sql(column: Column, otherwise: str) -> str:
    """The value that the spelling stands for; the text itself, or nothing, where it is in no list."""
    spelt = [(value, (value, *others)) for value, others in column.codes.items()]
    branches = (f"WHEN {column.name} IN ({_listed(words)}) THEN {quoted(value)}" for value, words in spelt)
    return f"CASE {' '.join(branches)} ELSE {otherwise} END"


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
