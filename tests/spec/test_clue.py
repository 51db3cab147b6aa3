"""mart.clue: all signals of one household, what a village visits."""

from datetime import date

from tests.spec.town import Town, town

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
def test_the_line_alone_is_watched(town):
    assert suggested(town) == ("关注", "income_below_line")


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


def opened(clue_id: str, household_id: str, day: str, closed: str = "", why: str = "unsafe_dwelling") -> dict:
    """A clue as the night before has left it."""
    days = {"opened_on": date.fromisoformat(day), "closed_on": date.fromisoformat(closed) if closed else None}
    return {"clue_id": clue_id, "household_id": household_id, "reasons": why, **days}


LATER = town(
    households="""
        household_id | dwelling_grade
        due_today    | C
        overdue      | C
        visited      | C
        visited_then | C
        cleared      | A
        unknown      |
        settled      | C
        worse        | C
        once_more    | C
        reported     | C
        misnamed     | C
    """,
    settlements="id_number | out_of_pocket \n worse | 20001",
    visits="""
        clue_id | household_id | visited_on | finding
        3       | visited      | 2020-06-20 | 属实
        4       | visited_then | 2020-06-14 | 属实
        9       | overdue      | 2020-07-01 | 属实
        7       | settled      | 2020-05-10 | 不属实
        8       | worse        | 2020-05-10 | 不属实
        10      | reported     | 2020-05-10 | 不属实
        nobody  | misnamed     | 2020-06-20 | 属实
    """,
    reports="household_id | reported_on \n reported | 2020-06-01",
    open_clues=[
        opened("1", "due_today", "2020-06-15"),
        opened("2", "overdue", "2020-06-14"),
        opened("3", "visited", "2020-06-15"),
        opened("4", "visited_then", "2020-06-15"),
        opened("5", "cleared", "2020-06-15"),
        opened("6", "unknown", "2020-06-15"),
        opened("11", "misnamed", "2020-06-15"),
    ],
    closed_clues=[
        opened("7", "settled", "2020-05-01", closed="2020-05-10"),
        opened("8", "worse", "2020-05-01", closed="2020-05-10"),
        opened("9", "once_more", "2020-05-01", closed="2020-05-10"),  # no visit: the signal had cleared
        opened("10", "reported", "2020-05-01", closed="2020-05-10"),
    ],
)


def test_an_open_clue_keeps_its_id_and_day():
    found = {row["household_id"]: (row["clue_id"], str(row["opened_on"])) for row in LATER.table("mart.clue")}
    assert found["due_today"] == ("1", "2020-06-15")


def test_it_is_overdue_the_day_after_it_is_due():
    status = LATER.column("mart.clue", "status")
    assert (status["due_today"], status["overdue"]) == ("open", "overdue")


def test_a_visit_since_its_opening_closes_it_and_an_earlier_one_does_not():
    status = LATER.column("mart.clue", "status")
    assert (status["visited"], status["visited_then"]) == ("closed", "open")


def test_a_visit_that_names_a_clue_nobody_knows_closes_none():
    assert LATER.column("mart.clue", "status")["misnamed"] == "open"


def test_it_closes_when_every_signal_has_cleared():
    assert LATER.column("mart.clue", "status").get("cleared", "closed") == "closed"


def test_a_signal_that_turns_unknown_does_not_close_it():
    assert LATER.column("mart.clue", "status")["unknown"] == "open"


def test_after_a_visit_it_stays_closed_while_nothing_is_new():
    assert "settled" not in LATER.column("mart.clue", "status")


def test_a_new_indicator_or_a_report_opens_a_new_one():
    opened_on = LATER.column("mart.clue", "opened_on")
    assert opened_on["worse"] == opened_on["reported"] == date(2020, 6, 30)
    assert LATER.column("mart.clue", "reasons")["worse"] == "catastrophic_illness,unsafe_dwelling"
    assert not {"8", "10"} & set(LATER.column("mart.clue", "clue_id").values())


def test_so_does_a_signal_that_had_cleared_and_is_back():
    assert LATER.column("mart.clue", "status")["once_more"] == "open"


def test_the_same_night_gives_the_same_clue():
    alone = {"indicator": "unsafe_dwelling", "asked": "mart.clue"}
    one, again = town(households=others("C"), **alone), town(households=others("C"), **alone)
    assert one.table("mart.clue") == again.table("mart.clue")
