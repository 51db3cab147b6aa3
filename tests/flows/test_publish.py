"""What is built takes the place of what is published, whoever has that open, and whatever died beside it."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from reports.failures import told
from warehouse.home import Home
from warehouse.outside import HELD, Outside, outside
from warehouse.publish import publish, require_no_writer

WRITE = (
    "import duckdb, os, sys\nc = duckdb.connect(sys.argv[1])\nc.execute('CREATE TABLE mine (a INTEGER)')\n"
    "print('there', flush=True)\nsys.stdin.readline()\nos._exit(0)"
)
BOTH = pytest.mark.parametrize("which", [Home.warehouse, Home.vault], ids=["warehouse", "vault"])


def built(home: Home, night: int) -> None:
    for file in (home.built, home.built_vault):
        with duckdb.connect(str(file)) as connection:
            connection.execute(f"CREATE TABLE night AS SELECT {night} AS nth")


def night_of(file: Path) -> int:
    with duckdb.connect(str(file), read_only=True) as connection:
        return int(connection.execute("SELECT nth FROM night").fetchall()[0][0])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the first night published and the second built."""
    found = Home(tmp_path)
    found.make()
    built(found, 1)
    publish(found)
    built(found, 2)
    return found


@contextmanager
def a_writer(file: Path) -> Iterator[subprocess.Popen[str]]:
    """An analyst who has opened the file for writing and made a table in it."""
    words = [sys.executable, "-c", WRITE, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "there\n"
        yield process
        process.kill()


@BOTH
def test_the_log_of_a_writer_that_died_does_not_outlive_its_file(home: Home, which: property) -> None:
    file: Path = which.__get__(home)
    with a_writer(file) as writer:
        writer.kill()
        writer.wait()
    log = file.with_name(f"{file.name}.wal")
    assert log.stat().st_size, "otherwise nothing is proved"
    publish(home)
    assert not log.exists() and night_of(file) == 2


@BOTH
@pytest.mark.parametrize("swap", [require_no_writer, publish])
def test_beside_a_writer_nothing_is_published_and_the_file_is_named(
    home: Home, which: property, swap
) -> None:
    file: Path = which.__get__(home)
    files = [home.warehouse, home.vault]
    before = [one.stat().st_ino for one in files]
    with a_writer(file):
        with pytest.raises(Outside) as held:
            swap(home)
        with pytest.raises(duckdb.Error) as unread:
            night_of(file)
    assert [one.stat().st_ino for one in files] == before
    for found in (held.value, outside(unread.value)):
        assert found is not None and (found.code, found.file) == (HELD, str(file))
        assert "另一程序" in str(told(found, "zh")) and f"({file})" in str(told(found, "en"))
    publish(home)
    assert night_of(file) == 2


def test_beside_readers_it_is_published(home: Home) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as reader:
        publish(home)
        assert reader.execute("SELECT nth FROM night").fetchall() == [(1,)]
    assert night_of(home.warehouse) == 2


def test_the_published_file_may_be_read_by_all_and_written_by_nobody(home: Home) -> None:
    assert stat.S_IMODE(home.warehouse.stat().st_mode) == 0o444
