"""A stop ends every command in seconds, whatever it is doing, and leaves nothing of it behind."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from deployments.demo import make_city
from tests.faults.paused import MOMENTS
from tests.night import keep_newest
from tests.seen import published, started_with, until

AS_OF = "2020-06-30"
IN_SECONDS = 5  # on a machine that has nothing else to do
AFTER_PUBLISHING = {"lists": "核查清单、退回单、邮件", "slips": "退回单、邮件", "mail": "邮件", "end": ""}
WAYS = ((signal.SIGINT, "group"), (signal.SIGTERM, "process"), (signal.SIGTERM, "group"))
WATCHED = "import os, re, sys, time, pathlib as p\nfrom deployments.watched import watch\nwatch()\n"
THERE = "p.Path(sys.argv[1]).write_text(str(os.getpid()))\n"
SPIN = "re.match('(a+)+$', 'a' * 60 + 'b')"  # in C, and no other thread runs meanwhile
TOGETHER = "from tasks.progress import unbroken\nwith unbroken():\n    {there}    {what}\n"


def stop(process: subprocess.Popen[bytes], number: int, to: str) -> None:
    (os.killpg if to == "group" else os.kill)(process.pid, number)


def heeding() -> None:
    """Whoever runs the tests may have set signals to be ignored, as nohup does, and children inherit that."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def program(tmp_path: Path, *words: str | Path, **also: str) -> subprocess.Popen[bytes]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("FFP_")}
    (tmp_path / "tmp").mkdir(exist_ok=True)
    own = {"TMPDIR": str(tmp_path / "tmp"), "FFP_HOME": str(tmp_path / "home")}
    return subprocess.Popen(
        [sys.executable, *words], env=others | own | also, start_new_session=True, cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeding,
    )  # fmt: skip


def watched(tmp_path: Path, then: str) -> tuple[subprocess.Popen[bytes], int]:
    """A small program under watch that has come as far as `then`; also the process that does its work."""
    there = tmp_path / "there"
    process = program(tmp_path, "-c", WATCHED + then, there)
    until("the program", lambda: there.exists() and there.read_text())
    return process, int(there.read_text())


def is_gone(process_id: int) -> bool:
    """Whether it has ended: one that nobody has taken note of yet has."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize(
    ("number", "to", "then"),
    [
        (signal.SIGINT, "group", THERE + SPIN),
        (signal.SIGTERM, "process", TOGETHER.format(there=THERE, what=SPIN)),
        (signal.SIGHUP, "process", THERE + "time.sleep(60)"),
    ],
    ids=["Ctrl-C in C code", "TERM in what is done together but hangs", "HUP while it sleeps"],
)
def test_a_stop_ends_whatever_is_done(tmp_path: Path, number: int, to: str, then: str) -> None:
    process, worker = watched(tmp_path, then)
    stop(process, number, to)
    stop(process, number, to)  # whoever is impatient
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number and said.decode() == "已停止\n"
    assert is_gone(worker) and list((tmp_path / "tmp").iterdir()) == []


def test_what_is_done_together_is_done_in_full(tmp_path: Path) -> None:
    then = TOGETHER.format(there=THERE, what="time.sleep(1); p.Path(sys.argv[1] + '-done').touch()")
    process, _ = watched(tmp_path, then + "time.sleep(60)")
    stop(process, signal.SIGTERM, "group")
    assert process.wait(60) == 128 + signal.SIGTERM
    assert (tmp_path / "there-done").exists()


def test_a_worker_dies_with_the_process_that_was_called(tmp_path: Path) -> None:
    process, worker = watched(tmp_path, THERE + "time.sleep(60)")
    process.kill()
    until("the worker's end", lambda: is_gone(worker))


def test_a_worker_that_the_system_ends_is_a_failure_with_a_sentence(tmp_path: Path) -> None:
    process, worker = watched(tmp_path, THERE + "time.sleep(60)")
    os.kill(worker, signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3 and "FFP_MEMORY_LIMIT" in said.decode()


def test_what_was_started_to_outlive_the_terminal_does(tmp_path: Path) -> None:
    there = tmp_path / "there"
    then = "\n".join((WATCHED + THERE, "time.sleep(1)", "sys.stdout.flush(); os._exit(7)"))
    process = program(
        tmp_path,
        "-c",
        "import os, signal, sys\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "os.execv(sys.executable, [sys.executable, '-c', *sys.argv[1:]])",
        then,
        there,
    )
    until("the program", lambda: there.exists() and there.read_text())
    stop(process, signal.SIGHUP, "group")
    assert process.wait(60) == 7


# ---- the night ----


class City:
    """An inbox of a few files of every feed, and the homes beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_city(folder / "inbox", folder / "truth", households=300)
        keep_newest(folder / "inbox", 1)
        (folder / "key").write_text("k" * 64)

    def start(self, home: str, *words: str | Path) -> subprocess.Popen[bytes]:
        also = {"FFP_HOME": str(self.folder / home), "FFP_INBOX": str(self.folder / "inbox"), "FFP_THREADS": "1",
                "FFP_VAULT_KEY_FILE": str(self.folder / "key"), "FFP_SETTLE_SECONDS": "0"}  # fmt: skip
        return program(self.folder, "-m", *words, "nightly", "--as-of", AS_OF, **also)

    def night(self, home: str) -> dict[str, list[str]]:
        process = self.start(home, "deployments.cli")
        out, said = process.communicate(timeout=600)
        assert process.returncode in (0, 1), (out + said).decode()
        return published(self.folder / home / "warehouse" / "current.duckdb", "ops")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return City(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def undisturbed(city: City) -> dict[str, list[str]]:
    return city.night("undisturbed")


def is_locked(home: Path) -> bool:
    for lock in (home / ".locks").glob("*"):
        with lock.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    if (home / "ledger.sqlite").exists():
        with closing(sqlite3.connect(home / "ledger.sqlite", timeout=0)) as ledger:
            ledger.execute("BEGIN IMMEDIATE")
    return False


@pytest.mark.torture
@pytest.mark.parametrize(("number", "to"), WAYS, ids=lambda way: str(way))
def test_a_night_stopped_at_every_moment_ends_soon_and_the_next_is_as_if_nothing_had_been(
    city: City, undisturbed: dict[str, list[str]], number: int, to: str
) -> None:
    """One home, stopped twenty times on its way, each time a step further."""
    name = f"stopped-{number}-{to}"
    home, file = city.folder / name, city.folder / name / "warehouse" / "current.duckdb"
    slow = []
    for moment in MOMENTS:
        there = city.folder / f"{name}-{moment}"
        before = file.stat() if file.exists() else None
        process = city.start(name, "tests.faults.paused", moment, there)
        until(moment, there.exists)
        begun = time.monotonic()
        stop(process, number, to)
        _, said = process.communicate(timeout=60)
        slow += [(moment, seconds)] if (seconds := time.monotonic() - begun) > IN_SECONDS else []
        assert process.returncode == 128 + number, (moment, said.decode())
        assert started_with(home) == [] and not is_locked(home), moment
        assert list((city.folder / "tmp").iterdir()) == [], moment
        sentence = said.decode().splitlines()[-1]
        if moment in AFTER_PUBLISHING:
            assert "本晚的数据仓库已发布" in sentence and AFTER_PUBLISHING[moment] in sentence
        else:
            assert "尚未发布过数据仓库" in sentence and before is None and not file.exists(), moment
    assert city.night(name) == undisturbed
    assert slow == []
    left = {path.name for path in home.rglob("*") if path.name.startswith((".building", ".part"))}
    assert left == set() and not list(home.rglob("*.wal"))
