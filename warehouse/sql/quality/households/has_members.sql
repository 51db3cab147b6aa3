-- 每户应有家庭成员 | a household has members
-- mend: 请补报家庭成员，或核对户编号 | report its members, or check the household number
-- severity: warning
-- between: households, members
SELECT h.delivery_id, h.line
FROM feed.households AS h
WHERE NOT EXISTS (SELECT 1 FROM work.member AS m WHERE m.household_id = h.household_id)
