"""catastrophic_illness: what a living member bore in twelve months, from 5,000 yuan on for a lifted or
monitored household, above 20,000 for others, from 2020-03-20 on."""

from tests.spec.town import Town

ILLNESS = "catastrophic_illness"
TOWN = Town("2020-06-30", indicator=ILLNESS, asked="quality.quarantined_row")
town = TOWN.alone

LIFTED = "household_id | household_type \n A | 脱贫户 \n B | 脱贫户"
TWO = "household_id \n A \n B"


# ---- the two cutoffs and whom they are for ----


@TOWN.scene(
    households="""
        household_id | household_type
        below        | 脱贫户
        exactly      | 脱贫户
        above        | 建档立卡脱贫户
    """,
    settlements="""
        id_number | out_of_pocket
        below     | 4999.99
        exactly   | 5000.00
        above     | 5000.01
    """,
)
def test_a_lifted_household_is_at_risk_from_exactly_5000_yuan(town):
    assert town.signal() == {"below": "clear", "exactly": "at_risk", "above": "at_risk"}
    assert town.value() == {"below": 4999.99, "exactly": 5000.0, "above": 5000.01}
    assert set(town.cutoff().values()) == {5000.0}


@TOWN.scene(
    households="""
        household_id | household_type
        below        | 一般农户
        exactly      | 一般农户
        above        | 非贫困户
    """,
    settlements="""
        id_number | out_of_pocket
        below     | 19999.99
        exactly   | 20000.00
        above     | 20000.01
    """,
)
def test_another_household_is_at_risk_only_above_20000_yuan(town):
    assert town.signal() == {"below": "clear", "exactly": "clear", "above": "at_risk"}
    assert set(town.cutoff().values()) == {20000.0}


@TOWN.scene(
    households="""
        household_id | monitored_class | is_risk_removed
        monitored    | 突发严重困难户  |
        in_old_words | 边缘户          | 否
        removed      | 边缘易致贫户    | 是
        never        |                 | 是
    """,
    settlements="""
        id_number    | out_of_pocket
        monitored    | 5000
        in_old_words | 5000
        removed      | 5000
        never        | 5000
    """,
)
def test_a_monitored_household_is_judged_like_a_lifted_one_until_its_risk_is_removed(town):
    assert town.signal() == {
        "monitored": "at_risk", "in_old_words": "at_risk", "removed": "clear", "never": "clear",
    }  # fmt: skip


