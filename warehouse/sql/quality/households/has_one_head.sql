-- 每户只能有一名户主 | a household has no more than one head
-- mend: 请核对与户主关系 | check the relations to the head
-- severity: warning
-- between: households, members
-- The dead do not count: a new head takes the place of one who has died.
SELECT h.delivery_id, h.line
FROM feed.households AS h
JOIN (
    SELECT household_id, sum(CASE WHEN relation = '户主' THEN 1 ELSE 0 END) AS heads
    FROM work.member
    WHERE is_living
    GROUP BY household_id
) AS m ON h.household_id = m.household_id
WHERE m.heads > 1
