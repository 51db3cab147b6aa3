"""Opens the ledger at its newest revision."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
HEAD = REVISIONS[-1]
BUSY_TIMEOUT_MS = 30_000  # then somebody holds it who is none of ours: what we write takes no second
DAMAGED, CLOSED, FULL = "damaged", "closed", "full"
LOCKED, NEWER, AWAY = "locked", "newer", "away"
WRONG_WITH_FILE = {
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
}


class BadLedger(RuntimeError):
    """The ledger cannot be used: its file is damaged, closed to us, locked, of a newer version, or its disk is
    full; its server is away. `code` says which of them, `file` which ledger."""

    def __init__(self, code: str, file: str) -> None:
        super().__init__(f"the ledger is {code}: {file}")
        self.code, self.file = code, file


def opened(url: str | URL) -> Engine:
    """An engine on the ledger, made or brought to the newest revision if need be.

    BadLedger, here and whenever it is used, where its file is not as it should be; else SQLAlchemyError.
    """
    engine = _engine(make_url(url))
    if _revision(engine) != HEAD:
        _upgrade(make_url(url))
    return engine


def exists(url: str | URL) -> bool:
    """Whether there is a ledger, of whatever revision; asking makes none."""
    named = make_url(url)
    return _is_there(named) and _revision(_engine(named)) is not None


def opened_to_read(url: str | URL) -> Engine | None:
    """An engine that cannot write; None where there is no ledger of the newest revision."""
    named = make_url(url)
    if not _is_there(named):
        return None
    if named.get_backend_name() == "sqlite":
        named = named.set(database=f"file:{quote(named.database or '')}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(named, hide_parameters=True)
    event.listen(engine, "handle_error", _named)
    return engine if _revision(engine) == HEAD else None


def _is_there(named: URL) -> bool:
    """False for an SQLite file that connecting would make."""
    return named.get_backend_name() != "sqlite" or Path(named.database or "").is_file()


def _engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "handle_error", _named)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings)
    return engine


def _named(context: ExceptionContext) -> None:
    """Raise BadLedger instead of the driver's own error where it is the file that is wrong, or the server."""
    error, engine = context.original_exception, context.engine
    if engine and engine.dialect.name != "sqlite" and context.connection is None:
        raise BadLedger(AWAY, f"{engine.url.host}:{engine.url.port}/{engine.url.database}")
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
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found not in (None, *REVISIONS):
        raise BadLedger(NEWER, engine.url.database or "")
    return found


def _upgrade(url: URL) -> None:
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
