"""The policy-landing table: what of each measure reached whom from 1 January to the as-of date."""

from __future__ import annotations

import datetime

from benchmarks.floor.night import MAX_AGE_MONTHS, NOTHING, Night, month_of, values


def compute(night: Night) -> None:
    """`policy_landing` in the output file."""
    year = night.as_of.year
    snapshots = "".join(
        "SELECT k FROM members SEMI JOIN receiver USING (k) SEMI JOIN "
        f"(SELECT h FROM households WHERE f = {homes} AND NOT held AND lifted) USING (h) "
        f"WHERE f = {people} AND NOT held UNION ALL "
        for people, homes in _snapshots(night)
    )
    told = [(d.index, d.period[:6]) for d in night.accepted("members")]
    night.con.execute("DROP TABLE stale_projects")
    night.run(
        "landing", snapshots=snapshots, year=year,
        projects=night.current("projects", night.fresh("projects")),
        period=f"BETWEEN DATE '{year}-01-01' AND DATE '{night.as_of}'",
        monthly=f"NOT held AND month BETWEEN {year}01 AND {month_of(night.as_of)}",
        member_months=values(told, f"({NOTHING}, 0)"),
    )  # fmt: skip


def _snapshots(night: Night) -> list[tuple[int, int]]:
    """Pairs of a members delivery usable in the period and the households delivery that goes with it."""
    january = datetime.date(night.as_of.year, 1, 1)
    people, homes = (
        list({d.period: d for d in night.accepted(f)}.values()) for f in ("members", "households")
    )
    oldest = january.year * 12 + 1 - MAX_AGE_MONTHS["members"]
    before = [d for d in people if d.first_day < january][-1:]
    usable = [d for d in before if d.first_day.year * 12 + d.first_day.month >= oldest]
    found = []
    for delivery in [*usable, *(d for d in people if d.first_day >= january)] if homes else []:
        earlier = [h for h in homes if h.first_day <= delivery.first_day]
        found.append((delivery.index, (earlier[-1] if earlier else homes[0]).index))
    return found
