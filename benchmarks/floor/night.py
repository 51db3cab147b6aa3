"""What is known on the as-of date: which deliveries stand, which are too old, which months are missing."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.floor.inbox import Delivery

MAX_AGE_MONTHS = {
    "households": 3, "members": 3, "incomes": 24, "divisions": 24, "projects": 18, "insurance": 2,
    "disability": 3, "dropouts": 3, "access": 12,
}  # fmt: skip
NOTHING = -1  # the index of no delivery
SCRIPTS = Path(__file__).parent / "sql"
ONE_DAY = datetime.timedelta(1)


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


def month_of(day: datetime.date) -> int:
    """202006."""
    return day.year * 100 + day.month


def among(deliveries: list[int], column: str = "f") -> str:
    """A condition: the row is of one of these deliveries."""
    return f"{column} IN ({', '.join(map(str, deliveries or [NOTHING]))})"


def values(pairs: Sequence[tuple[object, object]], nothing: str) -> str:
    """Rows for a VALUES list; `nothing` where there are none."""
    return ", ".join(f"({one}, {other})" for one, other in pairs) or nothing


@dataclass
class Night:
    """The connection, the as-of date and all deliveries with their verdicts."""

    con: duckdb.DuckDBPyConnection
    as_of: datetime.date
    deliveries: list[Delivery]

    @property
    def day(self) -> int:
        """The as-of date as yyyymmdd."""
        return month_of(self.as_of) * 100 + self.as_of.day

    @property
    def begins(self) -> datetime.date:
        """The first of the twelve months' days."""
        year = self.as_of.year - 1
        last = calendar.monthrange(year, self.as_of.month)[1]
        return self.as_of.replace(year=year, day=min(self.as_of.day, last)) + ONE_DAY

    @property
    def children(self) -> tuple[int, int]:
        """First and last birthday (yyyymmdd) of children of 6-15: six by the last 31 August, not sixteen."""
        year = self.as_of.year - ((self.as_of.month, self.as_of.day) < (8, 31))
        return self.day - 160_000 + 1, year * 10_000 + 831 - 60_000

    def run(self, script: str, **filled: object) -> None:
        """Runs a script of the folder sql."""
        text = (SCRIPTS / f"{script}.sql").read_text(encoding="utf-8")
        self.con.execute(text.format(as_of=self.as_of, begins=self.begins, **filled) if filled else text)

    def accepted(self, feed: str) -> list[Delivery]:
        """The accepted deliveries of a feed whose period has begun, in order."""
        mine = [d for d in self.deliveries if d.feed == feed and d.verdict == "accepted"]
        return [d for d in mine if d.first_day <= self.as_of]

    def latest(self, feed: str) -> list[int]:
        """The latest snapshot of a feed, however old (a list of one or none)."""
        found = max(self.accepted(feed), key=lambda d: (d.first_day, d.index), default=None)
        return [found.index] if found else []

    def fresh(self, feed: str) -> list[int]:
        """The latest snapshot of a feed, unless it is too old."""
        return [d.index for d in self.accepted(feed) if d.index in self.latest(feed) and self.is_fresh(d)]

    def is_fresh(self, delivery: Delivery) -> bool:
        """Whether a snapshot is not older than its feed allows."""
        first = delivery.first_day
        told = first.year * 12 + (12 if len(delivery.period) == 4 else first.month)
        return self.as_of.year * 12 + self.as_of.month - told <= MAX_AGE_MONTHS[delivery.feed]

    def truths(self, feed: str) -> list[int]:
        """Of each period of a snapshot the greatest accepted delivery."""
        return list({d.period: d.index for d in self.accepted(feed)}.values())

    def missing(self, feed: str, first: int) -> list[int]:
        """Months from `first` to the as-of date that are required and not covered."""
        mine = [d for d in self.deliveries if d.feed == feed]
        received = {d.period for d in mine}
        covered = {d.period for d in mine if d.verdict == "accepted"}
        required = [
            month
            for month in months(first, month_of(self.as_of))
            if str(month) in received or end_of(month) + 10 * ONE_DAY <= self.as_of
        ]
        return [month for month in required if not {str(month), str(month // 100)} & covered]

    def current(self, feed: str, now: list[int]) -> str:
        """A snapshot's rows as they stand; of keys whose row is held, the last accepted version.

        Those versions are in stale_<feed>, which it creates.
        """
        last = max(now, default=NOTHING)
        older = [d.index for d in self.accepted(feed) if d.index not in now and d.index < last]
        self.con.execute(
            f"CREATE TEMP TABLE stale_{feed} AS SELECT * FROM {feed} SEMI JOIN "
            f"(SELECT key FROM {feed} WHERE {among(now)} AND held) USING (key) "
            f"WHERE NOT held AND {among(older)} "
            "QUALIFY row_number() OVER (PARTITION BY key ORDER BY f DESC) = 1"
        )
        return f"(SELECT * FROM {feed} WHERE {among(now)} AND NOT held UNION ALL FROM stale_{feed})"

    def standing(self, feed: str, now: list[int]) -> str:
        """The held rows of snapshots of which `current` found no accepted version."""
        known = f"SELECT key FROM stale_{feed}"
        return f"(SELECT * FROM {feed} WHERE {among(now)} AND held AND key NOT IN ({known}))"

    def open(self, feed: str) -> str:
        """The held rows of events that no later accepted row of their key has mended.

        A row whose key cannot be read is mended by an accepted correction of its period.
        """
        last = {d.period: d.index for d in self.accepted(feed)}
        corrected = [
            d.index for d in self.deliveries if d.feed == feed and 0 <= d.index < last.get(d.period, 0)
        ]
        return (
            f"(SELECT b.* FROM {feed} b LEFT JOIN (SELECT key, max(f) AS f FROM {feed} SEMI JOIN "
            f"(SELECT key FROM {feed} WHERE held) USING (key) WHERE NOT held GROUP BY key) a USING (key) "
            "WHERE b.held AND coalesce(a.f < b.f, true) "
            f"AND NOT (b.key = b.content AND {among(corrected, 'b.f')}))"
        )
