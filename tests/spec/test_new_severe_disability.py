"""new_severe_disability: a living member's valid certificate, issued in twelve months, of grade 1 or 2, or of
grade 3 of type 5 (intellectual) or 6 (mental). No date: always in force."""

from tests.spec.town import Town

DISABILITY = "new_severe_disability"
TOWN = Town("2020-06-30", indicator=DISABILITY)
town = TOWN.alone


@TOWN.scene(
    households="household_id \n g1 \n g2 \n g3 \n g4",
    disability="""
        certificate_no | type | grade | issued_on
        g1             | 4    | 1     | 2020-03-01
        g2:12          | 1    | 二级  | 2020-03-01
        g3             | 4    | 3     | 2020-03-01
        g4             | 4    | 4     | 2020-03-01
    """,
)
def test_grades_1_and_2_are_severe_and_3_and_4_are_not(town):
    assert town.signal() == {"g1": "at_risk", "g2": "at_risk", "g3": "clear", "g4": "clear"}


@TOWN.scene(
    households="household_id \n mental \n mind \n multiple \n mild",
    disability="""
        certificate_no | type  | grade | issued_on
        mental         | 6精神 | 3     | 2020-03-01
        mind           | 5     | 3     | 2020-03-01
        multiple       | 7     | 3     | 2020-03-01
        mild           | 5     | 4     | 2020-03-01
    """,
)
def test_grade_3_is_severe_where_it_is_intellectual_or_mental(town):
    assert town.signal() == {"mental": "at_risk", "mind": "at_risk", "multiple": "clear", "mild": "clear"}


@TOWN.scene(
    households="household_id \n year_ago \n day_after \n today",
    disability="""
        certificate_no | type | grade | issued_on
        year_ago       | 4    | 1     | 2019-06-30
        day_after      | 4    | 1     | 2019-07-01
        today          | 4    | 1     | 2020-06-30
    """,
)
def test_it_was_issued_in_the_twelve_months_to_the_day(town):
    assert town.signal() == {"year_ago": "clear", "day_after": "at_risk", "today": "at_risk"}


@TOWN.scene(
    households="household_id \n valid \n cancelled \n expired",
    disability="""
        certificate_no | type | grade | issued_on  | status
        valid          | 4    | 1     | 2020-03-01 | 有效
        cancelled      | 4    | 1     | 2020-03-01 | 注销
        expired        | 4    | 1     | 2020-03-01 | 过期
    """,
)
def test_only_a_valid_certificate_counts(town):
    assert town.signal() == {"valid": "at_risk", "cancelled": "clear", "expired": "clear"}


@TOWN.scene(
    disability="""
        certificate_no | type | grade | issued_on
        A:4100         | 4    | 1     | 2020-03-01
        A:43           | 4    | 3     | 2015-03-01
    """
)
def test_one_issued_anew_with_22_characters_counts_beside_an_old_one(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    members="household_id | id_number \n A | dead \n A | widow \n B | b1 \n B | b2",
    deaths="id_number | died_on \n dead | 2020-06-01",
    disability="""
        certificate_no | type | grade | issued_on
        dead           | 4    | 1     | 2020-03-01
        b1             | 4    | 1     | 2020-03-01
        b2             | 4    | 2     | 2020-03-01
    """,
)
def test_living_members_are_counted(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}
    assert town.value() == {"A": 0.0, "B": 2.0}
    assert town.cutoff() == {"A": 1.0, "B": 1.0}


@TOWN.scene(
    households="household_id \n A \n B",
    disability="""
        certificate_no | type | grade | issued_on
        A:41           | 4    | 2     | 2020-03-01
        B:41           | 6    | 1     | 2020-03-01
    """,
)
def test_a_row_whose_type_or_grade_contradicts_the_certificate_is_held_for_its_person(town):
    assert town.signal() == {"A": "unknown", "B": "unknown"}
    assert town.why() == {"A": "row_held:disability", "B": "row_held:disability"}


@TOWN.scene(
    members="household_id | id_number \n A | a1 \n A | a2",
    disability="""
        certificate_no | type | grade | issued_on
        a1             | 4    | 1     | 2020-03-01
        a2:41          | 4    | 2     | 2020-03-01
    """,
)
def test_a_held_row_takes_back_no_risk_already_known(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    households="household_id \n outside \n inside \n any_day",
    disability="""
        certificate_no | type | grade | issued_on
        outside:41     | 4    | 2     | 2019-06-30
        inside:41      | 4    | 2     | 2019-07-01
        any_day        | 4    | 1     | 2020年
    """,
)
def test_a_held_row_speaks_of_the_window_by_its_own_readable_date(town):
    assert town.signal() == {"outside": "clear", "inside": "unknown", "any_day": "unknown"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 冯一 \n B | b | 冯二",
    disability="certificate_no | name | type | grade | issued_on \n a:damaged | 冯二 | 4 | 1 | 2020-03-01",
)
def test_a_damaged_certificate_names_by_15_digits(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    disability={
        "202005": "certificate_no | type | grade | issued_on | status \n A:41 | 4 | 1 | 2020-03-01 | 有效",
        "202006": "certificate_no | type | grade | issued_on | status \n A:41 | 4 | 1 | 2020-03-01 | 不详",
    }
)
def test_a_key_held_today_keeps_its_last_accepted_version(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    disability={"202005": "certificate_no | type | grade | issued_on \n A:41 | 4 | 1 | 2020-03-01"},
)
def test_a_certificate_that_todays_file_leaves_out_has_ended(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    members="household_id | person_no | id_number \n A | a | 未办 \n B | b1 | 无 \n B | b2 | b",
    disability="certificate_no | type | grade | issued_on \n b | 4 | 1 | 2020-03-01",
)
def test_a_member_without_a_number_is_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    households="household_id \n empty \n dead",
    members="household_id | id_number \n dead | d",
    deaths="id_number | died_on \n d | 2020-01-01",
)
def test_a_household_of_nobody_is_unknown(town):
    assert town.signal() == {"empty": "unknown", "dead": "unknown"}


@TOWN.scene(
    members="household_id | id_number \n A | a1 \n A | a2",
    disability="""
        certificate_no | type | grade | issued_on
        a1             | 4    | 1     | 2020-03-01
        a2             | 4    | 1     | 2010-03-01
    """,
)
def test_the_evidence_is_the_new_certificate_alone(town):
    assert len(town.evidence()["A"]) == 1


NEW = "certificate_no | type | grade | issued_on \n A | 4 | 1 | 2020-02-01"


def test_a_list_of_three_months_ago_still_answers_an_older_one_is_unknown():
    assert town(disability=NEW, periods={"disability": "202003"}).signal(DISABILITY) == {"A": "at_risk"}
    assert town(disability=NEW, periods={"disability": "202002"}).signal(DISABILITY) == {"A": "unknown"}


def test_a_list_that_never_came_is_unknown():
    never = town(without={"disability": "all"})
    assert never.signal(DISABILITY) == {"A": "unknown"}
    assert never.why(DISABILITY) == {"A": "feed_missing:disability"}


def test_it_was_always_in_force():
    early = "certificate_no | type | grade | issued_on \n A | 4 | 1 | 2014-12-01"
    assert town("2015-01-31", disability=early).signal(DISABILITY) == {"A": "at_risk"}
