"""Cells that are right but oddly written: a reader must take them for what they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from deployments.demo.dirt.site import Site
from deployments.demo.files.written import WAN
from expectations.contract import Column, Feed, Type

FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}
MISSING = ("-", "/", "无", "——", "N/A", " ")
UNSPOKEN = (Type.PERSON_NUMBER, Type.NUMBER, Type.TEXT)

Odd = Callable[[Site, Column, str], str | None]


def _full_width(site: Site, column: Column, text: str) -> str | None:
    return text.translate(FULL_WIDTH) if text else None


def _apostrophe(site: Site, column: Column, text: str) -> str | None:
    return f"'{text}" if text else None


def _formula(site: Site, column: Column, text: str) -> str | None:
    return f'="{text}"' if text else None


def _blanks(site: Site, column: Column, text: str) -> str | None:
    return f"{text[:6]} {text[6:14]} {text[14:]} " if len(text) == 18 else None


def _lower_case(site: Site, column: Column, text: str) -> str | None:
    return text.replace("X", "x") if text.endswith("X") else None


def _fifteen(site: Site, column: Column, text: str) -> str | None:
    """The form of before 1999: no century, no check digit."""
    is_old = len(text) == 18 and "1930" < text[6:10] < "1999"
    return text[:6] + text[8:17] if is_old else None


def _missing(site: Site, column: Column, text: str) -> str | None:
    marks = MISSING if column.type is not Type.FLAG else MISSING[:2]  # 无 would be a word of the flag's
    return None if text else marks[site.serial % len(marks)]


def _thousands(site: Site, column: Column, text: str) -> str | None:
    """1,234.50"""
    if not re.fullmatch(r"-?\d{4,}(\.\d+)?", text):
        return None
    return re.sub(r"(?<=\d)(?=(\d{3})+(\.|$))", ",", text)


def _unit(site: Site, column: Column, text: str) -> str | None:
    """The unit beside the amount."""
    return f"{text}{WAN if site.is_in_wan(column) else '元'}" if text else None


ODDITIES: dict[str, Odd] = {
    "full_width_digits": _full_width,
    "leading_apostrophe": _apostrophe,
    "excel_formula": _formula,
    "blanks_in_number": _blanks,
    "lower_case_x": _lower_case,
    "fifteen_digits": _fifteen,
    "missing_mark": _missing,
    "thousands_comma": _thousands,
    "unit_in_cell": _unit,
}
SPOKEN = (Type.PERSON_NUMBER, Type.DATE, Type.MONEY, Type.INTEGER, Type.VILLAGE)


def odd_columns(feed: Feed, kind: str) -> list[Column]:
    """The columns of a feed in which that oddity can stand."""
    if kind == "full_width_digits":
        return list(feed.typed(*SPOKEN))
    if kind == "missing_mark":
        return [column for column in feed.columns if not column.required and column.type not in UNSPOKEN]
    return list(feed.typed(Type.MONEY if kind in ("thousands_comma", "unit_in_cell") else Type.PERSON_NUMBER))
