"""Tables as one draws them, and how a drawn row becomes a row that a department could have sent.

    id_number | settled_on | out_of_pocket
    A         | 2020-03-01 | 5000

Only the columns that matter are drawn; what else the contract asks for is filled in harmlessly. A blank cell
of a drawn column is a blank cell of the file. In columns of person numbers stands a nickname, which becomes a
valid number, always the same for the same person, born on the `birth_date` of the members table; `A:damaged`
and the other FORMS are ways in which a file may get it wrong. What is no nickname is written as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from expectations.contract import Column, Feed, Type
from expectations.periods import Period

Row = dict[str, str]

NICKNAME = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(?::([a-z0-9_]+))?")
COUNTIES = ("410184", "412128", "410123", "419017")  # Xinzheng's codes, one after the other
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FORMS: Mapping[str, Callable[[str], str]] = {
    "damaged": lambda number: number[:15] + "000",
    "scientific": lambda number: f"{number[0]}.{number[1:15]}E+17",
    "wrong_digit": lambda number: number[:17] + ("1" if number[17] != "1" else "2"),
    "short": lambda number: number[:13],
    "small": lambda number: number.lower(),
}

USUAL = {  # instead of the first of the list
    "households.household_type": "一般农户",
    "enrolments.stage": "小学",
    "disability.type": "4",
    "disability.grade": "4",
}
BY_TYPE = {
    Type.TEXT: "某",
    Type.MONEY: "0",
    Type.INTEGER: "1",
    Type.DECIMAL: "1",
    Type.FLAG: "否",
    Type.VILLAGE: "home",
    Type.DIVISION: "410184",
}


def drawn(table: str) -> list[Row]:
    """The rows of a drawn table by column name; ValueError where a row is not as long as the header."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    header, *rows = lines
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{len(row)} cells under {len(header)}: {' | '.join(row)}")
    return [dict(zip(header, row, strict=True)) for row in rows]


def number_of(born: date, nth: int, is_male: bool = True, county: str = "") -> str:
    """The nth valid number of somebody born on a day; the first forty share no 15 digits."""
    first = f"{county or COUNTIES[nth // 10 % 4]}{born:%Y%m%d}{nth % 10}{nth // 40 % 10}{1 if is_male else 2}"
    return first + check_character(first)


