-- What persons bore themselves in the twelve months to D. A reversal counts on the day of the row it reverses,
-- if it was known by D.
SELECT id_number__key AS person_key, settled_on AS fact_on, out_of_pocket, household_id, delivery_id, line
FROM feed.settlements
WHERE reverses_id IS NULL AND settled_on > :as_of - INTERVAL 1 YEAR AND settled_on <= :as_of
UNION ALL
SELECT o.id_number__key, o.settled_on, r.out_of_pocket, o.household_id, r.delivery_id, r.line
FROM feed.settlements AS r
JOIN feed.settlements AS o ON r.reverses_id = o.settlement_id
WHERE r.reverses_id IS NOT NULL AND r.settled_on <= :as_of
    AND o.settled_on > :as_of - INTERVAL 1 YEAR AND o.settled_on <= :as_of