@TOWN.scene(
    households="""
        household_id | household_type | monitored_class | is_risk_removed
        A            | 脱贫户         | 边缘易致贫户    | 是
    """,
    settlements="id_number | out_of_pocket \n A | 5000",
)
def test_a_lifted_household_stays_lifted_when_its_risk_is_removed(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(
    households="""
        household_id | household_type
        little       | 不知道
        much         | 不知道
        very_much    | 不知道
    """,
    settlements="""
        id_number | out_of_pocket
        little    | 4999.99
        much      | 5000
        very_much | 20000.01
    """,
)
def test_where_the_kind_of_household_is_unknown_only_what_holds_for_every_kind_is_said(town):
    assert town.signal() == {"little": "clear", "much": "unknown", "very_much": "at_risk"}
    assert town.why() == {"much": "not_stated:household_type"}


# ---- the person, the window ----


@TOWN.scene(
    households=LIFTED,
    members="""
        household_id | id_number
        A            | mother
        A            | father
        B            | son
    """,
    settlements="""
        id_number | out_of_pocket
        mother    | 3000
        father    | 3000
        son       | 3000
        son       | 2000
    """,
)
def test_one_person_counts_not_the_household(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}
    assert town.value() == {"A": 3000.0, "B": 5000.0}


@TOWN.scene(
    households="""
        household_id | household_type
        a_year_ago   | 脱贫户
        day_after    | 脱贫户
        on_the_day   | 脱贫户
        tomorrow     | 脱贫户
    """,
    settlements="""
        id_number  | settled_on | out_of_pocket
        a_year_ago | 2019-06-30 | 5000
        day_after  | 2019-07-01 | 5000
        on_the_day | 2020-06-30 | 5000
        tomorrow   | 2020-07-01 | 5000
    """,
)
def test_the_twelve_months_begin_after_the_same_day_last_year_and_end_with_the_day(town):
    assert town.signal() == {
        "a_year_ago": "clear", "day_after": "at_risk", "on_the_day": "at_risk", "tomorrow": "clear",
    }  # fmt: skip


@TOWN.scene(
    households=LIFTED,
    settlements="id_number | out_of_pocket \n A | 9000 \n B | 9000",
    deaths="id_number | died_on \n A | 2020-06-30 \n B | 2020-07-01",
    members="household_id | id_number \n A | A \n A | widow \n B | B",
)
def test_the_dead_do_not_count_from_the_day_of_death_on(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households=LIFTED,
    members="household_id | person_no | id_number \n A | 1a | both \n B | 1b | both",
    settlements="id_number | out_of_pocket \n both | 5000",
)
def test_a_person_in_two_households_counts_in_each(town):
    assert town.signal() == {"A": "at_risk", "B": "at_risk"}


@TOWN.scene(
    households=LIFTED,
    members={
        "202003": "household_id | id_number \n A | moved \n B | other",
        "202006": "household_id | id_number \n A | heir \n B | other \n B | moved",
    },
    settlements="id_number | settled_on | out_of_pocket \n moved | 2020-04-01 | 5000",
)
def test_the_bills_of_one_who_moved_are_those_of_the_living_member_where_he_is_now(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households=LIFTED,
    settlements="id_number | household_id | out_of_pocket \n A | B | 5000 \n nobody | B | 5000",
)
def test_the_household_number_of_a_row_does_not_make_a_member(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


# ---- reversals ----


@TOWN.scene(
    households="""
        household_id | household_type
        reversed     | 脱贫户
        in_part      | 脱贫户
        by_a_cent    | 脱贫户
        too_late     | 脱贫户
    """,
    settlements="""
        settlement_id | reverses_id | id_number | settled_on | out_of_pocket
        r1            |             | reversed  | 2020-03-01 | 5000
        r2            | r1          | reversed  | 2020-05-01 | -5000
        p1            |             | in_part   | 2020-03-01 | 7000
        p2            | p1          | in_part   | 2020-05-01 | -2000
        c1            |             | by_a_cent | 2020-03-01 | 5000
        c2            | c1          | by_a_cent | 2020-05-01 | -0.01
        t1            |             | too_late  | 2020-03-01 | 5000
        t2            | t1          | too_late  | 2020-07-01 | -5000
    """,
)
def test_a_reversal_takes_back_its_original_once_its_own_day_has_come(town):
    assert town.signal() == {
        "reversed": "clear", "in_part": "at_risk", "by_a_cent": "clear", "too_late": "at_risk",
    }  # fmt: skip
    assert town.value()["in_part"] == 5000.0


@TOWN.scene(
    households="household_id | household_type \n A | 脱贫户",
    settlements="""
        settlement_id | reverses_id | id_number | settled_on | out_of_pocket
        old           |             | A         | 2019-06-01 | 3000
        refund        | old         | A         | 2020-03-01 | -3000
        new           |             | A         | 2020-04-01 | 5000
    """,
)
def test_a_reversal_takes_the_date_of_its_original_so_an_old_one_lowers_nothing(town):
    assert town.signal() == {"A": "at_risk"}
    assert town.value() == {"A": 5000.0}


@TOWN.scene(
    households=LIFTED,
    settlements="""
        settlement_id | reverses_id | id_number | settled_on | out_of_pocket
        a             |             | A         | 2020-03-01 | 4999
        refund_a      | elsewhere_a | A         | 2020-03-02 | -1
        b             |             | B         | 2020-03-01 | 6000
        refund_b      | elsewhere_b | B         | 2020-03-02 | -3000
    """,
)
def test_a_reversal_without_its_original_is_pending_and_missing_but_takes_back_no_risk(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}
    assert town.why() == {"A": "row_held:settlements"}


@TOWN.scene(
    households="household_id | household_type \n A | 脱贫户",
    settlements={
        "2019": "settlement_id | id_number | settled_on | out_of_pocket \n first | A | 2019-12-01 | 6000",
        "202003": """
            settlement_id | reverses_id | id_number | settled_on | out_of_pocket
            refund        | first       | A         | 2020-03-02 | -6000
        """,
    },
)
def test_a_reversal_finds_its_original_in_another_file(town):
    assert town.signal() == {"A": "clear"}
    assert town.value() == {"A": 0.0}


@TOWN.scene(
    households=LIFTED,
    settlements="""
        settlement_id | reverses_id | id_number | settled_on | out_of_pocket
        a             |             | A         | 2020-03-01 | 4000
        a1            | a           | A         | 2020-03-02 | -2500
        a2            | a           | A         | 2020-03-03 | -1500.01
        b             |             | B         | 2020-03-01 | 4000
        b1            | b           | B         | 2020-03-02 | -2500
        b2            | b           | B         | 2020-03-03 | -1500
    """,
)
def test_reversals_that_together_exceed_their_original_are_held_all_of_them(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}
    assert town.value() == {"A": 4000.0, "B": 0.0}


# ---- versions ----


@TOWN.scene(
    households=LIFTED,
    settlements={
        "202003": "settlement_id | id_number | out_of_pocket \n a | A | 5000 \n b | B | 5000",
        "202003_2": "settlement_id | id_number | out_of_pocket \n a | A | 4000",
    },
)
def test_a_correction_replaces_its_keys_and_leaves_the_others(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households="household_id | household_type \n A | 脱贫户",
    settlements={
        "202003": "settlement_id | id_number | out_of_pocket \n a | A | 5000",
        "202004": "settlement_id | id_number | out_of_pocket \n a | A | 4000",
    },
)
def test_of_one_key_in_two_periods_the_later_period_counts(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    households=LIFTED,
    settlements={
        "202003": "settlement_id | id_number | out_of_pocket \n a | A | 4000 \n b | B | 5000",
        "202003_2": "settlement_id | id_number | out_of_pocket \n a | A | 约三千 \n b | B | 约三千",
    },
)
def test_a_held_correction_leaves_the_accepted_version_as_the_known_part(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    households=LIFTED,
    settlements={
        "202003": "settlement_id | id_number | out_of_pocket \n a | A | 约三千 \n b | B | 约三千",
        "202003_2": "settlement_id | id_number | out_of_pocket \n a | A | 3000",
    },
)
def test_a_held_row_is_missing_until_a_corrected_row_with_its_key_is_accepted(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}


# ---- rows held: for whom something is missing ----


@TOWN.scene(
    households="""
        household_id | household_type
        known_6000   | 脱贫户
        known_4999   | 脱贫户
    """,
    settlements="""
        id_number  | out_of_pocket
        known_6000 | 6000
        known_6000 | 约三千
        known_4999 | 4999
        known_4999 | 约三千
    """,
)
def test_a_held_row_makes_unknown_unless_what_is_known_is_enough(town):
    assert town.signal() == {"known_6000": "at_risk", "known_4999": "unknown"}
    assert town.value() == {"known_6000": 6000.0, "known_4999": 4999.0}
    assert town.why() == {"known_4999": "row_held:settlements"}


@TOWN.scene(
    households=TWO,
    settlements="""
        id_number | settled_on | out_of_pocket
        A         | 2019-06-30 | 约三千
        B         | 2019-07-01 | 约三千
    """,
)
def test_a_held_row_whose_own_date_lies_outside_the_window_says_nothing(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}


@TOWN.scene(
    households=TWO, settlements="id_number | settled_on | out_of_pocket \n A | 2019年6月 | 100 \n B | | 100"
)
def test_a_date_that_is_itself_what_the_row_is_held_for_may_be_any(town):
    assert town.signal() == {"A": "unknown", "B": "unknown"}


@TOWN.scene(
    households=TWO,
    members="household_id | id_number \n A | a1 \n A | a2 \n B | b1",
    settlements="id_number | household_id | out_of_pocket \n b1:wrong_digit | A | 100",
)
def test_a_held_row_is_missing_for_the_household_of_its_number_first(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    households=TWO, settlements="id_number | household_id | out_of_pocket \n B | not_registered | 约三千"
)
def test_else_a_usable_number_names_its_person(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}


@TOWN.scene(
    members="household_id | id_number \n A | dead \n A | widow",
    deaths="id_number | died_on \n dead | 2020-02-01",
    settlements="id_number | out_of_pocket \n dead | 约三千",
)
def test_it_is_missing_for_that_person_alone(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 张三 \n B | b | 李四",
    settlements="id_number | name | out_of_pocket \n stranger | 张三 | 约三千",
)
def test_a_usable_number_of_nobody_in_the_register_names_nobody_whatever_the_name(town):
    assert town.signal() == {"A": "clear", "B": "clear"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 王五 \n B | b | 王五甲",
    settlements="id_number | name | out_of_pocket \n a:damaged | 王五甲 | 100",
)
def test_else_an_unusable_number_names_by_15_leading_digits(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    members="household_id | id_number | birth_date \n A | a | 1951-07-07 \n B | b | 1951-07-07",
    settlements="id_number | name | out_of_pocket \n a:damaged | 无名 | 100",
)
def test_14_of_them_name_nobody(town):
    assert town.number("a")[:14] == town.number("b")[:14]
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 赵六 \n B | b | 赵六甲",
    settlements="id_number | name | out_of_pocket \n b:scientific | 赵六 | 100",
)
def test_so_does_one_that_excel_has_written_with_an_exponent(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}


@TOWN.scene(
    members="""
        household_id | id_number | name   | birth_date
        A            | a         | 孙小七 | 1950-05-05
        B            | b         | 孙小七 | 1960-06-06
    """,
    settlements="id_number | name | out_of_pocket \n 41010119600606123 | 孙小七 | 100",
)
def test_else_by_the_same_name_and_birth_date(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 周小八 \n B | b | 周小八 \n C | c | 周小九",
    settlements="id_number | name | out_of_pocket \n 无 | 周小八 | 100",
)
def test_else_by_the_same_name_every_household_that_has_it(town):
    assert town.signal() == {"A": "unknown", "B": "unknown", "C": "clear"}


@TOWN.scene(settlements="id_number | name | out_of_pocket \n 无 | 查无此人 | 100")
def test_a_held_row_that_names_nobody_is_listed_as_unattributable(town):
    assert town.signal() == {"A": "clear"}
    assert "unattributable" in {row["status"] for row in town.table("quality.quarantined_row")}


# ---- persons without a number, households without persons ----


@TOWN.scene(
    members="household_id | person_no | id_number \n A | a | 无 \n B | b1 | 未办 \n B | b2 | b",
    settlements="id_number | out_of_pocket \n b | 20001",
)
def test_a_member_without_a_number_may_have_borne_anything(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}
    assert town.why() == {"A": "no_number"}


@TOWN.scene(households=TWO, members="household_id | id_number \n A | A")
def test_a_household_without_a_member_row_is_unknown(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}


@TOWN.scene(households="household_id \n A", deaths="id_number | died_on \n A | 2020-03-01")
def test_a_household_with_nobody_living_is_unknown(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(
    households=TWO,
    members="""
        household_id | id_number | relation
        A            | a         | 户主
        A            | a2        | 表舅
        B            | b         | 户主
        B            | b2        | 表舅
    """,
    settlements="id_number | out_of_pocket \n b | 20001",
)
def test_where_a_members_row_is_held_somebody_is_missing(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


# ---- evidence ----


@TOWN.scene(
    households=LIFTED,
    settlements={
        "202004": "id_number | out_of_pocket \n A | 3000 \n B | 10",
        "202005": "id_number | out_of_pocket \n A | 2500",
    },
)
def test_the_evidence_is_every_bill_of_a_household_at_risk_and_of_no_other(town):
    files = {place.split(":")[0] for place in town.evidence()["A"]}
    assert (files, len(town.evidence()["A"])) == ({"settlements_202004", "settlements_202005"}, 2)
    assert "B" not in town.evidence()


# ---- months ----

SICK = dict(
    households="household_id | household_type \n known_6000 | 脱贫户 \n known_4999 | 脱贫户",
    settlements={"202004": "id_number | out_of_pocket \n known_6000 | 6000 \n known_4999 | 4999"},
)


def test_a_missing_month_makes_unknown_but_6000_already_known_stay_at_risk():
    one = town(**SICK, without={"settlements": "202003"})
    assert one.signal(ILLNESS) == {"known_6000": "at_risk", "known_4999": "unknown"}
    assert one.why(ILLNESS) == {"known_4999": "period_missing:settlements"}
    assert one.value(ILLNESS) == {"known_6000": 6000.0, "known_4999": 4999.0}


def test_only_months_that_the_window_touches_are_asked_for():
    outside = town(**SICK, without={"settlements": "201906"})
    inside = town(**SICK, without={"settlements": "201907"})
    assert outside.signal(ILLNESS)["known_4999"] == "clear"
    assert inside.signal(ILLNESS)["known_4999"] == "unknown"


def test_a_month_is_required_from_its_promised_day_on():
    due = dict(**SICK, without={"settlements": "202005 202006"})
    assert town("2020-06-09", **due).signal(ILLNESS)["known_4999"] == "clear"
    assert town("2020-06-10", **due).signal(ILLNESS)["known_4999"] == "unknown"


def test_a_month_not_yet_required_causes_no_unknown_and_its_rows_count():
    later = {"202006": "id_number | out_of_pocket \n known_4999 | 1"}
    early = {**SICK, "settlements": {**SICK["settlements"], **later}}
    assert town(**SICK, without={"settlements": "202006"}).signal(ILLNESS)["known_4999"] == "clear"
    assert town(**early).signal(ILLNESS)["known_4999"] == "at_risk"


def test_a_refused_delivery_makes_its_month_required():
    refused = town(
        **SICK, without={"settlements": "202006"}, files={"health/settlements_202006.csv": "姓名\r\n某\r\n"}
    )
    assert refused.verdicts()["settlements_202006"] == "refused"
    assert refused.signal(ILLNESS)["known_4999"] == "unknown"


def test_a_daily_file_does_not_make_its_month_required_nor_cover_it():
    daily = {**SICK["settlements"], "20200615": "id_number | out_of_pocket \n known_4999 | 1"}
    one = town(**{**SICK, "settlements": daily}, without={"settlements": "202006"})
    assert one.signal(ILLNESS)["known_4999"] == "at_risk"
    daily = {**SICK["settlements"], "20200515": "id_number | out_of_pocket \n known_4999 | 0.5"}
    two = town(**{**SICK, "settlements": daily}, without={"settlements": "202005 202006"})
    assert two.signal(ILLNESS)["known_4999"] == "unknown"


# ---- in force ----


def test_it_is_in_force_from_2020_03_20():
    bill = dict(
        households="household_id | household_type \n A | 脱贫户",
        settlements="id_number | settled_on | out_of_pocket \n A | 2020-01-05 | 5000",
    )
    assert town("2020-03-20", **bill).signal(ILLNESS) == {"A": "at_risk"}
    before = town("2020-03-19", **bill)
    assert before.signal(ILLNESS) == {"A": "unknown"}
    assert before.why(ILLNESS) == {"A": "no_cutoff:2020"}


def test_the_year_before_a_29_february_begins_after_the_28th():
    leap = town(
        "2024-02-29",
        households="household_id | household_type \n on_28 | 脱贫户 \n on_1 | 脱贫户",
        settlements="""
            id_number | settled_on | out_of_pocket
            on_28     | 2023-02-28 | 5000
            on_1      | 2023-03-01 | 5000
        """,
    )
    assert leap.signal(ILLNESS) == {"on_28": "clear", "on_1": "at_risk"}


def test_a_members_file_too_old_to_answer_leaves_everybody_unknown():
    old = town(periods={"members": "202002"}, settlements="id_number | out_of_pocket \n A | 90000")
    assert old.signal(ILLNESS) == {"A": "unknown"}
    assert old.why(ILLNESS) == {"A": "feed_missing:members"}


def test_members_of_three_months_ago_still_answer():
    assert town(periods={"members": "202003"}).signal(ILLNESS) == {"A": "clear"}
