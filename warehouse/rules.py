"""The rule engine: a rule is a file in `indicators/`, and one statement answers all of them for all households.

A part of a rule compares the bounds of a measure with the cutoffs in force at D: past them on both bounds is
at
risk, past them on neither is clear, all else unknown. Any part at risk makes the rule at risk; else any part
unknown makes it unknown. A part may be for one group of households; where a household's group is unknown it
must be clear in every group to be clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from expectations.checks import quoted
from warehouse.counts import Count, counts_of

HERE = Path(__file__).parent
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
GROUPS = {
    "all": "TRUE",
    "lifted_or_monitored": "h.is_lifted_or_monitored",
    "others": "NOT h.is_lifted_or_monitored",
}


@dataclass(frozen=True)
class Cutoff:
    """A value, the days on which it is in force, and the document that says so."""

    value: Decimal
    first: date
    last: date
    region: str | None
    status: str  # published, assumed
    source: str


@dataclass(frozen=True)
class Part:
    """measure, comparison, cutoffs, and the group of households it is for."""

    measure: str
    at_risk_when: str
    group: str
    cutoffs: tuple[Cutoff, ...]

    def in_force(self, as_of: date, region: str) -> Cutoff | None:
        """The cutoff of the day; ValueError where two claim it."""
        found = [c for c in self.cutoffs if c.first <= as_of <= c.last and c.region in (None, region)]
        if len(found) > 1:
            raise ValueError(f"two cutoffs of {self.measure} are in force on {as_of}")
        return found[0] if found else None


@dataclass(frozen=True)
class Rule:
    """One indicator as its file states it."""

    indicator: str
    title_zh: str
    title_en: str
    dimension: str
    parts: tuple[Part, ...]
    counts: tuple[Count, ...] = ()  # measures that need no file of their own
    is_to_verify: bool = False  # a telephone call settles it


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in order of id; ValueError names the file that does not state what it must."""
    return tuple(_rule(path) for path in sorted((HERE / "indicators").glob("*.yaml")))


def _rule(path: Path) -> Rule:
    stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        parts = tuple(_part(part) for part in stated["parts"])
        counts = counts_of(stated.get("measures", {}), stated["dimension"])
        title = stated["title"]
        is_to_verify = stated.get("is_to_verify", False)
        return Rule(path.stem, title["zh"], title["en"], stated["dimension"], parts, counts, is_to_verify)
    except KeyError as error:
        raise ValueError(f"{path.name}: {error.args[0]} is missing") from error
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _part(stated: dict[str, Any]) -> Part:
    if stated["at_risk_when"] not in OPPOSITE:
        raise ValueError(f"at_risk_when is one of {', '.join(OPPOSITE)}")
    listed = stated["cutoffs"]
    rows = parameter(listed) if isinstance(listed, str) else listed
    group = stated.get("for", "all")
    if group not in GROUPS:
        raise ValueError(f"for is one of {', '.join(GROUPS)}")
    return Part(stated["measure"], stated["at_risk_when"], group, tuple(_cutoff(row) for row in rows))


def parameter(name: str) -> list[dict[str, Any]]:
    """The dated rows of a parameter that several rules or measures share."""
    return yaml.safe_load((HERE / "parameters" / f"{name}.yaml").read_text(encoding="utf-8"))


def in_force(name: str, as_of: date) -> Any:
    """The value of a parameter on a day; None where no row is in force."""
    rows = (row for row in parameter(name) if row.get("from", date.min) <= as_of <= row.get("to", date.max))
    return next((row["value"] for row in rows), None)


def _cutoff(row: dict[str, Any]) -> Cutoff:
    first, last = row.get("from", date.min), row.get("to", date.max)
    return Cutoff(Decimal(str(row["value"])), first, last, row.get("region"), row["status"], row["source"])


