"""unsafe_dwelling: the dwelling is graded C or D. No date: always in force."""

from tests.spec.town import Town

DWELLING = "unsafe_dwelling"
TOWN = Town("2020-06-30", indicator=DWELLING)
town = TOWN.alone


@TOWN.scene(
    households="""
        household_id | dwelling_grade
        a            | A
        b            | B
        c            | C
        d            | D
    """
)
def test_grades_c_and_d_are_at_risk_a_and_b_clear(town):
    assert town.signal() == {"a": "clear", "b": "clear", "c": "at_risk", "d": "at_risk"}


@TOWN.scene(households="household_id | dwelling_grade \n empty | \n dash | ——")
def test_no_grade_is_unknown_never_clear(town):
    assert town.signal() == {"empty": "unknown", "dash": "unknown"}
    assert town.why() == {"empty": "not_stated:dwelling_grade", "dash": "not_stated:dwelling_grade"}


@TOWN.scene(households="household_id | dwelling_grade \n A | E")
def test_a_held_row_without_an_earlier_version_is_a_household_of_which_nothing_is_known(town):
    assert town.signal() == {"A": "unknown"}
    assert town.why() == {"A": "row_missing:households"}


@TOWN.scene(
    households={
        "202005": "household_id | dwelling_grade \n A | C \n B | A",
        "202006": "household_id | dwelling_grade \n A | E \n B | E",
    }
)
def test_a_held_row_keeps_the_last_accepted_version(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    households={
        "202004": "household_id | dwelling_grade \n A | C",
        "202005": "household_id | dwelling_grade \n other | A",
        "202006": "household_id | dwelling_grade \n A | E \n other | A",
    }
)
def test_a_version_from_before_the_household_had_ended_counts_too(town):
    assert town.signal() == {"A": "at_risk", "other": "clear"}


@TOWN.scene(
    households={
        "202005": "household_id | dwelling_grade \n A | C \n B | A",
        "202006": "household_id | dwelling_grade \n A | C",
    }
)
def test_a_household_that_the_register_no_longer_has_is_not_asked_about(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    households={
        "202006": "household_id | dwelling_grade \n A | C \n B | A",
        "202006_2": "household_id | dwelling_grade \n A | A \n B | D",
    }
)
def test_a_correction_counts_instead(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households="household_id | dwelling_grade \n A | C \n A | A \n B | D",
    members="household_id | id_number \n A | a \n B | b",
)
def test_two_rows_for_one_household_are_both_held(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    households="household_id | dwelling_grade \n dead | D \n empty | A",
    members="household_id | id_number \n dead | a",
    deaths="id_number | died_on \n a | 2020-01-01",
)
def test_a_dwelling_is_judged_whoever_lives_in_it(town):
    assert town.signal() == {"dead": "at_risk", "empty": "clear"}


@TOWN.scene(households="household_id | dwelling_grade \n A | C \n B | A")
def test_the_evidence_is_the_line_of_the_household(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}
    assert list(town.evidence()) == ["A"]
    (row,) = town.evidence()["A"]
    assert row.startswith("households_202006_2:")


GRADE_C = "household_id | dwelling_grade \n A | C"


def test_a_register_of_three_months_ago_still_answers():
    assert town(households=GRADE_C, periods={"households": "202003"}).signal(DWELLING) == {"A": "at_risk"}


def test_an_older_one_lists_its_households_with_attributes_unknown():
    assert town(households=GRADE_C, periods={"households": "202002"}).signal(DWELLING) == {"A": "unknown"}


def test_a_register_of_next_month_does_not_answer_yet():
    early = town(households={"202006": GRADE_C, "202007": "household_id | dwelling_grade \n A | A"})
    assert early.signal(DWELLING) == {"A": "at_risk"}


def test_it_was_always_in_force():
    assert town("2015-01-31", households=GRADE_C).signal(DWELLING) == {"A": "at_risk"}
