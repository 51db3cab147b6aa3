SELECT household_id, delivery_id, line FROM work.access
WHERE mode <> '入户' AND (fetch_minutes > 20 OR (fetch_minutes IS NULL AND (distance_m > 800 OR climb_m > 80)))
