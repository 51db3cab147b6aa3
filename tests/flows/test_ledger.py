"""The ledger is there whole or not at all, however its making ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect

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


def test_opening_it_again_changes_nothing(tmp_path):
    opened(url(tmp_path)).dispose()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    opened(url(tmp_path)).dispose()
    assert (tmp_path / "ledger.sqlite").read_bytes() == before
