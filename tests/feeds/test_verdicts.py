"""When a delivery as a whole is not to be trusted: too many rows held, a list that shrinks, a wrong unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.feeds.intake import Inbox
from tests.spec.drawn import number_of

FOLDERS = {
    "deaths": "health", "major": "health", "insurance": "health", "relief": "civil_affairs",
    "dropouts": "education",
}  # fmt: skip
PERSONS = [number_of(date(1950, 1, 1) + timedelta(days=day), 0) for day in range(400)]


def deaths(good: int, bad: int) -> str:
    rows = [
        f"{number},某,{'2020-06-01' if nth < good else '某日'}"
        for nth, number in enumerate(PERSONS[: good + bad])
    ]
    return "\n".join(["证件号码,姓名,死亡日期", *rows])


def diseases(first: int, last: int) -> str:
    rows = [f"{number},某,肺癌,2020-01-01" for number in PERSONS[first:last]]
    return "\n".join(["证件号码,姓名,病种,确诊日期", *rows])


def relief(count: int, amount: str, start: int = 0) -> str:
    rows = [
        f"r{start + nth},{number},某,,因病,{amount},2019-10-01" for nth, number in enumerate(PERSONS[:count])
    ]
    return "\n".join(["救助编号,证件号码,姓名,申请日期,救助原因,救助金额,发放日期", *rows])


def judged(**files: str) -> dict:
    inbox, folders = Inbox(), FOLDERS
    for name, content in files.items():
        inbox.put(f"{folders[name.split('_')[0]]}/{name}.csv", content)
    inbox.take_in()
    return inbox.judged()


def reasons(verdict) -> set[str]:
    return {code for code, _ in verdict.reasons}


# ---- the share of rows held ----


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [
        (1, 9, "accepted"),  # fewer than 10
        (191, 9, "accepted"),
        (190, 10, "accepted"),  # exactly 5 %
        (189, 10, "refused"),
        (0, 10, "refused"),
    ],
)
def test_more_than_5_per_cent_and_at_least_10_rows_held_refuse(good, bad, verdict):
    assert judged(deaths_202006=deaths(good, bad))["deaths_202006"].verdict == verdict


def test_a_refused_delivery_loads_nothing_and_its_counts_add_up():
    content = deaths(20, 10) + f"\n{PERSONS[0]},某,2020-06-01"  # and one row again
    (refused,) = judged(deaths_202006=content).values()
    assert reasons(refused) == {"too_many_held"}
    assert (refused.rows_loaded, refused.rows_quarantined, refused.rows_duplicate) == (0, 30, 1)


def test_a_person_may_let_it_through_by_name():
    inbox = Inbox()
    inbox.put("health/deaths_202006.csv", deaths(20, 10))
    inbox.take_in()
    by_name = frozenset([inbox.delivery("deaths_202006").delivery_id])
    (accepted,) = inbox.judged(by_name).values()
    assert (accepted.verdict, accepted.rows_loaded, accepted.rows_quarantined) == ("accepted", 20, 10)


# ---- a snapshot that shrinks or whose keys vanish ----


def last_of(*spans: tuple[int, int]) -> tuple[str, set[str]]:
    """Verdict and reasons of the last of some monthly lists of persons first … last."""
    files = {f"major_diseases_2020{month:02}": diseases(*span) for month, span in enumerate(spans, start=1)}
    verdict = judged(**files)[f"major_diseases_2020{len(spans):02}"]
    return verdict.verdict, reasons(verdict)


def test_a_fall_by_more_than_20_per_cent_is_refused_and_by_exactly_20_is_not():
    assert last_of((0, 100), (0, 80)) == ("accepted", set())
    assert last_of((0, 100), (0, 79))[0] == "refused"


def test_so_is_a_list_of_the_same_length_in_which_the_keys_vanish():
    assert last_of((0, 100), (20, 120)) == ("accepted", set())
    assert last_of((0, 100), (21, 121)) == ("refused", {"keys_vanished"})


def test_the_guards_need_50_rows_and_10_keys():
    assert last_of((0, 49), (0, 1)) == ("accepted", set())  # from month to month: it is said
    assert last_of((0, 50), (0, 40)) == ("accepted", set())
    assert last_of((0, 50), (0, 39))[0] == "refused"


def test_they_compare_with_the_accepted_one_before_the_same_period_included():
    assert last_of((0, 100), (0, 10), (0, 85)) == ("accepted", set())  # February was refused
    corrected = judged(major_diseases_202001=diseases(0, 100), major_diseases_202001_2=diseases(0, 70))
    assert corrected["major_diseases_202001_2"].verdict == "refused"


def test_they_are_silent_on_day_one_and_for_growth():
    assert last_of((0, 100))[0] == last_of((0, 100), (0, 300))[0] == "accepted"


def test_an_older_file_that_comes_late_is_judged_in_its_place_and_what_follows_again():
    inbox = Inbox()
    inbox.put("health/major_diseases_202003.csv", diseases(0, 50))
    inbox.take_in()
    assert inbox.verdicts() == {"major_diseases_202003": "accepted"}
    inbox.put("health/major_diseases_202002.csv", diseases(0, 100))
    inbox.take_in()
    assert inbox.verdicts() == {"major_diseases_202002": "accepted", "major_diseases_202003": "refused"}


def test_a_nil_return_of_a_list_that_was_long_is_stopped_by_its_guard():
    assert last_of((0, 100), (0, 0))[0] == "refused"
    assert last_of((0, 49), (0, 0))[0] == "accepted"


# ---- a list of those at risk that a correction sends in part ----


def dropouts(*children: str) -> str:
    """`-` before a number says that the child is back."""
    rows = [f"{PERSONS[abs(int(one))]},某,2020-05-01,{'是' if one[0] == '-' else '否'}" for one in children]
    return "\n".join(["证件号码,姓名,失学日期,是否劝返", *rows])


TEN = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        (TEN, TEN, ()),
        (TEN, TEN[1:], ("names_left_out", "1")),  # one that was wrong
        (TEN, TEN[2:], ("names_left_out", "2")),  # exactly a fifth
        (TEN, TEN[3:], ("list_shrank", "3/10")),
        (TEN, TEN[:1], ("list_shrank", "9/10")),
        (TEN, [], ("list_shrank", "10/10")),
        (TEN, [*TEN[3:], "-1", "-2", "-3"], ()),  # who is back is still on the list
        (["-1", "-2", "-3", "4"], ["4"], ()),  # and leaves it
        (TEN[:8], [*TEN[:7], "11"], ("names_left_out", "1")),  # a digit put right
        (TEN[:8], [*TEN[:6], "11", "12"], ("list_shrank", "2/8")),
        (TEN[:1], [], ("names_left_out", "1")),
    ],
)
def test_a_correction_that_takes_over_a_fifth_off_a_list_is_held_for_a_yes_and_less_is_said(
    first, again, said
):
    files = {"dropouts_202006": dropouts(*first), "dropouts_202006_2": dropouts(*again)}
    if first == again:
        files["dropouts_202006_2"] += "\n"
    verdict = judged(**files)["dropouts_202006_2"]
    is_refused = said[:1] == ("list_shrank",)
    assert verdict.verdict == ("refused" if is_refused else "accepted")
    assert (verdict.reasons if is_refused else verdict.notes) == ((said,) if said else ())


def test_a_row_whose_number_cannot_be_read_may_be_any_of_those_left_out():
    short = dropouts(*TEN[3:]) + "\n" + "\n".join(["41018,某,2020-05-01,否"] * 2 + ["41019,某,2020-05-01,否"])
    verdict = judged(dropouts_202006=dropouts(*TEN), dropouts_202006_2=short)["dropouts_202006_2"]
    assert (verdict.verdict, verdict.notes) == ("accepted", (("names_left_out", "1"),))


def test_a_person_may_let_a_short_list_through_and_from_month_to_month_it_is_said():
    inbox = Inbox()
    inbox.put("education/dropouts_202006.csv", dropouts(*TEN))
    inbox.put("education/dropouts_202006_2.csv", dropouts("1"))
    inbox.put("education/dropouts_202007.csv", dropouts("2"))
    inbox.take_in()
    july = inbox.judged()["dropouts_202007"]
    assert (july.verdict, july.notes) == ("accepted", (("names_left_out", "9"),))
    by_name = inbox.judged(frozenset([inbox.delivery("dropouts_202006_2").delivery_id]))
    assert by_name["dropouts_202006_2"].notes == (("names_left_out", "9"),)
    assert by_name["dropouts_202007"].notes == (("names_left_out", "1"),)


def test_what_a_correction_of_events_leaves_out_still_stands_and_is_said():
    verdicts = judged(deaths_202006=deaths(5, 1), deaths_202006_2=deaths(3, 0), deaths_202007=deaths(1, 0))
    assert [one.notes for one in verdicts.values()] == [(), (("events_left_out", "2"),), ()]


def test_what_a_correction_of_another_list_leaves_out_has_ended_and_is_said():
    year = "证件号码,姓名,险种,参保年度,参保状态"
    rows = [f"{number},某,城乡居民,{year},正常" for number in PERSONS[:3] for year in ("2019", "2020")]
    verdicts = judged(
        insurance_202006="\n".join([year, *rows]), insurance_202006_2="\n".join([year, rows[1], rows[3]])
    )
    assert verdicts["insurance_202006_2"].notes == (("keys_left_out", "1"),), "2019 goes on"


# ---- a slip of unit ----


def relief_after(past: str, *months: str, now: str, rows: int = 10, count: int = 50) -> tuple[str, set[str]]:
    """Verdict and reasons of the file of June, after one of `count` rows in each of the months."""
    files = {
        f"relief_{month}": relief(count, past, 1000 * nth) for nth, month in enumerate(months or ("202005",))
    }
    verdict = judged(**files, relief_202006=relief(rows, now, 9000))["relief_202006"]
    return verdict.verdict, reasons(verdict)


FAR_OFF = ("refused", {"mean_far_off"})


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("5000", ("accepted", set())),
        ("5000.01", FAR_OFF),
        ("200", ("accepted", set())),
        ("199.99", FAR_OFF),
    ],
)
def test_a_mean_more_than_5_times_off_the_last_six_months_is_refused(now, told):
    assert relief_after("1000", now=now) == told


def test_it_needs_50_rows_there_and_10_here():
    assert relief_after("1000", now="90000", count=49) == ("accepted", set())
    assert relief_after("1000", now="90000", rows=9) == ("accepted", set())
    assert relief_after("1000", now="90000", count=25) == ("accepted", set())
    assert relief_after("1000", "202004", "202005", now="90000", count=25) == FAR_OFF


def test_the_six_months_end_with_the_month_before():
    assert relief_after("1000", "201912", now="90000") == FAR_OFF
    assert relief_after("1000", "201911", now="90000") == ("accepted", set())


def test_rows_held_are_no_part_of_the_mean():
    content = relief(12, "1000", 9000) + "\n" + relief(1, "90000000", 9999).splitlines()[1]  # above its bound
    assert (
        judged(relief_202005=relief(50, "1000"), relief_202006=content)["relief_202006"].verdict == "accepted"
    )


def test_a_person_may_let_the_amounts_through_by_name():
    inbox = Inbox()
    inbox.put("civil_affairs/relief_202005.csv", relief(50, "1000"))
    inbox.put("civil_affairs/relief_202006.csv", relief(10, "90000", 9000))
    inbox.take_in()
    by_name = frozenset([inbox.delivery("relief_202006").delivery_id])
    assert inbox.judged()["relief_202006"].verdict == "refused"
    assert inbox.judged(by_name)["relief_202006"].verdict == "accepted"
