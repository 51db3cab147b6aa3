"""A file is what its header says: in another department's folder, or under another feed's name, it is refused."""

from __future__ import annotations

from functools import cache

import pytest

from expectations.feeds import catalogue, departments
from reports.reasons import reason_words
from tests.corpus.compare import Reading
from tests.corpus.drafts import Draft
from tests.corpus.truths import FEEDS, usual_period
from tests.corpus.writers import content
from tests.feeds.intake import Inbox
from tests.sampling import sampled
from warehouse.ledger.deliveries import Delivery

A_THIRD = tuple(FEEDS)[1::3]


@cache
def put_everywhere() -> dict[tuple[str, str], Delivery]:
    """(feed, folder) -> what became of its file there."""
    inbox = Inbox()
    for feed in FEEDS:
        draft = Draft(feed)
        for n, folder in enumerate(departments(), start=2):  # else five deliveries would be one
            inbox.put(f"{folder}/{feed}_{draft.period}_{n}.csv", content(draft))
    inbox.take_in()
    return {(one.path.split("/")[-1].rsplit("_", 2)[0], one.department): one for one in inbox.deliveries()}


@cache
def put_under(names: tuple[str, ...]) -> Reading:
    """The file of each feed under each of these names, in that one's folder."""
    inbox = Inbox()
    for name in names:
        for n, other in enumerate(FEEDS, start=2):
            path = f"{FEEDS[name].department}/{name}_{usual_period(name)}_{n}.csv"
            inbox.put(path, content(Draft(other)))
    inbox.take_in()
    return Reading(inbox)


def says(delivery: Delivery, feed: str) -> bool:
    """Whether the refusal names the feed, by its name or its title."""
    words = [reason_words(code, detail, "zh") for code, detail in delivery.refusals]
    return any(name in word for word in words for name in (feed, catalogue()[feed].title))


def why(delivery: Delivery) -> str:
    return f"{delivery.path}: {list(delivery.refusals) or 'read'}"


@pytest.mark.parametrize("feed", FEEDS)
def test_a_file_is_read_in_its_own_department_alone(feed):
    found = {folder: put_everywhere()[feed, folder] for folder in departments()}
    own = found.pop(catalogue()[feed].department)
    assert not own.refusals
    assert not [why(one) for one in found.values() if not one.refusals]
    assert not [why(one) for one in found.values() if not says(one, feed)]


@pytest.mark.parametrize("name", sampled(FEEDS, A_THIRD))
def test_a_file_under_another_name_is_refused_and_told_what_it_looks_like(name):
    of = A_THIRD if name in A_THIRD else tuple(FEEDS)
    found = {
        other: put_under(of).deliveries[f"{name}_{usual_period(name)}_{n}"]
        for n, other in enumerate(FEEDS, start=2)
    }
    assert not found.pop(name).refusals
    assert not [f"{why(one)}, it is {feed}" for feed, one in found.items() if not one.refusals]
    assert not [f"{why(one)}, it is {feed}" for feed, one in found.items() if not says(one, feed)]
