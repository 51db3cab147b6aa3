"""A tiny town, drawn; one night of it; and what the night says.

    town(
        households='''
            household_id | household_type
            A            | 脱贫户
        ''',
        settlements={"202003": '''
            id_number | out_of_pocket
            A         | 5000
        '''},
    ).signal("catastrophic_illness")  ->  {"A": "at_risk"}

What is not drawn is well: every household has one adult of its own name (or the members drawn), 10,000 yuan a
head, piped water and a dwelling of grade A, everybody is insured, children go to school, no month is missing.
A table given as text goes into the file that answers on the night; `{"202003": …, "202003_2": …}` says which.

A night costs a second, so a file of tests draws one Town and each test a scene of it. The scenes know nothing
of each other: every scene has its own households, persons, numbers and villages.

    TOWN = Town("2020-06-30", indicator="unsafe_dwelling")

    @TOWN.scene(households="household_id | dwelling_grade \\n A | C")
    def test_a_dwelling_of_grade_c_is_unsafe(town):
        assert town.signal() == {"A": "at_risk"}
"""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property, wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

import warehouse.build
import warehouse.generated
import warehouse.sql
from expectations.contract import Cadence, Feed, Kind
from expectations.feeds import catalogue
from expectations.periods import period_of, periods_between
from tests.feeds.intake import Inbox
from tests.spec.drawn import NICKNAME, People, Place, Row, drawn, village
from warehouse.build import Built, Night, build
from warehouse.publish import publish
from warehouse.rules import rules
from warehouse.sql import TableFile

Drawing = str | Mapping[str, str]  # one table for the night, or tables by period
Tables = dict[str, dict[str, list[Row]]]  # feed -> period -> rows
ALL = "all"
REGISTER = ("divisions", "households", "members", "deaths")
READ_FOR = {  # besides the register
    "income_below_line": ("incomes",),
    "catastrophic_illness": ("settlements",),
    "uninsured_member": ("insurance",),
    "school_dropout": ("enrolments", "dropouts", "grants"),
    "newly_on_allowance": ("allowances", "destitute"),
    "new_severe_disability": ("disability",),
    "unsafe_water": ("access", "projects", "quality_tests", "outages"),
    "unsafe_dwelling": (),
    "dangerous_house_unrepaired": ("dangerous_houses",),
}
LOOKED_BACK_DAYS = 400
ASKED = (
    "mart.signal", "mart.signal_evidence", "core.household_month", "vault.token", "work.clue", "work.held_lines_now",
)  # fmt: skip


def town(as_of: str = "2020-06-30", **tables: Any) -> Scene:
    """One scene with a night of its own; what Town has no name for is a feed's table."""
    settings = {one.name: tables.pop(one.name) for one in fields(Town) if one.name in tables}
    return Scene(Town(as_of, **settings), "", tables).added()


