"""From typed rows to a status, a value and a cutoff for every household and indicator."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from benchmarks.floor.night import NOTHING, ONE_DAY, Night, among, month_of, months_before, values

LINES = {2020: 6000}  # yuan a head and year, region 410184
ILLNESS_IN_FORCE = datetime.date(2020, 3, 20)
TERM_BEGINS, TERM_DUE = {3: 2, 9: 9}, {3: 31, 9: 30}  # month, day of March and September


def register(night: Night) -> None:
    """Households, members, and what held rows say about them."""
    homes, people = night.latest("households"), night.latest("members")
    older = [d.index for d in night.accepted("members") if d.index not in people]
    deaths = [(d.index, f"'{d.period}'") for d in night.accepted("deaths")]
    oldest, youngest = night.children
    night.run(
        "register",
        homes=night.current("households", homes), home_f=max(homes, default=NOTHING),
        people=night.current("members", people), held_people=night.standing("members", people),
        older=among(older), death_periods=values(deaths, "(-1, '')"),
        oldest_child=oldest, youngest_child=youngest,
    )  # fmt: skip
    if not night.fresh("households"):
        night.con.execute("UPDATE home SET v = NULL, lifted = NULL, watched = NULL, grade = NULL")
    divisions = night.fresh("divisions")
    if divisions:
        known = night.current("divisions", divisions)
        night.con.execute(f"UPDATE home SET v = NULL WHERE v NOT IN (SELECT v FROM {known})")


def compute(night: Night) -> None:
    """`judged`: one row per household."""
    now = {feed: night.fresh(feed) for feed in ("disability", "dropouts", "access", "projects")}
    income_year, now["incomes"] = _income_year(night)
    insurance_year, now["insurance"] = _insurance_year(night)
    now["enrolments"] = night.truths("enrolments")
    current = {feed: night.current(feed, deliveries) for feed, deliveries in now.items()}
    held = {feed: night.standing(feed, deliveries) for feed, deliveries in now.items()}
    events = {feed: night.open(feed) for feed in ("settlements", "allowances", "destitute")}
    window = f"day IS NULL OR day BETWEEN DATE '{night.begins}' AND DATE '{night.as_of}'"
    night.run("held", window=window, **events, **held)
    pay_recent, pay = _payroll(night)
    oldest, youngest = night.children
    night.run(
        "indicators", **current, **pay, **_terms(night), income_year=income_year,
        insurance_year=insurance_year, has_list=bool(now["dropouts"]),
        oldest_child=oldest, youngest_child=youngest,
    )  # fmt: skip
    _water(night, current, held["projects"], bool(now["projects"]))
    night.run(
        "judged", line=LINES.get(night.as_of.year, "NULL"),
        illness_in_force=night.as_of >= ILLNESS_IN_FORCE,
        bills_missing=bool(night.missing("settlements", month_of(night.begins))),
        has_insurance=bool(now["insurance"]), has_disability=bool(now["disability"]),
        has_payroll=pay_recent > 0,
    )  # fmt: skip


def _income_year(night: Night) -> tuple[int, list[int]]:
    """The latest year accepted, this year's or the last's."""
    years = [d for d in night.accepted("incomes") if int(d.period) >= night.as_of.year - 1]
    return (int(years[-1].period), [years[-1].index]) if years else (0, [])


def _insurance_year(night: Night) -> tuple[int, list[int]]:
    """The year asked for (the last one until this year's first is due) and the file that has it whole."""
    year = night.as_of.year - (night.as_of < datetime.date(night.as_of.year, 1, 10))
    told = night.con.execute(f"SELECT DISTINCT f FROM insurance WHERE y = {year} AND NOT held").fetchall()
    files = [d.index for d in night.accepted("insurance") if (d.index,) in told and night.is_fresh(d)]
    return year, files[-1:]


def _terms(night: Night) -> dict[str, int]:
    """The latest term required, and the latest one required and missing."""
    received = {d.period for d in night.deliveries if d.feed == "enrolments"}
    covered = {int(d.period) for d in night.accepted("enrolments")}
    terms = [
        year * 100 + month for year in range(night.as_of.year - 12, night.as_of.year + 1) for month in (3, 9)
    ]
    begun = [t for t in terms if datetime.date(t // 100, TERM_BEGINS[t % 100], 1) <= night.as_of]
    due = [
        t
        for t in begun
        if str(t) in received or datetime.date(t // 100, t % 100, TERM_DUE[t % 100]) <= night.as_of
    ]
    return {"term_due": due[-1], "term_missing": max(set(due) - covered, default=0)}


def _payroll(night: Night) -> tuple[int, dict[str, object]]:
    """P-2, P-11 and whether months from each on are missing; 0 where no P is recent enough."""
    feeds = ("allowances", "destitute")
    periods = [{d.period for d in night.accepted(feed)} for feed in feeds]
    this = month_of(night.as_of)
    paid = [m for m in (this, months_before(this, 1)) if all({str(m), str(m // 100)} & p for p in periods)]
    if not paid:
        return 0, {"pay_recent": 0, "pay_first": 0, "pay_recent_missing": False, "pay_early_missing": True}
    recent, first = months_before(paid[0], 2), months_before(paid[0], 11)
    missing = [m for feed in feeds for m in night.missing(feed, first) if m <= paid[0]]
    return recent, {
        "pay_recent": recent, "pay_first": first, "pay_recent_missing": any(m >= recent for m in missing),
        "pay_early_missing": any(m < recent for m in missing),
    }  # fmt: skip


def _water(night: Night, current: dict[str, str], held_projects: str, has_projects: bool) -> None:
    since = night.as_of - 364 * ONE_DAY
    caps = []
    for delivery in night.accepted("outages"):
        told = month_of(delivery.last_day)
        later = [m for m in night.missing("outages", told) if m > told]
        ends = datetime.date(later[0] // 100, later[0] % 100, 1) - ONE_DAY if later else night.as_of
        caps.append((delivery.index, f"DATE '{ends}'"))
    night.run(
        "water", since=since, projects=current["projects"], access=current["access"],
        held_projects=held_projects, has_projects=has_projects,
        held_tests=night.open("quality_tests"), held_outages=night.open("outages"),
        outage_caps=values(caps, f"({NOTHING}, DATE '{night.as_of}')"),
        tests_missing=max(night.missing("quality_tests", month_of(night.begins)), default=0),
        outages_missing=bool(night.missing("outages", month_of(since))),
    )  # fmt: skip


def write(night: Night) -> None:
    """Signals, members, households, deliveries and what their rows break into the output file."""
    night.run("output", line=LINES.get(night.as_of.year, "NULL"), day=night.day)
    rows = [(d.path, d.received, d.held, d.duplicate, d.verdict) for d in night.deliveries]
    _insert(night, "delivery", rows)
    counts = [
        (d.feed, d.period, d.n, d.path, f"{d.feed}.{name}", rows)
        for d in night.deliveries
        for name, rows in d.broken.items()
    ]
    _insert(night, "expectation_count", counts)


def _insert(night: Night, table: str, rows: Sequence[tuple[str | int, ...]]) -> None:
    """All rows at once, column by column: a statement for each would cost more than the table."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        night.con.execute(
            f"INSERT INTO floor.{table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns
        )
