"""What the cells of a workbook say, as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import Type
from expectations.types.numbers import NO_VALUE
from warehouse.landing import formats

SIGNIFICANT_DIGITS = 15  # of an Excel number; a longer whole number has lost its end
SHORT = SIGNIFICANT_DIGITS + 1  # characters, the point among them, that cannot be more digits than those
FIRST_DAY_1904 = date(1904, 1, 1)
AMOUNTS = (Type.MONEY, Type.INTEGER, Type.DECIMAL)  # what is counted; all else names, dates or classifies
_SERIAL = re.compile(r"\s*([0-9]{5})\s*")


class Formatted(NamedTuple):
    """A cell whose number format shows something else than what is stored: what it shows, and what it is where an
    amount is asked for."""

    shown: str
    amount: str


def formatted(cell: object, code: str) -> object:
    """The cell under its number format; what cannot be told says that it has no value."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str) or cell == "":
        return cell
    stored = cell if isinstance(cell, str) else _number_text(cell)
    shown = formats.shown(code, cell, stored)
    amount = stored if isinstance(cell, str) else formats.amount(code, stored)
    return Formatted(NO_VALUE if shown is None else shown, NO_VALUE if amount is None else amount)


def texts_of(cells: Sequence[object], kind: Type | None, is_1904: bool) -> pa.Array:
    """The cells of a column of that type as texts; `is_1904` is the workbook's date system."""
    kinds = set(map(type, cells))
    if kinds == {float} and not (kind is Type.DATE and is_1904):
        numbers = pa.array(cells).cast(pa.string())
        if (
            pc.max(pc.binary_length(numbers)).as_py() <= SHORT
            and not pc.any(pc.match_substring(numbers, "e")).as_py()
        ):
            return numbers
    read = _text_of_1904 if kind is Type.DATE and is_1904 else READERS.get(kind, cell_text)
    texts = cells if kinds == {str} and read is not _text_of_1904 else [read(cell) for cell in cells]
    return pa.array(texts, pa.string())


def cell_text(cell: object) -> str | None:
    """What a workbook's cell says, as text; a whole number of more than 15 digits keeps its E+, for it has
    lost its end."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, Formatted):
        return cell.shown
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()  # a date cell is its day
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _number_text(cell: int | float) -> str:
    if abs(cell) >= 10**SIGNIFICANT_DIGITS:
        return f"{cell:.{SIGNIFICANT_DIGITS - 1}E}"
    return f"{Decimal(f'{cell:.{SIGNIFICANT_DIGITS}g}'):f}"


def _flag_text(cell: object) -> str | None:
    """A true or false cell answers a yes-or-no column; anywhere else it is an error."""
    return ("是" if cell else "否") if isinstance(cell, bool) else cell_text(cell)


def _given_text(cell: object) -> str | None:
    """A number that an office gave: Excel has made a date of it, and what it was is lost."""
    return f"{cell_text(cell)} 00:00:00" if isinstance(cell, date) else cell_text(cell)


def _amount_text(cell: object) -> str | None:
    """An amount is what is stored, whatever its format shows."""
    return cell.amount if isinstance(cell, Formatted) else cell_text(cell)


def _text_of_1904(cell: object) -> str | None:
    """A date; a serial number counts the days of the workbook's own system."""
    text = cell_text(cell)
    serial = _SERIAL.fullmatch(text or "")
    return (FIRST_DAY_1904 + timedelta(days=int(serial[1]))).isoformat() if serial else text


READERS: Mapping[Type | None, Callable[[object], str | None]] = {
    Type.FLAG: _flag_text,
    Type.NUMBER: _given_text,
    **dict.fromkeys(AMOUNTS, _amount_text),
}
