"""Each feed into one table: all its deliveries at once, then the rows with too many or too few cells."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from benchmarks.floor import feeds
from benchmarks.floor.columns import COLUMNS, MONEY
from benchmarks.floor.inbox import Delivery, Table

Tables = dict[str, tuple[Delivery, Table]]


def load(con: duckdb.DuckDBPyConnection, feed: str, deliveries: list[Delivery], scratch: Path) -> None:
    """The table of a feed, typed and checked row by row."""
    tables: Tables = {str(table.path): (d, table) for d in deliveries for table in d.tables}
    if not tables:
        con.execute(f"CREATE TEMP TABLE {feed} AS {feeds.sql(feed, _no_rows(feed))}")
        return
    rows = " UNION ALL ".join(_rows(feed, d, table) for d, table in tables.values())
    con.execute(f"CREATE TEMP TABLE {feed} AS {feeds.sql(feed, rows)}")
    rejected = con.execute(
        "SELECT file_path, any_value(csv_line) FROM reject_errors "
        "JOIN reject_scans USING (scan_id, file_id) GROUP BY scan_id, file_path, line "
        "ORDER BY file_path, line"
    ).fetchall()
    con.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if rejected:
        target = scratch / f"{feed}_rejected.csv"
        _write_rejected(target, feed, rejected, tables)
        con.execute(f"INSERT INTO {feed} {feeds.sql(feed, _rejected_rows(feed, target))}")
    con.execute(f"DELETE FROM {feed} WHERE held IS NULL")


def _no_rows(feed: str) -> str:
    texts = ", ".join(f"NULL::VARCHAR AS {c}" for c in [*COLUMNS[feed].all, "c0", "h0"])
    units = "".join(f", 1 AS u_{c}" for c in MONEY[feed])
    told = "0::SMALLINT AS f, 0 AS pe, NULL::DATE AS pd, 0 AS period, false AS bad"
    return f"SELECT {told}, {texts}{units} LIMIT 0"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _rows(feed: str, delivery: Delivery, table: Table) -> str:
    """A file as it is read; `pe`, `pd`: last day of its period; `c0`, `h0`: its first column and header."""
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in table.columns)
    known = [c if c in table.columns else f"NULL::VARCHAR AS {c}" for c in COLUMNS[feed].all]
    units = [f"{10_000 if c in table.in_wan else 1} AS u_{c}" for c in sorted(MONEY[feed])]
    last = delivery.last_day
    return (
        f"SELECT {delivery.index}::SMALLINT AS f, {last:%Y%m%d} AS pe, DATE '{last}' AS pd, "
        f"{delivery.period[:6]} AS period, false AS bad, {', '.join(known)}, {table.columns[0]} AS c0, "
        f"{_quoted(table.first_header)} AS h0{''.join(f', {unit}' for unit in units)} "
        f"FROM read_csv({_quoted(str(table.path))}, auto_detect = false, header = true, "
        f"delim = '{table.delimiter}', quote = '\"', escape = '\"', store_rejects = true, "
        f"columns = {{{columns}}})"
    )


def _write_rejected(target: Path, feed: str, rejected: list[tuple[str, str]], tables: Tables) -> None:
    """Rows with another number of cells than the header, by column; only empty ones too many are no fault."""
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for path, text in rejected:
            delivery, table = tables[path]
            width, last = len(table.columns), delivery.last_day
            units = [10_000 if c in table.in_wan else 1 for c in sorted(MONEY[feed])]
            for cells in csv.reader(text.strip("\r\n").split("\n"), delimiter=table.delimiter):
                is_bad = len(cells) < width or any(cells[width:])
                told = (delivery.index, f"{last:%Y%m%d}", last, delivery.period[:6], int(is_bad))
                named = dict(zip(table.columns, cells, strict=False))
                texts = [named.get(c, "") for c in COLUMNS[feed].all]
                writer.writerow([*told, *texts, (cells or [""])[0], table.first_header, *units])


def _rejected_rows(feed: str, path: Path) -> str:
    types = {"f": "SMALLINT", "pe": "INTEGER", "pd": "DATE", "period": "INTEGER", "bad": "BOOLEAN"}
    types |= dict.fromkeys([*COLUMNS[feed].all, "c0", "h0"], "VARCHAR")
    types |= {f"u_{c}": "INTEGER" for c in sorted(MONEY[feed])}
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    return (
        f"SELECT * FROM read_csv({_quoted(str(path))}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{columns}}})"
    )
