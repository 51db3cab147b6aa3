-- Whether a living member holds a valid certificate issued in the twelve months to D of grade 1 or 2, or of
-- grade 3 of an intellectual (5) or mental (6) disability.
-- zh: 一年内新增重度残疾的家庭成员数
-- en: living members with a new certificate of severe disability
-- fold: sum
WITH severe AS (
    SELECT DISTINCT certificate_no__key AS person_key
    FROM feed.disability
    WHERE status = '有效' AND issued_on > :as_of - INTERVAL 1 YEAR AND issued_on <= :as_of
        AND (grade IN ('1', '2') OR (grade = '3' AND type IN ('5', '6')))
),
held AS (
    SELECT DISTINCT household_id, person_no
    FROM work.missing_member
    WHERE feed = 'disability'
        AND (fact_first IS NULL OR (fact_first <= :as_of AND fact_last > :as_of - INTERVAL 1 YEAR))
),
person AS (
    SELECT
        m.household_id,
        s.person_key IS NOT NULL AS is_severe,
        CASE
            WHEN NOT state.is_usable THEN 'feed_missing:disability'
            WHEN s.person_key IS NOT NULL THEN NULL
            WHEN m.person_key IS NULL THEN 'no_number'
            WHEN h.person_no IS NOT NULL THEN 'row_held:disability'
        END AS because
    FROM work.member AS m
    CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'disability') AS state
    LEFT JOIN severe AS s ON m.person_key = s.person_key
    LEFT JOIN held AS h ON m.household_id = h.household_id AND m.person_no = h.person_no
    WHERE m.is_living
)
SELECT
    household_id,
    CASE WHEN is_severe AND because IS NULL THEN 1 ELSE 0 END AS lower,
    CASE WHEN is_severe OR because IS NOT NULL THEN 1 ELSE 0 END AS upper,
    because
FROM person
