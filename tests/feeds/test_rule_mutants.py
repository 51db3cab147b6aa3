"""A slip in a feed's own rule is noticed by the rows drawn beside it (tests/feeds/rules.py)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from expectations.checks import Between, Check, InSet, NotInSet, Test
from expectations.contract import Feed
from expectations.feeds import catalogue
from tests.feeds.test_contracts import tried_rows
from tests.spec.mutants import mutants

SEED, SAMPLE = 20200630, 20


def neighbours(feed: Feed) -> dict[str, str]:
    """For each column the next one of its type."""
    found = {}
    for column in feed.columns:
        alike = [other.name for other in feed.typed(column.type)]
        if len(alike) > 1:
            found[column.name] = alike[(alike.index(column.name) + 1) % len(alike)]
    return found


def mutated(feed: Feed, check: Check) -> Iterator[Test]:
    test = check.test
    for expression in mutants(test.expression, neighbours(feed)):
        yield replace(test, expression=expression)
    match test:
        case Between(minimum=low, maximum=high):
            for step in (-0.01, 0.01):
                if low is not None:
                    yield replace(test, minimum=round(low + step, 2))
                if high is not None:
                    yield replace(test, maximum=round(high + step, 2))
        case InSet(values=values) | NotInSet(values=values):
            for left_out in values:
                others = tuple(value for value in values if value != left_out)
                yield replace(test, values=(*others, -1))


ALL = [
    (feed.name, rule.name, test)
    for feed in catalogue().values()
    for rule in feed.rules
    for test in mutated(feed, rule)
]


def caught(feed_name: str, rule: str, test: Test) -> bool:
    """Whether the mutant finds other rows than the rule has to."""
    for table, wanted in tried_rows(feed_name, rule):
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            try:
                found = connection.execute(
                    f"SELECT line FROM read_parquet('{table}') WHERE line IN {tuple(wanted)} AND {test.wrong_sql()}"
                ).fetchall()
            except duckdb.Error:
                return True
        if {line for (line,) in found} != {line for line, is_broken in wanted.items() if is_broken}:
            return True
    return False


def survivors(some: list) -> list[str]:
    return [f"{feed}.{rule}: {test}" for feed, rule, test in some if not caught(feed, rule, test)]


def test_slips_drawn_by_lot_are_noticed():
    assert survivors(random.Random(SEED).sample(ALL, SAMPLE)) == []


@pytest.mark.torture
def test_every_slip_is_noticed():
    assert survivors(ALL) == []
