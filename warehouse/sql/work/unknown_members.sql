-- Households of which the register does not say who lives in them, or not of whom all: no rule about persons
-- can be clear there.
SELECT h.household_id, CASE WHEN s.is_usable THEN 'row_missing:members' ELSE 'feed_missing:members' END AS because
FROM work.household AS h
CROSS JOIN (SELECT is_usable FROM work.feed_state WHERE feed = 'members') AS s
WHERE NOT EXISTS (SELECT 1 FROM work.member AS m WHERE m.household_id = h.household_id AND m.is_living)
UNION
SELECT household_id, 'row_held:members' FROM work.missing WHERE feed = 'members'
UNION
-- a death that may have been taken back: somebody may live there after all
SELECT household_id, 'row_held:deaths' FROM work.missing WHERE feed = 'deaths' AND is_taken_back
