"""Whose number is it: the name beside each person number, and which of several persons a row is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from expectations.contract import Type
from expectations.headers import evened
from warehouse.learning.known import OF_SOMEBODY_ELSE, words

if TYPE_CHECKING:
    from warehouse.learning.columns import Guess

WORDS_OF_A_NAME = words("姓名|名字|(?<=户主)名$")
WORDS_OF_A_NUMBER = words("公民|居民|(身份)?证件?(号码|号)?|身份号码|号码")


def with_names(guesses: Sequence[Guess]) -> list[Guess]:
    """Person numbers with the column of the name beside each. One without a name is a number like any other: the
    contract needs both. A head's or a guarantor's number is optional where there is another's."""
    numbers = [guess for guess in guesses if guess.column.type is Type.PERSON_NUMBER]
    names = [guess for guess in guesses if guess.is_name]
    paired: dict[int, str | None] = {}
    for guess in sorted(numbers, key=lambda one: not _whose(one)):
        free = [name for name in names if name.column.name not in paired.values()]
        paired[guess.seen.place] = _nearest(guess, free)
    others = [guess for guess in numbers if not OF_SOMEBODY_ELSE.search(evened(guess.column.label))]
    found = []
    for guess in guesses:
        if guess.column.type is not Type.PERSON_NUMBER:
            found.append(guess)
        elif (name := paired[guess.seen.place]) is None:
            plain = replace(guess.column, type=Type.NUMBER)
            found.append(replace(guess, column=plain))
        else:
            is_required = guess.column.required and (guess in others or not others)
            named = replace(guess.column, named_by=name, required=is_required)
            found.append(replace(guess, column=named))
    return found


def _nearest(number: Guess, names: Sequence[Guess]) -> str | None:
    """The name of the same person by the header, else the nearest column of names."""
    same = [name for name in names if _whose(name) == _whose(number)]
    best = min(same or names, key=lambda name: abs(name.seen.place - number.seen.place), default=None)
    return best.column.name if best else None


def _whose(guess: Guess) -> str:
    """借款人 of both 借款人姓名 and 借款人身份证号."""
    label = evened(guess.column.label)
    return WORDS_OF_A_NAME.sub("", WORDS_OF_A_NUMBER.sub("", label))
