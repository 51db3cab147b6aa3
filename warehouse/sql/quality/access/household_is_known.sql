-- 户编号应在户信息中 | the household is in the register
-- mend: 请核对户编号；在此之前该行不归入任何农户 | check the household number; until then the row joins no household
-- severity: error
-- between: access, households
SELECT a.delivery_id, a.line
FROM feed.access AS a
WHERE NOT EXISTS (SELECT 1 FROM work.household_ever AS h WHERE h.household_id = a.household_id)
