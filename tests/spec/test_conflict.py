"""core.conflict: contradictions, and what was kept by which rule."""

from tests.spec.town import Town

CONFLICT = "core.conflict"
TOWN = Town("2020-06-30", indicator="unsafe_dwelling", asked="core.conflict core.member")


def told(town, row: dict, side: str) -> str:
    delivery, _, line = row[side].partition(":")
    return f"{town.town.night.files[delivery]}:{line}"


@TOWN.scene(members="household_id | person_no | id_number \n A | 1 | both \n B | 2 | both \n B | 3 | b")
def test_a_person_in_two_households_is_listed_with_the_smaller_number_kept(town):
    (row,) = town.rows(CONFLICT)
    assert (row["kind"], row["household_id"], row["feed"]) == ("person_in_two_households", "B", "members")
    assert told(town, row, "kept") == "members_202006:2"
    assert told(town, row, "lost") == "members_202006:3"
    assert row["person_token"] in town.column("core.member", "person_token").values()


@TOWN.scene(
    households="household_id \n A \n B",
    settlements={
        "202003": """
            id_number | household_id | out_of_pocket
            A         | A            | 1
            A         | B            | 1
            A         |              | 1
        """
    },
)
def test_a_row_that_states_another_household_than_the_register_is_listed(town):
    (row,) = town.rows(CONFLICT)
    assert (row["kind"], row["household_id"], row["feed"]) == ("household_number_differs", "B", "settlements")
    assert told(town, row, "lost") == "settlements_202003:3"


@TOWN.scene(
    members={
        "202003": "household_id | id_number \n A | moved \n A | a \n B | b",
        "202006": "household_id | id_number \n A | a \n B | moved \n B | b",
    },
    settlements={
        "202004": "id_number | household_id | settled_on \n moved | A | 2020-04-01 \n moved | A | 2020-03-01",
        "202006": "id_number | household_id | settled_on \n moved | A | 2020-06-01",
    },
)
def test_the_household_compared_is_that_of_the_day_of_the_fact(town):
    (row,) = town.rows(CONFLICT)
    assert told(town, row, "lost") == "settlements_202006:2"


@TOWN.scene(settlements={"202005": "id_number | household_id \n stranger | A"})
def test_a_person_in_no_household_contradicts_nobody(town):
    assert town.rows(CONFLICT) == []


@TOWN.scene(households="household_id \n A")
def test_where_all_agree_there_is_nothing(town):
    assert town.rows(CONFLICT) == []
