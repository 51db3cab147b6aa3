-- Clues of the night. An open one goes on until a visit or until every indicator that it was opened for is clear;
-- unknown does not clear. A household without one that is at risk or reported gets one, but after a visit only for
-- an indicator that the visited clue did not have.
WITH told AS (
    SELECT
        o.clue_id,
        string_agg(s.indicator, ',' ORDER BY s.indicator) AS reasons,
        max(CASE WHEN s.status = 'clear' THEN 0 ELSE 1 END) AS is_alive
    FROM work.open_clue AS o
    JOIN mart.signal AS s ON o.household_id = s.household_id
    WHERE s.status = 'at_risk' OR o.reasons IS NULL
        OR position(concat(',', s.indicator, ',') IN concat(',', o.reasons, ',')) > 0
    GROUP BY o.clue_id
),
visit AS (
    SELECT household_id, max(visited_on) AS visited_on
    FROM work.visit
    GROUP BY household_id
),
settled AS (
    SELECT c.household_id, s.indicator
    FROM work.closed_clue AS c
    JOIN work.visit AS v ON c.household_id = v.household_id AND c.closed_on = v.visited_on
    JOIN mart.signal AS s ON c.household_id = s.household_id
    WHERE position(concat(',', s.indicator, ',') IN concat(',', c.reasons, ',')) > 0
),
fresh AS (
    SELECT DISTINCT s.household_id
    FROM mart.signal AS s
    LEFT JOIN settled AS d ON s.household_id = d.household_id AND s.indicator = d.indicator
    WHERE s.status = 'at_risk' AND d.household_id IS NULL
)
SELECT
    o.clue_id,
    o.household_id,
    o.opened_on,
    CASE
        WHEN v.visited_on >= o.opened_on THEN v.visited_on
        WHEN t.is_alive = 0 AND n.household_id IS NULL THEN :as_of
    END AS closed_on,
    coalesce(t.reasons, '') AS reasons
FROM work.open_clue AS o
LEFT JOIN told AS t ON o.clue_id = t.clue_id
LEFT JOIN visit AS v ON o.household_id = v.household_id
LEFT JOIN work.clue_now AS n ON o.household_id = n.household_id
UNION ALL
SELECT
    substring(md5(concat_ws('|', n.household_id, CAST(:as_of AS VARCHAR))), 1, 16), n.household_id, :as_of, NULL,
    n.reasons
FROM work.clue_now AS n
LEFT JOIN fresh AS f ON n.household_id = f.household_id
WHERE (f.household_id IS NOT NULL OR n.is_reported)
    AND NOT EXISTS (SELECT 1 FROM work.open_clue AS o WHERE o.household_id = n.household_id)
