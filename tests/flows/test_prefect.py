"""The night as Prefect runs it: a server, a work pool, workers that are killed, and the same tables.

All of it happens once, in `evening`, beside a night without a server to compare with; the tests look at what
was seen and what is left.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from prefect.runtime import deployment, flow_run

from deployments.demo import make_city
from tasks.alone import alone
from tasks.schedule import night_name, scheduled_night
from tests.night import keep_newest
from tests.seen import PATIENCE_SECONDS, published, started_with, until

AS_OF = "2020-06-30"
SCHEDULED = "2020-06-30T17:00:00Z"  # 01:00 on 1 July in China
HALF_DONE = 2  # deliveries
BIN = Path(sys.executable).parent

Json = dict[str, Any]


@dataclass
class Evening:
    """What was seen on the way."""

    folder: Path
    kills: int  # of workers
    deployed: str = ""
    stopped: str = ""  # what a night without a server said of it
    night: Json = field(default_factory=dict)  # the deployment
    killed: list[Json] = field(default_factory=list)  # flow runs, a moment after the kill
    outlived: list[int] = field(default_factory=list)
    ended: Json = field(default_factory=dict)
    planned: list[Json] = field(default_factory=list)
    artifacts: list[Json] = field(default_factory=list)
    read: set[frozenset[tuple[str, int]]] = field(default_factory=set)  # tables with their rows
    still_running: list[int] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def without_server(self) -> Path:
        return self.folder / "without-server"


class Machine:
    """Starts commands in groups of their own, which end with `rest`."""

    def __init__(self, folder: Path, rest: ExitStack) -> None:
        self.folder, self.rest = folder, rest
        others = {k: v for k, v in os.environ.items() if not k.startswith(("FFP_", "PREFECT_"))}
        self.environment = others | {
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "DO_NOT_TRACK": "1",
        }

    def start(self, name: str, *words: str, home: str = "", **also: str) -> subprocess.Popen[bytes]:
        city = {
            "FFP_HOME": str(self.folder / home),
            "FFP_INBOX": str(self.folder / "inbox"),
            "FFP_SETTLE_SECONDS": "0",
            "FFP_VAULT_KEY_FILE": str(self.folder / "key"),
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [BIN / words[0], *words[1:]],
                cwd=self.folder,
                env=self.environment | (city if home else {}) | also,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.rest.callback(kill, process)
        return process

    def ended(self, name: str, process: subprocess.Popen[bytes], *codes: int) -> str:
        code = process.wait(PATIENCE_SECONDS)
        said = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        assert code in codes, f"{name} ended with {code}: {said}"
        return said


def kill(process: subprocess.Popen[bytes]) -> None:
    """The whole group at once, without a warning."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def outliving(path: Path) -> list[int]:
    """Those that are still there a while after a kill: a process that holds much takes a moment to be gone."""
    end = time.monotonic() + 10
    while (found := started_with(path)) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(api: httpx.Client) -> bool:
    try:
        return api.get("health").is_success
    except httpx.TransportError:
        return False


def ask(api: httpx.Client, method: str, path: str, **body: Any) -> Any:
    """A server whose database is locked answers 503 and has done nothing; Prefect's own client asks again too."""

    def answer() -> httpx.Response | None:
        given = api.request(method, path, json=body or None)
        return None if given.status_code == httpx.codes.SERVICE_UNAVAILABLE else given

    answered = until(f"{method} {path}", answer)
    assert answered.is_success, answered.text
    return answered.json()


def get(api: httpx.Client, path: str) -> Any:
    return ask(api, "GET", path)


def post(api: httpx.Client, path: str, **body: Any) -> Any:
    return ask(api, "POST", path, **body)


def reached(api: httpx.Client, run: Json, wanted: str) -> Json | None:
    """The flow run if it has the state; AssertionError when it has ended in another."""
    now = get(api, f"flow_runs/{run['id']}")
    assert now["state_type"] in (wanted, "SCHEDULED", "PENDING", "RUNNING"), now["state"]
    return now if now["state_type"] == wanted else None


def unvalidated(home: Path) -> int:
    """How many deliveries the ledger has as staged and not yet as validated."""
    if not (home / "ledger.sqlite").exists():
        return 0
    with closing(sqlite3.connect(home / "ledger.sqlite", timeout=60)) as ledger:
        if not ledger.execute("SELECT 1 FROM sqlite_master WHERE name = 'delivery'").fetchone():
            return 0
        validated = "SELECT count(DISTINCT delivery_id) FROM expectation_result"
        return int(ledger.execute(f"SELECT count(contract) - ({validated}) FROM delivery").fetchone()[0])


@contextmanager
def a_reader(file: Path, read: set[frozenset[tuple[str, int]]]) -> Iterator[None]:
    """Opens the published file again and again and notes what is in it."""
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.1):
            if file.exists():
                read.add(sizes(file))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def sizes(file: Path) -> frozenset[tuple[str, int]]:
    """The published tables with their rows, or why there are none."""
    try:
        return frozenset((name, len(rows)) for name, rows in published(file, "ops").items())
    except duckdb.Error as error:
        return frozenset({(str(error), 0)})


