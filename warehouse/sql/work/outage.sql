-- Unbroken outages of a village, both ends counted: overlapping ones, and ones that follow on the next day, are
-- one. An open outage runs to D; surely only to the end of the month before the first month missing after the
-- file that told of it. `is_sure` = 1 takes the sure ends, 0 the possible ones.
WITH told AS (
    SELECT
        o.village_code, o.began_on, o.ended_on, d.period_last,
        (SELECT min(g.period_first) FROM work.gap AS g WHERE g.feed = 'outages' AND g.period_first > d.period_last)
            AS first_gap
    FROM feed.outages AS o
    JOIN work.delivery AS d ON o.delivery_id = d.delivery_id
    WHERE o.began_on <= :as_of
),
span AS (
    SELECT village_code, 0 AS is_sure, began_on, least(coalesce(ended_on, :as_of), :as_of) AS ended_on FROM told
    UNION ALL
    SELECT
        village_code, 1, began_on,
        least(coalesce(ended_on, CAST(first_gap - INTERVAL 1 DAY AS DATE), :as_of), :as_of)
    FROM told
),
chained AS (
    SELECT
        *,
        max(ended_on) OVER (
            PARTITION BY village_code, is_sure ORDER BY began_on, ended_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM span
    WHERE ended_on >= began_on
),
numbered AS (
    SELECT
        *,
        sum(CASE WHEN began_on <= ended_before + INTERVAL 1 DAY THEN 0 ELSE 1 END) OVER (
            PARTITION BY village_code, is_sure ORDER BY began_on, ended_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS chain
    FROM chained
)
SELECT village_code, is_sure, min(began_on) AS began_on, max(ended_on) AS ended_on
FROM numbered
GROUP BY village_code, is_sure, chain
