-- How many rows of a feed hold of a household; for measures that a rule's file declares (warehouse/counts.py
-- puts in what begins with a colon). Known rows stand whatever is missing; what is missing may be any number.
WITH state AS (
    SELECT :is_list AND NOT is_usable AS is_old FROM work.feed_state WHERE feed = :feed
),
gap AS (
    SELECT count(*) > 0 AS is_open
    FROM work.gap
    WHERE NOT :is_list AND feed = :feed AND period_last > :since AND period_first <= :as_of
),
told AS (
    SELECT household_id, :is_so AS is_so, :not_stated AS not_stated FROM :rows
),
listed AS (
    SELECT
        household_id,
        sum(CASE WHEN is_so THEN 1 ELSE 0 END) AS counted,
        min(CASE WHEN is_so IS NULL THEN not_stated END) AS not_stated
    FROM told
    CROSS JOIN state
    WHERE NOT state.is_old
    GROUP BY household_id
),
held AS (
    SELECT DISTINCT household_id
    FROM work.missing
    WHERE feed = :feed AND (fact_first IS NULL OR (fact_first <= :as_of AND fact_last > :since))
),
nobody AS (
    SELECT household_id, because
    FROM work.unknown_members
    WHERE :asks_who_lives_there AND because NOT LIKE 'row_held:%'
),
judged AS (
    SELECT
        h.household_id,
        coalesce(l.counted, 0) AS counted,
        CASE
            WHEN n.household_id IS NOT NULL THEN n.because
            WHEN state.is_old THEN :feed_missing
            WHEN gap.is_open THEN :period_missing
            WHEN m.household_id IS NOT NULL THEN :row_held
            ELSE l.not_stated
        END AS because
    FROM work.household AS h
    CROSS JOIN state
    CROSS JOIN gap
    LEFT JOIN listed AS l ON h.household_id = l.household_id
    LEFT JOIN held AS m ON h.household_id = m.household_id
    LEFT JOIN nobody AS n ON h.household_id = n.household_id
)
SELECT household_id, counted AS lower, CASE WHEN because IS NULL THEN counted END AS upper, 1 AS per, because
FROM judged
