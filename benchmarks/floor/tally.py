"""How many rows of a delivery break each expectation: duplicates left out, before anything is refused."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import duckdb

from benchmarks.floor import feeds
from benchmarks.floor.inbox import Delivery

NUMBER_OF = {
    "households": "head_id_number", "disability": "certificate_no", "disability_subsidies": "certificate_no",
}  # fmt: skip
COUNTIES = Path(__file__).parent / "sql" / "counties.txt"


@cache
def counties() -> frozenset[int]:
    """Every county code that existed."""
    lines = [line.split() for line in COUNTIES.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    ranges = [(prefecture, *part.partition("-")) for prefecture, *parts in lines for part in parts]
    return frozenset(
        int(prefecture) * 100 + last
        for prefecture, low, _, high in ranges
        for last in range(int(low), int(high or low) + 1)
    )


def tally(con: duckdb.DuckDBPyConnection, feed: str, deliveries: list[Delivery], has_persons: bool) -> None:
    """Fills `broken` of the deliveries; in most rows nothing is broken."""
    of = {delivery.index: delivery.broken for delivery in deliveries}
    names = [*feeds.names(feed), "key_is_unique", *(["once_in_household"] if feed == "members" else [])]
    for broken in of.values():
        broken.update(dict.fromkeys(names, 0))
    found = f"SELECT f, broken, count(*) FROM {feed} WHERE broken <> 0 GROUP BY ALL"
    for f, bits, rows in con.execute(found).fetchall():
        for place in range(bits.bit_length()):
            if bits >> place & 1:
                of[f][names[place]] += rows
    rivals = (
        f"SELECT f, count(DISTINCT content) FROM twice_{feed} GROUP BY f, key "
        "HAVING min(content) <> max(content)"
    )
    for f, rows in con.execute(rivals).fetchall():
        of[f]["key_is_unique"] += rows
    if has_persons:
        _counties(con, feed, of, f"{NUMBER_OF.get(feed, 'id_number')}_county_known", "k // 100000000000")
    if feed == "allowances":
        _counties(con, feed, of, "head_id_number_county_known", "head_county")
    if feed == "members":
        for f, rows in con.execute("SELECT f, count(*) FROM twin GROUP BY f").fetchall():
            of[f]["once_in_household"] = rows


def _counties(
    con: duckdb.DuckDBPyConnection, feed: str, of: dict[int, Counter[str]], name: str, code: str
) -> None:
    """The counties of usable numbers are few."""
    for broken in of.values():
        broken[name] = 0
    found = f"SELECT f, {code} AS code, count(*) FROM {feed} WHERE code IS NOT NULL GROUP BY ALL"
    for f, county, rows in con.execute(found).fetchall():
        if county not in counties():
            of[f][name] += rows
