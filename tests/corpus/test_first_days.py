"""Where there is no past, little to compare, or a whole year at once, no guard fires wrongly."""

from __future__ import annotations

from functools import cache

import pytest

from expectations.contract import Cadence, Kind
from expectations.feeds import catalogue
from tests.corpus.truths import FEEDS, Row, rows, table, usual_period
from tests.feeds.intake import Inbox
from tests.sampling import sampled
from warehouse.judge import Verdict

A_THIRD = list(FEEDS)[::3]
NEVER_EMPTY = ("divisions", "households", "members")
FEW = sampled((1, 9, 10, 50), (1,))
SHORTER = ((49, 1), (50, 41), (50, 40), (60, 48))
PAID_BEFORE = ((49, 49, 1000), (60, 9, 1000), (60, 60, 4), (0, 60, 1000))
OF_FEEDS = pytest.mark.parametrize(
    "feeds", sampled([A_THIRD, list(FEEDS)], [A_THIRD]), ids=["a third", "all"]
)
PERIODS = {
    Cadence.MONTH: [*(f"2019{month:02}" for month in range(7, 13)), *(f"2020{month:02}" for month in range(1, 7))],
    Cadence.YEAR: [str(year) for year in range(2018, 2021)],
    Cadence.TERM: ["201803", "201809", "201903", "201909", "202003"],
    Cadence.HALF_YEAR: ["201812", "201906", "201912", "202006"],
    Cadence.ANY_DAY: [f"202006{day:02}" for day in range(1, 13)],
}  # fmt: skip
SNAPSHOTS = [name for name, feed in FEEDS.items() if feed.kind is Kind.SNAPSHOT]
PAID = [name for name, feed in FEEDS.items() if feed.main_amount and feed.kind is Kind.EVENTS]


def text(feed: str, listed: list[Row]) -> str:
    return "".join(",".join(line) + "\n" for line in table(feed, listed))


@cache
def judged(files: tuple[tuple[str, str, int], ...], copies: bool = False) -> dict[str, Verdict]:
    """Verdicts of (feed, period with its number, rows) that all came in one night."""
    inbox = Inbox()
    for feed, period, count in files:
        content = text(feed, rows(feed, period.split("_")[0], count))
        inbox.put(f"{catalogue()[feed].department}/{feed}_{period}.csv", content)
    inbox.take_in()
    return inbox.judged()


def counted(verdict: Verdict) -> tuple[str, int, int]:
    return verdict.verdict, verdict.rows_loaded, verdict.rows_quarantined


def of_every_feed(count: int) -> tuple[tuple[str, str, int], ...]:
    return tuple((feed, usual_period(feed), count) for feed in FEEDS)


@pytest.mark.parametrize("count", FEW)
def test_a_first_file_is_accepted_however_short(count):
    found = {name: counted(one) for name, one in judged(of_every_feed(count)).items()}
    assert found == dict.fromkeys(found, ("accepted", count, 0))
    assert len(found) == len(FEEDS)


def test_a_first_file_without_rows_is_a_nil_return_but_of_the_register_itself():
    found = judged(of_every_feed(0))
    refused = {one.delivery.feed_name for one in found.values() if one.verdict == "refused"}
    assert refused == set(NEVER_EMPTY)
    assert {counted(one) for one in found.values()} == {("accepted", 0, 0), ("refused", 0, 0)}


@OF_FEEDS
def test_twelve_months_at_once_are_all_accepted(feeds):
    """Longer by a row from period to period."""
    files = tuple(
        (name, period, 55 + nth) for name in feeds for nth, period in enumerate(PERIODS[FEEDS[name].cadence])
    )
    found = {name: counted(one) for name, one in judged(files).items()}
    assert found == {f"{name}_{period}": ("accepted", count, 0) for name, period, count in files}


@pytest.mark.parametrize("rows_of", sampled(SHORTER, SHORTER[::2]), ids=str)
def test_a_short_list_may_become_shorter(rows_of):
    """The guards need 50 rows there and 10 keys gone, and more than a fifth."""
    had, has = rows_of
    files = []
    for name in SNAPSHOTS:
        *_, before, last = PERIODS[catalogue()[name].cadence]
        files += [(name, before, had), (name, last, has)]
    found = judged(tuple(files))
    assert {name: one.reasons for name, one in found.items() if one.verdict != "accepted"} == {}


@pytest.mark.parametrize("paid", sampled(PAID_BEFORE, PAID_BEFORE[::2]), ids=str)
def test_amounts_are_compared_only_where_there_are_enough(paid):
    """A mean of the last six months needs 50 rows there and 10 here, and to be off by more than 5 times."""
    had, has, factor = paid
    inbox = Inbox()
    for feed in PAID:
        contract = catalogue()[feed]
        *_, before, last = PERIODS[contract.cadence]
        later = rows(feed, last, has, start=100)
        for row in later:
            for column in contract.columns:
                if column.type.value == "money" and row[column.name] is not None:
                    row[column.name] *= factor
        for period, listed in ((before, rows(feed, before, had)), (last, later)):
            inbox.put(f"{contract.department}/{feed}_{period}.csv", text(feed, listed))
    inbox.take_in()
    found = inbox.judged()
    assert {name: one.reasons for name, one in found.items() if one.verdict != "accepted"} == {}


@OF_FEEDS
def test_the_same_content_again_is_already_loaded_and_a_new_period_of_it_is_not(feeds):
    files = tuple((feed, f"{usual_period(feed)}{n}", 12) for feed in feeds for n in ("", "_2", "_3"))
    found = {name: counted(one)[:2] for name, one in judged(files).items()}
    first = {f"{feed}_{usual_period(feed)}": ("accepted", 12) for feed in feeds}
    again = {f"{name}_{n}": ("already_loaded", 0) for name in first for n in (2, 3)}
    assert found == first | again


@OF_FEEDS
def test_a_correction_that_takes_the_first_content_back_is_accepted(feeds):
    """A, then B, then A again."""
    lengths = ((1, 12), (2, 13), (3, 12))
    files = tuple((feed, f"{usual_period(feed)}_{n}", count) for feed in feeds for n, count in lengths)
    found = judged(files)
    assert {one.verdict for one in found.values()} == {"accepted"}
    assert len(found) == 3 * len(feeds)
