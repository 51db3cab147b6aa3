"""Each step of a night, made to fail on the canary by itself: what leaves it, what it logs and keeps.

A small home of the canary's own, and the tasks' functions without Prefect; test_canary.py has both with it.
"""

from __future__ import annotations

import importlib
import logging
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from python_calamine import CalamineError
from sqlalchemy import Engine

from expectations.checks import Check, Null
from expectations.conditions import checks_of
from expectations.feeds import catalogue
from reports.contacts import BadContacts, read_contacts
from tasks.edge import Failed, value_free
from tasks.intake import receive_files, take_in
from tasks.night import build_warehouse, send_mail, write_lists, write_slips
from tests.faults.broken_night import AS_OF
from tests.faults.canary import CANARY
from tests.faults.planting import delimited, table_of, workbook
from tests.faults.provoked import BOOKS, FEED, PanicException, reader_of_books, steps
from tests.faults.scanner import Leak, Scanner
from warehouse.home import Home
from warehouse.ledger.deliveries import all_deliveries, table_rows
from warehouse.ledger.open import opened
from warehouse.ledger.outbox import Mail, queue
from warehouse.ledger.tables import outbox

SCANNER = Scanner(CANARY.values)
STEPS = steps(AS_OF)
FEEDS = {"divisions": "2020", "households": "202006", FEED: "202006", BOOKS: "202006"}
NOW = datetime(2020, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with the canary's household in it, after one night without mistakes."""
    folder = tmp_path_factory.mktemp("small")
    found = Home(folder / "home")
    found.make()
    for name, period in FEEDS.items():
        place = folder / "inbox" / catalogue()[name].department
        place.mkdir(parents=True, exist_ok=True)
        text = delimited(table_of(name, period)).encode("gb18030")
        if name == BOOKS:
            (place / f"{name}_{period}.xlsx").write_bytes(workbook({CANARY.name: table_of(name, period)}))
        else:
            (place / f"{name}_{period}.csv").write_bytes(text)
        (place / f"{CANARY.name}.csv").write_bytes(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FFP_HOME", str(found.root))
        patch.setenv("FFP_INBOX", str(folder / "inbox"))
        patch.setenv("FFP_SETTLE_SECONDS", "0")
        receive_files.fn()
        for name in FEEDS:
            take_in.fn(name)
        build_warehouse.fn(AS_OF, "run")
        write_lists.fn(AS_OF)
        write_slips.fn(AS_OF)
        send_mail.fn()
        yield found


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Every package says all it can, but the mail server of the tests, which is not ours."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.CRITICAL, logger="mail.log")


def engine(home: Home) -> Engine:
    return opened(f"sqlite:///{home.root}/ledger.sqlite")


def leaks(home: Home, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> list[Leak]:
    """Values in the logs, on the streams, in the ledger and among the mails."""
    return SCANNER.scan(caplog.text, *capfd.readouterr(), home.root / "ledger.sqlite", home.outbox / "mail")


@pytest.mark.parametrize("name", STEPS)
def test_what_leaves_a_step_holds_no_value(name, home, monkeypatch, caplog, capfd) -> None:
    one = STEPS[name]
    module, task = one.task.split(":")
    guarded: Callable[..., Any] = getattr(importlib.import_module(module), task).fn
    with engine(home).begin() as connection:
        queue(connection, [mail(0)], NOW)
    one.spoil(monkeypatch)
    with pytest.raises(BaseException) as raw:
        guarded.__wrapped__(*one.arguments)
    assert SCANNER.scan(raw.value), "the error itself must hold the canary"
    caplog.clear()
    with pytest.raises(Exception, match=one.said) as left:
        guarded(*one.arguments)
    assert SCANNER.scan(left.value) == []
    assert left.value.__cause__ is left.value.__context__ is None
    assert leaks(home, caplog, capfd) == []


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
    assert leaks(home, caplog, capfd) == []


@pytest.mark.parametrize("kind", [CalamineError, ValueError, PanicException])
def test_a_workbook_on_which_the_reader_fails_is_refused_without_its_words(
    kind, home, monkeypatch, caplog, capfd
) -> None:
    reader_of_books(kind(CANARY.all_told))(monkeypatch)
    take_in.fn(BOOKS)
    (one,) = [one for one in all_deliveries(engine(home)) if one.feed_name == BOOKS]
    assert one.refusals == (("workbook_unreadable", kind.__name__),)
    assert leaks(home, caplog, capfd) == []


def test_a_contacts_file_is_faulted_without_what_stands_in_it(tmp_path) -> None:
    """Its errors are in our own words, so they pass the edge as they are."""
    path = tmp_path / "contacts.yaml"
    told = {
        CANARY.name: [CANARY.phone],
        "engineers": [CANARY.name],
        "departments": {CANARY.head_name: CANARY.phone},
    }
    for text in (yaml.safe_dump(told, allow_unicode=True), f"{CANARY.name}: [", CANARY.all_told):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadContacts) as caught:
            read_contacts(path)
        assert SCANNER.scan(str(caught.value)) == []


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
    """A mail server that answers in UTF-8."""

    def factory(self) -> SMTP:
        made = Shut if self.handler.at == "greeting" else SMTP
        return made(self.handler, enable_SMTPUTF8=True)


ANSWERS = {
    "greeting": {"waiting": 1, "last_error": "SMTPConnectError 554"},
    "sender": {"waiting": 1, "last_error": "SMTPSenderRefused 550"},
    "recipients": {"waiting": 1, "last_error": "SMTPRecipientsRefused 550"},
    "one recipient": {"sent": 1, "last_error": "SomeRecipientsRefused 550"},
    "data": {"waiting": 1, "last_error": "SMTPDataError 554"},
    "nobody there": {"waiting": 1, "last_error": "ConnectionRefusedError"},
}


@pytest.mark.parametrize("at", ANSWERS)
def test_what_a_mail_server_answers_is_not_repeated(at, home, monkeypatch, caplog, capfd) -> None:
    send_mail.fn()  # what other tests have left
    number = 1 + list(ANSWERS).index(at)
    with engine(home).begin() as connection:
        queue(connection, [mail(number)], NOW)
    port = free_port()
    monkeypatch.setenv("FFP_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("FFP_SMTP_PORT", str(port))
    server = Server(Talkative(at), hostname="127.0.0.1", port=port)
    if at != "nobody there":
        server.start()
    try:
        told = send_mail.fn()
    finally:
        server.stop(no_assert=True)
    expected = dict(ANSWERS[at])
    assert last_error(home, number) == expected.pop("last_error")
    assert told == {"sent": 0, "written": 0, "waiting": 0} | expected
    assert leaks(home, caplog, capfd) == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_error(home: Home, number: int) -> str:
    rows = table_rows(engine(home), outbox)
    return next(row["last_error"] for row in rows if row["mail_id"] == f"{number:016}")
