"""Expectations between rows and between feeds, looked at when all is merged. They hold no row.

`sql/quality/<feed>/<name>.sql` is the expectation `<feed>.<name>` and selects (delivery_id, line) of every row that
does not meet it; `identity` stands for all feeds that name persons. Its header owns its words and severity:

    -- 一人只应在一户 | a person is in one household
    -- mend: 请核对户编号 | check the household numbers
    -- severity: warning
    -- between: members, households
    -- columns: household_id          # may be left out: where a clerk has to look

An `error` here loads and joins nothing. Where a feed of `between` was never delivered, or its last list is too old to
answer, the expectation is silent. What every feed that names a household is asked follows from its contract; a file of
the same id goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from expectations.checks import Severity, quoted
from expectations.columns import TAKEN_BACK
from expectations.contract import Feed, Kind, Type
from expectations.feeds import catalogue
from warehouse.sql import filled
from warehouse.whom import HOUSEHOLD, PEOPLE, REGISTER, naming_households

FOLDER = Path(__file__).parent / "sql" / "quality"
IDENTITY = "identity"
_WORDS = re.compile(r"^-- (?:(mend): )?(.+?) \| (.+)$", flags=re.MULTILINE)
_STATED = re.compile(r"^-- (severity|between|columns): (.+)$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Across:
    """One expectation as its file states it; `feeds` are those whose rows it looks at."""

    expectation_id: str
    severity: Severity
    between: tuple[str, ...]
    zh: str
    en: str
    mend_zh: str
    mend_en: str
    sql: str
    feeds: tuple[str, ...]
    columns: tuple[str, ...] = ()  # to look at


@cache
def expectations() -> tuple[Across, ...]:
    """All of them in order of id; ValueError names a file whose header is not whole."""
    events = [feed for feed in catalogue().values() if feed.kind is Kind.EVENTS]
    derived = [*map(_household_is_known, naming_households()), *map(_takes_back_what_was_sent, events)]
    listed = {one.expectation_id: one for one in derived}
    listed |= {one.expectation_id: one for one in map(_read, FOLDER.glob("*/*.sql"))}
    return tuple(listed[name] for name in sorted(listed))


def _household_is_known(feed: Feed) -> Across:
    """A row about a person joins by the person, whatever household it names."""
    joins_by_person = feed.person is not None and feed.name != PEOPLE
    return Across(
        expectation_id=f"{feed.name}.household_is_known",
        severity=Severity.WARNING if joins_by_person else Severity.ERROR,
        between=(feed.name, REGISTER),
        zh="户编号应在户信息中",
        en="the household is in the register",
        mend_zh="请核对户编号（前导的0、多出的字、看不见的字符）；在此之前该行不归入任何农户",
        mend_en="check the household number: zeros lost at its beginning, something behind it, a character that"
        " cannot be seen; until then the row joins no household",
        sql=f"SELECT f.delivery_id, f.line FROM feed.{feed.name} AS f WHERE f.{HOUSEHOLD} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM work.household_ever AS h WHERE h.{HOUSEHOLD} = f.{HOUSEHOLD})",
        feeds=(feed.name,),
        columns=(HOUSEHOLD,),
    )


def _takes_back_what_was_sent(feed: Feed) -> Across:
    keys, keys_en = "、".join(c.label for c in feed.keys), ", ".join(c.en for c in feed.keys)
    return Across(
        expectation_id=f"{feed.name}.takes_back_what_was_sent",
        severity=Severity.WARNING,
        between=(feed.name,),
        zh=f"标明{TAKEN_BACK.codes['是'][0]}的行应与此前报送的某一行{keys}相同",
        en=f"a row that takes another back has the same {keys_en}, and that one was sent before",
        mend_zh=f"请核对{keys}；要撤回的行若在同一文件中，请直接删去该行",
        mend_en=f"check {keys_en}; a row of the same file that should not count is simply left out",
        sql=f"SELECT m.delivery_id, m.line FROM work.mark AS m WHERE m.feed = {quoted(feed.name)} AND NOT m.takes_back",
        feeds=(feed.name,),
        columns=(TAKEN_BACK.name, *(column.name for column in feed.keys)),
    )


def _read(path: Path) -> Across:
    text = path.read_text(encoding="utf-8")
    words = {key: (zh, en) for key, zh, en in _WORDS.findall(text)}
    stated = dict(_STATED.findall(text))
    folder = path.parent.name
    feeds = _naming_persons() if folder == IDENTITY else (folder,)
    between = tuple(stated.get("between", "").split(", "))
    if {"", "mend"} - words.keys() or "severity" not in stated or {*feeds, *between} - catalogue().keys():
        raise ValueError(
            f"{folder}/{path.name}: sentence, mend, severity and between are stated, of known feeds"
        )
    severity = Severity(stated["severity"])
    columns = tuple(stated["columns"].split(", ")) if "columns" in stated else ()
    return Across(
        f"{folder}.{path.stem}", severity, between, *words[""], *words["mend"], text, feeds, columns
    )


def _naming_persons() -> tuple[str, ...]:
    return tuple(feed.name for feed in catalogue().values() if feed.typed(Type.PERSON_NUMBER))


def statements_across() -> dict[str, str]:
    """The tables that these expectations need, by name."""
    return {"work.across": asked_sql(), "work.looked_at": looked_at_sql(), "work.finding": findings_sql()}


def asked_sql() -> str:
    """`work.across` (expectation_id, severity, feed): what is asked tonight of the rows of which feeds."""
    rows = (
        f"({quoted(one.expectation_id)}, {quoted(one.severity)}, {quoted(feed)})"
        for one in expectations()
        for feed in one.feeds
    )
    needs = (
        f"({quoted(one.expectation_id)}, {quoted(feed)})" for one in expectations() for feed in one.between
    )
    return (
        f"SELECT a.expectation_id, a.severity, a.feed FROM (VALUES {', '.join(rows)})"
        " AS a (expectation_id, severity, feed) WHERE a.expectation_id NOT IN (SELECT n.expectation_id"
        f" FROM (VALUES {', '.join(needs)}) AS n (expectation_id, feed)"
        " JOIN work.feed_state AS s ON n.feed = s.feed WHERE NOT s.is_usable)"
    )


def findings_sql(asked: Container[str] | None = None) -> str:
    """`work.finding` (expectation_id, delivery_id, line): every row that does not meet what is asked."""
    parts = (
        f"SELECT DISTINCT {quoted(one.expectation_id)} AS expectation_id, f.delivery_id, f.line"
        f" FROM ({one.sql}) AS f"
        for one in expectations()
        if asked is None or one.expectation_id in asked
    )
    nothing = (
        "SELECT a.expectation_id, r.delivery_id, 0 AS line FROM work.across AS a"
        " JOIN work.looked_at AS r ON a.feed = r.feed WHERE FALSE"
    )
    return " UNION ALL ".join([nothing, *parts])


def load_findings(connection: duckdb.DuckDBPyConnection, values: Mapping[str, str]) -> None:
    """Make `work.finding`. What has no rows to look at is left out: planning costs more than looking."""
    rows = connection.execute(
        "SELECT DISTINCT a.expectation_id FROM work.across AS a JOIN work.looked_at AS r ON a.feed = r.feed"
    ).fetchall()
    connection.execute(
        f"CREATE TABLE work.finding AS {filled(findings_sql({row[0] for row in rows}), values)}"
    )


def looked_at_sql() -> str:
    """`work.looked_at` (feed, delivery_id, rows): the rows of each delivery that count tonight, those that take others
    back as well."""
    rows = " UNION ALL ".join(
        f"SELECT {quoted(name)} AS feed, delivery_id, count(*) AS rows FROM feed.{name} GROUP BY delivery_id"
        for name in catalogue()
    )
    marks = "SELECT feed, delivery_id, count(*) AS rows FROM work.mark GROUP BY feed, delivery_id"
    return (
        "SELECT feed, delivery_id, CAST(sum(rows) AS BIGINT) AS rows"
        f" FROM ({rows} UNION ALL {marks}) AS counted GROUP BY feed, delivery_id"
    )


def named_sql() -> str:
    """`work.named` (delivery_id, line, person_key, name): whom the rows of all feeds name."""
    return " UNION ALL ".join(part for feed in catalogue().values() for part in _names_of(feed))


def _names_of(feed: Feed) -> list[str]:
    return [
        f"SELECT delivery_id, line, {column.name}__key AS person_key, {column.named_by} AS name"
        f" FROM feed.{feed.name} WHERE {column.name}__key IS NOT NULL"
        for column in feed.typed(Type.PERSON_NUMBER)
    ]
