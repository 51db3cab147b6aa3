"""A number ending in 000 with a right check digit: true where `members` and a second feed say so, else damaged."""

from __future__ import annotations

import pytest

from expectations.feeds import catalogue
from tests.corpus.truths import Row, checked, rows, table, usual_period
from tests.feeds.intake import Inbox

ROUND = next(
    number
    for day in range(1, 29)
    for nth in range(10)
    if (number := checked(f"410184196503{day:02}{nth}00"))[-1] == "0"
)


def saying(feed: str, name: str, number: str = ROUND) -> Row:
    (row,) = rows(feed, usual_period(feed), 1)
    return row | {"id_number": number, "name": name}


def held(**named: str) -> dict[str, int]:
    """Feed -> rows held, when each says that the number belongs to that name."""
    inbox = Inbox()
    for feed, name in named.items():
        lines = table(feed, [saying(feed, name)])
        content = "".join(",".join(line) + "\n" for line in lines)
        inbox.put(f"{catalogue()[feed].department}/{feed}_{usual_period(feed)}.csv", content)
    inbox.take_in()
    return {one.delivery.feed_name or "": one.rows_quarantined for one in inbox.judged().values()}


def test_the_number_ends_in_000_by_nature():
    assert ROUND.endswith("000") and len(ROUND) == 18


@pytest.mark.parametrize(
    ("named", "right"),
    [
        ({"deaths": "王芳"}, {"deaths": 1}),
        ({"deaths": "王芳", "relief": "王芳"}, {"deaths": 1, "relief": 1}),
        ({"deaths": "王芳", "members": "王芳"}, {"deaths": 0, "members": 0}),
        ({"deaths": "王芳", "members": "李芳"}, {"deaths": 1, "members": 0}),
        ({"deaths": "王芳", "relief": "王芳", "members": "王芳"}, {"deaths": 0, "relief": 0, "members": 0}),
        ({"deaths": "王芳", "relief": "李芳", "members": "王芳"}, {"deaths": 0, "relief": 1, "members": 0}),
        (
            {"checkups": "王芳", "grants": "王芳", "members": "王芳"},
            {"checkups": 0, "grants": 0, "members": 0},
        ),
        ({"members": "王芳"}, {"members": 0}),
    ],
)
def test_it_is_used_where_members_and_a_second_feed_say_the_same(named, right):
    assert held(**named) == right
