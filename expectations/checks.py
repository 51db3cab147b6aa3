"""What can be asked of a row, declared once and spoken twice.

Every test below says when a row is *wrong* as an SQL condition (`wrong_sql`), and which core class of Great
Expectations asks the same (`gx`). The two are computed by different engines from the same declaration; the
run fails when they count differently (expectations/validate.py).

A NULL is never wrong by any test but `NotNull`: what is missing is asked for by `NotNull` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any


class Severity(StrEnum):
    """An error holds the row; a warning is reported and the row loads."""

    ERROR = "error"
    WARNING = "warning"


def quoted(value: str) -> str:
    """An SQL string literal."""
    return "'" + value.replace("'", "''") + "'"


def literal(value: str | int | float) -> str:
    """An SQL literal of a text or a number."""
    return quoted(value) if isinstance(value, str) else str(value)


@dataclass(frozen=True)
class NotNull:
    """The expression has a value."""

    expression: str

    def wrong_sql(self) -> str:
        return f"({self.expression}) IS NULL"

    def gx(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToNotBeNull", {"column": column}


@dataclass(frozen=True)
class Null:
    """The expression has no value (used for what could not be read)."""

    expression: str

    def wrong_sql(self) -> str:
        return f"({self.expression}) IS NOT NULL"

    def gx(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToBeNull", {"column": column}


@dataclass(frozen=True)
class Between:
    """minimum <= expression <= maximum; either bound may be absent."""

    expression: str
    minimum: int | float | str | None = None
    maximum: int | float | str | None = None

    def wrong_sql(self) -> str:
        sides = []
        if self.minimum is not None:
            sides.append(f"({self.expression}) < {literal(self.minimum)}")
        if self.maximum is not None:
            sides.append(f"({self.expression}) > {literal(self.maximum)}")
        return "(" + " OR ".join(sides) + ")"

    def gx(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToBeBetween", {
            "column": column,
            "min_value": self.minimum,
            "max_value": self.maximum,
        }


@dataclass(frozen=True)
class InSet:
    """The expression is one of the values."""

    expression: str
    values: tuple[str | int, ...]

    def wrong_sql(self) -> str:
        listed = ", ".join(literal(value) for value in self.values)
        return f"({self.expression}) NOT IN ({listed})"

    def gx(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToBeInSet", {"column": column, "value_set": list(self.values)}


@dataclass(frozen=True)
class NotInSet:
    """The expression is none of the values."""

    expression: str
    values: tuple[str | int, ...]

    def wrong_sql(self) -> str:
        listed = ", ".join(literal(value) for value in self.values)
        return f"({self.expression}) IN ({listed})"

    def gx(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToNotBeInSet", {"column": column, "value_set": list(self.values)}


@dataclass(frozen=True)
class Unique:
    """No other row of the same delivery has the same value; the expression is NULL where not comparable.

    The expression carries the delivery, so that one suite run may cover many deliveries. `copies` names the
    column that the batch has counted for the row conditions.
    """

    expression: str
    copies: str

    def wrong_sql(self) -> str:
        return f"{self.copies} > 1"

    def gx(self, column: str) -> tuple[str, dict[str, Any]]:
        return "ExpectColumnValuesToBeUnique", {"column": column}


Test = NotNull | Null | Between | InSet | NotInSet | Unique


@dataclass(frozen=True, kw_only=True)
class Check:
    """One expectation: its id is `<feed>.<name>`; `columns` are those a clerk has to look at."""

    name: str
    test: Test
    zh: str
    en: str
    mend_zh: str = ""
    mend_en: str = ""
    severity: Severity = Severity.ERROR
    columns: tuple[str, ...] = field(default=())


warning = partial(Check, severity=Severity.WARNING)


def wrong_when(condition: str) -> Null:
    """A row is wrong where the condition is true; where it is unknown it is not."""
    return Null(f"CASE WHEN {condition} THEN 1 END")


def empty(column: str) -> str:
    """A condition: nothing stands in the cell, not even what could not be read."""
    return f"{column} IS NULL AND {column}__unread IS NULL"