@dataclass(eq=False, repr=False)
class Town:
    """Scenes that share a night.

    A town of one `indicator` hears of the departments that its rule reads alone, and makes what leads to its
    signals and to the tables `asked` besides; one without makes every table.
    `without` names what did not come: months of a feed, or all of it. `periods` says which file of a feed
    answers on the night, where it is not the newest. `files` are written as they stand, by path in the inbox.
    Many scenes together may hold more rows than a delivery may: those drawn are let through by name, unless
    the town `is_guarded`.
    """

    as_of: str = "2020-06-30"
    indicator: str = ""
    asked: str = ""
    without: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    region: str = "410184"
    is_guarded: bool = False
    open_clues: Sequence[Mapping[str, object]] = ()  # as the night before has left them
    closed_clues: Sequence[Mapping[str, object]] = ()
    scenes: list[Scene] = field(default_factory=list)
    people: People = field(default_factory=People)

    def scene(self, **tables: Drawing) -> Callable[[Callable[[Scene], None]], Callable[[], None]]:
        """Make a test the owner of a scene: it is called with the scene, once the night is over."""
        drawn_scene = Scene(self, f"_s{len(self.scenes) + 1}", tables).added()

        def owned(test: Callable[[Scene], None]) -> Callable[[], None]:
            @wraps(test)
            def run() -> None:
                test(drawn_scene)

            run.__signature__ = inspect.Signature()  # type: ignore[attr-defined]  # pytest looks for fixtures there
            return run

        return owned

    def alone(self, as_of: str = "", **tables: Any) -> Scene:
        """One scene with a night of its own, about what this town is about."""
        return town(as_of or self.as_of, indicator=self.indicator, asked=self.asked, **tables)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)

    def is_sent(self, feed_name: str) -> bool:
        """Whether the feed comes even where nobody has drawn a row: a town that asks one indicator needs no other
        department."""
        return self.indicator not in READ_FOR or feed_name in (*REGISTER, *READ_FOR[self.indicator])

    def period(self, feed: Feed) -> str:
        """The file in which a table stands that is given as text."""
        if feed.name in self.periods:
            return self.periods[feed.name]
        if feed.kind is Kind.EVENTS or feed.cadence is Cadence.TERM:
            return max(self.delivered(feed), default=f"{self.day:%Y}")
        if feed.cadence is Cadence.YEAR:
            return str(self.day.year - (feed.name == "incomes"))
        return f"{self.day.year - 1}12" if feed.cadence is Cadence.HALF_YEAR else f"{self.day:%Y%m}"

    def delivered(self, feed: Feed) -> list[str]:
        """The files that come even where nobody has drawn a row: nil returns for all that is required."""
        missing = self.without.get(feed.name, "").split()
        since = self.day - timedelta(days=LOOKED_BACK_DAYS)
        is_sent = self.is_sent(feed.name) and missing != [ALL]
        if not is_sent or feed.cadence is Cadence.ANY_DAY or not feed.may_be_nil:
            return []
        if feed.cadence is Cadence.TERM:
            terms = [period.text for period in periods_between(feed, since, self.day)]
            return [text for text in terms if text not in missing]
        if feed.kind is Kind.SNAPSHOT:
            return [text for text in (self.period(feed),) if text not in missing]
        years = range(since.year, self.day.year + 1)
        if not missing:
            return [str(year) for year in years]
        until = max([f"{self.day:%Y%m}", *missing])
        months = (f"{year}{month:02}" for year in years for month in range(1, 13))
        return [text for text in months if text <= until and text not in missing]

    @cached_property
    def tables(self) -> Tables:
        """What the departments send: the rows of all scenes by feed and period, nil returns with none."""
        by_scene = [scene.whole() for scene in self.scenes]
        sent: Tables = {}
        for feed in catalogue().values():
            drawn_periods = {text for tables in by_scene for text in tables.get(feed.name, {})}
            listed = sorted({*self.delivered(feed), *drawn_periods}, key=_in_order)
            sent[feed.name] = {
                text: [row for tables in by_scene for row in told(feed, tables.get(feed.name, {}), text)]
                for text in listed
            }
        return sent

    @cached_property
    def night(self) -> Published:
        """The night, run at the first question."""
        return published(self, self.inbox)

    @cached_property
    def inbox(self) -> Inbox:
        """What the departments have sent, taken in."""
        inbox = Inbox()
        for feed_name, tables in self.tables.items():
            feed = catalogue()[feed_name]
            for text, rows in tables.items():
                inbox.put(f"{feed.department}/{feed.name}_{text}.csv", csv_text(feed, rows))
        for path, content in self.files.items():
            inbox.put(path, content)
        inbox.take_in()
        return inbox


