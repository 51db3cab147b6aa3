"""The commands that work on a home: what they say, what they write down, and what they leave alone."""

from __future__ import annotations

import csv
import getpass
import hashlib
import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from rich.cells import cell_len

from expectations.feeds import catalogue, departments
from tests.commands.conftest import AS_OF, NUMBER, Office
from warehouse.judge import judge
from warehouse.landing.names import place_of
from warehouse.ledger.decisions import decisions, standing
from warehouse.ledger.deliveries import all_deliveries, table_rows
from warehouse.ledger.nights import begin, end
from warehouse.ledger.tables import delivery, verdict

REFUSED, LOADED, COPY = (
    "health/deaths_202006.csv",
    "health/checkups_202006.csv",
    "health/checkups_202006_2.csv",
)
SLOW = {"prefect", "great_expectations", "pandas", "openpyxl", "jinja2", "pyarrow"}


def digest(*folders: Path) -> dict[str, str]:
    """Every file with its content."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def verdict_of(office: Office, path: str) -> str:
    """As the next night will have it."""
    decided = standing(office.engine)
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute("ATTACH ':memory:' AS work")
        listed = [one for one in all_deliveries(office.engine) if one.feed_name != "relief"]
        found = judge(connection, office.ran.home, listed, decided.accepted, decided.withdrawn)
    return next(one.verdict for one in found if one.delivery.path == path)


def test_the_version_is_said(office: Office) -> None:
    assert office.ffp("--version").stdout == f"fangfanpin {version('fangfanpin')}\n"


# ---- status ----


def test_status_begins_with_what_waits_for_somebody_and_folds_the_rest(office: Office) -> None:
    said = office.ffp("status", "--as-of", "2020-07-15", COLUMNS="80")
    places = [
        said.stdout.index(title) for title in ("被退回、尚未更正的报送", "迟报的数据集", "待办的隔离行")
    ]
    assert said.exit_code == 0 and places == sorted(places)
    assert "最近批次" not in said.stdout and "ffp status --all" in said.stdout.splitlines()[-1]
    assert max(map(cell_len, said.stdout.splitlines())) <= 80


def test_a_night_that_failed_is_what_status_says_first(office: Office) -> None:
    later = datetime(2036, 1, 1, tzinfo=UTC)
    end(office.engine, begin(office.engine, AS_OF, later, "test"), later, "failed")
    assert "此前发布的数据仓库仍然有效" in office.ffp("status").stdout.splitlines()[1]


def test_status_shows_runs_feeds_what_is_open_and_decisions(office: Office) -> None:
    office.ffp("withdraw", LOADED, "--why", "报错了文件")
    said = office.ffp("status", "--all")
    assert said.exit_code == 0 and "截至2020-06-30" in said.stdout and "已发布" in said.stdout
    assert all(feed.title in said.stdout for feed in catalogue().values())
    assert office.delivery(REFUSED).delivery_id in said.stdout and "错误行数/收到行数：12/20" in said.stdout
    assert "报错了文件" in said.stdout and getpass.getuser() in said.stdout


def test_status_for_machines_says_the_same_as_the_warehouse(office: Office) -> None:
    found = json.loads(office.ffp("status", "--json").stdout)
    assert found["as_of"] == str(AS_OF) and found["runs"][0]["outcome"] == "published"
    fresh = office.ran.rows(
        "SELECT feed, CAST(expected_by AS VARCHAR), last_period, days_late FROM quality.freshness"
    )
    told = [(one["feed"], one["expected_by"], one["last_period"], one["days_late"]) for one in found["feeds"]]
    assert set(fresh) == {row for row in told if row[3] is not None} and len(fresh) > 20
    held = office.ran.rows(
        "SELECT d.feed, q.status, count(*) FROM quality.quarantined_row AS q JOIN quality.delivery AS d"
        " USING (delivery_id) WHERE q.status IN ('open', 'pending', 'unattributable') GROUP BY ALL"
    )
    assert {(one["feed"], one["status"], one["rows"]) for one in found["held"]} == set(held)
    assert REFUSED in {one["path"] for one in found["refused"]}


def test_a_feed_is_late_from_the_day_after_the_promised_one(office: Office) -> None:
    late = {}
    for day in ("2020-08-10", "2020-08-11"):
        found = json.loads(office.ffp("status", "--json", "--as-of", day).stdout)
        late[day] = next(one["days_late"] for one in found["feeds"] if one["feed"] == "checkups")
    assert late == {"2020-08-10": 0, "2020-08-11": 1}


def test_status_imports_nothing_slow(office: Office) -> None:
    asked = "import sys; from deployments.cli import ended; ended(['status', '--json'])"
    told = f"{asked}; print(*({SLOW!r} & sys.modules.keys()), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True)
    assert json.loads(ran.stdout) and ran.stderr.strip() == ""


# ---- accept and withdraw ----


@pytest.mark.parametrize("named", ["path", "file", "id", "prefix", "inbox"])
def test_a_refused_delivery_is_let_through_by_any_of_its_names(office: Office, named: str) -> None:
    one = office.delivery(REFUSED)
    names = {"path": one.path, "file": "deaths_202006.csv", "id": one.delivery_id, "prefix": one.delivery_id[:6],
             "inbox": str(office.inbox / one.path)}  # fmt: skip
    said = office.ffp("accept", names[named], "--why", " 已电话核实 ")
    assert said.exit_code == 0 and one.delivery_id in said.stdout and "下一批次起生效" in said.stdout
    (made,) = decisions(office.engine)
    assert (made.delivery_id, made.kind, made.why) == (one.delivery_id, "accept", "已电话核实")
    assert made.decided_by == getpass.getuser()
    assert verdict_of(office, REFUSED) == "accepted"


def test_behind_sudo_the_one_who_called_it_is_on_the_record(office: Office) -> None:
    assert office.ffp("accept", REFUSED, "--why", "x", SUDO_USER="liming").exit_code == 0
    assert decisions(office.engine)[0].decided_by == "liming"


def test_the_last_decision_wins_and_all_are_kept(office: Office) -> None:
    for kind, stands in (("withdraw", "refused"), ("accept", "accepted"), ("withdraw", "refused")):
        assert office.ffp(kind, LOADED, "--why", "x").exit_code == 0
        assert verdict_of(office, LOADED) == stands
    for kind, stands in (("accept", "accepted"), ("withdraw", "refused"), ("accept", "accepted")):
        assert office.ffp(kind, REFUSED, "--why", "x").exit_code == 0
        assert verdict_of(office, REFUSED) == stands
    assert [one.kind for one in decisions(office.engine)] == ["withdraw", "accept"] * 3


def test_what_is_taken_back_says_which_nights_and_which_copy_it_concerns(office: Office) -> None:
    said = office.ffp("withdraw", LOADED, "--why", "x")
    assert said.exit_code == 0 and COPY in said.stdout and str(AS_OF) in said.stdout
    assert verdict_of(office, COPY) == "accepted"


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("accept", LOADED, "没有被退回，无须决定"),
        ("accept", COPY, "没有被退回，无须决定"),
        ("withdraw", REFUSED, "没有被接收，无可撤回"),
    ],
)
def test_there_is_nothing_to_decide_about_what_already_stands(
    office: Office, kind: str, path: str, said: str
) -> None:
    found = office.ffp(kind, path, "--why", "x")
    assert (found.exit_code, found.stdout) == (2, "") and said in found.stderr
    assert decisions(office.engine) == []


def test_no_decision_lets_an_unreadable_file_through(office: Office) -> None:
    """All that were refused for their file: wrong folder, wrong header, no encoding, …"""
    rows = [row for row in table_rows(office.engine, verdict) if row["verdict"] == "refused"]
    unreadable = [
        row["delivery_id"] for row in rows if row["reasons"][0][0] in ("wrong_folder", "column_missing")
    ]
    assert len(unreadable) > 2
    for delivery_id in unreadable:
        found = office.ffp("accept", delivery_id, "--why", "x")
        assert found.exit_code == 2 and "请部门报送更正件：" in found.stderr
    assert decisions(office.engine) == []


@pytest.mark.parametrize("asked", ["nothing.csv", "zzzz", ""])
def test_an_unknown_delivery_is_answered_with_those_to_choose_from(office: Office, asked: str) -> None:
    found = office.ffp("accept", asked, "--why", "x")
    assert found.exit_code == 2 and "没有这样的报送" in found.stderr and REFUSED in found.stderr
    assert LOADED not in found.stderr, "it was not refused"


def test_an_ambiguous_name_is_answered_with_all_that_it_may_mean(office: Office) -> None:
    """The same name again with other content is another delivery."""
    with office.engine.begin() as connection:
        row = dict(connection.execute(delivery.select().where(delivery.c.path == REFUSED)).one()._mapping)
        connection.execute(delivery.insert().values({**row, "delivery_id": "f" * 16, "sha256": "f" * 64}))
    found = office.ffp("accept", "deaths_202006.csv", "--why", "x")
    assert found.exit_code == 2 and found.stderr.count(REFUSED) == 2 and "f" * 16 in found.stderr


@pytest.mark.parametrize(
    "why",
    [
        "", "  ", "x" * 501, f"是{NUMBER}的", "4101840000000012户", "电话13903719257", "１３９０３７１９２５７",
        "139 0371 9257", "139-0371-9257",
    ],
)  # fmt: skip
def test_a_reason_may_not_be_empty_long_or_hold_a_number_of_a_person(office: Office, why: str) -> None:
    for kind, path in (("accept", REFUSED), ("withdraw", LOADED)):
        found = office.ffp(kind, path, "--why", why)
        assert found.exit_code == 2 and "理由" in found.stderr
        assert not why.strip() or why not in found.stderr
    assert decisions(office.engine) == []


@pytest.mark.parametrize("why", ["2020-06-30 与 2020-07-01 两日", "x" * 500, "第 12345 号文"])
def test_a_reason_may_hold_dates_and_short_numbers(office: Office, why: str) -> None:
    assert office.ffp("accept", REFUSED, "--why", why).exit_code == 0


# ---- query ----


def test_a_query_is_answered_as_a_table_and_null_is_not_an_empty_text(office: Office) -> None:
    said = office.ffp("query", "SELECT 1 AS one, CAST(NULL AS VARCHAR) AS two, '' AS three")
    assert said.exit_code == 0
    assert [cell.strip() for cell in said.stdout.splitlines()[3].strip("│").split("│")] == ["1", "NULL", ""]


def test_as_csv_and_parquet_all_rows_come(office: Office, tmp_path: Path) -> None:
    wanted = office.ran.rows("SELECT household_id, value FROM mart.signal ORDER BY household_id, indicator")
    query = "SELECT household_id, value FROM mart.signal ORDER BY household_id, indicator"
    said = office.ffp("query", query, "--csv", "-")
    rows = list(csv.reader(io.StringIO(said.stdout)))
    assert rows[0] == ["household_id", "value"] and len(rows) == len(wanted) + 1
    assert rows[1:] == [[household, "" if value is None else str(value)] for household, value in wanted]
    assert office.ffp("query", query, "--parquet", "all.parquet").exit_code == 0
    table = pyarrow.parquet.read_table(tmp_path / "all.parquet")
    assert [tuple(row.values()) for row in table.to_pylist()] == wanted


@pytest.mark.parametrize(("limit", "rows", "has_more"), [(2, 2, True), (3, 3, False), (4, 3, False)])
def test_the_screen_shows_so_many_rows_and_says_when_there_are_more(
    office: Office, limit, rows, has_more
) -> None:
    said = office.ffp("query", "FROM range(3)", "--limit", str(limit))
    assert sum(line.startswith("│") for line in said.stdout.splitlines()) == rows
    assert ("--limit" in said.stdout) == has_more


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM mart.clue", "DROP TABLE mart.clue", "CREATE TABLE x (a INTEGER)", "SELECT 1; SELECT 2",
        "CREATE TEMP TABLE x (a INTEGER)", "", "-- nothing", "SELEC 1", "FROM nothing", "SET threads = 1",
        "PRAGMA enable_profiling",
        "COPY mart.clue TO 'clue.csv'", "EXPORT DATABASE 'all'", "ATTACH 'other.duckdb'", "INSTALL httpfs", "LOAD icu",
        "SELECT * FROM read_text('ledger.sqlite')", "SELECT * FROM glob('*')", "FROM 'ledger.sqlite'", "CHECKPOINT",
        "SELECT CAST(household_id AS DATE) FROM mart.clue", "PREPARE x AS SELECT 1", "CALL pragma_version()",
    ],
)  # fmt: skip
def test_what_does_not_read_or_is_not_understood_is_refused(
    office: Office, tmp_path: Path, statement: str
) -> None:
    before = digest(office.ran.home.root / "warehouse", tmp_path)
    said = office.ffp("query", statement)
    assert (said.exit_code, said.stdout) == (2, "") and said.stderr.strip()
    assert digest(office.ran.home.root / "warehouse", tmp_path) == before


@pytest.mark.parametrize("statement", ["FROM mart.clue", "DESCRIBE mart.clue", "SUMMARIZE mart.clue", "SHOW ALL TABLES",
                                       "EXPLAIN FROM mart.clue", "WITH a AS (SELECT 1) FROM a", "VALUES (1)",
                                       "PIVOT mart.signal ON status USING count(*)"])  # fmt: skip
def test_all_ways_of_reading_are_answered(office: Office, statement: str) -> None:
    assert office.ffp("query", statement, "--limit", "3").exit_code == 0


# ---- work lists ----


def test_work_lists_are_written_again(office: Office) -> None:
    folder = office.ran.home.outbox / "worklists" / str(AS_OF)
    said = office.ffp("worklist")
    written = digest(folder)
    assert said.exit_code == 0 and sorted(said.stdout.split()) == list(written) and len(written) > 3
    (first, *_) = written
    Path(first).write_bytes(b"")
    assert office.ffp("worklist", "--town", place_of(Path(first).name)).stdout.split() == [first]
    assert digest(folder) == written


def test_a_town_that_is_none_is_answered_with_those_there_are(office: Office) -> None:
    said = office.ffp("worklist", "--town", "410184")
    assert (said.exit_code, said.stdout) == (2, "") and "410184100" in said.stderr


def test_return_slips_are_written_again(office: Office) -> None:
    folder = office.ran.home.outbox / "slips" / str(AS_OF)
    said = office.ffp("slips")
    written = digest(folder)
    assert said.exit_code == 0 and said.stdout.split() == list(written)
    assert {Path(path).stem for path in written} == set(departments())
    assert office.ffp("slips").exit_code == 0 and digest(folder) == written


# ---- replay ----


def test_a_rehearsed_replay_says_what_would_come_and_changes_nothing(office: Office, tmp_path: Path) -> None:
    """Of four reliefs two were held for their amount, and two have no reason, which nobody had asked for then."""
    home = office.ran.home
    kept = (home.staging, home.landing, home.warehouse.parent)
    before, ledger = digest(*kept), table_rows(office.engine, delivery)
    said = office.ffp("replay", "--dry-run")
    assert said.exit_code == 0 and "重新读取了1份报送" in said.stdout and "没有改动任何数据" in said.stdout
    rows = [
        [cell.strip() for cell in line.strip("│").split("│")]
        for line in said.stdout.splitlines()
        if line[:1] == "│"
    ]
    assert [row for row in rows if len(row) == 4 and "(" not in row[1]] == [["临时救助", "2", "1", "1"]]
    told = {row[1].rpartition("(")[2].rstrip(")"): row[2:] for row in rows if "(" in row[1]}
    assert told == {"relief.amount_within_bounds": ["2", "0"], "relief.reason_given": ["0", "2"]}
    assert digest(*kept) == before and table_rows(office.engine, delivery) == ledger


def test_a_replay_does_what_its_rehearsal_said_and_then_nothing_is_left(
    office: Office, night, tmp_path: Path
) -> None:
    one, file = office.delivery("civil_affairs/relief_202005.csv"), office.ran.home.staged
    staged = file("relief", one.delivery_id)
    before = staged.read_bytes()
    said = office.ffp("replay")
    again = office.ffp("replay", "--dry-run")
    broken, staged_again = office.delivery(one.path).broken, staged.read_bytes()
    staged.write_bytes(before)
    assert said.exit_code == 0 and "下一批次起生效" in said.stdout and "1份报送" in said.stdout
    assert (broken["relief.amount_within_bounds"], broken["relief.reason_given"]) == (0, 2)
    assert staged_again != before
    assert again.exit_code == 0 and "没有要重新判定的" in again.stdout


# ---- check beside a home ----


def test_a_rehearsal_says_what_the_night_said_and_touches_nothing(office: Office, tmp_path: Path) -> None:
    """The last file of every feed, and all that were refused for their rows."""
    judged = {row["delivery_id"]: row for row in table_rows(office.engine, verdict)}
    last = {one.feed_name: one for one in all_deliveries(office.engine) if one.feed_name in catalogue()}
    last.pop("relief")  # it was read by the contract before
    listed = {one.path: one for one in (*last.values(), office.delivery(REFUSED), office.delivery(COPY))}
    before = digest(office.ran.home.root, office.inbox)
    wrong = []
    for path, one in listed.items():
        said = office.ffp("check", str(office.inbox / path))
        row = judged[one.delivery_id]
        has_faults = row["verdict"] == "refused" or row["rows_quarantined"] > 0
        wrong += (
            []
            if said.exit_code == int(has_faults) and "已与此前的报送比较" in said.stdout
            else [(path, said.stdout)]
        )
    assert wrong == [] and len(listed) > 20
    assert digest(office.ran.home.root, office.inbox) == before


def test_a_list_that_has_shrunk_is_told_before_it_is_sent(office: Office, tmp_path: Path) -> None:
    source = next(path for path in (office.inbox / "registry").iterdir() if path.name == "members_202006.csv")
    lines = source.read_bytes().splitlines(keepends=True)
    (tmp_path / "members_202007.csv").write_bytes(b"".join(lines[: len(lines) // 2]))
    said = office.ffp("check", "members_202007.csv")
    assert said.exit_code == 1 and "行数比上一份少了两成以上" in said.stdout
    alone = office.ffp("check", "members_202007.csv", FFP_LEDGER_URL="sqlite:///nowhere.sqlite")
    assert "行数比上一份少了两成以上" not in alone.stdout and "未与此前的报送比较" in alone.stdout


def test_what_a_correction_of_events_leaves_out_is_told_before_it_is_sent(
    office: Office, tmp_path: Path
) -> None:
    sent = [one for one in all_deliveries(office.engine) if one.feed_name == "checkups" and not one.refusals]
    name = f"checkups_{sent[-1].period_text}_9.csv"
    (tmp_path / name).write_text("证件号码,姓名,体检日期,体检机构\n", encoding="utf-8")
    said = office.ffp("check", name)
    assert said.exit_code == 0 and "没有发现问题" not in said.stdout
    assert re.search("有[0-9]+行这一份没有，仍然有效", "".join(said.stdout.split()))


def test_the_very_file_that_was_received_is_recognised(office: Office) -> None:
    said = office.ffp("check", str(office.inbox / LOADED), "--home", str(office.ran.home.root))
    assert said.exit_code == 0 and f"已经收到（{office.delivery(LOADED).delivery_id}）" in said.stdout
