"""No personal value leaves: a person planted in every feed is looked for wherever none may be.

One night runs as the command does, on an inbox with the canary in every feed and in every fault. A second flow
on the same home fails at every step with the canary in the error, and Prefect logs and keeps what it is told.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from deployments.demo import make_city
from expectations.conditions import checks_of, error_mask
from expectations.feeds import catalogue, departments
from reports.slips import write_slips
from tests.faults.broken_night import AS_OF
from tests.faults.canary import CANARY
from tests.faults.planting import plant
from tests.faults.provoked import steps
from tests.faults.scanner import Scanner, files_of
from tests.night import keep_newest
from warehouse.home import Home
from warehouse.ledger.open import opened
from warehouse.ledger.outbox import Mail, queue

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
MAY_HOLD = ("inbox", "landing", "staging", "vault", "outbox/worklists")  # and who may read them is tested
SCANNER = Scanner(CANARY.values)
WAITING = Mail("0" * 16, AS_OF, "health", ("a@city.example",), b"From: f@city.example\r\n\r\n", ())


@dataclass
class Evening:
    """What two flows have left behind."""

    folder: Path
    codes: dict[str, int]

    @property
    def home(self) -> Home:
        return Home(self.folder / "home")

    def said(self, name: str) -> str:
        """What a program wrote on its two streams."""
        return "".join(
            (self.folder / "logs" / f"{name}.{end}").read_text(encoding="utf-8") for end in ("out", "err")
        )

    def without_personal_data(self) -> list[Path]:
        """Every file that must not hold any: logs, Prefect's home, temporary files, the home but for MAY_HOLD."""
        root = self.home.root
        inside = [
            path for path in files_of(root) if not path.relative_to(root).as_posix().startswith(MAY_HOLD)
        ]
        return [*inside, *(self.folder / name for name in ("logs", "prefect", "tmp"))]


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    seen = Evening(tmp_path_factory.mktemp("evening"), {})
    make_city(seen.folder / "inbox", seen.folder / "truth", households=300, dirt=True)
    keep_newest(seen.folder / "inbox")
    plant(seen.folder / "inbox")
    on_prefect = (sys.executable, "-m", "tests.faults.on_prefect")
    run(seen, "night", *on_prefect, "nightly", "--as-of", str(AS_OF), PREFECT_LOGGING_ROOT_LEVEL="INFO")
    engine = opened(f"sqlite:///{seen.home.root}/ledger.sqlite")
    with engine.begin() as connection:
        queue(connection, [WAITING], datetime(2020, 7, 1, tzinfo=UTC))
    engine.dispose()
    run(seen, "broken", sys.executable, "-m", "tests.faults.broken_night", PREFECT_LOGGING_ROOT_LEVEL="DEBUG")
    return seen


def run(seen: Evening, name: str, *words: str | Path, **also: str) -> None:
    """A program with settings of its own, all of Prefect's logs and results kept; `also` may let others speak."""
    others = {key: value for key, value in os.environ.items() if not key.startswith(("FFP_", "PREFECT_"))}
    own = {
        "FFP_HOME": str(seen.home.root),
        "FFP_INBOX": str(seen.folder / "inbox"),
        "FFP_SETTLE_SECONDS": "0",
        "FFP_THREADS": "1",
        "PREFECT_HOME": str(seen.folder / "prefect"),
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "true",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",  # a busy machine takes more than 20
        "DO_NOT_TRACK": "1",
        "PYTHONUTF8": "1",
        "COLUMNS": "200",  # what is looked for may stand in two lines of a narrow table
        "TMPDIR": str(seen.folder / "tmp"),
    }
    for folder in ("logs", "tmp"):
        (seen.folder / folder).mkdir(exist_ok=True)
    streams = (seen.folder / "logs" / f"{name}.{end}" for end in ("out", "err"))
    with next(streams).open("wb") as out, next(streams).open("wb") as err:
        seen.codes[name] = subprocess.run(
            words, cwd=ROOT, env=others | own | also, stdout=out, stderr=err
        ).returncode


def test_the_night_is_published_and_the_broken_flow_fails(evening: Evening) -> None:
    assert evening.codes == {"night": 1, "broken": 1}, (
        evening.said("night")[-2000:] + evening.said("broken")[-2000:]
    )


