"""mart.clue: all signals of one household, what a village visits."""

from datetime import date
from unittest.mock import patch

import warehouse.build
from tests.spec.town import Town, town
from warehouse.rules import in_force

TOWN = Town("2020-06-30")

POOR = "household_id | net_income \n A | 5000"
SICK = "id_number | out_of_pocket \n A | 20001"
NO_INCOME = "household_id \n somebody_else"


def lifted(more: str = "", cell: str = "") -> str:
    return f"household_id | household_type | dwelling_grade {more} \n A | 脱贫户 | A {cell}"


def others(grade: str = "A", more: str = "", cell: str = "") -> str:
    return f"household_id | household_type | dwelling_grade {more} \n A | 一般农户 | {grade} {cell}"


def clue(town) -> dict:
    (found,) = town.rows("mart.clue")
    return found


def suggested(town) -> tuple:
    return clue(town)["suggested_class"], clue(town)["reasons"]


# ---- whether there is one ----


@TOWN.scene(households=others())
def test_a_household_that_is_well_has_no_clue(town):
    assert town.rows("mart.clue") == []


@TOWN.scene(households="household_id | dwelling_grade \n A |", incomes=NO_INCOME)
def test_unknown_alone_opens_none(town):
    assert town.rows("mart.clue") == []


@TOWN.scene(households=others("D"), incomes=POOR, settlements=SICK)
def test_one_clue_carries_all_its_reasons_in_order(town):
    assert clue(town)["reasons"] == "catastrophic_illness,income_below_line,unsafe_dwelling"


@TOWN.scene(households="household_id | dwelling_grade \n A | D \n B | D")
def test_every_household_has_its_own(town):
    assert set(town.column("mart.clue", "reasons").values()) == {"unsafe_dwelling"}
    assert len({row["clue_id"] for row in town.rows("mart.clue")}) == 2


@TOWN.scene(reports="household_id | reported_on \n A | 2020-06-30")
def test_a_report_alone_opens_one_without_reasons(town):
    assert suggested(town) == ("关注", "")


@TOWN.scene(reports="household_id | reported_on \n A | 2020-07-01")
def test_a_report_of_tomorrow_opens_none(town):
    assert town.rows("mart.clue") == []


@TOWN.scene(households=others("C"), reports="household_id | reported_on \n A | 2020-06-01")
def test_a_report_joins_the_clue_of_the_signals(town):
    assert suggested(town) == ("关注", "unsafe_dwelling")


@TOWN.scene(households=others("C"), reports="household_id | reported_on \n stranger | 2020-06-01")
def test_a_report_of_a_household_that_the_register_does_not_have_opens_none(town):
    assert list(town.column("mart.clue", "status")) == ["A"]


@TOWN.scene(
    reports="household_id | reported_on \n A | 2020-05-01",
    visits="clue_id | household_id | visited_on \n c | A | 2020-05-10",
)
def test_a_report_that_was_visited_opens_none_again(town):
    assert town.rows("mart.clue") == []


# ---- what is suggested, the first that fits ----


@TOWN.scene(
    households=lifted("| monitored_class | is_risk_removed", "| 脱贫不稳定户 | 否"),
    incomes=POOR,
    settlements=SICK,
)
def test_a_monitored_household_stays_watched(town):
    assert suggested(town)[0] == "持续监测"


@TOWN.scene(households=others("C", "| monitored_class", "| 边缘户"), incomes=NO_INCOME)
def test_so_it_does_where_its_income_is_unknown(town):
    assert suggested(town)[0] == "持续监测"
    assert clue(town)["no_suggestion_because"] is None


@TOWN.scene(
    households=others("C", "| monitored_class | is_risk_removed", "| 边缘易致贫户 | 是"), incomes=POOR
)
def test_one_whose_risk_was_removed_is_judged_anew(town):
    assert suggested(town)[0] == "边缘易致贫户"


@TOWN.scene(households=lifted(), incomes=POOR, settlements=SICK)
def test_a_lifted_household_below_the_line_with_another_signal_is_unstable(town):
    assert suggested(town)[0] == "脱贫不稳定户"


