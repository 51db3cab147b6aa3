"""How the text of a cell becomes a value: one module per family of types, all of them producing SQL.

Each module offers `clean_sql(text, column)` - the cell without what carries no meaning, NULL when nothing was
said - and `typed_sql(clean, column, unit)`, a tuple of `(suffix, expression)` pairs over the cleaned cell:
suffix "" is the value, "__unread" the text that could not be read, and a person number adds "__key" and
"__fault". Canonical spellings are recognised first and cheaply; only other ones go down the careful road.
"""

from __future__ import annotations

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


def clean_sql(text: str, column: Column) -> str:
    """The cell `text` as an expression without blanks and missing marks."""
    return READERS[column.type].clean_sql(text, column)


def normal_sql(clean: str, column: Column) -> str:
    """The cleaned cell in its one spelling; only person numbers have more than one (15 and 18 digits)."""
    return person_number.normal_sql(clean) if column.type is Type.PERSON_NUMBER else clean


def typed_sql(clean: str, column: Column, unit: int = 1) -> tuple[tuple[str, str], ...]:
    """The `(suffix, expression)` pairs of a column; `unit` is what the header multiplies amounts by."""
    return READERS[column.type].typed_sql(clean, column, unit)
