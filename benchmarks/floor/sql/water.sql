CREATE TEMP TABLE serving AS SELECT DISTINCT project, v FROM {projects};
CREATE TEMP TABLE project_gap AS SELECT DISTINCT v FROM {held_projects} WHERE v IS NOT NULL;

-- quality: what the tests of the serving projects say of a village; `open` = a bad sample may be missing
CREATE TEMP TABLE quality AS
WITH test AS (
    SELECT project, max(day) AS last, max(day) FILTER (NOT good) AS last_bad
    FROM quality_tests
    WHERE NOT held AND day BETWEEN DATE '{begins}' AND DATE '{as_of}'
    GROUP BY project
),
bad AS (
    SELECT project, max(coalesce(day, DATE '{as_of}')) AS held
    FROM {held_tests}
    WHERE project IS NOT NULL AND (day IS NULL OR day BETWEEN DATE '{begins}' AND DATE '{as_of}')
    GROUP BY project
)
SELECT v, coalesce(bool_or(last_bad = last), false) AS fails, bool_and(last IS NOT NULL) AS passes,
    bool_or(coalesce(held >= coalesce(last, held), false)
        OR coalesce(year(last) * 100 + month(last), 0) < {tests_missing}) AS open
FROM serving LEFT JOIN test USING (project) LEFT JOIN bad USING (project)
GROUP BY v;

-- supply: days without water in the last 365; an open outage surely runs to the day `cap`
CREATE TEMP TABLE supply AS
WITH spell AS (
    SELECT v, greatest(began, DATE '{since}') AS a, least(coalesce(ended, cap), DATE '{as_of}') AS b,
        ended IS NULL AND cap < DATE '{as_of}' AS open
    FROM outages JOIN (VALUES {outage_caps}) told(f, cap) USING (f)
    WHERE NOT held
),
days AS (
    SELECT v, count(DISTINCT day) AS days
    FROM (SELECT v, unnest(generate_series(a, b, INTERVAL 1 DAY)) AS day FROM spell WHERE a <= b)
    GROUP BY v
),
bad AS (
    SELECT v, project
    FROM {held_outages}
    WHERE coalesce(began <= DATE '{as_of}', true) AND coalesce(ended >= DATE '{since}', true)
),
open AS (
    SELECT v FROM bad WHERE v IS NOT NULL
    UNION SELECT s.v FROM bad JOIN serving s USING (project) WHERE bad.v IS NULL
    UNION SELECT v FROM spell WHERE open
)
SELECT v, coalesce(days, 0) AS days, open.v IS NOT NULL AS open FROM days FULL JOIN open USING (v);

CREATE TEMP TABLE village AS
SELECT v, coalesce(q.fails, false) AS quality_fails, coalesce(q.passes, false) AS quality_passes,
    coalesce(q.open, false) OR v IN (SELECT v FROM project_gap) OR NOT {has_projects} AS quality_open,
    coalesce(s.days, 0) > 36 AS outage_fails, coalesce(s.open, false) OR {outages_missing} AS outage_open
FROM (SELECT DISTINCT v FROM home WHERE v IS NOT NULL) LEFT JOIN quality q USING (v) LEFT JOIN supply s USING (v);

-- tap: what the household's own row says; 2 = fails, 1 = not known, 0 = passes
CREATE TEMP TABLE tap AS
SELECT h, quality,
    CASE WHEN litres < 20 OR litres < 35 AND scarce = false THEN 2
         WHEN litres IS NULL OR litres < 35 AND scarce IS NULL THEN 1
         ELSE 0 END AS quantity,
    CASE WHEN mode = 1 OR minutes <= 20 OR minutes IS NULL AND distance <= 800 AND climb <= 80 THEN 0
         WHEN mode IS NULL THEN 1
         WHEN minutes > 20 OR minutes IS NULL AND (distance > 800 OR climb > 80) THEN 2
         ELSE 1 END AS access
FROM {access};
