"""Headers that are not quite the contract's, over all feeds (a third of them in CI): read right, missing what they
lack, or refused."""

from __future__ import annotations

from functools import cache

import pytest

from tests.corpus.compare import Reading, first_difference
from tests.corpus.mutants import MUTATORS, PER_FEED, mutants
from tests.corpus.truths import FEEDS
from tests.corpus.writers import content
from tests.feeds.intake import Inbox
from tests.sampling import sampled

SAMPLE = list(FEEDS)[::6]


@cache
def taken_in(of_the_sample: bool) -> Reading:
    inbox = Inbox()
    for feed in (name for name in FEEDS if (name in SAMPLE) == of_the_sample):
        for n, (_, draft) in enumerate(mutants(feed), start=2):
            inbox.put(f"{draft.path}_{n}.{draft.extension}", content(draft))
    inbox.take_in()
    return Reading(inbox)


@pytest.mark.parametrize("feed", sampled(FEEDS, SAMPLE))
def test_a_header_is_matched_by_what_it_says(feed):
    wrong = {}
    for n, (name, draft) in enumerate(mutants(feed), start=2):
        difference = first_difference(
            draft, taken_in(feed in SAMPLE), f"{draft.feed.name}_{draft.period}_{n}"
        )
        if difference:
            wrong[name] = f"{difference}; header {draft.head.cells}"
    assert not wrong, f"{feed}: {len(wrong)} of {PER_FEED} mutants, the first: {next(iter(wrong.items()))}"


def test_there_are_enough_mutants_of_every_kind():
    names = [name.split()[0] for feed in FEEDS for name, _ in mutants(feed)]
    assert len(names) >= 400
    assert min(names.count(mutate.__name__) for mutate in MUTATORS) >= 4
