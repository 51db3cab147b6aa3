"""Every cell of every made file is read as its author says; the files are in files_*.py."""

from __future__ import annotations

from functools import cache

import pytest

from tests.corpus.catalogue import kinds
from tests.corpus.compare import Reading, first_difference
from tests.corpus.writers import content
from tests.feeds.intake import Inbox


@cache
def all_taken_in() -> Reading:
    """One inbox with all the files, each a correction of its own number."""
    inbox = Inbox()
    for n, kind in enumerate(kinds().values(), start=2):
        draft = kind.draft()
        inbox.put(f"{draft.path}_{n}.{kind.extension}", content(draft))
    inbox.take_in()
    return Reading(inbox)


@pytest.mark.parametrize("name", kinds())
def test_a_made_file_is_read_as_its_author_says(name):
    draft, n = kinds()[name].draft(), list(kinds()).index(name) + 2
    wrong = first_difference(draft, all_taken_in(), f"{draft.feed.name}_{draft.period}_{n}")
    assert wrong is None, f"{name} ({draft.feed.name}): {wrong}"
