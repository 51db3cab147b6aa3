SELECT m.household_id, a.delivery_id, a.line
FROM feed.allowances AS a
JOIN work.member AS m ON a.id_number__key = m.person_key AND m.is_living
WHERE a.amount > 0 AND a.paid_month > :as_of - INTERVAL 5 MONTH AND a.paid_month <= :as_of
UNION ALL
SELECT m.household_id, d.delivery_id, d.line
FROM feed.destitute AS d
JOIN work.member AS m ON d.id_number__key = m.person_key AND m.is_living
WHERE d.amount > 0 AND d.paid_month > :as_of - INTERVAL 5 MONTH AND d.paid_month <= :as_of
