"""unsafe_water: any of quantity, quality, access and reliability fails. No date: always in force.

What is not drawn is well: a household without a drawn access row has 100 litres piped, of good quality.
"""

from tests.spec.town import Town

WATER = "unsafe_water"
TOWN = Town("2020-06-30", indicator=WATER)
town = TOWN.alone

PIPED = "household_id | litres_per_person_day | mode | quality \n"  # and a row


def homes(*names: str) -> str:
    return "household_id \n " + " \n ".join(names)


# ---- quantity ----


@TOWN.scene(
    access="""
        household_id | litres_per_person_day | is_water_scarce_area | mode | quality
        enough       | 35                    | 否                   | 入户 | 合格
        too_little   | 34.99                 | 否                   | 入户 | 合格
        none         | 0                     | 否                   | 入户 | 合格
    """,
    households=homes("enough", "too_little", "none"),
)
def test_35_litres_are_enough(town):
    assert town.signal() == {"enough": "clear", "too_little": "at_risk", "none": "at_risk"}
    assert set(town.value().values()) == set(town.cutoff().values()) == {None}  # parts are ORed


@TOWN.scene(
    access="""
        household_id | litres_per_person_day | is_water_scarce_area | mode | quality
        enough       | 20                    | 是                   | 入户 | 合格
        too_little   | 19.99                 | 是                   | 入户 | 合格
    """,
    households=homes("enough", "too_little"),
)
def test_20_litres_are_enough_where_water_is_scarce(town):
    assert town.signal() == {"enough": "clear", "too_little": "at_risk"}


@TOWN.scene(
    access="""
        household_id | litres_per_person_day | is_water_scarce_area | mode | quality
        under_20     | 19.99                 |                      | 入户 | 合格
        between      | 20                    |                      | 入户 | 合格
        just_under   | 34.99                 |                      | 入户 | 合格
        enough       | 35                    |                      | 入户 | 合格
    """,
    households=homes("under_20", "between", "just_under", "enough"),
)
def test_where_nobody_says_whether_water_is_scarce_20_to_35_litres_are_unknown(town):
    assert town.signal() == {
        "under_20": "at_risk", "between": "unknown", "just_under": "unknown", "enough": "clear",
    }  # fmt: skip
    assert town.why()["between"] == "not_stated:is_water_scarce_area"


@TOWN.scene(
    access=PIPED + "A | | 入户 | 合格 \n B | —— | 入户 | 不合格",
    households=homes("A", "B"),
)
def test_litres_not_stated_are_unknown(town):
    assert town.signal() == {"A": "unknown", "B": "at_risk"}
    assert town.why() == {"A": "not_stated:litres_per_person_day"}


# ---- quality ----


@TOWN.scene(
    access=PIPED
    + "good | 99 | 入户 | 合格 \n bad | 99 | 入户 | 不合格 \n"
    + "untested | 99 | 入户 | 未检 \n empty | 99 | 入户 |",
    households=homes("good", "bad", "untested", "empty"),
)
def test_the_row_itself_says_whether_the_water_is_good(town):
    assert town.signal() == {"good": "clear", "bad": "at_risk", "untested": "unknown", "empty": "unknown"}
    assert town.why()["empty"] == "row_missing:quality_tests"


UNTESTED = PIPED + "A | 99 | 入户 | 未检"


@TOWN.scene(
    households="household_id | village_code \n passes | v1 \n fails | v2 \n fails_all_the_same | v2",
    access=PIPED
    + "passes | 99 | 入户 | 未检 \n fails | 99 | 入户 | 未检 \n fails_all_the_same | 99 | 入户 | 合格",
    projects="project_id | village_code \n p1 | v1 \n p2 | v2",
    quality_tests="""
        project_id | sampled_on | conclusion
        p1         | 2020-05-01 | 合格
        p2         | 2020-05-01 | 不合格
    """,
)
def test_else_the_project_that_serves_the_village_does_and_its_failing_always_counts(town):
    assert town.signal() == {"passes": "clear", "fails": "at_risk", "fails_all_the_same": "at_risk"}


