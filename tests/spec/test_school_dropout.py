"""school_dropout: a living child of 6 to 15 is on the latest list of dropouts and not back, or 退学 in the
latest term that has a row of the child. No date: always in force."""

from tests.spec.town import Town

DROPOUT = "school_dropout"
TOWN = Town("2020-06-30", indicator=DROPOUT)
town = TOWN.alone

CHILD = "household_id | id_number | birth_date \n A | kid | 2010-01-01 \n A | mother | 1985-01-01"
TWO = "household_id | id_number | birth_date \n A | a | 2010-01-01 \n B | b | 2010-01-02"


# ---- on the list ----


@TOWN.scene(
    members="""
        household_id | id_number | birth_date
        out          | a         | 2010-01-01
        back         | b         | 2010-01-01
        never        | c         | 2010-01-01
    """,
    dropouts="id_number | is_back \n a | 否 \n b | 是",
)
def test_a_child_on_the_list_and_not_back_is_at_risk(town):
    assert town.signal() == {"out": "at_risk", "back": "clear", "never": "clear"}
    assert town.value() == {"out": 1.0, "back": 0.0, "never": 0.0}


@TOWN.scene(
    members="""
        household_id  | id_number | birth_date
        six_by_august | a         | 2013-08-31
        six_after     | b         | 2013-09-01
        still_15      | c         | 2004-07-01
        sixteen_today | d         | 2004-06-30
    """,
    dropouts="id_number \n a \n b \n c \n d",
    enrolments="id_number \n a \n c",
)
def test_a_child_is_6_by_the_last_31_august_and_15_on_the_day(town):
    assert town.signal() == {
        "six_by_august": "at_risk", "six_after": "clear", "still_15": "at_risk", "sixteen_today": "clear",
    }  # fmt: skip


@TOWN.scene(
    members=CHILD,
    dropouts={"202005": "id_number \n kid", "202006": "id_number \n somebody_else"},
)
def test_a_child_whom_the_latest_list_leaves_out_is_on_it_no_longer(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    members=CHILD,
    dropouts={"202005": "id_number | is_back \n kid | 否", "202006": "id_number | is_back \n kid | 不详"},
)
def test_a_key_held_today_keeps_its_last_accepted_version(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    members="household_id | id_number | birth_date \n A | dead | 2010-01-01 \n A | mother | 1985-01-01",
    deaths="id_number | died_on \n dead | 2020-05-05",
    dropouts="id_number \n dead",
)
def test_a_dead_child_does_not_count(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    members="""
        household_id | id_number | birth_date
        A            | a1        | 2010-01-01
        A            | a2        | 2011-01-01
        A            | a3        | 2012-01-01
    """,
    dropouts="id_number \n a1 \n a2",
)
def test_children_are_counted(town):
    assert town.value() == {"A": 2.0}
    assert len(town.evidence()["A"]) == 2


# ---- 退学 ----


@TOWN.scene(
    members="""
        household_id  | id_number | birth_date
        left_now      | a         | 2010-01-01
        came_back     | b         | 2010-01-01
        left_before   | c         | 2010-01-01
    """,
    enrolments={
        "201909": "id_number | status \n a | 在读 \n b | 退学 \n c | 退学",
        "202003": "id_number | status \n a | 退学 \n b | 在读",
    },
)
def test_the_latest_term_that_has_a_row_of_the_child_decides(town):
    assert town.signal() == {"left_now": "at_risk", "came_back": "clear", "left_before": "at_risk"}


@TOWN.scene(
    members=TWO,
    enrolments="""
        pupil_no | id_number | status
        1a       | a         | 退学
        2a       | a         | 在读
        1b       | b         | 退学
        2b       | b         | 休学
    """,
)
def test_another_row_of_that_term_that_says_otherwise_makes_it_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "unknown"}
    assert set(town.why().values()) == {"row_contradicts:enrolments"}


