-- P, the latest month paid that is covered in both feeds, not before the latest one whose promised day has passed
-- (from the 10th the month before D's, until then the one before that); NULL when there is none. And the feed of
-- which a month is missing: every month that could be P, one of P-2 to P, one of P-11 to P-3.
WITH feed AS (
    SELECT 'allowances' AS feed
    UNION ALL
    SELECT 'destitute'
),
promised AS (
    SELECT CAST(
        date_trunc('month', :as_of) - CASE WHEN extract(day FROM :as_of) >= 10 THEN 1 ELSE 2 END * INTERVAL 1 MONTH
        AS DATE) AS month
),
latest AS (
    SELECT max(a.period_first) AS p
    FROM work.covered AS a
    JOIN work.covered AS d ON a.period_first = d.period_first
    CROSS JOIN promised
    WHERE a.feed = 'allowances' AND d.feed = 'destitute' AND a.period_first <= :as_of
        AND a.period_first >= promised.month
),
asked AS (
    SELECT f.feed, n.back, CAST(coalesce(l.p - n.back * INTERVAL 1 MONTH, promised.month) AS DATE) AS month
    FROM feed AS f
    CROSS JOIN latest AS l
    CROSS JOIN promised
    CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)) AS n (back)
),
missing AS (
    SELECT a.feed, a.back
    FROM asked AS a
    LEFT JOIN work.covered AS c ON a.feed = c.feed AND a.month = c.period_first
    WHERE c.feed IS NULL
)
SELECT
    l.p,
    (SELECT min(feed) FROM missing WHERE l.p IS NULL) AS feed_missing,
    (SELECT min(feed) FROM missing WHERE back <= 2) AS recent_missing,
    (SELECT min(feed) FROM missing WHERE back > 2) AS earlier_missing
FROM latest AS l
