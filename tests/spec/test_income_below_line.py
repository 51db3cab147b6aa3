"""income_below_line: net income per head below the year's line (410184: 6,000 yuan for 2020 alone)."""

from tests.spec.town import Town

TOWN = Town("2020-06-30", indicator="income_below_line")
town = TOWN.alone


@TOWN.scene(
    incomes="""
        household_id | net_income
        below        | 5999.99
        at_the_line  | 6000.00
        above        | 6000.01
    """,
    households="""
        household_id
        below
        at_the_line
        above
    """,
)
def test_the_line_itself_is_clear_and_a_cent_less_is_at_risk(town):
    assert town.signal() == {"below": "at_risk", "at_the_line": "clear", "above": "clear"}
    assert town.value() == {"below": 5999.99, "at_the_line": 6000.0, "above": 6000.01}
    assert set(town.cutoff().values()) == {6000.0}


@TOWN.scene(
    households="household_id \n short \n even",
    incomes="""
        household_id | persons | net_income
        short        | 3       | 17999.99
        even         | 3       | 18000.00
    """,
)
def test_nothing_is_divided_so_one_cent_among_three_counts(town):
    assert town.signal() == {"short": "at_risk", "even": "clear"}


@TOWN.scene(
    households="household_id \n A \n B",
    incomes="""
        household_id | net_income | net_income_per_head | wage_income
        A            | 6000.40    | 6000.40             | 5999.99
        B            | 5999.60    | 5999.60             | 6000.00
    """,
)
def test_the_parts_decide_where_the_stated_sum_is_off_within_its_tolerance(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    incomes="""
        household_id | wage_income | business_income | property_income | transfer_income | business_cost
        A            | 4000        | 3000            | 500             | 500             | 2000
        B            | 4000        | 3000            | 500             | 500             | 2000.01
    """,
    households="household_id \n A \n B",
)
def test_income_is_wage_business_property_and_transfer_less_the_cost(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(households="household_id \n A", incomes="household_id | net_income \n A | -2000")
def test_a_loss_is_below_the_line(town):
    assert town.signal() == {"A": "at_risk"}
    assert town.value() == {"A": -2000.0}


@TOWN.scene(
    incomes="household_id | net_income \n A | 7000",
    settlements="id_number | out_of_pocket \n A | 4900",
)
def test_medical_costs_are_not_deducted(town):
    assert town.signal() == {"A": "clear"}


@TOWN.scene(
    members="""
        household_id | id_number
        four         | a
        four         | b
        four         | c
        four         | d
    """,
    incomes="household_id | persons | net_income \n four | 2 | 12000",
)
def test_the_persons_are_those_of_the_income_row_not_of_the_register(town):
    assert town.signal() == {"four": "clear"}


@TOWN.scene(households="household_id \n A \n B", incomes="household_id | net_income \n A | 9000")
def test_a_household_without_a_row_is_unknown_though_others_have_one(town):
    assert town.signal() == {"A": "clear", "B": "unknown"}
    assert town.why() == {"B": "row_missing:incomes"}
    assert town.value()["B"] is None


@TOWN.scene(
    households="household_id \n A \n B",
    incomes={
        "2019": "household_id | net_income \n A | 5000",
        "2018": "household_id | net_income \n A | 9000 \n B | 9000",
    },
)
def test_the_latest_year_counts_and_an_older_one_does_not_fill_its_gaps(town):
    assert town.signal() == {"A": "at_risk", "B": "unknown"}


@TOWN.scene(
    households="household_id \n A \n B",
    incomes={
        "2019": "household_id | net_income \n A | 5000 \n B | 9000",
        "2019_2": "household_id | net_income \n A | 9000 \n B | 5000",
    },
)
def test_a_correction_counts_instead(town):
    assert town.signal() == {"A": "clear", "B": "at_risk"}


@TOWN.scene(
    households="household_id \n A \n B",
    incomes={
        "2019": "household_id | net_income \n A | 5000 \n B | 9000",
        "2019_2": "household_id | net_income \n A | 5000",
    },
)
def test_a_household_that_the_correction_leaves_out_has_ended(town):
    assert town.signal() == {"A": "at_risk", "B": "unknown"}


@TOWN.scene(
    households="household_id \n A \n B",
    incomes={
        "2019": "household_id | net_income \n A | 5000 \n B | 9000",
        "2019_2": "household_id | net_income | wage_income \n A | 9000 | 1 \n B | 5000 | 1",
    },
)
def test_a_held_correction_leaves_the_accepted_version(town):
    assert town.signal() == {"A": "at_risk", "B": "clear"}


@TOWN.scene(
    households="household_id \n A",
    incomes={
        "2018": "household_id | net_income \n A | 9000",
        "2019": "household_id | net_income | wage_income \n A | 9000 | 1",
    },
)
def test_a_held_row_without_an_earlier_version_of_its_year_is_unknown(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(
    households="household_id \n A", incomes={"2019": "household_id | net_income | year \n A | 9000 | 2018"}
)
def test_a_row_of_another_year_than_its_file_is_held(town):
    assert town.signal() == {"A": "unknown"}


@TOWN.scene(
    households="household_id \n dead \n empty",
    members="household_id | id_number \n dead | A",
    deaths="id_number | died_on \n A | 2020-01-05",
    incomes="household_id | net_income \n dead | 5000 \n empty | 7000",
)
def test_a_household_with_nobody_living_or_without_members_is_judged_all_the_same(town):
    assert town.signal() == {"dead": "at_risk", "empty": "clear"}


@TOWN.scene(incomes="household_id | net_income \n A | 5000 \n elsewhere | 5000")
def test_the_evidence_is_the_line_of_the_row(town):
    (row,) = town.evidence()["A"]
    assert row.startswith("incomes_2019_2:")


POOR = "household_id | net_income \n A | 5999"


def test_a_year_without_a_published_line_is_unknown_never_the_last_one_carried_over():
    before, after = town("2019-12-31", incomes=POOR), town("2021-01-01", incomes=POOR)
    assert before.signal("income_below_line") == after.signal("income_below_line") == {"A": "unknown"}
    assert after.why("income_below_line") == {"A": "no_cutoff:2021"}


def test_the_line_is_in_force_from_the_first_to_the_last_day_of_its_year():
    assert town("2020-01-01", incomes=POOR).signal("income_below_line") == {"A": "at_risk"}
    assert town("2020-12-31", incomes=POOR).signal("income_below_line") == {"A": "at_risk"}


def test_a_line_of_one_region_is_none_of_another():
    assert town(region="410185", incomes=POOR).signal("income_below_line") == {"A": "unknown"}


def test_income_of_the_current_year_counts_as_soon_as_it_is_here():
    later = town(incomes={"2019": POOR, "2020": "household_id | net_income \n A | 6000"})
    assert later.signal("income_below_line") == {"A": "clear"}


def test_a_nil_return_is_the_latest_year_and_makes_all_unknown():
    assert town(incomes={"2019": POOR, "2020": "household_id"}).signal("income_below_line") == {
        "A": "unknown"
    }


def test_a_refused_file_leaves_the_year_before():
    refused = town(incomes=POOR, files={"registry/incomes_2020.csv": "户编号,年度\r\nA,2020\r\n"})
    assert refused.verdicts()["incomes_2020"] == "refused"
    assert refused.signal("income_below_line") == {"A": "at_risk"}


def test_income_of_the_year_before_last_is_too_old():
    old = town(incomes={"2018": POOR}, without={"incomes": "2019"})
    assert old.signal("income_below_line") == {"A": "unknown"}
    assert old.why("income_below_line") == {"A": "feed_missing:incomes"}


def test_a_feed_that_never_came_is_unknown():
    assert town(without={"incomes": "all"}).signal("income_below_line") == {"A": "unknown"}
