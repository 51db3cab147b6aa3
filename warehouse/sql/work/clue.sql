-- Clues of the night. An open one goes on until a visit or until every indicator that it was opened for is clear;
-- unknown does not clear. A household without one that is at risk or reported gets one, but after a visit only for
-- an indicator that the visited clue did not have on the day of the visit. `reasons` are all that it ever had,
-- `standing` those that have not cleared, `since` their first days.
WITH answer AS (
    SELECT o.clue_id, min(v.visited_on) AS visited_on
    FROM work.open_clue AS o
    JOIN work.visit AS v ON o.household_id = v.household_id AND o.opened_on <= v.visited_on
    GROUP BY o.clue_id
),
concerned AS (
    SELECT
        o.clue_id, s.indicator, s.status,
        coalesce(c.seen_on, :as_of) AS seen_on,
        a.visited_on IS NULL OR c.seen_on <= a.visited_on AS is_answered
    FROM work.open_clue AS o
    JOIN mart.signal AS s ON o.household_id = s.household_id
    LEFT JOIN work.clue_seen AS c ON o.clue_id = c.clue_id AND s.indicator = c.indicator
    LEFT JOIN answer AS a ON o.clue_id = a.clue_id
    WHERE s.status = 'at_risk' OR c.clue_id IS NOT NULL
),
told AS (
    SELECT
        clue_id,
        string_agg(CASE WHEN is_answered THEN indicator END, ',' ORDER BY indicator) AS reasons,
        string_agg(CASE WHEN status <> 'clear' THEN indicator END, ',' ORDER BY indicator) AS standing,
        string_agg(CASE WHEN status <> 'clear' THEN CAST(seen_on AS VARCHAR) END, ',' ORDER BY indicator) AS since,
        max(CASE WHEN status = 'clear' THEN 0 ELSE 1 END) AS is_alive,
        max(CASE WHEN status = 'unknown' THEN 1 ELSE 0 END) AS has_unknown
    FROM concerned
    GROUP BY clue_id
),
gone_on AS (
    SELECT
        o.clue_id,
        o.household_id,
        o.opened_on,
        CASE
            WHEN a.visited_on IS NOT NULL THEN a.visited_on
            WHEN t.is_alive = 0 AND n.household_id IS NULL THEN :as_of
        END AS closed_on,
        t.reasons,
        t.standing,
        t.since,
        CASE
            WHEN a.visited_on IS NOT NULL THEN o.asks_for
            WHEN n.is_reported THEN 'visit'
            WHEN n.asks_for IS NULL THEN o.asks_for
            -- what has turned unknown asks for what it asked for before
            WHEN t.has_unknown = 1 AND n.asks_for <> o.asks_for THEN 'visit'
            ELSE n.asks_for
        END AS asks_for
    FROM work.open_clue AS o
    LEFT JOIN answer AS a ON o.clue_id = a.clue_id
    LEFT JOIN told AS t ON o.clue_id = t.clue_id
    LEFT JOIN work.clue_now AS n ON o.household_id = n.household_id
),
answered AS (
    SELECT c.household_id, s.indicator
    FROM work.closed_clue AS c
    JOIN work.visit AS v ON c.household_id = v.household_id AND c.closed_on = v.visited_on
    JOIN work.clue_seen AS s ON c.clue_id = s.clue_id AND s.seen_on <= c.closed_on
    UNION
    SELECT o.household_id, c.indicator
    FROM work.open_clue AS o
    JOIN answer AS a ON o.clue_id = a.clue_id
    JOIN concerned AS c ON o.clue_id = c.clue_id AND c.is_answered
),
fresh AS (
    SELECT DISTINCT s.household_id
    FROM mart.signal AS s
    LEFT JOIN answered AS d ON s.household_id = d.household_id AND s.indicator = d.indicator
    WHERE s.status = 'at_risk' AND d.household_id IS NULL
)
SELECT
    clue_id,
    household_id,
    opened_on,
    closed_on,
    coalesce(reasons, '') AS reasons,
    coalesce(standing, '') AS standing,
    coalesce(since, '') AS since,
    coalesce(asks_for, 'visit') AS asks_for
FROM gone_on
UNION ALL
SELECT
    substring(md5(concat_ws('|', n.household_id, CAST(:as_of AS VARCHAR))), 1, 16), n.household_id, :as_of, NULL,
    n.reasons, n.reasons, n.since, CASE WHEN n.is_reported THEN 'visit' ELSE n.asks_for END
FROM work.clue_now AS n
LEFT JOIN fresh AS f ON n.household_id = f.household_id
WHERE (f.household_id IS NOT NULL OR n.is_reported)
    AND NOT EXISTS (SELECT 1 FROM gone_on AS o WHERE o.household_id = n.household_id AND o.closed_on IS NULL)
