"""The statements of staging, each a function of the contract; `d` numbers the deliveries of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expectations.checks import quoted
from expectations.conditions import checks_of, error_mask, wrong_bits_sql
from expectations.contract import Feed, Type
from expectations.periods import Period
from expectations.types import layers, typed_names
from expectations.types.blanks import hidden_sql
from expectations.types.likeness import alike_sql

DERIVED = ("__key", "__fault")  # columns that follow from others


def texts_sql(feed: Feed, texts: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """The views of a batch as one, with the feed's columns taken from wherever each file has them."""
    parts = []
    for nth, (view, of_file) in enumerate(texts):
        cells = ", ".join(
            f"{f'c{of_file[c.name]}' if c.name in of_file else 'CAST(NULL AS VARCHAR)'} AS {c.name}"
            for c in feed.columns
        )
        parts.append(f"SELECT {nth} AS d, line, row__fault, {cells} FROM {view}")
    return " UNION ALL ".join(parts)


def typed_rows_sql(
    feed: Feed,
    texts: Sequence[tuple[str, Mapping[str, int]]],
    units: Mapping[str, int],
    periods: Sequence[Period],
) -> str:
    """The typed rows of a batch with the bits of what is wrong in a row by itself."""
    wrong = wrong_bits_sql(feed, across_rows=False)
    return f"SELECT *, {wrong} AS wrong FROM ({values_sql(feed, texts, units, periods)}) AS read"


def values_sql(
    feed: Feed,
    texts: Sequence[tuple[str, Mapping[str, int]]],
    units: Mapping[str, int],
    periods: Sequence[Period],
) -> str:
    """One statement from the cells of a batch to typed columns; rows without a filled cell are left out."""
    names = ", ".join(column.name for column in feed.columns)
    steps = {column.name: layers(column, units.get(column.name, 1)) for column in feed.columns}
    fixed = "d, line, row__fault, period_first, period_last, period_term"
    hidden = f"coalesce({', '.join(hidden_sql(column.name) for column in feed.columns)}) AS row__hidden"
    source = f"({texts_sql(feed, texts)}) AS texts JOIN {periods_sql(periods)} ON texts.d = p.nth"
    statement = f"SELECT {fixed}, {names} FROM {source}"
    for depth in range(max(len(step) for step in steps.values())):
        listed = ", ".join(
            f"{sql} AS {name}" if depth < len(step) else name
            for step in steps.values()
            for name, sql in (step[min(depth, len(step) - 1)]).items()
        )
        said = {0: "", 1: f", {hidden}"}.get(depth, ", row__hidden")
        statement = f"SELECT {fixed}{said}, {listed} FROM ({statement}) AS step_{depth}"
    return f"SELECT * FROM ({statement}) AS typed WHERE row__fault IS NOT NULL OR {_is_filled_sql(feed)}"


def _is_filled_sql(feed: Feed) -> str:
    defaulted = {column.name for column in feed.columns if column.empty_is}
    said = (name for column in feed.columns for name in typed_names(column) if not name.endswith(DERIVED))
    return " OR ".join(f"{name} IS NOT NULL" for name in said if name not in defaulted)


def periods_sql(periods: Sequence[Period]) -> str:
    """A table p(nth, period_first, period_last, period_term), for checks that ask whether a date lies in
    it."""
    rows = (
        f"({nth}, DATE '{period.first}', DATE '{period.last}',"
        f" CAST({quoted(period.term) if period.term else 'NULL'} AS VARCHAR))"
        for nth, period in enumerate(periods)
    )
    return f"(VALUES {', '.join(rows)}) AS p (nth, period_first, period_last, period_term)"


def key_is_readable_sql(feed: Feed) -> str:
    """True where every column of the key that must be filled could be read."""
    needed = []
    for column in feed.keys:
        if column.type is Type.PERSON_NUMBER:
            needed.append(f"{column.name}__key IS NOT NULL")
        elif column.required:
            needed.append(f"{column.name} IS NOT NULL")
    return " AND ".join(needed) or "TRUE"  # of a rehearsal in which the key is missing


def repeated_sql(feed: Feed) -> str:
    """The few lines that share a key with others of their file: `copies` = 0 for one that repeats an earlier
    line to the letter, else how many different rows have the key; and `is_second` (contract `Once`)."""
    copies = _copies_sql(feed)
    if feed.once is None:
        return copies
    return (
        "SELECT coalesce(c.d, s.d) AS d, coalesce(c.line, s.line) AS line, coalesce(c.copies, 1) AS copies,"
        f" coalesce(s.is_second, FALSE) AS is_second FROM ({copies}) AS c"
        f" FULL JOIN ({_seconds_sql(feed)}) AS s ON c.d = s.d AND c.line = s.line"
    )


