"""Whom rows name that are held, or that have loaded and join nothing; for sql/work/missing.sql to say for which
household each is missing."""

from __future__ import annotations

from collections.abc import Iterable

from expectations.checks import quoted
from expectations.columns import TAKEN_BACK
from expectations.conditions import checks_of, column_mask, error_mask
from expectations.contract import Column, Feed, Type
from expectations.feeds import catalogue
from expectations.types.likeness import same_name_sql

HOUSEHOLD, REGISTER, PEOPLE = "household_id", "households", "members"
FOR_EVER = "DATE '9999-12-31'"
SHAPE = (
    "feed", "delivery_id", "line", HOUSEHOLD, "person_key", "fifteen", "name", "born_on", "village_code",
    "project_id", "fact_first", "fact_last", "has_person_number", "is_mere_repeat", "is_taken_back",
)  # fmt: skip


def held_sql() -> str:
    """`work.held`: the held rows of all feeds with what they say about whom and when, in one shape."""
    return " UNION ALL ".join(
        _shaped(feed, f"held.{feed.name}", _held_days(feed), _repeats_sql(feed))
        for feed in catalogue().values()
    )


def orphan_row_sql() -> str:
    """`work.orphan_row`, in the same shape: rows that joined nothing, because their household is in no register
    and they are about nobody whose household is known."""
    return " UNION ALL ".join(_orphans_of(feed) for feed in naming_households())


def naming_households() -> Iterable[Feed]:
    """The feeds whose rows name a household of the register, which is not itself one of them."""
    return (
        feed
        for feed in catalogue().values()
        if feed.name != REGISTER and any(column.name == HOUSEHOLD for column in feed.columns)
    )


def _shaped(feed: Feed, source: str, days: tuple[str, str], is_mere_repeat: str = "FALSE") -> str:
    names = {column.name for column in feed.columns}
    number = person_column(feed)

    def either(name: str) -> str:
        return name if name in names else "CAST(NULL AS VARCHAR)"

    stated = {
        "feed": quoted(feed.name),
        HOUSEHOLD: either(HOUSEHOLD),
        "person_key": usable_key_sql(number) if number else "CAST(NULL AS BIGINT)",
        "fifteen": _fifteen_sql(number.name) if number else "CAST(NULL AS BIGINT)",
        "name": same_name_sql(number.named_by) if number else "CAST(NULL AS VARCHAR)",
        "born_on": _born_sql(number.name, names) if number else "CAST(NULL AS DATE)",
        "village_code": either("village_code"),
        "project_id": either("project_id"),
        "fact_first": days[0],
        "fact_last": days[1],
        "has_person_number": str(number is not None).upper(),
        "is_mere_repeat": is_mere_repeat,
        "is_taken_back": "coalesce(is_taken_back, FALSE)" if TAKEN_BACK.name in names else "FALSE",
    }
    listed = ", ".join(f"{stated[name]} AS {name}" if name in stated else name for name in SHAPE)
    return f"SELECT {listed} FROM {source}"


def _orphans_of(feed: Feed) -> str:
    """A person's row joins by the person wherever he lives; a row of the list of people is what says where that is."""
    joins_nothing = f"{HOUSEHOLD} NOT IN (SELECT {HOUSEHOLD} FROM work.household_ever)"
    if feed.person and feed.name != PEOPLE:
        lives_somewhere = f"{feed.person.name}__key IN (SELECT person_key FROM work.residence)"
        joins_nothing += f" AND NOT coalesce({lives_somewhere}, FALSE)"
    rows = f"(SELECT * FROM feed.{feed.name} WHERE {joins_nothing}) AS orphan"
    return _shaped(feed, rows, _days(feed))


def person_column(feed: Feed) -> Column | None:
    """The number of the person whom a row is about, else of the one whom it names beside its household."""
    return feed.person or next(iter(feed.typed(Type.PERSON_NUMBER)), None)


def usable_key_sql(number: Column) -> str:
    """The person whom a number names alone; nobody where it has to be taken for damaged."""
    return f"CASE WHEN {doubted_sql(number)} THEN NULL ELSE {number.name}__key END"


def doubted_sql(number: Column) -> str:
    """True of a number ending in 000 with a right check digit that no second feed confirms: one damaged number in
    eleven is like it."""
    given = f"(substring({number.name}, 1, 18), {same_name_sql(number.named_by)})"
    return (
        f"{number.name}__fault = 'suspect'"
        f" AND NOT coalesce({given} IN (SELECT (number, name) FROM work.confirmed), FALSE)"
    )


