"""From the small tables to a status, a value and a cutoff for every household and indicator."""

from __future__ import annotations

import datetime

from benchmarks.floor import indicators
from benchmarks.floor.night import Night

LINES = {2020: 6000}  # yuan a head and year, region 410184
IN_FORCE = datetime.date(2020, 3, 20)  # catastrophic_illness
POOR, OTHER = 5_000, 20_000


def _three(at_risk: str, unknown: str) -> str:
    return f"CASE WHEN coalesce({at_risk}, false) THEN 2 WHEN coalesce({unknown}, true) THEN 1 ELSE 0 END"


def compute(night: Night) -> None:
    """`judged`: one row per household with status (2 at risk, 1 unknown, 0 clear) and value of each indicator."""
    indicators.people(night)
    indicators.income(night)
    indicators.illness(night)
    indicators.school(night)
    indicators.water(night)
    has_insurance, has_disability, has_payroll = (
        indicators.insured(night), indicators.disabled(night), indicators.payroll(night)
    )  # fmt: skip
    begins = night.year_ago + datetime.timedelta(1)
    is_untold = bool(night.missing("settlements", int(f"{begins:%Y%m}"), night.month))
    line = LINES.get(night.as_of.year)
    nobody = "coalesce(living, 0) = 0 OR lacking.h IS NOT NULL"
    numberless = f"{nobody} OR numberless > 0"
    known = "living > numberless"
    poor = "lifted OR watched"

    def counted(table: str, has: bool, unknown: str) -> str:
        return (
            f"{_three(f'{table}.surely > 0', f'{unknown} OR {not has}')}, "
            f"CASE WHEN living > 0 AND {has} THEN coalesce({table}.surely, 0) END"
        )

    columns = {
        "income": _three(f"net < {line or 0} * 100 * persons", "net IS NULL") if line else "1",
        "income_value": "(net / 100 / persons)::DECIMAL(18, 2)",
        "ill": (
            _three(
                f"ill.own > {OTHER * 100} OR ({poor}) AND ill.own >= {POOR * 100}",
                f"{numberless} OR ill_gap.h IS NOT NULL OR {is_untold} OR ({poor}) IS NULL AND ill.own >= {POOR * 100}",
            )
            if night.as_of >= IN_FORCE
            else "1"
        ),
        "ill_value": f"CASE WHEN {known} THEN (coalesce(ill.own, 0) / 100)::DECIMAL(18, 2) END",
        "ill_cutoff": f"CASE WHEN {poor} THEN {POOR} WHEN NOT ({poor}) THEN {OTHER} END"
        if night.as_of >= IN_FORCE
        else "NULL",
        "dwelling": _three("grade >= 3", "grade IS NULL"),
        "dwelling_value": "(grade >= 3)::INTEGER",
        "water": _three(
            "quality_fails OR outage_fails OR tap.quality = 2 OR quantity = 2 OR access = 2",
            "quality_open OR outage_open OR coalesce(quantity, 1) = 1 OR coalesce(access, 1) = 1 "
            "OR NOT (coalesce(tap.quality = 1, false) OR quality_passes)",
        ),
    }  # fmt: skip
    pairs = {
        "bare": counted("bare", has_insurance, f"{numberless} OR coalesce(bare.perhaps, 0) > 0"),
        "kids": counted(
            "kids",
            True,
            "coalesce(living, 0) = 0 OR coalesce(lacking.may_be_child, false) OR ageless > 0 "
            "OR coalesce(kids.perhaps, 0) > 0"
        ),
        "newly": counted("newly", has_payroll, f"{numberless} OR coalesce(newly.perhaps, 0) > 0"),
        "severe": counted("severe", has_disability, f"{numberless} OR severe_gap.h IS NOT NULL"),
    }
    shown = [f"{value} AS {name}" for name, value in columns.items()]
    for name, pair in pairs.items():
        status, value = pair.rsplit(", CASE WHEN living", 1)
        shown += [f"{status} AS {name}", f"CASE WHEN living{value} AS {name}_value"]
    sparse = ("folk", "lacking", "earned", "ill", "ill_gap", "bare", "kids", "newly", "severe", "severe_gap", "tap")
    joins = " ".join(f"LEFT JOIN {table} ON {table}.h = home.h" for table in sparse)
    night.con.execute(
        f"CREATE TEMP TABLE judged AS SELECT coalesce(odd, home.h::VARCHAR) AS household_id, {', '.join(shown)} "
        f"FROM home {joins} LEFT JOIN village ON village.v = home.v"
    )
    if not line:
        night.con.execute("ALTER TABLE judged ALTER income TYPE INTEGER")


def write(night: Night) -> None:
    """`signal` in the output file."""
    line = LINES.get(night.as_of.year)
    rows = {
        "income_below_line": ("income", "income_value", str(line or "NULL")),
        "catastrophic_illness": ("ill", "ill_value", "ill_cutoff"),
        "uninsured_member": ("bare", "bare_value", "1"),
        "school_dropout": ("kids", "kids_value", "1"),
        "newly_on_allowance": ("newly", "newly_value", "1"),
        "new_severe_disability": ("severe", "severe_value", "1"),
        "unsafe_water": ("water", "NULL", "NULL"),
        "unsafe_dwelling": ("dwelling", "dwelling_value", "1"),
    }
    night.con.execute(
        "CREATE TABLE floor.signal AS "
        + " UNION ALL ".join(
            f"SELECT household_id, '{indicator}' AS indicator, "
            f"CASE {status} WHEN 2 THEN 'at_risk' WHEN 1 THEN 'unknown' ELSE 'clear' END AS status, "
            f"{value}::DECIMAL(18, 2) AS value, {cutoff}::INTEGER AS cutoff FROM judged"
            for indicator, (status, value, cutoff) in rows.items()
        )
    )
    night.con.execute(
        "CREATE TABLE floor.member AS SELECT coalesce(odd_h, h::VARCHAR) AS household_id, "
        "coalesce(odd_p, p::VARCHAR) AS person_no, CASE sex WHEN 1 THEN '男' WHEN 2 THEN '女' END AS sex, "
        f"(born // 10000)::SMALLINT AS birth_year, (({night.day} - born) // 10000)::SMALLINT AS age, living AS is_living "
        "FROM person"
    )
    night.con.execute(
        "CREATE TABLE floor.household AS SELECT coalesce(odd, h::VARCHAR) AS household_id, v::VARCHAR AS village_code, "
        "CASE WHEN lifted THEN '脱贫户' WHEN NOT lifted THEN '一般农户' END AS household_type, "
        "coalesce(living, 0)::INTEGER AS persons FROM home LEFT JOIN folk USING (h)"
    )
    night.con.execute(
        "CREATE TABLE floor.delivery (path VARCHAR, rows_received INTEGER, rows_held INTEGER, rows_duplicate INTEGER, "
        "verdict VARCHAR)"
    )
    night.con.executemany(
        "INSERT INTO floor.delivery VALUES (?, ?, ?, ?, ?)",
        [(d.path, d.received, d.held, d.duplicate, d.verdict) for d in night.deliveries],
    )
