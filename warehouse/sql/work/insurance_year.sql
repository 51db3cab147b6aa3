-- The 参保年度 that a file not too old answers for.
SELECT DISTINCT i.year
FROM feed.insurance AS i
JOIN work.delivery AS d ON i.delivery_id = d.delivery_id
WHERE d.is_usable AND NOT i.is_stale
