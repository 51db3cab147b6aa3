-- 每户的家庭成员中应有一人是户主 | one member of a household is its head
-- mend: 请核对与户主关系 | check the relations to the head
-- severity: warning
-- between: households, members
SELECT h.delivery_id, h.line
FROM feed.households AS h
JOIN (
    SELECT household_id, sum(CASE WHEN relation = '户主' THEN 1 ELSE 0 END) AS heads
    FROM work.member
    GROUP BY household_id
) AS m ON h.household_id = m.household_id
WHERE m.heads = 0
