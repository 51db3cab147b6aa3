"""The eight indicators: for each a small table of the households of which there is something to say."""

from __future__ import annotations

import datetime

from benchmarks.floor.night import NOTHING, Night, months_before



def people(night: Night) -> None:
    """`folk`: living members by household; `gap`: held rows by household and person."""
    night.con.execute(
        "CREATE TEMP TABLE folk AS SELECT h, count_if(living) AS living, count_if(living AND k IS NULL) AS numberless, "
        "count_if(living AND born IS NULL) AS ageless FROM person GROUP BY h"
    )
    night.con.execute(
        "CREATE TEMP TABLE gap AS SELECT feed, t, h, k FROM named WHERE k IS NULL UNION ALL "
        "SELECT feed, t, p.h, k FROM (SELECT feed, t, k FROM named WHERE k IS NOT NULL) JOIN person p USING (k) "
        "WHERE p.living"
    )


def income(night: Night) -> None:
    """`earned`: net income and persons of the latest year."""
    years = [d for d in night.accepted("incomes") if int(d.period) >= night.as_of.year - 1]
    last = max(years, key=lambda d: (d.period, d.index), default=None)
    f = last.index if last and night.is_fresh(last) else NOTHING
    night.stale("incomes", [f])
    night.con.execute(
        f"CREATE TEMP TABLE earned AS SELECT h, net, persons FROM {night.current('incomes', 'h, net, persons, y', [f])} "
        f"WHERE y = {last.period if last else 0}"
    )


def illness(night: Night) -> None:
    """`ill`: the largest sum borne by a living member; `ill_gap`: households of which a bill is missing."""
    window = f"BETWEEN DATE '{night.year_ago + datetime.timedelta(1)}' AND DATE '{night.as_of}'"
    night.con.execute(
        "CREATE TEMP TABLE ill AS SELECT h, max(own) AS own FROM (SELECT k, sum(own)::BIGINT AS own FROM ("
        f"SELECT k, own FROM settlements WHERE rev IS NULL AND NOT held AND day {window} UNION ALL "
        "SELECT o.k, r.own FROM settlements r JOIN settlements o ON o.key = r.rev "
        f"WHERE NOT r.held AND NOT o.held AND o.rev IS NULL AND o.day {window} AND r.day <= DATE '{night.as_of}') "
        "GROUP BY k) JOIN person USING (k) WHERE living GROUP BY h"
    )
    night.con.execute("CREATE TEMP TABLE ill_gap AS SELECT DISTINCT h FROM gap WHERE feed = 'settlements'")


def insured(night: Night) -> bool:
    """`bare`: how many living members have no row 正常, how many of them may have one in a held row."""
    year = night.as_of.year if night.as_of >= datetime.date(night.as_of.year, 1, 10) else night.as_of.year - 1
    files = [d for d in night.accepted("insurance") if night.is_fresh(d)]
    with_year = {f for (f,) in night.con.execute(
        f"SELECT DISTINCT f FROM insurance WHERE y = {year} AND NOT held").fetchall()}  # fmt: skip
    usable = [d.index for d in files if d.index in with_year]
    now = usable[-1:]
    night.con.execute("DROP TABLE stale_insurance")
    night.stale("insurance", now)
    night.con.execute(
        "CREATE TEMP TABLE bare AS WITH uninsured AS (SELECT h, k FROM person ANTI JOIN (SELECT k FROM "
        f"{night.current('insurance', 'k, y, insured', now)} WHERE y = {year} AND insured) USING (k) "
        f"WHERE living AND k IS NOT NULL), doubt AS (SELECT h, k FROM gap WHERE feed = 'insurance' "
        f"AND (t IS NULL OR t = {year})) "
        "SELECT h, count_if(NOT doubtful) AS surely, count_if(doubtful) AS perhaps FROM (SELECT h, "
        "(h, k) IN (SELECT (h, k) FROM doubt WHERE k IS NOT NULL) OR h IN (SELECT h FROM doubt WHERE k IS NULL) "
        "AS doubtful FROM uninsured) GROUP BY h"
    )
    return bool(now)