@dataclass(eq=False, repr=False)
class Scene:
    """A part of a town that nobody outside it knows; also the one who answers for it after the night."""

    town: Town
    mark: str
    given: Mapping[str, Drawing]

    def added(self) -> Scene:
        if unknown := self.given.keys() - catalogue().keys():
            raise ValueError(f"no feed is called {', '.join(sorted(unknown))}")
        self.town.scenes.append(self)
        return self

    # ---- what it sends ----

    def whole(self) -> Tables:
        """All its rows: the tables given, and what makes everybody well where no table was given."""
        given = {name: self._by_period(catalogue()[name], drawing) for name, drawing in self.given.items()}
        for rows in given.get("members", {}).values():
            for row in rows:
                self._born(row)
        households = _distinct(given.get("households") or given.get("members") or {}, "household_id") or ["A"]
        well = {"members": [{"household_id": one, "id_number": one} for one in households]}
        well["households"] = [{"household_id": one, "dwelling_grade": "A"} for one in households]
        well["incomes"] = [{"household_id": one} for one in households]
        well["access"] = [{"household_id": one, **GOOD_WATER} for one in households]
        members = [row for rows in (given.get("members") or {"": well["members"]}).values() for row in rows]
        persons = list(
            dict.fromkeys(
                nick[1] for row in members if (nick := NICKNAME.fullmatch(row.get("id_number", "")))
            )
        )
        well["insurance"] = [{"id_number": one, "year": f"{self.town.day:%Y}"} for one in persons]
        well["enrolments"] = [{"id_number": one} for one in persons if self._is_child(one)]
        for name, rows in well.items():
            feed = catalogue()[name]
            if name not in given and self.town.is_sent(name) and self.town.without.get(name) != ALL:
                given[name] = {self.town.period(feed): rows}
        return {name: self._placed(catalogue()[name], tables) for name, tables in given.items()}

    def _by_period(self, feed: Feed, drawing: Drawing) -> dict[str, list[Row]]:
        tables = {self.town.period(feed): drawing} if isinstance(drawing, str) else drawing
        return {text: drawn(table) for text, table in tables.items()}

    def _born(self, row: Row) -> None:
        born = row.get("birth_date", "")
        if (found := NICKNAME.fullmatch(row.get("id_number", ""))) and born:
            self.town.people.number(self.mark, found[1], date.fromisoformat(born))

    def _is_child(self, nickname: str) -> bool:
        number = self.town.people.number(self.mark, nickname)
        return 6 <= (int(f"{self.town.day:%Y%m%d}") - int(number[6:14])) // 10_000 <= 15

    def _placed(self, feed: Feed, tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
        placed = {}
        for text, rows in tables.items():
            place = Place(self.mark, feed, period_of(feed, text.partition("_")[0]), self.town.people)
            placed[text] = [place.row(row, nth) for nth, row in enumerate(rows, start=1)]
        return placed

    # ---- what the night says of it ----

    def signal(self, indicator: str = "") -> dict[str, str]:
        """Household -> at_risk, clear or unknown."""
        return self._of_signal(indicator, "status")

    def why(self, indicator: str = "") -> dict[str, str]:
        """Household -> why it is unknown; only those that are."""
        return {home: why for home, why in self._of_signal(indicator, "unknown_because").items() if why}

    def value(self, indicator: str = "") -> dict[str, Any]:
        """Household -> the value compared, as a plain number."""
        return {home: _plain(value) for home, value in self._of_signal(indicator, "value").items()}

    def cutoff(self, indicator: str = "") -> dict[str, Any]:
        """Household -> the cutoff in force."""
        return {home: _plain(value) for home, value in self._of_signal(indicator, "cutoff").items()}

    def evidence(self, indicator: str = "") -> dict[str, set[str]]:
        """Household -> the rows behind its signal, as `settlements_202003:2`."""
        files = self.town.night.files
        found: dict[str, set[str]] = {}
        for row in self.rows("mart.signal_evidence"):
            if row["indicator"] == (indicator or self.town.indicator):
                found.setdefault(row["household_id"], set()).add(f"{files[row['delivery_id']]}:{row['line']}")
        return found

    def _of_signal(self, indicator: str, column: str) -> dict[str, Any]:
        asked = indicator or self.town.indicator
        found = {
            row["household_id"]: row[column] for row in self.rows("mart.signal") if row["indicator"] == asked
        }
        if not found and asked not in {row["indicator"] for row in self.town.night.table("mart.signal")}:
            raise ValueError(f"no indicator is called {asked!r}")
        return found

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a published table that are about the scene's households, as the scene calls them."""
        listed = self.town.night.table(table)
        if not self.mark:
            return listed
        mine = [row for row in listed if str(row["household_id"]).endswith(self.mark)]
        return [{**row, "household_id": row["household_id"].removesuffix(self.mark)} for row in mine]

    def column(self, table: str, column: str, by: str = "household_id") -> dict[str, Any]:
        """One column of a published table by another."""
        return {row[by]: _plain(row[column]) for row in self.rows(table)}

    def table(self, name: str) -> list[dict[str, Any]]:
        """The whole of a published table."""
        return self.town.night.table(name)

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        return self.town.night.sql(query)

    def verdicts(self) -> dict[str, str]:
        """File -> accepted, refused or already_loaded."""
        return {
            one.delivery.path.split("/")[1].split(".")[0]: one.verdict
            for one in self.town.night.built.verdicts
        }

    def village(self, word: str = "home") -> str:
        return village(self.mark, word)

    def number(self, nickname: str) -> str:
        return self.town.people.number(self.mark, nickname)


GOOD_WATER = {"litres_per_person_day": "100", "mode": "入户", "quality": "合格"}


@dataclass
class Published:
    """The published warehouse of a night."""

    connection: duckdb.DuckDBPyConnection
    built: Built
    inbox: Inbox
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, str]:
        """delivery_id -> `settlements_202003`."""
        listed = (one.delivery for one in self.built.verdicts)
        return {one.delivery_id: Path(one.path).name.split(".")[0] for one in listed}

    def table(self, name: str) -> list[dict[str, Any]]:
        if name not in self.tables:
            found = self.connection.execute(f"SELECT * FROM {name}")
            names = [column[0] for column in found.description or ()]
            self.tables[name] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return self.tables[name]

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


