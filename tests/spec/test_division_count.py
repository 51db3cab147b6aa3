"""mart.division_count: households by status of each indicator, per village, town and city."""

from tests.spec.town import town

CITY = town(
    households="""
        household_id | village_code | dwelling_grade
        a            | v1           | C
        b            | v1           | A
        c            | v2           | D
        d            | down1        | C
        e            | down1        |
        f            | down1        | B
    """,
    incomes="household_id \n a \n b \n c \n d \n e \n f",
)


def counted(level: str, code: str, indicator: str = "unsafe_dwelling") -> tuple:
    (row,) = [
        one
        for one in CITY.table("mart.division_count")
        if (one["level"], one["division_code"], one["indicator"]) == (level, code, indicator)
    ]
    return row["at_risk"], row["clear"], row["unknown"]


def test_a_village_counts_its_households():
    assert counted("village", CITY.village("v1")) == (1, 1, 0)
    assert counted("village", CITY.village("v2")) == (1, 0, 0)
    assert counted("village", CITY.village("down1")) == (1, 1, 1)


def test_a_town_counts_its_villages_and_the_city_its_towns():
    assert counted("town", CITY.village("v1")[:9]) == (2, 1, 0)
    assert counted("town", CITY.village("down1")[:9]) == (1, 1, 1)
    assert counted("city", "410184") == (3, 2, 1)


def test_every_level_adds_up_to_all_households_for_every_indicator():
    by_level: dict[tuple, int] = {}
    for row in CITY.table("mart.division_count"):
        key = row["level"], row["indicator"]
        by_level[key] = by_level.get(key, 0) + row["at_risk"] + row["clear"] + row["unknown"]
    indicators = {row["indicator"] for row in CITY.table("mart.signal")}
    assert by_level == {(level, one): 6 for level in ("village", "town", "city") for one in indicators}


def test_households_of_an_unknown_village_count_in_the_city_under_no_code():
    divisions = f"division_code | division_name | level \n {CITY.village('v1')} | 一村 | 村"
    lost = town(
        indicator="unsafe_dwelling",
        asked="mart.division_count",
        households="household_id | village_code \n a | v1 \n b | v2",
        divisions=divisions,
    )
    rows = [row for row in lost.table("mart.division_count") if row["indicator"] == "unsafe_dwelling"]
    found = {(row["level"], row["division_code"]): row["unknown"] for row in rows}
    assert found == {
        ("village", CITY.village("v1")): 1, ("village", ""): 1,
        ("town", CITY.village("v1")[:9]): 1, ("town", ""): 1, ("city", "410184"): 2,
    }  # fmt: skip
