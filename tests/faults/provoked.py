"""Errors as they really come, each with the canary in its text, its parameters or its causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, NoReturn

import pytest
from sqlalchemy import Engine, insert

from tests.faults.canary import CANARY

FEED, BOOKS = "members", "relief"
CHANGES = count()
Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Provoked:
    """A task, how it is called, what makes it fail, and the words in which it may say so."""

    task: str  # module:name
    arguments: tuple[Any, ...]
    spoil: Callable[[Patch], None]
    said: str
    needs_great_expectations: bool = False


class PanicException(BaseException):
    """As pyo3 names what a reader in Rust throws when it panics."""


def cast_while_staging(patch: Patch) -> None:
    """The statement of staging takes a name for a number."""
    from warehouse.staging import stage

    plain = stage.typed_rows_sql
    hard = "SELECT * REPLACE (CAST(CAST(name AS INTEGER) AS VARCHAR) AS name) FROM ({})".format
    patch.setattr(stage, "typed_rows_sql", lambda *arguments: hard(plain(*arguments)))
    everything_waits(patch)


def cast_in_a_measure(patch: Patch) -> None:
    """A measure takes a name for a number."""
    from warehouse import generated

    plain = generated.measure_sql
    hard = "SELECT * FROM ({}) AS m WHERE (SELECT sum(CAST(name AS INTEGER)) FROM work.member) > 0".format
    patch.setattr(generated, "measure_sql", lambda measure: hard(plain(measure)))


def not_null_in_the_ledger(patch: Patch) -> None:
    """The ledger refuses a row; its parameters name the person."""
    from warehouse.ledger.tables import delivery

    def record(engine: Engine, *_: object) -> NoReturn:
        with engine.begin() as connection:
            connection.execute(insert(delivery).values(delivery_id=CANARY.number, path=CANARY.all_told))
        raise AssertionError("the ledger took it")

    patch.setattr("warehouse.ingest.record_arrival", record)


def no_json_for_the_ledger(patch: Patch) -> None:
    """A value that the ledger's driver cannot write."""
    from warehouse import ingest

    plain = ingest.record_facts
    told = {"notes": {CANARY.name, CANARY.phone}}
    patch.setattr(ingest, "record_facts", lambda engine, name, facts: plain(engine, name, {**facts, **told}))
    everything_waits(patch)


def everything_waits(patch: Patch) -> None:
    """As after a change of the contract: every delivery is to be read again."""
    changed = f"another {next(CHANGES)}"
    patch.setattr("warehouse.ingest.fingerprint", lambda feed: changed)


def reader_of_books(error: BaseException) -> Callable[[Patch], None]:
    """The reader of workbooks fails with an error."""

    class Workbook:
        @staticmethod
        def from_filelike(*_: object) -> NoReturn:
            raise error

    def spoil(patch: Patch) -> None:
        patch.setattr("python_calamine.CalamineWorkbook", Workbook)
        everything_waits(patch)

    return spoil


def a_path_that_may_not_be_written(report: str) -> Callable[[Patch], None]:
    """The system names the file in its error."""

    def save(*_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", f"{CANARY.name}.xlsx")

    return lambda patch: patch.setattr(f"reports.{report}.save", save)


def an_error_of_ours_with_a_cause(patch: Patch) -> None:
    """What passes the edge in its own words must not bring along what it came from."""
    from warehouse.landing.sheet import Unreadable

    def build(*_: object) -> NoReturn:
        try:
            int(CANARY.all_told)
        except ValueError as error:
            raise Unreadable([("encoding_unknown", "UTF-8")]) from error
        raise AssertionError

    patch.setattr("tasks.night.build", build)


def great_expectations_with_a_value(patch: Patch) -> None:
    """The validation itself breaks down."""
    from great_expectations.datasource.fluent.interfaces import Batch

    def validate(*_: object, **__: object) -> NoReturn:
        raise RuntimeError(f"column name: unexpected value {CANARY.all_told}")

    patch.setattr(Batch, "validate", validate)
    everything_waits(patch)


def mail_server_in_an_unknown_way(patch: Patch) -> None:
    """An error of the mail library that nobody foresaw."""

    def connect(*_: object, **__: object) -> NoReturn:
        raise RuntimeError(CANARY.all_told)

    patch.setenv("FFP_SMTP_HOST", "mail.example")
    patch.setattr("smtplib.SMTP", connect)


def steps(as_of: object) -> dict[str, Provoked]:
    """Every error by name."""
    take_in, build, lists = "tasks.intake:take_in", "tasks.night:build_warehouse", "tasks.night:write_lists"
    slips = "tasks.night:write_slips"
    return {
        "duckdb_cast_while_staging": Provoked(take_in, (FEED,), cast_while_staging, "ConversionException"),
        "duckdb_cast_in_a_measure": Provoked(build, (as_of, "run"), cast_in_a_measure, "ConversionException"),
        "sqlalchemy_integrity": Provoked(
            "tasks.intake:receive_files", (), not_null_in_the_ledger, "IntegrityError"
        ),
        "sqlalchemy_statement": Provoked(take_in, (FEED,), no_json_for_the_ledger, "StatementError"),
        "a_path": Provoked(
            lists, (as_of,), a_path_that_may_not_be_written("worklists"), "from outside: closed"
        ),
        "a_path_of_a_slip": Provoked(
            slips, (as_of,), a_path_that_may_not_be_written("slips"), "from outside: closed"
        ),
        "our_own_with_a_cause": Provoked(
            build, (as_of, "run"), an_error_of_ours_with_a_cause, "encoding_unknown"
        ),
        "great_expectations": Provoked(
            take_in, (FEED,), great_expectations_with_a_value, "RuntimeError", needs_great_expectations=True
        ),
        "smtp": Provoked("tasks.night:send_mail", (), mail_server_in_an_unknown_way, "RuntimeError"),
    }