@TOWN.scene(
    members="household_id | id_number | birth_date \n A | sixteen | 2004-06-30 \n B | fifteen | 2004-07-01",
    enrolments="id_number | status \n sixteen | 退学 \n fifteen | 退学",
)
def test_leaving_school_at_16_is_no_dropout(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    members=TWO,
    enrolments={
        "202003": "pupil_no | id_number | status \n 1a | a | 退学 \n 1b | b | 在读",
        "202003_2": "pupil_no | id_number | status \n 1a | a | 在读 \n 1b | b | 退学",
    },
)
def test_a_correction_of_the_term_counts_instead(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


# ---- nothing known ----


@TOWN.scene(
    members="""
        household_id | id_number | birth_date
        at_school    | a         | 2010-01-01
        on_leave     | b         | 2010-01-01
        finished     | c         | 2010-01-01
        moved_away   | d         | 2010-01-01
        no_row       | e         | 2010-01-01
    """,
    enrolments="id_number | status \n a | 在读 \n b | 休学 \n c | 毕业 \n d | 转出",
)
def test_a_child_without_a_row_of_attendance_in_the_term_is_unknown(town):
    assert town.signal() == {
        "at_school": "clear", "on_leave": "clear", "finished": "clear", "moved_away": "unknown",
        "no_row": "unknown",
    }  # fmt: skip
    assert town.why()["no_row"] == "row_missing:enrolments"


@TOWN.scene(
    members="household_id | id_number | birth_date \n A | a | 2010-01-01 \n B | b | 2010-01-02",
    enrolments={"201909": "id_number | status \n a | 在读 \n b | 毕业"},
)
def test_a_row_of_the_term_before_is_not_enough_nor_is_finishing_then(town):
    assert town.signal() == {"A": "unknown", "B": "unknown"}


@TOWN.scene(
    members="""
        household_id | id_number | birth_date | not_in_school_reason
        stated       | a         | 2010-01-01 | 因病
        not_stated   | b         | 2010-01-01 | 无
    """,
    enrolments="id_number \n somebody_else",
)
def test_a_stated_reason_answers_for_a_child_without_a_row(town):
    assert town.signal() == {"stated": "clear", "not_stated": "unknown"}


@TOWN.scene(
    members="""
        household_id | id_number | birth_date
        away         | a         | 2010-01-01
        at_home      | b         | 2010-01-01
        year_ago     | c         | 2010-01-01
        day_after    | d         | 2010-01-01
        to_come      | e         | 2010-01-01
    """,
    enrolments="id_number \n somebody_else",
    grants="""
        id_number | is_out_of_county | paid_on
        a         | 是               | 2020-03-01
        b         | 否               | 2020-03-01
        c         | 是               | 2019-06-30
        d         | 是               | 2019-07-01
        e         | 是               | 2020-07-01
    """,
)
def test_a_grant_out_of_county_in_twelve_months_answers_too(town):
    assert town.signal() == {
        "away": "clear", "at_home": "unknown", "year_ago": "unknown", "day_after": "clear",
        "to_come": "unknown",
    }  # fmt: skip


@TOWN.scene(
    members=CHILD,
    dropouts="id_number \n kid",
    enrolments="id_number \n somebody_else",
)
def test_a_child_on_the_list_is_at_risk_whatever_enrolments_leave_open(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    members="""
        household_id | person_no | id_number | birth_date
        child        | c         | 未办      | 2010-01-01
        reason       | r         | 无        | 2010-01-01
        adult        | a         | 无        | 1980-01-01
        ageless      | x         | 无        |
    """,
    enrolments="id_number \n somebody_else",
)
def test_a_child_or_one_of_unknown_age_without_a_number_is_unknown(town):
    assert town.signal() == {"child": "unknown", "reason": "unknown", "adult": "clear", "ageless": "unknown"}


@TOWN.scene(
    households="household_id \n empty \n dead",
    members="household_id | id_number \n dead | d",
    deaths="id_number | died_on \n d | 2020-01-01",
)
def test_a_household_of_nobody_is_unknown(town):
    assert town.signal() == {"empty": "unknown", "dead": "unknown"}


# ---- rows held ----


@TOWN.scene(
    members=TWO,
    dropouts="id_number | is_back \n a | 不详",
)
def test_a_held_row_of_the_list_makes_its_child_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}
    assert town.why() == {"A": "row_held:dropouts"}


