SELECT h.household_id, o.delivery_id, o.line
FROM feed.outages AS o
JOIN work.household AS h ON o.village_code = h.village_code
WHERE o.began_on <= :as_of AND coalesce(o.ended_on, :as_of) > :as_of - INTERVAL 365 DAY
