"""Persons: tokens for the published tables, the vault with what tokens stand for, and whom held rows name."""

from __future__ import annotations

import duckdb
import pyarrow as pa
from cryptography.hazmat.primitives import hashes, hmac

from expectations.checks import quoted
from expectations.conditions import checks_of, column_mask, error_mask
from expectations.contract import Feed, Type
from expectations.feeds import catalogue
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


def held_sql() -> str:
    """`work.held`: the held rows of all feeds with what they say about whom and when, in one shape."""
    return " UNION ALL ".join(_held_of(feed) for feed in catalogue().values())


def _held_of(feed: Feed) -> str:
    names = {column.name: column for column in feed.columns}

    def either(name: str, otherwise: str) -> str:
        return name if name in names else f"CAST(NULL AS {otherwise})"

    number = feed.person
    key = f"{number.name}__key" if number else "CAST(NULL AS BIGINT)"
    first, last = _fact_days(feed)
    once = f"(wrong & {error_mask(checks_of(feed))}) = {_once_bit(feed)}" if feed.once else "FALSE"
    return (
        f"SELECT {quoted(feed.name)} AS feed, delivery_id, line, {either('household_id', 'VARCHAR')} AS"
        " household_id,"
        f" {key} AS person_key, {_fifteen_sql(number.name) if number else 'CAST(NULL AS BIGINT)'} AS fifteen,"
        f" {number.named_by if number else 'CAST(NULL AS VARCHAR)'} AS name,"
        f" {_born_sql(number.name, names) if number else 'CAST(NULL AS DATE)'} AS born_on,"
        f" {either('village_code', 'VARCHAR')} AS village_code, {either('project_id', 'VARCHAR')} AS"
        " project_id,"
        f" {first} AS fact_first, {last} AS fact_last, {'TRUE' if number else 'FALSE'} AS has_person_number,"
        f" {once} AS is_mere_repeat FROM held.{feed.name}"
    )


def _once_bit(feed: Feed) -> int:
    return next(1 << place for place, one in enumerate(checks_of(feed)) if one.name == "once_in_household")


def _fifteen_sql(number: str) -> str:
    """The first 15 digits, also of what Excel has written as 4.10184196501010E+17."""
    digits = f"regexp_replace(regexp_replace({number}, 'E.*$', ''), '[.]', '')"
    return f"CASE WHEN regexp_matches({digits}, '^[0-9]{{15}}') THEN CAST(substring({digits}, 1, 15) AS BIGINT) END"


def _born_sql(number: str, names: dict) -> str:
    inside = (
        f"TRY_CAST(concat_ws('-', substring({number}, 7, 4), substring({number}, 11, 2),"
        f" substring({number}, 13, 2))"
        " AS DATE)"
    )
    return f"coalesce(birth_date, {inside})" if "birth_date" in names else inside


def _fact_days(feed: Feed) -> tuple[str, str]:
    """First and last day on which the fact may lie; NULL where the row's own date is what it is held for."""
    column = next((c for c in feed.columns if c.name == feed.event_date), None)
    column = column or next((c for c in feed.columns if c.name == feed.partition), None)
    if column is None:
        return "CAST(NULL AS DATE)", "CAST(NULL AS DATE)"
    readable = f"(wrong & {column_mask(checks_of(feed), column.name)}) = 0"
    first, last = _span(column.name, column.type)
    if feed.name == "outages":
        last = "coalesce(ended_on, DATE '9999-12-31')"
    return f"CASE WHEN {readable} THEN {first} END", f"CASE WHEN {readable} THEN {last} END"


def _span(name: str, type_: Type) -> tuple[str, str]:
    if type_ is Type.YEAR:
        year = f"CAST({name} AS VARCHAR)"
        return f"CAST(concat({year}, '-01-01') AS DATE)", f"CAST(concat({year}, '-12-31') AS DATE)"
    if type_ is Type.TERM:
        year, is_spring = f"substring({name}, 1, 4)", f"{name} LIKE '%春'"
        first = f"CAST(concat({year}, CASE WHEN {is_spring} THEN '-02-01' ELSE '-09-01' END) AS DATE)"
        return first, first
    return name, name


def orphan_sql() -> str:
    """Rows that loaded but join nothing, counted for each feed that names a person or a household."""
    persons, households = [], []
    for feed in catalogue().values():
        if feed.name in ("members", "households"):
            continue
        if feed.person:
            key = f"{feed.person.name}__key"
            persons.append(f"SELECT {quoted(feed.name)} AS feed, {key} AS person_key FROM feed.{feed.name}")
        elif any(column.name == "household_id" for column in feed.columns):
            households.append(f"SELECT {quoted(feed.name)} AS feed, household_id FROM feed.{feed.name}")
    return (
        "SELECT f.feed, 'person_in_no_household' AS reason, count(*) AS rows"
        f" FROM ({' UNION ALL '.join(persons)}) AS f LEFT JOIN work.residence AS r ON f.person_key = r.person_key"
        " WHERE r.person_key IS NULL GROUP BY f.feed"
        " UNION ALL SELECT f.feed, 'household_unknown', count(*)"
        f" FROM ({' UNION ALL '.join(households)}"
        " UNION ALL SELECT 'members', household_id FROM work.member) AS f"
        " LEFT JOIN work.household AS h ON f.household_id = h.household_id"
        " WHERE h.household_id IS NULL GROUP BY f.feed"
    )
