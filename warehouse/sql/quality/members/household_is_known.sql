-- 户编号应在户信息中 | the household is in the register
-- mend: 请核对户编号，或补报户信息；在此之前该成员不归入任何农户，其原来所在户的情况可能显示为不明 | check the household number, or report the household; until then the member joins none, and the household of the list before may be unknown
-- severity: error
-- between: members, households
-- columns: household_id
SELECT m.delivery_id, m.line
FROM work.member AS m
WHERE NOT EXISTS (SELECT 1 FROM work.household AS h WHERE h.household_id = m.household_id)
