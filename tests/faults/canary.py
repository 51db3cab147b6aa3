"""A person who does not exist, put into every feed of the contracts: into good rows, and into every kind of bad one.

Rows follow from the contract alone, so a department that comes later has the canary in its feeds as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from expectations.contract import Classification, Column, Feed, Type
from expectations.periods import Period
from tests.faults.writings import identity_forms

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # of GB 11643
CHECK_DIGITS = "10X98765432"
VILLAGE = "410184777701"
LEAST_HELD = 12  # rows; so many refuse a delivery
GLUED = ",;\t\n\"'"  # what a row's own cells may not hold
Row = dict[str, str]


def numbered(first_17: str) -> str:
    """An identity number with its check digit."""
    return first_17 + CHECK_DIGITS[sum(int(d) * w for d, w in zip(first_17, WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True)
class Canary:
    """Who is planted."""

    name: str = "禤靐龘"
    head_name: str = "亓官麤麢"
    number: str = numbered("41018419571123867")
    head_number: str = numbered("41018419331009573")
    phone: str = "13903719257"
    certificate: str = "DB77091300427"
    note: str = "卧病靁靇堂独居无人照料"
    household: str = "4101847777000042"

    @cached_property
    def values(self) -> dict[str, str]:
        """What a scanner looks for; the household's number is public."""
        told = {"name": self.name, "head": self.head_name, "phone": self.phone, "note": self.note}
        heads = {f"head's {form}": text for form, text in identity_forms(self.head_number).items()}
        return {**told, "certificate": self.certificate, **identity_forms(self.number), **heads}

    @property
    def all_told(self) -> str:
        """Everything about the person in one cell."""
        return f"{self.name}{self.number}、{self.phone}、{self.note}"


CANARY = Canary()
STRANGER = Canary(  # whom nobody looks for
    "欧阳寻常", "司徒平凡", numbered("41018419620304001"), numbered("41018419450607022"), "13700000000",
    "DB00000000001", "一切都好并无异常情况", "4101847777000043",
)  # fmt: skip


def good_row(feed: Feed, period: Period, who: Canary = CANARY, nth: int = 0) -> Row:
    """The canary's row in a feed, by column: as a clerk would write it without a fault."""
    return {column.name: _cell(feed, column, period, who, nth) for column in feed.columns}


def _cell(feed: Feed, column: Column, period: Period, who: Canary, nth: int) -> str:
    named_by = {other.named_by: other for other in feed.typed(Type.PERSON_NUMBER)}
    is_open = column.classification is Classification.OPEN
    match column.type:
        case Type.PERSON_NUMBER:
            number = who.number if column.named_by == "name" else who.head_number
            return f"{number}11" if "残疾证" in column.label else number
        case Type.TEXT if column.name in named_by:
            return who.name if column.name == "name" else who.head_name
        case Type.TEXT if "电话" in column.label:
            return who.phone
        case Type.TEXT:
            return f"{column.label}甲" if is_open else f"{_stage(column)}{who.note}"
        case Type.NUMBER:
            return _number(feed, column, who, nth)
        case Type.DIVISION | Type.VILLAGE:
            return VILLAGE[:9] if column.name.startswith("parent") else _other(VILLAGE, column, nth)
        case Type.DATE:
            return "1957-11-23" if column.name == "birth_date" else str(period.first)
        case _ if not (column.required or column.key):
            return ""
        case Type.MONTH:
            return f"{period.last:%Y%m}"
        case Type.YEAR:
            return f"{period.last.year}"
        case Type.TERM:
            return period.term or ""
        case Type.MONEY:
            return "0"
        case Type.INTEGER | Type.DECIMAL:
            return str(int(max(column.minimum or 0, 1)))
        case Type.FLAG:
            return "是"
    return next(reversed(column.codes)) if column.name == "level" else next(iter(column.codes), "")


def _stage(column: Column) -> str:
    """A pupil's stage stands before what else the cell says."""
    return "小学" if column.name == "schooling" else ""


def _number(feed: Feed, column: Column, who: Canary, nth: int) -> str:
    if column.name == "household_id":
        return _other(who.household, column, nth)
    if column.name.startswith("reverses"):
        return ""
    if column.classification is Classification.OPEN:
        return f"YB{feed.name.upper()[:3]}{nth:04}" if column.key else "YB0000"
    return who.certificate if nth == 0 else f"{who.certificate}{nth}"


def _other(code: str, column: Column, nth: int) -> str:
    """Another code of the same form where it is the row's key: two rows of one key would hold each other."""
    return f"{code[:-2]}{nth:02}" if column.key and nth else code


def faulty_rows(feed: Feed, period: Period, at_least: int = 0) -> Iterator[Row]:
    """Rows that are held, the canary in each: its number spoilt, every column in turn given to it."""
    spoilt = list(_spoilt(feed))
    for nth in range(max(len(spoilt), at_least)):
        column, text = spoilt[nth % len(spoilt)]
        again = f"{CANARY.all_told}{nth}" if nth >= len(spoilt) else text
        yield {**good_row(feed, period, nth=nth + 1), column: again}


def _spoilt(feed: Feed) -> Iterator[tuple[str, str]]:
    told = CANARY.all_told
    for column in feed.typed(Type.PERSON_NUMBER):
        wrong = "0" if CANARY.number[-1] != "0" else "1"
        for text in (f"{CANARY.number[:17]}{wrong}", CANARY.number[:17],
        f"{CANARY.number[0]}.{CANARY.number[1:15]}E+17",
                     f"{CANARY.number[:15]}000", told):  # fmt: skip
            yield column.name, text
    for column in feed.columns:
        if column.type not in (Type.TEXT, Type.NUMBER, Type.PERSON_NUMBER):
            yield column.name, told
    for column in feed.columns:
        if column.required and column.type is Type.TEXT:
            yield column.name, ""


def misplaced_rows(feed: Feed, period: Period) -> Iterator[Row]:
    """Rows in which the person stands where an office's number should."""
    for nth, column in enumerate(feed.typed(Type.NUMBER), start=50):
        if column.classification is Classification.OPEN:
            yield {**good_row(feed, period, nth=nth), column.name: CANARY.number}
            yield {**good_row(feed, period, nth=nth + 20), column.name: CANARY.name}


def shifted(cells: list[str]) -> list[str]:
    """A row with a delimiter too many: from its second cell on, all stand under the next header."""
    return [cells[0], "", *cells[1:]]
