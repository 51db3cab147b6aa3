"""mart.signal_evidence: the rows, as file and line, behind every signal at risk."""

from tests.spec.town import town
from warehouse.rules import rules

CITY = town(
    households="household_id | household_type | dwelling_grade \n A | 脱贫户 | C \n B | 一般农户 | A",
    members="""
        household_id | id_number | birth_date
        A            | mother    |
        A            | kid       | 2010-01-01
        B            | b         |
    """,
    incomes="household_id | net_income \n A | 100 \n B | 9000",
    settlements={
        "201912": """
            id_number | out_of_pocket | settled_on
            b         | 10            | 2019-12-01
            mother    | 3000          | 2019-12-01
        """,
        "202003": "id_number | out_of_pocket \n mother | 2500",
    },
    dropouts="id_number \n kid",
    disability="certificate_no | type | grade | issued_on \n mother | 4 | 1 | 2020-03-01",
    allowances="id_number | paid_month | amount \n b | 201912 | 9 \n mother | 202005 | 200",
    insurance="id_number \n mother \n b",
    access="""
        household_id | litres_per_person_day | mode | quality
        B            | 99                    | 入户 | 合格
        A            | 10                    | 入户 | 合格
    """,
)

EXPECTED = {
    "unsafe_dwelling": {"households_202006:2"},
    "income_below_line": {"incomes_2019:2"},
    "catastrophic_illness": {"settlements_201912:3", "settlements_202003:2"},
    "school_dropout": {"dropouts_202006:2"},
    "new_severe_disability": {"disability_202006:2"},
    "newly_on_allowance": {"allowances_2020:3"},
    "uninsured_member": {"members_202006:3"},
    "unsafe_water": {"access_201912:3"},
}


def test_every_indicator_names_file_and_line():
    assert {indicator: CITY.evidence(indicator) for indicator in EXPECTED} == {
        indicator: {"A": lines} for indicator, lines in EXPECTED.items()
    }


def test_a_line_is_found_in_the_file_that_its_delivery_was():
    files = {row["delivery_id"]: row["file"] for row in CITY.table("quality.delivery")}
    named = {files[row["delivery_id"]] for row in CITY.table("mart.signal_evidence")}
    assert named >= {"settlements_202003.csv", "households_202006.csv"}


def test_this_file_knows_every_indicator_whose_measures_have_files():
    """Declared measures share one statement (test_declared_measures.py)."""
    asked = {row["indicator"] for row in CITY.table("mart.signal")}
    assert EXPECTED.keys() <= asked
    assert asked - EXPECTED.keys() <= {rule.indicator for rule in rules() if rule.counts}


def test_a_household_that_is_clear_or_unknown_has_none():
    at_risk = {
        (r["household_id"], r["indicator"]) for r in CITY.table("mart.signal") if r["status"] == "at_risk"
    }
    told = {(row["household_id"], row["indicator"]) for row in CITY.table("mart.signal_evidence")}
    assert told == at_risk


def test_no_row_is_named_twice():
    rows = [tuple(row.values()) for row in CITY.table("mart.signal_evidence")]
    assert len(rows) == len(set(rows))
