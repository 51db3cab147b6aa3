"""The ledger is there whole or not at all, however its making ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from warehouse.ledger import tables
from warehouse.ledger.open import opened


class Killed(BaseException):
    """The process ends here."""


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'ledger.sqlite'}"


def test_a_migration_that_is_killed_leaves_nothing_and_the_next_one_makes_the_ledger(tmp_path, monkeypatch):
    from alembic.operations import Operations

    made = []
    make = Operations.create_table

    def killed_at_the_third(self: Operations, name: str, *columns: object, **more: object) -> object:
        if len(made) == 2:
            raise Killed
        made.append(name)
        return make(self, name, *columns, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_table", killed_at_the_third)
        with pytest.raises(Killed):
            opened(url(tmp_path))
    assert len(made) == 2
    assert set(inspect(opened(url(tmp_path))).get_table_names()) >= set(tables.metadata.tables)


def test_a_ledger_of_an_older_version_keeps_what_it_knows(tmp_path, monkeypatch):
    from alembic import command

    to_head = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: to_head(config, "0001"))
        with opened(url(tmp_path)).begin() as connection:
            assert not inspect(connection).has_table("held_lines")
            of_then = "(clue_id, household_id, opened_on, reasons) VALUES ('c', 'h', '2020-06-30', '')"
            connection.execute(text(f"INSERT INTO clue {of_then}"))
    with opened(url(tmp_path)).connect() as connection:
        assert connection.execute(select(tables.clue.c.clue_id)).scalars().all() == ["c"]
        assert connection.execute(select(tables.held_lines)).all() == []


def test_the_migrations_make_the_tables_that_the_code_asks_for(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with opened(url(tmp_path)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_opening_it_again_changes_nothing(tmp_path):
    opened(url(tmp_path)).dispose()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    opened(url(tmp_path)).dispose()
    assert (tmp_path / "ledger.sqlite").read_bytes() == before
