-- 户编号应在户信息中 | the household is in the register
-- mend: 请核对户编号；在此之前不生成线索 | check the household number; until then it opens no clue
-- severity: error
-- between: reports, households
SELECT r.delivery_id, r.line
FROM feed.reports AS r
WHERE NOT EXISTS (SELECT 1 FROM work.household_ever AS h WHERE h.household_id = r.household_id)
