-- What a living member bore for medical care in the twelve months to D; of a household the largest.
-- zh: 一年内家庭成员个人负担医疗费用的最高额
-- en: largest out-of-pocket sum of a living member in twelve months, yuan
-- fold: max
WITH paid AS (
    SELECT person_key, sum(out_of_pocket) AS paid_cny FROM work.bill GROUP BY person_key
),
held AS (
    SELECT DISTINCT household_id, person_no
    FROM work.missing_member
    WHERE feed = 'settlements'
        AND (fact_first IS NULL OR (fact_first <= :as_of AND fact_last > :as_of - INTERVAL 1 YEAR))
),
gap AS (
    SELECT count(*) > 0 AS is_open
    FROM work.gap
    WHERE feed = 'settlements' AND period_last > :as_of - INTERVAL 1 YEAR AND period_first <= :as_of
),
person AS (
    SELECT
        m.household_id,
        coalesce(p.paid_cny, 0) AS paid_cny,
        CASE
            WHEN gap.is_open THEN 'period_missing:settlements'
            WHEN m.person_key IS NULL THEN 'no_number'
            WHEN h.person_no IS NOT NULL THEN 'row_held:settlements'
        END AS because
    FROM work.member AS m
    CROSS JOIN gap
    LEFT JOIN paid AS p ON m.person_key = p.person_key
    LEFT JOIN held AS h ON m.household_id = h.household_id AND m.person_no = h.person_no
    WHERE m.is_living
)
SELECT household_id, paid_cny AS lower, CASE WHEN because IS NULL THEN paid_cny END AS upper, because FROM person
