-- The 参保年度 that a file not too old answers for.
SELECT DISTINCT c.year
FROM work.insurance_chosen AS c
JOIN work.delivery AS d ON c.delivery_id = d.delivery_id
WHERE d.is_usable
