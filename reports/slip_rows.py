"""What return slips are made of: open and waiting rows, refused files, totals by reason, warnings; no values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb
from sqlalchemy import Engine

from expectations.checks import Severity
from expectations.conditions import checks_of, error_mask
from expectations.contract import Feed, Kind
from expectations.feeds import catalogue
from reports.delivery_view import MOST_LINES
from warehouse.home import Home
from warehouse.judge import Verdict, recorded
from warehouse.ledger.deliveries import Delivery, all_deliveries, table_rows
from warehouse.ledger.tables import verdict
from warehouse.replaced import last_numbers
from warehouse.staged import files_sql

MOST_ROWS = 10_000  # more than anybody works through in a day; the totals by reason have them all
OPEN, PENDING = ("open", "unattributable"), ("pending",)
FOUND = (  # rows that have loaded and join nothing, until they are corrected
    "FROM published.quality.finding AS f JOIN published.quality.delivery AS d ON f.delivery_id = d.delivery_id"
    " WHERE d.department = ? AND (f.severity = 'error' OR f.is_unattributable)"
)
LISTED = (  # of a row that was sent again only the last one: that is the one to mend
    "FROM published.quality.quarantined_row AS q JOIN published.quality.delivery AS d"
    " ON q.delivery_id = d.delivery_id"
    " WHERE d.department = ? AND list_contains(?, q.status) AND NOT q.is_sent_again"
)


@dataclass(frozen=True)
class SlipRow:
    """A row to be mended, or one that waits."""

    delivery_id: str
    line: int
    sheet: str | None
    expectations: tuple[str, ...]
    status: str
    held_since: date


@dataclass(frozen=True)
class Reason:
    """An expectation with all rows of the department that do not meet it."""

    expectation: str
    rows: int
    files: int
    held_since: date


@dataclass(frozen=True)
class Warned:
    """A warning about rows that have loaded."""

    delivery_id: str
    expectation: str
    rows: int
    lines: tuple[int, ...]  # the first MOST_LINES


@dataclass(frozen=True)
class Rate:
    """How much of what the department sent came back, and how long mending it took; None: not known yet."""

    return_rate_pct: Decimal | None = None
    days_open_longest: int | None = None
    days_to_correct_mean: Decimal | None = None


@dataclass(frozen=True)
class Slip:
    """All that a department's slip says; `rows`, `pending` and `found` may be cut, the counts are whole."""

    department: str
    as_of: date
    deliveries: Mapping[str, Delivery]
    numbers: Mapping[tuple[str | None, str | None, str], int]  # the greatest correction number of each period
    rows: Sequence[SlipRow]
    pending: Sequence[SlipRow]
    found: Sequence[SlipRow]
    open_by_day: Mapping[date, int]  # since -> rows
    open_files: int
    pending_rows: int
    found_rows: int
    refused: Sequence[tuple[Verdict, date]]  # with the night that first refused it
    reasons: Sequence[Reason]
    warned: Sequence[Warned]
    rate: Rate

    @property
    def open_rows(self) -> int:
        """Rows to be mended, those that the list had to leave out as well."""
        return sum(self.open_by_day.values())


def judged(engine: Engine) -> list[Verdict]:
    """The verdicts of the last night, in the order of judging."""
    return recorded(all_deliveries(engine), table_rows(engine, verdict))


def slip(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    verdicts: Sequence[Verdict],
    department: str,
    as_of: date,
) -> Slip:
    """What the published warehouse says of a department's deliveries."""

    def counted(what: str, status: Sequence[str]) -> list[tuple]:
        return connection.execute(f"SELECT {what} {LISTED}", [department, status]).fetchall()

    return Slip(
        department=department,
        as_of=as_of,
        deliveries={one.delivery.delivery_id: one.delivery for one in verdicts},
        numbers=last_numbers(verdicts),
        rows=_rows(connection, department, OPEN),
        pending=_rows(connection, department, PENDING),
        found=_found(connection, department, as_of),
        open_by_day=dict(
            connection.execute(
                f"SELECT q.held_since, count(*) {LISTED} GROUP BY q.held_since", [department, OPEN]
            ).fetchall()
        ),
        open_files=counted("count(DISTINCT q.delivery_id)", OPEN)[0][0],
        pending_rows=counted("count(*)", PENDING)[0][0],
        found_rows=connection.execute(
            f"SELECT count(*) FROM (SELECT DISTINCT f.delivery_id, f.line {FOUND})", [department]
        ).fetchall()[0][0],
        refused=_refused(connection, verdicts, department),
        reasons=_reasons(connection, department),
        warned=_warned(connection, home, verdicts, department),
        rate=_rate(connection, department),
    )


