"""The draft of a feed from its first file: its kind, times and key, and what would become of the file under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from expectations.conditions import BITS_PER_WORD, checks_of, error_mask, wrong_bits_sql
from expectations.contract import Department, Feed, Type
from expectations.feeds import catalogue, departments
from expectations.headers import evened, fit, looks_like
from expectations.periods import Period, period_of
from expectations.units import YUAN, unit_in_label
from warehouse.landing.sheet import Sheet, Unreadable, read_sheet
from warehouse.landing.unpromised import read_unpromised
from warehouse.learning.columns import TODO, Guess, guessed
from warehouse.learning.keys import with_key
from warehouse.learning.known import ROW_NUMBER
from warehouse.learning.sample import is_nearly_all, observe, values_of
from warehouse.learning.times import cadence_of, kind_of, promised, told_by_name
from warehouse.staging.statements import counts_sql, marked_rows_sql, repeated_sql, values_sql

LIKE = 0.6  # of the header's words


class NotLearnable(ValueError):
    """The sample cannot become a feed; `code` says why, `detail` names what is in the way."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Learned:
    """The draft, and what it was made from."""

    feed: Feed
    department: Department
    is_new_department: bool
    guesses: Sequence[Guess]
    sheet: Sheet
    left_out: tuple[str, ...]  # columns of row numbers
    without_header: tuple[int, ...]  # which columns, from 1
    like: Feed | None  # a promised feed that the header fits
    rows: int
    rows_held: int  # of the sample, under the draft
    held: Mapping[str, int]  # those rows by check
    rows_of_shared_keys: int
    units: Mapping[str, int]  # of each amount by its label, what it is multiplied by to be yuan
    refusals: tuple[tuple[str, str], ...] = ()  # why the sample would be refused under the draft


def learned(path: Path, department: str, feed_name: str = "", period_text: str = "") -> Learned:
    """A draft from a sample file; its name tells the period (YYYY, YYYYMM or YYYYMMDD) where none is given.

    NotLearnable, NoHeader (warehouse/landing/unpromised.py), BadPeriod or Unreadable when it cannot be made.
    """
    told = told_by_name(path.stem)
    if not (told or period_text):
        raise NotLearnable("no_period")
    title = told[0] if told else path.stem
    period_text = period_text or (told[1] if told else "")
    name = _free_name(feed_name, title, department)
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET disabled_optimizers = 'type_pushdown,in_clause'")
        sheet, labels = read_unpromised(connection, path, "sample")
        left_out = tuple(label for label in labels if ROW_NUMBER.search(evened(label)))
        kept = ["" if label in left_out else label for label in labels]
        rough = Feed(
            name=name, title=title, title_en=TODO, department=department, columns=(),
            kind=kind_of(title, ()), cadence=cadence_of(period_text, ()),
        )  # fmt: skip
        seen = observe(connection, "sample", kept, period_of(rough, period_text))
        if not seen or seen[0].rows == 0:
            raise NotLearnable("no_rows")
        guesses = guessed(seen, period_of(rough, period_text), lambda one: values_of(connection, one))
        columns = tuple(guess.column for guess in guesses)
        feed = replace(
            rough, columns=columns, kind=kind_of(title, columns), cadence=cadence_of(period_text, columns)
        )
        places = {guess.column.name: guess.seen.place for guess in guesses}
        period = period_of(feed, period_text)
        _read_values(connection, feed, ("sample", places), _units_of_labels(feed), period)
        filled = [g.column.name for g in guesses if is_nearly_all(g.seen.filled, g.seen.rows)]
        feed, shared = with_key(connection, "values_read", promised(feed, guesses, period), filled)
        units, refusals = _read_as_promised(connection, path, feed, period)
        return Learned(
            feed, *_department(department), guesses, sheet, left_out,
            tuple(place for place, label in enumerate(labels, start=1) if not label), _like(labels), seen[0].rows,
            *_rehearsed(connection, feed), shared, units, refusals,
        )  # fmt: skip


def _units_of_labels(feed: Feed) -> dict[str, int]:
    return {column.name: unit_in_label(column.label) or 1 for column in feed.typed(Type.MONEY)}


def _read_values(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    text: tuple[str, Mapping[str, int]],
    units: Mapping[str, int],
    period: Period,
) -> None:
    """`values_read`: the view of text typed by the feed."""
    read = values_sql(feed, [text], units, [period])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE values_read AS {read}")


def _read_as_promised(
    connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed, period: Period
) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    """The sample read again under the draft, as its next delivery will be: the unit of each amount by its label, or
    why the file would be refused."""
    money = feed.typed(Type.MONEY)
    with TemporaryDirectory() as folder:
        extension = path.suffix.lower().removeprefix(".")
        try:
            sheet = read_sheet(connection, path, extension, feed, Path(folder) / "text", "again")
        except Unreadable as refused:
            return {}, refused.reasons
        units = sheet.header.units
        _read_values(connection, feed, ("again", sheet.header.places), units, period)
    return {column.label: units.get(column.name, YUAN) for column in money}, ()


def _free_name(given: str, title: str, department: str) -> str:
    """The feed's name: the given one, the file's if it is a word of ours, else the department's."""
    feeds = catalogue()
    for feed in feeds.values():
        if given == feed.name or title in (feed.name, feed.title):
            raise NotLearnable("feed_taken", feed.name)
    own = title if title.isascii() and title.isidentifier() and title.islower() else department
    return given or (own if own not in feeds else f"{own}_list")


def _like(labels: Sequence[str]) -> Feed | None:
    """The promised feed that most of the header is about."""
    feed = looks_like(labels)
    return (
        feed if feed and len(fit(feed, labels).places) > LIKE * len([one for one in labels if one]) else None
    )


def _department(name: str) -> tuple[Department, bool]:
    """The department that there is, or one to be named."""
    new = Department(name=name, title=TODO, title_en=TODO, contact=name)
    return departments().get(name, new), name not in departments()


def _rehearsed(connection: duckdb.DuckDBPyConnection, feed: Feed) -> tuple[int, dict[str, int]]:
    """Rows of the sample that the draft would hold, and by which checks; none where it asks for too many."""
    checks, mask = checks_of(feed), error_mask(checks_of(feed))
    if len(checks) > BITS_PER_WORD:
        return 0, {}
    wrong = wrong_bits_sql(feed, across_rows=False)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE typed AS SELECT *, {wrong} AS wrong FROM values_read")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {repeated_sql(feed)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marked AS {marked_rows_sql(feed)}")
    counted = connection.execute(counts_sql(feed)).fetchall()
    broken = {
        check.name: sum(rows for _, bits, rows, *_ in counted if bits >> place & 1)
        for place, check in enumerate(checks)
    }
    return sum(rows for _, bits, rows, *_ in counted if bits & mask), {n: r for n, r in broken.items() if r}
