-- 1 where water is not piped and takes more than 20 minutes to fetch (or, minutes not stated, lies further than
-- 800 m away or 80 m below or above), 0 where not.
-- zh: 用水方便程度不达标
-- en: water too far away, 1 or 0
WITH judged AS (
    SELECT
        h.household_id, a.household_id IS NOT NULL AS has_row, a.mode,
        CASE
            WHEN a.fetch_minutes IS NOT NULL THEN CASE WHEN a.fetch_minutes > 20 THEN 1 ELSE 0 END
            WHEN a.distance_m > 800 OR a.climb_m > 80 THEN 1
            WHEN a.distance_m IS NOT NULL AND a.climb_m IS NOT NULL THEN 0
        END AS is_far
    FROM work.household AS h
    LEFT JOIN work.access AS a ON h.household_id = a.household_id
),
decided AS (
    SELECT
        household_id, has_row, mode,
        CASE WHEN mode = '入户' OR is_far = 0 THEN 0 WHEN mode IS NOT NULL THEN is_far END AS fails
    FROM judged
)
SELECT
    household_id, coalesce(fails, 0) AS lower, coalesce(fails, 1) AS upper, 1 AS per,
    CASE
        WHEN fails IS NOT NULL THEN NULL
        WHEN NOT has_row THEN 'row_missing:access'
        WHEN mode IS NULL THEN 'not_stated:mode'
        ELSE 'not_stated:fetch_minutes'
    END AS because
FROM decided
