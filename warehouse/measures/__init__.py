"""Measures of households: one SQL file each, with a lower and an upper bound and why they differ.

A file selects (household_id, lower, upper, per, because). One that says `-- fold: max` or `-- fold: sum` selects
the same without `per` for every living member, and is folded into households here. lower NULL = nothing known,
upper NULL = no bound. `evidence/<measure>.sql` selects the rows (household_id, delivery_id, line) behind a value.
A measure that only counts rows of a feed is declared in its rule's file instead (warehouse/counts.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.counts import MEMBER, Count
from warehouse.rules import rules

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Measure:
    """A measure as its file, or the rule that declares it, states it."""

    name: str
    title_zh: str
    title_en: str
    fold: str | None
    sql: str
    evidence: str
    source: str  # where it is changed


@cache
def measures() -> dict[str, Measure]:
    """All measures by name, in order; ValueError names a file without its titles, a name used twice, and a rule
    that compares what nobody measures."""
    found = [_measure(path) for path in HERE.glob("*.sql")]
    found += [_declared(count, rule.indicator) for rule in rules() for count in rule.counts]
    named = {one.name: one for one in sorted(found, key=lambda one: one.name)}
    if len(named) < len(found):
        twice = next(name for name in named if sum(one.name == name for one in found) > 1)
        raise ValueError(f"two measures are called {twice}")
    for rule in rules():
        for part in rule.parts:
            if part.measure not in named:
                raise ValueError(f"{rule.indicator}.yaml: no measure is called {part.measure}")
    return named


def _measure(path: Path) -> Measure:
    text = path.read_text(encoding="utf-8")
    stated = dict(re.findall(r"^-- (zh|en|fold): (.+)$", text, flags=re.MULTILINE))
    if not {"zh", "en"} <= stated.keys():
        raise ValueError(f"{path.name} states no title (-- zh: …, -- en: …)")
    evidence = (HERE / "evidence" / path.name).read_text(encoding="utf-8")
    source = f"warehouse/measures/{path.name}"
    return Measure(path.stem, stated["zh"], stated["en"], stated.get("fold"), text, evidence, source)


def _declared(count: Count, indicator: str) -> Measure:
    fold = "sum" if count.by == MEMBER else None
    source = f"warehouse/indicators/{indicator}.yaml"
    return Measure(
        count.name, count.title_zh, count.title_en, fold, count.sql(), count.evidence_sql(), source
    )


def measure_sql(measure: Measure) -> str:
    """The statement of a measure per household."""
    return measure.sql if measure.fold is None else _folded_sql(measure)


def _folded_sql(measure: Measure) -> str:
    """Members folded into households. A household whose members are not all known has no upper bound."""
    return f"""
WITH person AS (
{measure.sql}
),
household AS (
    SELECT
        household_id, {measure.fold}(lower) AS lower,
        CASE WHEN count(*) = count(upper) THEN {measure.fold}(upper) END AS upper, max(because) AS because
    FROM person
    GROUP BY household_id
),
doubt AS (
    SELECT household_id, min(because) AS because FROM work.unknown_members GROUP BY household_id
)
SELECT
    h.household_id,
    CASE WHEN p.household_id IS NULL AND d.household_id IS NULL THEN 0 ELSE p.lower END AS lower,
    CASE WHEN d.household_id IS NOT NULL THEN NULL WHEN p.household_id IS NULL THEN 0 ELSE p.upper END AS upper,
    1 AS per,
    coalesce(d.because, p.because) AS because
FROM work.household AS h
LEFT JOIN household AS p ON h.household_id = p.household_id
LEFT JOIN doubt AS d ON h.household_id = d.household_id
"""
