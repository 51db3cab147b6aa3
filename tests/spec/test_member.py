"""core.member: who lives in the register's households on the night, by token."""

from tests.spec.drawn import number_ending_in_000
from tests.spec.town import Town

MEMBER = "core.member"
TOWN = Town("2020-06-30", indicator="catastrophic_illness", asked="core.member core.household core.conflict")
town = TOWN.alone


@TOWN.scene(
    members="""
        household_id | id_number | relation | sex | birth_date | health     | labour     | schooling
        A            | a         | 01       | 1   | 1960-02-29 | 残疾、大病 | 普通劳动力 |
        B            | b         | 之女     | 女  | 2010-03-04 | 健康       |            | 小学三年级
    """,
)
def test_codes_and_words_are_evened(town):
    found = {row["household_id"]: row for row in town.rows(MEMBER)}
    a = found["A"]
    assert (a["relation"], a["sex"], a["health"], a["labour"]) == ("户主", "男", "大病,残疾", "普通劳动力")
    assert (a["birth_year"], a["age"], a["is_living"], a["schooling"]) == (1960, 60, True, None)
    assert (found["B"]["relation"], found["B"]["sex"], found["B"]["schooling"]) == (
        "之女",
        "女",
        "小学三年级",
    )


@TOWN.scene(
    members="""
        household_id | id_number | birth_date
        birthday     | a         | 2010-06-30
        tomorrow     | b         | 2010-07-01
        leap         | c         | 2000-02-29
    """,
)
def test_age_counts_the_birthday_itself(town):
    assert town.column(MEMBER, "age") == {"birthday": 10, "tomorrow": 9, "leap": 20}


@TOWN.scene(
    members="""
        household_id | person_no | id_number     | birth_date
        by_number    | a         | 无            | 1990-01-01
        of_nobody    | b         | 未办          |
        damaged      | c         | c:wrong_digit | 1991-01-01
    """,
)
def test_where_there_is_no_usable_number_the_birth_date_tells_the_age(town):
    assert town.column(MEMBER, "age") == {"by_number": 30, "of_nobody": None, "damaged": 29}


@TOWN.scene(
    members="household_id | id_number \n A | gone \n A | here \n B | later",
    deaths="id_number | died_on \n gone | 2020-06-30 \n later | 2020-07-01",
)
def test_the_dead_are_listed_as_such_from_the_day_on(town):
    living = [(row["household_id"], row["is_living"]) for row in town.rows(MEMBER)]
    assert sorted(living) == [("A", False), ("A", True), ("B", True)]


@TOWN.scene(
    households="household_id \n A \n B",
    deaths={
        "202001": "id_number | died_on \n A | 2020-01-05",
        "202012": "id_number | died_on \n A | 2020-12-05 \n B | 2020-01-05",
        "202012_2": "id_number | died_on \n B | 2020-12-05",
    },
)
def test_of_dates_of_death_from_different_periods_the_earlier_counts_but_a_correction_replaces(town):
    assert town.column(MEMBER, "is_living") == {"A": False, "B": True}


@TOWN.scene(
    members="household_id | person_no | id_number \n A | 1 | both \n B | 2 | both",
)
def test_a_person_in_two_households_is_in_each_with_one_token(town):
    tokens = town.column(MEMBER, "person_token")
    assert tokens.keys() == {"A", "B"}
    assert len(set(tokens.values())) == 1


@TOWN.scene(
    members="household_id | person_no | id_number | relation \n A | 1 | twin | 户主 \n A | 2 | twin | 其他",
)
def test_of_one_person_twice_in_a_household_the_smallest_number_stays(town):
    assert town.column(MEMBER, "relation") == {"A": "户主"}
    assert town.signal("catastrophic_illness") == {"A": "clear"}


@TOWN.scene(
    members={
        "202005": """
            household_id | person_no | id_number | birth_date
            damaged      | 1         | a         | 1950-01-01
            stated       | 2         | b         | 1950-01-01
            empty        | 3         | c         | 1950-01-01
        """,
        "202006": """
            household_id | person_no | id_number | birth_date
            damaged      | 1         | a:damaged |
            stated       | 2         | 无        |
            empty        | 3         |           |
        """,
    },
    settlements="id_number | out_of_pocket \n a | 20001 \n b | 20001 \n c | 20001",
)
def test_a_number_that_the_same_person_had_before_is_kept_unless_the_cell_says_there_is_none(town):
    assert town.signal("catastrophic_illness") == {
        "damaged": "at_risk",
        "stated": "unknown",
        "empty": "at_risk",
    }


@TOWN.scene(
    members="household_id | person_no | id_number \n A | a | a:wrong_digit \n A | b |",
)
def test_an_unusable_number_does_not_hold_the_row_of_a_member(town):
    assert town.column("core.household", "persons") == {"A": 2}


@TOWN.scene(members="household_id | id_number | relation \n A | a | 户主 \n A | b | 表舅")
def test_a_row_held_for_anything_else_is_not_there(town):
    assert town.column("core.household", "persons") == {"A": 1}


TRUE_000 = number_ending_in_000("1955-05-05")
LONELY_000 = number_ending_in_000("1956-06-06")


@TOWN.scene(
    members=f"""
        household_id | person_no | id_number    | name
        confirmed    | 1         | {TRUE_000}   | 吴一
        alone        | 2         | {LONELY_000} | 吴二
    """,
    settlements=f"""
        id_number    | name   | out_of_pocket
        {TRUE_000}   | 吴一   | 20001
        {LONELY_000} | 吴二三 | 20001
    """,
)
def test_a_number_ending_in_000_is_usable_where_a_second_feed_has_it_with_the_same_name(town):
    assert town.signal("catastrophic_illness") == {"confirmed": "at_risk", "alone": "unknown"}


def test_tokens_are_the_same_every_night_and_say_nothing():
    one, again = town(), town("2020-06-29")
    (token,) = one.column(MEMBER, "person_token").values()
    assert again.column(MEMBER, "person_token") == {"A": token}
    assert one.number("A") not in token
    published = str(
        [one.table(name) for name in ("core.member", "core.household", "mart.signal", "core.conflict")]
    )
    assert one.number("A") not in published


def test_there_are_no_members_where_the_list_is_too_old():
    assert town(periods={"members": "202002"}).table(MEMBER) == []
