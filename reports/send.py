"""Hands the waiting mail to a mail server, or writes it into a folder where no server is set.

A mail is marked sent only after the server took it; when a process is killed between the two it goes out
again, under the same Message-ID. Of one mail some recipients may be put off: later only those get it. Errors are
kept by their kind alone: an answer may quote an address.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

from sqlalchemy import Engine

from warehouse.ledger.outbox import Mail, mark_deferred, mark_failed, mark_sent, waiting

MOST_ATTEMPTS = 10  # after so many a mail that the server refuses for good is given up
PERMANENT = 500  # SMTP answers from here on are no passing trouble
Answers = Mapping[str, tuple[int, bytes]]
EXPECTED = (OSError, smtplib.SMTPException, ValueError)  # ValueError: an address outside ASCII


@dataclass(frozen=True)
class Smtp:
    """A mail server and how to talk to it."""

    host: str
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    timeout_seconds: float = 30


@dataclass
class Delivered:
    """What became of the mails of one call; `errors` are kinds of errors, each once."""

    sent: int = 0
    written: int = 0
    waiting: int = 0
    given_up: int = 0
    errors: list[str] = field(default_factory=list)


def deliver(engine: Engine, outbox_folder: Path, smtp: Smtp | None, now: datetime) -> Delivered:
    """Send what waits, or write it to `<outbox_folder>/mail/`; a server's faults are counted, not raised."""
    done = Delivered()
    listed = [_with_slip(mail, outbox_folder) for mail in waiting(engine)]
    if smtp is None or not smtp.host:
        for mail in listed:
            _write(outbox_folder / "mail", mail)
            mark_sent(engine, mail.mail_id, now)
            done.written += 1
        return done
    for place, mail in enumerate(listed):
        if not _is_handed_over(engine, smtp, mail, now, done):
            for other in listed[place + 1 :]:
                mark_failed(engine, other.mail_id, done.errors[-1])
            done.waiting += len(listed) - place - 1
            break
    return done


def _with_slip(mail: Mail, outbox_folder: Path) -> Mail:
    """A mail that speaks of trouble brings the return slip of its night along; the slip holds no value of a row."""
    from reports.message import with_attachment  # the settings need this module, and are read in a blink
    from reports.news import tells_of_trouble

    slip = outbox_folder / "slips" / str(mail.as_of) / f"{mail.department}.xlsx"
    if not (tells_of_trouble(mail.about) and slip.is_file()):
        return mail
    return replace(mail, message=with_attachment(mail.mail_id, mail.message, slip))


def _write(folder: Path, mail: Mail) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{mail.as_of}-{re.sub(r'[^A-Za-z0-9_]', '_', mail.department)}-{mail.mail_id}.eml"
    partial = folder / f".{name}.part"
    partial.write_bytes(mail.message)
    os.replace(partial, folder / name)


def _is_handed_over(engine: Engine, smtp: Smtp, mail: Mail, now: datetime, done: Delivered) -> bool:
    """Offer one mail over a connection of its own; False when there is no server to offer it to."""
    try:
        server = _connected(smtp)
    except EXPECTED as error:
        _failed(engine, mail, error, done, may_give_up=False)
        return False
    try:
        _taken(engine, mail, _answers(server, mail), now, done)
    except EXPECTED as error:
        _failed(engine, mail, error, done, may_give_up=True)
    finally:
        _closed(server)
    return True


def _answers(server: smtplib.SMTP, mail: Mail) -> Answers:
    """The recipients that the server did not take, with its codes; smtplib's errors where it took none of a mail
    that nobody has yet."""
    try:
        return server.sendmail(_sender(mail), list(mail.still_to), mail.message)
    except smtplib.SMTPRecipientsRefused as error:
        if not mail.deferred:
            raise
        return error.recipients


def _taken(engine: Engine, mail: Mail, answers: Answers, now: datetime, done: Delivered) -> None:
    """Who was put off is tried again another night; who is refused for good is on record."""
    codes = {one: answers[one][0] for one in mail.still_to if one in answers}
    deferred = [one for one, code in codes.items() if code < PERMANENT]
    refused = [*mail.refused, *(one for one in codes if one not in deferred)]
    kind = " ".join(["SomeRecipientsRefused", *map(str, sorted(set(codes.values())))]) if codes else None
    if deferred:
        mark_deferred(engine, mail.mail_id, deferred, refused, str(kind))
        done.waiting += 1
    else:
        mark_sent(engine, mail.mail_id, now, refused, kind)
        done.sent += 1
    _note(done, kind)


def _connected(smtp: Smtp) -> smtplib.SMTP:
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=smtp.timeout_seconds)
    try:
        if smtp.starttls:
            server.starttls(context=ssl.create_default_context())
        if smtp.user:
            server.login(smtp.user, smtp.password)
    except BaseException:
        server.close()
        raise
    return server


def _closed(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except EXPECTED:
        server.close()


def _sender(mail: Mail) -> str:
    return parseaddr(str(message_from_bytes(mail.message)["From"]))[1]


def _failed(engine: Engine, mail: Mail, error: Exception, done: Delivered, may_give_up: bool) -> None:
    """`may_give_up`: the mail itself was refused; a server that is away or shut to us says nothing of it."""
    is_for_good = may_give_up and _is_permanent(error) and mail.attempts + 1 >= MOST_ATTEMPTS
    mark_failed(engine, mail.mail_id, _kind(error), is_for_good)
    done.given_up += is_for_good
    done.waiting += not is_for_good
    _note(done, _kind(error))


def _note(done: Delivered, kind: str | None) -> None:
    if kind and kind not in done.errors:
        done.errors.append(kind)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPResponseException):
        return [error.smtp_code]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return sorted({code for code, _ in error.recipients.values()})
    return []


def _kind(error: Exception) -> str:
    """The class of the error and the server's code: 'SMTPDataError 554'."""
    return " ".join([type(error).__name__, *(str(code) for code in _codes(error))])


def _is_permanent(error: Exception) -> bool:
    codes = _codes(error)
    return bool(codes) and min(codes) >= PERMANENT
