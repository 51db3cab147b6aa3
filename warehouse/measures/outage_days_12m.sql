-- Distinct days of the 365 to D on which the household's village was without water.
-- zh: 一年内停水天数
-- en: days without water in the 365 days to D
WITH counted AS (
    SELECT
        village_code, is_sure,
        sum((ended_on - greatest(began_on, CAST(:as_of - INTERVAL 364 DAY AS DATE))) + 1) AS days
    FROM work.outage
    WHERE ended_on > :as_of - INTERVAL 365 DAY
    GROUP BY village_code, is_sure
),
village AS (
    SELECT
        village_code,
        max(CASE WHEN is_sure = 1 THEN days ELSE 0 END) AS sure,
        max(CASE WHEN is_sure = 0 THEN days ELSE 0 END) AS possible
    FROM counted
    GROUP BY village_code
),
gap AS (
    SELECT count(*) > 0 AS is_open
    FROM work.gap
    WHERE feed = 'outages' AND period_last > :as_of - INTERVAL 365 DAY AND period_first <= :as_of
),
held AS (
    SELECT DISTINCT household_id
    FROM work.missing
    WHERE feed = 'outages'
        AND (fact_first IS NULL OR (fact_first <= :as_of AND fact_last > :as_of - INTERVAL 365 DAY))
),
judged AS (
    SELECT
        h.household_id,
        CASE WHEN h.village_code IS NOT NULL THEN coalesce(v.sure, 0) END AS sure,
        coalesce(v.possible, 0) AS possible,
        CASE
            WHEN h.village_code IS NULL THEN 'not_stated:village_code'
            WHEN gap.is_open THEN 'period_missing:outages'
            WHEN m.household_id IS NOT NULL THEN 'row_held:outages'
        END AS because
    FROM work.household AS h
    CROSS JOIN gap
    LEFT JOIN village AS v ON h.village_code = v.village_code
    LEFT JOIN held AS m ON h.household_id = m.household_id
)
SELECT
    household_id, sure AS lower, CASE WHEN because IS NULL THEN possible END AS upper, 1 AS per,
    coalesce(because, CASE WHEN sure < possible THEN 'period_missing:outages' END) AS because
FROM judged
