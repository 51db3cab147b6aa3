"""The housing bureau's feed: what it promises, and rows for its own check; test_contracts.py tries the rest."""

from __future__ import annotations

from datetime import date

from expectations.contract import Kind
from expectations.feeds import catalogue
from expectations.periods import is_usable, period_of, promised_on
from tests.feeds.tries import Try

DATES = ("dangerous_houses", "repaired_on")
AROUND = {(*DATES, "1900-01-01"): {"appraised_on": "1900-01-01"}}
COMPANIONS = {("dangerous_houses", "repaired_on_in_time", "1899-12-31"): {"repaired_after_appraised"}}
OWN_RULES = {
    "dangerous_houses": [
        Try({"appraised_on": "2020-05-02", "repaired_on": "2020-05-02"}),
        Try({"appraised_on": "2020-05-02", "repaired_on": "2020-05-01"}, {"repaired_after_appraised"}),
        Try({"appraised_on": "2020-05-02", "repaired_on": ""}),
    ]
}


def test_the_list_is_promised_by_the_tenth_and_answers_for_three_months():
    feed = catalogue()["dangerous_houses"]
    june = period_of(feed, "202006")
    assert (feed.department, feed.kind, promised_on(feed, june)) == (
        "housing",
        Kind.SNAPSHOT,
        date(2020, 6, 10),
    )
    assert is_usable(feed, june, date(2020, 9, 30)) and not is_usable(feed, june, date(2020, 10, 1))


def test_the_name_of_the_head_stays_in_the_vault():
    identifiers = [
        c.name for c in catalogue()["dangerous_houses"].columns if c.classification == "identifier"
    ]
    assert identifiers == ["head_name"]
