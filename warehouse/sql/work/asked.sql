-- What the signals at risk of a household ask for: a telephone call where all of them are only to be verified, one
-- look at the works of the village where all of them rest on rows that name villages and their works, else a visit.
WITH cause AS (
    SELECT e.household_id, e.indicator, min(CASE WHEN f.is_about_village THEN 1 ELSE 0 END) AS is_of_village
    FROM work.evidence AS e
    JOIN work.delivery AS d ON e.delivery_id = d.delivery_id
    JOIN work.feed_state AS f ON d.feed = f.feed
    GROUP BY e.household_id, e.indicator
)
SELECT
    s.household_id,
    CASE
        WHEN min(CASE WHEN r.is_to_verify THEN 1 ELSE 0 END) = 1 THEN 'call'
        WHEN min(coalesce(c.is_of_village, 0)) = 1 THEN 'works'
        ELSE 'visit'
    END AS asks_for
FROM mart.signal AS s
JOIN work.rule AS r ON s.indicator = r.indicator
LEFT JOIN cause AS c ON s.household_id = c.household_id AND s.indicator = c.indicator
WHERE s.status = 'at_risk'
GROUP BY s.household_id