@pytest.fixture(
    scope="module", params=[1, pytest.param(2, marks=pytest.mark.torture)], ids="{} killed".format
)
def evening(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    seen = Evening(tmp_path_factory.mktemp("evening"), request.param)
    make_city(seen.folder / "inbox", seen.folder / "truth", households=300)
    keep_newest(seen.folder / "inbox")
    for department in ("education", "civil_affairs", "housing"):  # half of the feeds are enough
        shutil.rmtree(seen.folder / "inbox" / department)
    (seen.folder / "key").write_text("k" * 64)
    with ExitStack() as rest:
        machine = Machine(seen.folder, rest)
        api = a_server(machine)
        stopped = without_server(machine, "stopped")
        seen.deployed = machine.ended("deploy", machine.start("deploy", "ffp", "deploy", home="home"), 0)
        until("a build", (seen.without_server / "warehouse" / ".building-current.duckdb").exists)
        os.killpg(stopped.pid, signal.SIGTERM)
        seen.stopped = machine.ended("stopped", stopped, 128 + signal.SIGTERM)
        other = without_server(machine, "other")
        seen.night = get(api, "deployments/name/nightly/nightly")
        rest.enter_context(a_reader(seen.home / "warehouse" / "current.duckdb", seen.read))
        nights(seen, machine, api)
        seen.planned = post(api, "flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}})
        seen.artifacts = post(api, "artifacts/filter")
        machine.ended("other", other, 0, 1)
    seen.still_running = started_with(seen.folder)
    return seen


def without_server(machine: Machine, name: str) -> subprocess.Popen[bytes]:
    """The night as one process runs it by itself."""
    words = ("ffp", "nightly", "--as-of", AS_OF)
    return machine.start(name, *words, home="without-server", FFP_THREADS="1", PREFECT_API_URL="")


def a_server(machine: Machine) -> httpx.Client:
    port = str(free_port())
    machine.start("server", "prefect", "server", "start", "--port", port, "--no-ui")
    api = machine.rest.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=30))
    until("a server", lambda: answers(api))
    machine.environment["PREFECT_API_URL"] = str(api.base_url).rstrip("/")
    return api


def a_worker(machine: Machine, name: str) -> subprocess.Popen[bytes]:
    words = ("prefect", "worker", "start", "--pool", "fangfanpin", "--type", "process", "--limit", "1")
    return machine.start(name, *words, home="home")


def nights(seen: Evening, machine: Machine, api: httpx.Client) -> None:
    """Some that die with their worker, begun by hand and by the schedule, and one that comes to its end."""
    by_hand: Json = {"parameters": {"as_of": AS_OF}}
    by_schedule: Json = {"state": {"type": "SCHEDULED", "state_details": {"scheduled_time": SCHEDULED}}}
    moments = (
        (by_hand, lambda: unvalidated(seen.home) > HALF_DONE),
        (by_schedule, (seen.home / "warehouse" / ".building-current.duckdb").exists),
    )
    for begun, moment in moments[: seen.kills]:
        run = post(api, f"deployments/{seen.night['id']}/create_flow_run", **begun)
        worker = a_worker(machine, f"worker-{run['name']}")
        until("the moment to kill", moment)
        kill(worker)
        seen.outlived += outliving(seen.home)
        seen.killed.append(get(api, f"flow_runs/{run['id']}"))
    run = post(api, f"deployments/{seen.night['id']}/create_flow_run", **by_schedule)
    a_worker(machine, "worker")
    seen.ended = until("a night that ends", lambda: reached(api, run, "COMPLETED"))


def test_deploy_says_what_is_there_and_what_has_to_run(evening: Evening) -> None:
    first, second, server, worker = evening.deployed.splitlines()
    assert (first, second) == ("nightly/nightly: 0 1 * * * Asia/Shanghai", "ingest/ingest: on demand")
    assert re.fullmatch(r"server: .*/prefect server start --host 127\.0\.0\.1 --port \d+", server)
    assert re.fullmatch(r"worker: .*/prefect worker start --pool fangfanpin --type process --limit 1", worker)
    assert "DO_NOT_TRACK=1" in server and "DO_NOT_TRACK=1" in worker


def test_the_server_plans_a_night_for_every_day_at_one(evening: Evening) -> None:
    starts = [datetime.fromisoformat(run["expected_start_time"]) for run in evening.planned]
    assert {run["name"] for run in evening.planned}, "the server's scheduler plans nothing"
    assert {(start.astimezone(UTC).hour, start.minute) for start in starts} == {(17, 0)}
    assert len({start.date() for start in starts}) == len(starts)


def test_a_killed_worker_takes_its_night_with_it(evening: Evening) -> None:
    assert evening.outlived == []


