-- 户编号应在户信息中 | the household is in the register
-- mend: 请核对户编号，或补报户信息 | check the household number, or report the household
-- severity: warning
-- between: members, households
SELECT m.delivery_id, m.line
FROM work.member AS m
WHERE NOT EXISTS (SELECT 1 FROM work.household AS h WHERE h.household_id = m.household_id)
