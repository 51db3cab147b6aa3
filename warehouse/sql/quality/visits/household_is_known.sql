-- 户编号应在户信息中 | the household is in the register
-- mend: 请核对户编号；在此之前该核查不归入任何农户 | check the household number; until then the visit joins no household
-- severity: error
-- between: visits, households
SELECT v.delivery_id, v.line
FROM feed.visits AS v
WHERE NOT EXISTS (SELECT 1 FROM work.household_ever AS h WHERE h.household_id = v.household_id)