@TOWN.scene(
    households="household_id | village_code \n got_better | v1 \n got_worse | v2 \n both | v3",
    access=PIPED + "got_better | 99 | 入户 | 未检 \n got_worse | 99 | 入户 | 未检 \n both | 99 | 入户 | 未检",
    projects="project_id | village_code \n p1 | v1 \n p2 | v2 \n p3 | v3",
    quality_tests="""
        project_id | sampled_on | conclusion
        p1         | 2020-04-01 | 不合格
        p1         | 2020-05-01 | 合格
        p2         | 2020-04-01 | 合格
        p2         | 2020-05-01 | 不合格
        p3         | 2020-05-01 | 合格
        p3         | 2020-05-01 | 不合格
    """,
)
def test_the_last_sampling_day_counts_and_one_bad_sample_of_it_fails(town):
    assert town.signal() == {"got_better": "clear", "got_worse": "at_risk", "both": "at_risk"}


@TOWN.scene(
    households="household_id | village_code \n year_ago | v1 \n day_after | v2 \n to_come | v3",
    access=PIPED
    + "year_ago | 99 | 入户 | 合格 \n day_after | 99 | 入户 | 合格 \n to_come | 99 | 入户 | 合格",
    projects="project_id | village_code \n p1 | v1 \n p2 | v2 \n p3 | v3",
    quality_tests="""
        project_id | sampled_on | conclusion
        p1         | 2019-06-30 | 不合格
        p2         | 2019-07-01 | 不合格
        p3         | 2020-07-01 | 不合格
    """,
)
def test_a_test_counts_in_the_twelve_months_to_the_day(town):
    assert town.signal() == {"year_ago": "clear", "day_after": "at_risk", "to_come": "clear"}


@TOWN.scene(
    households="household_id | village_code \n both | v1 \n one | v2 \n one_fails | v3",
    access=PIPED + "both | 99 | 入户 | 未检 \n one | 99 | 入户 | 未检 \n one_fails | 99 | 入户 | 未检",
    projects="project_id | village_code \n p | v1 \n q | v1 \n p | v2 \n r | v2 \n r | v3 \n s | v3",
    quality_tests="""
        project_id | sampled_on | conclusion
        p          | 2020-05-01 | 合格
        q          | 2020-05-01 | 合格
        s          | 2020-05-01 | 不合格
    """,
)
def test_every_project_that_serves_the_village_must_have_a_test_to_pass_and_one_suffices_to_fail(town):
    assert town.signal() == {"both": "clear", "one": "unknown", "one_fails": "at_risk"}


@TOWN.scene(
    households="household_id | village_code \n after | v1 \n before | v2 \n any_day | v3",
    access=PIPED + "after | 99 | 入户 | 未检 \n before | 99 | 入户 | 未检 \n any_day | 99 | 入户 | 未检",
    projects="project_id | village_code \n p1 | v1 \n p2 | v2 \n p3 | v3",
    quality_tests="""
        project_id | sampled_on | conclusion
        p1         | 2020-05-01 | 合格
        p1         | 2020-05-02 | 不详
        p2         | 2020-05-01 | 合格
        p2         | 2020-04-30 | 不详
        p3         | 2020-05-01 | 合格
        p3         | 五月       | 合格
    """,
)
def test_a_held_test_leaves_unknown_what_it_may_be_the_last_of(town):
    assert town.signal() == {"after": "unknown", "before": "clear", "any_day": "unknown"}
    assert town.why()["after"] == "row_held:quality_tests"


