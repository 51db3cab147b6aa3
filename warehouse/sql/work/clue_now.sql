-- Households with a signal at risk, or with a report not yet followed by a visit, and what speaks for them.
WITH risky AS (
    SELECT
        household_id,
        string_agg(indicator, ',' ORDER BY indicator) AS reasons,
        string_agg(CAST(:as_of AS VARCHAR), ',') AS since,
        count(*) AS signals
    FROM mart.signal
    WHERE status = 'at_risk'
    GROUP BY household_id
),
reported AS (
    SELECT household_id, max(reported_on) AS reported_on
    FROM feed.reports
    WHERE reported_on <= :as_of
    GROUP BY household_id
),
visited AS (
    SELECT household_id, max(visited_on) AS visited_on FROM work.visit GROUP BY household_id
)
SELECT
    h.household_id,
    coalesce(r.reasons, '') AS reasons,
    coalesce(r.since, '') AS since,
    a.asks_for,
    coalesce(r.signals, 0) AS signals,
    p.household_id IS NOT NULL AS is_reported,
    v.visited_on
FROM work.household AS h
LEFT JOIN risky AS r ON h.household_id = r.household_id
LEFT JOIN work.asked AS a ON h.household_id = a.household_id
LEFT JOIN visited AS v ON h.household_id = v.household_id
LEFT JOIN reported AS p ON h.household_id = p.household_id AND p.reported_on > coalesce(v.visited_on, DATE '0001-01-01')
WHERE r.household_id IS NOT NULL OR p.household_id IS NOT NULL
