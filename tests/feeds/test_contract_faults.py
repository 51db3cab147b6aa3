"""A wrong contract is told when it is loaded: all that is wrong with it, by file, feed and column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expectations.checks import wrong_when
from expectations.contract import Type
from expectations.contract_faults import ContractError, faults_of
from expectations.feeds import catalogue

GOOD = catalogue()["dangerous_houses"]


def changed(of: str, /, **what: object):
    columns = tuple(replace(c, **what) if c.name == of else c for c in GOOD.columns)
    return replace(GOOD, columns=columns)


MANY = tuple(replace(GOOD.rules[0], name=f"again_{nth}", test=wrong_when("grade = 'A'")) for nth in range(60))
WRONG = {
    "a word of SQL": (changed("appraiser", name="order"), "column order"),
    "a name that every table has": (changed("appraiser", name="line"), "column line"),
    "a capital letter": (changed("appraiser", name="Appraiser"), "column Appraiser"),
    "a name twice": (changed("appraiser", name="grade"), "two columns are named grade"),
    "a label twice": (changed("appraiser", label="危房 等级"), "headed 危房等级"),
    "an alias of another": (changed("appraiser", aliases=("户编号",)), "headed 户编号"),
    "no key": (changed("household_id", key=False), "no column is part of a key"),
    "a key that may be empty": (changed("household_id", required=False), "may be empty"),
    "an unknown date": (replace(GOOD, event_date="seen_on"), "event_date names seen_on"),
    "a date that is none": (replace(GOOD, event_date="grade"), "event_date names grade"),
    "an unknown partition": (replace(GOOD, partition="year"), "partition names year"),
    "an unknown amount": (replace(GOOD, main_amount="amount"), "main_amount names amount"),
    "no codes": (changed("grade", codes={}), "column grade: it lists no values"),
    "a code twice": (changed("grade", codes={"A": ("B",), "B": ()}), "has B twice"),
    "an empty cell that is no code": (changed("grade", empty_is="E"), "E, which an empty cell stands for"),
    "bounds the wrong way": (changed("grade", minimum=2, maximum=1), "minimum is more"),
    "nobody's number": (changed("appraiser", type=Type.PERSON_NUMBER), "named_by names name"),
    "a share past all": (replace(GOOD, quarantine_limit=5), "quarantine_limit"),
    "too many checks": (replace(GOOD, rules=MANY), "at most"),
    "a check twice": (replace(GOOD, rules=GOOD.rules * 2), "two checks are named repaired_after_appraised"),
    "a check of no column": (replace(GOOD, rules=(replace(GOOD.rules[0], columns=("x",)),)), "names x"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_is_wrong_is_said_by_file_feed_and_column_in_both_languages(fault):
    feed, said = WRONG[fault]
    sentences = list(faults_of(feed))
    assert any(said in en for _, en in sentences), sentences
    for zh, en in sentences:
        assert en.startswith("expectations/feeds/housing.py, feed dangerous_houses: ")
        assert zh.startswith("expectations/feeds/housing.py，数据集 dangerous_houses：")


def test_all_that_is_wrong_is_said_at_once():
    feed = replace(changed("appraiser", name="order"), event_date="seen_on", quarantine_limit=5)
    error = ContractError(faults_of(feed))
    assert len(error.said("zh").splitlines()) == len(error.said("en").splitlines()) == 3


def test_nothing_is_wrong_with_the_contracts_that_are_here():
    assert [fault for feed in catalogue().values() for fault in faults_of(feed)] == []