def _copies_sql(feed: Feed) -> str:
    keys = ", ".join(["d", *(column.name for column in feed.keys)])
    alike = [f"{alike_sql(column)} AS k{nth}" for nth, column in enumerate(feed.keys)]
    same = " AND ".join(f"a.k{nth} IS NOT DISTINCT FROM k.k{nth}" for nth in range(len(alike)))
    by = ", ".join(["d", *(f"k{nth}" for nth in range(len(alike)))])
    contents = ", ".join(_contents(feed))
    distinct = f"CAST(sum(CASE WHEN of_key = 1 THEN 1 ELSE 0 END) OVER (PARTITION BY {keys}) AS INTEGER)"
    return (
        f"WITH alike AS (SELECT d, line, {', '.join(alike)} FROM typed),"
        f" k AS (SELECT {by} FROM alike GROUP BY {by} HAVING count(*) > 1),"
        f" found AS (SELECT a.d, a.line FROM alike AS a WHERE EXISTS (SELECT 1 FROM k WHERE a.d = k.d AND {same})),"
        " numbered AS (SELECT typed.*,"
        f" row_number() OVER (PARTITION BY {contents} ORDER BY typed.line) AS nth,"
        f" row_number() OVER (PARTITION BY typed.{keys}, {contents} ORDER BY typed.line) AS of_key"
        " FROM typed JOIN found ON typed.d = found.d AND typed.line = found.line)"
        f" SELECT d, line, CASE WHEN nth > 1 THEN 0 WHEN {key_is_readable_sql(feed)} THEN {distinct}"
        " ELSE 1 END AS copies FROM numbered"
    )


def _seconds_sql(feed: Feed) -> str:
    """Rows of a person who stands in a household more than once, all but the smallest number marked."""
    assert feed.once is not None
    by = ", ".join(["d", *feed.once.by])
    # a number ending in 000 may be two damaged ones: it names nobody twice
    faults = [f"{c.removesuffix('__key')}__fault IS NULL" for c in feed.once.by if c.endswith("__key")]
    usable = " AND ".join([*(f"{column} IS NOT NULL" for column in feed.once.by), *faults])
    twice = f"SELECT {by} FROM typed WHERE {usable} GROUP BY {by} HAVING count(*) > 1"
    smallest = f"min({feed.once.keep}) OVER (PARTITION BY {by})"
    return (
        f"SELECT d, line, {feed.once.keep} > {smallest} AS is_second FROM typed"
        f" WHERE {usable} AND ({by}) IN ({twice})"
    )


def _contents(feed: Feed) -> list[str]:
    """What two rows have in common that say the same."""
    alike = (alike_sql(column) for column in feed.columns)
    names = (name for column in feed.columns for name in typed_names(column) if not name.endswith(DERIVED))
    return ["typed.d", "row__fault", *alike, *(name for name in names if "__" in name)]


def marked_rows_sql(feed: Feed) -> str:
    """The typed rows without duplicates, with `copies` and all bits of what is wrong."""
    second = f", coalesce(is_second, FALSE) AS {feed.once.name}" if feed.once else ""
    counted = (
        f"SELECT typed.*, coalesce(copies, 1) AS copies{second} FROM typed"
        " LEFT JOIN repeated ON typed.d = repeated.d AND typed.line = repeated.line"
        " WHERE coalesce(copies, 1) > 0"
    )
    return (
        f"SELECT * EXCLUDE (wrong), wrong + {wrong_bits_sql(feed, across_rows=True)} AS wrong"
        f" FROM ({counted}) AS counted"
    )


def staged_sql(nth: int, delivery_id: str) -> str:
    """The rows of one delivery of the batch, as its staged file has them."""
    return (
        f"SELECT {quoted(delivery_id)} AS delivery_id, * EXCLUDE (d, row__hidden) FROM marked WHERE d = {nth}"
    )


def received_sql(feed: Feed, view: str, width: int, nth: int) -> str:
    """Line and cells as received of every row of a delivery that is, or may yet be, held."""
    cells = ", ".join(f"c{place}" for place in range(width))
    maybe = [f"(wrong & {error_mask(checks_of(feed))}) <> 0", *suspect_sql(feed)]
    maybe += ["reverses_id IS NOT NULL"] if has_reversals(feed) else []
    return (
        f"SELECT line, CAST(to_json([{cells}]) AS VARCHAR) AS cells FROM {view}"
        f" WHERE line IN (SELECT line FROM marked WHERE d = {nth} AND ({' OR '.join(maybe)}))"
    )


def counts_sql(feed: Feed) -> str:
    """Of each delivery of the batch (d) and combination of broken checks (wrong): rows, suspects,
    reversals."""
    suspect = " OR ".join(suspect_sql(feed)) or "FALSE"
    reversal = "reverses_id IS NOT NULL" if has_reversals(feed) else "FALSE"
    return (
        f"SELECT d, wrong, count(*), count(*) FILTER (WHERE {suspect}), count(*) FILTER (WHERE {reversal})"
        " FROM marked GROUP BY d, wrong"
    )


HIDDEN = (  # characters that were taken off, of each delivery of the batch (d): the code, and in how many rows
    "SELECT d, row__hidden, count(*) FROM typed WHERE row__hidden IS NOT NULL GROUP BY ALL ORDER BY ALL"
)


def suspect_sql(feed: Feed) -> list[str]:
    """Conditions under which a row's person number waits for a second feed."""
    return [f"{column.name}__fault = 'suspect'" for column in feed.typed(Type.PERSON_NUMBER)]


def has_reversals(feed: Feed) -> bool:
    """Whether rows of the feed may take back earlier ones."""
    return any(column.name == "reverses_id" for column in feed.columns)
