"""Households and members as they stand on the date, and what held rows say about them."""

from __future__ import annotations

from benchmarks.floor.night import NOTHING, Night

NO_NUMBER = "无|未办|无户口|.*护照.*|8[123]\\d{13,16}[\\dX]?|[A-Z]{1,3}\\d{6,9}"


def households(night: Night) -> None:
    """`home`: every household of the latest register; what is unknown of it is null."""
    con = night.con
    now = night.latest("households")
    f = now.index if now else NOTHING
    night.stale("households", [f])
    old = "" if now and night.is_fresh(now) else "NULL AND "
    con.execute(
        "CREATE TEMP TABLE home AS SELECT h, odd, v, lifted, watched, grade FROM "
        f"{night.current('households', 'h, odd, v, lifted, watched, grade', [f])} UNION ALL "
        "SELECT h, any_value(odd), NULL, NULL, NULL, NULL FROM households "
        f"WHERE f = {f} AND held AND h IS NOT NULL AND h NOT IN (SELECT h FROM stale_households) GROUP BY h"
    )
    if old:
        con.execute("UPDATE home SET v = NULL, lifted = NULL, watched = NULL, grade = NULL")
    divisions = night.latest("divisions")
    if divisions:
        night.stale("divisions", [divisions.index])
        con.execute(
            "UPDATE home SET v = NULL WHERE v IS NOT NULL AND v NOT IN "
            f"(SELECT v FROM {night.current('divisions', 'v', [divisions.index])})"
        )


def members(night: Night) -> None:
    """`person`: one row per member and household, with the number kept from before where it was damaged."""
    con = night.con
    now = night.latest("members")
    f = now.index if now else NOTHING
    night.stale("members", [f])
    older = ", ".join(str(d.index) for d in night.accepted("members") if d.index < f) or str(NOTHING)
    columns = "h, p, odd_h, odd_p, k, number, who, born, sex, excused"
    con.execute(
        "CREATE TEMP TABLE kept AS SELECT p, k FROM members SEMI JOIN "
        f"(SELECT p FROM {night.current('members', 'p, k, number', [f])} "
        f"WHERE k IS NULL AND NOT coalesce(regexp_full_match(upper(number), '{NO_NUMBER}'), false)) USING (p) "
        f"WHERE k IS NOT NULL AND NOT held AND f IN ({older}) "
        "QUALIFY row_number() OVER (PARTITION BY p ORDER BY f DESC) = 1"
    )
    periods = ", ".join(f"({d.index}, '{d.period}')" for d in night.accepted("deaths")) or "(-1, '')"
    con.execute(
        "CREATE TEMP TABLE dead AS SELECT k, min(day) AS day FROM (SELECT k, day, period FROM deaths "
        f"JOIN (VALUES {periods}) d(f, period) USING (f) WHERE NOT held "
        "QUALIFY row_number() OVER (PARTITION BY k, period ORDER BY f DESC) = 1) GROUP BY k "
        f"HAVING min(day) <= DATE '{night.as_of}'"
    )
    con.execute(
        "CREATE TEMP TABLE person AS SELECT h, p, odd_h, odd_p, k, number, who, sex, excused, "
        "CASE WHEN k IS NULL THEN born ELSE (k // 1000 % 100000000)::INTEGER END AS born, "
        "k IS NULL OR k NOT IN (SELECT k FROM dead) AS living FROM (SELECT m.* REPLACE (coalesce(m.k, kept.k) AS k) "
        f"FROM {night.current('members', columns, [f])} m LEFT JOIN kept ON m.k IS NULL AND m.p = kept.p)"
    )
    con.execute(
        "CREATE TEMP TABLE lacking AS SELECT h, bool_or(born IS NULL OR "  # a member of whom only a held row tells
        f"{night.as_of.year * 10000} + 9999 - born < 170000) AS may_be_child FROM (SELECT h, "
        "CASE WHEN k IS NULL THEN born ELSE (k // 1000 % 100000000)::INTEGER END AS born FROM members "
        f"WHERE f = {f} AND held AND NOT twin AND key NOT IN (SELECT key FROM stale_members)) "
        "WHERE h IN (SELECT h FROM home) GROUP BY h"
    )


def name_held(night: Night) -> None:
    """`named`: what each held row about a person says: a household, or one person alone."""
    con = night.con
    window = f"day IS NULL OR day > DATE '{night.year_ago}' AND day <= DATE '{night.as_of}'"
    insurance = _standing(night, "insurance")
    disability = _standing(night, "disability")
    dropouts = _standing(night, "dropouts")
    enrolments = night.standing("enrolments", night.truths("enrolments"))
    con.execute(
        "CREATE TEMP TABLE bad AS SELECT row_number() OVER () AS id, * FROM ("
        f"SELECT 'settlements' AS feed, NULL::INTEGER AS t, h, k, number, who FROM {night.open('settlements')} "
        f"WHERE {window} "
        f"UNION ALL SELECT 'insurance', y, NULL, k, number, who FROM {insurance} "
        f"UNION ALL SELECT 'enrolments', term, NULL, k, number, who FROM {enrolments} "
        f"UNION ALL SELECT 'dropouts', NULL, NULL, k, number, who FROM {dropouts} "
        f"UNION ALL SELECT 'disability', NULL, NULL, k, number, who FROM {disability} WHERE {window} "
        f"UNION ALL SELECT 'payroll', month, NULL, k, number, who FROM {night.open('allowances')} "
        f"UNION ALL SELECT 'payroll', month, NULL, k, number, who FROM {night.open('destitute')})"
    )
    number = "regexp_extract(number, '^\\d{15}')"
    con.execute(
        "CREATE TEMP TABLE unusable AS SELECT id, feed, t, who, "
        f"try_cast(CASE WHEN {number} <> '' THEN {number} END AS BIGINT) AS first15, "
        "try_cast(CASE WHEN strlen(number) = 18 THEN substr(number, 7, 8) END AS INTEGER) AS born "
        "FROM bad ANTI JOIN home USING (h) WHERE k IS NULL"
    )
    con.execute(
        "CREATE TEMP TABLE by_number AS SELECT DISTINCT id, feed, t, h FROM unusable JOIN person ON k // 100 = first15"
    )
    con.execute(
        "CREATE TEMP TABLE by_name AS SELECT DISTINCT id, feed, t, h, person.born IS NOT DISTINCT FROM u.born AS same_day "
        "FROM (SELECT * FROM unusable WHERE id NOT IN (SELECT id FROM by_number)) u JOIN person USING (who)"
    )
    con.execute(
        "CREATE TEMP TABLE named AS SELECT feed, t, h, NULL::BIGINT AS k FROM bad SEMI JOIN home USING (h) "
        "UNION ALL SELECT feed, t, NULL, k FROM bad ANTI JOIN home USING (h) WHERE k IS NOT NULL "
        "UNION ALL SELECT feed, t, h, NULL FROM by_number "
        "UNION ALL SELECT feed, t, h, NULL FROM by_name WHERE same_day OR id NOT IN "
        "(SELECT id FROM by_name WHERE same_day)"
    )


def _standing(night: Night, feed: str) -> str:
    """The held rows of the latest snapshot for which no accepted version stands."""
    now = night.latest(feed)
    return night.standing(feed, [now.index] if now else [])
