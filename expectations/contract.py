"""The vocabulary in which a department's promise is written down.

A feed is one `Feed` object; a column is one `Column`. Everything else - the Great Expectations suite, the
conditions that hold a row back, typing, the demo city, the data dictionary - is derived from these objects,
so that no fact about a feed stands in two places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from expectations.checks import Check


class Kind(StrEnum):
    """What a file of the feed is: the whole truth of its partition, or new rows."""

    SNAPSHOT = "snapshot"
    EVENTS = "events"


class Cadence(StrEnum):
    """How often a file is promised."""

    MONTH = "month"
    YEAR = "year"
    TERM = "term"
    HALF_YEAR = "half_year"
    ANY_DAY = "any_day"


class Type(StrEnum):
    """How the text of a cell is read; `expectations/types/` holds the SQL of each."""

    TEXT = "text"
    NUMBER = "number"  # given by an office, kept as text: 户编号, 结算编号
    PERSON_NUMBER = "person_number"
    DIVISION = "division"
    VILLAGE = "village"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    TERM = "term"
    MONEY = "money"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"
    CODE = "code"
    CODE_SET = "code_set"


class Classification(StrEnum):
    """Who may see a column: the world of analysts, or the vault alone."""

    OPEN = "open"  # may be published as it is
    SENSITIVE = "sensitive"  # published per household or by token, never with a name
    IDENTIFIER = "identifier"  # lives in the vault only


@dataclass(frozen=True, kw_only=True)
class Promise:
    """The day by which a period's file should be there (expectations/periods.py reckons it).

    Counted from the month that the period names: `day` of the month `months_after`, the last of a shorter
    month. A yearly feed names January for its year. `by_term` gives (months_after, day) by term month.
    """

    day: int = 0
    months_after: int = 0
    by_term: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a feed as the department heads it (`label`) and as we call it (`name`)."""

    name: str
    label: str
    type: Type
    required: bool = False
    key: bool = False
    aliases: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # stored value -> other spellings
    classification: Classification = Classification.SENSITIVE
    en: str = ""  # description in English
    minimum: float | None = None
    maximum: float | None = None
    plausible: float | None = None  # a value above it is asked about, and loads
    usual: tuple[float, float] | None = None  # of an amount: between which the mean of a file lies, in yuan
    years_ahead: int = 0  # how many years after the period's end a date may lie
    keeps_text: bool = False  # of a code: `<name>__text` keeps how it was spelt
    empty_is: str | None = None  # the code that an empty cell stands for
    named_by: str = "name"  # of a person number: the column with that person's name
    holds_row: bool = True  # False: an unusable value is listed but does not hold the row


@dataclass(frozen=True, kw_only=True)
class Once:
    """Rows that share `by` but differ in the key: all but the one with the smallest `keep` are marked
    `name`."""

    name: str
    by: tuple[str, ...]
    keep: str


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One dataset that a department promises.

    `rules` are the checks beyond what the columns imply. `main_amount` names the money column whose mean is
    watched for a slip of unit. `partition` names the column that splits a snapshot into whole truths.
    `listed_while` makes a snapshot a list of those at risk, whose absence means that all is well: the condition under
    which a row says that it is not. Such a list must not shrink in silence (warehouse/guards.py).
    `given` are the columns that a list of ours fills in before it goes out: it comes back under its own name, one
    from each place, its sheets belong together, and a row with nothing but these is not filled in yet.
    """

    name: str
    title: str
    title_en: str
    kind: Kind
    cadence: Cadence
    columns: tuple[Column, ...]
    promise: Promise | None = None
    max_age_months: int | None = None
    partition: str | None = None
    may_be_nil: bool = True
    main_amount: str | None = None
    event_date: str | None = None  # the column that says when the fact happened
    event_end: str | None = None  # of a fact that lasts: the column of its last day, empty = it goes on
    listed_while: str | None = None
    quarantine_limit: float = 0.05
    once: Once | None = None
    given: tuple[str, ...] = ()
    rules: tuple[Check, ...] = ()
    department: str = ""  # filled in by the walk over expectations/feeds/
    sample: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns that together name a row."""
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the feed has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"feed {self.name} has no column {name}")

    @property
    def person(self) -> Column | None:
        """The number of the person whom a row is about (of an allowance not the head's, which is optional)."""
        numbers = self.typed(Type.PERSON_NUMBER)
        return next((column for column in numbers if column.required), None)

    @property
    def is_about_village(self) -> bool:
        """Whether its rows name villages and their works, and neither a person nor a household."""
        return self.person is None and all(column.name != "household_id" for column in self.columns)

    def typed(self, *types: Type) -> tuple[Column, ...]:
        """The columns of those types, in order."""
        return tuple(column for column in self.columns if column.type in types)


@dataclass(frozen=True, kw_only=True)
class Department:
    """Who sends; the contact role is looked up in the contacts file."""

    name: str
    title: str
    title_en: str
    contact: str
