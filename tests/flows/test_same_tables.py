"""Same deliveries, same rules, same date: the same tables, in any order, on any machine, however often."""

from __future__ import annotations

import csv
import os
import random
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deployments.demo import make_city
from tests.night import RECEIVED_AT, Ran, keep_newest, run_night
from tests.oracle import judge
from tests.oracle.agreement import SIGNALS, differences
from tests.sampling import sampled
from warehouse.home import Home
from warehouse.ingest import receive, stage_feed, waiting
from warehouse.ledger.open import opened

AS_OF = date(2020, 6, 30)
WALL_CLOCK = {"received_at"}
OF_THE_FILE = {"delivery_id", "sha256", "line", "kept", "lost"}  # what shuffled rows change by necessity


def tables(ran: Ran, without: set[str] = WALL_CLOCK) -> dict[str, list[str]]:
    """Every published table but `ops.*`, its rows in order."""
    found = {}
    listed = ran.rows(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('core', 'mart', 'quality') ORDER BY ALL"
    )
    columns: dict[str, list[str]] = {}
    for schema, table, column in listed:
        columns.setdefault(f"{schema}.{table}", []).extend([column] if column not in without else [])
    for table, names in columns.items():
        found[table] = sorted(map(str, ran.rows(f"SELECT {', '.join(names)} FROM {table}")))
    return found


def same(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """The tables that differ."""
    assert one.keys() == other.keys()
    assert len(one["mart.signal"]) > 1000
    return [table for table in one if one[table] != other[table]]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    make_city(folder / "inbox", folder / "truth", households=300, seed=11, dirt=True)
    keep_newest(folder / "inbox", 3)
    return folder / "inbox"


@pytest.fixture(scope="module", params=sampled([False, True], [False]), ids="suites {}".format)
def with_suites(request: pytest.FixtureRequest) -> bool:
    """Whether Great Expectations is asked, whose answers are one of the tables."""
    return bool(request.param)


@pytest.fixture(scope="module")
def first(inbox: Path, with_suites: bool, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run_night(inbox, tmp_path_factory.mktemp("first"), AS_OF, with_suites=with_suites)


@pytest.fixture
def timezone_utc() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def test_the_oracle_that_reads_the_same_files_says_the_same(inbox, first):
    """Verdicts, counts, held lines, every signal, the clues of this first night and the policy table."""
    assert differences(first.rows, judge(inbox, AS_OF)) == []


@pytest.mark.torture
def test_the_oracle_agrees_on_a_whole_city_and_on_who_was_planted(tmp_path):
    """A year of all files; whoever is truly at risk is not shown as clear."""
    make_city(tmp_path / "inbox", tmp_path / "truth", households=2000, seed=5, dirt=True)
    ran = run_night(tmp_path / "inbox", tmp_path / "home", AS_OF, with_suites=False)
    assert differences(ran.rows, judge(tmp_path / "inbox", AS_OF)) == []
    answers = {(home, rule): status for home, rule, status in ran.rows(SIGNALS)}
    for row in csv.DictReader((tmp_path / "truth" / "at_risk.csv").open(encoding="utf-8")):
        assert answers[row["household_id"], row["indicator"]] != "clear", row
    for row in csv.DictReader((tmp_path / "truth" / "planted.csv").open(encoding="utf-8")):
        assert answers.get((row["household_id"], row["indicator"]), row["expected"]) == row["expected"], row


def test_the_second_time_the_same_night_changes_nothing(inbox, first, with_suites):
    before = tables(first)
    assert same(before, tables(run_night(inbox, first.home.root, AS_OF, with_suites=with_suites))) == []


@pytest.mark.parametrize(
    ("threads", "ends"), [(8, (12, 999)), pytest.param(1, (40, 90, 999), marks=pytest.mark.torture)]
)
def test_another_home_where_files_arrive_in_another_order_at_other_times(
    inbox, first, tmp_path, timezone_utc, threads, ends, with_suites
):
    files = sorted(path for path in inbox.rglob("*") if path.is_file())
    random.Random(5).shuffle(files)
    for begin, end in zip((0, *ends), ends, strict=False):
        for path in files[begin:end]:
            target = tmp_path / "inbox" / path.relative_to(inbox)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)  # and so with a time of its own
        if end < len(files):
            take_in(tmp_path, threads)
    other = run_night(tmp_path / "inbox", tmp_path / "home", AS_OF, threads=threads, with_suites=with_suites)
    assert same(tables(first), tables(other)) == []


def take_in(folder: Path, threads: int) -> None:
    """What has arrived so far is read, and the process ends before it is validated."""
    home = Home(folder / "home")
    home.make()
    engine = opened(f"sqlite:///{home.root / 'ledger.sqlite'}")
    receive(engine, folder / "inbox", home, 0, RECEIVED_AT)
    for name, listed in waiting(engine, home).items():
        stage_feed(engine, home, name, listed, threads)


@pytest.mark.torture
def test_rows_in_another_order(inbox, first, tmp_path, with_suites):
    """All but what names the file and the line: its bytes are others. One of two rows that are equal to the letter
    is the duplicate, whichever comes first."""
    shutil.copytree(inbox, tmp_path / "inbox")
    chance = random.Random(7)
    for path in sorted((tmp_path / "inbox").rglob("*.csv")):
        lines = path.read_bytes().splitlines(keepends=True)
        if b'"' in path.read_bytes() or not lines[-1].endswith(b"\n"):
            continue
        body = lines[1:]
        chance.shuffle(body)
        path.write_bytes(b"".join([lines[0], *body]))
    other = run_night(tmp_path / "inbox", tmp_path / "home", AS_OF, with_suites=with_suites)
    without = WALL_CLOCK | OF_THE_FILE
    assert same(tables(first, without), tables(other, without)) == []
