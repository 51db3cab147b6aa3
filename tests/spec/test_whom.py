"""Whom a row names that is held, or that has loaded and joins nothing: no household that it may mean is clear.

Drawn by lot: towns of a few households in which people share names, birthdays and the leading digits of their
numbers, and in each one row that cannot be read. `may_mean` says in plain words whom it may be about.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.spec.drawn import check_character
from tests.spec.town import Scene, Town

ILLNESS = "catastrophic_illness"
SEED = 20200630
LOTS = range(60)
DRAWN = Town("2020-06-30", indicator=ILLNESS)
NAMES = ("张三", "李四")
HOMES = ("A", "B", "C")
DAMAGES = ("truncated", "exponent", "wrong_digit", "none", "other", "whole")


def number_for(first: str) -> str:
    return first + check_character(first)


def right_after_damage(born: date, county: str) -> str:
    """A number whose first 15 digits, filled with zeros, have a right check digit all the same."""
    for tail in range(100):
        fifteen = f"{county}{born:%Y%m%d}{tail % 10}"
        if check_character(fifteen + "00") == "0":
            return fifteen
    return ""


@dataclass(frozen=True)
class Person:
    home: str
    name: str
    born: date
    number: str


@dataclass(frozen=True)
class Lot:
    """A scene and the row that is drawn for it."""

    people: tuple[Person, ...]
    own_household: str
    cell: str
    name: str
    is_usable: bool


def lot(nth: int) -> Lot:
    draw = random.Random(SEED + nth)
    people: list[Person] = []
    for place in range(draw.randint(2, 5)):
        day = date(1950, 1, 1) + timedelta(days=nth * 20 + draw.randint(0, 2))
        fifteen = f"41018{draw.choice('34')}{day:%Y%m%d}{draw.choice('34')}"
        right = right_after_damage(day, draw.choice(("410184", "412128")))
        fifteen = right if right and draw.random() < 0.5 else fifteen
        number = number_for(f"{fifteen}{place + 1:02}")
        people.append(Person(draw.choice(HOMES), f"{draw.choice(NAMES)}{nth}", day, number))
    meant, damage = draw.choice(people), draw.choice(DAMAGES)
    cell = {
        "truncated": meant.number[:15] + "000",
        "exponent": f"{meant.number[0]}.{meant.number[1:15]}E+17",
        "wrong_digit": meant.number[:17] + ("1" if meant.number[17] != "1" else "2"),
        "none": draw.choice(("无", "", "4.10184E+17")),
        "other": number_for(f"410184{meant.born:%Y%m%d}999"),
        "whole": meant.number,
    }[damage]
    own = draw.choice(("", "", "", "elsewhere", *HOMES))
    name = draw.choice((meant.name, meant.name, f"王五{nth}"))
    return Lot(tuple(people), own, cell, name, damage in ("other", "whole"))


def may_mean(one: Lot) -> set[str]:
    """The households that the row may be about, by its own, its number, its digits, its name."""
    homes = {person.home for person in one.people}
    if one.own_household in homes:
        return {one.own_household}
    if one.is_usable:
        return {person.home for person in one.people if person.number == one.cell}
    digits = one.cell.replace(".", "").partition("E")[0]
    alike = {p.home for p in one.people if len(digits) >= 15 and p.number[:15] == digits[:15]}
    born = {p.home for p in one.people if p.name == one.name and digits[6:14] == f"{p.born:%Y%m%d}"}
    return alike or born or {p.home for p in one.people if p.name == one.name}


def scene_of(one: Lot) -> Scene:
    members = ["household_id | person_no | id_number | name"]
    members += [f"{p.home} | p{nth} | {p.number} | {p.name}" for nth, p in enumerate(one.people)]
    bill = f"{one.cell} | {one.name} | {one.own_household} | 约三千"
    drawn = {
        "members": "\n".join(members),
        "settlements": f"id_number | name | household_id | out_of_pocket\n{bill}",
    }
    return Scene(DRAWN, f"_s{len(DRAWN.scenes) + 1}", drawn).added()


SCENES = [(one, scene_of(one)) for one in map(lot, LOTS)]


def test_a_household_that_a_held_row_may_mean_is_not_clear_and_the_others_are():
    for one, scene in SCENES:
        not_clear = {home for home, status in scene.signal().items() if status != "clear"}
        assert not_clear == may_mean(one), one


def test_the_lots_hold_every_kind_of_row():
    kinds = [(len(may_mean(one)), one.is_usable, one.cell.endswith("000")) for one, _ in SCENES]
    assert {0, 1, 2} <= {households for households, _, _ in kinds}
    right = [one for one, _ in SCENES if one.cell.endswith("000") and number_for(one.cell[:17]) == one.cell]
    assert right, "a damaged number whose check digit is right"


# ---- numbers that end in 000 with a right check digit ----

TOWN = Town("2020-06-30", indicator=ILLNESS, asked="quality.quarantined_row quality.finding quality.orphan")
FIFTEEN = right_after_damage(date(1951, 3, 4), "410184")
DAMAGED, WHOLE = FIFTEEN + "000", number_for(FIFTEEN + "12")
MINE = f"household_id | person_no | id_number | name \n A | a | {WHOLE} | 赵钱 \n B | b | b | 孙李"


@TOWN.scene(members=MINE, settlements=f"id_number | name | out_of_pocket \n {DAMAGED} | 赵钱 | 100")
def test_a_damaged_number_with_a_right_check_digit_names_who_shares_its_15_digits(town):
    assert number_for(DAMAGED[:17]) == DAMAGED
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(members=MINE, settlements=f"id_number | name | out_of_pocket \n {DAMAGED} | 赵钱 | 约三千")
def test_also_where_the_row_is_held_for_something_else(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


TRUE = right_after_damage(date(1952, 3, 4), "410184") + "000"


@TOWN.scene(
    members=f"household_id | person_no | id_number | name \n A | a | {TRUE} | 周吴 \n A | a2 | a2 | 郑王",
    settlements=f"id_number | name | out_of_pocket \n {TRUE} | 周吴 | 20001 \n {TRUE} | 周吴 | 约三千",
)
def test_a_true_number_that_two_feeds_confirm_is_usable(town):
    assert town.signal() == {"A": "at_risk"}


# ---- rows that load and join nothing ----

HOUSES = "household_id \n A \n B"


@TOWN.scene(
    households=HOUSES,
    members={
        "202005": "household_id | id_number \n A | kid \n A | mother \n B | b",
        "202006": "household_id | id_number \n typo | kid \n A | mother \n B | b",
    },
)
def test_a_member_of_an_unknown_household_is_missing_for_that_of_the_list_before(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}
    assert town.why() == {"A": "row_held:members"}


@TOWN.scene(
    households=HOUSES,
    members={
        "202006": "household_id | id_number \n A | kid \n A | mother \n B | b",
        "202006_2": "household_id | id_number \n typo | kid \n A | mother \n B | b",
    },
)
def test_also_where_that_list_is_the_one_which_this_corrects(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    households=HOUSES,
    members={
        "202004": "household_id | id_number | person_no \n A | kid | k4 \n A | mother | m \n B | b | b",
        "202005": "household_id | id_number | person_no \n typo | kid | k5 \n A | mother | m \n B | b | b",
        "202006": "household_id | id_number | person_no \n typo2 | kid | k6 \n A | mother | m \n B | b | b",
    },
)
def test_and_where_the_last_list_with_a_household_we_know_is_older_and_knows_him_by_his_number(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


def test_a_row_that_joins_nothing_and_names_nobody_is_counted_and_listed_as_unattributable():
    one = TOWN.alone(
        households="household_id \n A",
        members="household_id | id_number \n A | A \n typo | new",
        settlements="id_number | household_id \n A | typo \n nobody | typo \n nobody |",
    )
    assert one.signal() == {"A": "clear"}
    counted = {(row["feed"], row["reason"]): row["unattributable"] for row in one.table("quality.orphan")}
    assert counted["members", "household_unknown"] == 1
    listed = one.sql(
        "SELECT expectation_id, is_unattributable, count(*) FROM quality.finding"
        " WHERE expectation_id LIKE '%household_is_known' GROUP BY ALL ORDER BY ALL"
    )
    assert listed == [
        ("members.household_is_known", True, 1),
        ("settlements.household_is_known", False, 1),
        ("settlements.household_is_known", True, 1),
    ]


# ---- rows that are taken back ----

BILL = "settlement_id | id_number | out_of_pocket | is_taken_back \n"


@TOWN.scene(settlements={"202003": f"{BILL} s | A | 20001 | 否", "202004": f"{BILL} s | A | 20001 | 作废"})
def test_a_row_with_the_mark_takes_back_what_was_sent_under_its_key_and_is_no_event(town):
    assert (town.signal(), town.value()) == ({"A": "clear"}, {"A": 0})


@TOWN.scene(settlements={"202003": f"{BILL} s | A | 20001 | 撤销", "202004": f"{BILL} s | A | 20001 |"})
def test_but_not_what_is_sent_after_it_in_order_of_period(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(settlements={"202003": f"{BILL} s | A | 约三千 |", "202003_2": f"{BILL} s | A | 1 | 是"})
def test_a_held_row_that_is_taken_back_is_missing_no_more(town):
    assert town.signal() == {"A": "clear"}


REFUND = "settlement_id | reverses_id | id_number | out_of_pocket | is_taken_back \n"


@TOWN.scene(
    settlements={
        "202003": f"{REFUND} s | | A | 100 | \n r | s | A | -100 |",
        "202004": f"{REFUND} s | | A | 100 | 是",
    }
)
def test_a_refund_of_what_is_taken_back_waits_for_its_original(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(
    settlements={
        "202003": f"{REFUND} s | | A | 20001 | \n r | s | A | -20000 |",
        "202004": f"{REFUND} r | s | A | -20000 | 是",
    }
)
def test_a_refund_can_be_taken_back(town):
    assert town.signal() == {"A": "at_risk"}


DEATH = "id_number | died_on | is_taken_back \n"
ILL = "id_number | out_of_pocket \n A | 20001"


@TOWN.scene(
    settlements=ILL,
    deaths={
        "202002": f"{DEATH} A | 2020-02-01 |",
        "202003": f"{DEATH} A | 2020-03-01 |",
        "202003_2": f"{DEATH} A | 2020-03-01 | 是",
    },
)
def test_who_was_called_dead_by_mistake_lives_whatever_months_said_so(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    members="household_id | id_number \n A | a \n A | b \n B | c",
    deaths={"202003": f"{DEATH} a | 2020-03-01 |", "202003_2": f"{DEATH} a | 某日 | 是"},
)
def test_a_mark_that_is_held_leaves_it_unknown_who_lives_there(town):
    assert (town.signal(), town.why()) == ({"A": "unknown", "B": "clear"}, {"A": "row_held:deaths"})


def test_a_check_character_is_that_of_the_standard():
    assert number_for("11010519491231002") == "11010519491231002X"
