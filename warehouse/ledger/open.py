"""Opens the ledger at its newest revision."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
BUSY_TIMEOUT_MS = 60_000
DAMAGED, CLOSED, FULL = "damaged", "closed", "full"
WRONG_WITH_FILE = {
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_FULL: FULL,
}


class BadLedger(RuntimeError):
    """The ledger's file is damaged, cannot be opened or written, or has no room; `code` says which of them."""

    def __init__(self, code: str, file: str) -> None:
        super().__init__(f"the ledger's file is {code}: {file}")
        self.code, self.file = code, file


def opened(url: str) -> Engine:
    """An engine on the ledger, made or brought to the newest revision if need be.

    BadLedger, here and whenever it is used, where its file is not as it should be; else SQLAlchemyError.
    """
    engine = _engine(url)
    if _revision(engine) != HEAD:
        _upgrade(url)
    return engine


def exists(url: str) -> bool:
    """Whether there is a ledger, of whatever revision; asking makes none."""
    return _is_there(url) and _revision(_engine(url)) is not None


def opened_to_read(url: str) -> Engine | None:
    """An engine that cannot write; None where there is no ledger of the newest revision."""
    if not _is_there(url):
        return None
    named = make_url(url)
    if named.get_backend_name() == "sqlite":
        named = named.set(database=f"file:{quote(named.database or '')}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(named, hide_parameters=True)
    event.listen(engine, "handle_error", _named)
    return engine if _revision(engine) == HEAD else None


def _is_there(url: str) -> bool:
    """False for an SQLite file that connecting would make."""
    named = make_url(url)
    return named.get_backend_name() != "sqlite" or Path(named.database or "").is_file()


def _engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings)
        event.listen(engine, "handle_error", _named)
    return engine


def _named(context: ExceptionContext) -> None:
    """Raise BadLedger instead of SQLite's own error where it is the file that is wrong."""
    error, engine = context.original_exception, context.engine
    code = WRONG_WITH_FILE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # without what SQLite adds to it
    if code and engine:
        raise BadLedger(code, (engine.url.database or "").removeprefix("file:"))


def _sqlite_settings(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(url: str) -> None:
    """All of it or nothing: a night that is killed here must not leave half a ledger.

    Python's sqlite3 would commit each table by itself, so on SQLite the transaction is begun by hand, and at
    once, so that a second one waits and then finds nothing to do.
    """
    from alembic import command
    from alembic.config import Config

    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _begin_by_hand)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _begin_by_hand(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