@TOWN.scene(
    members="household_id | id_number | birth_date \n A | a1 | 2010-01-01 \n A | a2 | 1985-05-05",
    dropouts="id_number | is_back \n a2 | 不详",
)
def test_a_held_row_of_an_adult_does_not_matter(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    members=TWO,
    enrolments={
        "201909": "pupil_no | id_number | status \n a1 | a | 退学 \n b1 | b | 退学",
        "202003": "pupil_no | id_number | status \n a2 | a | 不详",
    },
)
def test_a_held_row_of_a_later_term_takes_退学_back_to_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    members=TWO,
    enrolments={
        "201909": "pupil_no | id_number | status \n a1 | a | 不详 \n b1 | b | 不详",
        "202003": "pupil_no | id_number | status \n a2 | a | 退学 \n b2 | b | 在读",
    },
)
def test_a_held_row_of_an_earlier_term_does_not(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    members=TWO,
    enrolments="""
        pupil_no | id_number | status
        a1       | a         | 退学
        a2       | a         | 不详
        b1       | b         | 在读
        b2       | b         | 不详
    """,
)
def test_a_held_row_of_the_same_term_may_say_otherwise(town):
    assert town.signal() == {"A": "unknown", "B": "unknown"}


@TOWN.scene(
    members=CHILD,
    enrolments={
        "202003": "pupil_no | id_number | status \n k | kid | 退学",
        "202003_2": "pupil_no | id_number | status \n k | kid | 不详",
    },
)
def test_a_key_held_in_a_correction_keeps_its_accepted_version(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    members="household_id | id_number | birth_date \n A | a | 2010-01-01 \n A | aunt | 1970-01-01",
    enrolments="id_number | status | term \n a | 在读 | 2019秋",
)
def test_a_row_of_another_term_than_its_file_is_held(town):
    assert town.signal() == {"A": "unknown"}


# ---- lists and terms that are not there ----

OUT = dict(members=CHILD, dropouts="id_number \n kid")
ADULTS = "household_id | id_number | birth_date \n A | a | 1985-01-01"


def test_a_list_of_three_months_ago_still_answers_an_older_one_is_unknown():
    assert town(**OUT, periods={"dropouts": "202003"}).signal(DROPOUT) == {"A": "at_risk"}
    old = town(**OUT, periods={"dropouts": "202002"})
    assert old.signal(DROPOUT) == {"A": "unknown"}
    assert old.why(DROPOUT) == {"A": "feed_missing:dropouts"}


def test_a_household_of_adults_is_clear_whatever_is_missing():
    nothing = town(members=ADULTS, without={"dropouts": "all", "enrolments": "all", "grants": "all"})
    assert nothing.signal(DROPOUT) == {"A": "clear"}


def test_退学_is_at_risk_without_any_list():
    alone = town(members=CHILD, enrolments="id_number | status \n kid | 退学", without={"dropouts": "all"})
    assert alone.signal(DROPOUT) == {"A": "at_risk"}


def test_a_required_term_that_is_missing_makes_attendance_and_退学_before_it_unknown():
    terms = {"201909": "id_number | status \n a | 在读 \n b | 退学"}
    gap = town(members=TWO, enrolments=terms, without={"enrolments": "202003"})
    assert gap.signal(DROPOUT) == {"A": "unknown", "B": "unknown"}


def test_a_term_is_asked_for_from_its_promised_day_on():
    terms = {"201909": "id_number | status \n a | 毕业 \n b | 退学"}
    before = town("2020-03-30", members=TWO, enrolments=terms, without={"enrolments": "202003"})
    assert before.signal(DROPOUT) == {"A": "clear", "B": "at_risk"}
    due = town("2020-03-31", members=TWO, enrolments=terms, without={"enrolments": "202003"})
    assert due.signal(DROPOUT) == {"A": "unknown", "B": "unknown"}


def test_in_september_the_six_year_olds_of_this_august_are_children():
    members = "household_id | id_number | birth_date \n A | six | 2014-08-31 \n B | five | 2014-09-01"
    list_ = "id_number \n six \n five"
    assert town("2020-08-31", members=members, dropouts=list_).signal(DROPOUT) == {"A": "clear", "B": "clear"}
    assert town("2020-09-01", members=members, dropouts=list_).signal(DROPOUT) == {
        "A": "at_risk",
        "B": "clear",
    }
