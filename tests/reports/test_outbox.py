"""The outbox tells each fact once, together with the verdicts or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from tests.reports.handmade import AS_OF, NOW
from warehouse.ledger.outbox import Mail, already_told, mark_failed, mark_sent, queue, waiting
from warehouse.ledger.tables import metadata, outbox


def mail(
    mail_id: str = "a" * 16, department: str = "health", about: tuple[str, ...] = ("d1:refused:0",)
) -> Mail:
    return Mail(mail_id, AS_OF, department, ("a@b.example", "c@d.example"), b"Subject: x\r\n\r\ny", about)


def put(engine, *mails: Mail) -> int:
    with engine.begin() as connection:
        return queue(connection, mails, NOW)


def column(engine, name: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.execute(select(outbox.c[name]).order_by(outbox.c.mail_id)).scalars())


def test_a_mail_comes_back_as_it_was_queued(engine):
    assert put(engine, mail()) == 1
    assert waiting(engine) == [mail()]


def test_queueing_again_changes_nothing(engine):
    put(engine, mail())
    assert put(engine, mail(about=("other:refused:0",)), mail("b" * 16), mail("b" * 16)) == 1
    assert [one.mail_id for one in waiting(engine)] == ["a" * 16, "b" * 16]
    assert waiting(engine)[0].about == ("d1:refused:0",)


def test_nothing_is_queued_when_the_callers_transaction_fails(engine):
    with pytest.raises(RuntimeError), engine.begin() as connection:
        queue(connection, [mail()], NOW)
        raise RuntimeError("the verdicts could not be written")
    assert waiting(engine) == [] and already_told(engine) == set()


def test_what_was_told_is_known_whether_the_mail_has_left_or_not(engine):
    put(engine, mail(about=("d1:refused:0", "d2:accepted:3")), mail("b" * 16, about=("d3:accepted:1",)))
    mark_sent(engine, "a" * 16, NOW)
    mark_failed(engine, "b" * 16, "ConnectionRefusedError", is_for_good=True)
    assert already_told(engine) == {"d1:refused:0", "d2:accepted:3", "d3:accepted:1"}


def test_a_mail_that_was_sent_or_given_up_no_longer_waits(engine):
    put(engine, mail(), mail("b" * 16), mail("c" * 16))
    mark_sent(engine, "a" * 16, NOW)
    mark_failed(engine, "b" * 16, "SMTPDataError 554", is_for_good=True)
    assert [one.mail_id for one in waiting(engine)] == ["c" * 16]


def test_a_failure_is_counted_and_kept_by_its_kind(engine):
    put(engine, mail())
    mark_failed(engine, "a" * 16, "x" * 200)
    mark_failed(engine, "a" * 16, "ConnectionRefusedError")
    assert waiting(engine)[0].attempts == 2
    assert column(engine, "last_error") == ["ConnectionRefusedError"]
    mark_sent(engine, "a" * 16, NOW)
    assert column(engine, "last_error") == [None] and column(engine, "attempts") == [3]


def test_the_migration_makes_the_table_that_the_code_knows(engine):
    made = {one["name"]: one["nullable"] for one in inspect(engine).get_columns("outbox")}
    assert made == {one.name: one.nullable for one in metadata.tables["outbox"].columns}
