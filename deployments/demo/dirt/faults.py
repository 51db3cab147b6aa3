"""Faults of a cell, by the type that the contract gives its column: (kind, the cell as spoiled)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from deployments.demo.dirt.site import HELD, WARNED, Row, Site
from deployments.demo.world import numbers
from expectations.contract import Column, Feed, Kind, Type

Spoil = Callable[[Site, str], str]


@dataclass(frozen=True)
class Fault:
    """One way in which a row is bad: `change` gives the cells that differ from a good row."""

    kind: str
    change: Callable[[Site, Row], Row]
    outcome: str = HELD
    extra_cells: tuple[str, ...] = ()


def cell_faults(feed: Feed) -> Iterator[Fault]:
    """All faults of single cells that a feed can have."""
    for column in feed.columns:
        for kind, spoil in _spoils(feed, column):
            outcome = HELD if column.holds_row else WARNED
            yield Fault(kind, _changing(column, spoil), outcome)


def _changing(column: Column, spoil: Spoil) -> Callable[[Site, Row], Row]:
    return lambda site, row: {column.name: spoil(site, row[column.name])}


def _spoils(feed: Feed, column: Column) -> Iterator[tuple[str, Spoil]]:
    if column.required:
        yield "missing_required", lambda site, text: ("", "-", "——", "N/A", "/")[site.serial % 5]
    if column.type is Type.PERSON_NUMBER and column.required:
        yield from NUMBER_FAULTS.items()
    if column.type is Type.MONEY:
        yield from _money(column)
    if column.name == feed.partition and feed.name != "insurance":
        yield "other_period", lambda site, text: text.replace(text[:4], str(int(text[:4]) - 2))
    if column.type in (Type.VILLAGE, Type.DIVISION) and column.required:
        yield "division_of_wrong_length", lambda site, text: "41018410020"
    yield from BY_TYPE.get(column.type, {}).items()


def _money(column: Column) -> Iterator[tuple[str, Spoil]]:
    yield "text_in_amount", lambda site, text: ("约五百", "待定", "500多")[site.serial % 3]
    yield "third_decimal", lambda site, text: site.amount(column, Decimal("105.005"))
    yield "scientific_amount", lambda site, text: "1.2E+03"
    yield "comma_not_of_thousands", lambda site, text: "12,50"
    yield "amount_above_bound", lambda site, text: site.amount(column, Decimal(20_000_000_000))
    if column.minimum is not None and column.minimum >= 0:
        yield "negative_amount", lambda site, text: site.amount(column, Decimal(-80))


def _bad_check(site: Site, text: str) -> str:
    right = text[17]
    wrong = str((int(right) + 1 + site.serial % 8) % 10) if right != "X" else "7"
    return text[:17] + wrong + text[18:]


def _rebuilt(text: str, birth: str) -> str:
    """The number with another birth date and the check digit that belongs to it."""
    return numbers.whole(int(text[:6] + birth + text[14:17])) + text[18:]


def _ends_in_zeros(site: Site, text: str) -> str:
    """As Excel leaves a number of more than fifteen digits; one in three has the right check digit.

    Not so in a certificate, which does not end there: the check digit alone gives it away.
    """
    cut = text[:15] + "000"
    right = numbers.whole(int(cut[:17])) == cut
    if text[18:]:
        return (text[:14] + str(9 - int(text[14])) + "000" if right else cut) + text[18:]
    if site.serial % 3:
        return cut
    years = (
        numbers.whole(int(f"{text[:6]}{year}{text[10:14]}{1 + site.serial % 9}00"))
        for year in range(1950, 1990)
    )
    return next((found for found in years if found.endswith("000")), cut)


NUMBER_FAULTS: dict[str, Spoil] = {
    "bad_check_digit": _bad_check,
    "impossible_birth": lambda site, text: _rebuilt(
        text, ("19801345", "19990230", "19751131")[site.serial % 3]
    ),
    "birth_in_future": lambda site, text: _rebuilt(text, f"{site.end_year + 1}0304"),
    "older_than_120": lambda site, text: _rebuilt(text, "18880808"),
    "number_of_wrong_length": lambda site, text: text[:-1],
    "number_by_excel": lambda site, text: f"{text[0]}.{text[1:6]}E+{len(text) - 1}",
    "number_ends_in_000": _ends_in_zeros,
    "no_number": lambda site, text: ("无", "未办", "无户口")[site.serial % 3],
    "foreign_document": lambda site, text: ("护照E12345678", "83000012345678901X")[site.serial % 2],
}

BY_TYPE: dict[Type, dict[str, Spoil]] = {
    Type.CODE: {"unknown_code": lambda site, text: ("待核实", "其它情况", "X")[site.serial % 3]},
    Type.CODE_SET: {"unknown_code": lambda site, text: "健康、良好"},
    Type.FLAG: {"unreadable_flag": lambda site, text: ("不详", "√", "2")[site.serial % 3]},
    Type.DATE: {
        "impossible_date": lambda site, text: ("2019-02-30", "2020-13-01", "20200431")[site.serial % 3],
        "future_date": lambda site, text: f"{site.end_year + 2}-01-15",
        "date_before_1900": lambda site, text: "1899-12-31",
        "form_of_date": lambda site, text: ("03/04/2020", "2020-3", "去年腊月")[site.serial % 3],
    },
    Type.MONTH: {
        "ambiguous_month": lambda site, text: "2020.1",
        "impossible_month": lambda site, text: "201913",
        "future_month": lambda site, text: f"{site.end_year + 1}03",
    },
    Type.YEAR: {
        "unreadable_year": lambda site, text: ("二〇一九", "19年")[site.serial % 2],
        "future_year": lambda site, text: str(site.end_year + 3),
    },
    Type.TERM: {"unknown_code": lambda site, text: "2020夏"},
    Type.INTEGER: {
        "text_in_number": lambda site, text: "三口",
        "negative_number": lambda site, text: "-2",
        "fraction": lambda site, text: "2.5",
    },
    Type.DECIMAL: {"text_in_number": lambda site, text: "约30"},
    Type.NUMBER: {"office_number_by_excel": lambda site, text: "4.10184E+15"},
}


def row_faults(feed: Feed) -> Iterator[Fault]:
    """Faults of a whole row."""
    yield Fault("more_fields_than_headers", lambda site, row: {}, extra_cells=("见附件",))
    if _can_be_orphan(feed):
        yield Fault("about_nobody", lambda site, row: _harmless(row), WARNED)


def _can_be_orphan(feed: Feed) -> bool:
    """Whether a good row about nobody changes nothing: not so in the lists of what there is."""
    return feed.kind is Kind.EVENTS or any(
        column.type is Type.PERSON_NUMBER and column.required
        for column in feed.columns
        if feed.name != "households"
    )


def _harmless(row: Row) -> Row:
    """What the letter counts of everybody, registered or not, is changed in a row about nobody."""
    return {"programme": "校内奖学金"} if "programme" in row else {}
