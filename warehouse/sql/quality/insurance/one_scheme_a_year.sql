-- 同一年度不应同时参加两种基本医疗保险 | nobody is insured under both schemes in one year
-- mend: 请核对两种险种的参保状态 | check the status of both
-- severity: warning
-- between: insurance
SELECT i.delivery_id, i.line
FROM feed.insurance AS i
JOIN (
    SELECT id_number__key, year
    FROM feed.insurance
    WHERE status = '正常'
    GROUP BY id_number__key, year
    HAVING min(scheme) <> max(scheme)
) AS t ON i.id_number__key = t.id_number__key AND i.year = t.year
WHERE i.status = '正常'
