-- In which household a person's facts of a day fall: the register file usable that day, else the nearest before
-- that has the person, else the nearest after. Most persons never move and have one line for all time.
WITH told AS (
    SELECT a.id_number__key AS person_key, a.household_id, s.period_first
    FROM feed.members_all AS a
    JOIN work.snapshot AS s ON s.feed = 'members' AND a.delivery_id = s.delivery_id
    WHERE a.id_number__key IS NOT NULL
),
today AS (
    SELECT DISTINCT person_key, household_id FROM work.member WHERE person_key IS NOT NULL
),
moved AS (
    SELECT l.person_key
    FROM told AS l
    LEFT JOIN today AS t ON l.person_key = t.person_key AND l.household_id = t.household_id
    WHERE t.person_key IS NULL
    UNION
    SELECT person_key FROM today GROUP BY person_key HAVING count(*) > 1
),
lived AS (
    SELECT DISTINCT l.person_key, l.household_id, l.period_first
    FROM told AS l
    WHERE l.person_key IN (SELECT person_key FROM moved)
),
steps AS (
    SELECT
        period_first,
        CASE WHEN row_number() OVER (ORDER BY period_first) = 1 THEN DATE '0001-01-01' ELSE period_first END
            AS from_day,
        coalesce(lead(period_first) OVER (ORDER BY period_first), DATE '9999-12-31') AS before_day
    FROM (SELECT DISTINCT period_first FROM work.snapshot WHERE feed = 'members') AS s
),
nearest AS (
    SELECT
        m.person_key, s.from_day, s.before_day,
        coalesce(
            max(CASE WHEN l.period_first <= s.period_first THEN l.period_first END),
            min(CASE WHEN l.period_first > s.period_first THEN l.period_first END)) AS period_first
    FROM moved AS m
    CROSS JOIN steps AS s
    JOIN lived AS l ON m.person_key = l.person_key
    GROUP BY m.person_key, s.from_day, s.before_day
)
SELECT t.person_key, t.household_id, DATE '0001-01-01' AS from_day, DATE '9999-12-31' AS before_day
FROM today AS t
WHERE NOT EXISTS (SELECT 1 FROM moved AS m WHERE m.person_key = t.person_key)
UNION ALL
SELECT n.person_key, l.household_id, n.from_day, n.before_day
FROM nearest AS n
JOIN lived AS l ON n.person_key = l.person_key AND n.period_first = l.period_first
