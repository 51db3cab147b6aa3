"""Which columns name a row: the fewest whose values together stand nowhere twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations

import duckdb

from expectations.contract import Column, Feed, Kind, Type

MOST_COLUMNS = 3
HOME = "household_id"
WHEN = (Type.MONTH, Type.DATE, Type.TERM, Type.YEAR)
PREFERRED = (Type.NUMBER, Type.PERSON_NUMBER, Type.VILLAGE, Type.DIVISION, Type.CODE, *WHEN)


def with_key(
    connection: duckdb.DuckDBPyConnection, table: str, feed: Feed, filled: Collection[str]
) -> tuple[Feed, int]:
    """The feed with its key, and how many rows share their key with another that says otherwise.

    `table` holds the typed rows, `filled` are the columns that are hardly ever empty: others are no key. Events
    of a person or household come again in the next file: without a number of their own, their time belongs to
    the key.
    """
    able = [column for column in feed.columns if column.name in filled and _is_able(column)]
    able.sort(key=_rank)
    key, shared = _fewest(connection, table, able or feed.columns[:1])
    if feed.kind is Kind.EVENTS and not any(_is_of_event(column) for column in key):
        when = [column for type_ in WHEN for column in able if column.type is type_]
        key += when[:1] if all(column.type not in WHEN for column in key) else []
    names = {column.name for column in key} | ({feed.partition} if feed.partition else set())
    columns = (replace(c, key=True, required=True) if c.name in names else c for c in feed.columns)
    return replace(feed, columns=tuple(columns)), shared


def _fewest(
    connection: duckdb.DuckDBPyConnection, table: str, able: Sequence[Column]
) -> tuple[list[Column], int]:
    """The first of the smallest sets without a shared key; where there is none, the one with the fewest.

    A list's value or a day names nothing by itself, though it may stand once in a short file; and a column that
    is sometimes empty is not taken in to tell rows apart.
    """
    what = {column.name for column in able if column.type not in (Type.CODE, *WHEN)}
    best, fewest = list(able[:1]), -1
    for size in range(1, MOST_COLUMNS + 1):
        for chosen in combinations(able, size):
            is_about_something = not what or what & {column.name for column in chosen}
            if not is_about_something or not all(column.required for column in chosen[1:]):
                continue
            shared = _shared(connection, table, chosen)
            if fewest < 0 or shared < fewest:
                best, fewest = list(chosen), shared
            if shared == 0:
                return best, 0
    return best, fewest


def _is_able(column: Column) -> bool:
    """Amounts, flags and counts name nothing; nor does free text, which nobody writes twice in the same way."""
    return column.type in PREFERRED


def _rank(column: Column) -> tuple[int, bool]:
    """An office's numbers first, households after them, then persons, lists and times."""
    return PREFERRED.index(column.type), column.name == HOME


def _is_of_event(column: Column) -> bool:
    return column.type is Type.NUMBER and column.name != HOME


def _shared(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> int:
    """Different rows beyond the first of each key."""
    keys = ", ".join(f"{c.name}__key" if c.type is Type.PERSON_NUMBER else c.name for c in columns)
    (row,) = connection.execute(
        f"SELECT (SELECT count(*) FROM (SELECT DISTINCT * EXCLUDE (line) FROM {table}) AS different)"
        f" - (SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {table}) AS keys)"
    ).fetchall()
    return int(row[0])
