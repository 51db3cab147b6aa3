"""Mail leaves through a server or into a folder, once, and what a server answers is never kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from reports.message import message, with_attachment
from reports.news import tells_of_trouble
from reports.send import MOST_ATTEMPTS, Delivered, Smtp, deliver
from tests.reports.handmade import AS_OF, NOW, Server, read, text_of
from warehouse.ledger.outbox import Mail, queue, refused_recipients, waiting
from warehouse.ledger.tables import outbox

TO = ("liu@health.example", "ops@city.example")


@pytest.fixture
def mails(engine) -> list[Mail]:
    made = []
    for number, (department, language) in enumerate((("health", "zh"), ("water", "en")), start=1):
        mail_id = f"{number:016x}"
        text = "卫健委：有1份报送被退回。" if language == "zh" else "One delivery was refused."
        body = message(
            mail_id, "防返贫 <ffp@city.example>", TO, f"subject {language}", text, f"<p>{text}</p>", NOW
        )
        made.append(Mail(mail_id, AS_OF, department, TO, body, (f"d{number}:refused:0",)))
    with engine.begin() as connection:
        queue(connection, made, NOW)
    return made


def errors(engine) -> list[str | None]:
    with engine.connect() as connection:
        return list(connection.execute(select(outbox.c.last_error).order_by(outbox.c.mail_id)).scalars())


def test_mail_arrives_in_both_languages(engine, mails, server: Server, tmp_path):
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered(sent=2)
    assert waiting(engine) == []
    assert [text_of(one).strip() for one in server.messages] == [
        "卫健委：有1份报送被退回。",
        "One delivery was refused.",
    ]
    assert "<p>卫健委" in text_of(server.messages[0], "html")
    assert server.recipients == [list(TO), list(TO)]
    assert read(server.messages[0])["From"].addresses[0].addr_spec == "ffp@city.example"


def attached(message: bytes) -> dict[str, bytes]:
    return {part.get_filename(): part.get_content() for part in read(message).iter_attachments()}


def test_a_mail_of_trouble_brings_the_return_slip_of_its_night(engine, mails, server: Server, tmp_path):
    slips = tmp_path / "slips" / str(AS_OF)
    slips.mkdir(parents=True)
    (slips / "health.xlsx").write_bytes(b"the slip")
    deliver(engine, tmp_path, server.smtp, NOW)
    assert [attached(one) for one in server.messages] == [{"health.xlsx": b"the slip"}, {}]
    first = read(server.messages[0])
    assert first["Message-ID"] == f"<{1:016x}@city.example>" and "退回" in text_of(server.messages[0])
    assert with_attachment("a", mails[0].message, slips / "health.xlsx") == with_attachment(
        "a", mails[0].message, slips / "health.xlsx"
    )


@pytest.mark.parametrize(
    ("facts", "is_trouble"),
    [
        (("d:accepted:0",), False),
        (("d:accepted:1",), True),
        (("d:refused:0",), True),
        (("d:refused:0", "d:mended:0"), False),
        (("d:refused:0", "d:mended:0", "e:accepted:2"), True),
        (("d:already_loaded:0",), False),
    ],
)
def test_a_mail_speaks_of_trouble_where_something_is_left_to_correct(facts, is_trouble):
    assert tells_of_trouble(facts) is is_trouble


def test_nothing_is_sent_twice(engine, mails, server: Server, tmp_path):
    deliver(engine, tmp_path, server.smtp, NOW)
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered()
    assert len(server.messages) == 2


def test_mail_waits_while_the_server_is_down_and_leaves_when_it_is_back(
    engine, mails, server: Server, tmp_path
):
    server.stop()
    down = deliver(engine, tmp_path, server.smtp, NOW)
    assert down == Delivered(waiting=2, errors=["ConnectionRefusedError"])
    assert [one.attempts for one in waiting(engine)] == [1, 1]
    assert errors(engine) == ["ConnectionRefusedError"] * 2
    server.start()
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered(sent=2)
    assert len(server.messages) == 2 and errors(engine) == [None, None]


def test_a_refusal_stays_and_its_text_is_not_kept(engine, mails, server: Server, tmp_path):
    server.answer = "451 liu@health.example is over quota"
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered(waiting=2, errors=["SMTPDataError 451"])
    assert errors(engine) == ["SMTPDataError 451"] * 2
    server.answer = "250 OK"
    assert deliver(engine, tmp_path, server.smtp, NOW).sent == 2


def test_one_unknown_recipient_does_not_stop_the_others_and_is_on_record(
    engine, mails, server: Server, tmp_path
):
    server.refused = frozenset({TO[0]})
    partly = "SomeRecipientsRefused 550"
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered(sent=2, errors=[partly])
    assert server.recipients == [[TO[1]], [TO[1]]]
    assert errors(engine) == [partly] * 2
    assert refused_recipients(engine) == [(TO[0], "water", AS_OF)]
    server.refused = frozenset()
    again = replace(mails[0], mail_id="f" * 16)
    with engine.begin() as connection:
        queue(connection, [again], NOW + timedelta(days=1))
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered(sent=1)
    assert refused_recipients(engine) == [], "the address has been corrected"


def test_a_recipient_who_is_put_off_gets_the_mail_later_and_the_others_once(
    engine, mails, server: Server, tmp_path
):
    server.put_off = frozenset({TO[0]})
    for _ in range(2):
        put_off = deliver(engine, tmp_path, server.smtp, NOW)
        assert put_off.sent == 0 and put_off.waiting == len(waiting(engine)) == 2
    assert server.recipients == [[TO[1]], [TO[1]]]
    server.put_off = frozenset()
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered(sent=2)
    assert server.recipients == [[TO[1]], [TO[1]], [TO[0]], [TO[0]]]
    assert errors(engine) == [None, None] and deliver(engine, tmp_path, server.smtp, NOW) == Delivered()


def test_who_was_put_off_and_is_then_refused_is_on_record(engine, mails, server: Server, tmp_path):
    server.put_off = frozenset({TO[0]})
    deliver(engine, tmp_path, server.smtp, NOW)
    server.put_off, server.refused = frozenset(), frozenset({TO[0]})
    assert deliver(engine, tmp_path, server.smtp, NOW).sent == 2
    assert waiting(engine) == [] and server.recipients == [[TO[1]], [TO[1]]]
    assert refused_recipients(engine) == [(TO[0], "water", AS_OF)]


def test_a_mail_that_nobody_may_get_is_given_up_in_the_end(engine, mails, server: Server, tmp_path):
    server.refused = frozenset(TO)
    for _ in range(MOST_ATTEMPTS - 1):
        assert deliver(engine, tmp_path, server.smtp, NOW).waiting == 2
    last = deliver(engine, tmp_path, server.smtp, NOW)
    assert last == Delivered(given_up=2, errors=["SMTPRecipientsRefused 550"])
    assert deliver(engine, tmp_path, server.smtp, NOW) == Delivered()


def test_a_server_that_shuts_us_out_says_nothing_of_the_mail(engine, mails, server: Server, tmp_path):
    """The password is wrong: a setting of ours, so no mail is ever given up for it."""
    locked = Smtp(server.smtp.host, server.smtp.port, "ffp", "secret", timeout_seconds=5)
    for _ in range(MOST_ATTEMPTS + 1):
        assert deliver(engine, tmp_path, locked, NOW).waiting == 2
    assert errors(engine) == ["SMTPAuthenticationError 535"] * 2
    assert "secret" not in repr(locked)


def test_starttls_is_asked_for(engine, mails, server: Server, tmp_path):
    wanting = Smtp(server.smtp.host, server.smtp.port, starttls=True, timeout_seconds=5)
    assert deliver(engine, tmp_path, wanting, NOW) == Delivered(waiting=2, errors=["SMTPNotSupportedError"])
    assert server.messages == []


@pytest.mark.parametrize("smtp", [None, Smtp("")])
def test_without_a_server_mail_is_written_into_the_folder(engine, mails, tmp_path, smtp):
    assert deliver(engine, tmp_path, smtp, NOW) == Delivered(written=2)
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.name for path in files] == [f"2020-06-30-{m.department}-{m.mail_id}.eml" for m in mails]
    assert [path.read_bytes() for path in files] == [m.message for m in mails]
    assert deliver(engine, tmp_path, smtp, NOW) == Delivered()
    assert sorted((tmp_path / "mail").iterdir()) == files


def test_a_department_cannot_lead_out_of_the_folder(engine, tmp_path):
    with engine.begin() as connection:
        queue(connection, [Mail("f" * 16, AS_OF, "../x", TO, b"Subject: x\r\n\r\n", ())], NOW)
    deliver(engine, tmp_path, None, NOW)
    assert [path.name for path in (tmp_path / "mail").iterdir()] == [f"2020-06-30-___x-{'f' * 16}.eml"]


def test_the_same_arguments_make_the_same_bytes():
    first, again = (message("a" * 16, "f@c.example", TO, "s", "t", "<p>t</p>", NOW) for _ in range(2))
    assert first == again
    mail = read(first)
    assert isinstance(mail, EmailMessage) and mail["Message-ID"] == f"<{'a' * 16}@c.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert first.isascii()


def test_a_subject_stays_one_line():
    made = message("a" * 16, "f@c.example", TO, "a\r\nBcc: spy@x.example", "t", "<p>t</p>", NOW)
    assert read(made)["Bcc"] is None
