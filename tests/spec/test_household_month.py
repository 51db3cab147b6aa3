"""core.household_month: every measure of a household where it is known; empty = unknown."""

from tests.spec.town import Town
from warehouse.measures import measures

MONTH = "core.household_month"
WITH_FILE = {name for name, measure in measures().items() if measure.source.endswith(".sql")}
TOWN = Town("2020-06-30")


@TOWN.scene(
    households="household_id | dwelling_grade \n A | C",
    members="household_id | id_number | birth_date \n A | mother | \n A | father | \n A | kid | 2010-01-01",
    incomes="household_id | persons | net_income \n A | 3 | 20000",
    settlements="id_number | out_of_pocket \n mother | 100 \n mother | 50.5 \n father | 120",
    dropouts="id_number \n kid",
    disability="certificate_no | type | grade | issued_on \n mother | 4 | 1 | 2020-03-01",
    allowances="id_number | paid_month | amount \n mother | 202005 | 200 \n father | 202004 | 200",
    insurance="id_number \n mother",
    access="household_id | litres_per_person_day | mode | quality \n A | 10 | 入户 | 不合格",
    outages="village_code | began_on | ended_on \n home | 2020-03-01 | 2020-03-10",
)
def test_every_measure_has_its_value(town):
    (row,) = town.rows(MONTH)
    written = {*WITH_FILE, "new_severe_disabilities"}
    assert row.keys() == {"as_of", "household_id", *measures()}
    assert {name: float(value) for name, value in row.items() if name in written} == {
        "net_income_per_head_cny": 6666.67,
        "out_of_pocket_12m_cny": 150.5,
        "children_out_of_school": 1,
        "new_severe_disabilities": 1,
        "newly_paid_members": 2,
        "uninsured_members": 2,
        "dangerous_dwelling": 1,
        "water_quantity_fails": 1,
        "water_quality_fails": 1,
        "water_access_fails": 0,
        "outage_days_12m": 10,
    }
    assert str(row["as_of"]) == "2020-06-30"


@TOWN.scene(
    households="household_id | dwelling_grade \n A |",
    members="household_id | person_no | id_number \n A | a | 无",
    incomes="household_id \n somebody_else",
    access="household_id \n somebody_else",
)
def test_what_is_not_known_is_empty_never_0(town):
    (row,) = town.rows(MONTH)
    known = {name for name, value in row.items() if value is not None}
    assert known & WITH_FILE == {"outage_days_12m"}
    assert "new_severe_disabilities" not in known


@TOWN.scene(
    households="household_id | household_type \n A | 脱贫户",
    settlements="id_number | out_of_pocket \n A | 6000 \n A | 约三千",
)
def test_a_measure_of_which_only_a_lower_bound_is_known_is_empty_though_the_signal_is_at_risk(town):
    assert town.column(MONTH, "out_of_pocket_12m_cny") == {"A": None}
    assert town.signal("catastrophic_illness") == {"A": "at_risk"}


@TOWN.scene(households="household_id \n A \n B")
def test_every_household_of_the_register_has_one_row(town):
    assert sorted(row["household_id"] for row in town.rows(MONTH)) == ["A", "B"]
