"""What is hostile in a Parquet file, asked in a database of its own with little memory.

A few bytes can stand for a billion rows, or for one text in each of a million, and a page may unpack to
gigabytes. So the columns are added up in a stream before anything is kept; a file that breaks the database
breaks that one.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from expectations.checks import quoted
from warehouse.landing.gate.kinds import grown
from warehouse.landing.gate.text import MOST_CELL_BYTES, MOST_COLUMNS

MEMORY = "128MB"
FREE_ROWS, MOST_ROWS_PER_BYTE = 1_000_000, 4  # no two rows of a feed are the same: they take their room
FREE_BYTES, MOST_BYTES_PER_BYTE = 256 << 20, 100  # of all cells as text
LOCKED_FOOTER = b"PARE"
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    "threads": 1,
    "temp_directory": "",
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
}
Fault = tuple[str, str]


def columnar_faults(path: Path) -> list[Fault]:
    """Width and nesting by the schema, then size by what all cells come to."""
    with path.open("rb") as stream:
        locked = stream.read(len(LOCKED_FOOTER)) == LOCKED_FOOTER
    if locked:
        return [("file_encrypted", "")]
    try:
        with duckdb.connect(":memory:", config=CLOSED) as connection:
            return _schema_faults(connection, path) or _size_faults(connection, path)
    except duckdb.OutOfMemoryException:
        return [("archive_bomb", f"> {MEMORY}")]
    except (duckdb.Error, UnicodeDecodeError) as error:
        return [("parquet_unreadable", type(error).__name__)]


def _schema_faults(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Fault]:
    file = [str(path)]
    _, *columns = connection.execute(
        "SELECT num_children, repetition_type FROM parquet_schema(?)", file
    ).fetchall()
    rows = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", file).fetchall()[0][0]
    faults: list[Fault] = []
    if len(columns) > MOST_COLUMNS:
        faults.append(("too_many_columns", str(len(columns))))
    if any(children or repetition == "REPEATED" for children, repetition in columns):
        faults.append(("column_nested", ""))
    if rows > FREE_ROWS + MOST_ROWS_PER_BYTE * path.stat().st_size:
        faults.append(("archive_bomb", f"{rows} rows"))
    return faults


def _size_faults(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Fault]:
    """Every cell as text, its length alone."""
    file = quoted(str(path))
    names = connection.execute(f"SELECT column_name FROM (DESCRIBE FROM read_parquet({file}))").fetchall()
    cells = (name.replace('"', '""') for (name,) in names)
    lengths = [f'coalesce(strlen(CAST("{cell}" AS VARCHAR)), 0)' for cell in cells]
    total, longest = connection.execute(
        f"SELECT sum(length), max(length) FROM (SELECT {' + '.join(lengths)} AS length FROM read_parquet({file}))"
    ).fetchall()[0]
    if (total or 0) > FREE_BYTES + MOST_BYTES_PER_BYTE * path.stat().st_size:
        return [("archive_bomb", grown(path.stat().st_size, int(total)))]
    return [("cell_too_large", "")] if (longest or 0) > MOST_CELL_BYTES else []
