-- Whether a living member was paid 低保 or 特困 (the two pooled) in a month of P-2 and later and in none of P-11
-- to P-3. One known earlier payment settles it; so does none lately when the three months are here.
-- zh: 新纳入低保或特困供养的家庭成员数
-- en: living members newly paid an allowance
-- fold: sum
WITH payment AS (
    SELECT id_number__key AS person_key, paid_month FROM feed.allowances WHERE amount > 0
    UNION ALL
    SELECT id_number__key, paid_month FROM feed.destitute WHERE amount > 0
),
paid AS (
    SELECT
        f.person_key,
        max(CASE WHEN f.paid_month >= p.p - INTERVAL 2 MONTH THEN 1 ELSE 0 END) = 1 AS is_recent,
        max(CASE WHEN f.paid_month < p.p - INTERVAL 2 MONTH THEN 1 ELSE 0 END) = 1 AS is_earlier
    FROM payment AS f
    CROSS JOIN work.payroll AS p
    WHERE f.paid_month >= p.p - INTERVAL 11 MONTH AND f.paid_month <= :as_of
    GROUP BY f.person_key
),
held AS (
    SELECT m.household_id, m.person_no, min(m.feed) AS feed
    FROM work.missing_member AS m
    CROSS JOIN work.payroll AS p
    WHERE m.feed IN ('allowances', 'destitute')
        AND (m.fact_first IS NULL OR (m.fact_first <= :as_of AND m.fact_last >= p.p - INTERVAL 2 MONTH))
    GROUP BY m.household_id, m.person_no
),
person AS (
    SELECT
        m.household_id,
        coalesce(a.is_recent, FALSE) AND NOT a.is_earlier AS is_new,
        CASE
            WHEN p.p IS NULL THEN concat('feed_missing:', p.feed_missing)
            WHEN a.is_earlier THEN NULL
            WHEN a.is_recent AND p.earlier_missing IS NOT NULL THEN concat('period_missing:', p.earlier_missing)
            WHEN a.is_recent THEN NULL
            WHEN p.recent_missing IS NOT NULL THEN concat('period_missing:', p.recent_missing)
            WHEN m.person_key IS NULL THEN 'no_number'
            WHEN h.person_no IS NOT NULL THEN concat('row_held:', h.feed)
        END AS because
    FROM work.member AS m
    CROSS JOIN work.payroll AS p
    LEFT JOIN paid AS a ON m.person_key = a.person_key
    LEFT JOIN held AS h ON m.household_id = h.household_id AND m.person_no = h.person_no
    WHERE m.is_living
)
SELECT
    household_id,
    CASE WHEN is_new AND because IS NULL THEN 1 ELSE 0 END AS lower,
    CASE WHEN is_new OR because IS NOT NULL THEN 1 ELSE 0 END AS upper,
    because
FROM person
