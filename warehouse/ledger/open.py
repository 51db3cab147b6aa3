"""Opens the ledger at its newest revision."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0002"
BUSY_TIMEOUT_MS = 60_000


def opened(url: str) -> Engine:
    """An engine on the ledger, made or brought to the newest revision if need be; SQLAlchemyError when not."""
    engine = _engine(url)
    if _revision(engine) != HEAD:
        _upgrade(url)
    return engine


def _engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings)
    return engine


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