@TOWN.scene(households=others(), incomes=POOR, settlements=SICK)
def test_another_household_below_the_line_with_another_signal_is_on_the_edge(town):
    assert suggested(town)[0] == "边缘易致贫户"


@TOWN.scene(households=lifted(), incomes=POOR)
def test_until_13_may_2021_the_line_alone_is_enough(town):
    assert suggested(town) == ("脱贫不稳定户", "income_below_line")


@TOWN.scene(households=others(), incomes=POOR)
def test_so_it_is_for_another_household(town):
    assert suggested(town) == ("边缘易致贫户", "income_below_line")


def test_from_14_may_2021_only_with_another_signal():
    """No line is published for 2021, so the night is one of 2020 by the practice of 2021."""
    days = [date(2021, 5, 13), date(2021, 5, 14)]
    assert [in_force("line_suggests_class", day) for day in days] == [True, False]
    with patch.object(warehouse.build, "in_force", lambda name, _: in_force(name, days[1])):
        later = town(
            households="household_id | household_type \n alone | 脱贫户 \n both | 脱贫户",
            incomes="household_id | net_income \n alone | 5000 \n both | 5000",
            settlements="id_number | out_of_pocket \n both | 20001",
        )
        assert later.column("mart.clue", "suggested_class") == {"alone": "关注", "both": "脱贫不稳定户"}


@TOWN.scene(households=others(), settlements=SICK)
def test_above_the_line_and_struck_by_illness_is_a_sudden_hardship(town):
    assert suggested(town) == ("突发严重困难户", "catastrophic_illness")


@TOWN.scene(households=others("C"))
def test_above_the_line_with_any_other_signal_is_watched(town):
    assert suggested(town) == ("关注", "unsafe_dwelling")


@TOWN.scene(households=others(), incomes=NO_INCOME, settlements=SICK)
def test_without_income_there_is_no_suggestion_and_it_says_why(town):
    assert suggested(town)[0] is None
    assert clue(town)["no_suggestion_because"] == "income_below_line:unknown"


# ---- what it asks for ----

FAILED = dict(
    projects="project_id | village_code \n p | home",
    quality_tests="project_id | sampled_on | conclusion \n p | 2020-06-01 | 不合格",
)


def asked(town) -> dict:
    return town.column("mart.clue", "asks_for")


@TOWN.scene(households="household_id \n A \n B", insurance="id_number | year \n B | 2020")
def test_what_is_only_to_be_verified_asks_for_a_call(town):
    assert asked(town) == {"A": "call"}


@TOWN.scene(households=others("C"), insurance="id_number | year \n nobody | 2020")
def test_beside_another_reason_it_asks_for_a_visit(town):
    assert asked(town) == {"A": "visit"}


@TOWN.scene(
    households="household_id | dwelling_grade \n a | A \n b | A \n grade_c | C \n uninsured | A \n reported | A",
    insurance="id_number | year \n a | 2020 \n b | 2020 \n grade_c | 2020 \n reported | 2020",
    reports="household_id | reported_on \n reported | 2020-06-01",
    **FAILED,
)
def test_a_failed_test_alone_asks_for_one_look_at_the_works_of_the_village(town):
    assert asked(town) == {
        "a": "works", "b": "works", "grade_c": "visit", "uninsured": "visit", "reported": "visit",
    }  # fmt: skip


@TOWN.scene(
    households="household_id \n short \n poor",
    outages="village_code | began_on | ended_on \n home | 2020-01-01 | 2020-03-01",
    access="household_id | mode | quality \n short | 入户 | 合格 \n poor | 入户 | 不合格",
)
def test_so_does_an_outage_but_not_where_the_households_own_water_fails_too(town):
    assert asked(town) == {"poor": "visit", "short": "works"}


@TOWN.scene(households=others("C"))
def test_any_other_reason_asks_for_a_visit(town):
    assert asked(town) == {"A": "visit"}


# ---- days, places, order ----


@TOWN.scene(households=others("C"))
def test_a_clue_is_opened_on_the_night_and_due_15_days_later(town):
    found = clue(town)
    assert (found["opened_on"], found["due_on"]) == (date(2020, 6, 30), date(2020, 7, 15))
    assert (found["status"], found["as_of"]) == ("open", date(2020, 6, 30))
    assert (found["village_code"], found["town_code"]) == (town.village(), town.village()[:9])


