"""Which delivery has taken the place of another that was refused or had rows held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from expectations.contract import Feed, Kind
from warehouse.judge import Verdict
from warehouse.ledger.deliveries import Delivery
from warehouse.resolve import has_partitions_inside


def replacements(verdicts: Sequence[Verdict], as_of: date) -> Mapping[str, Delivery]:
    """delivery_id -> the newest accepted delivery in its place; `verdicts` in the order of judging.

    A correction (a greater number of the same period) takes the place of any. Of a refused delivery so does
    its period's file in the right folder where it lay in a wrong one, the same content under a name that can
    be read, and of a list that is whole each time a later one that has begun.
    """
    accepted = [one.delivery for one in verdicts if one.verdict == "accepted"]
    of_period = {one.of_period: one for one in accepted}
    of_feed = {one.feed_name: one for one in accepted if is_whole(one.feed) and one.period.first <= as_of}
    of_content = {one.sha256: one for one in accepted}
    found = {}
    for verdict in verdicts:
        one = verdict.delivery
        newer, later = of_period.get(one.of_period), of_feed.get(one.feed_name)
        if newer is not None and (newer.n > one.n or newer.department != one.department):
            found[one.delivery_id] = newer
        elif verdict.verdict == "refused" and later is not None and later.period > one.period:
            found[one.delivery_id] = later
        elif verdict.verdict == "refused" and one.sha256 in of_content:
            found[one.delivery_id] = of_content[one.sha256]
    return found


def is_whole(feed: Feed) -> bool:
    """Whether each file of the feed says all there is to say: a later one leaves nothing to be mended before."""
    return feed.kind is Kind.SNAPSHOT and (feed.partition is None or has_partitions_inside(feed))


def last_numbers(verdicts: Sequence[Verdict]) -> Mapping[tuple[str | None, str | None, str], int]:
    """(feed, period, place) -> the greatest correction number that has come of it, whatever became of it."""
    found: dict[tuple[str | None, str | None, str], int] = {}
    for one in (verdict.delivery for verdict in verdicts):
        found[one.of_period] = max(one.n, found.get(one.of_period, 0))
    return found
