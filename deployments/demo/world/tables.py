"""Facts as columns: a table is a mapping of names to numpy arrays of one length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

Table = dict[str, np.ndarray]


def size(table: Table) -> int:
    """The number of rows."""
    return len(next(iter(table.values()))) if table else 0


def rows(table: Table, which: np.ndarray) -> Table:
    """The rows of a mask or of positions."""
    return {name: column[which] for name, column in table.items()}


def together(tables: Iterable[Table]) -> Table:
    """One below the other; every table has the same columns."""
    found = [table for table in tables if table]
    return {name: np.concatenate([table[name] for table in found]) for name in found[0]}


def of_records(records: Sequence[Mapping[str, int]], like: Table) -> Table:
    """A table of these rows with the columns of another; what a row does not name is 0."""
    return {
        name: np.array([record.get(name, 0) for record in records], dtype=column.dtype)
        for name, column in like.items()
    }


def ordered(table: Table, *by: str) -> Table:
    """The rows in order of some columns, the first the most significant, equal ones as they stood."""
    keys = tuple(table[name] for name in reversed(by))
    return rows(table, np.lexsort(keys))


def sums(positions: np.ndarray, amounts: np.ndarray, length: int) -> np.ndarray:
    """Whole-number sums of amounts by position (np.bincount would go through floats)."""
    found = np.zeros(length, dtype=np.int64)
    np.add.at(found, positions, amounts)
    return found