def test_clues_are_ranked_by_signals_and_monitored_households_come_last():
    ranked = town(
        households="""
            household_id | dwelling_grade | monitored_class
            a_one        | C              |
            b_two        | D              |
            c_monitored  | D              | 边缘易致贫户
            d_one        | C              |
        """,
        settlements="id_number | out_of_pocket \n b_two | 20001 \n c_monitored | 20001",
        incomes="household_id \n a_one \n b_two \n c_monitored \n d_one",
    )
    order = sorted(ranked.table("mart.clue"), key=lambda row: row["rank"])
    assert [row["household_id"] for row in order] == ["b_two", "a_one", "d_one", "c_monitored"]
    assert [row["rank"] for row in order] == [1, 2, 3, 4]


# ---- the nights after ----


def opened(
    clue_id: str, household_id: str, day: str, closed: str = "", why: str = "unsafe_dwelling", **more
) -> dict:
    """A clue as the night before has left it."""
    days = {"opened_on": date.fromisoformat(day), "closed_on": date.fromisoformat(closed) if closed else None}
    return {
        "clue_id": clue_id,
        "household_id": household_id,
        "reasons": why,
        "asks_for": "visit",
        **days,
        **more,
    }


def works(clue_id: str, household_id: str, day: str, closed: str = "") -> dict:
    return opened(clue_id, household_id, day, closed, "unsafe_water", asks_for="works")


LATER = town(
    households="""
        household_id | dwelling_grade | village_code
        due_today    | C              | home
        overdue      | C              | home
        visited      | C              | home
        visited_then | C              | home
        cleared      | A              | home
        doubtful     |                | home
        settled      | C              | home
        worse        | C              | home
        worse_since  | C              | home
        once_more    | C              | home
        reported     | C              | home
        misnamed     | C              | home
        event        | A              | mill1
        neighbour    | A              | mill1
        same_village | C              | mill1
        other_mill   | A              | mill2
        looked_at    | A              | mill1
    """,
    settlements="""
        id_number   | out_of_pocket
        worse       | 20001
        worse_since | 20001
    """,
    projects="project_id | village_code \n p | mill1 \n q | mill2",
    quality_tests="""
        project_id | sampled_on | conclusion
        p          | 2020-06-01 | 不合格
        q          | 2020-06-01 | 不合格
    """,
    visits="""
        clue_id | household_id | visited_on | finding
        3       | visited      | 2020-06-25 | 部分属实
        3       | visited      | 2020-06-20 | 属实
        4       | visited_then | 2020-06-14 | 属实
        9       | overdue      | 2020-07-01 | 属实
        7       | settled      | 2020-05-10 | 不属实
        8       | worse        | 2020-05-10 | 不属实
        10      | reported     | 2020-05-10 | 不属实
        12      | worse_since  | 2020-06-20 | 属实
        13      | event        | 2020-06-21 | 部分属实
        17      | looked_at    | 2020-05-20 | 属实
        nobody  | misnamed     | 2020-06-20 | 属实
    """,
    reports="household_id | reported_on \n reported | 2020-06-01",
    open_clues=[
        opened("1", "due_today", "2020-06-15"),
        opened("2", "overdue", "2020-06-14"),
        opened("3", "visited", "2020-06-15"),
        opened("4", "visited_then", "2020-06-15"),
        opened("5", "cleared", "2020-06-15"),
        opened("6", "doubtful", "2020-06-15", asks_for="call"),
        opened("11", "misnamed", "2020-06-15"),
        opened("12", "worse_since", "2020-06-15", seen={"unsafe_dwelling": date(2020, 6, 15)}),
        works("13", "event", "2020-06-15"),
        works("14", "neighbour", "2020-06-16"),
        opened("15", "same_village", "2020-06-15"),
        works("16", "other_mill", "2020-06-15"),
    ],
    closed_clues=[
        opened("7", "settled", "2020-05-01", closed="2020-05-10"),
        opened("8", "worse", "2020-05-01", closed="2020-05-10"),
        opened("9", "once_more", "2020-05-01", closed="2020-05-10"),  # no visit: the signal had cleared
        opened("10", "reported", "2020-05-01", closed="2020-05-10"),
        works("17", "looked_at", "2020-05-01", closed="2020-05-20"),
    ],
)


