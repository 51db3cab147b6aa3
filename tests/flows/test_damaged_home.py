"""A file of our own is damaged: what can be made again is made again, what cannot is told with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reports.failures import told
from tasks.night import build_warehouse
from tests.night import KEY, RECEIVED_AT, Ran, run_night
from tests.spec.drawn import number_of
from warehouse.home import Home
from warehouse.ingest import waiting
from warehouse.kept import NotKept, is_staged
from warehouse.ledger import open as open_
from warehouse.ledger.deliveries import Delivery, all_deliveries, table_rows
from warehouse.ledger.nights import begin
from warehouse.ledger.open import BadLedger, exists, opened, opened_to_read
from warehouse.ledger.tables import clue_night, outbox, verdict
from warehouse.outside import HELD, Outside

AS_OF = date(2020, 6, 30)
PERSON = number_of(date(1950, 1, 1), 0)
FILES = {
    "registry/divisions_2020.csv": "区划代码,名称,上级代码,级别\n410184,新郑市,,县\n410184100,某镇,410184,乡\n"
    "410184100200,某村,410184100,村\n",
    "registry/households_202006.csv": "户编号,行政村代码,户主姓名,户主证件号码,户类型\n"
    f"H1,410184100200,某,{PERSON},一般农户\n",
    "registry/members_202006.csv": f"户编号,人编号,姓名,证件号码,与户主关系\nH1,P1,某,{PERSON},户主\nH1,P2,某,,子女\n",
}
MEMBERS = "registry/members_202006.csv"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("first")
    for name, content in FILES.items():
        path = folder / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    found = night(folder)
    found.engine.dispose()
    return found


@pytest.fixture
def ran(first: Ran, tmp_path: Path) -> Ran:
    """A home of one's own that has had the night."""
    shutil.copytree(first.home.root.parent, tmp_path, dirs_exist_ok=True)
    home = Home(tmp_path / "home")
    return replace(first, home=home, engine=opened(f"sqlite:///{home.root / 'ledger.sqlite'}"))


def night(folder: Path) -> Ran:
    return run_night(folder / "inbox", folder / "home", AS_OF)


def members(ran: Ran) -> Delivery:
    (found,) = [one for one in all_deliveries(ran.engine) if one.path == MEMBERS]
    return found


def junk(file: Path) -> None:
    file.write_bytes(bytes(range(1, 200)) * 9)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def headless(file: Path) -> None:
    file.write_bytes(file.read_bytes()[20:])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [junk, cut_off, headless, emptied, Path.unlink])
@pytest.mark.parametrize("kind", [Home.staged, Home.received])
def test_a_file_that_was_not_written_whole_is_recognised(
    ran: Ran, kind: Callable[[Home, str, str], Path], damage: Callable[[Path], None]
) -> None:
    one = members(ran)
    assert waiting(ran.engine, ran.home) == {}
    damage(kind(ran.home, "members", one.delivery_id))
    assert waiting(ran.engine, ran.home) == {"members": [one]} and not is_staged(ran.home, one)


def test_what_was_read_of_a_file_is_read_again_when_it_is_damaged(ran: Ran, tmp_path: Path) -> None:
    one, asked = members(ran), ("FROM core.member", "FROM quality.quarantined_row")
    files = [kind(ran.home, "members", one.delivery_id) for kind in (Home.staged, Home.received)]
    before = [file.read_bytes() for file in files], [ran.rows(query) for query in asked]
    junk(files[0])
    files[1].unlink()
    again = night(tmp_path)
    assert before == ([file.read_bytes() for file in files], [again.rows(query) for query in asked])
    assert all(before[1])


def lost(ran: Ran) -> None:
    ran.home.landed(members(ran).sha256).unlink()


def changed(ran: Ran) -> None:
    file = ran.home.landed(members(ran).sha256)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"\n")


