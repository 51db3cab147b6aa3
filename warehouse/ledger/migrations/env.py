"""Alembic's entry: the connection is handed over by warehouse.ledger.open.opened."""

from alembic import context

from warehouse.ledger.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
