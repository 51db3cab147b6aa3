-- 死亡人员不应仍在读 | nobody is at school after death
-- mend: 请核对证件号码、学籍状态与死亡日期 | check the number, the status and the day of death
-- severity: warning
-- between: enrolments, deaths
SELECT e.delivery_id, e.line
FROM feed.enrolments AS e
JOIN work.term AS t ON e.term = t.term
JOIN work.death AS d ON e.id_number__key = d.person_key
WHERE e.status = '在读' AND d.died_on < t.term_first
