-- Whether a row of a feed holds of a living member; for measures that a rule's file declares (warehouse/counts.py
-- puts in what begins with a colon). Of a household so many members are counted.
WITH state AS (
    SELECT :is_list AND NOT is_usable AS is_old FROM work.feed_state WHERE feed = :feed
),
gap AS (
    SELECT count(*) > 0 AS is_open
    FROM work.gap
    WHERE NOT :is_list AND feed = :feed AND period_last > :since AND period_first <= :as_of
),
told AS (
    SELECT :person_key AS person_key, :is_so AS is_so, :not_stated AS not_stated FROM :rows
),
listed AS (
    SELECT
        person_key,
        max(CASE WHEN is_so THEN 1 ELSE 0 END) AS counted,
        min(CASE WHEN is_so IS NULL THEN not_stated END) AS not_stated
    FROM told
    CROSS JOIN state
    WHERE NOT state.is_old
    GROUP BY person_key
),
held AS (
    SELECT DISTINCT household_id, person_no
    FROM work.missing_member
    WHERE feed = :feed AND (fact_first IS NULL OR (fact_first <= :as_of AND fact_last > :since))
),
judged AS (
    SELECT
        m.household_id,
        coalesce(l.counted, 0) AS counted,
        CASE
            WHEN l.counted = 1 THEN NULL
            WHEN state.is_old THEN :feed_missing
            WHEN gap.is_open THEN :period_missing
            WHEN m.person_key IS NULL THEN 'no_number'
            WHEN h.person_no IS NOT NULL THEN :row_held
            ELSE l.not_stated
        END AS because
    FROM work.member AS m
    CROSS JOIN state
    CROSS JOIN gap
    LEFT JOIN listed AS l ON m.person_key = l.person_key
    LEFT JOIN held AS h ON m.household_id = h.household_id AND m.person_no = h.person_no
    WHERE m.is_living
)
SELECT household_id, counted AS lower, CASE WHEN because IS NULL THEN counted ELSE 1 END AS upper, because
FROM judged
