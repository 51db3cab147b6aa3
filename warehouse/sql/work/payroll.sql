-- P, the latest month paid that is covered in both feeds, at least the month before D's; NULL when there is none.
-- And whether a month is missing in either feed among P-2 to P, and among P-11 to P-3.
WITH latest AS (
    SELECT max(a.period_first) AS p
    FROM work.covered AS a
    JOIN work.covered AS d ON a.period_first = d.period_first
    WHERE a.feed = 'allowances' AND d.feed = 'destitute' AND a.period_first <= :as_of
        AND a.period_first >= date_trunc('month', :as_of) - INTERVAL 1 MONTH
),
month AS (
    SELECT l.p, CAST(l.p - n.back * INTERVAL 1 MONTH AS DATE) AS paid_month, n.back
    FROM latest AS l
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)) AS n (back)
),
checked AS (
    SELECT
        m.p, m.back,
        (SELECT count(DISTINCT c.feed) FROM work.covered AS c
         WHERE c.feed IN ('allowances', 'destitute') AND c.period_first = m.paid_month) < 2 AS is_missing
    FROM month AS m
)
SELECT
    max(p) AS p,
    coalesce(max(CASE WHEN is_missing AND back <= 2 THEN 1 ELSE 0 END), 0) = 1 AS is_recent_missing,
    coalesce(max(CASE WHEN is_missing AND back > 2 THEN 1 ELSE 0 END), 0) = 1 AS is_earlier_missing
FROM checked
