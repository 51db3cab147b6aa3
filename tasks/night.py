"""Tasks of a night, after the files are in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from importlib.metadata import version

from reports import slips
from reports.alerts import alerts, held_rows, next_due
from reports.contacts import Contacts, read_contacts
from reports.news import fact
from reports.send import deliver
from reports.worklists import write_worklists
from tasks.alone import alone
from tasks.progress import note, unbroken
from tasks.settings import CHINA, Settings, settings
from tasks.steps import step
from warehouse.build import Built, Night, build
from warehouse.judge import as_rows
from warehouse.ledger import nights
from warehouse.ledger.decisions import standing
from warehouse.ledger.deliveries import all_deliveries, record_verdicts, table_rows
from warehouse.ledger.nights import (
    FAILED,
    PUBLISHED,
    begin,
    closed_clues,
    end,
    open_clues,
    record_clues,
    record_held,
)
from warehouse.ledger.open import opened
from warehouse.ledger.outbox import Mail, already_told, queue
from warehouse.ledger.tables import expectation_result, held_lines
from warehouse.publish import publish, require_no_writer


@step("begin", "begin-{as_of}", retries=2)
def begin_night(as_of: date) -> str:
    """Note the night in the ledger; returns its run_id."""
    return begin(opened(settings().ledger), as_of, datetime.now(CHINA), version("fangfanpin"))


@step("build", "build-{as_of}", retries=1)
def build_warehouse(as_of: date, run_id: str) -> dict[str, int]:
    """Judge, merge, measure, compare and publish; returns the count of deliveries by verdict."""
    now = settings()
    engine = opened(now.ledger)
    contacts = read_contacts(now.contacts_file)  # a file that cannot be read must not stop a night half-way
    run = {"run_id": run_id, "as_of": as_of, "code_version": version("fangfanpin"), "outcome": PUBLISHED}
    with alone(now.places.root, "build"):
        require_no_writer(now.places)  # before an hour's work, and again when it takes their place
        decided = standing(engine)
        night = Night(
            as_of=as_of,
            region=now.region,
            # one that a separate `ffp ingest` is reading just now is for the next night
            deliveries=[one for one in all_deliveries(engine) if one.contract or one.refusals],
            accepted_by_name=decided.accepted,
            withdrawn=decided.withdrawn,
            expectation_results=table_rows(engine, expectation_result),
            open_clues=open_clues(engine, as_of),
            closed_clues=closed_clues(engine, as_of),
            held_lines=table_rows(engine, held_lines),
            vault_key=now.vault_key(),
            run={**run, "started_at": datetime.now(CHINA), "ended_at": None},
            threads=now.threads,
            memory_bytes=now.memory_limit,
        )
        built = build(now.places, night)
        told = already_told(engine)
        mails = _alerts(now, built, as_of, told, contacts)
        with engine.connect() as connection:
            record_verdicts(connection, as_rows(built.verdicts))
            record_held(connection, built.held_lines)
            record_clues(connection, as_of, built.clues)
            queue(connection, mails, datetime.now(CHINA))
            nights.publish(connection, run_id)
            with unbroken():  # all that the night says is in the ledger, or nothing is published
                publish(now.places)
                note(is_published=True)
                connection.commit()
    news = sum(one.verdict == "refused" and fact(one) not in told for one in built.verdicts)
    counts: dict[str, int] = {"newly_refused": news}
    for one in built.verdicts:
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    return counts


def _alerts(now: Settings, built: Built, as_of: date, told: set[str], contacts: Contacts) -> list[Mail]:
    """One mail a department with what is new to it: trouble, what has been mended, receipts."""
    return alerts(
        built.verdicts,
        held_rows(now.places.built),
        told,
        contacts,
        as_of=as_of,
        now=datetime.now(CHINA),
        sender=now.mail_from,
        language=now.language,
        due=next_due(now.places.built),
    )


@step("work-lists", "work-lists-{as_of}")
def write_lists(as_of: date) -> int:
    """Write the villages' work lists; returns how many towns got one."""
    now = settings()
    return len(write_worklists(now.places, as_of, now.language))


@step("slips", "slips-{as_of}")
def write_slips(as_of: date) -> int:
    """Write the departments' return slips; returns how many."""
    now = settings()
    return len(slips.write_slips(now.places, opened(now.ledger), as_of, now.language))


@step("send-mail", "send-mail")
def send_mail() -> dict[str, int]:
    """Send what waits in the outbox; what the server does not take stays there for the next night."""
    now = settings()
    told = deliver(opened(now.ledger), now.places.outbox, now.smtp, datetime.now(CHINA))
    return {"sent": told.sent, "written": told.written, "waiting": told.waiting}


@step("end", "end", retries=2)
def end_night(run_id: str) -> None:
    """Note in the ledger that the night has come to its end."""
    end(opened(settings().ledger), run_id, datetime.now(CHINA), PUBLISHED)


@contextmanager
def noted(as_of: date) -> Iterator[str]:
    """The night in the ledger, with how it ended; yields its run_id. Of one that is killed no end is noted."""
    run_id = begin_night(as_of)
    note(run_id=run_id)
    try:
        yield run_id
    except BaseException:
        with suppress(Exception):  # the ledger may be what failed, and the night's own error says so
            end(opened(settings().ledger), run_id, datetime.now(CHINA), FAILED)
        raise
    end_night(run_id)
