"""The published warehouse, and the vault where a report may name people, opened to be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from expectations.checks import quoted
from warehouse.home import Home


def published_as_of(home: Home) -> date | None:
    """The night that the published warehouse is of."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        as_of: date | None = connection.execute("SELECT max(as_of) FROM ops.run").fetchall()[0][0]
        return as_of


@contextmanager
def opened(home: Home, as_of: date, with_vault: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse as `published`, the vault as `vault`, both read-only, in one connection.

    ValueError when another night than `as_of` is published.
    """
    files = {"published": home.warehouse, **({"vault": home.vault} if with_vault else {})}
    with duckdb.connect(":memory:") as connection:
        for name, file in files.items():
            connection.execute(f"ATTACH {quoted(str(file))} AS {name} (READ_ONLY)")
        published = connection.execute("SELECT max(as_of) FROM published.ops.run").fetchall()[0][0]
        if published != as_of:
            raise ValueError(f"the published warehouse is of {published}, not of {as_of}")
        yield connection
