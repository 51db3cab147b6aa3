"""By when a department mends what was returned: its next promised day, with a few days to do it in."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from expectations.feeds import catalogue
from expectations.periods import periods_between, promised_on

LEAST_DAYS = 5  # assumed: what comes back the day before a promised day cannot be mended by it
CLUE_DAYS = 15  # from the night that opened a clue, as in mart.clue
A_YEAR = timedelta(days=400)  # every feed that promises anything does so at least once in it


def list_back_by(night: date, since: date) -> date:
    """By when a row of a work list is mended: LEAST_DAYS after it was returned, and not after its clue is due."""
    due = min(night + timedelta(days=CLUE_DAYS), since + timedelta(days=LEAST_DAYS))
    return max(due, since)


@cache
def mend_by(department: str, since: date) -> date | None:
    """The department's first promised day at least LEAST_DAYS after `since`; None where it promises none.

    A day on which people send files anyhow. Of all its feeds, for a yearly feed's own would be far off.
    """
    days = (
        promised_on(feed, period)
        for feed in catalogue().values()
        if feed.department == department
        for period in periods_between(feed, since - A_YEAR, since + A_YEAR)
    )
    earliest = since + timedelta(days=LEAST_DAYS)
    return min((day for day in days if day is not None and day >= earliest), default=None)
