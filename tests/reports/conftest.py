"""A ledger, a mail server and a tiny published warehouse with its vault."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import Engine

from reports.send import Smtp
from tests.reports.handmade import Ledger, Published, Server
from warehouse.home import Home
from warehouse.ledger.open import opened


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger at the newest revision, made once."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    opened(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def engine(empty_ledger: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(empty_ledger, tmp_path)
    found = opened(f"sqlite:///{tmp_path / empty_ledger.name}")
    yield found
    found.dispose()


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine)


def _nobody(*_login: object) -> AuthResult:
    return AuthResult(success=False, handled=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running: list[Controller] = []

    def start() -> None:
        controller = Controller(
            found, hostname="127.0.0.1", port=port, authenticator=_nobody, auth_require_tls=False
        )
        controller.start()
        running.append(controller)

    def stop() -> None:
        while running:
            running.pop().stop()

    found = Server(Smtp("127.0.0.1", port, timeout_seconds=5), start, stop)
    start()
    yield found
    stop()


@pytest.fixture
def published(tmp_path: Path) -> Published:
    found = Published(Home(tmp_path / "home"))
    for code, name, level in (
        ("410184", "新郑市", "县"),
        ("410184100", "东街道", "乡"),
        ("410184101", "西镇", "乡"),
        ("410184100200", "王庄村", "村"),
        ("410184100201", "李庄村", "村"),
        ("410184101200", "赵庄村", "村"),
    ):
        found.add("core.division", division_code=code, division_name=name, level=level)
    return found
