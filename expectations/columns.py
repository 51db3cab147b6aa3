"""Short words for the columns of a contract: `money("total_cost", "医疗总费用", "total cost",
required=True)`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from expectations.contract import Classification, Column, Type

MONEY_BOUND_CNY = 10_000_000
IDENTIFIER = Classification.IDENTIFIER
OPEN = Classification.OPEN
SENSITIVE = Classification.SENSITIVE


def _column(type_: Type, name: str, label: str, en: str, **more: Any) -> Column:
    more.setdefault("required", more.get("key", False))
    return Column(name=name, label=label, type=type_, en=en, **more)


text = partial(_column, Type.TEXT)
number = partial(_column, Type.NUMBER)
division = partial(_column, Type.DIVISION)
village = partial(_column, Type.VILLAGE)
date = partial(_column, Type.DATE)
month = partial(_column, Type.MONTH)
year = partial(_column, Type.YEAR)
term = partial(_column, Type.TERM)
flag = partial(_column, Type.FLAG)


def integer(name: str, label: str, en: str, minimum: float | None = 0, **more: Any) -> Column:
    """A whole number, not negative unless `minimum` says otherwise."""
    return _column(Type.INTEGER, name, label, en, minimum=minimum, **more)


def decimal(name: str, label: str, en: str, minimum: float | None = 0, **more: Any) -> Column:
    """A number of up to four decimals, not negative unless `minimum` says otherwise."""
    return _column(Type.DECIMAL, name, label, en, minimum=minimum, **more)


def money(
    name: str,
    label: str,
    en: str,
    minimum: float | None = 0,
    maximum: float | None = MONEY_BOUND_CNY,
    **more: Any,
) -> Column:
    """An amount in yuan, decimal(16, 2)."""
    return _column(Type.MONEY, name, label, en, minimum=minimum, maximum=maximum, **more)


def person_number(name: str, label: str, en: str, **more: Any) -> Column:
    """An identity number (GB 11643) or a disability certificate number; `named_by` holds the name beside
    it."""
    return _column(Type.PERSON_NUMBER, name, label, en, classification=IDENTIFIER, **more)


def person_name(name: str = "name", label: str = "姓名", en: str = "name", **more: Any) -> Column:
    """A person's name; never leaves the vault."""
    more.setdefault("required", True)
    return _column(Type.TEXT, name, label, en, classification=IDENTIFIER, **more)


def code(
    name: str, label: str, en: str, codes: Iterable[str] | Mapping[str, Iterable[str]], **more: Any
) -> Column:
    """One of a list; a mapping names the other spellings (department's code, older word) of each value."""
    return _column(Type.CODE, name, label, en, codes=_spellings(codes), **more)


def code_set(name: str, label: str, en: str, codes: Iterable[str], **more: Any) -> Column:
    """Several of a list, joined by the department with ， 、 or ；, by us with a comma in the list's order."""
    return _column(Type.CODE_SET, name, label, en, codes=_spellings(codes), **more)


TAKEN_BACK = flag(
    "is_taken_back",
    "作废标志",
    "whether the row takes back what was sent before under its key",
    aliases=("作废标记", "撤销标志", "是否作废", "是否撤销", "作废", "撤销"),
    codes={"是": ("作废", "撤销", "已作废", "已撤销"), "否": ("正常", "有效", "未作废")},
    classification=OPEN,
)  # of every feed of events


def _spellings(codes: Iterable[str] | Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    if isinstance(codes, Mapping):
        return {value: tuple(others) for value, others in codes.items()}
    return {value: () for value in codes}
