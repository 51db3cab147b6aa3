"""dangerous_house_unrepaired: on the housing bureau's list with grade C or D and not repaired. From 2020-03-20."""

from datetime import date

import pytest

from tests.spec.town import Town

UNREPAIRED = "dangerous_house_unrepaired"
TOWN = Town("2020-06-30", indicator=UNREPAIRED)
town = TOWN.alone


@TOWN.scene(
    households="household_id \n a \n b \n c \n d",
    dangerous_houses="""
        household_id | grade
        a            | A
        b            | B
        c            | C
        d            | D
    """,
)
def test_grades_c_and_d_are_at_risk_a_and_b_clear(town):
    assert town.signal() == {"a": "clear", "b": "clear", "c": "at_risk", "d": "at_risk"}
    assert town.value() == {"a": 0, "b": 0, "c": 1, "d": 1}
    assert town.cutoff() == {"a": 1, "b": 1, "c": 1, "d": 1}


@TOWN.scene(
    households="household_id \n yesterday \n today \n tomorrow \n never",
    dangerous_houses={
        "202006": """
            household_id | grade | appraised_on | repaired_on
            yesterday    | C     | 2020-03-01   | 2020-06-29
            today        | D     | 2020-03-01   | 2020-06-30
            never        | D     | 2020-03-01   |
            tomorrow     | C     | 2020-03-01   |
        """,
    },
)
def test_a_house_that_was_repaired_by_the_day_is_clear(town):
    assert town.signal() == {
        "yesterday": "clear",
        "today": "clear",
        "tomorrow": "at_risk",
        "never": "at_risk",
    }


@TOWN.scene(
    households="household_id \n listed \n unlisted", dangerous_houses="household_id | grade \n listed | C"
)
def test_a_household_that_is_not_on_the_list_is_clear(town):
    assert town.signal() == {"listed": "at_risk", "unlisted": "clear"}
    assert town.why() == {}


@TOWN.scene(
    households="household_id \n A \n B \n C",
    dangerous_houses="""
        household_id | grade | repaired_on
        A            | E     |
        B            | C     | 昨天
        C            | C     |
    """,
)
def test_a_held_row_leaves_its_household_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "unknown", "C": "at_risk"}
    assert town.why() == {"A": "row_held:dangerous_houses", "B": "row_held:dangerous_houses"}


@TOWN.scene(
    households="household_id \n A \n B",
    dangerous_houses={
        "202005": "household_id | grade \n A | C \n B | A",
        "202006": "household_id | grade \n A | E \n B | E",
    },
)
def test_a_held_row_keeps_the_last_accepted_version(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    households="household_id \n A \n B",
    dangerous_houses={
        "202006": "household_id | grade \n A | C \n B | A",
        "202006_2": "household_id | grade \n B | D",
    },
)
def test_a_correction_counts_instead_and_who_is_no_longer_listed_is_clear(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households="household_id \n dead \n empty",
    members="household_id | id_number \n dead | a",
    deaths="id_number | died_on \n a | 2020-01-01",
    dangerous_houses="household_id | grade \n dead | D",
)
def test_a_house_is_judged_whoever_lives_in_it(town):
    assert town.signal() == {"dead": "at_risk", "empty": "clear"}


@TOWN.scene(households="household_id \n A \n B", dangerous_houses="household_id | grade \n A | C \n B | A")
def test_the_evidence_is_the_line_of_the_list(town):
    assert list(town.evidence()) == ["A"]
    (row,) = town.evidence()["A"]
    assert row.startswith("dangerous_houses_202006_2:")


GRADE_C = "household_id | grade \n A | C"


@pytest.mark.parametrize(
    ("period", "status"), [("202003", "at_risk"), ("202002", "unknown"), ("202007", "unknown")]
)
def test_a_list_answers_for_three_months(period, status):
    """One of next month does not answer yet."""
    one = town(dangerous_houses=GRADE_C, periods={"dangerous_houses": period})
    assert one.signal(UNREPAIRED) == {"A": status}
    assert set(one.why(UNREPAIRED).values()) <= {"feed_missing:dangerous_houses"}


def test_without_a_list_nobody_is_clear():
    one = town(without={"dangerous_houses": "all"})
    assert one.signal(UNREPAIRED) == {"A": "unknown"}
    assert one.why(UNREPAIRED) == {"A": "feed_missing:dangerous_houses"}


def test_a_house_appraised_after_the_day_was_not_dangerous_yet():
    """A list names its whole month: as of the 15th nothing is known of the 16th."""
    rows = "household_id | grade | appraised_on | repaired_on \n A | C | 2020-06-16 | \n B | C | 2020-06-15 |"
    one = town("2020-06-15", households="household_id \n A \n B", dangerous_houses=rows)
    assert one.signal(UNREPAIRED) == {"A": "clear", "B": "at_risk"}


def test_a_repair_after_the_day_is_none_yet():
    rows = """
        household_id | grade | appraised_on | repaired_on
        A            | C     | 2020-06-01   | 2020-06-16
        B            | C     | 2020-06-01   | 2020-06-15
    """
    one = town("2020-06-15", households="household_id \n A \n B", dangerous_houses=rows)
    assert one.signal(UNREPAIRED) == {"A": "at_risk", "B": "clear"}


@pytest.mark.parametrize(("day", "status"), [("2020-03-19", "unknown"), ("2020-03-20", "at_risk")])
def test_it_is_in_force_from_20_march_2020(day, status):
    one = town(day, dangerous_houses=GRADE_C, periods={"dangerous_houses": f"{date.fromisoformat(day):%Y%m}"})
    assert one.signal(UNREPAIRED) == {"A": status}


def test_a_house_under_a_number_that_no_register_has_is_listed_as_of_nobody_known():
    one = TOWN.alone(households="household_id \n A", dangerous_houses="household_id | grade \n typo | D")
    one.town.asked = "quality.finding quality.orphan"
    assert one.signal() == {"A": "clear"}
    found = [
        (row["expectation_id"], row["severity"], row["is_unattributable"])
        for row in one.table("quality.finding")
    ]
    assert found == [("dangerous_houses.household_is_known", "error", True)]
    assert [row["unattributable"] for row in one.table("quality.orphan")] == [1]