def test_prefect_does_not_learn_of_a_kill(evening: Evening) -> None:
    """The next night must not wait for it, nor for anything that only Prefect knows."""
    assert [run["state_name"] for run in evening.killed] == ["Running"] * evening.kills


def test_a_late_night_has_the_date_of_its_schedule(evening: Evening) -> None:
    assert evening.ended["parameters"] == {}
    assert {run["name"] for run in (*evening.killed, evening.ended)} == {f"nightly-{AS_OF}"}


def test_killed_nights_are_made_good_by_the_next(evening: Evening) -> None:
    one, other = (
        published(home / "warehouse" / "current.duckdb", "ops")
        for home in (evening.home, evening.without_server)
    )
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == set()
    assert all(one[name] for name in ("core.household", "mart.signal", "quality.expectation_result"))


def test_a_night_that_is_stopped_says_what_stands(evening: Evening) -> None:
    first, *_, last = evening.stopped.splitlines()
    assert "PREFECT_API_URL" in first and last == "已停止。尚未发布过数据仓库，再次运行即可补做"


def test_a_reader_sees_the_whole_night_or_nothing(evening: Evening) -> None:
    assert evening.read == {sizes(evening.home / "warehouse" / "current.duckdb")}


def test_nothing_half_built_is_left(evening: Evening) -> None:
    left = {path.relative_to(evening.home).as_posix() for path in evening.home.rglob("*")}
    assert not {path for path in left if re.search(r"\.building|\.part$|\.wal$|/\.scratch/", path)}


def test_the_artifact_holds_counts_and_nothing_else(evening: Evening) -> None:
    (shown,) = evening.artifacts
    assert shown["key"] == "nightly-deliveries"
    assert AS_OF in shown["description"]
    with duckdb.connect(str(evening.home / "warehouse" / "current.duckdb"), read_only=True) as warehouse:
        counted = warehouse.execute(
            "SELECT coalesce(feed, '?') AS feed, verdict, count(*), sum(rows_loaded), sum(rows_duplicate)"
            " FROM quality.delivery GROUP BY ALL ORDER BY feed, verdict"
        ).fetchall()
    rows = json.loads(shown["data"])
    told = ("feed", "verdict", "deliveries", "rows_loaded", "rows_duplicate")
    assert [tuple(row[name] for name in told) for row in rows] == counted
    assert all(row["tonight"] == row["deliveries"] for row in rows), "the first night"
    assert all(isinstance(value, int) for row in rows for name, value in row.items() if name not in told[:2])


def test_nothing_runs_on(evening: Evening) -> None:
    assert evening.still_running == []


@pytest.mark.parametrize(
    ("starts", "night"),
    [
        (datetime(2020, 6, 30, 17, 0, tzinfo=UTC), date(2020, 6, 30)),  # 01:00 on 1 July in China
        (datetime(2020, 6, 30, 16, 0, tzinfo=UTC), date(2020, 6, 30)),  # midnight
        (datetime(2020, 6, 30, 15, 59, tzinfo=UTC), date(2020, 6, 29)),
    ],
)
def test_a_scheduled_night_works_on_the_day_that_has_ended(monkeypatch, starts, night) -> None:
    monkeypatch.setitem(vars(deployment), "id", "any")
    monkeypatch.setitem(vars(flow_run), "scheduled_start_time", starts)
    monkeypatch.setitem(vars(flow_run), "parameters", {})
    assert scheduled_night() == night
    assert night_name() == f"nightly-{night}"


def test_a_date_that_is_given_is_the_date(monkeypatch) -> None:
    monkeypatch.setitem(vars(flow_run), "parameters", {"as_of": date(2020, 6, 30)})
    assert night_name() == "nightly-2020-06-30"


def test_a_night_that_nobody_scheduled_wants_its_date(monkeypatch) -> None:
    monkeypatch.setitem(vars(deployment), "id", None)
    with pytest.raises(ValueError, match="date"):
        scheduled_night()


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [("", 2, "PREFECT_API_URL is not set"), ("http://127.0.0.1:9/api", 3, "no Prefect server answers")],
)
def test_deploy_without_a_server(tmp_path: Path, address: str, code: int, said: str) -> None:
    with ExitStack() as rest:
        machine = Machine(tmp_path, rest)
        started = machine.start("deploy", "ffp", "deploy", home="home", PREFECT_API_URL=address)
        assert said in machine.ended("deploy", started, code)


def test_a_step_is_held_until_its_process_dies(tmp_path: Path) -> None:
    hold = "import sys, time, pathlib, tasks.alone as t\nwith t.alone(pathlib.Path(sys.argv[1]), 'build'):"
    words = [sys.executable, "-c", f"{hold} print('held', flush=True); time.sleep(60)", str(tmp_path)]
    entered = threading.Event()

    def enter() -> None:
        with alone(tmp_path, "build"):
            entered.set()

    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        waiting = threading.Thread(target=enter)
        waiting.start()
        assert not entered.wait(0.5)
        holder.kill()
    waiting.join(5)
    assert entered.is_set()