def _repeats_sql(feed: Feed) -> str:
    if feed.once is None:
        return "FALSE"
    checks = checks_of(feed)
    once = next(1 << place for place, one in enumerate(checks) if one.name == "once_in_household")
    return f"(wrong & {error_mask(checks)}) = {once}"


def _fifteen_sql(number: str) -> str:
    """The first 15 digits, also of what Excel has written as 4.10184196501010E+17."""
    digits = f"regexp_replace(regexp_replace({number}, 'E.*$', ''), '[.]', '')"
    return f"CASE WHEN regexp_matches({digits}, '^[0-9]{{15}}') THEN CAST(substring({digits}, 1, 15) AS BIGINT) END"


def _born_sql(number: str, names: set[str]) -> str:
    inside = (
        f"TRY_CAST(concat_ws('-', substring({number}, 7, 4), substring({number}, 11, 2),"
        f" substring({number}, 13, 2)) AS DATE)"
    )
    return f"coalesce(birth_date, {inside})" if "birth_date" in names else inside


def _held_days(feed: Feed) -> tuple[str, str]:
    """First and last day on which the fact may lie; NULL where the row's own date is what it is held for."""
    column = _dated(feed)
    if column is None:
        return _days(feed)

    def is_readable(name: str) -> str:
        return f"(wrong & {column_mask(checks_of(feed), name)}) = 0"

    first, last = _days(feed)
    if feed.event_end:
        last = f"CASE WHEN {is_readable(feed.event_end)} THEN {last} ELSE {FOR_EVER} END"
    return tuple(f"CASE WHEN {is_readable(column.name)} THEN {day} END" for day in (first, last))  # type: ignore[return-value]


def _dated(feed: Feed) -> Column | None:
    named = {column.name: column for column in feed.columns}
    return named.get(feed.event_date or feed.partition or "")


def _days(feed: Feed) -> tuple[str, str]:
    column = _dated(feed)
    if column is None:
        return "CAST(NULL AS DATE)", "CAST(NULL AS DATE)"
    name = column.name
    if column.type is Type.YEAR:
        year = f"CAST({name} AS VARCHAR)"
        return f"CAST(concat({year}, '-01-01') AS DATE)", f"CAST(concat({year}, '-12-31') AS DATE)"
    if column.type is Type.TERM:
        begins = f"CASE WHEN {name} LIKE '%春' THEN '-02-01' ELSE '-09-01' END"
        first = f"CAST(concat(substring({name}, 1, 4), {begins}) AS DATE)"
        return first, first
    return name, f"coalesce({feed.event_end}, {FOR_EVER})" if feed.event_end else name


def orphan_sql() -> str:
    """`work.orphan`: rows that loaded but join nothing, counted for each feed that names a person or a household, and
    how many of them name nobody whom we know."""
    persons = [
        f"SELECT {quoted(feed.name)} AS feed, {feed.person.name}__key AS person_key FROM feed.{feed.name}"
        for feed in catalogue().values()
        if feed.person and feed.name not in (PEOPLE, REGISTER)
    ]
    households = [
        f"SELECT {quoted(feed.name)} AS feed, {HOUSEHOLD} FROM feed.{feed.name}"
        for feed in naming_households()
        if feed.person is None
    ]
    return (
        "SELECT f.feed, f.reason, f.rows, coalesce(n.rows, 0) AS unattributable FROM ("
        "SELECT p.feed, 'person_in_no_household' AS reason, count(*) AS rows"
        f" FROM ({' UNION ALL '.join(persons)}) AS p LEFT JOIN work.residence AS r ON p.person_key = r.person_key"
        " WHERE r.person_key IS NULL GROUP BY p.feed"
        f" UNION ALL SELECT u.feed, 'household_unknown', count(*) FROM ({' UNION ALL '.join(households)}"
        f" UNION ALL SELECT {quoted(PEOPLE)}, {HOUSEHOLD} FROM work.member) AS u"
        f" LEFT JOIN work.household AS h ON u.{HOUSEHOLD} = h.{HOUSEHOLD}"
        f" WHERE h.{HOUSEHOLD} IS NULL GROUP BY u.feed) AS f"
        " LEFT JOIN (SELECT feed, count(*) AS rows FROM work.unattributable WHERE NOT is_held GROUP BY feed) AS n"
        " ON f.feed = n.feed"
    )
