"""Every cell of every made file is read as its author says; the files are in files_*.py.

Each kind is read in one of its formats here, in turn, and in all of them under `torture`.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

import pytest

from tests.corpus.catalogue import kinds
from tests.corpus.compare import Reading, first_difference
from tests.corpus.writers import content
from tests.feeds.intake import Inbox

NUMBER = {name: n for n, name in enumerate(kinds(), start=2)}
OF_A_KIND = [list(names) for _, names in groupby(kinds(), key=lambda name: name.rpartition(".")[0])]
SAMPLE = [names[nth % len(names)] for nth, names in enumerate(OF_A_KIND)]
REST = [name for name in kinds() if name not in SAMPLE]


@cache
def taken_in(names: tuple[str, ...]) -> Reading:
    """One inbox with the files, each a correction of its own number."""
    inbox = Inbox()
    for name in names:
        draft = kinds()[name].draft()
        inbox.put(f"{draft.path}_{NUMBER[name]}.{kinds()[name].extension}", content(draft))
    inbox.take_in()
    return Reading(inbox)


def check(name: str, reading: Reading) -> None:
    draft = kinds()[name].draft()
    wrong = first_difference(draft, reading, f"{draft.feed.name}_{draft.period}_{NUMBER[name]}")
    assert wrong is None, f"{name} ({draft.feed.name}): {wrong}"


@pytest.mark.parametrize("name", SAMPLE)
def test_a_made_file_is_read_as_its_author_says(name):
    check(name, taken_in(tuple(SAMPLE)))


@pytest.mark.torture
@pytest.mark.parametrize("name", REST)
def test_a_made_file_is_read_alike_in_every_format(name):
    check(name, taken_in(tuple(REST)))
