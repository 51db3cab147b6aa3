"""How the text of a cell becomes a value: one module per family of types, all of them producing SQL.

`layers(column, unit)` is a tuple of steps; a step maps names to expressions over the names of the step
before,
the first over the cell's text under the column's own name. In the end stand the value under the column's
name,
the text that could not be read under `<name>__unread`, and for a person number `__key` and `__fault`. Each
expression stands once: DuckDB plans a file's statement in milliseconds, where nested ones took a fifth of a
second. Canonical spellings are recognised first and cheaply; only other ones go down the careful road.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from expectations.contract import Column, Type
from expectations.types import amounts, codes, dates, numbers, person_number

READERS: dict[Type, ModuleType] = {
    Type.TEXT: numbers,
    Type.NUMBER: numbers,
    Type.DIVISION: numbers,
    Type.VILLAGE: numbers,
    Type.PERSON_NUMBER: person_number,
    Type.DATE: dates,
    Type.MONTH: dates,
    Type.YEAR: dates,
    Type.TERM: dates,
    Type.MONEY: amounts,
    Type.INTEGER: amounts,
    Type.DECIMAL: amounts,
    Type.FLAG: codes,
    Type.CODE: codes,
    Type.CODE_SET: codes,
}


def layers(column: Column, unit: int = 1) -> tuple[Mapping[str, str], ...]:
    """The steps from text to value; `unit` is what the header multiplies amounts by."""
    return READERS[column.type].layers(column, unit)


def typed_names(column: Column) -> tuple[str, ...]:
    """The columns that a cell ends as."""
    return tuple(layers(column)[-1])
