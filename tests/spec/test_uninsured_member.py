"""uninsured_member: a living member has no insurance row with status 正常 of the year. Always in force."""

from tests.spec.town import Town

UNINSURED = "uninsured_member"
TOWN = Town("2020-06-30", indicator=UNINSURED)
town = TOWN.alone


@TOWN.scene(
    households="household_id \n insured \n paused \n ended \n no_row",
    insurance="""
        id_number | status
        insured   | 正常
        paused    | 暂停
        ended     | 终止
    """,
)
def test_only_the_status_正常_insures(town):
    assert town.signal() == {"insured": "clear", "paused": "at_risk", "ended": "at_risk", "no_row": "at_risk"}


@TOWN.scene(
    households="household_id \n town_worker \n changed",
    insurance="""
        id_number   | scheme   | status
        town_worker | 城镇职工 | 正常
        changed     | 城乡居民 | 终止
        changed     | 城镇职工 | 正常
    """,
)
def test_either_scheme_insures(town):
    assert town.signal() == {"town_worker": "clear", "changed": "clear"}


@TOWN.scene(
    households="household_id \n this_year \n last_year \n next_year",
    insurance="""
        id_number | year
        this_year | 2020
        last_year | 2019
        next_year | 2021
    """,
)
def test_the_year_is_that_of_the_day(town):
    assert town.signal() == {"this_year": "clear", "last_year": "at_risk", "next_year": "at_risk"}


@TOWN.scene(
    members="household_id | id_number \n A | a1 \n A | a2 \n A | a3 \n B | dead \n B | widow",
    deaths="id_number | died_on \n dead | 2020-06-30",
    insurance="id_number \n a1 \n widow",
)
def test_living_members_are_counted(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}
    assert town.value() == {"A": 2.0, "B": 0.0}


@TOWN.scene(
    members="""
        household_id | person_no | id_number
        A            | a1        | a
        A            | a2        | 未办
        B            | b1        | b
        B            | b2        | 无
    """,
    insurance="id_number \n a",
)
def test_a_member_without_a_number_may_be_insured_or_not(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}
    assert town.why() == {"A": "no_number"}


@TOWN.scene(households="household_id \n A", insurance="id_number | status \n A | 不详")
def test_a_held_row_takes_the_risk_back_to_unknown_for_the_rule_is_about_an_absence(town):
    assert town.signal() == {"A": "unknown"}
    assert town.why() == {"A": "row_held:insurance"}


@TOWN.scene(
    members="household_id | id_number \n A | a1 \n A | a2",
    insurance="id_number | status \n a1 | 不详",
)
def test_what_is_asked_of_another_member_stays_known(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(households="household_id \n A", insurance="id_number | status | year \n A | 不详 | 2019")
def test_a_held_row_of_another_year_says_nothing(town):
    assert town.signal() == {"A": "at_risk"}


@TOWN.scene(households="household_id \n A", insurance="id_number | year \n A | 20年")
def test_a_held_row_whose_year_cannot_be_read_may_be_of_this_one(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(households="household_id \n A \n B", insurance="id_number | year \n A | 1899 \n B | 2019")
def test_so_may_one_that_is_held_for_its_year(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    members="household_id | id_number | name \n A | a | 陈一 \n B | b | 陈二",
    insurance="id_number | name \n a:damaged | 陈二",
)
def test_a_damaged_number_names_by_15_digits(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}


@TOWN.scene(
    households="household_id \n A \n B",
    insurance={
        "202005": "id_number | status \n A | 正常 \n B | 暂停",
        "202006": "id_number | status \n A | 不详 \n B | 不详",
    },
)
def test_a_key_held_today_keeps_its_last_accepted_status(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households="household_id \n A \n B",
    insurance={"202005": "id_number \n A \n B", "202006": "id_number \n A"},
)
def test_who_is_left_out_of_todays_file_is_insured_no_longer(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households="household_id \n A \n B",
    insurance={"202006": "id_number \n A", "202006_2": "id_number \n B"},
)
def test_a_correction_is_the_whole_truth_of_its_month(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    households="household_id \n empty \n dead",
    members="household_id | id_number \n dead | d",
    deaths="id_number | died_on \n d | 2020-01-01",
)
def test_a_household_of_nobody_is_unknown(town):
    assert town.signal() == {"empty": "unknown", "dead": "unknown"}


@TOWN.scene(
    members="household_id | id_number \n A | a1 \n A | a2",
    insurance="id_number \n a1",
)
def test_the_evidence_of_an_absence_is_the_members_own_line_in_the_register(town):
    (row,) = town.evidence()["A"]
    assert row.startswith("members_202006:")


# ---- which year, and whether it is there ----


def insured(year: str) -> str:
    return f"id_number | year \n A | {year}"


def test_until_the_years_first_file_is_due_the_year_before_is_asked_for():
    early = town("2020-01-09", insurance={"201912": insured("2019")})
    assert early.signal(UNINSURED) == {"A": "clear"}
    nobody = town("2020-01-09", insurance={"201912": "id_number | year \n other | 2019"})
    assert nobody.signal(UNINSURED) == {"A": "at_risk"}


def test_from_that_day_on_a_year_not_delivered_puts_nobody_at_risk():
    due = town("2020-01-10", insurance={"201912": insured("2019")}, without={"insurance": "202001"})
    assert due.signal(UNINSURED) == {"A": "unknown"}
    assert due.why(UNINSURED) == {"A": "feed_missing:insurance"}


def test_a_year_delivered_ahead_is_delivered():
    ahead = town(
        "2020-01-10",
        households="household_id \n A \n B",
        insurance={"201912": "id_number | year \n A | 2019 \n B | 2019 \n A | 2020"},
        without={"insurance": "202001"},
    )
    assert ahead.signal(UNINSURED) == {"A": "clear", "B": "at_risk"}


def test_a_file_of_one_year_leaves_the_other_years_of_an_earlier_one_whole():
    two = {"202005": "id_number | year \n A | 2020", "202006": "id_number | year \n A | 2021"}
    assert town(insurance=two).signal(UNINSURED) == {"A": "clear"}


def test_a_file_of_two_months_ago_still_answers_an_older_one_is_unknown():
    assert town(periods={"insurance": "202004"}).signal(UNINSURED) == {"A": "clear"}
    assert town(periods={"insurance": "202003"}).signal(UNINSURED) == {"A": "unknown"}


def test_a_feed_that_never_came_is_unknown():
    assert town(without={"insurance": "all"}).signal(UNINSURED) == {"A": "unknown"}
