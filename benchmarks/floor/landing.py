"""The policy-landing table: what of each measure reached whom from 1 January to the as-of date."""

from __future__ import annotations

import datetime

from benchmarks.floor.night import MAX_AGE_MONTHS, Night


def _snapshots(night: Night) -> list[tuple[int, int]]:
    """Pairs of a members delivery usable in the period and the households delivery that goes with it."""
    january = datetime.date(night.as_of.year, 1, 1)
    by_period = {d.period: d for d in night.accepted("members")}.values()
    before = [d for d in by_period if d.first_day < january][-1:]
    oldest = january.year * 12 + 1 - MAX_AGE_MONTHS["members"]
    usable = [d for d in before if d.first_day.year * 12 + d.first_day.month >= oldest]
    homes = list({d.period: d for d in night.accepted("households")}.values())
    found = []
    for delivery in usable + [d for d in by_period if d.first_day >= january]:
        earlier = [h for h in homes if h.first_day <= delivery.first_day]
        if homes:
            found.append((delivery.index, (earlier[-1] if earlier else homes[0]).index))
    return found


def compute(night: Night) -> None:
    """`policy_landing` in the output file."""
    con, as_of, year = night.con, night.as_of, night.as_of.year
    period = f"BETWEEN DATE '{year}-01-01' AND DATE '{as_of}'"
    monthly = f"NOT held AND month BETWEEN {year * 100 + 1} AND {night.month}"
    back = f"r.day <= DATE '{as_of}'"
    con.execute(
        "CREATE TEMP TABLE waived AS SELECT o.k, o.deductible - coalesce(r.deductible, 0) AS deductible, "
        "o.copay - coalesce(r.copay, 0) AS copay, o.chronic - coalesce(r.chronic, 0) AS chronic FROM settlements o "
        "LEFT JOIN (SELECT rev, -sum(deductible) AS deductible, -sum(copay) AS copay, -sum(chronic) AS chronic "
        f"FROM settlements r WHERE rev IS NOT NULL AND NOT held AND {back} GROUP BY rev) r ON r.rev = o.key "
        f"WHERE o.rev IS NULL AND NOT o.held AND o.day {period} AND (o.deductible > 0 OR o.copay > 0 OR o.chronic > 0)"
    )
    receipts = {
        "checkups": f"SELECT k FROM checkups WHERE NOT held AND day {period}",
        "allowances": f"SELECT k FROM allowances WHERE {monthly}",
        "destitute": f"SELECT k FROM destitute WHERE {monthly}",
        "relief": f"SELECT k FROM relief WHERE NOT held AND day {period}",
        "disability_subsidies": f"SELECT k FROM disability_subsidies WHERE {monthly}",
        "waived": "SELECT k FROM waived",
    }
    con.execute(f"CREATE TEMP TABLE receiver AS SELECT DISTINCT k FROM ({' UNION ALL '.join(receipts.values())})")
    pairs = _snapshots(night)
    seen = " UNION ALL ".join(
        f"SELECT m.k FROM members m SEMI JOIN receiver USING (k) SEMI JOIN (SELECT h FROM households "
        f"WHERE f = {homes} AND NOT held AND lifted) USING (h) WHERE f = {people} AND NOT held"
        for people, homes in pairs
    )
    con.execute(
        f"CREATE TEMP TABLE registered AS SELECT DISTINCT k FROM ({seen or 'SELECT 0 AS k LIMIT 0'} UNION ALL "
        "SELECT k FROM person SEMI JOIN receiver USING (k) SEMI JOIN (SELECT h FROM home WHERE lifted) USING (h))"
    )
    months = ", ".join(f"({d.index}, {d.period[:6]})" for d in night.accepted("members")) or "(-1, 0)"
    lives = (
        f"SELECT k, month, h FROM (SELECT DISTINCT k, month FROM allowances SEMI JOIN registered USING (k) WHERE {monthly}) "
        "JOIN (SELECT k, h, told FROM members "
        f"JOIN (VALUES {months}) d(f, told) USING (f) WHERE NOT held) USING (k) "
        "QUALIFY row_number() OVER (PARTITION BY k, month ORDER BY told > month, abs(told - month), h) = 1"
    )
    mine = "SEMI JOIN registered USING (k)"
    certified = f"SEMI JOIN (SELECT cert FROM disability WHERE NOT held) USING (cert) {mine}"
    works = night.latest("projects")
    f = [works.index] if works and night.is_fresh(works) else []
    rows = {
        "grants_out_of_county": "NULL, count(DISTINCT k), NULL, sum(amount) FROM grants "
        f"WHERE NOT held AND programme = 2 AND away AND day {period}",
        "grants_term": "NULL, count(DISTINCT k), NULL, sum(amount) FROM grants "
        f"WHERE NOT held AND programme = 1 AND term = {year * 100 + 3} AND day <= DATE '{as_of}'",
        **{
            row: f"NULL, NULL, count(*), sum({c}) FROM waived {mine} WHERE {c} > 0"
            for row, c in {"deductible_waived": "deductible", "copay_waived": "copay", "chronic_covered": "chronic"}.items()
        },
        "checkups": f"NULL, count(DISTINCT k), NULL, NULL FROM checkups {mine} WHERE NOT held AND day {period}",
        "water_works": "NULL, (SELECT sum(people) FROM works), NULL, sum(investment) FROM "
        "(SELECT project, max(investment) AS investment FROM works GROUP BY project)",
        "allowances": f"(SELECT count(DISTINCT h) FROM ({lives})), count(DISTINCT k), NULL, sum(amount) "
        f"FROM allowances {mine} WHERE {monthly} AND amount > 0",
        "destitute": f"NULL, count(DISTINCT k), NULL, sum(amount) FROM destitute {mine} WHERE {monthly} AND amount > 0",
        "relief": f"NULL, NULL, count(*), sum(amount) FROM relief {mine} WHERE NOT held AND day {period}",
        "disability_subsidies": "NULL, count(DISTINCT k), NULL, sum(amount) FROM disability_subsidies "
        f"{certified} WHERE {monthly}",
    }  # fmt: skip
    con.execute(
        "CREATE TEMP TABLE works AS SELECT project, people, investment FROM "
        f"{night.current('projects', 'project, people, investment, built', f)} WHERE built = {year}"
    )
    con.execute(
        'CREATE TABLE floor.policy_landing ("row" VARCHAR, households INTEGER, persons INTEGER, visits INTEGER, '
        "amount_cny DECIMAL(18, 2))"
    )
    for row, select in rows.items():
        con.execute(
            f"INSERT INTO floor.policy_landing SELECT '{row}', homes, people, visits, (cents / 100)::DECIMAL(18, 2) "
            f"FROM (SELECT {select}) AS found(homes, people, visits, cents)"
        )
