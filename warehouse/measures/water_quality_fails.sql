-- 1 where the household's row says 不合格 or a project that serves the village failed on its last sampling day of
-- the twelve months to D, 0 where the row says 合格 or every such project was tested and passed.
-- zh: 水质不达标
-- en: water of bad quality, 1 or 0
WITH tested AS (
    SELECT project_id, sampled_on, conclusion
    FROM feed.quality_tests
    WHERE sampled_on > :as_of - INTERVAL 1 YEAR AND sampled_on <= :as_of
),
last_day AS (
    SELECT project_id, max(sampled_on) AS sampled_on FROM tested GROUP BY project_id
),
project AS (
    SELECT
        d.project_id, d.sampled_on,
        max(CASE WHEN t.conclusion = '不合格' THEN 1 ELSE 0 END) AS fails
    FROM last_day AS d
    JOIN tested AS t ON d.project_id = t.project_id AND d.sampled_on = t.sampled_on
    GROUP BY d.project_id, d.sampled_on
),
newest_gap AS (
    SELECT max(period_last) AS period_last FROM work.gap WHERE feed = 'quality_tests'
),
village AS (
    SELECT
        s.village_code,
        max(coalesce(p.fails, 0)) AS fails,
        min(CASE WHEN p.sampled_on IS NULL OR p.sampled_on <= g.period_last THEN 0 ELSE 1 END) AS is_tested
    FROM feed.projects AS s
    CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'projects') AS state
    LEFT JOIN project AS p ON s.project_id = p.project_id
    LEFT JOIN newest_gap AS g ON TRUE
    WHERE state.is_usable
    GROUP BY s.village_code
),
held AS (
    SELECT m.household_id, max(CASE WHEN m.feed = 'projects' THEN 1 ELSE 0 END) AS is_project_held
    FROM work.missing AS m
    LEFT JOIN last_day AS d ON m.project_id = d.project_id
    WHERE m.feed = 'projects' OR (m.feed = 'quality_tests' AND (m.fact_first IS NULL
        OR (m.fact_first <= :as_of AND m.fact_last > :as_of - INTERVAL 1 YEAR
            AND m.fact_last >= coalesce(d.sampled_on, DATE '0001-01-01'))))
    GROUP BY m.household_id
),
judged AS (
    SELECT
        h.household_id,
        CASE
            WHEN a.quality = '不合格' OR v.fails = 1 THEN 1
            -- a held test may be the one that failed, whatever the household's row says
            WHEN m.household_id IS NULL AND (a.quality = '合格' OR v.is_tested = 1) THEN 0
        END AS fails,
        m.household_id IS NOT NULL AS is_held
    FROM work.household AS h
    LEFT JOIN work.access AS a ON h.household_id = a.household_id
    LEFT JOIN village AS v ON h.village_code = v.village_code
    LEFT JOIN held AS m ON h.household_id = m.household_id
)
SELECT
    household_id, coalesce(fails, 0) AS lower, coalesce(fails, 1) AS upper, 1 AS per,
    CASE
        WHEN fails IS NOT NULL THEN NULL
        WHEN is_held THEN 'row_held:quality_tests'
        ELSE 'row_missing:quality_tests'
    END AS because
FROM judged