def night_of(drawn_town: Town, inbox: Inbox) -> Night:
    """What the night is about."""
    listed = inbox.deliveries()
    drawn_ids = frozenset(one.delivery_id for one in listed if one.path not in drawn_town.files)
    return Night(
        as_of=drawn_town.day,
        region=drawn_town.region,
        deliveries=listed,
        accepted_by_name=frozenset() if drawn_town.is_guarded else drawn_ids,
        expectation_results=[],
        open_clues=drawn_town.open_clues,
        closed_clues=drawn_town.closed_clues,
        vault_key=b"k" * 32,
        run={
            **dict.fromkeys(("run_id", "started_at", "ended_at", "code_version", "outcome")),
            "as_of": drawn_town.day,
        },
        threads=1,
    )


@contextmanager
def leading_to(indicator: str, *asked: str) -> Iterator[None]:
    """A night of one rule makes the tables that its signals are drawn from, which are a third of all."""
    if indicator not in READ_FOR:
        yield
        return

    def in_order(generated: Mapping[str, TableFile]) -> list[TableFile]:
        listed, needed = warehouse.sql.in_order(generated), {*ASKED, *asked}
        for table in reversed(listed):
            needed |= table.needs if table.name in needed else set()
        return [table for table in listed if table.name in needed]

    (rule,) = (one for one in rules() if one.indicator == indicator)
    with (
        patch.object(warehouse.generated, "rules", lambda: [rule]),
        patch.object(warehouse.build, "in_order", in_order),
    ):
        yield


def published(drawn_town: Town, inbox: Inbox) -> Published:
    """The rest of a night without Prefect, mail and Great Expectations."""
    with leading_to(drawn_town.indicator, *drawn_town.asked.split()):
        built = build(inbox.home, night_of(drawn_town, inbox))
        publish(inbox.home)
    for one in () if drawn_town.is_guarded else built.verdicts:
        if one.verdict == "refused" and one.delivery.path not in drawn_town.files:
            raise ValueError(f"{one.delivery.path} was drawn in a way that is refused: {one.reasons}")
    return Published(duckdb.connect(str(inbox.home.warehouse), read_only=True), built, inbox)


def csv_text(feed: Feed, rows: Sequence[Row]) -> str:
    """A file as the department would save it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.label for column in feed.columns)
    writer.writerows([row[column.name] for column in feed.columns] for row in rows)
    return text.getvalue()


def told(feed: Feed, tables: Mapping[str, list[Row]], text: str) -> list[Row]:
    """A scene's rows of a file; those of the one before where a snapshot is corrected for others alone."""
    if text in tables or feed.kind is Kind.EVENTS:
        return tables.get(text, [])
    earlier = [other for other in tables if other.partition("_")[0] == text.partition("_")[0]]
    earlier = [other for other in sorted(earlier, key=_in_order) if _in_order(other) < _in_order(text)]
    return tables[earlier[-1]] if earlier else []


def _in_order(text: str) -> tuple[str, int]:
    period, _, n = text.partition("_")
    return period, int(n or 1)


def _distinct(tables: Mapping[str, list[Row]], column: str) -> list[str]:
    found = (row.get(column, "") for rows in tables.values() for row in rows)
    return [one for one in dict.fromkeys(found) if NICKNAME.fullmatch(one)]


def _plain(value: Any) -> Any:
    return float(value) if value is not None and type(value).__name__ == "Decimal" else value