@pytest.mark.parametrize("harm", [lost, changed])
def test_a_file_as_received_that_is_lost_or_changed_is_named_with_what_to_do_and_nothing_is_published(
    ran: Ran, tmp_path: Path, harm: Callable[[Ran], None]
) -> None:
    harm(ran)
    ran.home.staged("members", members(ran).delivery_id).unlink()
    published = ran.home.warehouse.stat()
    with pytest.raises(NotKept) as failed:
        night(tmp_path)
    place = ran.home.landed(members(ran).sha256).relative_to(ran.home.root)
    for language, remedy in (("zh", "从备份恢复"), ("en", "from the backup")):
        said = told(failed.value, language) or ""
        assert MEMBERS in said and str(place) in said and remedy in said
    assert ran.home.warehouse.stat() == published


def test_and_all_is_well_when_the_same_file_is_sent_again(ran: Ran, tmp_path: Path) -> None:
    lost(ran)
    ran.home.staged("members", members(ran).delivery_id).unlink()
    os.utime(tmp_path / "inbox" / MEMBERS)
    assert night(tmp_path).rows("FROM core.member") == [*ran.rows("FROM core.member")] != []


def test_of_many_lost_files_a_few_are_named_and_all_are_counted() -> None:
    many = NotKept((f"registry/members_2020{month:02}.csv", f"landing/{month}") for month in range(1, 13))
    assert "members_202005.csv" in str(told(many, "zh")) and "members_202006.csv" not in str(told(many, "zh"))
    assert "等12份" in str(told(many, "zh")) and "12 in all" in str(told(many, "en"))


def test_a_ledger_whose_pages_are_damaged_is_told_wherever_it_is_read(ran: Ran, tmp_path: Path) -> None:
    ran.engine.dispose()
    file = tmp_path / "home" / "ledger.sqlite"
    raw = bytearray(file.read_bytes())
    raw[8192:] = b"\xff" * len(raw[8192:])
    file.write_bytes(raw)
    with pytest.raises(BadLedger) as failed:
        all_deliveries(opened(f"sqlite:///{file}"))
    assert str(file) in str(told(failed.value, "zh")) and "已损坏" in str(told(failed.value, "zh"))


# ---- a ledger that is in order, but not for us ----


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A ledger that another program has open as well."""
    file = tmp_path / "ledger.sqlite"
    opened(f"sqlite:///{file}").dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        yield other


def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


@pytest.mark.parametrize("use", [opened, opened_to_read, exists])
def test_a_ledger_of_a_newer_version_is_told_as_such(ledger, tmp_path: Path, use) -> None:
    ledger.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadLedger) as failed:
        use(url(tmp_path))
    assert "更新版本" in str(told(failed.value, "zh")) and "newer version" in str(told(failed.value, "en"))


def test_a_ledger_that_another_program_has_locked_is_waited_for_and_then_told(
    ledger, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(open_, "BUSY_TIMEOUT_MS", 50)
    engine = opened(url(tmp_path))
    ledger.execute("BEGIN IMMEDIATE")
    with pytest.raises(BadLedger) as failed:
        begin(engine, AS_OF, RECEIVED_AT, "test")
    assert "锁定" in str(told(failed.value, "zh")) and "locked" in str(told(failed.value, "en"))
    ledger.execute("ROLLBACK")
    assert begin(engine, AS_OF, RECEIVED_AT, "test")


def test_of_a_night_that_is_not_published_whole_the_ledger_says_nothing(
    ran: Ran, tmp_path: Path, monkeypatch
) -> None:
    """The swap fails at its last moment: verdicts, clues and mail are as they were."""
    monkeypatch.setenv("FFP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FFP_VAULT_KEY_FILE", str(tmp_path / "key"))
    (tmp_path / "key").write_bytes(KEY)
    kept = [table_rows(ran.engine, table) for table in (verdict, clue_night, outbox)]
    published = ran.home.warehouse.stat()
    run_id = begin(ran.engine, AS_OF, RECEIVED_AT, "test")

    def in_the_way(*_: object) -> None:
        raise Outside(HELD)

    monkeypatch.setattr("tasks.night.publish", in_the_way)
    with pytest.raises(Outside):
        build_warehouse.fn(AS_OF + timedelta(days=40), run_id)
    assert [table_rows(ran.engine, table) for table in (verdict, clue_night, outbox)] == kept
    assert ran.home.warehouse.stat() == published
