"""mart.policy_landing: the city's reply letter, from 1 January of the year to the day, from the feeds.

One city for the whole file: a and b are registered, o is not, the others say why they are or are not.
"""

from tests.spec.town import town

SETTLEMENTS = """
    settlement_id | reverses_id | id_number  | settled_on | deductible_waived | copay_waived | chronic_covered
    s1            |             | a          | 2020-01-01 | 500               | 20.5         |
    s2            |             | a          | 2020-06-30 | 300               |              | 0
    s3            |             | o          | 2020-03-01 | 700               | 70           | 7
    s4            |             | a          | 2019-12-31 | 900               | 90           | 9
    s5            |             | b          | 2020-07-01 | 900               | 90           | 9
    s6            |             | b          | 2020-03-01 | 100               | 10           | 5
    s7            | s6          | b          | 2020-04-01 | -100              | -4           | -2
    s8            | s6          | b          | 2020-04-02 |                   | -1           | -2
    s9            |             | b          | 2020-05-01 | 50                |              |
    s10           | s9          | b          | 2020-07-01 | -50               |              |
    s11           |             | dead       | 2020-03-01 | 11                |              |
    s12           |             | gone       | 2020-03-01 | 12                |              |
    s13           |             | was        | 2020-06-15 | 13                |              |
    s14           |             | married_in | 2020-06-15 | 14                |              |
    s15           |             | before     | 2020-03-01 | 15                |              |
"""

CITY = town(
    "2020-06-30",
    households={
        "201909": "household_id | household_type \n too_early | 脱贫户",
        "201910": "household_id | household_type \n gone | 脱贫户 \n lifted | 脱贫户",
        "202003": "household_id | household_type \n changed | 建档立卡脱贫户 \n lifted | 脱贫户",
        "202006": """
            household_id | household_type
            lifted       | 脱贫户
            changed      | 一般农户
            other        | 一般农户
        """,
    },
    members={
        "201909": "household_id | id_number \n too_early | before",
        "201910": "household_id | id_number \n gone | gone \n lifted | a \n lifted | b \n lifted | dead",
        "202003": "household_id | id_number \n changed | was \n lifted | a \n lifted | b \n lifted | dead",
        "202006": """
            household_id | id_number
            lifted       | a
            lifted       | b
            lifted       | dead
            changed      | was
            changed      | married_in
            other        | o
        """,
    },
    deaths="id_number | died_on \n dead | 2020-02-02",
    grants={
        "201909": """
            id_number | programme            | is_out_of_county | amount | paid_on
            o         | 教育扶贫资金         | 是               | 100    | 2019-12-31
            o         | 教育扶贫资金         | 是               | 200    | 2020-01-01
        """,
        "202003": """
            id_number | programme            | is_out_of_county | amount | paid_on
            o         | 教育扶贫资金         | 是               | 312.50 | 2020-06-30
            a         | 教育扶贫资金         | 是               | 500    | 2020-05-01
            a         | 教育扶贫资金         | 否               | 999    | 2020-05-01
            b         | 家庭经济困难学生资助 | 是               | 625    | 2020-05-01
            b         | 家庭经济困难学生资助 | 否               | 625    | 2020-06-30
            b         | 家庭经济困难学生资助 | 否               | 10000  | 2020-07-01
            b         | 雨露计划             | 否               | 3000   | 2020-05-01
        """,
    },
    settlements=SETTLEMENTS,
    checkups="""
        id_number | examined_on
        a         | 2020-01-01
        a         | 2020-06-30
        b         | 2019-12-31
        dead      | 2020-01-15
        o         | 2020-03-01
        was       | 2020-07-01
    """,
    projects="""
        project_id | village_code | built_year | investment | people_served
        p          | v1           | 2020       | 100.5      | 300
        p          | v2           | 2020       | 100.5      | 200
        q          | v1           | 2020       | 20         | 50
        r          | v1           | 2019       | 7          | 7
    """,
    allowances="""
        certificate_no | id_number | paid_month | amount
        1              | a         | 202001     | 200.25
        1              | b         | 202001     | 200.25
        1              | a         | 202006     | 100
        1              | a         | 202007     | 999
        1              | a         | 201912     | 999
        2              | o         | 202003     | 999
        3              | was       | 202003     | 50
    """,
    destitute="id_number | paid_month | amount \n a | 202001 | 600 \n a | 202002 | 600 \n o | 202002 | 600",
    relief="""
        id_number | paid_on    | amount
        a         | 2020-01-01 | 1000
        a         | 2020-06-30 | 500.5
        a         | 2020-07-01 | 999
        o         | 2020-02-01 | 999
    """,
    disability_subsidies="""
        certificate_no | subsidy            | paid_month | amount
        a:41           | 重度残疾人护理补贴 | 202001     | 60
        a:41           | 困难残疾人生活补贴 | 202001     | 60
        a:41           | 重度残疾人护理补贴 | 201912     | 999
        o:41           | 重度残疾人护理补贴 | 202001     | 999
        b:41           | 重度残疾人护理补贴 | 202001     | 999
        a:42           | 重度残疾人护理补贴 | 202002     | 999
        b:4201         | 重度残疾人护理补贴 | 202001     | 80
    """,
    disability={
        "202005": "certificate_no | type | grade \n b:42 | 4 | 2",
        "202006": "certificate_no | type | grade \n a:41 | 4 | 1",
    },
)


