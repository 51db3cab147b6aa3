-- 户编号应在户信息中 | the household is in the register
-- mend: 请核对户编号；在此之前该行不归入任何农户 | check the household number; until then the row joins no household
-- severity: error
-- between: incomes, households
SELECT i.delivery_id, i.line
FROM feed.incomes AS i
WHERE NOT EXISTS (SELECT 1 FROM work.household_ever AS h WHERE h.household_id = i.household_id)
