-- 死亡人员不应仍为正常参保 | nobody is insured after death
-- mend: 请核对死亡日期与参保状态 | check the day of death and the status
-- severity: warning
-- between: insurance, deaths
-- Compared with the first day of the list, of a year before it with the first of that year.
SELECT i.delivery_id, i.line
FROM feed.insurance AS i
JOIN work.death AS d ON i.id_number__key = d.person_key
JOIN work.delivery AS f ON i.delivery_id = f.delivery_id
WHERE i.status = '正常' AND d.died_on < CASE
    WHEN i.year < extract(year FROM f.period_first) THEN CAST(concat(CAST(i.year AS VARCHAR), '-01-01') AS DATE)
    ELSE f.period_first
END