def now(column: str) -> dict:
    """Of the clues that are not closed, by household."""
    return {row["household_id"]: row[column] for row in LATER.table("mart.clue") if row["status"] != "closed"}


def closed(clue_id: str) -> tuple:
    (found,) = (row for row in LATER.table("mart.clue") if row["clue_id"] == clue_id)
    return found["status"], str(found["closed_on"]), found["closed_by"], found["closing_finding"]


def test_an_open_clue_keeps_its_id_and_day():
    assert (now("clue_id")["due_today"], str(now("opened_on")["due_today"])) == ("1", "2020-06-15")


def test_it_is_overdue_the_day_after_it_is_due():
    assert (now("status")["due_today"], now("status")["overdue"]) == ("open", "overdue")


def test_the_first_visit_since_its_opening_closes_it_and_an_earlier_one_does_not():
    assert closed("3") == ("closed", "2020-06-20", "visit", "属实")
    assert now("status")["visited_then"] == "open" and "visited" not in now("status")


def test_a_visit_that_names_a_clue_nobody_knows_closes_none():
    assert now("status")["misnamed"] == "open"


def test_it_closes_when_every_signal_has_cleared():
    assert closed("5") == ("closed", "2020-06-30", "cleared", None)


def test_a_signal_that_turns_unknown_does_not_close_it_and_stays_its_reason():
    assert now("status")["doubtful"] == "open"
    assert (now("reasons")["doubtful"], now("reasons_since")["doubtful"]) == ("unsafe_dwelling", "2020-06-15")
    assert now("asks_for")["doubtful"] == "call"


def test_closed_clues_stay_with_the_day_and_the_finding_that_closed_them_and_have_no_rank():
    assert closed("7") == ("closed", "2020-05-10", "visit", "不属实")
    assert closed("9") == ("closed", "2020-05-10", "cleared", None)
    ranks = [row["rank"] for row in LATER.table("mart.clue")]
    assert sorted(filter(None, ranks)) == list(range(1, len(now("rank")) + 1))
    assert {row["rank"] for row in LATER.table("mart.clue") if row["status"] == "closed"} == {None}


def test_after_a_visit_it_stays_closed_while_nothing_is_new():
    assert "settled" not in now("status")


def test_a_new_indicator_or_a_report_opens_a_new_one():
    assert now("opened_on")["worse"] == now("opened_on")["reported"] == date(2020, 6, 30)
    assert now("reasons")["worse"] == "catastrophic_illness,unsafe_dwelling"
    assert not {"8", "10"} & set(now("clue_id").values())


def test_what_has_come_up_since_the_visit_is_not_answered_by_it():
    assert closed("12")[:2] == ("closed", "2020-06-20")
    assert now("opened_on")["worse_since"] == date(2020, 6, 30)


def test_so_does_a_signal_that_had_cleared_and_is_back():
    assert now("status")["once_more"] == "open"


def test_one_look_at_the_works_answers_for_every_household_of_the_village_that_asks_for_it():
    assert closed("13") == closed("14") == ("closed", "2020-06-21", "visit", "部分属实")
    assert not {"event", "neighbour"} & now("status").keys()


def test_it_answers_no_other_clue_and_no_other_village():
    assert (now("clue_id")["same_village"], now("clue_id")["other_mill"]) == ("15", "16")


def test_what_was_looked_at_before_is_answered_for_who_had_a_clue_then():
    assert closed("17") == ("closed", "2020-05-20", "visit", "属实") and "looked_at" not in now("status")


def test_the_same_night_gives_the_same_clue():
    alone = {"indicator": "unsafe_dwelling", "asked": "mart.clue"}
    one, again = town(households=others("C"), **alone), town(households=others("C"), **alone)
    assert one.table("mart.clue") == again.table("mart.clue")
