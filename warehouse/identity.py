"""Persons: tokens for the published tables, and the vault with what tokens stand for."""

from __future__ import annotations

import duckdb
import pyarrow as pa
from cryptography.hazmat.primitives import hashes, hmac

from expectations.checks import quoted
from warehouse.home import Home

TOKEN_HEX_DIGITS = 32


def load_tokens(connection: duckdb.DuckDBPyConnection, home: Home, key: bytes) -> None:
    """`vault.token` (person_no, person_token): HMAC-SM3 (GM/T 0004) of the person's number, or of the 人编号
    where there is none. Tokens of the last night are taken over where number and key are the same."""
    connection.execute("CREATE TABLE vault.token (person_no VARCHAR, identity VARCHAR, person_token VARCHAR)")
    identity = "coalesce(CAST(person_key AS VARCHAR), concat('no:', person_no))"
    mark = _token(hmac.HMAC(key, hashes.SM3()), "key check")
    connection.execute("CREATE TABLE vault.key_check AS SELECT ? AS mark", [mark])
    _take_over(connection, home, identity, mark)
    new = connection.sql(
        f"SELECT DISTINCT person_no, {identity} AS identity FROM work.member AS m"
        " WHERE NOT EXISTS (SELECT 1 FROM vault.token AS t WHERE t.person_no = m.person_no)"
    ).to_arrow_table()
    base = hmac.HMAC(key, hashes.SM3())
    tokens = pa.array([_token(base, one) for one in new.column("identity").to_pylist()], pa.string())
    connection.register("made", new.append_column("person_token", tokens))
    connection.execute("INSERT INTO vault.token SELECT * FROM made")
    connection.unregister("made")


def _token(base: hmac.HMAC, text: str) -> str:
    one = base.copy()
    one.update(text.encode())
    return one.finalize().hex()[:TOKEN_HEX_DIGITS]


def _take_over(connection: duckdb.DuckDBPyConnection, home: Home, identity: str, mark: str) -> None:
    if not home.vault.exists():
        return
    connection.execute(f"ATTACH {quoted(str(home.vault))} AS last_vault (READ_ONLY)")
    try:
        if connection.execute("SELECT count(*) FROM last_vault.key_check WHERE mark = ?", [mark]).fetchall()[
            0
        ][0]:
            connection.execute(
                "INSERT INTO vault.token SELECT t.person_no, t.identity, t.person_token FROM"
                " last_vault.token AS t"
                f" JOIN (SELECT DISTINCT person_no, {identity} AS identity FROM work.member) AS m"
                " ON t.person_no = m.person_no AND t.identity = m.identity"
            )
    finally:
        connection.execute("DETACH last_vault")


def load_vault(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """What only the vault may hold: who a token is, how to reach a household, held rows as received."""
    connection.execute(
        "CREATE TABLE vault.person AS SELECT t.person_token, m.person_no, m.household_id, m.id_number,"
        " m.name,"
        " m.born_on FROM work.member AS m JOIN vault.token AS t ON m.person_no = t.person_no"
    )
    connection.execute(
        "CREATE TABLE vault.household AS SELECT household_id, head_name, head_id_number, phone, hamlet"
        " FROM feed.households"
    )
    files = sorted(str(path) for path in home.staging.glob("*/*.received.parquet"))
    connection.execute(
        "CREATE TABLE vault.quarantined_row (delivery_id VARCHAR, line INTEGER, cells VARCHAR)"
    )
    if files:
        listed = ", ".join(quoted(file) for file in files)
        connection.execute(
            "INSERT INTO vault.quarantined_row SELECT w.delivery_id, w.line, r.cells FROM"
            " (SELECT *, regexp_extract(filename, '([0-9a-f]{16})[.]received[.]parquet$', 1) AS delivery_id"
            f" FROM read_parquet([{listed}], filename = TRUE)) AS r"
            " JOIN work.wrong_row AS w ON r.delivery_id = w.delivery_id AND r.line = w.line"
            " ORDER BY w.delivery_id, w.line"
        )
