WITH payment AS (
    SELECT id_number__key AS person_key, paid_month, delivery_id, line FROM feed.allowances WHERE amount > 0
    UNION ALL
    SELECT id_number__key, paid_month, delivery_id, line FROM feed.destitute WHERE amount > 0
)
SELECT m.household_id, f.delivery_id, f.line
FROM payment AS f
CROSS JOIN work.payroll AS p
JOIN work.member AS m ON f.person_key = m.person_key AND m.is_living
WHERE f.paid_month >= p.p - INTERVAL 2 MONTH AND f.paid_month <= :as_of
    AND NOT EXISTS (
        SELECT 1 FROM payment AS e
        WHERE e.person_key = f.person_key
            AND e.paid_month >= p.p - INTERVAL 11 MONTH AND e.paid_month < p.p - INTERVAL 2 MONTH
    )
