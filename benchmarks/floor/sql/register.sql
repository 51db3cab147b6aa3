-- home: every household of the latest register; what is unknown of it is null
CREATE TEMP TABLE home AS
SELECT h, odd, v, lifted, watched, grade FROM {homes}
UNION ALL
SELECT h, any_value(odd), NULL, NULL, NULL, NULL
FROM households
WHERE f = {home_f} AND held AND h IS NOT NULL AND h NOT IN (SELECT h FROM stale_households)
GROUP BY h;

-- kept: the number that a person had before its cell was damaged; not where the cell says that there is none
CREATE TEMP TABLE kept AS
SELECT p, k
FROM members
SEMI JOIN (
    SELECT p FROM {people}
    WHERE k IS NULL AND NOT coalesce(regexp_full_match(upper(number),
        '无|未办|无户口|.*护照.*|8[123]\d{{13,16}}[\dX]?|[A-Z]{{1,3}}\d{{6,9}}'), false)
) USING (p)
WHERE k IS NOT NULL AND NOT held AND {older}
QUALIFY row_number() OVER (PARTITION BY p ORDER BY f DESC) = 1;

-- dead: within a period the greater delivery wins, of different periods the earlier date
CREATE TEMP TABLE dead AS
SELECT k, min(day) AS day
FROM (
    SELECT k, day, period FROM deaths JOIN (VALUES {death_periods}) told(f, period) USING (f)
    WHERE NOT held
    QUALIFY row_number() OVER (PARTITION BY k, period ORDER BY f DESC) = 1
)
GROUP BY k
HAVING min(day) <= DATE '{as_of}';

-- person: one row per member and household
CREATE TEMP TABLE person AS
SELECT h, p, odd_h, odd_p, k, who, sex, excused,
    CASE WHEN k IS NULL THEN born ELSE born(k) END AS born, k IS NULL OR k NOT IN (SELECT k FROM dead) AS living
FROM (SELECT m.* REPLACE (coalesce(m.k, kept.k) AS k) FROM {people} m LEFT JOIN kept ON m.k IS NULL AND m.p = kept.p);

-- folk: living members by household
CREATE TEMP TABLE folk AS
SELECT h, count_if(living) AS living, count_if(living AND k IS NULL) AS numberless,
    count_if(living AND born IS NULL) AS ageless
FROM person
GROUP BY h;

-- lacking: households of a member of whom only a held row tells
CREATE TEMP TABLE lacking AS
SELECT h, bool_or(born IS NULL OR born BETWEEN {oldest_child} AND {youngest_child}) AS may_be_child
FROM (
    SELECT h, CASE WHEN k IS NULL THEN born ELSE born(k) END AS born FROM {held_people}
    WHERE key NOT IN (SELECT key FROM twin)
)
WHERE h IN (SELECT h FROM home)
GROUP BY h;