def signal_sql(rule: Rule, as_of: date, region: str) -> str:
    """One rule over `work.bounds` (alias b) and `work.household` (alias h)."""
    risky = " OR ".join(_risky(rule, as_of, region))
    clear = " AND ".join(f"coalesce({_past(part, as_of, region, risky=False)}, FALSE)" for part in rule.parts)
    status = f"CASE WHEN {risky} THEN 'at_risk' WHEN {clear} THEN 'clear' ELSE 'unknown' END"
    value, cutoff = _compared(rule, as_of, region)
    return (
        f"SELECT DATE '{as_of}' AS as_of, household_id, {quoted(rule.indicator)} AS indicator, status,"
        f" value, cutoff, CASE WHEN status = 'unknown' THEN because END AS unknown_because"
        f" FROM (SELECT b.household_id, {status} AS status, {value} AS value, {cutoff} AS cutoff,"
        f" {_because(rule, as_of, region)} AS because FROM work.bounds AS b"
        f" JOIN work.household AS h ON b.household_id = h.household_id) AS judged"
    )


def _risky(rule: Rule, as_of: date, region: str) -> list[str]:
    """Every way to be surely at risk: past a cutoff that is the household's, or past those of all groups."""
    ways = [f"coalesce({_past(part, as_of, region, risky=True)}, FALSE)" for part in rule.parts]
    grouped = [part for part in rule.parts if part.group != "all"]
    if grouped:
        every = " AND ".join(f"coalesce({_bound_is_past(part, as_of, region)}, FALSE)" for part in grouped)
        ways.append(f"({GROUPS[grouped[0].group]} IS NULL AND {every})")
    return ways


def _bound_is_past(part: Part, as_of: date, region: str, risky: bool = True) -> str:
    """The bound that must be past the cutoff (or surely not past it) compared, whatever the household's
    group."""
    cutoff = part.in_force(as_of, region)
    if cutoff is None:
        return "FALSE"
    is_upward = part.at_risk_when in (">", ">=")
    bound = "lower" if is_upward == risky else "upper"
    operator = part.at_risk_when if risky else OPPOSITE[part.at_risk_when]
    return f"b.{part.measure}__{bound} {operator} {cutoff.value} * b.{part.measure}__per"


def _past(part: Part, as_of: date, region: str, risky: bool) -> str:
    """Surely past the cutoff (`risky`), or surely not; NULL and so neither where a bound is open."""
    past, group = _bound_is_past(part, as_of, region, risky), GROUPS[part.group]
    if part.group == "all":
        return past
    if risky:
        return f"({group}) AND {past}"
    return f"CASE WHEN NOT ({group}) THEN TRUE ELSE {past} END"


def _compared(rule: Rule, as_of: date, region: str) -> tuple[str, str]:
    """The value and the cutoff to show; NULL where parts of different measures are ORed."""
    if len({part.measure for part in rule.parts}) > 1:
        return "CAST(NULL AS DECIMAL(18, 2))", "CAST(NULL AS DECIMAL(18, 2))"
    measure = rule.parts[0].measure
    value = f"CAST(b.{measure}__lower / CAST(b.{measure}__per AS DECIMAL(10, 0)) AS DECIMAL(18, 2))"
    branches = []
    for part in rule.parts:
        if (found := part.in_force(as_of, region)) is not None:
            branches.append(f"WHEN {GROUPS[part.group]} THEN CAST({found.value} AS DECIMAL(18, 2))")
    cutoff = f"CASE {' '.join(branches)} END" if branches else "CAST(NULL AS DECIMAL(18, 2))"
    return value, cutoff


def _because(rule: Rule, as_of: date, region: str) -> str:
    """Why it is unknown: all reasons of the parts, in order of reason."""
    if all(part.in_force(as_of, region) is None for part in rule.parts):
        return quoted(f"no_cutoff:{as_of.year}")
    measures = sorted({part.measure for part in rule.parts})
    reasons = ", ".join(f"b.{measure}__because" for measure in measures)
    stated = reasons if len(measures) == 1 else f"nullif(concat_ws(',', {reasons}), '')"
    needs_group = any(part.group != "all" for part in rule.parts)
    return f"coalesce({stated}, 'not_stated:household_type')" if needs_group else stated


def measures_of(listed: Sequence[Rule]) -> list[str]:
    """The measures that some rules compare, each once, in order."""
    return sorted({part.measure for rule in listed for part in rule.parts})