def landed(row: str) -> dict:
    """The columns that the row fills."""
    (found,) = [one for one in CITY.table("mart.policy_landing") if one["row"] == row]
    return {
        name: float(found[name])
        for name in ("households", "persons", "visits", "amount_cny")
        if found[name] is not None
    }


def test_all_rows_of_the_letter_are_there_and_dated():
    rows = CITY.table("mart.policy_landing")
    assert [row["row"] for row in rows] == [
        "allowances", "checkups", "chronic_covered", "copay_waived", "deductible_waived", "destitute",
        "disability_subsidies", "grants_out_of_county", "grants_term", "relief", "water_works",
    ]  # fmt: skip
    assert {str(row["as_of"]) for row in rows} == {"2020-06-30"}


def test_grants_out_of_county_count_whoever_was_paid_in_the_period():
    assert landed("grants_out_of_county") == {"persons": 2, "amount_cny": 200 + 312.5 + 500}


def test_grants_of_the_term_count_what_was_paid_by_the_day():
    assert landed("grants_term") == {"persons": 1, "amount_cny": 1250}


def test_a_visit_is_an_original_of_the_period_with_something_left_after_its_reversals():
    """a twice, b once (its other was reversed whole), and four whom `registered` takes in."""
    assert landed("copay_waived") == {"visits": 2, "amount_cny": 20.5 + 10 - 4 - 1}
    assert landed("chronic_covered") == {"visits": 1, "amount_cny": 1}


def test_registered_are_members_living_or_dead_of_a_lifted_household_of_any_register_of_the_period():
    """s1 and s2 of a, s9 of b, s11 of one who died, s12 of one gone, s13 of one whose household was lifted in
    March; not s14, who came when it was lifted no longer, nor s15, whose register was too old by January."""
    assert landed("deductible_waived") == {"visits": 6, "amount_cny": 500 + 300 + 50 + 11 + 12 + 13}


def test_checkups_count_persons():
    assert landed("checkups") == {"persons": 2}


def test_water_works_count_each_project_once_and_the_people_of_every_village():
    assert landed("water_works") == {"persons": 550, "amount_cny": 1_205_000}


def test_allowances_count_register_households_persons_and_money():
    assert landed("allowances") == {"households": 2, "persons": 3, "amount_cny": 550.5}


def test_the_destitute_are_persons():
    assert landed("destitute") == {"persons": 1, "amount_cny": 1200}


def test_relief_counts_payments():
    assert landed("relief") == {"visits": 2, "amount_cny": 1500.5}


def test_subsidies_go_by_the_person_of_the_certificate():
    """And one on a certificate that is in no list joins nothing; one issued anew is the same certificate."""
    assert landed("disability_subsidies") == {"persons": 2, "amount_cny": 60 + 60 + 80}


def test_where_no_list_of_certificates_ever_came_none_is_unknown():
    never = town(
        indicator="unsafe_dwelling",
        asked="mart.policy_landing",
        without={"disability": "all"},
        households="household_id | household_type \n A | 脱贫户",
        disability_subsidies="certificate_no | paid_month | amount \n A:41 | 202001 | 60",
    )
    (row,) = [r for r in never.table("mart.policy_landing") if r["row"] == "disability_subsidies"]
    assert (row["persons"], row["amount_cny"]) == (1, 60)


def test_where_nothing_came_there_is_nothing_not_unknown():
    nothing = town().table("mart.policy_landing")
    assert len(nothing) == 11
    assert {row["amount_cny"] for row in nothing} == {0, None}


def test_a_person_in_two_lifted_households_counts_once_under_the_smaller_number():
    twice = town(
        indicator="newly_on_allowance",
        asked="mart.policy_landing",
        households="household_id | household_type \n A | 脱贫户 \n B | 脱贫户",
        members="household_id | person_no | id_number \n A | 1 | both \n B | 2 | both \n B | 3 | b",
        allowances="id_number | paid_month | amount \n both | 202003 | 200",
    )
    (row,) = [one for one in twice.table("mart.policy_landing") if one["row"] == "allowances"]
    assert (row["households"], row["persons"], row["amount_cny"]) == (1, 1, 200)
