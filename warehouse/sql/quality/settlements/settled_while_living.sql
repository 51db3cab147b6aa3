-- 死亡之后不应再有医疗费用结算 | nothing is settled after death
-- mend: 请核对证件号码、结算日期与死亡日期 | check the number, the day of settlement and the day of death
-- severity: warning
-- between: settlements, deaths
SELECT s.delivery_id, s.line
FROM feed.settlements AS s
JOIN work.death AS d ON s.id_number__key = d.person_key
WHERE s.settled_on > d.died_on AND s.reverses_id IS NULL
