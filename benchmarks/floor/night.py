"""What is known on the as-of date: which deliveries stand, which are too old, which months are missing."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

import duckdb

from benchmarks.floor.inbox import Delivery

MAX_AGE_MONTHS = {
    "households": 3, "members": 3, "incomes": 24, "divisions": 24, "projects": 18, "insurance": 2,
    "major_diseases": 3, "disability": 3, "dropouts": 3, "access": 12,
}  # fmt: skip
NOTHING = -1


def months_before(month: int, count: int) -> int:
    """202005 for (202006, 1)."""
    ordinal = month // 100 * 12 + month % 100 - 1 - count
    return ordinal // 12 * 100 + ordinal % 12 + 1


def months(first: int, last: int) -> list[int]:
    """All months from first to last."""
    found = []
    while first <= last:
        found.append(first)
        first = months_before(first, -1)
    return found


def end_of(month: int) -> datetime.date:
    """The last day of a month."""
    year, number = divmod(month, 100)
    return datetime.date(year, number, calendar.monthrange(year, number)[1])


@dataclass
class Night:
    """The connection, the as-of date and all deliveries with their verdicts."""

    con: duckdb.DuckDBPyConnection
    as_of: datetime.date
    deliveries: list[Delivery]

    @property
    def day(self) -> int:
        """The as-of date as yyyymmdd."""
        return int(f"{self.as_of:%Y%m%d}")

    @property
    def month(self) -> int:
        """The month of the as-of date."""
        return self.day // 100

    @property
    def year_ago(self) -> datetime.date:
        """The day before the twelve months begin."""
        year = self.as_of.year - 1
        last = calendar.monthrange(year, self.as_of.month)[1]
        return self.as_of.replace(year=year, day=min(self.as_of.day, last))

    def accepted(self, feed: str) -> list[Delivery]:
        """The accepted deliveries of a feed, usable at the date, in order."""
        return [
            d for d in self.deliveries if d.feed == feed and d.verdict == "accepted" and d.first_day <= self.as_of
        ]

    def is_fresh(self, delivery: Delivery) -> bool:
        """Whether a snapshot is not older than its feed allows."""
        allowed = MAX_AGE_MONTHS.get(delivery.feed)
        month = delivery.first_day.year * 12 + (12 if len(delivery.period) == 4 else delivery.first_day.month)
        return allowed is None or self.as_of.year * 12 + self.as_of.month - month <= allowed

    def latest(self, feed: str) -> Delivery | None:
        """The latest snapshot of a feed, however old."""
        return max(self.accepted(feed), key=lambda d: (d.first_day, d.index), default=None)

    def missing(self, feed: str, first: int, last: int) -> list[int]:
        """Months from first to last that are required and not covered."""
        mine = [d for d in self.deliveries if d.feed == feed]
        received = {d.period for d in mine}
        covered = {d.period for d in mine if d.verdict == "accepted"}
        return [
            month
            for month in months(first, min(last, self.month))
            if (self._is_promised(month) or str(month) in received)
            and str(month) not in covered
            and str(month // 100) not in covered
        ]

    def _is_promised(self, month: int) -> bool:
        return end_of(month) + datetime.timedelta(days=10) <= self.as_of

    def truths(self, feed: str) -> list[int]:
        """Of each period of a snapshot the greatest accepted delivery."""
        return list({d.period: d.index for d in self.accepted(feed)}.values())

    def stale(self, feed: str, now: list[int]) -> None:
        """Creates stale_<feed>: the last accepted version of keys whose row is held in the deliveries `now`."""
        last = max(now, default=NOTHING)
        older = [d.index for d in self.accepted(feed) if d.index not in now and d.index < last]
        self.con.execute(
            f"CREATE TEMP TABLE stale_{feed} AS SELECT * FROM {feed} SEMI JOIN (SELECT key FROM {feed} "
            f"WHERE {among(now)} AND held) USING (key) WHERE NOT held AND {among(older)} "
            f"QUALIFY row_number() OVER (PARTITION BY key ORDER BY f DESC) = 1"
        )

    def current(self, feed: str, columns: str, now: list[int]) -> str:
        """A snapshot's rows as they stand: those accepted and those kept for held ones."""
        return (
            f"(SELECT {columns} FROM {feed} WHERE {among(now)} AND NOT held "
            f"UNION ALL SELECT {columns} FROM stale_{feed})"
        )

    def standing(self, feed: str, now: list[int]) -> str:
        """The held rows of the snapshots `now` for which no accepted version stands; makes stale_<feed>."""
        self.stale(feed, now)
        return f"(SELECT * FROM {feed} WHERE {among(now)} AND held AND key NOT IN (SELECT key FROM stale_{feed}))"

    def open(self, feed: str) -> str:
        """The held rows of events that no later accepted row of their key has mended.

        A row whose key cannot be read is mended by an accepted correction of its period.
        """
        last = {d.period: d.index for d in self.accepted(feed)}
        corrected = [d.index for d in self.deliveries if d.feed == feed and 0 <= d.index < last.get(d.period, 0)]
        return (
            f"(SELECT b.* FROM {feed} b LEFT JOIN (SELECT key, max(f) AS f FROM {feed} SEMI JOIN "
            f"(SELECT key FROM {feed} WHERE held) USING (key) WHERE NOT held GROUP BY key) a USING (key) "
            f"WHERE b.held AND coalesce(a.f < b.f, true) AND NOT (b.key = b.content AND {among(corrected, 'b.f')}))"
        )


def among(deliveries: list[int], column: str = "f") -> str:
    """A condition: the row is of one of these deliveries."""
    return f"{column} IN ({', '.join(map(str, deliveries or [NOTHING]))})"