@TOWN.scene(
    households=homes("A"),
    access=PIPED + "A | 99 | 入户 | 合格",
    projects="project_id | village_code \n p | home",
    quality_tests="project_id | sampled_on | conclusion \n p | 2020-05-01 | 不详",
)
def test_it_may_be_the_one_that_failed_whatever_the_row_of_the_household_says(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(
    households=homes("A"),
    access=PIPED + "A | 99 | 入户 | 未检",
    projects="project_id | village_code | kind \n p | home | 集中 \n q | home | 不详",
    quality_tests="project_id | sampled_on | conclusion \n p | 2020-05-01 | 合格",
)
def test_a_held_row_of_a_project_of_the_village_may_be_another_project(town):
    assert town.signal() == {"A": "unknown"}


# ---- access ----


@TOWN.scene(
    households=homes("piped", "near", "far", "near_on_foot", "far_off", "far_down"),
    access="""
        household_id | litres_per_person_day | quality | mode       | fetch_minutes | distance_m | climb_m
        piped        | 99                    | 合格    | 入户       | 90            | 9000       | 900
        near         | 99                    | 合格    | 集中供水点 | 20            |            |
        far          | 99                    | 合格    | 自备井     | 20.1          |            |
        near_on_foot | 99                    | 合格    | 其他       |               | 800        | 80
        far_off      | 99                    | 合格    | 其他       |               | 800.5      | 80
        far_down     | 99                    | 合格    | 其他       |               | 800        | 80.5
    """,
)
def test_water_not_piped_is_20_minutes_away_or_800_metres_or_80_up(town):
    assert town.signal() == {
        "piped": "clear", "near": "clear", "far": "at_risk",
        "near_on_foot": "clear", "far_off": "at_risk", "far_down": "at_risk",
    }  # fmt: skip


@TOWN.scene(
    households=homes("quick", "slow"),
    access="""
        household_id | litres_per_person_day | quality | mode   | fetch_minutes | distance_m | climb_m
        quick        | 99                    | 合格    | 自备井 | 10            | 2000       | 200
        slow         | 99                    | 合格    | 自备井 | 30            | 100        | 0
    """,
)
def test_minutes_that_are_stated_decide_whatever_the_distance(town):
    assert town.signal() == {"quick": "clear", "slow": "at_risk"}


@TOWN.scene(
    households=homes("inside", "inside_too", "outside", "outside_too", "nothing"),
    access="""
        household_id | litres_per_person_day | quality | mode   | fetch_minutes | distance_m | climb_m
        inside       | 99                    | 合格    | 自备井 |               | 800        |
        inside_too   | 99                    | 合格    | 自备井 |               |            | 80
        outside      | 99                    | 合格    | 自备井 |               | 801        |
        outside_too  | 99                    | 合格    | 自备井 |               |            | 81
        nothing      | 99                    | 合格    | 自备井 |               |            |
    """,
)
def test_one_distance_alone_can_say_too_far_but_not_near(town):
    assert town.signal() == {
        "inside": "unknown", "inside_too": "unknown", "outside": "at_risk", "outside_too": "at_risk",
        "nothing": "unknown",
    }  # fmt: skip
    assert town.why()["nothing"] == "not_stated:fetch_minutes"


@TOWN.scene(
    households=homes("quick", "near", "slow", "far", "nothing"),
    access="""
        household_id | litres_per_person_day | quality | mode | fetch_minutes | distance_m | climb_m
        quick        | 99                    | 合格    |      | 20            |            |
        near         | 99                    | 合格    |      |               | 800        | 80
        slow         | 99                    | 合格    |      | 21            |            |
        far          | 99                    | 合格    |      |               | 801        | 80
        nothing      | 99                    | 合格    |      |               |            |
    """,
)
def test_without_the_mode_it_is_unknown_unless_minutes_or_distances_pass(town):
    assert town.signal() == {
        "quick": "clear", "near": "clear", "slow": "unknown", "far": "unknown", "nothing": "unknown",
    }  # fmt: skip
    assert town.why()["nothing"] == "not_stated:mode"


# ---- reliability: (D - 365, D] begins on 2 July 2019 ----


@TOWN.scene(
    households="household_id | village_code \n days_36 | v1 \n days_37 | v2",
    outages="""
        village_code | began_on   | ended_on
        v1           | 2020-03-01 | 2020-04-05
        v2           | 2020-03-01 | 2020-04-06
    """,
)
def test_36_days_without_water_are_clear_and_37_at_risk_both_ends_counted(town):
    assert town.signal() == {"days_36": "clear", "days_37": "at_risk"}
    assert town.column("core.household_month", "outage_days_12m") == {"days_36": 36.0, "days_37": 37.0}


@TOWN.scene(
    households="household_id | village_code \n days_36 | v1 \n days_37 | v2",
    outages="""
        village_code | began_on   | ended_on
        v1           | 2019-05-01 | 2019-08-06
        v2           | 2019-05-01 | 2019-08-07
    """,
)
def test_days_before_the_365_do_not_count(town):
    assert town.column("core.household_month", "outage_days_12m") == {"days_36": 36.0, "days_37": 37.0}


@TOWN.scene(
    households="""
        household_id | village_code
        open_36      | v1
        open_37      | v2
        ends_later   | v3
        to_come      | v4
    """,
    outages="""
        village_code | began_on   | ended_on
        v1           | 2020-05-26 |
        v2           | 2020-05-25 |
        v3           | 2020-06-30 | 2020-12-31
        v4           | 2020-07-01 |
    """,
)
def test_an_open_outage_runs_to_the_day_and_none_further(town):
    assert town.signal() == {
        "open_36": "clear",
        "open_37": "at_risk",
        "ends_later": "clear",
        "to_come": "clear",
    }
    assert town.column("core.household_month", "outage_days_12m")["ends_later"] == 1.0


@TOWN.scene(
    households=homes("A"),
    outages="""
        project_id | village_code | began_on   | ended_on
        p          | home         | 2020-03-01 | 2020-03-20
        q          | home         | 2020-03-10 | 2020-03-25
        p          | home         | 2020-03-26 | 2020-03-30
        p          | home         | 2020-05-01 | 2020-05-06
        p          | next1        | 2020-06-01 | 2020-06-30
    """,
)
def test_distinct_days_of_the_village_count_whatever_the_project(town):
    assert town.column("core.household_month", "outage_days_12m") == {"A": 36.0}


@TOWN.scene(
    households=homes("A"),
    outages={
        "202003": "outage_id | began_on | ended_on \n o | 2020-03-01 |",
        "202004": "outage_id | began_on | ended_on \n o | 2020-03-01 | 2020-03-05",
    },
)
def test_a_later_file_ends_an_open_outage(town):
    assert town.column("core.household_month", "outage_days_12m") == {"A": 5.0}


@TOWN.scene(
    households="household_id | village_code \n inside | v1 \n outside | v2 \n backward | v3 \n known | v4",
    outages="""
        outage_id | project_id | village_code | began_on   | ended_on
        1         | 4.1E+15    | v1           | 2019-06-01 | 2019-07-02
        2         | 4.1E+15    | v2           | 2019-06-01 | 2019-07-01
        3         | p          | v3           | 2019-03-02 | 2019-03-01
        4         | p          | v4           | 2020-03-01 | 2020-04-06
        5         | 4.1E+15    | v4           | 2020-05-01 | 2020-05-02
    """,
)
def test_a_held_outage_is_missing_for_its_village_by_dates_that_can_be_read(town):
    assert town.signal() == {
        "inside": "unknown",
        "outside": "clear",
        "backward": "unknown",
        "known": "at_risk",
    }
    assert town.why()["inside"] == "row_held:outages"


# ---- all four ----


@TOWN.scene(
    households="household_id | village_code \n no_row | v1 \n bad_test | v2 \n outage | v3",
    access="household_id \n somebody_else",
    projects="project_id | village_code \n p2 | v2",
    quality_tests="project_id | sampled_on | conclusion \n p2 | 2020-05-01 | 不合格",
    outages="village_code | began_on | ended_on \n v3 | 2020-01-01 | 2020-03-01",
)
def test_a_failing_test_or_outage_wins_even_without_an_access_row(town):
    assert town.signal() == {"no_row": "unknown", "bad_test": "at_risk", "outage": "at_risk"}
    assert "row_missing:access" in town.why()["no_row"]


@TOWN.scene(
    households=homes("A", "B"),
    access=PIPED + "A | 501 | 入户 | 合格 \n B | 500 | 入户 | 合格",
)
def test_a_held_access_row_without_an_earlier_one_is_no_row(town):
    assert town.signal() == {"A": "unknown", "B": "clear"}


@TOWN.scene(
    households=homes("A", "B"),
    access={
        "201906": PIPED + "A | 10 | 入户 | 合格 \n B | 99 | 入户 | 合格",
        "201912": PIPED + "A | 501 | 入户 | 合格 \n B | 501 | 入户 | 合格",
    },
)
def test_a_held_access_row_keeps_the_last_accepted_version(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    households=homes("A"),
    access=PIPED + "A | 10 | 入户 | 不合格",
    outages="village_code | began_on | ended_on \n home | 2020-01-01 | 2020-03-01",
)
def test_the_evidence_is_of_every_part_that_fails(town):
    files = {place.split(":")[0] for place in town.evidence()["A"]}
    assert files == {"access_201912", "outages_2020"}


@TOWN.scene(
    households=homes("dead"),
    members="household_id | id_number \n dead | d",
    deaths="id_number | died_on \n d | 2020-01-01",
)
def test_water_is_judged_whoever_drinks_it(town):
    assert town.signal() == {"dead": "clear"}


# ---- files that are not there ----

BAD_ROW = PIPED + "A | 10 | 入户 | 合格"


def test_access_of_12_months_ago_still_answers_an_older_one_is_unknown():
    assert town(access=BAD_ROW, periods={"access": "201906"}).signal(WATER) == {"A": "at_risk"}
    assert town(access=BAD_ROW, periods={"access": "201812"}).signal(WATER) == {"A": "unknown"}


PROJECT = dict(
    access=UNTESTED,
    projects="project_id | village_code \n p | home",
    quality_tests={"202004": "project_id | sampled_on | conclusion \n p | 2020-04-15 | 合格"},
)


def test_projects_of_18_months_ago_still_answer_older_ones_are_unknown():
    assert town(**PROJECT, periods={"projects": "2018"}).signal(WATER) == {"A": "clear"}
    assert town("2020-07-01", **PROJECT, periods={"projects": "2018"}).signal(WATER) == {"A": "unknown"}


def test_a_test_passes_only_while_no_required_month_after_it_is_missing():
    before = town(**PROJECT, without={"quality_tests": "202003 202006"})
    after = town(**PROJECT, without={"quality_tests": "202005 202006"})
    assert before.signal(WATER) == {"A": "clear"}
    assert after.signal(WATER) == {"A": "unknown"}


def test_a_missing_month_of_outages_in_the_window_is_unknown_and_one_before_it_is_not():
    assert town(without={"outages": "201906"}).signal(WATER) == {"A": "clear"}
    assert town(without={"outages": "202004"}).signal(WATER) == {"A": "unknown"}


def test_an_open_outage_is_sure_to_the_end_of_the_month_before_the_first_one_missing():
    gap = town(
        households="household_id | village_code \n days_36 | v1 \n days_37 | v2",
        outages={"202003": "village_code | began_on | ended_on \n v1 | 2020-02-25 | \n v2 | 2020-02-24 |"},
        without={"outages": "202004"},
    )
    assert gap.signal(WATER) == {"days_36": "unknown", "days_37": "at_risk"}


def test_such_a_month_may_lie_before_the_window():
    """Told of in May, June missing: surely to 31 May, and so perhaps not at all in the window."""
    gap = town(
        "2020-07-31",
        outages={"201905": "village_code | began_on | ended_on \n home | 2019-05-01 |"},
        without={"outages": "201906"},
    )
    assert gap.signal(WATER) == {"A": "unknown"}


def test_a_village_that_the_divisions_do_not_know_is_unknown():
    divisions = "division_code | division_name | level | parent_code \n {} | 某村 | 村 | 410184100"
    unknown = town(divisions=divisions.format("410184100999"))
    known = town(divisions=divisions.format(town().village()))
    assert unknown.signal(WATER) == {"A": "unknown"}
    assert unknown.why(WATER) == {"A": "not_stated:village_code"}
    assert known.signal(WATER) == {"A": "clear"}