@pytest.mark.parametrize("feed", catalogue().values(), ids=lambda feed: feed.name)
def test_the_canary_is_in_every_feed_in_good_rows_and_in_held_ones(evening: Evening, feed) -> None:
    """Otherwise nothing here would prove anything about the feed."""
    assert SCANNER.scan(evening.home.staging / feed.name)
    with closing(sqlite3.connect(evening.home.root / "ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT delivery_id FROM verdict JOIN delivery USING (delivery_id)"
                              " WHERE feed = ? AND verdict = 'accepted'", [feed.name])  # fmt: skip
        files = [str(evening.home.staged(feed.name, name)) for (name,) in rows]
    mask = error_mask(checks_of(feed))
    marks = (CANARY.number[:17], CANARY.household[:12], "4101847777", f"YB{feed.name.upper()[:3]}")
    with duckdb.connect() as connection:
        told = connection.execute(
            f"SELECT (wrong & {mask}) <> 0 FROM (SELECT wrong, to_json(t) AS cells FROM"
            " read_parquet(?, union_by_name = TRUE) AS t) WHERE list_bool_or([contains(cells, m) FOR m IN ?])",
            [files, marks],
        ).fetchall()
    assert {is_held for (is_held,) in told} == {False, True}


def test_the_scanner_finds_the_canary_where_personal_data_may_be(evening: Evening) -> None:
    for name in MAY_HOLD[1:]:
        assert SCANNER.scan(evening.home.root / name), name


def test_no_value_is_anywhere_else(evening: Evening) -> None:
    assert SCANNER.scan(*evening.without_personal_data()) == []


def test_all_that_must_be_searched_is_there(evening: Evening) -> None:
    names = [path.name for path in evening.without_personal_data()]
    assert {"ledger.sqlite", "current.duckdb", "logs", "prefect"} <= set(names)
    assert sum(name.endswith(".eml") for name in names) == len(departments())
    slips = [path for path in evening.without_personal_data() if path.parent.parent.name == "slips"]
    assert {path.stem for path in slips} == set(departments())
    assert (evening.folder / "prefect" / "prefect.db").stat().st_size > 500_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_slips_list_the_held_rows_of_the_canary_without_a_value(evening: Evening, language, tmp_path) -> None:
    """Written again in either language; of every department there are rows, refused files and totals."""
    home = Home(tmp_path)
    home.warehouse.parent.mkdir()
    home.warehouse.symlink_to(evening.home.warehouse)
    home.staging.symlink_to(evening.home.staging)
    engine = opened(f"sqlite:///{evening.home.root}/ledger.sqlite")
    for path in write_slips(home, engine, AS_OF, language):
        listed = [sheet.max_row - 1 for sheet in load_workbook(path).worksheets]
        assert len(listed) > 3 and listed[1] > 0, path.stem
    engine.dispose()
    assert SCANNER.scan(home.outbox) == []


def test_a_file_or_sheet_that_is_called_after_a_person_is_told_without_the_name(evening: Evening) -> None:
    said = evening.said("night")
    for shown in ("health/＊.xlsx", "health/＊_202006.csv", "health/deaths_＊.csv", "：＊病种、＊"):
        assert shown in said


def test_only_their_owner_may_read_personal_data(evening: Evening) -> None:
    modes = {"landing": 0o400, "staging": 0o600, "vault": 0o600, "outbox/worklists": 0o600}
    for name, mode in modes.items():
        place = evening.home.root / name
        found = {stat.S_IMODE(path.stat().st_mode) for path in files_of(place)}
        assert found == {mode}, name
        folders = [path for path in (place, *place.rglob("*")) if path.is_dir()]
        folders = folders[1:] if name == "outbox/worklists" else folders
        assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}, name


def test_prefect_logged_every_error_with_its_traceback(evening: Evening) -> None:
    said = evening.said("broken")
    assert said.count("Traceback (most recent call last)") > len(steps(AS_OF))
    listed = [one for one in steps(AS_OF).values() if not one.needs_great_expectations]
    assert all(one.said in said for one in listed)
    has_words = sum(one.said == "encoding_unknown" for one in listed)  # of ours: to try again changes nothing
    assert said.count("Retry 1/1") >= len(listed) - has_words + 1
    assert not re.search(
        "encoding_unknown[^,]{0,80}Retry 1/1", said
    )  # in one message, not in one line of many


def test_prefect_is_given_no_parameter_that_is_not_one_of_ours(evening: Evening) -> None:
    """It keeps parameters for good."""
    run(evening, "mistyped", BIN / "ffp", "ingest", "--feed", CANARY.name)
    assert evening.codes.pop("mistyped") == 2
    assert SCANNER.scan(evening.said("mistyped")) == []
