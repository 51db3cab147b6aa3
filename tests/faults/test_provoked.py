"""Each step of a night, made to fail on the canary by itself: what leaves it, what it logs and keeps.

A small home of the canary's own, and the tasks' functions without Prefect; test_canary.py has both with it.
"""

from __future__ import annotations

import importlib
import logging
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from python_calamine import CalamineError

from expectations.checks import Check, Null
from expectations.conditions import checks_of
from tasks.edge import Failed, value_free
from tasks.intake import receive_files, take_in
from tasks.night import build_warehouse, send_mail, write_lists
from tests.faults.broken_night import AS_OF
from tests.faults.canary import CANARY
from tests.faults.planting import delimited, table_of, workbook
from tests.faults.provoked import BOOKS, FEED, everything_waits, reader_of_books, steps
from tests.faults.scanner import Scanner
from warehouse.home import Home
from warehouse.ledger.deliveries import all_deliveries
from warehouse.ledger.open import opened
from warehouse.ledger.outbox import Mail, queue, waiting

SCANNER = Scanner(CANARY.values)
STEPS = steps(AS_OF)
FEEDS = {"registry/divisions": "2020", "registry/households": "202006", "registry/members": "202006"}
NOW = datetime(2020, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with the canary's household in it, after one night without mistakes."""
    folder = tmp_path_factory.mktemp("small")
    for name, period in FEEDS.items():
        path = folder / "inbox" / f"{name}_{period}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(delimited(table_of(path.parent.name and name.split("/")[1], period)), encoding="gb18030")
    civil, health = folder / "inbox" / "civil_affairs", folder / "inbox" / "health"
    for department in (civil, health):
        department.mkdir()
    (civil / "relief_202006.xlsx").write_bytes(workbook({CANARY.name: table_of(BOOKS, "202006")}))
    (health / f"{CANARY.name}.csv").write_text(CANARY.all_told, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FFP_HOME", str(folder / "home"))
        patch.setenv("FFP_INBOX", str(folder / "inbox"))
        patch.setenv("FFP_SETTLE_SECONDS", "0")
        receive_files.fn()
        for feed in (*(name.split("/")[1] for name in FEEDS), BOOKS):
            take_in.fn(feed)
        build_warehouse.fn(AS_OF, "run")
        write_lists.fn(AS_OF)
        send_mail.fn()
        yield Home(folder / "home")


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Every package says all it can."""
    caplog.set_level(logging.DEBUG)


def ledger(home: Home) -> str:
    return f"sqlite:///{home.root}/ledger.sqlite"


def engine(home: Home) -> Any:
    return opened(ledger(home))


def is_silent(home: Home, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> bool:
    """No value in the logs, on the streams, in the ledger and among the mails."""
    out, err = capfd.readouterr()
    ledgers = sorted(home.root.glob("ledger.sqlite*"))
    found = SCANNER.scan(caplog.text, out, err, *ledgers, home.outbox / "mail")
    assert found == []
    return not found


@pytest.mark.parametrize("name", STEPS)
def test_what_leaves_a_step_holds_no_value(name, home, monkeypatch, caplog, capfd) -> None:
    one = STEPS[name]
    module, task = one.task.split(":")
    guarded: Callable[..., Any] = getattr(importlib.import_module(module), task).fn
    with engine(home).begin() as connection:
        queue(connection, [mail(0)], NOW)
    one.spoil(monkeypatch)
    with pytest.raises(BaseException) as raw:  # noqa: B017
        guarded.__wrapped__(*one.arguments)
    assert SCANNER.scan(raw.value), "the error itself must hold the canary"
    caplog.clear()
    with pytest.raises(Exception, match=one.said) as left:
        guarded(*one.arguments)
    assert SCANNER.scan(left.value) == []
    assert left.value.__cause__ is left.value.__context__ is None
    assert is_silent(home, caplog, capfd)


def test_a_check_that_stumbles_over_a_value_says_only_that_it_could_not_run(
    home, monkeypatch, caplog, capfd
) -> None:
    """Great Expectations keeps the database's error, with the value, in its result and would log it."""
    words = {"zh": "甲", "en": "a", "mend_zh": "乙", "mend_en": "b"}
    hard = Check(name="hard_cast", test=Null("CAST(name AS INTEGER)"), columns=("name",), **words)
    monkeypatch.setattr("warehouse.ingest.checks_of", lambda feed: (*checks_of(feed), hard))
    take_in.fn(FEED)
    (one,) = [one for one in all_deliveries(engine(home)) if one.feed_name == FEED]
    assert one.refusals == (("check_could_not_run", f"{FEED}.hard_cast"),)
    assert is_silent(home, caplog, capfd)


def test_a_workbook_that_the_reader_refuses_is_refused_without_its_words(
    home, monkeypatch, caplog, capfd
) -> None:
    reader_of_books(CalamineError(CANARY.all_told))(monkeypatch)
    take_in.fn(BOOKS)
    (one,) = [one for one in all_deliveries(engine(home)) if one.feed_name == BOOKS]
    assert one.refusals == (("workbook_unreadable", "CalamineError"),)
    assert is_silent(home, caplog, capfd)


def test_an_interruption_passes() -> None:
    """Prefect and the system stop a step by errors that are no Exception."""

    @value_free
    def stopped() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()


def test_a_failure_says_what_it_was_and_where() -> None:
    @value_free
    def step() -> int:
        return int(CANARY.name)

    with pytest.raises(Failed, match=r"^step: ValueError at tests/faults/test_provoked\.py:\d+$"):
        step()


# ---- mail servers that repeat what they were told ----

TOLD = f"{CANARY.name} {CANARY.number} <{CANARY.phone}@city.example>"


def mail(number: int) -> Mail:
    text = b"From: ffp@city.example\r\nSubject: x\r\n\r\nx"
    return Mail(f"{number:016}", AS_OF, "health", ("a@city.example", "b@city.example"), text, ())


class Talkative:
    """Refuses at one point of the conversation and says of whom."""

    def __init__(self, at: str) -> None:
        self.at = at

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return f"550 no mail about {TOLD}" if self.at == "sender" else "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at == "recipients" or (self.at == "one recipient" and address.startswith("a@")):
            return f"550 {TOLD} is not known here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return f"554 {TOLD} is over quota" if self.at == "data" else "250 OK"


class Shut(SMTP):
    """Greets with a refusal."""

    async def push(self, status: str) -> None:
        await super().push(f"554 not for {TOLD}" if status.startswith("220") else status)


class Server(Controller):
    def factory(self) -> SMTP:
        made = Shut if self.handler.at == "greeting" else SMTP
        return made(self.handler, enable_SMTPUTF8=True)

    def _trigger_server(self) -> None:
        """Begun by the first connection, which is ours: the greeting may be a refusal."""


ANSWERS = {
    "greeting": {"waiting": 1, "last_error": "SMTPConnectError 554"},
    "sender": {"waiting": 1, "last_error": "SMTPSenderRefused 550"},
    "recipients": {"waiting": 1, "last_error": "SMTPRecipientsRefused 550"},
    "one recipient": {"sent": 1, "last_error": "SomeRecipientsRefused"},
    "data": {"waiting": 1, "last_error": "SMTPDataError 554"},
    "nobody there": {"waiting": 1, "last_error": "ConnectionRefusedError"},
}


@pytest.mark.parametrize("at", ANSWERS)
def test_what_a_mail_server_answers_is_not_repeated(at, home, monkeypatch, caplog, capfd) -> None:
    send_mail.fn()  # what other tests have left
    number = 1 + list(ANSWERS).index(at)
    with engine(home).begin() as connection:
        queue(connection, [mail(number)], NOW)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("FFP_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("FFP_SMTP_PORT", str(port))
    server = None if at == "nobody there" else Server(Talkative(at), hostname="127.0.0.1", port=port)
    if server:
        server.start()
    try:
        told = send_mail.fn()
    finally:
        if server:
            server.stop()
    expected = dict(ANSWERS[at])
    assert last_error(home, number) == expected.pop("last_error")
    assert told == {"sent": 0, "written": 0, "waiting": 0} | expected
    assert is_silent(home, caplog, capfd)


def last_error(home: Home, number: int) -> str:
    from warehouse.ledger.deliveries import table_rows
    from warehouse.ledger.tables import outbox

    return next(row["last_error"] for row in table_rows(engine(home), outbox) if row["mail_id"] == f"{number:016}")
