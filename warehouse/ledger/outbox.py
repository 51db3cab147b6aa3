"""The outbox: mail is written here together with the facts that it tells, and leaves later.

A mail queued inside the transaction that records a night's verdicts exists exactly when they do. What an
earlier mail has told is read from the same table: a night run twice, or an old problem, mails nobody again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.ledger.tables import outbox

ERROR_LENGTH = 80  # of the column


@dataclass(frozen=True)
class Mail:
    """One message, ready to be handed to a mail server."""

    mail_id: str
    as_of: date
    department: str
    recipients: tuple[str, ...]
    message: bytes
    about: tuple[str, ...]
    attempts: int = 0
    deferred: tuple[str, ...] = ()  # who still waits for it, where others have it
    refused: tuple[str, ...] = ()

    @property
    def still_to(self) -> tuple[str, ...]:
        """Whom it has to reach yet."""
        return self.deferred or self.recipients


def queue(connection: Connection, mails: Iterable[Mail], created_at: datetime) -> int:
    """Write mails in the caller's transaction, each mail_id once; returns how many are new."""
    known = set(connection.execute(select(outbox.c.mail_id)).scalars())
    new = {mail.mail_id: mail for mail in mails if mail.mail_id not in known}
    rows = [
        {
            "mail_id": mail.mail_id,
            "as_of": mail.as_of,
            "department": mail.department,
            "recipients": list(mail.recipients),
            "message": mail.message,
            "about": list(mail.about),
            "created_at": created_at,
        }
        for mail in new.values()
    ]
    if rows:
        connection.execute(insert(outbox), rows)
    return len(rows)


def already_told(engine: Engine) -> set[str]:
    """Every fact that a mail has told, sent or waiting."""
    with engine.connect() as connection:
        return {fact for about in connection.execute(select(outbox.c.about)).scalars() for fact in about}


def told_first_since(engine: Engine, at: datetime) -> set[str]:
    """The facts that no mail queued before has told."""
    asked = select(outbox.c.about, outbox.c.created_at >= at)
    since: dict[bool, set[str]] = {False: set(), True: set()}
    with engine.connect() as connection:
        for about, is_since in connection.execute(asked):
            since[bool(is_since)].update(about)
    return since[True] - since[False]


def waiting(engine: Engine) -> list[Mail]:
    """The mails that have not left, oldest first; those given up are not among them."""
    columns = [outbox.c[name] for name in Mail.__dataclass_fields__]
    query = (
        select(*columns)
        .where(outbox.c.sent_at.is_(None), outbox.c.is_failed_for_good.is_(False))
        .order_by(outbox.c.as_of, outbox.c.department, outbox.c.mail_id)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    lists = ("recipients", "about", "deferred", "refused")
    return [Mail(**{**row._mapping, **{name: tuple(row._mapping[name]) for name in lists}}) for row in rows]


def mark_sent(
    engine: Engine, mail_id: str, sent_at: datetime, refused: Sequence[str] = (), kind: str | None = None
) -> None:
    """The server took the mail, but for those recipients whom it refuses for good; `kind` names that error."""
    _mark(engine, mail_id, sent_at=sent_at, deferred=[], refused=list(refused), last_error=kind)


def mark_deferred(
    engine: Engine, mail_id: str, deferred: Sequence[str], refused: Sequence[str], kind: str
) -> None:
    """The server took the mail for some and put others off: only those are tried again."""
    _mark(engine, mail_id, deferred=list(deferred), refused=list(refused), last_error=kind)


def mark_failed(engine: Engine, mail_id: str, kind: str, is_for_good: bool = False) -> None:
    """The mail did not leave. `kind` names the error: the text of an answer may quote an address."""
    _mark(engine, mail_id, last_error=kind, is_failed_for_good=is_for_good)


def _mark(engine: Engine, mail_id: str, **values: object) -> None:
    one_more = outbox.c.attempts + 1
    kind = values.pop("last_error", None)
    values["last_error"] = str(kind)[:ERROR_LENGTH] if kind else None
    with engine.begin() as connection:
        connection.execute(
            update(outbox).where(outbox.c.mail_id == mail_id).values(attempts=one_more, **values)
        )


def refused_recipients(engine: Engine) -> list[tuple[str, str, date]]:
    """(recipient, department, night) whose last mail the server has refused for good, in order."""
    columns = (
        outbox.c.recipients,
        outbox.c.refused,
        outbox.c.is_failed_for_good,
        outbox.c.department,
        outbox.c.as_of,
    )
    query = select(*columns).order_by(outbox.c.as_of, outbox.c.created_at, outbox.c.mail_id)
    last: dict[str, tuple[str, str, date] | None] = {}
    with engine.connect() as connection:
        for recipients, refused, is_given_up, department, as_of in connection.execute(query):
            for one in recipients:
                last[one] = (one, department, as_of) if is_given_up or one in refused else None
    return sorted(found for found in last.values() if found)
