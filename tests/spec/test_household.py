"""core.household: the register as it stands on the night."""

from datetime import date

from tests.spec.town import Town

HOUSEHOLD = "core.household"
TOWN = Town("2020-06-30", indicator="unsafe_dwelling", asked=HOUSEHOLD)
town = TOWN.alone


@TOWN.scene(
    households="""
        household_id | village_code | household_type | monitored_class | monitored_since | is_risk_removed
        A            | down1        | 建档立卡脱贫户 | 脱贫监测户      | 2020年3月       | 否
        B            | v1           | 非贫困户       |                 |                 |
    """,
)
def test_older_words_are_read_and_all_else_is_as_stated(town):
    a, b = sorted(town.rows(HOUSEHOLD), key=lambda row: row["household_id"])
    assert a == {
        "household_id": "A", "village_code": town.village("down1"), "town_code": town.village("down1")[:9],
        "household_type": "脱贫户", "monitored_class": "脱贫不稳定户", "monitored_since": date(2020, 3, 1),
        "is_risk_removed": False, "exit_year": None, "persons": 1, "dwelling_grade": None,
    }  # fmt: skip
    assert (b["household_type"], b["monitored_class"], b["is_risk_removed"]) == ("一般农户", None, None)


@TOWN.scene(
    households="""
        household_id | household_type   | exit_year
        left         | 建档立卡贫困户   | 2020
        not_yet      | 建档立卡贫困户   | 2021
        not_said     | 建档立卡贫困户   |
    """,
)
def test_one_still_called_poor_is_a_lifted_one_only_if_it_left_by_the_files_year(town):
    assert town.column(HOUSEHOLD, "household_type") == {"left": "脱贫户", "not_yet": None, "not_said": None}


@TOWN.scene(
    households="household_id \n A \n B \n C",
    members="household_id | id_number \n A | a1 \n A | a2 \n A | dead \n B | b",
    deaths="id_number | died_on \n dead | 2020-06-30 \n b | 2020-07-01",
)
def test_persons_are_the_living_members(town):
    assert town.column(HOUSEHOLD, "persons") == {"A": 2, "B": 1, "C": 0}


@TOWN.scene(
    households={
        "202004": "household_id | dwelling_grade \n A | B \n gone | B",
        "202005": "household_id | dwelling_grade \n A | C \n gone | B",
        "202006": "household_id | dwelling_grade \n A | D",
    },
)
def test_the_latest_file_is_the_whole_truth(town):
    assert town.column(HOUSEHOLD, "dwelling_grade") == {"A": "D"}


@TOWN.scene(
    households={
        "202005": "household_id | dwelling_grade | exit_year \n A | B | 2017",
        "202006": "household_id | dwelling_grade | exit_year \n A | E | 2019 \n new | E | 2019",
    },
)
def test_a_held_row_keeps_the_last_version_whole_or_leaves_a_household_without_attributes(town):
    assert town.column(HOUSEHOLD, "exit_year") == {"A": 2017, "new": None}
    assert town.column(HOUSEHOLD, "dwelling_grade") == {"A": "B", "new": None}


@TOWN.scene(households="household_id | dwelling_grade \n 4.1E+15 | C \n A | C")
def test_a_household_number_that_excel_has_spoilt_is_no_household(town):
    assert town.column(HOUSEHOLD, "dwelling_grade") == {"A": "C"}
    assert "4.1E+15" not in {row["household_id"] for row in town.table(HOUSEHOLD)}


@TOWN.scene(households="household_id | village_code \n short | 41018410000 \n A | v1")
def test_a_village_code_of_another_length_holds_the_row(town):
    assert town.column(HOUSEHOLD, "village_code") == {"short": None, "A": town.village("v1")}


@TOWN.scene(households="household_id | household_type \n A | 脱贫户 \n A | 脱贫户")
def test_the_same_row_twice_is_one_household(town):
    assert town.column(HOUSEHOLD, "household_type") == {"A": "脱贫户"}


def test_a_register_too_old_lists_its_households_with_nothing_known():
    (row,) = town(periods={"households": "202002"}).table(HOUSEHOLD)
    assert {name for name, value in row.items() if value is not None} == {"household_id", "persons"}


def test_persons_are_unknown_where_the_members_are_too_old():
    assert town(periods={"members": "202002"}).column(HOUSEHOLD, "persons") == {"A": None}


def test_a_village_that_the_divisions_do_not_know_is_unknown_and_nothing_else_is():
    divisions = "division_code | division_name | level \n 410184100999 | 某村 | 村"
    lost = town(households="household_id | dwelling_grade \n A | C", divisions=divisions)
    (row,) = lost.table(HOUSEHOLD)
    assert (row["village_code"], row["town_code"], row["dwelling_grade"]) == (None, None, "C")
