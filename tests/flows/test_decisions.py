"""What people decide about deliveries: one that is taken back counts as if it had never come, with all its effects.

Every home here has had the same night of 29 June. What is compared is the night of 30 June: all published tables
but the wall clock's columns and, in `quality`, the rows of the very deliveries that were taken back.
"""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from deployments.demo import make_city
from expectations.feeds import catalogue
from expectations.headers import fit
from reports.slips import write_slips
from tests.night import RECEIVED_AT, Ran, keep_newest, run_night
from warehouse.home import Home
from warehouse.ingest import receive, stage_feed, waiting
from warehouse.judge import judge
from warehouse.ledger.decisions import ACCEPT, WITHDRAW, Decision, decide, standing
from warehouse.ledger.deliveries import Delivery, all_deliveries
from warehouse.ledger.open import opened

FIRST, NIGHT = date(2020, 6, 29), date(2020, 6, 30)
AT = datetime(2020, 7, 1, tzinfo=UTC)
Rows = list[dict[str, str]]
Tables = dict[str, list[str]]


class City:
    """A home with its inbox, without Prefect and Great Expectations."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.inbox, self.home = folder, folder / "inbox", Home(folder / "home")
        self.engine: Engine = (
            opened(f"sqlite:///{self.home.root / 'ledger.sqlite'}") if folder.exists() else None
        )

    def like(self, folder: Path) -> City:
        """Another home that has had the same nights."""
        self.engine.dispose()
        shutil.copytree(self.folder, folder)
        return City(folder)

    def night(self, as_of: date = NIGHT) -> Ran:
        return run_night(self.inbox, self.home.root, as_of, with_suites=False)

    def rows(self, feed: str, period: str) -> Rows:
        """The rows of a file that is there, by column of the contract, as text."""
        contract = catalogue()[feed]
        (one,) = [d for d in self.deliveries() if (d.feed_name, d.period_text, d.n) == (feed, period, 1)]
        raw = (self.inbox / one.path).read_bytes()
        text = raw.decode("utf-8-sig" if is_utf8(raw) else "gb18030")
        header, *lines = csv.reader(text.splitlines(), delimiter="\t" if one.path.endswith("txt") else ",")
        places = fit(contract, header).places
        return [{name: line[at] for name, at in places.items()} for line in lines if len(line) == len(header)]

    def send(self, feed: str, period: str, rows: Rows, n: int = 1) -> str:
        """Drop a file of these rows, and read it; returns its delivery id."""
        contract, end = catalogue()[feed], f"_{n}" if n > 1 else ""
        path = self.inbox / contract.department / f"{feed}_{period}{end}.csv"
        with path.open("x", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(contract.column(name).label for name in rows[0])
            writer.writerows(row.values() for row in rows)
        receive(self.engine, self.inbox, self.home, 0, RECEIVED_AT)
        stage_feed(self.engine, self.home, feed, waiting(self.engine, self.home, feed=feed)[feed])
        (one,) = [d for d in self.deliveries() if d.path == path.relative_to(self.inbox).as_posix()]
        return one.delivery_id

    def deliveries(self) -> list[Delivery]:
        return all_deliveries(self.engine)

    def decide(self, kind: str, *ids: str) -> None:
        for delivery_id in ids:
            decide(self.engine, Decision(delivery_id, kind, "sent by mistake", "somebody", AT))

    def verdicts(self) -> dict[str, str]:
        """Delivery -> verdict as the next night will have it."""
        decided = standing(self.engine)
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            connection.execute("ATTACH ':memory:' AS work")
            found = judge(connection, self.home, self.deliveries(), decided.accepted, decided.withdrawn)
        return {one.delivery.delivery_id: one.verdict for one in found}


def is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def tables(ran: Ran, but: tuple[str, ...] = ()) -> Tables:
    """Every published table but `ops.*`, its rows in order; in `quality` without those of the deliveries `but`."""
    columns: dict[str, list[str]] = {}
    for schema, table, column in ran.rows(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('core', 'mart', 'quality') AND column_name <> 'received_at' ORDER BY ALL"
    ):
        columns.setdefault(f"{schema}.{table}", []).append(column)
    found = {}
    for table, names in columns.items():
        is_own = table.startswith("quality.") and "delivery_id" in names
        where = f" WHERE delivery_id NOT IN ({', '.join(map(repr, ('', *but)))})" if is_own else ""
        found[table] = sorted(map(str, ran.rows(f"SELECT {', '.join(names)} FROM {table}{where}")))
    return found


def differing(one: Tables, other: Tables) -> set[str]:
    assert one.keys() == other.keys()
    assert len(one["mart.signal"]) > 1000
    return {table for table in one if one[table] != other[table]}


# ---- what is sent by mistake ----


def others_persons(rows: Rows) -> Rows:
    """Each row with the number and name of the next one: bills on the wrong people."""
    who = [(row["id_number"], row["name"]) for row in rows]
    return [{**row, "id_number": n, "name": m} for row, (n, m) in zip(rows, [*who[1:], who[0]], strict=True)]


def visits_of_all(clues: list[tuple[str, str]]) -> Rows:
    return [
        {"clue_id": clue, "household_id": household, "visited_on": "2020-06-29", "finding": "不属实"}
        for clue, household in clues
    ]


def dead(members: Rows) -> Rows:
    return [
        {"id_number": one["id_number"], "name": one["name"], "died_on": "2019-05-02"}
        for one in members[::10]
        if len(one["id_number"]) == 18
    ]


def cells(path: Path) -> set[object]:
    return {
        cell for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("decided") / "first"
    make_city(folder / "inbox", folder / "truth", households=300, seed=3)
    keep_newest(folder / "inbox", 3)
    run_night(folder / "inbox", folder / "home", FIRST, with_suites=False)
    return City(folder)


@pytest.fixture(scope="module")
def never(first: City) -> Tables:
    """The night of those to whom nothing wrong was sent."""
    return tables(first.like(first.folder.parent / "never").night())


def test_what_was_taken_back_leaves_no_trace_and_what_was_let_through_is_there(
    first: City, never: Tables
) -> None:
    """Wrong are lists and events that come after all others in the order of judging, and some that come before
    all, with which later lists would be compared."""
    city = first.like(first.folder.parent / "later")
    clues = Ran(city.home, city.engine, None).rows("SELECT clue_id, household_id FROM mart.clue")  # type: ignore[arg-type]
    members, households = city.rows("members", "202006"), city.rows("households", "202004")
    wrong = (
        city.send("members", "202006", [row for nth, row in enumerate(members) if nth % 8], n=2),
        city.send("settlements", "202005", others_persons(city.rows("settlements", "202005")), n=2),
        city.send("visits", "20200630", visits_of_all(clues)),
        city.send("households", "202003", [{**row, "dwelling_grade": "D"} for row in households]),
        city.send("deaths", "201905", dead(members)),
    )
    insurance = city.rows("insurance", "202006")
    short = city.send("insurance", "202006", insurance[: len(insurance) * 7 // 10], n=2)
    with_them = tables(city.night(), (*wrong, short))
    assert {city.verdicts()[one] for one in wrong} == {"accepted"} and city.verdicts()[short] == "refused"
    assert differing(never, with_them) >= {"core.member", "mart.signal", "mart.clue", "mart.policy_landing"}

    city.decide(WITHDRAW, *wrong)
    city.decide(ACCEPT, short)
    ran = city.night()
    verdicts = {one.delivery.delivery_id: one for one in ran.built.verdicts}
    assert {verdicts[one].reasons for one in wrong} == {(("withdrawn", "sent by mistake"),)}
    assert not ran.rows(f"SELECT 1 FROM quality.quarantined_row WHERE delivery_id IN {wrong}")
    assert verdicts[short].verdict == "accepted"
    slips = [cell for path in write_slips(city.home, city.engine, NIGHT) for cell in cells(path)]
    assert not [one for one in wrong if verdicts[one].delivery.path in slips], (
        "nothing is left to mend of them"
    )

    other = first.like(first.folder.parent / "only-short")
    assert other.send("insurance", "202006", insurance[: len(insurance) * 7 // 10], n=2) == short
    other.decide(ACCEPT, short)
    own = (*wrong, short)
    at_once, after_a_refusal = tables(other.night(), own), tables(ran, own)
    # a table of what was ever returned to a department knows that it was refused once
    assert differing(at_once, after_a_refusal) - {"quality.return_rate"} == set()

    city.decide(WITHDRAW, short)
    assert differing(never, tables(city.night(), own)) == set()