def _rows(connection: duckdb.DuckDBPyConnection, department: str, status: Sequence[str]) -> list[SlipRow]:
    """At most MOST_ROWS: the first lines of every file go before the later ones of a file full of faults."""
    rows = connection.execute(
        "SELECT q.delivery_id, q.line, q.sheet, q.expectation_ids, q.status, q.held_since,"
        f" row_number() OVER (PARTITION BY q.delivery_id ORDER BY q.line) AS nth {LISTED}"
        f" ORDER BY nth, q.delivery_id LIMIT {MOST_ROWS}",
        [department, status],
    ).fetchall()
    return [
        SlipRow(delivery_id, line, sheet, tuple(filter(None, ids.split(","))), of_row, since)
        for delivery_id, line, sheet, ids, of_row, since, _ in rows
    ]


def _found(connection: duckdb.DuckDBPyConnection, department: str, as_of: date) -> list[SlipRow]:
    """At most MOST_ROWS of what across feeds joins nothing; it is found anew each night."""
    rows = connection.execute(
        "SELECT f.delivery_id, f.line, list_sort(list(f.expectation_id)), bool_or(f.is_unattributable),"
        f" row_number() OVER (PARTITION BY f.delivery_id ORDER BY f.line) AS nth {FOUND}"
        f" GROUP BY f.delivery_id, f.line ORDER BY nth, f.delivery_id LIMIT {MOST_ROWS}",
        [department],
    ).fetchall()
    return [
        SlipRow(delivery_id, line, None, tuple(ids), "unattributable" if is_nobodys else "found", as_of)
        for delivery_id, line, ids, is_nobodys, _ in rows
    ]


def _reasons(connection: duckdb.DuckDBPyConnection, department: str) -> list[Reason]:
    rows = connection.execute(
        "SELECT expectation, count(*), count(DISTINCT delivery_id), min(held_since) FROM"
        " (SELECT q.delivery_id, q.held_since, unnest(string_split(q.expectation_ids, ',')) AS expectation"
        f" {LISTED}) AS r GROUP BY expectation ORDER BY count(*) DESC, expectation",
        [department, OPEN],
    ).fetchall()
    return [Reason(*row) for row in rows]


def _refused(
    connection: duckdb.DuckDBPyConnection, verdicts: Sequence[Verdict], department: str
) -> list[tuple[Verdict, date]]:
    """Files that nothing has taken the place of; of several tries of one period the last. One that a person has
    taken back is not to be sent again."""
    since = dict(
        connection.execute(
            "SELECT delivery_id, refused_since FROM published.quality.delivery"
            " WHERE department = ? AND verdict = 'refused' AND replaced_on IS NULL"
            " AND coalesce(reasons, '') <> 'withdrawn'",
            [department],
        ).fetchall()
    )
    tries = [one for one in verdicts if one.delivery.delivery_id in since]
    last = last_numbers(tries)
    return [
        (one, since[one.delivery.delivery_id])
        for one in tries
        if one.delivery.feed_name is None or one.delivery.n == last[one.delivery.of_period]
    ]


def _rate(connection: duckdb.DuckDBPyConnection, department: str) -> Rate:
    rows = connection.execute(
        "SELECT return_rate_pct, days_open_longest, days_to_correct_mean FROM published.quality.return_rate"
        " WHERE department = ?",
        [department],
    ).fetchall()
    return Rate(*rows[0]) if rows else Rate()


def _warned(
    connection: duckdb.DuckDBPyConnection, home: Home, verdicts: Sequence[Verdict], department: str
) -> list[Warned]:
    """The warnings of the newest period that each feed has: older ones have been told."""
    listed: list[Warned] = []
    for feed in catalogue().values():
        if feed.department == department:
            accepted = [v for v in verdicts if v.verdict == "accepted" and v.delivery.feed_name == feed.name]
            newest = [v for v in accepted if v.delivery.period == accepted[-1].delivery.period]
            listed += _warned_of(
                connection, home, feed, newest[-1:] if feed.kind is Kind.SNAPSHOT else newest
            )
    return listed


def _warned_of(
    connection: duckdb.DuckDBPyConnection, home: Home, feed: Feed, newest: Sequence[Verdict]
) -> list[Warned]:
    checks = checks_of(feed)
    bits = {
        f"{feed.name}.{check.name}": 1 << place
        for place, check in enumerate(checks)
        if check.severity is Severity.WARNING
    }
    broken = {name for one in newest for name, rows in one.delivery.broken.items() if rows} & bits.keys()
    warned = []
    for name in sorted(broken):
        rows = connection.execute(
            f"SELECT delivery_id, count(*), list_sort(min(line, {MOST_LINES}))"
            f" FROM {files_sql(home, feed, [one.delivery for one in newest])}"
            f" WHERE (wrong & {bits[name]}) <> 0 AND (wrong & {error_mask(checks)}) = 0"
            " GROUP BY delivery_id ORDER BY delivery_id"
        ).fetchall()
        warned += [Warned(delivery_id, name, count, tuple(lines)) for delivery_id, count, lines in rows]
    return warned
