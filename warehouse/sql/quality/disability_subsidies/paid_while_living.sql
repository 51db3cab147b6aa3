-- 死亡次月起不应再发放残疾人补贴 | no subsidy is paid for months after the death
-- mend: 请核对死亡日期，多发的请追回 | check the day of death; claim back what was paid too much
-- severity: warning
-- between: disability_subsidies, deaths
-- The month of the death itself is paid.
SELECT p.delivery_id, p.line
FROM feed.disability_subsidies AS p
JOIN work.death AS d ON p.certificate_no__key = d.person_key
WHERE p.amount > 0 AND p.paid_month > d.died_on