def school(night: Night) -> None:
    """`kids`: children of 6-15 out of school, or of whom it is not known."""
    con, as_of = night.con, night.as_of
    august = as_of.year * 10000 + 831 if (as_of.month, as_of.day) >= (8, 31) else (as_of.year - 1) * 10000 + 831
    terms = [t for y in range(as_of.year - 12, as_of.year + 1) for t in (y * 100 + 3, y * 100 + 9)]
    begun = [t for t in terms if datetime.date(t // 100, {3: 2, 9: 9}[t % 100], 1) <= as_of]
    received = {int(d.period) for d in night.deliveries if d.feed == "enrolments" and len(d.period) == 6}
    covered = {int(d.period) for d in night.accepted("enrolments")}
    promised = [t for t in begun if datetime.date(t // 100, t % 100, {3: 31, 9: 30}[t % 100]) <= as_of]
    required = sorted(set(promised) | (received & set(begun)))
    missing = [t for t in required if t not in covered and t >= min(covered, default=0)]
    lists = night.latest("dropouts")
    has_list = bool(lists and night.is_fresh(lists))
    f = [lists.index] if lists and has_list else []
    con.execute(
        "CREATE TEMP TABLE kid AS SELECT h, k, excused FROM person WHERE living "
        f"AND born <= {august - 60000} AND born > {night.day - 160000}"
    )
    con.execute(
        "CREATE TEMP TABLE at_school AS WITH seen AS (SELECT k, term, status FROM "
        f"{night.current('enrolments', 'k, term, status', night.truths('enrolments'))} SEMI JOIN kid USING (k)) "
        "SELECT k, max(term) AS last, bool_or(status = 3 AND term = final) AS is_left, "
        "bool_or(status IN (1, 2) AND term = final) AS stays, "
        f"bool_or(status IN (1, 2, 5) AND term = {required[-1]}) AS seen "
        "FROM (SELECT *, max(term) OVER (PARTITION BY k) AS final FROM seen) GROUP BY k"
    )
    con.execute(
        "CREATE TEMP TABLE kids AS WITH doubt AS (SELECT kid.h, kid.k, "
        "bool_or(feed = 'dropouts') AS by_list, max(CASE WHEN feed = 'enrolments' THEN coalesce(t, 999999) END) AS by_term "
        "FROM kid JOIN (SELECT * FROM gap WHERE feed IN ('dropouts', 'enrolments')) g "
        "ON kid.h = g.h AND (g.k IS NULL OR g.k = kid.k) GROUP BY ALL), "
        f"listed AS (SELECT DISTINCT k FROM {night.current('dropouts', 'k, back', f)} WHERE NOT back), "
        "away AS (SELECT DISTINCT k FROM grants WHERE NOT held AND away "
        f"AND day > DATE '{night.year_ago}' AND day <= DATE '{as_of}'), "
        "state AS (SELECT kid.h, CASE WHEN kid.k IS NULL THEN 1 "
        f"WHEN {str(has_list).lower()} AND kid.k IN (SELECT k FROM listed) THEN 2 "
        "WHEN is_left AND NOT stays AND coalesce(by_term, 0) < last "
        f"AND NOT last < {max(missing, default=0)} THEN 2 "
        f"WHEN is_left OR by_list OR by_term >= coalesce(last, 0) OR NOT {str(has_list).lower()} THEN 1 "
        "WHEN seen OR excused OR kid.k IN (SELECT k FROM away) THEN 0 ELSE 1 END AS s "
        "FROM kid LEFT JOIN at_school USING (k) LEFT JOIN doubt ON kid.h = doubt.h AND kid.k = doubt.k) "
        "SELECT h, count_if(s = 2) AS surely, count_if(s = 1) AS perhaps FROM state GROUP BY h HAVING max(s) > 0"
    )


def disabled(night: Night) -> bool:
    """`severe`: living members with a new certificate of a severe disability; `severe_gap`: who may have one."""
    now = night.latest("disability")
    is_fresh = bool(now and night.is_fresh(now))
    f = [now.index] if now and is_fresh else []
    night.con.execute(
        "CREATE TEMP TABLE severe AS SELECT h, count(DISTINCT k) AS surely FROM (SELECT DISTINCT k FROM "
        f"{night.current('disability', 'k, day, severe', f)} WHERE severe "
        f"AND day > DATE '{night.year_ago}' AND day <= DATE '{night.as_of}') JOIN person USING (k) "
        "WHERE living GROUP BY h"
    )
    night.con.execute("CREATE TEMP TABLE severe_gap AS SELECT DISTINCT h FROM gap WHERE feed = 'disability'")
    return is_fresh


def payroll(night: Night) -> bool:
    """`newly`: living members newly paid, and those of whom it is not known."""
    feeds = ("allowances", "destitute")
    covered = [
        month for month in (night.month, months_before(night.month, 1))
        if all({str(month), str(month // 100)} & {d.period for d in night.accepted(feed)} for feed in feeds)
    ]  # fmt: skip
    if not covered:
        night.con.execute("CREATE TEMP TABLE newly AS SELECT 0::BIGINT AS h, 0 AS surely, 0 AS perhaps LIMIT 0")
        return False
    last = covered[0]
    recent, first = months_before(last, 2), months_before(last, 11)
    missing = {month for feed in feeds for month in night.missing(feed, first, last)}
    gap_before, gap_recent = any(m < recent for m in missing), any(m >= recent for m in missing)
    paid = " UNION ALL ".join(f"SELECT k, month FROM {feed} WHERE NOT held AND amount > 0" for feed in feeds)
    surely = "false" if gap_before else "true"
    everybody = "UNION ALL SELECT h, k FROM person WHERE living AND k IS NOT NULL" if gap_recent else ""
    night.con.execute(
        f"CREATE TEMP TABLE newly AS WITH pay AS (SELECT k, bool_or(month < {recent}) AS early, "
        f"bool_or(month >= {recent}) AS late FROM ({paid}) WHERE month >= {first} GROUP BY k), "
        f"doubt AS (SELECT h, k FROM gap WHERE feed = 'payroll' AND (t IS NULL OR t >= {recent})), "
        "perhaps AS (SELECT h, k FROM doubt WHERE k IS NOT NULL UNION ALL SELECT p.h, p.k FROM person p "
        "SEMI JOIN (SELECT h FROM doubt WHERE k IS NULL) USING (h) WHERE p.living AND p.k IS NOT NULL "
        f"{everybody}) "
        "SELECT h, count(DISTINCT k) FILTER (sure) AS surely, count(DISTINCT k) FILTER (NOT sure) AS perhaps FROM ("
        f"SELECT p.h, p.k, {surely} AS sure FROM (SELECT k FROM pay WHERE late AND NOT early) JOIN person p USING (k) "
        "WHERE p.living UNION ALL SELECT h, k, false FROM perhaps ANTI JOIN pay USING (k)) GROUP BY h"
    )
    return True


def water(night: Night) -> None:
    """`village`: quality and reliability of each village; `tap`: what the household's own row says."""
    con, as_of = night.con, night.as_of
    begins = night.year_ago + datetime.timedelta(1)
    since = as_of - datetime.timedelta(364)
    projects, access = night.latest("projects"), night.latest("access")
    has_projects = bool(projects and night.is_fresh(projects))
    f = [projects.index] if projects and has_projects else []
    con.execute(f"CREATE TEMP TABLE project_gap AS SELECT DISTINCT v FROM {night.standing('projects', f)}")
    con.execute(
        f"CREATE TEMP TABLE serving AS SELECT DISTINCT project, v FROM {night.current('projects', 'project, v', f)}"
    )
    untold = max(night.missing("quality_tests", int(f"{begins:%Y%m}"), night.month), default=0)
    con.execute(
        "CREATE TEMP TABLE quality AS WITH test AS (SELECT project, max(day) AS last, "
        "max(day) FILTER (NOT good) AS last_bad FROM quality_tests WHERE NOT held "
        f"AND day BETWEEN DATE '{begins}' AND DATE '{as_of}' GROUP BY project), "
        f"bad AS (SELECT project, max(coalesce(day, DATE '{as_of}')) AS held FROM {night.open('quality_tests')} "
        f"WHERE project IS NOT NULL AND (day IS NULL OR day BETWEEN DATE '{begins}' AND DATE '{as_of}') GROUP BY project) "
        "SELECT v, coalesce(bool_or(last_bad = last), false) AS fails, "
        "bool_or(coalesce(held >= coalesce(last, held), false) OR "
        f"coalesce(year(last) * 100 + month(last), 0) < {untold}) AS open, bool_and(last IS NOT NULL) AS passes "
        "FROM serving LEFT JOIN test USING (project) LEFT JOIN bad USING (project) GROUP BY v"
    )
    caps = []
    for delivery in night.accepted("outages"):
        told = int(f"{delivery.last_day:%Y%m}")
        later = [m for m in night.missing("outages", told, night.month) if m > told]
        cap = datetime.date(later[0] // 100, later[0] % 100, 1) - datetime.timedelta(1) if later else as_of
        caps.append(f"({delivery.index}, DATE '{cap}')")
    told = ", ".join(caps) or f"({NOTHING}, DATE '{as_of}')"
    is_untold = bool(night.missing("outages", int(f"{since:%Y%m}"), night.month))
    con.execute(
        "CREATE TEMP TABLE supply AS WITH spell AS (SELECT v, greatest(began, "
        f"DATE '{since}') AS a, least(coalesce(ended, cap), DATE '{as_of}') AS b, ended IS NULL AND cap < DATE '{as_of}' AS open "
        f"FROM outages JOIN (VALUES {told}) told(f, cap) USING (f) WHERE NOT held), "
        "days AS (SELECT v, count(DISTINCT day) AS days FROM (SELECT v, unnest(generate_series(a, b, INTERVAL 1 DAY)) AS day "
        "FROM spell WHERE a <= b) GROUP BY v), "
        f"bad AS (SELECT v, project FROM {night.open('outages')} WHERE coalesce(began <= DATE '{as_of}', true) "
        f"AND coalesce(ended >= DATE '{since}', true)), "
        "open AS (SELECT v FROM bad WHERE v IS NOT NULL UNION SELECT s.v FROM bad JOIN serving s USING (project) "
        "WHERE bad.v IS NULL UNION SELECT v FROM spell WHERE open) "
        "SELECT v, coalesce(days, 0) AS days, open.v IS NOT NULL AS open FROM days FULL JOIN open USING (v)"
    )
    con.execute(
        "CREATE TEMP TABLE village AS SELECT v, "
        f"coalesce(q.fails, false) AS quality_fails, coalesce(q.open, false) OR v IN (SELECT v FROM project_gap) "
        f"OR NOT {str(has_projects).lower()} AS quality_open, coalesce(q.passes, false) AS quality_passes, "
        f"coalesce(s.days, 0) > 36 AS outage_fails, coalesce(s.open, false) OR {str(is_untold).lower()} AS outage_open "
        "FROM (SELECT DISTINCT v FROM home WHERE v IS NOT NULL) LEFT JOIN quality q USING (v) LEFT JOIN supply s USING (v)"
    )
    f = [access.index] if access and night.is_fresh(access) else []
    night.stale("access", f)
    columns = "h, litres, mode, minutes, distance, climb, quality, scarce"
    litres = (
        "CASE WHEN litres < 20 OR litres < 35 AND scarce = false THEN 2 WHEN litres IS NULL THEN 1 "
        "WHEN litres < 35 AND scarce IS NULL THEN 1 ELSE 0 END"
    )
    far = "minutes IS NULL AND (coalesce(distance > 800, false) OR coalesce(climb > 80, false))"
    near = "coalesce(minutes <= 20, false) OR minutes IS NULL AND distance <= 800 AND climb <= 80"
    way = (
        f"CASE WHEN mode = 1 THEN 0 WHEN coalesce({near}, false) THEN 0 WHEN mode IS NULL THEN 1 "
        f"WHEN minutes > 20 OR {far} THEN 2 ELSE 1 END"
    )
    con.execute(
        f"CREATE TEMP TABLE tap AS SELECT h, {litres} AS quantity, {way} AS access, quality "
        f"FROM {night.current('access', columns, f)}"
    )
