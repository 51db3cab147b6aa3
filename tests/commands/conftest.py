"""A home after one night of a small dirty city, with a few files of our own; each test has a ledger of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import Engine
from typer.testing import CliRunner

from deployments.cli import app
from deployments.demo import make_city
from expectations.contract import Feed
from expectations.feeds import catalogue
from tasks.settings import CHINA
from tests.night import Ran, keep_newest, run_night
from tests.spec.drawn import number_of
from warehouse.ledger.deliveries import Delivery, all_deliveries
from warehouse.ledger.nights import begin, end
from warehouse.ledger.open import opened

os.environ.setdefault("DO_NOT_TRACK", "1")  # Prefect asks when it is imported
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")

AS_OF = date(2020, 6, 30)
NUMBER = number_of(date(1950, 1, 1), 0)
RELIEF = [("a", "50", "因病"), ("b", "500", "因病"), ("c", "50", ""), ("d", "500", "")]


def older(feed: Feed) -> Feed:
    """The contract of the reliefs as it was: no more than 100 yuan, and no reason needed."""
    changed = {
        "amount": {"maximum": 100},
        "reason": {"required": False},
    }
    return replace(feed, columns=tuple(replace(c, **changed.get(c.name, {})) for c in feed.columns))


def files() -> dict[str, str]:
    """What is in the inbox besides the city's files."""
    deaths = [
        f"{number_of(date(1950, 1, day + 1), 0)},某,{'2020-06-01' if day < 8 else '某日'}"
        for day in range(20)
    ]
    relief = [f"{key},{NUMBER},某,,{reason},{amount},2020-05-01" for key, amount, reason in RELIEF]
    checkup = ["证件号码,姓名,体检日期,体检机构", f"{NUMBER},某,2020-06-01,某院"]
    return {
        "health/deaths_202006.csv": "\n".join(["证件号码,姓名,死亡日期", *deaths]),
        "health/checkups_202006.csv": "\n".join(checkup),
        "health/checkups_202006_2.csv": "\n".join(checkup),
        "health/checkups_201912.csv": "\n".join(line.partition(",")[2] for line in checkup),
        "civil_affairs/relief_202005.csv": "\n".join(
            ["救助编号,证件号码,姓名,申请日期,救助原因,救助金额,发放日期", *relief]
        ),
    }


@dataclass
class Office:
    """Where commands are given."""

    ran: Ran
    inbox: Path
    engine: Engine

    def ffp(self, *words: str, **environment: str) -> Result:
        return CliRunner().invoke(app, list(words), env={"COLUMNS": "200", **environment})

    def delivery(self, path: str) -> Delivery:
        (found,) = [one for one in all_deliveries(self.engine) if one.path == path]
        return found


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ran, Path]]:
    folder = tmp_path_factory.mktemp("office")
    inbox = folder / "inbox"
    make_city(inbox, folder / "truth", households=300, seed=5)
    keep_newest(inbox)
    for path in (inbox / "civil_affairs").iterdir():
        if path.name.startswith(("relief_", "临时救助_")):
            path.unlink()
    for path, content in files().items():
        (inbox / path).write_text(content + "\n", encoding="utf-8")
    engine = (
        opened(f"sqlite:///{folder / 'home' / 'ledger.sqlite'}")
        if (folder / "home").mkdir() is None
        else None
    )
    run_id = begin(engine, AS_OF, datetime.now(CHINA), "test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(catalogue(), "relief", older(catalogue()["relief"]))
        ran = run_night(inbox, folder / "home", AS_OF, with_suites=False)
    end(engine, run_id, datetime.now(CHINA), "published")
    engine.dispose()
    ran.engine.dispose()
    yield ran, inbox


@pytest.fixture
def office(night: tuple[Ran, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    ran, inbox = night
    shutil.copy(ran.home.root / "ledger.sqlite", tmp_path / "ledger.sqlite")
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    for name, value in {
        "HOME": ran.home.root,
        "INBOX": inbox,
        "LEDGER_URL": url,
        "SETTLE_SECONDS": 0,
    }.items():
        monkeypatch.setenv(f"FFP_{name}", str(value))
    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.chdir(tmp_path)
    return Office(ran, inbox, opened(url))