def check_character(seventeen: str) -> str:
    """The 18th character that 17 digits ask for."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


@dataclass
class People:
    """Who is meant by a nickname of a scene."""

    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    births: dict[date, int] = field(default_factory=dict)

    def number(self, scene: str, nickname: str, born: date | None = None) -> str:
        if (scene, nickname) not in self.numbers:
            born = born or date(1970, 1, 1) + timedelta(days=len(self.numbers))
            nth = self.births[born] = self.births.get(born, -1) + 1
            self.numbers[scene, nickname] = number_of(born, nth)
        return self.numbers[scene, nickname]


@dataclass(frozen=True)
class Place:
    """Where a row stands: its scene, feed and period; it knows what a drawn cell means there."""

    scene: str
    feed: Feed
    period: Period
    people: People

    def row(self, drawn_row: Row, nth: int) -> Row:
        """The cells of a whole row by column name."""
        if unknown := drawn_row.keys() - {column.name for column in self.feed.columns}:
            raise ValueError(f"{self.feed.name} has no column {', '.join(sorted(unknown))}")
        row = {**self._usual(drawn_row, nth), **drawn_row}
        return {column.name: self._cell(column, row) for column in self.feed.columns}

    def _usual(self, drawn_row: Row, nth: int) -> Row:
        usual = {c.name: self._usual_cell(c, nth) for c in self.feed.columns if c.required}
        usual |= DERIVED.get(self.feed.name, lambda row: {})(drawn_row)
        person = next((c for c in self.feed.typed(Type.PERSON_NUMBER) if c.required), None)
        nickname = _nickname({**usual, **drawn_row}.get(person.name, "")) if person else None
        if person and nickname:
            usual[person.named_by] = nickname + self.scene
        return usual

    def _usual_cell(self, column: Column, nth: int) -> str:
        first, year = self.period.first, str(self.period.last.year)
        dated = {
            Type.DATE: first.isoformat(),
            Type.MONTH: f"{first:%Y%m}",
            Type.YEAR: year,
            Type.TERM: self.period.term or f"{year}春",
        }
        if column.type in dated:
            return dated[column.type]
        if column.type is Type.NUMBER:
            return f"{self.feed.name[:3]}_{self.period.text}_{nth}"
        codes = USUAL.get(f"{self.feed.name}.{column.name}") or next(iter(column.codes), "")
        return codes or BY_TYPE.get(column.type, "")

    def _cell(self, column: Column, row: Row) -> str:
        cell = row.get(column.name, "")
        if column.type is Type.PERSON_NUMBER and (found := NICKNAME.fullmatch(cell)):
            return self._number(found[1], found[2], row)
        if column.type is Type.NUMBER and re.fullmatch(r"\w+", cell, re.ASCII):
            return cell + self.scene
        if column.type in (Type.VILLAGE, Type.DIVISION) and re.fullmatch("[a-z]+[0-9]*", cell):
            return village(self.scene, cell)
        return cell

    def _number(self, nickname: str, form: str | None, row: Row) -> str:
        number = self.people.number(self.scene, nickname)
        if form in FORMS:
            return FORMS[form](number)
        if form:  # digits 19 and 20 of a certificate, and 21 and 22
            return number + form
        return number + row["type"][:1] + row["grade"][:1] if self.feed.name == "disability" else number


def village(scene: str, word: str) -> str:
    """The code of a scene's village: `home`, or a word with a digit at its end; `down1` is of town 2."""
    nth = int(re.sub("[^0-9]", "", word) or 0)
    town = 200 if word.startswith("down") else 100
    return f"410184{town}{int(scene.strip('_s') or 0):02}{nth}"


def _nickname(cell: str) -> str | None:
    found = NICKNAME.fullmatch(cell)
    return found[1] if found else None


def _amounts_of_settlement(row: Row) -> Row:
    parts = ("pooled_paid", "major_illness_paid", "medical_aid_paid", "other_paid", "out_of_pocket")
    return {"total_cost": str(sum(_decimal(row.get(part)) for part in parts))}


def _amounts_of_income(row: Row) -> Row:
    """What was drawn is kept; net income, wage and cost follow from one another."""
    persons = int(row.get("persons") or 1)
    earned = sum(_decimal(row.get(f"{kind}_income")) for kind in ("business", "property", "transfer"))
    earned -= _decimal(row.get("business_cost"))
    sum_of_parts = _decimal(row["wage_income"]) + earned if "wage_income" in row else Decimal(10_000)
    net = _decimal(row["net_income"]) if "net_income" in row else sum_of_parts
    wage = net - earned
    return {
        "persons": str(persons),
        "net_income": str(net),
        "net_income_per_head": str(round(net / persons, 2)),
        "wage_income": str(max(wage, Decimal(0))),
        "business_cost": str(max(-wage, Decimal(0))),
    }


def _who(row: Row) -> Row:
    nickname = _nickname(row.get("id_number", "")) or ""
    return {"person_no": nickname} if nickname else {"id_number": row.get("person_no", "")}


def _head(row: Row) -> Row:
    return {"head_id_number": row.get("household_id", "")}


def _decimal(cell: str | None) -> Decimal:
    try:
        return Decimal(cell or 0)
    except InvalidOperation:
        return Decimal(0)


DERIVED: Mapping[str, Callable[[Row], Row]] = {
    "settlements": _amounts_of_settlement,
    "incomes": _amounts_of_income,
    "members": _who,
    "households": _head,
}


def number_ending_in_000(born: str) -> str:
    """A valid number that ends as a damaged one does; one true number in a thousand is like it."""
    day = date.fromisoformat(born)
    for county in COUNTIES:
        for first in range(10):
            seventeen = f"{county}{day:%Y%m%d}{first}00"
            if check_character(seventeen) == "0":
                return seventeen + "0"
    raise ValueError(f"nobody born on {born} has one here")
